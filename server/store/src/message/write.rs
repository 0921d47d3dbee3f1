//! A conversation begins, goes on, is closed and opened again.

use super::{Who, account, begun, file, forget, notice, read, row};
use crate::{
    Store,
    find::sql::Sql,
    outage::Answer,
    stored,
    vault::purpose::{MESSAGE, SUBJECT},
};
use portfolio::{
    ids::{EnrolmentId, OfficerId, ThreadId},
    journal::{Entry, What},
    message::{
        allowance,
        file::Attachment,
        form::{AnswerDraft, BeginThreadDraft},
        side::{Bar, Side, Sides},
        view::Opening,
    },
    ports::{AboutWhom, NoticeLinks, Written, WrittenIn},
    time::{DAY, Timestamp},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// What becomes of what somebody wrote, and what is to be written down; nothing where nothing was done.
type Outcome = (Option<Written>, Vec<Entry>);

const fn only(answer: Option<Written>) -> Outcome {
    (answer, Vec::new())
}

/// See [`portfolio::ports::Messages::opening`].
pub(super) async fn opening(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    whom: &AboutWhom,
    now: Timestamp,
) -> Answer<Option<Opening>> {
    let Some(about) = account::found(db, who, whom).await? else {
        return Ok(None);
    };
    let place = written_in(who, &about);
    Ok(Some(Opening {
        about: about.shown(who),
        to: about.to(who),
        begun: begun::of(store, db, who, &place).await?,
        accounts: about.accounts,
        once: stored::new_id(now),
    }))
}

/// Where what is begun about an account is kept, however it was named.
fn written_in(who: &Who, about: &account::About) -> WrittenIn {
    let firm = about.managed.as_ref().filter(|_| who.side == Side::Firm);
    WrittenIn::New(firm.map_or_else(
        || AboutWhom::Own(about.held.clone()),
        |managed| AboutWhom::Client(EnrolmentId(managed.enrolment)),
    ))
}

/// See [`portfolio::ports::Messages::begin_thread`].
#[expect(
    clippy::too_many_arguments,
    reason = "what is written, by whom, where, when, and what goes with it"
)]
pub(super) async fn begin(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    whom: &AboutWhom,
    draft: &BeginThreadDraft,
    files: &[Attachment],
    links: &NoticeLinks,
    now: Timestamp,
) -> Answer<Outcome> {
    let Some(about) = account::found(db, who, whom).await? else {
        return Ok(only(None));
    };
    if let Some(known) = same(db, who, draft.once).await? {
        return Ok(only(Some(Written::Done(known))));
    }
    let Some(with) = Sides::begun(who.side, draft.to) else {
        return Ok(only(None));
    };
    if let Some(bar) = about.bars(who, with) {
        return Ok(only(Some(Written::Barred(bar))));
    }
    if let Some(bar) = flooded(db, who, files, now).await? {
        return Ok(only(Some(Written::Barred(bar))));
    }
    forget::oldest(db, now).await?;
    let id = stored::new_id(now);
    let managed = about.managed.as_ref().filter(|_| with.firm);
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO message_thread (id, holder_key, firm_id, enrolment_id, client_id, with_body, created_at, changed_at, messages, last_side, waiting_since, closed_at) VALUES (")
        .value(id)
        .push(", ")
        .value(about.key.clone())
        .push(", ")
        .value(managed.map(|managed| managed.firm))
        .push(", ")
        .value(managed.map(|managed| managed.enrolment))
        .push(", ")
        .value(about.client.filter(|_| with.client))
        .push(", ")
        .value(with.body)
        .push(", ")
        .value(now.0)
        .push(", ")
        .value(now.0)
        .push(", 0, ")
        .value(who.side.code())
        .push(", NULL, NULL)");
    sql.run(db, "beginning a conversation").await?;
    store
        .seal(db, SUBJECT, id, draft.subject.as_bytes())
        .await?;
    let Some(thread) = row::locked(db, who, ThreadId(id)).await? else {
        return Ok(only(None));
    };
    let text = &draft.text;
    if !put(store, db, who, &thread, text, draft.once, files, links, now).await? {
        return Ok(only(same(db, who, draft.once).await?.map(Written::Done)));
    }
    begun::forget(store, db, who, &written_in(who, &about)).await?;
    let sent = sent(who, &thread, files);
    Ok((Some(Written::Done(ThreadId(id))), vec![sent]))
}

/// See [`portfolio::ports::Messages::answer`].
pub(super) async fn answer(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    draft: &AnswerDraft,
    files: &[Attachment],
    links: &NoticeLinks,
    now: Timestamp,
) -> Answer<Outcome> {
    let Some(id) = draft.of else {
        return Ok(only(None));
    };
    if draft.close.is_some() && who.side != Side::Body {
        return Ok(only(None));
    }
    let over = match draft.text {
        // The limits of a day are counted under the house, which is locked before the conversation.
        Some(_) => flooded(db, who, files, now).await?,
        None => None,
    };
    let Some(thread) = row::locked(db, who, id).await? else {
        return Ok(only(None));
    };
    let mut entries = Vec::new();
    if let Some(text) = &draft.text {
        if let Some(known) = same(db, who, draft.once).await? {
            return Ok(only(Some(Written::Done(known))));
        }
        if let Some(bar) = thread.standing().bars(who.side).or(over) {
            return Ok(only(Some(Written::Barred(bar))));
        }
        forget::oldest(db, now).await?;
        if !put(store, db, who, &thread, text, draft.once, files, links, now).await? {
            return Ok(only(same(db, who, draft.once).await?.map(Written::Done)));
        }
        begun::forget(store, db, who, &WrittenIn::Thread(id)).await?;
        entries.push(sent(who, &thread, files));
    }
    if let Some(closed) = draft.close
        && closed != thread.closed_at.is_some()
    {
        close(db, &thread, closed, now).await?;
        let what = What::ThreadClosed {
            thread: id,
            closed,
            officer: OfficerId(who.person),
        };
        entries.push(file::entry(who, &thread, what));
    }
    Ok((Some(Written::Done(id)), entries))
}

fn sent(who: &Who, thread: &row::Row, files: &[Attachment]) -> Entry {
    let what = What::MessageSent {
        thread: ThreadId(thread.id),
        files: u32::try_from(files.len()).unwrap_or(u32::MAX),
        officer: (who.side == Side::Body).then_some(OfficerId(who.person)),
    };
    file::entry(who, thread, what)
}

/// The conversation that this very message is in already.
async fn same(db: &impl ConnectionTrait, who: &Who, once: Uuid) -> Answer<Option<ThreadId>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT thread_id FROM message WHERE author_id = ")
        .value(who.person)
        .push(" AND once = ")
        .value(once);
    let found = sql.column(db, "messages").await?.into_iter().next();
    Ok(found.filter(|_| !once.is_nil()).map(ThreadId))
}

