//! How each engine is connected to. Nothing of a statement is ever logged, neither its text nor its values, nor the address, which may
//! hold a password.

use crate::{
    outage::{Answer, OrOutage},
    store::OpenError,
};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection,
    sqlx::{
        ConnectOptions as _,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{fs::OpenOptions, io::ErrorKind, path::Path, str::FromStr, time::Duration};

/// Connections that read SQLite side by side; WAL lets them read while the one writer writes.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a write waits for another process that holds SQLite's write lock: an import of the registry does for a while.
const BUSY: Duration = Duration::from_mins(1);
/// How long a query waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// A pool to read by and a pool to write by.
pub(crate) struct Connected {
    pub reader: DatabaseConnection,
    pub writer: DatabaseConnection,
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
        .disable_statement_logging();
    if let Some(folder) = options.get_filename().parent() {
        std::fs::create_dir_all(folder)?;
    }
    make_private(options.get_filename())?;
    // A query that writes by mistake fails rather than meeting the writer.
    let reading = options.clone().pragma("query_only", "ON");
    let mut writer = pool("sqlite:", 1);
    writer
        .map_sqlx_sqlite_opts(move |_| options.clone())
        // Writes queue here while one of them waits for another process.
        .acquire_timeout(BUSY + PATIENCE);
    let mut reader = pool("sqlite:", SQLITE_READERS);
    reader.map_sqlx_sqlite_opts(move |_| reading.clone());
    // The writer first: it makes the file and turns WAL on.
    let writer = open(writer).await?;
    let reader = open(reader).await?;
    Ok(Connected { reader, writer })
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

/// Makes the database's file readable by its owner alone: it holds clients' names and the hashes of passwords. SQLite gives the files
/// beside it the same mode. A file that is there keeps the mode that somebody gave it.
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
