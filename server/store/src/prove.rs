//! The proof of mandate. Every wrong proof does the same work and answers alike, whatever was wrong with it.

use crate::{
    begin,
    entity::account,
    guard::{self, Subject},
    key::{Digest, Key, LENGTH},
    outage::{Answer, OrOutage},
    scoped::{self, DraftColumn},
};
use portfolio::{
    account_number::AccountNumber,
    attempts::Limit,
    client::Proven,
    form::{Proof, Status},
    holder::{Holder, HolderScheme, Kind, Scheme},
    ids::{DraftId, Scope},
    journal::{Entry, What},
    ports::Proved,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use subtle::{Choice, ConstantTimeEq};

/// See [`portfolio::ports::Portfolio::prove`]; and what the journal is to say of it.
pub(crate) async fn prove(
    db: &impl ConnectionTrait,
    key: &Key,
    scope: &Scope,
    id: DraftId,
    proof: &Proof,
    now: Timestamp,
) -> Answer<(Option<Proved>, Option<Entry>)> {
    let Some(draft) = begin::find(db, scope, id, now).await? else {
        return Ok((None, None));
    };
    let holder = begin::identifier(&draft)?.holder();
    let counted = Subject::new(Limit::Proof, &format!("{}:{}", scope.firm, holder.key()));
    let mut failures = guard::locked(db, &counted, now).await?;
    // Locked after its holders, by everybody.
    let of_firm = Subject::new(Limit::ProofFirm, &scope.firm.to_string());
    let mut failed = guard::locked(db, &of_firm, now).await?;
    let paused = failures.paused_until(now).max(failed.paused_until(now));
    if let Some(until) = paused {
        return Ok((Some(Proved::Paused { until }), None));
    }
    let Some(proven) = compare(db, key, &holder, proof).await? else {
        failures.fail(now);
        guard::remember(db, &counted, &failures, now).await?;
        failed.fail(now);
        guard::remember(db, &of_firm, &failed, now).await?;
        let left = failures.left();
        let paused = failures.paused_until(now).max(failed.paused_until(now));
        let paused = paused.is_some();
        let refused = Entry::by(scope, What::ProofRefused { holder, paused });
        return Ok((Some(Proved::Refused { left }), Some(refused)));
    };
    // A success forgets no failure: who knows the secrets of one scheme could otherwise try those of the other for ever.
    if let Some(enrolment) = begin::in_force(db, scope.firm, &proven.held).await? {
        let scheme = proven.held.scheme;
        return Ok((Some(Proved::Already { enrolment, scheme }), None));
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
    Ok((Some(Proved::Proven(proven)), None))
}

/// Who the proof is good for, if it is. One look-up, one digest and one comparison, whether the account exists or not.
pub(crate) async fn compare(
    db: &impl ConnectionTrait,
    key: &Key,
    holder: &Holder,
    proof: &Proof,
) -> Answer<Option<Proven>> {
    let number = named(holder, proof).map_or("", AccountNumber::as_str);
    let found = account::Entity::find_by_id(number)
        .one(db)
        .await
        .or_outage("accounts")?;
    if !opens(key, holder, proof, found.as_ref()) {
        return Ok(None);
    }
    match found {
        Some(account) => Ok(Some(begin::proven(db, &account.holder_key).await?)),
        None => Ok(None),
    }
}

/// The account that a proof names.
pub(crate) const fn named<'a>(holder: &'a Holder, proof: &'a Proof) -> Option<&'a AccountNumber> {
    match (proof, holder) {
        (Proof::Employer(_, number) | Proof::SelfEmployed(_, number), _)
        | (Proof::Manager(_), Holder::Account(number)) => Some(number),
        (Proof::Manager(_), Holder::Siren(_)) => None,
    }
}

/// Whether a proof is good for an account, which is the one that it names. The same digest and the same comparison, whether there is
/// one or not.
pub(crate) fn opens(
    key: &Key,
    holder: &Holder,
    proof: &Proof,
    found: Option<&account::Model>,
) -> bool {
    let typed = |key: &Key| match (proof, holder) {
        (Proof::Employer(amount, number), _) => key.amount(number, *amount),
        (Proof::SelfEmployed(nir, number), _) | (Proof::Manager(nir), Holder::Account(number)) => {
            key.nir(number, nir)
        }
        // No account was named, so that there is none; the digest only costs its time.
        (Proof::Manager(_), Holder::Siren(_)) => key.check(),
    };
    let blank: Digest = [0; LENGTH];
    let stored = found.and_then(|account| account.secret_digest.as_deref());
    // With each key that there was: what an import has not made anew yet is still good.
    let same = key.each().fold(choice(false), |same, key| {
        same | typed(&key).as_slice().ct_eq(stored.unwrap_or(&blank))
    });
    let kind = found.and_then(|account| Kind::from_code(&account.kind));
    let status = proof.status();
    let fits = matches!(status, Status::Manager) == matches!(holder, Holder::Account(_))
        && kind.is_some_and(|kind| status.covers(kind));
    // The key of the draft's holder under each scheme: one of them must be the account's.
    let theirs = Scheme::ALL.map(|scheme| {
        let holder = holder.clone();
        HolderScheme { holder, scheme }.key()
    });
    let theirs = found.is_some_and(|account| theirs.contains(&account.holder_key));
    bool::from(same & choice(stored.is_some()) & choice(fits) & choice(theirs))
}

fn choice(condition: bool) -> Choice {
    Choice::from(u8::from(condition))
}
