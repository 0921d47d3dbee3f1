//! `backup`, `restore` and `check` as those who run the portal meet them.

use crate::{
    browser::Browser,
    ledger::{Dice, Worker, judged, managed},
    portal::{Folder, Portal, fill, key, run, server, told},
};
use std::{fs, process::Command};
use store::Store;

fn refused(mut command: Command, words: &str) {
    let output = command.output().unwrap();
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains(words), "{words:?} is not in {told}");
    assert!(!told.contains("panicked"), "{told}");
}

/// Fear: the drill that everybody postpones fails on the day that it is needed.
#[tokio::test(flavor = "multi_thread")]
async fn the_drill() {
    let folder = Folder::new("drill");
    let database = folder.database();
    let accounts = fill(&folder.0, &database);
    let portal = Portal::start(&folder.0, &database);
    let command = |arguments: &[&str]| server(&folder.0, &database, arguments);
    let browser = Browser::signed_in(portal.address);
    let mut workers = [Worker::new(browser.clone(), &accounts[..8], Dice::new(1))];
    let store = Store::open(&database, key()).await.unwrap();
    let before = managed(&store).await;
    for _ in 0..15 {
        assert_eq!(workers[0].step().unwrap(), None);
    }
    // While it is served.
    let told = run(&folder.0, &database, &["backup", "--out", "copies/monday"]);
    assert!(told.contains("copies/monday.manifest"), "{told}");
    refused(
        command(&["backup", "--out", "copies/monday"]),
        "there already",
    );
    assert_eq!(
        judged(&store, &mut workers, before).await,
        Vec::<String>::new()
    );
    store.close().await.unwrap();
    // Tuesday's work, by somebody else.
    let mut later = Worker::new(browser, &accounts[8..16], Dice::new(2));
    for _ in 0..5 {
        assert_eq!(later.step().unwrap(), None);
    }
    refused(
        command(&["restore", "copies/monday", "--replace"]),
        "in use",
    );
    portal.stop();
    refused(command(&["restore", "copies/monday"]), "--replace");
    let mut other = command(&["restore", "copies/monday", "--replace"]);
    other.env("PORTAIL_KEY", "0f".repeat(32));
    refused(other, "another secret key");
    let mut missing = command(&["restore", "copies/monday", "--replace"]);
    missing.env_remove("PORTAIL_KEY");
    refused(missing, "portail.key is missing");
    assert!(
        !folder.0.join("data/portail.key").exists(),
        "a key was made"
    );
    let told = run(
        &folder.0,
        &database,
        &["restore", "copies/monday", "--replace"],
    );
    assert!(
        told.contains("is kept as") && told.contains("enrolments"),
        "{told}"
    );
    assert!(run(&folder.0, &database, &["check"]).contains(" 0 faults"));
    // Monday's people go on where they were, signed in.
    let portal = Portal::start(&folder.0, &database);
    let store = Store::open(&database, key()).await.unwrap();
    assert_eq!(
        judged(&store, &mut workers, before).await,
        Vec::<String>::new()
    );
    workers[0].browser.address = portal.address;
    for _ in 0..5 {
        assert_eq!(workers[0].step().unwrap(), None);
    }
    store.close().await.unwrap();
    portal.stop();
}

/// Fear: `check` ends in exit code 0 whatever it finds, or `backup` makes what it was to copy.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told() {
    let folder = Folder::new("wrong");
    let database = folder.database();
    let command = |arguments: &[&str]| server(&folder.0, &database, arguments);
    refused(
        command(&["backup", "--out", "copy"]),
        "there is no database",
    );
    assert!(!folder.0.join("data").exists());
    refused(command(&["restore", "nothing"]), "nothing.manifest");
    run(&folder.0, &database, &["demo"]);
    let good = run(&folder.0, &database, &["check"]);
    let (enrolments, _) = good.split_once(" enrolments").unwrap();
    assert!(good.contains(" 0 faults") && enrolments != "0", "{good}");
    let db = sea_orm::Database::connect(&database).await.unwrap();
    let half = "UPDATE enrolment SET version = version + 1";
    sea_orm::ConnectionTrait::execute_unprepared(&db, half)
        .await
        .unwrap();
    db.close().await.unwrap();
    let output = command(&["check"]).output().unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    assert!(
        listed.contains(&format!(" {enrolments} faults")),
        "{listed}"
    );
    // The first of them are told one by one.
    assert_eq!(listed.matches("do not count up to its version").count(), 20);
    refused(command(&["check"]), "does not hold together");
    let mut postgres = command(&["backup", "--out", "copy"]);
    postgres.env(
        "DATABASE_URL",
        "postgres://nobody:hunter2@nowhere/x?sslmode=verify-full",
    );
    refused(postgres, "pg_basebackup");
    assert!(
        fs::read_dir(&folder.0)
            .unwrap()
            .all(|entry| entry.unwrap().file_name() != "copy")
    );
}
