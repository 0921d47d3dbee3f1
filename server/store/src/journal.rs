//! The journal, chained: each entry's code covers the entry and the code before it, with the instance's key. Who can write the
//! database but does not have the key can neither change, nor remove, nor reorder an entry without [`Store::verify_journal`]
//! finding it; and the database itself refuses updates and deletions.
//!
//! What a chain cannot tell is that the whole database was set back to an earlier day: for that, the last number and code that
//! `server journal verify` prints are kept elsewhere, and given back with `--expect`.

use crate::{
    Store,
    entity::{journal, journal_head},
    key::{Digest, Key, LENGTH},
    outage::{Answer, OrOutage, refused},
    store::commit,
};
use portfolio::{
    journal::{About, Entry},
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};
use subtle::ConstantTimeEq;

/// Entries written by one statement.
const BATCH: usize = 500;
/// Entries read at a time when the chain is followed.
const READ: u64 = 20_000;

/// Adds entries as the last thing that a transaction does, and makes it count. Last, because the head stays locked until the
/// transaction ends, and every other one that writes waits for it.
pub(crate) async fn commit_with(
    tx: DatabaseTransaction,
    key: &Key,
    entries: &[Entry],
    now: Timestamp,
) -> Answer<()> {
    append(&tx, key, entries, now).await?;
    commit(tx).await
}

async fn append(
    db: &impl ConnectionTrait,
    key: &Key,
    entries: &[Entry],
    now: Timestamp,
) -> Answer<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let head = locked_head(db).await?;
    let (mut seq, mut mac) = (head.seq, head.mac);
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        seq += 1;
        let mut row = row(entry, seq, now)?;
        mac = sealed(key, &row, &mac).to_vec();
        row.mac.clone_from(&mac);
        rows.push(journal::ActiveModel::from(row).reset_all());
    }
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<_> = rows.by_ref().take(BATCH).collect();
        journal::Entity::insert_many(batch)
            .exec_without_returning(db)
            .await
            .or_outage("writing the journal")?;
    }
    journal_head::Entity::update_many()
        .col_expr(journal_head::Column::Seq, Expr::value(seq))
        .col_expr(journal_head::Column::Mac, Expr::value(mac))
        .filter(journal_head::Column::Id.eq(1))
        .exec(db)
        .await
        .or_outage("writing the journal's head")?;
    Ok(())
}

async fn locked_head(db: &impl ConnectionTrait) -> Answer<journal_head::Model> {
    let head = journal_head::Entity::find_by_id(1).lock_exclusive();
    if let Some(found) = head.clone().one(db).await.or_outage("journal")? {
        return Ok(found);
    }
    let first = journal_head::ActiveModel {
        id: Set(1),
        seq: Set(0),
        mac: Set(vec![0; LENGTH]),
    };
    journal_head::Entity::insert(first)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(db)
        .await
        .or_outage("journal")?;
    head.one(db)
        .await
        .or_outage("journal")?
        .ok_or_else(|| refused("journal_head", 1))
}

/// An entry as its row, its code apart.
fn row(entry: &Entry, seq: i64, now: Timestamp) -> Answer<journal::Model> {
    let (about_kind, about_id) = match entry.about {
        None => ("", None),
        Some(About::Client(id)) => (about::CLIENT, Some(id.0)),
        Some(About::Member(id)) => (about::MEMBER, Some(id.0)),
    };
    let detail = serde_json::to_string(&entry.what).map_err(|_| refused("journal entry", seq))?;
    Ok(journal::Model {
        seq,
        at: now.0,
        firm_id: entry.firm.map(|firm| firm.0),
        by_id: entry.by.map(|member| member.0),
        origin: entry
            .from
            .0
            .map(|address| address.to_canonical().to_string())
            .unwrap_or_default(),
        about_kind: about_kind.to_owned(),
        about_id,
        topic: entry.what.topic().code().to_owned(),
        detail,
        mac: Vec::new(),
    })
}

/// The words for what an entry is about.
pub(crate) mod about {
    /// A client.
    pub const CLIENT: &str = "client";
    /// A member.
    pub const MEMBER: &str = "member";
}

