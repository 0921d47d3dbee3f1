//! Links that were sent: good once, for a while, for one person.

use crate::{
    base::*,
    people::{administrator, invite, join},
};
use portfolio::{
    attempts::SHORT_PAUSE,
    journal::{Wanted, What},
    origin::Origin,
    permission::{Administrator, Fresh, Role},
    ports::{
        Asked, INVITATION_LIFE, Journal, LinkToken, Outbox, PATIENCE, Purpose, RESET_LIFE,
        SessionToken, StepToken, Visit,
    },
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, Statement};
use store::{Address, Sent, new_token};

crate::contract!(
    an_invitation_opens_once,
    two_posts_one_wins,
    links_grow_old,
    a_new_password_ends_everything_else,
    only_who_is_there_is_written_to,
    looking_changes_nothing,
    asking_is_limited_alike,
    what_was_asked_survives,
    two_servers_answer_once,
    asking_leaves_the_same_for_everybody,
    an_old_request_is_forgotten,
    only_hashes_of_links_are_stored,
);

const ZOE: &str = "zoe@cabinet.fr";

/// An administrator of a firm, and Zoé of the same firm, who joined.
async fn with_zoe(base: &Base) -> Fresh<Administrator> {
    let who = administrator(base, "Dupont").await;
    let (token, _) = invite(base, &who, ZOE).await;
    join(base, &token).await;
    who
}

/// Seconds after which a request is due, whatever chance said.
const SOON: i64 = 5;

/// Asks for a link to choose a new password, and gives what it is, or would be, from `now` on.
pub async fn ask(base: &Base, identifier: &str, now: Timestamp) -> LinkToken {
    let asked = base
        .store
        .ask_reset(identifier, Origin::default(), now.plus(-SOON))
        .await;
    assert_eq!(asked.unwrap(), Asked::Taken);
    let token = LinkToken::new(new_token().unwrap());
    assert!(answer(&base.store, &token, now).await);
    token
}

/// Sees to the request that is due.
async fn answer(store: &store::Store, token: &LinkToken, now: Timestamp) -> bool {
    let address = format!("https://portail.example/mot-de-passe/{}", token.expose());
    let address = &Address(address);
    let sent = Sent { token, address };
    store.answer_reset(sent, now).await.unwrap()
}

async fn choose(base: &Base, token: &LinkToken, hash: &str, now: Timestamp) -> Option<Purpose> {
    base.store
        .use_link(
            token,
            hash,
            "https://portail.example/oublie",
            Origin::default(),
            now,
        )
        .await
        .unwrap()
}

/// The subjects of all messages that wait.
async fn messages(base: &Base, now: Timestamp) -> Vec<String> {
    let mut subjects = Vec::new();
    while let Some(claimed) = base.store.claim(now).await.unwrap() {
        subjects.push(claimed.message.subject.clone());
        base.store.sent(&claimed, now).await.unwrap();
    }
    subjects
}

async fn good(base: &Base, token: &LinkToken, now: Timestamp) -> bool {
    base.store.addressee(token, now).await.unwrap().is_some()
}

/// Fear: a link opens twice, or a link that was made up opens at all.
async fn an_invitation_opens_once(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, ZOE).await;
    for made_up in ["", "0", &"0".repeat(64)] {
        let made_up = LinkToken::new(made_up.to_owned());
        assert!(!good(&base, &made_up, NOW).await);
        assert_eq!(choose(&base, &made_up, "other", NOW).await, None);
    }
    assert_eq!(
        choose(&base, &token, "first", NOW).await,
        Some(Purpose::Invitation)
    );
    assert_eq!(choose(&base, &token, "second", NOW).await, None);
    let known = base.credentials(ZOE, NOW).await.unwrap();
    assert_eq!(
        (known.member, known.password_hash.as_deref()),
        (id, Some("first"))
    );
    let page = base.store.journal(&who, &Wanted::default()).await.unwrap();
    assert_eq!(
        (&page.lines[0].what, page.lines[0].by.as_deref()),
        (&What::MemberJoined, Some("Zoé Œuf"))
    );
}

