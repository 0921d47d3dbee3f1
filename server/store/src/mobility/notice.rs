//! What becomes of a request, told to whoever looks after the client: in the transaction in which it becomes so.

use crate::{Store, find::sql::Sql, notices::Cause, outage::Answer};
use portfolio::{
    ids::MemberId,
    journal::{About, Entry, What},
    letter::{self, Notice, notice_path},
    mobility::life::{Happened, State},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;

/// Writes the message that an entry of the journal calls for, if it calls for one. Not to whoever did it (`by`): their page says it.
pub(super) async fn write(
    store: &Store,
    db: &impl ConnectionTrait,
    entry: &Entry,
    by: Option<MemberId>,
    now: Timestamp,
) -> Answer<()> {
    let (What::Mobility { id, what }, Some(About::Client(client))) = (&entry.what, entry.about)
    else {
        return Ok(());
    };
    let state = match what {
        Happened::Granted { .. } => State::Granted,
        Happened::Refused { .. } => State::Refused,
        Happened::Asked { .. } => State::Asked,
        _ => return Ok(()),
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT CAST(version AS bigint) FROM mobility_request WHERE id = ")
        .value(id.0);
    let version = sql.number(db, "requests").await?;
    let reason = format!("mobilite:{id}:{version}");
    let link = format!("{}{}", store.url(), notice_path::mobility(*id));
    let cause = Cause {
        notice: Notice::Mobility,
        client,
        by,
        reason: &reason,
    };
    store
        .notify(db, cause, now, |to| letter::mobility(to, state, link))
        .await
}
