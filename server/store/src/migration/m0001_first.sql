-- Moments are seconds since 1970. Codes are those of the crate portfolio. No social security number, no amount and no session
-- token stands in any column: only digests.

-- One row: the digest that tells whether the instance's key is the one this database was made with.
CREATE TABLE instance (
    id {number} NOT NULL PRIMARY KEY CHECK (id = 1),
    key_check {bytes} NOT NULL
) {strict};

CREATE TABLE firm (
    id {id} NOT NULL PRIMARY KEY,
    name {text} NOT NULL UNIQUE,
    created_at {big} NOT NULL,
    suspended_at {big}
) {strict};

-- identifier: lower case. password_hash: a PHC string.
CREATE TABLE member (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    identifier {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    password_hash {text} NOT NULL,
    created_at {big} NOT NULL
) {strict};

-- token_hash: SHA-256 of what the cookie holds.
CREATE TABLE session (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    member_id {id} NOT NULL REFERENCES member (id),
    created_at {big} NOT NULL,
    last_seen_at {big} NOT NULL,
    ended_at {big}
) {strict};

-- The account registry. search: the name as it is sought. secret_digest: of the amount (EMP) or of the NIR (others).
-- payroll: cents.
CREATE TABLE account (
    account_number {text} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    holder_key {text} NOT NULL,
    siren {text},
    siret {text},
    name {text} NOT NULL,
    search {text} NOT NULL,
    organism {text} NOT NULL,
    state {number} NOT NULL,
    secret_digest {bytes},
    last_period {text} NOT NULL,
    email {text} NOT NULL,
    up_to_date {flag} NOT NULL,
    headcount {number},
    payroll {big}
) {strict};

CREATE INDEX account_of_holder ON account (holder_key, siret, account_number);

-- What each import did, for those who run the portal.
CREATE TABLE registry_import (
    id {id} NOT NULL PRIMARY KEY,
    at {big} NOT NULL,
    row_count {big} NOT NULL,
    added {big} NOT NULL,
    changed {big} NOT NULL
) {strict};

-- One scheme of one holder, drawn from account at the end of each import. number: Siren or account number, for sorting.
CREATE TABLE holder (
    key {text} NOT NULL PRIMARY KEY,
    scheme {text} NOT NULL,
    siren {text},
    account_number {text},
    number {text} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    search {text} NOT NULL,
    state {number} NOT NULL,
    accounts {big} NOT NULL
) {strict};

CREATE TABLE enrolment (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    holder_key {text} NOT NULL REFERENCES holder (key),
    version {number} NOT NULL,
    created_at {big} NOT NULL,
    created_by {id} NOT NULL REFERENCES member (id),
    changed_at {big} NOT NULL,
    changed_by {id} NOT NULL REFERENCES member (id),
    ended_at {big},
    ended_by {id} REFERENCES member (id),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) {strict};

-- A firm manages a scheme of a holder once at a time: this, and no code, forbids a second. The list reads it too.
CREATE UNIQUE INDEX enrolment_in_force ON enrolment (firm_id, holder_key) WHERE ended_at IS NULL;
CREATE INDEX enrolment_of_holder ON enrolment (holder_key);

CREATE TABLE enrolment_service (
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    code {text} NOT NULL,
    PRIMARY KEY (enrolment_id, code)
) {strict};

-- One event for each version. added, removed: codes between commas.
CREATE TABLE enrolment_event (
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    version {number} NOT NULL,
    at {big} NOT NULL,
    by {id} NOT NULL REFERENCES member (id),
    what {text} NOT NULL CHECK (what IN ('enrolled', 'changed', 'ended')),
    added {text} NOT NULL,
    removed {text} NOT NULL,
    PRIMARY KEY (enrolment_id, version)
) {strict};

-- From « Inscrire » to « Enregistrer ». target_kind, target: what was typed (siren, siret, account).
CREATE TABLE enrolment_draft (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    member_id {id} NOT NULL REFERENCES member (id),
    target_kind {text} NOT NULL CHECK (target_kind IN ('siren', 'siret', 'account')),
    target {text} NOT NULL,
    created_at {big} NOT NULL,
    proven_holder_key {text} REFERENCES holder (key),
    proven_at {big},
    enrolment_id {id} REFERENCES enrolment (id)
) {strict};

CREATE INDEX enrolment_draft_of_member ON enrolment_draft (firm_id, member_id);

-- Failed proofs since the last good one. failed_at: moments between commas. last_at: the latest, to forget old rows by.
CREATE TABLE proof_guard (
    firm_id {id} NOT NULL REFERENCES firm (id),
    holder {text} NOT NULL,
    failed_at {text} NOT NULL,
    last_at {big} NOT NULL,
    PRIMARY KEY (firm_id, holder)
) {strict};
