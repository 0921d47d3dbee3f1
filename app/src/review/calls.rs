//! The server functions of the review.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{ReviewField, ReviewForm},
    review::Step,
};

/// The step of a walk that a query string names.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "revue")]
pub async fn next_stale(#[server(default)] query: String) -> Result<Step, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::review::Walk;
    let portal = portal();
    answer(
        async {
            let (walk, _) = Walk::read(&query);
            portal
                .dashboard
                .stale(&scope()?, &walk, (portal.now)())
                .await
                .map_err(outage)
        }
        .await,
    )
}

/// « Le mandat est toujours valable », and on to the next. Where somebody changed the client meanwhile nothing is confirmed; it comes
/// again, unless it was looked through by that.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "revue/confirmer")]
pub async fn confirm(#[server(flatten)] form: ReviewForm) -> Result<Next, Refusal<ReviewField>> {
    use crate::{
        asking::{answer, editor, outage, portal},
        review::walk::{CHANGED, REVIEWED},
        routes,
    };
    use portfolio::{form::Form, ports::Reviewed};
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(|_| Refusal::NotFound)?;
            let reviewed = portal
                .own
                .review(&editor, draft.of, draft.version, (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)?;
            let (walk, said) = match reviewed {
                Reviewed::Done => (draft.walk.done_with_one(), REVIEWED),
                Reviewed::Stale => (draft.walk.done_with_one(), CHANGED),
            };
            Ok(Next {
                to: routes::done(&routes::review(&walk), said),
            })
        }
        .await,
    )
}
