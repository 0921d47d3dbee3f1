//! What both forms have in common: they are sent whole, with their files, to the page's own address; and what is being written is kept
//! by the portal meanwhile, so that it is there again when the session has ended.

use super::calls;
use crate::{
    browser,
    parts::{field::FieldMessage, form::FormState},
    refusal::{Next, Refusal},
};
use leptos::{prelude::*, task::spawn_local};
use portfolio::{
    form::Form,
    language::t,
    message::form::{FILES, MessageField},
    problem::{Problem, Problems},
    wording,
};
use std::time::Duration;

/// The form's id.
pub const FORM: &str = "redaction";
/// How long somebody pauses whose words are kept.
const PAUSE: Duration = Duration::from_millis(1_500);

/// Sends the form of the page as a browser without JavaScript does, in place.
pub async fn send(action: String, act: String) -> Result<Next, Refusal<MessageField>> {
    let also = [("act", &*act)];
    let also = if act.is_empty() { &[][..] } else { &also };
    let Some((status, told)) = browser::post_form(FORM, &action, also).await else {
        return Err(Refusal::Offline);
    };
    if status == 200 {
        return leptos::serde_json::from_str(&told).map_err(|_| Refusal::Offline);
    }
    let refusal = leptos::serde_json::from_str(&told).ok();
    Err(refusal.unwrap_or(match status {
        413 => {
            let fault = portfolio::message::file::FileFault::TooLargeTogether;
            Refusal::Problems(Problems::one(
                MessageField::Files,
                Problem::Attachment(fault),
            ))
        }
        _ => Refusal::Unavailable {
            reference: "—".to_owned(),
        },
    }))
}

/// Keeps what is typed in the form of the page, a moment after each pause.
#[derive(Clone, Copy)]
pub struct Keeping(StoredValue<Option<TimeoutHandle>>);

impl Keeping {
    /// To be made once on a page.
    pub fn new() -> Self {
        let keeping = Self(StoredValue::new(None));
        on_cleanup(move || keeping.stop());
        keeping
    }

    /// Something was typed.
    pub fn typed(self) {
        self.stop();
        let keep = || {
            let typed = browser::form_query(FORM);
            if !typed.is_empty() {
                spawn_local(async move {
                    // What cannot be kept now is kept after the next pause.
                    let _ = calls::keep_begun(typed).await;
                });
            }
        };
        let _ = self
            .0
            .try_set_value(set_timeout_with_handle(keep, PAUSE).ok());
    }

    /// It is being sent: there is nothing to keep.
    pub fn stop(self) {
        if let Some(handle) = self.0.try_get_value().flatten() {
            handle.clear();
        }
    }
}

/// « Pièces jointes ».
#[component]
pub fn FilesField<F: Form<Field = MessageField>>(
    /// The form.
    form: FormState<F>,
    /// Whether the form came back: a browser does not send the same files again by itself.
    again: bool,
) -> impl IntoView {
    let field = MessageField::Files;
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=FILES>{t("Pièces jointes (facultatif)")}</label>
            <p class="hint" id="fichiers-indication">
                {wording::message::attachments()}
                {again.then_some(t(" Vos fichiers sont à choisir de nouveau."))}
            </p>
            <FieldMessage form field />
            <input
                type="file"
                multiple
                id=FILES
                name=FILES
                accept=".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.txt"
                aria-describedby="fichiers-indication fichiers-message"
                aria-invalid=move || form.problem(field).is_some().then_some("true")
            />
        </div>
    }
}
