//! Passkeys: questions that are answered once, what a good answer opens, and what keeps it from opening.

use crate::base::*;
use portfolio::{
    ids::{CeremonyId, MemberId, Oneself, PasskeyId},
    origin::Origin,
    passkey::{CEREMONY_LIFE, MOST},
    permission::Fresh,
    ports::{PasskeyAdded, STEP_LIFE, Session, SessionToken, StepToken, Visit},
    time::Timestamp,
};
use sea_orm::ConnectionTrait as _;
use store::{
    CeremonyKept, KnownPasskey, NewPasskey, TakenCeremony, Try, TryConfirm, TryPasskey,
    UsedPasskey, new_token,
};

crate::contract!(
    a_question_is_answered_once,
    answers_at_once_one_is_taken,
    questions_are_limited_by_network,
    failures_are_counted_by_network,
    added_with_codes_and_removed,
    there_is_an_end_to_them,
    strangers_keep_no_holder_out,
    who_is_kept_out_stays_out,
    a_counter_is_taken_once,
    a_step_is_its_members_own,
    a_confirmation_is_its_members_own,
    a_lost_passkey_is_forgotten,
);

const STATE: &str = "{\"what\":\"it is checked against\"}";
const CREDENTIAL: &str = "{\"counter\":1}";
const AFTER: &str = "{\"counter\":2}";
/// Where the holder comes from: not where strangers do.
const HERE: Origin = Origin(Some(std::net::IpAddr::V4(std::net::Ipv4Addr::new(
    192, 0, 2, 77,
))));

fn visit() -> Visit {
    Visit {
        from: HERE,
        ..Visit::default()
    }
}

fn token() -> SessionToken {
    SessionToken::new(new_token().unwrap())
}

/// One member, signed in.
struct Person(Session);

impl Person {
    async fn of(base: &Base, firm: &str) -> Self {
        base.firm(firm).await;
        let token = base.signed_in(firm, NOW).await;
        Self(base.session(&token, NOW).await.unwrap())
    }

    fn plain(&self) -> &Oneself {
        &self.0.me
    }

    fn me(&self) -> Fresh<Oneself> {
        let session = Session {
            confirmed_at: NOW,
            ..self.0.clone()
        };
        let me = session.me.clone();
        session.fresh(me, NOW).unwrap()
    }

    async fn adds(&self, base: &Base, id: &str) -> PasskeyAdded {
        let new = NewPasskey {
            name: "Clé du bureau",
            credential_id: id.as_bytes(),
            credential: CREDENTIAL,
        };
        base.store.add_passkey(&self.me(), &new, NOW).await.unwrap()
    }

    async fn keys(&self, base: &Base) -> Vec<PasskeyId> {
        let keys = base.store.passkeys(&self.me()).await.unwrap();
        keys.into_iter().map(|key| key.id).collect()
    }
}

async fn asked(base: &Base, of: Option<MemberId>, now: Timestamp) -> CeremonyId {
    match base.store.ask_passkey(of, STATE, HERE, now).await.unwrap() {
        CeremonyKept::Go(id) => id,
        paused @ CeremonyKept::Paused { .. } => panic!("{paused:?}"),
    }
}

/// An answer that names this passkey: the question, and the passkey as it is.
async fn named(base: &Base, id: &str, now: Timestamp) -> (TakenCeremony, Option<KnownPasskey>) {
    let ceremony = asked(base, None, now).await;
    let tried = base
        .store
        .try_passkey(ceremony, id.as_bytes(), Some(HERE), now)
        .await;
    match tried.unwrap() {
        TryPasskey::Go(taken, known) => (taken, known),
        other => panic!("{other:?}"),
    }
}

/// A good answer of this passkey, at sign-in.
async fn comes_in(base: &Base, id: &str, now: Timestamp) -> Option<SessionToken> {
    let (taken, known) = named(base, id, now).await;
    let known = known?;
    let token = token();
    let came = base
        .store
        .signed_in_by_passkey(&used(&known, &taken), &token, &visit(), now)
        .await;
    came.unwrap().then_some(token)
}

