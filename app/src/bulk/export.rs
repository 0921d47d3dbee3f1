//! « Exporter »: the list or the selection, as a file for spreadsheets.

use super::calls::{self, Weighed};
use crate::{
    parts::{frame::PageTitle, loaded::loaded},
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{attestation::MOST_AT_ONCE, french, language::t, say, sheet::Format};

/// The page.
#[component]
pub fn ExportPage() -> impl IntoView {
    let query = use_location().search;
    let back = Memo::new(move |_| routes::back(&query.get()));
    let weighed = Resource::new_blocking(move || back.get(), calls::weigh);
    view! {
        <PageTitle text=t("Exporter") />
        <Suspense>
            {move || {
                let back = back.get();
                Suspend::new(async move {
                    let outcome = weighed.await;
                    loaded(outcome, |weighed| view! { <Shown weighed back /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Shown(weighed: Weighed, back: String) -> impl IntoView {
    let search = routes::back_of(&back);
    let narrows = search.narrows();
    let of_list = if narrows {
        t("La liste filtrée")
    } else {
        t("Tout le portefeuille")
    };
    let list = routes::list(&search);
    let choice = |of: &'static str, title: &'static str, count: u64| {
        let buttons = Format::ALL
            .map(|format| {
                view! {
                    <button type="submit" class="button" name="format" value=format.code()>
                        {format.label()}
                        <span class="visually-hidden">{t("\u{a0}: ")} {title}</span>
                    </button>
                }
            })
            .collect_view();
        view! {
            <form method="post" action=routes::export_clients(&back) class="export-choice">
                <input type="hidden" name="of" value=of />
                <h2>{title}</h2>
                <p class="figure">{french::count(count, "client", "clients")}</p>
                {if count > 0 {
                    view! { <div class="actions">{buttons}</div> }.into_any()
                } else {
                    view! { <p class="muted">{t("Rien à exporter.")}</p> }.into_any()
                }}
            </form>
        }
    };
    view! {
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=list>{t("Établissements")}</a></li></ol>
            </nav>
            <h1>{t("Exporter")}</h1>
            <p class="muted">
                {t("Un fichier pour tableur\u{a0}: identifiant, régime, nom, état, organismes, services, référence, étiquettes, personne en charge, dates. \
                Aucune donnée secrète n’y figure. L’export est inscrit au journal du cabinet.")}
            </p>
            <Said again=t("Choisissez de nouveau le fichier.") />
            <div class="export-choices">
                {choice("liste", of_list, weighed.listed)} {choice("selection", t("La sélection"), weighed.selected)}
            </div>
            <Attestations selected=weighed.selected />
        </article>
    }
}

/// The attestations de vigilance of the selected clients, as one archive.
#[component]
fn Attestations(selected: u64) -> impl IntoView {
    let most = french::number(MOST_AT_ONCE);
    let offer = match selected {
        0 => view! { <p class="muted">{t("Sélectionnez d’abord des clients dans la liste.")}</p> }.into_any(),
        count if count > MOST_AT_ONCE => {
            view! { <p class="muted">{say!("Au plus {most} clients à la fois\u{a0}: réduisez la sélection.", most)}</p> }
                .into_any()
        }
        count => view! {
            <form method="post" action=routes::SELECTED_ATTESTATIONS class="actions">
                <button type="submit" class="button">
                    {say!("Attestations de {count} (ZIP)", count = french::count(count, "client", "clients"))}
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby="attestations-titre">
            <h2 id="attestations-titre">{t("Attestations de vigilance de la sélection")}</h2>
            <p class="muted">
                {t("Une archive avec l’attestation de chaque client à jour dont le service est coché, et une liste qui dit, pour chacun, si elle est \
                 délivrée ou pourquoi elle ne l’est pas. La demande est inscrite au journal du cabinet.")}
            </p>
            {offer}
        </section>
    }
}
