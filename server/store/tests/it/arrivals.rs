//! Clients' own accounts: how one comes by one, and what is taken back there.

use crate::base::*;
use portfolio::{
    client::Happening,
    email::Email,
    form::{ApplyDraft, EmailDraft, OnlineAct, OnlineDraft, Proof, WithdrawDraft},
    holding::{By, Done},
    ids::EnrolmentId,
    invitation::{LIFE, OWN_LIFE, REMIND_BEFORE, State},
    journal::{OfClient, Wanted, What},
    letter::Message,
    origin::Origin,
    permission::{Client, Editor, Role},
    ports::{
        Applied, Arrived, Attached, Changed, EmailConfirmed, Journal as _, LinkToken, OnlineActed,
        Outbox as _, Portfolio as _, Terminated, Withdrawn,
    },
    time::{DAY, Timestamp},
    wording,
};
use store::{Address, Sent, new_token};

crate::contract!(
    an_invitation_is_answered_once,
    an_invitation_ends_with_its_enrolment,
    one_account_for_one_holder,
    an_own_account_sees_one_more,
    a_reminder_goes_once,
    alone_with_a_proof,
    nobody_guesses_a_way_in,
    what_a_client_takes_back_is_gone_at_once,
    nobody_takes_back_what_is_not_theirs,
    an_address_is_confirmed_first,
);

const EMPLOYS: &str = "RG:732829320";
const TONI: &str = "toni@x.fr";
const PAGE: &str = "https://portail.example/etablissements/x";

fn from() -> Origin {
    Origin(Some([192, 0, 2, 9].into()))
}

fn token() -> LinkToken {
    LinkToken::new(new_token().unwrap())
}

/// Invites, and gives the answer and the link.
async fn invite(
    base: &Base,
    editor: &Editor,
    of: EnrolmentId,
    now: Timestamp,
) -> (Option<OnlineActed>, LinkToken) {
    let token = token();
    let address = &Address(format!("https://portail.example/acces/{}", token.expose()));
    let link = Sent {
        token: &token,
        address,
    };
    let draft = OnlineDraft {
        of: Some(of),
        act: OnlineAct::Invite(Email::parse(TONI).unwrap()),
    };
    let done = base.store.act_on_invitation(editor, &draft, link, now);
    (done.await.unwrap(), token)
}

async fn cancel(base: &Base, editor: &Editor, of: EnrolmentId, now: Timestamp) -> OnlineActed {
    let token = token();
    let address = &Address(String::new());
    let link = Sent {
        token: &token,
        address,
    };
    let draft = OnlineDraft {
        of: Some(of),
        act: OnlineAct::Cancel,
    };
    let done = base.store.act_on_invitation(editor, &draft, link, now);
    done.await.unwrap().unwrap()
}

async fn accept(base: &Base, token: &LinkToken, now: Timestamp) -> Arrived {
    let done = base.store.accept(token, "Toni", HASH, from(), now);
    done.await.unwrap()
}

async fn opens(base: &Base, token: &LinkToken, now: Timestamp) -> bool {
    base.store.opened_link(token, now).await.unwrap().is_some()
}

async fn state(base: &Base, editor: &Editor, of: EnrolmentId, now: Timestamp) -> State {
    let online = base.store.online(editor, of, now).await.unwrap().unwrap();
    online.invitation.unwrap().state
}

/// Every message that waits, taken.
async fn messages(base: &Base, now: Timestamp) -> Vec<Message> {
    let mut found = Vec::new();
    while let Some(claimed) = base.store.claim(now).await.unwrap() {
        base.store.sent(&claimed, now).await.unwrap();
        found.push(claimed.message);
    }
    found
}

