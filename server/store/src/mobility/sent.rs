//! A request that is sent, and what the firm does to it afterwards.

use super::{
    row::{self, Row, Whose, written},
    worker,
};
use crate::{
    find::sql::Sql,
    outage::{Answer, refused},
};
use portfolio::{
    ids::{EnrolmentId, MemberId, MobilityId, OfficerId, Scope},
    journal::{About, Entry, What},
    mobility::{
        code::VerificationCode,
        day::{Day, Period},
        decision::{Certificate, Decision, Outcome},
        form::Of,
        life::{Act, Happened, State},
        situation::Earlier,
    },
    ports::{Change, Outage, Stepped, Submitted},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// See [`portfolio::ports::Mobility::submit`]; and what the journal is to say of it.
///
/// A request of another firm for the same person and days is nobody's business here: it makes an examination of this one, and says
/// nothing.
pub(super) async fn submit(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
    now: Timestamp,
) -> Answer<(Option<Submitted>, Vec<Entry>)> {
    let only = |answer| Ok((answer, Vec::new()));
    let Some(id) = of.request else {
        return only(None);
    };
    let Some(found) = row::one(db, Whose::Firm(scope.firm), id, true).await? else {
        return only(None);
    };
    let (brief, state) = (&found.brief, found.brief.state()?);
    if state != State::Draft {
        return only(Some(Submitted::NotNow(state)));
    }
    if brief.version != of.version {
        let version = brief.version;
        return only(Some(Submitted::Stale { version }));
    }
    if brief.client_ended_at.is_some() || !worker::serves(db, brief.enrolment_id).await? {
        return only(Some(Submitted::NoService));
    }
    let answers = found.answers()?;
    let (Some(person), true) = (brief.worker_id, answers.is_whole()) else {
        return only(Some(Submitted::NotWhole));
    };
    let (nir, _) = worker::number(db, person).await?;
    worker::hold(db, &nir).await?;
    let others = worker::others(db, &nir, brief.id).await?;
    let asked = answers.period();
    let mut clash = false;
    let mut earlier: Vec<Earlier> = Vec::new();
    for other in others {
        if other.firm == scope.firm {
            earlier.push(other.earlier);
        } else {
            clash |= asked.is_some_and(|days| days.overlaps(other.earlier.period));
        }
    }
    let decision = answers.decide(&earlier, Day::of(now));
    let outcome = match decision.outcome() {
        Outcome::Granted if clash => Outcome::Examination,
        outcome => outcome,
    };
    let Some(to) = state.after(Act::Submit(outcome)) else {
        let refused = match outcome {
            Outcome::Impossible => Submitted::Impossible(Box::new(decision)),
            _ => Submitted::NotWhole,
        };
        return only(Some(refused));
    };
    let mut sql = Sql::new(db);
    sql.push("UPDATE mobility_request SET version = version + 1, state = ")
        .value(to.code())
        .push(", decision = ")
        .value(written(&decision)?)
        .push(", certificate = ")
        .value(decision.certificate.map(Certificate::code))
        .push(", submitted_at = ")
        .value(now.0)
        .push(", submitted_by = ")
        .value(scope.member.0)
        .push(", changed_at = ")
        .value(now.0);
    put(db, sql, brief.id, brief.version).await?;
    let mut told = vec![Happened::Submitted];
    if to == State::Granted {
        let days = certified(&decision, asked).ok_or_else(|| refused(row::TABLE, id))?;
        let kind = decision
            .certificate
            .ok_or_else(|| refused(row::TABLE, id))?;
        certify(db, brief.id, kind, days, None, now).await?;
        told.push(Happened::Granted { by: None });
    } else {
        told.push(Happened::Examined);
    }
    let mut entries = Vec::new();
    for what in told {
        // What the rules do is the body's, not the member's.
        let by = (!what.by_body()).then_some(scope.member);
        entries.push(happened(db, &found, scope, by, what, now).await?);
    }
    Ok((Some(Submitted::Done(to)), entries))
}

/// The days that a certificate covers: those that were asked for, as far as it can go.
fn certified(decision: &Decision, asked: Option<Period>) -> Option<Period> {
    let asked = asked?;
    let end = decision
        .latest_end
        .map_or(asked.end, |latest| latest.min(asked.end));
    (asked.start <= end).then_some(Period { end, ..asked })
}

/// Makes the certificate of a request that is locked: number, code, days.
pub(super) async fn certify(
    db: &impl ConnectionTrait,
    id: Uuid,
    kind: Certificate,
    days: Period,
    by: Option<OfficerId>,
    now: Timestamp,
) -> Answer<()> {
    let code = VerificationCode::from_random(random()?);
    let number = new_number(db, now).await?;
    let mut sql = Sql::new(db);
    sql.push("UPDATE mobility_request SET certificate = ")
        .value(kind.code())
        .push(", number = ")
        .value(number)
        .push(", code = ")
        .value(code.as_str())
        .push(", certified_from = ")
        .value(days.start.iso())
        .push(", certified_until = ")
        .value(days.end.iso())
        .push(", decided_at = ")
        .value(now.0)
        .push(", decided_by = ")
        .value(by.map(|by| by.0))
        .push(" WHERE id = ")
        .value(id);
    match sql.run(db, "granting a request").await? {
        1 => Ok(()),
        _ => Err(refused(row::TABLE, id)),
    }
}

/// A number that no certificate has: the year, and ten digits that tell nothing of how many there are.
async fn new_number(db: &impl ConnectionTrait, now: Timestamp) -> Answer<String> {
    loop {
        let random = u64::from_be_bytes(random()?) % 10_000_000_000;
        let number = format!("{}-{random:010}", &Day::of(now).iso()[..4]);
        let mut sql = Sql::new(db);
        sql.push("SELECT COUNT(*) FROM mobility_request WHERE number = ")
            .value(number.clone());
        if sql.number(db, "numbers of certificates").await? == 0 {
            return Ok(number);
        }
    }
}

fn random<const N: usize>() -> Answer<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
    Ok(bytes)
}

