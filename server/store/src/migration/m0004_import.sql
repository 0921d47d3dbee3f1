-- Files of clients. Moments are seconds since 1970. What the lines hold (social security numbers, amounts) stands in `sealed`
-- (import) alone, some hundred lines in a box; here are their places, and what became of each.

-- member_id: who sent it. actor_id, actor_origin: who had the portal go to work, and from where. name: the file's, as it was sent.
-- state, halt, format: portfolio::import. mapping: what each column is, between commas. services: codes between commas.
-- next_chunk: where the work goes on. good, failed: proofs tried, the latest at proved_at: portfolio::attempts::file_allowance.
CREATE TABLE import (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    member_id {id} NOT NULL REFERENCES member (id),
    actor_id {id} NOT NULL REFERENCES member (id),
    actor_origin {text} NOT NULL,
    name {text} NOT NULL,
    format {text} NOT NULL CHECK (format IN ('csv', 'xlsx')),
    created_at {big} NOT NULL,
    state {text} NOT NULL,
    halt {text} NOT NULL,
    mapping {text} NOT NULL,
    services {text} NOT NULL,
    total {big} NOT NULL,
    done {big} NOT NULL,
    next_chunk {number} NOT NULL,
    ready {big} NOT NULL,
    added {big} NOT NULL,
    already {big} NOT NULL,
    refused {big} NOT NULL,
    good {big} NOT NULL,
    failed {big} NOT NULL,
    proved_at {big},
    checked_at {big},
    ended_at {big},
    claimed_until {big}
) {strict};
CREATE INDEX import_of_firm ON import (firm_id, created_at);
CREATE INDEX import_at_work ON import (created_at) WHERE state IN ('checking', 'adding');

-- A box of lines; the chunk 0 holds the heads. It goes when its lines are of no use any more.
CREATE TABLE import_chunk (
    import_id {id} NOT NULL REFERENCES import (id),
    n {number} NOT NULL,
    box_id {id} NOT NULL,
    first_line {big} NOT NULL,
    last_line {big} NOT NULL,
    lines {big} NOT NULL,
    PRIMARY KEY (import_id, n)
) {strict};

-- What became of a line. holder_key: empty where it could not be read. state: portfolio::import::Verdict. reason: its Reason as
-- JSON, empty where there is none. services: codes between commas, « * » where the line names none.
CREATE TABLE import_line (
    import_id {id} NOT NULL REFERENCES import (id),
    line {big} NOT NULL,
    holder_key {text} NOT NULL,
    state {text} NOT NULL,
    reason {text} NOT NULL,
    services {text} NOT NULL,
    PRIMARY KEY (import_id, line)
) {strict};
CREATE INDEX import_line_of_holder ON import_line (import_id, holder_key);
