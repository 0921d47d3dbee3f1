//! The database: opened, migrated, its key checked; and the three ways in (read, write, and « has it answered »).

use crate::{
    connect::{Connected, connect},
    entity::instance,
    journal::commit_with,
    key::Key,
    lock::Lock,
    migration::Migrator,
    outage::{Answer, OrOutage},
    vault::Keys,
};
use portfolio::{
    journal::{Entry, What},
    origin::Origin,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{
    AccessMode, ColumnTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait,
    IsolationLevel, QueryFilter, Set, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, OnConflict},
};
use sea_orm_migration::MigratorTrait;
use std::{future::Future, io, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// The portal's storage: SQLite or PostgreSQL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    key: Key,
    keys: Keys,
    /// Whether everybody is asked for a second factor, whatever their firm decides.
    second_factor: bool,
    /// The address by which people reach the portal: links of messages that are written here begin with it.
    url: Arc<str>,
    /// Held for as long as a clone of this is there.
    _lock: Option<Arc<Lock>>,
    mail: Arc<Notify>,
    asked: Arc<Notify>,
    work: Arc<Notify>,
    bulk: Arc<Notify>,
}

/// Why a database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:` nor `postgres://`.
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    /// No file could be made in the folder of the SQLite file.
    #[error("the database needs a folder that it may write to: {0}")]
    Folder(io::Error),
    /// The SQLite file may only be read.
    #[error("the database may only be read: give whoever runs the portal the right to write it")]
    ReadOnly,
    /// The SQLite file was left by a process that did not end well, and its pages are at odds with each other.
    #[error("the database is damaged: restore a copy with `server restore FILE --replace`")]
    Damaged,
    /// The database was made with another key: no mandate could be proved with this one.
    #[error("this database was made with another secret key")]
    OtherKey,
    /// The database did not answer.
    #[error("the database did not answer: {0}")]
    Outage(#[from] Outage),
}