/// Carries an update out that has come to its `WHERE`, on a request that is locked.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    mut sql: Sql,
    id: Uuid,
    version: i32,
) -> Answer<()> {
    sql.push(" WHERE id = ")
        .value(id)
        .push(" AND version = ")
        .value(version);
    match sql.run(db, "changing a request").await? {
        1 => Ok(()),
        _ => Err(refused(row::TABLE, id)),
    }
}

/// Writes down what happened; and what the journal is to say of it.
async fn happened(
    db: &impl ConnectionTrait,
    found: &Row,
    scope: &Scope,
    by: Option<MemberId>,
    what: Happened,
    now: Timestamp,
) -> Answer<Entry> {
    let brief = &found.brief;
    row::record(db, brief.id, by, now, &what).await?;
    let id = MobilityId(brief.id);
    let entry = Entry::by(scope, What::Mobility { id, what });
    Ok(Entry { by, ..entry }.about(About::Client(EnrolmentId(brief.enrolment_id))))
}

/// See [`portfolio::ports::Mobility::act_on_request`]; and what the journal is to say of it.
pub(super) async fn act(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
    act: &Change,
    now: Timestamp,
) -> Answer<(Option<Stepped>, Option<Entry>)> {
    let only = |answer| Ok((answer, None));
    let Some(id) = of.request else {
        return only(None);
    };
    let Some(found) = row::one(db, Whose::Firm(scope.firm), id, true).await? else {
        return only(None);
    };
    let (brief, state) = (&found.brief, found.brief.state()?);
    if brief.version != of.version {
        let version = brief.version;
        return only(Some(Stepped::Stale { version }));
    }
    let (step, what, last_day) = match act {
        Change::Withdraw(reason) => {
            let reason = reason.clone();
            (Act::Withdraw, Happened::Withdrawn { reason }, None)
        }
        Change::Answer(answer) => {
            let answer = answer.clone();
            (Act::Answer, Happened::Answered { answer }, None)
        }
        Change::EndEarly(last_day, reason) => {
            let (last_day, reason) = (*last_day, reason.clone());
            let what = Happened::EndedEarly { last_day, reason };
            (Act::EndEarly, what, Some(last_day))
        }
    };
    let Some(to) = state.after(step) else {
        return only(Some(Stepped::NotNow(state)));
    };
    if let Some(last_day) = last_day {
        let days = brief.certified()?.ok_or_else(|| refused(row::TABLE, id))?;
        if last_day < days.start || last_day >= days.end {
            return only(Some(Stepped::NotCovered(days)));
        }
    }
    let mut sql = Sql::new(db);
    sql.push("UPDATE mobility_request SET version = version + 1, state = ")
        .value(to.code())
        .push(", last_day = ")
        .value(last_day.map(Day::iso))
        .push(", changed_at = ")
        .value(now.0);
    put(db, sql, brief.id, brief.version).await?;
    let entry = happened(db, &found, scope, Some(scope.member), what, now).await?;
    Ok((Some(Stepped::Done), Some(entry)))
}
