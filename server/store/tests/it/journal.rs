//! The journal: complete, chained, and read by the firm alone.

use crate::base::*;
use portfolio::{
    journal::{PAGE, Subject, Topic, Wanted, What},
    permission::{Administrator, Fresh, Role},
    ports::{Journal, Portfolio},
};
use sea_orm::{ConnectionTrait, DbBackend};
use store::{Broken, Verified};

crate::contract!(
    everything_is_written,
    a_firm_reads_its_own,
    tampering_is_found,
    the_database_refuses_changes,
    servers_follow_each_other,
    pages_go_on,
    exported_in_pieces,
);

fn administrator(editor: &portfolio::permission::Editor) -> Fresh<Administrator> {
    let session = session(editor.firm, editor.member, Role::Administrator);
    session
        .fresh(session.administrator().unwrap(), NOW)
        .unwrap()
}

async fn told(base: &Base, who: &Fresh<Administrator>, wanted: &Wanted) -> Vec<String> {
    let page = base.store.journal(who, wanted).await.unwrap();
    page.lines.iter().map(|line| line.what.told()).collect()
}

/// Fear: something is done that nobody can find out about later, or a secret is written down with it.
async fn everything_is_written(base: Base) {
    let editor = base.with_accounts().await;
    let admin = administrator(&editor);
    base.signed_in("Cabinet Dupont", NOW).await;
    let draft = base.draft(&editor, EMPLOYER, NOW).await;
    let wrong = employer("9999,99", "117000001567462542");
    base.prove(&editor, draft, &wrong, NOW).await;
    let id = base
        .client(&editor, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let changed = base
        .store
        .change(&editor, id, 1, &services(&["MAIL_DSN"]), NOW)
        .await;
    changed.unwrap().unwrap();
    base.store
        .terminate(&fresh(&editor), id, NOW)
        .await
        .unwrap();
    base.store
        .begin_export(&admin, &Wanted::default(), NOW)
        .await
        .unwrap();
    let page = base
        .store
        .journal(&admin, &Wanted::default())
        .await
        .unwrap();
    let dpae = services(&["DPAE"]).into_iter().collect::<Vec<_>>();
    let mail = services(&["MAIL_DSN"]).into_iter().collect::<Vec<_>>();
    let whats: Vec<_> = page.lines.iter().map(|line| line.what.clone()).collect();
    assert!(matches!(whats[0], What::JournalExported { entries: 7 }));
    assert_eq!(
        whats[1],
        What::Ended {
            before: mail.clone()
        }
    );
    assert_eq!(
        whats[2],
        What::ServicesChanged {
            before: dpae,
            after: mail
        }
    );
    assert!(matches!(whats[3], What::Enrolled { .. }));
    assert!(matches!(whats[4], What::ProofRefused { paused: false, .. }));
    assert!(matches!(whats[5], What::SignedIn(_)));
    assert!(matches!(whats[6], What::MemberAdded(Role::Collaborator)));
    assert_eq!(
        (&whats[7], page.lines[7].by.as_ref()),
        (&What::FirmAdded, None)
    );
    for line in &page.lines[..6] {
        assert_eq!(line.by.as_deref(), Some("Claire"));
    }
    assert_eq!(page.lines[1].from, "192.0.2.7");
    let name = "Boulangerie Émile".to_owned();
    assert_eq!(page.lines[1].about, Some(Subject::Client(id, name)));
    let secrets = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%9999%' OR detail LIKE '%1234%'";
    assert_eq!(base.number(secrets).await, 0);
}

/// Fear: a firm reads another's journal, or filters leave lines out that they ask for.
async fn a_firm_reads_its_own(base: Base) {
    let editor = base.with_accounts().await;
    let other = base.firm("Autre").await;
    base.client(&editor, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    base.signed_in("Cabinet Dupont", NOW.plus(60)).await;
    let (mine, theirs) = (administrator(&editor), administrator(&other));
    let all = Wanted::default();
    // Firm and member were added, too.
    assert_eq!(told(&base, &mine, &all).await.len(), 4);
    assert_eq!(told(&base, &theirs, &all).await.len(), 2);
    let only = |wanted: Wanted| async move { wanted };
    let clients = only(Wanted {
        topic: Some(Topic::Clients),
        ..Wanted::default()
    })
    .await;
    assert_eq!(told(&base, &mine, &clients).await.len(), 1);
    let by_other = Wanted {
        by: Some(other.member),
        ..Wanted::default()
    };
    assert_eq!(told(&base, &mine, &by_other).await.len(), 0);
    let later = Wanted {
        since: Some(NOW.plus(30)),
        ..Wanted::default()
    };
    assert_eq!(told(&base, &mine, &later).await.len(), 1);
    let earlier = Wanted {
        until: Some(NOW.plus(30)),
        ..Wanted::default()
    };
    assert_eq!(told(&base, &mine, &earlier).await.len(), 3);
}

/// Fear: somebody with the database but not the key rewrites what happened.
async fn tampering_is_found(base: Base) {
    let editor = base.with_accounts().await;
    for n in 0..12 {
        base.signed_in("Cabinet Dupont", NOW.plus(n)).await;
    }
    let _ = editor;
    let whole = base.store.verify_journal(None).await.unwrap();
    let Verified::Whole { entries: 14, code } = whole else {
        panic!("{whole:?}");
    };
    let noted = base.store.verify_journal(Some((14, &code))).await.unwrap();
    assert!(matches!(noted, Verified::Whole { .. }));
    let db = base.behind().await;
    let off = match db.get_database_backend() {
        DbBackend::Postgres => "ALTER TABLE journal DISABLE TRIGGER USER",
        _ => "DROP TRIGGER journal_keeps; DROP TRIGGER journal_stays",
    };
    db.execute_unprepared(off).await.unwrap();
    let broken = async |sql: &str, undo: &str| {
        db.execute_unprepared(sql).await.unwrap();
        let found = base.store.verify_journal(None).await.unwrap();
        db.execute_unprepared(undo).await.unwrap();
        let whole = base.store.verify_journal(None).await.unwrap();
        assert!(matches!(whole, Verified::Whole { .. }), "{sql}: {whole:?}");
        match found {
            Verified::Broken { at, why } => (at, why),
            whole @ Verified::Whole { .. } => panic!("{sql}: {whole:?}"),
        }
    };
    for (column, other) in [
        ("at", "at + 1"),
        ("origin", "'192.0.2.8'"),
        ("topic", "'clients'"),
        ("detail", "'\"SignedOut\"'"),
        ("by_id", "NULL"),
        ("firm_id", "NULL"),
    ] {
        db.execute_unprepared("CREATE TABLE kept AS SELECT * FROM journal WHERE seq = 5")
            .await
            .unwrap();
        let sql = format!("UPDATE journal SET {column} = {other} WHERE seq = 5");
        let undo = format!(
            "UPDATE journal SET {column} = (SELECT {column} FROM kept) WHERE seq = 5; DROP TABLE kept"
        );
        assert_eq!(broken(&sql, &undo).await, (5, Broken::Changed), "{column}");
    }
    let keep = "CREATE TABLE kept AS SELECT * FROM journal WHERE seq = 7; DELETE FROM journal WHERE seq = 7";
    let put_back = "INSERT INTO journal SELECT * FROM kept; DROP TABLE kept";
    assert_eq!(broken(keep, put_back).await, (7, Broken::Missing));
    let swap = "UPDATE journal SET seq = -1 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = -1";
    assert_eq!(broken(swap, swap).await, (3, Broken::Changed));
    let cut = "CREATE TABLE kept AS SELECT * FROM journal WHERE seq = 14; DELETE FROM journal WHERE seq = 14";
    assert_eq!(broken(cut, put_back).await, (14, Broken::CutShort));
    let back = "CREATE TABLE kept AS SELECT * FROM journal WHERE seq = 14; DELETE FROM journal WHERE seq = 14;
        UPDATE journal_head SET seq = 13, mac = (SELECT mac FROM journal WHERE seq = 13)";
    db.execute_unprepared(back).await.unwrap();
    let set_back = base.store.verify_journal(Some((14, &code))).await.unwrap();
    let (at, why) = (14, Broken::NotAsNoted);
    assert_eq!(set_back, Verified::Broken { at, why });
}

/// Fear: a slip of our own code changes an entry.
async fn the_database_refuses_changes(base: Base) {
    base.firm("Dupont").await;
    base.signed_in("Dupont", NOW).await;
    let db = base.behind().await;
    for sql in ["UPDATE journal SET at = 0", "DELETE FROM journal"] {
        assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
    }
    assert_eq!(base.number("SELECT COUNT(*) FROM journal").await, 3);
}

/// Fear: two servers write the same number, or leave one out.
async fn servers_follow_each_other(base: Base) {
    base.firm("Dupont").await;
    let other = store::Store::open(&base.url, key()).await.unwrap();
    let mut writing = tokio::task::JoinSet::new();
    for n in 0..40 {
        let store = [&base.store, &other][n % 2].clone();
        writing.spawn(async move {
            let from = portfolio::origin::Origin::default();
            store
                .sign_in_failed(&format!("x{n}"), None, from, NOW)
                .await
        });
    }
    for written in writing.join_all().await {
        written.unwrap();
    }
    let whole = base.store.verify_journal(None).await.unwrap();
    assert!(
        matches!(whole, Verified::Whole { entries: 42, .. }),
        "{whole:?}"
    );
}

/// Fear: the second page repeats lines of the first, or leaves some out.
async fn pages_go_on(base: Base) {
    let editor = base.firm("Dupont").await;
    let admin = administrator(&editor);
    for n in 0..i64::try_from(PAGE).unwrap() + 3 {
        base.signed_in("Dupont", NOW.plus(n)).await;
    }
    let first = base
        .store
        .journal(&admin, &Wanted::default())
        .await
        .unwrap();
    assert_eq!((first.lines.len() as u64, first.more), (PAGE, true));
    let before = first.lines.last().map(|line| line.seq);
    let wanted = Wanted {
        before,
        ..Wanted::default()
    };
    let second = base.store.journal(&admin, &wanted).await.unwrap();
    assert_eq!((second.lines.len(), second.more), (5, false));
}

/// Fear: an export leaves lines out between its pieces or repeats them, has some that were added meanwhile, or is another number of
/// lines than the journal says.
async fn exported_in_pieces(base: Base) {
    let editor = base.firm("Dupont").await;
    let admin = administrator(&editor);
    for n in 0..510 {
        base.signed_in("Dupont", NOW.plus(n)).await;
    }
    let all = Wanted::default();
    let mut wanted = base.store.begin_export(&admin, &all, NOW).await.unwrap();
    let mut pieces: Vec<Vec<i64>> = Vec::new();
    loop {
        let piece = base.store.exported(&admin, &wanted).await.unwrap();
        let Some(last) = piece.last() else { break };
        wanted.before = Some(last.seq);
        pieces.push(piece.iter().map(|line| line.seq).collect());
        // Somebody else goes on meanwhile.
        base.signed_in("Dupont", NOW).await;
    }
    let sizes: Vec<_> = pieces.iter().map(Vec::len).collect();
    assert_eq!(sizes, [500, 12]);
    let expected: Vec<i64> = (1..=512).rev().collect();
    assert_eq!(pieces.concat(), expected);
    let page = base.store.journal(&admin, &all).await.unwrap();
    let written = page.lines.iter().map(|line| &line.what);
    let exported = What::JournalExported { entries: 512 };
    assert_eq!(written.filter(|what| **what == exported).count(), 1);
    let other = administrator(&base.firm("Autre").await);
    let theirs = base.store.exported(&other, &all).await.unwrap();
    assert_eq!(theirs.len(), 2, "another firm's");
}
