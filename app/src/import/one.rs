//! One file: what is to be done with it depends on how far it is.

use super::{
    calls, columns::Columns, lines::Lines, send::StateTag, usual::UsualServices, working::Working,
};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    refusal::{Next, Refusal},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    form::{ImportField, ImportForm, import_act},
    french,
    ids::ImportId,
    import::{ImportView, State},
    language::t,
    say, wording,
};

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    let search = use_location().search;
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    // Raised when the work on the file is over: a reason to look again.
    let looks = RwSignal::new(0_u32);
    let found = Resource::new_blocking(
        move || (id(), search.get(), looks.get()),
        |(id, query, _)| calls::import(id, query),
    );
    let returned = use_returned::<ImportForm>();
    view! {
        <PageTitle text=t("Ajouter plusieurs comptes") />
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, move |view| view! { <File view returned looks /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn File(view: ImportView, returned: Returned<ImportForm>, looks: RwSignal<u32>) -> impl IntoView {
    let row = view.row.clone();
    let state = row.progress.state;
    let forms = Forms {
        id: row.id,
        returned,
    };
    let body = match state {
        State::Uploaded => view! { <Confirm view=view.clone() forms=forms.clone() /> }.into_any(),
        State::Checking | State::Adding => view! {
            <Working id=row.id progress=row.progress looks />
        }
        .into_any(),
        State::Checked | State::Stopped => {
            view! { <Result view=view.clone() forms=forms.clone() /> }.into_any()
        }
        State::Done => view! { <Done view=view.clone() /> }.into_any(),
        State::Cancelled => view! { <Cancelled view=view.clone() /> }.into_any(),
    };
    let wide = if state == State::Uploaded || state.at_work() {
        "page"
    } else {
        "page wide"
    };
    view! {
        <article class=wide>
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::ADD>{t("Ajouter un compte")}</a></li>
                    <li><a href=routes::IMPORTS>{t("Ajouter plusieurs comptes")}</a></li>
                </ol>
            </nav>
            <h1 class="file-name">{row.name.clone()}</h1>
            <p class="muted">
                <StateTag state />
                {t(" Envoyé le ")}
                {row.at.short_moment()}
                {t(" par ")}
                {row.by.clone()}
                ". "
                {french::count(u64::from(row.progress.total), "ligne", "lignes")}
                "."
            </p>
            {body}
            {(state != State::Uploaded && !state.at_work()).then(|| view! { <Lines view /> })}
            {(!state.over()).then(|| view! { <Cancel forms state /> })}
        </article>
    }
}

/// The forms of the page: one for each button, of which one may have come back.
#[derive(Clone)]
struct Forms {
    id: ImportId,
    returned: Returned<ImportForm>,
}

impl Forms {
    fn of(&self, act: &'static str) -> FormState<ImportForm> {
        let fresh = ImportForm {
            of: self.id.to_string(),
            act: act.to_owned(),
            ..ImportForm::default()
        };
        let returned = self.returned.clone();
        FormState::new(returned.filter(|(form, _)| form.act == act), fresh)
    }

    fn page(&self) -> String {
        routes::import(self.id)
    }
}

async fn send(form: ImportForm) -> Result<Next, Refusal<ImportField>> {
    calls::act_on_import(form).await
}

/// Which file, and which button.
#[component]
fn Hidden(form: FormState<ImportForm>) -> impl IntoView {
    let initial = form.initial();
    view! {
        <input type="hidden" name="of" value=initial.of />
        <input type="hidden" name="act" value=initial.act />
    }
}

/// The columns, to be confirmed.
#[component]
fn Confirm(view: ImportView, forms: Forms) -> impl IntoView {
    let form = forms.of(import_act::CHECK);
    view! {
        <section aria-labelledby="colonnes-titre">
            <h2 id="colonnes-titre">{t("Que contient chaque colonne\u{202f}?")}</h2>
            <p>{t("Vérifiez ce que le portail a reconnu. Les chiffres confidentiels sont masqués. Rien n’est encore contrôlé ni ajouté.")}</p>
            <PageForm form action=forms.page() send class="confirm">
                <Hidden form />
                <Columns form columns=view.columns />
                <div class="actions"><Submit form label=t("Contrôler le fichier") busy=t("Lancement…") /></div>
            </PageForm>
        </section>
    }
}

/// What the dry run found, and the way on.
#[component]
fn Result(view: ImportView, forms: Forms) -> impl IntoView {
    let counts = view.row.progress.counts;
    let halted = view
        .halt
        .map(|halt| view! { <Notice kind="warning">{wording::import::halt(halt)}</Notice> });
    let stale = view.stale.then(|| view! {
        <Notice kind="warning">
            {t("Ce contrôle date de plus de 12\u{a0}heures\u{a0}: les justifications seront vérifiées de nouveau avant l’ajout.")}
        </Notice>
    });
    view! {
        {halted}
        {stale}
        {if counts.ready > 0 {
            view! { <Add view=view.clone() forms /> }.into_any()
        } else {
            view! {
                <Notice>
                    {if counts.refused == 0 && view.halt.is_none() {
                        t("Tous ces clients sont déjà dans votre portefeuille\u{a0}: il n’y a rien à ajouter.")
                    } else {
                        t("Aucune ligne n’est à ajouter.")
                    }}
                </Notice>
            }
            .into_any()
        }}
        <Mend view />
    }
}

#[component]
fn Add(view: ImportView, forms: Forms) -> impl IntoView {
    let counts = view.row.progress.counts;
    let form = forms.of(import_act::ADD);
    let all = counts.refused == 0 && view.halt.is_none();
    let ready = u64::from(counts.ready);
    let label = match (view.stale, all, ready) {
        (true, ..) => t("Vérifier de nouveau").to_owned(),
        (false, true, _) => say!(
            "Ajouter {ready}",
            ready = french::count(ready, "client", "clients")
        ),
        (false, false, 1) => t("Ajouter la ligne valide").to_owned(),
        (false, false, _) => say!("Ajouter les {ready} valides", ready = french::number(ready)),
    };
    view! {
        <PageForm form action=forms.page() send class="add-file">
            <Hidden form />
            <UsualServices form />
            <div class="actions"><Submit form label busy=t("Lancement…") /></div>
        </PageForm>
    }
}

/// The way to the refused lines.
#[component]
fn Mend(view: ImportView) -> impl IntoView {
    let row = view.row;
    row.to_mend.then(|| {
        if view.own {
            view! {
                <form method="post" action=routes::refused_lines(row.id) class="mend">
                    <button type="submit" class="button">{t("Télécharger les lignes refusées")}</button>
                    <span class="hint">{t("Telles que vous les avez envoyées, avec le motif de chaque refus. Corrigez-les, puis renvoyez ce fichier. Elles sont gardées 7\u{a0}jours, pour vous seul. Comme elles portent des données confidentielles, votre identité est redemandée si besoin, et le téléchargement est inscrit au journal du cabinet.")}</span>
                </form>
            }
            .into_any()
        } else {
            let by = row.by;
            view! { <p class="muted">{t("Les lignes refusées ne peuvent être téléchargées que par ")} {by} {t(", qui a envoyé le fichier.")}</p> }
                .into_any()
        }
    })
}

#[component]
fn Done(view: ImportView) -> impl IntoView {
    let counts = view.row.progress.counts;
    view! {
        <Notice kind="success">
            <strong>{french::count(u64::from(counts.added), "client ajouté", "clients ajoutés")}</strong>
            {t(" à votre portefeuille. ")}
            <a href=routes::CLIENTS>{t("Voir la liste")}</a>
        </Notice>
        <Mend view />
    }
}

#[component]
fn Cancelled(view: ImportView) -> impl IntoView {
    let added = u64::from(view.row.progress.counts.added);
    view! {
        <Notice>
            {t("Cet import a été annulé, et les lignes du fichier sont effacées. ")}
            {if added == 0 {
                t("Rien n’a été ajouté.").to_owned()
            } else {
                say!("{added} avant l’annulation, et y restent.", added = french::count(added, "client avait été ajouté", "clients avaient été ajoutés"))
            }}
        </Notice>
    }
}

/// « Annuler »: one step away, since it cannot be undone.
#[component]
fn Cancel(forms: Forms, state: State) -> impl IntoView {
    let form = forms.of(import_act::CANCEL);
    let told = if state == State::Adding {
        t("Ce qui est déjà ajouté le reste\u{202f}; la suite du fichier est effacée.")
    } else {
        t("Le fichier est effacé, et rien n’est ajouté.")
    };
    view! {
        <details class="leave">
            <summary>{t("Annuler cet import")}</summary>
            <PageForm form action=forms.page() send summary="problemes-annuler">
                <Hidden form />
                <p>{told}</p>
                <Submit form label=t("Annuler l’import") busy=t("Annulation…") danger=true />
            </PageForm>
        </details>
    }
}
