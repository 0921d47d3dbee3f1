//! Secure messages: who sees which, who may write, what is read, what is attached, what goes out by mail.

mod client;
mod scene;

use crate::base::*;
use portfolio::{
    form::OwnDraft,
    ids::AttachmentId,
    message::{
        KEPT,
        form::{AnswerDraft, BeginThreadDraft},
        search::{Show, ThreadSearch},
        side::{Bar, Side, To},
        view::{Begun, State},
    },
    ports::{
        AboutWhom, Messages as _, Outbox as _, OwnFields as _, Portfolio as _, Reader, Writer,
        Written, WrittenIn,
    },
    time::DAY,
};
use scene::*;
use uuid::Uuid;

crate::contract! {
    from_the_firm_to_the_body_and_back,
    nobody_else_sees_it,
    who_may_write,
    the_same_message_twice,
    marks_under_races,
    one_notice_until_it_is_read,
    a_day_is_limited,
    pages_miss_nothing,
    kept_for_its_time,
    what_was_begun,
    planted_faults,
    a_new_key_opens_everything,
}

/// Fear: a message or an attachment comes out as another one than went in, who waits for whom is wrong, a journal tells what was
/// written, or an officer's name goes out to firms.
async fn from_the_firm_to_the_body_and_back(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let (firm, body) = (scene.firm().reader(), scene.body().reader());
    let files = [pdf("bulletin.pdf", 300_000), pdf("annexe.pdf", 1)];
    let id = done(&scene.try_begin("Taux AT", &files, NOW).await);
    assert_eq!(
        (scene.waiting(&body).await, scene.waiting(&firm).await),
        (1, 0)
    );
    assert_eq!(scene.queue(Show::Waiting).await, [id]);

    let seen = scene.thread(&body, id).await.unwrap();
    assert_eq!(
        (&*seen.row.subject, seen.row.state),
        ("Taux AT", State::Waiting)
    );
    assert_eq!(seen.row.firm.as_deref(), Some("Cabinet Dupont"));
    assert_eq!(
        seen.row.about.client, None,
        "an officer has no way into a portfolio"
    );
    let message = &seen.messages[0];
    assert_eq!(message.text, "À propos de Taux AT.\nMerci.");
    assert_eq!(
        (&*message.by, message.side, message.new),
        ("Claire", Side::Firm, true)
    );
    assert_eq!(message.files.len(), 2);
    for (told, sent) in message.files.iter().zip(&files) {
        let fetched = scene.base.store.attachment(&body, told.id, NOW).await;
        assert_eq!(fetched.unwrap().unwrap().0, *sent);
    }
    assert!(!scene.thread(&body, id).await.unwrap().messages[0].new);

    let answer = AnswerDraft {
        text: Some("Voici.".into()),
        ..draft(id, None, None)
    };
    let file = [pdf("taux.pdf", 70_000)];
    let said = scene
        .base
        .store
        .answer(&scene.body(), &answer, &file, &links(), NOW.plus(60))
        .await;
    assert_eq!(said.unwrap(), Some(Written::Done(id)));
    assert_eq!(
        (scene.waiting(&body).await, scene.waiting(&firm).await),
        (0, 1)
    );
    assert_eq!(
        (
            scene.queue(Show::Waiting).await,
            scene.queue(Show::Answered).await
        ),
        (vec![], vec![id])
    );
    // Looked at by the page itself, it is there and not read.
    let new = scene
        .base
        .store
        .messages_after(&firm, id, 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (new.len(), &*new[0].by, &*new[0].text),
        (1, "Organisme", "Voici.")
    );
    assert_eq!(scene.waiting(&firm).await, 1);
    let read = scene.thread(&firm, id).await.unwrap();
    assert!(read.messages[1].new && !read.messages[0].new && read.messages[0].mine);
    assert_eq!(scene.waiting(&firm).await, 0);
    assert!(!scene.thread(&firm, id).await.unwrap().messages[1].new);
    let told = scene
        .base
        .number("SELECT COUNT(*) FROM journal WHERE detail LIKE '%Voici%' OR detail LIKE '%taux%'")
        .await;
    assert_eq!(told, 0);
    for what in ["MessageSent", "AttachmentFetched"] {
        let sql = format!("SELECT COUNT(*) FROM journal WHERE detail LIKE '%{what}%'");
        assert_eq!(scene.base.number(&sql).await, 2, "{what}");
    }
    scene.sound().await;
}

