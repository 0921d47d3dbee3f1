//! Opening, migrating, and the key.

use crate::base::{ACCOUNTS, Base, EMPLOYER, MANAGER, NOW, file, good_employer, key, manager};
use store::{OpenError, Store, Verified, key::Key};

crate::contract! { migrates_twice, another_key_is_refused, a_key_is_replaced, a_fresh_database_says_so }

/// Fear: a restart migrates again and breaks, or a second process cannot open what the first made.
async fn migrates_twice(base: Base) {
    assert_eq!(base.store.pending_migrations().await.unwrap(), 0);
    base.store.migrate().await.unwrap();
    let again = Store::open(&base.url, key()).await.unwrap();
    again.migrate().await.unwrap();
    again.ping().await.unwrap();
    assert!(again.is_empty().await.unwrap());
    assert_eq!(again.account_count().await.unwrap(), 0);
    again.close().await.unwrap();
}

/// Fear: started with another key, the portal runs, and no mandate can ever be proved.
async fn another_key_is_refused(base: Base) {
    let other = Key::from_hex(&"5b".repeat(32)).unwrap();
    let refused = Store::open(&base.url, other).await;
    assert!(matches!(refused, Err(OpenError::OtherKey)), "{refused:?}");
    assert!(matches!(
        Store::open("mysql://x", key()).await,
        Err(OpenError::Address)
    ));
}

/// Fear: once its key is replaced the portal proves no mandate, opens nothing that is sealed, or takes its own journal for broken; or it goes on with the old key; or the old one alone still opens the database.
async fn a_key_is_replaced(base: Base) {
    let scope = base.with_accounts().await;
    assert!(!base.store.take_over_key(NOW).await.unwrap());
    let both = format!("{},{}", "5c".repeat(32), "5a".repeat(32));
    let store = Store::open(&base.url, Key::from_hex(&both).unwrap())
        .await
        .unwrap();
    assert!(store.take_over_key(NOW).await.unwrap());
    assert!(!store.take_over_key(NOW).await.unwrap());
    // The old key alone is another one from now on.
    let old = Store::open(&base.url, key()).await;
    assert!(matches!(old, Err(OpenError::OtherKey)), "{old:?}");
    let replaced = Base {
        store: store.clone(),
        url: base.url.clone(),
        folder: base.folder.clone(),
    };
    replaced.proven(&scope, EMPLOYER, &good_employer()).await;
    store.rotate_vault(NOW, |_| ()).await.unwrap();
    let whole = store.verify_journal(None).await.unwrap();
    assert!(matches!(whole, Verified::Whole { .. }), "{whole:?}");
    // Once the registry is imported again, proofs need the old key no longer.
    replaced.import(file(&ACCOUNTS)).await.unwrap();
    let new = Store::open(&base.url, Key::from_hex(&"5c".repeat(32)).unwrap())
        .await
        .unwrap();
    let alone = Base {
        store: new.clone(),
        ..replaced
    };
    alone
        .proven(&scope, MANAGER, &manager("253072A07300443"))
        .await;
    // Nor is the journal's new end without the old key's beginning.
    let short = new.verify_journal(None).await.unwrap();
    assert!(matches!(short, Verified::Broken { at: 1, .. }), "{short:?}");
    // An entry of the old key after the new one's is none of ours.
    let turned = format!("{},{}", "5a".repeat(32), "5c".repeat(32));
    let back = Store::open(&base.url, Key::from_hex(&turned).unwrap())
        .await
        .unwrap();
    assert!(back.take_over_key(NOW).await.unwrap());
    let forged = store.verify_journal(None).await.unwrap();
    assert!(matches!(forged, Verified::Broken { .. }), "{forged:?}");
}

/// Fear: a database that was never migrated is served.
async fn a_fresh_database_says_so(base: Base) {
    use sea_orm::ConnectionTrait;
    let db = base.behind().await;
    db.execute_unprepared("DROP TABLE seaql_migrations")
        .await
        .unwrap();
    let fresh = Store::open(&base.url, key()).await.unwrap();
    assert!(fresh.pending_migrations().await.unwrap() > 0);
}
