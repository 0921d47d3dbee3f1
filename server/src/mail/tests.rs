//! Messages on their way: from the outbox of a store to a folder, and to a mail server that speaks a few verbs.

use super::*;
use crate::trial::Trial;
use portfolio::{
    email::Email,
    form::InviteDraft,
    ids::Scope,
    letter::{Addressed, bulletin},
    origin::Origin,
    permission::{Administrator, Fresh, Role},
    ports::{CLAIM, LinkToken, Outbox, PATIENCE, Session, pause},
    time::{MINUTE, Timestamp},
};
use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};
use store::{Address, Sent, Store};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    sync::{mpsc, oneshot},
};

const NOW: Timestamp = Timestamp(1_795_500_000);
const TO: &str = "zoe.oeuf@cabinet.example";

fn settings(mail: &str) -> Settings {
    let set = |name: &str| match name {
        "PORTAIL_MAIL" => Some(mail.to_owned()),
        "PORTAIL_MAIL_FROM" => Some("Portail Démo <portail@organisme.example>".to_owned()),
        "PORTAIL_URL" => Some("https://portail.example:8443".to_owned()),
        _ => None,
    };
    Settings::read(set).unwrap()
}

fn sender(store: &Store, settings: &Settings) -> Sender {
    Sender::new(
        Arc::new(store.clone()),
        transport(settings).unwrap(),
        Stamp::new(settings).unwrap(),
        || NOW,
    )
}

/// An administrator of a new firm.
async fn administrator(store: &Store) -> Fresh<Administrator> {
    let firm = store.add_firm("Cabinet Durand", NOW).await.unwrap();
    let member = store
        .add_member(firm, "claire", "Claire", "$", Role::Administrator, NOW)
        .await
        .unwrap();
    let from = Origin::default();
    let session = Session::of_operator(Scope { firm, member, from }, Role::Administrator, NOW);
    let administrator = session.administrator().unwrap();
    session.fresh(administrator, NOW).unwrap()
}

/// Has somebody invited, which writes a message.
async fn invite(store: &Store, to: &str) {
    let administrator = administrator(store).await;
    let draft = InviteDraft {
        name: "Zoé Œuf".to_owned(),
        email: Email::parse(to).unwrap(),
        role: Role::Reader,
    };
    let link = Sent {
        token: &LinkToken::new("0123".to_owned()),
        address: &Address("https://portail.example:8443/invitation/0123".to_owned()),
    };
    store
        .invite(&administrator, &draft, link, NOW)
        .await
        .unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

/// Fear: others on the machine read a link that opens, or a message says who it is from wrongly.
#[tokio::test]
async fn into_a_folder() {
    let trial = Trial::new().await;
    let folder = std::env::temp_dir().join(format!("courriels-{}", uuid::Uuid::new_v4()));
    let settings = settings(&format!("folder:{}", folder.join("new").display()));
    invite(&trial.store, TO).await;
    let sender = sender(&trial.store, &settings);
    assert!(sender.deliver_one(NOW).await.unwrap());
    assert!(
        !sender.deliver_one(NOW).await.unwrap(),
        "nothing is sent twice"
    );
    let folder_new = folder.join("new");
    let all = files(&folder_new);
    assert_eq!(all.len(), 1);
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&all[0]), mode(&folder_new)), (0o600, 0o700));
    let text = std::fs::read_to_string(&all[0]).unwrap();
    for line in [
        "To: zoe.oeuf@cabinet.example\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Content-Type: multipart/alternative",
        "@portail.example>\r\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("<portail@organisme.example>"), "{text}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Fear: what is written is sent at the next look only, half a minute later, or the sender does not stop when it is told to.
#[tokio::test]
async fn soon_and_until_it_is_told_to_stop() {
    struct Tell(mpsc::Sender<String>);
    #[async_trait]
    impl Transport for Tell {
        async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
            self.0.send(letter.name.clone()).await.unwrap();
            Ok(())
        }
    }
    let trial = Trial::new().await;
    let (tell, mut told) = mpsc::channel(1);
    let sender = Sender::new(
        Arc::new(trial.store.clone()),
        Arc::new(Tell(tell)),
        Stamp::new(&settings("folder:x")).unwrap(),
        || NOW,
    );
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(sender.run(async move {
        let _ = stopped.await;
    }));
    invite(&trial.store, TO).await;
    assert!(told.recv().await.is_some());
    stop.send(()).unwrap();
    running.await.unwrap();
    assert_eq!(
        trial.store.next_due().await.unwrap(),
        None,
        "it was finished first"
    );
}

/// What a mail server of a test answers to one connection.
struct Server {
    listener: TcpListener,
}