/// Fear: a firm, an officer or a stranger to a conversation reads it, fetches from it, or learns that it is there.
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn nobody_else_sees_it(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let id = done(&scene.try_begin("Secret", &[pdf("a.pdf", 9)], NOW).await);
    let file = scene
        .thread(&scene.firm().reader(), id)
        .await
        .unwrap()
        .messages[0]
        .files[0]
        .id;
    let other = scene.base.firm("Cabinet Autre").await;
    let others = scene
        .base
        .client(&other, EMPLOYER, &good_employer(), &ON, NOW)
        .await;
    let store = &scene.base.store;
    let stranger = Writer::Firm(other.clone());
    let reader = stranger.reader();
    assert_eq!(store.thread(&reader, id, NOW).await.unwrap(), None);
    assert_eq!(store.messages_after(&reader, id, 0).await.unwrap(), None);
    assert_eq!(store.attachment(&reader, file, NOW).await.unwrap(), None);
    assert_eq!(
        store
            .answer(&stranger, &draft(id, Some("x"), None), &[], &links(), NOW)
            .await
            .unwrap(),
        None
    );
    let about = AboutWhom::Client(scene.client);
    assert_eq!(store.opening(&reader, &about, NOW).await.unwrap(), None);
    let begin = BeginThreadDraft {
        to: To::Body,
        subject: "x".into(),
        text: "x".into(),
        once: Uuid::new_v4(),
    };
    assert_eq!(
        store
            .begin_thread(&stranger, &about, &begin, &[], &links(), NOW)
            .await
            .unwrap(),
        None
    );
    let search = ThreadSearch {
        client: Some(scene.client),
        ..ThreadSearch::default()
    };
    assert_eq!(store.threads(&reader, &search).await.unwrap(), None);
    let all = store
        .threads(&reader, &ThreadSearch::default())
        .await
        .unwrap()
        .unwrap();
    assert!(all.rows.is_empty());
    // The same holder, of another firm: each has its own.
    let own = ThreadSearch {
        client: Some(others),
        ..ThreadSearch::default()
    };
    assert!(
        store
            .threads(&reader, &own)
            .await
            .unwrap()
            .unwrap()
            .rows
            .is_empty()
    );
    // An officer sees none that is not for the body, and no id opens what is not there.
    let sql = format!(
        "UPDATE message_thread SET with_body = FALSE, waiting_since = NULL WHERE id = {}",
        scene.base.literal(id.0)
    );
    scene.base.plant(&sql).await;
    let body = scene.body();
    assert_eq!(store.thread(&body.reader(), id, NOW).await.unwrap(), None);
    assert_eq!(
        store.attachment(&body.reader(), file, NOW).await.unwrap(),
        None
    );
    assert_eq!(
        store
            .answer(&body, &draft(id, Some("x"), None), &[], &links(), NOW)
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        store.opening(&body.reader(), &about, NOW).await.unwrap(),
        None
    );
    let nothing = AttachmentId(Uuid::new_v4());
    assert_eq!(
        store
            .attachment(&body.reader(), nothing, NOW)
            .await
            .unwrap(),
        None
    );
    // A colleague of the firm reads it, too.
    let colleague = scene
        .base
        .colleague(scene.editor.firm, "dupont", "Zoé")
        .await;
    assert!(
        store
            .thread(&Writer::Firm(colleague).reader(), id, NOW)
            .await
            .unwrap()
            .is_some()
    );
}

