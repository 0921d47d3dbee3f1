//! A firm of so many clients, in a database of its own.
//!
//! The registry comes through the portal's own import. The enrolments do not come through « Enregistrer », a million proofs would take
//! hours: they are written as rows by a few statements, what is drawn from rows is drawn by the store, and `Store::faults` looks at the
//! whole. A client's number decides all that it has, so that each run makes the same firm.

use crate::heard::Heard;
use portfolio::{
    catalogue::ServiceCode,
    french::searchable,
    holder::Kind,
    ids::{FirmId, LabelId, MemberId, Scope},
    origin::Origin,
    permission::{Editor, Role},
    ports::Session,
    search::indexed,
    time::{DAY, Timestamp},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult,
    Statement, TransactionTrait,
};
use server::{clock, generate::File};
use store::{Store, key::Key};
use uuid::Uuid;

/// Members of the firm: who is in charge.
const MEMBERS: u32 = 20;
/// Labels of the firm; one client in four has one.
const LABELS: u32 = 30;
/// The key of every database that is made here: not a secret, since nothing in them is.
pub const KEY: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";
/// The seed of the registry.
pub const SEED: u64 = 7;
/// The firm's name.
pub const FIRM: &str = "Cabinet de mesure";
/// Pages in memory of a connection beside the store: as many as the store's own have.
const CACHE: &str = "-32768";

/// A firm and its database.
pub struct Filled {
    /// The store.
    pub store: Store,
    /// The same database, beside the store.
    pub beside: DatabaseConnection,
    /// Who asks.
    pub session: Session,
    /// What they may see.
    pub scope: Scope,
    /// The firm's members.
    pub members: Vec<MemberId>,
    /// The firm's labels.
    pub labels: Vec<LabelId>,
    /// The firm's clients.
    pub clients: u64,
    /// What the store asks of its database.
    pub heard: Heard,
}

/// Accounts of the registry of a firm with so many clients: enough holders for them, and for a file of more.
pub const fn accounts(clients: u64) -> u64 {
    (clients + 3 * crate::work::LINES as u64) * 3 / 2
}

impl Filled {
    /// What may be seen.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The permission to change it.
    ///
    /// # Errors
    /// Never: an administrator has it.
    pub fn editor(&self) -> Result<Editor, String> {
        self.session.editor().ok_or_else(|| "no editor".to_owned())
    }

    /// Makes the firm, or takes the one that is there.
    ///
    /// # Errors
    /// Whatever the database says; a firm of another size.
    pub async fn open(url: &str, clients: u64) -> Result<Self, String> {
        let key = Key::from_hex(KEY).map_err(text)?;
        let mut store = Store::open(url, key).await.map_err(text)?;
        store.migrate().await.map_err(text)?;
        let beside = beside(url).await?;
        let now = clock::now();
        if store.is_empty().await.map_err(text)? {
            make(&store, &beside, clients, now).await?;
        }
        let heard = Heard::default();
        let ear = heard.clone();
        store.observe(move |statement| ear.note(statement));
        let members = ids(&beside, "SELECT id FROM member ORDER BY identifier").await?;
        let firms = ids(&beside, "SELECT id FROM firm").await?;
        let (Some(firm), Some(member)) = (firms.first(), members.first()) else {
            return Err("nobody is in the firm".to_owned());
        };
        let labels = ids(&beside, "SELECT id FROM label ORDER BY key").await?;
        let there = number(&beside, "SELECT clients FROM portfolio_size").await?;
        if there != clients {
            return Err(format!(
                "{there} clients where {clients} were asked for: remove that database"
            ));
        }
        let scope = Scope {
            firm: FirmId(*firm),
            member: MemberId(*member),
            from: Origin::default(),
        };
        Ok(Self {
            session: Session::of_operator(scope.clone(), Role::Administrator, now),
            scope,
            store,
            beside,
            members: members.into_iter().map(MemberId).collect(),
            labels: labels.into_iter().map(LabelId).collect(),
            clients,
            heard,
        })
    }

