//! Messages that are not obligatory: to whom, once, and until somebody has had enough.

use crate::{
    base::{Base, EMPLOYER, NOW, editor, good_employer, key},
    dashboard::charge,
    mobility::{examined, officer},
};
use portfolio::{
    form::NoticeDraft,
    ids::{EnrolmentId, Oneself},
    letter::Notice,
    mobility::form::Of,
    origin::Origin,
    permission::Editor,
    ports::{
        Bench as _, Claimed, LeaveMeant, LeaveToken, Notices as _, Outbox as _, Ruling, Stepped,
    },
    time::{DAY, Timestamp},
};
use store::{Fault, Store};

crate::contract!(
    reminded_once_by_two_servers,
    nothing_is_made_up_for_after_an_outage,
    to_whom_it_goes,
    stopped_by_its_link_and_taken_up_again,
    links_of_others_open_nothing,
    a_decision_is_told_with_it,
    an_address_that_is_none,
    a_bulletin_once,
    planted_faults,
);

const URL: &str = "https://portail.example";
const ON: [&str; 4] = [
    "MAIL_ECHEANCE",
    "MAIL_MOBILITE",
    "MAIL_LETTRE",
    "MOBILITE_INTERNATIONALE",
];
/// 1 December 2026: payment of the self-employed on the 5th is near.
const DECEMBER: Timestamp = NOW.plus(7 * DAY);
/// 10 December 2026: the DSN of the 15th is near.
const DSN: Timestamp = NOW.plus(16 * DAY);

/// A firm whose member Paul, who has an address, has enrolled an employer.
async fn one(base: &Base) -> (Editor, EnrolmentId) {
    let claire = base.with_accounts().await;
    let paul = base.colleague(claire.firm, "cabinet.fr", "Paul").await;
    let id = base
        .client(&paul, EMPLOYER, &good_employer(), &ON, NOW)
        .await;
    (paul, id)
}

fn server(base: &Base) -> Store {
    base.store.clone().reached_at(URL)
}

async fn remind(base: &Base, now: Timestamp) {
    while server(base).remind(now).await.unwrap() {}
}

async fn sent(base: &Base, now: Timestamp) -> Vec<Claimed> {
    let mut sent = Vec::new();
    while let Some(claimed) = base.store.claim(now).await.unwrap() {
        base.store.sent(&claimed, now).await.unwrap();
        sent.push(claimed);
    }
    sent
}

fn myself(of: &Editor) -> Oneself {
    Oneself {
        house: of.firm,
        member: of.member,
        from: Origin::default(),
    }
}

/// Fear: two servers remind the same person of the same day, or a day's reminders come as one message for each client.
async fn reminded_once_by_two_servers(base: Base) {
    let (paul, _) = one(&base).await;
    base.client(
        &paul,
        EMPLOYER,
        &crate::base::good_self_employed(),
        &ON,
        NOW,
    )
    .await;
    remind(&base, NOW).await;
    assert_eq!(sent(&base, NOW).await.len(), 0, "nothing is near");
    // The second server of a PostgreSQL; SQLite has one process.
    let other = if base.url.starts_with("postgres") {
        Store::open(&base.url, key()).await.unwrap().reached_at(URL)
    } else {
        server(&base)
    };
    let (one, two) = (server(&base), other);
    let (first, second) = tokio::join!(one.remind(DSN), two.remind(DSN));
    first.unwrap();
    second.unwrap();
    let letters = sent(&base, DSN).await;
    assert_eq!(letters.len(), 1);
    let message = &letters[0].message;
    assert_eq!(message.to.as_str(), "paul@cabinet.fr");
    assert!(
        message
            .text
            .contains("15\u{a0}décembre\u{a0}2026\u{a0}: DSN et paiement")
    );
    assert!(
        message
            .text
            .contains("https://portail.example/echeances?charge=moi")
    );
    assert!(!message.text.contains("Boulangerie"), "no client is named");
    remind(&base, DSN).await;
    remind(&base, DSN.plus(3_600)).await;
    assert_eq!(sent(&base, DSN).await.len(), 0);
}

