//! Requests as rows of a table, and the state of one.

use crate::routes;
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{day::Day, life::State, request::RequestRow, wording};

/// Where a request stands, in words and shape.
#[component]
pub fn RequestTag(
    /// The state.
    state: State,
) -> impl IntoView {
    let (class, mark) = match state {
        State::Draft => ("tag", "○"),
        State::Examination => ("tag warning", "◐"),
        State::Asked => ("tag warning", "!"),
        State::Granted => ("tag success", "●"),
        State::Refused => ("tag danger", "✕"),
        State::Withdrawn | State::EndedEarly => ("tag", "■"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}

/// « Allemagne, Espagne ».
pub fn places(row: &RequestRow) -> String {
    let names: Vec<_> = row.countries.iter().map(|country| country.name()).collect();
    if names.is_empty() {
        t("Pas encore choisi").to_owned()
    } else {
        names.join(", ")
    }
}

/// A table of requests.
#[component]
pub fn Requests(
    /// The rows.
    rows: Vec<RequestRow>,
    /// What it lists, for those who hear it.
    caption: &'static str,
    /// Whether each row names its client.
    #[prop(optional)]
    with_client: bool,
) -> impl IntoView {
    let lines = rows
        .into_iter()
        .map(|row| {
            let who = if row.who.is_empty() {
                t("Personne à nommer").to_owned()
            } else {
                row.who.clone()
            };
            let day = |day: Option<Day>| {
                day.map(|day| view! { <time datetime=day.iso()>{day.short()}</time> })
            };
            let client = with_client.then(|| view! {
                <td data-label=t("Client")><a href=routes::mobility_client(row.client.id)>{row.client.name.clone()}</a></td>
            });
            let kind = row.certificate.map_or_else(
                || wording::journey(row.journey).to_owned(),
                |kind| wording::certificate(kind, row.countries.first().copied()),
            );
            view! {
                <tr>
                    <th scope="row" data-label=t("Personne")><a href=routes::mobility(row.id)>{who}</a></th>
                    {client}
                    <td data-label=t("Pays")>{places(&row)}</td>
                    <td data-label=t("Du") class="date">{day(row.period.map(|days| days.start))}</td>
                    <td data-label=t("Au") class="date">{day(row.period.map(|days| days.end))}</td>
                    <td data-label=t("Demande")>{kind}</td>
                    <td data-label=t("État")><RequestTag state=row.state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger requests">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Personne")}</th>
                    {with_client.then(|| view! { <th scope="col">{t("Client")}</th> })}
                    <th scope="col">{t("Pays")}</th>
                    <th scope="col">{t("Du")}</th>
                    <th scope="col">{t("Au")}</th>
                    <th scope="col">{t("Demande")}</th>
                    <th scope="col">{t("État")}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}
