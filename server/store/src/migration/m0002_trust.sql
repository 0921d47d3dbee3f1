-- Who may do what, how people get in, what is written down. Moments are seconds since 1970. No password, no code, no token and no
-- link stands in any column: hashes and sealed boxes only.

ALTER TABLE firm ADD COLUMN second_factor_since {big};

-- role: portfolio::permission. A member who was invited and has not answered has the password hash « ! », which opens nothing.
ALTER TABLE member ADD COLUMN role {text} NOT NULL DEFAULT 'administrateur';
ALTER TABLE member ADD COLUMN email {text} NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN joined_at {big};
ALTER TABLE member ADD COLUMN suspended_at {big};
ALTER TABLE member ADD COLUMN removed_at {big};
UPDATE member SET joined_at = created_at, email = CASE WHEN identifier LIKE '%@%' THEN identifier ELSE '' END;
CREATE INDEX member_of_firm ON member (firm_id);

-- Sessions begin anew: they gain an id for their owner to end them by, and what the owner knows them by.
DROP TABLE session;
CREATE TABLE session (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    id {id} NOT NULL UNIQUE,
    member_id {id} NOT NULL REFERENCES member (id),
    created_at {big} NOT NULL,
    last_seen_at {big} NOT NULL,
    confirmed_at {big} NOT NULL,
    ended_at {big},
    device {text} NOT NULL,
    address {text} NOT NULL
) {strict};
CREATE INDEX session_of_member ON session (member_id);

-- Between a right password and the second factor. ceremony: what a passkey is asked with, sealed with the rest of the world's.
CREATE TABLE sign_in_step (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    member_id {id} NOT NULL REFERENCES member (id),
    created_at {big} NOT NULL,
    used_at {big}
) {strict};

-- Failures that count towards a pause, and messages asked for: portfolio::attempts. subject: what is counted, digested where it is
-- an identifier or an address. failed_at: moments between commas. last_at: the latest, to forget old rows by.
DROP TABLE proof_guard;
CREATE TABLE attempt_guard (
    subject {text} NOT NULL PRIMARY KEY,
    failed_at {text} NOT NULL,
    last_at {big} NOT NULL
) {strict};
CREATE INDEX attempt_guard_age ON attempt_guard (last_at);

-- An application that makes codes; its secret is in `sealed` (totp). last_step: the latest code taken, so that none is taken twice.
CREATE TABLE totp (
    member_id {id} NOT NULL PRIMARY KEY REFERENCES member (id),
    confirmed_at {big},
    last_step {big} NOT NULL
) {strict};

-- code_digest: keyed.
CREATE TABLE recovery_code (
    member_id {id} NOT NULL REFERENCES member (id),
    code_digest {bytes} NOT NULL,
    used_at {big},
    PRIMARY KEY (member_id, code_digest)
) {strict};

-- credential: public keys only, as JSON.
CREATE TABLE passkey (
    id {id} NOT NULL PRIMARY KEY,
    member_id {id} NOT NULL REFERENCES member (id),
    credential_id {bytes} NOT NULL UNIQUE,
    name {text} NOT NULL,
    credential {text} NOT NULL,
    created_at {big} NOT NULL,
    last_used_at {big}
) {strict};
CREATE INDEX passkey_of_member ON passkey (member_id);

-- A passkey being made or asked for: what its answer is checked against.
CREATE TABLE passkey_ceremony (
    id {id} NOT NULL PRIMARY KEY,
    member_id {id} REFERENCES member (id),
    state {text} NOT NULL,
    created_at {big} NOT NULL
) {strict};

-- A link that was sent: by it a password is chosen, once. purpose: invitation, reset.
CREATE TABLE link (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    member_id {id} NOT NULL REFERENCES member (id),
    purpose {text} NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    created_at {big} NOT NULL,
    used_at {big},
    cancelled_at {big}
) {strict};
CREATE INDEX link_of_member ON link (member_id);

-- Messages on their way. Subject and text are in `sealed` (mail) until they are sent. reason: what is never sent twice.
CREATE TABLE outbox (
    id {id} NOT NULL PRIMARY KEY,
    recipient {text} NOT NULL,
    reason {text} NOT NULL UNIQUE,
    created_at {big} NOT NULL,
    tries {number} NOT NULL,
    next_try_at {big} NOT NULL,
    claimed_until {big},
    sent_at {big},
    failed_at {big},
    last_error {text} NOT NULL
) {strict};
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE sent_at IS NULL AND failed_at IS NULL;

-- Keys that seal what must be readable later, each wrapped by the instance's key, which is not in the database.
CREATE TABLE vault_key (
    id {number} NOT NULL PRIMARY KEY,
    wrapped {bytes} NOT NULL,
    created_at {big} NOT NULL
) {strict};

-- XChaCha20-Poly1305: nonce and text, bound to purpose and owner.
CREATE TABLE sealed (
    purpose {text} NOT NULL,
    owner {id} NOT NULL,
    key_id {number} NOT NULL REFERENCES vault_key (id),
    box {bytes} NOT NULL,
    PRIMARY KEY (purpose, owner)
) {strict};
CREATE INDEX sealed_of_key ON sealed (key_id);

-- What happened, for ever. mac: keyed, over the entry and the mac before it. detail: portfolio::journal::What as JSON.
CREATE TABLE journal (
    seq {big} NOT NULL PRIMARY KEY,
    at {big} NOT NULL,
    firm_id {id},
    by_id {id},
    origin {text} NOT NULL,
    about_kind {text} NOT NULL CHECK (about_kind IN ('', 'client', 'member')),
    about_id {id},
    topic {text} NOT NULL,
    detail {text} NOT NULL,
    mac {bytes} NOT NULL
) {strict};
CREATE INDEX journal_of_firm ON journal (firm_id, seq);
CREATE INDEX journal_about ON journal (about_id, seq);

-- One row: the last entry. It is locked while one is added, so that entries follow each other on every server.
CREATE TABLE journal_head (
    id {number} NOT NULL PRIMARY KEY CHECK (id = 1),
    seq {big} NOT NULL,
    mac {bytes} NOT NULL
) {strict};
