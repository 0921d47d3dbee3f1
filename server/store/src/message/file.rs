//! What is attached: kept in sealed pieces, handed back only as it was sent.

use super::{Who, row};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, refused},
    stored,
    vault::purpose::{ATTACHMENT, PIECE},
};
use portfolio::{
    ids::{AttachmentId, EnrolmentId, FirmId, MemberId, OfficerId, ThreadId},
    journal::{About, Entry, What},
    message::{
        file::{Attachment, FileKind},
        side::Side,
        view::Attached,
    },
    ports::Fetched,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// Bytes of a piece. A thousand of them are in memory when a new key of the vault is made.
const PIECE_BYTES: usize = 64 * 1024;
/// The table, in the words of an outage.
const TABLE: &str = "message_file";

/// What is sealed of a file besides its pieces. The digest is of all of them in their order, which none of them tells.
#[derive(Serialize, Deserialize)]
struct Label {
    name: String,
    sha256: [u8; 32],
}

#[derive(FromQueryResult)]
struct File {
    id: Uuid,
    message_id: Uuid,
    kind: String,
    bytes: i64,
}

/// Keeps what is attached to a message.
pub(super) async fn keep(
    store: &Store,
    db: &impl ConnectionTrait,
    message: Uuid,
    files: &[Attachment],
    now: Timestamp,
) -> Answer<()> {
    for (n, file) in (1..).zip(files) {
        let id = stored::new_id(now);
        let bytes = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let mut sql = Sql::new(db);
        sql.push("INSERT INTO message_file (id, message_id, n, kind, bytes) VALUES (")
            .value(id)
            .push(", ")
            .value(message)
            .push(", ")
            .value(row::stored(n))
            .push(", ")
            .value(file.kind.code())
            .push(", ")
            .value(bytes)
            .push(")");
        sql.run(db, "keeping an attachment").await?;
        let label = Label {
            name: file.name.clone(),
            sha256: Sha256::digest(&file.bytes).into(),
        };
        let label = serde_json::to_vec(&label).map_err(|_| refused(TABLE, id))?;
        store.seal(db, ATTACHMENT, id, &label).await?;
        for (n, piece) in (1..).zip(file.bytes.chunks(PIECE_BYTES)) {
            let box_id = stored::new_id(now);
            store.seal(db, PIECE, box_id, piece).await?;
            let mut sql = Sql::new(db);
            sql.push("INSERT INTO message_piece (file_id, n, box_id) VALUES (")
                .value(id)
                .push(", ")
                .value(row::stored(n))
                .push(", ")
                .value(box_id)
                .push(")");
            sql.run(db, "keeping an attachment").await?;
        }
    }
    Ok(())
}

/// What is attached to the messages of a conversation after the one of a number, by message.
pub(super) async fn of_thread(
    store: &Store,
    db: &impl ConnectionTrait,
    thread: Uuid,
    n: u32,
) -> Answer<HashMap<Uuid, Vec<Attached>>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT f.id, f.message_id, f.kind, f.bytes FROM message_file f JOIN message g ON g.id = f.message_id WHERE g.thread_id = ")
        .value(thread)
        .push(" AND g.n > ")
        .value(row::stored(n))
        .push(" ORDER BY f.message_id, f.n");
    let mut found: HashMap<Uuid, Vec<Attached>> = HashMap::new();
    for file in sql.read::<File>(db, "attachments").await? {
        let label = label(store, db, file.id).await?;
        found.entry(file.message_id).or_default().push(Attached {
            id: AttachmentId(file.id),
            name: label.name,
            kind: kind(&file)?,
            bytes: stored::count(file.bytes),
        });
    }
    Ok(found)
}

async fn label(store: &Store, db: &impl ConnectionTrait, id: Uuid) -> Answer<Label> {
    let label = store.unseal(db, ATTACHMENT, id).await?;
    let label = label.ok_or_else(|| refused(TABLE, id))?;
    serde_json::from_slice(&label).map_err(|_| refused(TABLE, id))
}

fn kind(file: &File) -> Answer<FileKind> {
    FileKind::from_code(&file.kind).ok_or_else(|| refused(TABLE, file.id))
}

