-- Fills portfolio_size and client from the enrolments in force, which have no own fields yet.
INSERT INTO portfolio_size (firm_id, clients) SELECT id, 0 FROM firm ORDER BY created_at, id;
INSERT INTO client (place, enrolment_id, firm_id, holder_key, name_key, name, number, scheme, kind, state, organisms, services,
    service_mask, created_at, created_by, changed_at, changed_by, in_charge_key, reference, reference_key, reviewed_at, search)
SELECT (b.block << 32) + ROW_NUMBER() OVER (PARTITION BY e.firm_id ORDER BY e.id), e.id, e.firm_id, e.holder_key, h.search, h.name,
    h.number, h.scheme, h.kind, h.state, h.organisms, COALESCE(s.services, 0), COALESCE(s.mask, 0), e.created_at, e.created_by,
    e.changed_at, e.changed_by, '{last}', '', '{last}', e.reviewed_at, h.found
FROM enrolment e
JOIN holder h ON h.key = e.holder_key
JOIN portfolio_size b ON b.firm_id = e.firm_id
LEFT JOIN (SELECT enrolment_id, COUNT(*) AS services, SUM(CASE code {bits} ELSE 0 END) AS mask FROM enrolment_service GROUP BY enrolment_id)
    AS s ON s.enrolment_id = e.id
WHERE e.ended_at IS NULL;
