//! Opening, migrating, and the key.

use crate::base::{Base, key};
use store::{OpenError, Store, key::Key};

crate::contract! { migrates_twice, another_key_is_refused, a_fresh_database_says_so }

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
