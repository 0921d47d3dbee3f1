//! An application that makes codes, added in two steps: its secret is made, then its first code shows that it has it. The secret is
//! on this page alone: in no address, no log and no storage of the browser.

use super::calls::{add_application, show_application};
use crate::{
    parts::{
        address::GoTo,
        field::Field,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::{
    access::{Adding, Setup},
    form::{ApplicationField, ApplicationForm},
    language::t,
};

/// The page.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let times = RwSignal::new(0_u32);
    let found = Resource::new_blocking(move || times.get(), |_| show_application());
    let returned = use_returned::<ApplicationForm>();
    view! {
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, |adding| view! { <Step adding returned times /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Step(
    adding: Adding,
    #[prop(optional_no_strip)] returned: Returned<ApplicationForm>,
    times: RwSignal<u32>,
) -> impl IntoView {
    let form = FormState::new(returned, ApplicationForm::default());
    let step = match adding {
        Adding::InUse => return view! { <GoTo path=routes::SECURITY.to_owned() /> }.into_any(),
        Adding::NotBegun => view! { <Begin form times /> }.into_any(),
        Adding::Begun(setup) => view! { <FirstCode form setup /> }.into_any(),
    };
    view! {
        <PageTitle text=t("Ajouter une application") form=form.faulty() />
        <article class="page narrow security">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Ajouter une application")}</h1>
            {step}
        </article>
    }
    .into_any()
}

#[component]
fn Begin(form: FormState<ApplicationForm>, times: RwSignal<u32>) -> impl IntoView {
    let send = move |typed| async move {
        let next = add_application(typed).await?;
        times.update(|times| *times += 1);
        Ok(next)
    };
    view! {
        <p>
            {t("Il vous faut une application qui affiche des codes à 6\u{a0}chiffres, sur votre téléphone ou dans votre gestionnaire ")}
            {t("de mots de passe. Si vous n’en avez pas, installez-en une d’abord\u{a0}: toutes conviennent.")}
        </p>
        <p>{t("À l’étape suivante, un carré à scanner apparaît à l’écran. Assurez-vous que personne d’autre ne le voit.")}</p>
        <PageForm form action=routes::APPLICATION send>
            <input type="hidden" name="begin" value="1" />
            <div class="actions">
                <Submit form label=t("Afficher le carré à scanner") busy=t("Préparation…") />
                <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
            </div>
        </PageForm>
    }
}

#[component]
fn FirstCode(form: FormState<ApplicationForm>, setup: Setup) -> impl IntoView {
    let Setup {
        secret,
        squares,
        side,
    } = setup;
    view! {
        <ol class="steps">
            <li>
                <h2>{t("Scannez ce carré avec votre application")}</h2>
                <svg
                    class="qr"
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label=t("Carré à scanner avec votre application. La clé à saisir à la main est en dessous.")
                    shape-rendering="crispEdges"
                >
                    <rect class="light" width=side height=side />
                    <path class="dark" d=squares />
                </svg>
                <p>{t("Ou saisissez-y cette clé\u{a0}:")}</p>
                <p><code class="secret">{secret}</code></p>
            </li>
            <li>
                <h2>{t("Saisissez le code qu’elle affiche")}</h2>
                <PageForm form action=routes::APPLICATION send=add_application>
                    <Field
                        form
                        field=ApplicationField::Code
                        label=t("Code")
                        hint=t("6\u{a0}chiffres, qui changent toutes les 30\u{a0}secondes.")
                        class="code"
                        autocomplete="one-time-code"
                        inputmode="numeric"
                    />
                    <div class="actions">
                        <Submit form label=t("Ajouter l’application") busy=t("Vérification…") />
                        <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
                    </div>
                </PageForm>
            </li>
        </ol>
    }
}
