//! The firm's own fields of a client: reference, labels, who is in charge; and that its services were looked through.
//!
//! Locks are taken in one order: member, label, enrolment, holder, client.

use crate::{
    change,
    find::{rows, sql::Sql},
    index, label, mine,
    outage::{Answer, OrOutage, outage},
    scoped::Enrolment,
    stored,
};
use portfolio::{
    client::{Colleague, Event, Happening, Label, Own},
    finding::Choices,
    form::OwnDraft,
    french::searchable,
    ids::{EnrolmentId, FirmId, LabelId, MemberId, Scope},
    journal::{About, Entry, What},
    ports::{Outage, OwnKept},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many events a page shows.
const SHOWN: u64 = 200;

#[derive(FromQueryResult)]
struct Counted {
    id: Uuid,
    name: String,
    clients: i64,
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// See [`portfolio::ports::OwnFields::choices`].
pub(crate) async fn choices(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Choices> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT l.id, l.name, COUNT(c.place) AS clients FROM label l LEFT JOIN enrolment_label el ON el.label_id = l.id \
         LEFT JOIN client c ON c.enrolment_id = el.enrolment_id WHERE l.firm_id = ",
    )
    .value(scope.firm.0)
    .push(" GROUP BY l.id, l.name, l.key ORDER BY l.key, l.id");
    let labels = sql.read::<Counted>(db, "labels").await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name FROM member WHERE removed_at IS NULL AND firm_id = ")
        .value(scope.firm.0);
    let mut members: Vec<Colleague> = sql
        .read::<Named>(db, "members")
        .await?
        .into_iter()
        .map(|member| Colleague {
            id: MemberId(member.id),
            name: member.name,
        })
        .collect();
    members.sort_by_cached_key(|member| (searchable(&member.name), member.id));
    Ok(Choices {
        labels: labels
            .into_iter()
            .map(|label| {
                let clients = stored::count(label.clients);
                let id = LabelId(label.id);
                let name = label.name;
                (Label { id, name }, clients)
            })
            .collect(),
        members,
    })
}

/// See [`portfolio::ports::OwnFields::keep_own`]; and what the journal is to say of it.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft: &OwnDraft,
    now: Timestamp,
) -> Answer<(Option<OwnKept>, Vec<Entry>)> {
    let only = |kept| Ok((kept, Vec::new()));
    let Some(id) = draft.of else {
        return only(None);
    };
    let in_charge = match draft.in_charge {
        None => None,
        Some(member) => match colleague(db, scope.firm, member).await? {
            Some(colleague) => Some(colleague),
            None => return only(Some(OwnKept::MemberGone)),
        },
    };
    let mut entries = Vec::new();
    let Some(mut labels) = chosen(db, scope.firm, &draft.labels).await? else {
        return only(Some(OwnKept::LabelGone));
    };
    for name in &draft.new_labels {
        match label::make(db, scope.firm, name, now).await? {
            label::Made::New(id) => {
                labels.insert(id.0);
                entries.push(Entry::by(scope, What::LabelMade(name.clone())));
            }
            label::Made::Known(id) => {
                labels.insert(id.0);
            }
            label::Made::TooMany => return only(Some(OwnKept::TooManyLabels)),
        }
    }
    let Some(enrolment) = change::locked(db, scope, id).await? else {
        return only(None);
    };
    if let Some((at, by)) = change::ended(db, &enrolment).await? {
        return only(Some(OwnKept::Ended { by, at }));
    }
    if enrolment.own_version != draft.version {
        let version = enrolment.own_version;
        return only(Some(OwnKept::Stale { version }));
    }
    let before = own(db, &enrolment).await?;
    let reference = &draft.reference;
    let same = before.reference == *reference
        && before.in_charge.as_ref().map(|member| member.id) == draft.in_charge
        && before
            .labels
            .iter()
            .map(|label| label.id.0)
            .collect::<BTreeSet<_>>()
            == labels;
    if same {
        return Ok((Some(OwnKept::Done), entries));
    }
    put_labels(db, id, &labels).await?;
    put(db, scope.firm, &enrolment, reference, in_charge.as_ref()).await?;
    let after = Own {
        reference: reference.clone(),
        labels: labels_of(db, id.0).await?,
        in_charge,
    };
    let (before, after) = (before.told(), after.told());
    let version = enrolment.own_version + 1;
    let what = Happening::Own {
        before: before.clone(),
        after: after.clone(),
    };
    record(db, id, version, scope.member, now, &what).await?;
    index::write_own(db, scope.firm, &[id.0]).await?;
    index::draw(db, scope.firm, &[id.0]).await?;
    let changed = What::OwnChanged { before, after };
    entries.push(Entry::by(scope, changed).about(About::Client(id)));
    Ok((Some(OwnKept::Done), entries))
}

/// The own fields of an enrolment.
pub(crate) async fn own(db: &impl ConnectionTrait, enrolment: &Enrolment) -> Answer<Own> {
    let in_charge = match enrolment.in_charge {
        None => None,
        Some(id) => {
            let name = rows::names(db, [id].into()).await?.remove(&id);
            let id = MemberId(id);
            name.map(|name| Colleague { id, name })
        }
    };
    Ok(Own {
        reference: enrolment.reference.clone(),
        labels: labels_of(db, enrolment.id).await?,
        in_charge,
    })
}