/// The code of an entry after the one before it. Texts go in with their lengths, so that no two entries read alike.
fn sealed(key: &Key, row: &journal::Model, before: &[u8]) -> Digest {
    let id = |id: Option<uuid::Uuid>| id.map_or([0; 16], uuid::Uuid::into_bytes);
    let mut bytes = Vec::with_capacity(256);
    bytes.extend_from_slice(before);
    bytes.extend_from_slice(&row.seq.to_be_bytes());
    bytes.extend_from_slice(&row.at.to_be_bytes());
    bytes.extend_from_slice(&id(row.firm_id));
    bytes.extend_from_slice(&id(row.by_id));
    bytes.extend_from_slice(&id(row.about_id));
    for text in [&row.origin, &row.about_kind, &row.topic, &row.detail] {
        bytes.extend_from_slice(&(text.len() as u64).to_be_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    key.journal(&bytes)
}

/// What following the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every entry is as it was written, and none is missing.
    Whole {
        /// The number of the last entry, which is how many there are.
        entries: i64,
        /// Its code, in hexadecimal.
        code: String,
    },
    /// The first entry at which the chain is broken.
    Broken {
        /// Its number, or the number of the one that is missing.
        at: i64,
        /// What is wrong there.
        why: Broken,
    },
}

/// What is wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An entry is missing, or out of its place.
    Missing,
    /// An entry is not as it was written.
    Changed,
    /// The last entries were removed.
    CutShort,
    /// It does not hold the entry that was noted.
    NotAsNoted,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "an entry is missing or out of its place",
            Self::Changed => "an entry is not as it was written",
            Self::CutShort => "the last entries were removed",
            Self::NotAsNoted => "the entry is not the one that was noted",
        })
    }
}

impl Store {
    /// Follows the journal's chain from its first entry to its last; `noted` is a number and a code that were printed before.
    ///
    /// # Errors
    /// An outage. A broken chain is an answer.
    pub async fn verify_journal(&self, noted: Option<(i64, &str)>) -> Result<Verified, Outage> {
        let tx = self.read().await?;
        let head = journal_head::Entity::find_by_id(1)
            .one(&tx)
            .await
            .or_outage("journal")?;
        let (mut seq, mut mac) = (0, vec![0; LENGTH]);
        let mut as_noted = noted.is_none();
        // The oldest first: where one has given way to the next it comes no more.
        let mut keys = self.key().each().rev().peekable();
        loop {
            let rows = journal::Entity::find()
                .filter(journal::Column::Seq.gt(seq))
                .order_by_asc(journal::Column::Seq)
                .limit(READ)
                .all(&tx)
                .await
                .or_outage("journal")?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                if row.seq != seq + 1 {
                    let (at, why) = (seq + 1, Broken::Missing);
                    return Ok(Verified::Broken { at, why });
                }
                while let Some(key) = keys.peek() {
                    let code = sealed(key, &row, &mac);
                    if bool::from(code.as_slice().ct_eq(&row.mac)) {
                        break;
                    }
                    keys.next();
                }
                if keys.peek().is_none() {
                    let (at, why) = (row.seq, Broken::Changed);
                    return Ok(Verified::Broken { at, why });
                }
                (seq, mac) = (row.seq, row.mac);
                as_noted |= noted.is_some_and(|(at, code)| {
                    at == seq && crate::key::hex(&mac).eq_ignore_ascii_case(code)
                });
            }
        }
        let ends = head.map_or((0, vec![0; LENGTH]), |head| (head.seq, head.mac));
        commit(tx).await?;
        if ends != (seq, mac.clone()) {
            let (at, why) = (seq + 1, Broken::CutShort);
            return Ok(Verified::Broken { at, why });
        }
        if !as_noted {
            let (at, why) = (noted.map_or(0, |(at, _)| at), Broken::NotAsNoted);
            return Ok(Verified::Broken { at, why });
        }
        Ok(Verified::Whole {
            entries: seq,
            code: crate::key::hex(&mac),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::{journal::What, origin::Origin};

    /// For `make measure`: how long it takes to follow 1,000,000 entries.
    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "a measurement: make measure"]
    async fn measured_chain() {
        let folder = std::env::temp_dir().join(format!("journal-{}", uuid::Uuid::new_v4()));
        let key = Key::from_hex(&"5a".repeat(32)).unwrap();
        let url = format!("sqlite:{}/portail.db", folder.display());
        let store = Store::open(&url, key).await.unwrap();
        store.migrate().await.unwrap();
        let entry = Entry {
            firm: Some(portfolio::ids::FirmId(uuid::Uuid::nil())),
            by: None,
            from: Origin(Some([192, 0, 2, 7].into())),
            about: None,
            what: What::SignedOut,
        };
        let entries = vec![entry; 10_000];
        let clock = tokio::time::Instant::now();
        for _ in 0..100 {
            let tx = store.write().await.unwrap();
            commit_with(tx, store.key(), &entries, Timestamp(0))
                .await
                .unwrap();
        }
        println!(
            "journal: 1000000 entries written in {:.1?}",
            clock.elapsed()
        );
        let clock = tokio::time::Instant::now();
        let whole = store.verify_journal(None).await.unwrap();
        assert!(matches!(
            whole,
            Verified::Whole {
                entries: 1_000_000,
                ..
            }
        ));
        println!(
            "journal: 1000000 entries followed in {:.1?}",
            clock.elapsed()
        );
        std::fs::remove_dir_all(folder).unwrap();
    }
}
