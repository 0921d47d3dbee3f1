//! What the time of an answer tells.

use super::browser::{Browser, TestPortal};
use crate::{
    clock::Stopwatch,
    trial::{BOUND, apart},
};
use http::StatusCode;

/// Tries of each kind; the kinds take turns, so that whatever else the machine does falls on all of them alike.
const TRIES: usize = 1_000;
/// Their turns, again and again: each kind comes after each other one as often. Who comes after a client that is there would else be slower
/// by what that one leaves behind, which is written down as opened.
const TURNS: [usize; 6] = [0, 1, 0, 2, 1, 2];

/// How long another firm's id takes, one that does not exist, and one's own.
async fn times(visitor: &mut Browser, function: &str, ids: [&str; 3]) -> [Vec<u128>; 3] {
    let mut times = [const { Vec::new() }; 3];
    for kind in TURNS.into_iter().cycle().take(3 * TRIES) {
        let fields = [("id", ids[kind]), ("of", ids[kind]), ("version", "7")];
        let watch = Stopwatch::start();
        let answer = visitor.fetch(function, &fields).await;
        times[kind].push(watch.elapsed().as_nanos());
        let missing = answer.status == StatusCode::NOT_FOUND;
        assert_eq!(missing, kind < 2, "{function}: {}", answer.body);
    }
    times
}

/// Fear: whether another firm has a client is found out by the time that the refusal takes. That the test would see it is shown by a
/// client of one's own, for which one row more is read.
#[tokio::test]
async fn another_firms_id_takes_as_long_as_none() {
    let portal = TestPortal::new().await;
    let theirs = portal.member("autre").await.enrol_employer().await;
    let mut visitor = portal.member("demo").await;
    let own = visitor.enrol_employer().await;
    let nobodys = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
    for function in ["client", "modifier"] {
        let ids = [theirs.as_str(), nobodys, own.as_str()];
        let [theirs, nobodys, own] = &times(&mut visitor, function, ids).await;
        let (alike, planted) = (apart(theirs, nobodys), apart(theirs, own));
        assert!(
            planted > BOUND,
            "{function}: one row more is not seen: {planted:.1}"
        );
        assert!(alike < BOUND, "{function}: told apart: {alike:.1}");
    }
}
