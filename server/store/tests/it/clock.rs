//! A clock that is set back: the portal goes on, and nothing that was over begins again.

use crate::base::{Base, EMPLOYER, NOW, employer, fresh, good_employer, services};
use portfolio::{
    client::Happening,
    origin::Origin,
    ports::{
        Changed, Enrolled, Portfolio as _, Proved, SESSION_IDLE, SESSION_LIFE, SessionToken,
        Terminated,
    },
    time::{DAY, HOUR, MINUTE, Timestamp},
};

crate::contract! {
    a_session_that_was_over_stays_over, a_session_of_the_future_is_over, history_keeps_its_order, pauses_go_on, any_moment_will_do
}

/// Fear: somebody leaves, is told that the session is over, and the next person at the desk finds it open once the clock was set
/// back.
async fn a_session_that_was_over_stays_over(base: Base) {
    base.firm("Dupont").await;
    let open = async |token: &SessionToken, now| base.session(token, now).await.is_some();
    for over in [NOW.plus(SESSION_IDLE), NOW.plus(SESSION_LIFE + DAY)] {
        let token = base.signed_in("Dupont", NOW).await;
        assert!(!open(&token, over).await);
        // A slow write goes on by itself, so that no page waits for it: here it is waited for.
        while base
            .number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL")
            .await
            != 0
        {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        assert!(!open(&token, NOW.plus(1)).await);
        assert!(!open(&token, NOW.plus(-HOUR)).await);
    }
    let out = base.signed_in("Dupont", NOW).await;
    base.store
        .end_session(&out, Origin::default(), NOW.plus(60))
        .await
        .unwrap();
    assert!(!open(&out, NOW.plus(-60)).await);
}

/// Fear: signed in while the clock was a year ahead, a session goes on for a year; or a clock set right by minutes signs people
/// out.
async fn a_session_of_the_future_is_over(base: Base) {
    base.firm("Dupont").await;
    let start = async |now| base.signed_in("Dupont", now).await;
    let ahead = start(NOW.plus(365 * DAY)).await;
    assert!(base.session(&ahead, NOW).await.is_none());
    let minutes = start(NOW.plus(5 * MINUTE)).await;
    assert!(base.session(&minutes, NOW).await.is_some());
}

/// Fear: a change made while the clock was behind is told before the one that it followed, or is lost.
async fn history_keeps_its_order(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let before = NOW.plus(-3 * DAY);
    for (version, on, now) in [
        (1, &["DPAE", "MAIL_DSN"][..], NOW.plus(60)),
        (2, &["MAIL_DSN"], before),
    ] {
        let done = base
            .store
            .change(&scope, id, version, &services(on), now)
            .await;
        assert_eq!(done.unwrap(), Some(Changed::Done));
    }
    let stale = base.store.change(&scope, id, 2, &services(&[]), NOW).await;
    assert!(matches!(
        stale.unwrap(),
        Some(Changed::Stale { version: 3, .. })
    ));
    let ended = base
        .store
        .terminate(&fresh(&scope), id, before.plus(60))
        .await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    let client = base.store.client(&scope, id).await.unwrap().unwrap();
    assert_eq!(client.version, 4);
    assert!(matches!(client.history[0].what, Happening::Ended));
    assert!(matches!(client.history[3].what, Happening::Enrolled(_)));
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: whoever can set the clock back tries secrets for ever.
async fn pauses_go_on(base: Base) {
    let scope = base.with_accounts().await;
    let draft = base.draft(&scope, EMPLOYER, NOW).await;
    for n in 0..5 {
        let wrong = employer(&n.to_string(), "117000001567462542");
        base.prove(&scope, draft, &wrong, NOW).await;
    }
    for back in [1, HOUR] {
        let answer = base
            .prove(&scope, draft, &good_employer(), NOW.plus(-back))
            .await;
        assert!(matches!(answer, Proved::Paused { .. }), "{answer:?}");
    }
}

/// Fear: a machine whose clock stands at the epoch, or before it, panics.
async fn any_moment_will_do(base: Base) {
    let scope = base.with_accounts().await;
    for now in [Timestamp(0), Timestamp(-DAY), Timestamp(i64::MAX / 4)] {
        let draft = base.draft(&scope, EMPLOYER, now).await;
        let proved = base.prove(&scope, draft, &good_employer(), now).await;
        assert!(matches!(proved, Proved::Proven(_)), "{proved:?}");
        let enrolled = base.store.enrol(&scope, draft, &services(&[]), now).await;
        let Some(Enrolled::Done(id)) = enrolled.unwrap() else {
            panic!("not enrolled");
        };
        let ended = base.store.terminate(&fresh(&scope), id, now).await;
        assert_eq!(ended.unwrap(), Some(Terminated::Done));
        let token = base.signed_in("Cabinet Dupont", now).await;
        assert!(base.session(&token, now).await.is_some());
    }
}
