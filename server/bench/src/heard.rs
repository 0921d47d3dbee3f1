//! What the store asks of its database, noted while somebody listens, so that the same can be asked without the store.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};
use std::sync::{Arc, Mutex};

/// The statements that a store carries out while it is listened to.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Option<Vec<Statement>>>>);

impl Heard {
    /// Notes a statement, while somebody listens.
    pub fn note(&self, statement: &Statement) {
        if let Ok(mut heard) = self.0.lock()
            && let Some(heard) = heard.as_mut()
        {
            heard.push(statement.clone());
        }
    }

    /// Begins to listen.
    pub fn listen(&self) {
        if let Ok(mut heard) = self.0.lock() {
            *heard = Some(Vec::new());
        }
    }

    /// What was heard since; nobody listens any more.
    pub fn take(&self) -> Vec<Statement> {
        let mut heard = self.0.lock().ok();
        heard
            .as_mut()
            .and_then(|heard| heard.take())
            .unwrap_or_default()
    }
}

/// Asks what was heard of reading once more, on one connection and as of one moment, as the store does.
///
/// # Errors
/// Whatever the database says.
pub async fn read_again(db: &DatabaseConnection, heard: &[Statement]) -> Result<usize, DbErr> {
    let mut rows = 0;
    let tx = db.begin().await?;
    for statement in heard {
        rows += tx.query_all_raw(statement.clone()).await?.len();
    }
    tx.commit().await?;
    Ok(rows)
}

/// Whether a statement writes into this table, or into any.
pub fn writes(statement: &Statement, table: Option<&str>) -> bool {
    let sql = statement.sql.trim_start();
    match table {
        Some(table) => {
            let rest = sql.strip_prefix("INSERT INTO ").unwrap_or_default();
            let name = rest.split([' ', '(']).next().unwrap_or_default();
            name.trim_matches('"') == table
        }
        None => ["INSERT", "UPDATE", "DELETE", "WITH"]
            .iter()
            .any(|verb| sql.starts_with(verb)),
    }
}