/// Fear: of two posts at the same moment both choose a password, and whoever was second is in.
async fn two_posts_one_wins(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let elsewhere = store::Store::open(&base.url, key()).await.unwrap();
    for round in 0..8 {
        let to = format!("zoe{round}@cabinet.fr");
        let (token, _) = invite(&base, &who, &to).await;
        let post = |store: &store::Store, hash: &'static str| {
            let (store, token) = (store.clone(), token.clone());
            tokio::spawn(async move {
                let used = store
                    .use_link(&token, hash, "", Origin::default(), NOW)
                    .await;
                used.unwrap().map(|_| hash)
            })
        };
        let (first, second) = (post(&base.store, "first"), post(&elsewhere, "second"));
        let won: Vec<_> = [first.await.unwrap(), second.await.unwrap()]
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(won.len(), 1, "{won:?}");
        let known = base.credentials(&to, NOW).await.unwrap();
        assert_eq!(known.password_hash.as_deref(), Some(won[0]));
    }
}

/// Fear: a link in an old message opens for ever.
async fn links_grow_old(base: Base) {
    let who = with_zoe(&base).await;
    let (invitation, _) = invite(&base, &who, "bob@cabinet.fr").await;
    let reset = ask(&base, ZOE, NOW).await;
    for (token, life) in [(&invitation, INVITATION_LIFE), (&reset, RESET_LIFE)] {
        assert!(good(&base, token, NOW.plus(life - 1)).await);
        assert!(!good(&base, token, NOW.plus(life)).await);
        assert_eq!(choose(&base, token, "late", NOW.plus(life)).await, None);
    }
}

/// Fear: who had the old password stays in, a second factor is forgotten, or the person is not told.
async fn a_new_password_ends_everything_else(base: Base) {
    let who = with_zoe(&base).await;
    messages(&base, NOW).await;
    let known = base.credentials(ZOE, NOW).await.unwrap();
    let session = SessionToken::new(new_token().unwrap());
    let step = StepToken::new(new_token().unwrap());
    let visit = Visit::default();
    base.store
        .signed_in(ZOE, &known, &session, &visit, NOW)
        .await
        .unwrap();
    base.store
        .start_step(ZOE, &known, &step, visit.from, NOW)
        .await
        .unwrap();
    let totp = match base.behind().await.get_database_backend() {
        sea_orm::DbBackend::Postgres => {
            format!("INSERT INTO totp VALUES ('{}', 1, 0)", known.member)
        }
        _ => format!(
            "INSERT INTO totp VALUES (X'{}', 1, 0)",
            known.member.0.simple()
        ),
    };
    base.behind().await.execute_unprepared(&totp).await.unwrap();
    let before = ask(&base, ZOE, NOW).await;
    let token = ask(&base, " ZOE@Cabinet.fr ", NOW).await;
    assert!(!good(&base, &before, NOW).await, "the latest alone is good");
    assert_eq!(
        choose(&base, &token, "new", NOW).await,
        Some(Purpose::Reset)
    );
    assert!(base.session(&session, NOW).await.is_none());
    // Those who forget have tried in vain first.
    for _ in 0..5 {
        base.credentials(ZOE, NOW).await.unwrap();
    }
    let last = ask(&base, ZOE, NOW).await;
    assert_eq!(choose(&base, &last, "new", NOW).await, Some(Purpose::Reset));
    let open = "SELECT COUNT(*) FROM sign_in_step WHERE used_at IS NULL";
    assert_eq!(base.number(open).await, 0);
    let after = base.credentials(ZOE, NOW).await.unwrap();
    assert_eq!(
        (after.password_hash.as_deref(), after.second_factor),
        (Some("new"), true)
    );
    let told = messages(&base, NOW).await;
    assert_eq!(told.len(), 5, "{told:?}");
    assert!(told.contains(&"Votre mot de passe a été changé".to_owned()));
    let page = base.store.journal(&who, &Wanted::default()).await.unwrap();
    assert_eq!(
        page.lines[0].what,
        What::PasswordChanged { by_message: true }
    );
    assert_eq!(
        (&page.lines[1].what, &page.lines[1].by),
        (&What::ResetAsked, &None)
    );
}

