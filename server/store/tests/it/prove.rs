//! The proof of mandate: who passes, what a refusal tells, how often one may try.

use crate::base::{
    ACCOUNTS, AUTO, Base, EMPLOYER, MANAGER, NOW, employer, file, fresh, good_employer,
    good_self_employed, manager, self_employed, siren,
};
use portfolio::{
    attempts::{LONG_PAUSE, SHORT_PAUSE, WINDOW},
    holder::Kind,
    ports::{Portfolio, Proved},
    time::Timestamp,
};

crate::contract! {
    good_proofs, refusals_are_alike, pauses, success_forgets_nothing, guards_stay_apart, one_guess_for_many_holders, failures_are_forgotten, already_managed, no_secret_no_proof
}

/// Fear: an accountant with the mandate is refused.
async fn good_proofs(base: Base) {
    let scope = base.with_accounts().await;
    for (identifier, proof, name, held, kind) in [
        (
            EMPLOYER,
            good_employer(),
            "Boulangerie Émile",
            "RG:732829320",
            Kind::Emp,
        ),
        // Any establishment's account proves the whole; a declaration of nought is one.
        (
            EMPLOYER,
            employer("0", "117000001567462559"),
            "Boulangerie Émile",
            "RG:732829320",
            Kind::Emp,
        ),
        (
            EMPLOYER,
            good_self_employed(),
            "Émile Œuf",
            "TI:732829320",
            Kind::Ti,
        ),
        (
            AUTO,
            self_employed("1801275123456", "317000001567462542"),
            "Chloé d'Arc",
            "TI:404833048",
            Kind::Ae,
        ),
        (
            MANAGER,
            manager("253072A07300443"),
            "Gérard Manet",
            "TI:@GQ815739800M01",
            Kind::Gm,
        ),
    ] {
        let (draft, proven) = base.proven(&scope, identifier, &proof).await;
        assert_eq!(
            (
                proven.name.as_str(),
                proven.held.key().as_str(),
                proven.kind
            ),
            (name, held, kind)
        );
        let view = base.store.draft(&scope, draft, NOW).await.unwrap().unwrap();
        assert_eq!(view.proven, Some(proven));
    }
}

/// Fear: the answer tells which account exists, whose it is, or which of the two secrets was wrong.
async fn refusals_are_alike(base: Base) {
    let scope = base.with_accounts().await;
    let unknown = siren(9);
    for (identifier, proof) in [
        // Wrong amount, wrong number, a number of nobody, the amount of another account of the same holder.
        (EMPLOYER, employer("1234,57", "117000001567462542")),
        (EMPLOYER, employer("1234,56", "117000001567462559")),
        (EMPLOYER, employer("1234,56", "999000001567462542")),
        // Another status, and the right pair of another holder.
        (EMPLOYER, employer("1234,56", "217000001567462542")),
        (AUTO, good_self_employed()),
        (AUTO, good_employer()),
        (AUTO, self_employed("255081416802538", "317000001567462542")),
        (AUTO, manager("180127512345642")),
        (unknown.as_str(), good_employer()),
        // A gérant majoritaire: wrong NIR, wrong status, and an account number of somebody with a Siren.
        (MANAGER, manager("255081416802538")),
        (MANAGER, self_employed("253072A07300443", MANAGER)),
        ("217000001567462542", manager("255081416802538")),
        ("217000001567462542", good_self_employed()),
        ("117000001567462542", good_employer()),
    ] {
        let draft = base.draft(&scope, identifier, NOW).await;
        let answer = base.prove(&scope, draft, &proof, NOW).await;
        let Proved::Refused { .. } = answer else {
            panic!("{identifier} {proof:?}: {answer:?}")
        };
        let view = base.store.draft(&scope, draft, NOW).await.unwrap().unwrap();
        assert_eq!(view.proven, None);
    }
}

async fn fail(base: &Base, scope: &portfolio::permission::Editor, now: Timestamp) -> Proved {
    let draft = base.draft(scope, EMPLOYER, now).await;
    base.prove(scope, draft, &employer("1", "117000001567462542"), now)
        .await
}

/// Fear: secrets can be found by trying, with many drafts if need be; or the page counts down wrongly.
async fn pauses(base: Base) {
    let scope = base.with_accounts().await;
    for left in [None, None, Some(2), Some(1), None] {
        assert_eq!(fail(&base, &scope, NOW).await, Proved::Refused { left });
    }
    let until = NOW.plus(SHORT_PAUSE);
    assert_eq!(fail(&base, &scope, NOW).await, Proved::Paused { until });
    // Nothing is tried during a pause, not even the right pair.
    let draft = base.draft(&scope, EMPLOYER, NOW).await;
    let answer = base
        .prove(&scope, draft, &good_employer(), until.plus(-1))
        .await;
    assert_eq!(answer, Proved::Paused { until });
    for left in [None, None, Some(2), Some(1), Some(0)] {
        assert_eq!(fail(&base, &scope, until).await, Proved::Refused { left });
    }
    let until = until.plus(LONG_PAUSE);
    for now in [NOW.plus(SHORT_PAUSE), NOW.plus(WINDOW - 1)] {
        assert_eq!(fail(&base, &scope, now).await, Proved::Paused { until });
    }
    assert_eq!(
        fail(&base, &scope, until).await,
        Proved::Refused { left: None }
    );
}

