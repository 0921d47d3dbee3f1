-- The body, whose officers decide requests to work abroad. It is a house like a firm: its people sign in the same way, and what they do
-- to their own access is written in its journal. It has no client, and portfolio::ports::Session makes no scope of it.
--
-- member.role of the body's people: « agent », which is no role of a firm.
ALTER TABLE firm ADD COLUMN is_body {flag} NOT NULL DEFAULT FALSE;

-- There is one.
CREATE UNIQUE INDEX firm_is_body ON firm (is_body) WHERE is_body;
