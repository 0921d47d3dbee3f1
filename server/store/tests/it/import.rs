//! The registry, imported.

use crate::base::{ACCOUNTS, Base, EMPLOYER, HEADER, NOW, file, good_employer, services};
use portfolio::{client::Total, holder::AccountState, ports::Portfolio, search::Search};
use std::sync::{Arc, Mutex};
use store::Imported;

crate::contract! {
    a_good_file, written_otherwise, again_changes_nothing, absent_rows_stay, holders_follow, an_account_changes_hands,
    many_batches
}

/// Fear: a good file is refused or counted wrongly.
async fn a_good_file(base: Base) {
    let done = base.import(file(&ACCOUNTS)).await.unwrap();
    let expected = Imported {
        rows: 5,
        added: 5,
        changed: 0,
        unchanged: 0,
        absent: 0,
        holders: 4,
    };
    assert_eq!(done, expected);
    assert_eq!(base.store.account_count().await.unwrap(), 5);
    assert_eq!(base.import(HEADER).await.unwrap().absent, 5);
    assert_eq!(base.number("SELECT COUNT(*) FROM registry_import").await, 2);
}

/// Fear: a file with commas, quotes, CRLF, a byte order mark or columns in another order says something else.
async fn written_otherwise(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let mut other = String::from("\u{feff}");
    for line in file(&ACCOUNTS).lines() {
        let mut fields: Vec<_> = line.split(';').collect();
        fields.reverse();
        let quoted: Vec<_> = fields.iter().map(|field| format!("\"{field}\"")).collect();
        other.push_str(&quoted.join(","));
        other.push_str(",ignored\r\n");
    }
    let done = base.import(other).await.unwrap();
    assert_eq!((done.rows, done.unchanged), (5, 5));
}

/// Fear: the same file twice changes something, or rows that changed are taken for the same.
async fn again_changes_nothing(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let again = base.import(file(&ACCOUNTS)).await.unwrap();
    let expected = Imported {
        rows: 5,
        added: 0,
        changed: 0,
        unchanged: 5,
        absent: 0,
        holders: 4,
    };
    assert_eq!(again, expected);
    let changed = ACCOUNTS.map(|line| line.replace("1234,56", "1234,57"));
    let lines: Vec<_> = changed.iter().map(String::as_str).collect();
    let done = base.import(file(&lines)).await.unwrap();
    assert_eq!((done.changed, done.unchanged), (1, 4));
}

/// Fear: an account that a file leaves out is lost.
async fn absent_rows_stay(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let done = base.import(file(&ACCOUNTS[..2])).await.unwrap();
    assert_eq!(
        (done.rows, done.unchanged, done.absent, done.holders),
        (2, 2, 3, 4)
    );
    assert_eq!(base.store.account_count().await.unwrap(), 5);
}

/// Fear: a client's state or name is that of last month's file.
async fn holders_follow(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(
        (client.name.as_str(), client.state),
        ("Boulangerie Émile", AccountState::Actif)
    );
    let radie = ACCOUNTS[0]
        .replace(";117;1;", ";117;3;")
        .replace("Émile", "Zoé");
    base.import(file(&[&radie])).await.unwrap();
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    // The other establishment is *suspendu*: together they are.
    assert_eq!(
        (client.name.as_str(), client.state),
        ("Boulangerie Zoé", AccountState::Suspendu)
    );
    assert_eq!(client.accounts.total, 2);
    assert_eq!(
        client.services,
        services(&["DPAE"]).into_iter().collect::<Vec<_>>()
    );
}

/// Fear: an account that moved to another holder still stands with the first, or an enrolment loses its holder.
async fn an_account_changes_hands(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let moved = [0, 1].map(|n| ACCOUNTS[n].replace(";732829320;", ";552100554;"));
    base.import(file(&[&moved[0], &moved[1]])).await.unwrap();
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(
        (client.state, client.accounts.total),
        (AccountState::Radie, 0)
    );
    assert_eq!(
        base.list(&scope, &Search::default()).await.total,
        Total::Exactly(1)
    );
    // The new holder came; nobody refers to the one that went when it goes again.
    let done = base.import(file(&ACCOUNTS)).await.unwrap();
    assert_eq!(done.holders, 4);
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(
        (client.state, client.accounts.total),
        (AccountState::Actif, 2)
    );
}

/// Fear: a file longer than a batch loses or doubles rows at the seams, or says nothing on the way.
async fn many_batches(base: Base) {
    let lines: Vec<String> = (0..2500)
        .map(|n| {
            format!(
                "{:018};EMP;732829320;{:014};Nom {n};117;1;{n};;;;1;;",
                n + 1,
                n + 1
            )
        })
        .collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let text = std::io::Cursor::new(file(&lines));
    let done = base
        .store
        .import_registry(text, NOW, move |rows| heard.lock().unwrap().push(rows))
        .await
        .unwrap();
    assert_eq!((done.rows, done.added, done.holders), (2500, 2500, 1));
    assert_eq!(*told.lock().unwrap(), [1000, 2000, 2500]);
    assert_eq!(base.import(file(&lines)).await.unwrap().unchanged, 2500);
    let holder = "SELECT COUNT(*) FROM holder WHERE name = 'Nom 0' AND accounts = 2500";
    assert_eq!(base.number(holder).await, 1);
}
