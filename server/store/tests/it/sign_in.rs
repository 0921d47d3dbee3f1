//! Getting in: how often one may fail, and what is written down of it.

use crate::base::*;
use portfolio::{
    attempts::SHORT_PAUSE,
    origin::Origin,
    ports::{SessionToken, StepToken, Visit},
    time::{MINUTE, Timestamp},
};
use store::{Try, new_token};

crate::contract!(
    failures_pause,
    unknown_identifiers_pause_alike,
    a_network_pauses,
    success_forgets,
    tries_at_once_are_counted,
    what_changed_meanwhile_counts,
);

async fn tried(base: &Base, identifier: &str, from: u8, now: Timestamp) -> Result<(), Timestamp> {
    let from = Origin(Some([192, 0, 2, from].into()));
    match base.store.try_sign_in(identifier, from, now).await.unwrap() {
        Try::Paused { until } => Err(until),
        Try::Go(known) => {
            base.store
                .sign_in_failed(identifier, known.as_ref(), from, now)
                .await
                .unwrap();
            Ok(())
        }
    }
}

/// Fear: passwords can be tried for ever, or a restart begins the count anew.
async fn failures_pause(base: Base) {
    base.firm("Dupont").await;
    for n in 0..5 {
        assert_eq!(tried(&base, "claire@dupont", n, NOW).await, Ok(()));
    }
    let until = NOW.plus(MINUTE);
    // From wherever, however it is written, and after opening the database anew.
    assert_eq!(tried(&base, " CLAIRE@dupont", 9, NOW).await, Err(until));
    let again = store::Store::open(&base.url, key()).await.unwrap();
    let tried_again = again
        .try_sign_in("claire@dupont", Origin::default(), NOW)
        .await
        .unwrap();
    assert!(matches!(tried_again, Try::Paused { .. }));
    assert_eq!(tried(&base, "claire@dupont", 1, until).await, Ok(()));
    let longer = until.plus(2 * MINUTE);
    assert_eq!(tried(&base, "claire@dupont", 1, until).await, Err(longer));
    let refused = "SELECT COUNT(*) FROM journal WHERE firm_id IS NOT NULL AND topic = 'acces'";
    assert_eq!(
        base.number(refused).await,
        6,
        "each try is written down once"
    );
}

/// Fear: a pause tells that somebody has this identifier.
async fn unknown_identifiers_pause_alike(base: Base) {
    base.firm("Dupont").await;
    for identifier in ["claire@dupont", "nobody"] {
        for _ in 0..5 {
            assert_eq!(tried(&base, identifier, 1, NOW).await, Ok(()));
        }
        let paused = tried(&base, identifier, 1, NOW).await;
        assert_eq!(paused, Err(NOW.plus(MINUTE)), "{identifier}");
    }
}

/// Fear: one machine tries one password with every identifier.
async fn a_network_pauses(base: Base) {
    for n in 0..50 {
        assert_eq!(tried(&base, &format!("name{n}"), 1, NOW).await, Ok(()));
    }
    assert!(tried(&base, "another", 1, NOW).await.is_err());
    assert_eq!(tried(&base, "another", 2, NOW).await, Ok(()));
    for _ in 0..40 {
        let _ = tried(&base, "another", 1, NOW.plus(SHORT_PAUSE)).await;
    }
    assert!(tried(&base, "x", 1, NOW.plus(SHORT_PAUSE)).await.is_err());
}

/// Fear: yesterday's slips pause somebody who has signed in since, or their sign-ins count against the office.
async fn success_forgets(base: Base) {
    base.firm("Dupont").await;
    for n in 0..60 {
        let now = NOW.plus(n);
        if n % 3 == 0 {
            base.signed_in("Dupont", now).await;
        } else {
            let from = u8::try_from(n).unwrap();
            assert_eq!(tried(&base, "claire@dupont", from, now).await, Ok(()));
        }
    }
    assert_eq!(base.number("SELECT COUNT(*) FROM session").await, 20);
}

/// Fear: a hundred tries sent at the same moment are all made before the first has failed.
async fn tries_at_once_are_counted(base: Base) {
    base.firm("Dupont").await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let store = base.store.clone();
        tries.spawn(async move {
            let tried = store.try_sign_in("claire@dupont", Origin::default(), NOW);
            matches!(tried.await.unwrap(), Try::Go(_))
        });
    }
    let made = tries.join_all().await.into_iter().filter(|made| *made);
    assert_eq!(made.count(), 5);
}

/// Fear: a password is being compared while its owner chooses another, to be rid of a thief; the thief's session begins all the same.
async fn what_changed_meanwhile_counts(base: Base) {
    base.firm("Dupont").await;
    let visit = Visit::default();
    let (begins, undo) = (
        [
            "password_hash = '$argon2id$other'",
            "suspended_at = 1",
            "removed_at = 1",
        ],
        "password_hash = '$argon2id$x', suspended_at = NULL, removed_at = NULL",
    );
    let db = base.behind().await;
    let set = async |columns: &str| {
        let sql = format!("UPDATE member SET {columns}");
        sea_orm::ConnectionTrait::execute_unprepared(&db, &sql)
            .await
            .unwrap();
    };
    for change in begins {
        let known = base.credentials("claire@dupont", NOW).await.unwrap();
        set(change).await;
        let token = SessionToken::new(new_token().unwrap());
        let begun = base
            .store
            .signed_in("claire@dupont", &known, &token, &visit, NOW);
        assert!(!begun.await.unwrap(), "{change}");
        let step = StepToken::new(new_token().unwrap());
        let begun = base
            .store
            .start_step("claire@dupont", &known, &step, visit.from, NOW);
        assert!(!begun.await.unwrap(), "{change}");
        set(undo).await;
    }
    assert_eq!(base.number("SELECT COUNT(*) FROM session").await, 0);
    assert_eq!(base.number("SELECT COUNT(*) FROM sign_in_step").await, 0);
}
