//! A disk that loses or garbles part of what was written: what opens afterwards is a state that was acknowledged, or nothing opens.
//!
//! The files are copied while the store is open, its log not folded in, and then cut or overwritten at places that a seed decides.
//! `TORTURE_CUTS` says how often; `make torture` asks for thousands.

use crate::base::{Base, Dice, NOW, employer, fresh, key, many, on_sqlite, siren, wanted};
use portfolio::ports::{Changed, Portfolio as _};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use std::{
    fs,
    path::{Path, PathBuf},
};
use store::Store;

/// Bytes of SQLite's page.
const PAGE: usize = 4096;
/// Bytes of the log's own head, and of each frame's.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// What was done to the files.
#[derive(Clone, Copy, Debug)]
enum Harm {
    CutLog(usize),
    GarbleLog(usize, usize),
    CutFile(usize),
    GarblePage(usize),
    NoLog,
    NoFile,
}

/// What became of them.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The state after so many acknowledged changes.
    Prefix(usize),
    /// It says that it cannot be relied on.
    Refused(String),
    /// Something that never was.
    MadeUp,
}

/// Fear: after a power cut that tore a write, the portal serves clients that never were, panics, or starts anew as if nothing had
/// been.
#[test]
fn what_is_torn_is_a_prefix_or_refused() {
    on_sqlite(async |base: Base| {
        let torn = Torn::new(&base).await;
        let mut dice = Dice::of_environment(5);
        let (mut prefixes, mut refused) = (std::collections::BTreeSet::new(), 0);
        let mut harms = vec![Harm::NoLog, Harm::NoFile, Harm::CutFile(0), Harm::CutLog(0)];
        for round in 0..wanted("TORTURE_CUTS", 300) {
            harms.push(match round % 6 {
                0 | 1 => Harm::CutLog(dice.below(torn.log.len())),
                2 => Harm::GarbleLog(dice.below(torn.log.len()), 1 + dice.below(PAGE)),
                3 => Harm::CutFile(dice.below(torn.file.len())),
                // One bit of a frame's head or of the log's own.
                4 => {
                    let frames = (torn.log.len() - LOG_HEAD) / (FRAME_HEAD + PAGE);
                    let frame = dice.below(frames + 1);
                    let place = match frame.checked_sub(1) {
                        None => dice.below(LOG_HEAD),
                        Some(n) => LOG_HEAD + n * (FRAME_HEAD + PAGE) + dice.below(FRAME_HEAD),
                    };
                    Harm::GarbleLog(place, 1)
                }
                _ => Harm::GarblePage(dice.below(torn.file.len() / PAGE)),
            });
        }
        for harm in harms {
            match torn.opened(harm, &mut dice).await {
                Outcome::Prefix(changes) => {
                    prefixes.insert(changes);
                }
                Outcome::Refused(why) => {
                    assert!(!why.is_empty() && why.len() < 200, "{harm:?}: {why}");
                    refused += 1;
                }
                Outcome::MadeUp => panic!("{harm:?} made a state that never was"),
            }
        }
        println!("{} different prefixes, {refused} refusals", prefixes.len());
        assert!(prefixes.len() > 10 && prefixes.contains(&0) && refused > 10);
        let whole = torn.opened(Harm::CutLog(torn.log.len()), &mut dice).await;
        assert_eq!(whole, Outcome::Prefix(torn.states.len() - 1));
    });
}

/// Fear: the judge of the test above takes anything for a state that was.
#[test]
fn a_made_up_state_is_found() {
    on_sqlite(async |base: Base| {
        let torn = Torn::new(&base).await;
        let place = torn.place();
        write(&place, &torn.file, Some(&torn.log));
        for (sql, prefix) in [
            ("UPDATE enrolment SET version = version", true),
            (
                "UPDATE enrolment SET version = version - 1 WHERE version = (SELECT MAX(version) FROM enrolment)",
                false,
            ),
        ] {
            let url = format!("sqlite:{}", place.display());
            let db = Database::connect(url).await.unwrap();
            db.execute_unprepared(sql).await.unwrap();
            db.close().await.unwrap();
            let outcome = torn.judged(&place).await;
            assert_eq!(matches!(outcome, Outcome::Prefix(_)), prefix, "{outcome:?}");
        }
    });
}

/// The files of a store in the middle of its work, and every state that it was in since its log is there.
struct Torn {
    folder: PathBuf,
    file: Vec<u8>,
    log: Vec<u8>,
    states: Vec<String>,
}

