//! What somebody has begun to write: sealed, for them alone, for some days. It is there again when the session has ended meanwhile, on
//! whatever device.

use super::Who;
use crate::{
    Store,
    outage::{Answer, refused},
    vault::purpose::BEGUN,
};
use portfolio::{
    message::{DRAFT_KEPT, view::Begun},
    ports::{AboutWhom, WrittenIn},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What it is sealed for: the person and the place together.
fn owner(who: &Who, place: &WrittenIn) -> Uuid {
    let mut digest = Sha256::new();
    digest.update(who.person.as_bytes());
    match place {
        WrittenIn::Thread(id) => {
            digest.update(b"thread");
            digest.update(id.0.as_bytes());
        }
        WrittenIn::New(AboutWhom::Client(id)) => {
            digest.update(b"client");
            digest.update(id.0.as_bytes());
        }
        WrittenIn::New(AboutWhom::Own(held)) => {
            digest.update(b"own");
            digest.update(held.key().as_bytes());
        }
        WrittenIn::New(AboutWhom::Nth(n)) => {
            digest.update(b"nth");
            digest.update(n.to_be_bytes());
        }
    }
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(digest.finalize()) {
        *to = from;
    }
    Uuid::from_bytes(id)
}

/// What somebody has begun to write in a place.
pub(super) async fn of(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    place: &WrittenIn,
) -> Answer<Begun> {
    let owner = owner(who, place);
    let Some(text) = store.unseal(db, BEGUN, owner).await? else {
        return Ok(Begun::default());
    };
    serde_json::from_slice(&text).map_err(|_| refused("what was begun by", owner))
}

/// Keeps it; or forgets it, when nothing is left of it.
pub(super) async fn keep(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    place: &WrittenIn,
    begun: &Begun,
    now: Timestamp,
) -> Answer<()> {
    if begun.is_empty() {
        return forget(store, db, who, place).await;
    }
    let owner = owner(who, place);
    let text = serde_json::to_vec(&begun.cut()).map_err(|_| refused("what was begun by", owner))?;
    store
        .seal_until(db, BEGUN, owner, &text, now.plus(DRAFT_KEPT))
        .await
}

/// Forgets it: it was sent.
pub(super) async fn forget(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    place: &WrittenIn,
) -> Answer<()> {
    store.unbox(db, BEGUN, owner(who, place)).await
}
