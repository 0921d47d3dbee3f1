//! What is not there: unknown addresses, unknown ids and other firms' ids alike.

use crate::{parts::frame::PageTitle, routes};
use leptos::prelude::*;
use portfolio::language::t;

/// The page for what is not there; it answers 404.
#[component]
pub fn MissingPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::asking::set_status(404);
    view! {
        <PageTitle text=t("Page introuvable") />
        <article class="page narrow">
            <h1>{t("Page introuvable")}</h1>
            <p>{t("Cette adresse ne mène à rien dans votre espace. Le lien est peut-être incomplet, ou l’inscription n’existe pas.")}</p>
            <p class="actions">
                <a class="button" href=routes::CLIENTS>{t("Gérer les établissements")}</a>
                <a class="button quiet" href=routes::HELP>{t("Obtenir de l’aide")}</a>
            </p>
        </article>
    }
}
