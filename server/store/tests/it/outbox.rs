//! Messages on their way: written with what causes them, claimed by one server, forgotten once sent.

use crate::{base::*, people::administrator};
use portfolio::{
    form::InviteDraft,
    permission::Role,
    ports::{CLAIM, Claimed, Invited, LinkToken, Outbox, PATIENCE, pause},
    time::DAY,
};
use store::{Address, Sent, new_token};

crate::contract!(
    written_with_the_change,
    sealed_and_forgotten,
    several_servers_claim_each_once,
    a_claim_runs_out,
    tried_again_then_given_up,
    what_cannot_be_read_is_given_up,
    forgotten_after_a_month,
);

/// Invites one person for each address.
async fn invite(base: &Base, to: &[&str]) {
    let who = administrator(base, "Dupont").await;
    for to in to {
        let draft = InviteDraft {
            name: "Zoé".to_owned(),
            email: portfolio::email::Email::parse(to).unwrap(),
            role: Role::Reader,
        };
        let link = Sent {
            token: &LinkToken::new(new_token().unwrap()),
            address: &Address("https://portail.example/invitation/0123".to_owned()),
        };
        let done = base.store.invite(&who, &draft, link, NOW).await.unwrap();
        assert_eq!(done, Invited::Done);
    }
}

async fn claim(base: &Base, at: i64) -> Option<Claimed> {
    base.store.claim(NOW.plus(at)).await.unwrap()
}

/// Fear: a message goes out for something that was not done, or nobody is woken for one that was.
async fn written_with_the_change(base: Base) {
    invite(&base, &["zoe@cabinet.fr"]).await;
    base.store.written().await;
    let who = administrator(&base, "Durand").await;
    let draft = InviteDraft {
        name: "Zoé".to_owned(),
        email: portfolio::email::Email::parse("zoe@cabinet.fr").unwrap(),
        role: Role::Reader,
    };
    let link = Sent {
        token: &LinkToken::new(new_token().unwrap()),
        address: &Address(String::new()),
    };
    let taken = base.store.invite(&who, &draft, link, NOW).await.unwrap();
    assert_eq!(taken, Invited::Taken);
    assert_eq!(base.number("SELECT COUNT(*) FROM outbox").await, 1);
}

/// Fear: who reads the database opens a link, or a link is kept after it was sent.
async fn sealed_and_forgotten(base: Base) {
    invite(&base, &["zoe@cabinet.fr"]).await;
    let mail = "SELECT COUNT(*) FROM sealed WHERE purpose = 'mail'";
    assert_eq!(base.number(mail).await, 1);
    let claimed = claim(&base, 0).await.unwrap();
    assert_eq!(claimed.message.to.as_str(), "zoe@cabinet.fr");
    assert!(claimed.message.text.contains("/invitation/0123"));
    base.store.sent(&claimed, NOW).await.unwrap();
    assert_eq!(base.number(mail).await, 0);
    assert!(claim(&base, PATIENCE).await.is_none());
    assert_eq!(base.store.next_due().await.unwrap(), None);
}

/// Fear: two servers send the same message.
async fn several_servers_claim_each_once(base: Base) {
    let to: Vec<_> = (0..12).map(|n| format!("p{n}@cabinet.fr")).collect();
    let to: Vec<_> = to.iter().map(String::as_str).collect();
    invite(&base, &to).await;
    let other = store::Store::open(&base.url, key()).await.unwrap();
    let mut claiming = tokio::task::JoinSet::new();
    for n in 0..4 {
        let store = [&base.store, &other][n % 2].clone();
        claiming.spawn(async move {
            let mut mine = Vec::new();
            while let Some(claimed) = store.claim(NOW).await.unwrap() {
                mine.push(claimed.message.to.to_string());
                store.sent(&claimed, NOW).await.unwrap();
            }
            mine
        });
    }
    let mut all: Vec<_> = claiming.join_all().await.into_iter().flatten().collect();
    // One that found its row taken stops early; what it left is claimed by the others or here.
    while let Some(claimed) = claim(&base, 0).await {
        all.push(claimed.message.to.to_string());
        base.store.sent(&claimed, NOW).await.unwrap();
    }
    all.sort();
    let mut expected: Vec<_> = to.iter().map(|to| (*to).to_owned()).collect();
    expected.sort();
    assert_eq!(all, expected);
}

