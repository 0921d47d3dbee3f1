//! Where people are today, as a chart of bars in a table, so that both say the same by nature.

use crate::{parts::chart::Bar, routes};
use leptos::prelude::*;
use portfolio::{
    french,
    language::t,
    mobility::{day::Day, life::State, request::Place, search::MobilitySearch},
};

/// The chart.
#[component]
pub fn Abroad(
    /// Where, and how many.
    places: Vec<Place>,
    /// The day.
    today: Day,
) -> impl IntoView {
    let most = places
        .iter()
        .map(|place| place.people)
        .max()
        .unwrap_or_default();
    let people = places.iter().map(|place| place.people).sum::<u64>();
    let countries = places.len() as u64;
    let rows = places
        .into_iter()
        .map(|place| {
            let search = MobilitySearch {
                country: Some(place.country),
                state: Some(State::Granted),
                since: Some(today),
                until: Some(today),
                ..MobilitySearch::default()
            };
            view! {
                <tr>
                    <th scope="row"><a href=routes::mobility_list(&search)>{place.country.name()}</a></th>
                    <td class="drawn"><Bar part=place.people whole=most /></td>
                    <td class="count">{french::number(place.people)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="abroad" aria-labelledby="etranger-titre">
            <h2 id="etranger-titre">{t("À l’étranger aujourd’hui")}</h2>
            {if people == 0 {
                view! { <p class="muted">{t("Personne n’est à l’étranger aujourd’hui avec un certificat.")}</p> }.into_any()
            } else {
                view! {
                    <p class="muted">
                        {french::count(people, "personne", "personnes")} ", " {french::count(countries, "pays (un)", "pays")}
                    </p>
                    <table class="bars">
                        <caption class="visually-hidden">{t("Personnes à l’étranger aujourd’hui, par pays")}</caption>
                        <thead class="visually-hidden">
                            <tr><th scope="col">{t("Pays")}</th><td></td><th scope="col">{t("Personnes")}</th></tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                .into_any()
            }}
        </section>
    }
    .into_any()
}
