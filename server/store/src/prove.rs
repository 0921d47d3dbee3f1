//! The proof of mandate. Every wrong proof does the same work and answers alike, whatever was wrong with it.

use crate::{
    begin,
    entity::{account, proof_guard},
    key::{Digest, Key, LENGTH},
    outage::{Answer, OrOutage, refused},
    scoped::{self, DraftColumn},
};
use portfolio::{
    attempts::{Failures, LONG_PAUSE, WINDOW},
    client::Proven,
    form::{Proof, Status},
    holder::{Holder, HolderScheme, Kind, Scheme},
    ids::{DraftId, FirmId, Scope},
    ports::Proved,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};
use subtle::{Choice, ConstantTimeEq};

/// See [`portfolio::ports::Portfolio::prove`].
pub(crate) async fn prove(
    db: &impl ConnectionTrait,
    key: &Key,
    scope: &Scope,
    id: DraftId,
    proof: &Proof,
    now: Timestamp,
) -> Answer<Option<Proved>> {
    let Some(draft) = begin::find(db, scope, id, now).await? else {
        return Ok(None);
    };
    let holder = begin::identifier(&draft)?.holder();
    let mut failures = locked_failures(db, scope.firm, &holder, now).await?;
    if let Some(until) = failures.paused_until(now) {
        return Ok(Some(Proved::Paused { until }));
    }
    let Some(proven) = compare(db, key, &holder, proof).await? else {
        failures.fail(now);
        remember(db, scope.firm, &holder, &failures, now).await?;
        let left = failures.left();
        return Ok(Some(Proved::Refused { left }));
    };
    // A success forgets no failure: who knows the secrets of one scheme could otherwise try those of the other for ever.
    if let Some(enrolment) = begin::in_force(db, scope.firm, &proven.held).await? {
        let scheme = proven.held.scheme;
        return Ok(Some(Proved::Already { enrolment, scheme }));
    }
    // A new proof on a draft that was saved before starts another enrolment.
    scoped::change_drafts(scope)
        .col_expr(DraftColumn::ProvenHolderKey, Expr::value(proven.held.key()))
        .col_expr(DraftColumn::ProvenAt, Expr::value(now.0))
        .col_expr(DraftColumn::EnrolmentId, Expr::value(None::<uuid::Uuid>))
        .filter(DraftColumn::Id.eq(id.0))
        .exec(db)
        .await
        .or_outage("marking a draft as proved")?;
    Ok(Some(Proved::Proven(proven)))
}

/// The failures of a firm for a holder. The row is locked, so that tries at the same moment wait for each other and none of them
/// counts the failures before the others have added theirs.
async fn locked_failures(
    db: &impl ConnectionTrait,
    firm: FirmId,
    holder: &Holder,
    now: Timestamp,
) -> Answer<Failures> {
    let row = proof_guard::ActiveModel {
        firm_id: Set(firm.0),
        holder: Set(holder.key()),
        failed_at: Set(String::new()),
        last_at: Set(now.0),
    };
    let row = proof_guard::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([proof_guard::Column::FirmId, proof_guard::Column::Holder])
                .update_column(proof_guard::Column::LastAt)
                .to_owned(),
        )
        .exec_with_returning(db)
        .await
        .or_outage("failed proofs")?;
    let moments: Result<Vec<_>, _> = row
        .failed_at
        .split(',')
        .filter(|moment| !moment.is_empty())
        .map(|moment| moment.parse().map(Timestamp))
        .collect();
    let moments = moments.map_err(|_| refused("proof_guard of firm", firm))?;
    Ok(Failures::remembered(moments, now))
}

/// Forgets failures of a firm that no longer count for anything: whom it tried in vain is nobody's business for ever.
pub(crate) async fn forget(db: &impl ConnectionTrait, firm: FirmId, now: Timestamp) -> Answer<()> {
    proof_guard::Entity::delete_many()
        .filter(proof_guard::Column::FirmId.eq(firm.0))
        .filter(proof_guard::Column::LastAt.lte(now.0 - WINDOW - LONG_PAUSE))
        .exec(db)
        .await
        .or_outage("forgetting old failures")?;
    Ok(())
}

async fn remember(
    db: &impl ConnectionTrait,
    firm: FirmId,
    holder: &Holder,
    failures: &Failures,
    now: Timestamp,
) -> Answer<()> {
    let moments: Vec<_> = failures
        .moments()
        .iter()
        .map(|moment| moment.0.to_string())
        .collect();
    proof_guard::Entity::update_many()
        .col_expr(
            proof_guard::Column::FailedAt,
            Expr::value(moments.join(",")),
        )
        .col_expr(proof_guard::Column::LastAt, Expr::value(now.0))
        .filter(proof_guard::Column::FirmId.eq(firm.0))
        .filter(proof_guard::Column::Holder.eq(holder.key()))
        .exec(db)
        .await
        .or_outage("remembering a failed proof")?;
    Ok(())
}

/// Who the proof is good for, if it is. One look-up, one digest and one comparison, whether the account exists or not.
async fn compare(
    db: &impl ConnectionTrait,
    key: &Key,
    holder: &Holder,
    proof: &Proof,
) -> Answer<Option<Proven>> {
    let (number, typed) = match (proof, holder) {
        (Proof::Employer(amount, number), _) => (Some(number), key.amount(number, *amount)),
        (Proof::SelfEmployed(nir, number), _) | (Proof::Manager(nir), Holder::Account(number)) => {
            (Some(number), key.nir(number, nir))
        }
        // No account was named: none is found below, and the digest only costs its time.
        (Proof::Manager(_), Holder::Siren(_)) => (None, key.check()),
    };
    let found = account::Entity::find_by_id(number.map_or("", |number| number.as_str()))
        .one(db)
        .await
        .or_outage("accounts")?;
    let blank: Digest = [0; LENGTH];
    let stored = found
        .as_ref()
        .and_then(|account| account.secret_digest.as_deref());
    let same = typed.as_slice().ct_eq(stored.unwrap_or(&blank));
    let kind = found
        .as_ref()
        .and_then(|account| Kind::from_code(&account.kind));
    let status = proof.status();
    let fits = matches!(status, Status::Manager) == matches!(holder, Holder::Account(_))
        && kind.is_some_and(|kind| status.covers(kind));
    // The key of the draft's holder under each scheme: one of them must be the account's.
    let theirs = Scheme::ALL.map(|scheme| {
        let holder = holder.clone();
        HolderScheme { holder, scheme }.key()
    });
    let theirs = found
        .as_ref()
        .is_some_and(|account| theirs.contains(&account.holder_key));
    let good = same & choice(stored.is_some()) & choice(fits) & choice(theirs);
    match found {
        Some(account) if bool::from(good) => {
            Ok(Some(begin::proven(db, &account.holder_key).await?))
        }
        _ => Ok(None),
    }
}

fn choice(condition: bool) -> Choice {
    Choice::from(u8::from(condition))
}
