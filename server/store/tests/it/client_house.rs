//! Clients' own houses: the same door as members of firms, and nothing behind it in common.

use crate::{
    base::*,
    mobility::{self as abroad, germany, officer},
};
use portfolio::{
    attestation::last_day,
    client::Happening,
    email::Email,
    form::EmailDraft,
    holding::{By, Deed, Done},
    ids::MobilityId,
    journal::OfClient,
    mobility::{country::Country, day::Day, life::Milestone},
    origin::Origin,
    permission::Seat,
    ports::{
        Asker, Attestations as _, Bench as _, Change, Issued, LinkToken, Mobility as _, Ruling,
        SessionToken, Stepped, Visit,
    },
    time::Timestamp,
};
use store::{AddMember, Address, NewClient, Sent, new_token};

crate::contract!(
    a_client_sees_its_own_alone,
    client_house_and_role_say_the_same,
    a_holder_has_one_house,
    a_client_is_no_firm,
    what_was_done_abroad_is_told,
    what_was_fetched_is_told,
    what_one_did_oneself_is_told,
);

const EMPLOYS: &str = "RG:732829320";
const WORKS: &str = "TI:732829320";

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

/// Fear: a client reads a portfolio, decides a request, or sees the account that the same person has under the other scheme, which other
/// secrets prove.
async fn a_client_sees_its_own_alone(base: Base) {
    base.with_accounts().await;
    let client = base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let token = comes_in(&base, "toni@x.fr").await.unwrap();
    let session = base.session(&token, NOW).await.unwrap();
    assert_eq!(session.seat, Seat::Client);
    assert!(session.scope().is_none() && session.editor().is_none());
    assert!(session.administrator().is_none() && session.officer().is_none());
    let permission = session.client().unwrap();
    assert_eq!(permission.house(), client.house());
    assert_eq!(permission.member(), client.member());
    // What people read is the client's name, and nothing made up.
    assert_eq!(session.shown.firm, "Boulangerie Émile");
    let held = async |client| {
        let found = base.store.holdings(client).await.unwrap();
        found
            .into_iter()
            .map(|one| one.held.key())
            .collect::<Vec<_>>()
    };
    assert_eq!(held(&permission).await, [EMPLOYS]);
    let other = base.own_client("owner@x.fr", &[WORKS]).await;
    assert_eq!(held(&other).await, [WORKS]);
    // Somebody of a firm and an officer are no clients.
    let member = base.signed_in("Cabinet Dupont", NOW).await;
    let member = base.session(&member, NOW).await.unwrap();
    assert!(member.client().is_none());
    assert!(base.store.faults().await.unwrap().faults.is_empty());
}

/// Fear: one column that is wrong makes a member of a firm of a client, or the other way round.
async fn client_house_and_role_say_the_same(base: Base) {
    base.with_accounts().await;
    base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let client = comes_in(&base, "toni@x.fr").await.unwrap();
    let member = base.signed_in("Cabinet Dupont", NOW).await;
    for sql in [
        "UPDATE member SET role = 'titulaire' WHERE identifier <> 'toni@x.fr'",
        "UPDATE member SET role = 'administrateur' WHERE identifier = 'toni@x.fr'",
    ] {
        base.plant(sql).await;
    }
    for token in [client, member] {
        let found = base.store.session(&token, Visit::default().from, NOW);
        assert!(found.await.is_err());
    }
}

/// Fear: two houses see one account, so that whoever comes second looks over the first one's shoulder.
async fn a_holder_has_one_house(base: Base) {
    base.with_accounts().await;
    base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let held = [EMPLOYS.parse().unwrap()];
    let new = NewClient {
        held: &held,
        identifier: "second@x.fr",
        name: "Sacha",
        password_hash: HASH,
    };
    let second = base.store.add_client(new, NOW).await;
    assert!(matches!(second, Err(AddMember::Taken)));
    assert!(comes_in(&base, "second@x.fr").await.is_none());
}

