//! « Cabinet »: the firm's people and its journal, for its administrators.

pub mod calls;
pub mod invite;
pub mod journal;
pub mod labels;
pub mod member;
pub mod people;

use crate::{parts::frame::Who, routes};
use leptos::prelude::*;

/// The pages of the firm, and whether they are for those who manage it.
const PAGES: [(&str, &str, bool); 5] = [
    (routes::FIRM, "Membres", true),
    (routes::LABELS, "Étiquettes", false),
    (routes::MODELS, "Modèles de services", false),
    (routes::JOBS, "Modifications en nombre", false),
    (routes::JOURNAL, "Journal", true),
];

/// The way between the pages of the firm that are open to whoever looks.
#[component]
pub fn FirmNav(
    /// The page that is shown.
    here: &'static str,
) -> impl IntoView {
    let who = Who::here();
    let links = move || {
        let manages = who.with(|who| {
            who.as_ref()
                .is_some_and(portfolio::client::SignedIn::administers)
        });
        PAGES
            .into_iter()
            .filter(|(_, _, for_managers)| manages || !for_managers)
            .map(|(to, words, _)| {
                view! { <li><a href=to aria-current=(to == here).then_some("page")>{words}</a></li> }
            })
            .collect_view()
    };
    view! {
        <nav class="tabs" aria-label="Pages du cabinet">
            <ul role="list">{links}</ul>
        </nav>
    }
}
