//! Files that appear whole or not at all, and what is read in a copy.

use super::{BackupError, OfFile as _, manifest::Content};
use crate::{
    connect, faults,
    key::hex,
    outage::{Answer, OrOutage},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TryGetable};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 20;

/// A file under a name of its own, in the folder where it is to get its real one; removed unless it gets that.
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// An empty file, for its owner's eyes only, in the folder of `place`, which is made when missing.
    pub fn new(place: &Path) -> Result<Self, BackupError> {
        let folder = folder(place);
        fs::create_dir_all(folder).of(folder)?;
        let path = folder.join(format!(".{}.new", uuid::Uuid::new_v4().simple()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).of(&path)?;
        Ok(Self(path))
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Fills it.
    pub fn write(&self, bytes: &[u8]) -> Result<(), BackupError> {
        self.opened()
            .and_then(|mut file| file.write_all(bytes))
            .of(&self.0)
    }

    /// Fills it with the bytes of a file; how many there were, and what they hash to.
    pub fn copy(&self, from: &Path) -> Result<(u64, String), BackupError> {
        let mut file = self.opened().of(&self.0)?;
        let mut source = File::open(from).of(from)?;
        let (mut chunk, mut bytes, mut hash) = (vec![0; CHUNK], 0, Sha256::new());
        loop {
            let count = match source.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read.of(from)?,
            };
            if count == 0 {
                return Ok((bytes, hex(&hash.finalize())));
            }
            file.write_all(&chunk[..count]).of(&self.0)?;
            hash.update(&chunk[..count]);
            bytes += u64::try_from(count).unwrap_or_default();
        }
    }

    /// Waits until its bytes would survive a power cut.
    pub fn sync(&self) -> Result<(), BackupError> {
        File::open(&self.0)
            .and_then(|file| file.sync_all())
            .of(&self.0)
    }

    /// Gives it its name, which nothing may have.
    pub fn name(self, place: &Path) -> Result<(), BackupError> {
        match fs::hard_link(&self.0, place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(BackupError::Exists(place.to_owned()))
            }
            linked => linked.of(place),
        }
    }

    /// Gives it its name; whatever had it has it no more, at the same moment.
    pub fn take_place(self, place: &Path) -> Result<(), BackupError> {
        fs::rename(&self.0, place).of(place)
    }

    fn opened(&self) -> io::Result<File> {
        OpenOptions::new().write(true).open(&self.0)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Gone when it was renamed; a second name when it was linked.
        let _ = fs::remove_file(&self.0);
    }
}

fn folder(place: &Path) -> &Path {
    match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Waits until the names in a file's folder would survive a power cut.
pub(super) fn sync_folder(place: &Path) -> Result<(), BackupError> {
    let folder = folder(place);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .of(folder)
}

/// How many bytes a file has, and what they hash to.
pub(super) fn hashed(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hash = HashWriter(Sha256::new());
    let bytes = io::copy(&mut file, &mut hash)?;
    Ok((bytes, hex(&hash.0.finalize())))
}

struct HashWriter(Sha256);

impl io::Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a copy that nobody writes, after SQLite has looked through all of it.
pub(super) async fn read_content(path: &Path) -> Result<Content, BackupError> {
    let damaged = |why| BackupError::Damaged {
        path: path.to_owned(),
        why,
    };
    let db = connect::still(path).await?;
    let read = async {
        if !faults::integrity(&db, "PRAGMA integrity_check(1)").await? {
            return Err(damaged("SQLite finds its pages at odds with each other"));
        }
        if faults::points_nowhere(&db).await? {
            return Err(damaged("a row names another that is not there"));
        }
        Ok(content(&db).await?)
    }
    .await;
    db.close().await.or_outage("closing")?;
    read
}

async fn content(db: &DatabaseConnection) -> Answer<Content> {
    let migrations = column(db, "SELECT version FROM seaql_migrations ORDER BY version").await?;
    let checks: Vec<Vec<u8>> = column(db, "SELECT key_check FROM instance").await?;
    let tables: Vec<String> = column(
        db,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .await?;
    let mut rows = Vec::new();
    for table in tables {
        let counted: Vec<i64> = column(
            db,
            &format!("SELECT COUNT(*) FROM \"{}\"", table.replace('"', "\"\"")),
        )
        .await?;
        let count = counted.first().copied().map_or(0, crate::stored::count);
        rows.push((table, count));
    }
    Ok(Content {
        migrations,
        key_check: checks.first().map_or_else(String::new, |check| hex(check)),
        rows,
    })
}

/// The one column that a query gives.
async fn column<T: TryGetable>(db: &DatabaseConnection, sql: &str) -> Answer<Vec<T>> {
    let statement = Statement::from_string(DbBackend::Sqlite, sql);
    let rows = db
        .query_all_raw(statement)
        .await
        .or_outage("reading a copy")?;
    rows.iter()
        .map(|row| row.try_get_by_index(0).or_outage("reading a copy"))
        .collect()
}
