//! Conversations that are kept no longer: forgotten by whoever writes, one at a time, with everything that was attached.

use crate::{
    find::sql::Sql,
    outage::Answer,
    vault::purpose::{ATTACHMENT, MESSAGE, PIECE, SUBJECT},
};
use portfolio::{message::KEPT, time::Timestamp};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// The messages of a conversation, and the files of them, as conditions.
const MESSAGES: &str = "(SELECT id FROM message WHERE thread_id = $1)";
const FILES: &str = "(SELECT id FROM message_file WHERE message_id IN (SELECT id FROM message WHERE thread_id = $1))";

/// Forgets the oldest conversation whose time is over, if there is one that nobody holds.
pub(super) async fn oldest(db: &impl ConnectionTrait, now: Timestamp) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM message_thread WHERE changed_at < ")
        .value(now.0 - KEPT)
        .push(" ORDER BY changed_at LIMIT 1");
    sql.lock("UPDATE SKIP LOCKED");
    for thread in sql.column(db, "old conversations").await? {
        whole(db, thread).await?;
    }
    Ok(())
}

async fn whole(db: &impl ConnectionTrait, thread: Uuid) -> Answer<()> {
    let sealed = |purpose: &str, owners: &str| {
        format!("DELETE FROM sealed WHERE purpose = '{purpose}' AND owner IN {owners}")
    };
    let boxes = format!("(SELECT box_id FROM message_piece WHERE file_id IN {FILES})");
    for sql in [
        sealed(PIECE, &boxes),
        format!("DELETE FROM message_piece WHERE file_id IN {FILES}"),
        sealed(ATTACHMENT, FILES),
        format!("DELETE FROM message_file WHERE message_id IN {MESSAGES}"),
        sealed(MESSAGE, MESSAGES),
        "DELETE FROM message WHERE thread_id = $1".to_owned(),
        "DELETE FROM message_mark WHERE thread_id = $1".to_owned(),
        sealed(SUBJECT, "($1)"),
        "DELETE FROM message_thread WHERE id = $1".to_owned(),
    ] {
        crate::raw::run(db, &sql, vec![thread.into()], "forgetting a conversation").await?;
    }
    Ok(())
}
