//! What a client is told of the requests that a firm made for it.

use super::row;
use crate::{find::sql::Sql, outage::Answer};
use portfolio::{
    holding::{By, Deed, Done},
    ids::EnrolmentId,
    mobility::life::Happened,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    at: i64,
    member_id: Option<Uuid>,
    who: String,
    countries: String,
    detail: String,
}

/// The latest steps of the requests of one enrolment, which the client may see: whoever asks has looked. A draft is the firm's own
/// business, and a request that was never sent has no step here.
pub(crate) async fn of_mandate(
    db: &impl ConnectionTrait,
    mandate: EnrolmentId,
    most: u64,
) -> Answer<Vec<Deed>> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT r.id, v.at, v.member_id, r.who, r.countries, v.detail FROM mobility_event v \
         JOIN mobility_request r ON r.id = v.request_id WHERE r.enrolment_id = ",
    )
    .value(mandate.0);
    // It is examined from when it was sent on, which says enough.
    for quiet in [Happened::Begun, Happened::Examined] {
        sql.push(" AND v.detail <> ").value(row::written(&quiet)?);
    }
    sql.push(&format!(
        " ORDER BY v.at DESC, v.request_id DESC, v.seq DESC LIMIT {most}"
    ));
    let events = sql.read::<Read>(db, "history of requests").await?;
    events
        .into_iter()
        .map(|event| {
            let what: Happened = row::read(&event.detail, event.id)?;
            let by = match event.member_id {
                Some(_) if !what.by_body() => By::Firm,
                _ => By::Body,
            };
            Ok(Deed {
                at: Timestamp(event.at),
                by,
                what: Done::Abroad {
                    who: event.who,
                    countries: row::countries(&event.countries, event.id)?,
                    what: what.milestone(),
                },
            })
        })
        .collect()
}