/// Fear: a firm writes to the body without the service, or after its mandate; what was written is lost with it; or somebody writes into
/// what is closed.
async fn who_may_write(base: Base) {
    let scene = Scene::of(base, &["DPAE"]).await;
    let store = &scene.base.store;
    let barred = |bar| Written::Barred(bar);
    assert_eq!(scene.try_begin("x", &[], NOW).await, barred(Bar::NoService));
    let about = AboutWhom::Client(scene.client);
    let opening = store
        .opening(&scene.firm().reader(), &about, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        opening.to,
        [
            (To::Body, Some(Bar::NoService)),
            (To::Other, Some(Bar::NoClient)),
            (To::Both, Some(Bar::NoClient))
        ]
    );
    let on = store
        .change(&scene.editor, scene.client, 1, &services(&ON), NOW)
        .await;
    assert!(on.unwrap().is_some());
    let id = scene.begin("Échéancier").await;
    let off = store
        .change(&scene.editor, scene.client, 2, &services(&["DPAE"]), NOW)
        .await;
    assert!(off.unwrap().is_some());
    assert_eq!(
        scene.say(&scene.firm(), id, "x", NOW).await,
        barred(Bar::NoService)
    );
    assert_eq!(
        scene.say(&scene.body(), id, "Bien reçu.", NOW).await,
        Written::Done(id)
    );
    let on = store
        .change(&scene.editor, scene.client, 3, &services(&ON), NOW)
        .await;
    assert!(on.unwrap().is_some());
    scene.close(id, true).await;
    for writer in [scene.firm(), scene.body()] {
        assert_eq!(scene.say(&writer, id, "x", NOW).await, barred(Bar::Closed));
    }
    assert_eq!(scene.queue(Show::Closed).await, [id]);
    scene.close(id, false).await;
    // Only the body closes.
    let closing = draft(id, None, Some(true));
    assert_eq!(
        store
            .answer(&scene.firm(), &closing, &[], &links(), NOW)
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        scene
            .say(&scene.firm(), id, "Encore une question.", NOW)
            .await,
        Written::Done(id)
    );
    assert_eq!(scene.queue(Show::Waiting).await, [id]);
    let ended = store
        .terminate(&fresh(&scene.editor), scene.client, NOW)
        .await;
    assert!(ended.unwrap().is_some());
    for writer in [scene.firm(), scene.body()] {
        assert_eq!(scene.say(&writer, id, "x", NOW).await, barred(Bar::Ended));
        let seen = scene.thread(&writer.reader(), id).await.unwrap();
        assert_eq!(
            (seen.barred, seen.row.state, seen.messages.len()),
            (Some(Bar::Ended), State::Ended, 3)
        );
    }
    assert_eq!(scene.waiting(&scene.body().reader()).await, 0);
    assert_eq!(scene.try_begin("x", &[], NOW).await, barred(Bar::Ended));
    scene.sound().await;
}

/// Fear: a button that is pressed twice, or a network that stutters, sends a message twice; or somebody else's id stands in for one.
async fn the_same_message_twice(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let begin = BeginThreadDraft {
        to: To::Body,
        subject: "Une fois".into(),
        text: "x".into(),
        once: Uuid::new_v4(),
    };
    let about = AboutWhom::Client(scene.client);
    let (firm, body, to) = (scene.firm(), scene.body(), links());
    let store = &scene.base.store;
    let (one, two) = tokio::join!(
        store.begin_thread(&firm, &about, &begin, &[], &to, NOW),
        store.begin_thread(&firm, &about, &begin, &[], &to, NOW),
    );
    let id = done(&one.unwrap().unwrap());
    assert_eq!(done(&two.unwrap().unwrap()), id);
    let said = AnswerDraft {
        once: begin.once,
        ..draft(id, Some("Réponse"), None)
    };
    let (one, two) = tokio::join!(
        store.answer(&body, &said, &[], &to, NOW),
        store.answer(&body, &said, &[], &to, NOW),
    );
    assert_eq!(
        (one.unwrap(), two.unwrap()),
        (Some(Written::Done(id)), Some(Written::Done(id)))
    );
    assert_eq!(scene.base.number("SELECT COUNT(*) FROM message").await, 2);
    assert_eq!(
        scene
            .base
            .number("SELECT COUNT(*) FROM message_thread")
            .await,
        1
    );
    // Without an id of its own each is another.
    for _ in 0..2 {
        let said = AnswerDraft {
            once: Uuid::nil(),
            ..draft(id, Some("Encore"), None)
        };
        assert!(
            store
                .answer(&body, &said, &[], &to, NOW)
                .await
                .unwrap()
                .is_some()
        );
    }
    assert_eq!(scene.base.number("SELECT COUNT(*) FROM message").await, 4);
    scene.sound().await;
}

