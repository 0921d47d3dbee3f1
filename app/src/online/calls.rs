//! The firm's server functions of its clients' own accounts.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{InviteManyForm, OnlineField, OnlineForm},
    invitation::{Invitations, InvitedMany, Online},
};

/// A client's own account, and the latest invitation to make one.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "compte-en-ligne")]
pub async fn standing(#[server(default)] id: String) -> Result<Online, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.invitations.online(&scope, id, (portal.now)());
            found.await.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Invites a client, once more or for the first time, or takes the invitation back.
///
/// # Errors
/// Signed out, a role that does not go so far, not there, or what is wrong with the invitation.
#[server(prefix = "/api", endpoint = "compte-en-ligne/agir")]
pub async fn act(#[server(flatten)] form: OnlineForm) -> Result<Next, Refusal<OnlineField>> {
    use crate::{
        asking::{answer, editor, outage, portal},
        routes::{self, Done},
    };
    use portfolio::{
        attempts,
        form::{Form, OnlineAct},
        ports::OnlineActed,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let wrong = |problem| {
        Err(Refusal::Problems(Problems::one(
            OnlineField::Email,
            problem,
        )))
    };
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let of = draft.of.ok_or(Refusal::NotFound)?;
            let now = (portal.now)();
            let acted = portal.invitations.act(&editor, &draft, now).await;
            match acted.map_err(outage)?.ok_or(Refusal::NotFound)? {
                OnlineActed::Done => {
                    let said = match draft.act {
                        OnlineAct::Invite(_) => Done::Invited,
                        OnlineAct::Cancel => Done::InvitationCancelled,
                    };
                    Ok(Next {
                        to: routes::done(&routes::online(of), said.code()),
                    })
                }
                OnlineActed::HasAccount => wrong(Problem::HasAccount),
                OnlineActed::Ended => wrong(Problem::MandateOver),
                OnlineActed::Over => wrong(Problem::InvitationOver),
                OnlineActed::Paused { until } => wrong(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// Invites the selected clients at the addresses that the registry has.
///
/// # Errors
/// Signed out, or a role that does not go so far.
#[server(prefix = "/api", endpoint = "invitations/selection")]
pub async fn invite_selected(
    #[server(flatten)] form: InviteManyForm,
) -> Result<InvitedMany, Refusal<OnlineField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            form.check().map_err(Refusal::Problems)?;
            let invited = portal.invitations.invite_selected(&editor, (portal.now)());
            invited.await.map_err(outage)
        }
        .await,
    )
}

/// The firm's invitations of a state, by the code that its address has, or of all; and what clients took back.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "invitations")]
pub async fn list(#[server(default)] state: String) -> Result<Invitations, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::invitation::State;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let state = State::from_code(&state);
            let found = portal.invitations.list(&scope, state, (portal.now)());
            found.await.map_err(outage)
        }
        .await,
    )
}
