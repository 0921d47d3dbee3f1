//! The server function of the language.

use crate::refusal::{Next, Refusal};
use leptos::prelude::*;
use portfolio::form::{LanguageField, LanguageForm};

/// Speaks a language from now on: to this browser, and to whoever is signed in on any other. Open to strangers.
///
/// # Errors
/// A language that is none of the portal's.
#[server(prefix = "/api", endpoint = "langue")]
pub async fn choose_language(
    #[server(flatten)] form: LanguageForm,
) -> Result<Next, Refusal<LanguageField>> {
    use crate::asking::{answer, outage, portal, set_cookie, visitor};
    use portfolio::form::Form as _;
    let portal = portal();
    answer(
        async {
            let draft = form.check().map_err(Refusal::Problems)?;
            if let Some(session) = visitor().session {
                portal
                    .security
                    .choose_language(&session.me, draft.language)
                    .await
                    .map_err(outage)?;
            }
            set_cookie(&portal.cookie.speak(draft.language));
            Ok(Next { to: draft.back })
        }
        .await,
    )
}
