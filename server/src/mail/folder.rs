//! Messages as files of a folder, which any mail program opens: for trying the portal out, and for tests.

use super::{Letter, Transport, Undelivered};
use async_trait::async_trait;
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

/// A folder of messages, for its owner's eyes only: their links open.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder of this path, made when the first message comes.
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

#[async_trait]
impl Transport for Folder {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let (folder, name, bytes) = (
            self.path.clone(),
            letter.name.clone(),
            letter.message.formatted(),
        );
        tokio::task::spawn_blocking(move || write(&folder, &name, &bytes))
            .await
            .map_err(|_| Undelivered::later("the thread that wrote ended early"))?
            .map_err(|error| Undelivered::later(format!("the folder: {}", error.kind())))
    }
}

/// The file appears whole or not at all; a message that comes again is the same file.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let beside = folder.join(format!(".{name}.new"));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, folder.join(format!("{name}.eml")))
}
