//! The filters that are on, each with the way out of it.

use crate::{clients::follow, routes};
use leptos::prelude::*;
use portfolio::{
    finding::Choices,
    ids::{LabelId, MemberId},
    language::t,
    organism, say,
    search::{Filter, InCharge, Search, Since},
    wording,
};

/// A filter that is on: what it says, and the filters without it.
type Chip = (String, Filter);

/// The chips of the list that the address names. What the firm has named itself is asked for only where a filter speaks of it.
#[component]
pub fn Chips(
    /// The list.
    asked: Memo<(Search, bool)>,
) -> impl IntoView {
    let names_wanted = Memo::new(move |_| {
        asked.with(|(search, _)| {
            let Filter {
                labels,
                changed_by,
                in_charge,
                ..
            } = &search.filter;
            !labels.is_empty() || changed_by.is_some() || in_charge.is_some()
        })
    });
    let names = Resource::new_blocking(
        move || names_wanted.get(),
        |wanted| async move {
            if wanted {
                follow::own_choices().await.ok()
            } else {
                None
            }
        },
    );
    // What is typed changes nothing where no filter is on.
    let filtered = Memo::new(move |_| {
        asked.with(|(search, _)| {
            if search.filter.is_set() {
                search.clone()
            } else {
                Search::default()
            }
        })
    });
    view! {
        <Transition>
            {move || {
                let search = filtered.get();
                Suspend::new(async move {
                    let names = names.await.unwrap_or_default();
                    view! { <Bar search names /> }
                })
            }}
        </Transition>
    }
}

#[component]
fn Bar(search: Search, names: Choices) -> impl IntoView {
    let base = search.settled().first_page();
    let to = move |filter| {
        routes::list(&Search {
            filter,
            ..base.clone()
        })
    };
    let chips = chips(&search.filter, &names);
    let none = to(Filter::default());
    (!chips.is_empty()).then(|| {
        let chips = chips
            .into_iter()
            .map(|(words, without)| {
                view! {
                    <li>
                        <a class="chip" href=to(without)>
                            <span class="visually-hidden">{t("Retirer le filtre ")}</span>
                            {words}
                            <span class="cross" aria-hidden="true">"✕"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav class="chips" aria-label=t("Filtres en cours")>
                <ul role="list">
                    {chips}
                    <li><a class="button quiet small" href=none>{t("Effacer les filtres")}</a></li>
                </ul>
            </nav>
        }
    })
}

fn chips(filter: &Filter, names: &Choices) -> Vec<Chip> {
    let member = |id: &MemberId| {
        let known = names.members.iter().find(|member| member.id == *id);
        known.map_or(t("quelqu’un qui a quitté le cabinet"), |member| {
            &member.name
        })
    };
    let label = |id: &LabelId| {
        let known = names.labels.iter().find(|(label, _)| label.id == *id);
        known.map_or(t("étiquette supprimée"), |(label, _)| &label.name)
    };
    let mut chips = Vec::new();
    let mut chip = |words: String, leave: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        leave(&mut without);
        chips.push((words, without));
    };
    let named = |name: &str, value: &str| format!("{name}\u{a0}: {value}");
    if let Some(scheme) = filter.scheme {
        chip(named(t("Régime"), scheme.label()), &|f| f.scheme = None);
    }
    if let Some(state) = filter.state {
        chip(named(t("État"), state.label()), &|f| f.state = None);
    }
    if let Some(kind) = filter.kind {
        chip(named(t("Statut"), kind.label()), &|f| f.kind = None);
    }
    for code in &filter.on {
        let words = named(t("Avec"), code.service().label());
        chip(words, &|f| {
            f.on.remove(code);
        });
    }
    for code in &filter.off {
        let words = named(t("Sans"), code.service().label());
        chip(words, &|f| {
            f.off.remove(code);
        });
    }
    if let Some(code) = &filter.organism {
        chip(named(t("Organisme"), &organism::name(code)), &|f| {
            f.organism = None;
        });
    }
    if let Some(since) = &filter.added {
        chip(named(t("Ajouté"), &since_words(since)), &|f| {
            f.added = None;
        });
    }
    if let Some(since) = &filter.changed {
        chip(named(t("Modifié"), &since_words(since)), &|f| {
            f.changed = None;
        });
    }
    if let Some(id) = &filter.changed_by {
        chip(named(t("Modifié par"), member(id)), &|f| {
            f.changed_by = None;
        });
    }
    match &filter.in_charge {
        Some(InCharge::Nobody) => chip(named(t("En charge"), t("aucun membre")), &|f| {
            f.in_charge = None;
        }),
        Some(InCharge::Member(id)) => {
            chip(named(t("En charge"), member(id)), &|f| f.in_charge = None);
        }
        None => {}
    }
    for id in &filter.labels {
        let words = named(t("Étiquette"), label(id));
        chip(words, &|f| {
            f.labels.remove(id);
        });
    }
    if filter.no_reference {
        chip(t("Sans référence").to_owned(), &|f| {
            f.no_reference = false;
        });
    }
    if filter.no_service {
        chip(t("Sans aucun service").to_owned(), &|f| {
            f.no_service = false;
        });
    }
    if filter.not_reviewed {
        chip(t(wording::TO_REVIEW).to_owned(), &|f| {
            f.not_reviewed = false;
        });
    }
    if let Some(rhythm) = filter.rhythm {
        chip(named(t("Échéances"), rhythm.label()), &|f| {
            f.rhythm = None;
        });
    }
    if filter.favourites {
        chip(t("Favoris").to_owned(), &|f| f.favourites = false);
    }
    chips
}

/// « depuis 30 jours », « depuis le 24/11/2026 ».
pub fn since_words(since: &Since) -> String {
    match since {
        Since::Days(days) => match days {
            1 => t("depuis hier").to_owned(),
            days => say!("depuis {days}\u{a0}jours", days),
        },
        Since::Day(day) => {
            let turned: Vec<&str> = day.split('-').rev().collect();
            say!("depuis le {join}", join = turned.join("/"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::{
        catalogue::ServiceCode,
        holder::{AccountState, Kind, Scheme},
    };

    /// Fear: a filter is on that no chip tells of, or a chip takes another filter off than its own.
    #[test]
    fn each_filter_has_its_chip() {
        let id = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
        let filter = Filter {
            scheme: Some(Scheme::ALL[0]),
            state: Some(AccountState::Radie),
            kind: Some(Kind::Gm),
            on: ServiceCode::all().take(2).collect(),
            off: ServiceCode::all().skip(2).take(1).collect(),
            organism: Some("117".into()),
            added: Some(Since::Days(30)),
            changed: Some(Since::Day("2026-11-24".into())),
            changed_by: id.parse().ok(),
            in_charge: Some(InCharge::Nobody),
            labels: id.parse().into_iter().collect(),
            no_reference: true,
            no_service: true,
            not_reviewed: true,
            favourites: true,
            rhythm: Some(portfolio::calendar::Rhythm::Quarterly),
        };
        let chips = chips(&filter, &Choices::default());
        assert_eq!(chips.len(), filter.parts().len());
        for (words, without) in &chips {
            assert_eq!(without.parts().len(), filter.parts().len() - 1, "{words}");
        }
        assert_eq!(
            since_words(&Since::Day("2026-11-24".into())),
            "depuis le 24/11/2026"
        );
    }
}
