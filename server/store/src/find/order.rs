//! The orders of the list. Each is total: it ends with the enrolment's id. From the last to the first is the whole order turned round,
//! so that one index serves both.

use super::sql::{Index, Sql};
use crate::{
    index::AS_DRAWN,
    outage::{Answer, OrOutage},
};
use portfolio::{
    ids::{EnrolmentId, FirmId},
    search::Sort,
};
use sea_orm::{ConnectionTrait, QueryResult, Value};

/// One order.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// The index that has clients in it.
    pub index: &'static str,
    /// What it compares, the enrolment's id after it.
    columns: &'static [Column],
}

#[derive(Clone, Copy)]
enum Column {
    Text(&'static str),
    Number(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Text(name) | Self::Number(name) => name,
        }
    }
}

/// Where a client stands in an order.
#[derive(Clone)]
pub(crate) struct Key(Vec<Value>);

/// The order of a column.
pub(crate) const fn of(sort: Sort) -> Order {
    use Column::{Number, Text};
    let (index, columns): (_, &'static [Column]) = match sort {
        Sort::Name => ("client_by_name", &[Text("name_key")]),
        Sort::Identifier => ("client_by_number", &[Text("number")]),
        Sort::Scheme => ("client_by_scheme", &[Text("scheme"), Text("name_key")]),
        Sort::State => ("client_by_state", &[Number("state"), Text("name_key")]),
        Sort::Services => (
            "client_by_services",
            &[Number("services"), Text("name_key")],
        ),
        Sort::Changed => ("client_by_changed", &[Number("changed_at")]),
        Sort::Added => ("client_by_added", &[Number("created_at")]),
        Sort::InCharge => (
            "client_by_charge",
            &[Text("in_charge_key"), Text("name_key")],
        ),
        Sort::Reference => (
            "client_by_reference",
            &[Text("reference_key"), Text("name_key")],
        ),
    };
    Order { index, columns }
}

impl Order {
    fn names(self) -> impl Iterator<Item = &'static str> {
        let own = self.columns.iter().map(|column| column.name());
        own.chain(["enrolment_id"])
    }

    /// Adds the columns that it compares, each as text or number, under the names `k0`, `k1`, …
    pub fn push_keys(self, sql: &mut Sql) {
        for (place, column) in self.columns.iter().enumerate() {
            let name = column.name();
            // The two engines have numbers of several widths.
            let as_read = match column {
                Column::Text(_) => format!(", {name} AS k{place}"),
                Column::Number(_) => format!(", CAST({name} AS BIGINT) AS k{place}"),
            };
            sql.push(&as_read);
        }
    }

    /// The key in a row that has its columns.
    pub fn key(self, row: &QueryResult) -> Result<Key, sea_orm::DbErr> {
        let mut values = Vec::with_capacity(self.columns.len() + 1);
        for (place, column) in self.columns.iter().enumerate() {
            let name = format!("k{place}");
            values.push(match column {
                Column::Text(_) => Value::from(row.try_get::<String>("", &name)?),
                Column::Number(_) => Value::from(row.try_get::<i64>("", &name)?),
            });
        }
        values.push(Value::from(row.try_get::<uuid::Uuid>("", "enrolment_id")?));
        Ok(Key(values))
    }

    /// Adds a condition: beyond a key, or before it; `with` the client that it is of, or without.
    pub fn push_beyond(self, sql: &mut Sql, key: &Key, greater: bool, with: bool) {
        let columns: Vec<_> = self.names().map(|name| format!("client.{name}")).collect();
        let sign = match (greater, with) {
            (true, false) => ">",
            (true, true) => ">=",
            (false, false) => "<",
            (false, true) => "<=",
        };
        sql.push(&format!(" AND ({}) {sign} (", columns.join(", ")));
        for (place, value) in key.0.iter().enumerate() {
            sql.push(if place > 0 { ", " } else { "" })
                .value(value.clone());
        }
        sql.push(")");
    }

    /// Adds the order itself.
    pub fn push_order(self, sql: &mut Sql, descending: bool) {
        let end = if descending { " DESC" } else { "" };
        let columns: Vec<_> = self
            .names()
            .map(|name| format!("client.{name}{end}"))
            .collect();
        sql.push(&format!(" ORDER BY {}", columns.join(", ")));
    }

    /// Where a client stands, or stood before it ended; `None` when the firm never had it.
    pub async fn key_of(
        self,
        db: &impl ConnectionTrait,
        firm: FirmId,
        id: EnrolmentId,
    ) -> Answer<Option<Key>> {
        let mut sql = Sql::new(db);
        sql.push("SELECT enrolment_id");
        self.push_keys(&mut sql);
        sql.push(" FROM ")
            .clients(firm, Index::Named("client_of_enrolment"))
            .push(" AND client.enrolment_id = ")
            .value(id.0);
        match self.read(db, sql).await? {
            Some(key) => Ok(Some(key)),
            None => self.key_of_ended(db, firm, id).await,
        }
    }

    async fn read(self, db: &impl ConnectionTrait, sql: Sql) -> Answer<Option<Key>> {
        let rows = sql.all(db, "the place of a client").await?;
        let key = rows.first().map(|row| self.key(row)).transpose();
        key.or_outage("the place of a client")
    }

    async fn key_of_ended(
        self,
        db: &impl ConnectionTrait,
        firm: FirmId,
        id: EnrolmentId,
    ) -> Answer<Option<Key>> {
        let mut sql = Sql::new(db);
        sql.push("SELECT enrolment_id");
        self.push_keys(&mut sql);
        sql.push(" FROM (")
            .push(&AS_DRAWN)
            .push(" WHERE e.firm_id = ");
        sql.value(firm.0)
            .push(" AND e.id = ")
            .value(id.0)
            .push(") d");
        self.read(db, sql).await
    }

    /// Whether it is the order of names.
    pub fn is_of_names(self) -> bool {
        self.index == "client_by_name"
    }
}
