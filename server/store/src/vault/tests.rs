use super::*;

/// Fear: a text opens in another's row, under another key, or after somebody changed it.
#[test]
fn bound_to_its_place() {
    let key = CipherKey::from([1; KEY]);
    let owner = Uuid::from_u128(1);
    let sealed = close(&key, &bound("totp", owner), b"secret").unwrap();
    let read = |key, purpose, owner, sealed: &[u8]| {
        open(&key, &bound(purpose, owner), sealed).map(|text| text.to_vec())
    };
    assert_eq!(
        read(key, "totp", owner, &sealed).as_deref(),
        Some(&b"secret"[..])
    );
    assert_eq!(read(key, "mail", owner, &sealed), None);
    assert_eq!(read(key, "totp", Uuid::from_u128(2), &sealed), None);
    assert_eq!(
        read(CipherKey::from([2; KEY]), "totp", owner, &sealed),
        None
    );
    for place in 0..sealed.len() {
        let mut broken = sealed.clone();
        broken[place] ^= 1;
        assert_eq!(read(key, "totp", owner, &broken), None, "{place}");
    }
    assert_eq!(read(key, "totp", owner, &sealed[..10]), None);
    assert_ne!(
        sealed,
        close(&key, &bound("totp", owner), b"secret").unwrap(),
        "the same text looks the same twice"
    );
}

async fn with_store(test: impl AsyncFnOnce(Store)) {
    let folder = std::env::temp_dir().join(format!("vault-{}", Uuid::new_v4()));
    let key = crate::key::Key::from_hex(&"5a".repeat(32)).unwrap();
    let url = format!("sqlite:{}/portail.db", folder.display());
    let store = Store::open(&url, key).await.unwrap();
    store.migrate().await.unwrap();
    test(store).await;
    std::fs::remove_dir_all(folder).unwrap();
}

const NOW: Timestamp = Timestamp(1_795_507_094);

async fn put(store: &Store, owner: Uuid, text: &[u8]) {
    let tx = store.write().await.unwrap();
    store.seal(&tx, purpose::TOTP, owner, text).await.unwrap();
    commit(tx).await.unwrap();
}

async fn get(store: &Store, owner: Uuid) -> Option<Vec<u8>> {
    let read = store.unseal(store.reader(), purpose::TOTP, owner).await;
    read.unwrap().map(|text| text.to_vec())
}

/// Fear: a rotation loses a text, leaves one under an old key, or breaks what is sealed while it goes on.
#[tokio::test(flavor = "multi_thread")]
async fn rotation_while_sealing() {
    with_store(async |store| {
        let owners: Vec<_> = (0..2_500).map(Uuid::from_u128).collect();
        let tx = store.write().await.unwrap();
        for owner in &owners {
            let text = owner.as_bytes();
            store.seal(&tx, purpose::TOTP, *owner, text).await.unwrap();
        }
        commit(tx).await.unwrap();
        let other = store.clone();
        let sealing = tokio::spawn(async move {
            for n in 0..50 {
                put(&other, Uuid::from_u128(10_000 + n), b"meanwhile").await;
            }
        });
        let done = store.rotate_vault(NOW, |_| ()).await.unwrap();
        sealing.await.unwrap();
        assert!(done >= 2_500, "{done}");
        for owner in owners {
            assert_eq!(get(&store, owner).await.unwrap(), owner.as_bytes());
        }
        for n in 0..50 {
            let owner = Uuid::from_u128(10_000 + n);
            assert_eq!(get(&store, owner).await.unwrap(), b"meanwhile");
        }
        store.rotate_vault(NOW, |_| ()).await.unwrap();
        let keys = vault_key::Entity::find().all(store.reader()).await.unwrap();
        let numbers: Vec<_> = keys.iter().map(|key| key.id).collect();
        assert_eq!(numbers, [3], "the older keys are gone");
    })
    .await;
}

/// Fear: a transaction that never counted leaves a key behind that no database holds, and what is sealed with it is lost at the next
/// start.
#[tokio::test(flavor = "multi_thread")]
async fn what_never_was_leaves_nothing() {
    with_store(async |store| {
        let owner = Uuid::from_u128(1);
        let tx = store.write().await.unwrap();
        store
            .seal(&tx, purpose::TOTP, owner, b"lost")
            .await
            .unwrap();
        drop(tx);
        put(&store, owner, b"kept").await;
        // As after a restart.
        store.keys().0.lock().unwrap().clear();
        assert_eq!(get(&store, owner).await.unwrap(), b"kept");
    })
    .await;
}

/// Fear: who copies a sealed text into their own row reads it there, or what was forgotten is still there.
#[tokio::test(flavor = "multi_thread")]
async fn moved_and_forgotten() {
    with_store(async |store| {
        let (mine, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        put(&store, theirs, b"their secret").await;
        let row = sealed::Entity::find()
            .one(store.reader())
            .await
            .unwrap()
            .unwrap();
        let moved = sealed::ActiveModel {
            purpose: Set(row.purpose),
            owner: Set(mine),
            key_id: Set(row.key_id),
            sealed: Set(row.sealed),
            expires_at: Set(row.expires_at),
        };
        let tx = store.write().await.unwrap();
        sealed::Entity::insert(moved)
            .exec_without_returning(&tx)
            .await
            .unwrap();
        assert!(store.unseal(&tx, purpose::TOTP, mine).await.is_err());
        store.unbox(&tx, purpose::TOTP, theirs).await.unwrap();
        commit(tx).await.unwrap();
        assert_eq!(get(&store, theirs).await, None);
    })
    .await;
}

/// For `make measure`: how long a rotation of 1,000,000 texts takes.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: make measure"]
async fn measured_rotation() {
    with_store(async |store| {
        for start in (0..1_000_000_u128).step_by(10_000) {
            let tx = store.write().await.unwrap();
            for owner in start..start + 10_000 {
                store
                    .seal(
                        &tx,
                        purpose::TOTP,
                        Uuid::from_u128(owner),
                        b"255081416802538",
                    )
                    .await
                    .unwrap();
            }
            commit(tx).await.unwrap();
        }
        let clock = tokio::time::Instant::now();
        let done = store.rotate_vault(NOW, |_| ()).await.unwrap();
        println!("vault: {done} texts sealed anew in {:.1?}", clock.elapsed());
    })
    .await;
}
