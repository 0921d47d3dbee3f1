//! Codes: how an application makes them (RFC 6238, SHA-1, six digits), and how one is taken, once.

use crate::{
    Store,
    entity::{recovery_code, totp},
    outage::{Answer, OrOutage},
    vault::purpose,
};
use hmac::{Hmac, KeyInit, Mac};
use portfolio::{
    ids::MemberId,
    journal::Means,
    second_factor::{Code, DIGITS, TOLERANCE, step},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// The code that an application with this secret shows in a step.
fn shown(secret: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    // The last four bits say where the number is read.
    let place = usize::from(digest[digest.len() - 1] & 15);
    let mut number = [0; 4];
    number.copy_from_slice(&digest[place..place + 4]);
    let number = u32::from_be_bytes(number) & 0x7fff_ffff;
    format!("{:0width$}", number % 1_000_000, width = DIGITS)
}

/// The step that a code was shown in, if it is one of those that are taken now.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let now = step(now);
    // All of them are compared, whichever fits.
    (now - TOLERANCE..=now + TOLERANCE).fold(None, |found, step| {
        let fits = shown(secret, step).as_bytes().ct_eq(code.as_bytes());
        if bool::from(fits) { Some(step) } else { found }
    })
}

impl Store {
    /// Takes a code of a member, once; what it was, if it fits.
    pub(super) async fn take_code(
        &self,
        db: &impl ConnectionTrait,
        member: MemberId,
        code: &Code,
        now: Timestamp,
    ) -> Answer<Option<Means>> {
        let (taken, means) = match code {
            Code::Application(digits) => {
                let secret = self.unseal(db, purpose::TOTP, member.0).await?;
                let step = secret.and_then(|secret| step_of(&secret, digits, now));
                let Some(step) = step else {
                    return Ok(None);
                };
                // Every code up to the latest that was taken is used up.
                let taken = totp::Entity::update_many()
                    .col_expr(totp::Column::LastStep, Expr::value(step))
                    .filter(totp::Column::MemberId.eq(member.0))
                    .filter(totp::Column::ConfirmedAt.is_not_null())
                    .filter(totp::Column::LastStep.lt(step))
                    .exec(db)
                    .await
                    .or_outage("taking a code")?;
                (taken, Means::Totp)
            }
            Code::Recovery(code) => {
                let digests = self.key().each();
                let digests = digests.map(|key| key.recovery(member, code).to_vec());
                let taken = recovery_code::Entity::update_many()
                    .col_expr(recovery_code::Column::UsedAt, Expr::value(now.0))
                    .filter(recovery_code::Column::MemberId.eq(member.0))
                    .filter(recovery_code::Column::CodeDigest.is_in(digests))
                    .filter(recovery_code::Column::UsedAt.is_null())
                    .exec(db)
                    .await
                    .or_outage("taking a recovery code")?;
                (taken, Means::Recovery)
            }
        };
        Ok((taken.rows_affected == 1).then_some(means))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::second_factor::STEP;

    const SECRET: &[u8] = b"12345678901234567890";

    /// Fear: no application makes the codes that are asked for (RFC 6238, appendix B, by its last six digits).
    #[test]
    fn published_codes() {
        for (moment, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shown(SECRET, step(Timestamp(moment))), code, "{moment}");
        }
    }

    /// Fear: a telephone that is half a minute off makes no good codes, or an old code is good for long.
    #[test]
    fn one_step_off_is_taken() {
        let now = Timestamp(1_111_111_109);
        let of = |steps: i64| {
            let then = now.plus(steps * STEP);
            step_of(SECRET, &shown(SECRET, step(then)), now)
        };
        for steps in -1..=1 {
            assert_eq!(of(steps), Some(step(now) + steps));
        }
        assert_eq!((of(-2), of(2)), (None, None));
        assert_eq!(step_of(SECRET, "", now), None);
    }
}
