//! A member's own access: confirmations, passwords, sessions, second factors.

use crate::base::*;
use hmac::{Hmac, KeyInit, Mac};
use portfolio::{
    ids::{ListId, Oneself},
    permission::Fresh,
    ports::{
        ApplicationAdded, SESSION_IDLE, STEP_LIFE, Session, SessionToken, Sessions, StepToken,
        Visit,
    },
    second_factor::{Code, RECOVERY_SHOWN, STEP},
    time::{MINUTE, Timestamp},
};
use sha1::Sha1;
use store::{Stepped, Try, TryConfirm, new_token};

crate::contract!(
    confirming_renews_the_session,
    confirmations_pause_with_codes,
    a_new_password_ends_other_sessions,
    only_ones_own_sessions_end,
    an_application_is_added_and_removed,
    a_lost_second_factor_is_forgotten,
    each_code_opens_once,
    codes_at_once_open_once,
    recovery_codes_open_once,
    factors_outlive_the_key,
    new_recovery_codes_are_read_for_a_while,
    an_old_page_takes_no_new_codes_away,
    what_is_over_is_swept,
    a_step_is_used_once_and_ends,
    wrong_codes_pause_the_member,
    nothing_typed_is_in_the_database,
);

/// What RFC 6238 says that an application shows: worked out here once more, apart from the code under test.
fn shown(secret: &[u8], now: Timestamp) -> Code {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
    mac.update(&(now.0 / STEP).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let place = usize::from(digest[19] % 16);
    let number = digest[place..place + 4]
        .iter()
        .fold(0_u64, |number, byte| number * 256 + u64::from(*byte))
        % (1 << 31)
        % 1_000_000;
    Code::parse(&format!("{number:06}")).unwrap()
}

/// One member, signed in.
struct Person {
    session: Session,
    token: SessionToken,
}

impl Person {
    async fn of(base: &Base, firm: &str) -> Self {
        base.firm(firm).await;
        let token = base.signed_in(firm, NOW).await;
        let session = base.session(&token, NOW).await.unwrap();
        Self { session, token }
    }

    fn me(&self) -> &Oneself {
        &self.session.me
    }

    fn fresh(&self, now: Timestamp) -> Fresh<Oneself> {
        let session = Session {
            confirmed_at: now,
            ..self.session.clone()
        };
        let me = session.me.clone();
        session.fresh(me, now).unwrap()
    }

    /// Adds an application; its secret.
    async fn application(&self, base: &Base, now: Timestamp) -> Vec<u8> {
        let me = self.fresh(now);
        assert!(base.store.begin_application(&me, now).await.unwrap());
        let new = base.store.new_application(&me).await.unwrap().unwrap();
        let code = shown(&new.secret, now);
        let added = base.store.confirm_application(&me, &code, now).await;
        assert_eq!(added.unwrap(), ApplicationAdded::Done { codes: true });
        new.secret.to_vec()
    }

    /// A right password; what the second factor is waited for under.
    async fn step(&self, base: &Base, now: Timestamp) -> StepToken {
        let step = StepToken::new(new_token().unwrap());
        let from = Visit::default().from;
        let identifier = format!("claire@{}", self.session.shown.firm.to_lowercase());
        let known = base.credentials(&identifier, now).await.unwrap();
        let begun = base.store.start_step(&identifier, &known, &step, from, now);
        assert!(begun.await.unwrap());
        step
    }

    async fn list(&self, base: &Base) -> Option<ListId> {
        let codes = base.store.recovery_codes(&self.fresh(NOW), NOW).await;
        codes.unwrap().unwrap().list
    }

    async fn codes(&self, base: &Base, now: Timestamp) -> Vec<Code> {
        let codes = base.store.recovery_codes(&self.fresh(now), now).await;
        let codes = codes.unwrap().unwrap();
        codes
            .new
            .iter()
            .map(|code| Code::parse(code).unwrap())
            .collect()
    }
}

async fn stepped(base: &Base, step: &StepToken, code: &Code, now: Timestamp) -> Stepped {
    let token = SessionToken::new(new_token().unwrap());
    base.store
        .second_step(step, code, &token, &Visit::default(), now)
        .await
        .unwrap()
}

fn nonsense() -> Code {
    Code::parse("zzzzzz-zzzzzz-zzzzzz-zzzzzz").unwrap()
}

/// Fear: a confirmation leaves the old token in force, or makes another's session fresh.
async fn confirming_renews_the_session(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = Person::of(&base, "Martin").await;
    let later = NOW.plus(10 * MINUTE);
    let token = SessionToken::new(new_token().unwrap());
    let done = base
        .store
        .confirmed(claire.me(), claire.session.id, None, &token, later)
        .await;
    assert!(done.unwrap());
    assert!(base.session(&claire.token, later).await.is_none());
    let renewed = base.session(&token, later).await.unwrap();
    assert_eq!(
        (renewed.id, renewed.confirmed_at),
        (claire.session.id, later)
    );

    let stolen = SessionToken::new(new_token().unwrap());
    base.store
        .confirmed(claire.me(), other.session.id, None, &stolen, later)
        .await
        .unwrap();
    assert!(base.session(&stolen, later).await.is_none());
    let theirs = base.session(&other.token, later).await.unwrap();
    assert_eq!(theirs.confirmed_at, NOW);
}

/// Fear: from a screen left open the password can be guessed for ever, or the pause of one way in is not that of the other.
async fn confirmations_pause_with_codes(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    for n in 0..5 {
        let tried = base.store.try_confirm(claire.me(), NOW).await.unwrap();
        assert!(matches!(tried, TryConfirm::Go { code: false, .. }), "{n}");
        base.store.confirm_failed(claire.me(), NOW).await.unwrap();
    }
    let tried = base.store.try_confirm(claire.me(), NOW).await.unwrap();
    assert!(matches!(tried, TryConfirm::Paused { until } if until == NOW.plus(MINUTE)));
    let step = claire.step(&base, NOW).await;
    assert!(matches!(
        stepped(&base, &step, &nonsense(), NOW).await,
        Stepped::Paused { .. }
    ));
    let refused = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%ConfirmationRefused%'";
    assert_eq!(base.number(refused).await, 5);
    // What was counted before nothing was compared is taken back.
    let later = NOW.plus(MINUTE);
    base.store.try_confirm(claire.me(), later).await.unwrap();
    base.store
        .confirm_not_tried(claire.me(), later)
        .await
        .unwrap();
    let tried = base.store.try_confirm(claire.me(), later).await.unwrap();
    assert!(matches!(tried, TryConfirm::Go { .. }));
}

/// Fear: who knows the old password goes on in another session, or the present one ends and the person is thrown out.
async fn a_new_password_ends_other_sessions(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = base.signed_in("Dupont", NOW).await;
    claire.application(&base, NOW).await;
    let code = claire.codes(&base, NOW).await.remove(0);
    let step = claire.step(&base, NOW).await;
    let address = "UPDATE member SET email = 'claire@dupont.fr' WHERE identifier = 'claire@dupont'";
    base.plant(address).await;
    let link = crate::links::ask(&base, "claire@dupont", NOW).await;
    let link_opens = async || {
        let found = base.store.addressee(&link, NOW).await;
        found.unwrap().is_some()
    };
    let change = async |old| {
        let hashes = (old, "$argon2id$new");
        let changed = base
            .store
            .change_password(claire.me(), claire.session.id, hashes, NOW);
        changed.await.unwrap()
    };
    // Judged against a password that another page has replaced meanwhile.
    assert!(!change("$argon2id$older").await);
    assert!(base.session(&other, NOW).await.is_some());
    assert!(link_opens().await);
    assert!(change(crate::base::HASH).await);
    assert!(!link_opens().await, "who reads old messages undoes it");
    assert!(base.session(&other, NOW).await.is_none());
    assert!(base.session(&claire.token, NOW).await.is_some());
    assert_eq!(stepped(&base, &step, &code, NOW).await, Stepped::Over);
    let known = base.credentials("claire@dupont", NOW).await.unwrap();
    assert_eq!(known.password_hash.as_deref(), Some("$argon2id$new"));
    let written = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%PasswordChanged%'";
    assert_eq!(base.number(written).await, 1);
}

/// Fear: somebody ends a colleague's session, or a session that is over is listed.
async fn only_ones_own_sessions_end(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = Person::of(&base, "Martin").await;
    let second = base.signed_in("Dupont", NOW).await;
    let access = base.store.access(&claire.session, NOW).await.unwrap();
    let here: Vec<_> = access.sessions.iter().map(|open| open.here).collect();
    assert_eq!(here, [true, false]);
    let me = claire.fresh(NOW);
    let end = async |which| {
        base.store
            .end_sessions(&me, claire.session.id, which, NOW)
            .await
            .unwrap();
    };
    end(Sessions::One(other.session.id)).await;
    assert!(base.session(&other.token, NOW).await.is_some());
    end(Sessions::One(access.sessions[1].id)).await;
    assert!(base.session(&second, NOW).await.is_none());
    let third = base.signed_in("Dupont", NOW).await;
    end(Sessions::Others).await;
    assert!(base.session(&third, NOW).await.is_none());
    assert!(base.session(&claire.token, NOW).await.is_some());
    let ended = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%SessionsEnded%'";
    assert_eq!(base.number(ended).await, 2);
    let later = NOW.plus(SESSION_IDLE);
    let access = base.store.access(&claire.session, later).await.unwrap();
    assert!(access.sessions.is_empty());
}

/// Fear: a secret is asked for before its first code showed that the application has it, or stays in force once removed.
async fn an_application_is_added_and_removed(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let me = claire.fresh(NOW);
    assert!(base.store.new_application(&me).await.unwrap().is_none());
    assert!(base.store.begin_application(&me, NOW).await.unwrap());
    assert!(
        !base
            .credentials("claire@dupont", NOW)
            .await
            .unwrap()
            .second_factor
    );
    let confirm = async |code: &Code| {
        base.store
            .confirm_application(&me, code, NOW)
            .await
            .unwrap()
    };
    assert_eq!(confirm(&nonsense()).await, ApplicationAdded::WrongCode);
    let first = base.store.new_application(&me).await.unwrap().unwrap();
    assert_eq!(first.identifier, "claire@dupont");
    // Begun anew, the secret of before is none.
    assert!(base.store.begin_application(&me, NOW).await.unwrap());
    let second = base.store.new_application(&me).await.unwrap().unwrap();
    assert_ne!(first.secret, second.secret);
    let code = shown(&second.secret, NOW);
    assert_eq!(confirm(&code).await, ApplicationAdded::Done { codes: true });
    assert_eq!(confirm(&code).await, ApplicationAdded::NotBegun);
    assert!(!base.store.begin_application(&me, NOW).await.unwrap());
    assert!(
        base.store.new_application(&me).await.unwrap().is_none(),
        "the secret is shown no more"
    );
    assert!(
        base.credentials("claire@dupont", NOW)
            .await
            .unwrap()
            .second_factor
    );
    assert!(base.store.asked(claire.me()).await.unwrap().code());

    base.store.remove_application(&me, NOW).await.unwrap();
    base.store.remove_application(&me, NOW).await.unwrap();
    assert!(
        !base
            .credentials("claire@dupont", NOW)
            .await
            .unwrap()
            .second_factor
    );
    for left in ["totp", "recovery_code", "sealed"] {
        let count = base.number(&format!("SELECT COUNT(*) FROM {left}")).await;
        assert_eq!(count, 0, "{left}");
    }
    let removed = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%FactorRemoved%'";
    assert_eq!(base.number(removed).await, 1);
}

/// Fear: somebody who lost telephone and codes is shut out for ever, or whoever found them stays inside.
async fn a_lost_second_factor_is_forgotten(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    let store = &base.store;
    assert!(!store.forget_second_factor("nobody", NOW).await.unwrap());
    assert!(
        store
            .forget_second_factor(" Claire@Dupont", NOW)
            .await
            .unwrap()
    );
    let known = base.credentials("claire@dupont", NOW).await.unwrap();
    assert!(!known.second_factor);
    assert!(base.session(&claire.token, NOW).await.is_none());
    let written =
        "SELECT COUNT(*) FROM journal WHERE detail LIKE '%FactorRemoved%' AND by_id IS NULL";
    assert_eq!(base.number(written).await, 1);
}

/// Fear: a code that was seen over a shoulder opens again, at sign-in or at a confirmation, or an older one does.
async fn each_code_opens_once(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let secret = claire.application(&base, NOW).await;
    let confirmed = async |code: Option<&Code>, now| {
        let token = SessionToken::new(new_token().unwrap());
        base.store
            .confirmed(claire.me(), claire.session.id, code, &token, now)
            .await
            .unwrap()
    };
    assert!(!confirmed(Some(&shown(&secret, NOW)), NOW).await, "used");
    assert!(!confirmed(None, NOW).await, "a password alone");
    let next = NOW.plus(STEP);
    let code = shown(&secret, next);
    assert!(confirmed(Some(&code), next).await);
    assert!(!confirmed(Some(&code), next).await);
    let step = claire.step(&base, next).await;
    assert_eq!(stepped(&base, &step, &code, next).await, Stepped::WrongCode);
    let later = NOW.plus(2 * STEP);
    let early = shown(&secret, NOW);
    assert_eq!(
        stepped(&base, &step, &early, later).await,
        Stepped::WrongCode
    );
    assert_eq!(
        stepped(&base, &step, &shown(&secret, later), later).await,
        Stepped::In
    );
}

/// Fear: of ten requests with one code, sent at the same moment, two get in.
async fn codes_at_once_open_once(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let secret = claire.application(&base, NOW).await;
    let next = NOW.plus(STEP);
    let code = shown(&secret, next);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let step = claire.step(&base, next).await;
        let (store, code) = (base.store.clone(), code.clone());
        tries.spawn(async move {
            let token = SessionToken::new(new_token().unwrap());
            store
                .second_step(&step, &code, &token, &Visit::default(), next)
                .await
                .unwrap()
        });
    }
    let outcomes = tries.join_all().await;
    let opened = outcomes.iter().filter(|outcome| **outcome == Stepped::In);
    assert_eq!(opened.count(), 1, "{outcomes:?}");
}

