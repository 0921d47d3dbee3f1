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

/// « Le mandat est toujours valable », and on to the next, or back to the client's own page. Where somebody changed the client meanwhile nothing is confirmed; it comes
/// again, unless it was looked through by that.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "revue/confirmer")]
pub async fn confirm(#[server(flatten)] form: ReviewForm) -> Result<Next, Refusal<ReviewField>> {
    use crate::{
        asking::{answer, editor, outage, portal},
        routes::{self, Done, Way},
    };
    use portfolio::{
        form::{Form, ReviewedOn},
        ports::Reviewed,
        review::stale_since,
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(|_| Refusal::NotFound)?;
            let now = (portal.now)();
            let reviewed = portal
                .own
                .review(&editor, draft.of, draft.version, now)
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)?;
            let (said, comes_again) = match reviewed {
                Reviewed::Done => (Done::Reviewed, false),
                Reviewed::Stale => {
                    let client = portal.portfolio.client(&editor, draft.of).await;
                    let client = client
                        .map_err(outage)?
                        .filter(|client| client.ended.is_none());
                    let looked_at = client.map(|client| client.reviewed_at);
                    let stale = |at| at < Some(stale_since(now));
                    (Done::Moved, looked_at.is_some_and(stale))
                }
            };
            let to = match draft.on {
                ReviewedOn::Walk(walk) if comes_again => routes::review(&walk),
                ReviewedOn::Walk(walk) => routes::review(&walk.done_with_one()),
                ReviewedOn::Client(back) => routes::client(draft.of, &Way::read(&back).query()),
            };
            Ok(Next {
                to: routes::done(&to, said.code()),
            })
        }
        .await,
    )
}