/// Fear: what is written while somebody reads counts as read, a message is lost or has another's number, or a mark goes backwards.
async fn marks_under_races(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let id = scene.begin("Course").await;
    let (firm, body) = (scene.firm(), scene.body());
    let reader = firm.reader();
    let writes = async {
        for n in 0..12 {
            done(&scene.say(&body, id, &format!("{n}"), NOW).await);
        }
    };
    let replies = async {
        for n in 0..6 {
            done(&scene.say(&firm, id, &format!("r{n}"), NOW).await);
        }
    };
    let reads = async {
        for _ in 0..12 {
            let seen = scene.thread(&reader, id).await.unwrap();
            assert!((1..).zip(&seen.messages).all(|(n, message)| message.n == n));
        }
    };
    tokio::join!(writes, replies, reads);
    let seen = scene.thread(&reader, id).await.unwrap();
    assert_eq!(seen.messages.len(), 19);
    assert_eq!(scene.waiting(&reader).await, 0);
    done(&scene.say(&body, id, "Dernier", NOW).await);
    assert_eq!(scene.waiting(&reader).await, 1);
    scene.sound().await;
}

/// Fear: a firm is written to for each message, or no more after the first; somebody who left is; or the letter says what was written.
async fn one_notice_until_it_is_read(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let store = &scene.base.store;
    scene
        .base
        .plant("UPDATE member SET email = 'claire@dupont.fr' WHERE name = 'Claire'")
        .await;
    let zoe = scene
        .base
        .colleague(scene.editor.firm, "dupont", "Zoé")
        .await;
    scene
        .base
        .plant("UPDATE member SET email = 'zoe@dupont.fr' WHERE name = 'Zoé'")
        .await;
    let letters = async || {
        let mut to = Vec::new();
        while let Some(claimed) = store.claim(NOW).await.unwrap() {
            let message = &claimed.message;
            assert!(message.text.contains("https://portail.example/messagerie"));
            // The tokens of links hold any digits.
            let told = message.text.split_whitespace();
            let told: Vec<_> = told.filter(|word| !word.starts_with("https:")).collect();
            let told = told.join(" ");
            for word in ["Attestation", "Secret", "Boulangerie", "732"] {
                assert!(
                    !told.contains(word) && !message.subject.contains(word),
                    "{word}"
                );
            }
            to.push(message.to.to_string());
            store.sent(&claimed, NOW).await.unwrap();
        }
        to
    };
    let id = scene.begin("Attestation").await;
    assert_eq!(
        letters().await,
        [] as [String; 0],
        "nobody is told of what their own firm wrote"
    );
    for _ in 0..3 {
        done(&scene.say(&scene.body(), id, "Secret", NOW).await);
    }
    // Nobody is in charge: who enrolled.
    assert_eq!(letters().await, ["claire@dupont.fr"]);
    scene.thread(&scene.firm().reader(), id).await.unwrap();
    let own = OwnDraft {
        of: Some(scene.client),
        version: 0,
        reference: String::new(),
        labels: [].into(),
        new_labels: vec![],
        in_charge: Some(zoe.member),
        back: String::new(),
    };
    store
        .keep_own(&scene.editor, &own, NOW)
        .await
        .unwrap()
        .unwrap();
    done(&scene.say(&scene.body(), id, "Secret", NOW).await);
    done(&scene.say(&scene.body(), id, "Secret", NOW).await);
    assert_eq!(
        letters().await,
        [] as [String; 0],
        "who is in charge has the earlier ones to read still"
    );
    scene
        .thread(&Reader::Firm((*zoe).clone()), id)
        .await
        .unwrap();
    done(&scene.say(&scene.body(), id, "Secret", NOW).await);
    assert_eq!(letters().await, ["zoe@dupont.fr"]);
    // Without the service nobody is.
    scene
        .thread(&Reader::Firm((*zoe).clone()), id)
        .await
        .unwrap();
    assert!(
        store
            .change(
                &scene.editor,
                scene.client,
                1,
                &services(&["MESSAGERIE"]),
                NOW
            )
            .await
            .unwrap()
            .is_some()
    );
    done(&scene.say(&scene.body(), id, "Secret", NOW).await);
    assert_eq!(letters().await, [] as [String; 0]);
    scene.sound().await;
}

