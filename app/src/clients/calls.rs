//! The portfolio's server functions: who asks → parse → call a port → map the refusal → answer.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    client::{Client, DraftView, Listing},
    form::{
        BeginField, BeginForm, ProofField, ProofForm, ServicesField, ServicesForm, TerminateField,
        TerminateForm,
    },
};

/// The page of the portfolio that a query string asks for.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "clients")]
pub async fn list(#[server(default)] query: String) -> Result<Listing, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let (search, _) = crate::routes::search_of(&query);
            portal
                .portfolio
                .list(&scope()?, &search, (portal.now)())
                .await
                .map_err(outage)
        }
        .await,
    )
}

/// One client.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "client")]
pub async fn show(#[server(default)] id: String) -> Result<Client, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let client = portal.portfolio.client(&scope, id).await;
            let client = client.map_err(outage)?.ok_or(Refusal::NotFound)?;
            // What was opened last is a convenience: a page is shown without it.
            if let Err(trouble) = portal.finding.opened(&scope, id, (portal.now)()).await {
                let _: Refusal<NoField> = outage(trouble);
            }
            Ok(client)
        }
        .await,
    )
}

/// An enrolment in the making.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "brouillon")]
pub async fn draft(#[server(default)] id: String) -> Result<DraftView, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            portal
                .portfolio
                .draft(&scope, id, (portal.now)())
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// « Inscrire »: begins an enrolment.
///
/// # Errors
/// What is wrong with the identifier, or the enrolment that is there already.
#[server(prefix = "/api", endpoint = "inscrire")]
pub async fn begin(#[server(flatten)] form: BeginForm) -> Result<Next, Refusal<BeginField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        ports::Begun,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            if let Some(sought) = form.sought() {
                let to = crate::routes::sought(sought.map_err(|problem| {
                    Refusal::Problems(Problems::one(BeginField::Identifier, problem))
                })?);
                return Ok(Next { to });
            }
            let draft = form.check().map_err(Refusal::Problems)?;
            let begun = portal
                .portfolio
                .begin(
                    &editor,
                    &draft.identifier,
                    draft.other_scheme,
                    (portal.now)(),
                )
                .await;
            match begun.map_err(outage)? {
                Begun::Draft(id) => Ok(Next {
                    to: crate::routes::proof(id),
                }),
                Begun::Already {
                    enrolment,
                    scheme,
                    other_open,
                } => Err(Refusal::Problems(Problems::one(
                    BeginField::Identifier,
                    Problem::AlreadyEnrolled {
                        enrolment,
                        scheme,
                        other_open,
                    },
                ))),
            }
        }
        .await,
    )
}

/// Tries a proof of mandate.
///
/// # Errors
/// What is wrong with the form of the secrets, one neutral problem for secrets that do not fit, or a pause.
#[server(prefix = "/api", endpoint = "mandat")]
pub async fn prove(#[server(flatten)] form: ProofForm) -> Result<Next, Refusal<ProofField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        attempts,
        form::Form,
        ports::Proved,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let typed = form.check().map_err(Refusal::Problems)?;
            let id = typed.draft.ok_or(Refusal::NotFound)?;
            let now = (portal.now)();
            let refused = |problem| {
                Err(Refusal::Problems(Problems::one(
                    ProofField::Secrets,
                    problem,
                )))
            };
            match portal
                .portfolio
                .prove(&editor, id, &typed.proof, now)
                .await
                .map_err(outage)?
            {
                None => Err(Refusal::NotFound),
                Some(Proved::Proven(_)) => Ok(Next {
                    to: crate::routes::services(id),
                }),
                Some(Proved::Refused { left }) => refused(Problem::ProofRefused { left }),
                Some(Proved::Paused { until }) => refused(Problem::Paused {
                    minutes: attempts::minutes_until(until, now),
                }),
                Some(Proved::Already { enrolment, scheme }) => refused(Problem::AlreadyEnrolled {
                    enrolment,
                    scheme,
                    other_open: false,
                }),
            }
        }
        .await,
    )
}