/// Fear: a recovery code opens twice, opens somebody else's access, or one of an older sheet still does.
async fn recovery_codes_open_once(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let other = Person::of(&base, "Martin").await;
    claire.application(&base, NOW).await;
    other.application(&base, NOW).await;
    let codes = claire.codes(&base, NOW).await;
    assert_eq!(codes.len(), 10);
    let step = other.step(&base, NOW).await;
    assert_eq!(
        stepped(&base, &step, &codes[0], NOW).await,
        Stepped::WrongCode
    );
    let step = claire.step(&base, NOW).await;
    assert_eq!(stepped(&base, &step, &codes[0], NOW).await, Stepped::In);
    let step = claire.step(&base, NOW).await;
    assert_eq!(
        stepped(&base, &step, &codes[0], NOW).await,
        Stepped::WrongCode
    );
    let left = async || {
        let codes = base.store.recovery_codes(&claire.fresh(NOW), NOW).await;
        codes.unwrap().unwrap().left
    };
    assert_eq!(left().await, 9);
    let renewed = base
        .store
        .renew_recovery_codes(&claire.fresh(NOW), NOW)
        .await;
    assert!(renewed.unwrap());
    assert_eq!(left().await, 10);
    assert_eq!(
        stepped(&base, &step, &codes[1], NOW).await,
        Stepped::WrongCode
    );
    let new = claire.codes(&base, NOW).await;
    assert_eq!(stepped(&base, &step, &new[1], NOW).await, Stepped::In);
    let signed_in = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%SignedIn%Recovery%'";
    assert_eq!(base.number(signed_in).await, 2);
}

