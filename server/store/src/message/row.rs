//! A conversation as its row tells it, and the one door to those that somebody may see.

use super::{NOTICE, SERVICE, Who};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, refused},
    stored,
    vault::purpose::SUBJECT,
};
use portfolio::{
    ids::{EnrolmentId, ThreadId},
    message::{
        side::{Side, Sides, Standing},
        view::{Account, State, ThreadRow},
    },
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// The table, in the words of an outage.
pub(super) const TABLE: &str = "message_thread";

/// A conversation, with what is looked up beside it.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: Uuid,
    pub holder_key: String,
    pub firm_id: Option<Uuid>,
    pub enrolment_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub with_body: bool,
    pub changed_at: i64,
    pub messages: i32,
    pub last_side: String,
    pub waiting_since: Option<i64>,
    pub closed_at: Option<i64>,
    pub name: String,
    pub firm: Option<String>,
    pub ended_at: Option<i64>,
    pub service: bool,
    pub notice: bool,
    pub unread: Option<bool>,
    pub seen: Option<i32>,
}

/// Begins a query for the conversations that somebody may see; what narrows them follows as « AND … ».
pub(super) fn of(db: &impl ConnectionTrait, who: &Who) -> Sql {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT t.id, t.holder_key, t.firm_id, t.enrolment_id, t.client_id, t.with_body, t.changed_at, t.messages, t.last_side, \
         t.waiting_since, t.closed_at, COALESCE(e.ended_name, h.name) AS name, f.name AS firm, e.ended_at, m.unread, m.seen, \
         EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = t.enrolment_id AND s.code = ",
    )
    .value(SERVICE)
    .push(") AS service, EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = t.enrolment_id AND s.code = ")
    .value(NOTICE)
    .push(") AS notice");
    from(&mut sql, who);
    sql
}

/// The tables and the side: everything else of a query about conversations stands before or after it.
pub(super) fn from(sql: &mut Sql, who: &Who) {
    sql.push(
        " FROM message_thread t JOIN holder h ON h.key = t.holder_key \
         LEFT JOIN enrolment e ON e.id = t.enrolment_id LEFT JOIN firm f ON f.id = t.firm_id \
         LEFT JOIN message_mark m ON m.thread_id = t.id AND m.person_id = ",
    )
    .value(who.person)
    .push(" WHERE ");
    match who.side {
        Side::Firm => sql.push("t.firm_id = ").value(who.house),
        // What a client may see is looked up at each question.
        Side::Client => sql
            .push("EXISTS (SELECT 1 FROM client_access a WHERE a.holder_key = t.holder_key AND a.house_id = t.client_id) AND t.client_id = ")
            .value(who.house),
        Side::Body => sql.push("t.with_body"),
    };
}

/// One of them.
pub(super) async fn one(db: &impl ConnectionTrait, who: &Who, id: ThreadId) -> Answer<Option<Row>> {
    let mut sql = of(db, who);
    sql.push(" AND t.id = ").value(id.0);
    Ok(sql
        .read::<Row>(db, "conversations")
        .await?
        .into_iter()
        .next())
}

/// The same, held until the transaction ends.
pub(super) async fn locked(
    db: &impl ConnectionTrait,
    who: &Who,
    id: ThreadId,
) -> Answer<Option<Row>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM message_thread WHERE id = ")
        .value(id.0);
    sql.lock("UPDATE");
    sql.column(db, "conversations").await?;
    one(db, who, id).await
}

impl Row {
    /// Its sides.
    pub(super) const fn sides(&self) -> Sides {
        Sides {
            firm: self.firm_id.is_some(),
            body: self.with_body,
            client: self.client_id.is_some(),
        }
    }

    /// Where it stands.
    pub(super) fn standing(&self) -> Standing {
        Standing {
            with: self.sides(),
            closed: self.closed_at.is_some(),
            in_force: self.ended_at.is_none(),
            service: self.service,
            messages: number(self.messages),
        }
    }

    /// The same, as people are told.
    const fn state(&self) -> State {
        if self.ended_at.is_some() {
            State::Ended
        } else if self.closed_at.is_some() {
            State::Closed
        } else if !self.with_body {
            State::Private
        } else if self.waiting_since.is_some() {
            State::Waiting
        } else {
            State::Answered
        }
    }

    /// The moment that a list is ordered by.
    pub(super) fn place(&self, waiting: bool) -> Timestamp {
        let since = self.waiting_since.filter(|_| waiting);
        Timestamp(since.unwrap_or(self.changed_at))
    }

    /// As pages show it.
    pub(super) async fn shown(
        &self,
        store: &Store,
        db: &impl ConnectionTrait,
        who: &Who,
    ) -> Answer<ThreadRow> {
        let subject = store.unseal(db, SUBJECT, self.id).await?;
        let subject = subject.ok_or_else(|| refused(TABLE, self.id))?;
        // An officer who never opened it has no mark: it is new to them for as long as it waits.
        let unread = self
            .unread
            .unwrap_or(who.side == Side::Body && self.waiting_since.is_some());
        Ok(ThreadRow {
            id: ThreadId(self.id),
            subject: words(&subject, TABLE, self.id)?,
            about: Account {
                name: self.name.clone(),
                held: stored::held(&self.holder_key, TABLE, self.id)?,
                client: self
                    .enrolment_id
                    .filter(|_| who.side == Side::Firm)
                    .map(EnrolmentId),
            },
            with: self.sides(),
            firm: self.firm.clone().filter(|_| who.side != Side::Firm),
            last: side(&self.last_side, self.id)?,
            at: Timestamp(self.changed_at),
            messages: number(self.messages),
            unread,
            state: self.state(),
        })
    }
}

/// A side's code.
pub(super) fn side(code: &str, id: Uuid) -> Answer<Side> {
    Side::from_code(code).ok_or_else(|| refused(TABLE, id))
}

/// What was sealed as words.
pub(super) fn words(bytes: &[u8], table: &'static str, id: Uuid) -> Answer<String> {
    let words = std::str::from_utf8(bytes).map_err(|_| refused(table, id))?;
    Ok(words.to_owned())
}

/// A number of messages as a table holds it.
pub(super) fn number(n: i32) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

/// The same, on its way into a table.
pub(super) fn stored(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
