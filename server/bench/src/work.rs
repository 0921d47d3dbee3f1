//! Many clients at once: a file of them added, a change of them, an export; each beside what the database alone takes for it.
//!
//! Each works on a copy of the filled database, and so does its floor, so that both begin from the same rows and indexes.

use crate::{
    fill::{self, Filled, rows, text, together},
    heard::{read_again, writes},
    load::Asked,
    memory,
    portal::Portal,
};
use portfolio::{
    bulk::{Change, Part, Shown as JobShown},
    catalogue::ServiceCode,
    import::{Mapping, Shown, State},
    permission::Fresh,
    ports::{
        Bulk, BulkWork, Confirmed, Exported, Exports, ImportAct, ImportWork, Imports, Prepared,
        Selecting, Uploaded,
    },
    search::{Filter, InCharge, Search},
    selection::Pick,
    sheet::Format,
};
use sea_orm::{DbBackend, Statement, Value};
use server::{
    clock::{self, Stopwatch},
    generate::Rows,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::Write,
    time::Duration,
};
use uuid::Uuid;

/// Lines of the file of clients.
pub const LINES: u32 = 20_000;
/// Clients of a change, at least, where there are as many.
const CHANGED: u64 = 100_000;
/// Clients that the floor of an import inserts in one transaction, as the import does.
const AT_ONCE: usize = 500;

/// How many were done in how long, and what the database alone takes.
#[derive(Debug)]
pub struct Measured {
    /// How many.
    pub count: u64,
    /// The portal.
    pub ours: Duration,
    /// Its floor.
    pub floor: Duration,
    /// The most memory held meanwhile, in megabytes, and before.
    pub memory: (u64, u64),
}

/// A file of clients read, tried, proved, written and told; its floor are the rows that came to be, as bare inserts with the same
/// indexes and triggers.
///
/// # Errors
/// When a line is refused, and whatever the database says.
pub async fn import(filled: &Filled, floor: &Filled) -> Result<Measured, String> {
    let file = file(filled).await?;
    let editor = filled.editor()?;
    let now = clock::now();
    memory::forget(memory::SELF);
    let before = memory::peak(memory::SELF);
    filled.heard.listen();
    let watch = Stopwatch::start();
    let upload = server::import::read("clients.csv".to_owned(), file.as_bytes());
    let upload = upload.map_err(|fault| format!("{fault:?}"))?;
    let heads: Vec<String> = upload.heads.clone();
    let Uploaded::Waits(id) = filled
        .store
        .upload(&editor, upload, now)
        .await
        .map_err(text)?
    else {
        return Err("too many files wait".to_owned());
    };
    let mapping = Mapping::guessed(heads.iter().map(String::as_str));
    for act in [ImportAct::Check(mapping), ImportAct::Add(services())] {
        let store = &filled.store;
        let acted = store.act_on_import(&editor, id, &act, now).await;
        acted.map_err(text)?;
        while let Some(claim) = store.claim_import(now).await.map_err(text)? {
            let mut held = Some(claim);
            while let Some(claim) = held {
                held = store.step(claim, now).await.map_err(text)?;
            }
        }
    }
    let ours = watch.elapsed();
    let heard = filled.heard.take();
    let peak = memory::peak(memory::SELF);
    let view = filled
        .store
        .import(&editor, id, Shown::default(), now)
        .await
        .map_err(text)?;
    let progress = view.ok_or("the file is gone")?.row.progress;
    if progress.state != State::Done || progress.counts.added != LINES {
        return Err(format!("not every line was added: {progress:?}"));
    }
    is_sound(filled).await?;
    Ok(Measured {
        count: u64::from(LINES),
        ours,
        floor: inserted(filled, floor, heard).await?,
        memory: (before, peak),
    })
}

fn services() -> BTreeSet<ServiceCode> {
    ["DPAE", "MAIL_DSN", "ATT_VIGILANCE"]
        .into_iter()
        .filter_map(ServiceCode::find)
        .collect()
}

/// A file of employers that the firm does not manage, with what proves each.
async fn file(filled: &Filled) -> Result<String, String> {
    let free = "SELECT key FROM holder h WHERE scheme = 'RG' AND NOT EXISTS \
                (SELECT 1 FROM enrolment e WHERE e.holder_key = h.key)";
    let free = rows(&filled.beside, free).await?;
    let mut free: HashSet<String> = free
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()
        .map_err(text)?;
    let mut file = "Siren;Compte;Montant\n".to_owned();
    let mut lines = 0;
    for row in Rows::new(fill::accounts(filled.clients), fill::SEED) {
        let [number, kind, siren, _, _, _, _, amount, ..] = row.fields();
        if kind != "EMP" || amount.is_empty() || !free.remove(&format!("RG:{siren}")) {
            continue;
        }
        writeln!(file, "{siren};{number};{amount}").map_err(text)?;
        lines += 1;
        if lines == LINES {
            return Ok(file);
        }
    }
    Err(format!("{lines} employers are left for {LINES} lines"))
}

