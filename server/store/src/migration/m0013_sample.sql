-- SQLite alone: every filter, in an order that has nothing to do with any of them, with the new one.
DROP INDEX client_sample;
CREATE INDEX client_sample ON client (firm_id, enrolment_id, state, scheme, kind, services, service_mask, in_charge, changed_by,
    reviewed_at, reference_key, organisms, calendar);
