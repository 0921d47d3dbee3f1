//! Clients' own houses: the same door as members of firms, and nothing behind it in common.

use crate::base::*;
use portfolio::{
    permission::Seat,
    ports::{ClientAccounts as _, SessionToken, Visit},
};
use store::{AddMember, NewClient, new_token};

crate::contract!(
    a_client_sees_its_own_alone,
    client_house_and_role_say_the_same,
    a_holder_has_one_house,
    a_client_is_no_firm,
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
