-- SQLite alone: the places of clients become those of store::index::place, in the order of names, 2^40 for each firm. What a text finds
-- then comes in this order by itself.
DROP TRIGGER client_enters;
DROP TRIGGER client_leaves;
DROP TRIGGER client_changes;
DROP TABLE client_search;

-- Below nought meanwhile, so that none is in another's way.
UPDATE client SET place = -place;
UPDATE client SET place = n.place
FROM (
    SELECT c.enrolment_id, (b.block << 40)
        + ROW_NUMBER() OVER (PARTITION BY c.firm_id ORDER BY c.name_key, c.enrolment_id) * ((1 << 40) / (b.clients + 1)) AS place
    FROM client c JOIN portfolio_size b ON b.firm_id = c.firm_id
) AS n
WHERE n.enrolment_id = client.enrolment_id;

-- The words of a client, three letters at a time. No places inside a text are kept: what the index finds is looked at once more.
CREATE VIRTUAL TABLE client_search USING fts5(search, content='client', content_rowid='place', tokenize='trigram case_sensitive 1',
    detail='none', columnsize=0);
INSERT INTO client_search (client_search) VALUES ('rebuild');
CREATE TRIGGER client_enters AFTER INSERT ON client BEGIN
    UPDATE portfolio_size SET clients = clients + 1 WHERE firm_id = NEW.firm_id;
    INSERT INTO client_search (rowid, search) VALUES (NEW.place, NEW.search);
END;
CREATE TRIGGER client_leaves AFTER DELETE ON client BEGIN
    UPDATE portfolio_size SET clients = clients - 1 WHERE firm_id = OLD.firm_id;
    INSERT INTO client_search (client_search, rowid, search) VALUES ('delete', OLD.place, OLD.search);
END;
CREATE TRIGGER client_changes AFTER UPDATE OF place, search ON client
WHEN OLD.search <> NEW.search OR OLD.place <> NEW.place BEGIN
    INSERT INTO client_search (client_search, rowid, search) VALUES ('delete', OLD.place, OLD.search);
    INSERT INTO client_search (rowid, search) VALUES (NEW.place, NEW.search);
END;

-- Every filter, in an order that has nothing to do with any of them: the first thousand that are wanted are met soon.
CREATE INDEX client_sample ON client (firm_id, enrolment_id, state, scheme, kind, services, service_mask, in_charge, changed_by,
    reviewed_at, reference_key, organisms);