impl Server {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { listener }
    }

    fn settings(&self, login: &str) -> Settings {
        let address = self.listener.local_addr().unwrap();
        settings(&format!("smtp://{login}{address}"))
    }

    /// Speaks with one client; `refuse` is what it answers to a verb in place of « yes ». What came is the answer: verbs, then the
    /// message.
    async fn speak(&self, refuse: Option<(&str, &str)>) -> (Vec<String>, String) {
        let (stream, _) = self.listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let (mut verbs, mut message) = (Vec::new(), String::new());
        write.write_all(b"220 test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let verb = line.split([' ', ':']).next().unwrap().to_owned();
            verbs.push(line.clone());
            if let Some((at, answer)) = refuse
                && verb == at
            {
                write.write_all(answer.as_bytes()).await.unwrap();
                continue;
            }
            let answer = match &*verb {
                "EHLO" => "250-test\r\n250 AUTH PLAIN\r\n",
                "AUTH" => "235 in\r\n",
                "DATA" => "354 go on\r\n",
                "QUIT" => "221 bye\r\n",
                _ => "250 yes\r\n",
            };
            write.write_all(answer.as_bytes()).await.unwrap();
            if verb == "QUIT" {
                break;
            }
            if verb == "DATA" {
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    message.push_str(&line);
                    message.push('\n');
                }
                write.write_all(b"250 taken\r\n").await.unwrap();
            }
        }
        (verbs, message)
    }
}

/// Fear: a mail server is greeted wrongly, not told who asks, or gets another message than the one that was written.
#[tokio::test]
async fn to_a_mail_server() {
    let trial = Trial::new().await;
    let server = Server::new().await;
    let settings = server.settings("portail:p%40ss@");
    invite(&trial.store, TO).await;
    let sender = sender(&trial.store, &settings);
    let ((verbs, message), sent) = tokio::join!(server.speak(None), sender.deliver_one(NOW));
    assert!(sent.unwrap());
    assert_eq!(verbs[0], "EHLO portail.example");
    // « \0portail\0p@ss », as PLAIN has it.
    assert_eq!(verbs[1], "AUTH PLAIN AHBvcnRhaWwAcEBzcw==");
    assert!(
        verbs[2].starts_with("MAIL FROM:<portail@organisme.example>"),
        "{verbs:?}"
    );
    assert!(
        verbs[3].starts_with("RCPT TO:<zoe.oeuf@cabinet.example>"),
        "{verbs:?}"
    );
    assert!(message.contains("/invitation/0123"), "{message}");
    assert_eq!(trial.store.next_due().await.unwrap(), None);
}

/// Fear: a server that is full loses the message, is asked without a pause, or its words (which repeat the address) are kept.
#[tokio::test]
async fn a_refusal_and_a_retry() {
    let trial = Trial::new().await;
    let server = Server::new().await;
    let settings = server.settings("");
    invite(&trial.store, TO).await;
    let sender = sender(&trial.store, &settings);
    let full = Some(("RCPT", "452 4.2.2 <zoe.oeuf@cabinet.example> is full\r\n"));
    let (_, tried) = tokio::join!(server.speak(full), sender.deliver_one(NOW));
    assert!(tried.unwrap());
    assert!(
        !sender.deliver_one(NOW).await.unwrap(),
        "there is a pause first"
    );
    let later = NOW.plus(pause(1));
    assert_eq!(trial.store.next_due().await.unwrap(), Some(later));
    let ((_, message), tried) = tokio::join!(server.speak(None), sender.deliver_one(later));
    assert!(tried.unwrap() && message.contains("/invitation/0123"));
    assert!(!sender.deliver_one(later.plus(MINUTE)).await.unwrap());
}

/// Fear: an address that is none is written to for hours, or the error that is kept names it.
#[tokio::test]
async fn an_address_that_is_none() {
    let trial = Trial::new().await;
    let server = Server::new().await;
    let settings = server.settings("");
    let way = transport(&settings).unwrap();
    invite(&trial.store, TO).await;
    let claimed = trial.store.claim(NOW).await.unwrap().unwrap();
    let letter = Stamp::new(&settings).unwrap().letter(&claimed).unwrap();
    let unknown = Some(("RCPT", "550 5.1.1 <zoe.oeuf@cabinet.example> unknown\r\n"));
    let (_, refused) = tokio::join!(server.speak(unknown), way.send(&letter));
    let refused = refused.unwrap_err();
    assert_eq!(
        (&*refused.why, refused.last),
        ("the mail server answered 550", true)
    );
    trial
        .store
        .not_sent(&claimed, &refused.why, refused.last, NOW)
        .await
        .unwrap();
    assert_eq!(trial.store.next_due().await.unwrap(), None);
    assert!(
        trial
            .store
            .claim(NOW.plus(PATIENCE))
            .await
            .unwrap()
            .is_none()
    );
}