/// Fear: whoever knows the secrets of one scheme, and so can succeed at will, tries those of the other without end.
async fn success_forgets_nothing(base: Base) {
    let scope = base.with_accounts().await;
    for _ in 0..4 {
        fail(&base, &scope, NOW).await;
    }
    base.proven(&scope, EMPLOYER, &good_employer()).await;
    assert_eq!(
        fail(&base, &scope, NOW).await,
        Proved::Refused { left: None }
    );
    let until = NOW.plus(SHORT_PAUSE);
    assert_eq!(fail(&base, &scope, NOW).await, Proved::Paused { until });
}

/// Fear: one firm's failures pause another, or those for one holder pause all.
async fn guards_stay_apart(base: Base) {
    let scope = base.with_accounts().await;
    for _ in 0..5 {
        fail(&base, &scope, NOW).await;
    }
    let stranger = base.firm("Cabinet Martin").await;
    base.proven(&stranger, EMPLOYER, &good_employer()).await;
    base.proven(&scope, MANAGER, &manager("253072A07300443"))
        .await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    assert!(matches!(
        fail(&base, &colleague, NOW).await,
        Proved::Paused { .. }
    ));
}

/// Fear: whom a firm tried in vain to enrol is kept for ever.
async fn failures_are_forgotten(base: Base) {
    let scope = base.with_accounts().await;
    fail(&base, &scope, NOW).await;
    // One of the holder, one of the firm.
    let kept = async |now| {
        base.draft(&scope, MANAGER, now).await;
        base.number("SELECT COUNT(*) FROM attempt_guard").await
    };
    assert_eq!(kept(NOW.plus(WINDOW + LONG_PAUSE - 1)).await, 2);
    assert_eq!(kept(NOW.plus(WINDOW + LONG_PAUSE)).await, 0);
}

/// Fear: a scheme is proved again while the firm manages it, or one that it managed once cannot be.
async fn already_managed(base: Base) {
    let scope = base.with_accounts().await;
    let draft = base.draft(&scope, EMPLOYER, NOW).await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let answer = base.prove(&scope, draft, &good_employer(), NOW).await;
    let scheme = portfolio::holder::Scheme::RegimeGeneral;
    assert_eq!(
        answer,
        Proved::Already {
            enrolment: id,
            scheme
        }
    );
    base.store.terminate(&fresh(&scope), id, NOW).await.unwrap();
    let answer = base.prove(&scope, draft, &good_employer(), NOW).await;
    assert!(matches!(answer, Proved::Proven(_)), "{answer:?}");
}

/// Fear: an account without a secret is proved by nothing, or by its old secret.
async fn no_secret_no_proof(base: Base) {
    let scope = base.with_accounts().await;
    let without = ACCOUNTS[0].replace("1234,56", "");
    base.import(file(&[&without])).await.unwrap();
    for amount in ["1234,56", "0"] {
        let draft = base.draft(&scope, EMPLOYER, NOW).await;
        let answer = base
            .prove(&scope, draft, &employer(amount, "117000001567462542"), NOW)
            .await;
        assert_eq!(answer, Proved::Refused { left: None });
    }
}

/// Fear: a firm tries one guess, such as a declared amount of nought, on every account whose number it has.
async fn one_guess_for_many_holders(base: Base) {
    let scope = base.with_accounts().await;
    let guess = async |n: u32, now| {
        let draft = base.draft(&scope, &siren(100 + n), now).await;
        let proof = employer("0", "117000001567462542");
        base.prove(&scope, draft, &proof, now).await
    };
    for n in 0..60 {
        let at = NOW.plus(i64::from(n));
        assert_eq!(guess(n, at).await, Proved::Refused { left: None });
    }
    let until = NOW.plus(WINDOW);
    let now = NOW.plus(60);
    assert_eq!(guess(60, now).await, Proved::Paused { until });
    // Nor is a colleague's: what is stopped is the firm.
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Denis").await;
    assert_eq!(fail(&base, &colleague, now).await, Proved::Paused { until });
    let other = base.firm("Cabinet Martin").await;
    base.proven(&other, EMPLOYER, &good_employer()).await;
    assert_eq!(
        guess(60, until.plus(1)).await,
        Proved::Refused { left: None }
    );
}
