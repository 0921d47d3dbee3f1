//! The disk is full, the folder may only be read, the database is gone for a while: people are told, nothing is corrupted, and once
//! the trouble is over the portal goes on by itself.

use crate::{
    browser::Browser,
    ledger::{Dice, Stopped, Worker, judged, managed},
    portal::{Account, Folder, Portal, fill, key, run, server, told},
    postgres::Cluster,
};
use std::{
    fs::{self, OpenOptions, Permissions},
    io::Write as _,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};
use store::Store;

/// More changes than the log has room for before it needs more of the disk.
const ENOUGH: usize = 3_000;
/// Nobody's user, who may do nothing.
const NOBODY: u32 = 65_534;

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// A small file system in memory, which only the administrator may make.
struct Small(PathBuf);

impl Small {
    fn new(place: &Path) -> Self {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs"])
            .arg(place)
            .status()
            .unwrap();
        assert!(done.success());
        Self(place.to_owned())
    }

    fn only_read(&self) {
        let done = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(&self.0)
            .status()
            .unwrap();
        assert!(done.success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Works while nothing can be written, then again once it can.
async fn survives_a_shortage(
    folder: &Path,
    database: &str,
    accounts: &[Account],
    portal: Portal,
    begin: impl FnOnce(&Portal),
    end: impl FnOnce(&Portal),
) {
    let store = Store::open(database, key()).await.unwrap();
    let before = managed(&store).await;
    let browser = Browser::signed_in(portal.address);
    let mut workers = [Worker::new(browser.clone(), &accounts[..8], Dice::new(5))];
    for _ in 0..10 {
        assert_eq!(workers[0].step().unwrap(), None);
    }
    begin(&portal);
    let refused = (0..ENOUGH)
        .find_map(|_| workers[0].step().unwrap())
        .expect("the disk never filled up");
    assert!(matches!(refused, Stopped::Refused(503, _)), "{refused:?}");
    // Whoever only looks is not in the way; whoever saves is told, with a reference to tell on.
    let mut reader = browser;
    assert_eq!(reader.get("/etablissements").unwrap().status, 200);
    let told = reader
        .post(
            "/etablissements/ajouter",
            &[("identifier", &accounts[9].siren)],
        )
        .unwrap();
    assert_eq!(told.status, 503);
    assert!(told.body.contains("référence"), "{}", told.body);
    // More than one failure: the second must not find what the first has left.
    for _ in 0..5 {
        let refused = workers[0].step().unwrap();
        assert!(
            matches!(refused, Some(Stopped::Refused(503, _))),
            "{refused:?}"
        );
    }
    assert!(portal.logged("ERROR"), "nothing in the log");
    let problems = judged(&store, &mut workers, before).await;
    assert_eq!(problems, Vec::<String>::new());
    end(&portal);
    for _ in 0..10 {
        assert_eq!(workers[0].step().unwrap(), None, "it does not recover");
    }
    let problems = judged(&store, &mut workers, before).await;
    assert_eq!(problems, Vec::<String>::new());
    store.close().await.unwrap();
    portal.stop();
    assert!(run(folder, database, &["check"]).contains(" 0 faults"));
}

/// Fear: on a full disk a change is half written, or said to be saved, or the portal stays broken once there is room again.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_survived() {
    if !is_root() {
        println!(
            "only the administrator mounts a small disk: the limit of file sizes stands in for it"
        );
        return;
    }
    let folder = Folder::new("full");
    fs::create_dir(folder.0.join("data")).unwrap();
    let small = Small::new(&folder.0.join("data"));
    let database = folder.database();
    let accounts = fill(&folder.0, &database);
    let portal = Portal::start(&folder.0, &database);
    let ballast = small.0.join("ballast");
    survives_a_shortage(
        &folder.0,
        &database,
        &accounts,
        portal,
        |_| {
            let mut file = fs::File::create(&ballast).unwrap();
            let mut chunk = vec![0; 1 << 16];
            while !chunk.is_empty() {
                if file.write_all(&chunk).is_err() {
                    // Down to the last page.
                    chunk.truncate(chunk.len() / 2);
                }
            }
        },
        |_| fs::remove_file(&ballast).unwrap(),
    )
    .await;
}

/// Fear: as above, with the error that a quota gives instead.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_file_sizes_is_told_and_survived() {
    let folder = Folder::new("limit");
    let database = folder.database();
    let accounts = fill(&folder.0, &database);
    let plain = server(&folder.0, &database, &["serve"]);
    // Without the signal that would end it, a write over the limit fails.
    let mut patient = Command::new("sh");
    patient
        .args(["-c", "trap '' XFSZ; exec \"$0\" serve"])
        .arg(plain.get_program())
        .current_dir(&folder.0)
        .env_clear()
        .envs(
            plain
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    let portal = Portal::of(patient);
    let limit = |portal: &Portal, bytes: &str| {
        let done = Command::new("prlimit")
            .arg(format!("--pid={}", portal.id()))
            .arg(format!("--fsize={bytes}:unlimited"))
            .status()
            .unwrap();
        assert!(done.success());
    };
    survives_a_shortage(
        &folder.0,
        &database,
        &accounts,
        portal,
        |portal| limit(portal, "16384"),
        |portal| limit(portal, "unlimited"),
    )
    .await;
}

/// A command that the rights of files apply to.
fn unprivileged(mut command: Command, folder: &Path) -> Command {
    if is_root() {
        // Where others may run it, whatever stands above the target folder.
        let copy = std::env::temp_dir().join(format!("server-{}", uuid::Uuid::new_v4()));
        fs::copy(command.get_program(), &copy).unwrap();
        fs::set_permissions(&copy, Permissions::from_mode(0o755)).unwrap();
        let mut other = Command::new(copy);
        other
            .args(command.get_args())
            .current_dir(folder)
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .uid(NOBODY);
        command = other;
    }
    command
}

/// Fear: where nothing can be written the portal starts, and every « Enregistrer » fails; or it does not start, and nobody knows
/// why.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_only_be_read_is_told() {
    // Not under the target folder: nobody's user must reach it.
    let place = std::env::temp_dir().join(format!("portail-read-{}", uuid::Uuid::new_v4()));
    let data = place.join("data");
    fs::create_dir_all(&data).unwrap();
    let database = format!("sqlite:{}", data.join("portail.db").display());
    run(&place, &database, &["migrate"]);
    let rights = |path: &Path, mode: u32| {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    };
    let refused = |words: &str| {
        let command = unprivileged(server(&place, &database, &["serve"]), &place);
        let program = PathBuf::from(command.get_program());
        let output = { command }.output().unwrap();
        if is_root() {
            fs::remove_file(program).unwrap();
        }
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains(words) && told.contains("DATABASE_URL"),
            "{told}"
        );
        assert!(!told.contains("panicked"), "{told}");
    };
    let file = data.join("portail.db");
    let before = fs::read(&file).unwrap();
    rights(&data, 0o555);
    refused("needs a folder that it may write to");
    rights(&data, 0o777);
    rights(&data.join("portail.db.lock"), 0o666);
    rights(&file, 0o444);
    refused("may only be read");
    rights(&file, 0o600);
    assert!(fs::read(&file).unwrap() == before, "the file was touched");
    assert!(run(&place, &database, &["check"]).contains(" 0 faults"));
    fs::remove_dir_all(&place).unwrap();
    if is_root() {
        let folder = Folder::new("read-only");
        fs::create_dir(folder.0.join("data")).unwrap();
        let small = Small::new(&folder.0.join("data"));
        run(&folder.0, &folder.database(), &["migrate"]);
        small.only_read();
        let output = server(&folder.0, &folder.database(), &["serve"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(
            told(&output).contains("Read-only file system"),
            "{}",
            told(&output)
        );
    }
}

/// Fear: a database that cannot be read is served, or replaced by an empty one.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_not_served() {
    let folder = Folder::new("damaged");
    let database = folder.database();
    run(&folder.0, &database, &["demo"]);
    let file = folder.0.join("data/portail.db");
    for (damage, log) in [(&b"this is no database at all"[..], false), (b"", true)] {
        let good = fs::read(&file).unwrap();
        fs::write(&file, damage).unwrap();
        let beside = folder.0.join("data/portail.db-wal");
        if log {
            fs::write(&beside, &good[..8192]).unwrap();
        }
        let output = server(&folder.0, &database, &["serve"]).output().unwrap();
        let told = told(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains("error: ") && !told.contains("panicked"),
            "{told}"
        );
        assert!(fs::read(&file).unwrap() == damage, "it was replaced");
        let _ = fs::remove_file(&beside);
        OpenOptions::new()
            .write(true)
            .truncate(true)
            .open(&file)
            .unwrap()
            .write_all(&good)
            .unwrap();
    }
    run(&folder.0, &database, &["check"]);
}

/// Fear: PostgreSQL is restarted, and people wait for ever, or are signed out, or the portal has to be restarted too.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs TEST_POSTGRES_URL"]
async fn a_database_that_comes_back_is_used_again() {
    let folder = Folder::new("gone");
    let cluster = Cluster::start();
    let accounts = fill(&folder.0, &cluster.url);
    let portal = Portal::start(&folder.0, &cluster.url);
    let store = Store::open(&cluster.url, key()).await.unwrap();
    let before = managed(&store).await;
    store.close().await.unwrap();
    let mut workers: Vec<Worker> = accounts
        .chunks(12)
        .take(2)
        .zip(1..)
        .map(|(theirs, n)| Worker::new(Browser::signed_in(portal.address), theirs, Dice::new(n)))
        .collect();
    for _ in 0..2 {
        let (tell, told) = mpsc::channel();
        let stop = AtomicBool::new(false);
        let stopped: Vec<Stopped> = thread::scope(|threads| {
            let working: Vec<_> = workers
                .iter_mut()
                .map(|worker| {
                    let (tell, stop) = (tell.clone(), &stop);
                    threads.spawn(move || worker.work(stop, &tell))
                })
                .collect();
            for _ in 0..20 {
                told.recv().unwrap();
            }
            cluster.stop();
            let stopped = working
                .into_iter()
                .map(|work| work.join().unwrap())
                .collect();
            stop.store(true, Ordering::Relaxed);
            stopped
        });
        for how in stopped {
            assert!(matches!(how, Stopped::Refused(503, _)), "{how:?}");
        }
        let mut member = workers[0].browser.clone();
        let gone = member.get("/etablissements").unwrap();
        assert_eq!(gone.status, 503);
        assert!(gone.body.contains("référence"), "{}", gone.body);
        let signing_in = Browser::new(portal.address).sign_in().unwrap();
        assert_eq!(signing_in.status, 503, "{}", signing_in.body);
        // What needs no database is still there.
        assert_eq!(Browser::new(portal.address).get("/").unwrap().status, 200);
        cluster.start_again();
        assert_eq!(member.get("/etablissements").unwrap().status, 200);
        let store = Store::open(&cluster.url, key()).await.unwrap();
        let problems = judged(&store, &mut workers, before).await;
        assert_eq!(problems, Vec::<String>::new());
        store.close().await.unwrap();
    }
    for worker in &mut workers {
        for _ in 0..5 {
            assert_eq!(worker.step().unwrap(), None);
        }
    }
    portal.stop();
    assert!(run(&folder.0, &cluster.url, &["check"]).contains(" 0 faults"));
}
