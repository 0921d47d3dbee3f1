//! What stands beside a copy: lines of `name value`, and at their end the hash of all that is above.
//!
//! It is read strictly: what is not byte for byte what would be written again was altered.

use super::{BackupError, OfFile as _};
use crate::key::hex;
use portfolio::time::Timestamp;
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, path::Path};

/// The first line: which form this is.
const FORM: &str = "portail-backup 1";
/// The name of the last line.
const SEAL: &str = "manifest-sha256";
/// Bytes of the longest manifest that is read: a table is a line.
const LONGEST: u64 = 64 * 1024;

/// What a copy of a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// When it was made.
    pub taken_at: Timestamp,
    /// Bytes of its file.
    pub bytes: u64,
    /// What they hash to, in hexadecimal.
    pub sha256: String,
    /// What was read in it.
    pub content: Content,
}

/// What is read in a database to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The steps that made its schema, in order.
    pub migrations: Vec<String>,
    /// What tells its key apart from others, in hexadecimal. The key cannot be had from it.
    pub key_check: String,
    /// Its tables, each with its rows counted.
    pub rows: Vec<(String, u64)>,
}

impl Manifest {
    /// How many rows of a table the copy holds; none of a table that it does not have.
    pub fn rows(&self, table: &str) -> u64 {
        let found = self.content.rows.iter().find(|(name, _)| name == table);
        found.map_or(0, |(_, rows)| *rows)
    }

    /// The manifest as it is written.
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "{FORM}\ntaken-at {}\nbytes {}\nsha256 {}\nkey-check {}\n",
            self.taken_at.0, self.bytes, self.sha256, self.content.key_check
        );
        for migration in &self.content.migrations {
            writeln!(text, "migration {migration}").expect("writing to a string never fails");
        }
        for (table, rows) in &self.content.rows {
            writeln!(text, "rows {table} {rows}").expect("writing to a string never fails");
        }
        let seal = hex(&Sha256::digest(text.as_bytes()));
        writeln!(text, "{SEAL} {seal}").expect("writing to a string never fails");
        text
    }

    /// Reads the manifest of a file.
    pub(super) fn read(path: &Path) -> Result<Self, BackupError> {
        let wrong = |why| BackupError::Manifest {
            path: path.to_owned(),
            why,
        };
        if std::fs::metadata(path).of(path)?.len() > LONGEST {
            return Err(wrong("it is too long"));
        }
        let text = String::from_utf8(std::fs::read(path).of(path)?)
            .map_err(|_| wrong("it is not text"))?;
        if text.starts_with("portail-backup ") && !text.starts_with(FORM) {
            return Err(wrong("its form is not known to this version"));
        }
        let manifest = Self::parse(&text).ok_or_else(|| wrong("it was cut or altered"))?;
        if manifest.text() != text {
            return Err(wrong("it was cut or altered"));
        }
        Ok(manifest)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().peekable();
        if lines.next()? != FORM {
            return None;
        }
        let mut value = |name: &str| {
            let (known, value) = lines.next()?.split_once(' ')?;
            (known == name).then(|| value.to_owned())
        };
        let taken_at = Timestamp(value("taken-at")?.parse().ok()?);
        let bytes = value("bytes")?.parse().ok()?;
        let sha256 = value("sha256")?;
        let key_check = value("key-check")?;
        let mut migrations = Vec::new();
        let mut rows = Vec::new();
        for line in lines {
            match line.split_once(' ')? {
                ("migration", name) => migrations.push(name.to_owned()),
                ("rows", counted) => {
                    let (table, count) = counted.rsplit_once(' ')?;
                    rows.push((table.to_owned(), count.parse().ok()?));
                }
                // Compared by whoever reads, together with all that is above.
                (SEAL, _) => {}
                _ => return None,
            }
        }
        Some(Self {
            taken_at,
            bytes,
            sha256,
            content: Content {
                migrations,
                key_check,
                rows,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            taken_at: Timestamp(1_795_507_094),
            bytes: 4096,
            sha256: "ab".repeat(32),
            content: Content {
                migrations: vec!["m0001_first".into(), "m0002_second".into()],
                key_check: "cd".repeat(32),
                rows: vec![("account".into(), 7), ("firm".into(), 0)],
            },
        }
    }

    /// Fear: a manifest does not say again what it was told, or a line of it can be changed, cut or added unseen.
    #[test]
    fn every_byte_counts() {
        let folder = std::env::temp_dir().join(format!("manifest-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("copy.manifest");
        let text = manifest().text();
        std::fs::write(&path, &text).unwrap();
        assert_eq!(Manifest::read(&path).unwrap(), manifest());
        assert_eq!(
            (manifest().rows("account"), manifest().rows("none")),
            (7, 0)
        );
        for place in 0..text.len() {
            for flip in [1, 0x20, 0x80] {
                let mut bytes = text.clone().into_bytes();
                bytes[place] ^= flip;
                std::fs::write(&path, &bytes).unwrap();
                assert!(Manifest::read(&path).is_err(), "byte {place}, {flip:#x}");
            }
            std::fs::write(&path, &text[..place]).unwrap();
            assert!(Manifest::read(&path).is_err(), "cut at {place}");
        }
        std::fs::write(&path, format!("{text}\n")).unwrap();
        assert!(Manifest::read(&path).is_err(), "a line too many");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
