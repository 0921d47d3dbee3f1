//! The client as a side.

use super::scene::*;
use crate::base::*;
use portfolio::{
    message::{
        form::AnswerDraft,
        side::{Bar, To},
    },
    ports::{AboutWhom, Messages as _, Outbox as _, Portfolio as _, Writer, Written},
};
use uuid::Uuid;

crate::contract! { the_client_is_a_side, each_client_its_own }

/// Fear: the client reads what firm and body say to each other, the body reads what firm and client do, or one of them cannot answer what
/// is for all three.
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn the_client_is_a_side(base: Base) {
    let scene = Scene::of(base, &["DPAE"]).await;
    let about = AboutWhom::Client(scene.client);
    let firm = scene.firm();
    let barred = |bar| Some(Written::Barred(bar));
    assert_eq!(
        scene.begin_to(&firm, &about, To::Other, "x").await,
        barred(Bar::NoClient)
    );
    let own = scene.base.own_client("toni@x.fr", &["RG:732829320"]).await;
    scene
        .base
        .plant("UPDATE member SET email = 'toni@x.fr' WHERE name = 'Toni Titulaire'")
        .await;
    let client = Writer::Client(own.clone());
    let reader = client.reader();
    // What the two say to each other needs no service of the body's.
    let talk = done(
        &scene
            .begin_to(&firm, &about, To::Other, "À deux")
            .await
            .unwrap(),
    );
    assert_eq!(
        scene.begin_to(&firm, &about, To::Both, "x").await,
        barred(Bar::NoService)
    );
    let on = scene
        .base
        .store
        .change(&scene.editor, scene.client, 1, &services(&ON), NOW)
        .await;
    assert!(on.unwrap().is_some());
    let all = done(
        &scene
            .begin_to(&firm, &about, To::Both, "À trois")
            .await
            .unwrap(),
    );
    done(
        &scene
            .begin_to(&firm, &about, To::Body, "Sans le client")
            .await
            .unwrap(),
    );
    let held = AboutWhom::Own("RG:732829320".parse().unwrap());
    let opening = scene
        .base
        .store
        .opening(&reader, &AboutWhom::Nth(0), NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        opening.to,
        [(To::Body, None), (To::Other, None), (To::Both, None)]
    );
    assert_eq!(opening.about.client, None);
    done(
        &scene
            .begin_to(&client, &held, To::Body, "Sans le cabinet")
            .await
            .unwrap(),
    );
    done(
        &scene
            .begin_to(&client, &held, To::Other, "Du client")
            .await
            .unwrap(),
    );
    assert_eq!(
        scene.subjects(&reader).await,
        ["Du client", "Sans le cabinet", "À deux", "À trois"]
    );
    assert_eq!(
        scene.subjects(&firm.reader()).await,
        ["Du client", "Sans le client", "À deux", "À trois"]
    );
    assert_eq!(
        scene.subjects(&scene.body().reader()).await,
        ["Sans le cabinet", "Sans le client", "À trois"]
    );
    assert_eq!(scene.waiting(&reader).await, 2);
    assert_eq!(scene.waiting(&firm.reader()).await, 1);
    // One letter for each conversation.
    let mut letters = Vec::new();
    while let Some(claimed) = scene.base.store.claim(NOW).await.unwrap() {
        assert!(claimed.message.text.contains("/mon-compte/messagerie"));
        letters.push(claimed.message.to.to_string());
        scene.base.store.sent(&claimed, NOW).await.unwrap();
    }
    assert_eq!(letters, ["toni@x.fr", "toni@x.fr"]);
    for by in [&client, &scene.body(), &firm] {
        assert_eq!(scene.say(by, all, "Entendu", NOW).await, Written::Done(all));
    }
    let seen = scene.thread(&reader, all).await.unwrap();
    let by: Vec<_> = seen.messages.iter().map(|message| &*message.by).collect();
    assert_eq!(by, ["Claire", "Toni Titulaire", "Organisme", "Claire"]);
    assert_eq!(
        scene.say(&client, talk, "Merci", NOW).await,
        Written::Done(talk)
    );
    assert_eq!(scene.thread(&scene.body().reader(), talk).await, None);
    // After the mandate nobody writes in what the firm is a side of; the client still writes to the body.
    scene
        .base
        .store
        .terminate(&fresh(&scene.editor), scene.client, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        scene.say(&client, talk, "x", NOW).await,
        Written::Barred(Bar::Ended)
    );
    assert_eq!(
        scene.begin_to(&client, &held, To::Other, "x").await,
        barred(Bar::NoFirm)
    );
    assert!(matches!(
        scene.begin_to(&client, &held, To::Body, "Seul").await,
        Some(Written::Done(_))
    ));
    scene.sound().await;
}

