//! A request that is being filled in.

use super::{
    row::{self, Row, Whose, written},
    worker,
};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, refused},
    stored,
};
use portfolio::{
    french::searchable,
    ids::{EnrolmentId, MobilityId, Scope},
    journal::{About, Entry, What},
    mobility::{
        batch,
        day::Day,
        form::{DependantDraft, Journey, JourneyDraft, Of},
        life::{Happened, State},
        request::{Answers, ClientOf, Filled, Part},
    },
    ports::{Started, Stepped},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// See [`portfolio::ports::Mobility::begin_request`]; and what the journal is to say of it.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft: &JourneyDraft,
    now: Timestamp,
) -> Answer<(Option<Started>, Option<Entry>)> {
    let only = |answer| Ok((answer, None));
    let Some(of) = draft.of else {
        return only(None);
    };
    let Some((client, open)) = worker::client_of(db, scope, of).await? else {
        return only(None);
    };
    if !open {
        let gone = !worker::serves(db, of.0).await?;
        let why = if gone {
            Started::NoService
        } else {
            Started::Ended
        };
        return only(Some(why));
    }
    let mut answers = Answers::begun(draft);
    let mut person = None;
    if let Some(id) = draft.worker {
        match worker::one(db, scope.firm, id).await? {
            Some((at, known)) if at == of => {
                answers.worker = Some(known.form);
                person = Some(id.0);
            }
            _ => return only(Some(Started::NoSuchWorker)),
        }
    }
    let id = stored::new_id(now);
    insert(db, scope, of, id, &answers, person, now).await?;
    row::record(db, id, Some(scope.member), now, &Happened::Begun).await?;
    save(db, scope, id, 1, &answers, person, &client.name, now).await?;
    let id = MobilityId(id);
    let what = What::Mobility {
        id,
        what: Happened::Begun,
    };
    let entry = Entry::by(scope, what).about(About::Client(of));
    Ok((Some(Started::Draft(id)), Some(entry)))
}

/// Begins a request with everything that a line of a file answers; and what the journal is to say of it.
pub(super) async fn begin_with(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    client: &ClientOf,
    draft: &batch::Draft,
    now: Timestamp,
) -> Answer<Entry> {
    let answers = draft.answers();
    let person = match &answers.worker {
        Some(form) => {
            let of = client.id.0;
            Some(worker::keep(store, db, scope.firm, of, draft.nir(), form, now).await?)
        }
        None => None,
    };
    let id = stored::new_id(now);
    insert(db, scope, client.id, id, answers, person, now).await?;
    row::record(db, id, Some(scope.member), now, &Happened::Begun).await?;
    save(db, scope, id, 1, answers, person, &client.name, now).await?;
    let (id, what) = (MobilityId(id), Happened::Begun);
    let entry = Entry::by(scope, What::Mobility { id, what });
    Ok(entry.about(About::Client(client.id)))
}

/// See [`portfolio::ports::Mobility::turn`].
pub(super) async fn turn(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
    journey: Journey,
    now: Timestamp,
) -> Answer<Option<Stepped>> {
    amend(db, scope, of, now, |answers| answers.turn(journey)).await
}

async fn insert(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: EnrolmentId,
    id: Uuid,
    answers: &Answers,
    person: Option<Uuid>,
    now: Timestamp,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push(
        "INSERT INTO mobility_request (id, firm_id, enrolment_id, worker_id, journey, state, version, answers, who, search, \
         countries, created_at, created_by, changed_at) VALUES (",
    )
    .value(id)
    .push(", ")
    .value(scope.firm.0)
    .push(", ")
    .value(of.0)
    .push(", ")
    .value(person)
    .push(", ")
    .value(answers.journey.code())
    .push(", ")
    .value(State::Draft.code())
    .push(", 0, ")
    .value(written(answers)?)
    .push(", '', '', '', ")
    .value(now.0)
    .push(", ")
    .value(scope.member.0)
    .push(", ")
    .value(now.0)
    .push(")");
    sql.run(db, "beginning a request").await?;
    Ok(())
}

/// The draft at the version that a page showed, or why not.
async fn at_version(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
) -> Answer<Option<Result<Row, Stepped>>> {
    let Some(id) = of.request else {
        return Ok(None);
    };
    let Some(found) = row::one(db, Whose::Firm(scope.firm), id, true).await? else {
        return Ok(None);
    };
    let state = found.brief.state()?;
    if state != State::Draft {
        return Ok(Some(Err(Stepped::NotNow(state))));
    }
    let version = found.brief.version;
    if version != of.version {
        return Ok(Some(Err(Stepped::Stale { version })));
    }
    Ok(Some(Ok(found)))
}

/// Changes the answers of the draft at the version that a page showed; whom it is about stays.
async fn amend(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
    now: Timestamp,
    change: impl FnOnce(&mut Answers),
) -> Answer<Option<Stepped>> {
    let found = match at_version(db, scope, of).await? {
        None => return Ok(None),
        Some(Err(why)) => return Ok(Some(why)),
        Some(Ok(found)) => found,
    };
    let mut answers = found.answers()?;
    change(&mut answers);
    let brief = &found.brief;
    let (id, next, person) = (brief.id, brief.version + 1, brief.worker_id);
    save(
        db,
        scope,
        id,
        next,
        &answers,
        person,
        &brief.client_name,
        now,
    )
    .await?;
    Ok(Some(Stepped::Done))
}