fn used<'a>(known: &'a KnownPasskey, taken: &TakenCeremony) -> UsedPasskey<'a> {
    UsedPasskey {
        known,
        credential: AFTER,
        asked_at: taken.asked_at,
    }
}

/// Fear: an answer that was seen is sent again, or a question stays open for ever.
async fn a_question_is_answered_once(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let member = claire.plain().member;
    let id = asked(&base, Some(member), NOW).await;
    let taken = base.store.take_ceremony(id, NOW).await.unwrap();
    let expected = TakenCeremony {
        member: Some(member),
        state: STATE.into(),
        asked_at: NOW,
    };
    assert_eq!(taken, Some(expected));
    assert_eq!(base.store.take_ceremony(id, NOW).await.unwrap(), None);
    let late = asked(&base, None, NOW).await;
    let over = NOW.plus(CEREMONY_LIFE);
    assert_eq!(base.store.take_ceremony(late, over).await.unwrap(), None);
    let tried = base.store.try_passkey(late, b"x", Some(HERE), over).await;
    assert!(matches!(tried.unwrap(), TryPasskey::Over));
    // The next question sweeps the old ones out.
    asked(&base, None, over).await;
    let kept = base.number("SELECT COUNT(*) FROM passkey_ceremony").await;
    assert_eq!(kept, 1);
}

/// Fear: of two answers at the same moment, one of them stolen, both are taken.
async fn answers_at_once_one_is_taken(base: Base) {
    let id = asked(&base, None, NOW).await;
    let mut answers = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let store = base.store.clone();
        answers.spawn(async move { store.take_ceremony(id, NOW).await.unwrap().is_some() });
    }
    let taken = answers.join_all().await.into_iter().filter(|taken| *taken);
    assert_eq!(taken.count(), 1);
}

/// Fear: strangers fill the table with questions, or an office of people who sign in runs into the limit.
async fn questions_are_limited_by_network(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.adds(&base, "one").await;
    for n in 0..100 {
        let now = NOW.plus(n);
        let (taken, known) = named(&base, "one", now).await;
        let known = known.unwrap();
        let used = UsedPasskey {
            known: &known,
            credential: CREDENTIAL,
            asked_at: taken.asked_at,
        };
        let came = base
            .store
            .signed_in_by_passkey(&used, &token(), &visit(), now)
            .await;
        assert!(came.unwrap(), "{n}");
    }
    let now = NOW.plus(100);
    for _ in 0..60 {
        asked(&base, None, now).await;
    }
    let more = base
        .store
        .ask_passkey(None, STATE, HERE, now)
        .await
        .unwrap();
    assert!(matches!(more, CeremonyKept::Paused { .. }), "{more:?}");
    let elsewhere = Origin(Some([198, 51, 100, 7].into()));
    let other = base.store.ask_passkey(None, STATE, elsewhere, now).await;
    assert!(matches!(other.unwrap(), CeremonyKept::Go(_)));
    // Whoever is known is counted alone: strangers keep no colleague of the same office out.
    let known = Some(claire.plain().member);
    let theirs = base.store.ask_passkey(known, STATE, HERE, now).await;
    assert!(matches!(theirs.unwrap(), CeremonyKept::Go(_)));
}

/// Fear: one machine sends answers without end, or is paused by those of people who come in.
async fn failures_are_counted_by_network(base: Base) {
    for n in 0..50 {
        let (_, known) = named(&base, "unknown", NOW.plus(n * 20)).await;
        assert_eq!(known, None);
        let from = visit().from;
        base.store
            .passkey_refused(None, from, NOW.plus(n * 20))
            .await
            .unwrap();
    }
    let now = NOW.plus(49 * 20);
    let ceremony = asked(&base, None, now).await;
    let tried = base
        .store
        .try_passkey(ceremony, b"unknown", Some(HERE), now)
        .await;
    assert!(matches!(tried.unwrap(), TryPasskey::Paused { .. }));
    // Passwords from there wait as well: it is one count.
    let password = base.store.try_sign_in("somebody", HERE, now).await;
    assert!(matches!(password.unwrap(), Try::Paused { .. }));
    let refused = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%SignInRefused%'";
    assert_eq!(base.number(refused).await, 50);
}