/// Fear: somebody who is not in, or was only invited, gets in by « forgotten »; or an access without an address breaks it.
async fn only_who_is_there_is_written_to(base: Base) {
    let who = administrator(&base, "Dupont").await;
    invite(&base, &who, ZOE).await;
    messages(&base, NOW).await;
    base.store
        .add_member(who.firm, "sans-adresse", "Paul", HASH, Role::Reader, NOW)
        .await
        .unwrap();
    for nobody in [ZOE, "personne@cabinet.fr", "sans-adresse", "", "%"] {
        let token = ask(&base, nobody, NOW).await;
        assert!(!good(&base, &token, NOW).await, "{nobody}");
    }
    assert!(messages(&base, NOW).await.is_empty());
}

/// Fear: a program that opens every link of a message uses it up.
async fn looking_changes_nothing(base: Base) {
    with_zoe(&base).await;
    let token = ask(&base, ZOE, NOW).await;
    for _ in 0..3 {
        assert!(good(&base, &token, NOW).await);
    }
    assert_eq!(
        choose(&base, &token, "new", NOW).await,
        Some(Purpose::Reset)
    );
}

/// Fear: who asks learns from the limit who is known here, or an address is flooded.
async fn asking_is_limited_alike(base: Base) {
    with_zoe(&base).await;
    let ask = async |identifier: &str, address: [u8; 4], now| {
        let from = Origin(Some(address.into()));
        base.store.ask_reset(identifier, from, now).await.unwrap()
    };
    for identifier in [ZOE, "personne@cabinet.fr"] {
        for n in 0..5 {
            let answer = ask(identifier, [192, 0, 2, n], NOW).await;
            assert_eq!(answer, Asked::Taken);
        }
        let until = NOW.plus(SHORT_PAUSE);
        assert_eq!(
            ask(&identifier.to_uppercase(), [192, 0, 2, 9], NOW).await,
            Asked::Paused { until }
        );
        assert_eq!(ask(identifier, [192, 0, 2, 9], until).await, Asked::Taken);
    }
    for n in 0..20 {
        assert_eq!(
            ask(&format!("p{n}"), [198, 51, 100, 1], NOW).await,
            Asked::Taken
        );
    }
    assert!(matches!(
        ask("p20", [198, 51, 100, 1], NOW).await,
        Asked::Paused { .. }
    ));
}

/// Fear: a link that was asked for is lost when the server is stopped, killed or cannot reach the database right after the answer.
async fn what_was_asked_survives(base: Base) {
    with_zoe(&base).await;
    messages(&base, NOW).await;
    let from = Origin::default();
    let asked = base.store.ask_reset(ZOE, from, NOW).await.unwrap();
    assert_eq!(asked, Asked::Taken);
    let token = LinkToken::new(new_token().unwrap());
    assert!(
        !answer(&base.store, &token, NOW).await,
        "not at once: how busy the database is would tell"
    );
    let after = store::Store::open(&base.url, key()).await.unwrap();
    let due = after.next_reset().await.unwrap().unwrap();
    assert!(due > NOW && due < NOW.plus(SOON));
    // The first try fails at its last statement.
    base.plant("UPDATE journal_head SET seq = seq - 1").await;
    let address = &Address(String::new());
    let link = Sent {
        token: &token,
        address,
    };
    assert!(after.answer_reset(link, due).await.is_err());
    base.plant("UPDATE journal_head SET seq = seq + 1").await;
    assert!(!good(&base, &token, due).await);
    assert!(answer(&after, &token, due).await);
    assert!(good(&base, &token, due).await);
    assert_eq!(messages(&base, due).await.len(), 1);
    assert_eq!(after.next_reset().await.unwrap(), None);
}

