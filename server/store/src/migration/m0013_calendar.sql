-- What falls due. Days are 2026-11-24, rhythms the codes of portfolio::calendar::Rhythm.

-- headcount: of all accounts together, drawn at the end of each import; none where the registry says none.
ALTER TABLE holder ADD COLUMN headcount {big};
UPDATE holder SET headcount = (SELECT SUM(a.headcount) FROM account a WHERE a.holder_key = holder.key);

-- rhythm: what the firm has said of when this client declares; empty for the usual dates.
ALTER TABLE enrolment ADD COLUMN rhythm {text} NOT NULL DEFAULT '';

-- calendar: the rhythm that counts; empty for a client that is struck off.
ALTER TABLE client ADD COLUMN calendar {text} NOT NULL DEFAULT '';
-- How many clients have each rhythm, and who is to be reminded of them.
CREATE INDEX client_by_calendar ON client (firm_id, calendar, in_charge, created_by, service_mask);
-- Every filter, with the new one.
DROP INDEX client_facts;
CREATE INDEX client_facts ON client (firm_id, state, scheme, kind, services, service_mask, in_charge, changed_by, created_at, changed_at,
    reviewed_at, reference_key, organisms, enrolment_id, calendar);

-- The feed that a member's diary fetches. token_hash: SHA-256 of the secret of its address. whose: portfolio::calendar::Whose.
CREATE TABLE calendar_feed (
    member_id {id} NOT NULL PRIMARY KEY REFERENCES member (id),
    token_hash {bytes} NOT NULL UNIQUE,
    whose {text} NOT NULL,
    made_at {big} NOT NULL
) {strict};

-- Messages that a member does not want. kind: portfolio::letter::Notice.
CREATE TABLE notice_off (
    member_id {id} NOT NULL REFERENCES member (id),
    kind {text} NOT NULL,
    at {big} NOT NULL,
    PRIMARY KEY (member_id, kind)
) {strict};

-- Members of whose address a mail server says that there is none.
CREATE TABLE mail_refused (
    member_id {id} NOT NULL PRIMARY KEY REFERENCES member (id),
    at {big} NOT NULL
) {strict};

-- Up to which day each member was reminded of what falls due: of nothing twice, whatever server does it, and after an outage.
CREATE TABLE reminded (
    member_id {id} NOT NULL PRIMARY KEY REFERENCES member (id),
    until_day {text} NOT NULL
) {strict};
