//! Server functions by which somebody signs in, or shows who they are, with a passkey. What a browser is asked comes first, its answer
//! second.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    access::{Asked, Ceremony},
    form::{KeyField, KeyForm},
};
#[cfg(feature = "ssr")]
use portfolio::{
    attempts::minutes_until,
    form::PasskeyAnswer,
    passkey::Obstacle,
    ports::{KeyAsked, SessionToken, Whom},
    problem::{Problem, Problems},
    time::Timestamp,
};

#[cfg(feature = "ssr")]
fn refused(problem: Problem) -> Refusal<KeyField> {
    Refusal::Problems(Problems::one(KeyField::Key, problem))
}

#[cfg(feature = "ssr")]
async fn asked(whom: Whom<'_>) -> Result<Ceremony, Refusal<KeyField>> {
    use crate::asking::{outage, visit, with_passkeys};
    let portal = with_passkeys()?;
    let now = (portal.now)();
    let asked = portal.passkeys.ask_passkey(whom, visit().from, now).await;
    match asked.map_err(outage)? {
        KeyAsked::Ceremony(ceremony) => Ok(ceremony),
        KeyAsked::Over => Err(refused(Problem::StepOver)),
        KeyAsked::NoKey | KeyAsked::Full => Err(refused(Problem::Passkey(Obstacle::Refused))),
        KeyAsked::Paused { until } => Err(wait(until, now)),
    }
}

#[cfg(feature = "ssr")]
fn wait(until: Timestamp, now: Timestamp) -> Refusal<KeyField> {
    refused(Problem::Wait {
        minutes: minutes_until(until, now),
    })
}

/// The answer of a form; without one the browser was not asked.
#[cfg(feature = "ssr")]
fn answered(answer: Option<PasskeyAnswer>) -> Result<PasskeyAnswer, Refusal<KeyField>> {
    answer.ok_or_else(|| refused(Problem::Passkey(Obstacle::Unsupported)))
}

/// The token of an answer that was good.
#[cfg(feature = "ssr")]
fn token(
    tried: portfolio::ports::KeyTried,
    now: Timestamp,
) -> Result<SessionToken, Refusal<KeyField>> {
    use portfolio::ports::KeyTried;
    match tried {
        KeyTried::Session(token) => Ok(token),
        KeyTried::Refused => Err(refused(Problem::Passkey(Obstacle::Refused))),
        KeyTried::Over => Err(refused(Problem::Passkey(Obstacle::Over))),
        KeyTried::Paused { until } => Err(wait(until, now)),
    }
}

/// A session that begins, in place of the one whose token came.
#[cfg(feature = "ssr")]
async fn begin(token: &SessionToken, now: Timestamp) -> Result<(), Refusal<KeyField>> {
    use crate::asking::{outage, portal, set_cookie, visit, visitor};
    let portal = portal();
    // A new session never takes over the token that came.
    if let Some(before) = &visitor().token {
        portal
            .door
            .sign_out(before, visit().from, now)
            .await
            .map_err(outage)?;
    }
    set_cookie(&portal.cookie.hand_out(token));
    set_cookie(&portal.cookie.take_back_step());
    Ok(())
}

/// What the browser of whoever signs in is asked. Open to strangers.
///
/// # Errors
/// A pause; not there where the portal has no passkeys.
#[server(prefix = "/api", endpoint = "connexion/cle/demande")]
pub async fn ask_sign_in_key() -> Result<Ceremony, Refusal<KeyField>> {
    use crate::asking::answer;
    answer(asked(Whom::Anybody).await)
}

/// Signs in with a passkey alone, and leads to where the person was going. Open to strangers.
///
/// # Errors
/// One neutral problem for a passkey that opens nothing, a question that is too old, or a pause.
#[server(prefix = "/api", endpoint = "connexion/cle")]
pub async fn sign_in_by_key(#[server(flatten)] form: KeyForm) -> Result<Next, Refusal<KeyField>> {
    use crate::asking::{answer, outage, visit, with_passkeys};
    use portfolio::form::Form;
    answer(
        async {
            let portal = with_passkeys()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let answer = answered(draft.answer)?;
            let now = (portal.now)();
            let tried = portal
                .passkeys
                .sign_in_by_passkey(&answer, &visit(), now)
                .await;
            begin(&token(tried.map_err(outage)?, now)?, now).await?;
            Ok(Next { to: draft.next })
        }
        .await,
    )
}

