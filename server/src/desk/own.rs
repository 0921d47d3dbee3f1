//! The desk of clients' own accounts: invitations, the links by which they are made, and new addresses.

use super::{Desk, new_token};
use crate::strength;
use app::routes;
use async_trait::async_trait;
use portfolio::{
    email::Email,
    form::{ApplyDraft, EmailDraft, OnlineAct, OnlineDraft, Password, WithdrawDraft},
    holding::{Holding, OwnAccount},
    ids::{EnrolmentId, Scope},
    invitation::{self, InvitedMany, Opened, State},
    origin::Origin,
    permission::{Client, Editor, Fresh},
    ports::{
        Applied, Arrivals, Arrived, Attached, ClientAccounts, EmailAsked, EmailConfirmed,
        Invitations, LinkToken, OnlineActed, Outage, Withdrawn,
    },
    time::Timestamp,
};
use store::Sent;

impl Desk {
    /// Reminds one person of a firm of the invitations of theirs that end soon, and tells whether there was somebody to remind.
    ///
    /// # Errors
    /// An outage; they are reminded later then.
    pub async fn remind_of_invitations(&self, now: Timestamp) -> Result<bool, Outage> {
        let page = self.address(routes::INVITATIONS).0;
        self.store.remind_of_invitations(&page, now).await
    }
}

#[async_trait]
impl Invitations for Desk {
    async fn online(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<invitation::Online>, Outage> {
        self.store.online(scope, id, now).await
    }

    async fn act(
        &self,
        editor: &Editor,
        draft: &OnlineDraft,
        now: Timestamp,
    ) -> Result<Option<OnlineActed>, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::access(&token)),
        };
        self.store.act_on_invitation(editor, draft, link, now).await
    }

    async fn invite_selected(
        &self,
        editor: &Editor,
        now: Timestamp,
    ) -> Result<InvitedMany, Outage> {
        let (able, mut tally) = self.store.selected_to_invite(editor, now).await?;
        let mut waiting = able.into_iter();
        while let Some((of, email)) = waiting.next() {
            let Ok(email) = Email::parse(&email) else {
                tally.no_address += 1;
                continue;
            };
            let draft = OnlineDraft {
                of: Some(of),
                act: OnlineAct::Invite(email),
            };
            match self.act(editor, &draft, now).await? {
                Some(OnlineActed::Done) => tally.invited += 1,
                Some(OnlineActed::HasAccount) => tally.has_account += 1,
                Some(OnlineActed::Paused { .. }) => {
                    tally.left += 1 + waiting.len() as u64;
                    break;
                }
                // Gone since it was looked at.
                Some(OnlineActed::Ended | OnlineActed::Over) | None => {}
            }
        }
        Ok(tally)
    }

    async fn list(
        &self,
        scope: &Scope,
        state: Option<State>,
        now: Timestamp,
    ) -> Result<invitation::Invitations, Outage> {
        self.store.invitations(scope, state, now).await
    }
}

#[async_trait]
impl Arrivals for Desk {
    async fn opened(&self, token: &LinkToken, now: Timestamp) -> Result<Option<Opened>, Outage> {
        self.store.opened_link(token, now).await
    }

    async fn accept(
        &self,
        token: &LinkToken,
        name: &str,
        password: Password,
        from: Origin,
        now: Timestamp,
    ) -> Result<Arrived, Outage> {
        // Looked at first, so that nobody has passwords hashed by making links up.
        let Some(opened) = self.store.opened_link(token, now).await? else {
            return Ok(Arrived::Over);
        };
        let own = [name, opened.email.as_str(), &*opened.client];
        if strength::guessable(password.expose(), &own) {
            return Ok(Arrived::Guessable);
        }
        let Some(place) = self.hasher.enter() else {
            return Ok(Arrived::Busy);
        };
        let hash = self
            .hasher
            .hash(password, place)
            .await
            .map_err(|error| Outage(error.to_string()))?;
        self.store.accept(token, name, &hash, from, now).await
    }

    async fn refuse(
        &self,
        token: &LinkToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        self.store.refuse(token, from, now).await
    }

    async fn attach(
        &self,
        client: &Client,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Attached, Outage> {
        self.store.attach(client, token, now).await
    }

    async fn apply(
        &self,
        draft: &ApplyDraft,
        from: Origin,
        now: Timestamp,
    ) -> Result<Applied, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::access(&token)),
        };
        let sign_in = self.address(routes::SIGN_IN).0;
        self.store.apply(draft, link, &sign_in, from, now).await
    }

    async fn new_email(&self, token: &LinkToken, now: Timestamp) -> Result<Option<Email>, Outage> {
        self.store.new_email(token, now).await
    }

    async fn confirm_email(
        &self,
        token: &LinkToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<EmailConfirmed, Outage> {
        let help = self.address(routes::HELP).0;
        self.store.confirm_email(token, &help, from, now).await
    }
}

#[async_trait]
impl ClientAccounts for Desk {
    async fn holdings(&self, client: &Client) -> Result<Vec<Holding>, Outage> {
        self.store.holdings(client).await
    }

    async fn account(&self, client: &Client, now: Timestamp) -> Result<OwnAccount, Outage> {
        self.store.own_account(client, now).await
    }

    async fn withdraw(
        &self,
        client: &Fresh<Client>,
        draft: &WithdrawDraft,
        now: Timestamp,
    ) -> Result<Option<Withdrawn>, Outage> {
        let page = self.address(&routes::client(draft.of, "")).0;
        self.store.withdraw(client, draft, &page, now).await
    }

    async fn ask_email(
        &self,
        client: &Fresh<Client>,
        draft: &EmailDraft,
        now: Timestamp,
    ) -> Result<EmailAsked, Outage> {
        let token = new_token()?;
        let link = Sent {
            token: &token,
            address: &self.address(&routes::new_address(&token)),
        };
        let security = self.address(routes::PASSWORD).0;
        self.store
            .ask_email(client, draft, link, &security, now)
            .await
    }
}
