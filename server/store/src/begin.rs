//! « Inscrire »: a draft is made, or the enrolment that is there already is named. Nothing of the registry is looked at.

use crate::{
    entity::holder,
    guard,
    outage::{Answer, OrOutage, refused},
    scoped::{self, Draft, DraftColumn, EnrolmentColumn, NewDraft},
    stored,
};
use portfolio::{
    account_number::AccountNumber,
    client::{DraftView, Proven},
    holder::{Holder, HolderScheme, Scheme},
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, FirmId, Scope},
    ports::Begun,
    siren::Siren,
    siret::Siret,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, Set};

const TABLE: &str = "enrolment_draft";

/// See [`portfolio::ports::Portfolio::begin`].
pub(crate) async fn begin(
    db: &impl ConnectionTrait,
    scope: &Scope,
    identifier: &Identifier,
    other_scheme: bool,
    now: Timestamp,
) -> Answer<Begun> {
    let holder = identifier.holder();
    let schemes: &[Scheme] = match holder {
        Holder::Siren(_) => &Scheme::ALL,
        Holder::Account(_) => &[Scheme::TravailleurIndependant],
    };
    let mut enrolled = Vec::new();
    for scheme in schemes {
        let held = HolderScheme {
            holder: holder.clone(),
            scheme: *scheme,
        };
        if let Some(enrolment) = in_force(db, scope.firm, &held).await? {
            enrolled.push((enrolment, *scheme));
        }
    }
    let other_open = enrolled.len() < schemes.len();
    if let Some((enrolment, scheme)) = enrolled.first().copied()
        && !(other_scheme && other_open)
    {
        return Ok(Begun::Already {
            enrolment,
            scheme,
            other_open,
        });
    }
    scoped::stale_drafts(scope, now)
        .exec(db)
        .await
        .or_outage("forgetting old drafts")?;
    guard::forget(db, now).await?;
    let id = stored::new_id(now);
    let (target_kind, target) = match identifier {
        Identifier::Siren(siren) => ("siren", siren.as_str()),
        Identifier::Siret(_, siret) => ("siret", siret.as_str()),
        Identifier::Account(number) => ("account", number.as_str()),
    };
    let row = NewDraft {
        id: Set(id),
        firm_id: Set(scope.firm.0),
        member_id: Set(scope.member.0),
        target_kind: Set(target_kind.to_owned()),
        target: Set(target.to_owned()),
        created_at: Set(now.0),
        proven_holder_key: NotSet,
        proven_at: NotSet,
        enrolment_id: NotSet,
    };
    scoped::begin(row)
        .exec_without_returning(db)
        .await
        .or_outage("making a draft")?;
    Ok(Begun::Draft(DraftId(id)))
}

/// The enrolment of a holder's scheme by a firm, if it is in force.
pub(crate) async fn in_force(
    db: &impl ConnectionTrait,
    firm: FirmId,
    held: &HolderScheme,
) -> Answer<Option<EnrolmentId>> {
    let found = scoped::in_force(firm)
        .filter(EnrolmentColumn::HolderKey.eq(held.key()))
        .one(db)
        .await
        .or_outage("enrolments in force")?;
    Ok(found.map(|enrolment| EnrolmentId(enrolment.id)))
}

/// A draft that its member can take up at `now`.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DraftId,
    now: Timestamp,
) -> Answer<Option<Draft>> {
    scoped::drafts(scope, now)
        .filter(DraftColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("drafts")
}

/// See [`portfolio::ports::Portfolio::draft`].
pub(crate) async fn view(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DraftId,
    now: Timestamp,
) -> Answer<Option<DraftView>> {
    let Some(draft) = find(db, scope, id, now).await? else {
        return Ok(None);
    };
    let proven = match &draft.proven_holder_key {
        Some(key) => Some(proven(db, key).await?),
        None => None,
    };
    Ok(Some(DraftView {
        id,
        identifier: identifier(&draft)?,
        proven,
        enrolled: draft.enrolment_id.map(EnrolmentId),
    }))
}

/// Who a holder's key stands for.
pub(crate) async fn proven(db: &impl ConnectionTrait, key: &str) -> Answer<Proven> {
    let row = holder::Entity::find_by_id(key)
        .one(db)
        .await
        .or_outage("holders")?
        .ok_or_else(|| refused("holder", key))?;
    Ok(Proven {
        held: stored::held(&row.key, "holder", &row.key)?,
        kind: stored::kind(&row.kind, "holder", &row.key)?,
        name: row.name,
    })
}

/// What was typed at the first step.
pub(crate) fn identifier(draft: &Draft) -> Answer<Identifier> {
    let read = match draft.target_kind.as_str() {
        "siren" => Siren::parse(&draft.target).ok().map(Identifier::Siren),
        "siret" => Siret::parse(&draft.target)
            .ok()
            .and_then(|siret| Some(Identifier::Siret(siret.siren()?, siret))),
        "account" => AccountNumber::parse(&draft.target)
            .ok()
            .map(Identifier::Account),
        _ => None,
    };
    read.ok_or_else(|| refused(TABLE, draft.id))
}