/// Fear: after days without a server everything that was missed comes at once, or what is still to come is not told.
async fn nothing_is_made_up_for_after_an_outage(base: Base) {
    let (paul, _) = one(&base).await;
    let proof = crate::base::good_self_employed();
    base.client(&paul, EMPLOYER, &proof, &ON, NOW).await;
    remind(&base, DECEMBER).await;
    let letters = sent(&base, DECEMBER).await;
    assert_eq!(letters.len(), 1, "of the 5th");
    assert!(letters[0].message.text.contains("5\u{a0}décembre"));
    // Down until 10 January: what was due meanwhile is past, the 15th is still to come.
    let back = DECEMBER.plus(40 * DAY);
    remind(&base, back).await;
    let letters = sent(&base, back).await;
    assert_eq!(letters.len(), 1);
    assert!(
        letters[0]
            .message
            .text
            .contains("15\u{a0}janvier\u{a0}2027")
    );
    assert!(!letters[0].message.text.contains("cotisations"));
}

/// Fear: somebody who was suspended is written to, or nobody is since the one in charge cannot be.
async fn to_whom_it_goes(base: Base) {
    let (paul, id) = one(&base).await;
    let zoe = base.colleague(paul.firm, "cabinet.fr", "Zoé").await;
    base.plant("UPDATE member SET email = 'zoe@cabinet.fr' WHERE name = 'Zoé'")
        .await;
    charge(&base, &paul, id, zoe.member).await;
    remind(&base, DSN).await;
    let letters = sent(&base, DSN).await;
    let to: Vec<_> = letters.iter().map(|of| of.message.to.as_str()).collect();
    assert_eq!(to, ["zoe@cabinet.fr"], "the one in charge");
    base.plant("UPDATE member SET suspended_at = 1 WHERE name = 'Zoé'")
        .await;
    let january = DSN.plus(31 * DAY);
    remind(&base, january).await;
    let letters = sent(&base, january).await;
    let to: Vec<_> = letters.iter().map(|of| of.message.to.as_str()).collect();
    assert_eq!(to, ["paul@cabinet.fr"], "whoever enrolled it");
    base.plant("UPDATE member SET suspended_at = 1").await;
    remind(&base, january.plus(31 * DAY)).await;
    assert_eq!(sent(&base, january.plus(31 * DAY)).await.len(), 0);
}

fn token_of(claimed: &Claimed) -> LeaveToken {
    let address = claimed.message.leave.as_deref().unwrap();
    let token = address.strip_prefix("https://portail.example/desabonnement/");
    LeaveToken::new(token.unwrap().to_owned())
}

/// Fear: the link of a message stops another kind, stops nothing, or what was stopped cannot be had again.
async fn stopped_by_its_link_and_taken_up_again(base: Base) {
    let (paul, _) = one(&base).await;
    remind(&base, DSN).await;
    let token = token_of(&sent(&base, DSN).await[0]);
    let from = Origin::default();
    let meant = base.store.meant(&token, from, NOW).await.unwrap();
    assert_eq!(meant, LeaveMeant::Known(Notice::DueDates, true));
    let done = base.store.leave(&token, from, NOW).await.unwrap();
    assert_eq!(done, LeaveMeant::Known(Notice::DueDates, false));
    // Twice is once.
    base.store.leave(&token, from, NOW).await.unwrap();
    let shown = base.store.notices(&myself(&paul)).await.unwrap();
    let off: Vec<_> = shown.wanted.iter().filter(|(_, on)| !on).collect();
    assert_eq!(off, [&(Notice::DueDates, false)]);
    let january = DSN.plus(31 * DAY);
    remind(&base, january).await;
    assert_eq!(sent(&base, january).await.len(), 0);
    let again = NoticeDraft::Want(Notice::DueDates, true);
    base.store.want(&myself(&paul), &again, NOW).await.unwrap();
    let february = january.plus(31 * DAY);
    remind(&base, february).await;
    assert_eq!(sent(&base, february).await.len(), 1);
    let told = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%NoticeWanted%'";
    assert_eq!(base.number(told).await, 2);
}

