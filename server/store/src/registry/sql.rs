//! The statements of the import, the same text on both engines. Values are bound, never written into them.

use super::read::{BATCH, Ready};
use crate::{
    index,
    outage::{Answer, OrOutage},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use std::{fmt::Write, sync::LazyLock};

/// One import at a time, as on SQLite; reading goes on.
pub(super) const PREPARE_POSTGRES: &str = "LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE";
/// 128 MiB of the writer's pages in memory: rows come in no order of any index, and each page would be written many times.
pub(super) const PREPARE_SQLITE: &str = "PRAGMA cache_size = -131072";
pub(super) const COUNT_ACCOUNTS: &str = "SELECT COUNT(*) FROM account";
pub(super) const COUNT_HOLDERS: &str = "SELECT COUNT(*) FROM holder";

/// The columns of an account, its key first.
const COLUMNS: [&str; 15] = [
    "account_number",
    "kind",
    "holder_key",
    "siren",
    "siret",
    "name",
    "search",
    "organism",
    "state",
    "secret_digest",
    "last_period",
    "email",
    "up_to_date",
    "headcount",
    "payroll",
];

/// A full batch's statement, always the same text, so that the engine reads it once.
static FULL_SQLITE: LazyLock<String> = LazyLock::new(|| statement(DbBackend::Sqlite, BATCH));
static FULL_POSTGRES: LazyLock<String> = LazyLock::new(|| statement(DbBackend::Postgres, BATCH));

/// Writes accounts that are new or known otherwise; how many these were.
pub(super) async fn upsert(db: &impl ConnectionTrait, batch: Vec<Ready>) -> Answer<u64> {
    let engine = db.get_database_backend();
    let sql = match (engine, batch.len()) {
        (DbBackend::Sqlite, BATCH) => FULL_SQLITE.clone(),
        (DbBackend::Postgres, BATCH) => FULL_POSTGRES.clone(),
        (engine, rows) => statement(engine, rows),
    };
    let mut values = Vec::with_capacity(batch.len() * COLUMNS.len());
    for ready in batch {
        values.extend(bound(ready));
    }
    let statement = Statement::from_sql_and_values(engine, sql, values);
    let done = db
        .execute_raw(statement)
        .await
        .or_outage("writing accounts")?;
    Ok(done.rows_affected())
}

/// A row that stands there just so is not written again, and not counted.
///
/// Places of values are `$1`, `$2`, … on PostgreSQL. SQLite reads these too, but seeks such a name among all the others for each value,
/// thousands of times as slowly as it counts plain `?`.
fn statement(engine: DbBackend, rows: usize) -> String {
    let mut sql = format!("INSERT INTO account ({}) VALUES ", COLUMNS.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..COLUMNS.len() {
            let comma = if column == 0 { "" } else { ", " };
            let place = row * COLUMNS.len() + column + 1;
            sql.push_str(comma);
            if engine == DbBackend::Postgres {
                write!(sql, "${place}").expect("writing to a string never fails");
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
    let others = &COLUMNS[1..];
    let each = |prefix: &str| {
        let names: Vec<_> = others
            .iter()
            .map(|column| format!("{prefix}.{column}"))
            .collect();
        names.join(", ")
    };
    let set: Vec<_> = others
        .iter()
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    write!(
        sql,
        " ON CONFLICT (account_number) DO UPDATE SET {} WHERE ({}) IS DISTINCT FROM ({})",
        set.join(", "),
        each("account"),
        each("excluded"),
    )
    .expect("writing to a string never fails");
    sql
}

/// The values of one row, in the order of [`COLUMNS`].
fn bound(ready: Ready) -> [Value; COLUMNS.len()] {
    let Ready {
        row,
        search,
        digest,
    } = ready;
    let siren = match &row.held.holder {
        portfolio::holder::Holder::Siren(siren) => Some(siren.as_str().to_owned()),
        portfolio::holder::Holder::Account(_) => None,
    };
    [
        row.number.as_str().into(),
        row.kind.code().into(),
        row.held.key().into(),
        siren.into(),
        row.siret.map(String::from).into(),
        row.name.into(),
        search.into(),
        row.organism.into(),
        row.state.code().into(),
        digest.map(Vec::from).into(),
        row.last_period.into(),
        row.email.into(),
        row.up_to_date.into(),
        row.headcount.into(),
        row.payroll.into(),
    ]
}

/// Draws holders from accounts, in this order.
///
/// The name is that of the account with the smallest Siret; an account without one comes last (`~` follows every digit). A
/// self-employed person with accounts of both kinds is a TI (`MAX` of the codes AE and TI). `found` and `organisms`: see the migration.
pub(super) const HOLDERS: [&str; 3] = [
    "INSERT INTO holder (key, scheme, siren, account_number, number, kind, name, search, state, accounts, organisms, headcount, found) \
     SELECT g.holder_key, CASE g.kind WHEN 'EMP' THEN 'RG' ELSE 'TI' END, a.siren, \
            CASE WHEN a.siren IS NULL THEN a.account_number END, COALESCE(a.siren, a.account_number), \
            g.kind, a.name, a.search, g.state, g.accounts, ',' || g.organisms || ',', g.headcount, \
            {name} || COALESCE('  ' || a.siren, '') || CASE WHEN g.accounts <= {most} THEN g.numbers ELSE '' END \
     FROM (SELECT holder_key, MAX(kind) AS kind, MIN(state) AS state, COUNT(*) AS accounts, \
                  MIN(COALESCE(siret, '~') || account_number) AS first, {organisms} AS organisms, SUM(headcount) AS headcount, \
                  string_agg(COALESCE('  ' || siret, '') || '  ' || lower(account_number), '' \
                      ORDER BY COALESCE(siret, '~'), account_number) AS numbers \
           FROM account GROUP BY holder_key) AS g \
     JOIN account AS a ON a.holder_key = g.holder_key AND COALESCE(a.siret, '~') || a.account_number = g.first \
     WHERE true \
     ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, name = excluded.name, search = excluded.search, \
         state = excluded.state, accounts = excluded.accounts, organisms = excluded.organisms, headcount = excluded.headcount, found = excluded.found \
     WHERE (holder.kind, holder.name, holder.search, holder.state, holder.accounts, holder.organisms, holder.headcount, holder.found) \
         IS DISTINCT FROM (excluded.kind, excluded.name, excluded.search, excluded.state, excluded.accounts, excluded.organisms, \
             excluded.headcount, excluded.found)",
    // A holder whose last account went to another: forgotten where nobody refers to it, else shown as *radié*, without accounts.
    "DELETE FROM holder \
     WHERE NOT EXISTS (SELECT 1 FROM account WHERE account.holder_key = holder.key) \
       AND NOT EXISTS (SELECT 1 FROM enrolment WHERE enrolment.holder_key = holder.key) \
       AND NOT EXISTS (SELECT 1 FROM enrolment_draft WHERE enrolment_draft.proven_holder_key = holder.key)",
    "UPDATE holder SET state = 3, accounts = 0, organisms = ',', \
         found = {own name} || '  ' || COALESCE(siren, lower(number)) \
     WHERE accounts <> 0 AND NOT EXISTS (SELECT 1 FROM account WHERE account.holder_key = holder.key)",
];

/// A statement of [`HOLDERS`] in the words of an engine.
pub(super) fn holders(statement: &str, engine: DbBackend) -> String {
    let organisms = match engine {
        DbBackend::Postgres => "string_agg(DISTINCT organism, ',' ORDER BY organism)",
        _ => "group_concat(DISTINCT organism ORDER BY organism)",
    };
    statement
        .replace("{name}", &index::words("a.search"))
        .replace("{own name}", &index::words("search"))
        .replace("{most}", &index::MOST_NUMBERS.to_string())
        .replace("{organisms}", organisms)
}
