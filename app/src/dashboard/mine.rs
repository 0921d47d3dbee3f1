//! What whoever asks has under way, and the clients that they opened last.

use super::overview::DRAFTS;
use crate::{parts::tag::StateTag, routes};
use leptos::prelude::*;
use portfolio::{
    bulk::Job,
    dashboard::{InTheMaking, MOST_DRAFTS},
    finding::Jump,
    french,
    language::t,
    say,
};

/// The enrolments in the making.
#[component]
pub fn Drafts(
    /// The latest first.
    drafts: Vec<InTheMaking>,
    /// How many there are.
    all: u64,
) -> impl IntoView {
    let full = all > MOST_DRAFTS;
    (!drafts.is_empty()).then(|| {
        let rows = drafts
            .into_iter()
            .map(|draft| {
                let InTheMaking {
                    id,
                    identifier,
                    begun_at,
                    proven,
                } = draft;
                let (to, next) = if proven.is_some() {
                    (routes::services(id), t("services à choisir"))
                } else {
                    (routes::proof(id), t("mandat à justifier"))
                };
                let typed = identifier.to_string();
                let name = match proven {
                    Some(name) => view! { {name} " " <span class="identifier muted">{typed}</span> }.into_any(),
                    None => view! { <span class="identifier">{typed}</span> }.into_any(),
                };
                view! {
                    <li>
                        <a href=to>{name}</a>
                        <span class="muted">{t("Commencée le ")} {begun_at.short_moment()} " – " {next}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby=DRAFTS>
                <h2 id=DRAFTS tabindex="-1">{t("Vos inscriptions en cours")}</h2>
                {full.then(|| view! { <p class="muted">{t("Les ")} {MOST_DRAFTS} {t(" dernières, sur ")} {french::number(all)} "."</p> })}
                <ul class="brief" role="list">{rows}</ul>
            </section>
        }
    })
}

/// The changes of many clients that go on, or can still be taken back.
#[component]
pub fn Changes(
    /// The latest first.
    changes: Vec<Job>,
) -> impl IntoView {
    (!changes.is_empty()).then(|| {
        let rows = changes
            .into_iter()
            .map(|job| {
                let next = match job.undo_until {
                    Some(until) => {
                        say!(
                            " – annulable jusqu’au {short_moment}",
                            short_moment = until.short_moment()
                        )
                    }
                    None => say!(
                        " – {done} sur {total}",
                        done = french::number(job.done),
                        total = french::number(job.total)
                    ),
                };
                view! {
                    <li>
                        <a href=routes::job(job.id)>{job.told}</a>
                        <span class="muted">{job.state.label()} {next}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby="lots">
                <h2 id="lots">{t("Modifications en nombre")}</h2>
                <ul class="brief" role="list">{rows}</ul>
                <p><a href=routes::JOBS>{t("Toutes les modifications en nombre")}</a></p>
            </section>
        }
    })
}

/// The clients opened last.
#[component]
pub fn Recent(
    /// The latest first.
    recent: Vec<Jump>,
) -> impl IntoView {
    (!recent.is_empty()).then(|| {
        let rows = recent
            .into_iter()
            .map(|client| {
                let to = routes::client(client.id, "");
                view! {
                    <li>
                        <span class="with-tag"><a href=to>{client.name}</a> <StateTag state=client.state /></span>
                        <span class="muted">
                            <span class="identifier">{client.held.holder.to_string()}</span>
                            " – " {client.held.scheme.label()}
                        </span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby="recents">
                <h2 id="recents">{t("Ouverts récemment")}</h2>
                <ul class="brief" role="list">{rows}</ul>
            </section>
        }
    })
}