impl Store {
    /// Opens a database; a SQLite file, and its folder, are made when missing. A database that is migrated is held to its key.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(url: &str, key: Key) -> Result<Self, OpenError> {
        let Connected {
            reader,
            writer,
            lock,
        } = connect(url).await?;
        let store = Self {
            reader,
            writer,
            key,
            keys: Keys::default(),
            second_factor: false,
            url: Arc::default(),
            _lock: lock,
            mail: Arc::default(),
            asked: Arc::default(),
            work: Arc::default(),
            bulk: Arc::default(),
        };
        if store.pending_migrations().await? == 0 {
            store.check_key().await?;
        }
        Ok(store)
    }

    /// The same storage, where everybody is asked for a second factor, whatever their firm decides.
    #[must_use]
    pub fn asking_everybody(self) -> Self {
        Self {
            second_factor: true,
            ..self
        }
    }

    /// The same storage, where people reach the portal by this address, without a slash at its end.
    #[must_use]
    pub fn reached_at(self, url: &str) -> Self {
        Self {
            url: url.into(),
            ..self
        }
    }

    /// The address by which people reach the portal.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether everybody is asked for a second factor, whatever their firm decides.
    pub(crate) const fn asks_everybody(&self) -> bool {
        self.second_factor
    }

    /// Brings the schema up to date; harmless when it is. The first time, the key is tied to the database.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn migrate(&self) -> Result<(), OpenError> {
        Migrator::up(&self.writer, None)
            .await
            .or_outage("migrating")?;
        self.check_key().await?;
        Ok(self.make_first_key().await?)
    }

    /// How many migrations have not run.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize, Outage> {
        let pending = Migrator::get_pending_migrations_read_only(&self.reader)
            .await
            .or_outage("reading the migrations")?;
        Ok(pending.len())
    }

    /// Ties the key to a new database, holds an old one to it. Writes only when it must: a start never waits for an import.
    async fn check_key(&self) -> Result<(), OpenError> {
        let check = self.key.check();
        let stored = instance::Entity::find_by_id(1);
        let mut found = stored
            .clone()
            .one(&self.reader)
            .await
            .or_outage("instance")?;
        if found.is_none() {
            let row = instance::ActiveModel {
                id: Set(1),
                key_check: Set(check.to_vec()),
            };
            let tx = self.write().await?;
            instance::Entity::insert(row)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .try_insert()
                .exec_without_returning(&tx)
                .await
                .or_outage("instance")?;
            commit(tx).await?;
            found = stored.one(&self.reader).await.or_outage("instance")?;
        }
        match found {
            Some(found) if self.key.has_made(&found.key_check) => Ok(()),
            _ => Err(OpenError::OtherKey),
        }
    }

    /// Ties the database to the key that has replaced its own, if one has: from then on the journal's chain is made with it. True where
    /// it was so. Every server of the database must have the new key by then.
    ///
    /// # Errors
    /// An outage.
    pub async fn take_over_key(&self, now: Timestamp) -> Result<bool, Outage> {
        let check = self.key.check();
        let tx = self.write().await?;
        let changed = instance::Entity::update_many()
            .col_expr(instance::Column::KeyCheck, Expr::value(check.to_vec()))
            .filter(instance::Column::KeyCheck.ne(check.to_vec()))
            .exec(&tx)
            .await
            .or_outage("instance")?;
        if changed.rows_affected == 0 {
            return Ok(false);
        }
        let entry = Entry {
            firm: None,
            by: None,
            from: Origin(None),
            about: None,
            what: What::KeyReplaced,
        };
        commit_with(tx, &self.key, &[entry], now).await?;
        Ok(true)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), Outage> {
        self.reader.ping().await.or_outage("ping")
    }

    /// Lets go of every connection; on SQLite this also folds the write-ahead log into the file.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn close(self) -> Result<(), Outage> {
        self.reader.close().await.or_outage("closing")?;
        self.writer.close().await.or_outage("closing")
    }

    /// Every pool there is.
    #[cfg(feature = "bench")]
    pub(crate) fn connections(&mut self) -> [&mut DatabaseConnection; 2] {
        [&mut self.reader, &mut self.writer]
    }

    /// The instance's key.
    pub(crate) const fn key(&self) -> &Key {
        &self.key
    }

    /// The keys of the vault that were unwrapped.
    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Told when a message was written here.
    pub(crate) const fn mail(&self) -> &Arc<Notify> {
        &self.mail
    }

    /// Tells that a link to choose a new password was asked for here.
    pub(crate) fn reset_was_asked(&self) {
        self.asked.notify_one();
    }

    /// Ends soon after a link to choose a new password was asked for here. What is asked for at other servers is found by
    /// [`Store::next_reset`].
    pub async fn reset_asked(&self) {
        self.asked.notified().await;
    }

    /// Told when work on a file was asked for here.
    pub(crate) const fn work(&self) -> &Arc<Notify> {
        &self.work
    }

    /// Told when a change of many clients was confirmed here.
    pub(crate) const fn bulk(&self) -> &Arc<Notify> {
        &self.bulk
    }

    /// For a single statement that reads.
    pub(crate) const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A transaction that only reads and sees one moment of the database.
    pub(crate) async fn read(&self) -> Answer<DatabaseTransaction> {
        let options = match self.reader.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        self.reader
            .begin_with_options(options)
            .await
            .or_outage("beginning to read")
    }

    /// A transaction that writes; dropped before [`commit`], it never was.
    ///
    /// On SQLite it holds the write lock from the start: one that reads first and writes later could find the lock taken, and would
    /// have to fail.
    pub(crate) async fn write(&self) -> Answer<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer
            .begin_with_options(options)
            .await
            .or_outage("beginning to write")
    }
}

/// Makes a transaction count.
pub(crate) async fn commit(tx: DatabaseTransaction) -> Answer<()> {
    tx.commit().await.or_outage("committing")
}

/// How long a page waits for a write that it can do without; then the write goes on by itself. An import of the registry may hold the
/// database for a while.
const WRITE_PATIENCE: Duration = Duration::from_millis(250);

/// Writes what a page can do without, and does not keep it waiting for long. `failed` is what a log says of one that was not written.
pub(crate) async fn soon(
    failed: &'static str,
    write: impl Future<Output = Answer<()>> + Send + 'static,
) {
    let writing = tokio::spawn(async move {
        if let Err(error) = write.await {
            tracing::warn!(%error, "{failed}");
        }
    });
    // Either it is done, or it goes on by itself.
    let _ = tokio::time::timeout(WRITE_PATIENCE, writing).await;
}
