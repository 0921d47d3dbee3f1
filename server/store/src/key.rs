//! The instance's secret key and the digests made with it.
//!
//! A stolen database alone cannot be searched for a social security number or an amount: their digests need this key, which lives
//! outside of it. Each use has its own label, so that a digest made for one purpose never fits another.
//!
//! A key can be replaced: the new one stands first, and those of before behind it. New digests are made with the first alone; what was
//! made before is compared with each, until an import, a rotation or its owner has made it anew.

use hmac::{Hmac, KeyInit, Mac};
use portfolio::{
    account_number::AccountNumber, amount::Cents, attestation::SecurityCode, ids::MemberId,
    letter::Notice, nir::Nir,
};
use sha2::Sha256;
use std::{
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// Bytes of the key, and of every digest.
pub const LENGTH: usize = 32;

/// A digest that a secret is compared by.
pub type Digest = [u8; LENGTH];

/// The instance's secret: 32 random bytes, written as 64 hexadecimal digits; and those that it has replaced, the latest first.
#[derive(Clone)]
pub struct Key(Vec<Hmac<Sha256>>);

/// Keys of before that are kept.
const MOST_REPLACED: usize = 7;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is no key.
    #[error("the key must be {} hexadecimal digits; keys of before may follow it, at most {MOST_REPLACED}", LENGTH * 2)]
    Malformed,
    /// The file could not be read or made.
    #[error("the key file could not be read or made: {0}")]
    File(#[from] io::Error),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandom,
}

impl Key {
    /// Reads a key from its 64 hexadecimal digits, and those that it has replaced behind it, between spaces, commas or line ends.
    ///
    /// # Errors
    /// [`KeyError::Malformed`] for anything else.
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let keys: Vec<_> = text
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|digits| !digits.is_empty())
            .map(one)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() || keys.len() > MOST_REPLACED + 1 {
            return Err(KeyError::Malformed);
        }
        Ok(Self(keys))
    }

    /// Puts a new key before the one of a file, which is still known by what it has made.
    ///
    /// # Errors
    /// A file that is not there, holds anything but keys or as many as are kept, or cannot be written: it is as it was then.
    pub fn replace(path: &Path) -> Result<(), KeyError> {
        let before = Zeroizing::new(fs::read_to_string(path)?);
        let known = Self::from_hex(&before)?;
        if known.0.len() > MOST_REPLACED {
            return Err(KeyError::Malformed);
        }
        let text = Zeroizing::new(format!("{}\n{}\n", *random()?, before.trim()));
        let beside = beside(folder(path), &text)?;
        fs::rename(&beside, path)?;
        fs::File::open(folder(path))?.sync_all()?;
        Ok(())
    }

    /// This key and those that it has replaced, each by itself, the latest first.
    pub(crate) fn each(&self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        self.0.iter().map(|key| Self(vec![key.clone()]))
    }

    /// Whether this key, or one that it has replaced, has made a check.
    pub(crate) fn has_made(&self, check: &[u8]) -> bool {
        let same = self.each().fold(Choice::from(0), |same, key| {
            same | key.check().as_slice().ct_eq(check)
        });
        bool::from(same)
    }

    /// Reads the key of a file; on the first run the file is made, for its owner's eyes only.
    ///
    /// # Errors
    /// A file that cannot be read or made, or that holds anything but a key: it is never overwritten, since a database made with a
    /// lost key can no longer prove any mandate.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        match fs::read_to_string(path) {
            Ok(text) => return Self::from_hex(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(KeyError::Malformed);
            }
            Err(error) => return Err(error.into()),
        }
        create(path, &random()?)?;
        // Read back rather than trusted: if another process was first, its key is the one that counts.
        Self::from_hex(&fs::read_to_string(path)?)
    }

    /// What an employer's declared amount is compared by.
    pub fn amount(&self, account: &AccountNumber, amount: Cents) -> Digest {
        self.digest("amount", &[account.as_str(), &amount.get().to_string()])
    }

    /// What a person's social security number is compared by.
    pub fn nir(&self, account: &AccountNumber, nir: &Nir) -> Digest {
        self.digest("nir", &[account.as_str(), nir.expose()])
    }

    /// What one person's requests to work abroad are found by, whichever firm made them.
    pub fn worker(&self, nir: &Nir) -> Digest {
        self.digest("worker", &[nir.expose()])
    }

    /// What the paper of a security code is found by.
    pub fn paper(&self, code: &SecurityCode) -> Digest {
        self.digest("paper", &[code.expose()])
    }

    /// What tells whether two papers say the same.
    pub fn said(&self, content: &[u8]) -> Digest {
        self.bytes("said", content)
    }

    /// What tells whether a database was made with this key.
    pub fn check(&self) -> Digest {
        self.digest("key-check", &[])
    }

    /// What failures of an identifier or an address are counted under: the table must not tell who tried to sign in from where.
    pub fn counted(&self, what: &str) -> Digest {
        self.bytes("counted", what.as_bytes())
    }

    /// What a recovery code of a member is compared by.
    pub fn recovery(&self, member: MemberId, code: &str) -> Digest {
        self.digest("recovery", &[&member.to_string(), code])
    }

    /// What shows that a link to stop messages was made here: see `notices`.
    pub(crate) fn leave(&self, member: MemberId, notice: Notice) -> Digest {
        self.digest("leave", &[&member.to_string(), notice.code()])
    }

    /// The code of an entry of the journal: see `journal`.
    pub(crate) fn journal(&self, entry: &[u8]) -> Digest {
        self.bytes("journal", entry)
    }

    /// The key that wraps the keys of the vault.
    pub(crate) fn wrapping(&self) -> Zeroizing<Digest> {
        Zeroizing::new(self.bytes("vault", &[]))
    }

    fn bytes(&self, label: &str, bytes: &[u8]) -> Digest {
        let mut mac = self.0[0].clone();
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// The parts hold no nought byte (identifiers and numbers), so that it separates them without doubt.
    fn digest(&self, label: &str, parts: &[&str]) -> Digest {
        let mut mac = self.0[0].clone();
        mac.update(label.as_bytes());
        for part in parts {
            mac.update(&[0]);
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// Logs never see it.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

fn one(digits: &str) -> Result<Hmac<Sha256>, KeyError> {
    let digits = digits.as_bytes();
    if digits.len() != LENGTH * 2 {
        return Err(KeyError::Malformed);
    }
    let mut bytes = Zeroizing::new([0; LENGTH]);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
    }
    Ok(Hmac::new_from_slice(bytes.as_slice()).expect("HMAC takes keys of any length"))
}

/// A new key, in hexadecimal.
fn random() -> Result<Zeroizing<String>, KeyError> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::NoRandom)?;
    Ok(Zeroizing::new(hex(bytes.as_slice())))
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The file appears whole or not at all: it is written beside its place, then linked there, which fails if another was first.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let folder = folder(path);
    fs::create_dir_all(folder)?;
    let beside = beside(folder, &format!("{text}\n"))?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::File::open(folder)?.sync_all(),
    }
}