/// The tables that an enrolment is written to, besides `client`.
const TABLES: [&str; 4] = [
    "enrolment",
    "enrolment_service",
    "enrolment_event",
    "journal",
];

/// Inserts what an import wrote into another copy, so many clients in a transaction.
async fn inserted(
    filled: &Filled,
    floor: &Filled,
    heard: Vec<Statement>,
) -> Result<Duration, String> {
    let mut transactions: Vec<Vec<Statement>> = Vec::new();
    for statement in heard {
        if writes(&statement, Some("enrolment")) {
            transactions.push(Vec::new());
        }
        if TABLES.iter().any(|table| writes(&statement, Some(table))) {
            transactions
                .last_mut()
                .ok_or("a row of no enrolment")?
                .push(statement);
        }
    }
    let mut clients = clients(filled).await?;
    for statements in &mut transactions {
        let made = statements.first().map(first_values).unwrap_or_default();
        let mut rows: Vec<_> = made.iter().filter_map(|id| clients.remove(id)).collect();
        // In the order of places, which the full-text index takes in one go.
        rows.sort_by_key(|row| match row.last() {
            Some(Value::BigInt(place)) => *place,
            _ => None,
        });
        for rows in rows.chunks(AT_ONCE) {
            statements.push(client_rows(floor.beside.get_database_backend(), rows));
        }
    }
    let watch = Stopwatch::start();
    for statements in transactions {
        together(&floor.beside, statements).await?;
    }
    let took = watch.elapsed();
    let there = fill::number(&floor.beside, "SELECT COUNT(*) FROM client").await?;
    if there != filled.clients + u64::from(LINES) {
        return Err(format!("the floor of an import has {there} clients"));
    }
    Ok(took)
}

/// The identities that an insert of rows gives: the first value of each row.
fn first_values(statement: &Statement) -> Vec<Uuid> {
    let columns = statement.sql.split(')').next().unwrap_or_default();
    let columns = columns.matches(',').count() + 1;
    let values = statement.values.iter().flat_map(|values| &values.0);
    let firsts = values.step_by(columns);
    firsts
        .filter_map(|value| match value {
            Value::Uuid(Some(id)) => Some(*id),
            _ => None,
        })
        .collect()
}

/// The columns of `client`, but its place.
const COLUMNS: &str = "enrolment_id, firm_id, holder_key, name_key, name, number, scheme, kind, state, organisms, services, service_mask, \
    created_at, created_by, changed_at, changed_by, in_charge, in_charge_key, reference, reference_key, reviewed_at, search";

/// The clients that came to be, with their places, by their identities.
async fn clients(filled: &Filled) -> Result<HashMap<Uuid, Vec<Value>>, String> {
    let sql = format!("SELECT {COLUMNS}, place FROM client WHERE reference = ''");
    let rows = rows(&filled.beside, &sql).await?;
    rows.iter()
        .map(|row| {
            let id = |at| row.try_get_by_index::<Uuid>(at).map(Value::from);
            let word = |at| row.try_get_by_index::<String>(at).map(Value::from);
            let number = |at| row.try_get_by_index::<i32>(at).map(Value::from);
            let big = |at| row.try_get_by_index::<i64>(at).map(Value::from);
            let some_id = |at| row.try_get_by_index::<Option<Uuid>>(at).map(Value::from);
            let some = |at| row.try_get_by_index::<Option<i64>>(at).map(Value::from);
            let values = vec![
                id(0)?,
                id(1)?,
                word(2)?,
                word(3)?,
                word(4)?,
                word(5)?,
                word(6)?,
                word(7)?,
                number(8)?,
                word(9)?,
                number(10)?,
                big(11)?,
                big(12)?,
                id(13)?,
                big(14)?,
                id(15)?,
                some_id(16)?,
                word(17)?,
                word(18)?,
                word(19)?,
                some(20)?,
                word(21)?,
                big(22)?,
            ];
            Ok((row.try_get_by_index(0)?, values))
        })
        .collect::<Result<_, sea_orm::DbErr>>()
        .map_err(text)
}

/// One statement that inserts clients. On SQLite the place goes along, since it is the order of names; PostgreSQL gives one.
fn client_rows(engine: DbBackend, rows: &[Vec<Value>]) -> Statement {
    let sqlite = engine != DbBackend::Postgres;
    let (mut sql, mut values) = (format!("INSERT INTO client ({COLUMNS}"), Vec::new());
    sql.push_str(if sqlite {
        ", place) VALUES "
    } else {
        ") VALUES "
    });
    for (place, row) in rows.iter().enumerate() {
        let row = if sqlite {
            row.as_slice()
        } else {
            &row[..row.len() - 1]
        };
        let marks: Vec<String> = (1..=row.len())
            .map(|nth| {
                if sqlite {
                    "?".to_owned()
                } else {
                    format!("${}", values.len() + nth)
                }
            })
            .collect();
        let comma = if place == 0 { "(" } else { ", (" };
        sql.push_str(comma);
        sql.push_str(&marks.join(", "));
        sql.push(')');
        values.extend(row.iter().cloned());
    }
    Statement::from_sql_and_values(engine, sql, values)
}

