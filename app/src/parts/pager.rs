//! « Affichage de 21 à 40 sur 312 clients », and the way to the other pages.

use crate::routes;
use leptos::prelude::*;
use portfolio::{
    client::Total,
    french,
    ids::EnrolmentId,
    language::t,
    say,
    search::{Place, Search},
};

/// The first and last row of a page, from 1; both nought when there is none.
pub fn span(page: u64, size: u64, total: u64) -> (u64, u64) {
    if total == 0 {
        return (0, 0);
    }
    ((page - 1) * size + 1, (page * size).min(total))
}

/// How much is shown of how much; far from the beginning the place is not known, and not told.
pub fn shown(page: Option<u64>, size: u64, rows: usize, total: Total) -> String {
    let of = total.told();
    match page {
        Some(page) => {
            let (first, _) = span(page, size, total.at_least());
            let last = (first + rows as u64).saturating_sub(1);
            let (first, last) = (french::number(first), french::number(last));
            say!("Affichage de {first} à {last} sur {of}", first, last, of)
        }
        None => say!(
            "Affichage de {rows} sur {of}",
            rows = french::number(rows as u64),
            of
        ),
    }
}

/// The numbered pages that are offered where each can be reached by its number: the first, the last, and those around the current one; `None` is a gap.
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

/// What is known of a page of a list.
#[derive(Clone, Copy)]
pub struct Ends {
    /// Its number.
    pub page: Option<u64>,
    /// Its first client, when others come before.
    pub first: Option<EnrolmentId>,
    /// Its last client, when others come after.
    pub last: Option<EnrolmentId>,
}

/// « Page 3 sur 87 », as far as both are known.
fn place(page: u64, total: Total, size: u64) -> String {
    let page = french::number(page);
    match total {
        Total::Exactly(total) => {
            let last = french::number(total.div_ceil(size.max(1)).max(1));
            say!("Page\u{a0}{page} sur\u{a0}{last}", page, last)
        }
        Total::MoreThan(_) => say!("Page\u{a0}{page}", page),
    }
}

/// Links to the pages of a list; nothing when there is one page only. The neighbours are named by the clients at the ends of the page,
/// so that the last page costs what the first one costs.
#[component]
pub fn Pager(
    /// The list.
    search: Search,
    /// The page shown.
    ends: Ends,
    /// How many clients match.
    total: Total,
) -> impl IntoView {
    let Ends { page, first, last } = ends;
    let list = search.settled().first_page();
    let size = list.size;
    let at = move |place, page| {
        routes::list(&Search {
            place,
            page,
            ..list.clone()
        })
    };
    let end = total
        .exact()
        .map_or(1, |total| total.div_ceil(size.max(1)).max(1));
    (first.is_some() || last.is_some()).then(|| {
        let before = first.map(|first| {
            let number = page.map_or(1, |page| page.max(2) - 1);
            let place = if number == 1 { Place::Page } else { Place::Before(first) };
            view! {
                <li><a href=at(Place::Page, 1)>{t("Première")}</a></li>
                <li><a href=at(place, number) rel="prev">{t("Précédente")}</a></li>
            }
        });
        let after = last.map(|last| view! {
            <li><a href=at(Place::After(last), page.map_or(1, |page| page + 1)) rel="next">{t("Suivante")}</a></li>
            <li><a href=at(Place::Last, end)>{t("Dernière")}</a></li>
        });
        let here = page.map(|page| view! { <li class="here" aria-current="page">{place(page, total, size)}</li> });
        view! {
            <nav class="pager" aria-label=t("Pages de la liste")>
                <ul role="list">{before} {here} {after}</ul>
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
            shown(Some(2), 20, 20, Total::Exactly(312)).replace('\u{a0}', " "),
            "Affichage de 21 à 40 sur 312 clients"
        );
        assert_eq!(
            shown(None, 20, 20, Total::MoreThan(1000)).replace(['\u{a0}', '\u{202f}'], " "),
            "Affichage de 20 sur plus de 1 000 clients"
        );
        let place = |page, total| place(page, total, 20).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(place(3, Total::Exactly(1725)), "Page 3 sur 87");
        assert_eq!(place(1, Total::Exactly(0)), "Page 1 sur 1");
        assert_eq!(place(3, Total::MoreThan(1000)), "Page 3");
        assert_eq!(offered(1, 1), [Some(1)]);
        assert_eq!(offered(2, 3), [Some(1), Some(2), Some(3)]);
        assert_eq!(
            offered(5, 9),
            [Some(1), None, Some(4), Some(5), Some(6), None, Some(9)]
        );
        assert_eq!(
            offered(4, 9),
            [Some(1), Some(2), Some(3), Some(4), Some(5), None, Some(9)]
        );
    }
}
