//! The server functions of clients' links: open to strangers, who learn nothing from them.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{AnswerField, AnswerForm, ApplyField, ApplyForm, ConfirmEmailForm, EmailField},
    invitation::Opened,
};

/// What a good link is for. It changes nothing.
///
/// # Errors
/// A link that is not good, or no longer: which of them is not told.
#[server(prefix = "/api", endpoint = "acces")]
pub async fn open(#[server(default)] token: String) -> Result<Opened, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal};
    use portfolio::ports::LinkToken;
    let portal = portal();
    answer(
        async {
            let token = LinkToken::new(token);
            let opened = portal.arrivals.opened(&token, (portal.now)());
            opened.await.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Makes the account, says no, or lets the account of who is signed in see one more.
///
/// # Errors
/// What is wrong with the answer, or a link that is not good.
#[server(prefix = "/api", endpoint = "repondre")]
pub async fn reply(#[server(flatten)] form: AnswerForm) -> Result<Next, Refusal<AnswerField>> {
    use crate::{
        asking::{answer, client, outage, portal, visit},
        routes::{self, Done},
    };
    use portfolio::{
        form::{AnswerDraft, Form},
        ports::{Arrived, Attached},
        problem::{Problem, Problems},
    };
    let portal = portal();
    let wrong = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
    answer(
        async {
            let now = (portal.now)();
            let arrivals = &portal.arrivals;
            match form.check().map_err(Refusal::Problems)? {
                AnswerDraft::Accept {
                    token,
                    name,
                    password,
                } => {
                    let from = visit().from;
                    let arrived = arrivals.accept(&token, &name, password, from, now).await;
                    match arrived.map_err(outage)? {
                        Arrived::Done => Ok(Next {
                            to: routes::done(routes::SIGN_IN, super::ARRIVED),
                        }),
                        Arrived::Over => wrong(AnswerField::Password, Problem::LinkOver),
                        Arrived::Taken => wrong(AnswerField::Password, Problem::AddressSignsIn),
                        Arrived::Guessable => wrong(AnswerField::Password, Problem::Guessable),
                        Arrived::Busy => wrong(AnswerField::Password, Problem::Busy),
                    }
                }
                AnswerDraft::Refuse(token) => {
                    let refused = arrivals.refuse(&token, visit().from, now).await;
                    if refused.map_err(outage)? {
                        Ok(Next {
                            to: routes::done(routes::APPLY, super::REFUSED),
                        })
                    } else {
                        wrong(AnswerField::Act, Problem::LinkOver)
                    }
                }
                AnswerDraft::Attach(token) => {
                    let client = client()?;
                    let attached = arrivals.attach(&client, &token, now).await;
                    match attached.map_err(outage)? {
                        Attached::Done => Ok(Next {
                            to: routes::done(routes::MY_ACCOUNT, Done::Attached.code()),
                        }),
                        Attached::Over => wrong(AnswerField::Act, Problem::LinkOver),
                    }
                }
            }
        }
        .await,
    )
}

/// Tries a proof; where it holds, a link goes out.
///
/// # Errors
/// What is wrong with the form, one neutral problem for what does not fit, or a pause.
#[server(prefix = "/api", endpoint = "creer-mon-compte")]
pub async fn apply(#[server(flatten)] form: ApplyForm) -> Result<Next, Refusal<ApplyField>> {
    use crate::{
        asking::{answer, outage, portal, visit},
        routes,
    };
    use portfolio::{
        attempts,
        form::{Form, ProofField},
        ports::Applied,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let refused = |problem| {
        let field = ApplyField::Proof(ProofField::Secrets);
        Err(Refusal::Problems(Problems::one(field, problem)))
    };
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            let now = (portal.now)();
            let applied = portal.arrivals.apply(&draft, visit().from, now).await;
            match applied.map_err(outage)? {
                Applied::Sent => Ok(Next {
                    to: routes::done(routes::APPLY, super::apply::SENT),
                }),
                Applied::Refused { left } => refused(Problem::OwnProofRefused { left }),
                Applied::Paused { until } => refused(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// The address that a link confirms. It changes nothing.
///
/// # Errors
/// A link that is not good, or no longer.
#[server(prefix = "/api", endpoint = "adresse")]
pub async fn new_email(#[server(default)] token: String) -> Result<String, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal};
    use portfolio::ports::LinkToken;
    let portal = portal();
    answer(
        async {
            let token = LinkToken::new(token);
            let found = portal.arrivals.new_email(&token, (portal.now)());
            let email = found.await.map_err(outage)?.ok_or(Refusal::NotFound)?;
            Ok(email.to_string())
        }
        .await,
    )
}

/// Confirms the address of a link.
///
/// # Errors
/// A link that is not good, or an address that somebody else signs in with.
#[server(prefix = "/api", endpoint = "confirmer-adresse")]
pub async fn confirm_email(
    #[server(flatten)] form: ConfirmEmailForm,
) -> Result<Next, Refusal<EmailField>> {
    use crate::{
        asking::{answer, outage, portal, visit},
        routes::{self, Done},
    };
    use portfolio::{
        form::Form,
        ports::EmailConfirmed,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let wrong = |problem| Err(Refusal::Problems(Problems::one(EmailField::Email, problem)));
    answer(
        async {
            let token = form.check().map_err(Refusal::Problems)?;
            let done = portal
                .arrivals
                .confirm_email(&token, visit().from, (portal.now)());
            match done.await.map_err(outage)? {
                EmailConfirmed::Done => Ok(Next {
                    to: routes::done(routes::SIGN_IN, Done::Email.code()),
                }),
                EmailConfirmed::Over => wrong(Problem::LinkOver),
                EmailConfirmed::Taken => wrong(Problem::Taken),
            }
        }
        .await,
    )
}