async fn labels_of(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<Vec<Label>> {
    let labels = rows::labels(db, &[enrolment]).await?.remove(&enrolment);
    Ok(labels.unwrap_or_default())
}

#[derive(FromQueryResult)]
struct Happened {
    at: i64,
    by: String,
    detail: String,
}

/// What became of the own fields of an enrolment, latest first.
pub(crate) async fn history(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<Vec<Event>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT v.at, m.name AS \"by\", v.detail FROM own_event v JOIN member m ON m.id = v.\"by\" WHERE v.enrolment_id = ")
        .value(enrolment)
        .push(&format!(" ORDER BY v.version DESC LIMIT {SHOWN}"));
    let events = sql.read::<Happened>(db, "history").await?;
    events
        .into_iter()
        .map(|event| {
            Ok(Event {
                at: Timestamp(event.at),
                by: event.by,
                what: serde_json::from_str(&event.detail)
                    .map_err(|_| crate::outage::refused("own_event of enrolment", enrolment))?,
            })
        })
        .collect()
}

/// What becomes of a member's clients and lists when the member is removed: nobody is in charge, and nothing is kept.
pub(crate) async fn leave(db: &impl ConnectionTrait, firm: FirmId, member: MemberId) -> Answer<()> {
    mine::forget(db, member).await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM enrolment WHERE in_charge = ")
        .value(member.0)
        .push(" AND firm_id = ")
        .value(firm.0)
        .push(" ORDER BY id");
    sql.lock("UPDATE");
    let clients = sql.column(db, "clients of a member").await?;
    let mut sql = Sql::new(db);
    sql.push("UPDATE enrolment SET in_charge = NULL, in_charge_key = '', own_version = own_version + 1 WHERE in_charge = ")
        .value(member.0)
        .push(" AND firm_id = ")
        .value(firm.0);
    sql.run(db, "letting clients go").await?;
    index::draw(db, firm, &clients).await
}

/// A member of the firm who can be in charge, held until the transaction ends.
async fn colleague(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: MemberId,
) -> Answer<Option<Colleague>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT name FROM member WHERE removed_at IS NULL AND firm_id = ")
        .value(firm.0)
        .push(" AND id = ")
        .value(id.0);
    sql.lock("SHARE");
    let rows = sql.all(db, "members").await?;
    let name: Option<String> = rows
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("members")?;
    Ok(name.map(|name| Colleague { id, name }))
}

/// These labels, held until the transaction ends; `None` when one of them is not there.
async fn chosen(
    db: &impl ConnectionTrait,
    firm: FirmId,
    ids: &BTreeSet<LabelId>,
) -> Answer<Option<BTreeSet<Uuid>>> {
    if ids.is_empty() {
        return Ok(Some(BTreeSet::new()));
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM label WHERE firm_id = ")
        .value(firm.0)
        .push(" AND id IN ")
        .ids(ids.iter().map(|id| id.0))
        .push(" ORDER BY id");
    sql.lock("KEY SHARE");
    let found: Vec<Uuid> = sql.column(db, "labels").await?;
    Ok((found.len() == ids.len()).then(|| found.into_iter().collect()))
}

async fn put_labels(
    db: &impl ConnectionTrait,
    id: EnrolmentId,
    labels: &BTreeSet<Uuid>,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("DELETE FROM enrolment_label WHERE enrolment_id = ")
        .value(id.0);
    sql.run(db, "taking labels off").await?;
    if labels.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO enrolment_label (enrolment_id, label_id) SELECT ");
    let enrolment = sql.place(id.0);
    sql.push(&enrolment);
    if sql.postgres() {
        sql.push("::uuid");
    }
    sql.push(", id FROM label WHERE id IN ")
        .ids(labels.iter().copied());
    sql.run(db, "putting labels on").await?;
    Ok(())
}

async fn put(
    db: &impl ConnectionTrait,
    firm: FirmId,
    enrolment: &Enrolment,
    reference: &str,
    in_charge: Option<&Colleague>,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("UPDATE enrolment SET own_version = own_version + 1, reference = ")
        .value(reference)
        .push(", reference_search = ")
        .value(searchable(reference))
        .push(", in_charge = ")
        .value(in_charge.map(|member| member.id.0))
        .push(", in_charge_key = ")
        .value(
            in_charge
                .map(|member| searchable(&member.name))
                .unwrap_or_default(),
        )
        .push(" WHERE firm_id = ")
        .value(firm.0)
        .push(" AND id = ")
        .value(enrolment.id)
        .push(" AND own_version = ")
        .value(enrolment.own_version);
    match sql.run(db, "changing own fields").await? {
        1 => Ok(()),
        _ => Err(crate::outage::refused("enrolment", enrolment.id)),
    }
}

async fn record(
    db: &impl ConnectionTrait,
    id: EnrolmentId,
    version: i32,
    by: MemberId,
    now: Timestamp,
    what: &Happening,
) -> Result<(), Outage> {
    let detail = serde_json::to_string(what)
        .map_err(|error| outage("writing an event", &DbErr::Json(error.to_string())))?;
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO own_event (enrolment_id, version, at, \"by\", detail) VALUES (")
        .value(id.0)
        .push(", ")
        .value(version)
        .push(", ")
        .value(now.0)
        .push(", ")
        .value(by.0)
        .push(", ")
        .value(detail)
        .push(")");
    sql.run(db, "writing an event").await?;
    Ok(())
}
