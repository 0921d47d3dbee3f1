//! `kill -9` while the portal works by itself: on a file of clients, and on a change of many of them.

use crate::{
    browser::Browser,
    ledger::Dice,
    portal::{Folder, Portal, fill_with, key, run},
};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::{fmt::Write as _, time::Duration};
use store::{Store, Verified};
use tokio::time::Instant;

/// Accounts of the registry: of about a third of them one makes a line of the file, which then takes some ten steps.
const ROWS: u64 = 12_000;
/// How long the work may take, a debug build on a slow machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// A portal that is killed and started again, and what its database holds.
struct Torn {
    folder: Folder,
    database: String,
    portal: Option<Portal>,
    browser: Browser,
    db: DatabaseConnection,
    dice: Dice,
}

impl Torn {
    async fn number(&self, sql: &str) -> i64 {
        let asked = Statement::from_string(self.db.get_database_backend(), sql);
        let row = self.db.query_one_raw(asked).await.unwrap();
        row.map_or(0, |row| row.try_get_by_index(0).unwrap())
    }

    /// Kills the portal once the work is further than it was, at any moment of what follows; how far it is then.
    async fn kill_beyond(&mut self, done: &str, before: i64) -> i64 {
        let patience = Instant::now();
        while self.number(done).await <= before {
            assert!(patience.elapsed() < PATIENCE, "it does not go on: {done}");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        std::thread::sleep(Duration::from_micros(self.dice.below(30_000)));
        self.portal.take().unwrap().kill();
        self.number(done).await
    }

    async fn start(&mut self) {
        // A minute passes, after which what a server that is gone has claimed is free.
        let sql =
            "UPDATE import SET claimed_until = claimed_until - 60 WHERE claimed_until IS NOT NULL";
        self.db.execute_unprepared(sql).await.unwrap();
        let portal = Portal::start(&self.folder.0, &self.database);
        self.browser.address = portal.address;
        self.portal = Some(portal);
    }

    /// Kills it some times while the work goes on, then lets it come to its end.
    async fn torn(&mut self, done: &str, ended: &str, total: i64, kills: usize) {
        let (mut before, mut torn) = (0, 0);
        for _ in 0..kills {
            before = self.kill_beyond(done, before).await;
            self.start().await;
            // A fast machine may have been at the end already.
            if before >= total {
                break;
            }
            torn += 1;
        }
        println!("killed {torn} times while it worked, last at {before} of {total}");
        assert!(torn > 0, "it was killed while it worked");
        let patience = Instant::now();
        while self.number(ended).await == 0 {
            assert!(patience.elapsed() < PATIENCE, "it does not end: {ended}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Posts a form that is redirected; where to.
    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.browser.post(path, fields).unwrap();
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        answer.location
    }
}

/// Fear: a server is killed while it adds the clients of a file, or changes many at once, and some of them are left out or done twice.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_does_by_itself_survives_kill_9() {
    let folder = Folder::new("kill-9-work");
    let database = folder.database();
    let accounts = fill_with(&folder.0, &database, ROWS);
    let portal = Portal::start(&folder.0, &database);
    let mut torn = Torn {
        browser: Browser::signed_in(portal.address),
        db: Database::connect(&database).await.unwrap(),
        dice: Dice::new(11),
        portal: Some(portal),
        database: database.clone(),
        folder,
    };
    let mut file = "Siren;Compte;Montant\r\n".to_owned();
    for account in &accounts {
        let [siren, number, amount] = [&account.siren, &account.number, &account.amount];
        write!(file, "{siren};{number};{amount}\r\n").unwrap();
    }
    let lines = i64::try_from(accounts.len()).unwrap();
    assert!(lines > 3_000, "{lines}");
    let clients = "SELECT COUNT(*) FROM enrolment";
    let before = torn.number(clients).await;

    let sent = torn
        .browser
        .upload("/etablissements/importer", "fichier", &file);
    let page = sent.unwrap().location;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let columns = ["identifiant", "compte", "montant"].map(|column| ("columns[]", column));
    let check = [&[("of", &*id), ("act", "controler")], &columns[..]].concat();
    torn.post(&page, &check);
    let done = "SELECT done FROM import";
    let checked = "SELECT COUNT(*) FROM import WHERE state = 'checked'";
    torn.torn(done, checked, lines, 1).await;
    let add = [("of", &*id), ("act", "ajouter"), ("services[]", "DPAE")];
    torn.post(&page, &add);
    let ended = "SELECT COUNT(*) FROM import WHERE state = 'done'";
    torn.torn("SELECT added FROM import", ended, lines, 3).await;
    for (counted, expected) in [
        ("SELECT added FROM import", lines),
        ("SELECT ready + already + refused FROM import", 0),
        (clients, before + lines),
        (
            "SELECT COUNT(DISTINCT holder_key) FROM enrolment WHERE ended_at IS NULL",
            before + lines,
        ),
        (
            "SELECT COUNT(*) FROM import_line WHERE state = 'ajoute'",
            lines,
        ),
        (
            "SELECT COUNT(*) FROM journal WHERE detail LIKE '%FileAdded%'",
            1,
        ),
    ] {
        assert_eq!(torn.number(counted).await, expected, "{counted}");
    }

    let list = [("query", ""), ("act", "tous")];
    torn.post("/etablissements/selection", &list);
    let change = [("act", "ouvrir"), ("services[0]", "MAIL_MOBILITE")];
    let job = torn.post("/etablissements/selection/modifier", &change);
    let id = job.rsplit('/').next().unwrap().to_owned();
    let events = "SELECT COUNT(*) FROM enrolment_event WHERE version > 1";
    let earlier = torn.number(events).await;
    torn.post(&job, &[("of", &*id), ("act", "confirmer")]);
    let total = torn.number("SELECT total FROM bulk").await;
    assert!(total >= lines, "{total}");
    let ended = "SELECT COUNT(*) FROM bulk WHERE state = 'done'";
    torn.torn("SELECT done FROM bulk", ended, total, 3).await;
    let changed = torn
        .number("SELECT COUNT(*) FROM bulk_item WHERE state = 'changed'")
        .await;
    assert!(changed >= lines, "{changed}");
    assert_eq!(torn.number(events).await, earlier + changed, "each once");

    torn.portal.take().unwrap().stop();
    torn.db.close().await.unwrap();
    let store = Store::open(&database, key()).await.unwrap();
    let checked = store.faults().await.unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    let journal = store.verify_journal(None).await.unwrap();
    assert!(matches!(journal, Verified::Whole { .. }), "{journal:?}");
    store.close().await.unwrap();
    assert!(run(&torn.folder.0, &database, &["check"]).contains(" 0 faults"));
}