/// Fear: a passkey comes without recovery codes, or leaves them good; another's is added again, or removed.
async fn added_with_codes_and_removed(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = Person::of(&base, "Martin").await;
    let store = &base.store;
    assert_eq!(
        claire.adds(&base, "one").await,
        PasskeyAdded::Done { codes: true }
    );
    let codes = store.recovery_codes(&claire.me(), NOW).await.unwrap();
    assert_eq!(codes.unwrap().new.len(), 10);
    assert_eq!(
        claire.adds(&base, "two").await,
        PasskeyAdded::Done { codes: false }
    );
    assert_eq!(other.adds(&base, "one").await, PasskeyAdded::Known);
    let asked = store.asked(claire.plain()).await.unwrap();
    assert!(asked.passkey && asked.code() && !asked.application);
    assert!(
        base.credentials("claire@dupont", NOW)
            .await
            .unwrap()
            .second_factor
    );

    let [one, two] = claire.keys(&base).await[..] else {
        panic!("two passkeys")
    };
    store.remove_passkey(&other.me(), one, NOW).await.unwrap();
    assert_eq!(claire.keys(&base).await.len(), 2, "another's");
    for id in [one, one, two] {
        store.remove_passkey(&claire.me(), id, NOW).await.unwrap();
    }
    for left in ["passkey", "recovery_code", "sealed"] {
        let count = base.number(&format!("SELECT COUNT(*) FROM {left}")).await;
        assert_eq!(count, 0, "{left}");
    }
    for (what, times) in [("PasskeyAdded", 2), ("PasskeyRemoved", 2)] {
        let written =
            format!("SELECT COUNT(*) FROM journal WHERE detail LIKE '%{what}%Clé du bureau%'");
        assert_eq!(base.number(&written).await, times, "{what}");
    }
}

/// Fear: a script that has got hold of a session adds passkeys without end.
async fn there_is_an_end_to_them(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    for n in 0..MOST {
        let added = claire.adds(&base, &format!("key {n}")).await;
        assert_eq!(added, PasskeyAdded::Done { codes: n == 0 });
    }
    assert_eq!(claire.adds(&base, "more").await, PasskeyAdded::Full);
}

/// Fear: a stranger keeps somebody out for good by wrong passwords or codes. Who holds a passkey comes in all the same.
async fn strangers_keep_no_holder_out(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.adds(&base, "one").await;
    for n in 0..60 {
        let from = Origin(Some([198, 51, 100, n].into()));
        let _ = base.store.try_sign_in("claire@dupont", from, NOW).await;
        let _ = base.store.try_confirm(claire.plain(), NOW).await;
    }
    let password = base.store.try_sign_in("claire@dupont", HERE, NOW).await;
    assert!(matches!(password.unwrap(), Try::Paused { .. }));
    let code = base.store.try_confirm(claire.plain(), NOW).await.unwrap();
    assert!(matches!(code, TryConfirm::Paused { .. }));
    let token = comes_in(&base, "one", NOW).await.unwrap();
    let session = base.session(&token, NOW).await.unwrap();
    assert_eq!(session.me.member, claire.plain().member);
    let how = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%SignedIn%Passkey%'";
    assert_eq!(base.number(how).await, 1);
    let used = base.store.passkeys(&claire.me()).await.unwrap();
    assert_eq!(used[0].used, Some(NOW));
}

