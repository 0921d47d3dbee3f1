//! What can end a command early: a sentence each, and the exit code that goes with it.

use crate::{demo::DemoError, hasher::HashError, serve::ServeError, settings::SettingsError};
use portfolio::ports::Outage;
use std::{io, path::PathBuf, process::ExitCode};
use store::{
    AddFirm, AddMember, Broken, ImportError, OpenError, backup::BackupError, key::KeyError,
};
use thiserror::Error;

/// Why a command did not do what it was told.
#[derive(Debug, Error)]
pub enum Failure {
    /// The environment is wrong.
    #[error("{0}")]
    Settings(#[from] SettingsError),
    /// What was typed is wrong.
    #[error("{0}")]
    Usage(&'static str),
    /// The system gave no threads.
    #[error("cannot start: {0}")]
    Runtime(io::Error),
    /// A file could not be read or written.
    #[error("cannot {verb} {}: {error}", path.display())]
    File {
        /// Read or write.
        verb: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// Standard input could not be read.
    #[error("cannot read standard input: {0}")]
    Input(io::Error),
    /// There is no key.
    #[error("{}: {error}", path.as_ref().map_or("PORTAIL_KEY".into(), |path| path.display().to_string()))]
    Key {
        /// Its file.
        path: Option<PathBuf>,
        /// Why not.
        error: KeyError,
    },
    /// The database has a key, and its file is gone.
    #[error(
        "the key file {} is missing, and this database needs the one it was made with: restore it, or set PORTAIL_KEY or PORTAIL_KEY_FILE",
        .0.display()
    )]
    KeyMissing(PathBuf),
    /// The database was not opened.
    #[error("{}", opening(.0))]
    Open(#[from] OpenError),
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Outage(#[from] Outage),
    /// The journal is not what was written.
    #[error("the journal is broken at entry {at}: {why}")]
    Journal {
        /// The number of the entry.
        at: i64,
        /// What is wrong there.
        why: Broken,
    },
    /// The registry was not imported.
    #[error("nothing was imported: {0}")]
    Import(#[from] ImportError),
    /// No firm has that name or id.
    #[error("no firm is named {0:?} or has that id: add it with `server firm add --name NAME`")]
    NoFirm(String),
    /// Nobody signs in by that identifier.
    #[error("nobody signs in by {0:?}")]
    NoMember(String),
    /// Somebody who has not accepted an invitation yet.
    #[error(
        "{0:?} was invited and has not answered: an administrator of the firm takes the invitation back or sends it again"
    )]
    Invited(String),
    /// Nobody would be left to manage the firm.
    #[error(
        "the firm would be left without an administrator: give that role to somebody else first, with `server member role`"
    )]
    LastAdministrator,
    /// The firm was not added.
    #[error("{0}")]
    AddFirm(#[from] AddFirm),
    /// The member was not added.
    #[error("{0}")]
    AddMember(#[from] AddMember),
    /// No password could be hashed.
    #[error("{0}")]
    Hash(#[from] HashError),
    /// The demonstration was not made.
    #[error("{0}")]
    Demo(#[from] DemoError),
    /// The database was not copied, or a copy not restored.
    #[error("{0}")]
    Backup(#[from] BackupError),
    /// What is stored does not hold together.
    #[error(
        "the database does not hold together: stop the portal, keep a copy of its files, and restore the last good copy"
    )]
    Faults,
    /// The portal does not serve.
    #[error("{0}")]
    Serve(#[from] ServeError),
}

fn opening(error: &OpenError) -> String {
    match error {
        OpenError::OtherKey => {
            format!("{error}: set PORTAIL_KEY or PORTAIL_KEY_FILE to the one it was made with")
        }
        OpenError::Address => format!("DATABASE_URL: {error}"),
        OpenError::Folder(_) | OpenError::ReadOnly | OpenError::Damaged | OpenError::Outage(_) => {
            format!("{error} (its address is in DATABASE_URL)")
        }
    }
}

impl Failure {
    /// 2 when what was typed or set is wrong, else 1.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Settings(_) | Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}
