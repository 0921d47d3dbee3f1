-- What was asked for and is done after the answer, what is sealed for a while alone, and the journal found by who did something.

-- « Mot de passe oublié », whoever there is: what was typed, and from where, is in `sealed` (reset). due_at: not at once, so that
-- nobody learns from how busy the database is whether there was anything to do.
CREATE TABLE reset_request (
    id {id} NOT NULL PRIMARY KEY,
    asked_at {big} NOT NULL,
    due_at {big} NOT NULL
) {strict};
CREATE INDEX reset_request_due ON reset_request (due_at);

-- expires_at: when a sealed text is forgotten; none for those that are kept until somebody says so. Lists of recovery codes are from
-- now on bound to what a page showed; those of before are no longer shown, and their codes go on opening.
ALTER TABLE sealed ADD COLUMN expires_at {big};
DELETE FROM sealed WHERE purpose = 'recovery';
CREATE INDEX sealed_expired ON sealed (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX journal_by ON journal (by_id, at);
