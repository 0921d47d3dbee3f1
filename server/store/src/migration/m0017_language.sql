-- The language in which the portal speaks and writes to a person (BCP 47).
ALTER TABLE member ADD COLUMN language {text} NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en'));
