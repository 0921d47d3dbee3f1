//! The server functions of the selection, of changes of many clients and of models.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    bulk::{Job, JobRow, State},
    client::{Colleague, Label},
    form::{
        BulkField, BulkForm, JobField, JobForm, ModelField, ModelForm, SelectionField,
        SelectionForm,
    },
    model::Model,
    selection::Selection,
};
use serde::{Deserialize, Serialize};

/// What can be done to a selection, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// How many clients are selected.
    pub selection: Selection,
    /// The firm's labels.
    pub labels: Vec<Label>,
    /// The members who can be in charge.
    pub members: Vec<Colleague>,
    /// The firm's models.
    pub models: Vec<Model>,
}

/// What is selected, and which of the clients of these ids (between commas) are.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "selection")]
pub async fn ticked(#[server(default)] among: String) -> Result<Selection, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::selection::MOST_TICKS;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let among = among
                .split(',')
                .filter_map(|id| id.parse().ok())
                .take(MOST_TICKS)
                .collect();
            portal
                .selecting
                .selection(&scope, &among)
                .await
                .map_err(outage)
        }
        .await,
    )
}

/// Ticks of a page that is awake: answers what is selected now, and which of the page's clients are.
///
/// # Errors
/// Ticks of what no page shows.
#[server(prefix = "/api", endpoint = "selection/cocher")]
pub async fn tick(
    #[server(flatten)] form: SelectionForm,
) -> Result<Selection, Refusal<SelectionField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::{form::Form, selection::Pick};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let shown = draft
                .picks
                .iter()
                .flat_map(|pick| match pick {
                    Pick::Ticks { on, off } => on.union(off).copied().collect(),
                    _ => Vec::new(),
                })
                .collect();
            let now = (portal.now)();
            portal
                .selecting
                .pick(&scope, &draft.picks, now)
                .await
                .map_err(outage)?;
            portal
                .selecting
                .selection(&scope, &shown)
                .await
                .map_err(outage)
        }
        .await,
    )
}

/// A button of the bar: takes the page's ticks over, does what it says, and goes on.
///
/// # Errors
/// Ticks of what no page shows.
#[server(prefix = "/api", endpoint = "selection/choisir")]
pub async fn select(
    #[server(flatten)] form: SelectionForm,
) -> Result<Next, Refusal<SelectionField>> {
    use crate::{
        asking::{answer, outage, portal, scope},
        routes,
    };
    use portfolio::form::{Form, Onwards};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            portal
                .selecting
                .pick(&scope, &draft.picks, (portal.now)())
                .await
                .map_err(outage)?;
            let to = match draft.onwards {
                Onwards::List => routes::list(&draft.list),
                Onwards::Change => routes::selection(&draft.list.query()),
                Onwards::Export => routes::export_page(&draft.list.query()),
            };
            Ok(Next { to })
        }
        .await,
    )
}

/// What can be done to the selection.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "selection/offre")]
pub async fn choices() -> Result<Offer, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use std::collections::BTreeSet;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let none = BTreeSet::new();
            let selection = portal.selecting.selection(&scope, &none).await;
            let choices = portal.own.choices(&scope).await.map_err(outage)?;
            Ok(Offer {
                selection: selection.map_err(outage)?,
                labels: choices.labels.into_iter().map(|(label, _)| label).collect(),
                members: choices.members,
                models: portal.models.models(&scope).await.map_err(outage)?,
            })
        }
        .await,
    )
}

/// What an export of a list and of the selection would hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Clients that are selected.
    pub selected: u64,
    /// Clients of the list.
    pub listed: u64,
}

/// How many clients an export would hold.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "export/compte")]
pub async fn weigh(#[server(default)] list: String) -> Result<Weighed, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use std::collections::BTreeSet;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let search = crate::routes::back_of(&list).first_page();
            let now = (portal.now)();
            let listed = portal.finding.count(&scope, &search, now).await;
            let none = BTreeSet::new();
            let selection = portal.selecting.selection(&scope, &none).await;
            Ok(Weighed {
                selected: selection.map_err(outage)?.count,
                listed: listed.map_err(outage)?,
            })
        }
        .await,
    )
}

/// « Voir ce qui changera »: prepares a change of the selection.
///
/// # Errors
/// Nothing chosen, nobody selected, too many clients, a label or a member that is no longer there.
#[server(prefix = "/api", endpoint = "lot/preparer")]
pub async fn prepare(#[server(flatten)] form: BulkForm) -> Result<Next, Refusal<BulkField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        bulk::{Change, MOST_CLIENTS},
        form::Form,
        ports::Prepared,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
            let prepared = portal
                .bulk
                .prepare(&editor, &draft.change, (portal.now)())
                .await;
            match prepared.map_err(outage)? {
                Prepared::Ready(id) => Ok(Next {
                    to: crate::routes::job(id),
                }),
                Prepared::Nobody => refused(BulkField::Act, Problem::Nobody),
                Prepared::TooMany => {
                    let most = u32::try_from(MOST_CLIENTS).unwrap_or(u32::MAX);
                    refused(BulkField::Act, Problem::TooManySelected { most })
                }
                Prepared::Gone => match draft.change {
                    Change::InCharge(_) => refused(BulkField::InCharge, Problem::Gone),
                    _ => refused(BulkField::Label, Problem::Gone),
                },
            }
        }
        .await,
    )
}

