//! What pages read: who asks → parse → call a port → answer.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::mobility::{
    form::{ActField, ActForm, JourneyField, JourneyForm, RevealField, RevealForm},
    request::{Colleagues, Listing, Person, Request},
};

/// The page of requests that a query string asks for.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "mobilite")]
pub async fn requests(#[server(default)] query: String) -> Result<Listing, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let (search, _) = crate::routes::mobility_of(&query);
            let found = portal.mobility.requests(&scope, &search, (portal.now)());
            found.await.map_err(outage)
        }
        .await,
    )
}

/// The people of a client, and their requests.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "mobilite/client")]
pub async fn of_client(#[server(default)] id: String) -> Result<Colleagues, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.mobility.workers(&scope, id).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// One person; the number too, for some minutes after it was asked for.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "mobilite/personne")]
pub async fn show_person(#[server(default)] id: String) -> Result<Person, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.mobility.person(&scope, id, (portal.now)()).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// One request.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "mobilite/demande")]
pub async fn show_request(#[server(default)] id: String) -> Result<Request, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.mobility.request(&scope, id, (portal.now)()).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// « Commencer »: begins a request.
///
/// # Errors
/// What is wrong with the form, a client that does not have the service.
#[server(prefix = "/api", endpoint = "mobilite/commencer")]
pub async fn begin(#[server(flatten)] form: JourneyForm) -> Result<Next, Refusal<JourneyField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        mobility::request::Step,
        ports::Started,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let begun = portal
                .mobility
                .begin_request(&editor, &draft, (portal.now)())
                .await;
            let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
            match begun.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Started::Draft(id) => Ok(Next {
                    to: crate::routes::mobility_step(id, Step::Worker),
                }),
                Started::NoService | Started::Ended => {
                    refused(JourneyField::Journey, Problem::NoMobility)
                }
                Started::NoSuchWorker => refused(JourneyField::Worker, Problem::Gone),
            }
        }
        .await,
    )
}

/// Turns a draft into one of the other kind or gives it up, takes a dependant out of it, withdraws a request, answers, ends a mission early.
///
/// # Errors
/// What is wrong with the form, a request that somebody changed meanwhile.
#[server(prefix = "/api", endpoint = "mobilite/agir")]
pub async fn act(#[server(flatten)] form: ActForm) -> Result<Next, Refusal<ActField>> {
    use crate::asking::{answer, editor, outage, portal};
    use crate::routes;
    use portfolio::{
        form::Form,
        mobility::form::ActOn,
        ports::{Change, Stepped},
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let id = draft.of.request.ok_or(Refusal::NotFound)?;
            let (port, of, now) = (&portal.mobility, draft.of, (portal.now)());
            let (done, to) = match draft.act {
                ActOn::Discard => {
                    let found = port.request(&editor, id, now).await.map_err(outage)?;
                    let client = found.ok_or(Refusal::NotFound)?.client.id;
                    let done = port.discard(&editor, of, now).await;
                    (done, routes::mobility_client(client))
                }
                ActOn::Turn(journey) => (
                    port.turn(&editor, of, journey, now).await,
                    routes::mobility(id),
                ),
                ActOn::Drop(place) => (
                    port.drop_dependant(&editor, of, place, now).await,
                    routes::mobility_dependants(id, of.version + 1),
                ),
                ActOn::Withdraw(why) => (
                    port.act_on_request(&editor, of, &Change::Withdraw(why), now)
                        .await,
                    routes::mobility(id),
                ),
                ActOn::Answer(answer) => (
                    port.act_on_request(&editor, of, &Change::Answer(answer), now)
                        .await,
                    routes::mobility(id),
                ),
                ActOn::EndEarly(day, why) => (
                    port.act_on_request(&editor, of, &Change::EndEarly(day, why), now)
                        .await,
                    routes::mobility(id),
                ),
            };
            let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
            match done.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Stepped::Stale { version } => refused(ActField::Act, Problem::OwnStale { version }),
                Stepped::NotCovered(days) => refused(ActField::LastDay, Problem::NotCovered(days)),
                // It stands elsewhere by now: its page says where.
                Stepped::NotNow(_) => Ok(Next {
                    to: routes::mobility(id),
                }),
                Stepped::Done | Stepped::NoNir | Stepped::TooMany => Ok(Next { to }),
            }
        }
        .await,
    )
}

/// « Afficher le numéro »: the person's page shows it for some minutes, and the journal says so.
///
/// # Errors
/// Signed out, not allowed, not confirmed of late, or not there.
#[server(prefix = "/api", endpoint = "mobilite/numero")]
pub async fn reveal(#[server(flatten)] form: RevealForm) -> Result<Next, Refusal<RevealField>> {
    use crate::asking::{answer, fresh_editor, outage, portal};
    use portfolio::form::Form;
    let portal = portal();
    answer(
        async {
            let editor = fresh_editor()?;
            let id = form.check().map_err(|_| Refusal::NotFound)?;
            let shown = portal.mobility.reveal(&editor, id, (portal.now)()).await;
            // The number itself goes with the page, not with this answer.
            shown.map_err(outage)?.ok_or(Refusal::NotFound)?;
            Ok(Next {
                to: crate::routes::done(
                    &crate::routes::mobility_person(id),
                    crate::routes::Done::Shown.code(),
                ),
            })
        }
        .await,
    )
}
