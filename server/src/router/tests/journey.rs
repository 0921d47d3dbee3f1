//! The accountant's job, as plain forms and as fetches.

use super::browser::{EMPLOYER, TestPortal};
use http::StatusCode;

/// Fear: without JavaScript the journey ends somewhere, or says something else than the card.
#[tokio::test]
async fn plain_forms_do_the_whole_job() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let saved = member
        .get(&format!("/etablissements?enregistre={id}"))
        .await;
    assert!(
        saved
            .body
            .contains("Votre modification a bien été prise en compte.")
    );
    assert!(saved.body.contains("Brasserie du Théâtre"));

    let page = format!("/etablissements/{id}");
    let client = member.get(&page).await;
    assert!(
        client.body.contains("Brasserie du Théâtre")
            && client.body.contains("Comptes Régime Général")
    );
    let fewer = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "DPAE"),
        ("back", "q=brasserie"),
    ];
    let changed = member
        .post(&format!("{page}?retour=q%3Dbrasserie"), &fewer)
        .await;
    assert_eq!(
        changed.location(),
        format!("/etablissements?q=brasserie&enregistre={id}")
    );
    let told = member.get(changed.location()).await;
    assert!(
        told.body.contains("etiré\u{a0}: Alerte anomalie DSN"),
        "the dialog says what changed"
    );

    let remove = format!("{page}/resilier");
    let question = member
        .get(&remove)
        .await
        .body
        .replace('\u{202f}', " ")
        .replace("&#x27;", "'");
    let sentence = "Veuillez confirmer la suppression immédiate de l'inscription Comptes Régime Général du siren 999 100 233";
    assert!(question.contains(sentence), "{question}");
    let ended = member.post(&remove, &[("of", &*id)]).await;
    assert_eq!(ended.location(), format!("/etablissements?resilie={id}"));
    let again = member.post(&remove, &[("of", &*id)]).await;
    assert_eq!(
        again.location(),
        ended.location(),
        "removed before: the same answer"
    );
    let over = member.get(again.location()).await;
    assert!(over.body.contains("est résiliée depuis le") && over.body.contains("Camille Démo"));
    assert_ne!(
        member.enrol_employer().await,
        id,
        "the ended enrolment is kept, a new one is made"
    );
}

/// Fear: without JavaScript a refused form comes back empty, without its message, or with a secret in it.
#[tokio::test]
async fn refused_forms_come_back_filled() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let short = member
        .post("/etablissements/ajouter", &[("identifier", "1234 5678")])
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("value=\"1234 5678\""));
    assert!(
        short.body.contains("Il y a un problème") && short.body.contains("vous en avez saisi 8")
    );

    let [siren, _, account] = EMPLOYER;
    let (page, draft) = member.begin(siren).await;
    let wrong = [
        ("draft", &*draft),
        ("status", "employeur"),
        ("amount", "987654"),
        ("employer_account", account),
    ];
    let refused = member.post(&page, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("Ces informations ne permettent pas d’inscrire ce compte.")
    );
    assert!(
        !refused.body.contains("987654") && !refused.body.contains(account),
        "no secret on a page"
    );
    assert!(!refused.body.contains("Brasserie"), "no name before proof");
    let unproved = member.get(&page.replace("/mandat", "/services")).await;
    assert_eq!(unproved.location(), page, "no services before proof");
}

/// Fear: « Tout cocher » is judged instead of shown again, or ticks of the other list are lost.
#[tokio::test]
async fn fill_buttons_work_without_javascript() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let pressed = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "MAIL_DSN"),
        ("offered", "DPAE,DSN_SUIVI,MAIL_DSN"),
        ("fill", "tout-en-ligne"),
    ];
    let filled = member
        .post(&format!("/etablissements/{id}"), &pressed)
        .await;
    assert_eq!(filled.status, StatusCode::OK);
    assert_eq!(filled.body.matches(" checked").count(), 3);
    assert!(!filled.body.contains("Il y a un problème"));
}

