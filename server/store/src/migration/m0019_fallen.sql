-- Whether the client has ended since it was ticked. It is noted when it ends, since the bar tells both numbers at each page of a list,
-- and may not look at each client of a selection of hundreds of thousands for it.
ALTER TABLE selected ADD COLUMN fallen {flag} NOT NULL DEFAULT FALSE;
UPDATE selected SET fallen = TRUE WHERE NOT EXISTS (SELECT 1 FROM client c WHERE c.enrolment_id = selected.enrolment_id);
CREATE INDEX selected_fallen ON selected (member_id) WHERE fallen;
