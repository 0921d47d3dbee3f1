//! « Gérer les établissements »: one page of a firm's clients.

use crate::{
    accounts,
    entity::holder,
    event, order,
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn, EnrolmentRelation},
    stored,
};
use portfolio::{
    client::{Accounts, Happening, Listing, Row, Saved, Total},
    ids::{EnrolmentId, FirmId, Scope},
    search::Search,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select, SelectModel, Selector,
    sea_query::{Alias, Expr, Func, Query, WindowStatement},
};
use uuid::Uuid;

/// See [`portfolio::ports::Portfolio::list`].
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
) -> Answer<Listing> {
    let firm = scope.firm;
    let managed = scoped::in_force(firm)
        .count(db)
        .await
        .or_outage("counting clients")?;
    let matching = order::matching(&search.text);
    let clients = with_holder(scoped::in_force(firm));
    let (clients, total) = match matching {
        None => (clients, managed),
        Some(condition) => {
            let clients = clients.filter(condition);
            let total = clients
                .clone()
                .count(db)
                .await
                .or_outage("counting clients")?;
            (clients, total)
        }
    };
    let asked = match search.show.or(search.saved) {
        Some(id) => page_of(db, clients.clone(), search, id).await?,
        None => None,
    };
    let last = total.div_ceil(size(search)).max(1);
    let page = asked.unwrap_or(search.page).clamp(1, last);
    let rows = rows(db, clients, search, page).await?;
    Ok(Listing {
        rows,
        total: Total::Exactly(total),
        managed,
        page: Some(page),
        before: page > 1,
        after: page < last,
        opened: match search.open {
            Some(id) => opened(db, firm, id).await?,
            None => None,
        },
        saved: match search.saved {
            Some(id) => last_event(db, firm, id, false).await?,
            None => None,
        },
        ended: match search.ended {
            Some(id) => last_event(db, firm, id, true).await?,
            None => None,
        },
    })
}

/// Clients a page; a search made by hand may hold nought.
fn size(search: &Search) -> u64 {
    search.size.max(1)
}

fn with_holder<E: EntityTrait>(enrolments: Select<E>) -> Select<E> {
    enrolments.join(JoinType::InnerJoin, EnrolmentRelation::Holder.def())
}

#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    holder_key: String,
    version: i32,
    changed_at: i64,
    name: String,
    kind: String,
    state: i32,
    services: i64,
}

impl Read {
    fn row(self) -> Answer<Row> {
        let key = &self.holder_key;
        Ok(Row {
            id: EnrolmentId(self.id),
            held: stored::held(key, "enrolment", self.id)?,
            kind: stored::kind(&self.kind, "holder", key)?,
            state: stored::state(self.state, "holder", key)?,
            services: u32::try_from(self.services).unwrap_or_default(),
            changed_at: Timestamp(self.changed_at),
            added_at: Timestamp(self.changed_at),
            own: portfolio::client::Own::default(),
            favourite: false,
            name: self.name,
        })
    }
}

fn read<E: EntityTrait>(clients: Select<E>) -> Selector<SelectModel<Read>> {
    clients
        .select_only()
        .columns([
            EnrolmentColumn::Id,
            EnrolmentColumn::HolderKey,
            EnrolmentColumn::Version,
            EnrolmentColumn::ChangedAt,
        ])
        .columns([
            holder::Column::Name,
            holder::Column::Kind,
            holder::Column::State,
        ])
        .expr_as(order::services(), "services")
        .into_model()
}

async fn rows<E: EntityTrait>(
    db: &impl ConnectionTrait,
    clients: Select<E>,
    search: &Search,
    page: u64,
) -> Answer<Vec<Row>> {
    let mut clients = clients
        .limit(size(search))
        .offset((page - 1).saturating_mul(size(search)));
    for (expression, direction) in order::order(search) {
        clients = clients.order_by(expression, direction);
    }
    let read = read(clients).all(db).await.or_outage("clients")?;
    read.into_iter().map(Read::row).collect()
}

/// The page that a client stands on; `None` when it is not among those listed.
async fn page_of<E: EntityTrait>(
    db: &impl ConnectionTrait,
    clients: Select<E>,
    search: &Search,
    id: EnrolmentId,
) -> Answer<Option<u64>> {
    use sea_orm::ExprTrait;
    let mut window = WindowStatement::new();
    for (expression, direction) in order::order(search) {
        window.order_by_expr(expression, direction);
    }
    let (places, client, place) = (
        Alias::new("places"),
        Alias::new("client"),
        Alias::new("place"),
    );
    let mut ranked = clients
        .select_only()
        .column_as(EnrolmentColumn::Id, "client")
        .into_query();
    ranked.expr_window_as(Func::cust("ROW_NUMBER"), window, place.clone());
    let query = Query::select()
        .column(place)
        .from_subquery(ranked, places)
        .and_where(Expr::col(client).eq(id.0))
        .to_owned();
    let found = db
        .query_one(&query)
        .await
        .or_outage("the place of a client")?;
    let place: Option<i64> = found
        .map(|row| row.try_get("", "place"))
        .transpose()
        .or_outage("the place of a client")?;
    Ok(place.map(|place| stored::count(place).div_ceil(size(search))))
}

async fn opened(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: EnrolmentId,
) -> Answer<Option<(EnrolmentId, Accounts)>> {
    let found = scoped::enrolments(firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("enrolments")?;
    match found {
        Some(enrolment) => {
            let accounts = accounts::of_holder(db, &enrolment.holder_key).await?;
            Ok(Some((id, accounts)))
        }
        None => Ok(None),
    }
}

/// The last thing that happened to a client of the firm, if it is its end, or if it is not: an address must not announce what did
/// not happen.
async fn last_event(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: EnrolmentId,
    the_end: bool,
) -> Answer<Option<Saved>> {
    let client = with_holder(scoped::enrolments(firm)).filter(EnrolmentColumn::Id.eq(id.0));
    let Some(found) = read(client).one(db).await.or_outage("clients")? else {
        return Ok(None);
    };
    let last = event::of_version(db, id.0, found.version).await?;
    let row = found.row()?;
    let last = last.filter(|event| (event.what == Happening::Ended) == the_end);
    Ok(last.map(|last| Saved {
        id,
        name: row.name,
        held: row.held,
        last,
    }))
}
