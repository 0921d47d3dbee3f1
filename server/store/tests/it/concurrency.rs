//! Things that happen at the same moment.

use crate::{
    base::{Base, EMPLOYER, HASH, NOW, employer, good_employer, key, services},
    people::{act, administrator},
};
use portfolio::{
    form::Act,
    ids::MemberId,
    origin::Origin,
    permission::Role,
    ports::{Asked, Changed, Enrolled, LinkToken, Portfolio, Proved, SessionToken, Visit},
    time::DAY,
};
use store::{Address, Sent, Store, Try, new_token};

crate::contract! {
    tries_never_exceed_the_limit, one_enrolment_of_two_drafts, a_double_click, two_changes_of_one_version,
    who_comes_back_waits_for_nobody, nobody_waits_for_each_other
}

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

/// Fear: two people who come back after days wait for each other to forget the other's old failures, and one is told that the
/// portal is out of order.
async fn who_comes_back_waits_for_nobody(base: Base) {
    let elsewhere = Store::open(&base.url, key()).await.unwrap();
    for round in 0..20 {
        let now = NOW.plus(round * 3 * DAY);
        let ask = |store: &Store, who: u8| {
            let store = store.clone();
            let from = Origin(Some([192, 0, 2, who].into()));
            tokio::spawn(async move {
                let asked = store.ask_reset(&format!("p{who}@x.fr"), from, now).await;
                assert_eq!(asked.unwrap(), Asked::Taken);
            })
        };
        let asked: Vec<_> = (0..8)
            .map(|who| {
                ask(
                    if who % 2 == 0 {
                        &base.store
                    } else {
                        &elsewhere
                    },
                    who,
                )
            })
            .collect();
        for asked in asked {
            asked.await.unwrap();
        }
    }
}

/// Signs in again and again, a day later each time, so that there always is something old to be forgotten.
async fn comes_and_goes(store: Store, who: String) {
    for round in 0..30 {
        let now = NOW.plus(round * DAY * 3);
        let from = Origin::default();
        let Try::Go(known) = store.try_sign_in(&who, from, now).await.unwrap() else {
            continue;
        };
        // Out for now, or for good.
        let Some(known) = known else { continue };
        let token = SessionToken::new(new_token().unwrap());
        let visit = Visit::default();
        let signed_in = store.signed_in(&who, &known, &token, &visit, now).await;
        if signed_in.unwrap() && round % 3 == 0 {
            store.end_session(&token, from, now).await.unwrap();
        }
        store.session(&token, from, now.plus(90)).await.unwrap();
    }
}

/// Asks for links, and chooses passwords by them.
async fn forgets_and_chooses(store: Store, who: String) {
    for round in 0..30 {
        let now = NOW.plus(round * DAY * 3);
        let asked = store.ask_reset(&who, Origin::default(), now).await;
        asked.unwrap();
        let token = LinkToken::new(new_token().unwrap());
        let link = Sent {
            token: &token,
            address: &Address(String::new()),
        };
        store.answer_reset(link, now.plus(5)).await.unwrap();
        let chosen = store.use_link(&token, HASH, "", Origin::default(), now.plus(5));
        chosen.await.unwrap();
    }
}

/// Fear: of people who sign in, forget, choose, and are suspended, restored and removed at the same moment, two wait for each other,
/// and one of them is told that the portal is out of order.
async fn nobody_waits_for_each_other(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let elsewhere = Store::open(&base.url, key()).await.unwrap();
    let mut people: Vec<(String, MemberId)> = Vec::new();
    for n in 0..3 {
        let to = format!("p{n}@cabinet.fr");
        let id = base
            .store
            .add_member(who.firm, &to, &to, HASH, Role::Reader, NOW)
            .await
            .unwrap();
        people.push((to, id));
    }
    let mut tasks = Vec::new();
    for (to, _) in &people {
        for store in [&base.store, &elsewhere] {
            tasks.push(tokio::spawn(comes_and_goes(store.clone(), to.clone())));
        }
        tasks.push(tokio::spawn(forgets_and_chooses(
            elsewhere.clone(),
            to.clone(),
        )));
    }
    for _ in 0..10 {
        for (_, id) in &people {
            act(&base, &who, *id, Act::Suspend).await;
            act(&base, &who, *id, Act::Restore).await;
        }
    }
    for (_, id) in &people {
        act(&base, &who, *id, Act::Remove).await;
    }
    for task in tasks {
        task.await.unwrap();
    }
}
