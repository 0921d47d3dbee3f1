//! Copies of the database on the command line, the way back from one, and whether what is stored holds together.

use super::{Failure, key_failure};
use crate::{
    clock::{self, Stopwatch},
    settings::{KeySource, Settings},
};
use std::path::Path;
use store::{Store, backup, backup::Manifest, key::Key};

/// Faults that are told one by one: beyond that, more of the same help nobody.
const TOLD: usize = 20;

/// Copies the database, which may be in use, into a new file.
pub(super) async fn take(settings: &Settings, out: &Path) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let manifest = backup::take(settings.database.expose(), out, clock::now()).await?;
    println!(
        "copied {} into {} in {:.1} s; {}{} goes with it",
        told(&manifest),
        out.display(),
        watch.elapsed().as_secs_f64(),
        out.display(),
        backup::MANIFEST
    );
    println!("keep the key in another place: without it no mandate can be proved with this copy");
    Ok(())
}

/// Puts a copy in the place of the database.
pub(super) async fn restore(
    settings: &Settings,
    copy: &Path,
    replace: bool,
) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let url = settings.database.expose();
    let restored = backup::restore(url, copy, &key(settings)?, replace, clock::now()).await?;
    let manifest = &restored.manifest;
    println!(
        "restored {} of {} into {} in {:.1} s",
        told(manifest),
        manifest.taken_at.iso_date(),
        restored.database.display(),
        watch.elapsed().as_secs_f64()
    );
    if let Some(kept) = restored.kept {
        println!("the database that was there is kept as {}", kept.display());
    }
    Ok(())
}

fn told(manifest: &Manifest) -> String {
    format!(
        "{} firms, {} members, {} enrolments and {} accounts ({} bytes)",
        manifest.rows("firm"),
        manifest.rows("member"),
        manifest.rows("enrolment"),
        manifest.rows("account"),
        manifest.bytes
    )
}

/// The key that is set; none is made, since a new one would fit no copy.
fn key(settings: &Settings) -> Result<Key, Failure> {
    match &settings.key {
        KeySource::Hex(hex) => Key::from_hex(hex),
        KeySource::File(path) if !path.exists() => {
            return Err(Failure::KeyMissing(path.clone()));
        }
        KeySource::File(path) => Key::load_or_create(path),
    }
    .map_err(|error| key_failure(settings, error))
}

/// Looks whether what is stored holds together.
pub(super) async fn check(store: &Store) -> Result<(), Failure> {
    let checked = store.faults().await?;
    for fault in checked.faults.iter().take(TOLD) {
        println!("{fault}");
    }
    println!(
        "{} enrolments and {} events checked, {} requests to work abroad, {} sealed texts opened, {} faults",
        checked.enrolments,
        checked.events,
        checked.requests,
        checked.sealed,
        checked.faults.len()
    );
    if checked.faults.is_empty() {
        Ok(())
    } else {
        Err(Failure::Faults)
    }
}
