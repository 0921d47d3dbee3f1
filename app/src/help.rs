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
        text: "«\u{a0}Gérer les établissements\u{a0}» montre votre portefeuille. Cherchez par nom, Siren, Siret ou numéro de compte\u{a0}; ouvrez une ligne pour voir ses établissements.",
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
            <section aria-labelledby="fichier-titre">
                <h2 id="fichier-titre">"Beaucoup de clients à inscrire\u{a0}?"</h2>
                <p>
                    <a href=routes::IMPORTS>"Ajouter plusieurs comptes"</a>
                    " les inscrit avec un fichier Excel ou CSV. Téléchargez le modèle, remplissez une ligne par client, envoyez-le\u{a0}: le portail contrôle chaque ligne, vous ajoutez celles qui sont valides, et les autres reviennent avec le motif de leur refus."
                </p>
            </section>
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
