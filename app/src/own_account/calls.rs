//! Clients' server functions. Each asks for a client first: members of firms and officers of the body are refused.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{EmailField, EmailForm, WithdrawField, WithdrawForm},
    holding::OwnAccount,
};

/// The client's own account: what it may see, who manages it, and what was done.
///
/// # Errors
/// Signed out, or no client.
#[server(prefix = "/api", endpoint = "mon-compte")]
pub async fn account() -> Result<OwnAccount, Refusal<NoField>> {
    use crate::asking::{answer, client, outage, portal};
    let portal = portal();
    answer(
        async {
            let client = client()?;
            let found = portal.accounts.account(&client, (portal.now)());
            found.await.map_err(outage)
        }
        .await,
    )
}

/// Takes back a service of a firm, or the whole mandate.
///
/// # Errors
/// Signed out, no client, not confirmed a short while ago, or no such mandate of theirs.
#[server(prefix = "/api", endpoint = "mon-compte/retirer")]
pub async fn withdraw(
    #[server(flatten)] form: WithdrawForm,
) -> Result<Next, Refusal<WithdrawField>> {
    use crate::{
        asking::{answer, fresh_client, outage, portal},
        routes::{self, Done},
    };
    use portfolio::{form::Form, ports::Withdrawn};
    let portal = portal();
    answer(
        async {
            let client = fresh_client()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let done = portal.accounts.withdraw(&client, &draft, (portal.now)());
            let said = match done.await.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Withdrawn::Done if draft.service.is_some() => Done::ServiceWithdrawn,
                Withdrawn::Done => Done::MandateWithdrawn,
                Withdrawn::Already => Done::Withdrawn,
            };
            Ok(Next {
                to: routes::done(routes::MY_ACCOUNT, said.code()),
            })
        }
        .await,
    )
}

/// Asks for another e-mail address.
///
/// # Errors
/// Signed out, no client, not confirmed a short while ago, or what is wrong with the address.
#[server(prefix = "/api", endpoint = "mon-compte/adresse")]
pub async fn ask_email(#[server(flatten)] form: EmailForm) -> Result<Next, Refusal<EmailField>> {
    use crate::{
        asking::{answer, fresh_client, outage, portal},
        routes::{self, Done},
    };
    use portfolio::{
        attempts,
        form::Form,
        ports::EmailAsked,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let client = fresh_client()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            let asked = portal.accounts.ask_email(&client, &draft, now);
            match asked.await.map_err(outage)? {
                EmailAsked::Sent => Ok(Next {
                    to: routes::done(routes::MY_EMAIL, Done::EmailAsked.code()),
                }),
                EmailAsked::Paused { until } => Err(Refusal::Problems(Problems::one(
                    EmailField::Email,
                    Problem::Wait {
                        minutes: attempts::minutes_until(until, now),
                    },
                ))),
            }
        }
        .await,
    )
}