/// Fear: recovery codes can be read long after they were made, by whoever sits down at the screen.
async fn new_recovery_codes_are_read_for_a_while(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let none = base.store.recovery_codes(&claire.fresh(NOW), NOW).await;
    assert!(none.unwrap().is_none());
    let renewed = base
        .store
        .renew_recovery_codes(&claire.fresh(NOW), NOW)
        .await;
    assert!(!renewed.unwrap(), "nothing asks for them");
    claire.application(&base, NOW).await;
    assert_eq!(
        claire
            .codes(&base, NOW.plus(RECOVERY_SHOWN - 1))
            .await
            .len(),
        10
    );
    assert!(
        claire
            .codes(&base, NOW.plus(RECOVERY_SHOWN))
            .await
            .is_empty()
    );
    assert!(claire.codes(&base, NOW).await.is_empty(), "gone for good");
    let me = claire.fresh(NOW);
    base.store.renew_recovery_codes(&me, NOW).await.unwrap();
    assert_eq!(claire.codes(&base, NOW).await.len(), 10);
    let list = claire.list(&base).await.unwrap();
    let written = base.store.recovery_codes_written(&me, list, NOW).await;
    assert!(written.unwrap());
    assert!(claire.codes(&base, NOW).await.is_empty());
}

/// Fear: « Mes codes sont notés » on a page of before takes away codes that nobody has seen yet.
async fn an_old_page_takes_no_new_codes_away(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    let old = claire.list(&base).await.unwrap();
    let me = claire.fresh(NOW);
    assert!(base.store.renew_recovery_codes(&me, NOW).await.unwrap());
    let new = claire.list(&base).await.unwrap();
    assert_ne!(old, new, "made in the same second");
    let written = async |list| {
        let written = base.store.recovery_codes_written(&me, list, NOW).await;
        written.unwrap()
    };
    assert!(!written(old).await);
    assert_eq!(claire.codes(&base, NOW).await.len(), 10);
    assert!(written(new).await);
    assert!(claire.codes(&base, NOW).await.is_empty());
    assert!(written(new).await, "said twice");
}

