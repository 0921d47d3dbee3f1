//! The walk through stale mandates.

use crate::{
    base::{Base, NOW, fresh, many, services, session},
    dashboard::{LATER, charge},
};
use portfolio::{
    client::Happening,
    ids::{EnrolmentId, Scope},
    journal::{Wanted, What},
    permission::{Editor, Role},
    ports::{Dashboard, Journal, OwnFields, Portfolio, Reviewed},
    review::{Step, Walk},
    time::{DAY, Timestamp},
};

crate::contract!(
    the_oldest_first,
    later_and_again,
    confirmed_once,
    only_what_was_seen,
    of_mine
);

async fn step(base: &Base, scope: &Scope, walk: &Walk, now: Timestamp) -> Step {
    base.store.stale(scope, walk, now).await.unwrap()
}

fn shown(step: &Step) -> Option<EnrolmentId> {
    step.shown.as_ref().map(|shown| shown.client.id)
}

async fn review(
    base: &Base,
    scope: &Editor,
    id: EnrolmentId,
    version: i32,
    now: Timestamp,
) -> Option<Reviewed> {
    base.store.review(scope, id, version, now).await.unwrap()
}

/// Three clients of a firm, which another firm has nothing to do with.
async fn three(base: &Base) -> (Editor, Vec<EnrolmentId>) {
    let scope = base.firm("Cabinet Dupont").await;
    let ids = many(base, &scope, &["A", "B", "C"]).await;
    (scope, ids)
}

/// Fear: a mandate of 364 days is asked for, one of 366 is not, or another firm's is.
async fn the_oldest_first(base: Base) {
    let (scope, ids) = three(&base).await;
    let other = base.firm("Cabinet Autre").await;
    let year = NOW.plus(365 * DAY);
    assert_eq!(
        shown(&step(&base, &scope, &Walk::default(), year).await),
        None
    );
    let first = step(&base, &scope, &Walk::default(), year.plus(1)).await;
    assert_eq!(
        (shown(&first), first.ahead, first.stale),
        (Some(ids[0]), 1, 1)
    );
    let told = first.shown.unwrap();
    assert_eq!((told.since, &*told.by), (NOW, "Claire"));
    assert_eq!(step(&base, &other, &Walk::default(), LATER).await.stale, 0);
}

/// Fear: putting off loses a client, shows one twice, or never ends.
async fn later_and_again(base: Base) {
    let (scope, ids) = three(&base).await;
    let mut walk = Walk::default();
    let mut seen = Vec::new();
    while let Some(stale) = step(&base, &scope, &walk, LATER).await.shown {
        seen.push(stale.client.id);
        assert_eq!(
            step(&base, &scope, &walk, LATER).await.ahead,
            4 - u64::try_from(seen.len()).unwrap()
        );
        walk = walk.later(stale.place);
        assert!(seen.len() < 4);
    }
    assert_eq!((seen, walk.done), (ids.clone(), 3));
    let end = step(&base, &scope, &walk, LATER).await;
    assert_eq!((end.ahead, end.stale), (0, 3));
    // One that was put off, then ended, is no hole to fall into.
    let first = step(&base, &scope, &Walk::default(), LATER)
        .await
        .shown
        .unwrap();
    base.store
        .terminate(&fresh(&scope), ids[0], LATER)
        .await
        .unwrap();
    let on = step(&base, &scope, &Walk::default().later(first.place), LATER).await;
    assert_eq!((shown(&on), on.ahead, on.stale), (Some(ids[1]), 2, 2));
}

/// Fear: a mandate is confirmed and nobody knows by whom, is asked for again tomorrow, or a double click confirms it twice.
async fn confirmed_once(base: Base) {
    let (scope, ids) = three(&base).await;
    for _ in 0..2 {
        assert_eq!(
            review(&base, &scope, ids[0], 1, LATER).await,
            Some(Reviewed::Done)
        );
    }
    let next = step(&base, &scope, &Walk::default(), LATER).await;
    assert_eq!((shown(&next), next.stale), (Some(ids[1]), 2));
    let client = base.store.client(&scope, ids[0]).await.unwrap().unwrap();
    assert_eq!((client.reviewed_at, client.version), (Some(LATER), 1));
    let told: Vec<_> = client.history.iter().map(|event| &event.what).collect();
    assert_eq!(told.len(), 2);
    assert_eq!(
        (told[0], &*client.history[0].by),
        (&Happening::Reviewed, "Claire")
    );
    let reader = session(scope.firm, scope.member, Role::Administrator);
    let reader = reader.administrator().unwrap();
    let page = base
        .store
        .journal(&reader, &Wanted::default())
        .await
        .unwrap();
    let lines = page.lines.iter().filter(|line| line.what == What::Reviewed);
    assert_eq!(lines.count(), 1);
    // A year later it is asked for again.
    let again = step(&base, &scope, &Walk::default(), LATER.plus(366 * DAY)).await;
    assert_eq!(again.stale, 3);
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: services that nobody looked at are confirmed, or a client that has ended or is another firm's.
async fn only_what_was_seen(base: Base) {
    let (scope, ids) = three(&base).await;
    let other = base.firm("Cabinet Autre").await;
    base.store
        .change(&scope, ids[0], 1, &services(&["DPAE"]), LATER)
        .await
        .unwrap();
    assert_eq!(
        review(&base, &scope, ids[0], 1, LATER).await,
        Some(Reviewed::Stale)
    );
    // Whoever chose its services has looked at it.
    let next = step(&base, &scope, &Walk::default(), LATER).await;
    assert_eq!((shown(&next), next.stale), (Some(ids[1]), 2));
    assert_eq!(
        review(&base, &scope, ids[0], 2, LATER).await,
        Some(Reviewed::Done)
    );
    base.store
        .terminate(&fresh(&scope), ids[1], LATER)
        .await
        .unwrap();
    assert_eq!(review(&base, &scope, ids[1], 1, LATER).await, None);
    assert_eq!(review(&base, &other, ids[2], 1, LATER).await, None);
}

/// Fear: « those that I am in charge of » holds a colleague's, or nobody's.
async fn of_mine(base: Base) {
    let (scope, ids) = three(&base).await;
    let paul = base.colleague(scope.firm, "cabinet", "Paul").await;
    charge(&base, &scope, ids[2], scope.member).await;
    charge(&base, &scope, ids[1], paul.member).await;
    let mine = Walk::from_the_beginning(true);
    let first = step(&base, &scope, &mine, LATER).await;
    assert_eq!((shown(&first), first.ahead), (Some(ids[2]), 1));
    let place = first.shown.unwrap().place;
    assert_eq!(
        shown(&step(&base, &scope, &mine.later(place), LATER).await),
        None
    );
    assert_eq!(shown(&step(&base, &paul, &mine, LATER).await), Some(ids[1]));
}
