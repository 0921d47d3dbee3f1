//! « Affichage de 21 à 40 sur 312 clients », and the way to the other pages.

use crate::routes;
use leptos::prelude::*;
use portfolio::{french, search::Search};

/// The first and last row of a page, from 1; both nought when there is none.
pub fn span(page: u64, size: u64, total: u64) -> (u64, u64) {
    if total == 0 {
        return (0, 0);
    }
    ((page - 1) * size + 1, (page * size).min(total))
}

/// How much is shown of how much.
pub fn shown(page: u64, size: u64, total: u64) -> String {
    let (first, last) = span(page, size, total);
    format!(
        "Affichage de {} à {} sur {}",
        french::number(first),
        french::number(last),
        french::count(total, "client", "clients")
    )
}

/// The pages that are offered: the first, the last, and those around the current one; `None` is a gap.
pub fn offered(page: u64, last: u64) -> Vec<Option<u64>> {
    let mut offered = Vec::new();
    let mut before = 0;
    for candidate in [1, page.saturating_sub(1), page, page + 1, last] {
        if candidate == 0 || candidate > last || candidate <= before {
            continue;
        }
        if candidate > before + 1 && before > 0 {
            offered.push(if candidate == before + 2 {
                Some(before + 1)
            } else {
                None
            });
        }
        offered.push(Some(candidate));
        before = candidate;
    }
    offered
}

/// Links to the pages of a list; nothing when there is one page only.
#[component]
pub fn Pager(
    /// The list.
    search: Search,
    /// The page shown.
    page: u64,
    /// How many clients match.
    total: u64,
) -> impl IntoView {
    let last = total.div_ceil(search.size).max(1);
    let to = move |page: u64| {
        routes::list(&Search {
            page,
            ..search.settled()
        })
    };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label="Pages de la liste">
                <ul role="list">
                    <li>{(page > 1).then(|| view! { <a href=to(page - 1) rel="prev">"Précédente"</a> })}</li>
                    {offered(page, last)
                        .into_iter()
                        .map(|number| match number {
                            None => view! { <li class="gap">"…"</li> }.into_any(),
                            Some(number) => view! {
                                <li>
                                    <a href=to(number) aria-current=(number == page).then_some("page") aria-label=format!("Page {number}")>
                                        {french::number(number)}
                                    </a>
                                </li>
                            }
                            .into_any(),
                        })
                        .collect_view()}
                    <li>{(page < last).then(|| view! { <a href=to(page + 1) rel="next">"Suivante"</a> })}</li>
                </ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: « de 1 à 20 sur 12 », or a page without a way to its neighbours.
    #[test]
    fn spans_and_pages() {
        assert_eq!(span(1, 20, 0), (0, 0));
        assert_eq!(span(2, 20, 312), (21, 40));
        assert_eq!(span(16, 20, 312), (301, 312));
        assert_eq!(
            shown(2, 20, 312).replace('\u{a0}', " "),
            "Affichage de 21 à 40 sur 312 clients"
        );
        assert_eq!(offered(1, 1), [Some(1)]);
        assert_eq!(offered(2, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(
            offered(5, 9),
            [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]
        );
        assert_eq!(
            offered(3, 9),
            [Some(1), Some(2), Some(3), Some(4), None, Some(9)]
        );
        assert_eq!(
            offered(4, 9),
            [Some(1), Some(2), Some(3), Some(4), Some(5), None, Some(9)]
        );
    }
}
