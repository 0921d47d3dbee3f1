//! Secure messages about an account: conversations, what is attached to them, and who has read how far.
//!
//! Everything that somebody may read starts at [`row::of`], which names their side and their house. Locks are taken in one order: the
//! house that writes, the conversation, its marks, the outbox, the journal.

mod account;
mod begun;
mod faults;
mod file;
mod forget;
mod list;
mod notice;
mod read;
mod row;
mod write;

pub(crate) use faults::WRONG;
pub(crate) use file::{is_as_sent, next_file};

use crate::{
    Store,
    find::sql::Sql,
    journal::commit_with,
    outage::{Answer, refused},
    store::commit,
};
use portfolio::{
    ids::{AttachmentId, ThreadId},
    message::{
        file::Attachment,
        form::{AnswerDraft, BeginThreadDraft},
        search::ThreadSearch,
        side::Side,
        view::{Begun, Opening, Shown, Thread, ThreadList},
    },
    origin::Origin,
    ports::{
        AboutWhom, Fetched, Messages, NoticeLinks, Outage, Reader, Writer, Written, WrittenIn,
    },
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// The service that a firm writes to the body with.
const SERVICE: &str = "MESSAGERIE";
/// The service that has a firm told of new messages by mail.
const NOTICE: &str = "MAIL_MESSAGE";

/// Somebody on a side.
struct Who {
    side: Side,
    house: Uuid,
    person: Uuid,
    from: Origin,
}

impl Who {
    /// Who asks, with their house.
    async fn of(db: &impl ConnectionTrait, reader: &Reader) -> Answer<Self> {
        Ok(match reader {
            Reader::Firm(scope) => Self {
                side: Side::Firm,
                house: scope.firm.0,
                person: scope.member.0,
                from: scope.from,
            },
            Reader::Body(officer) => {
                let mut sql = Sql::new(db);
                sql.push("SELECT m.firm_id FROM member m JOIN firm f ON f.id = m.firm_id WHERE f.is_body AND m.id = ")
                    .value(officer.id().0);
                let house = sql.column(db, "officers").await?.into_iter().next();
                Self {
                    side: Side::Body,
                    house: house.ok_or_else(|| refused("officer", officer.id()))?,
                    person: officer.id().0,
                    from: officer.from(),
                }
            }
            Reader::Client(client) => Self {
                side: Side::Client,
                house: client.house().0,
                person: client.member().0,
                from: client.from(),
            },
        })
    }
}

#[async_trait::async_trait]
impl Messages for Store {
    async fn waiting_messages(&self, reader: &Reader) -> Result<u64, Outage> {
        let tx = self.read().await?;
        let who = Who::of(&tx, reader).await?;
        let answer = list::waiting(&tx, &who).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn threads(
        &self,
        reader: &Reader,
        search: &ThreadSearch,
    ) -> Result<Option<ThreadList>, Outage> {
        let tx = self.read().await?;
        let who = Who::of(&tx, reader).await?;
        let answer = list::threads(self, &tx, &who, search).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn thread(
        &self,
        reader: &Reader,
        id: ThreadId,
        now: Timestamp,
    ) -> Result<Option<Thread>, Outage> {
        let tx = self.read().await?;
        let who = Who::of(&tx, reader).await?;
        let answer = read::thread(self, &tx, &who, id, now).await?;
        commit(tx).await?;
        if let Some(thread) = &answer {
            read::mark_soon(self, &who, id, thread.row.messages).await;
        }
        Ok(answer)
    }

    async fn messages_after(
        &self,
        reader: &Reader,
        id: ThreadId,
        n: u32,
    ) -> Result<Option<Vec<Shown>>, Outage> {
        let tx = self.read().await?;
        let who = Who::of(&tx, reader).await?;
        let answer = read::after(self, &tx, &who, id, n).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn opening(
        &self,
        reader: &Reader,
        about: &AboutWhom,
        now: Timestamp,
    ) -> Result<Option<Opening>, Outage> {
        let tx = self.read().await?;
        let who = Who::of(&tx, reader).await?;
        let answer = write::opening(self, &tx, &who, about, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn begin_thread(
        &self,
        writer: &Writer,
        about: &AboutWhom,
        draft: &BeginThreadDraft,
        files: &[Attachment],
        links: &NoticeLinks,
        now: Timestamp,
    ) -> Result<Option<Written>, Outage> {
        let tx = self.write().await?;
        let who = Who::of(&tx, &writer.reader()).await?;
        let (answer, entries) =
            write::begin(self, &tx, &who, about, draft, files, links, now).await?;
        if entries.is_empty() {
            // Nothing was written, or the same before: whatever was begun is dropped with the transaction.
            return Ok(answer);
        }
        commit_with(tx, self.key(), &entries, now).await?;
        self.mail_was_written();
        Ok(answer)
    }

    async fn answer(
        &self,
        writer: &Writer,
        draft: &AnswerDraft,
        files: &[Attachment],
        links: &NoticeLinks,
        now: Timestamp,
    ) -> Result<Option<Written>, Outage> {
        let tx = self.write().await?;
        let who = Who::of(&tx, &writer.reader()).await?;
        let (answer, entries) = write::answer(self, &tx, &who, draft, files, links, now).await?;
        if entries.is_empty() {
            return Ok(answer);
        }
        commit_with(tx, self.key(), &entries, now).await?;
        self.mail_was_written();
        Ok(answer)
    }

    async fn attachment(
        &self,
        reader: &Reader,
        id: AttachmentId,
        now: Timestamp,
    ) -> Result<Option<Fetched>, Outage> {
        let tx = self.write().await?;
        let who = Who::of(&tx, reader).await?;
        let Some((fetched, entry)) = file::fetched(self, &tx, &who, id).await? else {
            return Ok(None);
        };
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Some(fetched))
    }

    async fn keep_begun(
        &self,
        writer: &Writer,
        place: &WrittenIn,
        begun: &Begun,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let who = Who::of(&tx, &writer.reader()).await?;
        begun::keep(self, &tx, &who, place, begun, now).await?;
        commit(tx).await
    }
}