/// Fear: a double click, a second tab or a reload makes two enrolments, or a 500.
#[tokio::test]
async fn said_twice_done_once() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let [siren, amount, account] = EMPLOYER;
    let mut drafts = Vec::new();
    for _ in 0..2 {
        let (_, draft) = member.begin(siren).await;
        let secrets = [
            ("draft", &*draft),
            ("status", "employeur"),
            ("amount", amount),
            ("employer_account", account),
        ];
        assert_eq!(
            member.fetch("mandat", &secrets).await.status,
            StatusCode::OK
        );
        drafts.push(draft);
    }
    let ticks = [("of", &*drafts[0]), ("services[]", "DPAE")];
    let (mut left, mut right) = (member.clone(), member.clone());
    let (first, second) = tokio::join!(
        left.fetch("enregistrer", &ticks),
        right.fetch("enregistrer", &ticks)
    );
    assert_eq!(
        (first.status, second.status),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(first.body, second.body, "one enrolment");
    let other_tab = member.fetch("enregistrer", &[("of", &*drafts[1])]).await;
    assert_eq!(other_tab.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other_tab.body.contains("AlreadyEnrolled"));
    let refresh = member
        .get(&format!("/etablissements/ajouter/{}/services", drafts[0]))
        .await;
    assert!(
        refresh.location().starts_with("/etablissements?voir="),
        "{}",
        refresh.location()
    );
    let begun = member.fetch("inscrire", &[("identifier", siren)]).await;
    assert!(begun.body.contains("\"other_open\":true"), "{}", begun.body);
    let other_scheme = member
        .fetch("inscrire", &[("identifier", siren), ("other_scheme", "1")])
        .await;
    assert_eq!(other_scheme.status, StatusCode::OK);
}

/// Fear: a colleague's change is overwritten unseen, or what was ticked is lost on being told.
#[tokio::test]
async fn a_stale_save_is_refused_with_what_changed() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let page = format!("/etablissements/{id}");
    let save = [("of", &*id), ("version", "1"), ("services[]", "DPAE")];
    assert_eq!(
        member.post(&page, &save).await.status,
        StatusCode::SEE_OTHER
    );
    let stale = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "ATT_VIGILANCE"),
        ("services[]", "MAIL_DSN"),
    ];
    let refused = member.post(&page, &stale).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Camille Démo a modifié ce client"));
    assert!(refused.body.contains("retiré\u{a0}: Alerte anomalie DSN"));
    assert_eq!(
        refused.body.matches(" checked").count(),
        2,
        "the ticks stay"
    );
    assert!(
        refused.body.contains("name=\"version\" value=\"2\""),
        "the next save knows of the change"
    );
    let knowing = [
        ("of", &*id),
        ("version", "2"),
        ("services[]", "ATT_VIGILANCE"),
    ];
    assert_eq!(
        member.post(&page, &knowing).await.status,
        StatusCode::SEE_OTHER
    );
    // « Enregistrer » without a change: told, and no page of a colleague is old because of it.
    let idle = [
        ("of", &*id),
        ("version", "3"),
        ("services[]", "ATT_VIGILANCE"),
    ];
    let told = member.post(&page, &idle).await;
    assert_eq!(
        told.location(),
        format!("/etablissements?voir={id}&fait=rien")
    );
    let list = member.get(told.location()).await.body;
    assert!(list.contains("Rien n’a changé") && !list.contains("id=\"enregistre\""));
    let again = member.get(&page).await.body;
    assert!(again.contains("name=\"version\" value=\"3\""));
    let forged = [("of", &*id), ("version", "3"), ("services[]", "DECL_CA")];
    assert!(
        member
            .fetch("modifier", &forged)
            .await
            .body
            .contains("NotOffered"),
        "not a service of this kind"
    );
}

/// Fear: which secret was wrong, or whether the account exists, can be told; or trying goes on for ever.
#[tokio::test]
async fn refusals_of_proof_are_alike_and_counted() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let [siren, amount, account] = EMPLOYER;
    let mut told = Vec::new();
    for (siren, amount, account) in [
        (siren, "1", account),
        (siren, amount, "999000000099000199"),
        (siren, "1", "999000000099000199"),
        ("732829320", amount, account),
    ] {
        let (_, draft) = member.begin(siren).await;
        let secrets = [
            ("draft", &*draft),
            ("status", "employeur"),
            ("amount", amount),
            ("employer_account", account),
        ];
        let answer = member.fetch("mandat", &secrets).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        // How many tries are left depends on how many there were, and on nothing else.
        told.push(answer.body.replace("\"left\":2", "\"left\":null"));
    }
    assert!(told.iter().all(|body| *body == told[0]), "{told:?}");
    let (_, draft) = member.begin(siren).await;
    let wrong = [
        ("draft", &*draft),
        ("status", "independant"),
        ("nir", "255081416802538"),
        ("self_employed_account", account),
    ];
    member.fetch("mandat", &wrong).await;
    member.fetch("mandat", &wrong).await;
    let right = [
        ("draft", &*draft),
        ("status", "employeur"),
        ("amount", amount),
        ("employer_account", account),
    ];
    let paused = member.fetch("mandat", &right).await;
    assert!(
        paused.body.contains("{\"Paused\":{\"minutes\":15}}"),
        "even the right secrets wait: {}",
        paused.body
    );
}
