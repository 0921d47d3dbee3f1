//! What was just done, said on the page that one comes back to.

use crate::{parts::notice::Notice, routes::Done};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::wording;

/// The message, if the address says that something was just done.
#[component]
pub fn Said(
    /// What is left to do on this page after a confirmation.
    #[prop(optional)]
    again: &'static str,
) -> impl IntoView {
    let query = use_location().search;
    move || {
        Done::of(&query.get()).map(|done| {
            let said = match done {
                Done::Confirmed => wording::CONFIRMED,
                Done::Password => "Votre mot de passe est changé. Vos autres sessions sont fermées.",
                Done::Sessions => "C’est fermé\u{a0}: il faudra s’y reconnecter.",
                Done::Codes => {
                    "Vos codes de secours sont prêts. À chaque connexion, un code vous sera demandé après votre mot de passe."
                }
                Done::Removed => "Votre application est retirée\u{a0}: votre mot de passe suffit désormais.",
                Done::Own => "Le suivi de ce client est enregistré.",
            };
            let again = if done == Done::Confirmed { again } else { "" };
            view! { <Notice kind="success">{said} " " {again}</Notice> }
        })
    }
}