/// Fear: somebody makes a link up, turns one into another person's or kind's, or tries for ever.
async fn links_of_others_open_nothing(base: Base) {
    one(&base).await;
    remind(&base, DSN).await;
    let token = token_of(&sent(&base, DSN).await[0]);
    let text = token.expose();
    let (_, rest) = text.split_once('.').unwrap();
    let last = if text.ends_with('0') { '1' } else { '0' };
    for wrong in [
        String::new(),
        "echeances.".to_owned(),
        format!("lettre.{rest}"),
        format!("{}{last}", &text[..text.len() - 1]),
        text[..text.len() - 1].to_owned(),
        format!("echeances.{}", "é".repeat(40)),
    ] {
        let token = LeaveToken::new(wrong.clone());
        let meant = base.store.meant(&token, Origin::default(), NOW).await;
        assert_eq!(meant.unwrap(), LeaveMeant::Unknown, "{wrong}");
    }
    let wrong = LeaveToken::new("x".to_owned());
    for _ in 0..60 {
        base.store
            .leave(&wrong, Origin::default(), NOW)
            .await
            .unwrap();
    }
    let paused = base.store.leave(&wrong, Origin::default(), NOW).await;
    assert_eq!(paused.unwrap(), LeaveMeant::Paused);
    let good = base.store.meant(&token, Origin::default(), NOW).await;
    assert!(matches!(good.unwrap(), LeaveMeant::Known(..)));
}

/// Fear: a request is decided and nobody is told, or twice, or the message says whom it is about.
async fn a_decision_is_told_with_it(base: Base) {
    let (paul, client) = one(&base).await;
    let id = examined(&base, &paul, client).await;
    assert_eq!(sent(&base, NOW).await.len(), 0, "who sent it knows");
    let version = crate::mobility::version(&base, &paul, id).await;
    let of = Of {
        request: Some(id),
        version,
    };
    let ask = Ruling::Ask("Quelle adresse\u{202f}?".into());
    let bench = server(&base);
    let asked = bench.decide(&officer(), of, &ask, NOW).await.unwrap();
    assert_eq!(asked, Some(Stepped::Done));
    let stale = bench.decide(&officer(), of, &ask, NOW).await.unwrap();
    assert!(matches!(stale, Some(Stepped::Stale { .. })));
    let letters = sent(&base, NOW).await;
    assert_eq!(letters.len(), 1);
    let text = &letters[0].message.text;
    assert!(text.contains(&format!("https://portail.example/mobilite/demandes/{id}")));
    for secret in ["Ormesson", "Boulangerie", "Quelle adresse", "Allemagne"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// Fear: a mail server that knows nobody there is asked every day, nobody learns of it, or it cannot be put right.
async fn an_address_that_is_none(base: Base) {
    let (paul, _) = one(&base).await;
    remind(&base, DSN).await;
    let claimed = base.store.claim(DSN).await.unwrap().unwrap();
    base.store
        .no_such_address(&claimed, "the mail server answered 550", DSN)
        .await
        .unwrap();
    assert!(base.store.claim(DSN.plus(DAY)).await.unwrap().is_none());
    let shown = base.store.notices(&myself(&paul)).await.unwrap();
    assert_eq!(shown.refused_at, Some(DSN));
    let january = DSN.plus(31 * DAY);
    remind(&base, january).await;
    assert_eq!(sent(&base, january).await.len(), 0);
    let good = NoticeDraft::Address;
    base.store
        .want(&myself(&paul), &good, january)
        .await
        .unwrap();
    remind(&base, january).await;
    assert_eq!(sent(&base, january).await.len(), 1);
    let shown = base
        .store
        .notices(&myself(&editor(paul.firm, paul.member)))
        .await;
    assert_eq!(shown.unwrap().refused_at, None);
}

/// Fear: the newsletter goes to those who did not ask for it, or again when it is sent again after it was cut off.
async fn a_bulletin_once(base: Base) {
    one(&base).await;
    let words = ["Bonjour à tous.".to_owned()];
    let server = server(&base);
    for _ in 0..2 {
        let written = server
            .write_bulletin(Notice::Newsletter, "Lettre de décembre", &words, NOW)
            .await;
        assert_eq!(written.unwrap(), 1);
    }
    let rules = server
        .write_bulletin(Notice::Rules, "Taux", &words, NOW)
        .await;
    assert_eq!(rules.unwrap(), 0, "nobody ticked it");
    let letters = sent(&base, NOW).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].message.subject, "Lettre de décembre");
    assert!(letters[0].message.text.contains("Bonjour à tous."));
}

