//! The clients of a change, and what becomes of each.

use crate::routes;
use leptos::prelude::*;
use portfolio::{
    bulk::{Became, Job, Part, Told},
    catalogue::ServiceCode,
    french,
    ids::BulkId,
    language::t,
    say,
};

/// A part of the lines, and the way to the others.
#[component]
pub fn Lines(
    /// The change.
    job: Job,
    /// The part that is shown.
    part: Part,
    /// The number after which the lines begin.
    from: u64,
) -> impl IntoView {
    let Job {
        id,
        lines,
        after,
        tally,
        total,
        done,
        state,
        ..
    } = job;
    let waits = state == portfolio::bulk::State::Ready;
    let count = |part| match part {
        Part::All => Some(total),
        // While it goes on, those that are still to come are counted in no part.
        _ if !waits && done < total => None,
        Part::Changed => Some(tally.changed),
        Part::Same => Some(tally.same),
        Part::Left => Some(tally.left_alone()),
    };
    let tabs = Part::ALL
        .into_iter()
        .map(|known| {
            let count = count(known).map(|count| format!(" ({})", french::number(count)));
            let to = routes::job_part(id, known, 0);
            view! {
                <li><a href=to aria-current=(known == part).then_some("page")>{label(known, waits)} {count}</a></li>
            }
        })
        .collect_view();
    let empty = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| view! { <Line line /> })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=t("Clients de cette modification")><ul role="list">{tabs}</ul></nav>
        {if empty {
            view! { <p class="muted">{t("Aucun client ici.")}</p> }.into_any()
        } else {
            view! {
                <table class="ledger bulk-lines">
                    <caption class="visually-hidden">{t("Clients, et ce qui change pour chacun")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("Client")}</th>
                            <th scope="col">{t("Siren ou n° de compte")}</th>
                            <th scope="col">{if waits { t("Ce qui changera") } else { t("Ce qui a changé") }}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        }}
        <Ways id part from after />
    }
}

fn label(part: Part, waits: bool) -> &'static str {
    match (part, waits) {
        (Part::All, _) => t("Tous"),
        (Part::Changed, true) => t("À modifier"),
        (Part::Changed, false) => t("Modifiés"),
        (Part::Same, _) => t("Inchangés"),
        (Part::Left, _) => t("Écartés"),
    }
}

#[component]
fn Line(line: Told) -> impl IntoView {
    let became = match line.became {
        Became::Services { added, removed } => view! {
            {(!added.is_empty()).then(|| view! { <p class="added"><span class="sign">"+"</span> {named(&added)}</p> })}
            {(!removed.is_empty()).then(|| view! { <p class="removed"><span class="sign">"−"</span> {named(&removed)}</p> })}
        }
        .into_any(),
        other => {
            let alone = matches!(other, Became::Left(_) | Became::Same);
            view! { <p class:muted=alone>{other.told()}</p> }.into_any()
        }
    };
    let left_out = (!line.left_out.is_empty()).then(|| {
        say!(
            "N’existe pas pour ce compte\u{a0}: {left_out}",
            left_out = named(&line.left_out)
        )
    });
    view! {
        <tr>
            <th scope="row" data-label=t("Client")><a href=routes::client(line.id, "")>{line.name}</a></th>
            <td data-label=t("Numéro") class="identifier">{line.held.holder.to_string()}</td>
            <td data-label=t("Changement")>{became} {left_out.map(|told| view! { <p class="muted small">{told}</p> })}</td>
        </tr>
    }
}

fn named(codes: &[ServiceCode]) -> String {
    let labels: Vec<_> = codes.iter().map(|code| code.service().label()).collect();
    labels.join(", ")
}

/// On to the lines that follow, and back to the first ones.
#[component]
fn Ways(id: BulkId, part: Part, from: u64, after: Option<u64>) -> impl IntoView {
    (from > 0 || after.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label=t("Pages des clients")>
                <ul role="list">
                    <li>{(from > 0).then(|| view! { <a href=routes::job_part(id, part, 0)>{t("Revenir au début")}</a> })}</li>
                    <li>{after.map(|after| view! { <a href=routes::job_part(id, part, after) rel="next">{t("Suivants")}</a> })}</li>
                </ul>
            </nav>
        }
    })
}
