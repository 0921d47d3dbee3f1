//! The server functions of links: open to strangers, who learn nothing from them.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{ChooseField, ChooseForm, ResetField, ResetForm},
    ports::Addressee,
};

/// Whom a good link was sent to. It changes nothing.
///
/// # Errors
/// A link that is not good, or no longer: which of them is not told.
#[server(prefix = "/api", endpoint = "lien")]
pub async fn open_link(#[server(default)] token: String) -> Result<Addressee, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal};
    use portfolio::ports::LinkToken;
    let portal = portal();
    answer(
        async {
            portal
                .links
                .addressee(&LinkToken::new(token), (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Chooses a password by a link, and leads to the sign-in page.
///
/// # Errors
/// What is wrong with the password, or a link that is not good.
#[server(prefix = "/api", endpoint = "mot-de-passe")]
pub async fn choose(#[server(flatten)] form: ChooseForm) -> Result<Next, Refusal<ChooseField>> {
    use crate::{
        asking::{answer, outage, portal, visit},
        routes,
    };
    use portfolio::{
        form::Form,
        ports::{Chosen, Purpose},
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            let wrong = |problem| {
                Err(Refusal::Problems(Problems::one(
                    ChooseField::Password,
                    problem,
                )))
            };
            let chosen = portal
                .links
                .choose(&draft.token, draft.password, visit().from, (portal.now)())
                .await;
            let done = |what| {
                Ok(Next {
                    to: routes::done(routes::SIGN_IN, what),
                })
            };
            match chosen.map_err(outage)? {
                Chosen::Done(Purpose::Invitation) => done(super::JOINED),
                Chosen::Done(Purpose::Reset) => done(super::CHANGED),
                Chosen::Over => wrong(Problem::LinkOver),
                Chosen::Guessable => wrong(Problem::Guessable),
                Chosen::Busy => wrong(Problem::Busy),
            }
        }
        .await,
    )
}

/// Asks for a link to choose a new password. The answer is the same whoever there is.
///
/// # Errors
/// Nothing typed, or too many messages asked for.
#[server(prefix = "/api", endpoint = "mot-de-passe-oublie")]
pub async fn ask_reset(#[server(flatten)] form: ResetForm) -> Result<Next, Refusal<ResetField>> {
    use crate::{
        asking::{answer, outage, portal, visit},
        routes,
    };
    use portfolio::{
        attempts,
        form::Form,
        ports::Asked,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            match portal
                .links
                .ask_reset(&draft.identifier, visit().from, now)
                .await
                .map_err(outage)?
            {
                Asked::Taken => Ok(Next {
                    to: routes::done(routes::FORGOTTEN, super::forgotten::SENT),
                }),
                Asked::Paused { until } => Err(Refusal::Problems(Problems::one(
                    ResetField::Identifier,
                    Problem::Wait {
                        minutes: attempts::minutes_until(until, now),
                    },
                ))),
            }
        }
        .await,
    )
}
