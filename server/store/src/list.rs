//! « Gérer les établissements »: one page of a firm's clients.

use crate::{
    accounts, client,
    entity::holder,
    event, find,
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    client::{Accounts, Happening, Listing, Saved},
    ids::{EnrolmentId, FirmId, Scope},
    search::Search,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

/// See [`portfolio::ports::Portfolio::list`].
pub(crate) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
    now: Timestamp,
) -> Answer<Listing> {
    let firm = scope.firm;
    let found = find::find(db, scope, search, now).await?;
    Ok(Listing {
        rows: found.rows,
        total: found.total,
        managed: found.managed,
        page: found.page,
        before: found.before,
        after: found.after,
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

async fn opened(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: EnrolmentId,
) -> Answer<Option<(EnrolmentId, Accounts)>> {
    let found = scoped::in_force(firm)
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
    let found = scoped::enrolments(firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .find_also_related(holder::Entity)
        .one(db)
        .await
        .or_outage("clients")?;
    let Some((enrolment, Some(holder))) = found else {
        return Ok(None);
    };
    let last = event::of_version(db, id.0, enrolment.version).await?;
    let last = last.filter(|event| (event.what == Happening::Ended) == the_end);
    let held = stored::held(&enrolment.holder_key, "enrolment", id)?;
    Ok(last.map(|last| Saved {
        id,
        name: client::name(&enrolment, holder),
        held,
        last,
    }))
}
