//! « Retirer tout le mandat »: the question, as a page of its own.

use super::calls;
use crate::{
    missing::MissingPage,
    parts::{
        address::GoTo,
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{form::WithdrawForm, holding::Mandate, language::t, say};

/// The page.
#[component]
pub fn WithdrawPage() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id").unwrap_or_default());
    let account = Resource::new_blocking(|| (), |()| calls::account());
    let form = use_form(WithdrawForm {
        of: id.clone(),
        ..WithdrawForm::default()
    });
    view! {
        <PageTitle text=t("Retirer un mandat") form=form.faulty() />
        <Suspense>
            {move || {
                let id = id.clone();
                Suspend::new(async move {
                    let outcome = account.await;
                    loaded(outcome, move |account| {
                        let found = account.mandates.into_iter().find(|one| one.id.to_string() == id);
                        match found {
                            None => view! { <MissingPage /> }.into_any(),
                            Some(mandate) if mandate.ended.is_some() => {
                                view! { <GoTo path=routes::MY_ACCOUNT.to_owned() /> }.into_any()
                            }
                            Some(mandate) => view! { <Ask mandate form /> }.into_any(),
                        }
                    })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Ask(mandate: Mandate, form: FormState<WithdrawForm>) -> impl IntoView {
    let Mandate { id, firm, held, .. } = mandate;
    let question = say!(
        "{firm} ne gérera plus ce compte dès que vous aurez confirmé ({scheme}, {noun} {holder}).",
        firm,
        scheme = held.scheme.label(),
        noun = held.holder.noun(),
        holder = held.holder
    );
    view! {
        <article class="page narrow">
            <p class="crumbs"><a href=routes::MY_ACCOUNT>{t("Mon compte")}</a></p>
            <h1>{t("Retirer tout le mandat")}</h1>
            <Said again=t("Appuyez sur «\u{a0}Retirer le mandat\u{a0}» pour continuer.") />
            <p class="strong">{question}</p>
            <p>{t("Le cabinet en est averti. Pour qu’il gère de nouveau ce compte, il devra vous demander de nouveaux justificatifs.")}</p>
            <PageForm form action=routes::withdraw(id) send=calls::withdraw>
                <input type="hidden" name="of" value=id.to_string() />
                <div class="actions">
                    <Submit form label=t("Retirer le mandat") busy=t("Retrait…") danger=true />
                    <a class="button" href=routes::MY_ACCOUNT>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
