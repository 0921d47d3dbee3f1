-- Clients: who the accounts of the registry belong to. A client's house is a house like a firm: its people sign in the same way, and
-- what they do to their own access is written in its journal. It has no portfolio, and portfolio::ports::Session makes no scope of it.
-- Its name is made up, since names of firms are unique: what people read is the name of what it may see.
--
-- member.role of its people: « titulaire », which is no role of a firm.
ALTER TABLE firm ADD COLUMN is_client {flag} NOT NULL DEFAULT FALSE CHECK (NOT (is_client AND is_body));

-- What a client's house may see: schemes of holders, each of which belongs to one house at most. An employer's account and its
-- owner's own are proved by different secrets, so that they are two rows.
CREATE TABLE client_access (
    holder_key {text} NOT NULL PRIMARY KEY REFERENCES holder (key),
    house_id {id} NOT NULL REFERENCES firm (id),
    since {big} NOT NULL
) {strict};
CREATE INDEX client_access_of_house ON client_access (house_id);

-- Links by which a client makes its own account. firm_id, enrolment_id, invited_by: of the firm that invites; none where somebody has
-- proved by themselves whose account it is. token_hash: SHA-256 of the link that is good; a new one takes its place. sent_at: when that
-- one was sent. reminded_at: when the firm was told that it ends soon. outcome: empty while nobody has answered; whether it is too old, or the enrolment has ended, is told by the clock and
-- by the enrolment.
CREATE TABLE client_invitation (
    id {id} NOT NULL PRIMARY KEY,
    holder_key {text} NOT NULL REFERENCES holder (key),
    firm_id {id} REFERENCES firm (id),
    enrolment_id {id} REFERENCES enrolment (id),
    invited_by {id} REFERENCES member (id),
    email {text} NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    created_at {big} NOT NULL,
    sent_at {big} NOT NULL,
    reminded_at {big},
    outcome {text} NOT NULL CHECK (outcome IN ('', 'accepted', 'refused', 'cancelled')),
    outcome_at {big},
    CHECK ((outcome = '') = (outcome_at IS NULL)),
    CHECK ((firm_id IS NULL) = (enrolment_id IS NULL) AND (firm_id IS NULL) = (invited_by IS NULL))
) {strict};
CREATE UNIQUE INDEX client_invitation_open ON client_invitation (enrolment_id) WHERE outcome = '' AND enrolment_id IS NOT NULL;
CREATE INDEX client_invitation_of_firm ON client_invitation (firm_id, created_at);
CREATE INDEX client_invitation_of_holder ON client_invitation (holder_key);
CREATE INDEX client_invitation_sent ON client_invitation (sent_at) WHERE outcome = '';

-- A new e-mail address that somebody of a client's house has asked for: it counts once the link sent to it is opened and confirmed.
CREATE TABLE email_change (
    member_id {id} NOT NULL PRIMARY KEY REFERENCES member (id),
    email {text} NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    asked_at {big} NOT NULL
) {strict};
