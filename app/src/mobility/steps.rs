//! The pages of the journey, one for each step: each has its own address, so that its form can be posted without JavaScript.

use super::{business, conditions, contact, mission, several, step, summary, worker};
use crate::parts::form::use_returned;
use leptos::prelude::*;
use portfolio::mobility::{form::SummaryForm, request::Step};

/// « La personne ».
#[component]
pub fn WorkerPage() -> impl IntoView {
    step::page(worker::view)
}

/// « L'entreprise ».
#[component]
pub fn BusinessPage() -> impl IntoView {
    step::page(business::view)
}

/// « La mission ».
#[component]
pub fn MissionPage() -> impl IntoView {
    step::page(mission::view)
}

/// « Les conditions ».
#[component]
pub fn ConditionsPage() -> impl IntoView {
    step::page(conditions::view)
}

/// « Les activités ».
#[component]
pub fn SeveralPage() -> impl IntoView {
    step::page(several::view)
}

/// « Précisions de l'accord ».
#[component]
pub fn AgreementPage() -> impl IntoView {
    step::page(contact::agreement)
}

/// « Les ayants droit ».
#[component]
pub fn DependantsPage() -> impl IntoView {
    step::page(contact::dependants)
}

/// « Le contact ».
#[component]
pub fn ContactPage() -> impl IntoView {
    step::page(contact::contact)
}

/// « Vérifier et envoyer ».
#[component]
pub fn SummaryPage() -> impl IntoView {
    let returned = use_returned::<SummaryForm>();
    step::at(Step::Summary, move |request| {
        summary::view(request, returned.clone())
    })
}
