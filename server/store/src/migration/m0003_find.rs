//! Finding a client: the table that is listed, the firm's own fields, saved lists.

use portfolio::catalogue::ServiceCode;
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

/// The words of a client, three letters at a time. No places inside a text are kept: what the index finds is looked at once more.
const SQLITE: &str = "
CREATE VIRTUAL TABLE client_search USING fts5(search, content='client', content_rowid='place', tokenize='trigram case_sensitive 1',
    detail='none', columnsize=0);
CREATE TRIGGER client_enters AFTER INSERT ON client BEGIN
    UPDATE portfolio_size SET clients = clients + 1 WHERE firm_id = NEW.firm_id;
    INSERT INTO client_search (rowid, search) VALUES (NEW.place, NEW.search);
END;
CREATE TRIGGER client_leaves AFTER DELETE ON client BEGIN
    UPDATE portfolio_size SET clients = clients - 1 WHERE firm_id = OLD.firm_id;
    INSERT INTO client_search (client_search, rowid, search) VALUES ('delete', OLD.place, OLD.search);
END;
CREATE TRIGGER client_changes AFTER UPDATE OF search ON client WHEN OLD.search <> NEW.search BEGIN
    INSERT INTO client_search (client_search, rowid, search) VALUES ('delete', OLD.place, OLD.search);
    INSERT INTO client_search (rowid, search) VALUES (NEW.place, NEW.search);
END;
";

/// `pg_trgm` is a trusted extension: whoever may create in the database may create it.
const POSTGRES: &str = "
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX client_search ON client USING gin (search gin_trgm_ops);
CREATE FUNCTION client_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE portfolio_size p SET clients = p.clients + c.n
        FROM (SELECT firm_id, COUNT(*) AS n FROM touched GROUP BY firm_id) c WHERE p.firm_id = c.firm_id;
    ELSE
        UPDATE portfolio_size p SET clients = p.clients - c.n
        FROM (SELECT firm_id, COUNT(*) AS n FROM touched GROUP BY firm_id) c WHERE p.firm_id = c.firm_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER client_enters AFTER INSERT ON client REFERENCING NEW TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION client_is_counted();
CREATE TRIGGER client_leaves AFTER DELETE ON client REFERENCING OLD TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION client_is_counted();
";

/// The places that the fill gives are its own; those of later clients follow.
const GO_ON_POSTGRES: &str = "SELECT setval(pg_get_serial_sequence('client', 'place'), GREATEST(1, (SELECT MAX(place) FROM client)));";

pub(super) struct Find;

impl MigrationName for Find {
    fn name(&self) -> &'static str {
        "m0003_find"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Find {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0003_find.sql")).await?;
        let db = manager.get_connection();
        let own = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        db.execute_unprepared(own).await?;
        let bits: Vec<String> = ServiceCode::all()
            .map(|code| format!("WHEN '{}' THEN {}", code.as_str(), code.bit()))
            .collect();
        let fill = include_str!("m0003_fill.sql")
            .replace("{bits}", &bits.join(" "))
            .replace("{last}", "\u{10ffff}");
        db.execute_unprepared(&fill).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(GO_ON_POSTGRES).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
