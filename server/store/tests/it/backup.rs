//! Copies of a SQLite database, and the way back from one.

use crate::base::{Base, Dice, NOW, key, many, on_postgres, on_sqlite, services};
use portfolio::ports::{Changed, Portfolio as _};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, Ordering},
    },
};
use store::{
    Store,
    backup::{self, BackupError, MANIFEST, Restored},
    key::Key,
};

const ALL: usize = 12;

async fn filled(
    base: &Base,
) -> (
    portfolio::permission::Editor,
    Vec<portfolio::ids::EnrolmentId>,
) {
    let scope = base.firm("Cabinet Dupont").await;
    let ids = many(base, &scope, &["Client"; ALL]).await;
    (scope, ids)
}

async fn taken(base: &Base) -> PathBuf {
    let out = base.folder.join("copies/portail.copy");
    backup::take(&base.url, &out, NOW).await.unwrap();
    out
}

/// Restores into a place where nothing is.
async fn restored(base: &Base, copy: &Path) -> Result<Restored, BackupError> {
    let place = format!(
        "sqlite:{}",
        base.folder.join("restored/portail.db").display()
    );
    backup::restore(&place, copy, &key(), false, NOW).await
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Fear: a copy made while people work holds half of something, or lacks what was acknowledged before it; or what comes back from
/// it is not served.
#[test]
fn a_copy_taken_under_load_comes_back_whole() {
    on_sqlite(async |base: Base| {
        let (scope, ids) = filled(&base).await;
        let stop = Arc::new(AtomicBool::new(false));
        let versions: Arc<Vec<AtomicI32>> = Arc::new((0..ALL).map(|_| AtomicI32::new(1)).collect());
        let writing = {
            let (store, stop, versions) = (base.store.clone(), stop.clone(), versions.clone());
            let (scope, ids) = (scope.clone(), ids.clone());
            tokio::spawn(async move {
                let mut dice = Dice::new(7);
                while !stop.load(Ordering::Relaxed) {
                    let n = dice.below(ALL);
                    let version = versions[n].load(Ordering::Relaxed);
                    let done = store
                        .change(&scope, ids[n], version, &dice.services(), NOW)
                        .await;
                    assert_eq!(done.unwrap(), Some(Changed::Done));
                    versions[n].store(version + 1, Ordering::Relaxed);
                }
            })
        };
        let folder = base.folder.join("copies");
        for n in 0..5 {
            // Some is written between one copy and the next.
            let sum = || -> i32 { versions.iter().map(|v| v.load(Ordering::Relaxed)).sum() };
            let before = sum();
            while sum() < before + 5 {
                tokio::task::yield_now().await;
            }
            let least: Vec<i32> = versions.iter().map(|v| v.load(Ordering::Relaxed)).collect();
            let copy = folder.join(format!("{n}"));
            backup::take(&base.url, &copy, NOW).await.unwrap();
            // What is acknowledged by now, and what was under way.
            let most: Vec<i32> = versions.iter().map(|v| v.load(Ordering::Relaxed)).collect();
            let url = format!(
                "sqlite:{}",
                base.folder.join(format!("back/{n}.db")).display()
            );
            let back = backup::restore(&url, &copy, &key(), false, NOW)
                .await
                .unwrap();
            assert_eq!((back.kept, back.manifest.rows("enrolment")), (None, 12));
            let store = Store::open(&url, key()).await.unwrap();
            let checked = store.faults().await.unwrap();
            assert_eq!((checked.faults, checked.enrolments), (vec![], 12));
            for (place, id) in ids.iter().enumerate() {
                let found = store.client(&scope, *id).await.unwrap().unwrap().version;
                assert!(
                    (least[place]..=most[place] + 1).contains(&found),
                    "{place}: {found} is not in {}..={}",
                    least[place],
                    most[place] + 1
                );
            }
            store.close().await.unwrap();
        }
        stop.store(true, Ordering::Relaxed);
        writing.await.unwrap();
        assert_eq!(names(&folder).len(), 10, "{:?}", names(&folder));
        for entry in fs::read_dir(&folder).unwrap() {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = entry.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "another user reads the copy");
        }
    });
}

