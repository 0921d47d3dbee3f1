//! Things that happen at the same moment.

use crate::base::{Base, EMPLOYER, NOW, employer, good_employer, services};
use portfolio::ports::{Changed, Enrolled, Portfolio, Proved};

crate::contract! { tries_never_exceed_the_limit, one_enrolment_of_two_drafts, a_double_click, two_changes_of_one_version }

/// Fear: eight tries at once all count the failures before any of them is counted.
async fn tries_never_exceed_the_limit(base: Base) {
    let scope = base.with_accounts().await;
    let mut tries = Vec::new();
    for n in 0..8 {
        let draft = base.draft(&scope, EMPLOYER, NOW).await;
        let (store, scope) = (base.store.clone(), scope.clone());
        tries.push(tokio::spawn(async move {
            let wrong = employer(&n.to_string(), "117000001567462542");
            store
                .prove(&scope, draft, &wrong, NOW)
                .await
                .unwrap()
                .unwrap()
        }));
    }
    let (mut refused, mut paused) = (0, 0);
    for answer in tries {
        match answer.await.unwrap() {
            Proved::Refused { .. } => refused += 1,
            Proved::Paused { .. } => paused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((refused, paused), (5, 3));
}

/// Fear: two drafts for one client, saved at once, make two enrolments.
async fn one_enrolment_of_two_drafts(base: Base) {
    let scope = base.with_accounts().await;
    let mut drafts = Vec::new();
    for _ in 0..2 {
        drafts.push(base.proven(&scope, EMPLOYER, &good_employer()).await.0);
    }
    let saves: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let (store, scope) = (base.store.clone(), scope.clone());
            tokio::spawn(async move {
                store
                    .enrol(&scope, draft, &services(&["DPAE"]), NOW)
                    .await
                    .unwrap()
                    .unwrap()
            })
        })
        .collect();
    let mut done = Vec::new();
    let mut already = Vec::new();
    for answer in saves {
        match answer.await.unwrap() {
            Enrolled::Done(id) => done.push(id),
            Enrolled::Already { enrolment, .. } => already.push(enrolment),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(done.len(), 1);
    assert_eq!(done, already);
    assert_eq!(base.number("SELECT COUNT(*) FROM enrolment").await, 1);
}

/// Fear: a double click on « Enregistrer » shows an error to somebody whose client was saved.
async fn a_double_click(base: Base) {
    let scope = base.with_accounts().await;
    let (draft, _) = base.proven(&scope, EMPLOYER, &good_employer()).await;
    let save = || {
        let (store, scope) = (base.store.clone(), scope.clone());
        tokio::spawn(async move {
            store
                .enrol(&scope, draft, &services(&["DPAE"]), NOW)
                .await
                .unwrap()
                .unwrap()
        })
    };
    let (first, second) = (save(), save());
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert!(matches!(first, Enrolled::Done(_)), "{first:?}");
    assert_eq!(first, second);
}

/// Fear: of two changes made on one version, one is lost.
async fn two_changes_of_one_version(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let save = |on: &'static [&str]| {
        let (store, scope) = (base.store.clone(), scope.clone());
        tokio::spawn(async move {
            store
                .change(&scope, id, 1, &services(on), NOW)
                .await
                .unwrap()
                .unwrap()
        })
    };
    let (first, second) = (save(&["DPAE"]), save(&["MAIL_DSN"]));
    let answers = [first.await.unwrap(), second.await.unwrap()];
    let done = answers
        .iter()
        .filter(|answer| **answer == Changed::Done)
        .count();
    let stale = answers
        .iter()
        .filter(
            |answer| matches!(answer, Changed::Stale { version: 2, added, .. } if added.len() == 1),
        )
        .count();
    assert_eq!((done, stale), (1, 1), "{answers:?}");
}
