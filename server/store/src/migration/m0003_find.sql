-- Finding a client: one table that the list, its filters and its counts read alone; the firm's own fields; what a member keeps for
-- themselves. Moments are seconds since 1970.

-- found: what a holder is found by, portfolio::search::Sought. organisms: the bodies of its accounts, each between commas. Both are
-- drawn at the end of each import.
ALTER TABLE holder ADD COLUMN found {text} NOT NULL DEFAULT '';
ALTER TABLE holder ADD COLUMN organisms {text} NOT NULL DEFAULT '';
UPDATE holder SET
    found = '  ' || replace(holder.search, ' ', '  ')
        || CASE WHEN holder.search LIKE '% %' THEN '  ' || replace(holder.search, ' ', '') ELSE '' END
        || COALESCE('  ' || holder.siren, '') || CASE WHEN holder.accounts <= 20 THEN g.numbers ELSE '' END,
    organisms = ',' || g.organisms || ','
FROM (
    SELECT holder_key, {organisms} AS organisms,
        string_agg(COALESCE('  ' || siret, '') || '  ' || lower(account_number), '' ORDER BY COALESCE(siret, '~'), account_number) AS numbers
    FROM account GROUP BY holder_key
) AS g
WHERE g.holder_key = holder.key;
-- One whose last account went to another.
UPDATE holder SET
    found = '  ' || replace(search, ' ', '  ') || CASE WHEN search LIKE '% %' THEN '  ' || replace(search, ' ', '') ELSE '' END
        || COALESCE('  ' || siren, '  ' || lower(number)),
    organisms = ','
WHERE found = '';

-- The firm's own fields of a client. reference_search: as it is sought. own_search: what reference and labels are found by. in_charge_key: the member's name as it sorts. own_version grows
-- with every change of them, apart from version. reviewed_at: when the services were last looked through.
ALTER TABLE enrolment ADD COLUMN reference {text} NOT NULL DEFAULT '';
ALTER TABLE enrolment ADD COLUMN reference_search {text} NOT NULL DEFAULT '';
ALTER TABLE enrolment ADD COLUMN own_search {text} NOT NULL DEFAULT '';
ALTER TABLE enrolment ADD COLUMN in_charge {id} REFERENCES member (id);
ALTER TABLE enrolment ADD COLUMN in_charge_key {text} NOT NULL DEFAULT '';
ALTER TABLE enrolment ADD COLUMN reviewed_at {big};
ALTER TABLE enrolment ADD COLUMN own_version {number} NOT NULL DEFAULT 0;
UPDATE enrolment SET reviewed_at = created_at;
CREATE INDEX enrolment_in_charge ON enrolment (in_charge) WHERE in_charge IS NOT NULL;
CREATE INDEX enrolment_service_of_code ON enrolment_service (code, enrolment_id);

-- key: the name as it is sought.
CREATE TABLE label (
    id {id} NOT NULL PRIMARY KEY,
    firm_id {id} NOT NULL REFERENCES firm (id),
    name {text} NOT NULL,
    key {text} NOT NULL,
    created_at {big} NOT NULL,
    UNIQUE (firm_id, key)
) {strict};

CREATE TABLE enrolment_label (
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    label_id {id} NOT NULL REFERENCES label (id),
    PRIMARY KEY (enrolment_id, label_id)
) {strict};
CREATE INDEX enrolment_label_of_label ON enrolment_label (label_id, enrolment_id);

-- What became of the own fields. detail: portfolio::client::Happening::Own as JSON, names as they were.
CREATE TABLE own_event (
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    version {number} NOT NULL,
    at {big} NOT NULL,
    by {id} NOT NULL REFERENCES member (id),
    detail {text} NOT NULL,
    PRIMARY KEY (enrolment_id, version)
) {strict};

-- Lists that members save. key: the name as it is sought. query: of the list's address.
CREATE TABLE saved_view (
    id {id} NOT NULL PRIMARY KEY,
    member_id {id} NOT NULL REFERENCES member (id),
    name {text} NOT NULL,
    key {text} NOT NULL,
    query {text} NOT NULL,
    is_default {flag} NOT NULL,
    created_at {big} NOT NULL,
    UNIQUE (member_id, key)
) {strict};

CREATE TABLE favourite (
    member_id {id} NOT NULL REFERENCES member (id),
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    PRIMARY KEY (member_id, enrolment_id)
) {strict};

-- The clients that a member opened last.
CREATE TABLE opened (
    member_id {id} NOT NULL REFERENCES member (id),
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    at {big} NOT NULL,
    PRIMARY KEY (member_id, enrolment_id)
) {strict};

-- How many clients each firm manages, kept by triggers. block: on SQLite the firm's clients have the places from block << 32 on, so
-- that a text is sought among them alone.
CREATE TABLE portfolio_size (
    block {serial},
    firm_id {id} NOT NULL UNIQUE REFERENCES firm (id),
    clients {big} NOT NULL
) {strict};

-- The enrolments in force, as they are listed; drawn by store::index from the tables above, and never written otherwise.
-- service_mask: the bits of ServiceCode::bit. in_charge_key, reference_key: U+10FFFF where there is none, which sorts last. search:
-- what a client is found by.
CREATE TABLE client (
    place {serial},
    enrolment_id {id} NOT NULL REFERENCES enrolment (id),
    firm_id {id} NOT NULL REFERENCES firm (id),
    holder_key {text} NOT NULL,
    name_key {text} NOT NULL,
    name {text} NOT NULL,
    number {text} NOT NULL,
    scheme {text} NOT NULL,
    kind {text} NOT NULL,
    state {number} NOT NULL,
    organisms {text} NOT NULL,
    services {number} NOT NULL,
    service_mask {big} NOT NULL,
    created_at {big} NOT NULL,
    created_by {id} NOT NULL,
    changed_at {big} NOT NULL,
    changed_by {id} NOT NULL,
    in_charge {id},
    in_charge_key {text} NOT NULL,
    reference {text} NOT NULL,
    reference_key {text} NOT NULL,
    reviewed_at {big},
    search {text} NOT NULL
) {strict};

CREATE UNIQUE INDEX client_of_enrolment ON client (enrolment_id);
-- Where a holder's clients are.
CREATE INDEX client_of_holder ON client (holder_key);
-- One for each order of the list.
CREATE INDEX client_by_name ON client (firm_id, name_key, enrolment_id);
CREATE INDEX client_by_number ON client (firm_id, number, enrolment_id);
CREATE INDEX client_by_scheme ON client (firm_id, scheme, name_key, enrolment_id);
CREATE INDEX client_by_state ON client (firm_id, state, name_key, enrolment_id);
CREATE INDEX client_by_services ON client (firm_id, services, name_key, enrolment_id);
CREATE INDEX client_by_changed ON client (firm_id, changed_at, enrolment_id);
CREATE INDEX client_by_added ON client (firm_id, created_at, enrolment_id);
CREATE INDEX client_by_charge ON client (firm_id, in_charge_key, name_key, enrolment_id);
CREATE INDEX client_by_reference ON client (firm_id, reference_key, name_key, enrolment_id);
-- Every filter: what is counted and filtered without reading the rows.
CREATE INDEX client_facts ON client (firm_id, state, scheme, kind, services, service_mask, in_charge, changed_by, created_at, changed_at,
    reviewed_at, reference_key, organisms, enrolment_id);