/// Fear: a copy that has rotted, or whose manifest has, is restored all the same, or leaves something behind.
#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    on_sqlite(async |base: Base| {
        filled(&base).await;
        let copy = taken(&base).await;
        let manifest = PathBuf::from(format!("{}{MANIFEST}", copy.display()));
        let mut dice = Dice::of_environment(11);
        for (file, every) in [(&copy, 401), (&manifest, 3)] {
            let good = fs::read(file).unwrap();
            let mut place = dice.below(every);
            while place < good.len() {
                let mut bytes = good.clone();
                bytes[place] ^= u8::try_from(1 + dice.below(255)).unwrap();
                fs::write(file, &bytes).unwrap();
                let refused = restored(&base, &copy).await;
                assert!(
                    matches!(
                        refused,
                        Err(BackupError::Damaged { .. } | BackupError::Manifest { .. })
                    ),
                    "{} at {place}: {refused:?}",
                    file.display()
                );
                place += 1 + dice.below(2 * every);
            }
            fs::write(file, good).unwrap();
        }
        assert_eq!(names(&base.folder.join("restored")), ["portail.db.lock"]);
        restored(&base, &copy).await.unwrap();
    });
}

/// Fear: half a copy, as a full disk or a broken line leaves it, is restored.
#[test]
fn a_cut_copy_is_refused() {
    on_sqlite(async |base: Base| {
        filled(&base).await;
        let copy = taken(&base).await;
        let good = fs::read(&copy).unwrap();
        for length in [
            0,
            1,
            100,
            4096,
            good.len() / 2,
            good.len() - 4096,
            good.len() - 1,
        ] {
            fs::write(&copy, &good[..length]).unwrap();
            let refused = restored(&base, &copy).await;
            assert!(
                matches!(refused, Err(BackupError::Damaged { .. })),
                "{refused:?}"
            );
        }
        fs::write(&copy, [good.as_slice(), &[0]].concat()).unwrap();
        let refused = restored(&base, &copy).await;
        assert!(
            matches!(refused, Err(BackupError::Damaged { .. })),
            "{refused:?}"
        );
        fs::write(&copy, &good).unwrap();
        fs::remove_file(format!("{}{MANIFEST}", copy.display())).unwrap();
        let refused = restored(&base, &copy).await;
        assert!(
            matches!(refused, Err(BackupError::File { .. })),
            "{refused:?}"
        );
        fs::remove_file(&copy).unwrap();
        assert!(restored(&base, &copy).await.is_err());
    });
}

/// Fear: restored with another key, the portal opens nothing, and nobody knows why.
#[test]
fn another_key_is_told_before_anything_is_done() {
    on_sqlite(async |base: Base| {
        filled(&base).await;
        let copy = taken(&base).await;
        let other = Key::from_hex(&"5b".repeat(32)).unwrap();
        let place = format!("sqlite:{}", base.folder.join("other/portail.db").display());
        let refused = backup::restore(&place, &copy, &other, true, NOW).await;
        assert!(matches!(refused, Err(BackupError::OtherKey)), "{refused:?}");
        assert!(!base.folder.join("other").exists());
        let text = fs::read_to_string(format!("{}{MANIFEST}", copy.display())).unwrap();
        assert!(
            !text.contains(&"5a".repeat(32)),
            "the key is in the manifest"
        );
    });
}

/// Fear: a restore takes a database from under the people who use it, or what was there is lost for good.
#[test]
fn what_is_there_gives_way_only_when_said_and_is_kept() {
    on_sqlite(async |base: Base| {
        let (scope, ids) = filled(&base).await;
        let copy = taken(&base).await;
        let later = base
            .store
            .change(&scope, ids[0], 1, &services(&["INCIDENTS"]), NOW)
            .await;
        assert_eq!(later.unwrap(), Some(Changed::Done));
        for replace in [false, true] {
            let refused = backup::restore(&base.url, &copy, &key(), replace, NOW).await;
            assert!(matches!(refused, Err(BackupError::InUse)), "{refused:?}");
        }
        let behind = base.behind().await;
        let Base {
            store, url, folder, ..
        } = base;
        store.close().await.unwrap();
        let refused = backup::restore(&url, &copy, &key(), false, NOW).await;
        assert!(
            matches!(refused, Err(BackupError::Occupied(_))),
            "{refused:?}"
        );
        // A program that knows nothing of our lock, as SQLite's own shell.
        let refused = backup::restore(&url, &copy, &key(), true, NOW).await;
        assert!(matches!(refused, Err(BackupError::InUse)), "{refused:?}");
        behind.close().await.unwrap();
        let done = backup::restore(&url, &copy, &key(), true, NOW)
            .await
            .unwrap();
        let kept = done.kept.unwrap();
        for (path, version) in [(done.database, 1), (kept.clone(), 2)] {
            let store = Store::open(&format!("sqlite:{}", path.display()), key())
                .await
                .unwrap();
            let client = store.client(&scope, ids[0]).await.unwrap().unwrap();
            assert_eq!(client.version, version, "{}", path.display());
            assert_eq!(store.faults().await.unwrap().faults, []);
            store.close().await.unwrap();
        }
        // Said again at the same moment, it takes nothing's place.
        let refused = backup::restore(&url, &copy, &key(), true, NOW).await;
        assert!(matches!(refused, Err(BackupError::Exists(path)) if path == kept));
        let left = names(&folder.join("new"));
        assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
    });
}

