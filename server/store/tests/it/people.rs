//! The people of a firm, managed by its administrators.

use crate::base::*;
use portfolio::{
    email::Email,
    form::{Act, InviteDraft, MemberDraft},
    ids::{FirmId, MemberId},
    journal::{Subject, Wanted, What},
    permission::{Administrator, Fresh, Role},
    ports::{
        Acted, INVITATION_LIFE, Invited, Journal, LinkToken, Outbox, Portfolio, SessionToken, Visit,
    },
    team::{Person, Standing, Team},
};
use store::{Address, Handed, Sent, new_token};

crate::contract!(
    invited_shown_and_taken_back,
    a_second_link_ends_the_first,
    one_address_one_access,
    roles_change,
    out_at_the_next_request,
    removed_and_kept,
    another_firms_people_are_nobody,
    old_pages_are_told,
    an_administrator_is_left,
    two_administrators_demote_each_other,
    a_second_factor_is_asked_of_all,
    messages_to_one_address_are_few,
    invitations_of_a_firm_are_not_endless,
    operators_change_members,
    operators_hand_links_over,
);

/// A new administrator of a new firm, fresh at [`NOW`].
pub async fn administrator(base: &Base, firm: &str) -> Fresh<Administrator> {
    let firm = base.store.add_firm(firm, NOW).await.unwrap();
    colleague(base, firm, "Alice").await
}

/// One more administrator.
async fn colleague(base: &Base, firm: FirmId, name: &str) -> Fresh<Administrator> {
    let identifier = format!("{name}.{firm}");
    let member = base
        .store
        .add_member(firm, &identifier, name, HASH, Role::Administrator, NOW)
        .await
        .unwrap();
    let session = session(firm, member, Role::Administrator);
    session
        .fresh(session.administrator().unwrap(), NOW)
        .unwrap()
}

async fn team(base: &Base, who: &Fresh<Administrator>) -> Team {
    base.store.team(who).await.unwrap()
}

async fn person(base: &Base, who: &Fresh<Administrator>, id: MemberId) -> Option<Person> {
    let all = team(base, who).await.people;
    all.into_iter().find(|person| person.id == id)
}

/// Invites somebody, and gives the link's token and who it is.
pub async fn invite(base: &Base, who: &Fresh<Administrator>, to: &str) -> (LinkToken, MemberId) {
    let token = LinkToken::new(new_token().unwrap());
    assert_eq!(try_invite(base, who, to, &token).await, Invited::Done);
    let all = team(base, who).await.people;
    let invited = all.into_iter().find(|person| person.email == to).unwrap();
    (token, invited.id)
}

async fn try_invite(
    base: &Base,
    who: &Fresh<Administrator>,
    to: &str,
    token: &LinkToken,
) -> Invited {
    let draft = InviteDraft {
        name: "Zoé Œuf".to_owned(),
        email: Email::parse(to).unwrap(),
        role: Role::Reader,
    };
    let address = &Address("https://portail.example/invitation/x".to_owned());
    let link = Sent { token, address };
    base.store.invite(who, &draft, link, NOW).await.unwrap()
}

/// Does something to somebody, as their page shows them now.
pub async fn act(base: &Base, who: &Fresh<Administrator>, of: MemberId, act: Act) -> Option<Acted> {
    let seen = person(base, who, of)
        .await
        .map_or_else(String::new, |person| person.seen());
    act_on(
        base,
        who,
        MemberDraft {
            of: Some(of),
            act,
            seen,
        },
    )
    .await
}

async fn act_on(base: &Base, who: &Fresh<Administrator>, draft: MemberDraft) -> Option<Acted> {
    let token = LinkToken::new(new_token().unwrap());
    let address = &Address(String::new());
    let link = Sent {
        token: &token,
        address,
    };
    base.store.act_on(who, &draft, link, NOW).await.unwrap()
}

/// Chooses the password of an invitation.
pub async fn join(base: &Base, token: &LinkToken) {
    let from = portfolio::origin::Origin::default();
    let used = base
        .store
        .use_link(token, HASH, "", from, NOW)
        .await
        .unwrap();
    assert!(used.is_some());
}

/// What the firm's people did; not how they were added for the test.
async fn journal(base: &Base, who: &Fresh<Administrator>) -> Vec<What> {
    let page = base.store.journal(who, &Wanted::default()).await.unwrap();
    let whats = page.lines.into_iter().map(|line| line.what);
    whats
        .filter(|what| !matches!(what, What::FirmAdded | What::MemberAdded(_)))
        .collect()
}