/// Fear: somebody who was suspended or removed, or whose passkey was, comes in by it.
async fn who_is_kept_out_stays_out(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.adds(&base, "one").await;
    let db = base.behind().await;
    for column in ["suspended_at", "removed_at"] {
        let set = |value: &str| format!("UPDATE member SET {column} = {value}");
        db.execute_unprepared(&set("1")).await.unwrap();
        assert!(comes_in(&base, "one", NOW).await.is_none(), "{column}");
        db.execute_unprepared(&set("NULL")).await.unwrap();
    }
    db.close().await.unwrap();
    // Removed while the answer is checked.
    let (taken, known) = named(&base, "one", NOW).await;
    let known = known.unwrap();
    let store = &base.store;
    store
        .remove_passkey(&claire.me(), known.id, NOW)
        .await
        .unwrap();
    let came = store
        .signed_in_by_passkey(&used(&known, &taken), &token(), &visit(), NOW)
        .await;
    assert!(!came.unwrap());
    assert_eq!(
        base.number("SELECT COUNT(*) FROM session").await,
        1,
        "the first one alone"
    );
}

/// Fear: a copy of a passkey is used beside it, and nobody notices: of two answers with the same counter both are taken.
async fn a_counter_is_taken_once(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.adds(&base, "one").await;
    let (first, known) = named(&base, "one", NOW).await;
    let (second, same) = named(&base, "one", NOW).await;
    assert_eq!(known, same);
    let known = known.unwrap();
    for (taken, expected) in [(first, true), (second, false)] {
        let came = base
            .store
            .signed_in_by_passkey(&used(&known, &taken), &token(), &visit(), NOW)
            .await;
        assert_eq!(came.unwrap(), expected);
    }
}

/// Fear: after a stolen password the thief's own passkey opens, a step opens twice, or late.
async fn a_step_is_its_members_own(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let thief = Person::of(&base, "Martin").await;
    claire.adds(&base, "hers").await;
    thief.adds(&base, "theirs").await;
    let step = StepToken::new(new_token().unwrap());
    let known = base.credentials("claire@dupont", NOW).await.unwrap();
    let begun = base
        .store
        .start_step("claire@dupont", &known, &step, HERE, NOW);
    assert!(begun.await.unwrap());
    let store = &base.store;
    let member = store.member_of_step(&step, NOW).await.unwrap();
    assert_eq!(member, Some(claire.plain().member));
    let over = NOW.plus(STEP_LIFE);
    assert_eq!(store.member_of_step(&step, over).await.unwrap(), None);
    let stepped = async |id: &str, now| {
        let (taken, known) = named(&base, id, now).await;
        let known = known.unwrap();
        store
            .stepped_by_passkey(&step, &used(&known, &taken), &token(), &visit(), now)
            .await
            .unwrap()
    };
    assert!(!stepped("theirs", NOW).await);
    assert!(!stepped("hers", over).await);
    assert!(stepped("hers", NOW).await);
    assert!(!stepped("hers", NOW).await);
}

/// Fear: at a screen left open somebody confirms with a passkey of their own, or the old token stays in force.
async fn a_confirmation_is_its_members_own(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = Person::of(&base, "Martin").await;
    claire.adds(&base, "hers").await;
    other.adds(&base, "theirs").await;
    let confirmed = async |id: &str| {
        let (taken, known) = named(&base, id, NOW).await;
        let (known, token) = (known.unwrap(), token());
        let used = used(&known, &taken);
        let done = base
            .store
            .confirmed_by_passkey(claire.plain(), claire.0.id, &used, &token, NOW)
            .await;
        done.unwrap().then_some(token)
    };
    assert!(confirmed("theirs").await.is_none());
    let token = confirmed("hers").await.unwrap();
    let session = base.session(&token, NOW).await.unwrap();
    assert_eq!(session.id, claire.0.id);
}

/// Fear: who runs the portal forgets a lost second factor, and the stolen telephone's passkey still opens.
async fn a_lost_passkey_is_forgotten(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.adds(&base, "one").await;
    let store = &base.store;
    assert!(
        store
            .forget_second_factor("claire@dupont", NOW)
            .await
            .unwrap()
    );
    assert!(comes_in(&base, "one", NOW).await.is_none());
    let known = base.credentials("claire@dupont", NOW).await.unwrap();
    assert!(!known.second_factor);
    let written =
        "SELECT COUNT(*) FROM journal WHERE detail LIKE '%PasskeyRemoved%' AND by_id IS NULL";
    assert_eq!(base.number(written).await, 1);
}