/// Fear: a firm fills the database or floods the body in a day; or is shut out on the next.
async fn a_day_is_limited(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let id = scene.begin("x").await;
    scene
        .base
        .plant("UPDATE message SET bytes = 200000000")
        .await;
    assert_eq!(
        scene.say(&scene.firm(), id, "Sans fichier", NOW).await,
        Written::Done(id)
    );
    let answer = draft(id, Some("x"), None);
    let one = [pdf("a.pdf", 1)];
    let store = &scene.base.store;
    let flooded = Some(Written::Barred(Bar::Flooded));
    let firm = scene.firm();
    assert_eq!(
        store
            .answer(&firm, &answer, &one, &links(), NOW.plus(DAY - 1))
            .await
            .unwrap(),
        flooded
    );
    assert_eq!(
        store
            .answer(&scene.body(), &answer, &one, &links(), NOW)
            .await
            .unwrap(),
        Some(Written::Done(id))
    );
    assert_eq!(
        store
            .answer(&firm, &answer, &one, &links(), NOW.plus(DAY))
            .await
            .unwrap(),
        Some(Written::Done(id))
    );
}

/// Fear: a page leaves conversations out or shows them twice, or the filter shows what is read.
async fn pages_miss_nothing(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let mut ids = Vec::new();
    for n in 0..65 {
        // Some of the same moment.
        let at = NOW.plus(n / 3);
        ids.push(done(&scene.try_begin(&format!("Nº {n}"), &[], at).await));
    }
    let store = &scene.base.store;
    for reader in [scene.firm().reader(), scene.body().reader()] {
        let mut search = ThreadSearch::default();
        let mut found = Vec::new();
        loop {
            let page = store.threads(&reader, &search).await.unwrap().unwrap();
            assert!(page.rows.len() <= 30);
            found.extend(page.rows.iter().map(|row| (row.at, row.id)));
            if page.next.is_none() {
                break;
            }
            search.after = page.next;
        }
        assert_eq!(found.len(), 65);
        let in_order = found.is_sorted_by(|one, two| match reader.side() {
            Side::Body => one < two,
            _ => one > two,
        });
        assert!(in_order, "{:?}", reader.side());
        let known: std::collections::BTreeSet<_> = found.iter().map(|(_, id)| *id).collect();
        assert!(ids.iter().all(|id| known.contains(id)));
    }
    done(
        &scene
            .say(&scene.body(), ids[7], "Lu ?", NOW.plus(100))
            .await,
    );
    let unread = ThreadSearch {
        unread: true,
        client: Some(scene.client),
        ..ThreadSearch::default()
    };
    let page = store
        .threads(&scene.firm().reader(), &unread)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        [ids[7]]
    );
    assert_eq!(page.client.as_deref(), Some("Boulangerie Émile"));
}

/// Fear: messages are kept for ever, or one that is not old enough goes with them, or something of an old one stays behind.
async fn kept_for_its_time(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let old = done(
        &scene
            .try_begin("Ancien", &[pdf("a.pdf", 200_000)], NOW)
            .await,
    );
    done(&scene.say(&scene.body(), old, "Répondu", NOW).await);
    let later = NOW.plus(KEPT);
    let kept = done(&scene.try_begin("Dernier jour", &[], later).await);
    assert!(scene.thread(&scene.firm().reader(), old).await.is_some());
    let new = done(&scene.try_begin("Suivant", &[], later.plus(1)).await);
    assert!(scene.thread(&scene.firm().reader(), old).await.is_none());
    for id in [kept, new] {
        assert!(scene.thread(&scene.firm().reader(), id).await.is_some());
    }
    for (sql, n) in [
        ("SELECT COUNT(*) FROM message", 2),
        ("SELECT COUNT(*) FROM message_file", 0),
        ("SELECT COUNT(*) FROM message_piece", 0),
        (
            "SELECT COUNT(*) FROM sealed WHERE purpose IN ('subject', 'message', 'attachment', 'piece')",
            4,
        ),
    ] {
        assert_eq!(scene.base.number(sql).await, n, "{sql}");
    }
    scene.sound().await;
}

