//! A firm with a client, and an officer, who write to each other.

use crate::base::*;
use portfolio::{
    ids::{EnrolmentId, ThreadId},
    message::{
        file::{Attachment, FileKind},
        form::{AnswerDraft, BeginThreadDraft},
        search::{Show, ThreadSearch},
        side::To,
        view::Thread,
    },
    origin::Origin,
    permission::{Editor, Officer},
    ports::{AboutWhom, Messages as _, NoticeLinks, Reader, Writer, Written},
    time::Timestamp,
};
use store::NewOfficer;
use uuid::Uuid;

pub const ON: [&str; 2] = ["MESSAGERIE", "MAIL_MESSAGE"];

pub fn links() -> NoticeLinks {
    NoticeLinks {
        firm: "https://portail.example/messagerie".into(),
        client: "https://portail.example/mon-compte/messagerie".into(),
    }
}

pub fn pdf(name: &str, more: usize) -> Attachment {
    let mut bytes = b"%PDF-1.7 ".to_vec();
    bytes.extend((0..more).map(|n| u8::try_from(n % 251).unwrap()));
    Attachment {
        name: name.into(),
        kind: FileKind::Pdf,
        bytes,
    }
}

/// A firm with a client, and an officer.
pub struct Scene {
    pub base: Base,
    pub editor: Editor,
    pub client: EnrolmentId,
    pub officer: Officer,
}

impl Scene {
    pub async fn of(base: Base, on: &[&str]) -> Self {
        let editor = base.with_accounts().await;
        let client = base
            .client(&editor, EMPLOYER, &good_employer(), on, NOW)
            .await;
        let officer = officer(&base, "agent").await;
        Self {
            base,
            editor,
            client,
            officer,
        }
    }

    pub fn firm(&self) -> Writer {
        Writer::Firm(self.editor.clone())
    }

    pub fn body(&self) -> Writer {
        Writer::Body(self.officer.clone())
    }

    pub async fn try_begin(&self, subject: &str, files: &[Attachment], now: Timestamp) -> Written {
        let draft = BeginThreadDraft {
            to: To::Body,
            subject: subject.into(),
            text: format!("À propos de {subject}.\nMerci."),
            once: Uuid::new_v4(),
        };
        let about = AboutWhom::Client(self.client);
        let (firm, to) = (self.firm(), links());
        let store = &self.base.store;
        store
            .begin_thread(&firm, &about, &draft, files, &to, now)
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn begin(&self, subject: &str) -> ThreadId {
        done(&self.try_begin(subject, &[], NOW).await)
    }

    pub async fn say(&self, by: &Writer, id: ThreadId, text: &str, now: Timestamp) -> Written {
        let draft = draft(id, Some(text), None);
        self.base
            .store
            .answer(by, &draft, &[], &links(), now)
            .await
            .unwrap()
            .unwrap()
    }

    pub async fn close(&self, id: ThreadId, closed: bool) {
        let draft = draft(id, None, Some(closed));
        let done = self
            .base
            .store
            .answer(&self.body(), &draft, &[], &links(), NOW)
            .await;
        assert_eq!(done.unwrap(), Some(Written::Done(id)));
    }

    pub async fn thread(&self, reader: &Reader, id: ThreadId) -> Option<Thread> {
        self.base.store.thread(reader, id, NOW).await.unwrap()
    }

    pub async fn waiting(&self, reader: &Reader) -> u64 {
        self.base.store.waiting_messages(reader).await.unwrap()
    }

    pub async fn queue(&self, show: Show) -> Vec<ThreadId> {
        let search = ThreadSearch {
            show,
            ..ThreadSearch::default()
        };
        let found = self
            .base
            .store
            .threads(&self.body().reader(), &search)
            .await;
        found
            .unwrap()
            .unwrap()
            .rows
            .iter()
            .map(|row| row.id)
            .collect()
    }

    pub async fn sound(&self) {
        assert_eq!(self.base.store.faults().await.unwrap().faults, []);
        let whole = self.base.store.verify_journal(None).await.unwrap();
        assert!(matches!(whole, store::Verified::Whole { .. }), "{whole:?}");
    }
}

pub async fn officer(base: &Base, identifier: &str) -> Officer {
    let new = NewOfficer {
        body: "Organisme",
        second_factor: false,
        identifier,
        name: "Dominique",
        password_hash: HASH,
    };
    let id = base.store.add_officer(new, NOW).await.unwrap();
    Officer::of_session(id, Origin(Some([192, 0, 2, 9].into())))
}

pub fn draft(id: ThreadId, text: Option<&str>, close: Option<bool>) -> AnswerDraft {
    AnswerDraft {
        of: Some(id),
        text: text.map(str::to_owned),
        close,
        once: Uuid::new_v4(),
    }
}

pub fn done(written: &Written) -> ThreadId {
    match written {
        Written::Done(id) => *id,
        Written::Barred(bar) => panic!("{bar:?}"),
    }
}

impl Scene {
    pub async fn begin_to(
        &self,
        by: &Writer,
        about: &AboutWhom,
        to: To,
        subject: &str,
    ) -> Option<Written> {
        let draft = BeginThreadDraft {
            to,
            subject: subject.into(),
            text: "Bonjour".into(),
            once: Uuid::new_v4(),
        };
        self.base
            .store
            .begin_thread(by, about, &draft, &[], &links(), NOW)
            .await
            .unwrap()
    }

    pub async fn subjects(&self, reader: &Reader) -> Vec<String> {
        let found = self
            .base
            .store
            .threads(reader, &ThreadSearch::default())
            .await;
        let mut subjects: Vec<_> = found
            .unwrap()
            .unwrap()
            .rows
            .into_iter()
            .map(|row| row.subject)
            .collect();
        subjects.sort();
        subjects
    }
}
