//! Copies of a SQLite database, and the way back from one.
//!
//! A copy is two files: a database that SQLite opens like any other, and beside it `.manifest`, a few lines that say what it is and
//! what its bytes must hash to. Knows how a file appears whole or not at all, and what has to be true before one takes another's
//! place. Refuses to know the key, of which it compares only what tells it apart, and PostgreSQL, which has its own ways.

mod copy;
mod manifest;
mod restore;

pub use manifest::Manifest;
pub use restore::{Restored, restore};

use crate::{connect, lock::Lock, outage::OrOutage};
use copy::{Temporary, hashed, read_content, sync_folder};
use portfolio::{ports::Outage, time::Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::{
    io,
    path::{Path, PathBuf},
};

/// What is added to the name of a copy to name its manifest.
pub const MANIFEST: &str = ".manifest";

/// Why a database was not copied, or a copy not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database is PostgreSQL's.
    #[error(
        "PostgreSQL makes its own copies, with pg_dump or pg_basebackup and archived WAL: see docs/operations.md"
    )]
    Postgres,
    /// The address is none.
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    /// There is nothing to copy.
    #[error("there is no database in {}", .0.display())]
    NoDatabase(PathBuf),
    /// A copy is never written over anything.
    #[error("{} is there already: a copy takes nothing's place; choose another name", .0.display())]
    Exists(PathBuf),
    /// There is a database where the copy would go.
    #[error(
        "{} is there already: say --replace to put the copy in its place; what is there is kept beside it",
        .0.display()
    )]
    Occupied(PathBuf),
    /// Somebody has the database open.
    #[error("the database is in use: stop the portal, and every other program that has it open")]
    InUse,
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The manifest is missing, cut, altered, or of a form that this program does not know.
    #[error("the manifest {} cannot be relied on: {why}", path.display())]
    Manifest {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The copy is not what its manifest says, or the database that is to be copied is damaged.
    #[error("{} is damaged: {why}", path.display())]
    Damaged {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No mandate could be proved with the key that is set.
    #[error("this copy was made with another secret key than the one that is set")]
    OtherKey,
    /// A later version of this program made the copy.
    #[error("this copy was made by a later version of the portal: restore it with that one")]
    Later,
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Outage(#[from] Outage),
}

/// Names the file that an error is about.
trait OfFile<T> {
    fn of(self, path: &Path) -> Result<T, BackupError>;
}

impl<T> OfFile<T> for io::Result<T> {
    fn of(self, path: &Path) -> Result<T, BackupError> {
        self.map_err(|error| BackupError::File {
            path: path.to_owned(),
            error,
        })
    }
}

/// The file of a SQLite address.
fn database(url: &str) -> Result<PathBuf, BackupError> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Err(BackupError::Postgres);
    }
    connect::file(url).ok_or(BackupError::Address)
}

/// Copies the database of an address into a new file, as it is at one moment, while others read and write it. The copy is checked
/// before it gets its name.
///
/// # Errors
/// See [`BackupError`]; nothing is left behind then.
pub async fn take(url: &str, out: &Path, now: Timestamp) -> Result<Manifest, BackupError> {
    let database = database(url)?;
    // An empty file is what is left of a first start that was broken off.
    if !std::fs::metadata(&database).is_ok_and(|file| file.is_file() && file.len() > 0) {
        return Err(BackupError::NoDatabase(database));
    }
    let note = crate::lock::beside(out, MANIFEST);
    for path in [out, &note] {
        // A link that leads nowhere counts too.
        if path.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(path.to_owned()));
        }
    }
    let lock = Lock::share(&database).of(&database)?;
    let copy = Temporary::new(out)?;
    vacuum(&database, copy.path()).await?;
    drop(lock);
    copy.sync()?;
    let content = read_content(copy.path()).await?;
    let (bytes, sha256) = hashed(copy.path()).of(copy.path())?;
    let manifest = Manifest {
        taken_at: now,
        bytes,
        sha256,
        content,
    };
    let written = Temporary::new(&note)?;
    written.write(manifest.text().as_bytes())?;
    written.sync()?;
    copy.name(out)?;
    if let Err(error) = written.name(&note) {
        // Without its manifest it could not be restored, so it is no copy. If it stays, it says as much.
        let _ = std::fs::remove_file(out);
        return Err(error);
    }
    sync_folder(out)?;
    Ok(manifest)
}

/// SQLite writes a new, compact file from one reading transaction: whoever writes meanwhile neither waits nor is in it.
async fn vacuum(database: &Path, into: &Path) -> Result<(), BackupError> {
    let to = into.to_str().ok_or_else(|| BackupError::File {
        path: into.to_owned(),
        error: io::ErrorKind::InvalidFilename.into(),
    })?;
    let db = connect::beside(database).await.or_outage("copying")?;
    let statement =
        Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [to.into()]);
    let done = db.execute_raw(statement).await.or_outage("copying");
    db.close().await.or_outage("closing")?;
    done?;
    Ok(())
}
