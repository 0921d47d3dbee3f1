//! One conversation, whole or from a message on; and how far somebody has read it.

use super::{Who, begun, file, row};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, refused},
    store::{commit, soon},
    stored,
    vault::purpose::MESSAGE,
};
use portfolio::{
    ids::ThreadId,
    message::{
        side::Side,
        view::{Shown, Thread},
    },
    ports::WrittenIn,
    time::Timestamp,
    wording,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Message {
    id: Uuid,
    n: i32,
    side: String,
    author_id: Uuid,
    author: String,
    at: i64,
}

/// See [`portfolio::ports::Messages::thread`].
pub(super) async fn thread(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    id: ThreadId,
    now: Timestamp,
) -> Answer<Option<Thread>> {
    let Some(found) = row::one(db, who, id).await? else {
        return Ok(None);
    };
    Ok(Some(Thread {
        row: found.shown(store, db, who).await?,
        messages: messages(store, db, who, &found, 0).await?,
        barred: found.standing().bars(who.side),
        begun: begun::of(store, db, who, &WrittenIn::Thread(id)).await?,
        once: stored::new_id(now),
    }))
}

/// See [`portfolio::ports::Messages::messages_after`].
pub(super) async fn after(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    id: ThreadId,
    n: u32,
) -> Answer<Option<Vec<Shown>>> {
    match row::one(db, who, id).await? {
        None => Ok(None),
        // Mostly there is nothing.
        Some(found) if row::number(found.messages) <= n => Ok(Some(Vec::new())),
        Some(found) => messages(store, db, who, &found, n).await.map(Some),
    }
}

/// The messages of a conversation after the one of a number.
async fn messages(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    thread: &row::Row,
    n: u32,
) -> Answer<Vec<Shown>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT g.id, g.n, g.side, g.author_id, a.name AS author, g.at FROM message g JOIN member a ON a.id = g.author_id WHERE g.thread_id = ")
        .value(thread.id)
        .push(" AND g.n > ")
        .value(row::stored(n))
        .push(" ORDER BY g.n");
    let found = sql.read::<Message>(db, "messages").await?;
    let mut files = file::of_thread(store, db, thread.id, n).await?;
    let seen = thread.seen.unwrap_or_default();
    let mut shown = Vec::with_capacity(found.len());
    for message in found {
        let text = store.unseal(db, MESSAGE, message.id).await?;
        let text = text.ok_or_else(|| refused("message", message.id))?;
        let side = row::side(&message.side, message.id)?;
        let hidden = side == Side::Body && who.side != Side::Body;
        shown.push(Shown {
            n: row::number(message.n),
            side,
            by: if hidden {
                wording::BY_BODY.to_owned()
            } else {
                message.author
            },
            mine: message.author_id == who.person,
            at: Timestamp(message.at),
            text: row::words(&text, "message", message.id)?,
            files: files.remove(&message.id).unwrap_or_default(),
            new: side != who.side && message.n > seen,
        });
    }
    Ok(shown)
}

/// Notes that somebody has read a conversation up to the message of a number. The page can do without, and does not wait for long.
pub(super) async fn mark_soon(store: &Store, who: &Who, id: ThreadId, n: u32) {
    let (store, person) = (store.clone(), who.person);
    soon(
        "how far a conversation was read was not noted",
        async move {
            let mut sql = Sql::new(store.reader());
            sql.push("SELECT COUNT(*) FROM message_mark WHERE NOT unread AND person_id = ")
                .value(person)
                .push(" AND thread_id = ")
                .value(id.0)
                .push(" AND seen >= ")
                .value(row::stored(n));
            if sql.number(store.reader(), "marks").await? > 0 {
                return Ok(());
            }
            let tx = store.write().await?;
            mark(&tx, person, id.0, n).await?;
            commit(tx).await
        },
    )
    .await;
}

/// The same, now. What was written meanwhile stays unread; what was noted before is not taken back.
pub(super) async fn mark(
    db: &impl ConnectionTrait,
    person: Uuid,
    thread: Uuid,
    n: u32,
) -> Answer<()> {
    // The conversation is held, so that a message that is being written now finds the mark as it is afterwards.
    let mut held = Sql::new(db);
    held.push("SELECT id FROM message_thread WHERE id = ")
        .value(thread);
    held.lock("UPDATE");
    if held.column(db, "conversations").await?.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new(db);
    let n = sql.place(row::stored(n));
    sql.push("INSERT INTO message_mark (person_id, thread_id, seen, unread) VALUES (")
        .value(person)
        .push(", ")
        .value(thread)
        .push(&format!(
            ", {n}, FALSE) ON CONFLICT (person_id, thread_id) DO UPDATE SET \
             unread = message_mark.unread AND EXISTS (SELECT 1 FROM message g WHERE g.thread_id = message_mark.thread_id AND g.n > {n} \
             AND g.house_id <> (SELECT firm_id FROM member WHERE id = message_mark.person_id)), \
             seen = CASE WHEN message_mark.seen < {n} THEN {n} ELSE message_mark.seen END"
        ));
    sql.run(db, "noting how far a conversation was read")
        .await?;
    Ok(())
}