/// Fear: codes that nobody looked at again lie in the database for ever, sealed as they are; or what is not over goes with them.
async fn what_is_over_is_swept(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    let sealed = "SELECT COUNT(*) FROM sealed";
    assert_eq!(base.number(sealed).await, 2, "the secret and the codes");
    base.store.rotate_vault(NOW, |_| ()).await.unwrap();
    let before = base.store.sweep(NOW.plus(RECOVERY_SHOWN - 1)).await;
    assert_eq!(before.unwrap(), 0);
    let after = base.store.sweep(NOW.plus(RECOVERY_SHOWN)).await;
    assert_eq!(after.unwrap(), 1);
    assert_eq!(base.number(sealed).await, 1, "the secret stays");
    assert!(claire.list(&base).await.is_none());
}

/// Fear: the cookie of a second step opens twice, or hours after the password.
async fn a_step_is_used_once_and_ends(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    let codes = claire.codes(&base, NOW).await;
    let step = claire.step(&base, NOW).await;
    let late = NOW.plus(STEP_LIFE);
    assert_eq!(stepped(&base, &step, &codes[0], late).await, Stepped::Over);
    assert_eq!(stepped(&base, &step, &codes[0], NOW).await, Stepped::In);
    assert_eq!(stepped(&base, &step, &codes[1], NOW).await, Stepped::Over);
    let unknown = StepToken::new(new_token().unwrap());
    assert_eq!(
        stepped(&base, &unknown, &codes[1], NOW).await,
        Stepped::Over
    );
    let db = base.behind().await;
    let suspend = "UPDATE member SET suspended_at = 1 WHERE identifier = 'claire@dupont'";
    let step = claire.step(&base, NOW).await;
    sea_orm::ConnectionTrait::execute_unprepared(&db, suspend)
        .await
        .unwrap();
    assert_eq!(stepped(&base, &step, &codes[1], NOW).await, Stepped::Over);
}