async fn sound(base: &Base) {
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// A firm that manages the usual employer, with two services.
async fn managed(base: &Base) -> (Editor, EnrolmentId) {
    let editor = base.with_accounts().await;
    let id = base
        .client(
            &editor,
            EMPLOYER,
            &good_employer(),
            &["DPAE", "MAIL_DSN"],
            NOW,
        )
        .await;
    (editor, id)
}

/// The client that manages its account by itself, as its session gives it.
async fn owner(base: &Base) -> Client {
    base.own_client(TONI, &[EMPLOYS]).await
}

/// Fear: a link serves twice, a link of before opens what a later one was sent for, or the firm is not told what became of it.
async fn an_invitation_is_answered_once(base: Base) {
    let (editor, id) = managed(&base).await;
    let (done, first) = invite(&base, &editor, id, NOW).await;
    assert_eq!(done, Some(OnlineActed::Done));
    assert!(opens(&base, &first, NOW).await);
    let later = NOW.plus(DAY);
    let (_, second) = invite(&base, &editor, id, later).await;
    assert!(!opens(&base, &first, later).await);
    assert!(opens(&base, &second, later).await);
    // From the second link on it is 21 days.
    assert!(opens(&base, &second, later.plus(LIFE - 1)).await);
    assert!(!opens(&base, &second, later.plus(LIFE)).await);
    assert_eq!(
        state(&base, &editor, id, later.plus(LIFE)).await,
        State::Expired
    );
    assert_eq!(cancel(&base, &editor, id, later).await, OnlineActed::Done);
    assert_eq!(cancel(&base, &editor, id, later).await, OnlineActed::Over);
    assert!(!opens(&base, &second, later).await);
    assert_eq!(state(&base, &editor, id, later).await, State::Cancelled);
    let (_, third) = invite(&base, &editor, id, later.plus(1)).await;
    assert!(base.store.refuse(&third, from(), later).await.unwrap());
    assert!(!base.store.refuse(&third, from(), later).await.unwrap());
    assert_eq!(accept(&base, &third, later).await, Arrived::Over);
    assert_eq!(state(&base, &editor, id, later).await, State::Refused);
    let list = base.store.invitations(&editor, None, later).await.unwrap();
    assert_eq!((list.rows.len(), list.counts), (2, [0, 0, 1, 0, 1]));
    let refused = base
        .store
        .invitations(&editor, Some(State::Refused), later)
        .await
        .unwrap();
    assert_eq!(refused.rows.len(), 1);
    // Another firm sees nothing of it.
    let other = base.firm("Autre").await;
    let theirs = base.store.invitations(&other, None, later).await.unwrap();
    assert_eq!((theirs.rows.len(), theirs.counts), (0, [0; 5]));
    assert_eq!(base.store.online(&other, id, later).await.unwrap(), None);
    assert_eq!(invite(&base, &other, id, later).await.0, None);
    let texts = messages(&base, later.plus(1)).await;
    assert_eq!(texts.len(), 3);
    assert!(texts.iter().all(|one| one.to.as_str() == TONI));
    sound(&base).await;
}

/// Fear: whoever no longer has a mandate still brings somebody to the account.
async fn an_invitation_ends_with_its_enrolment(base: Base) {
    let (editor, id) = managed(&base).await;
    let (_, link) = invite(&base, &editor, id, NOW).await;
    let ended = base.store.terminate(&fresh(&editor), id, NOW).await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    assert_eq!(accept(&base, &link, NOW).await, Arrived::Over);
    assert_eq!(state(&base, &editor, id, NOW).await, State::Cancelled);
    let (again, _) = invite(&base, &editor, id, NOW).await;
    assert_eq!(again, Some(OnlineActed::Ended));
    let online = base.store.online(&editor, id, NOW).await.unwrap().unwrap();
    assert_eq!((online.known_email.as_str(), online.since), ("", None));
    sound(&base).await;
}

/// Fear: two people come to one account by two firms' links, or the second firm's link stays open.
async fn one_account_for_one_holder(base: Base) {
    let (editor, id) = managed(&base).await;
    let other = base.firm("Autre").await;
    let theirs = base
        .client(&other, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let (_, first) = invite(&base, &editor, id, NOW).await;
    let (_, second) = invite(&base, &other, theirs, NOW).await;
    assert_eq!(accept(&base, &first, NOW).await, Arrived::Done);
    assert_eq!(accept(&base, &first, NOW).await, Arrived::Over);
    assert_eq!(accept(&base, &second, NOW).await, Arrived::Over);
    assert_eq!(state(&base, &editor, id, NOW).await, State::Accepted);
    assert_eq!(state(&base, &other, theirs, NOW).await, State::Cancelled);
    let (again, _) = invite(&base, &other, theirs, NOW).await;
    assert_eq!(again, Some(OnlineActed::HasAccount));
    let online = base.store.online(&editor, id, NOW).await.unwrap().unwrap();
    assert_eq!(online.since, Some(NOW));
    let houses = "SELECT COUNT(*) FROM firm WHERE is_client";
    assert_eq!(base.number(houses).await, 1);
    sound(&base).await;
}

/// Fear: an address that signs in already is taken over by a link, or its owner cannot bring a second account to the first.
async fn an_own_account_sees_one_more(base: Base) {
    let (editor, id) = managed(&base).await;
    let client = base.own_client(TONI, &["TI:732829320"]).await;
    let (_, link) = invite(&base, &editor, id, NOW).await;
    assert_eq!(accept(&base, &link, NOW).await, Arrived::Taken);
    assert!(opens(&base, &link, NOW).await);
    let attach = async || base.store.attach(&client, &link, NOW).await.unwrap();
    assert_eq!(attach().await, Attached::Done);
    assert_eq!(attach().await, Attached::Over);
    let held = base.store.holdings(&client).await.unwrap();
    assert_eq!(held.len(), 2);
    assert_eq!(state(&base, &editor, id, NOW).await, State::Accepted);
    sound(&base).await;
}

/// Fear: somebody of a firm is reminded every half minute, once by each server, or of what is over.
async fn a_reminder_goes_once(base: Base) {
    let (editor, id) = managed(&base).await;
    let sql = "UPDATE member SET email = 'claire@dupont.fr'";
    base.plant(sql).await;
    invite(&base, &editor, id, NOW).await;
    messages(&base, NOW).await;
    let remind = async |now| base.store.remind_of_invitations(PAGE, now).await.unwrap();
    let soon = NOW.plus(LIFE - REMIND_BEFORE);
    assert!(!remind(soon.plus(-1)).await);
    assert!(remind(soon).await);
    assert!(!remind(soon).await);
    let told = messages(&base, soon).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.as_str(), "claire@dupont.fr");
    assert!(told[0].text.contains("Boulangerie Émile"));
    // Sent again, it ends later, and is told of again.
    invite(&base, &editor, id, soon).await;
    assert!(!remind(soon.plus(1)).await);
    assert!(remind(soon.plus(LIFE - REMIND_BEFORE)).await);
    // One that was taken back is nobody's business.
    let late = soon.plus(LIFE - REMIND_BEFORE);
    cancel(&base, &editor, id, late).await;
    assert!(!remind(late.plus(1)).await);
}

fn application(proof: Proof) -> ApplyDraft {
    ApplyDraft {
        holder: typed(EMPLOYER).holder(),
        proof,
        email: Email::parse(TONI).unwrap(),
    }
}

/// Applies, and gives the answer and the link that was sent if it was good.
async fn apply(base: &Base, proof: Proof, now: Timestamp) -> (Applied, LinkToken) {
    let token = token();
    let address = &Address(format!("https://portail.example/acces/{}", token.expose()));
    let link = Sent {
        token: &token,
        address,
    };
    let draft = application(proof);
    let done = base.store.apply(
        &draft,
        link,
        "https://portail.example/connexion",
        from(),
        now,
    );
    (done.await.unwrap(), token)
}

/// Fear: a good proof leads nowhere, its link is good for ever, or whoever has the account is not told that somebody knows its secrets.
async fn alone_with_a_proof(base: Base) {
    base.with_accounts().await;
    let (done, first) = apply(&base, good_employer(), NOW).await;
    assert_eq!(done, Applied::Sent);
    let (_, second) = apply(&base, good_employer(), NOW).await;
    assert!(!opens(&base, &first, NOW).await);
    assert!(!opens(&base, &second, NOW.plus(OWN_LIFE)).await);
    let opened = base.store.opened_link(&second, NOW).await.unwrap().unwrap();
    assert_eq!((opened.firm, &*opened.client), (None, "Boulangerie Émile"));
    assert_eq!(accept(&base, &second, NOW).await, Arrived::Done);
    messages(&base, NOW).await;
    // Now it is there: the answer is that of a wrong proof, and the owner is told, once a day.
    let wrong = apply(&base, employer("1,00", "117000001567462542"), NOW).await;
    assert_eq!(wrong.0, Applied::Refused { left: None });
    assert!(messages(&base, NOW).await.is_empty());
    for _ in 0..2 {
        let taken = apply(&base, good_employer(), NOW).await.0;
        assert!(matches!(taken, Applied::Refused { .. }), "{taken:?}");
    }
    let told = messages(&base, NOW).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.as_str(), TONI);
    sound(&base).await;
}

