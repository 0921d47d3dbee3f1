//! The public home page.

use crate::{
    parts::frame::{PageTitle, Who},
    routes,
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::permission::Seat;

/// What this is, how to get in, where to get help.
#[component]
pub fn HomePage() -> impl IntoView {
    let who = Who::here();
    let own = move || who.with(|who| who.as_ref().is_some_and(|who| who.seat == Seat::Client));
    let home = move || {
        if own() {
            routes::MY_ACCOUNT
        } else {
            routes::CLIENTS
        }
    };
    view! {
        <PageTitle text=t("Accueil") />
        <article class="page home">
            <div class="hero">
                <h1>{t("Gérez les comptes de vos clients, du premier mandat à la résiliation.")}</h1>
                <p class="lead">
                    {t("Le portail des experts-comptables et des tiers déclarants\u{a0}: un portefeuille, une inscription en trois étapes, des services choisis client par client.")}
                </p>
                <p class="actions">
                    {move || if who.get().is_some() {
                        view! { <a class="button primary large" href=home()>{move || if own() { t("Mon compte") } else { t("Gérer les établissements") }}</a> }
                            .into_any()
                    } else {
                        view! { <a class="button primary large" href=routes::SIGN_IN>{t("Connectez-vous")}</a> }.into_any()
                    }}
                    <a class="button quiet large" href=routes::HELP>{t("Voir comment ça marche")}</a>
                </p>
            </div>
            {move || who.get().is_none().then(|| view! {
                <p class="muted">
                    {t("Vous êtes le titulaire d’un compte de cotisations\u{202f}? ")}
                    <a href=routes::APPLY>{t("Créer mon compte")}</a>
                    {t(" pour voir qui le gère.")}
                </p>
            })}
            <ul class="facts" role="list">
                <li>
                    <h2>{t("Ajoutez un client")}</h2>
                    <p>{t("Un Siren, ou le numéro de compte d’un gérant majoritaire. Deux informations que seul votre client a pu vous donner justifient le mandat.")}</p>
                </li>
                <li>
                    <h2>{t("Choisissez ses services")}</h2>
                    <p>{t("Services en ligne et avis par courriel, «\u{a0}Travailler à l'étranger\u{a0}» compris. Rien n’est coché à votre place.")}</p>
                </li>
                <li>
                    <h2>{t("Gardez la main")}</h2>
                    <p>{t("Recherche par nom, Siren, Siret ou numéro de compte. Vous résiliez en deux gestes, et l’historique reste.")}</p>
                </li>
            </ul>
        </article>
    }
}
