//! The way back: a copy is looked through, then takes the database's place in one step.

use super::{
    BackupError, MANIFEST, Manifest, OfFile as _,
    copy::{Temporary, read_content, sync_folder},
    database,
};
use crate::{
    connect,
    key::{Key, hex},
    lock::{Lock, beside},
    migration::Migrator,
    outage::sqlite_code,
};
use portfolio::time::Timestamp;
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait as _;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What SQLite keeps beside a database: its log and its rollback journal hold what was committed, the rest is only for speed.
const WAL: &str = "-wal";
const JOURNAL: &str = "-journal";
const SHARED: &str = "-shm";
/// SQLite's codes: somebody has the file, its pages are at odds, it is no database.
const BUSY: i32 = 5;
const CORRUPT: i32 = 11;
const NOT_A_DATABASE: i32 = 26;

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was restored.
    pub manifest: Manifest,
    /// Where.
    pub database: PathBuf,
    /// Where the database is that was there before.
    pub kept: Option<PathBuf>,
}

/// Puts a copy in the place of the database of an address, after it has been held to its manifest, to SQLite's own checks and to
/// the key. A database that is there gives way only when `replace` is said, and is kept under another name.
///
/// # Errors
/// See [`BackupError`]; what was there is still there then.
pub async fn restore(
    url: &str,
    copy: &Path,
    key: &Key,
    replace: bool,
    now: Timestamp,
) -> Result<Restored, BackupError> {
    let database = database(url)?;
    let manifest = Manifest::read(&beside(copy, MANIFEST))?;
    let checks = key.each().map(|key| hex(&key.check()));
    if !checks
        .into_iter()
        .any(|check| manifest.content.key_check == check)
    {
        return Err(BackupError::OtherKey);
    }
    if !known(&manifest.content.migrations) {
        return Err(BackupError::Later);
    }
    let new = Temporary::new(&database)?;
    let Some(lock) = Lock::exclusive(&database).of(&database)? else {
        return Err(BackupError::InUse);
    };
    // A log without its database would be taken for the new one's.
    let there = ["", WAL, JOURNAL]
        .map(|end| beside(&database, end))
        .into_iter()
        .find(|path| path.symlink_metadata().is_ok());
    if let Some(there) = &there
        && !replace
    {
        return Err(BackupError::Occupied(there.clone()));
    }
    // Hashed while it is copied: what is checked is what takes the place.
    let damaged = |why| BackupError::Damaged {
        path: copy.to_owned(),
        why,
    };
    let (bytes, sha256) = new.copy(copy)?;
    if bytes != manifest.bytes {
        return Err(damaged("it is longer or shorter than its manifest says"));
    }
    if sha256 != manifest.sha256 {
        return Err(damaged(
            "its bytes are not those that its manifest tells of",
        ));
    }
    new.sync()?;
    if read_content(new.path()).await? != manifest.content {
        return Err(damaged("it holds other rows than its manifest says"));
    }
    let kept = match there {
        Some(_) => Some(put_aside(&database, now).await?),
        None => None,
    };
    match kept {
        Some(_) => new.take_place(&database)?,
        None => new.name(&database)?,
    }
    sync_folder(&database)?;
    drop(lock);
    Ok(Restored {
        manifest,
        database,
        kept,
    })
}

/// Whether this program knows every step that made a schema.
fn known(migrations: &[String]) -> bool {
    let known = Migrator::migrations();
    let known: Vec<_> = known.iter().map(|step| step.name()).collect();
    migrations.iter().all(|step| known.contains(&step.as_str()))
}

/// Gives the database that is there a second name, under which it stays; its log is folded into it first or, when that cannot be
/// done, goes along. Until the new one takes its place it keeps its own name too.
async fn put_aside(database: &Path, now: Timestamp) -> Result<PathBuf, BackupError> {
    if fs::metadata(database).is_ok_and(|file| file.len() > 0) {
        fold(database).await?;
    }
    let aside = beside(database, &format!(".replaced-{}", now.0));
    if aside.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(aside));
    }
    if there(fs::hard_link(database, &aside)).of(&aside)? {
        sync_folder(database)?;
    }
    for end in [WAL, JOURNAL] {
        let from = beside(database, end);
        there(fs::rename(&from, beside(&aside, end))).of(&from)?;
    }
    let shared = beside(database, SHARED);
    there(fs::remove_file(&shared)).of(&shared)?;
    Ok(aside)
}

/// Folds the log of a database into it, which SQLite does only for one who has the database alone. A database that is too damaged
/// for that is left as it is.
async fn fold(database: &Path) -> Result<(), BackupError> {
    let folded = async {
        let db = connect::beside(database).await?;
        let folded = db.execute_unprepared("PRAGMA journal_mode = DELETE").await;
        // It says nothing that the line above has not said.
        let _ = db.close().await;
        folded
    };
    match folded.await {
        Err(error) if sqlite_code(&error) == Some(BUSY) => Err(BackupError::InUse),
        Err(error) if matches!(sqlite_code(&error), Some(CORRUPT | NOT_A_DATABASE)) => {
            tracing::warn!("the database that is replaced is damaged: it is kept as it is");
            Ok(())
        }
        Err(error) => Err(crate::outage::outage("folding the log", &error).into()),
        Ok(_) => Ok(()),
    }
}

/// Whether there was something to be done it to.
fn there(done: io::Result<()>) -> io::Result<bool> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        done => done.map(|()| true),
    }
}
