//! What each line of a file of postings comes to, by its number, with what the rules say of it.

use crate::routes;
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    batch::{LineView, Verdict, why},
    country::Country,
    decision::Outcome,
    wording,
};
use portfolio::say;

/// The lines.
#[component]
pub fn Lines(
    /// All of them.
    lines: Vec<LineView>,
) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| view! { <Row line /> })
        .collect_view();
    view! {
        <section class="result" aria-labelledby="resultat-titre">
            <h2 id="resultat-titre">{t("Résultat, ligne par ligne")}</h2>
            <table class="ledger lines">
                <caption class="visually-hidden">{t("Résultat, ligne par ligne")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("Ligne")}</th>
                        <th scope="col">{t("Personne")}</th>
                        <th scope="col">{t("Mission")}</th>
                        <th scope="col">{t("Résultat")}</th>
                        <th scope="col">{t("Ce que disent les règles")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Row(line: LineView) -> impl IntoView {
    let LineView {
        line: number,
        client,
        who,
        country,
        period,
        verdict,
    } = line;
    let (class, mark, label) = match &verdict {
        Verdict::Ready { .. } => ("tag", "○", t("Prête")),
        Verdict::Already(_) => ("tag success", "●", t("Demande existante")),
        Verdict::Twice { .. } => ("tag", "=", t("En double")),
        Verdict::Refused(_) => ("tag danger", "✕", t("Refusée")),
    };
    let days = period.map(|days| {
        say!(
            "{start} au {end}",
            start = days.start.short(),
            end = days.end.short()
        )
    });
    let client = client.map(|(id, name)| {
        view! {
            <a class="muted" href=routes::mobility_client(id)>{name}</a>
        }
    });
    let who = if who.is_empty() {
        "—".to_owned()
    } else {
        who
    };
    view! {
        <tr>
            <th scope="row" data-label=t("Ligne") class="figure">{number}</th>
            <td data-label=t("Personne")>{who} <br /> {client}</td>
            <td data-label=t("Mission")>{country.map(Country::name)} <br /> <span class="muted">{days}</span></td>
            <td data-label=t("Résultat")><span class=class><span aria-hidden="true">{mark}</span> " " {label}</span></td>
            <td data-label=t("Ce que disent les règles")>{said(verdict, country)}</td>
        </tr>
    }
    .into_any()
}

fn said(verdict: Verdict, country: Option<Country>) -> AnyView {
    match verdict {
        Verdict::Refused(reason) => why(&reason).into_any(),
        Verdict::Already(id) => view! {
            <a href=routes::mobility(id)>{t("Voir la demande")}</a>
        }
        .into_any(),
        Verdict::Twice { line } => say!(
            "Même personne, même pays et mêmes dates que la ligne {line}.",
            line
        )
        .into_any(),
        Verdict::Ready {
            certificate,
            outcome,
            missing,
            reasons,
        } => {
            let certificate = certificate.map_or_else(
                || t("Certificat pas encore connu").to_owned(),
                |kind| wording::certificate(kind, country),
            );
            // What is incomplete is told by its steps.
            let outcome = (outcome != Outcome::Incomplete).then(|| wording::outcome(outcome));
            let steps: Vec<_> = missing.iter().map(|step| step.label()).collect();
            let to_add = (!steps.is_empty()).then(|| {
                view! {
                    <p class="muted">{t("À compléter\u{a0}: ")} {steps.join(", ")} "."</p>
                }
            });
            let reasons = reasons
                .iter()
                .map(|reason| view! { <li>{wording::reason(reason)}</li> })
                .collect::<Vec<_>>();
            let reasons = (!reasons.is_empty()).then(|| view! { <ul>{reasons}</ul> });
            view! {
                <strong>{certificate}</strong>
                {outcome.map(|outcome| view! { <p>{outcome}</p> })}
                {to_add}
                {reasons}
            }
            .into_any()
        }
    }
}
