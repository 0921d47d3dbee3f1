//! The firm's changes of many clients, latest first.

use super::calls;
use crate::{
    firm::FirmNav,
    parts::{frame::PageTitle, loaded::loaded},
    routes,
};
use leptos::prelude::*;
use portfolio::{bulk::JobRow, french, language::t};

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    let jobs = Resource::new_blocking(|| (), |()| calls::jobs());
    view! {
        <PageTitle text=t("Modifications en nombre") />
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = jobs.await;
                loaded(outcome, |jobs| view! { <Shown jobs /> })
            })}
        </Suspense>
    }
}

#[component]
fn Shown(jobs: Vec<JobRow>) -> impl IntoView {
    let body = if jobs.is_empty() {
        view! {
            <div class="empty">
                <h2>{t("Aucune modification en nombre")}</h2>
                <p>{t("Cochez des clients dans la liste, puis «\u{a0}Modifier\u{a0}».")}</p>
                <p class="actions"><a class="button" href=routes::CLIENTS>{t("Gérer les établissements")}</a></p>
            </div>
        }
        .into_any()
    } else {
        let rows = jobs
            .into_iter()
            .map(|job| view! {
                <tr>
                    <td data-label=t("Date") class="moment"><time datetime=job.at.iso_date()>{job.at.short_moment()}</time></td>
                    <th scope="row" data-label=t("Quoi")><a href=routes::job(job.id)>{job.told}</a></th>
                    <td data-label=t("Clients") class="count">{french::number(job.total)}</td>
                    <td data-label=t("Par")>{job.by}</td>
                    <td data-label=t("État")>{job.state.label()}</td>
                </tr>
            })
            .collect_view();
        view! {
            <table class="ledger">
                <caption class="visually-hidden">{t("Modifications en nombre, de la plus récente à la plus ancienne")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("Date")}</th>
                        <th scope="col">{t("Quoi")}</th>
                        <th scope="col">{t("Clients")}</th>
                        <th scope="col">{t("Par")}</th>
                        <th scope="col">{t("État")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <article class="page wide">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::CLIENTS>{t("Établissements")}</a></li></ol>
            </nav>
            <h1>{t("Modifications en nombre")}</h1>
            <p class="muted">{t("Ce qu’il est advenu de chaque client est conservé 30\u{a0}jours.")}</p>
            <FirmNav here=routes::JOBS />
            {body}
        </article>
    }
}
