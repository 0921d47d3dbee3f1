//! « Créer mon compte »: alone, with the proof that an accountant gives.

use super::calls;
use crate::{
    parts::{
        field::{Field, FieldMessage},
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{ApplyField, ApplyForm, ProofField, Status},
    language::t,
    problem::Field as _,
};

/// Told to the page: a link is on its way.
pub const SENT: &str = "envoi";

const STATUS: ApplyField = ApplyField::Proof(ProofField::Status);
const SECRETS: ApplyField = ApplyField::Proof(ProofField::Secrets);

/// The page.
#[component]
pub fn ApplyPage() -> impl IntoView {
    let search = use_location().search;
    let form = use_form(ApplyForm::default());
    let done = Memo::new(move |_| routes::part(&search.get(), routes::param::DONE));
    let sent = move || done.with(|done| done.as_deref() == Some(SENT));
    let refused = move || done.with(|done| done.as_deref() == Some(super::REFUSED));
    view! {
        <PageTitle text=t("Créer mon compte") form=form.faulty() />
        <article class="page">
            <Show when=refused>
                <Notice>{t("L’invitation est refusée, et le cabinet le voit. Aucun compte n’a été créé.")}</Notice>
            </Show>
            <Show when=sent fallback=move || view! { <Ask form /> }>
                <h1>{t("Consultez vos courriels")}</h1>
                <p role="status">{t("Un courriel est en route vers l’adresse que vous avez saisie. Son lien sert une fois, pendant 24\u{a0}heures.")}</p>
                <p>{t("Rien après quelques minutes\u{202f}? Regardez parmi les indésirables, ou recommencez.")}</p>
                <p class="actions"><a class="button" href=routes::HOME>{t("Revenir à l’accueil")}</a></p>
            </Show>
        </article>
    }
}

#[component]
fn Ask(form: FormState<ApplyForm>) -> impl IntoView {
    let initial = form.initial();
    view! {
        <h1>{t("Créer mon compte")}</h1>
        <p>{t("Pour le titulaire d’un compte de cotisations\u{a0}: voyez qui le gère, depuis quand et avec quels services. Les mêmes justificatifs qu’à un expert-comptable vous sont demandés.")}</p>
        <p class="muted">
            {t("Vous avez déjà un compte\u{202f}? ")} <a href=routes::SIGN_IN>{t("Connectez-vous")}</a>
            {t(" ou ")} <a href=routes::FORGOTTEN>{t("demandez un nouveau mot de passe")}</a> "."
        </p>
        <PageForm form action=routes::APPLY send=calls::apply class="proof">
            <Field
                form
                field=ApplyField::Identifier
                label=t("Siren, Siret ou numéro de compte")
                hint=t("Le Siren ou le Siret de l’entreprise\u{202f}; pour un gérant majoritaire sans Siret, son numéro de compte.")
                value=initial.identifier.clone()
                class="identifier"
            />
            <Statuses form chosen=initial.status.clone() />
            <Secrets form />
            <Field
                form
                field=ApplyField::Email
                label=t("Votre adresse électronique")
                hint=t("Elle sera votre identifiant\u{202f}; un lien y arrive pour choisir votre mot de passe.")
                value=initial.email
                autocomplete="email"
                inputmode="email"
            />
            <div class="actions">
                <Submit form label=t("Recevoir un lien") busy=t("Vérification…") />
                <a class="button quiet" href=routes::HOME>{t("Annuler")}</a>
            </div>
        </PageForm>
    }
}

/// Each status has its own secrets, which the stylesheet shows, so that no script is needed.
#[component]
fn Statuses(form: FormState<ApplyForm>, chosen: String) -> impl IntoView {
    let radio = move |status: Status, label: &'static str, hint: &'static str| {
        // The first carries the field's name as its id, so that the summary's link leads to it.
        let id = if status == Status::Employer {
            STATUS.name().to_owned()
        } else {
            format!("status-{}", status.code())
        };
        let hint_id = format!("{}-indication", status.code());
        view! {
            <div class=format!("choice {}", status.code())>
                <input
                    type="radio"
                    id=id.clone()
                    name=STATUS.name()
                    value=status.code()
                    checked=chosen == status.code()
                    aria-describedby=hint_id.clone()
                />
                <label for=id>{label}</label>
                <span class="hint" id=hint_id>{hint}</span>
            </div>
        }
    };
    view! {
        <fieldset class="choices" class:faulty=move || form.problem(STATUS).is_some() aria-describedby="status-message">
            <legend>{t("Votre statut")}</legend>
            <FieldMessage form field=STATUS />
            {radio(Status::Employer, t("Employeur"), t("Comptes Régime Général de tous vos établissements."))}
            {radio(Status::SelfEmployed, t("Travailleur indépendant"), t("Artisan, commerçant, profession libérale, auto-entrepreneur."))}
            {radio(Status::Manager, t("Gérant majoritaire sans Siret"), t("Désigné par son numéro de compte."))}
        </fieldset>
    }
}

#[component]
fn Secrets(form: FormState<ApplyForm>) -> impl IntoView {
    view! {
        <fieldset id=SECRETS.name() class="secrets" tabindex="-1" class:faulty=move || form.problem(SECRETS).is_some() aria-describedby="secrets-message">
            <legend class="visually-hidden">{t("Justificatifs")}</legend>
            <FieldMessage form field=SECRETS />
            <div class="for-employeur">
                <Field
                    form
                    field=ApplyField::Proof(ProofField::Amount)
                    label=t("Montant à payer déclaré sur la dernière déclaration")
                    hint=t("En euros, tel qu’il figure sur la dernière DSN. Exemple\u{a0}: 1\u{202f}234,50. Zéro si rien n’était dû.")
                    inputmode="decimal"
                    class="amount"
                />
                <Field
                    form
                    field=ApplyField::Proof(ProofField::EmployerAccount)
                    label=t("Numéro de compte employeur")
                    hint=t("18 chiffres, en haut des courriers adressés à l’employeur.")
                    class="identifier"
                />
            </div>
            <div class="for-personne">
                <Field
                    form
                    field=ApplyField::Proof(ProofField::Nir)
                    label=t("Numéro de sécurité sociale")
                    hint=t("Les 15 chiffres de la carte Vitale, ou 13 sans la clé.")
                    class="identifier"
                />
            </div>
            <div class="for-independant">
                <Field
                    form
                    field=ApplyField::Proof(ProofField::SelfEmployedAccount)
                    label=t("Numéro de compte Indépendant")
                    hint=t("18 chiffres, ou lettres et chiffres, sur l’appel de cotisations.")
                    class="identifier"
                />
            </div>
        </fieldset>
    }
}
