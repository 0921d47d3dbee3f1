//! A request as its row: read, locked, written.

use crate::{
    find::sql::Sql,
    outage::{Answer, OrOutage, outage, refused},
    stored,
};
use portfolio::{
    ids::{EnrolmentId, FirmId, MemberId, MobilityId},
    mobility::{
        code::VerificationCode,
        country::Country,
        day::{Day, Period},
        decision::{Certificate, Decision},
        form::Journey,
        life::{Happened, State},
        request::{Answers, Certified, ClientOf, RequestRow},
        situation::Earlier,
    },
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub(super) const TABLE: &str = "mobility_request";

/// What a list shows of a request.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Brief {
    pub id: Uuid,
    pub firm_id: Uuid,
    pub enrolment_id: Uuid,
    pub worker_id: Option<Uuid>,
    pub journey: String,
    pub state: String,
    pub version: i32,
    pub who: String,
    pub countries: String,
    pub first_day: Option<String>,
    pub last_planned: Option<String>,
    pub certificate: Option<String>,
    pub certified_from: Option<String>,
    pub certified_until: Option<String>,
    pub last_day: Option<String>,
    pub changed_at: i64,
    pub submitted_at: Option<i64>,
    pub client_name: String,
    pub holder_key: String,
    pub client_ended_at: Option<i64>,
}

/// Its columns.
pub(super) const BRIEF: &str = "r.id, r.firm_id, r.enrolment_id, r.worker_id, r.journey, r.state, r.version, r.who, r.countries, \
    r.first_day, r.last_planned, r.certificate, r.certified_from, r.certified_until, r.last_day, r.changed_at, r.submitted_at, \
    h.name AS client_name, e.holder_key, e.ended_at AS client_ended_at";

/// What a list does not show.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Rest {
    pub answers: String,
    pub decision: Option<String>,
    pub number: Option<String>,
    pub code: Option<String>,
    pub decided_at: Option<i64>,
    pub decided_by: Option<Uuid>,
}

const REST: &str = ", r.answers, r.decision, r.number, r.code, r.decided_at, r.decided_by";

/// One request, whole.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub brief: Brief,
    pub rest: Rest,
}

/// Adds the requests of a firm: ` FROM … WHERE …`. Requests of a firm are read in no other way.
pub(super) fn of_firm(sql: &mut Sql, firm: FirmId) -> &mut Sql {
    joined(sql).push(" WHERE r.firm_id = ").value(firm.0)
}

/// Adds the requests that the body sees: those that were sent, of every firm.
pub(super) fn of_body(sql: &mut Sql) -> &mut Sql {
    joined(sql)
        .push(" WHERE r.state <> ")
        .value(State::Draft.code())
}

fn joined(sql: &mut Sql) -> &mut Sql {
    sql.push(
        " FROM mobility_request r JOIN enrolment e ON e.id = r.enrolment_id JOIN holder h ON h.key = e.holder_key",
    )
}

/// Where a request is read from.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    Firm(FirmId),
    Body,
}

/// One request; locked until the transaction ends when it is to be changed.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    whose: Whose,
    id: MobilityId,
    lock: bool,
) -> Answer<Option<Row>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(BRIEF).push(REST);
    match whose {
        Whose::Firm(firm) => of_firm(&mut sql, firm),
        Whose::Body => of_body(&mut sql),
    };
    sql.push(" AND r.id = ").value(id.0);
    if lock {
        sql.lock("UPDATE OF r");
    }
    let rows = sql.all(db, "requests").await?;
    rows.first()
        .map(|row| {
            Ok(Row {
                brief: Brief::from_query_result(row, "")?,
                rest: Rest::from_query_result(row, "")?,
            })
        })
        .transpose()
        .or_outage("requests")
}

/// JSON of a column.
pub(super) fn read<T: DeserializeOwned>(text: &str, id: Uuid) -> Answer<T> {
    serde_json::from_str(text).map_err(|_| refused(TABLE, id))
}

/// JSON for a column.
pub(super) fn written<T: Serialize>(value: &T) -> Answer<String> {
    serde_json::to_string(value)
        .map_err(|error| outage("writing a request", &DbErr::Json(error.to_string())))
}

fn day(text: Option<&String>, id: Uuid) -> Answer<Option<Day>> {
    text.map(|text| Day::try_from(text.clone()).map_err(|_| refused(TABLE, id)))
        .transpose()
}

fn period(from: Option<Day>, until: Option<Day>) -> Option<Period> {
    let (start, end) = (from?, until?);
    (start <= end).then_some(Period { start, end })
}

/// Countries as one text column holds them.
pub(super) fn codes(countries: &[Country]) -> String {
    if countries.is_empty() {
        return String::new();
    }
    let codes: Vec<_> = countries.iter().map(|country| country.code()).collect();
    format!(",{},", codes.join(","))
}