/// Fear: what people have chosen is somebody's who is gone, or a choice that there is none of, and nobody is told.
async fn planted_faults(base: Base) {
    let (paul, client) = one(&base).await;
    assert_eq!(base.store.faults().await.unwrap().faults, []);
    let stranger = base.firm("Cabinet Autre").await;
    let nobody = uuid::Uuid::from_u128(7);
    let [somebody, gone, other, one] =
        [paul.member.0, nobody, stranger.member.0, client.0].map(|id| base.literal(id));
    let hash = if base.url.starts_with("sqlite:") {
        "X'00'"
    } else {
        "'\\x00'"
    };
    let feed = |of: &str, whose: &str| {
        format!(
            "INSERT INTO calendar_feed (member_id, token_hash, whose, made_at) VALUES ({of}, {hash}, '{whose}', 0)"
        )
    };
    let no_feed = || "DELETE FROM calendar_feed".to_owned();
    let me = paul.member.0;
    for (harm, back, what, id) in [
        (
            format!("UPDATE enrolment SET rhythm = 'jamais' WHERE id = {one}"),
            format!("UPDATE enrolment SET rhythm = '' WHERE id = {one}"),
            "a client declares by a rhythm that is none",
            client.0,
        ),
        (
            feed(&gone, ""),
            no_feed(),
            "a diary is handed out for nobody",
            nobody,
        ),
        (
            feed(&somebody, "personne-du-tout"),
            no_feed(),
            "a diary holds the dates of somebody who is not there, or of another firm",
            me,
        ),
        (
            feed(&somebody, &stranger.member.to_string()),
            no_feed(),
            "a diary holds the dates of somebody who is not there, or of another firm",
            me,
        ),
        (
            format!("{}; UPDATE firm SET is_client = TRUE", feed(&other, "")),
            format!("{}; UPDATE firm SET is_client = FALSE", no_feed()),
            "a diary is handed out of somebody of no firm",
            stranger.member.0,
        ),
        (
            format!("INSERT INTO notice_off (member_id, kind, at) VALUES ({gone}, 'messages', 0)"),
            "DELETE FROM notice_off".to_owned(),
            "a message is stopped for nobody",
            nobody,
        ),
        (
            format!("INSERT INTO notice_off (member_id, kind, at) VALUES ({somebody}, 'x', 0)"),
            "DELETE FROM notice_off".to_owned(),
            "a message is stopped that there is none of",
            me,
        ),
        (
            format!("INSERT INTO mail_refused (member_id, at) VALUES ({gone}, 0)"),
            "DELETE FROM mail_refused".to_owned(),
            "nobody has the address that is none",
            nobody,
        ),
        (
            format!("INSERT INTO reminded (member_id, until_day) VALUES ({gone}, '2026-12-01')"),
            "DELETE FROM reminded".to_owned(),
            "somebody was reminded who is not there",
            nobody,
        ),
        (
            format!(
                "INSERT INTO reminded (member_id, until_day) VALUES ({somebody}, '2026-13-01')"
            ),
            "DELETE FROM reminded".to_owned(),
            "somebody was reminded up to a day that is none",
            me,
        ),
        (
            format!(
                "UPDATE member SET email = '' WHERE id = {somebody}; INSERT INTO mail_refused (member_id, at) VALUES ({somebody}, 0)"
            ),
            "DELETE FROM mail_refused".to_owned(),
            "an address is none, and is nowhere written to",
            me,
        ),
    ] {
        base.plant(&harm).await;
        let faults = base.store.faults().await.unwrap().faults;
        assert!(faults.contains(&Fault { what, id }), "{harm}: {faults:?}");
        base.plant(&back).await;
    }
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}