/// Fear: who has the password tries codes until one fits, beginning anew with the password in between.
async fn wrong_codes_pause_the_member(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    for _ in 0..5 {
        let step = claire.step(&base, NOW).await;
        assert_eq!(
            stepped(&base, &step, &nonsense(), NOW).await,
            Stepped::WrongCode
        );
    }
    let known = base
        .store
        .try_sign_in("claire@dupont", Visit::default().from, NOW);
    assert!(
        matches!(known.await.unwrap(), Try::Go(_)),
        "the password is not paused"
    );
    let step = claire.step(&base, NOW).await;
    let until = NOW.plus(MINUTE);
    let code = claire.codes(&base, NOW).await.remove(0);
    assert_eq!(
        stepped(&base, &step, &code, NOW).await,
        Stepped::Paused { until }
    );
    assert_eq!(stepped(&base, &step, &code, until).await, Stepped::In);
    let refused =
        "SELECT COUNT(*) FROM journal WHERE detail LIKE '%CodeRefused%' AND by_id IS NULL";
    assert_eq!(base.number(refused).await, 5);
}

/// Fear: whoever steals the database makes codes, or reads a recovery code.
async fn nothing_typed_is_in_the_database(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    let secret = claire.application(&base, NOW).await;
    let codes = claire.codes(&base, NOW).await;
    let Code::Recovery(code) = &codes[0] else {
        panic!("a recovery code is none");
    };
    let db = base.behind().await;
    let holds = async |bytes: &[u8]| {
        let hex: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let hex = hex.concat();
        let sqlite = db.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut found = 0;
        for (table, column) in [("sealed", "box"), ("recovery_code", "code_digest")] {
            let told = if sqlite {
                format!("hex({column})")
            } else {
                format!("upper(encode({column}, 'hex'))")
            };
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE {told} LIKE '%{hex}%'");
            found += base.number(&sql).await;
        }
        found > 0
    };
    assert!(!holds(&secret).await && !holds(code.as_bytes()).await);
    assert!(
        holds(&base.one_digest().await).await,
        "what is looked for would be found"
    );
}

