//! Who is to know of a message: the marks of everybody on the other sides, and one letter to each of them whom a letter goes to, until
//! they have read the conversation.

use super::{Who, row::Row};
use crate::{Store, find::sql::Sql, outage::Answer, stored};
use portfolio::{
    email::Email,
    letter::{self, Addressed, Notice},
    message::side::Side,
    ports::NoticeLinks,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Person {
    id: Uuid,
    name: String,
    email: String,
    language: String,
}

/// Tells everybody whom the message of a number is for. `thread` is the conversation as it stood before, or as it began.
pub(super) async fn told(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    thread: &Row,
    n: u32,
    links: &NoticeLinks,
    now: Timestamp,
) -> Answer<()> {
    if let (Some(firm), Some(enrolment), true) =
        (thread.firm_id, thread.enrolment_id, who.side != Side::Firm)
    {
        if thread.notice
            && let Some(person) = in_charge(db, enrolment).await?
        {
            write(store, db, &person, thread.id, n, &links.firm, now).await?;
        }
        unread(db, thread.id, firm).await?;
    }
    if let (Some(house), true) = (thread.client_id, who.side != Side::Client) {
        for person in people(db, house).await? {
            write(store, db, &person, thread.id, n, &links.client, now).await?;
        }
        unread(db, thread.id, house).await?;
    }
    if thread.with_body && who.side != Side::Body {
        let mut sql = Sql::new(db);
        sql.push("UPDATE message_mark SET unread = TRUE WHERE thread_id = ")
            .value(thread.id)
            .push(" AND person_id IN (SELECT m.id FROM member m JOIN firm f ON f.id = m.firm_id WHERE f.is_body)");
        sql.run(db, "marking a conversation").await?;
    }
    Ok(())
}

/// Marks a conversation as not read by everybody of a house.
async fn unread(db: &impl ConnectionTrait, thread: Uuid, house: Uuid) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO message_mark (person_id, thread_id, seen, unread) SELECT m.id, t.id, 0, TRUE FROM member m, message_thread t WHERE t.id = ")
        .value(thread)
        .push(" AND m.firm_id = ")
        .value(house)
        .push(" AND m.removed_at IS NULL AND m.joined_at IS NOT NULL ORDER BY m.id ON CONFLICT (person_id, thread_id) DO UPDATE SET unread = TRUE");
    sql.run(db, "marking a conversation").await?;
    Ok(())
}

/// Somebody whom a letter reaches: neither gone nor shut out, and with an address.
const REACHED: &str = " AND m.removed_at IS NULL AND m.suspended_at IS NULL AND m.joined_at IS NOT NULL AND m.email <> ''";

/// Who is in charge of a client; else who enrolled it.
async fn in_charge(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<Option<Person>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT m.id, m.name, m.email, m.language FROM enrolment e JOIN member m ON m.firm_id = e.firm_id AND m.id IN (e.in_charge, e.created_by) WHERE e.id = ")
        .value(enrolment)
        .push(REACHED)
        .push(" ORDER BY CASE WHEN m.id = e.in_charge THEN 0 ELSE 1 END LIMIT 1");
    Ok(sql.read(db, "who is in charge").await?.into_iter().next())
}

/// Everybody of a client's house.
async fn people(db: &impl ConnectionTrait, house: Uuid) -> Answer<Vec<Person>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT m.id, m.name, m.email, m.language FROM member m WHERE m.firm_id = ")
        .value(house)
        .push(REACHED)
        .push(" ORDER BY m.id");
    sql.read(db, "people of a client").await
}

/// Writes to somebody, unless they have something of the conversation to read already.
async fn write(
    store: &Store,
    db: &impl ConnectionTrait,
    person: &Person,
    thread: Uuid,
    n: u32,
    link: &str,
    now: Timestamp,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM message_mark WHERE unread AND person_id = ")
        .value(person.id)
        .push(" AND thread_id = ")
        .value(thread);
    if sql.number(db, "marks").await? > 0 {
        return Ok(());
    }
    let Ok(to) = Email::parse(&person.email) else {
        return Ok(());
    };
    let Some(leave) = store.stopped_by(db, person.id, Notice::Messages).await? else {
        return Ok(());
    };
    let addressed = Addressed {
        to: &to,
        name: &person.name,
        leave,
    };
    let message = stored::to(&person.language, || {
        letter::new_message(&addressed, link.to_owned())
    });
    let reason = format!("message:{thread}:{n}:{}", person.id);
    store.post(db, &message, &reason, now).await
}
