//! « Résilier »: the question, in a dialog on the client's page and as a page of its own without JavaScript.

use super::calls;
use crate::{
    browser,
    parts::{
        address::GoTo,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{client::Client, form::TerminateForm, ids::EnrolmentId, language::t, wording};

/// The page without JavaScript.
#[component]
pub fn TerminatePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let client = Resource::new_blocking(id, calls::show);
    let query = use_location().search;
    let returned = use_returned::<TerminateForm>();
    view! {
        <Suspense>
            {move || {
                let back = routes::Way::of_page(&query.get_untracked()).query();
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = client.await;
                    loaded(outcome, |client| view! { <Confirm client back returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Confirm(client: Client, back: String, returned: Returned<TerminateForm>) -> impl IntoView {
    if client.ended.is_some() {
        return view! { <GoTo path=routes::client(client.id, &back) /> }.into_any();
    }
    view! {
        <PageTitle text=t("Résilier") />
        <article class="page narrow">
            <h1>{t("Résilier l’inscription")}</h1>
            <Said again=t("Appuyez sur «\u{a0}OK\u{a0}» pour résilier.") />
            <p class="strong">{wording::confirm_termination(&client.held)}</p>
            <p>{client.name}</p>
            <TerminateActions id=client.id back returned />
        </article>
    }
    .into_any()
}

/// « OK » and « Annuler », the safe answer first in focus.
#[component]
pub fn TerminateActions(
    /// The enrolment.
    id: EnrolmentId,
    /// The list that the person came from.
    back: String,
    /// What came back when it was posted without JavaScript and refused.
    #[prop(optional_no_strip)]
    returned: Returned<TerminateForm>,
    /// The dialog to close on « Annuler »; empty on the page of its own.
    #[prop(optional)]
    dialog: &'static str,
) -> impl IntoView {
    let form = FormState::new(
        returned,
        TerminateForm {
            of: id.to_string(),
            back: back.clone(),
        },
    );
    let cancel = move || {
        if !dialog.is_empty() {
            browser::close_dialog(dialog);
        }
    };
    view! {
        <PageForm form action=routes::terminate(id, &back) send=calls::terminate summary="problemes-resilier">
            <input type="hidden" name="of" value=id.to_string() />
            <input type="hidden" name="back" value=back.clone() />
            <div class="actions">
                <Submit form label=t("OK") busy=t("Résiliation…") danger=true />
                <a
                    class="button"
                    href=routes::client(id, &back)
                    autofocus
                    role="button"
                    on:click=move |event| {
                        if !dialog.is_empty() {
                            event.prevent_default();
                            cancel();
                        }
                    }
                    on:keydown=move |event| {
                        // What is called a button answers the space bar.
                        if event.key() == " " && !dialog.is_empty() {
                            event.prevent_default();
                            cancel();
                        }
                    }
                >
                    {t("Annuler")}
                </a>
            </div>
        </PageForm>
    }
}
