-- Attestations de vigilance that were issued. Days are 2026-11-24.

-- holder_key: whose accounts; the paper stays what it is when the registry forgets them. code: keyed digest of the security code. said:
-- keyed digest of what the paper says; the same is not issued twice on a day. What it says, and the code, are in `sealed`
-- (attestation). good_until: the last day. firm_id, member_id: who fetched it; none when the holder did. reminded_at: when those who
-- asked for it were reminded of the end, or a later paper had made that needless.
CREATE TABLE attestation (
    id {id} NOT NULL PRIMARY KEY,
    holder_key {text} NOT NULL,
    code {bytes} NOT NULL UNIQUE,
    said {bytes} NOT NULL,
    issued_on {text} NOT NULL,
    good_until {text} NOT NULL,
    firm_id {id} REFERENCES firm (id),
    member_id {id} REFERENCES member (id),
    reminded_at {big},
    CHECK ((firm_id IS NULL) = (member_id IS NULL)),
    UNIQUE (holder_key, issued_on, said)
) {strict};
CREATE INDEX attestation_ending ON attestation (good_until) WHERE reminded_at IS NULL;
