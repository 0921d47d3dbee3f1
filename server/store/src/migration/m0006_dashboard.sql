-- The dashboard and the yearly review.

-- What the portfolio is counted by without reading its rows.
CREATE INDEX client_by_mask ON client (firm_id, service_mask);
CREATE INDEX client_by_organisms ON client (firm_id, organisms);
-- The walk through stale mandates, of everybody and of one person in charge; the second counts by person, too. The column itself stands
-- at the end, since PostgreSQL reads an index alone only where it holds every column that is named.
CREATE INDEX client_by_review ON client (firm_id, COALESCE(reviewed_at, 0), enrolment_id, reviewed_at);
CREATE INDEX client_by_own_review ON client (firm_id, in_charge, COALESCE(reviewed_at, 0), enrolment_id, reviewed_at);

-- What came and went, month by month.
CREATE INDEX enrolment_made ON enrolment (firm_id, created_at);
CREATE INDEX enrolment_ended ON enrolment (firm_id, ended_at) WHERE ended_at IS NOT NULL;

-- When a mandate was looked through, and by whom; enrolment.reviewed_at is the last of them.
CREATE TABLE review (
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    at {big} NOT NULL,
    by {id} NOT NULL REFERENCES member (id),
    PRIMARY KEY (enrolment_id, at)
) {strict};