#[derive(FromQueryResult)]
struct Place {
    thread_id: Uuid,
}

/// See [`portfolio::ports::Messages::attachment`]; and what is to be written down.
pub(super) async fn fetched(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    id: AttachmentId,
) -> Answer<Option<(Fetched, Entry)>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT g.thread_id FROM message_file f JOIN message g ON g.id = f.message_id WHERE f.id = ")
        .value(id.0);
    let Some(place) = sql
        .read::<Place>(db, "attachments")
        .await?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let Some(thread) = row::one(db, who, ThreadId(place.thread_id)).await? else {
        return Ok(None);
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT id, message_id, kind, bytes FROM message_file WHERE id = ")
        .value(id.0);
    let Some(file) = sql
        .read::<File>(db, "attachments")
        .await?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let label = label(store, db, id.0).await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT box_id FROM message_piece WHERE file_id = ")
        .value(id.0)
        .push(" ORDER BY n");
    let mut bytes = Vec::new();
    for piece in sql.column(db, "attachments").await? {
        let piece = store.unseal(db, PIECE, piece).await?;
        bytes.extend_from_slice(&piece.ok_or_else(|| refused(TABLE, id))?);
    }
    if <[u8; 32]>::from(Sha256::digest(&bytes)) != label.sha256 {
        return Err(refused(TABLE, id));
    }
    let attachment = Attachment {
        name: label.name,
        kind: kind(&file)?,
        bytes,
    };
    let officer = (who.side == Side::Body).then_some(OfficerId(who.person));
    let what = What::AttachmentFetched { id, officer };
    Ok(Some((Fetched(attachment), entry(who, &thread, what))))
}

/// The attachment that follows another one, by id.
pub(crate) async fn next_file(db: &impl ConnectionTrait, after: Uuid) -> Answer<Option<Uuid>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM message_file WHERE id > ")
        .value(after)
        .push(" ORDER BY id LIMIT 1");
    Ok(sql.column(db, "attachments").await?.into_iter().next())
}

/// Whether an attachment is whole, and what was sent. A piece at a time is in memory.
pub(crate) async fn is_as_sent(store: &Store, db: &impl ConnectionTrait, id: Uuid) -> Answer<bool> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, message_id, kind, bytes FROM message_file WHERE id = ")
        .value(id);
    let files = sql.read::<File>(db, "attachments").await?;
    let label = store.opened(db, ATTACHMENT, id).await?.flatten();
    let label = label.and_then(|text| serde_json::from_slice::<Label>(&text).ok());
    let (Some(file), Some(label)) = (files.first(), label) else {
        return Ok(false);
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT box_id FROM message_piece WHERE file_id = ")
        .value(id)
        .push(" ORDER BY n");
    let (mut digest, mut bytes) = (Sha256::new(), 0);
    for piece in sql.column(db, "attachments").await? {
        let Some(piece) = store.opened(db, PIECE, piece).await?.flatten() else {
            return Ok(false);
        };
        bytes += piece.len() as u64;
        digest.update(&piece);
    }
    let same = <[u8; 32]>::from(digest.finalize()) == label.sha256;
    Ok(same && bytes == stored::count(file.bytes) && kind(file).is_ok())
}

/// What is written down of something that somebody did in a conversation: in the journal of the firm that is a side of it, where the
/// firm or the body did it; else in that of the house that did.
pub(super) fn entry(who: &Who, thread: &row::Row, what: What) -> Entry {
    let about = thread.enrolment_id.map(|id| About::Client(EnrolmentId(id)));
    match (who.side, thread.firm_id) {
        // The firm is told which officer, not where from.
        (Side::Body, Some(firm)) => Entry {
            firm: Some(FirmId(firm)),
            by: None,
            from: portfolio::origin::Origin::default(),
            about,
            what,
        },
        (side, _) => Entry {
            firm: Some(FirmId(who.house)),
            by: Some(MemberId(who.person)),
            from: who.from,
            about: about.filter(|_| side == Side::Firm),
            what,
        },
    }
}
