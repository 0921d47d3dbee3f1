//! The import of the account registry: streamed, all or nothing, repeatable (the same file twice changes nothing).
//!
//! A thread reads and judges the file and makes the digests; the database is fed whole batches meanwhile. At no time does memory hold
//! more than a few batches, and the numbers seen so far (sixteen bytes each).

mod csv;
mod read;
mod sql;

use crate::{
    Store,
    entity::registry_import,
    index,
    outage::{Answer, OrOutage},
    store::commit,
    stored,
};
use portfolio::{ports::Outage, time::Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Set};
use std::io::Read;

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Rows of the file.
    pub rows: u64,
    /// Accounts that were not known before.
    pub added: u64,
    /// Accounts that were known otherwise.
    pub changed: u64,
    /// Accounts that were known just so.
    pub unchanged: u64,
    /// Accounts that are known but do not stand in the file: they are left as they are.
    pub absent: u64,
    /// Holders under a scheme that are known now.
    pub holders: u64,
}

/// Why nothing of a file was applied. Lines count from 1, as an editor shows them. No variant holds what stood in the file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A field cannot be read.
    #[error("line {line}: column {column} cannot be read")]
    Row {
        /// Where its row begins.
        line: u64,
        /// Its column.
        column: &'static str,
    },
    /// The first line does not name this column.
    #[error("column {0} is missing from the first line")]
    MissingColumn(&'static str),
    /// The account of this row stands in the file before.
    #[error("line {line}: this account stands in the file twice")]
    Duplicate {
        /// Where the second row begins.
        line: u64,
    },
    /// Not CSV in UTF-8: a quote left open, too few or too many fields, bytes that are no text.
    #[error("line {line}: this is not CSV in UTF-8")]
    NotCsv {
        /// Where.
        line: u64,
    },
    /// The file could not be read to its end.
    #[error("the file could not be read: {0}")]
    File(#[from] std::io::Error),
    /// The database did not answer.
    #[error("{0}")]
    Outage(#[from] Outage),
}

/// Batches that may wait for the database.
const WAITING: usize = 4;

impl Store {
    /// Imports a registry file; `progress` hears how many rows were handed to the database so far.
    ///
    /// # Errors
    /// See [`ImportError`]; nothing is applied then.
    pub async fn import_registry(
        &self,
        file: impl Read + Send + 'static,
        now: Timestamp,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<Imported, ImportError> {
        let (sender, mut batches) = tokio::sync::mpsc::channel(WAITING);
        let key = self.key().clone();
        // It ends by itself when this function gives up: nobody listens any more.
        let reading = tokio::task::spawn_blocking(move || {
            read::batches(file, &key, |batch| sender.blocking_send(batch).is_ok())
        });
        let tx = self.write().await?;
        let prepare = match tx.get_database_backend() {
            DbBackend::Postgres => sql::PREPARE_POSTGRES,
            _ => sql::PREPARE_SQLITE,
        };
        tx.execute_unprepared(prepare)
            .await
            .or_outage("preparing an import")?;
        let before = count(&tx, sql::COUNT_ACCOUNTS).await?;
        let (mut rows, mut written) = (0, 0);
        while let Some(batch) = batches.recv().await {
            rows += u64::try_from(batch.len()).unwrap_or_default();
            written += sql::upsert(&tx, batch).await?;
            progress(rows);
        }
        match reading.await {
            Ok(read) => read?,
            Err(_) => return Err(Outage("the thread that reads the file failed".to_owned()).into()),
        }
        let after = count(&tx, sql::COUNT_ACCOUNTS).await?;
        for statement in sql::HOLDERS {
            tx.execute_unprepared(&sql::holders(statement, tx.get_database_backend()))
                .await
                .or_outage("drawing holders from accounts")?;
        }
        index::follow_holders(&tx).await?;
        let holders = count(&tx, sql::COUNT_HOLDERS).await?;
        let imported = Imported {
            rows,
            added: after.saturating_sub(before),
            changed: written.saturating_sub(after.saturating_sub(before)),
            unchanged: rows.saturating_sub(written),
            absent: after.saturating_sub(rows),
            holders,
        };
        record(&tx, &imported, now).await?;
        commit(tx).await?;
        Ok(imported)
    }
}

async fn count(db: &impl ConnectionTrait, sql: &'static str) -> Answer<u64> {
    let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.or_outage("counting")?;
    let counted: Option<i64> = row
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("counting")?;
    Ok(stored::count(counted.unwrap_or_default()))
}

async fn record(db: &impl ConnectionTrait, imported: &Imported, now: Timestamp) -> Answer<()> {
    let big = |number: u64| Set(i64::try_from(number).unwrap_or(i64::MAX));
    let row = registry_import::ActiveModel {
        id: Set(stored::new_id(now)),
        at: Set(now.0),
        row_count: big(imported.rows),
        added: big(imported.added),
        changed: big(imported.changed),
    };
    registry_import::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .or_outage("recording an import")?;
    Ok(())
}
