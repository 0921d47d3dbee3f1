//! Firms, members, sessions.

use crate::base::{Base, HASH, NOW, session};
use portfolio::{
    journal::{Wanted, What},
    origin::Origin,
    permission::{Role, Seat},
    ports::{Journal as _, SESSION_IDLE, SESSION_LIFE, SessionToken},
    search::Search,
    time::{DAY, MINUTE},
};
use sea_orm::{ConnectionTrait, Statement};
use store::{AddFirm, AddMember, new_token};

crate::contract! { names_are_taken_once, sign_in, sessions_end, signed_out_from_where_one_is, sessions_are_kept_alive, old_sessions_go, only_hashes_are_stored }

/// Fear: two firms of one name are mistaken for each other, or one identifier opens two doors.
async fn names_are_taken_once(base: Base) {
    assert!(base.store.is_empty().await.unwrap());
    let scope = base.firm("Dupont").await;
    assert!(!base.store.is_empty().await.unwrap());
    assert!(matches!(
        base.store.add_firm(" Dupont ", NOW).await,
        Err(AddFirm::Taken)
    ));
    assert_eq!(
        base.store.firm_named("Dupont").await.unwrap(),
        Some(scope.firm)
    );
    assert_eq!(base.store.firm_named("Durand").await.unwrap(), None);
    let other = base.store.add_firm("Durand", NOW).await.unwrap();
    let twice = base
        .store
        .add_member(other, " CLAIRE@dupont ", "C", HASH, Role::Reader, NOW)
        .await;
    assert!(matches!(twice, Err(AddMember::Taken)));
}

/// Fear: a member is found by another's identifier, or not by her own with capitals.
async fn sign_in(base: Base) {
    let editor = base.firm("dupont").await;
    let found = base.credentials("Claire@DUPONT", NOW).await.unwrap();
    assert_eq!(
        (found.member, found.firm, found.password_hash.as_deref()),
        (editor.member, editor.firm, Some(HASH))
    );
    assert!(!format!("{found:?}").contains("argon2"));
    assert!(base.credentials("nobody", NOW).await.is_none());
    let token = base.signed_in("dupont", NOW).await;
    let session = base.session(&token, NOW).await.unwrap();
    assert_eq!(
        (session.me.house, session.me.member, session.seat),
        (editor.firm, editor.member, Seat::Firm(Role::Collaborator))
    );
    assert_eq!(
        (&*session.shown.member, &*session.shown.firm),
        ("Claire", "dupont")
    );
    let forged = SessionToken::new(new_token().unwrap());
    assert!(base.session(&forged, NOW).await.is_none());
}

/// Fear: a session that was left, or signed out, still opens.
async fn sessions_end(base: Base) {
    base.firm("Dupont").await;
    let open = async |token, now| base.session(token, now).await.is_some();
    let idle = base.signed_in("Dupont", NOW).await;
    assert!(open(&idle, NOW.plus(SESSION_IDLE - 1)).await);
    let left = base.signed_in("Dupont", NOW).await;
    assert!(!open(&left, NOW.plus(SESSION_IDLE)).await);
    let out = base.signed_in("Dupont", NOW).await;
    base.store
        .end_session(&out, Origin::default(), NOW)
        .await
        .unwrap();
    assert!(!open(&out, NOW).await);
    let forged = SessionToken::new(new_token().unwrap());
    base.store
        .end_session(&forged, Origin::default(), NOW)
        .await
        .unwrap();
    assert!(open(&idle, NOW.plus(SESSION_IDLE)).await);
}

/// Fear: the journal says that somebody signed out from where they had signed in, and an address that was never seen ended it.
async fn signed_out_from_where_one_is(base: Base) {
    let claire = base.firm("Dupont").await;
    let out = base.signed_in("Dupont", NOW).await;
    let elsewhere = Origin(Some([198, 51, 100, 9].into()));
    base.store.end_session(&out, elsewhere, NOW).await.unwrap();
    let administrator = session(claire.firm, claire.member, Role::Administrator);
    let administrator = administrator.administrator().unwrap();
    let wanted = Wanted::default();
    let page = base.store.journal(&administrator, &wanted).await.unwrap();
    assert_eq!(
        (&page.lines[0].what, &*page.lines[0].from),
        (&What::SignedOut, "198.51.100.9")
    );
}

/// Fear: somebody at work is signed out, or a session is kept alive for ever.
async fn sessions_are_kept_alive(base: Base) {
    base.firm("Dupont").await;
    let token = base.signed_in("Dupont", NOW).await;
    let seen = async || base.number("SELECT last_seen_at FROM session").await;
    base.session(&token, NOW.plus(MINUTE - 1)).await.unwrap();
    assert_eq!(seen().await, NOW.0);
    let mut now = NOW;
    while now.0 < NOW.0 + SESSION_LIFE - 10 * MINUTE {
        now = now.plus(10 * MINUTE);
        assert!(base.session(&token, now).await.is_some());
        // A slow write goes on by itself, so that no page waits for it: here it is waited for.
        while seen().await != now.0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
    assert!(base.session(&token, NOW.plus(SESSION_LIFE)).await.is_none());
}

/// Fear: while a registry is imported, which holds SQLite's one write lock, every page waits.
#[test]
fn pages_do_not_wait_for_writes() {
    crate::base::on_sqlite(async |base: Base| {
        let scope = base.firm("Dupont").await;
        let token = base.signed_in("Dupont", NOW).await;
        let import = base.behind().await;
        import.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        let later = NOW.plus(2 * MINUTE);
        let patience = std::time::Duration::from_secs(10);
        let session = tokio::time::timeout(patience, base.session(&token, later)).await;
        assert!(session.unwrap().is_some());
        base.list(&scope, &Search::default()).await;
        import.execute_unprepared("COMMIT").await.unwrap();
        // The touch went on by itself.
        while base.number("SELECT last_seen_at FROM session").await != later.0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
}

/// Fear: the table of sessions grows for ever, or those in force are swept away.
async fn old_sessions_go(base: Base) {
    base.firm("Dupont").await;
    for at in [NOW, NOW.plus(DAY), NOW.plus(DAY + SESSION_IDLE)] {
        base.signed_in("Dupont", at).await;
    }
    assert_eq!(base.number("SELECT COUNT(*) FROM session").await, 3);
    let later = NOW.plus(DAY + SESSION_IDLE + 1);
    base.signed_in("Dupont", later).await;
    assert_eq!(base.number("SELECT COUNT(*) FROM session").await, 3);
}

/// Fear: who reads the table can take a session over.
async fn only_hashes_are_stored(base: Base) {
    base.firm("Dupont").await;
    let token = base.signed_in("Dupont", NOW).await;
    assert_eq!(token.expose().len(), 64);
    assert_ne!(token.expose(), new_token().unwrap());
    let db = base.behind().await;
    let statement =
        Statement::from_string(db.get_database_backend(), "SELECT token_hash FROM session");
    let row = db.query_one_raw(statement);
    let hash: Vec<u8> = row.await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(hash.len(), 32);
    let hex: Vec<_> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_ne!(hex.concat(), token.expose());
}
