//! « Cabinet »: the firm's people and its journal, for its administrators.

pub mod calls;
pub mod invite;
pub mod journal;
pub mod labels;
pub mod member;
pub mod people;

use crate::routes;
use leptos::prelude::*;

/// The way between the pages of the firm.
#[component]
fn FirmNav(
    /// The page that is shown.
    here: &'static str,
) -> impl IntoView {
    let link = move |to: &'static str, words: &'static str| {
        view! { <li><a href=to aria-current=(to == here).then_some("page")>{words}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label="Pages du cabinet">
            <ul role="list">{link(routes::FIRM, "Membres")} {link(routes::LABELS, "Étiquettes")} {link(routes::MODELS, "Modèles de services")} {link(routes::JOURNAL, "Journal")}</ul>
        </nav>
    }
}