/// A service switched on for many clients, from the preview to the last of them; its floor are the statements that it writes with.
///
/// # Errors
/// When a client is left alone, when something no longer holds together, and whatever the database says.
pub async fn change(filled: &Filled, floor: &Filled) -> Result<Measured, String> {
    let editor = filled.editor()?;
    let now = clock::now();
    let store = &filled.store;
    memory::forget(memory::SELF);
    let before = memory::peak(memory::SELF);
    filled.heard.listen();
    let watch = Stopwatch::start();
    let mut count = 0;
    for member in &filled.members {
        let search = Search {
            filter: Filter {
                in_charge: Some(InCharge::Member(*member)),
                ..Filter::default()
            },
            ..Search::default()
        };
        let picks = [Pick::All(Box::new(search))];
        store.pick(&editor, &picks, now).await.map_err(text)?;
        let selected = store.selection(&editor, &BTreeSet::new()).await;
        count = selected.map_err(text)?.count;
        if count >= CHANGED {
            break;
        }
    }
    let models = ServiceCode::find("ATT_VIGILANCE").into_iter().collect();
    let prepared = store.prepare(&editor, &Change::Add(models), now).await;
    let Prepared::Ready(id) = prepared.map_err(text)? else {
        return Err("the change was not taken".to_owned());
    };
    let confirmed = store.confirm(&editor, None, id, now).await.map_err(text)?;
    if confirmed != Some(Confirmed::Done) {
        return Err("the change was not confirmed".to_owned());
    }
    while store.work(now).await.map_err(text)? {}
    let ours = watch.elapsed();
    let heard = filled.heard.take();
    let peak = memory::peak(memory::SELF);
    let shown = JobShown::page(Part::All, 0);
    let job = store.job(&editor, id, shown, now).await.map_err(text)?;
    let tally = job.ok_or("the change is gone")?.tally;
    eprintln!("  changed: {tally:?}");
    is_sound(filled).await?;
    Ok(Measured {
        count,
        ours,
        floor: written(floor, heard).await?,
        memory: (before, peak),
    })
}

/// Carries out again what was written, with the same transactions: the head of the journal is the last thing in each.
async fn written(floor: &Filled, heard: Vec<Statement>) -> Result<Duration, String> {
    let mut transactions = vec![Vec::new()];
    for statement in heard
        .into_iter()
        .filter(|statement| writes(statement, None))
    {
        let last = statement.sql.contains("journal_head");
        if let Some(transaction) = transactions.last_mut() {
            transaction.push(statement);
        }
        if last {
            transactions.push(Vec::new());
        }
    }
    let watch = Stopwatch::start();
    for statements in transactions {
        together(&floor.beside, statements).await?;
    }
    Ok(watch.elapsed())
}

/// Index, search, counts and journal are what the enrolments say.
async fn is_sound(filled: &Filled) -> Result<(), String> {
    let checked = filled.store.faults().await.map_err(text)?;
    if let Some(fault) = checked.faults.first() {
        return Err(format!("what was done does not hold together: {fault:?}"));
    }
    match filled.store.verify_journal(None).await {
        Ok(store::Verified::Whole { .. }) => Ok(()),
        other => Err(format!("the journal is broken: {other:?}")),
    }
}

/// The whole portfolio as CSV from the portal's own address; its floor are the statements that read it, and the memory is the portal's.
///
/// # Errors
/// When there are not as many lines as clients, and whatever the database says.
pub async fn export(filled: &Filled, portal: &Portal) -> Result<Measured, String> {
    let asked = Asked::page(app::routes::EXPORT_CLIENTS_FILE)
        .by(&portal.cookie)
        .form("of=liste&format=csv");
    let process = portal.process();
    memory::forget(&process);
    let before = memory::peak(&process);
    let watch = Stopwatch::start();
    let lines = asked.lines(portal.address).await?;
    let ours = watch.elapsed();
    let peak = memory::peak(&process);
    if lines != filled.clients + 1 {
        return Err(format!("{lines} lines for {} clients", filled.clients));
    }
    let now = clock::now();
    let scope = filled.scope().clone();
    let fresh: Fresh<_> = filled.session.fresh(scope, now).ok_or("a stale session")?;
    filled.heard.listen();
    let what = Exported::Found(Box::default());
    let pages = filled
        .store
        .export_clients(&fresh, &what, Format::Csv, now)
        .await;
    let mut pages = pages.map_err(text)?;
    while !pages.next().await.map_err(text)?.is_empty() {}
    let mut heard = filled.heard.take();
    heard.retain(|statement| !writes(statement, None));
    let watch = Stopwatch::start();
    read_again(&filled.beside, &heard).await.map_err(text)?;
    Ok(Measured {
        count: filled.clients,
        ours,
        floor: watch.elapsed(),
        memory: (before, peak),
    })
}
