//! Help: the card as steps, with pictures of our own screens, and how to reach the body.

use crate::{contact::Contact, parts::frame::PageTitle, routes};
use leptos::prelude::*;
use portfolio::language::{n, t};

/// One step: its heading, what to do, and the picture of the screen.
struct Step {
    title: &'static str,
    text: &'static str,
    picture: &'static str,
    alt: &'static str,
}

const STEPS: [Step; 6] = [
    Step {
        title: n("Connectez-vous"),
        text: n(
            "Depuis l’accueil, choisissez «\u{a0}Connectez-vous\u{a0}», puis saisissez votre identifiant et votre mot de passe.",
        ),
        picture: "connexion",
        alt: n("La page de connexion, avec les champs Identifiant et Mot de passe."),
    },
    Step {
        title: n("Ajoutez un compte"),
        text: n(
            "Choisissez «\u{a0}+ Ajouter un compte\u{a0}». Saisissez le Siren d’un employeur ou d’un indépendant, ou le numéro de compte d’un gérant majoritaire sans Siret, puis «\u{a0}Inscrire\u{a0}».",
        ),
        picture: "ajouter",
        alt: n("La page Ajouter un compte, avec un champ et les boutons Inscrire et Rechercher."),
    },
    Step {
        title: n("Justifiez le mandat"),
        text: n(
            "Employeur\u{a0}: le montant à payer de la dernière déclaration et le numéro de compte employeur. Indépendant\u{a0}: le numéro de sécurité sociale et le numéro de compte Indépendant. Gérant majoritaire\u{a0}: le numéro de sécurité sociale.",
        ),
        picture: "mandat",
        alt: n(
            "La page Justifier le mandat d’un employeur, avec le montant et le numéro de compte.",
        ),
    },
    Step {
        title: n("Choisissez les services"),
        text: n(
            "Cochez les services en ligne et les services de communication par courriel, dont «\u{a0}Travailler à l'étranger\u{a0}» (détachement, pluriactivité), puis «\u{a0}Enregistrer\u{a0}».",
        ),
        picture: "services",
        alt: n("La page Choisir les services, avec les deux listes à cocher."),
    },
    Step {
        title: n("Retrouvez vos clients"),
        text: n(
            "«\u{a0}Gérer les établissements\u{a0}» montre votre portefeuille. Cherchez par nom, Siren, Siret ou numéro de compte\u{202f}; ouvrez une ligne pour voir ses établissements.",
        ),
        picture: "liste",
        alt: n("La liste Gérer les établissements, avec la recherche et les clients."),
    },
    Step {
        title: n("Résiliez"),
        text: n(
            "Quand vous ne gérez plus un compte, ou qu’il est radié\u{a0}: «\u{a0}+ Ajouter un compte\u{a0}», saisissez son Siren ou son numéro, «\u{a0}Rechercher\u{a0}», le crayon à côté du client, puis «\u{a0}Résilier\u{a0}» et «\u{a0}OK\u{a0}».",
        ),
        picture: "resilier",
        alt: n("La question posée avant de résilier, avec les boutons OK et Annuler."),
    },
];

/// Something else that the portal does: what, how, and the way to it.
struct More {
    id: &'static str,
    title: &'static str,
    text: &'static str,
    to: &'static str,
    link: &'static str,
}

