//! What finds faults in requests to work abroad: shown to find each of them, and nothing in sound ones.

use crate::{
    base::{Base, NOW},
    mobility::{germany, mission, of, officer, one, request, submit, whole},
};
use portfolio::{
    mobility::day::Day,
    mobility::life::State,
    ports::{Bench as _, Change, Mobility as _, Ruling, Stepped, Submitted},
};
use store::Fault;

crate::contract! { sound_requests_have_no_fault, planted_faults_of_requests_are_found }

/// Fear: those who run the portal are alarmed for nothing.
async fn sound_requests_have_no_fault(base: Base) {
    let (editor, client) = one(&base).await;
    let later = NOW.plus(60);
    whole(&base, &editor, client, &germany(), "oui").await;
    for (country, affiliated, then) in [
        ("BE", "oui", 1),
        ("ES", "oui", 2),
        ("IT", "non", 3),
        ("PT", "non", 4),
    ] {
        let year = 2027 + then;
        let mission = mission(country, &format!("01/02/{year}"), &format!("30/04/{year}"));
        let id = whole(&base, &editor, client, &mission, affiliated).await;
        assert!(matches!(
            submit(&base, &editor, id).await,
            Submitted::Done(_)
        ));
        let of = of(&base, &editor, id).await;
        let state = request(&base, &editor, id).await.state;
        let done = match (then, state) {
            (1, State::Granted) => {
                let last = Day::new(year, 3, 1).unwrap();
                let early = Change::EndEarly(last, "fini".into());
                base.store.act_on_request(&editor, of, &early, later).await
            }
            (3, _) => {
                let ask = Ruling::Ask("Depuis quand ?".into());
                base.store.decide(&officer(), of, &ask, later).await
            }
            (4, _) => {
                let refuse = Ruling::Refuse("non".into());
                base.store.decide(&officer(), of, &refuse, later).await
            }
            _ => {
                let withdraw = Change::Withdraw("annulé".into());
                base.store
                    .act_on_request(&editor, of, &withdraw, later)
                    .await
            }
        };
        assert_eq!(done.unwrap(), Some(Stepped::Done), "{country}");
    }
    let checked = base.store.faults().await.unwrap();
    assert_eq!(checked.faults, []);
    assert_eq!(checked.requests, 5);
}

/// Fear: a state without a history, a certificate that nobody granted, or somebody of another firm is taken for sound.
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn planted_faults_of_requests_are_found(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Granted)
    );
    let (worker, other) = {
        let person = request(&base, &editor, id).await.worker.unwrap();
        (person.0, base.firm("Cabinet Autre").await.firm.0)
    };
    let (row, person, firm) = (
        base.literal(id.0),
        base.literal(worker),
        base.literal(other),
    );
    let set = |what: &str| format!("UPDATE mobility_request SET {what} WHERE id = {row}");
    // Each is put right again by the second statement.
    for (sql, back, what, id) in [
        (
            set("state = 'retiree'"),
            set("state = 'accordee'"),
            "a request to work abroad does not stand where its history leads",
            id.0,
        ),
        (
            set("code = NULL"),
            set("code = '00000000000000000000'"),
            "a request to work abroad was granted, and has no whole certificate",
            id.0,
        ),
        (
            set("certified_until = '2026-12-31'"),
            set("certified_until = '2027-06-30'"),
            "a certificate ends before it begins",
            id.0,
        ),
        (
            set("last_day = '2027-02-01'"),
            set("last_day = NULL"),
            "a certificate was cut short to a day that its history does not know, or that it does not cover",
            id.0,
        ),
        (
            set("decided_at = decided_at + 1"),
            set("decided_at = decided_at - 1"),
            "a request to work abroad and its history disagree on who decided it and when",
            id.0,
        ),
        (
            set("submitted_at = submitted_at + 1"),
            set("submitted_at = submitted_at - 1"),
            "a request to work abroad and its history disagree on when it was sent",
            id.0,
        ),
        (
            set("changed_at = changed_at + 1"),
            set("changed_at = changed_at - 1"),
            "a request to work abroad and its history disagree on when it changed",
            id.0,
        ),
        (
            set("decision = NULL"),
            set("decision = '{}'"),
            "a request to work abroad was sent without a person, or without what the rules said",
            id.0,
        ),
        (
            set(&format!("firm_id = {firm}")),
            set(&format!("firm_id = {}", base.literal(editor.firm.0))),
            "a request to work abroad is of a client of another firm",
            id.0,
        ),
        (
            format!("UPDATE worker SET firm_id = {firm} WHERE id = {person}"),
            format!(
                "UPDATE worker SET firm_id = {} WHERE id = {person}",
                base.literal(editor.firm.0)
            ),
            "somebody who works abroad is of a client of another firm",
            worker,
        ),
        (
            format!("UPDATE mobility_event SET seq = 7 WHERE request_id = {row} AND seq = 3"),
            format!("UPDATE mobility_event SET seq = 3 WHERE request_id = {row} AND seq = 7"),
            "the history of a request to work abroad is not in order",
            id.0,
        ),
        (
            format!("DELETE FROM sealed WHERE purpose = 'nir' AND owner = {person}"),
            String::new(),
            "the number of somebody who works abroad is not there",
            worker,
        ),
    ] {
        assert!(
            base.store
                .faults()
                .await
                .unwrap()
                .faults
                .iter()
                .all(|fault| fault.what != what),
            "{what} already"
        );
        base.plant(&sql).await;
        let faults = base.store.faults().await.unwrap().faults;
        assert!(faults.contains(&Fault { what, id }), "{sql}: {faults:?}");
        if !back.is_empty() {
            base.plant(&back).await;
        }
    }
    base.plant(&format!(
        "DELETE FROM mobility_event WHERE request_id = {row}"
    ))
    .await;
    let faults = base.store.faults().await.unwrap().faults;
    let what = "a request to work abroad has no history";
    assert!(faults.contains(&Fault { what, id: id.0 }), "{faults:?}");
    base.plant(&format!("DELETE FROM worker WHERE id = {person}"))
        .await;
    let faults = base.store.faults().await.unwrap().faults;
    let what = "a request to work abroad names somebody of another client";
    assert!(faults.contains(&Fault { what, id: id.0 }), "{faults:?}");
}
