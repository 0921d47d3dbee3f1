//! What is found in the list.

use crate::base::{
    AUTO, Base, EMPLOYER, MANAGER, NOW, good_employer, good_self_employed, manager, many,
    self_employed,
};
use portfolio::{client::Total, ids::Scope, search::Search};

crate::contract! { by_name, by_number, the_account_that_was_found, signs_are_harmless }

async fn found(base: &Base, scope: &Scope, text: &str) -> Vec<String> {
    let search = Search {
        text: text.into(),
        ..Search::default()
    };
    let listing = base.list(scope, &search).await;
    assert_eq!(listing.total, Total::Exactly(listing.rows.len() as u64));
    listing.rows.into_iter().map(|row| row.name).collect()
}

/// Fear: a client is not found because of an accent, a capital, a ligature or the order of words.
async fn by_name(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    many(
        &base,
        &scope,
        &["Boulangerie Émile", "L’Œuf d'Or", "Garage 2000"],
    )
    .await;
    for (text, name) in [
        ("emile", "Boulangerie Émile"),
        ("ÉMILE boul", "Boulangerie Émile"),
        (" oeuf ", "L’Œuf d'Or"),
        ("d’or", "L’Œuf d'Or"),
        ("2000", "Garage 2000"),
    ] {
        assert_eq!(found(&base, &scope, text).await, [name], "{text}");
    }
    assert_eq!(found(&base, &scope, "emile garage").await.len(), 0);
    assert_eq!(found(&base, &scope, "").await.len(), 3);
}

/// Fear: a client is not found by a number that stands in a letter before one, however it is spaced.
async fn by_number(base: Base) {
    let scope = base.with_accounts().await;
    base.client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    base.client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
        .await;
    base.client(
        &scope,
        AUTO,
        &self_employed("180127512345642", "317000001567462542"),
        &[],
        NOW,
    )
    .await;
    base.client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
        .await;
    let (rg, ti, ae, gm) = (
        "Boulangerie Émile",
        "Émile Œuf",
        "Chloé d'Arc",
        "Gérard Manet",
    );
    for (text, names) in [
        ("732 829 320", &[rg, ti][..]),
        ("732", &[rg, ti]),
        ("404.833.048", &[ae]),
        ("73282932000082", &[rg]),
        ("732 829 320 00074", &[rg, ti]),
        ("117 000 001 567 462 559", &[rg]),
        ("11701567462542", &[rg]),
        ("317000001567462542", &[ae]),
        ("gq815739800m01", &[gm]),
        ("73", &[rg, ti]),
        ("32", &[]),
        ("999", &[]),
        ("GQ815739800M02", &[]),
    ] {
        assert_eq!(found(&base, &scope, text).await, names, "{text}");
    }
}

/// Fear: a row gives no reason why it was found, or names an account that has nothing to do with what was sought.
async fn the_account_that_was_found(base: Base) {
    let scope = base.with_accounts().await;
    base.client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    base.client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
        .await;
    for (text, by) in [
        ("", None),
        ("emile", None),
        ("732829320", None),
        ("gq815739800m01", None),
        ("73282932000082", Some("117000001567462559")),
        ("emile 00082", Some("117000001567462559")),
        ("11701567462542", Some("117000001567462542")),
        ("1567462559", Some("117000001567462559")),
    ] {
        let search = Search {
            text: text.into(),
            ..Search::default()
        };
        let listing = base.list(&scope, &search).await;
        let found_by = listing.rows[0].found_by.as_ref();
        let number = found_by.map(|account| account.number.as_str().to_owned());
        assert_eq!(number.as_deref(), by, "{text}");
    }
}

/// Fear: `%` finds everybody, or a quote breaks the page.
async fn signs_are_harmless(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    many(&base, &scope, &["Cent pour cent", "99 % pur"]).await;
    for text in ["%", "_", "\\", "'", "\"; DROP TABLE firm", "%%%", "*", "\0"] {
        assert_eq!(found(&base, &scope, text).await.len(), 0, "{text:?}");
    }
    assert_eq!(found(&base, &scope, "99 %").await, ["99 % pur"]);
    assert_eq!(found(&base, &scope, &"x".repeat(200)).await.len(), 0);
    assert_eq!(found(&base, &scope, &"é ".repeat(100)).await.len(), 0);
}
