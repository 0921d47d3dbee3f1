//! The file beside a SQLite database that every process holds while it has the database open.
//!
//! SQLite's own locks are let go of whenever a pool has no connection, and they say nothing between two statements. This one lasts
//! as long as the [`crate::Store`], and the system lets go of it when a process dies, however it dies. A restore takes it for
//! itself alone.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The lock of a database, held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    /// Whether no other process had the database open when this lock was taken.
    pub alone: bool,
}

impl Lock {
    /// Takes the lock together with others; waits while a restore is under way.
    pub fn share(database: &Path) -> io::Result<Self> {
        let file = open(database)?;
        let alone = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => return Err(error),
        };
        match file.try_lock_shared() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                tracing::info!("waiting for whoever opens or restores the database");
                file.lock_shared()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(Self { file, alone })
    }

    /// Takes the lock alone; `None` when a process has the database open.
    pub fn exclusive(database: &Path) -> io::Result<Option<Self>> {
        let file = open(database)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { file, alone: true })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do the same; said here, since it is the whole point.
        let _ = self.file.unlock();
    }
}

/// A file that goes with a database: its path with something added at its end.
pub(crate) fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(end);
    PathBuf::from(name)
}

fn open(database: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(beside(database, ".lock"))
}
