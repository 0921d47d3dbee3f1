//! How the portfolio is made up: tables whose rows are drawn as bars too, so that both say the same by nature.

use crate::{parts::chart::Bar, routes};
use leptos::prelude::*;
use portfolio::{
    dashboard::{Breakdown, FIRST_PARTS, Part, Side, percent},
    french,
    language::t,
    say,
};

/// All sides of it.
#[component]
pub fn Breakdowns(
    /// The sides.
    makeup: Vec<Breakdown>,
    /// How many clients there are in all.
    managed: u64,
) -> impl IntoView {
    let sides = makeup
        .into_iter()
        .filter(|side| !side.parts.is_empty())
        .map(|breakdown| view! { <OneSide breakdown managed /> })
        .collect_view();
    view! {
        <section aria-labelledby="composition">
            <h2 id="composition">{t("Composition du portefeuille")}</h2>
            <div class="breakdowns">{sides}</div>
        </section>
    }
}

#[component]
fn OneSide(breakdown: Breakdown, managed: u64) -> impl IntoView {
    let Breakdown { side, mut parts } = breakdown;
    let most = parts.first().map_or(0, |(_, clients)| *clients);
    let others = if parts.len() > FIRST_PARTS {
        parts.split_off(FIRST_PARTS)
    } else {
        Vec::new()
    };
    let more = (!others.is_empty()).then(|| {
        let count = u64::try_from(others.len()).unwrap_or_default();
        view! {
            <details>
                <summary>{french::count(count, "autre", "autres")}</summary>
                <Parts side parts=others most managed caption=say!("{side}, suite", side = side.label()) />
            </details>
        }
    });
    let note = side
        .overlaps()
        .then(|| view! { <p class="muted note">{t("Un client peut compter plusieurs fois.")}</p> });
    view! {
        <div class="breakdown">
            <h3 id=side.code()>{side.label()}</h3>
            {note}
            <Parts side parts most managed caption=side.label().to_owned() />
            {more}
        </div>
    }
}

#[component]
fn Parts(
    side: Side,
    parts: Vec<(Part, u64)>,
    most: u64,
    managed: u64,
    caption: String,
) -> impl IntoView {
    let rows = parts
        .into_iter()
        .map(|(part, clients)| {
            view! {
                <tr>
                    <th scope="row"><a href=routes::list(&part.search())>{part.label()}</a></th>
                    <td class="drawn"><Bar part=clients whole=most /></td>
                    <td class="count">{french::number(clients)}</td>
                    <td class="share">{percent(clients, managed)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="bars">
            <caption class="visually-hidden">{caption}</caption>
            <thead class="visually-hidden">
                <tr>
                    <th scope="col">{side.head()}</th>
                    <td></td>
                    <th scope="col">{t("Clients")}</th>
                    <th scope="col">{t("Part")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
