//! Messages that are not obligatory: to whom one about a client goes, who has had enough of a kind, and reminders.
//!
//! To send one about a client, from the transaction of what causes it: [`Store::notify`] with the kind, the client and a reason that
//! is unique for all time ([`Cause`]). It finds whom to write to, and writes nothing where nobody is to be written to; whoever commits calls
//! `mail_was_written`. What it says is a function of `portfolio::letter`, which is handed whom it goes to and how it is stopped.

mod bulletin;
mod leave;
mod reminders;

use crate::{Store, find::sql::Sql, journal::commit_with, outage::Answer, store::commit, stored};
use portfolio::{
    email::Email,
    form::NoticeDraft,
    ids::{EnrolmentId, FirmId, MemberId, Oneself},
    journal::{About, Entry, What},
    letter::{Addressed, Message, Notice},
    origin::Origin,
    ports::{LeaveMeant, LeaveToken, Notices, NoticesShown, Outage},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use uuid::Uuid;

/// What of a member `m` says that they may be written to: there, not suspended, and the mail server knows their address.
const REACHED: &str = "m.joined_at IS NOT NULL AND m.suspended_at IS NULL AND m.removed_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM mail_refused x WHERE x.member_id = m.id)";

/// Somebody who may be written to.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Reader {
    id: Uuid,
    name: String,
    email: String,
    language: String,
}

/// What a notice is written for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause<'a> {
    /// Its kind.
    pub notice: Notice,
    /// The client that it is about.
    pub client: EnrolmentId,
    /// The member who did it, where one did.
    pub by: Option<MemberId>,
    /// What is unique of it for all time.
    pub reason: &'a str,
}

impl Store {
    /// Writes a notice about a client, to the member in charge of it or, where nobody is or that one cannot be written to, to whoever
    /// enrolled it. Nothing is written where the service is off, where that person has stopped such messages, or did it themselves
    /// (`by`).
    pub(crate) async fn notify(
        &self,
        db: &impl ConnectionTrait,
        cause: Cause<'_>,
        now: Timestamp,
        says: impl FnOnce(&Addressed<'_>) -> Option<Message>,
    ) -> Answer<()> {
        let Cause {
            notice,
            client,
            by,
            reason,
        } = cause;
        let mut sql = Sql::new(db);
        sql.push(&format!(
            "SELECT m.id, m.name, m.email, m.language FROM enrolment e JOIN firm f ON f.id = e.firm_id \
             JOIN member m ON m.firm_id = e.firm_id AND (m.id = e.in_charge OR m.id = e.created_by) \
             WHERE {REACHED} AND f.suspended_at IS NULL AND e.ended_at IS NULL \
             AND EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = e.id AND s.code = "
        ))
        .value(notice.service().as_str())
        .push(") AND e.id = ")
        .value(client.0)
        // The one in charge first.
        .push(" ORDER BY CASE WHEN m.id = e.in_charge THEN 0 ELSE 1 END LIMIT 1");
        let found = sql.read::<Reader>(db, "whom to write to").await?;
        let Some(reader) = found.into_iter().next() else {
            return Ok(());
        };
        if by == Some(MemberId(reader.id)) || !wants(db, reader.id, notice).await? {
            return Ok(());
        }
        self.post_to(db, &reader, notice, reason, now, says).await
    }

    /// The address by which a person stops a kind of message; none where they have done so, or where their mail server does not know
    /// them.
    pub(crate) async fn stopped_by(
        &self,
        db: &impl ConnectionTrait,
        person: Uuid,
        notice: Notice,
    ) -> Answer<Option<String>> {
        let mut sql = Sql::new(db);
        sql.push("SELECT COUNT(*) FROM mail_refused WHERE member_id = ")
            .value(person);
        let wanted = sql.number(db, "addresses that are none").await? == 0
            && wants(db, person, notice).await?;
        Ok(wanted.then(|| self.leave_address(MemberId(person), notice)))
    }

    /// Writes a notice to somebody who is known to want it.
    async fn post_to(
        &self,
        db: &impl ConnectionTrait,
        reader: &Reader,
        notice: Notice,
        reason: &str,
        now: Timestamp,
        says: impl FnOnce(&Addressed<'_>) -> Option<Message>,
    ) -> Answer<()> {
        let Ok(to) = Email::parse(&reader.email) else {
            return Ok(());
        };
        let addressed = Addressed {
            to: &to,
            name: &reader.name,
            leave: self.leave_address(MemberId(reader.id), notice),
        };
        match stored::to(&reader.language, || says(&addressed)) {
            Some(message) => self.post(db, &message, reason, now).await,
            None => Ok(()),
        }
    }
}

/// Whether a member wants a kind of message.
async fn wants(db: &impl ConnectionTrait, member: Uuid, notice: Notice) -> Answer<bool> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM notice_off WHERE member_id = ")
        .value(member)
        .push(" AND kind = ")
        .value(notice.code());
    Ok(sql.number(db, "messages that are not wanted").await? == 0)
}

/// Wants a kind of message or no longer; whether that changed anything.
async fn set(
    db: &impl ConnectionTrait,
    member: Uuid,
    notice: Notice,
    wanted: bool,
    now: Timestamp,
) -> Answer<bool> {
    let mut sql = Sql::new(db);
    if wanted {
        sql.push("DELETE FROM notice_off WHERE member_id = ")
            .value(member)
            .push(" AND kind = ")
            .value(notice.code());
    } else {
        sql.push("INSERT INTO notice_off (member_id, kind, at) VALUES (")
            .value(member)
            .push(", ")
            .value(notice.code())
            .push(", ")
            .value(now.0)
            .push(") ON CONFLICT (member_id, kind) DO NOTHING");
    }
    Ok(sql.run(db, "choosing messages").await? > 0)
}

/// Notes that a mail server knows nobody at this address, for whoever is written to there.
pub(crate) async fn refused(
    db: &impl ConnectionTrait,
    address: &Email,
    now: Timestamp,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO mail_refused (member_id, at) SELECT id, ")
        .push(if sql_is_postgres(db) { "CAST(" } else { "(" })
        .value(now.0)
        .push(if sql_is_postgres(db) {
            " AS bigint)"
        } else {
            ")"
        })
        .push(" FROM member WHERE removed_at IS NULL AND email = ")
        .value(address.as_str())
        .push(" ON CONFLICT (member_id) DO NOTHING");
    sql.run(db, "an address that is none").await?;
    Ok(())
}

fn sql_is_postgres(db: &impl ConnectionTrait) -> bool {
    Sql::new(db).postgres()
}

#[derive(FromQueryResult)]
struct Unreachable {
    member_id: Uuid,
    at: i64,
}

/// The members of a firm whose address a mail server does not know, and since when.
pub(crate) async fn unreachable(
    db: &impl ConnectionTrait,
    firm: FirmId,
) -> Answer<HashMap<Uuid, Timestamp>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT x.member_id, x.at FROM mail_refused x JOIN member m ON m.id = x.member_id WHERE m.firm_id = ")
        .value(firm.0);
    let rows = sql
        .read::<Unreachable>(db, "addresses that are none")
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.member_id, Timestamp(row.at)))
        .collect())
}