/// Fear: a command meant for a firm closes a client's house, or adds an accountant to it.
async fn a_client_is_no_firm(base: Base) {
    base.with_accounts().await;
    let client = base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let name = format!("titulaire:{}", client.house());
    assert_eq!(base.store.firm_named(&name).await.unwrap(), None);
    let named = base.store.name_of_firm(client.house()).await.unwrap();
    assert_eq!(named, None);
}

/// What was done under a client's only mandate, latest first.
async fn deeds(base: &Base, client: &portfolio::permission::Client) -> Vec<Deed> {
    let account = base.store.own_account(client, NOW).await.unwrap();
    assert_eq!(account.mandates.len(), 1);
    account.mandates.into_iter().next().unwrap().history
}

/// The same of work abroad.
async fn steps(base: &Base, client: &portfolio::permission::Client) -> Vec<(By, Milestone)> {
    let deeds = deeds(base, client).await;
    let steps = deeds.into_iter().filter_map(|deed| match deed.what {
        Done::Abroad {
            who,
            countries,
            what,
        } => {
            assert_eq!(who, "Zoé Anne D’Ormesson");
            assert_eq!(countries, [Country::of("DE").unwrap()]);
            Some((deed.by, what))
        }
        _ => None,
    });
    steps.collect()
}

async fn rules(
    base: &Base,
    editor: &portfolio::permission::Editor,
    id: MobilityId,
    ruling: Ruling,
) {
    let of = abroad::of(base, editor, id).await;
    let done = base.store.decide(&officer(), of, &ruling, NOW).await;
    assert_eq!(done.unwrap(), Some(Stepped::Done));
}

async fn acts(base: &Base, editor: &portfolio::permission::Editor, id: MobilityId, act: Change) {
    let of = abroad::of(base, editor, id).await;
    let done = base.store.act_on_request(editor, of, &act, NOW).await;
    assert_eq!(done.unwrap(), Some(Stepped::Done));
}

