//! The accounts of a holder, as pages show them.

use crate::{
    entity::account::{Column, Entity, Model},
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{
    account_number::AccountNumber,
    client::{Account, Accounts},
    siret::Siret,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

const TABLE: &str = "account of holder";
/// How many accounts a page shows of one client.
const SHOWN: u64 = 100;

/// The first accounts of a holder by Siret, those without one last, and how many there are.
pub(crate) async fn of_holder(db: &impl ConnectionTrait, holder_key: &str) -> Answer<Accounts> {
    let all = Entity::find().filter(Column::HolderKey.eq(holder_key));
    let rows = all
        .clone()
        // The two engines place NULL at different ends.
        .order_by(Column::Siret.is_null(), Order::Asc)
        .order_by_asc(Column::Siret)
        .order_by_asc(Column::AccountNumber)
        .limit(SHOWN)
        .all(db)
        .await
        .or_outage("accounts")?;
    let found = u64::try_from(rows.len()).unwrap_or(SHOWN);
    let total = if found < SHOWN {
        found
    } else {
        all.count(db).await.or_outage("accounts")?
    };
    Ok(Accounts {
        shown: rows.into_iter().map(shown).collect::<Answer<_>>()?,
        total,
    })
}

/// An account number is half of a proof: a broken row is named by its holder.
fn shown(row: Model) -> Answer<Account> {
    let refuse = || refused(TABLE, &row.holder_key);
    Ok(Account {
        number: AccountNumber::parse(&row.account_number).map_err(|_| refuse())?,
        siret: row
            .siret
            .as_deref()
            .map(Siret::stored)
            .transpose()
            .map_err(|_| refuse())?,
        organism: row.organism.clone(),
        state: stored::state(row.state, TABLE, &row.holder_key)?,
        name: row.name,
    })
}
