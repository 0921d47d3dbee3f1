//! Server functions by which somebody shows who they are besides signing in, and by which a session is kept alive.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    access::Asked,
    form::{ConfirmField, ConfirmForm, SecondStepField, SecondStepForm},
};

/// The second factor after a right password; leads to where the person was going. Open to strangers: its cookie is the key.
///
/// # Errors
/// What is missing, one problem for a wrong or used code, a pause, or a password that is too long ago.
#[server(prefix = "/api", endpoint = "code")]
pub async fn pass_second_step(
    #[server(flatten)] form: SecondStepForm,
) -> Result<Next, Refusal<SecondStepField>> {
    use crate::asking::{answer, outage, portal, set_cookie, visit, visitor};
    use portfolio::{
        attempts,
        form::Form,
        ports::SecondStep,
        problem::{Problem, Problems},
    };
    let (portal, visitor) = (portal(), visitor());
    let refused = |problem| Refusal::Problems(Problems::one(SecondStepField::Code, problem));
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            let step = visitor.step.ok_or_else(|| refused(Problem::StepOver))?;
            let (visit, now) = (visit(), (portal.now)());
            match portal
                .security
                .second_step(&step, &draft, &visit, now)
                .await
                .map_err(outage)?
            {
                SecondStep::Session(token) => {
                    // A new session never takes over the token that came.
                    if let Some(before) = &visitor.token {
                        portal
                            .door
                            .sign_out(before, visit.from, now)
                            .await
                            .map_err(outage)?;
                    }
                    set_cookie(&portal.cookie.hand_out(&token));
                    set_cookie(&portal.cookie.take_back_step());
                    Ok(Next { to: draft.next })
                }
                SecondStep::WrongCode => Err(refused(Problem::WrongCode)),
                SecondStep::Over => Err(refused(Problem::StepOver)),
                SecondStep::Paused { until } => Err(refused(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                })),
            }
        }
        .await,
    )
}

/// What « Confirmer que c'est vous » asks for.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "confirmer/demande")]
pub async fn what_is_asked() -> Result<Asked, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, signed_in};
    let portal = portal();
    answer(
        async {
            let session = signed_in()?;
            portal.security.asked(&session.me).await.map_err(outage)
        }
        .await,
    )
}

/// Shows again who one is, and leads back to the page that asked for it.
///
/// # Errors
/// Signed out, what is missing or wrong, or a pause.
#[server(prefix = "/api", endpoint = "confirmer")]
pub async fn confirm(#[server(flatten)] form: ConfirmForm) -> Result<Next, Refusal<ConfirmField>> {
    use crate::{
        asking::{answer, outage, portal, set_cookie, signed_in},
        routes::{Done, done},
    };
    use portfolio::{
        attempts,
        form::Form,
        ports::Confirmation,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
    answer(
        async {
            let session = signed_in()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            match portal
                .security
                .confirm(&session, &draft, now)
                .await
                .map_err(outage)?
            {
                Confirmation::Confirmed(token) => {
                    set_cookie(&portal.cookie.hand_out(&token));
                    Ok(Next {
                        to: done(&draft.next, Done::Confirmed.code()),
                    })
                }
                Confirmation::WrongPassword => {
                    refused(ConfirmField::Password, Problem::WrongPassword)
                }
                Confirmation::CodeMissing => refused(ConfirmField::Code, Problem::Missing),
                Confirmation::WrongCode => refused(ConfirmField::Code, Problem::WrongCode),
                Confirmation::Busy => refused(ConfirmField::Password, Problem::Busy),
                Confirmation::Paused { until } => refused(
                    ConfirmField::Password,
                    Problem::Wait {
                        minutes: attempts::minutes_until(until, now),
                    },
                ),
            }
        }
        .await,
    )
}

/// « Rester connecté »: a request like any other, which keeps the session alive.
///
/// # Errors
/// Signed out: it has ended already.
#[server(prefix = "/api", endpoint = "rester")]
pub async fn stay() -> Result<(), Refusal<NoField>> {
    use crate::asking::{answer, signed_in};
    answer(async { signed_in().map(|_| ()) }.await)
}
