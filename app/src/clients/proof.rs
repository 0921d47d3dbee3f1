//! « Justifier le mandat »: secrets that only the client could have given. No name is shown before it is proved.

use super::calls;
use crate::{
    browser,
    parts::{
        address::GoTo,
        field::{Field, FieldMessage},
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    account_number::AccountNumber,
    client::DraftView,
    form::{ProofField, ProofForm, Status},
    holder::Holder,
    identifier::Identifier,
    language::t,
    problem::Field as _,
    search::Search,
};

/// The page.
#[component]
pub fn ProofPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("draft").unwrap_or_default());
    let draft = Resource::new_blocking(id, calls::draft);
    let returned = use_returned::<ProofForm>();
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = draft.await;
                    loaded(outcome, |draft| view! { <Prove draft returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Prove(draft: DraftView, returned: Returned<ProofForm>) -> impl IntoView {
    if let Some(enrolment) = draft.enrolled {
        let shown = Search {
            show: Some(enrolment),
            ..Search::default()
        };
        return view! { <GoTo path=routes::list(&shown) /> }.into_any();
    }
    let holder = draft.identifier.holder();
    let by_account = matches!(holder, Holder::Account(_));
    let fresh = ProofForm {
        draft: draft.id.to_string(),
        status: if by_account {
            Status::Manager.code().to_owned()
        } else {
            String::new()
        },
        ..ProofForm::default()
    };
    let returned = returned.filter(|(form, _)| form.draft == fresh.draft);
    let form = FormState::new(returned, fresh);
    let id = draft.id;
    let send = move |typed| async move {
        let next = calls::prove(typed).await?;
        browser::forget(&status_key(id));
        Ok(next)
    };
    let fields = if by_account {
        view! { <ManagerFields form /> }.into_any()
    } else {
        view! { <StatusFields form key=status_key(id) /> }.into_any()
    };
    let from_siret = matches!(draft.identifier, Identifier::Siret(..));
    view! {
        <PageTitle text=t("Justifier le mandat") form=form.faulty() />
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::CLIENTS>{t("Établissements")}</a></li>
                    <li><a href=routes::ADD>{t("Ajouter un compte")}</a></li>
                </ol>
            </nav>
            <p class="step">{t("Étape 2 sur 3")}</p>
            <h1>{t("Justifier le mandat")}</h1>
            <dl class="facts-line">
                <div><dt>{holder.noun()}</dt><dd class="identifier">{holder.to_string()}</dd></div>
            </dl>
            {from_siret.then(|| view! {
                <p class="muted">
                    {t("Vous avez saisi un Siret\u{a0}: l’inscription porte sur le Siren, donc sur tous ses établissements. ")}
                    <a href=format!("{}?{}=compte", routes::ADD, routes::param::AS_ACCOUNT)>{t("C’était un numéro de compte")}</a>
                </p>
            })}
            {draft.proven.map(|proven| view! {
                <Notice kind="success">
                    {t("Le mandat est justifié pour ")} <strong>{proven.name}</strong> ". "
                    <a href=routes::services(id)>{t("Choisir les services")}</a>
                </Notice>
            })}
            <p>{t("Saisissez des informations que seul votre client a pu vous donner.")}</p>
            <PageForm form action=routes::proof(id) send class="proof">
                <input type="hidden" name="draft" value=id.to_string() />
                {fields}
                <div class="actions">
                    <Submit form label=t("Continuer") busy=t("Vérification…") />
                    <a class="button quiet" href=routes::ADD>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
    .into_any()
}

/// The status is the accountant's to say; each has its own secrets, which the stylesheet shows, so that no script is needed.
#[component]
fn StatusFields(form: FormState<ProofForm>, key: String) -> impl IntoView {
    let initial = form.initial();
    let chosen = RwSignal::new(Status::from_code(&initial.status));
    let stored = key.clone();
    Effect::new(move || {
        if let Some(status) = browser::kept(&stored).and_then(|code| Status::from_code(&code)) {
            chosen.set(Some(status));
        }
    });
    let radio = move |status: Status, label: &'static str, hint: &'static str| {
        let key = key.clone();
        // The first carries the field's name as its id, so that the summary's link leads to it.
        let id = if status == Status::Employer {
            ProofField::Status.name().to_owned()
        } else {
            format!("status-{}", status.code())
        };
        let hint_id = format!("{}-indication", status.code());
        let class = format!("choice {}", status.code());
        view! {
            <div class=class>
                <input
                    type="radio"
                    id=id.clone()
                    name="status"
                    value=status.code()
                    checked=chosen.get_untracked() == Some(status)
                    prop:checked=move || chosen.get() == Some(status)
                    aria-describedby=hint_id.clone()
                    on:change=move |_| {
                        chosen.set(Some(status));
                        browser::keep(&key, status.code());
                    }
                />
                <label for=id>{label}</label>
                <span class="hint" id=hint_id>{hint}</span>
            </div>
        }
    };
    view! {
        <fieldset class="choices" class:faulty=move || form.problem(ProofField::Status).is_some() aria-describedby="status-message">
            <legend>{t("Statut de votre client")}</legend>
            <FieldMessage form field=ProofField::Status />
            {radio.clone()(Status::Employer, t("Employeur"), t("Comptes Régime Général de tous ses établissements."))}
            {radio(Status::SelfEmployed, t("Travailleur indépendant"), t("Artisan, commerçant, profession libérale, auto-entrepreneur."))}
        </fieldset>
        <fieldset id=ProofField::Secrets.name() class="secrets" tabindex="-1" class:faulty=move || form.problem(ProofField::Secrets).is_some() aria-describedby="secrets-message">
            <legend class="visually-hidden">{t("Justification")}</legend>
            <FieldMessage form field=ProofField::Secrets />
            <div class="for-employeur">
                <Paper
                    title=t("DSN ou bordereau")
                    marks=[t("Montant à payer"), t("N° de compte")]
                    caption=t("Le montant est en bas du bordereau de la dernière DSN\u{202f}; le numéro de compte en haut des courriers.")
                />
                <Field
                    form
                    field=ProofField::Amount
                    label=t("Montant à payer déclaré sur la dernière déclaration")
                    hint=t("En euros, tel qu’il figure sur la dernière DSN. Exemple\u{a0}: 1\u{202f}234,50. Zéro si rien n’était dû.")
                    inputmode="decimal"
                    class="amount"
                />
                <Field
                    form
                    field=ProofField::EmployerAccount
                    label=t("Numéro de compte employeur")
                    hint=t("18 chiffres, en haut des courriers adressés à l’employeur. Exemple\u{a0}: 117\u{a0}000\u{a0}001\u{a0}567\u{a0}462\u{a0}542.")
                    class="identifier"
                    tidy=grouped
                />
            </div>
            <div class="for-independant">
                <Paper
                    title=t("Appel de cotisations")
                    marks=[t("N° de sécurité sociale"), t("N° de compte")]
                    caption=t("Les deux numéros figurent en tête de l’appel de cotisations.")
                />
                <NirField form />
                <Field
                    form
                    field=ProofField::SelfEmployedAccount
                    label=t("Numéro de compte Indépendant")
                    hint=t("18 chiffres, ou lettres et chiffres, sur l’appel de cotisations.")
                    class="identifier"
                    tidy=grouped
                />
            </div>
        </fieldset>
    }
}

/// A small drawing of where each figure stands on the client's papers; its caption says the same in words.
#[component]
fn Paper(title: &'static str, marks: [&'static str; 2], caption: &'static str) -> impl IntoView {
    let [first, second] = marks;
    view! {
        <figure class="paper">
            <svg viewBox="0 0 220 120" width="220" height="120" aria-hidden="true" focusable="false">
                <path class="sheet" d="M1 1h190l28 28v90H1z" />
                <path class="sheet" d="M191 1v28h28" />
                <text x="12" y="20">{title}</text>
                <path class="line" d="M12 32h90M12 40h70" />
                <rect class="mark" x="10" y="50" width="150" height="22" rx="4" />
                <text class="strong" x="18" y="65">{second}</text>
                <path class="line" d="M170 61h38" />
                <rect class="mark" x="10" y="84" width="150" height="22" rx="4" />
                <text class="strong" x="18" y="99">{first}</text>
                <path class="line" d="M170 95h38" />
            </svg>
            <figcaption>{caption}</figcaption>
        </figure>
    }
}

/// A gérant majoritaire: the account number was typed before, the social security number remains.
#[component]
fn ManagerFields(form: FormState<ProofForm>) -> impl IntoView {
    view! {
        <input type="hidden" name="status" value=Status::Manager.code() />
        <fieldset id=ProofField::Secrets.name() class="secrets" tabindex="-1" class:faulty=move || form.problem(ProofField::Secrets).is_some() aria-describedby="secrets-message">
            <legend>{t("Gérant majoritaire sans Siret")}</legend>
            <FieldMessage form field=ProofField::Secrets />
            <NirField form />
        </fieldset>
    }
}

#[component]
fn NirField(form: FormState<ProofForm>) -> impl IntoView {
    view! {
        <Field
            form
            field=ProofField::Nir
            label=t("Numéro de sécurité sociale")
            hint=t("Les 15 chiffres de la carte Vitale, ou 13 sans la clé. Exemple\u{a0}: 2\u{a0}55\u{a0}08\u{a0}14\u{a0}168\u{a0}025\u{a0}38.")
            class="identifier"
        />
    }
}

fn grouped(typed: &str) -> Option<String> {
    AccountNumber::parse(typed)
        .ok()
        .map(|number| number.to_string())
}

/// The name under which the chosen status, and never a secret, is kept.
fn status_key(id: portfolio::ids::DraftId) -> String {
    format!("statut.{id}")
}
