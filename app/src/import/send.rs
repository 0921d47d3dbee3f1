//! Where a file is sent, and the firm's files so far.

use super::calls;
use crate::{
    parts::{
        field::FieldMessage,
        form::{ErrorSummary, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{UploadField, UploadForm},
    french,
    import::{ImportRow, State},
    language::t,
    problem::Field as _,
    wording,
};

/// The page.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let query = use_location().search;
    let to_mend = Memo::new(move |_| routes::part(&query.get(), routes::param::TO_MEND).is_some());
    let found = Resource::new_blocking(move || to_mend.get(), calls::imports);
    let form = use_form(UploadForm {});
    let field = UploadField::File;
    view! {
        <PageTitle text=t("Ajouter plusieurs comptes") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = found.await;
                loaded(outcome, move |rows| view! {
                    <article class="page">
                        <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                            <ol role="list"><li><a href=routes::ADD>{t("Ajouter un compte")}</a></li></ol>
                        </nav>
                        <h1>{t("Ajouter plusieurs comptes")}</h1>
                        <p class="muted">
                            {t("Inscrivez vos clients avec un fichier Excel ou CSV. Chaque ligne est d’abord contrôlée, et rien n’est ajouté sans votre accord.")}
                        </p>
                        <ol class="file-steps">
                            <li>
                                <h2>{t("Préparez le fichier")}</h2>
                                <p>
                                    {t("Une ligne par client, avec de quoi justifier le mandat\u{a0}: le Siren et le numéro de compte, puis le montant de la dernière déclaration (employeur) ou le numéro de sécurité sociale (indépendant).")}
                                </p>
                                <p class="actions">
                                    <a class="button" href=routes::TEMPLATE download>{t("Télécharger le modèle Excel")}</a>
                                    <a class="button quiet" href=routes::TEXT_TEMPLATE download>{t("Modèle CSV")}</a>
                                </p>
                                <p class="hint">
                                    {t("Dans le modèle, les colonnes sont au format Texte\u{a0}: Excel n’y retire pas les zéros du début. Un fichier à vous convient aussi, comme un export de votre portefeuille\u{a0}: vous direz ce que contient chaque colonne.")}
                                </p>
                            </li>
                            <li>
                                <h2>{t("Envoyez-le")}</h2>
                                <form method="post" action=routes::IMPORTS enctype="multipart/form-data" class="upload">
                                    <ErrorSummary form />
                                    <div class="field" class:faulty=move || form.problem(field).is_some()>
                                        <label for=field.name()>{t("Fichier de clients")}</label>
                                        <p class="hint" id="fichier-indication">
                                            {t("CSV ou Excel (.xlsx), ")} {wording::import::most_lines()} {t(" et ")} {wording::import::most_bytes()} {t(" au plus.")}
                                        </p>
                                        <FieldMessage form field />
                                        <input
                                            type="file"
                                            id=field.name()
                                            name=field.name()
                                            accept=".csv,.txt,.xlsx,text/csv"
                                            aria-describedby="fichier-indication fichier-message"
                                            aria-invalid=move || form.problem(field).is_some().then_some("true")
                                        />
                                    </div>
                                    <div class="actions"><button type="submit" class="button primary">{t("Envoyer le fichier")}</button></div>
                                </form>
                            </li>
                            <li>
                                <h2>{t("Contrôlez, puis ajoutez")}</h2>
                                <p>
                                    {t("Le portail contrôle chaque ligne, avec les mêmes règles et les mêmes limites d’essais que pour un seul compte. Vous ajoutez ensuite les lignes valides, et téléchargez les autres pour les corriger et les renvoyer.")}
                                </p>
                            </li>
                        </ol>
                        <Files rows to_mend=to_mend.get_untracked() />
                    </article>
                })
            })}
        </Suspense>
    }
}

/// The firm's files so far.
#[component]
fn Files(rows: Vec<ImportRow>, to_mend: bool) -> impl IntoView {
    (to_mend || !rows.is_empty()).then(|| {
        let mend = rows.iter().filter(|row| row.to_mend).count() as u64;
        view! {
            <section class="files" aria-labelledby="fichiers-titre">
                <h2 id="fichiers-titre">{if to_mend { t("Vos fichiers à corriger") } else { t("Fichiers envoyés") }}</h2>
                {to_mend.then(|| view! { <p><a href=routes::IMPORTS>{t("Tous les fichiers du cabinet")}</a></p> })}
                {(mend > 0 || to_mend).then(|| view! {
                    <p class="muted">{french::count(mend, "fichier a", "fichiers ont")} {t(" des lignes à corriger.")}</p>
                })}
                <table class="ledger">
                    <caption class="visually-hidden">{t("Fichiers envoyés par le cabinet")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("Fichier")}</th>
                            <th scope="col">{t("Envoyé")}</th>
                            <th scope="col">{t("Où en est-il")}</th>
                            <th scope="col">{t("Résultat")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|row| view! { <File row /> }).collect_view()}</tbody>
                </table>
            </section>
        }
    })
}

#[component]
fn File(row: ImportRow) -> impl IntoView {
    let counts = row.progress.counts;
    let result = match row.progress.state {
        State::Uploaded => french::count(u64::from(row.progress.total), "ligne", "lignes"),
        State::Checking | State::Checked | State::Stopped => {
            french::count(u64::from(counts.ready), "valide", "valides")
        }
        State::Adding | State::Done | State::Cancelled => {
            french::count(u64::from(counts.added), "ajouté", "ajoutés")
        }
    };
    let refused = (counts.refused > 0).then(|| {
        format!(
            ", {}",
            french::count(u64::from(counts.refused), "refusée", "refusées")
        )
    });
    view! {
        <tr>
            <th scope="row" data-label=t("Fichier")><a href=routes::import(row.id)>{row.name}</a></th>
            <td data-label=t("Envoyé")>{row.at.short_moment()} ", " {row.by}</td>
            <td data-label=t("Où en est-il")><StateTag state=row.progress.state /></td>
            <td data-label=t("Résultat")>{result} {refused}</td>
        </tr>
    }
}

/// How far a file is, in words and shape.
#[component]
pub(super) fn StateTag(state: State) -> impl IntoView {
    let (class, mark) = match state {
        State::Uploaded => ("tag", "○"),
        State::Checking | State::Adding => ("tag", "◐"),
        State::Checked => ("tag warning", "◐"),
        State::Done => ("tag success", "●"),
        State::Stopped => ("tag danger", "✕"),
        State::Cancelled => ("tag", "✕"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}
