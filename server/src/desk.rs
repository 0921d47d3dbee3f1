//! The desk: invitations, links and passwords that are chosen by them.
//!
//! Knows how a link's secret is made and what its address is, that a guessable password is refused, and that nobody learns from an
//! answer or its delay who is known here. Refuses to know how passwords are hashed ([`crate::hasher`]) and where members and messages
//! are kept (`store`).

mod own;

use crate::{hasher::Hasher, strength};
use app::routes;
use async_trait::async_trait;
use portfolio::{
    form::{InviteDraft, MemberDraft, Password},
    origin::Origin,
    permission::{Administrator, Fresh},
    ports::{Acted, Addressee, Asked, Chosen, Invited, LinkToken, Links, Members, Outage},
    team::Team,
    time::Timestamp,
};
use store::{Address, Handed, Sent, Store};

/// The desk of a store.
#[derive(Clone)]
pub struct Desk {
    store: Store,
    hasher: Hasher,
    url: String,
}

impl Desk {
    /// A desk on this store; links begin with `url`.
    pub const fn new(store: Store, hasher: Hasher, url: String) -> Self {
        Self { store, hasher, url }
    }

    fn address(&self, path: &str) -> Address {
        Address(format!("{}{path}", self.url))
    }

    /// Sees to the « mot de passe oublié » that is due, and tells whether there was one: the answer to whoever asked was given before,
    /// since what there is to do, and how long it takes, would tell whether there is somebody.
    ///
    /// # Errors
    /// An outage; what was asked for is still there then.
    pub async fn answer_reset(&self, now: Timestamp) -> Result<bool, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::new_password(&token)),
        };
        self.store.answer_reset(link, now).await
    }
}

/// Makes a link to choose a new password for whoever signs in by this identifier, for those who run the portal: how it gets there, and
/// its address. `None` when nobody does.
///
/// # Errors
/// An outage.
pub async fn reset_as_operators(
    store: &Store,
    url: &str,
    identifier: &str,
    now: Timestamp,
) -> Result<Option<(Handed, Address)>, Outage> {
    let token = new_token()?;
    let address = Address(format!("{url}{}", routes::new_password(&token)));
    let link = Sent {
        token: &token,
        address: &address,
    };
    let handed = store.reset_as_operators(identifier, link, now).await?;
    Ok(handed.map(|handed| (handed, address)))
}

fn new_token() -> Result<LinkToken, Outage> {
    store::new_token().map(LinkToken::new)
}

#[async_trait]
impl Members for Desk {
    async fn team(&self, administrator: &Administrator) -> Result<Team, Outage> {
        self.store.team(administrator).await
    }

    async fn invite(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &InviteDraft,
        now: Timestamp,
    ) -> Result<Invited, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::invitation(&token)),
        };
        self.store.invite(administrator, draft, link, now).await
    }

    async fn act(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &MemberDraft,
        now: Timestamp,
    ) -> Result<Option<Acted>, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::invitation(&token)),
        };
        self.store.act_on(administrator, draft, link, now).await
    }

    async fn ask_second_factor(
        &self,
        administrator: &Fresh<Administrator>,
        asked: bool,
        now: Timestamp,
    ) -> Result<Acted, Outage> {
        self.store
            .ask_second_factor_of_all(administrator, asked, now)
            .await
    }
}

#[async_trait]
impl Links for Desk {
    async fn addressee(
        &self,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Option<Addressee>, Outage> {
        self.store.addressee(token, now).await
    }

    async fn choose(
        &self,
        token: &LinkToken,
        password: Password,
        from: Origin,
        now: Timestamp,
    ) -> Result<Chosen, Outage> {
        // Looked at first, so that nobody has passwords hashed by making links up.
        let Some(who) = self.store.addressee(token, now).await? else {
            return Ok(Chosen::Over);
        };
        let own = [&*who.name, &*who.identifier, &*who.firm];
        if strength::guessable(password.expose(), &own) {
            return Ok(Chosen::Guessable);
        }
        let Some(place) = self.hasher.enter() else {
            return Ok(Chosen::Busy);
        };
        let hash = self
            .hasher
            .hash(password, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        let again = self.address(routes::FORGOTTEN).0;
        let used = self.store.use_link(token, &hash, &again, from, now).await?;
        Ok(used.map_or(Chosen::Over, Chosen::Done))
    }

    async fn ask_reset(
        &self,
        identifier: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Asked, Outage> {
        self.store.ask_reset(identifier, from, now).await
    }
}