/// Fear: a server that was killed takes its message along; or one that was only slow has the last word over who took it up.
async fn a_claim_runs_out(base: Base) {
    invite(&base, &["zoe@cabinet.fr"]).await;
    let slow = claim(&base, 0).await.unwrap();
    assert!(claim(&base, CLAIM - 1).await.is_none());
    assert_eq!(base.store.next_due().await.unwrap(), Some(NOW.plus(CLAIM)));
    let quick = claim(&base, CLAIM).await.unwrap();
    assert_eq!(slow.id, quick.id);
    let late = NOW.plus(CLAIM + 1);
    base.store
        .not_sent(&slow, "slow", true, late)
        .await
        .unwrap();
    base.store.sent(&quick, late).await.unwrap();
    base.store
        .not_sent(&slow, "slow", true, late)
        .await
        .unwrap();
    let sent = "SELECT COUNT(*) FROM outbox WHERE sent_at IS NOT NULL AND failed_at IS NULL";
    assert_eq!(base.number(sent).await, 1);
}

/// Fear: a failed message is tried without a pause, or for days, or its words stay after it was given up.
async fn tried_again_then_given_up(base: Base) {
    invite(&base, &["zoe@cabinet.fr"]).await;
    let (mut at, mut tries) = (0, 0);
    while let Some(claimed) = claim(&base, at).await {
        tries += 1;
        let now = NOW.plus(at);
        base.store
            .not_sent(&claimed, "nobody there", false, now)
            .await
            .unwrap();
        let due = base.store.next_due().await.unwrap();
        let Some(due) = due else { break };
        assert_eq!(due, now.plus(pause(tries)));
        assert!(claim(&base, due.0 - NOW.0 - 1).await.is_none());
        at = due.0 - NOW.0;
    }
    assert!(
        tries > 5 && at < PATIENCE,
        "{tries} tries, the last after {at} s"
    );
    let given_up =
        "SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL AND last_error = 'nobody there'";
    assert_eq!(base.number(given_up).await, 1);
    let mail = "SELECT COUNT(*) FROM sealed WHERE purpose = 'mail'";
    assert_eq!(base.number(mail).await, 0);
}

/// Fear: one message that does not open keeps all others from going.
async fn what_cannot_be_read_is_given_up(base: Base) {
    use sea_orm::ConnectionTrait as _;
    invite(&base, &["a@cabinet.fr", "b@cabinet.fr"]).await;
    let first = "SELECT id FROM outbox ORDER BY next_try_at, id LIMIT 1";
    let broken = format!("DELETE FROM sealed WHERE purpose = 'mail' AND owner = ({first})");
    base.behind()
        .await
        .execute_unprepared(&broken)
        .await
        .unwrap();
    assert!(claim(&base, 0).await.is_some(), "the other one goes");
    let failed = "SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL";
    assert_eq!(base.number(failed).await, 1);
}

/// Fear: to whom messages went is kept for ever.
async fn forgotten_after_a_month(base: Base) {
    invite(&base, &["zoe@cabinet.fr"]).await;
    let claimed = claim(&base, 0).await.unwrap();
    base.store.sent(&claimed, NOW).await.unwrap();
    let who = administrator(&base, "Durand").await;
    for (days, left) in [(30, 2), (31, 2)] {
        let email = format!("p{days}@cabinet.fr");
        let draft = InviteDraft {
            name: "Zoé".to_owned(),
            email: portfolio::email::Email::parse(&email).unwrap(),
            role: Role::Reader,
        };
        let link = Sent {
            token: &LinkToken::new(new_token().unwrap()),
            address: &Address(String::new()),
        };
        let now = NOW.plus(days * DAY);
        base.store.invite(&who, &draft, link, now).await.unwrap();
        assert_eq!(
            base.number("SELECT COUNT(*) FROM outbox").await,
            left,
            "{days}"
        );
    }
}
