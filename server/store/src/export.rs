//! The portfolio as a file: clients read some at a time along the order of names, all of them as they are at one moment.

use crate::{
    Store, bulk,
    find::{
        sql::{Index, Sql},
        wanted::Wanted,
    },
    journal::commit_with,
    outage::Answer,
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::OwnTold,
    ids::{BulkId, EnrolmentId, Scope},
    journal::{Entry, What},
    permission::Fresh,
    ports::{Exported, Exports, Outage, SheetPages},
    sheet::{Format, SheetRow},
    time::Timestamp,
};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use std::collections::BTreeSet;
use uuid::Uuid;

const TABLE: &str = "client";
/// Clients read at a time.
const READ: i64 = 1_000;
/// Between the names of labels while they are one text: no label holds it.
const BETWEEN: char = '\u{1f}';

#[async_trait::async_trait]
impl Exports for Store {
    async fn export_clients(
        &self,
        scope: &Fresh<Scope>,
        what: &Exported,
        format: Format,
        now: Timestamp,
    ) -> Result<Box<dyn SheetPages>, Outage> {
        let tx = self.read().await?;
        let which = match what {
            Exported::Selection => Some(Which::Selected),
            Exported::Found(search) => Wanted::read(&tx, scope, search, now)
                .await?
                .map(|wanted| Which::Found(Box::new(wanted))),
        };
        let pages = Pages {
            scope: Scope::clone(scope),
            which,
            services: ServiceCode::all().map(|code| (code, code.bit())).collect(),
            tx,
            after: None,
        };
        let exported = What::ClientsExported {
            clients: pages.count().await?,
            list: match what {
                Exported::Selection => None,
                Exported::Found(search) => Some(search.first_page().settled().query()),
            },
            format: format.label().to_owned(),
        };
        let writing = self.write().await?;
        let entry = Entry::by(scope, exported);
        commit_with(writing, self.key(), &[entry], now).await?;
        Ok(Box::new(pages))
    }

    async fn export_left(
        &self,
        scope: &Fresh<Scope>,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<u64>, Outage> {
        let tx = self.write().await?;
        let Some(clients) = bulk::left(&tx, scope, id).await? else {
            return Ok(None);
        };
        if clients > 0 {
            let entry = Entry::by(scope, What::LeftExported { clients });
            commit_with(tx, self.key(), &[entry], now).await?;
        }
        Ok(Some(clients))
    }
}

enum Which {
    Selected,
    Found(Box<Wanted>),
}

/// An export under way. Dropped, it ends.
struct Pages {
    tx: DatabaseTransaction,
    scope: Scope,
    /// None when nobody can be found.
    which: Option<Which>,
    services: Vec<(ServiceCode, i64)>,
    /// The place of the last client that was read.
    after: Option<(String, Uuid)>,
}

#[derive(FromQueryResult)]
struct Row {
    enrolment_id: Uuid,
    name_key: String,
    holder_key: String,
    name: String,
    kind: String,
    state: i32,
    organisms: String,
    service_mask: i64,
    reference: String,
    in_charge: Option<String>,
    labels: Option<String>,
    created_at: i64,
    changed_at: i64,
}

impl Pages {
    async fn count(&self) -> Answer<u64> {
        let Some(which) = &self.which else {
            return Ok(0);
        };
        let mut sql = Sql::new(&self.tx);
        sql.push("SELECT COUNT(*) FROM ")
            .clients(self.scope.firm, Index::Any);
        self.push(which, &mut sql);
        sql.number(&self.tx, "counting an export").await
    }

    fn push(&self, which: &Which, sql: &mut Sql) {
        match which {
            Which::Found(wanted) => wanted.push(sql),
            Which::Selected => {
                sql.push(
                    " AND EXISTS (SELECT 1 FROM selected s WHERE s.enrolment_id = client.enrolment_id AND s.member_id = ",
                )
                .value(self.scope.member.0)
                .push(")");
            }
        }
    }

    async fn read(&mut self) -> Answer<Vec<Row>> {
        let Some(which) = &self.which else {
            return Ok(Vec::new());
        };
        let mut sql = Sql::new(&self.tx);
        sql.push(
            "SELECT client.enrolment_id, client.name_key, client.holder_key, client.name, client.kind, client.state, client.organisms, \
             client.service_mask, client.reference, (SELECT m.name FROM member m WHERE m.id = client.in_charge) AS in_charge, \
             (SELECT string_agg(l.name, ",
        )
        .value(BETWEEN.to_string())
        .push(
            " ORDER BY l.key) FROM enrolment_label x JOIN label l ON l.id = x.label_id WHERE x.enrolment_id = client.enrolment_id) \
             AS labels, client.created_at, client.changed_at FROM ",
        )
        .clients(self.scope.firm, Index::Named("client_by_name"));
        if let Some((key, id)) = &self.after {
            sql.push(" AND (client.name_key, client.enrolment_id) > (")
                .value(key.as_str())
                .push(", ")
                .value(*id)
                .push(")");
        }
        self.push(which, &mut sql);
        sql.push(" ORDER BY client.name_key, client.enrolment_id LIMIT ")
            .value(READ);
        sql.read(&self.tx, "reading an export").await
    }

    fn row(&self, row: Row) -> Answer<SheetRow> {
        let id = EnrolmentId(row.enrolment_id);
        let services: BTreeSet<_> = self
            .services
            .iter()
            .filter(|(_, bit)| row.service_mask & bit != 0)
            .map(|(code, _)| *code)
            .collect();
        let labels = row.labels.unwrap_or_default();
        Ok(SheetRow {
            held: stored::held(&row.holder_key, TABLE, id)?,
            name: row.name,
            kind: stored::kind(&row.kind, TABLE, id)?,
            state: stored::state(row.state, TABLE, id)?,
            organisms: listed(&row.organisms, ','),
            services,
            own: OwnTold {
                reference: row.reference,
                labels: listed(&labels, BETWEEN),
                in_charge: row.in_charge,
            },
            added_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

fn listed(text: &str, between: char) -> Vec<String> {
    text.split(between)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[async_trait::async_trait]
impl SheetPages for Pages {
    async fn next(&mut self) -> Result<Vec<SheetRow>, Outage> {
        let rows = self.read().await?;
        match rows.last() {
            Some(last) => self.after = Some((last.name_key.clone(), last.enrolment_id)),
            // What was read to its end is not read again from its beginning.
            None if self.after.is_some() => self.which = None,
            None => {}
        }
        rows.into_iter().map(|row| self.row(row)).collect()
    }
}