/// Fear: the amount of a declaration is found by trying, or a stranger's tries keep a firm from its own client.
async fn nobody_guesses_a_way_in(base: Base) {
    let editor = base.with_accounts().await;
    for tried in 0..5 {
        let amount = format!("{tried},00");
        let done = apply(&base, employer(&amount, "117000001567462542"), NOW).await;
        assert!(matches!(done.0, Applied::Refused { .. }), "{tried}");
    }
    let (paused, link) = apply(&base, good_employer(), NOW).await;
    assert!(matches!(paused, Applied::Paused { .. }));
    assert!(!opens(&base, &link, NOW).await);
    base.client(&editor, EMPLOYER, &good_employer(), &[], NOW)
        .await;
}

async fn withdraw(
    base: &Base,
    client: &Client,
    of: EnrolmentId,
    service: Option<&str>,
    now: Timestamp,
) -> Option<Withdrawn> {
    let service = service.and_then(|code| services(&[code]).into_iter().next());
    let draft = WithdrawDraft { of, service };
    base.store
        .withdraw(client, &draft, PAGE, now)
        .await
        .unwrap()
}

/// Fear: what a client took back goes on, an open page of the firm puts it back unseen, or the firm is not told.
async fn what_a_client_takes_back_is_gone_at_once(base: Base) {
    let (editor, id) = managed(&base).await;
    base.plant("UPDATE member SET email = 'claire@dupont.fr'")
        .await;
    let client = owner(&base).await;
    let now = NOW.plus(60);
    let gone = withdraw(&base, &client, id, Some("DPAE"), now).await;
    assert_eq!(gone, Some(Withdrawn::Done));
    let again = withdraw(&base, &client, id, Some("DPAE"), now).await;
    assert_eq!(again, Some(Withdrawn::Already));
    let seen = base.store.client(&editor, id).await.unwrap().unwrap();
    assert_eq!(
        seen.services,
        services(&["MAIL_DSN"]).into_iter().collect::<Vec<_>>()
    );
    assert_eq!(seen.history[0].by, wording::BY_CLIENT);
    // A page that was open before.
    let both = services(&["DPAE", "MAIL_DSN"]);
    let stale = base.store.change(&editor, id, 1, &both, now).await.unwrap();
    let Some(Changed::Stale { by, removed, .. }) = stale else {
        panic!("{stale:?}");
    };
    assert_eq!((&*by, removed.len()), (wording::BY_CLIENT, 1));
    let later = NOW.plus(120);
    assert_eq!(
        withdraw(&base, &client, id, None, later).await,
        Some(Withdrawn::Done)
    );
    assert_eq!(
        withdraw(&base, &client, id, None, later).await,
        Some(Withdrawn::Already)
    );
    let over = base
        .store
        .change(&editor, id, 2, &both, later)
        .await
        .unwrap();
    let by = wording::BY_CLIENT.to_owned();
    assert_eq!(over, Some(Changed::Ended { by, at: later }));
    let search = portfolio::search::Search::default();
    assert_eq!(base.list(&editor, &search).await.rows.len(), 0);
    let list = base.store.invitations(&editor, None, later).await.unwrap();
    let taken: Vec<_> = list
        .withdrawals
        .iter()
        .map(|one| one.services.len())
        .collect();
    assert_eq!(taken, [0, 1]);
    let told = messages(&base, later).await;
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|one| one.to.as_str() == "claire@dupont.fr"));
    let account = base.store.own_account(&client, later).await.unwrap();
    assert_eq!(account.mandates.len(), 1);
    let mandate = &account.mandates[0];
    assert_eq!(
        (&*mandate.firm, mandate.ended),
        ("Cabinet Dupont", Some(later))
    );
    let by: Vec<_> = mandate.history.iter().map(|deed| deed.by).collect();
    assert_eq!(by, [By::Client, By::Client, By::Firm]);
    assert_eq!(mandate.history[0].what, Done::Mandate(Happening::Ended));
    let manager = session(editor.firm, editor.member, Role::Administrator);
    let manager = manager.administrator().unwrap();
    let page = base
        .store
        .journal(&manager, &Wanted::default())
        .await
        .unwrap();
    assert!(matches!(
        page.lines[0].what,
        What::OfClient(OfClient::MandateWithdrawn { .. })
    ));
    assert_eq!(page.lines[0].who(), "Titulaire du compte");
    sound(&base).await;
}

