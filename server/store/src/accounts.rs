//! The accounts of a holder, as pages show them.

use crate::{
    entity::account::{Column, Entity, Model},
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{
    account_number::AccountNumber,
    client::{Account, Accounts, Numbered},
    siret::Siret,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = "account of holder";
/// How many accounts a page shows of one client.
const SHOWN: u64 = 100;
/// How many accounts are looked through for what the rows of a page were found by; a client beyond them is shown without a reason.
const MOST_NUMBERED: u64 = 1_000;

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

/// Of these holders the accounts whose numbers hold one of these words, which are plain letters and digits.
pub(crate) async fn numbered(
    db: &impl ConnectionTrait,
    holder_keys: impl IntoIterator<Item = String>,
    words: &BTreeSet<&str>,
) -> Answer<BTreeMap<String, Vec<Numbered>>> {
    let mut held = Condition::any();
    for word in words {
        // Numbers are stored with capitals.
        let word = word.to_uppercase();
        held = held
            .add(Column::AccountNumber.contains(&word))
            .add(Column::Siret.contains(&word));
        if let Ok(number) = AccountNumber::parse(&word) {
            held = held.add(Column::AccountNumber.eq(number.as_str()));
        }
    }
    let rows = Entity::find()
        .filter(Column::HolderKey.is_in(holder_keys))
        .filter(held)
        .order_by_asc(Column::AccountNumber)
        .limit(MOST_NUMBERED)
        .all(db)
        .await
        .or_outage("accounts")?;
    let mut numbered: BTreeMap<String, Vec<Numbered>> = BTreeMap::new();
    for row in rows {
        let key = row.holder_key.clone();
        let Account { siret, number, .. } = shown(row)?;
        let of_holder = numbered.entry(key).or_default();
        of_holder.push(Numbered { siret, number });
    }
    Ok(numbered)
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