#[derive(FromQueryResult)]
struct Today {
    messages: i64,
    bytes: i64,
}

/// Whether a house has written as much as it may within a day. Firms and clients are held meanwhile, so that many at once are counted
/// one after the other; the body's officers do not wait for each other.
async fn flooded(
    db: &impl ConnectionTrait,
    who: &Who,
    files: &[Attachment],
    now: Timestamp,
) -> Answer<Option<Bar>> {
    if who.side != Side::Body {
        let mut sql = Sql::new(db);
        sql.push("SELECT id FROM firm WHERE id = ").value(who.house);
        sql.lock("NO KEY UPDATE");
        sql.column(db, "houses").await?;
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) AS messages, CAST(COALESCE(SUM(bytes), 0) AS bigint) AS bytes FROM message WHERE house_id = ")
        .value(who.house)
        .push(" AND at > ")
        .value(now.0 - DAY);
    let today = sql.read::<Today>(db, "messages of a day").await?;
    let more: usize = files.iter().map(|file| file.bytes.len()).sum();
    let takes = today.first().is_none_or(|today| {
        let (messages, bytes) = (stored::count(today.messages), stored::count(today.bytes));
        allowance(who.side).takes(messages, bytes, more as u64)
    });
    Ok((!takes).then_some(Bar::Flooded))
}

/// Puts a message at the end of a conversation that is held; false where the same was put there at the same moment.
#[expect(
    clippy::too_many_arguments,
    reason = "what is written, by whom, where, when, and what goes with it"
)]
async fn put(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    thread: &row::Row,
    text: &str,
    once: Uuid,
    files: &[Attachment],
    links: &NoticeLinks,
    now: Timestamp,
) -> Answer<bool> {
    let id = stored::new_id(now);
    let once = if once.is_nil() { id } else { once };
    let n = row::number(thread.messages) + 1;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO message (id, thread_id, n, side, author_id, house_id, at, once, files, bytes) VALUES (")
        .value(id)
        .push(", ")
        .value(thread.id)
        .push(", ")
        .value(row::stored(n))
        .push(", ")
        .value(who.side.code())
        .push(", ")
        .value(who.person)
        .push(", ")
        .value(who.house)
        .push(", ")
        .value(now.0)
        .push(", ")
        .value(once)
        .push(", ")
        .value(i32::try_from(files.len()).unwrap_or(i32::MAX))
        .push(", ")
        .value(i64::try_from(bytes).unwrap_or(i64::MAX))
        .push(") ON CONFLICT (author_id, once) DO NOTHING");
    if sql.run(db, "writing a message").await? == 0 {
        return Ok(false);
    }
    store.seal(db, MESSAGE, id, text.as_bytes()).await?;
    file::keep(store, db, id, files, now).await?;
    let waiting = thread
        .standing()
        .awaits(who.side)
        .then(|| thread.waiting_since.unwrap_or(now.0));
    let mut sql = Sql::new(db);
    sql.push("UPDATE message_thread SET messages = ")
        .value(row::stored(n))
        .push(", changed_at = ")
        .value(now.0)
        .push(", last_side = ")
        .value(who.side.code())
        .push(", waiting_since = ")
        .value(waiting)
        .push(" WHERE id = ")
        .value(thread.id);
    sql.run(db, "writing a message").await?;
    notice::told(store, db, who, thread, n, links, now).await?;
    // Who writes has the conversation before them.
    read::mark(db, who.person, thread.id, n).await?;
    Ok(true)
}

/// Closes a conversation, or opens it again: then it waits once more, when the body had not written last.
async fn close(
    db: &impl ConnectionTrait,
    thread: &row::Row,
    closed: bool,
    now: Timestamp,
) -> Answer<()> {
    let mut sql = Sql::new(db);
    sql.push("UPDATE message_thread SET closed_at = ")
        .value(closed.then_some(now.0))
        .push(", waiting_since = ");
    if closed {
        sql.push("NULL");
    } else {
        sql.push("CASE WHEN last_side = ")
            .value(Side::Body.code())
            .push(" THEN NULL ELSE ")
            .value(now.0)
            .push(" END");
    }
    sql.push(" WHERE id = ").value(thread.id);
    sql.run(db, "closing a conversation").await?;
    Ok(())
}