/// See [`portfolio::ports::Mobility::keep_step`].
pub(super) async fn keep(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    step: &Filled,
    now: Timestamp,
) -> Answer<Option<Stepped>> {
    match at_version(db, scope, step.of()).await? {
        None => Ok(None),
        Some(Err(why)) => Ok(Some(why)),
        Some(Ok(found)) => take(store, db, scope, &found, step, now).await.map(Some),
    }
}

/// Puts a step into a draft that is locked.
async fn take(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    found: &Row,
    step: &Filled,
    now: Timestamp,
) -> Answer<Stepped> {
    let brief = &found.brief;
    let mut answers = found.answers()?;
    let mut person = brief.worker_id;
    if let Part::Worker(form) = step.part() {
        person = match (step.nir(), person) {
            (Some(nir), _) => {
                let of = brief.enrolment_id;
                Some(worker::keep(store, db, scope.firm, of, nir, form, now).await?)
            }
            (None, Some(known)) => {
                worker::fill(db, scope.firm, known, form).await?;
                Some(known)
            }
            (None, None) => return Ok(Stepped::NoNir),
        };
    }
    if let Part::Dependant(_) = step.part()
        && answers.dependants.len() >= DependantDraft::MOST
    {
        return Ok(Stepped::TooMany);
    }
    answers.put(step.part().clone());
    let (id, next) = (brief.id, brief.version + 1);
    save(
        db,
        scope,
        id,
        next,
        &answers,
        person,
        &brief.client_name,
        now,
    )
    .await?;
    if let (Some(before), true) = (brief.worker_id, brief.worker_id != person) {
        worker::forget(store, db, scope.firm, before).await?;
    }
    Ok(Stepped::Done)
}

/// See [`portfolio::ports::Mobility::drop_dependant`].
pub(super) async fn drop_dependant(
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
    place: usize,
    now: Timestamp,
) -> Answer<Option<Stepped>> {
    amend(db, scope, of, now, |answers| {
        if place < answers.dependants.len() {
            answers.dependants.remove(place);
        }
    })
    .await
}

/// See [`portfolio::ports::Mobility::discard`]; and what the journal is to say of it.
pub(super) async fn discard(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    of: Of,
) -> Answer<(Option<Stepped>, Option<Entry>)> {
    let found = match at_version(db, scope, of).await? {
        None => return Ok((None, None)),
        Some(Err(why)) => return Ok((Some(why), None)),
        Some(Ok(found)) => found.brief,
    };
    for (table, key) in [("mobility_event", "request_id"), ("mobility_request", "id")] {
        let mut sql = Sql::new(db);
        sql.push(&format!("DELETE FROM {table} WHERE {key} = "))
            .value(found.id);
        sql.run(db, "giving a request up").await?;
    }
    if let Some(person) = found.worker_id {
        worker::forget(store, db, scope.firm, person).await?;
    }
    let client = About::Client(EnrolmentId(found.enrolment_id));
    let entry = Entry::by(scope, What::MobilityDiscarded).about(client);
    Ok((Some(Stepped::Done), Some(entry)))
}

/// Writes the answers of a draft, and what lists read of them.
#[expect(clippy::too_many_arguments, reason = "a row's columns")]
async fn save(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
    version: i32,
    answers: &Answers,
    person: Option<Uuid>,
    client: &str,
    now: Timestamp,
) -> Answer<()> {
    let who = answers.who();
    let (start, end) = match answers.situation() {
        portfolio::mobility::situation::Situation::Posting(posting) => {
            (posting.start, posting.last_day())
        }
        portfolio::mobility::situation::Situation::Several(_) => {
            let period = answers.period();
            (period.map(|days| days.start), period.map(|days| days.end))
        }
    };
    let mut sql = Sql::new(db);
    sql.push("UPDATE mobility_request SET version = ")
        .value(version)
        .push(", journey = ")
        .value(answers.journey.code())
        .push(", answers = ")
        .value(written(answers)?)
        .push(", worker_id = ")
        .value(person)
        .push(", search = ")
        .value(searchable(&format!("{who} {client}")))
        .push(", who = ")
        .value(who)
        .push(", countries = ")
        .value(row::codes(&answers.countries()))
        .push(", first_day = ")
        .value(start.map(Day::iso))
        .push(", last_planned = ")
        .value(end.map(Day::iso))
        .push(", changed_at = ")
        .value(now.0)
        .push(" WHERE firm_id = ")
        .value(scope.firm.0)
        .push(" AND id = ")
        .value(id)
        .push(" AND version = ")
        .value(version - 1);
    match sql.run(db, "keeping a request").await? {
        1 => Ok(()),
        _ => Err(refused(row::TABLE, id)),
    }
}