/// « Enregistrer » of an enrolment in the making.
///
/// # Errors
/// A service that is not offered, an enrolment that is there already, or a mandate that was not proved.
#[server(prefix = "/api", endpoint = "enregistrer")]
pub async fn enrol(#[server(flatten)] form: ServicesForm) -> Result<Next, Refusal<ServicesField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        ports::Enrolled,
        problem::{Problem, Problems},
        search::Search,
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let typed = form.check().map_err(Refusal::Problems)?;
            let id = typed.draft().ok_or(Refusal::NotFound)?;
            let refused = |problem| {
                Err(Refusal::Problems(Problems::one(
                    ServicesField::Services,
                    problem,
                )))
            };
            match portal
                .portfolio
                .enrol(&editor, id, &typed.services, (portal.now)())
                .await
                .map_err(outage)?
            {
                None => Err(Refusal::NotFound),
                Some(Enrolled::Done(enrolment)) => {
                    let saved = Search {
                        saved: Some(enrolment),
                        ..Search::default()
                    };
                    Ok(Next {
                        to: crate::routes::list(&saved),
                    })
                }
                Some(Enrolled::NotProven) => Ok(Next {
                    to: crate::routes::proof(id),
                }),
                Some(Enrolled::NotOffered) => refused(Problem::NotOffered),
                Some(Enrolled::Ended { by, at }) => refused(Problem::Ended { by, at }),
                Some(Enrolled::Already { enrolment, scheme }) => {
                    refused(Problem::AlreadyEnrolled {
                        enrolment,
                        scheme,
                        other_open: false,
                    })
                }
            }
        }
        .await,
    )
}

/// « Enregistrer » of a client's services.
///
/// # Errors
/// A service that is not offered, a version that is no longer in force, an enrolment that has ended.
#[server(prefix = "/api", endpoint = "modifier")]
pub async fn change(#[server(flatten)] form: ServicesForm) -> Result<Next, Refusal<ServicesField>> {
    use crate::{
        asking::{answer, editor, outage, portal},
        routes::{self, Done, Way},
    };
    use portfolio::{
        form::Form,
        ports::Changed,
        problem::{Problem, Problems},
        search::Search,
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let typed = form.check().map_err(Refusal::Problems)?;
            let id = typed.enrolment().ok_or(Refusal::NotFound)?;
            let refused = |problem| {
                Err(Refusal::Problems(Problems::one(
                    ServicesField::Services,
                    problem,
                )))
            };
            let changed = portal
                .portfolio
                .change(&editor, id, typed.version, &typed.services, (portal.now)())
                .await;
            match changed.map_err(outage)? {
                None => Err(Refusal::NotFound),
                Some(Changed::Done) => Ok(Next {
                    to: match Way::read(&typed.back) {
                        Way::List(back) => routes::list(&Search {
                            saved: Some(id),
                            ..back
                        }),
                        // Choosing services is a look at them.
                        Way::Review(walk) => routes::done(
                            &routes::review(&walk.done_with_one()),
                            Done::Services.code(),
                        ),
                    },
                }),
                Some(Changed::Nothing) => {
                    let back = match Way::read(&typed.back) {
                        Way::List(back) => Way::List(Search {
                            show: Some(id),
                            ..back
                        }),
                        walk @ Way::Review(_) => walk,
                    };
                    Ok(Next {
                        to: routes::done(&back.path(), Done::Nothing.code()),
                    })
                }
                Some(Changed::Stale {
                    version,
                    by,
                    at,
                    added,
                    removed,
                }) => refused(Problem::Stale {
                    version,
                    by,
                    at,
                    added,
                    removed,
                }),
                Some(Changed::Ended { by, at }) => refused(Problem::Ended { by, at }),
                Some(Changed::NotOffered) => refused(Problem::NotOffered),
            }
        }
        .await,
    )
}

/// « Résilier »: ends an enrolment. Ended before, it leads to the same list.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "resilier")]
pub async fn terminate(
    #[server(flatten)] form: TerminateForm,
) -> Result<Next, Refusal<TerminateField>> {
    use crate::{
        asking::{answer, fresh_editor, outage, portal},
        routes::{self, Done, Way},
    };
    use portfolio::{form::Form, ports::Terminated, search::Search};
    let portal = portal();
    answer(
        async {
            let editor = fresh_editor()?;
            let typed = form.check().map_err(|_| Refusal::NotFound)?;
            match portal
                .portfolio
                .terminate(&editor, typed.of, (portal.now)())
                .await
                .map_err(outage)?
            {
                None => Err(Refusal::NotFound),
                // Somebody may have been quicker: the list says who and when.
                Some(Terminated::Done | Terminated::Already { .. }) => Ok(Next {
                    to: match Way::read(&typed.back) {
                        Way::List(back) => routes::list(&Search {
                            ended: Some(typed.of),
                            ..back
                        }),
                        Way::Review(walk) => {
                            routes::done(&routes::review(&walk.done_with_one()), Done::Ended.code())
                        }
                    },
                }),
            }
        }
        .await,
    )
}
