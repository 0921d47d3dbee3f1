//! PostgreSQL plans the statements of a step for what is there.

use crate::{
    base::{Base, on_postgres, services},
    bulk, imports,
};
use portfolio::{bulk::Change, import::State};
use sea_orm::ConnectionTrait;

/// A row that is written by a statement whose plan may be of an empty table is refused.
const WATCH: &str = "CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF current_setting('plan_cache_mode') <> 'force_custom_plan' THEN RAISE EXCEPTION 'an old plan may be used'; END IF; \
     RETURN NEW; END $$; \
     CREATE TRIGGER watch BEFORE INSERT ON import_line FOR EACH STATEMENT EXECUTE FUNCTION watch(); \
     CREATE TRIGGER watch BEFORE INSERT ON enrolment_event FOR EACH STATEMENT EXECUTE FUNCTION watch()";

/// Fear: a plan that was made while a table was empty reads all of it at each step once it has filled: half of a file's time went there.
#[test]
#[ignore = "needs TEST_POSTGRES_URL"]
fn a_step_is_planned_for_what_is_there() {
    on_postgres(async |base: Base| {
        let who = base.with_accounts().await;
        base.behind().await.execute_unprepared(WATCH).await.unwrap();
        let lines = imports::texts(&imports::GOOD);
        let (id, _) = imports::tried(&base, &who, &lines).await;
        let added = imports::add(&base, &who, id, &["DPAE"]).await;
        assert_eq!(added.row.progress.state, State::Done);
        assert_eq!(imports::counts(&added), [0, 4, 0, 0]);
        bulk::all(&base, &who).await;
        let change =
            bulk::prepare(&base, &who, &Change::Add(services(&["MAIL_REGLEMENTAIRE"]))).await;
        assert_eq!(bulk::confirm(&base, &who, change).await.tally.changed, 4);
    });
}