impl Base {
    async fn one_digest(&self) -> Vec<u8> {
        let db = self.behind().await;
        let sql = "SELECT code_digest FROM recovery_code";
        let statement = sea_orm::Statement::from_string(db.get_database_backend(), sql);
        let row = sea_orm::ConnectionTrait::query_one_raw(&db, statement)
            .await
            .unwrap()
            .unwrap();
        row.try_get_by_index(0).unwrap()
    }
}

/// Fear: once the instance's key is replaced, whoever has an application or recovery codes on paper no longer comes in.
async fn factors_outlive_the_key(base: Base) {
    let claire = Person::of(&base, "Dupont").await;
    claire.application(&base, NOW).await;
    let codes = claire.codes(&base, NOW).await;
    let both = format!("{},{}", "5c".repeat(32), "5a".repeat(32));
    let store = store::Store::open(&base.url, store::key::Key::from_hex(&both).unwrap())
        .await
        .unwrap();
    assert!(store.take_over_key(NOW).await.unwrap());
    store.rotate_vault(NOW, |_| ()).await.unwrap();
    let replaced = Base {
        store,
        url: base.url.clone(),
        folder: base.folder.clone(),
    };
    let step = claire.step(&replaced, NOW).await;
    assert_eq!(stepped(&replaced, &step, &codes[0], NOW).await, Stepped::In);
    assert_eq!(claire.codes(&replaced, NOW).await, codes);
}
