//! The door's server functions.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    client::SignedIn,
    form::{SignInField, SignInForm},
};

/// Signs in, and leads to where the person was going. Open to strangers.
///
/// # Errors
/// What is missing, or one neutral problem for a wrong pair.
#[server(prefix = "/api", endpoint = "connexion")]
pub async fn sign_in(#[server(flatten)] form: SignInForm) -> Result<Next, Refusal<SignInField>> {
    use crate::asking::{answer, outage, portal, set_cookie, visit, visitor};
    use portfolio::{
        attempts,
        form::Form,
        ports::SignIn,
        problem::{Problem, Problems},
    };

    let (portal, visitor) = (portal(), visitor());
    let wrong = |problem| Refusal::Problems(Problems::one(SignInField::Identifier, problem));
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            let (visit, now) = (visit(), (portal.now)());
            match portal
                .door
                .sign_in(&draft, &visit, now)
                .await
                .map_err(outage)?
            {
                SignIn::Session(token) => {
                    // A new session never takes over the token that came.
                    if let Some(before) = &visitor.token {
                        portal
                            .door
                            .sign_out(before, visit.from, now)
                            .await
                            .map_err(outage)?;
                    }
                    set_cookie(&portal.cookie.hand_out(&token));
                    Ok(Next { to: draft.next })
                }
                SignIn::SecondFactor(step) => {
                    set_cookie(&portal.cookie.hand_out_step(&step));
                    Ok(Next {
                        to: crate::routes::second_step(&draft.next),
                    })
                }
                SignIn::Paused { until } => Err(wrong(Problem::Wait {
                    minutes: attempts::minutes_until(until, now),
                })),
                SignIn::WrongPair => Err(wrong(Problem::WrongPair)),
                SignIn::Busy => Err(wrong(Problem::Busy)),
            }
        }
        .await,
    )
}

/// Signs out: the session ends on the server. Open to strangers, for whom there is nothing to end.
///
/// # Errors
/// When storage does not answer.
#[server(prefix = "/api", endpoint = "deconnexion")]
pub async fn sign_out() -> Result<Next, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, set_cookie, visit, visitor};

    let (portal, visitor) = (portal(), visitor());
    answer(
        async {
            if let Some(token) = &visitor.token {
                portal
                    .door
                    .sign_out(token, visit().from, (portal.now)())
                    .await
                    .map_err(outage)?;
            }
            set_cookie(&portal.cookie.take_back());
            Ok(Next {
                to: crate::routes::HOME.to_owned(),
            })
        }
        .await,
    )
}

/// Who is signed in, if anybody. Open to strangers, who learn that they are.
///
/// # Errors
/// None of its own.
#[server(prefix = "/api", endpoint = "moi")]
pub async fn who_am_i() -> Result<Option<SignedIn>, Refusal<NoField>> {
    use crate::asking::{answer, visitor};
    answer(async { Ok(visitor().session.map(|session| session.shown)) }.await)
}
