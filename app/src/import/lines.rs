//! What became of each line, by its number: chosen by what it came to, page by page.

use crate::{
    parts::pager::{offered, span},
    routes,
};
use leptos::prelude::*;
use portfolio::{
    french,
    holder::Holder,
    import::{Counts, ImportView, LineRow, PAGE, Shown, State, Verdict},
    language::t,
    say, wording,
};

/// The figures, and the lines behind them.
#[component]
pub fn Lines(
    /// The file.
    view: ImportView,
) -> impl IntoView {
    let ImportView {
        row,
        lines,
        shown,
        found,
        ..
    } = view;
    let id = row.id;
    let to = move |shown: Shown| routes::import_lines(id, shown);
    let (counts, state) = (row.progress.counts, row.progress.state);
    let none = lines.is_empty();
    let nav = view! { <Figures counts state shown to=Callback::new(to) /> };
    let body = if none {
        view! { <p class="muted">{t("Aucune ligne à montrer ici.")}</p> }.into_any()
    } else {
        let rows = lines
            .into_iter()
            .map(|line| view! { <Line line state /> })
            .collect_view();
        let (first, last) = span(u64::from(shown.page), u64::from(PAGE), u64::from(found));
        view! {
            <p class="shown">
                {say!(
                    "Lignes {first} à {last} sur {found}",
                    first = french::number(first),
                    last = french::number(last),
                    found = french::number(u64::from(found))
                )}
            </p>
            <table class="ledger lines">
                <caption class="visually-hidden">{t("Résultat, ligne par ligne")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("Ligne")}</th>
                        <th scope="col">{t("Client")}</th>
                        <th scope="col">{t("Résultat")}</th>
                        <th scope="col">{t("Motif")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Pages shown found to=Callback::new(to) />
        }
        .into_any()
    };
    view! {
        <section class="result" aria-labelledby="resultat-titre">
            <h2 id="resultat-titre">{t("Résultat, ligne par ligne")}</h2>
            {nav}
            {body}
        </section>
    }
}

/// How many lines came to what: each figure is the way to its lines.
#[component]
fn Figures(
    counts: Counts,
    state: State,
    shown: Shown,
    to: Callback<Shown, String>,
) -> impl IntoView {
    let all = counts.ready + counts.added + counts.already + counts.refused;
    let of = |verdict| match verdict {
        None => (all, t("Toutes")),
        Some(Verdict::Ready) if state.over() => (counts.ready, t("Non ajoutées")),
        Some(Verdict::Ready) => (counts.ready, t("À ajouter")),
        Some(Verdict::Added) => (counts.added, t("Ajoutées")),
        Some(Verdict::Already) => (counts.already, t("Déjà là")),
        Some(Verdict::Refused) => (counts.refused, t("Refusées")),
    };
    let figures = [None]
        .into_iter()
        .chain(Verdict::ALL.map(Some))
        .filter(|verdict| {
            // « À ajouter » before, « Ajoutées » after: not both without need.
            let (count, _) = of(*verdict);
            count > 0 || !matches!(verdict, Some(Verdict::Ready | Verdict::Added))
        })
        .map(|verdict| {
            let (count, label) = of(verdict);
            let here = (shown.verdict == verdict).then_some("true");
            let to = to.run(Shown { verdict, page: 1 });
            view! {
                <li>
                    <a href=to aria-current=here>
                        <span class="figure">{french::number(u64::from(count))}</span>
                        " "
                        {label}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="figures" aria-label=t("Lignes à montrer")><ul role="list">{figures}</ul></nav> }
}

#[component]
fn Line(line: LineRow, state: State) -> impl IntoView {
    let identifier = line.held.as_ref().map(|held| match &held.holder {
        Holder::Siren(siren) => format!("{siren} ({})", held.scheme.code()),
        // Half of a proof.
        Holder::Account(number) => say!("Compte {masked}", masked = number.masked()),
    });
    let name = line.name.map(|name| match line.enrolment {
        Some(id) => view! { <a href=routes::client(id, "")>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    });
    let (class, mark) = match line.verdict {
        Verdict::Ready => ("tag", "○"),
        Verdict::Added => ("tag success", "●"),
        Verdict::Already => ("tag", "="),
        Verdict::Refused => ("tag danger", "✕"),
    };
    view! {
        <tr>
            <th scope="row" data-label=t("Ligne") class="figure">{line.line}</th>
            <td data-label=t("Client")>
                {name}
                " "
                <span class="identifier muted">{identifier.unwrap_or_else(|| "—".to_owned())}</span>
            </td>
            <td data-label=t("Résultat")><span class=class><span aria-hidden="true">{mark}</span> " " {line.verdict.label(state)}</span></td>
            <td data-label=t("Motif")>{line.reason.map(|reason| wording::import::reason(&reason))}</td>
        </tr>
    }
}

#[component]
fn Pages(shown: Shown, found: u32, to: Callback<Shown, String>) -> impl IntoView {
    let page = u64::from(shown.page);
    let last = u64::from(found.div_ceil(PAGE).max(1));
    let at = move |page: u64| {
        let page = u32::try_from(page).unwrap_or(1);
        to.run(Shown { page, ..shown })
    };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label=t("Pages du résultat")>
                <ul role="list">
                    <li>{(page > 1).then(|| view! { <a href=at(page - 1) rel="prev">{t("Précédente")}</a> })}</li>
                    {offered(page, last)
                        .into_iter()
                        .map(|number| match number {
                            None => view! { <li>"…"</li> }.into_any(),
                            Some(number) => view! {
                                <li>
                                    <a href=at(number) aria-current=(number == page).then_some("page") aria-label=say!("Page {number}", number)>
                                        {french::number(number)}
                                    </a>
                                </li>
                            }
                            .into_any(),
                        })
                        .collect_view()}
                    <li>{(page < last).then(|| view! { <a href=at(page + 1) rel="next">{t("Suivante")}</a> })}</li>
                </ul>
            </nav>
        }
    })
}
