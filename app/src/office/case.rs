//! One request as an officer examines it: the decision on it first, then the rules' reasons, the answers, the person's other requests
//! and the history.

use super::{calls, decide::Decide, queue::kind, reasons::Reasons};
use crate::{
    mobility::rows::RequestTag,
    parts::{
        form::{Returned, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    language::t,
    mobility::{
        form::{RulingForm, rulings},
        request::{Event, Request, told},
        wording,
    },
    ports::Case,
    say,
};

/// The page.
#[component]
pub fn CasePage() -> impl IntoView {
    let params = use_params_map();
    let search = use_location().search;
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // A decision comes back to the page, which then shows what it made.
    let done = Memo::new(move |_| routes::part(&search.get(), routes::param::DONE));
    let case = Resource::new_blocking(
        move || (id.get(), done.get()),
        |(id, _)| calls::examined(id),
    );
    let returned = use_returned::<RulingForm>();
    view! {
        <PageTitle text=t("Demande") />
        <Transition>
            {move || {
                let (returned, done) = (returned.clone(), done.get());
                Suspend::new(async move {
                    let outcome = case.await;
                    loaded(outcome, move |case| view! { <Shown case returned done /> })
                })
            }}
        </Transition>
    }
}

/// What is said of a decision that was just made.
fn said(act: &str) -> Option<&'static str> {
    match act {
        rulings::GRANT => Some(t("C’est accordé\u{a0}: le cabinet a le certificat.")),
        rulings::REFUSE => Some(t("C’est refusé\u{a0}: le cabinet lit votre motif.")),
        rulings::ASK => Some(t("Votre question est envoyée au cabinet.")),
        act if act == routes::Done::Shown.code() => Some(t(
            "Le numéro est affiché pour quelques minutes. Le journal du cabinet le dit.",
        )),
        _ => None,
    }
}

#[component]
fn Shown(case: Case, returned: Returned<RulingForm>, done: Option<String>) -> impl IntoView {
    let Case {
        request,
        firm,
        others,
        shown,
        ..
    } = case;
    let said = done.as_deref().and_then(said);
    let decides = request.state.awaits_decision();
    let countries = request.answers.countries();
    let country = countries.first().copied().filter(|_| countries.len() == 1);
    let decision = request.judged();
    let names = countries.iter().map(|country| country.name());
    let names = names.collect::<Vec<_>>().join(", ");
    let who = request.answers.who();
    let what = format!("{}, {names}", kind(request.answers.journey));
    let answers = told(&request.answers)
        .into_iter()
        .map(|(step, lines)| {
            let id = format!("reponses-{}", step.code());
            let lines = lines
                .into_iter()
                .map(|(asked, answer)| view! { <div><dt>{asked}</dt><dd>{answer}</dd></div> })
                .collect_view();
            view! {
                <section aria-labelledby=id.clone()>
                    <h3 id=id.clone()>{step.label()}</h3>
                    <dl class="facts">{lines}</dl>
                </section>
            }
        })
        .collect_view();
    let others = others
        .into_iter()
        .map(|(id, state, earlier)| {
            let names = earlier.countries.iter().map(|country| country.name());
            let names = names.collect::<Vec<_>>().join(", ");
            let days = earlier.period;
            view! {
                <li>
                    <a href=routes::case(id)>{say!(
                        "{countries}, du {start} au {end}",
                        countries = names,
                        start = days.start.long(),
                        end = days.end.long()
                    )}</a>
                    " " <RequestTag state />
                </li>
            }
        })
        .collect::<Vec<_>>();
    let alone = others.is_empty();
    view! {
        <article class="page office case">
            <p class="crumbs"><a href=routes::OFFICE>{t("Demandes à décider")}</a></p>
            {said.map(|said| view! { <Notice kind="success">{said}</Notice> })}
            <h1>{who}</h1>
            <p class="lead">{what} " " <RequestTag state=request.state /></p>
            <Summary request=request.clone() firm=firm.1 shown />
            {decides.then(|| view! { <Decide request=request.clone() returned /> })}
            <section aria-labelledby="regles">
                <h2 id="regles">{t("Ce que disent les règles")}</h2>
                <Reasons decision country />
            </section>
            <section aria-labelledby="reponses">
                <h2 id="reponses">{t("Ce que le cabinet a répondu")}</h2>
                {answers}
            </section>
            <section aria-labelledby="autres">
                <h2 id="autres">{t("Autres demandes de cette personne")}</h2>
                {if alone {
                    view! { <p class="muted">{t("Aucune n’est en cours, quel que soit le cabinet.")}</p> }.into_any()
                } else {
                    view! { <ul>{others}</ul> }.into_any()
                }}
            </section>
            <History events=request.history />
        </article>
    }
}

#[component]
fn Summary(request: Request, firm: String, shown: Option<String>) -> impl IntoView {
    let ask = shown.is_none().then(|| {
        view! {
            <a href=routes::case_number(request.id)>{t("Afficher le numéro")}</a>
        }
    });
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
    };
    let countries = request.answers.countries();
    let country = countries.first().copied();
    let asked = request.answers.period().map(|period| {
        say!(
            "du {start} au {end}",
            start = period.start.long(),
            end = period.end.long()
        )
    });
    let certificate = request.certificate.as_ref().map(|certified| {
        say!(
            "{certificate} nº\u{a0}{number}, du {start} au {end}",
            certificate = wording::certificate(certified.kind, country),
            number = certified.number,
            start = certified.period.start.long(),
            end = certified.period.end.long()
        )
    });
    view! {
        <dl class="facts">
            {fact(t("Employeur"), Some(request.client.name))}
            {fact(t("Cabinet"), Some(firm))}
            <div>
                <dt>{t("Numéro de sécurité sociale")}</dt>
                <dd><span class="identifier">{shown.or(request.nir)}</span> " " {ask}</dd>
            </div>
            {fact(t("Période demandée"), asked)}
            {fact(t("Envoyée"), request.submitted_at.map(portfolio::time::Timestamp::short_moment))}
            {fact(t("Certificat"), certificate)}
            {fact(t("Dernier jour à l’étranger"), request.last_day.map(portfolio::mobility::day::Day::long))}
        </dl>
    }
}

#[component]
fn History(events: Vec<Event>) -> impl IntoView {
    let events = events
        .into_iter()
        .map(|event| {
            let by = event.by.unwrap_or_else(|| t("L’organisme").to_owned());
            let words = event.what.words().to_owned();
            view! {
                <li>
                    <time datetime=event.at.iso_date()>{event.at.short_moment()}</time>
                    <span class="by">{by}</span>
                    <span>
                        {event.what.told()}
                        {(!words.is_empty()).then(|| view! { <q class="words">{words}</q> })}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="historique">
            <h2 id="historique">{t("Historique")}</h2>
            <ol class="history" role="list">{events}</ol>
        </section>
    }
}