/// Fear: what somebody has begun to write is lost, is a colleague's to read, or comes back after it was sent.
async fn what_was_begun(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let store = &scene.base.store;
    let begun = Begun {
        to: "organisme".into(),
        subject: "Obj".into(),
        text: "Bonj".into(),
    };
    let new = WrittenIn::New(AboutWhom::Client(scene.client));
    let about = AboutWhom::Client(scene.client);
    store
        .keep_begun(&scene.firm(), &new, &begun, NOW)
        .await
        .unwrap();
    let found = async |reader: &Reader| {
        store
            .opening(reader, &about, NOW)
            .await
            .unwrap()
            .unwrap()
            .begun
    };
    assert_eq!(found(&scene.firm().reader()).await, begun);
    let zoe = scene
        .base
        .colleague(scene.editor.firm, "dupont", "Zoé")
        .await;
    assert_eq!(found(&Reader::Firm((*zoe).clone())).await, Begun::default());
    let id = scene.begin("Envoyé").await;
    assert_eq!(found(&scene.firm().reader()).await, Begun::default());
    let text = Begun {
        text: "Suite".into(),
        ..Begun::default()
    };
    for by in [scene.firm(), scene.body()] {
        store
            .keep_begun(&by, &WrittenIn::Thread(id), &text, NOW)
            .await
            .unwrap();
        assert_eq!(scene.thread(&by.reader(), id).await.unwrap().begun, text);
    }
    store
        .keep_begun(
            &scene.body(),
            &WrittenIn::Thread(id),
            &Begun::default(),
            NOW,
        )
        .await
        .unwrap();
    assert!(
        scene
            .thread(&scene.body().reader(), id)
            .await
            .unwrap()
            .begun
            .is_empty()
    );
    store.sweep(NOW.plus(8 * DAY)).await.unwrap();
    assert!(
        scene
            .thread(&scene.firm().reader(), id)
            .await
            .unwrap()
            .begun
            .is_empty()
    );
}