/// A new file of a folder, for its owner's eyes only.
fn beside(folder: &Path, text: &str) -> io::Result<PathBuf> {
    let beside = folder.join(format!(".{}.new", uuid::Uuid::new_v4().simple()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if let Err(error) = written {
        // What is left of it is no key.
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    Ok(beside)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
    }
    text
}

fn nibble(digit: u8) -> Result<u8, KeyError> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
        .ok_or(KeyError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the digest of one purpose or account fits another.
    #[test]
    fn digests_stay_apart() {
        let key = Key::from_hex(&"0f".repeat(32)).unwrap();
        let other = Key::from_hex(&"0e".repeat(32)).unwrap();
        let a = AccountNumber::parse("117000001567462542").unwrap();
        let b = AccountNumber::parse("117000001567462543").unwrap();
        let amount = Cents::new(2_550_814_168_025);
        let nir = Nir::parse("2550814168025").unwrap();
        let all = [
            key.amount(&a, amount),
            key.amount(&b, amount),
            key.amount(&a, Cents::new(-1)),
            key.nir(&a, &nir),
            other.nir(&a, &nir),
            key.worker(&nir),
            key.check(),
            other.check(),
            key.counted(""),
            key.journal(b""),
            key.said(b""),
            key.paper(&SecurityCode::from_random([0; 14])),
            *key.wrapping(),
            key.recovery(MemberId(uuid::Uuid::nil()), "a"),
            key.recovery(MemberId(uuid::Uuid::max()), "a"),
        ];
        for (place, digest) in all.iter().enumerate() {
            assert!(!all[..place].contains(digest), "{place}");
        }
        assert_eq!(key.nir(&a, &nir), key.nir(&a, &nir));
    }

    /// Fear: a broken key file is replaced, or another's eyes may read it, or two runs get two keys.
    #[test]
    fn key_files() {
        let folder = std::env::temp_dir().join(format!("key-{}", uuid::Uuid::new_v4()));
        let path = folder.join("secret.key");
        let first = Key::load_or_create(&path).unwrap();
        assert_eq!(first.check(), Key::load_or_create(&path).unwrap().check());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        for broken in ["", "abc", &"zz".repeat(32), &"é".repeat(32)] {
            fs::write(&path, broken).unwrap();
            assert!(matches!(
                Key::load_or_create(&path),
                Err(KeyError::Malformed)
            ));
            assert_eq!(fs::read_to_string(&path).unwrap(), *broken);
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    /// Fear: a key that was replaced is lost, and with it all that it has made; or the new one is not the one that is used.
    #[test]
    fn replaced() {
        let folder = std::env::temp_dir().join(format!("key-{}", uuid::Uuid::new_v4()));
        let path = folder.join("secret.key");
        assert!(Key::replace(&path).is_err());
        let first = Key::load_or_create(&path).unwrap();
        let mut keys = vec![first];
        for _ in 0..MOST_REPLACED {
            Key::replace(&path).unwrap();
            keys.insert(0, Key::load_or_create(&path).unwrap());
        }
        let now = Key::load_or_create(&path).unwrap();
        assert_eq!(now.each().len(), keys.len());
        for (known, key) in now.each().zip(&keys) {
            assert_eq!(known.check(), key.check());
            assert!(now.has_made(&key.check()));
        }
        assert_eq!(now.check(), keys[0].check());
        assert!(!keys[1].has_made(&now.check()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(matches!(Key::replace(&path), Err(KeyError::Malformed)));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    /// Fear: the key is told by `{:?}`.
    #[test]
    fn debug_hides_it() {
        assert_eq!(
            format!("{:?}", Key::from_hex(&"0f".repeat(32)).unwrap()),
            "Key(…)"
        );
    }
}
