//! « Inscrire », and drafts.

use crate::base::{
    AUTO, Base, EMPLOYER, MANAGER, NOW, fresh, good_employer, good_self_employed, manager, siren,
    typed,
};
use portfolio::{
    holder::Scheme,
    identifier::Identifier,
    ports::{Begun, DRAFT_LIFE, Portfolio},
};

crate::contract! { nothing_is_revealed, both_schemes, one_account, drafts_are_kept, drafts_are_ones_own }

/// Fear: « Inscrire » answers otherwise for a number that the registry does not know.
async fn nothing_is_revealed(base: Base) {
    let scope = base.with_accounts().await;
    for identifier in [
        EMPLOYER,
        AUTO,
        MANAGER,
        &siren(7),
        "ZZ815739800M99",
        "73282932000074",
    ] {
        let begun = base
            .store
            .begin(&scope, &typed(identifier), false, NOW)
            .await
            .unwrap();
        let Begun::Draft(id) = begun else {
            panic!("{identifier}: {begun:?}")
        };
        let draft = base.store.draft(&scope, id, NOW).await.unwrap().unwrap();
        assert_eq!(
            (draft.identifier, draft.proven, draft.enrolled),
            (typed(identifier), None, None)
        );
    }
}

/// Fear: the second scheme of a Siren cannot be reached, or the first is enrolled twice.
async fn both_schemes(base: Base) {
    let scope = base.with_accounts().await;
    let begin = async |other| {
        base.store
            .begin(&scope, &typed(EMPLOYER), other, NOW)
            .await
            .unwrap()
    };
    let ti = base
        .client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
        .await;
    let scheme = Scheme::TravailleurIndependant;
    assert_eq!(
        begin(false).await,
        Begun::Already {
            enrolment: ti,
            scheme,
            other_open: true
        }
    );
    assert!(matches!(begin(true).await, Begun::Draft(_)));
    let rg = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let all = Begun::Already {
        enrolment: rg,
        scheme: Scheme::RegimeGeneral,
        other_open: false,
    };
    assert_eq!((begin(false).await, begin(true).await), (all.clone(), all));
    base.store.terminate(&fresh(&scope), rg, NOW).await.unwrap();
    assert_eq!(
        begin(false).await,
        Begun::Already {
            enrolment: ti,
            scheme,
            other_open: true
        }
    );
}

/// Fear: a gérant majoritaire, who has one scheme, is offered another; or another firm's clients are told.
async fn one_account(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
        .await;
    let scheme = Scheme::TravailleurIndependant;
    for other in [false, true] {
        let begun = base
            .store
            .begin(&scope, &typed(MANAGER), other, NOW)
            .await
            .unwrap();
        assert_eq!(
            begun,
            Begun::Already {
                enrolment: id,
                scheme,
                other_open: false
            }
        );
    }
    let stranger = base.firm("Cabinet Martin").await;
    let begun = base
        .store
        .begin(&stranger, &typed(MANAGER), false, NOW)
        .await
        .unwrap();
    assert!(matches!(begun, Begun::Draft(_)));
}

/// Fear: a draft is lost over lunch, or lies about for ever.
async fn drafts_are_kept(base: Base) {
    let scope = base.with_accounts().await;
    let siret = Identifier::parse("73282932000074", false).unwrap();
    let Begun::Draft(id) = base.store.begin(&scope, &siret, false, NOW).await.unwrap() else {
        panic!()
    };
    let at = async |now| base.store.draft(&scope, id, now).await.unwrap();
    assert_eq!(
        at(NOW.plus(DRAFT_LIFE - 1)).await.unwrap().identifier,
        siret
    );
    assert_eq!(at(NOW.plus(DRAFT_LIFE)).await, None);
    base.draft(&scope, EMPLOYER, NOW.plus(DRAFT_LIFE)).await;
    assert_eq!(base.number("SELECT COUNT(*) FROM enrolment_draft").await, 1);
}

/// Fear: a draft is taken up by a colleague, or by another firm.
async fn drafts_are_ones_own(base: Base) {
    let scope = base.with_accounts().await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    let stranger = base.firm("Cabinet Martin").await;
    let id = base.draft(&scope, EMPLOYER, NOW).await;
    for other in [colleague, stranger] {
        assert_eq!(base.store.draft(&other, id, NOW).await.unwrap(), None);
        assert_eq!(
            base.store
                .prove(&other, id, &good_employer(), NOW)
                .await
                .unwrap(),
            None
        );
        let none = std::collections::BTreeSet::new();
        assert_eq!(
            base.store.enrol(&other, id, &none, NOW).await.unwrap(),
            None
        );
    }
    assert!(base.store.draft(&scope, id, NOW).await.unwrap().is_some());
}
