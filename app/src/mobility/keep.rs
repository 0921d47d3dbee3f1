//! The steps of a request, kept: each is judged as a form, then with all the other answers by the rules, whose refusals stand at the
//! field that puts them right.

use crate::refusal::{Next, Refusal};
use leptos::prelude::*;
use portfolio::mobility::form::{
    AgreementField, AgreementForm, BusinessField, BusinessForm, ConditionsField, ConditionsForm,
    ContactField, ContactForm, DependantField, DependantForm, MissionField, MissionForm,
    SeveralField, SeveralForm, SummaryField, SummaryForm, WorkerField, WorkerForm,
};

#[cfg(feature = "ssr")]
mod kept {
    use crate::{
        asking::{Code, editor, outage, portal},
        refusal::{Next, Refusal},
        routes,
    };
    use portfolio::{
        mobility::{
            day::Day,
            form::refused,
            request::{Step, StepForm, fill},
            rule::Rule,
        },
        ports::Stepped,
        problem::{Problem, Problems},
    };

    /// Keeps one step. `field` names the field that a rule is about; `also` judges what only today tells.
    pub async fn step<F: StepForm>(
        form: F,
        field: fn(Rule) -> Option<F::Field>,
        also: impl FnOnce(&F::Draft, Day) -> Result<(), Problems<F::Field>> + Send,
    ) -> Result<Next, Refusal<F::Field>>
    where
        F::Field: Code,
        F::Draft: Send,
    {
        let portal = portal();
        let editor = editor()?;
        let (filled, draft) = fill(&form).map_err(Refusal::Problems)?;
        let id = filled.of().request.ok_or(Refusal::NotFound)?;
        let now = (portal.now)();
        also(&draft, Day::of(now)).map_err(Refusal::Problems)?;
        drop(draft);
        let request = portal.mobility.request(&editor, id, now).await;
        let request = request.map_err(outage)?.ok_or(Refusal::NotFound)?;
        let mut answers = request.answers;
        answers.put(filled.part().clone());
        let decision = answers.decide(&request.earlier, request.today);
        if let Some(problems) = refused(&decision, field) {
            return Err(Refusal::Problems(problems));
        }
        let kept = portal.mobility.keep_step(&editor, &filled, now).await;
        let told = |problem| Err(Refusal::Problems(Problems::one(F::FIRST, problem)));
        match kept.map_err(outage)?.ok_or(Refusal::NotFound)? {
            Stepped::Stale { version } => told(Problem::OwnStale { version }),
            Stepped::TooMany => told(Problem::TooMany { most: 8 }),
            Stepped::NoNir => told(Problem::Missing),
            // It was sent meanwhile: its page says what became of it.
            Stepped::NotNow(_) => Ok(Next {
                to: routes::mobility(id),
            }),
            Stepped::Done | Stepped::NotCovered(_) => {
                // One more dependant may follow.
                let to = if F::STEP == Step::Dependants {
                    routes::mobility_dependants(id, filled.of().version + 1)
                } else {
                    routes::mobility_step(id, answers.after(F::STEP))
                };
                Ok(Next { to })
            }
        }
    }
}

/// Keeps who goes.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/personne")]
pub async fn worker(#[server(flatten)] form: WorkerForm) -> Result<Next, Refusal<WorkerField>> {
    use portfolio::mobility::form::WorkerDraft;
    crate::asking::answer(kept::step(form, |_| None, WorkerDraft::born_by).await)
}

/// Keeps who sends.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/entreprise")]
pub async fn business(
    #[server(flatten)] form: BusinessForm,
) -> Result<Next, Refusal<BusinessField>> {
    crate::asking::answer(kept::step(form, |_| None, |_, _| Ok(())).await)
}

/// Keeps where to and when.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/mission")]
pub async fn mission(#[server(flatten)] form: MissionForm) -> Result<Next, Refusal<MissionField>> {
    crate::asking::answer(kept::step(form, MissionField::of_rule, |_, _| Ok(())).await)
}

/// Keeps the conditions.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/conditions")]
pub async fn conditions(
    #[server(flatten)] form: ConditionsForm,
) -> Result<Next, Refusal<ConditionsField>> {
    crate::asking::answer(kept::step(form, ConditionsField::of_rule, |_, _| Ok(())).await)
}

/// Keeps in which States.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/activites")]
pub async fn several(#[server(flatten)] form: SeveralForm) -> Result<Next, Refusal<SeveralField>> {
    crate::asking::answer(kept::step(form, SeveralField::of_rule, |_, _| Ok(())).await)
}

/// Keeps what the agreement's form asks.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/accord")]
pub async fn agreement(
    #[server(flatten)] form: AgreementForm,
) -> Result<Next, Refusal<AgreementField>> {
    crate::asking::answer(kept::step(form, |_| None, |_, _| Ok(())).await)
}

/// Adds a dependant.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/ayant-droit")]
pub async fn dependant(
    #[server(flatten)] form: DependantForm,
) -> Result<Next, Refusal<DependantField>> {
    use portfolio::{
        mobility::{day::Day, form::DependantDraft},
        problem::{Problem, Problems},
    };
    let born = |draft: &DependantDraft, today: Day| {
        if draft.birth_date <= today {
            return Ok(());
        }
        Err(Problems::one(DependantField::BirthDate, Problem::InFuture))
    };
    crate::asking::answer(kept::step(form, |_| None, born).await)
}

/// Keeps whom to ask.
///
/// # Errors
/// What is wrong with the step.
#[server(prefix = "/api", endpoint = "mobilite/etape/contact")]
pub async fn contact(#[server(flatten)] form: ContactForm) -> Result<Next, Refusal<ContactField>> {
    crate::asking::answer(kept::step(form, |_| None, |_, _| Ok(())).await)
}

/// Sends a request.
///
/// # Errors
/// What the rules refuse, what is missing, a request that somebody changed meanwhile.
#[server(prefix = "/api", endpoint = "mobilite/envoyer")]
pub async fn submit(#[server(flatten)] form: SummaryForm) -> Result<Next, Refusal<SummaryField>> {
    use crate::asking::{answer, editor, outage, portal};
    use portfolio::{
        form::Form,
        mobility::rule::Effect,
        ports::Submitted,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let id = draft.of.request.ok_or(Refusal::NotFound)?;
            let sent = portal.mobility.submit(&editor, draft.of, (portal.now)());
            let refused = |problem| {
                let field = SummaryField::Certified;
                Err(Refusal::Problems(Problems::one(field, problem)))
            };
            match sent.await.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Submitted::Done(_) | Submitted::NotNow(_) => Ok(Next {
                    to: crate::routes::mobility(id),
                }),
                Submitted::Stale { version } => refused(Problem::OwnStale { version }),
                Submitted::NotWhole => refused(Problem::NotWhole),
                Submitted::NoService => refused(Problem::NoMobility),
                Submitted::Impossible(decision) => {
                    let reason = decision.with(Effect::Refusal).next().cloned();
                    refused(reason.map_or(Problem::NotWhole, Problem::Mobility))
                }
            }
        }
        .await,
    )
}
