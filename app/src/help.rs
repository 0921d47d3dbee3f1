//! Help: the card as steps, with pictures of our own screens, and how to reach the body.

use crate::{contact::Contact, parts::frame::PageTitle, routes};
use leptos::prelude::*;

/// One step: its heading, what to do, and the picture of the screen.
struct Step {
    title: &'static str,
    text: &'static str,
    picture: &'static str,
    alt: &'static str,
}

const STEPS: [Step; 6] = [
    Step {
        title: "Connectez-vous",
        text: "Depuis l’accueil, choisissez «\u{a0}Connectez-vous\u{a0}», puis saisissez votre identifiant et votre mot de passe.",
        picture: "connexion",
        alt: "La page de connexion, avec les champs Identifiant et Mot de passe.",
    },
    Step {
        title: "Ajoutez un compte",
        text: "Choisissez «\u{a0}+ Ajouter un compte\u{a0}». Saisissez le Siren d’un employeur ou d’un indépendant, ou le numéro de compte d’un gérant majoritaire sans Siret, puis «\u{a0}Inscrire\u{a0}».",
        picture: "ajouter",
        alt: "La page Ajouter un compte, avec un champ et les boutons Inscrire et Rechercher.",
    },
    Step {
        title: "Justifiez le mandat",
        text: "Employeur\u{a0}: le montant à payer de la dernière déclaration et le numéro de compte employeur. Indépendant\u{a0}: le numéro de sécurité sociale et le numéro de compte Indépendant. Gérant majoritaire\u{a0}: le numéro de sécurité sociale.",
        picture: "mandat",
        alt: "La page Justifier le mandat d’un employeur, avec le montant et le numéro de compte.",
    },
    Step {
        title: "Choisissez les services",
        text: "Cochez les services en ligne et les services de communication par courriel, dont «\u{a0}Travailler à l'étranger\u{a0}» (détachement, pluriactivité), puis «\u{a0}Enregistrer\u{a0}».",
        picture: "services",
        alt: "La page Choisir les services, avec les deux listes à cocher.",
    },
    Step {
        title: "Retrouvez vos clients",
        text: "«\u{a0}Gérer les établissements\u{a0}» montre votre portefeuille. Cherchez par nom, Siren, Siret ou numéro de compte\u{202f}; ouvrez une ligne pour voir ses établissements.",
        picture: "liste",
        alt: "La liste Gérer les établissements, avec la recherche et les clients.",
    },
    Step {
        title: "Résiliez",
        text: "Quand vous ne gérez plus un compte, ou qu’il est radié\u{a0}: «\u{a0}+ Ajouter un compte\u{a0}», saisissez son Siren ou son numéro, «\u{a0}Rechercher\u{a0}», le crayon à côté du client, puis «\u{a0}Résilier\u{a0}» et «\u{a0}OK\u{a0}».",
        picture: "resilier",
        alt: "La question posée avant de résilier, avec les boutons OK et Annuler.",
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

const MORE: [More; 5] = [
    More {
        id: "trouver-titre",
        title: "Retrouver vite un client",
        text: "Un filtre réduit la liste\u{a0}: état, service, étiquette, personne en charge… Une liste cherchée, filtrée ou triée s’enregistre comme vue, qui peut s’ouvrir d’abord. «\u{a0}Aller à…\u{a0}», ou Ctrl K, ouvre un client ou une page en quelques lettres.",
        to: routes::FILTERS,
        link: "Filtrer la liste",
    },
    More {
        id: "fichier-titre",
        title: "Inscrire beaucoup de clients",
        text: "Téléchargez le modèle Excel ou CSV, remplissez une ligne par client, envoyez-le\u{a0}: le portail contrôle chaque ligne, vous ajoutez celles qui sont valides, et les autres reviennent avec le motif de leur refus.",
        to: routes::IMPORTS,
        link: "Ajouter plusieurs comptes",
    },
    More {
        id: "nombre-titre",
        title: "Modifier beaucoup de clients",
        text: "Cochez des clients dans la liste, ou tous ceux d’une recherche, puis «\u{a0}Modifier…\u{a0}»\u{a0}: vous voyez ce qui changera avant de confirmer. Pendant 24\u{a0}heures, la modification s’annule depuis «\u{a0}Modifications en nombre\u{a0}»\u{202f}; une résiliation, elle, ne s’annule pas.",
        to: routes::JOBS,
        link: "Modifications en nombre",
    },
    More {
        id: "exporter-titre",
        title: "Exporter vos clients",
        text: "La liste affichée, ou les clients cochés, en un fichier Excel ou CSV\u{a0}: identifiant, état, services, étiquettes, personne en charge, dates.",
        to: routes::EXPORT_CLIENTS,
        link: "Exporter les clients",
    },
    More {
        id: "revue-titre",
        title: "Suivre le portefeuille",
        text: "Le tableau de bord montre ce qui est à traiter\u{a0}: comptes radiés ou suspendus, clients sans service, fichiers à corriger. Une fois par an, la revue fait passer un à un les mandats que personne n’a revus\u{a0}: confirmez-les, modifiez leurs services ou résiliez.",
        to: routes::DASHBOARD,
        link: "Tableau de bord",
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
        <PageTitle text="Aide" />
        <article class="page help">
            <h1>"Aide"</h1>
            <p class="muted">"De la connexion à la résiliation, en six étapes."</p>
            <ol class="steps" role="list">
                {STEPS
                    .into_iter()
                    .zip(1..)
                    .map(|(step, number)| view! {
                        <li>
                            <div>
                                <h2><span class="number">{number}</span> " " {step.title}</h2>
                                <p>{step.text}</p>
                            </div>
                            <img src=format!("/aide/{}.png", step.picture) alt=step.alt width="640" height="400" loading="lazy" />
                        </li>
                    })
                    .collect_view()}
            </ol>
            {MORE
                .into_iter()
                .map(|More { id, title, text, to, link }| view! {
                    <section aria-labelledby=id>
                        <h2 id=id>{title}</h2>
                        <p>{text}</p>
                        <p><a href=to>{link}</a></p>
                    </section>
                })
                .collect_view()}
            <section aria-labelledby="inviter-titre">
                <h2 id="inviter-titre">"Incitez votre client à créer son compte en ligne"</h2>
                <p>"Avec son propre compte, il obtient son attestation de vigilance vite et seul, sans passer par vous."</p>
            </section>
            <section aria-labelledby="contact-titre">
                <h2 id="contact-titre">"Vous avez des questions\u{202f}?"</h2>
                <p>"N’hésitez pas à nous contacter pour un suivi personnalisé."</p>
                {reachable.then(|| view! {
                    <ul class="contact">
                        {(!phone.is_empty()).then(|| {
                            let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                            view! { <li>"Téléphone\u{a0}: " <a href=format!("tel:{dialled}")>{phone.clone()}</a></li> }
                        })}
                        {(!email.is_empty()).then(|| view! {
                            <li>"Courriel\u{a0}: " <a href=format!("mailto:{email}")>{email.clone()}</a></li>
                        })}
                        {(!newsletter.is_empty()).then(|| view! {
                            <li><a href=newsletter.clone()>"Lettre d’information"</a></li>
                        })}
                    </ul>
                })}
            </section>
            <section id="accessibilite" aria-labelledby="accessibilite-titre">
                <h2 id="accessibilite-titre">"Accessibilité"</h2>
                <p>
                    "Ce portail n’a pas encore été audité selon le RGAA 4.1\u{a0}: il est donc déclaré non conforme. Il est conçu pour le clavier et les lecteurs d’écran, avec ou sans JavaScript, et chaque page est vérifiée automatiquement. Si quelque chose vous arrête, écrivez-nous."
                </p>
            </section>
            <p><a href=routes::CLIENTS>"Gérer les établissements"</a></p>
        </article>
    }
}
