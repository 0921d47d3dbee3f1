//! The journal's chain and the vault's keys, seen to by those who run the portal.

use super::{Failure, key_failure};
use crate::{
    clock::{self, Stopwatch},
    settings::{KeySource, Settings},
};
use std::io::{self, IsTerminal as _};
use store::{Store, Verified, key::Key};

/// An entry that was noted: its number and its code, as `journal verify` prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    seq: i64,
    code: String,
}

impl std::str::FromStr for Noted {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "it is NUMBER:CODE, as `journal verify` printed it";
        let (seq, code) = text.split_once(':').ok_or(FORM)?;
        let seq = seq.parse().map_err(|_| FORM)?;
        let hexadecimal = code.len() == 64 && code.bytes().all(|b| b.is_ascii_hexdigit());
        if !hexadecimal || seq < 1 {
            return Err(FORM);
        }
        let code = code.to_owned();
        Ok(Self { seq, code })
    }
}

/// Follows the journal's chain, and tells where it is broken or what its last entry is.
pub(super) async fn verify(store: &Store, noted: Option<&Noted>) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let noted = noted.map(|noted| (noted.seq, noted.code.as_str()));
    match store.verify_journal(noted).await? {
        Verified::Whole { entries: 0, .. } => {
            println!("the journal is empty");
            Ok(())
        }
        Verified::Whole { entries, code } => {
            let seconds = watch.elapsed().as_secs_f64();
            println!("the journal is whole: {entries} entries, {seconds:.1} s");
            println!("keep this elsewhere, and give it back with --expect: {entries}:{code}");
            Ok(())
        }
        Verified::Broken { at, why } => Err(Failure::Journal { at, why }),
    }
}

/// Makes a new key of the vault, and seals everything anew with it.
pub(super) async fn rotate(store: &Store) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let shown = io::stderr().is_terminal();
    let done = store
        .rotate_vault(clock::now(), |done| {
            if shown {
                eprint!("\r{done} sealed anew");
            }
        })
        .await?;
    if shown {
        eprintln!();
    }
    let seconds = watch.elapsed().as_secs_f64();
    println!("a new key seals {done} texts, {seconds:.1} s; the older keys are gone");
    Ok(())
}

/// Puts a new key before the one of the file, and has the database take it over.
pub(super) async fn replace(settings: &Settings) -> Result<(), Failure> {
    let KeySource::File(path) = &settings.key else {
        return Err(Failure::Usage(
            "PORTAIL_KEY is set: put the new key before it yourself, with a comma between them, and start the portal",
        ));
    };
    if !path.exists() {
        return Err(Failure::KeyMissing(path.clone()));
    }
    // Before anything is changed: whether it is the key of this database at all.
    super::open(settings).await?.close().await?;
    Key::replace(path).map_err(|error| key_failure(settings, error))?;
    let store = super::open(settings).await?;
    // What the old key wraps, and what people who work abroad are found by, is made anew at once: two digests of one person are two.
    let sealed = rotate(&store).await;
    store.close().await?;
    sealed?;
    println!(
        "{} begins with a new key; those of before stand behind it",
        path.display()
    );
    println!(
        "next: give every server of this database the file, start them, and import the registry;"
    );
    println!(
        "members make new recovery codes. Once nothing needs it, the old key is of use for the journal's older entries alone"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a slip of the finger is taken for a noted entry, and a journal that is whole looks broken.
    #[test]
    fn what_was_noted() {
        let code = "0f".repeat(32);
        let noted: Noted = format!("12:{code}").parse().unwrap();
        assert_eq!(noted, Noted { seq: 12, code });
        for wrong in ["", "12", "12:", "x:00", "0:00", "12:zz"] {
            assert!(wrong.parse::<Noted>().is_err(), "{wrong}");
        }
    }
}
