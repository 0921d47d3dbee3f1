//! How each engine is connected to. Nothing of a statement is ever logged, neither its text nor its values, nor the address, which
//! may hold a password.

use crate::{
    faults,
    lock::{self, Lock},
    outage::{Answer, OrOutage, outage, sqlite_code},
    store::OpenError,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr,
    sqlx::{
        ConnectOptions as _, Connection as _,
        postgres::{PgConnectOptions, PgSslMode},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{
    fs::OpenOptions,
    io::ErrorKind,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

/// Connections that read SQLite side by side; WAL lets them read while the one writer writes.
const SQLITE_READERS: u32 = 4;
/// Pages in memory of each connection, in KiB when negative: rows of a large firm lie far apart, those that are gathered as those
/// that are written.
const SQLITE_CACHE: &str = "-32768";
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a write waits for another process that holds SQLite's write lock: an import of the registry does for a while.
const BUSY: Duration = Duration::from_mins(1);
/// How long a query waits for a free connection. Well under the time that a request may take, which is told otherwise: a database
/// that is gone is an incident with a reference.
const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite's codes: another process writes, nobody may.
const SQLITE_BUSY: i32 = 5;
const SQLITE_READONLY: i32 = 8;

/// A pool to read by and a pool to write by; of a SQLite file also the lock beside it.
pub(crate) struct Connected {
    pub reader: DatabaseConnection,
    pub writer: DatabaseConnection,
    pub lock: Option<Arc<Lock>>,
}

/// Connects to the engine that an address names.
pub(crate) async fn connect(url: &str) -> Result<Connected, OpenError> {
    if url.starts_with("sqlite:") {
        sqlite(url).await
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        postgres(url).await
    } else {
        Err(OpenError::Address)
    }
}

/// One writer, since SQLite has room for no more, and several readers.
async fn sqlite(url: &str) -> Result<Connected, OpenError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| OpenError::Address)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // FULL: what a person was told is saved survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("cache_size", SQLITE_CACHE)
        .disable_statement_logging();
    let file = options.get_filename().to_owned();
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    }
    let lock = Lock::share(&file).map_err(OpenError::Folder)?;
    // A log that nobody has open was left by a process that did not end well.
    let left = lock.alone && length(&lock::beside(&file, "-wal")) > 0;
    if left && length(&file) == 0 {
        // SQLite would take the file for a new one and throw the log away.
        return Err(OpenError::Damaged);
    }
    make_private(&file).map_err(OpenError::Folder)?;
    // A query that writes by mistake fails rather than meeting the writer.
    let reading = options.clone().pragma("query_only", "ON");
    let mut writer = sqlite_pool(1, options);
    // Writes queue here while one of them waits for another process.
    writer.acquire_timeout(BUSY + PATIENCE);
    let reader = sqlite_pool(SQLITE_READERS, reading);
    // The writer first: it makes the file and turns WAL on.
    let writer = open(writer).await?;
    if let Err(error) = check(&writer, left).await {
        // What could be said of closing it says less.
        let _ = writer.close().await;
        return Err(error);
    }
    let reader = open(reader).await?;
    Ok(Connected {
        reader,
        writer,
        lock: Some(Arc::new(lock)),
    })
}

/// Looks at a database before anything is done with it: at its pages when it was `left` by a process that did not end well, and
/// whether it can be written.
async fn check(writer: &DatabaseConnection, left: bool) -> Result<(), OpenError> {
    if left {
        if !faults::integrity(writer, "PRAGMA quick_check(1)").await? {
            return Err(OpenError::Damaged);
        }
        tracing::warn!("the database was not closed in good order last time: its pages are sound");
    }
    check_writable(writer).await
}

/// SQLite opens a file that may only be read without a word, and refuses every write later on. Whoever holds the write lock shows
/// that one can write, and is not waited for. What is written here is taken back: a number that we do not use.
async fn check_writable(writer: &DatabaseConnection) -> Result<(), OpenError> {
    let tried = writer
        .execute_unprepared(
            "PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK",
        )
        .await;
    let again = format!("PRAGMA busy_timeout = {}", BUSY.as_millis());
    writer
        .execute_unprepared(&again)
        .await
        .or_outage("connecting")?;
    match tried {
        Err(error) if sqlite_code(&error) == Some(SQLITE_READONLY) => Err(OpenError::ReadOnly),
        Err(error) if sqlite_code(&error) != Some(SQLITE_BUSY) => {
            Err(outage("connecting", &error).into())
        }
        _ => Ok(()),
    }
}

