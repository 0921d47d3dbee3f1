//! The body and its officers: the same door as members of firms, and nothing behind it in common.

use crate::base::*;
use portfolio::{
    form::Act,
    mobility::code::VerificationCode,
    origin::Origin,
    permission::{Role, Seat},
    ports::{Acted, CodeTried, Session, SessionToken, Verification as _, Visit},
};
use store::{AddMember, NewOfficer, new_token};

crate::contract!(
    an_officer_sees_no_firm,
    house_and_role_say_the_same,
    the_body_is_no_firm,
    operators_change_officers,
    codes_are_not_tried_for_ever,
);

fn officer(identifier: &str) -> NewOfficer<'_> {
    NewOfficer {
        body: "Organisme",
        second_factor: false,
        identifier,
        name: "Dominique",
        password_hash: HASH,
    }
}

/// Signs in by an identifier.
async fn comes_in(base: &Base, identifier: &str) -> Option<SessionToken> {
    let known = base.credentials(identifier, NOW).await?;
    let token = SessionToken::new(new_token().unwrap());
    let visit = Visit::default();
    let done = base
        .store
        .signed_in(identifier, &known, &token, &visit, NOW);
    done.await.unwrap().then_some(token)
}

/// Nothing of a firm can be asked for with this session.
fn sees_nothing(session: &Session) -> bool {
    session.scope().is_none()
        && session.editor().is_none()
        && session.administrator().is_none()
        && session.shown.seat == Seat::Body
}

/// Fear: somebody of the body reads a portfolio, or somebody of a firm decides its own requests.
async fn an_officer_sees_no_firm(base: Base) {
    base.with_accounts().await;
    let id = base.store.add_officer(officer("Agent"), NOW).await.unwrap();
    let token = comes_in(&base, "agent").await.unwrap();
    let session = base.session(&token, NOW).await.unwrap();
    assert!(sees_nothing(&session));
    assert_eq!(session.officer().unwrap().id(), id);
    assert_eq!(session.shown.firm, "Organisme");
    let member = base.signed_in("Cabinet Dupont", NOW).await;
    let member = base.session(&member, NOW).await.unwrap();
    assert!(member.officer().is_none() && member.scope().is_some());
    // What an officer does to their own access is in the body's journal, which no firm reads.
    let others = "SELECT COUNT(*) FROM journal j JOIN firm f ON f.id = j.firm_id \
                  WHERE f.is_body AND j.detail LIKE '%SignedIn%'";
    assert_eq!(base.number(others).await, 1);
    assert!(base.store.faults().await.unwrap().faults.is_empty());
}

/// Fear: one column that is wrong makes an officer of somebody of a firm, or the other way round.
async fn house_and_role_say_the_same(base: Base) {
    base.with_accounts().await;
    base.store.add_officer(officer("agent"), NOW).await.unwrap();
    let officer = comes_in(&base, "agent").await.unwrap();
    let member = base.signed_in("Cabinet Dupont", NOW).await;
    for sql in [
        "UPDATE member SET role = 'agent' WHERE identifier <> 'agent'",
        "UPDATE member SET role = 'administrateur' WHERE identifier = 'agent'",
    ] {
        base.plant(sql).await;
    }
    for token in [officer, member] {
        let found = base.store.session(&token, Visit::default().from, NOW);
        assert!(found.await.is_err());
    }
}

/// Fear: a command meant for a firm closes the body, or adds an accountant to it; a second body comes.
async fn the_body_is_no_firm(base: Base) {
    assert!(base.store.is_empty().await.unwrap());
    base.store.add_officer(officer("agent"), NOW).await.unwrap();
    assert!(!base.store.is_empty().await.unwrap());
    assert_eq!(base.store.firm_named("Organisme").await.unwrap(), None);
    assert_eq!(base.store.body().await.unwrap().unwrap(), "Organisme");
    let second = NewOfficer {
        body: "Autre",
        ..officer("second")
    };
    base.store.add_officer(second, NOW).await.unwrap();
    let bodies = "SELECT COUNT(*) FROM firm WHERE is_body";
    assert_eq!(base.number(bodies).await, 1);
    let again = base.store.add_officer(officer("AGENT"), NOW).await;
    assert!(matches!(again, Err(AddMember::Taken)));
    // A name that a firm has is not the body's.
    assert!(base.store.add_firm("Organisme", NOW).await.is_err());
}

/// Fear: an officer who has left goes on deciding, or becomes somebody of a firm by a change of role.
async fn operators_change_officers(base: Base) {
    base.store.add_officer(officer("agent"), NOW).await.unwrap();
    let token = comes_in(&base, "agent").await.unwrap();
    let act = async |act| {
        base.store
            .act_as_operators("agent", act, NOW)
            .await
            .unwrap()
    };
    assert_eq!(
        act(Act::Role(Role::Administrator)).await,
        Some(Acted::Stale)
    );
    assert_eq!(act(Act::Resend).await, Some(Acted::Stale));
    assert_eq!(act(Act::Suspend).await, Some(Acted::Done));
    assert!(base.session(&token, NOW).await.is_none());
    assert!(comes_in(&base, "agent").await.is_none());
    assert_eq!(act(Act::Restore).await, Some(Acted::Done));
    let token = comes_in(&base, "agent").await.unwrap();
    assert!(sees_nothing(&base.session(&token, NOW).await.unwrap()));
}

/// Fear: somebody tries codes for ever, or the network of an office waits for somebody else's.
async fn codes_are_not_tried_for_ever(base: Base) {
    let code = VerificationCode::from_random([7; VerificationCode::SIGNS]);
    let network = |last| Origin(Some([192, 0, 2, last].into()));
    let verify = async |from, now| base.store.verify(&code, from, now).await.unwrap();
    for _ in 0..60 {
        assert_eq!(verify(network(7), NOW).await, CodeTried::Unknown);
    }
    let CodeTried::Paused { until } = verify(network(7), NOW).await else {
        panic!("it goes on");
    };
    assert_eq!(verify(network(8), NOW).await, CodeTried::Unknown);
    assert_eq!(verify(network(7), until).await, CodeTried::Unknown);
}