/// Fear: somebody is in before they chose a password, or stays invited after the invitation was taken back.
async fn invited_shown_and_taken_back(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    let zoe = person(&base, &who, id).await.unwrap();
    assert_eq!(
        (zoe.standing, zoe.role, &*zoe.identifier),
        (Standing::Invited, Role::Reader, "zoe@cabinet.fr")
    );
    assert_eq!(zoe.until, Some(NOW.plus(INVITATION_LIFE)));
    let known = base.credentials("zoe@cabinet.fr", NOW).await.unwrap();
    assert_eq!(known.password_hash, None);
    let shown = base.store.addressee(&token, NOW).await.unwrap().unwrap();
    assert_eq!((&*shown.name, &*shown.firm), ("Zoé Œuf", "Dupont"));
    assert_eq!(act(&base, &who, id, Act::Remove).await, Some(Acted::Done));
    assert_eq!(base.store.addressee(&token, NOW).await.unwrap(), None);
    assert_eq!(person(&base, &who, id).await, None);
    assert_eq!(
        journal(&base, &who).await,
        [What::MemberRemoved, What::MemberInvited(Role::Reader)]
    );
    let (_, again) = invite(&base, &who, "zoe@cabinet.fr").await;
    assert_ne!(again, id, "the address is free again, for somebody new");
}