/// Fear: a client ends the mandate of somebody else's account, by its id.
async fn nobody_takes_back_what_is_not_theirs(base: Base) {
    let (editor, id) = managed(&base).await;
    let other = base.own_client("owner@x.fr", &["TI:732829320"]).await;
    assert_eq!(withdraw(&base, &other, id, None, NOW).await, None);
    assert_eq!(withdraw(&base, &other, id, Some("DPAE"), NOW).await, None);
    let account = base.store.own_account(&other, NOW).await.unwrap();
    assert_eq!(account.mandates, []);
    let seen = base.store.client(&editor, id).await.unwrap().unwrap();
    assert_eq!((seen.version, seen.ended), (1, None));
}

/// Fear: whoever sits at an open page takes the account over by another address, or the address of before is not told.
async fn an_address_is_confirmed_first(base: Base) {
    base.with_accounts().await;
    let client = owner(&base).await;
    let token = token();
    let address = &Address(format!(
        "https://portail.example/adresse/{}",
        token.expose()
    ));
    let link = Sent {
        token: &token,
        address,
    };
    let draft = EmailDraft {
        email: Email::parse("neuf@x.fr").unwrap(),
    };
    base.store
        .ask_email(&client, &draft, link, PAGE, NOW)
        .await
        .unwrap();
    let told = messages(&base, NOW).await;
    let mut to: Vec<_> = told.iter().map(|one| one.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["neuf@x.fr", TONI]);
    let notice = told.iter().find(|one| one.to.as_str() == TONI).unwrap();
    assert!(!notice.text.contains("neuf@x.fr"));
    let account = base.store.own_account(&client, NOW).await.unwrap();
    assert_eq!((&*account.email, &*account.identifier), (TONI, TONI));
    assert_eq!(account.awaited_email.as_deref(), Some("neuf@x.fr"));
    let confirm = async |now| {
        base.store
            .confirm_email(&token, PAGE, from(), now)
            .await
            .unwrap()
    };
    assert_eq!(confirm(NOW.plus(DAY)).await, EmailConfirmed::Over);
    assert_eq!(confirm(NOW).await, EmailConfirmed::Done);
    assert_eq!(confirm(NOW).await, EmailConfirmed::Over);
    let account = base.store.own_account(&client, NOW).await.unwrap();
    assert_eq!(
        (&*account.email, &*account.identifier),
        ("neuf@x.fr", "neuf@x.fr")
    );
    assert_eq!(account.awaited_email, None);
    let told = messages(&base, NOW).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to.as_str(), TONI);
    assert!(base.credentials(TONI, NOW).await.is_none());
    assert!(base.credentials("neuf@x.fr", NOW).await.is_some());
}
