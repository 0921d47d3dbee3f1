//! A request as pages show it, its certificate, and what a code confirms.

use super::{
    row::{self, Brief, Row, Whose},
    worker,
};
use crate::{
    find::sql::Sql,
    outage::{Answer, OrOutage},
};
use portfolio::{
    ids::{MobilityId, Scope, WorkerId},
    mobility::{
        code::VerificationCode,
        day::Day,
        request::{Event, Request},
        situation::Earlier,
    },
    ports::{CertificateFacts, Verified},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// See [`portfolio::ports::Mobility::request`].
pub(super) async fn request(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MobilityId,
    now: Timestamp,
) -> Answer<Option<Request>> {
    let Some(found) = row::one(db, Whose::Firm(scope.firm), id, false).await? else {
        return Ok(None);
    };
    let (mut earlier, mut nir) = (Vec::new(), None);
    if let Some(person) = found.brief.worker_id {
        let (digest, masked) = worker::number(db, person).await?;
        let others = worker::others(db, &digest, found.brief.id).await?;
        earlier.extend(
            others
                .into_iter()
                .filter(|other| other.firm == scope.firm)
                .map(|other| other.earlier),
        );
        nir = Some(masked);
    }
    let open = found.brief.client_ended_at.is_none()
        && worker::serves(db, found.brief.enrolment_id).await?;
    whole(db, &found, earlier, nir, open, now).await.map(Some)
}

/// A request with what was looked up for it.
pub(super) async fn whole(
    db: &impl ConnectionTrait,
    found: &Row,
    earlier: Vec<Earlier>,
    nir: Option<String>,
    open: bool,
    now: Timestamp,
) -> Answer<Request> {
    let brief = &found.brief;
    Ok(Request {
        id: MobilityId(brief.id),
        version: brief.version,
        state: brief.state()?,
        client: brief.client()?,
        open,
        worker: brief.worker_id.map(WorkerId),
        nir,
        answers: found.answers()?,
        earlier,
        decision: found.decision()?,
        certificate: found.certificate()?,
        submitted_at: brief.submitted_at.map(Timestamp),
        last_day: brief.last_day()?,
        history: history(db, brief.id).await?,
        today: Day::of(now),
    })
}

#[derive(FromQueryResult)]
struct Read {
    at: i64,
    by: Option<String>,
    detail: String,
}

async fn history(db: &impl ConnectionTrait, id: Uuid) -> Answer<Vec<Event>> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT v.at, m.name AS \"by\", v.detail FROM mobility_event v LEFT JOIN member m ON m.id = v.member_id \
         WHERE v.request_id = ",
    )
    .value(id)
    .push(" ORDER BY v.seq DESC");
    let events = sql.read::<Read>(db, "history of a request").await?;
    events
        .into_iter()
        .map(|event| {
            Ok(Event {
                at: Timestamp(event.at),
                by: event.by,
                what: row::read(&event.detail, id)?,
            })
        })
        .collect()
}

/// See [`portfolio::ports::Mobility::certificate`].
pub(super) async fn certificate(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: MobilityId,
) -> Answer<Option<CertificateFacts>> {
    let Some(found) = row::one(db, Whose::Firm(scope.firm), id, false).await? else {
        return Ok(None);
    };
    let brief = &found.brief;
    let (Some(certified), Some(decision), Some(person)) =
        (found.certificate()?, found.decision()?, brief.worker_id)
    else {
        return Ok(None);
    };
    let (_, nir) = worker::number(db, person).await?;
    Ok(Some(CertificateFacts {
        id,
        state: brief.state()?,
        last_day: brief.last_day()?,
        certified,
        client: brief.client()?,
        answers: found.answers()?,
        nir,
        decision,
        countries: row::countries(&brief.countries, brief.id)?,
    }))
}

/// See [`portfolio::ports::Verification::verify`].
pub(super) async fn verify(
    db: &impl ConnectionTrait,
    code: &VerificationCode,
) -> Answer<Option<Verified>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    row::of_body(&mut sql)
        .push(" AND r.code = ")
        .value(code.as_str());
    let rows = sql.all(db, "certificates").await?;
    let Some(found) = rows.first() else {
        return Ok(None);
    };
    let brief = Brief::from_query_result(found, "").or_outage("certificates")?;
    let Some(found) = row::one(db, Whose::Body, MobilityId(brief.id), false).await? else {
        return Ok(None);
    };
    let Some(certified) = found.certificate()? else {
        return Ok(None);
    };
    let state = brief.state()?;
    let answers = found.answers()?;
    Ok(Some(Verified {
        number: certified.number,
        kind: certified.kind,
        who: answers.initials(),
        countries: row::countries(&brief.countries, brief.id)?,
        period: certified.period,
        at: certified.at,
        last_day: brief.last_day()?,
        ended_at: (state != portfolio::mobility::life::State::Granted)
            .then_some(Timestamp(brief.changed_at)),
        state,
    }))
}
