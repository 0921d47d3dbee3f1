//! The door of the server: identifier and password against the stored members, then a session.
//!
//! Knows in which order things are asked, and that nobody learns from the answer or from its delay which identifiers exist. Refuses
//! to know how passwords are hashed ([`crate::hasher`]) and where members are kept (`store`).

use crate::hasher::Hasher;
use async_trait::async_trait;
use portfolio::{
    form::{Password, SignInDraft},
    ports::{Door, Outage, Session, SessionToken, SignIn},
    time::Timestamp,
};
use store::Store;

/// The door on a store.
#[derive(Clone)]
pub struct Gate {
    store: Store,
    hasher: Hasher,
}

impl Gate {
    /// A door on this store.
    pub const fn new(store: Store, hasher: Hasher) -> Self {
        Self { store, hasher }
    }
}

#[async_trait]
impl Door for Gate {
    async fn sign_in(&self, draft: &SignInDraft, now: Timestamp) -> Result<SignIn, Outage> {
        // Before anything is looked up: a full house answers alike for every identifier.
        let Some(place) = self.hasher.enter() else {
            return Ok(SignIn::Busy);
        };
        let member = self.store.credentials(&draft.identifier).await?;
        let (id, stored) = member
            .map(|member| (member.member, member.password_hash))
            .unzip();
        let password = Password::new(draft.password.expose().to_owned());
        let opens = self
            .hasher
            .matches(password, stored, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        let Some(member) = id.filter(|_| opens) else {
            return Ok(SignIn::WrongPair);
        };
        let token = store::new_token()?;
        self.store.start_session(member, &token, now).await?;
        Ok(SignIn::Session(token))
    }

    async fn sign_out(&self, token: &SessionToken, now: Timestamp) -> Result<(), Outage> {
        self.store.end_session(token, now).await
    }

    async fn session(
        &self,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        self.store.session(token, now).await
    }
}
