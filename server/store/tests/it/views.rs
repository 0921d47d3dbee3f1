//! What members keep for themselves: saved lists, favourites, the clients opened last.

use crate::base::{Base, NOW, fresh, many};
use portfolio::{
    finding::{MOST_VIEWS, RECENT},
    form::ViewDraft,
    ids::{EnrolmentId, Scope, ViewId},
    ports::{Finding as _, Marked, Portfolio as _, ViewKept},
};

crate::contract! { saved_lists, favourites, opened_last }

async fn act(base: &Base, scope: &Scope, draft: ViewDraft) -> Option<ViewKept> {
    base.store.act_on_view(scope, &draft, NOW).await.unwrap()
}

async fn save(base: &Base, scope: &Scope, name: &str) -> ViewId {
    let (name, query) = (name.to_owned(), "etat=3".to_owned());
    match act(base, scope, ViewDraft::Save { name, query }).await {
        Some(ViewKept::Done(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// Fear: a list is saved twice, is somebody else's, or two are the one to open with.
async fn saved_lists(base: Base) {
    let claire = base.firm("Cabinet Dupont").await;
    let zoe = base.colleague(claire.firm, "x", "Zoé").await;
    let (first, second) = (
        save(&base, &claire, "Radiés").await,
        save(&base, &claire, "Été").await,
    );
    let again = ViewDraft::Save {
        name: "radies".into(),
        query: String::new(),
    };
    assert_eq!(act(&base, &claire, again).await, Some(ViewKept::NameTaken));
    let taken = ViewDraft::Rename(Some(second), "RADIÉS".into());
    assert_eq!(act(&base, &claire, taken).await, Some(ViewKept::NameTaken));
    for id in [first, second] {
        let default = ViewDraft::Default(Some(id));
        assert_eq!(act(&base, &claire, default).await, Some(ViewKept::Done(id)));
    }
    let replace = ViewDraft::Replace(Some(first), "q=a".into());
    assert_eq!(
        act(&base, &claire, replace).await,
        Some(ViewKept::Done(first))
    );
    let views = base.store.views(&claire).await.unwrap();
    let told: Vec<_> = views
        .iter()
        .map(|view| (view.name.as_str(), view.query.as_str(), view.is_default))
        .collect();
    assert_eq!(told, [("Été", "etat=3", true), ("Radiés", "q=a", false)]);
    assert_eq!(base.store.views(&zoe).await.unwrap(), []);
    for draft in [
        ViewDraft::Delete(Some(first)),
        ViewDraft::Rename(Some(first), "X".into()),
        ViewDraft::Default(Some(first)),
        ViewDraft::Delete(None),
    ] {
        assert_eq!(act(&base, &zoe, draft).await, None);
    }
    act(&base, &claire, ViewDraft::NoDefault(Some(second))).await;
    act(&base, &claire, ViewDraft::Delete(Some(first))).await;
    let views = base.store.views(&claire).await.unwrap();
    assert_eq!((views.len(), views[0].is_default), (1, false));
    for n in 1..MOST_VIEWS {
        save(&base, &claire, &format!("n{n}")).await;
    }
    let one_more = ViewDraft::Save {
        name: "trop".into(),
        query: String::new(),
    };
    assert_eq!(act(&base, &claire, one_more).await, Some(ViewKept::TooMany));
}

/// Fear: a favourite is everybody's, or one can be made of another firm's client.
async fn favourites(base: Base) {
    let claire = base.firm("Cabinet Dupont").await;
    let zoe = base.colleague(claire.firm, "x", "Zoé").await;
    let other = base.firm("Cabinet Durand").await;
    let ids = many(&base, &claire, &["Un", "Deux"]).await;
    let mark = async |scope: &Scope, on| base.store.favourite(scope, ids[0], on).await.unwrap();
    assert_eq!(mark(&claire, true).await, Some(Marked::Done));
    assert_eq!(mark(&claire, true).await, Some(Marked::Done));
    assert_eq!(mark(&other, true).await, None);
    let shown = async |scope: &Scope| {
        let client = base.store.client(scope, ids[0]).await.unwrap();
        client.unwrap().favourite
    };
    assert!(shown(&claire).await && !shown(&zoe).await);
    assert_eq!(mark(&claire, false).await, Some(Marked::Done));
    assert!(!shown(&claire).await);
}

/// Fear: what was opened last is lost, grows without end, or names a client that has left.
async fn opened_last(base: Base) {
    let claire = base.firm("Cabinet Dupont").await;
    let other = base.firm("Cabinet Durand").await;
    let names: Vec<String> = (0..RECENT + 3).map(|n| format!("Client {n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = many(&base, &claire, &names).await;
    for (seconds, id) in (0..).zip(&ids) {
        let now = NOW.plus(seconds);
        base.store.opened(&claire, *id, now).await.unwrap();
        base.store.opened(&claire, *id, now).await.unwrap();
        base.store.opened(&other, *id, now).await.unwrap();
    }
    let recent = async |scope: &Scope| -> Vec<EnrolmentId> {
        let recent = base.store.recent(scope).await.unwrap();
        recent.into_iter().map(|jump| jump.id).collect()
    };
    let mut expected: Vec<_> = ids[3..].to_vec();
    expected.reverse();
    assert_eq!(recent(&claire).await, expected);
    assert_eq!(recent(&other).await, []);
    base.store
        .terminate(&fresh(&claire), expected[0], NOW)
        .await
        .unwrap();
    assert_eq!(recent(&claire).await, expected[1..]);
}
