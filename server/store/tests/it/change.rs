//! « Enregistrer » of a client that is there, « Résilier », and what other firms may do: nothing.

use crate::base::{Base, EMPLOYER, NOW, file, fresh, good_employer, services};
use portfolio::{
    catalogue::ServiceCode,
    client::{Accounts, Happening, Total},
    holder::AccountState,
    ids::EnrolmentId,
    permission::Editor,
    ports::{Changed, Portfolio, Terminated},
    search::Search,
};

crate::contract! { changes, stale_changes_tell_what_changed, ended_clients, what_comes_after_the_end_is_not_seen, only_the_firms_own }

fn codes(on: &[&str]) -> Vec<ServiceCode> {
    services(on).into_iter().collect()
}

async fn change(
    base: &Base,
    scope: &Editor,
    id: EnrolmentId,
    version: i32,
    on: &[&str],
) -> Option<Changed> {
    let later = NOW.plus(i64::from(version) * 60);
    base.store
        .change(scope, id, version, &services(on), later)
        .await
        .unwrap()
}

/// Fear: a change is lost, half done, or not told in the history.
async fn changes(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(
            &scope,
            EMPLOYER,
            &good_employer(),
            &["DPAE", "MAIL_DSN"],
            NOW,
        )
        .await;
    assert_eq!(
        change(&base, &scope, id, 1, &["DPAE", "DSN_SUIVI"]).await,
        Some(Changed::Done)
    );
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(
        (client.services, client.version),
        (codes(&["DPAE", "DSN_SUIVI"]), 2)
    );
    let expected = Happening::Changed {
        added: codes(&["DSN_SUIVI"]),
        removed: codes(&["MAIL_DSN"]),
    };
    assert_eq!(client.history[0].what, expected);
    assert_eq!(client.history.len(), 2);
    // Who changes nothing leaves no trace, and colleagues' pages are not old because of it.
    let journal = "SELECT COUNT(*) FROM journal";
    let entries = base.number(journal).await;
    assert_eq!(
        change(&base, &scope, id, 2, &["DPAE", "DSN_SUIVI"]).await,
        Some(Changed::Nothing)
    );
    assert_eq!(base.number(journal).await, entries);
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!((client.version, client.history.len()), (2, 2));
    let search = Search {
        saved: Some(id),
        ..Search::default()
    };
    let saved = base.list(&scope, &search).await.saved.unwrap();
    assert_eq!(saved.last.what, expected);
    assert_eq!(
        change(&base, &scope, id, 2, &["DECL_CA"]).await,
        Some(Changed::NotOffered)
    );
}

/// Fear: two members of a firm overwrite each other without a word, or the word is wrong.
async fn stale_changes_tell_what_changed(base: Base) {
    let scope = base.with_accounts().await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    change(&base, &scope, id, 1, &["DPAE", "MAIL_DSN"]).await;
    change(&base, &colleague, id, 2, &["MAIL_DSN", "DSN_SUIVI"]).await;
    change(&base, &colleague, id, 3, &["DSN_SUIVI", "INCIDENTS"]).await;
    let stale = change(&base, &scope, id, 1, &["DPAE"]).await;
    let expected = Changed::Stale {
        version: 4,
        by: "Denis".into(),
        at: NOW.plus(180),
        // MAIL_DSN came and went.
        added: codes(&["DSN_SUIVI", "INCIDENTS"]),
        removed: codes(&["DPAE"]),
    };
    assert_eq!(stale, Some(expected));
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(client.services, codes(&["DSN_SUIVI", "INCIDENTS"]));
}

/// Fear: an ended client is changed or ended again, or its end is forgotten.
async fn ended_clients(base: Base) {
    let scope = base.with_accounts().await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let at = NOW.plus(60);
    let end = async |who: &Editor, now| {
        let who = fresh(who);
        base.store.terminate(&who, id, now).await.unwrap()
    };
    assert_eq!(end(&colleague, at).await, Some(Terminated::Done));
    let by = "Denis".to_owned();
    assert_eq!(
        end(&scope, at.plus(60)).await,
        Some(Terminated::Already { by: by.clone(), at })
    );
    assert_eq!(
        change(&base, &scope, id, 1, &[]).await,
        Some(Changed::Ended { by: by.clone(), at })
    );
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(client.ended, Some((at, by)));
    assert_eq!(client.history[0].what, Happening::Ended);
    let search = Search {
        ended: Some(id),
        show: Some(id),
        ..Search::default()
    };
    let listing = base.list(&scope, &search).await;
    assert_eq!(
        (listing.total, listing.managed, listing.page),
        (Total::Exactly(0), 0, Some(1))
    );
    assert_eq!(listing.ended.unwrap().last.what, Happening::Ended);
}

/// Fear: a firm sees, changes or ends another's client by its id, or can tell it from an id of nothing.
async fn only_the_firms_own(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let stranger = base.firm("Cabinet Martin").await;
    let nothing = EnrolmentId(uuid::Uuid::new_v4());
    for (who, which) in [(&stranger, id), (&stranger, nothing), (&scope, nothing)] {
        assert_eq!(base.store.client(who, which).await.unwrap(), None);
        assert_eq!(
            base.store.terminate(&fresh(who), which, NOW).await.unwrap(),
            None
        );
        assert_eq!(change(&base, who, which, 1, &[]).await, None);
        let search = Search {
            open: Some(which),
            show: Some(which),
            saved: Some(which),
            ended: Some(which),
            ..Search::default()
        };
        let listing = base.list(who, &search).await;
        assert_eq!(
            (listing.opened, listing.saved, listing.ended),
            (None, None, None)
        );
    }
    assert_eq!(base.list(&stranger, &Search::default()).await.managed, 0);
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!((client.version, client.ended), (1, None));
}

/// Fear: a firm that no longer has the mandate goes on reading what becomes of the client.
async fn what_comes_after_the_end_is_not_seen(base: Base) {
    let scope = base.with_accounts().await;
    let one = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let who = fresh(&scope);
    base.store.terminate(&who, one, NOW.plus(60)).await.unwrap();
    let two = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW.plus(70))
        .await;
    base.import(file(&[
        "117000001567462542;EMP;732829320;73282932000074;Boulangerie Nouvelle;937;3;1234,56;202631;;e@x.fr;1;12;45000",
    ]))
    .await
    .unwrap();
    let now = base.store.client(&scope, two).await.unwrap().unwrap();
    assert_eq!(now.name, "Boulangerie Nouvelle");
    let then = base.store.client(&scope, one).await.unwrap().unwrap();
    assert_eq!(
        (then.name.as_str(), then.state, then.accounts),
        (
            "Boulangerie Émile",
            AccountState::Actif,
            Accounts::default()
        )
    );
    let search = Search {
        open: Some(one),
        ended: Some(one),
        ..Search::default()
    };
    let listing = base.list(&scope, &search).await;
    assert_eq!(listing.opened, None);
    assert_eq!(listing.ended.unwrap().name, "Boulangerie Émile");
}
