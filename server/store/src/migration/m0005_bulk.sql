-- Many clients at once. Moments are seconds since 1970.

-- The clients that each member has ticked. Those that have ended fall out when the selection is next changed.
CREATE TABLE selected (
    member_id {id} NOT NULL REFERENCES member (id),
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    PRIMARY KEY (member_id, enrolment_id)
) {strict};
CREATE INDEX selected_enrolment ON selected (enrolment_id);

-- A change of many clients. change: portfolio::bulk::Change as JSON. origin: from where it was confirmed. state: portfolio::bulk::State.
-- done: the number of the last client that was come to. tally: portfolio::bulk::Tally as JSON, foreseen until it is confirmed, and
-- counted from then on. worked_at: when a batch was last done, so that changes take turns.
CREATE TABLE bulk (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    member_id {id} NOT NULL REFERENCES member (id),
    origin {text} NOT NULL,
    change {text} NOT NULL,
    state {text} NOT NULL,
    total {big} NOT NULL,
    done {big} NOT NULL,
    tally {text} NOT NULL,
    made_at {big} NOT NULL,
    worked_at {big} NOT NULL,
    ended_at {big},
    undo_of {id}
) {strict};
CREATE INDEX bulk_of_firm ON bulk (firm_id, made_at);
CREATE INDEX bulk_at_work ON bulk (worked_at, id) WHERE state = 'running';
-- One taking back each.
CREATE UNIQUE INDEX bulk_undone ON bulk (undo_of) WHERE undo_of IS NOT NULL;

-- A client of a change. version: the one that it must still be at, then the one that the change made. state: what becomes of it,
-- foreseen until it is come to: changed, same, or a portfolio::bulk::Why. before: portfolio::bulk::Standing as JSON: what it was, or
-- what it becomes again; empty where nothing is changed.
CREATE TABLE bulk_item (
    bulk_id {id} NOT NULL REFERENCES bulk (id) ON DELETE CASCADE,
    number {big} NOT NULL,
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    version {number} NOT NULL,
    state {text} NOT NULL,
    before {text} NOT NULL,
    PRIMARY KEY (bulk_id, number)
) {strict};
CREATE INDEX bulk_item_part ON bulk_item (bulk_id, state, number);
CREATE INDEX bulk_item_enrolment ON bulk_item (enrolment_id);

-- Models of services. key: the name as it is sought. services: codes between commas.
CREATE TABLE service_model (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    name {text} NOT NULL,
    key {text} NOT NULL,
    services {text} NOT NULL,
    version {number} NOT NULL,
    created_at {big} NOT NULL,
    UNIQUE (firm_id, key)
) {strict};
