//! « Cabinet »: the firm's people and its journal, for its administrators.

pub mod calls;
pub mod invite;
pub mod journal;
pub mod labels;
pub mod member;
pub mod people;

use crate::{parts::frame::Who, routes};
use leptos::prelude::*;
use portfolio::language::{n, t};

/// The pages of the firm, and whether they are for those who manage it.
const PAGES: [(&str, &str, bool); 5] = [
    (routes::FIRM, n("Membres"), true),
    (routes::LABELS, n("Étiquettes"), false),
    (routes::MODELS, n("Modèles de services"), false),
    (routes::JOBS, n("Modifications en nombre"), false),
    (routes::JOURNAL, n("Journal"), true),
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
                view! { <li><a href=to aria-current=(to == here).then_some("page")>{t(words)}</a></li> }
            })
            .collect_view()
    };
    view! {
        <nav class="tabs" aria-label=t("Pages du cabinet")>
            <ul role="list">{links}</ul>
        </nav>
    }
}
