//! What finds faults in what is stored: shown to find each of them, and nothing in sound data.

use crate::base::{Base, NOW, fresh, many, services};
use portfolio::ports::{Changed, Portfolio as _, Terminated};
use store::Fault;

crate::contract! { sound_data_has_no_fault, planted_faults_are_found }

/// Fear: those who run the portal are alarmed for nothing.
async fn sound_data_has_no_fault(base: Base) {
    assert_eq!(
        base.store.faults().await.unwrap(),
        store::Checked::default()
    );
    let scope = base.firm("Cabinet Dupont").await;
    // More than are read at once.
    let names: Vec<String> = (0..110).map(|n| format!("Client {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = many(&base, &scope, &names).await;
    for (version, on) in (1..).zip([&["DPAE"][..], &["DPAE", "MAIL_DSN"], &[], &["DPAE"]]) {
        let done = base
            .store
            .change(&scope, ids[0], version, &services(on), NOW.plus(60))
            .await;
        assert_eq!(done.unwrap(), Some(Changed::Done));
    }
    let ended = base
        .store
        .terminate(&fresh(&scope), ids[1], NOW.plus(90))
        .await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    let checked = base.store.faults().await.unwrap();
    assert_eq!(checked.faults, []);
    assert_eq!((checked.enrolments, checked.events), (110, 115));
}

/// Faults of one client each. Their services are: none; DPAE; DPAE and `MAIL_DSN`; and so on.
const PLANTED: [(&str, &str); 12] = [
    (
        "DELETE FROM enrolment_event WHERE enrolment_id = {id}",
        "an enrolment has no event",
    ),
    (
        "DELETE FROM enrolment_service WHERE enrolment_id = {id}",
        "the services of an enrolment are not those that its events leave on",
    ),
    (
        "UPDATE enrolment SET version = 2 WHERE id = {id}",
        "the events of an enrolment do not count up to its version",
    ),
    (
        "INSERT INTO enrolment_service (enrolment_id, code) VALUES ({id}, 'DSN_SUIVI')",
        "the services of an enrolment are not those that its events leave on",
    ),
    (
        "UPDATE enrolment SET ended_at = changed_at, ended_by = changed_by WHERE id = {id}",
        "an enrolment and its events disagree on its end",
    ),
    (
        "DELETE FROM enrolment WHERE id = {id}",
        "an event belongs to no enrolment",
    ),
    (
        "UPDATE enrolment_event SET added = 'NO_SUCH_SERVICE' WHERE enrolment_id = {id}",
        "an event holds what the rules refuse",
    ),
    (
        "UPDATE enrolment_event SET removed = 'INCIDENTS' WHERE enrolment_id = {id} AND version = 3",
        "an event adds what was on, or removes what was off: a change was lost",
    ),
    (
        "DELETE FROM enrolment WHERE id = {id}; DELETE FROM enrolment_event WHERE enrolment_id = {id}",
        "a service belongs to no enrolment",
    ),
    (
        "UPDATE enrolment SET changed_at = changed_at + 1 WHERE id = {id}",
        "an enrolment and its last event disagree on who changed it and when",
    ),
    (
        "UPDATE enrolment_event SET version = 2 WHERE enrolment_id = {id}",
        "the events of an enrolment do not count up to its version",
    ),
    (
        "UPDATE enrolment SET holder_key = 'nobody' WHERE id = {id}",
        "an enrolment belongs to no holder",
    ),
];

/// Fear: an event that is gone, an enrolment that is gone, or half of a change is taken for sound.
async fn planted_faults_are_found(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let names = ["Client"; 14];
    let ids = many(&base, &scope, &names).await;
    for (version, on) in [(1, &["DPAE", "DSN_SUIVI"][..]), (2, &["DPAE"])] {
        let done = base
            .store
            .change(&scope, ids[7], version, &services(on), NOW.plus(60))
            .await;
        assert_eq!(done.unwrap(), Some(Changed::Done));
    }
    let first = base.literal(ids[0].0);
    for ((sql, what), id) in PLANTED.iter().zip(&ids) {
        let sql = sql.replace("{id}", &base.literal(id.0));
        base.plant(&sql).await;
        let faults = base.store.faults().await.unwrap().faults;
        let (what, id) = (*what, id.0);
        assert!(faults.contains(&Fault { what, id }), "{sql}: {faults:?}");
    }
    let id = ids[13].0;
    let (client, firm) = (base.literal(id), base.literal(scope.firm.0));
    let member = base.literal(scope.member.0);
    for (sql, what, id) in [
        (
            format!("UPDATE client SET search = search || 'x' WHERE enrolment_id = {client}"),
            "a client is not listed as it stands",
            id,
        ),
        (
            format!("UPDATE enrolment SET own_search = 'x' WHERE id = {client}"),
            "a client is not found by its reference and labels",
            id,
        ),
        (
            format!(
                "INSERT INTO selected (member_id, enrolment_id, fallen) VALUES ({member}, {client}, TRUE)"
            ),
            "a client that was ticked is there and taken to have ended, or the other way round",
            id,
        ),
        (
            format!("UPDATE portfolio_size SET clients = clients + 1 WHERE firm_id = {firm}"),
            "a firm does not manage as many clients as are counted",
            scope.firm.0,
        ),
        (
            format!("DELETE FROM client WHERE enrolment_id = {client}"),
            "a client is not listed as it stands",
            id,
        ),
    ] {
        base.plant(&sql).await;
        let faults = base.store.faults().await.unwrap().faults;
        assert!(faults.contains(&Fault { what, id }), "{sql}: {faults:?}");
    }
    // These are told by another row's id than the client's.
    let last = base.literal(ids[12].0);
    for (sql, what) in [
        (
            format!("UPDATE enrolment_draft SET proven_at = NULL WHERE enrolment_id = {last}"),
            "a draft is half proved",
        ),
        (
            format!(
                "UPDATE enrolment_draft SET proven_holder_key = 'nobody' WHERE enrolment_id = {last}"
            ),
            "a draft is proved for a holder that is not there",
        ),
        (
            format!(
                "UPDATE enrolment_draft SET enrolment_id = {last} WHERE enrolment_id = {first}"
            ),
            "a draft leads to an enrolment that is not there, or not its own",
        ),
        (
            format!(
                "DROP INDEX enrolment_in_force; UPDATE enrolment SET holder_key = \
                 (SELECT holder_key FROM enrolment WHERE id = {first}) WHERE id = {last}"
            ),
            "a firm manages a scheme of a holder twice",
        ),
    ] {
        let before = base.store.faults().await.unwrap().faults;
        let told = |faults: &[Fault]| faults.iter().filter(|fault| fault.what == what).count();
        base.plant(&sql).await;
        let after = base.store.faults().await.unwrap().faults;
        assert!(told(&after) > told(&before), "{sql}: {after:?}");
    }
    let told = base.store.faults().await.unwrap().faults[0].to_string();
    assert!(!told.contains("Client"), "{told}");
}
