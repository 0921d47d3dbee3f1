//! What the rules make of the answers so far: certificate, what it rests on, how long it may last, what stands in its way. Server and
//! browser ask the same engine, so that it follows what is typed.

use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    day::Day,
    decision::{Decision, Outcome},
    request::Answers,
    rule::{Effect, Reason},
    situation::Earlier,
    wording,
};

/// What a summary is made of.
#[derive(Clone, PartialEq)]
pub struct Known {
    /// The person's other requests.
    pub earlier: Vec<Earlier>,
    /// The day that the server was asked on.
    pub today: Day,
}

/// The summary beside a step.
#[component]
pub fn Live(
    /// The answers, what is being typed among them.
    #[prop(into)]
    answers: Signal<Answers>,
    /// What else the rules look at.
    known: Known,
) -> impl IntoView {
    let decision =
        Memo::new(move |_| answers.with(|answers| answers.decide(&known.earlier, known.today)));
    view! {
        <aside class="live" aria-labelledby="apercu-titre">
            <h2 id="apercu-titre">{t("Ce que donne la demande")}</h2>
            {move || {
                let country = answers.with(|answers| answers.countries().first().copied());
                decision.with(|decision| drawn(decision, country.filter(|_| decision.certificate.is_some())))
            }}
        </aside>
    }
    .into_any()
}

/// The same of a decision that was made.
#[component]
pub fn Made(
    /// The decision.
    decision: Decision,
    /// The answers that it was made of.
    answers: Answers,
) -> impl IntoView {
    let country = answers.countries().first().copied();
    drawn(&decision, country)
}

fn drawn(decision: &Decision, country: Option<portfolio::mobility::country::Country>) -> AnyView {
    let outcome = decision.outcome();
    let class = match outcome {
        Outcome::Granted => "outcome success",
        Outcome::Examination => "outcome warning",
        Outcome::Incomplete => "outcome",
        Outcome::Impossible => "outcome danger",
    };
    let mark = match outcome {
        Outcome::Granted => "●",
        Outcome::Examination => "◐",
        Outcome::Incomplete => "○",
        Outcome::Impossible => "✕",
    };
    let certificate = decision.certificate.map_or_else(
        || t("Pas encore connu").to_owned(),
        |kind| wording::certificate(kind, country),
    );
    let latest = decision
        .latest_end
        .map(|day| view! { <div><dt>{t("Au plus tard jusqu’au")}</dt><dd>{day.long()}</dd></div> });
    view! {
        <p class=class role="status"><span aria-hidden="true">{mark} " "</span>{wording::outcome(outcome)}</p>
        <dl class="facts">
            <div><dt>{t("Certificat")}</dt><dd>{certificate}</dd></div>
            {latest}
        </dl>
        {part(t("Ce qui s’y oppose"), Effect::Refusal, decision)}
        {part(t("Ce qui sera examiné"), Effect::Doubt, decision)}
        {part(t("Ce sur quoi il repose"), Effect::Ground, decision)}
        {part(t("À savoir"), Effect::Warning, decision)}
    }
    .into_any()
}

fn part(title: &'static str, effect: Effect, decision: &Decision) -> Option<AnyView> {
    let reasons: Vec<Reason> = decision.with(effect).cloned().collect();
    (!reasons.is_empty()).then(|| {
        let lines = reasons
            .into_iter()
            .map(|reason| {
                view! {
                    <li>
                        {wording::reason(&reason)}
                        <span class="source">{t(reason.rule.facts().source)}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h3>{title}</h3>
            <ul class="reasons">{lines}</ul>
        }
        .into_any()
    })
}
