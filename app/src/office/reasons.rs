//! What the rules made of a request when it was sent: each reason in words, with the rule's name and where it comes from.

use leptos::prelude::*;
use portfolio::{
    catalogue::Confidence,
    language::{n, t},
    mobility::{
        country::Country,
        decision::{Decision, Outcome},
        rule::{Effect, Reason},
        wording,
    },
    say,
};

/// The parts, the gravest first.
const PARTS: [(Effect, &str); 4] = [
    (Effect::Refusal, n("Ce qui s’y oppose")),
    (Effect::Doubt, n("Ce qui est à examiner")),
    (Effect::Ground, n("Ce sur quoi la demande repose")),
    (Effect::Warning, n("Ce qui a été signalé")),
];

/// Outcome, certificate and reasons.
#[component]
pub fn Reasons(
    /// What the rules answered.
    decision: Decision,
    /// Where to, when it is one country.
    country: Option<Country>,
) -> impl IntoView {
    let outcome = decision.outcome();
    let class = match outcome {
        Outcome::Granted => "tag success",
        Outcome::Examination => "tag warning",
        Outcome::Incomplete => "tag",
        Outcome::Impossible => "tag danger",
    };
    let certificate = decision.certificate.map_or_else(
        || t("À déterminer").to_owned(),
        |kind| wording::certificate(kind, country),
    );
    let latest = decision
        .latest_end
        .map(|day| view! { <div><dt>{t("Sans examen de la durée")}</dt><dd>{say!("jusqu’au {long}", long = day.long())}</dd></div> });
    let parts = PARTS
        .into_iter()
        .filter_map(|(effect, title)| {
            let lines = decision.with(effect).map(line).collect::<Vec<_>>();
            (!lines.is_empty()).then(|| {
                view! {
                    <h3>{t(title)}</h3>
                    <ul class="reasons">{lines}</ul>
                }
            })
        })
        .collect_view();
    view! {
        <p><span class=class>{wording::outcome(outcome)}</span></p>
        <dl class="facts">
            <div><dt>{t("Certificat")}</dt><dd>{certificate}</dd></div>
            {latest}
        </dl>
        {parts}
    }
}

fn line(reason: &Reason) -> AnyView {
    let facts = reason.rule.facts();
    let sure = match facts.confidence {
        Confidence::Confirmed => t("source lue"),
        Confidence::Likely => t("probable"),
    };
    view! {
        <li>
            <p>{wording::reason(reason)}</p>
            <p class="source"><code>{facts.code}</code> {format!(" – {} ({sure})", t(facts.source))}</p>
        </li>
    }
    .into_any()
}
