-- « Travailler à l'étranger ». Moments are seconds since 1970, days are 2026-11-24.

-- Somebody whom a client sends abroad. nir: keyed digest, alike for one person in every firm; the number itself is in `sealed` (nir).
-- masked: the number as pages show it. name_key: the name as it is sought. form: portfolio::mobility::form::WorkerForm as JSON, as it
-- was last filled in, without the number.
CREATE TABLE worker (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    nir {bytes} NOT NULL,
    masked {text} NOT NULL,
    last_name {text} NOT NULL,
    first_names {text} NOT NULL,
    name_key {text} NOT NULL,
    nationality {text} NOT NULL,
    birth_date {text} NOT NULL,
    form {text} NOT NULL,
    created_at {big} NOT NULL,
    UNIQUE (enrolment_id, nir)
) {strict};
CREATE INDEX worker_of_firm ON worker (firm_id);
CREATE INDEX worker_person ON worker (nir);

-- A request. state: portfolio::mobility::life::State. answers: portfolio::mobility::request::Answers as JSON. countries: ISO codes
-- between commas, one before the first and one after the last. search: names of who goes and of the client, as they are sought.
-- decision: what the rules made of it when it was sent, portfolio::mobility::decision::Decision as JSON. certificate: a1, accord or
-- maintien; number and code: its own, once it is granted; certified_from, certified_until: its days. decided_by: the officer; none where
-- the rules left nothing open. last_day: of a mission that was cut short. first_day, last_planned: what is asked for.
CREATE TABLE mobility_request (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    worker_id {id} REFERENCES worker (id),
    journey {text} NOT NULL,
    state {text} NOT NULL,
    version {number} NOT NULL,
    answers {text} NOT NULL,
    who {text} NOT NULL,
    search {text} NOT NULL,
    countries {text} NOT NULL,
    first_day {text},
    last_planned {text},
    decision {text},
    certificate {text},
    number {text} UNIQUE,
    code {text} UNIQUE,
    certified_from {text},
    certified_until {text},
    last_day {text},
    created_at {big} NOT NULL,
    created_by {id} NOT NULL REFERENCES member (id),
    changed_at {big} NOT NULL,
    submitted_at {big},
    submitted_by {id} REFERENCES member (id),
    decided_at {big},
    decided_by {id}
) {strict};
CREATE INDEX mobility_of_firm ON mobility_request (firm_id, changed_at, id);
CREATE INDEX mobility_of_client ON mobility_request (enrolment_id);
CREATE INDEX mobility_of_worker ON mobility_request (worker_id);
CREATE INDEX mobility_queue ON mobility_request (state, submitted_at, id);
CREATE INDEX mobility_ending ON mobility_request (firm_id, certified_until) WHERE state = 'accordee';

-- What happened to a request. detail: portfolio::mobility::life::Happened as JSON. member_id: who did it, when somebody of the firm did.
CREATE TABLE mobility_event (
    request_id {id} NOT NULL REFERENCES mobility_request (id) ON DELETE CASCADE,
    seq {number} NOT NULL,
    at {big} NOT NULL,
    member_id {id} REFERENCES member (id),
    detail {text} NOT NULL,
    PRIMARY KEY (request_id, seq)
) {strict};