/// Fear: a client reads another client's conversations, or goes on reading when the account is no longer its own; or writes to a firm
/// that is not its own.
async fn each_client_its_own(base: Base) {
    let scene = Scene::of(base, &ON).await;
    let own = scene.base.own_client("toni@x.fr", &["RG:732829320"]).await;
    let other = Writer::Client(scene.base.own_client("zoe@x.fr", &["TI:732829320"]).await);
    let client = Writer::Client(own);
    let held = AboutWhom::Own("RG:732829320".parse().unwrap());
    let id = done(
        &scene
            .begin_to(&client, &held, To::Both, "Secret")
            .await
            .unwrap(),
    );
    let file = AnswerDraft {
        once: Uuid::new_v4(),
        ..draft(id, Some("x"), None)
    };
    let sent = scene
        .base
        .store
        .answer(&client, &file, &[pdf("a.pdf", 9)], &links(), NOW)
        .await;
    assert!(sent.unwrap().is_some());
    let file = scene.thread(&client.reader(), id).await.unwrap().messages[1].files[0].id;
    let store = &scene.base.store;
    let reader = other.reader();
    assert_eq!(store.thread(&reader, id, NOW).await.unwrap(), None);
    assert_eq!(store.attachment(&reader, file, NOW).await.unwrap(), None);
    assert_eq!(
        store
            .answer(&other, &draft(id, Some("x"), None), &[], &links(), NOW)
            .await
            .unwrap(),
        None
    );
    assert_eq!(scene.begin_to(&other, &held, To::Body, "x").await, None);
    assert_eq!(store.opening(&reader, &held, NOW).await.unwrap(), None);
    assert_eq!(
        scene
            .begin_to(&client, &AboutWhom::Client(scene.client), To::Body, "x")
            .await,
        None
    );
    assert_eq!(
        store
            .opening(&client.reader(), &AboutWhom::Nth(1), NOW)
            .await
            .unwrap(),
        None
    );
    assert!(scene.subjects(&reader).await.is_empty());
    assert!(
        store
            .attachment(&client.reader(), file, NOW)
            .await
            .unwrap()
            .is_some()
    );
    // Of two firms that manage the account it cannot be told which is meant.
    let firm = scene.base.firm("Cabinet Autre").await;
    scene
        .base
        .client(&firm, EMPLOYER, &good_employer(), &ON, NOW)
        .await;
    let several = Some(Written::Barred(Bar::SeveralFirms));
    assert_eq!(
        scene.begin_to(&client, &held, To::Other, "x").await,
        several
    );
    assert_eq!(
        store
            .thread(&Writer::Firm(firm).reader(), id, NOW)
            .await
            .unwrap(),
        None
    );
    // The account is somebody else's from now on.
    scene
        .base
        .plant("DELETE FROM client_access WHERE holder_key = 'RG:732829320'")
        .await;
    assert_eq!(store.thread(&client.reader(), id, NOW).await.unwrap(), None);
    assert_eq!(
        store.attachment(&client.reader(), file, NOW).await.unwrap(),
        None
    );
    assert!(scene.subjects(&client.reader()).await.is_empty());
}