/// Fear: an employer learns from the person themselves that they are sent abroad in its name; or it reads a draft, the NIR, what an officer
/// wrote, or what somebody else's firm asked for.
async fn what_was_done_abroad_is_told(base: Base) {
    let (editor, mandate) = abroad::one(&base).await;
    let client = base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let other = base.own_client("owner@x.fr", &[WORKS]).await;
    let first = abroad::whole(&base, &editor, mandate, &germany(), "non").await;
    assert_eq!(steps(&base, &client).await, []);
    abroad::submit(&base, &editor, first).await;
    let sent = (By::Firm, Milestone::Submitted);
    assert_eq!(steps(&base, &client).await, [sent]);
    let asked = "Née le 14/08/1955, 2 55 08 14 168 025 38\u{202f}?";
    rules(&base, &editor, first, Ruling::Ask(asked.into())).await;
    acts(
        &base,
        &editor,
        first,
        Change::Answer("Oui, 255081416802538".into()),
    )
    .await;
    rules(&base, &editor, first, Ruling::Refuse(asked.into())).await;
    let refused = [
        (By::Body, Milestone::Refused),
        (By::Firm, Milestone::Answered),
        (By::Body, Milestone::Asked),
        sent,
    ];
    assert_eq!(steps(&base, &client).await, refused);
    let second = abroad::whole(&base, &editor, mandate, &germany(), "oui").await;
    abroad::submit(&base, &editor, second).await;
    acts(&base, &editor, second, Change::Withdraw("Annulée".into())).await;
    let withdrawn = [
        (By::Firm, Milestone::Withdrawn),
        (By::Body, Milestone::GrantedAtOnce),
        sent,
    ];
    // Of two requests of one second either may be told first; the steps of each stay together, and in order.
    let told = steps(&base, &client).await;
    let either = [
        [&withdrawn[..], &refused].concat(),
        [&refused[..], &withdrawn].concat(),
    ];
    assert!(either.contains(&told), "{told:?}");
    let whole = base.store.own_account(&client, NOW).await.unwrap();
    let whole = serde_json::to_string(&whole).unwrap();
    for secret in [
        "25508",
        "2 55 08",
        "1955",
        "Annulée",
        "ACME",
        &officer().id().to_string(),
    ] {
        assert!(!whole.contains(secret), "{secret}: {whole}");
    }
    // The same person's own account under the other scheme, and another firm's client of the same people.
    let others = base.store.own_account(&other, NOW).await.unwrap();
    assert!(others.mandates.is_empty());
    let second = base.firm("Cabinet Durand").await;
    let on = ["MOBILITE_INTERNATIONALE"];
    base.client(&second, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    let account = base.store.own_account(&client, NOW).await.unwrap();
    let count = |firm: &str| {
        let mandate = account.mandates.iter().find(|one| one.firm == firm);
        mandate.unwrap().history.len()
    };
    assert_eq!((count("Cabinet Dupont"), count("Cabinet Durand")), (8, 1));
}

/// Fear: a client does not know who has its paper about contributions, or what one firm fetched stands under another one's name.
async fn what_was_fetched_is_told(base: Base) {
    let editor = base.with_accounts().await;
    let on = ["ATT_VIGILANCE"];
    let mandate = base
        .client(&editor, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    let client = base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let later = NOW.plus(60);
    let asker = Asker::Firm((*editor).clone(), mandate);
    let done = base.store.issue(&asker, later).await.unwrap();
    assert!(matches!(done, Some(Issued::Done(_))));
    let told = deeds(&base, &client).await;
    let until = last_day(Day::of(later));
    let fetched = Deed {
        at: later,
        by: By::Firm,
        what: Done::Attested { until },
    };
    assert_eq!(told[0], fetched);
    assert!(matches!(
        told[1].what,
        Done::Mandate(Happening::Enrolled(_))
    ));
    let second = base.firm("Cabinet Durand").await;
    base.client(&second, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    let account = base.store.own_account(&client, NOW).await.unwrap();
    let beside = account
        .mandates
        .iter()
        .find(|one| one.firm == "Cabinet Durand");
    assert_eq!(beside.unwrap().history.len(), 1);
}

/// Fear: somebody else asked for another address, and nothing on the page says so; or it says what a second person of another house did.
async fn what_one_did_oneself_is_told(base: Base) {
    base.with_accounts().await;
    let client = base.own_client("toni@x.fr", &[EMPLOYS]).await;
    let other = base.own_client("owner@x.fr", &[WORKS]).await;
    let token = LinkToken::new(new_token().unwrap());
    let address = Address("https://portail.example/adresse/x".to_owned());
    let link = Sent {
        token: &token,
        address: &address,
    };
    let draft = EmailDraft {
        email: Email::parse("neuf@x.fr").unwrap(),
    };
    let (asked, confirmed) = (NOW.plus(60), NOW.plus(120));
    base.store
        .ask_email(&client, &draft, link, "x", asked)
        .await
        .unwrap();
    base.store
        .confirm_email(&token, "x", Origin::default(), confirmed)
        .await
        .unwrap();
    let asker = Asker::Holder(client.clone(), EMPLOYS.parse().unwrap());
    let fetched = base.store.issue(&asker, confirmed).await.unwrap();
    assert!(matches!(fetched, Some(Issued::Done(_))));
    let told = async |client| {
        let account = base.store.own_account(client, NOW).await.unwrap();
        let deeds = account.history.into_iter();
        deeds
            .map(|deed| (deed.at, deed.what))
            .collect::<Vec<(Timestamp, Done)>>()
    };
    let until = last_day(Day::of(confirmed));
    let joined = (NOW, Done::Own(OfClient::Joined));
    assert_eq!(
        told(&client).await,
        [
            (confirmed, Done::Attested { until }),
            (confirmed, Done::Own(OfClient::EmailChanged)),
            (asked, Done::Own(OfClient::EmailAsked)),
            joined.clone(),
        ]
    );
    assert_eq!(told(&other).await, [joined]);
}
