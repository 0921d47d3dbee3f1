//! What must be readable later (the secret of an application that makes codes, a message on its way) is sealed with
//! XChaCha20-Poly1305 and bound to its purpose and its owner: moved to another row, it does not open.
//!
//! The keys that seal are in the database, each wrapped by the instance's key, which is not: a stolen database alone opens nothing.
//! [`Store::rotate_vault`] makes a new one and seals everything anew while the portal serves.

use crate::{
    Store, attestation,
    entity::{sealed, vault_key},
    mobility,
    outage::{Answer, OrOutage, refused},
    store::commit,
};
use chacha20poly1305::{
    Key as CipherKey, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use portfolio::{ports::Outage, time::Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::OnConflict,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Bytes of a nonce, which stands before the sealed text.
const NONCE: usize = 24;
/// Bytes of a key.
const KEY: usize = 32;
/// Rows sealed anew by one transaction.
const BATCH: u64 = 1_000;

/// What is sealed.
pub(crate) mod purpose {
    /// The secret of an application that makes codes; the owner is the member.
    pub const TOTP: &str = "totp";
    /// Recovery codes that were just made, until they are written down; the owner is the member.
    pub const RECOVERY: &str = "recovery";
    /// A message on its way; the owner is its row in the outbox.
    pub const MAIL: &str = "mail";
    /// What somebody typed who forgot a password; the owner is the request.
    pub const RESET: &str = "reset";
    /// The NIR of somebody who works abroad; the owner is the person's row.
    pub const NIR: &str = "nir";
    /// Whose NIR a member has asked for, for some minutes; the owner is the member.
    pub const REVEALED: &str = "revealed";
    /// What an attestation de vigilance says, and its code; the owner is its row.
    pub const ATTESTATION: &str = "attestation";
    /// What a conversation is about; the owner is the conversation.
    pub const SUBJECT: &str = "subject";
    /// The words of a message; the owner is the message.
    pub const MESSAGE: &str = "message";
    /// The name of what is attached to a message, and a digest of it whole; the owner is the attachment.
    pub const ATTACHMENT: &str = "attachment";
    /// A piece of what is attached to a message; the owner is the piece's id of its own.
    pub const PIECE: &str = "piece";
    /// What somebody has begun to write; the owner is made of the person and the conversation.
    pub const BEGUN: &str = "begun";
    /// A file of postings, between its dry run and its drafts; the owner is the member.
    pub const POSTINGS: &str = "postings";
    /// Lines of a file of clients; the owner is the box's id of its own.
    pub const IMPORT: &str = "import";
}

/// The keys that were unwrapped, by their number. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Keys(Arc<Mutex<HashMap<i32, CipherKey>>>);

/// Logs never see them.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Store {
    /// Seals a text for its owner, in place of the one that was there, until it is forgotten.
    pub(crate) async fn seal(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
        text: &[u8],
    ) -> Answer<()> {
        self.seal_for(db, purpose, owner, text, None).await
    }

    /// The same, but [`Store::sweep`] forgets it from a moment on.
    pub(crate) async fn seal_until(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
        text: &[u8],
        until: Timestamp,
    ) -> Answer<()> {
        self.seal_for(db, purpose, owner, text, Some(until)).await
    }

    async fn seal_for(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
        text: &[u8],
        until: Option<Timestamp>,
    ) -> Answer<()> {
        let id = latest(db)
            .await?
            .ok_or_else(|| refused("vault_key", "of the first migration"))?;
        let key = self.vault_key(db, id).await?;
        let row = sealed::ActiveModel {
            purpose: Set(purpose.to_owned()),
            owner: Set(owner),
            key_id: Set(id),
            sealed: Set(close(&key, &bound(purpose, owner), text)?),
            expires_at: Set(until.map(|until| until.0)),
        };
        sealed::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([sealed::Column::Purpose, sealed::Column::Owner])
                    .update_columns([
                        sealed::Column::KeyId,
                        sealed::Column::Sealed,
                        sealed::Column::ExpiresAt,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(db)
            .await
            .or_outage("sealing")?;
        Ok(())
    }

    /// The text of an owner.
    pub(crate) async fn unseal(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
    ) -> Answer<Option<Zeroizing<Vec<u8>>>> {
        match self.opened(db, purpose, owner).await? {
            None => Ok(None),
            Some(Some(text)) => Ok(Some(text)),
            Some(None) => Err(refused("sealed text of", owner)),
        }
    }

    /// The text of an owner; `Some(None)` when there is one that does not open, which no further try mends.
    pub(crate) async fn opened(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
    ) -> Answer<Option<Option<Zeroizing<Vec<u8>>>>> {
        let found = sealed::Entity::find_by_id((purpose.to_owned(), owner))
            .one(db)
            .await
            .or_outage("sealed texts")?;
        let Some(row) = found else {
            return Ok(None);
        };
        let key = self.vault_key(db, row.key_id).await?;
        Ok(Some(open(&key, &bound(purpose, owner), &row.sealed)))
    }

    /// The text of a row; nothing where it does not open, or its key does not.
    pub(crate) async fn opens(
        &self,
        db: &impl ConnectionTrait,
        row: &sealed::Model,
    ) -> Option<Zeroizing<Vec<u8>>> {
        let key = self.vault_key(db, row.key_id).await.ok()?;
        open(&key, &bound(&row.purpose, row.owner), &row.sealed)
    }

    /// Forgets the text of an owner.
    pub(crate) async fn unbox(
        &self,
        db: &impl ConnectionTrait,
        purpose: &'static str,
        owner: Uuid,
    ) -> Answer<()> {
        sealed::Entity::delete_by_id((purpose.to_owned(), owner))
            .exec(db)
            .await
            .or_outage("forgetting a sealed text")?;
        Ok(())
    }

    /// Forgets the sealed texts whose time is over, and tells how many.
    ///
    /// # Errors
    /// An outage.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Outage> {
        let over = || sealed::Column::ExpiresAt.lte(now.0);
        // Mostly there is nothing, and a look does not keep anybody from writing.
        let found = sealed::Entity::find()
            .filter(over())
            .one(self.reader())
            .await
            .or_outage("sealed texts")?;
        if found.is_none() {
            return Ok(0);
        }
        let tx = self.write().await?;
        let swept = sealed::Entity::delete_many()
            .filter(over())
            .exec(&tx)
            .await
            .or_outage("forgetting sealed texts")?;
        commit(tx).await?;
        Ok(swept.rows_affected)
    }

    /// Makes a new key, seals everything anew with it, and forgets the others; what people who work abroad are found by is made anew
    /// with the instance's key, which may have been replaced. The portal may serve meanwhile; broken off, it is
    /// said again. `told` hears how many are done.
    ///
    /// # Errors
    /// An outage, or a text that does not open.
    pub async fn rotate_vault(
        &self,
        now: Timestamp,
        mut told: impl FnMut(u64),
    ) -> Result<u64, Outage> {
        let tx = self.write().await?;
        let id = self.make_key(&tx, now).await?;
        commit(tx).await?;
        let mut done = 0;
        loop {
            let tx = self.write().await?;
            let rows = sealed::Entity::find()
                .filter(sealed::Column::KeyId.lt(id))
                .order_by_asc(sealed::Column::KeyId)
                .limit(BATCH)
                .lock_exclusive()
                .all(&tx)
                .await
                .or_outage("sealed texts")?;
            if rows.is_empty() {
                let left = vault_key::Entity::delete_many()
                    .filter(vault_key::Column::Id.lt(id))
                    .exec(&tx)
                    .await;
                // Somebody has just sealed with an older key: that one too.
                if left.is_ok() {
                    commit(tx).await?;
                    return Ok(done);
                }
                continue;
            }
            let to = self.vault_key(&tx, id).await?;
            let mut anew = Vec::with_capacity(rows.len());
            for row in rows {
                let from = self.vault_key(&tx, row.key_id).await?;
                let bound = bound(&row.purpose, row.owner);
                let text = open(&from, &bound, &row.sealed)
                    .ok_or_else(|| refused("sealed text of", row.owner))?;
                if row.purpose == purpose::NIR {
                    mobility::counted_anew(&tx, self.key(), row.owner, &text).await?;
                }
                if row.purpose == purpose::ATTESTATION {
                    attestation::known_anew(&tx, self.key(), row.owner, &text).await?;
                }
                anew.push(sealed::ActiveModel {
                    purpose: Set(row.purpose),
                    owner: Set(row.owner),
                    key_id: Set(id),
                    sealed: Set(close(&to, &bound, &text)?),
                    expires_at: Set(row.expires_at),
                });
            }
            done += anew.len() as u64;
            sealed::Entity::insert_many(anew)
                .on_conflict(
                    OnConflict::columns([sealed::Column::Purpose, sealed::Column::Owner])
                        .update_columns([sealed::Column::KeyId, sealed::Column::Sealed])
                        .to_owned(),
                )
                .exec_without_returning(&tx)
                .await
                .or_outage("sealing anew")?;
            commit(tx).await?;
            told(done);
        }
    }

    /// Makes the first key, in a transaction of its own: a key that is used before it is committed could be one that no database
    /// holds.
    pub(crate) async fn make_first_key(&self) -> Answer<()> {
        let tx = self.write().await?;
        if latest(&tx).await?.is_none() {
            // The moment is that of the database's making, which the clock is not asked for.
            self.make_key(&tx, Timestamp(0)).await?;
        }
        commit(tx).await
    }

    async fn make_key(&self, db: &impl ConnectionTrait, now: Timestamp) -> Answer<i32> {
        let id = latest(db).await?.unwrap_or_default() + 1;
        let mut key = Zeroizing::new([0; KEY]);
        fill(key.as_mut_slice())?;
        let wrapping = CipherKey::from(*self.key().wrapping());
        let row = vault_key::ActiveModel {
            id: Set(id),
            wrapped: Set(close(&wrapping, &id.to_be_bytes(), key.as_slice())?),
            created_at: Set(now.0),
        };
        // Two servers that make the first key at once: the one that was first counts.
        vault_key::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(db)
            .await
            .or_outage("making a key of the vault")?;
        Ok(id)
    }

    /// A key, unwrapped.
    async fn vault_key(&self, db: &impl ConnectionTrait, id: i32) -> Answer<CipherKey> {
        if let Some(key) = self.keys().get(id) {
            return Ok(key);
        }
        let row = vault_key::Entity::find_by_id(id)
            .one(db)
            .await
            .or_outage("keys of the vault")?
            .ok_or_else(|| refused("vault_key", id))?;
        let bytes = self
            .key()
            .each()
            .find_map(|key| {
                let wrapping = CipherKey::from(*key.wrapping());
                open(&wrapping, &id.to_be_bytes(), &row.wrapped)
            })
            .ok_or_else(|| refused("vault_key", id))?;
        let key = CipherKey::try_from(bytes.as_slice()).map_err(|_| refused("vault_key", id))?;
        self.keys().put(id, key);
        Ok(key)
    }
}

/// The number of the newest key.
async fn latest(db: &impl ConnectionTrait) -> Answer<Option<i32>> {
    let latest: Option<Option<i32>> = vault_key::Entity::find()
        .select_only()
        .expr(vault_key::Column::Id.max())
        .into_tuple()
        .one(db)
        .await
        .or_outage("keys of the vault")?;
    Ok(latest.flatten())
}

impl Keys {
    fn get(&self, id: i32) -> Option<CipherKey> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
            .copied()
    }

    fn put(&self, id: i32, key: CipherKey) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, key);
    }
}

fn bound(purpose: &str, owner: Uuid) -> Vec<u8> {
    [purpose.as_bytes(), &[0], owner.as_bytes()].concat()
}

fn close(key: &CipherKey, bound: &[u8], text: &[u8]) -> Answer<Vec<u8>> {
    let mut nonce = [0; NONCE];
    fill(&mut nonce)?;
    let payload = Payload {
        msg: text,
        aad: bound,
    };
    let sealed = XChaCha20Poly1305::new(key)
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Outage("a text could not be sealed".to_owned()))?;
    Ok([&nonce[..], &sealed].concat())
}

fn open(key: &CipherKey, bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = sealed.split_at_checked(NONCE)?;
    let payload = Payload {
        msg: text,
        aad: bound,
    };
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    XChaCha20Poly1305::new(key)
        .decrypt(&XNonce::from(nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

fn fill(bytes: &mut [u8]) -> Answer<()> {
    getrandom::fill(bytes).map_err(|_| Outage("the system gave no random bytes".to_owned()))
}

#[cfg(test)]
mod tests;
