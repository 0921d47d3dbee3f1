//! What a member does to their own passkeys.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    access::{Ceremony, Passkey},
    form::{KeyField, PasskeyField, PasskeyForm, RemovePasskeyForm},
};

/// One's own passkeys.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago.
#[server(prefix = "/api", endpoint = "securite/cles")]
pub async fn show_passkeys() -> Result<Vec<Passkey>, Refusal<NoField>> {
    use crate::asking::{answer, fresh_self, outage, portal};
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            portal.passkeys.passkeys(&me).await.map_err(outage)
        }
        .await,
    )
}

/// What the browser is asked to make.
///
/// # Errors
/// Signed out, a confirmation that is too long ago, as many as there may be, or a pause; not there where the portal has no passkeys.
#[server(prefix = "/api", endpoint = "securite/cles/demande")]
pub async fn ask_new_passkey() -> Result<Ceremony, Refusal<PasskeyField>> {
    use crate::asking::{answer, fresh_self, outage, with_passkeys};
    use portfolio::{
        attempts::minutes_until,
        passkey::Obstacle,
        ports::KeyAsked,
        problem::{Problem, Problems},
    };
    let refused = |problem| Err(Refusal::Problems(Problems::one(PasskeyField::Key, problem)));
    answer(
        async {
            let me = fresh_self()?;
            let portal = with_passkeys()?;
            let now = (portal.now)();
            match portal
                .passkeys
                .begin_passkey(&me, now)
                .await
                .map_err(outage)?
            {
                KeyAsked::Ceremony(ceremony) => Ok(ceremony),
                KeyAsked::Full => refused(Problem::Passkey(Obstacle::Full)),
                KeyAsked::Over | KeyAsked::NoKey => refused(Problem::Passkey(Obstacle::Over)),
                KeyAsked::Paused { until } => refused(Problem::Wait {
                    minutes: minutes_until(until, now),
                }),
            }
        }
        .await,
    )
}

/// Adds what the browser made; leads to the recovery codes where it is the first second factor.
///
/// # Errors
/// Signed out, a confirmation that is too long ago, a missing name, or what stands in the way of the passkey.
#[server(prefix = "/api", endpoint = "securite/cles/ajouter")]
pub async fn add_passkey(
    #[server(flatten)] form: PasskeyForm,
) -> Result<Next, Refusal<PasskeyField>> {
    use crate::{
        asking::{answer, fresh_self, outage, with_passkeys},
        routes::{CODES, Done, SECURITY, done},
    };
    use portfolio::{
        form::Form,
        passkey::Obstacle,
        ports::PasskeyAdded,
        problem::{Problem, Problems},
    };
    let hindered = |obstacle| {
        let problem = Problem::Passkey(obstacle);
        Refusal::Problems(Problems::one(PasskeyField::Key, problem))
    };
    answer(
        async {
            let me = fresh_self()?;
            let portal = with_passkeys()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let answer = draft.answer.ok_or(hindered(Obstacle::Unsupported))?;
            let added = portal
                .passkeys
                .add_passkey(&me, &draft.name, &answer, (portal.now)())
                .await;
            match added.map_err(outage)? {
                PasskeyAdded::Done { codes: true } => Ok(Next {
                    to: CODES.to_owned(),
                }),
                PasskeyAdded::Done { codes: false } => Ok(Next {
                    to: done(SECURITY, Done::KeyAdded.code()),
                }),
                PasskeyAdded::Over => Err(hindered(Obstacle::Over)),
                PasskeyAdded::Unusable => Err(hindered(Obstacle::Unusable)),
                PasskeyAdded::Known => Err(hindered(Obstacle::Known)),
                PasskeyAdded::Full => Err(hindered(Obstacle::Full)),
            }
        }
        .await,
    )
}

/// Removes a passkey; removed before, it leads to the same page.
///
/// # Errors
/// Signed out, or a confirmation that is too long ago; not there when the form names none.
#[server(prefix = "/api", endpoint = "securite/cles/retirer")]
pub async fn remove_passkey(
    #[server(flatten)] form: RemovePasskeyForm,
) -> Result<Next, Refusal<KeyField>> {
    use crate::{
        asking::{answer, fresh_self, outage, portal},
        routes::{Done, SECURITY, done},
    };
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let me = fresh_self()?;
            let of = form.check().map_err(Refusal::Problems)?;
            let of = of.ok_or(Refusal::NotFound)?;
            portal
                .passkeys
                .remove_passkey(&me, of, (portal.now)())
                .await
                .map_err(outage)?;
            Ok(Next {
                to: done(SECURITY, Done::KeyRemoved.code()),
            })
        }
        .await,
    )
}
