//! The page after the password of a member with a second factor.

use super::{
    proofs::pass_second_step,
    sign_in::{arrived, with_mark},
};
use crate::{
    parts::{
        field::Field,
        form::{PageForm, Submit, use_form},
        frame::{PageTitle, Who},
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::form::{SecondStepField, SecondStepForm};

/// « Code »: of the application, or a recovery code.
#[component]
pub fn CodePage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let next = routes::part(&query, routes::param::NEXT).unwrap_or_default();
    let form = use_form(SecondStepForm {
        next,
        ..SecondStepForm::default()
    });
    let who = Who::here();
    let send = move |typed| async move {
        let next = pass_second_step(typed).await?;
        arrived(who).await?;
        Ok(next)
    };
    let initial = form.initial();
    let again = routes::sign_in(&initial.next, false);
    view! {
        <PageTitle text="Code de connexion" form=form.faulty() />
        <article class="page narrow sign-in">
            <h1>"Code de connexion"</h1>
            <PageForm form action=format!("{}{}", routes::SECOND_STEP, with_mark(&query)) send>
                <input type="hidden" name="next" value=initial.next />
                <Field
                    form
                    field=SecondStepField::Code
                    label="Code"
                    hint="Les 6\u{a0}chiffres que votre application affiche, ou un code de secours."
                    class="code"
                    autocomplete="one-time-code"
                />
                <Submit form label="Continuer" busy="Vérification…" />
            </PageForm>
            <p class="muted">
                "Vous n’avez plus ni application ni code de secours\u{202f}? "
                <a href=format!("{}#contact-titre", routes::HELP)>"Contactez-nous"</a> ". "
                <a href=again>"Recommencer la connexion"</a>
            </p>
        </article>
    }
}
