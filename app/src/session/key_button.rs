//! The button that a passkey is shown with, instead of a password or after it.

use super::{
    keys::{
        ask_confirm_key, ask_sign_in_key, ask_step_key, confirm_by_key, sign_in_by_key, step_by_key,
    },
    sign_in::arrived,
};
use crate::{
    browser::passkey::{knows_passkeys, show_passkey},
    parts::{
        form::{FormState, PageForm, Submit},
        frame::Who,
        passkey::{Offered, hindered},
    },
    refusal::{Next, Refusal},
    routes,
};
use leptos::prelude::*;
use portfolio::{
    access::Ceremony,
    form::{KeyField, KeyForm},
    language::t,
    problem::Field as _,
};

/// What a passkey is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Signing in, with nothing else.
    In,
    /// The second step after a password.
    Step,
    /// A confirmation.
    Confirm,
}

impl Way {
    fn label(self) -> &'static str {
        match self {
            Self::In => t("Se connecter avec une clé d’accès"),
            Self::Step => t("Utiliser une clé d’accès"),
            Self::Confirm => t("Confirmer avec une clé d’accès"),
        }
    }

    async fn ask(self) -> Result<Ceremony, Refusal<KeyField>> {
        match self {
            Self::In => ask_sign_in_key().await,
            Self::Step => ask_step_key().await,
            Self::Confirm => ask_confirm_key().await,
        }
    }

    async fn send(self, form: KeyForm) -> Result<Next, Refusal<KeyField>> {
        match self {
            Self::In => sign_in_by_key(form).await,
            Self::Step => step_by_key(form).await,
            Self::Confirm => confirm_by_key(form).await,
        }
    }
}

/// The form of the button of a page that leads to `next`; the title of the page tells of its problems as well.
pub fn key_form(next: String) -> FormState<KeyForm> {
    let form = KeyForm {
        next,
        ..KeyForm::default()
    };
    FormState::new(None, form)
}

/// The button, once the page is awake in a browser that has passkeys; nothing otherwise, as it would do nothing.
#[component]
pub fn KeyButton(
    /// What it is for.
    way: Way,
    /// Its form: see [`key_form`].
    form: FormState<KeyForm>,
    /// Whether it stands before the password.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let usable = RwSignal::new(false);
    let offered = Offered::here();
    Effect::new(move || usable.set(offered && knows_passkeys()));
    let who = Who::here();
    let send = move |typed: KeyForm| async move {
        let Ceremony { id, options } = way.ask().await?;
        let answer = show_passkey(&options)
            .await
            .map_err(hindered(KeyField::Key))?;
        let next = way
            .send(KeyForm {
                ceremony: id.to_string(),
                answer,
                ..typed
            })
            .await?;
        if way == Way::Confirm {
            Ok(next)
        } else {
            arrived(who, next).await
        }
    };
    let or = || view! { <p class="or">{t("ou")}</p> };
    view! {
        <Show when=move || usable.get()>
            {(!first).then(or)}
            <PageForm form action=routes::SIGN_IN class="by-key" send summary="problemes-cle">
                <input type="hidden" name="next" value=form.initial().next />
                <div id=KeyField::Key.name() tabindex="-1">
                    <Submit form label=way.label() busy=t("En attente de votre clé…") quiet=!first />
                </div>
            </PageForm>
            {first.then(or)}
        </Show>
    }
}
