//! The links by which a kind of message is stopped. A link holds whom and what it is for, and a code of the instance's key over both:
//! nothing is stored for it, nobody can make one up, and it does one thing alone.

use super::wants;
use crate::{
    Store,
    find::sql::Sql,
    guard::{self, Subject},
    key::hex,
    outage::Answer,
};
use portfolio::{
    attempts::Limit,
    ids::{FirmId, MemberId, Oneself},
    letter::{Notice, notice_path},
    origin::Origin,
    ports::{LeaveMeant, LeaveToken},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// Bytes of the code that a link holds: 160 bits.
const CODE: usize = 20;

#[derive(FromQueryResult)]
struct Person {
    firm_id: Uuid,
}

impl Store {
    /// The address by which a member stops a kind of message.
    pub(super) fn leave_address(&self, member: MemberId, notice: Notice) -> String {
        let code = self.key().leave(member, notice);
        format!(
            "{}{}{}.{}{}",
            self.url(),
            notice_path::LEAVE,
            notice.code(),
            member.0.simple(),
            hex(&code[..CODE])
        )
    }

    /// What a link means, and whose it is. Links that are none are counted by network.
    pub(super) async fn read_leave(
        &self,
        db: &impl ConnectionTrait,
        token: &LeaveToken,
        from: Origin,
        now: Timestamp,
    ) -> Answer<(LeaveMeant, Option<Oneself>)> {
        if let Some((notice, member)) = self.told(token) {
            let mut sql = Sql::new(db);
            sql.push("SELECT firm_id FROM member WHERE removed_at IS NULL AND id = ")
                .value(member.0);
            let found = sql.read::<Person>(db, "members").await?;
            if let Some(found) = found.into_iter().next() {
                let wanted = wants(db, member.0, notice).await?;
                let me = Oneself {
                    house: FirmId(found.firm_id),
                    member,
                    from,
                };
                return Ok((LeaveMeant::Known(notice, wanted), Some(me)));
            }
        }
        let network = hex(&self.key().counted(&from.network()));
        let subject = Subject::new(Limit::Feed, &network);
        let mut failures = guard::locked(db, &subject, now).await?;
        if failures.paused_until(now).is_some() {
            return Ok((LeaveMeant::Paused, None));
        }
        failures.fail(now);
        guard::remember(db, &subject, &failures, now).await?;
        Ok((LeaveMeant::Unknown, None))
    }

    /// The kind and the member of a link whose code is right, by the key of now or one before it.
    fn told(&self, token: &LeaveToken) -> Option<(Notice, MemberId)> {
        let (kind, rest) = token.expose().split_once('.')?;
        let notice = Notice::from_code(kind)?;
        let (member, code) = rest.split_at_checked(32)?;
        let member = MemberId(Uuid::try_parse(member).ok()?);
        let good = self.key().each().any(|key| {
            let made = hex(&key.leave(member, notice)[..CODE]);
            bool::from(made.as_bytes().ct_eq(code.as_bytes()))
        });
        good.then_some((notice, member))
    }
}
