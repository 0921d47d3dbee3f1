//! The people whom clients send.

use super::row::{self, Brief};
use crate::{
    Store, client,
    find::sql::Sql,
    key::Key,
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn},
    stored,
    vault::purpose,
};
use portfolio::{
    french::searchable,
    ids::{EnrolmentId, FirmId, MobilityId, Scope, WorkerId},
    journal::{About, Entry, What},
    mobility::{
        self,
        form::{BusinessForm, WorkerForm},
        life::State,
        request::{ClientOf, Colleagues, Person, Worker, WorkerRow},
        situation::Earlier,
    },
    nir::Nir,
    ports::REVEALED,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use uuid::Uuid;

const TABLE: &str = "worker";

#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    enrolment_id: Uuid,
    masked: String,
    last_name: String,
    first_names: String,
    form: String,
}

impl Read {
    fn shown(self) -> Answer<Worker> {
        Ok(Worker {
            id: WorkerId(self.id),
            form: serde_json::from_str(&self.form).map_err(|_| refused(TABLE, self.id))?,
            last_name: self.last_name,
            first_names: self.first_names,
            nir: self.masked,
        })
    }
}

fn select(db: &impl ConnectionTrait, firm: FirmId) -> Sql {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT id, enrolment_id, masked, last_name, first_names, form FROM worker WHERE firm_id = ",
    )
    .value(firm.0);
    sql
}

/// Somebody of the firm's clients, and of which one.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: WorkerId,
) -> Answer<Option<(EnrolmentId, Worker)>> {
    let mut sql = select(db, firm);
    sql.push(" AND id = ").value(id.0);
    let found = sql.read::<Read>(db, "people").await?.into_iter().next();
    found
        .map(|read| Ok((EnrolmentId(read.enrolment_id), read.shown()?)))
        .transpose()
}

