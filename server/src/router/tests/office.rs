//! The body's side over HTTP: an officer's queue and decisions, the certificate as a PDF, and the page that verifies it.

use super::{
    browser::{Browser, TestPortal},
    mobility::{WORKER, begun, hidden, step},
};
use crate::demo;
use http::{StatusCode, header};

/// A request that the body has to examine, sent: its id. The person has no affiliation of 30 days.
async fn examined(member: &mut Browser) -> String {
    let page = begun(member).await;
    let page = step(member, &page, &WORKER).await;
    let business = [
        ("name", "Boulangerie <b>&amp;</b>"),
        ("street", "1 rue"),
        ("postcode", "75002"),
        ("town", "Paris"),
        ("activity", "Boulangerie"),
    ];
    let page = step(member, &page, &business).await;
    let mission = [
        ("country", "allemagne"),
        ("start", "01/01/2027"),
        ("end", "30/06/2027"),
        ("status_abroad", "salarie"),
        ("activity", "Conseil"),
        ("host_name", "ACME"),
        ("host_street", "1 Hauptstraße"),
        ("host_town", "Berlin"),
        ("lodging", "sur-place"),
    ];
    let page = step(member, &page, &mission).await;
    let asked = "affiliated,substantial,replaces,host_pay,host_dismiss,host_sanction,host_contract";
    let mut conditions = vec![("asked", asked)];
    conditions.extend(asked.split(',').map(|name| {
        let yes = name == "substantial";
        (name, if yes { "oui" } else { "non" })
    }));
    let page = step(member, &page, &conditions).await;
    let contact = [
        ("last_name", "Martin"),
        ("first_name", "Claire"),
        ("email", "claire@dupont.fr"),
        ("phone", "01 23 45 67 89"),
    ];
    let page = step(member, &page, &contact).await;
    let sent = step(member, &page, &[("certified", "oui")]).await;
    let path = sent.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// Decides by the form of the page.
async fn decides(
    officer: &mut Browser,
    id: &str,
    fields: &[(&str, &str)],
) -> super::browser::Answer {
    let page = format!("/agent/demandes/{id}");
    let shown = officer.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    let version = hidden(&shown.body, "version");
    let mut all = vec![("request", id), ("version", &*version)];
    all.extend(fields);
    officer.post(&page, &all).await
}

/// The code on the accountant's page of a request.
async fn code(member: &mut Browser, id: &str) -> String {
    let page = member.get(&format!("/mobilite/demandes/{id}")).await;
    let (_, rest) = page.body.split_once("Code de vérification").unwrap();
    let rest = rest.split_once("identifier").unwrap().1;
    let rest = rest.split_once('>').unwrap().1;
    rest.split('<').next().unwrap().to_owned()
}

/// Fear: an officer cannot decide without JavaScript, a certificate is handed out before it is granted or to whom it is not for, or the
/// page of verification says something else than the paper.
#[expect(
    clippy::too_many_lines,
    reason = "one life, from its beginning to its end"
)]
#[tokio::test]
async fn from_the_queue_to_the_verified_paper() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let mut officer = portal.member(demo::OFFICER).await;
    let id = examined(&mut member).await;
    let pdf = format!("/mobilite/demandes/{id}/certificat.pdf");
    assert_eq!(member.get(&pdf).await.status, StatusCode::NOT_FOUND);

    let queue = officer.get("/agent").await;
    assert_eq!(queue.status, StatusCode::OK);
    assert!(queue.body.contains(&id), "{}", queue.body);
    assert!(queue.body.contains("Cabinet Démo Expertise"));
    let elsewhere = officer.get("/agent?pays=BE").await;
    assert!(!elsewhere.body.contains(&id) && elsewhere.body.contains("Aucune demande"));
    let unread = officer.get("/agent?etat=brouillon").await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);

    let case = officer.get(&format!("/agent/demandes/{id}")).await;
    for said in [
        "affiliation",
        "D’Ormesson",
        "Boulangerie &lt;b&gt;",
        "source",
    ] {
        assert!(case.body.contains(said), "{said}: {}", case.body);
    }
    assert!(!case.body.contains("255081416802538"));

    let asked = [("act", "demander"), ("words", "Depuis quand ?")];
    let asked = decides(&mut officer, &id, &asked).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let silent = decides(&mut officer, &id, &[("act", "refuser")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let grant = |end| {
        [
            ("act", "accorder"),
            ("kind", "a1"),
            ("start", "01/01/2027"),
            ("end", end),
        ]
    };
    let kind = hidden_kind(&mut officer, &id).await;
    let with_kind = |end| {
        let mut fields = grant(end);
        fields[1].1 = Box::leak(kind.clone().into_boxed_str());
        fields
    };
    let more = decides(&mut officer, &id, &with_kind("01/07/2027")).await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        more.body.contains("Restez dans la période demandée"),
        "{}",
        more.body
    );
    let granted = decides(&mut officer, &id, &with_kind("31/05/2027")).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);
    let done = officer.get(granted.location()).await;
    assert!(done.body.contains("le cabinet a le certificat"));
    // An old page decides nothing.
    let stale = [
        ("request", &*id),
        ("version", "1"),
        ("act", "refuser"),
        ("words", "Non"),
    ];
    let page = format!("/agent/demandes/{id}");
    let stale = officer.post(&page, &stale).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);

    let paper = member.get(&pdf).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert_eq!(paper.headers[header::CONTENT_TYPE], "application/pdf");
    assert!(paper.body.starts_with("%PDF-1.7"));
    let name = paper.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"certificat-2026-"),
        "{name}"
    );
    for other in [&mut officer, &mut portal.stranger()] {
        assert_eq!(other.get(&pdf).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(
        portal.member("lecture").await.get(&pdf).await.status,
        StatusCode::OK
    );

    let code = code(&mut member, &id).await;
    let mut stranger = portal.stranger();
    let verified = stranger.post("/verification", &[("code", &*code)]).await;
    assert_eq!(verified.status, StatusCode::OK, "{}", verified.body);
    for said in [
        "est authentique",
        "Z. A. D’Ormesson",
        "31\u{a0}mai\u{a0}2027",
        "Allemagne",
        "2026-",
    ] {
        assert!(verified.body.contains(said), "{said}: {}", verified.body);
    }
    // No more than the paper says: neither who asks, nor the firm, nor the number of the person.
    for untold in [
        "Zoé",
        "Cabinet Démo",
        "Martin",
        "2\u{a0}55",
        "rue de la Paix",
    ] {
        assert!(!verified.body.contains(untold), "{untold}");
    }
    let answer = stranger.fetch("verification", &[("code", &*code)]).await;
    assert!(answer.body.contains("Known"), "{}", answer.body);

    let page = format!("/mobilite/demandes/{id}");
    let shown = member.get(&page).await;
    let version = hidden(&shown.body, "version");
    let withdraw = [
        ("request", &*id),
        ("version", &*version),
        ("act", "retirer"),
        ("words", "Mission annulée"),
    ];
    let withdrawn = member.post(&page, &withdraw).await;
    assert_eq!(
        withdrawn.status,
        StatusCode::SEE_OTHER,
        "{}",
        withdrawn.body
    );
    let verified = stranger.post("/verification", &[("code", &*code)]).await;
    assert!(verified.body.contains("ne vaut plus"), "{}", verified.body);
    assert_eq!(member.get(&pdf).await.status, StatusCode::NOT_FOUND);
}

/// The code of the certificate that the page proposes.
async fn hidden_kind(officer: &mut Browser, id: &str) -> String {
    let page = officer.get(&format!("/agent/demandes/{id}")).await;
    let (before, _) = page
        .body
        .split_once("\" selected")
        .expect("one is proposed");
    before.rsplit('"').next().unwrap().to_owned()
}

/// Fear: a code that is none is told apart by its answer, what was typed comes back as markup, or somebody goes on trying for ever.
#[tokio::test]
async fn codes_that_are_none() {
    let portal = TestPortal::new().await;
    let mut stranger = portal.stranger();
    let page = stranger.get("/verification").await;
    assert_eq!(page.status, StatusCode::OK);
    for (typed, said) in [
        ("", "Saisissez le code imprimé"),
        ("ABCD", "20"),
        ("<script>alert(1)</script>", "chiffres et des lettres"),
    ] {
        let answer = stranger.post("/verification", &[("code", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains(said), "{typed}: {}", answer.body);
        assert!(!answer.body.contains("<script>alert"), "{typed}");
    }
    let mut told = Vec::new();
    for code in ["0000-0000-0000-0000-0000", "zzzzzzzzzzzzzzzzzzzz"] {
        let answer = stranger.fetch("verification", &[("code", code)]).await;
        told.push((answer.status, answer.body));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], (StatusCode::OK, "\"Unknown\"".to_owned()));
    for _ in 0..60 {
        stranger
            .fetch("verification", &[("code", "00000000000000000000")])
            .await;
    }
    let paused = stranger
        .post("/verification", &[("code", "00000000000000000000")])
        .await;
    assert_eq!(paused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(paused.body.contains("Trop d’essais"), "{}", paused.body);
}
