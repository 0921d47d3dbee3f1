//! A statement and its values in step, and the one door to the table of clients: it names the firm.

use crate::outage::{Answer, OrOutage};
use portfolio::ids::FirmId;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};
use uuid::Uuid;

/// How SQLite is to look clients up. PostgreSQL decides for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// As it likes.
    Any,
    /// By their places.
    Place,
    /// By this index.
    Named(&'static str),
}

/// A statement that is being written.
pub(crate) struct Sql {
    engine: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// An empty one.
    pub fn new(db: &impl ConnectionTrait) -> Self {
        Self {
            engine: db.get_database_backend(),
            text: String::new(),
            values: Vec::new(),
        }
    }

    /// Whether it is for PostgreSQL.
    pub fn postgres(&self) -> bool {
        self.engine == DbBackend::Postgres
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a value, and the place of it.
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        let place = self.place(value);
        self.push(&place)
    }

    /// Takes a value, and tells its place.
    pub fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// Adds `client WHERE firm_id = …`: clients are read in no other way.
    pub fn clients(&mut self, firm: FirmId, by: Index) -> &mut Self {
        self.push("client");
        match by {
            Index::Place if !self.postgres() => {
                self.push(" NOT INDEXED");
            }
            Index::Named(index) if !self.postgres() => {
                self.push(" INDEXED BY ").push(index);
            }
            _ => {}
        }
        self.push(" WHERE client.firm_id = ").value(firm.0)
    }

    /// Adds a list of ids in one value, so that the statement's text does not depend on how many there are.
    pub fn ids(&mut self, ids: impl IntoIterator<Item = Uuid>) -> &mut Self {
        if self.postgres() {
            let ids: Vec<_> = ids.into_iter().map(|id| id.to_string()).collect();
            self.push("(SELECT unnest(string_to_array(")
                .value(ids.join(","))
                .push(", ',')::uuid[]))")
        } else {
            let ids: Vec<_> = ids
                .into_iter()
                .map(|id| format!("\"{}\"", id.simple()))
                .collect();
            self.push("(SELECT unhex(value) FROM json_each(")
                .value(format!("[{}]", ids.join(",")))
                .push("))")
        }
    }

    /// Adds a list of places in one value.
    pub fn places(&mut self, places: &[i64]) -> &mut Self {
        let list: Vec<_> = places.iter().map(ToString::to_string).collect();
        let list = list.join(",");
        if self.postgres() {
            self.push("(SELECT unnest(string_to_array(")
                .value(list)
                .push(", ',')::bigint[]))")
        } else {
            self.push("(SELECT value FROM json_each(")
                .value(format!("[{list}]"))
                .push("))")
        }
    }

    fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.engine, self.text, self.values)
    }

    /// Its rows.
    pub async fn all(
        self,
        db: &impl ConnectionTrait,
        what: &'static str,
    ) -> Answer<Vec<QueryResult>> {
        db.query_all_raw(self.statement()).await.or_outage(what)
    }

    /// Its rows, read as `T`.
    pub async fn read<T: FromQueryResult>(
        self,
        db: &impl ConnectionTrait,
        what: &'static str,
    ) -> Answer<Vec<T>> {
        let rows = self.all(db, what).await?;
        rows.iter()
            .map(|row| T::from_query_result(row, ""))
            .collect::<Result<_, _>>()
            .or_outage(what)
    }

    /// Holds the rows that are read until the transaction ends; SQLite's writer holds everything.
    pub fn lock(&mut self, strength: &str) {
        if self.postgres() {
            self.push(" FOR ").push(strength);
        }
    }

    /// The ids in its only column.
    pub async fn column(self, db: &impl ConnectionTrait, what: &'static str) -> Answer<Vec<Uuid>> {
        let rows = self.all(db, what).await?;
        rows.iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<_, _>>()
            .or_outage(what)
    }

    /// The number in its only row.
    pub async fn number(self, db: &impl ConnectionTrait, what: &'static str) -> Answer<u64> {
        let row = db.query_one_raw(self.statement()).await.or_outage(what)?;
        let number: Option<i64> = row
            .map(|row| row.try_get_by_index(0))
            .transpose()
            .or_outage(what)?;
        Ok(crate::stored::count(number.unwrap_or_default()))
    }

    /// Carries it out.
    pub async fn run(self, db: &impl ConnectionTrait, what: &'static str) -> Answer<u64> {
        let done = db.execute_raw(self.statement()).await.or_outage(what)?;
        Ok(done.rows_affected())
    }
}
