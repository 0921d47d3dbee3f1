//! The officers' server functions. Each asks for an officer first: members of firms are refused, whatever their role.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    mobility::form::{RevealCaseForm, RevealField, RulingField, RulingForm},
    ports::{Case, Queue},
};

/// One page of the queue; `query` is that of its address.
///
/// # Errors
/// Signed out, or no officer.
#[server(prefix = "/api", endpoint = "agent")]
pub async fn waiting(#[server(default)] query: String) -> Result<Queue, Refusal<NoField>> {
    use crate::asking::{answer, officer, outage, portal};
    let portal = portal();
    answer(
        async {
            let officer = officer()?;
            let wanted = crate::routes::queue_of(&query).0.wanted();
            portal.bench.queue(&officer, &wanted).await.map_err(outage)
        }
        .await,
    )
}

/// One request, with the facts and the rules' reasons.
///
/// # Errors
/// Signed out, no officer, or no such request.
#[server(prefix = "/api", endpoint = "agent/demande")]
pub async fn examined(#[server(default)] id: String) -> Result<Case, Refusal<NoField>> {
    use crate::asking::{answer, officer, outage, portal};
    let portal = portal();
    answer(
        async {
            let officer = officer()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.bench.case(&officer, id, (portal.now)()).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Grants, refuses, or asks something first.
///
/// # Errors
/// Signed out, no officer, no such request, or what is wrong with the decision.
#[server(prefix = "/api", endpoint = "agent/decider")]
pub async fn rule(#[server(flatten)] form: RulingForm) -> Result<Next, Refusal<RulingField>> {
    use crate::asking::{answer, officer, outage, portal};
    use portfolio::{
        form::Form as _,
        ports::Stepped,
        problem::{Problem, Problems},
    };
    let portal = portal();
    let wrong = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
    answer(
        async {
            let officer = officer()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let id = draft.of.request.ok_or(Refusal::NotFound)?;
            let now = (portal.now)();
            let done = portal.bench.decide(&officer, draft.of, &draft.ruling, now);
            match done.await.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Stepped::Done => Ok(Next {
                    to: crate::routes::decided(id, &form.act),
                }),
                Stepped::NotCovered(asked) => wrong(RulingField::End, Problem::BeyondAsked(asked)),
                // Somebody else decided it, or the firm withdrew or answered: the page no longer shows what is decided.
                Stepped::Stale { .. } | Stepped::NotNow(_) | Stepped::NoNir | Stepped::TooMany => {
                    wrong(RulingField::Act, Problem::RequestChanged)
                }
            }
        }
        .await,
    )
}

/// « Afficher le numéro »: the pages of the person's requests show it to this officer for some minutes, and the firm's journal says so.
///
/// # Errors
/// Signed out, no officer, not confirmed of late, or no such request.
#[server(prefix = "/api", endpoint = "agent/numero")]
pub async fn reveal(#[server(flatten)] form: RevealCaseForm) -> Result<Next, Refusal<RevealField>> {
    use crate::asking::{answer, fresh_officer, outage, portal};
    use portfolio::form::Form as _;
    let portal = portal();
    answer(
        async {
            let officer = fresh_officer()?;
            let id = form.check().map_err(|_| Refusal::NotFound)?;
            let shown = portal.bench.reveal_to_officer(&officer, id, (portal.now)());
            // The number itself goes with the page, not with this answer.
            shown.await.map_err(outage)?.ok_or(Refusal::NotFound)?;
            Ok(Next {
                to: crate::routes::decided(id, crate::routes::Done::Shown.code()),
            })
        }
        .await,
    )
}