/// Fear: nobody answers, and the message is lost; or a password goes over the network without TLS.
#[tokio::test]
async fn nobody_there() {
    let server = Server::new().await;
    let here = server.settings("");
    drop(server);
    let trial = Trial::new().await;
    invite(&trial.store, TO).await;
    let sender = sender(&trial.store, &here);
    assert!(sender.deliver_one(NOW).await.unwrap());
    assert_eq!(
        trial.store.next_due().await.unwrap(),
        Some(NOW.plus(pause(1)))
    );
    let elsewhere = settings("smtp://u:p@mail.example");
    let settings::Mail::Smtp(server) = &elsewhere.mail else {
        panic!("{elsewhere:?}");
    };
    assert!(!smtp::is_here(&server.host));
    for here in ["localhost", "127.0.0.1", "::1"] {
        assert!(smtp::is_here(here), "{here}");
    }
}

/// Fear: a server that is killed with a message in hand takes it along, or sends it again under another name.
#[tokio::test]
async fn killed_between_claim_and_sent() {
    let trial = Trial::new().await;
    invite(&trial.store, TO).await;
    let stamp = Stamp::new(&settings("folder:x")).unwrap();
    let first = trial.store.claim(NOW).await.unwrap().unwrap();
    let soon = NOW.plus(CLAIM - 1);
    assert!(trial.store.claim(soon).await.unwrap().is_none());
    let second = trial.store.claim(NOW.plus(CLAIM)).await.unwrap().unwrap();
    let [first_letter, second_letter] =
        [&first, &second].map(|claimed| stamp.letter(claimed).unwrap());
    assert_eq!(first_letter.name, second_letter.name);
    let id = format!("Message-ID: <{}@portail.example>", first.id);
    for letter in [first_letter, second_letter] {
        let text = String::from_utf8(letter.message.formatted()).unwrap();
        assert!(text.contains(&id), "{text}");
    }
}

/// A message that may be stopped, as it is claimed.
fn stoppable() -> Claimed {
    let to = Email::parse(TO).unwrap();
    let leave = format!(
        "https://portail.example/desabonnement/echeances.{}",
        "0".repeat(72)
    );
    let addressed = Addressed {
        to: &to,
        name: "Zoé",
        leave,
    };
    let words = ["Bonjour.".to_owned()];
    let link = "https://portail.example".to_owned();
    Claimed {
        id: uuid::Uuid::from_u128(7),
        until: NOW.plus(CLAIM),
        written_at: NOW,
        message: bulletin(&addressed, "Lettre", &words, link),
    }
}

/// Fear: a mail program has no button to stop messages, since the address is folded, encoded or not said to take one click; or an
/// invitation can be stopped.
#[tokio::test]
async fn one_click_stops_what_is_not_obligatory() {
    let server = Server::new().await;
    let settings = server.settings("");
    let stamp = Stamp::new(&settings).unwrap();
    let claimed = stoppable();
    let letter = stamp.letter(&claimed).unwrap();
    let way = transport(&settings).unwrap();
    let ((_, message), sent) = tokio::join!(server.speak(None), way.send(&letter));
    sent.unwrap();
    let leave = claimed.message.leave.as_deref().unwrap();
    for line in [
        format!("\nList-Unsubscribe: <{leave}>\n"),
        "\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n".to_owned(),
    ] {
        assert!(message.contains(&line), "{line}: {message}");
    }
    let trial = Trial::new().await;
    invite(&trial.store, TO).await;
    let invitation = trial.store.claim(NOW).await.unwrap().unwrap();
    let letter = stamp.letter(&invitation).unwrap();
    let text = String::from_utf8(letter.message.formatted()).unwrap();
    assert!(!text.contains("List-Unsubscribe"), "{text}");
}

/// Fear: nobody learns that somebody's address is none.
#[tokio::test]
async fn whose_address_is_none_is_noted() {
    let trial = Trial::new().await;
    let server = Server::new().await;
    let settings = server.settings("");
    invite(&trial.store, TO).await;
    let sender = sender(&trial.store, &settings);
    let unknown = Some(("RCPT", "550 5.1.1 unknown\r\n"));
    let (_, tried) = tokio::join!(server.speak(unknown), sender.deliver_one(NOW));
    assert!(tried.unwrap());
    let db = sea_orm::Database::connect(&trial.url).await.unwrap();
    let noted = async || {
        let sql = "SELECT COUNT(*) FROM mail_refused";
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
        let row = sea_orm::ConnectionTrait::query_one_raw(&db, statement).await;
        row.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap()
    };
    assert_eq!(noted().await, 1);
}