const MORE: [More; 9] = [
    More {
        id: "trouver-titre",
        title: n("Retrouver vite un client"),
        text: n(
            "Un filtre réduit la liste\u{a0}: état, service, étiquette, personne en charge… Une liste cherchée, filtrée ou triée s’enregistre comme vue, qui peut s’ouvrir d’abord. «\u{a0}Aller à…\u{a0}», ou Ctrl K, ouvre un client ou une page en quelques lettres.",
        ),
        to: routes::FILTERS,
        link: n("Filtrer la liste"),
    },
    More {
        id: "fichier-titre",
        title: n("Inscrire beaucoup de clients"),
        text: n(
            "Téléchargez le modèle Excel ou CSV, remplissez une ligne par client, envoyez-le\u{a0}: le portail contrôle chaque ligne, vous ajoutez celles qui sont valides, et les autres reviennent avec le motif de leur refus.",
        ),
        to: routes::IMPORTS,
        link: n("Ajouter plusieurs comptes"),
    },
    More {
        id: "nombre-titre",
        title: n("Modifier beaucoup de clients"),
        text: n(
            "Cochez des clients dans la liste, ou tous ceux d’une recherche, puis «\u{a0}Modifier…\u{a0}»\u{a0}: vous voyez ce qui changera avant de confirmer. Pendant 24\u{a0}heures, la modification s’annule depuis «\u{a0}Modifications en nombre\u{a0}»\u{202f}; une résiliation, elle, ne s’annule pas.",
        ),
        to: routes::JOBS,
        link: n("Modifications en nombre"),
    },
    More {
        id: "exporter-titre",
        title: n("Exporter vos clients"),
        text: n(
            "La liste affichée, ou les clients cochés, en un fichier Excel ou CSV\u{a0}: identifiant, état, services, étiquettes, personne en charge, dates.",
        ),
        to: routes::EXPORT_CLIENTS,
        link: n("Exporter les clients"),
    },
    More {
        id: "revue-titre",
        title: n("Suivre le portefeuille"),
        text: n(
            "Le tableau de bord montre ce qui est à traiter\u{a0}: comptes radiés ou suspendus, clients sans service, fichiers à corriger. Une fois par an, la revue fait passer un à un les mandats que personne n’a revus\u{a0}: confirmez-les, modifiez leurs services ou résiliez.",
        ),
        to: routes::DASHBOARD,
        link: n("Tableau de bord"),
    },
    More {
        id: "etranger-titre",
        title: n("Faire travailler quelqu’un à l’étranger"),
        text: n(
            "Sur la page d’un client qui a le service «\u{a0}Travailler à l'étranger\u{a0}», commencez une demande de détachement ou de pluriactivité. Le résumé dit aussitôt ce qui est accordé et ce que l’organisme examinera. «\u{a0}Étranger\u{a0}» montre toutes les demandes, et un fichier en prépare jusqu’à 500.",
        ),
        to: routes::MOBILITY,
        link: n("Voir les demandes"),
    },
    More {
        id: "attestation-titre",
        title: n("Obtenir une attestation de vigilance"),
        text: n(
            "La page d’un client en règle la délivre aussitôt, en PDF, avec son code de sécurité. Pour plusieurs clients, cochez-les, puis «\u{a0}Exporter…\u{a0}»\u{a0}: une archive les réunit. Chacun vérifie le code d’un document, sans se connecter.",
        ),
        to: routes::VERIFICATION,
        link: n("Vérifier un document"),
    },
    More {
        id: "messagerie-titre",
        title: n("Échanger par la messagerie sécurisée"),
        text: n(
            "Vos messages à l’organisme et à votre client restent sur le portail, pièces jointes comprises\u{202f}; un courriel prévient sans rien en dire.",
        ),
        to: routes::MESSAGES,
        link: n("Messagerie sécurisée"),
    },
    More {
        id: "echeances-titre",
        title: n("Ne manquer aucune échéance"),
        text: n(
            "«\u{a0}Échéances\u{a0}» dit, par semaine et par client, ce qui est à déclarer ou à payer, et ce qui se termine. Votre agenda peut s’y abonner par une adresse secrète, que vous révoquez quand vous voulez.",
        ),
        to: routes::CALENDAR,
        link: n("Échéances"),
    },
];

/// The page.
#[component]
pub fn HelpPage() -> impl IntoView {
    let contact: Contact = use_context().unwrap_or_default();
    let reachable = contact != Contact::default();
    let Contact {
        phone,
        email,
        newsletter,
    } = contact;
    view! {
        <PageTitle text=t("Aide") />
        <article class="page help">
            <h1>{t("Aide")}</h1>
            <p class="muted">{t("De la connexion à la résiliation, en six étapes.")}</p>
            <ol class="steps" role="list">
                {STEPS
                    .into_iter()
                    .zip(1..)
                    .map(|(step, number)| view! {
                        <li>
                            <div>
                                <h2><span class="number">{number}</span> " " {t(step.title)}</h2>
                                <p>{t(step.text)}</p>
                            </div>
                            <img src=format!("/aide/{}.png", step.picture) alt=t(step.alt) width="640" height="400" loading="lazy" />
                        </li>
                    })
                    .collect_view()}
            </ol>
            {MORE
                .into_iter()
                .map(|More { id, title, text, to, link }| view! {
                    <section aria-labelledby=id>
                        <h2 id=id>{t(title)}</h2>
                        <p>{t(text)}</p>
                        <p><a href=to>{t(link)}</a></p>
                    </section>
                })
                .collect_view()}
            <section aria-labelledby="inviter-titre">
                <h2 id="inviter-titre">{t("Incitez votre client à créer son compte en ligne")}</h2>
                <p>{t("Avec son propre compte, il obtient son attestation de vigilance vite et seul, sans passer par vous.")}</p>
                <p><a href=routes::INVITATIONS>{t("Invitations des clients")}</a></p>
            </section>
            <section aria-labelledby="contact-titre">
                <h2 id="contact-titre">{t("Vous avez des questions\u{202f}?")}</h2>
                <p>{t("N’hésitez pas à nous contacter pour un suivi personnalisé.")}</p>
                {reachable.then(|| view! {
                    <ul class="contact">
                        {(!phone.is_empty()).then(|| {
                            let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                            view! { <li>{t("Téléphone\u{a0}: ")} <a href=format!("tel:{dialled}")>{phone.clone()}</a></li> }
                        })}
                        {(!email.is_empty()).then(|| view! {
                            <li>{t("Courriel\u{a0}: ")} <a href=format!("mailto:{email}")>{email.clone()}</a></li>
                        })}
                        {(!newsletter.is_empty()).then(|| view! {
                            <li><a href=newsletter.clone()>{t("Lettre d’information")}</a></li>
                        })}
                    </ul>
                })}
            </section>
            <section id="accessibilite" aria-labelledby="accessibilite-titre">
                <h2 id="accessibilite-titre">{t("Accessibilité")}</h2>
                <p>
                    {t("Ce portail n’a pas encore été audité selon le RGAA 4.1\u{a0}: il est donc déclaré non conforme. Il est conçu pour le clavier et les lecteurs d’écran, avec ou sans JavaScript, et chaque page est vérifiée automatiquement. Si quelque chose vous arrête, écrivez-nous.")}
                </p>
            </section>
            <p><a href=routes::CLIENTS>{t("Gérer les établissements")}</a></p>
        </article>
    }
}