/// Messages arrive there again.
pub(crate) async fn accepted(db: &impl ConnectionTrait, address: &Email) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("DELETE FROM mail_refused WHERE member_id IN (SELECT id FROM member WHERE email = ")
        .value(address.as_str())
        .push(")");
    sql.run(db, "an address that is good").await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Standing {
    email: String,
    refused_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct Off {
    kind: String,
}

#[async_trait::async_trait]
impl Notices for Store {
    async fn notices(&self, me: &Oneself) -> Result<NoticesShown, Outage> {
        let tx = self.read().await?;
        let mut sql = Sql::new(&tx);
        sql.push(
            "SELECT m.email, x.at AS refused_at FROM member m LEFT JOIN mail_refused x ON x.member_id = m.id WHERE m.id = ",
        )
        .value(me.member.0);
        let standing = sql.read::<Standing>(&tx, "an address").await?;
        let standing = standing.into_iter().next();
        let mut sql = Sql::new(&tx);
        sql.push("SELECT kind FROM notice_off WHERE member_id = ")
            .value(me.member.0);
        let off = sql.read::<Off>(&tx, "messages that are not wanted").await?;
        commit(tx).await?;
        let wanted = |notice: &Notice| off.iter().all(|off| off.kind != notice.code());
        Ok(NoticesShown {
            wanted: Notice::ALL
                .into_iter()
                .map(|notice| (notice, wanted(&notice)))
                .collect(),
            refused_at: standing
                .as_ref()
                .and_then(|of| of.refused_at)
                .map(Timestamp),
            email: standing.map(|of| of.email).unwrap_or_default(),
        })
    }

    async fn want(&self, me: &Oneself, draft: &NoticeDraft, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        let (changed, what) = match *draft {
            NoticeDraft::Want(notice, wanted) => (
                set(&tx, me.member.0, notice, wanted, now).await?,
                What::NoticeWanted {
                    notice,
                    wanted,
                    by_message: false,
                },
            ),
            NoticeDraft::Address => {
                let mut sql = Sql::new(&tx);
                sql.push("DELETE FROM mail_refused WHERE member_id = ")
                    .value(me.member.0);
                let gone = sql.run(&tx, "an address that is good").await? > 0;
                (gone, What::AddressGood)
            }
        };
        let entry = changed.then(|| Entry::by_oneself(me, what).about(About::Member(me.member)));
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(())
    }

    async fn meant(
        &self,
        token: &LeaveToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<LeaveMeant, Outage> {
        let tx = self.write().await?;
        let (meant, _) = self.read_leave(&tx, token, from, now).await?;
        commit(tx).await?;
        Ok(meant)
    }

    async fn leave(
        &self,
        token: &LeaveToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<LeaveMeant, Outage> {
        let tx = self.write().await?;
        let (meant, of) = self.read_leave(&tx, token, from, now).await?;
        let (LeaveMeant::Known(notice, _), Some(me)) = (meant, of) else {
            commit(tx).await?;
            return Ok(meant);
        };
        let what = What::NoticeWanted {
            notice,
            wanted: false,
            by_message: true,
        };
        let changed = set(&tx, me.member.0, notice, false, now).await?;
        let entry = changed.then(|| Entry::by_oneself(&me, what).about(About::Member(me.member)));
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(LeaveMeant::Known(notice, false))
    }
}