    /// Lets go of the database.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn close(self) -> Result<(), String> {
        self.beside.close().await.map_err(text)?;
        self.store.close().await.map_err(text)
    }
}

/// A connection of our own.
async fn beside(url: &str) -> Result<DatabaseConnection, String> {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .max_connections(if url.starts_with("sqlite:") { 4 } else { 16 })
        .map_sqlx_sqlite_opts(|options| options.pragma("cache_size", CACHE));
    Database::connect(options).await.map_err(text)
}

async fn make(
    store: &Store,
    beside: &DatabaseConnection,
    clients: u64,
    now: Timestamp,
) -> Result<(), String> {
    let watch = clock::Stopwatch::start();
    let firm = store.add_firm(FIRM, now).await.map_err(text)?;
    for place in 0..MEMBERS {
        let (identifier, name) = (format!("mesure{place:02}"), format!("Mesure {place:02}"));
        store
            .add_member(firm, &identifier, &name, "!", Role::Administrator, now)
            .await
            .map_err(text)?;
    }
    let file = File::new(accounts(clients), SEED);
    store
        .import_registry(file, now, |_| {})
        .await
        .map_err(text)?;
    for sql in enrolling(beside.get_database_backend(), firm, clients, now) {
        run(beside, &sql).await?;
    }
    store.draw_all(firm).await.map_err(text)?;
    if beside.get_database_backend() == DbBackend::Postgres {
        run(beside, "VACUUM ANALYZE").await?;
    } else {
        run(beside, "PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    let checked = store.faults().await.map_err(text)?;
    if let Some(fault) = checked.faults.first() {
        return Err(format!("what was filled does not hold together: {fault:?}"));
    }
    eprintln!("{clients} clients made in {:.0?}", watch.elapsed());
    Ok(())
}

/// The statements that enrol so many holders, with services, labels, a reference and somebody in charge, as a firm has them.
fn enrolling(engine: DbBackend, firm: FirmId, clients: u64, now: Timestamp) -> Vec<String> {
    let id = match engine {
        DbBackend::Postgres => {
            "CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid)"
        }
        _ => "unhex(printf('0190000000007000800%013x', n))",
    };
    let firm = literal(engine, firm.0);
    let (now, days) = (
        now.0,
        format!("CAST(30 + n * 7919 % 1500 AS BIGINT) * {DAY}"),
    );
    let labels: Vec<String> = (0..LABELS)
        .map(|place| {
            let (id, name) = (Uuid::now_v7(), format!("Étiquette {place:02}"));
            format!(
                "({place}, {}, '{name}', '{}', '{}')",
                literal(engine, id),
                searchable(&name),
                indexed(&name)
            )
        })
        .collect();
    let codes: Vec<String> = [Kind::Emp, Kind::Ti, Kind::Ae, Kind::Gm]
        .into_iter()
        .flat_map(|kind| {
            let codes = ServiceCode::for_kind(kind).enumerate();
            codes.map(move |(place, code)| {
                format!("('{}', {place}, '{}')", kind.code(), code.as_str())
            })
        })
        .collect();
    let reference = "'C' || substr('0000000' || CAST(n AS text), -7)".replace(
        "substr('0000000' || CAST(n AS text), -7)",
        match engine {
            DbBackend::Postgres => "lpad(CAST(n AS text), 7, '0')",
            _ => "printf('%07d', n)",
        },
    );
    vec![
        format!(
            "CREATE TABLE filling AS SELECT * FROM (SELECT ROW_NUMBER() OVER (ORDER BY substr(number, length(number) - 3), key) - 1 AS n, \
             key, kind FROM holder) AS h WHERE n < {clients}"
        ),
        "CREATE TABLE filling_member AS SELECT ROW_NUMBER() OVER (ORDER BY identifier) - 1 AS i, id, lower(name) AS key FROM member".to_owned(),
        format!(
            "CREATE TABLE filling_label AS SELECT column1 AS i, column2 AS id, column3 AS name, column4 AS key, column5 AS found \
             FROM (VALUES {}) AS v",
            labels.join(", ")
        ),
        format!(
            "CREATE TABLE filling_code AS SELECT column1 AS kind, column2 AS i, column3 AS code FROM (VALUES {}) AS v",
            codes.join(", ")
        ),
        format!(
            "INSERT INTO label (id, firm_id, name, key, created_at) SELECT id, {firm}, name, key, {now} FROM filling_label"
        ),
        // One service is rare, each of the others is on for one client in four.
        format!(
            "INSERT INTO enrolment (id, firm_id, holder_key, version, created_at, created_by, changed_at, changed_by, reference, \
             reference_search, own_search, in_charge, in_charge_key, reviewed_at) \
             SELECT {id}, {firm}, f.key, 1, {now} - {days}, m.id, {now} - {days}, m.id, {reference}, lower({reference}), \
             '  ' || lower({reference}) || CASE WHEN n % 4 = 0 THEN l.found ELSE '' END, m.id, m.key, {now} - {days} \
             FROM filling f JOIN filling_member m ON m.i = n % {MEMBERS} JOIN filling_label l ON l.i = n / 4 % {LABELS} ORDER BY n"
        ),
        format!(
            "INSERT INTO enrolment_service (enrolment_id, code) SELECT {id}, c.code FROM filling f JOIN filling_code c ON c.kind = f.kind \
             WHERE CASE c.i WHEN 0 THEN n % 500 = 0 ELSE (n + c.i) % 4 = 0 END ORDER BY n"
        ),
        format!(
            "INSERT INTO enrolment_label (enrolment_id, label_id) SELECT {id}, l.id FROM filling JOIN filling_label l \
             ON l.i = n / 4 % {LABELS} WHERE n % 4 = 0 ORDER BY n"
        ),
        "INSERT INTO enrolment_event (enrolment_id, version, at, \"by\", what, added, removed) \
         SELECT id, 1, created_at, created_by, 'enrolled', \
         COALESCE((SELECT string_agg(code, ',') FROM enrolment_service s WHERE s.enrolment_id = e.id), ''), '' FROM enrolment e"
            .to_owned(),
        "DROP TABLE filling".to_owned(),
        "DROP TABLE filling_member".to_owned(),
        "DROP TABLE filling_label".to_owned(),
        "DROP TABLE filling_code".to_owned(),
    ]
}

/// An identity as a statement writes it.
fn literal(engine: DbBackend, id: Uuid) -> String {
    match engine {
        DbBackend::Postgres => format!("CAST('{id}' AS uuid)"),
        _ => format!("x'{}'", id.simple()),
    }
}

/// The rows of a statement without values.
///
/// # Errors
/// Whatever the database says.
pub async fn rows(db: &DatabaseConnection, sql: &str) -> Result<Vec<QueryResult>, String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(statement).await.map_err(text)
}

/// The one number that a statement gives.
///
/// # Errors
/// Whatever the database says.
pub async fn number(db: &DatabaseConnection, sql: &str) -> Result<u64, String> {
    let rows = rows(db, sql).await?;
    let row = rows.first().ok_or("no number")?;
    let number: i64 = row.try_get_by_index(0).map_err(text)?;
    u64::try_from(number).map_err(text)
}

async fn ids(db: &DatabaseConnection, sql: &str) -> Result<Vec<Uuid>, String> {
    let rows = rows(db, sql).await?;
    let ids = rows.iter().map(|row| row.try_get_by_index(0));
    ids.collect::<Result<_, _>>().map_err(text)
}

/// Carries a statement out.
///
/// # Errors
/// Whatever the database says.
pub async fn run(db: &DatabaseConnection, sql: &str) -> Result<(), String> {
    db.execute_unprepared(sql).await.map_err(text)?;
    Ok(())
}

/// Carries statements out as one transaction.
///
/// # Errors
/// Whatever the database says.
pub async fn together(db: &DatabaseConnection, all: Vec<Statement>) -> Result<(), String> {
    let tx = db.begin().await.map_err(text)?;
    for statement in all {
        tx.execute_raw(statement).await.map_err(text)?;
    }
    tx.commit().await.map_err(text)
}

/// An error's words.
pub fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