impl Torn {
    async fn new(base: &Base) -> Self {
        let scope = base.firm("Cabinet Dupont").await;
        let names: Vec<String> = (0..30).map(|n| format!("Client numéro {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ids = many(base, &scope, &names).await;
        let path = base.folder.join("new/portail.db");
        let behind = base.behind().await;
        let folded = "PRAGMA wal_checkpoint(TRUNCATE)";
        behind.execute_unprepared(folded).await.unwrap();
        // Whoever reads keeps the log from being folded in.
        let reading = base.behind().await;
        reading
            .execute_unprepared("BEGIN; SELECT COUNT(*) FROM firm")
            .await
            .unwrap();
        let mut states = vec![dump(&behind).await.unwrap()];
        let mut dice = Dice::new(3);
        let mut versions = vec![1; ids.len()];
        for n in 0..60 {
            let which = dice.below(20);
            let done = base
                .store
                .change(
                    &scope,
                    ids[which],
                    versions[which],
                    &dice.services(),
                    NOW.plus(n),
                )
                .await;
            assert_eq!(done.unwrap(), Some(Changed::Done));
            versions[which] += 1;
            states.push(dump(&behind).await.unwrap());
        }
        for (n, id) in ids.iter().enumerate().skip(20) {
            base.store
                .terminate(&fresh(&scope), *id, NOW)
                .await
                .unwrap();
            states.push(dump(&behind).await.unwrap());
            let again = employer(&n.to_string(), &format!("5{n:017}"));
            let n = u32::try_from(n).unwrap();
            // Three commits.
            let draft = base.draft(&scope, &siren(n), NOW).await;
            states.push(dump(&behind).await.unwrap());
            base.prove(&scope, draft, &again, NOW).await;
            states.push(dump(&behind).await.unwrap());
            let on = dice.services();
            base.store.enrol(&scope, draft, &on, NOW).await.unwrap();
            states.push(dump(&behind).await.unwrap());
        }
        let file = fs::read(&path).unwrap();
        let log = fs::read(path.with_extension("db-wal")).unwrap();
        reading.close().await.unwrap();
        behind.close().await.unwrap();
        assert!(log.len() > 100 * PAGE, "the log was folded in");
        Self {
            folder: base.folder.clone(),
            file,
            log,
            states,
        }
    }

    /// A place where nothing has ever been: what opened the last one may be closing it still.
    fn place(&self) -> PathBuf {
        let folder = self.folder.join(uuid::Uuid::new_v4().to_string());
        fs::create_dir_all(&folder).unwrap();
        folder.join("portail.db")
    }

    /// Does the harm to a copy of the files, and opens it.
    async fn opened(&self, harm: Harm, dice: &mut Dice) -> Outcome {
        let place = self.harmed(harm, dice);
        let outcome = self.judged(&place).await;
        let _ = fs::remove_dir_all(place.parent().unwrap());
        outcome
    }

    fn harmed(&self, harm: Harm, dice: &mut Dice) -> PathBuf {
        let place = self.place();
        let (mut file, mut log) = (self.file.clone(), self.log.clone());
        let mut garble = |bytes: &mut [u8]| {
            for byte in bytes {
                // Never what it was.
                *byte ^= u8::try_from(1 + dice.below(255)).unwrap();
            }
        };
        match harm {
            Harm::CutLog(at) => log.truncate(at),
            Harm::GarbleLog(at, count) => {
                let end = (at + count).min(log.len());
                garble(&mut log[at..end]);
            }
            Harm::CutFile(at) => file.truncate(at),
            Harm::GarblePage(page) => garble(&mut file[page * PAGE..(page + 1) * PAGE]),
            Harm::NoLog => {
                write(&place, &file, None);
                return place;
            }
            Harm::NoFile => {
                fs::write(place.with_extension("db-wal"), &log).unwrap();
                return place;
            }
        }
        write(&place, &file, Some(&log));
        place
    }

    async fn judged(&self, place: &Path) -> Outcome {
        let url = format!("sqlite:{}", place.display());
        let store = match Store::open(&url, key()).await {
            Err(refused) => return Outcome::Refused(refused.to_string()),
            Ok(store) => store,
        };
        let outcome = match store.faults().await {
            Err(outage) => Outcome::Refused(outage.to_string()),
            Ok(checked) if !checked.faults.is_empty() => Outcome::MadeUp,
            Ok(_) => {
                let state = match Database::connect(&url).await {
                    Ok(db) => {
                        let state = dump(&db).await;
                        db.close().await.unwrap();
                        state
                    }
                    Err(error) => Err(error),
                };
                match state {
                    Err(error) => Outcome::Refused(error.to_string()),
                    Ok(state) => self
                        .states
                        .iter()
                        .position(|known| *known == state)
                        .map_or(Outcome::MadeUp, Outcome::Prefix),
                }
            }
        };
        store.close().await.unwrap();
        outcome
    }
}

fn write(place: &Path, file: &[u8], log: Option<&[u8]>) {
    fs::write(place, file).unwrap();
    if let Some(log) = log {
        fs::write(place.with_extension("db-wal"), log).unwrap();
    }
}

/// Every row of every table, as text.
async fn dump(db: &DatabaseConnection) -> Result<String, sea_orm::DbErr> {
    let tables = texts(
        db,
        "SELECT 'SELECT ' || quote(t.name) || ' || ' || group_concat('quote(\"' || c.name || '\")', ' || '','' || ') \
         || ' FROM \"' || t.name || '\" ORDER BY 1' \
         FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name",
    )
    .await?;
    let mut all = Vec::new();
    for table in tables {
        all.extend(texts(db, &table).await?);
    }
    Ok(all.join("\n"))
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Result<Vec<String>, sea_orm::DbErr> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
