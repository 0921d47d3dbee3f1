-- What a firm may still see of a client whose enrolment has ended: the name and the state of that moment. What the registry says
-- afterwards is for whoever has a mandate. Of enrolments that ended before this step, the name and the state of today stay.
ALTER TABLE enrolment ADD COLUMN ended_name {text};
ALTER TABLE enrolment ADD COLUMN ended_state {number};
UPDATE enrolment SET
    ended_name = (SELECT h.name FROM holder h WHERE h.key = enrolment.holder_key),
    ended_state = (SELECT h.state FROM holder h WHERE h.key = enrolment.holder_key)
WHERE ended_at IS NOT NULL;