/// The file of a SQLite address.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    let options = SqliteConnectOptions::from_str(url).ok()?;
    url.starts_with("sqlite:")
        .then(|| options.get_filename().to_owned())
}

/// One connection to a SQLite file that is there, beside any store; another process that is in the way is waited for briefly.
pub(crate) async fn beside(file: &Path) -> Result<DatabaseConnection, DbErr> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(Duration::from_secs(2))
        .disable_statement_logging();
    single(options).await
}

/// One connection to a SQLite file that nobody writes and that no other file goes with.
pub(crate) async fn still(file: &Path) -> Answer<DatabaseConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true)
        .disable_statement_logging();
    single(options).await.or_outage("opening a copy")
}

async fn single(options: SqliteConnectOptions) -> Result<DatabaseConnection, DbErr> {
    Database::connect(sqlite_pool(1, options)).await
}

/// Connections to a SQLite file. One that still has a transaction open when it is to be used again is thrown away: when a full disk
/// makes a commit fail, SQLite takes the transaction back by itself, and the driver counts it as open ever after. What follows would
/// be a part of it, be acknowledged and never be committed.
fn sqlite_pool(connections: u32, options: SqliteConnectOptions) -> ConnectOptions {
    let mut pool = pool("sqlite:", connections);
    // A file does not go away as a server does: asking each connection beforehand would be one more way to its thread and back.
    pool.test_before_acquire(false);
    pool.map_sqlx_sqlite_opts(move |_| options.clone())
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            let at_rest = !connection.is_in_transaction();
            Box::pin(std::future::ready(Ok(at_rest)))
        });
    pool
}

/// Bytes of a file; none when it is not there.
fn length(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |file| file.len())
}

/// Whether what is said to the database at this address crosses a network without that its certificate is verified: PostgreSQL on
/// another machine, unless `sslmode=verify-full` is asked for. An address that cannot be read crosses nothing.
pub fn crosses_unverified(url: &str) -> bool {
    if url.starts_with("sqlite:") {
        return false;
    }
    let Ok(options) = PgConnectOptions::from_str(url) else {
        return false;
    };
    let host = options.get_host();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    !here && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull)
}

async fn postgres(url: &str) -> Result<Connected, OpenError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Address)?
        .disable_statement_logging();
    let mut both = pool("postgres://", POSTGRES_CONNECTIONS);
    both.map_sqlx_postgres_opts(move |_| options.clone());
    let both = open(both).await?;
    Ok(Connected {
        reader: both.clone(),
        writer: both,
        lock: None,
    })
}

/// `engine` stands in for the address, which the mapped options hold: sea-orm shows these ones when it traces.
fn pool(engine: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(engine);
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

async fn open(options: ConnectOptions) -> Answer<DatabaseConnection> {
    Database::connect(options).await.or_outage("connecting")
}

/// Makes the database's file readable by its owner alone: it holds clients' names and the hashes of passwords. SQLite gives the
/// files beside it the same mode. A file that is there keeps the mode that somebody gave it.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: passwords' hashes and clients' names cross a network in the clear, or to whoever answers in the database's place.
    #[test]
    fn what_crosses_a_network() {
        for open in [
            "postgres://portail@db.example/portail",
            "postgres://portail@10.0.0.7/portail?sslmode=disable",
            "postgres://portail@db.example/portail?sslmode=prefer",
            "postgres://portail@db.example/portail?sslmode=require",
            "postgresql://portail@db.example/portail?sslmode=verify-ca",
            "postgres://portail@localhost.example/portail",
        ] {
            assert!(crosses_unverified(open), "{open}");
        }
        for closed in [
            "sqlite:data/portail.db",
            "postgres://portail@db.example/portail?sslmode=verify-full",
            "postgres://portail@localhost/portail",
            "postgres://portail@127.0.0.1:5433/portail",
            "postgres://portail@[::1]/portail",
            "postgres://portail@%2Fvar%2Frun%2Fpostgresql/portail",
            "postgres:///portail?host=/var/run/postgresql",
        ] {
            assert!(!crosses_unverified(closed), "{closed}");
        }
    }
}