/// Fear: two servers that look at the same moment send two links, of which the first that arrives is not good.
async fn two_servers_answer_once(base: Base) {
    with_zoe(&base).await;
    messages(&base, NOW).await;
    let elsewhere = store::Store::open(&base.url, key()).await.unwrap();
    for round in 0..4 {
        let now = NOW.plus(round * SHORT_PAUSE);
        let from = Origin::default();
        base.store.ask_reset(ZOE, from, now).await.unwrap();
        let look = |store: &store::Store| {
            let store = store.clone();
            tokio::spawn(async move {
                let token = LinkToken::new(new_token().unwrap());
                answer(&store, &token, now.plus(SOON)).await
            })
        };
        let (first, second) = (look(&base.store), look(&elsewhere));
        let answered = [first.await.unwrap(), second.await.unwrap()];
        assert_eq!(answered.iter().filter(|done| **done).count(), 1);
        assert_eq!(messages(&base, now.plus(SOON)).await.len(), 1);
    }
}

/// Fear: what asking leaves behind, and so what it does, differs for somebody and nobody; or what was typed can be read there.
async fn asking_leaves_the_same_for_everybody(base: Base) {
    with_zoe(&base).await;
    let mut left = Vec::new();
    // Nobody's is as long as hers.
    for identifier in ["bob@cabinet.fr", ZOE] {
        let before = base.number("SELECT COUNT(*) FROM attempt_guard").await;
        base.store
            .ask_reset(identifier, Origin::default(), NOW)
            .await
            .unwrap();
        let mut rows = vec![base.number("SELECT COUNT(*) FROM attempt_guard").await - before];
        for sql in [
            "SELECT COUNT(*) FROM reset_request",
            "SELECT COUNT(*) FROM link WHERE purpose = 'reset'",
            "SELECT COUNT(*) FROM sealed WHERE purpose = 'reset'",
            "SELECT CAST(MIN(LENGTH(box)) AS bigint) FROM sealed WHERE purpose = 'reset'",
        ] {
            rows.push(base.number(sql).await);
        }
        left.push(rows);
        let token = LinkToken::new(new_token().unwrap());
        assert!(answer(&base.store, &token, NOW.plus(SOON)).await);
        assert_eq!(good(&base, &token, NOW.plus(SOON)).await, identifier == ZOE);
        for table in ["reset_request", "sealed WHERE purpose = 'reset'"] {
            let sql = format!("SELECT COUNT(*) FROM {table}");
            assert_eq!(base.number(&sql).await, 0, "it is still there");
        }
    }
    assert_eq!(left[0][1..4], [1, 0, 1]);
    // The network is counted in the same row.
    left[0][0] -= 1;
    assert_eq!(left[0], left[1]);
}

/// Fear: a server that was off for days sends what nobody waits for any more.
async fn an_old_request_is_forgotten(base: Base) {
    with_zoe(&base).await;
    messages(&base, NOW).await;
    let from = Origin::default();
    base.store.ask_reset(ZOE, from, NOW).await.unwrap();
    let token = LinkToken::new(new_token().unwrap());
    let later = NOW.plus(PATIENCE);
    assert!(answer(&base.store, &token, later).await);
    assert!(!good(&base, &token, later).await);
    assert!(messages(&base, later).await.is_empty());
}

/// Fear: who reads the table chooses passwords.
async fn only_hashes_of_links_are_stored(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, _) = invite(&base, &who, ZOE).await;
    assert_eq!(token.expose().len(), 64);
    let db = base.behind().await;
    let sql = Statement::from_string(db.get_database_backend(), "SELECT token_hash FROM link");
    let row = db.query_one_raw(sql).await.unwrap().unwrap();
    let hash: Vec<u8> = row.try_get_by_index(0).unwrap();
    let hex: Vec<_> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_ne!(hex.concat(), token.expose());
    let told = format!(
        "SELECT COUNT(*) FROM outbox WHERE reason LIKE '%{}%'",
        &token.expose()[..16]
    );
    assert_eq!(base.number(&told).await, 0);
}