/// Fear: a link that went to the wrong person still opens after a new one was sent.
async fn a_second_link_ends_the_first(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (first, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    assert_eq!(act(&base, &who, id, Act::Resend).await, Some(Acted::Done));
    assert_eq!(base.store.addressee(&first, NOW).await.unwrap(), None);
    let mut messages = 0;
    while let Some(claimed) = base.store.claim(NOW).await.unwrap() {
        base.store.sent(&claimed, NOW).await.unwrap();
        messages += 1;
    }
    assert_eq!(messages, 2);
    assert!(person(&base, &who, id).await.unwrap().until.is_some());
}

/// Fear: one address opens two accesses, in one firm or in two.
async fn one_address_one_access(base: Base) {
    let (dupont, durand) = (
        administrator(&base, "Dupont").await,
        administrator(&base, "Durand").await,
    );
    invite(&base, &dupont, "zoe@cabinet.fr").await;
    for who in [&dupont, &durand] {
        let token = LinkToken::new(new_token().unwrap());
        assert_eq!(
            try_invite(&base, who, "zoe@cabinet.fr", &token).await,
            Invited::Taken
        );
        assert_eq!(base.store.addressee(&token, NOW).await.unwrap(), None);
    }
    // Who asks for one address after the other learns who has an access anywhere, and is seen doing it.
    for who in [&dupont, &durand] {
        let refused = journal(&base, who)
            .await
            .into_iter()
            .filter(|what| *what == What::InvitationRefused);
        assert_eq!(refused.count(), 1);
    }
}

/// Fear: a role is changed and nobody finds out from what to what, or saving the same one is written down as a change.
async fn roles_change(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (_, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    for _ in 0..2 {
        let done = act(&base, &who, id, Act::Role(Role::Collaborator)).await;
        assert_eq!(done, Some(Acted::Done));
    }
    assert_eq!(
        person(&base, &who, id).await.unwrap().role,
        Role::Collaborator
    );
    let written = journal(&base, &who).await;
    let (before, after) = (Role::Reader, Role::Collaborator);
    assert_eq!(
        written,
        [
            What::RoleChanged { before, after },
            What::MemberInvited(Role::Reader)
        ]
    );
}

/// Fear: somebody who was suspended goes on working, or comes back to life with an old session, a link or a draft.
async fn out_at_the_next_request(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    join(&base, &token).await;
    assert_eq!(
        act(&base, &who, id, Act::Role(Role::Collaborator)).await,
        Some(Acted::Done)
    );
    let known = base.credentials("zoe@cabinet.fr", NOW).await.unwrap();
    let session = SessionToken::new(new_token().unwrap());
    base.store
        .signed_in("zoe@cabinet.fr", &known, &session, &Visit::default(), NOW)
        .await
        .unwrap();
    let editor = base.session(&session, NOW).await.unwrap().editor().unwrap();
    let draft = base.draft(&editor, EMPLOYER, NOW).await;
    let reset = crate::links::ask(&base, "zoe@cabinet.fr", NOW).await;
    assert!(base.store.addressee(&reset, NOW).await.unwrap().is_some());

    assert_eq!(act(&base, &who, id, Act::Suspend).await, Some(Acted::Done));
    let out = async || {
        assert!(base.session(&session, NOW).await.is_none());
        assert_eq!(base.store.addressee(&reset, NOW).await.unwrap(), None);
        assert_eq!(base.store.draft(&editor, draft, NOW).await.unwrap(), None);
    };
    out().await;
    assert!(base.credentials("zoe@cabinet.fr", NOW).await.is_none());
    assert_eq!(act(&base, &who, id, Act::Restore).await, Some(Acted::Done));
    out().await;
    assert!(
        base.credentials("zoe@cabinet.fr", NOW).await.is_some(),
        "with the same password"
    );
    assert_eq!(
        person(&base, &who, id).await.unwrap().standing,
        Standing::Active
    );
}

/// Fear: what somebody did is lost with them, or their identifier is lost for ever.
async fn removed_and_kept(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    join(&base, &token).await;
    let known = base.credentials("zoe@cabinet.fr", NOW).await.unwrap();
    let session = SessionToken::new(new_token().unwrap());
    base.store
        .signed_in("zoe@cabinet.fr", &known, &session, &Visit::default(), NOW)
        .await
        .unwrap();
    assert_eq!(act(&base, &who, id, Act::Remove).await, Some(Acted::Done));
    assert!(base.session(&session, NOW).await.is_none());
    assert!(base.credentials("zoe@cabinet.fr", NOW).await.is_none());
    assert!(base.credentials(&id.to_string(), NOW).await.is_none());
    let page = base.store.journal(&who, &Wanted::default()).await.unwrap();
    assert_eq!(
        page.lines[0].about,
        Some(Subject::Member("Zoé Œuf".to_owned()))
    );
    assert!(
        page.lines
            .iter()
            .any(|line| line.by.as_deref() == Some("Zoé Œuf"))
    );
    invite(&base, &who, "zoe@cabinet.fr").await;
    assert_eq!(
        act(&base, &who, id, Act::Restore).await,
        None,
        "nobody to be restored"
    );
}

/// Fear: an administrator changes another firm's people, or learns of them.
async fn another_firms_people_are_nobody(base: Base) {
    let (dupont, durand) = (
        administrator(&base, "Dupont").await,
        administrator(&base, "Durand").await,
    );
    let (_, id) = invite(&base, &dupont, "zoe@cabinet.fr").await;
    assert_eq!(team(&base, &durand).await.people.len(), 1);
    let seen = person(&base, &dupont, id).await.unwrap().seen();
    for what in [
        Act::Remove,
        Act::Suspend,
        Act::Resend,
        Act::Role(Role::Administrator),
    ] {
        let draft = MemberDraft {
            of: Some(id),
            act: what,
            seen: seen.clone(),
        };
        assert_eq!(act_on(&base, &durand, draft).await, None, "{what:?}");
    }
}

/// Fear: a page that was open for long undoes what a colleague decided meanwhile.
async fn old_pages_are_told(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    let seen = person(&base, &who, id).await.unwrap().seen();
    join(&base, &token).await;
    for what in [
        Act::Role(Role::Administrator),
        Act::Remove,
        Act::Resend,
        Act::Suspend,
    ] {
        let draft = MemberDraft {
            of: Some(id),
            act: what,
            seen: seen.clone(),
        };
        assert_eq!(
            act_on(&base, &who, draft).await,
            Some(Acted::Stale),
            "{what:?}"
        );
    }
    assert_eq!(
        act(&base, &who, id, Act::Restore).await,
        Some(Acted::Stale),
        "not suspended"
    );
}

/// Fear: a firm is left without anybody who can manage it.
async fn an_administrator_is_left(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (_, invited) = invite(&base, &who, "zoe@cabinet.fr").await;
    assert_eq!(
        act(&base, &who, invited, Act::Role(Role::Administrator)).await,
        Some(Acted::Done)
    );
    let own = who.member;
    for what in [Act::Role(Role::Reader), Act::Suspend, Act::Remove] {
        assert_eq!(
            act(&base, &who, own, what).await,
            Some(Acted::LastAdministrator),
            "{what:?}"
        );
    }
    let other = colleague(&base, who.firm, "Bob").await;
    assert_eq!(
        act(&base, &who, own, Act::Role(Role::Reader)).await,
        Some(Acted::Done)
    );
    let token = LinkToken::new(new_token().unwrap());
    assert_eq!(
        try_invite(&base, &who, "a@b.fr", &token).await,
        Invited::NotAllowed
    );
    assert_eq!(
        act(&base, &who, other.member, Act::Suspend).await,
        Some(Acted::NotAllowed)
    );
    assert_eq!(
        act(&base, &other, other.member, Act::Remove).await,
        Some(Acted::LastAdministrator)
    );
}

/// Fear: two administrators who take each other's role away at the same moment leave none.
async fn two_administrators_demote_each_other(base: Base) {
    let elsewhere = store::Store::open(&base.url, key()).await.unwrap();
    for round in 0..8 {
        let one = administrator(&base, &format!("Cabinet {round}")).await;
        let other = colleague(&base, one.firm, "Bob").await;
        let demote = |store: &store::Store, who: &Fresh<Administrator>, of: MemberId| {
            let (store, who) = (store.clone(), who.clone());
            let seen = portfolio::team::seen(Role::Administrator, Standing::Active);
            tokio::spawn(async move {
                let token = LinkToken::new(new_token().unwrap());
                let link = Sent {
                    token: &token,
                    address: &Address(String::new()),
                };
                let draft = MemberDraft {
                    of: Some(of),
                    act: Act::Role(Role::Reader),
                    seen,
                };
                store.act_on(&who, &draft, link, NOW).await.unwrap()
            })
        };
        let first = demote(&base.store, &one, other.member);
        let second = demote(&elsewhere, &other, one.member);
        let mut answers = [first.await.unwrap(), second.await.unwrap()];
        answers.sort_by_key(|answer| *answer != Some(Acted::Done));
        assert_eq!(answers, [Some(Acted::Done), Some(Acted::NotAllowed)]);
        let left = team(&base, &one).await.people;
        let left = left
            .iter()
            .filter(|person| person.role.administers())
            .count();
        assert_eq!(left, 1);
    }
}

/// Fear: the firm asks for a second factor and somebody goes on without, or it cannot be taken back.
async fn a_second_factor_is_asked_of_all(base: Base) {
    let editor = base.firm("Dupont").await;
    let who = colleague(&base, editor.firm, "Alice").await;
    let token = base.signed_in("Dupont", NOW).await;
    let wanted = async || base.session(&token, NOW).await.unwrap().wants_second_factor;
    for asked in [true, true, false] {
        let done = base
            .store
            .ask_second_factor_of_all(&who, asked, NOW)
            .await
            .unwrap();
        assert_eq!(done, Acted::Done);
        assert_eq!(wanted().await, asked);
        assert_eq!(team(&base, &who).await.second_factor_since.is_some(), asked);
    }
    let written = journal(&base, &who).await;
    assert_eq!(
        written[..2],
        [
            What::SecondFactorAsked(false),
            What::SecondFactorAsked(true)
        ]
    );
    assert_eq!(
        act(&base, &who, editor.member, Act::Suspend).await,
        Some(Acted::Done)
    );
    let last = team(&base, &who).await.people;
    assert_eq!(
        last.iter()
            .find(|person| person.id == editor.member)
            .unwrap()
            .seen_at,
        Some(NOW)
    );
}

/// Fear: an administrator floods somebody's address.
async fn messages_to_one_address_are_few(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (_, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    for _ in 0..4 {
        assert_eq!(act(&base, &who, id, Act::Resend).await, Some(Acted::Done));
    }
    let paused = act(&base, &who, id, Act::Resend).await;
    assert!(matches!(paused, Some(Acted::Paused { .. })), "{paused:?}");
}

/// Fear: whoever took an administrator's access over writes to thousands in the portal's name, one address at a time; or another
/// firm pays for it.
async fn invitations_of_a_firm_are_not_endless(base: Base) {
    let dupont = administrator(&base, "Dupont").await;
    for n in 0..50 {
        let token = LinkToken::new(new_token().unwrap());
        let to = format!("p{n}@cabinet.fr");
        let sent = try_invite(&base, &dupont, &to, &token).await;
        assert_eq!(sent, Invited::Done);
    }
    let until = NOW.plus(portfolio::time::HOUR);
    let one_more = async |who: &Fresh<Administrator>, to: &str| {
        let token = LinkToken::new(new_token().unwrap());
        try_invite(&base, who, to, &token).await
    };
    let paused = one_more(&dupont, "p50@cabinet.fr").await;
    assert_eq!(paused, Invited::Paused { until });
    let all = team(&base, &dupont).await.people;
    let id = all.iter().find(|person| person.email == "p0@cabinet.fr");
    let again = act(&base, &dupont, id.unwrap().id, Act::Resend).await;
    assert_eq!(again, Some(Acted::Paused { until }));
    // Another firm behind the same address: the network has some left, and then has none either.
    let durand = administrator(&base, "Durand").await;
    for n in 0..10 {
        let sent = one_more(&durand, &format!("d{n}@cabinet.fr")).await;
        assert_eq!(sent, Invited::Done);
    }
    let paused = one_more(&durand, "d10@cabinet.fr").await;
    assert_eq!(paused, Invited::Paused { until });
}

/// Fear: those who run the portal leave a firm without an administrator, an access that they closed stays open, or the journal takes
/// them for a stranger.
async fn operators_change_members(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, id) = invite(&base, &who, "zoe@cabinet.fr").await;
    let act = async |identifier: &str, act| {
        let done = base.store.act_as_operators(identifier, act, NOW).await;
        done.unwrap()
    };
    let zoe = "zoe@cabinet.fr";
    assert_eq!(act(zoe, Act::Suspend).await, Some(Acted::Stale), "invited");
    join(&base, &token).await;
    let alice = format!("alice.{}", who.firm);
    for takes_away in [Act::Suspend, Act::Role(Role::Reader)] {
        let refused = act(&alice, takes_away).await;
        assert_eq!(refused, Some(Acted::LastAdministrator));
    }
    let known = base.credentials(zoe, NOW).await.unwrap();
    let session = SessionToken::new(new_token().unwrap());
    base.store
        .signed_in(zoe, &known, &session, &Visit::default(), NOW)
        .await
        .unwrap();
    for _ in 0..2 {
        assert_eq!(
            act(" ZOE@cabinet.fr", Act::Suspend).await,
            Some(Acted::Done)
        );
    }
    assert!(base.session(&session, NOW).await.is_none());
    assert!(base.credentials(zoe, NOW).await.is_none());
    assert_eq!(act(zoe, Act::Restore).await, Some(Acted::Done));
    assert!(base.credentials(zoe, NOW).await.is_some());
    let administers = Act::Role(Role::Administrator);
    assert_eq!(act(zoe, administers).await, Some(Acted::Done));
    assert_eq!(act(&alice, Act::Suspend).await, Some(Acted::Done));
    for nobody in ["personne@cabinet.fr", "", "%"] {
        assert_eq!(act(nobody, Act::Suspend).await, None);
    }
    let page = base.store.journal(&who, &Wanted::default()).await.unwrap();
    let told: Vec<_> = page.lines[..4]
        .iter()
        .map(|line| (line.who(), line.what.told()))
        .collect();
    assert!(told.iter().all(|(by, _)| *by == "L’organisme"), "{told:?}");
    assert_eq!(page.lines[0].what, What::MemberSuspended);
    assert_eq!(page.lines[2].what, What::MemberRestored);
    assert_eq!(
        person(&base, &who, id).await.unwrap().role,
        Role::Administrator
    );
}

/// Fear: a link that those who run the portal made goes nowhere, or to somebody who is out.
async fn operators_hand_links_over(base: Base) {
    let who = administrator(&base, "Dupont").await;
    let (token, _) = invite(&base, &who, "zoe@cabinet.fr").await;
    let reset = async |identifier: &str| {
        let token = LinkToken::new(new_token().unwrap());
        let address = &Address("https://portail.example/x".to_owned());
        let link = Sent {
            token: &token,
            address,
        };
        let handed = base.store.reset_as_operators(identifier, link, NOW).await;
        let opens = base.store.addressee(&token, NOW).await.unwrap().is_some();
        (handed.unwrap(), opens)
    };
    assert_eq!(reset("zoe@cabinet.fr").await, (None, false), "invited");
    join(&base, &token).await;
    let sent = (Some(Handed::Sent), true);
    assert_eq!(reset("zoe@cabinet.fr").await, sent);
    let alice = format!("alice.{}", who.firm);
    assert_eq!(reset(&alice).await, (Some(Handed::Over), true));
    assert_eq!(reset("personne").await, (None, false));
    let written = journal(&base, &who).await;
    assert_eq!(written[..2], [What::ResetSent, What::ResetSent]);
}
