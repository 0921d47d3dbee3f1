//! For `make bench` alone: what the store asks of its database, and a whole portfolio drawn at once.

use crate::{
    Store, index,
    outage::{Answer, OrOutage},
    store::commit,
};
use portfolio::{ids::FirmId, ports::Outage};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

impl Store {
    /// From now on tells of every statement with values that is carried out.
    pub fn observe(&mut self, tell: impl Fn(&Statement) + Clone + Send + Sync + 'static) {
        for connection in self.connections() {
            let tell = tell.clone();
            connection.set_metric_callback(move |info| tell(info.statement));
        }
    }

    /// Draws all clients of a firm that has none drawn. The indexes are made anew afterwards: a million rows take their places in
    /// fifteen of them much faster so than one after the other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn draw_all(&self, firm: FirmId) -> Result<(), Outage> {
        let tx = self.write().await?;
        let indexes = indexes(&tx).await?;
        for (name, _) in &indexes {
            run(&tx, &format!("DROP INDEX {name}")).await?;
        }
        index::draw_all(&tx, firm).await?;
        for (_, sql) in &indexes {
            run(&tx, sql).await?;
        }
        commit(tx).await
    }
}

/// The indexes of `client`, and how each is made.
async fn indexes(tx: &DatabaseTransaction) -> Answer<Vec<(String, String)>> {
    let what = "indexes of clients";
    let engine = tx.get_database_backend();
    let sql = match engine {
        DbBackend::Postgres => {
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'client' AND indexname <> 'client_pkey'"
        }
        _ => {
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'client' AND sql IS NOT NULL"
        }
    };
    let rows = tx
        .query_all_raw(Statement::from_string(engine, sql))
        .await
        .or_outage(what)?;
    rows.iter()
        .map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
        .collect::<Result<_, sea_orm::DbErr>>()
        .or_outage(what)
}

async fn run(tx: &DatabaseTransaction, sql: &str) -> Answer<()> {
    tx.execute_unprepared(sql)
        .await
        .or_outage("drawing clients")?;
    Ok(())
}
