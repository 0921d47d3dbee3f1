//! « Enregistrer » of a new client.

use crate::base::{
    AUTO, Base, EMPLOYER, MANAGER, NOW, fresh, good_employer, good_self_employed, manager,
    self_employed, services,
};
use portfolio::{
    client::Happening,
    ports::{Enrolled, Portfolio},
};

crate::contract! { each_status, unproven_or_not_offered, said_twice, enrolled_meanwhile, again_after_the_end, two_schemes_of_one_draft }

/// Fear: what was ticked is not what is on, for one of the statuses.
async fn each_status(base: Base) {
    let scope = base.with_accounts().await;
    for (identifier, proof, on) in [
        (EMPLOYER, good_employer(), &["DPAE", "MAIL_DSN"][..]),
        (EMPLOYER, good_self_employed(), &["REVENU_ESTIME"]),
        (
            AUTO,
            self_employed("180127512345642", "317000001567462542"),
            &["DECL_CA"],
        ),
        (MANAGER, manager("253072A07300443"), &[]),
    ] {
        let id = base.client(&scope, identifier, &proof, on, NOW).await;
        let client = base.store.client(&scope, id).await.unwrap().unwrap();
        let on: Vec<_> = services(on).into_iter().collect();
        assert_eq!((client.services, client.version), (on.clone(), 1));
        assert_eq!(client.history.len(), 1);
        let event = &client.history[0];
        assert_eq!(
            (event.at, event.by.as_str(), &event.what),
            (NOW, "Claire", &Happening::Enrolled(on))
        );
        assert_eq!(client.ended, None);
    }
}

/// Fear: a forged request enrols without a proof, or a service that the page did not offer.
async fn unproven_or_not_offered(base: Base) {
    let scope = base.with_accounts().await;
    let draft = base.draft(&scope, EMPLOYER, NOW).await;
    let enrol = async |draft, on| {
        base.store
            .enrol(&scope, draft, &services(on), NOW)
            .await
            .unwrap()
    };
    assert_eq!(enrol(draft, &["DPAE"]).await, Some(Enrolled::NotProven));
    let (draft, _) = base.proven(&scope, EMPLOYER, &good_employer()).await;
    assert_eq!(
        enrol(draft, &["DPAE", "DECL_CA"]).await,
        Some(Enrolled::NotOffered)
    );
    assert_eq!(base.number("SELECT COUNT(*) FROM enrolment").await, 0);
    let unknown = portfolio::ids::DraftId(uuid::Uuid::new_v4());
    assert_eq!(enrol(unknown, &[]).await, None);
}

/// Fear: a second click makes a second enrolment, or an error.
async fn said_twice(base: Base) {
    let scope = base.with_accounts().await;
    let (draft, _) = base.proven(&scope, EMPLOYER, &good_employer()).await;
    let enrol = async || {
        base.store
            .enrol(&scope, draft, &services(&["DPAE"]), NOW)
            .await
            .unwrap()
    };
    let first = enrol().await;
    assert!(matches!(first, Some(Enrolled::Done(_))));
    assert_eq!(enrol().await, first);
    let other = base
        .store
        .enrol(&scope, draft, &services(&["DSN_SUIVI"]), NOW)
        .await
        .unwrap();
    assert!(
        matches!(other, Some(Enrolled::Already { .. })),
        "other ticks were not saved: {other:?}"
    );
    let view = base.store.draft(&scope, draft, NOW).await.unwrap().unwrap();
    assert_eq!(view.enrolled.map(Enrolled::Done), first);
    let id = view.enrolled.unwrap();
    base.store.terminate(&fresh(&scope), id, NOW).await.unwrap();
    assert!(
        matches!(enrol().await, Some(Enrolled::Ended { .. })),
        "what has ended is not saved"
    );
}

/// Fear: two colleagues enrol one client twice.
async fn enrolled_meanwhile(base: Base) {
    let scope = base.with_accounts().await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    let (draft, proven) = base.proven(&scope, EMPLOYER, &good_employer()).await;
    let id = base
        .client(&colleague, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let answer = base
        .store
        .enrol(&scope, draft, &services(&[]), NOW)
        .await
        .unwrap();
    let scheme = proven.held.scheme;
    assert_eq!(
        answer,
        Some(Enrolled::Already {
            enrolment: id,
            scheme
        })
    );
}

/// Fear: a client that came back cannot be enrolled again, or its old history is overwritten.
async fn again_after_the_end(base: Base) {
    let scope = base.with_accounts().await;
    let first = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    base.store
        .terminate(&fresh(&scope), first, NOW)
        .await
        .unwrap();
    let second = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    assert_ne!(first, second);
    let old = base.store.client(&scope, first).await.unwrap().unwrap();
    assert_eq!((old.history.len(), old.ended.is_some()), (2, true));
    let new = base.store.client(&scope, second).await.unwrap().unwrap();
    assert_eq!((new.history.len(), new.ended), (1, None));
}

/// Fear: whoever goes back and proves the other scheme on the same draft is told that it is saved, and it is not.
async fn two_schemes_of_one_draft(base: Base) {
    let scope = base.with_accounts().await;
    let (draft, _) = base.proven(&scope, EMPLOYER, &good_employer()).await;
    let enrol = async || {
        base.store
            .enrol(&scope, draft, &services(&[]), NOW)
            .await
            .unwrap()
    };
    let first = enrol().await;
    base.prove(&scope, draft, &good_self_employed(), NOW).await;
    assert_ne!(enrol().await, first);
    assert_eq!(base.number("SELECT COUNT(*) FROM enrolment").await, 2);
}
