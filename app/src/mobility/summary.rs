//! « Vérifier et envoyer »: every answer, what the rules make of them, and the button that sends.

use super::{
    aside::Made,
    controls::Of,
    keep,
    step::{Crumbs, Progress},
};
use crate::{
    parts::{
        field::FieldMessage,
        form::{FormState, PageForm, Returned, Submit},
        frame::PageTitle,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    decision::Outcome,
    form::{SummaryField, SummaryForm},
    request::{Answers, Request, Step, told},
};
use portfolio::say;

/// The step.
pub fn view(request: Request, returned: Returned<SummaryForm>) -> AnyView {
    let form = FormState::new(returned, SummaryForm::default());
    let (id, version) = (request.id, request.version);
    let decision = request.judged();
    let outcome = decision.outcome();
    let answers = request.answers.clone();
    let open = answers.next_open();
    let whole = open == Step::Summary;
    let label = match outcome {
        Outcome::Granted => t("Envoyer et obtenir le certificat"),
        _ => t("Envoyer pour examen"),
    };
    let nir = request.nir.clone();
    let send = whole.then(|| view! {
        <PageForm form action=routes::mobility_step(id, Step::Summary) send=keep::submit class="step-form">
            <Of form request=id.to_string() version first=SummaryField::Certified />
            <div class="field" class:faulty=move || form.problem(SummaryField::Certified).is_some()>
                <FieldMessage form field=SummaryField::Certified />
                <label class="choice">
                    <input type="checkbox" id="certified" name="certified" value="oui" aria-describedby="certified-message" />
                    <span>{t("Je certifie l’exactitude de ces informations")}</span>
                </label>
            </div>
            <div class="actions"><Submit form label busy=t("Envoi…") /></div>
        </PageForm>
    });
    let missing = (!whole).then(|| view! {
        <Notice kind="warning">
            {t("Il manque des réponses. ")} <a href=routes::mobility_step(id, open)>{say!("Compléter «\u{a0}{open}\u{a0}»", open = open.label())}</a>
        </Notice>
    });
    view! {
        <PageTitle text=t("Vérifier et envoyer") form=form.faulty() />
        <article class="page journey">
            <Crumbs request=request.clone() />
            <h1>{t("Vérifier et envoyer")}</h1>
            <div class="columns">
                <Progress request=request.clone() here=Step::Summary />
                <div class="main">
                    {missing}
                    <Told answers=answers.clone() nir edit=Some(id) />
                    {send}
                </div>
                <aside class="live" aria-labelledby="decision-titre">
                    <h2 id="decision-titre">{t("Ce que donne la demande")}</h2>
                    <Made decision answers />
                </aside>
            </div>
        </article>
    }
    .into_any()
}

/// The answers, to be read; with the way to change each step where it is still a draft.
#[component]
pub fn Told(
    /// The answers.
    answers: Answers,
    /// The NIR, masked.
    nir: Option<String>,
    /// Which draft, where they may be changed.
    edit: Option<portfolio::ids::MobilityId>,
) -> impl IntoView {
    let parts = told(&answers)
        .into_iter()
        .map(|(step, mut lines)| {
            if let (Step::Worker, Some(nir)) = (step, &nir) {
                lines.insert(
                    2.min(lines.len()),
                    (t("Numéro de sécurité sociale"), nir.clone()),
                );
            }
            let empty = lines.is_empty();
            let id = format!("reponses-{}", step.code());
            let change = edit.map(|edit| view! {
                <a href=routes::mobility_step(edit, step)>
                    {t("Modifier")} <span class="visually-hidden">{format!(" {}", step.label())}</span>
                </a>
            });
            let lines = lines
                .into_iter()
                .map(|(asked, answer)| view! { <div><dt>{asked}</dt><dd>{answer}</dd></div> })
                .collect_view();
            view! {
                <section class="told" aria-labelledby=id.clone()>
                    <header class="head"><h2 id=id.clone()>{step.label()}</h2> {change}</header>
                    {if empty {
                        view! { <p class="muted">{t("Rien pour le moment.")}</p> }.into_any()
                    } else {
                        view! { <dl class="facts">{lines}</dl> }.into_any()
                    }}
                </section>
            }
        })
        .collect_view();
    view! { <div class="answers">{parts}</div> }.into_any()
}