/// Countries of one text column.
pub(super) fn countries(codes: &str, id: Uuid) -> Answer<Vec<Country>> {
    codes
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| Country::of(code).ok_or_else(|| refused(TABLE, id)))
        .collect()
}

/// The word of a kind of request.
pub(super) fn journey(code: &str, id: Uuid) -> Answer<Journey> {
    Journey::ALL
        .into_iter()
        .find(|journey| journey.code() == code)
        .ok_or_else(|| refused(TABLE, id))
}

impl Brief {
    pub fn state(&self) -> Answer<State> {
        State::from_code(&self.state).ok_or_else(|| refused(TABLE, self.id))
    }

    pub fn client(&self) -> Answer<ClientOf> {
        Ok(ClientOf {
            id: EnrolmentId(self.enrolment_id),
            name: self.client_name.clone(),
            held: stored::held(&self.holder_key, TABLE, self.id)?,
        })
    }

    pub fn certificate(&self) -> Answer<Option<Certificate>> {
        let code = self.certificate.as_deref();
        code.map(|code| Certificate::from_code(code).ok_or_else(|| refused(TABLE, self.id)))
            .transpose()
    }

    /// The days of the certificate, as they were granted.
    pub fn certified(&self) -> Answer<Option<Period>> {
        Ok(period(
            day(self.certified_from.as_ref(), self.id)?,
            day(self.certified_until.as_ref(), self.id)?,
        ))
    }

    /// The last day of a mission that was cut short.
    pub fn last_day(&self) -> Answer<Option<Day>> {
        day(self.last_day.as_ref(), self.id)
    }

    /// The days abroad: certified and cut short, or asked for.
    pub fn days(&self) -> Answer<Option<Period>> {
        if let Some(certified) = self.certified()? {
            let end = self.last_day()?.unwrap_or(certified.end);
            return Ok(Some(Period { end, ..certified }));
        }
        Ok(period(
            day(self.first_day.as_ref(), self.id)?,
            day(self.last_planned.as_ref(), self.id)?,
        ))
    }

    /// As another request of the person, once its days are known.
    pub fn earlier(&self) -> Answer<Option<Earlier>> {
        let Some(period) = self.days()? else {
            return Ok(None);
        };
        Ok(Some(Earlier {
            countries: countries(&self.countries, self.id)?,
            period,
            several: journey(&self.journey, self.id)? == Journey::Several,
        }))
    }

    pub fn shown(&self) -> Answer<RequestRow> {
        Ok(RequestRow {
            id: MobilityId(self.id),
            client: self.client()?,
            who: self.who.clone(),
            journey: journey(&self.journey, self.id)?,
            state: self.state()?,
            countries: countries(&self.countries, self.id)?,
            period: self.days()?,
            certificate: self.certificate()?,
            changed_at: Timestamp(self.changed_at),
        })
    }
}

impl Row {
    pub fn answers(&self) -> Answer<Answers> {
        read(&self.rest.answers, self.brief.id)
    }

    pub fn decision(&self) -> Answer<Option<Decision>> {
        let text = self.rest.decision.as_deref();
        text.map(|text| read(text, self.brief.id)).transpose()
    }

    /// The certificate, once it was granted.
    pub fn certificate(&self) -> Answer<Option<Certified>> {
        let wrong = || refused(TABLE, self.brief.id);
        let (Some(number), Some(code)) = (&self.rest.number, &self.rest.code) else {
            return Ok(None);
        };
        Ok(Some(Certified {
            kind: self.brief.certificate()?.ok_or_else(wrong)?,
            number: number.clone(),
            code: VerificationCode::parse(code).map_err(|_| wrong())?,
            period: self.brief.certified()?.ok_or_else(wrong)?,
            at: Timestamp(self.rest.decided_at.ok_or_else(wrong)?),
            automatic: self.rest.decided_by.is_none(),
        }))
    }
}

/// Writes down what happened to a request.
pub(super) async fn record(
    db: &impl ConnectionTrait,
    id: Uuid,
    by: Option<MemberId>,
    now: Timestamp,
    what: &Happened,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COALESCE(MAX(seq), 0) + 0 FROM mobility_event WHERE request_id = ")
        .value(id);
    // The request is locked, so that nobody adds another one meanwhile.
    let rows = sql.all(db, "history of a request").await?;
    let last: i32 = rows
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("history of a request")?
        .unwrap_or_default();
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO mobility_event (request_id, seq, at, member_id, detail) VALUES (")
        .value(id)
        .push(", ")
        .value(last + 1)
        .push(", ")
        .value(now.0)
        .push(", ")
        .value(by.map(|by| by.0))
        .push(", ")
        .value(written(what)?)
        .push(")");
    sql.run(db, "writing the history of a request").await?;
    Ok(())
}