/// Fear: conversations that no longer hold together go unnoticed.
#[expect(
    clippy::too_many_lines,
    reason = "one harm after the other, and how each is undone"
)]
async fn planted_faults(base: Base) {
    let scene = Scene::of(base, &ON).await;
    // Of two pieces.
    let id = done(&scene.try_begin("x", &[pdf("a.pdf", 100_000)], NOW).await);
    scene.sound().await;
    let one = scene.base.literal(id.0);
    let nobody = scene.base.literal(uuid::Uuid::from_u128(7));
    let member = scene.base.literal(scene.editor.member.0);
    for (harm, back, what) in [
        (
            format!("UPDATE message_thread SET messages = 2 WHERE id = {one}"),
            format!("UPDATE message_thread SET messages = 1 WHERE id = {one}"),
            "a conversation does not count its messages",
        ),
        (
            format!("UPDATE message_thread SET waiting_since = NULL WHERE id = {one}"),
            format!("UPDATE message_thread SET waiting_since = 1 WHERE id = {one}"),
            "a conversation waits for the body that wrote last, or does not wait for it",
        ),
        (
            "UPDATE message SET bytes = bytes + 1".into(),
            "UPDATE message SET bytes = bytes - 1".into(),
            "a message does not count what is attached to it",
        ),
        (
            "UPDATE sealed SET purpose = 'piecf' WHERE purpose = 'piece'".into(),
            "UPDATE sealed SET purpose = 'piece' WHERE purpose = 'piecf'".into(),
            "a part of an attachment is not there",
        ),
        (
            "UPDATE message_mark SET unread = TRUE".into(),
            "UPDATE message_mark SET unread = FALSE".into(),
            "somebody has read what is not written, or has nothing to read of what is marked",
        ),
        (
            "UPDATE sealed SET purpose = 'subjec' WHERE purpose = 'subject'".into(),
            "UPDATE sealed SET purpose = 'subject' WHERE purpose = 'subjec'".into(),
            "the words of a message, or what it is about, are not there",
        ),
        (
            "UPDATE message_thread SET client_id = firm_id".into(),
            "UPDATE message_thread SET client_id = NULL".into(),
            "a conversation is with a house that is no client's, or with a firm that is none",
        ),
        (
            "UPDATE message SET n = 2".into(),
            "UPDATE message SET n = 1".into(),
            "a message is in no conversation, or its number is none of it",
        ),
        (
            format!("UPDATE message SET author_id = {nobody}"),
            format!("UPDATE message SET author_id = {member}"),
            "a message was written by nobody of its house",
        ),
        (
            format!("UPDATE message_file SET message_id = {nobody}"),
            "UPDATE message_file SET message_id = (SELECT id FROM message)".into(),
            "what is attached belongs to no message",
        ),
        (
            format!("UPDATE message_mark SET person_id = {nobody}"),
            format!("UPDATE message_mark SET person_id = {member}"),
            "somebody has a mark of a conversation that is not there, or is no side of it",
        ),
        (
            format!("UPDATE sealed SET owner = {nobody} WHERE purpose = 'subject'"),
            format!("UPDATE sealed SET owner = {one} WHERE purpose = 'subject'"),
            "what a conversation is about is kept, and the conversation is not there",
        ),
        (
            format!("UPDATE sealed SET owner = {nobody} WHERE purpose = 'message'"),
            "UPDATE sealed SET owner = (SELECT id FROM message) WHERE purpose = 'message'".into(),
            "the words of a message are kept, and the message is not there",
        ),
        (
            format!("UPDATE message_piece SET box_id = {nobody} WHERE n = 1"),
            "UPDATE message_piece SET box_id = (SELECT owner FROM sealed WHERE purpose = 'piece' \
             AND owner NOT IN (SELECT box_id FROM message_piece)) WHERE n = 1"
                .into(),
            "a part of an attachment is kept, and the attachment is not there",
        ),
        // In another order.
        (
            "UPDATE message_piece SET n = -n".into(),
            "UPDATE message_piece SET n = -n".into(),
            "an attachment is not what was attached",
        ),
        (
            "UPDATE sealed SET owner = (SELECT id FROM message), purpose = 'subject' WHERE purpose = 'message'".into(),
            "UPDATE sealed SET purpose = 'message' WHERE purpose = 'subject' AND owner = (SELECT id FROM message)".into(),
            "what is sealed does not open",
        ),
    ] {
        scene.base.plant(&harm).await;
        let faults = scene.base.store.faults().await.unwrap().faults;
        assert!(
            faults.iter().any(|fault| fault.what == what),
            "{harm}: {faults:?}"
        );
        scene.base.plant(&back).await;
    }
    scene.sound().await;
}

/// Fear: with a new key of the vault, or with pieces put in another order, an attachment comes out as something else.
async fn a_new_key_opens_everything(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let sent = pdf("a.pdf", 200_000);
    let id = done(
        &scene
            .try_begin("Clé", std::slice::from_ref(&sent), NOW)
            .await,
    );
    let store = &scene.base.store;
    store.rotate_vault(NOW, |_| ()).await.unwrap();
    let reader = scene.firm().reader();
    let seen = scene.thread(&reader, id).await.unwrap();
    let file = seen.messages[0].files[0].id;
    assert_eq!(
        store
            .attachment(&reader, file, NOW)
            .await
            .unwrap()
            .unwrap()
            .0,
        sent
    );
    scene
        .base
        .plant("UPDATE message_piece SET n = 9 WHERE n = 1")
        .await;
    assert!(store.attachment(&reader, file, NOW).await.is_err());
}