/// Fear: the one time that a restore is needed, it refuses because what it replaces is damaged; or the damaged file's log is taken
/// for the new one's.
#[test]
fn a_damaged_database_is_replaced_too() {
    on_sqlite(async |base: Base| {
        let (scope, ids) = filled(&base).await;
        let copy = taken(&base).await;
        // Else the log would hold every page, and mend the file.
        base.plant("PRAGMA wal_checkpoint(TRUNCATE)").await;
        base.store
            .change(&scope, ids[0], 1, &services(&["INCIDENTS"]), NOW)
            .await
            .unwrap();
        let path = base.folder.join("new/portail.db");
        let log = fs::read(path.with_extension("db-wal")).unwrap();
        base.store.close().await.unwrap();
        for (n, damage) in (1..).zip([&b"no database, whatever SQLite says"[..], b""]) {
            fs::write(&path, damage).unwrap();
            fs::write(path.with_extension("db-wal"), &log).unwrap();
            let done = backup::restore(&base.url, &copy, &key(), true, NOW.plus(n))
                .await
                .unwrap();
            let kept = done.kept.unwrap();
            assert!(
                fs::read(&kept).unwrap() == damage,
                "what was there is not kept"
            );
            assert!(PathBuf::from(format!("{}-wal", kept.display())).exists());
            let store = Store::open(&base.url, key()).await.unwrap();
            let client = store.client(&scope, ids[0]).await.unwrap().unwrap();
            assert_eq!(client.version, 1);
            store.close().await.unwrap();
        }
        // A log alone: what it belonged to was removed.
        fs::remove_file(&path).unwrap();
        fs::write(path.with_extension("db-wal"), &log).unwrap();
        let refused = backup::restore(&base.url, &copy, &key(), false, NOW).await;
        assert!(
            matches!(refused, Err(BackupError::Occupied(_))),
            "{refused:?}"
        );
    });
}

/// Fear: a copy takes the place of something, is made of nothing, or of a database that is damaged.
#[test]
fn a_copy_takes_nothings_place() {
    on_sqlite(async |base: Base| {
        filled(&base).await;
        let copy = taken(&base).await;
        let again = backup::take(&base.url, &copy, NOW).await;
        assert!(matches!(again, Err(BackupError::Exists(_))), "{again:?}");
        fs::remove_file(&copy).unwrap();
        let again = backup::take(&base.url, &copy, NOW).await;
        assert!(matches!(again, Err(BackupError::Exists(_))), "{again:?}");
        let nowhere = format!("sqlite:{}", base.folder.join("no.db").display());
        let nothing = backup::take(&nowhere, &base.folder.join("of-nothing"), NOW).await;
        assert!(
            matches!(nothing, Err(BackupError::NoDatabase(_))),
            "{nothing:?}"
        );
        assert!(!base.folder.join("no.db").exists());
        let path = base.folder.join("new/portail.db");
        base.store.close().await.unwrap();
        let mut bytes = fs::read(&path).unwrap();
        bytes[8 * 4096..10 * 4096].fill(0x55);
        fs::write(&path, &bytes).unwrap();
        let out = base.folder.join("copies/of-damaged");
        assert!(backup::take(&base.url, &out, NOW).await.is_err());
        assert_eq!(
            names(&base.folder.join("copies")),
            ["portail.copy.manifest"]
        );
    });
}

/// Fear: a copy of a later version is restored by one that cannot read it.
#[test]
fn a_later_schema_is_refused() {
    on_sqlite(async |base: Base| {
        filled(&base).await;
        base.plant("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)")
            .await;
        let copy = taken(&base).await;
        let refused = restored(&base, &copy).await;
        assert!(matches!(refused, Err(BackupError::Later)), "{refused:?}");
    });
}

/// Fear: whoever runs PostgreSQL believes to have a copy.
#[test]
#[ignore = "needs TEST_POSTGRES_URL"]
fn postgres_has_its_own_ways() {
    on_postgres(async |base: Base| {
        let out = std::env::temp_dir().join("no-copy-of-postgres");
        let refused = backup::take(&base.url, &out, NOW).await;
        assert!(matches!(refused, Err(BackupError::Postgres)), "{refused:?}");
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .contains("docs/operations.md")
        );
        assert!(!out.exists());
        let refused = backup::restore(&base.url, &out, &key(), true, NOW).await;
        assert!(matches!(refused, Err(BackupError::Postgres)), "{refused:?}");
    });
}
