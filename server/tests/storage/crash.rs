//! `kill -9` at any moment, again and again.

use crate::{
    browser::Browser,
    ledger::{Dice, Stopped, Worker, judged, managed, wanted},
    portal::{Folder, Portal, fill, key, run},
};
use sea_orm::{ConnectionTrait as _, Database};
use std::{
    sync::{atomic::AtomicBool, mpsc},
    time::Duration,
};
use store::Store;

const WORKERS: usize = 4;
/// Clients that one worker enrols, changes and ends.
const CLIENTS: usize = 12;

/// Fear: the machine loses power, and a change that somebody was told is saved is gone, or half of one is there.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = Folder::new("kill-9");
    let database = folder.database();
    let accounts = fill(&folder.0, &database);
    let seed = wanted("TORTURE_SEED", 1);
    println!("TORTURE_SEED={seed}");
    let mut dice = Dice::new(seed);
    let before = {
        let store = Store::open(&database, key()).await.unwrap();
        let before = managed(&store).await;
        store.close().await.unwrap();
        before
    };
    let mut portal = Portal::start(&folder.0, &database);
    // One sign-in each: a session that was acknowledged survives like everything else.
    let mut workers: Vec<Worker> = accounts
        .chunks(CLIENTS)
        .take(WORKERS)
        .map(|theirs| {
            let browser = Browser::signed_in(portal.address);
            Worker::new(browser, theirs, Dice::new(dice.roll()))
        })
        .collect();
    let rounds = wanted("TORTURE_ROUNDS", 10);
    let mut cut_off = 0;
    for round in 0..rounds {
        for worker in &mut workers {
            worker.browser.address = portal.address;
        }
        let (tell, told) = mpsc::channel();
        let never = AtomicBool::new(false);
        let stopped: Vec<Stopped> = std::thread::scope(|threads| {
            let working: Vec<_> = workers
                .iter_mut()
                .map(|worker| {
                    let (tell, never) = (tell.clone(), &never);
                    threads.spawn(move || worker.work(never, &tell))
                })
                .collect();
            drop(tell);
            for _ in 0..=dice.below(40) {
                // An error: all of them have stopped, and say why below.
                let _ = told.recv();
            }
            // A moment between two answers, or in the middle of one.
            std::thread::sleep(Duration::from_micros(dice.below(8_000)));
            portal.kill();
            working
                .into_iter()
                .map(|work| work.join().unwrap())
                .collect()
        });
        for how in stopped {
            assert_eq!(how, Stopped::CutOff, "round {round} of seed {seed}");
            cut_off += 1;
        }
        portal = Portal::start(&folder.0, &database);
        let store = Store::open(&database, key()).await.unwrap();
        let problems = judged(&store, &mut workers, before).await;
        assert_eq!(
            problems,
            Vec::<String>::new(),
            "round {round} of seed {seed}"
        );
        store.close().await.unwrap();
    }
    portal.stop();
    assert!(run(&folder.0, &database, &["check"]).contains(" 0 faults"));
    let acknowledged: usize = workers.iter().map(Worker::acknowledged).sum();
    println!(
        "{rounds} rounds, {acknowledged} changes acknowledged, {cut_off} requests cut off, none lost"
    );
}

/// Fear: the judge of the test above finds nothing, whatever was lost.
#[tokio::test(flavor = "multi_thread")]
async fn planted_losses_are_found() {
    let folder = Folder::new("planted");
    let database = folder.database();
    let accounts = fill(&folder.0, &database);
    let portal = Portal::start(&folder.0, &database);
    let mut workers = [Worker::new(
        Browser::signed_in(portal.address),
        &accounts[..CLIENTS],
        Dice::new(3),
    )];
    let store = Store::open(&database, key()).await.unwrap();
    let before = managed(&store).await;
    for _ in 0..30 {
        assert_eq!(workers[0].step().unwrap(), None);
    }
    portal.stop();
    assert_eq!(
        judged(&store, &mut workers, before).await,
        Vec::<String>::new()
    );
    let db = Database::connect(&database).await.unwrap();
    // Each of them another enrolment.
    let nth = |what: &str, n: u32| {
        format!(
            "(SELECT enrolment_id FROM enrolment_event WHERE {what} ORDER BY enrolment_id DESC LIMIT 1 OFFSET {n})"
        )
    };
    for (what, sql) in [
        (
            "an enrolment",
            "CREATE TEMP TABLE gone AS SELECT enrolment_id AS id FROM enrolment_event WHERE version = 1 \
                 ORDER BY enrolment_id DESC LIMIT 1; \
                 UPDATE enrolment_draft SET enrolment_id = NULL WHERE enrolment_id IN gone; \
                 DELETE FROM enrolment_service WHERE enrolment_id IN gone; \
                 DELETE FROM enrolment_event WHERE enrolment_id IN gone; \
                 DELETE FROM enrolment WHERE id IN gone"
                .to_owned(),
        ),
        (
            "half a change",
            format!(
                "UPDATE enrolment SET version = version + 1 WHERE id = {}",
                nth("version = 1", 0)
            ),
        ),
        (
            "an event",
            format!(
                "DELETE FROM enrolment_event WHERE version = 1 AND enrolment_id = {}",
                nth("version = 1", 1)
            ),
        ),
        (
            "an end",
            format!(
                "DROP INDEX enrolment_in_force; UPDATE enrolment SET ended_at = NULL, ended_by = NULL WHERE id = {}",
                nth("what = 'ended'", 0)
            ),
        ),
    ] {
        let found = judged(&store, &mut workers, before).await;
        db.execute_unprepared(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .await
            .unwrap();
        let problems = judged(&store, &mut workers, before).await;
        assert_ne!(problems, found, "{what} is missed");
    }
    db.close().await.unwrap();
    store.close().await.unwrap();
}
