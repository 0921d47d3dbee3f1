//! What was just done, said on the page that one comes back to.

use crate::{parts::notice::Notice, routes::Done};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::language::t;
use portfolio::wording;

/// The message, if the address says that something was just done.
#[component]
pub fn Said(
    /// What is left to do on this page after a confirmation.
    #[prop(optional)]
    again: &'static str,
) -> impl IntoView {
    let query = use_location().search;
    move || {
        Done::of(&query.get()).map(|done| {
            let said = match done {
                Done::Confirmed => t(wording::CONFIRMED),
                Done::Password => t("Votre mot de passe est changé. Vos autres sessions sont fermées."),
                Done::Sessions => t("C’est fermé\u{a0}: il faudra s’y reconnecter."),
                Done::Codes => {
                    t("Vos codes de secours sont prêts. Après votre mot de passe, une seconde preuve vous sera toujours demandée.")
                }
                Done::Nothing => t("Rien n’a changé\u{a0}: ces services étaient déjà enregistrés."),
                Done::Removed => t("Votre application est retirée\u{a0}: ses codes n’ouvrent plus rien."),
                Done::KeyAdded => t("Votre clé d’accès est ajoutée. Vous pouvez vous connecter avec elle, sans mot de passe."),
                Done::KeyRemoved => t("Votre clé d’accès est retirée\u{a0}: elle n’ouvre plus rien ici."),
                Done::Shown => t("Le numéro est affiché pour quelques minutes. Le journal du cabinet le dit."),
                Done::Attested => t("L’attestation est délivrée\u{a0}: téléchargez-la ci-dessous."),
                Done::NotAttested => t("L’attestation n’a pas été délivrée."),
                Done::TooManyAttestations => {
                    t("Trop de clients sont sélectionnés. Choisissez-en 500 au plus, puis réessayez.")
                }
                Done::Drafts => t("Les brouillons sont créés."),
                Done::Rhythm => t("Les échéances de ce client sont enregistrées."),
                Done::Notices => t("Votre choix est enregistré."),
                Done::Own => t("Le suivi de ce client est enregistré."),
                Done::Busy => {
                    t("Un export est déjà en cours pour vous, ou trop le sont à la fois. Attendez qu’il se termine, puis réessayez.")
                }
                Done::Reviewed => t("Le mandat est confirmé jusqu’à l’an prochain."),
                Done::Moved => {
                    t("Le client a été modifié entre-temps par une autre personne\u{a0}: rien n’a été confirmé.")
                }
                Done::Services => t("Les services sont enregistrés, et le mandat confirmé jusqu’à l’an prochain."),
                Done::Ended => t("L’inscription est résiliée. L’historique est conservé."),
                Done::Invited => t("L’invitation est en route. Vous verrez ici la réponse de votre client."),
                Done::InvitationCancelled => t("L’invitation est annulée\u{a0}: son lien ne s’ouvre plus."),
                Done::Attached => t("Ce compte de cotisations a rejoint votre compte."),
                Done::ServiceWithdrawn => t("Le service est retiré dès maintenant, et le cabinet en est averti."),
                Done::MandateWithdrawn => {
                    t("Le mandat est retiré dès maintenant\u{a0}: le cabinet ne gère plus ce compte, et il en est averti.")
                }
                Done::Withdrawn => t("C’était déjà retiré\u{a0}: rien n’a changé."),
                Done::EmailAsked => {
                    t("Un lien est en route vers la nouvelle adresse, valable 24\u{a0}heures\u{202f}; un avis est parti à l’adresse actuelle.")
                }
                Done::Email => t("Votre adresse électronique est changée."),
            };
            let again = if done == Done::Confirmed { again } else { "" };
            let kind = match done {
                Done::Nothing | Done::Withdrawn => "",
                Done::Moved | Done::Busy | Done::NotAttested | Done::TooManyAttestations => "warning",
                _ => "success",
            };
            view! { <Notice kind>{said} " " {again}</Notice> }
        })
    }
}