/// A client of the firm as requests name it, and whether it may ask: it has the service and has not ended.
pub(super) async fn client_of(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<Option<(ClientOf, bool)>> {
    let enrolment = scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("enrolments")?;
    let Some(enrolment) = enrolment else {
        return Ok(None);
    };
    let key = &enrolment.holder_key;
    let holder = crate::entity::holder::Entity::find_by_id(key)
        .one(db)
        .await
        .or_outage("holders")?
        .ok_or_else(|| refused("enrolment", id))?;
    let client = ClientOf {
        id,
        name: holder.name,
        held: stored::held(key, "enrolment", id)?,
    };
    let open = enrolment.ended_at.is_none() && serves(db, id.0).await?;
    Ok(Some((client, open)))
}

/// Whether an enrolment has the service.
pub(super) async fn serves(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<bool> {
    let services = client::services(db, enrolment).await?;
    Ok(mobility::serves(&services))
}

/// See [`portfolio::ports::Mobility::workers`].
pub(super) async fn of_client(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<Option<Colleagues>> {
    let Some((client, open)) = client_of(db, scope, id).await? else {
        return Ok(None);
    };
    let mut sql = select(db, scope.firm);
    sql.push(" AND enrolment_id = ")
        .value(id.0)
        .push(" ORDER BY name_key, id");
    let people = sql.read::<Read>(db, "people").await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    row::of_firm(&mut sql, scope.firm)
        .push(" AND r.enrolment_id = ")
        .value(id.0)
        .push(" ORDER BY r.changed_at DESC, r.id DESC");
    let requests = sql.read::<Brief>(db, "requests").await?;
    let of = |worker: Option<Uuid>| -> Answer<Vec<_>> {
        let its = requests
            .iter()
            .filter(|request| request.worker_id == worker);
        its.map(Brief::shown).collect()
    };
    let workers: Answer<Vec<_>> = people
        .into_iter()
        .map(|read| {
            Ok(WorkerRow {
                requests: of(Some(read.id))?,
                worker: read.shown()?,
            })
        })
        .collect();
    Ok(Some(Colleagues {
        workers: workers?,
        nobodys: of(None)?,
        business: business(db, &client).await?,
        client,
        open,
    }))
}

/// A client's business, as a new request starts from: its name and the first establishment of the registry.
pub(super) async fn business(db: &impl ConnectionTrait, client: &ClientOf) -> Answer<BusinessForm> {
    let accounts = crate::accounts::of_holder(db, &client.held.key()).await?;
    let first = accounts
        .shown
        .iter()
        .find_map(|account| account.siret.as_ref());
    Ok(BusinessForm {
        siret: first.map(ToString::to_string).unwrap_or_default(),
        name: client.name.clone(),
        ..BusinessForm::default()
    })
}

/// Keeps somebody of a client, new or known by the number; the person's id.
pub(super) async fn keep(
    store: &Store,
    db: &impl ConnectionTrait,
    firm: FirmId,
    enrolment: Uuid,
    nir: &Nir,
    form: &WorkerForm,
    now: Timestamp,
) -> Answer<Uuid> {
    let digest = store.key().worker(nir).to_vec();
    let mut sql = Sql::new(db);
    sql.push(
        "INSERT INTO worker (id, firm_id, enrolment_id, nir, masked, last_name, first_names, name_key, nationality, birth_date, \
         form, created_at) VALUES (",
    )
    .value(stored::new_id(now))
    .push(", ")
    .value(firm.0)
    .push(", ")
    .value(enrolment)
    .push(", ")
    .value(digest.clone())
    .push(", ")
    .value(nir.masked())
    .push(", '', '', '', '', '', '{}', ")
    .value(now.0)
    .push(") ON CONFLICT (enrolment_id, nir) DO NOTHING");
    sql.run(db, "adding somebody").await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM worker WHERE enrolment_id = ")
        .value(enrolment)
        .push(" AND nir = ")
        .value(digest);
    sql.lock("UPDATE");
    let id = sql.column(db, "people").await?.first().copied();
    let id = id.ok_or_else(|| refused(TABLE, enrolment))?;
    fill(db, firm, id, form).await?;
    let number = nir.expose().as_bytes();
    store.seal(db, purpose::NIR, id, number).await?;
    Ok(id)
}

/// Makes what somebody is found by anew, of a number that was just opened. Whoever stands in the client's list under the new digest
/// already stays as well: requests of both go on.
pub(crate) async fn counted_anew(
    db: &impl ConnectionTrait,
    key: &Key,
    id: Uuid,
    number: &[u8],
) -> Answer<()> {
    let nir = std::str::from_utf8(number).ok();
    let nir = nir.and_then(|number| Nir::parse(number).ok());
    let nir = nir.ok_or_else(|| refused(TABLE, id))?;
    let digest = key.worker(&nir).to_vec();
    let mut sql = Sql::new(db);
    sql.push("UPDATE worker SET nir = ")
        .value(digest.clone())
        .push(" WHERE id = ")
        .value(id)
        .push(" AND NOT EXISTS (SELECT 1 FROM worker w WHERE w.enrolment_id = worker.enrolment_id AND w.nir = ")
        .value(digest)
        .push(")");
    sql.run(db, "counting people anew").await?;
    Ok(())
}

/// Takes over what was answered last of somebody.
pub(super) async fn fill(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: Uuid,
    form: &WorkerForm,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("UPDATE worker SET last_name = ")
        .value(form.last_name.trim())
        .push(", first_names = ")
        .value(form.first_names.trim())
        .push(", name_key = ")
        .value(searchable(&format!(
            "{} {}",
            form.last_name, form.first_names
        )))
        .push(", nationality = ")
        .value(form.nationality.clone())
        .push(", birth_date = ")
        .value(form.birth_date.clone())
        .push(", form = ")
        .value(row::written(form)?)
        .push(" WHERE firm_id = ")
        .value(firm.0)
        .push(" AND id = ")
        .value(id);
    sql.run(db, "changing somebody").await?;
    Ok(())
}

/// Forgets somebody for whom no request is left.
pub(super) async fn forget(
    store: &Store,
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: Uuid,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("DELETE FROM worker WHERE firm_id = ")
        .value(firm.0)
        .push(" AND id = ")
        .value(id)
        .push(" AND NOT EXISTS (SELECT 1 FROM mobility_request r WHERE r.worker_id = worker.id)");
    if sql.run(db, "forgetting somebody").await? > 0 {
        store.unbox(db, purpose::NIR, id).await?;
    }
    Ok(())
}

/// See [`portfolio::ports::Mobility::reveal`]; and what the journal is to say of it.
pub(super) async fn reveal(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: WorkerId,
    now: Timestamp,
) -> Answer<Option<(Nir, Entry)>> {
    let Some((client, _)) = one(db, scope.firm, id).await? else {
        return Ok(None);
    };
    let nir = unsealed(store, db, id.0).await?;
    grant(store, db, scope.member.0, id, now).await?;
    let what = What::NirRevealed {
        worker: id,
        officer: None,
    };
    Ok(Some((
        nir,
        Entry::by(scope, what).about(About::Client(client)),
    )))
}

/// Has somebody's number shown for some minutes to whoever asked for it: a member, or an officer.
pub(super) async fn grant(
    store: &Store,
    db: &impl ConnectionTrait,
    to: Uuid,
    id: WorkerId,
    now: Timestamp,
) -> Answer<()> {
    let until = now.plus(REVEALED);
    let text = granted(id, until);
    store
        .seal_until(db, purpose::REVEALED, to, text.as_bytes(), until)
        .await
}

/// What is sealed for a member who has asked for somebody's number.
fn granted(id: WorkerId, until: Timestamp) -> String {
    format!("{id} {}", until.0)
}

/// Whether a member or an officer has asked for somebody's number a short while ago.
pub(super) async fn is_granted(
    store: &Store,
    db: &impl ConnectionTrait,
    to: Uuid,
    id: WorkerId,
    now: Timestamp,
) -> Answer<bool> {
    let text = store.unseal(db, purpose::REVEALED, to).await?;
    let until = text.and_then(|text| {
        let (of, until) = std::str::from_utf8(&text).ok()?.split_once(' ')?;
        let until = until.parse().ok()?;
        (of == id.to_string()).then_some(Timestamp(until))
    });
    Ok(until.is_some_and(|until| until > now))
}

/// See [`portfolio::ports::Mobility::person`].
pub(super) async fn person(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: WorkerId,
    now: Timestamp,
) -> Answer<Option<Person>> {
    let Some((client, _)) = one(db, scope.firm, id).await? else {
        return Ok(None);
    };
    let Some(people) = of_client(db, scope, client).await? else {
        return Ok(None);
    };
    let row = people.workers.into_iter().find(|row| row.worker.id == id);
    let shown = if is_granted(store, db, scope.member.0, id, now).await? {
        Some(unsealed(store, db, id.0).await?.shown())
    } else {
        None
    };
    Ok(row.map(|row| Person {
        client: people.client,
        open: people.open,
        row,
        shown,
    }))
}

/// The number of somebody.
pub(super) async fn unsealed(store: &Store, db: &impl ConnectionTrait, id: Uuid) -> Answer<Nir> {
    let text = store.unseal(db, purpose::NIR, id).await?;
    let text = text.ok_or_else(|| refused(TABLE, id))?;
    let text = std::str::from_utf8(&text).map_err(|_| refused(TABLE, id))?;
    Nir::parse(text).map_err(|_| refused(TABLE, id))
}

#[derive(FromQueryResult)]
struct Known {
    nir: Vec<u8>,
    masked: String,
}

/// The digest and the mask of somebody's number.
pub(super) async fn number(db: &impl ConnectionTrait, id: Uuid) -> Answer<(Vec<u8>, String)> {
    let mut sql = Sql::new(db);
    sql.push("SELECT nir, masked FROM worker WHERE id = ")
        .value(id);
    let found = sql.read::<Known>(db, "people").await?.into_iter().next();
    let known = found.ok_or_else(|| refused(TABLE, id))?;
    Ok((known.nir, known.masked))
}

/// Holds a person's rows, of whichever firm, until the transaction ends: two requests that are sent at once see each other.
pub(super) async fn hold(db: &impl ConnectionTrait, nir: &[u8]) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM worker WHERE nir = ")
        .value(nir.to_vec())
        .push(" ORDER BY id");
    sql.lock("UPDATE");
    sql.column(db, "people").await?;
    Ok(())
}

/// Another request of a person.
pub(super) struct Other {
    pub id: MobilityId,
    pub firm: FirmId,
    pub state: State,
    pub earlier: Earlier,
}

/// The requests in force of a person, one apart, whichever firm made them.
pub(super) async fn others(db: &impl ConnectionTrait, nir: &[u8], but: Uuid) -> Answer<Vec<Other>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    row::of_body(&mut sql)
        .push(" AND r.worker_id IN (SELECT id FROM worker WHERE nir = ")
        .value(nir.to_vec())
        .push(") AND r.id <> ")
        .value(but)
        .push(" ORDER BY r.id");
    let mut others = Vec::new();
    for brief in sql.read::<Brief>(db, "requests").await? {
        let state = brief.state()?;
        if let (true, Some(earlier)) = (state.in_force(), brief.earlier()?) {
            others.push(Other {
                id: MobilityId(brief.id),
                firm: FirmId(brief.firm_id),
                state,
                earlier,
            });
        }
    }
    Ok(others)
}