/// The firm's changes of many clients.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "lots")]
pub async fn jobs() -> Result<Vec<JobRow>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(async { portal.bulk.jobs(&scope()?).await.map_err(outage) }.await)
}

/// One change, with the lines of a part that come after a number.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "lot")]
pub async fn one_job(
    #[server(default)] id: String,
    #[server(default)] part: String,
    #[server(default)] after: u64,
) -> Result<Job, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::bulk::{Part, Shown};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            portal
                .bulk
                .job(
                    &scope,
                    id,
                    Shown::page(Part::from_code(&part), after),
                    (portal.now)(),
                )
                .await
                .map_err(outage)?
                .ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// How far a change is: what a page that is open asks by itself. It keeps no session alive ([`crate::routes::is_watch`]).
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "lot/avancement")]
pub async fn job_progress(#[server(default)] id: String) -> Result<(State, u64), Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::bulk::{Part, Shown};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            // Beyond every line: the counts alone are wanted.
            let none = Shown::page(Part::All, u64::MAX);
            let job = portal.bulk.job(&scope, id, none, (portal.now)()).await;
            let job = job.map_err(outage)?.ok_or(Refusal::NotFound)?;
            Ok((job.state, job.done))
        }
        .await,
    )
}

/// Confirms a change, forgets it, stops it or takes it back.
///
/// # Errors
/// Somebody else's, or too late.
#[server(prefix = "/api", endpoint = "lot/agir")]
pub async fn act_on_job(#[server(flatten)] form: JobForm) -> Result<Next, Refusal<JobField>> {
    use crate::{
        asking::{answer, editor, fresh_editor, outage, portal},
        routes,
    };
    use portfolio::{
        form::{Form, JobAct},
        ports::{Confirmed, Undone},
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let id = draft.of.ok_or(Refusal::NotFound)?;
            let now = (portal.now)();
            let refused = |problem| Err(Refusal::Problems(Problems::one(JobField::Act, problem)));
            let here = Next {
                to: routes::job(id),
            };
            match draft.act {
                JobAct::Confirm => {
                    let fresh = fresh_editor::<JobField>().ok();
                    let confirmed = portal.bulk.confirm(&editor, fresh.as_ref(), id, now).await;
                    match confirmed.map_err(outage)?.ok_or(Refusal::NotFound)? {
                        Confirmed::Done => Ok(here),
                        Confirmed::Unconfirmed => Err(Refusal::Unconfirmed),
                        Confirmed::NotTheirs => refused(Problem::NotYours),
                    }
                }
                JobAct::Drop => {
                    let gone = portal.bulk.abandon(&editor, id).await.map_err(outage)?;
                    gone.ok_or(Refusal::NotFound)?;
                    Ok(Next {
                        to: routes::selection(""),
                    })
                }
                JobAct::Stop => {
                    let stopped = portal.bulk.stop(&editor, id, now).await.map_err(outage)?;
                    stopped.ok_or(Refusal::NotFound)?;
                    Ok(here)
                }
                JobAct::Undo => {
                    let undone = portal.bulk.undo(&editor, id, now).await.map_err(outage)?;
                    match undone.ok_or(Refusal::NotFound)? {
                        Undone::By(undo) => Ok(Next {
                            to: routes::job(undo),
                        }),
                        Undone::TooLate => refused(Problem::TooLate),
                    }
                }
            }
        }
        .await,
    )
}

/// The firm's models of services.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "modeles")]
pub async fn models() -> Result<Vec<Model>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(async { portal.models.models(&scope()?).await.map_err(outage) }.await)
}

/// Makes, changes or deletes a model.
///
/// # Errors
/// A name that is taken, as many as there may be, a version that is no longer in force.
#[server(prefix = "/api", endpoint = "modele")]
pub async fn act_on_model(#[server(flatten)] form: ModelForm) -> Result<Next, Refusal<ModelField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        model::MOST_MODELS,
        ports::ModelKept,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let refused = |field, problem| Err(Refusal::Problems(Problems::one(field, problem)));
            let kept = portal
                .models
                .act_on_model(&editor, &draft, (portal.now)())
                .await;
            match kept.map_err(outage)?.ok_or(Refusal::NotFound)? {
                ModelKept::Done(_) => Ok(Next {
                    to: crate::routes::MODELS.to_owned(),
                }),
                ModelKept::NameTaken => refused(ModelField::Name, Problem::NameTaken),
                ModelKept::TooMany => {
                    refused(ModelField::Act, Problem::TooMany { most: MOST_MODELS })
                }
                ModelKept::Stale { version } => {
                    refused(ModelField::Services, Problem::OwnStale { version })
                }
            }
        }
        .await,
    )
}