/// What the second step can be taken with. Open to strangers: its cookie is the key, and without it nothing is told.
///
/// # Errors
/// None of its own.
#[server(prefix = "/api", endpoint = "code/demande")]
pub async fn what_step_asks() -> Result<Asked, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, visitor};
    let (portal, visitor) = (portal(), visitor());
    answer(
        async {
            let Some(step) = visitor.step else {
                return Ok(Asked::default());
            };
            let asked = portal.security.asked_at_step(&step, (portal.now)()).await;
            Ok(asked.map_err(outage)?.unwrap_or_default())
        }
        .await,
    )
}

/// What the browser is asked after a right password. Open to strangers: its cookie is the key.
///
/// # Errors
/// A password that is too long ago, a member without a passkey, or a pause.
#[server(prefix = "/api", endpoint = "code/cle/demande")]
pub async fn ask_step_key() -> Result<Ceremony, Refusal<KeyField>> {
    use crate::asking::{answer, visitor};
    answer(
        async {
            let step = visitor().step;
            let step = step.ok_or_else(|| refused(Problem::StepOver))?;
            asked(Whom::Step(&step)).await
        }
        .await,
    )
}

/// A passkey after a right password; leads to where the person was going. Open to strangers: its cookie is the key.
///
/// # Errors
/// One neutral problem for a passkey that opens nothing, a password or a question that is too long ago, or a pause.
#[server(prefix = "/api", endpoint = "code/cle")]
pub async fn step_by_key(#[server(flatten)] form: KeyForm) -> Result<Next, Refusal<KeyField>> {
    use crate::asking::{answer, outage, visit, visitor, with_passkeys};
    use portfolio::form::Form;
    answer(
        async {
            let portal = with_passkeys()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let answer = answered(draft.answer)?;
            let step = visitor().step;
            let step = step.ok_or_else(|| refused(Problem::StepOver))?;
            let now = (portal.now)();
            let tried = portal
                .passkeys
                .step_by_passkey(&step, &answer, &visit(), now)
                .await;
            begin(&token(tried.map_err(outage)?, now)?, now).await?;
            Ok(Next { to: draft.next })
        }
        .await,
    )
}

/// What the browser of a member who confirms is asked.
///
/// # Errors
/// Signed out, a member without a passkey, or a pause.
#[server(prefix = "/api", endpoint = "confirmer/cle/demande")]
pub async fn ask_confirm_key() -> Result<Ceremony, Refusal<KeyField>> {
    use crate::asking::{answer, signed_in};
    answer(
        async {
            let session = signed_in()?;
            asked(Whom::Member(&session.me)).await
        }
        .await,
    )
}

/// Shows again who one is, with a passkey alone, and leads back to the page that asked for it.
///
/// # Errors
/// Signed out, a passkey that is not the member's, or a question that is too old.
#[server(prefix = "/api", endpoint = "confirmer/cle")]
pub async fn confirm_by_key(#[server(flatten)] form: KeyForm) -> Result<Next, Refusal<KeyField>> {
    use crate::{
        asking::{answer, outage, set_cookie, signed_in, with_passkeys},
        routes::{Done, done},
    };
    use portfolio::form::Form;
    answer(
        async {
            let session = signed_in()?;
            let portal = with_passkeys()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let answer = answered(draft.answer)?;
            let now = (portal.now)();
            let tried = portal
                .passkeys
                .confirm_by_passkey(&session, &answer, now)
                .await;
            let token = token(tried.map_err(outage)?, now)?;
            set_cookie(&portal.cookie.hand_out(&token));
            Ok(Next {
                to: done(&draft.next, Done::Confirmed.code()),
            })
        }
        .await,
    )
}
