//! Recovery codes: the new ones until they are written down, then how many are left.

use super::calls::{renew_codes, show_codes};
use crate::{
    browser,
    parts::{
        field::use_awake,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::{Next, Refusal},
    routes,
    session::said::Said,
};
use leptos::{prelude::*, task::spawn_local};
use portfolio::{
    access::{Codes, left_told},
    form::{ApplicationField, CodesForm},
    ids::ListId,
    language::t,
};

/// The page.
#[component]
pub fn CodesPage() -> impl IntoView {
    let times = RwSignal::new(0_u32);
    let found = Resource::new_blocking(move || times.get(), |_| show_codes());
    let returned = use_returned::<CodesForm>();
    view! {
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, |codes| view! { <Whole codes returned times /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Whole(
    codes: Codes,
    #[prop(optional_no_strip)] returned: Returned<CodesForm>,
    times: RwSignal<u32>,
) -> impl IntoView {
    let form = FormState::new(returned, CodesForm::default());
    let Codes { new, list, left } = codes;
    let shown = match list {
        None => view! { <Left form left times /> }.into_any(),
        Some(list) => view! { <New form new list times /> }.into_any(),
    };
    view! {
        <PageTitle text=t("Codes de secours") form=form.faulty() />
        <article class="page narrow security">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Codes de secours")}</h1>
            <Said again="" />
            {shown}
        </article>
    }
}

#[component]
fn New(
    form: FormState<CodesForm>,
    new: Vec<String>,
    list: ListId,
    times: RwSignal<u32>,
) -> impl IntoView {
    let awake = use_awake();
    let copied = RwSignal::new(None::<bool>);
    let text = new.join("\n");
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let done = browser::copy(&text).await;
            let _ = copied.try_set(Some(done));
        });
    };
    view! {
        <Notice kind="warning">
            {t("Imprimez ces codes ou notez-les maintenant\u{a0}: cette page ne les montrera plus ensuite.")}
        </Notice>
        <p>
            {t("Sans votre application ni votre clé d’accès, chacun sert une fois après votre mot de passe. Gardez-les loin de votre ordinateur.")}
        </p>
        <ol class="codes">
            {new.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
        </ol>
        <Show when=move || awake.get()>
            <div class="actions">
                <button type="button" class="button" on:click=copy.clone()>{t("Copier")}</button>
                <button type="button" class="button" on:click=|_| browser::print()>{t("Imprimer")}</button>
                <p role="status">
                    {move || copied.get().map(|done| if done {
                        t("Codes copiés.")
                    } else {
                        t("Votre navigateur ne permet pas la copie\u{a0}: sélectionnez les codes.")
                    })}
                </p>
            </div>
        </Show>
        <PageForm form action=routes::CODES send=move |typed| sent(typed, times)>
            <input type="hidden" name="written" value=list.to_string() />
            <Submit form label=t("Mes codes sont notés") busy=t("Un instant…") />
        </PageForm>
    }
}

/// Sends the form, and looks again what there is: it may lead to this very page.
async fn sent(typed: CodesForm, times: RwSignal<u32>) -> Result<Next, Refusal<ApplicationField>> {
    let next = renew_codes(typed).await?;
    times.update(|times| *times += 1);
    Ok(next)
}

#[component]
fn Left(form: FormState<CodesForm>, left: u8, times: RwSignal<u32>) -> impl IntoView {
    view! {
        <p class="strong">{left_told(left)}</p>
        <p>{t("Les renouveler en fait dix nouveaux\u{202f}; les anciens n’ouvrent plus rien.")}</p>
        <PageForm form action=routes::CODES send=move |typed| sent(typed, times)>
            <div class="actions">
                <Submit form label=t("Renouveler les codes") busy=t("Un instant…") />
                <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
            </div>
        </PageForm>
    }
}
