//! Ticks of the list, and the bar that goes with them. The selection is the portal's: it lasts over pages, searches and sign-ins.
//!
//! The boxes belong to the bar's form by its name, not by standing in it: a row may hold forms of its own. A page that is awake sends
//! each tick at once; without JavaScript they are sent with the bar's next button.

use crate::{
    browser,
    bulk::{calls, choose::Fallen},
    parts::{
        field::use_awake,
        form::{FormState, PageForm},
        frame::Who,
    },
    refusal::{NoField, Refusal},
    routes,
};
use leptos::{ev, html, prelude::*, server_fn::ServerFn, task::spawn_local};
use portfolio::{
    client::{Listing, Total},
    form::{SelectionForm, selection_act},
    french,
    ids::EnrolmentId,
    language::t,
    say,
    search::Search,
    selection::Selection,
};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the bar's form.
pub const FORM: &str = "selection";
/// For browsers without JavaScript: raw, since a browser with JavaScript reads it as text.
const TAKE_OVER: &str = "<button type=\"submit\" class=\"button small\" name=\"act\" value=\"cocher\" form=\"selection\">\
    Prendre en compte les cases cochées</button>";

/// A list, and which of its clients are ticked where that is known already: a browser asks for it afterwards.
pub type Ticked = (Listing, Option<Selection>);

/// A list with its ticks.
///
/// # Errors
/// Those of the list.
pub async fn with_ticks(
    listing: Result<Listing, Refusal<NoField>>,
) -> Result<Ticked, Refusal<NoField>> {
    let listing = listing?;
    let selection = if cfg!(feature = "ssr") && listing.managed > 0 {
        calls::ticked(joined(listing.rows.iter().map(|row| row.id)))
            .await
            .ok()
    } else {
        None
    };
    Ok((listing, selection))
}

fn joined(ids: impl IntoIterator<Item = EnrolmentId>) -> String {
    let ids: Vec<_> = ids.into_iter().map(|id| id.to_string()).collect();
    ids.join(",")
}

/// What the portal has been told of the ticks.
#[derive(Default)]
struct Told {
    /// Ticks that are still to be sent.
    waiting: BTreeMap<EnrolmentId, bool>,
    /// Whether ticks are on their way: those of meanwhile are gathered, so that none overtakes another.
    sending: bool,
    /// Counts what was ticked, and what was answered: what was asked before says nothing any more.
    turn: u64,
    /// Whether what is selected is to be asked once all is sent.
    ask: bool,
}

impl Told {
    fn all(&self) -> bool {
        self.waiting.is_empty() && !self.sending
    }
}

/// The ticks of the page that is shown.
#[derive(Clone, Copy)]
pub struct Ticks {
    /// The clients of the page, in its order.
    page: RwSignal<Vec<EnrolmentId>>,
    on: RwSignal<BTreeSet<EnrolmentId>>,
    count: RwSignal<u64>,
    fallen: RwSignal<u64>,
    /// Whether the last ticks did not reach the portal.
    lost: RwSignal<bool>,
    told: StoredValue<Told>,
    /// The box that was last clicked: where a range begins.
    last: StoredValue<Option<EnrolmentId>>,
}

impl Ticks {
    /// Those of this page, for its rows, head and bar.
    pub fn provide() -> Self {
        let ticks = Self {
            page: RwSignal::new(Vec::new()),
            on: RwSignal::new(BTreeSet::new()),
            count: RwSignal::new(0),
            fallen: RwSignal::new(0),
            lost: RwSignal::new(false),
            told: StoredValue::new(Told::default()),
            last: StoredValue::new(None),
        };
        provide_context(ticks);
        // The first comes before the next page is asked for, but not in every browser.
        Effect::new(move || {
            let leaving = window_event_listener(ev::beforeunload, move |_| ticks.send_last());
            on_cleanup(move || leaving.remove());
            let gone = window_event_listener(ev::pagehide, move |_| ticks.send_last());
            on_cleanup(move || gone.remove());
        });
        on_cleanup(move || ticks.send_last());
        ticks
    }

    /// Those of the page around; a short list has none.
    pub fn here() -> Option<Self> {
        use_context()
    }

    /// Whether any client is selected, on whichever page.
    pub fn any(self) -> bool {
        self.count.get() > 0
    }

    /// Shows the clients of a page; which of them are ticked is asked for where it is not known.
    pub fn show(self, page: Vec<EnrolmentId>, selection: Option<Selection>) {
        self.page.set(page);
        self.last.set_value(None);
        self.told.update_value(|told| told.turn += 1);
        match selection {
            Some(selection) => self.take(&selection),
            None => self.refresh(),
        }
    }

    /// Asks what is selected, once the portal has been told of every tick: an answer of before would take ticks away again.
    pub fn refresh(self) {
        if cfg!(feature = "ssr") {
            return;
        }
        let turn = self.told.try_update_value(|told| {
            told.ask = !told.all();
            (!told.ask).then_some(told.turn)
        });
        let Some(Some(turn)) = turn else {
            return;
        };
        spawn_local(async move {
            let among = joined(self.page.get_untracked());
            let answer = calls::ticked(among).await;
            match self.told.try_with_value(|told| told.turn == turn) {
                Some(true) => {
                    if let Ok(selection) = answer {
                        self.take(&selection);
                    }
                }
                Some(false) => self.refresh(),
                // The page is gone by now.
                None => {}
            }
        });
    }

    fn take(self, selection: &Selection) {
        let on = selection.ticked.clone();
        let _ = self.on.try_set(on);
        let _ = self.count.try_set(selection.count);
        let _ = self.fallen.try_set(selection.fallen);
    }

    /// Those of them that are ticked.
    pub fn with<T>(self, read: impl FnOnce(&BTreeSet<EnrolmentId>) -> T) -> T {
        self.on.with(read)
    }

    /// The same, for whoever does not follow them.
    pub fn with_untracked<T>(self, read: impl FnOnce(&BTreeSet<EnrolmentId>) -> T) -> T {
        self.on.with_untracked(read)
    }

    fn has(self, id: EnrolmentId) -> bool {
        self.on.with(|on| on.contains(&id))
    }

    /// Ticks a client or no longer; with the shift key, every client from the one clicked before on.
    pub fn click(self, id: EnrolmentId, on: bool, shift: bool) {
        let range = self
            .last
            .get_value()
            .filter(|_| shift)
            .and_then(|last| self.between(last, id))
            .unwrap_or_else(|| vec![id]);
        self.last.set_value(Some(id));
        self.put(&range, on);
    }

    fn between(self, one: EnrolmentId, other: EnrolmentId) -> Option<Vec<EnrolmentId>> {
        self.page.with_untracked(|page| {
            let place = |id| page.iter().position(|known| *known == id);
            let (one, other) = (place(one)?, place(other)?);
            Some(page[one.min(other)..=one.max(other)].to_vec())
        })
    }

    fn put(self, ids: &[EnrolmentId], on: bool) {
        let mut changed = 0;
        self.on.update(|ticked| {
            for id in ids {
                let moved = if on {
                    ticked.insert(*id)
                } else {
                    ticked.remove(id)
                };
                changed += u64::from(moved);
            }
        });
        self.count.update(|count| {
            *count = if on {
                *count + changed
            } else {
                count.saturating_sub(changed)
            };
        });
        let free = self.told.try_update_value(|told| {
            told.turn += 1;
            told.waiting.extend(ids.iter().map(|id| (*id, on)));
            !told.sending
        });
        if free == Some(true) {
            self.send();
        }
    }

    /// What is to be sent, if anything.
    fn gathered(self) -> Option<SelectionForm> {
        let waiting = self
            .told
            .try_update_value(|told| std::mem::take(&mut told.waiting))?;
        let ticks = waiting.iter().filter(|(_, on)| **on);
        (!waiting.is_empty()).then(|| SelectionForm {
            shown: joined(waiting.keys().copied()),
            ticks: ticks.map(|(id, _)| id.to_string()).collect(),
            act: selection_act::TICK.to_owned(),
            ..SelectionForm::default()
        })
    }

    fn send(self) {
        let Some(form) = self.gathered() else {
            return;
        };
        self.told.update_value(|told| told.sending = true);
        spawn_local(async move {
            let answer = calls::tick(form).await;
            let all = self.told.try_update_value(|told| {
                told.sending = false;
                told.turn += 1;
                told.all()
            });
            // Nobody is there to see it any more.
            let Some(all) = all else {
                return;
            };
            self.lost.set(answer.is_err());
            if !all {
                self.send();
            } else if let Ok(selection) = &answer {
                self.count.set(selection.count);
                self.fallen.set(selection.fallen);
            }
            let ask = self
                .told
                .try_update_value(|told| std::mem::take(&mut told.ask));
            if answer.is_err() || ask == Some(true) {
                self.refresh();
            }
        });
    }

    /// Sends what is still to be sent from a page that is being left: the browser sees to it by itself, and nobody hears the answer.
    fn send_last(self) {
        if let Some(form) = self.gathered() {
            let ticks = form.ticks.iter().map(|id| ("ticks[]", id.as_str()));
            let rest = [
                ("shown", form.shown.as_str()),
                ("query", ""),
                ("act", form.act.as_str()),
            ];
            let fields: Vec<_> = rest.into_iter().chain(ticks).collect();
            browser::post_on_leaving(calls::Tick::PATH, &fields);
        }
    }
}

/// The box of the head: all clients of the page.
#[component]
pub fn TickHead() -> impl IntoView {
    let ticks = Ticks::here()?;
    let awake = use_awake();
    let node = NodeRef::<html::Input>::new();
    let counted = move || {
        let page = ticks.page.get();
        let on = page.iter().filter(|id| ticks.has(**id)).count();
        (on, page.len())
    };
    Effect::new(move || {
        let (on, all) = counted();
        if let Some(input) = node.get() {
            input.set_indeterminate(on > 0 && on < all);
        }
    });
    Some(view! {
        <th scope="col" class="tick">
            <Show when=move || awake.get() fallback=|| view! { <span class="visually-hidden">{t("Sélection")}</span> }>
                <label>
                    <span class="visually-hidden">{t("Sélectionner les clients de cette page")}</span>
                    <input
                        type="checkbox"
                        node_ref=node
                        prop:checked=move || {
                            let (on, all) = counted();
                            all > 0 && on == all
                        }
                        on:change=move |event| {
                            let on = event_target_checked(&event);
                            ticks.put(&ticks.page.get_untracked(), on);
                        }
                    />
                </label>
            </Show>
        </th>
    })
}

/// « 12 clients sélectionnés », and what to do with them.
#[component]
pub fn SelectionBar(
    /// The list.
    search: Memo<Search>,
    /// How many clients it holds.
    total: Memo<Total>,
) -> impl IntoView {
    let ticks = Ticks::here()?;
    let query = Memo::new(move |_| search.with(|search| search.settled().query()));
    let form = FormState::new(None, SelectionForm::default());
    let may = Who::here().get_untracked().is_some_and(|who| who.edits());
    let send = move |mut typed: SelectionForm| async move {
        // Boxes that are gone with a page of before say nothing.
        typed.shown = joined(ticks.page.get_untracked());
        let next = calls::select(typed).await?;
        ticks.refresh();
        Ok(next)
    };
    let told = move || match ticks.count.get() {
        0 => t("Aucun client sélectionné").to_owned(),
        count => french::count(count, t("client sélectionné"), t("clients sélectionnés")),
    };
    let some = move || ticks.any();
    let all = Memo::new(move |_| search.with(|search| all_of(search, total.get())));
    let button = |act: &'static str, label: String| {
        view! { <button type="submit" class="button small" name="act" value=act>{label}</button> }
    };
    let action = Signal::derive(move || query.with(|query| routes::selection(query)));
    Some(view! {
        <PageForm form action send class="selection" id=FORM>
            <input type="hidden" name="shown" value=joined(ticks.page.get_untracked()) prop:value=move || joined(ticks.page.get()) />
            <input type="hidden" name="query" value=query.get_untracked() prop:value=move || query.get() />
            <p class="figure" role="status" class:some=some>{told}</p>
            <noscript inner_html=TAKE_OVER></noscript>
            {move || all.get().map(|all| button(selection_act::ALL, all))}
            <Show when=some>
                {may.then(|| button(selection_act::CHANGE, t("Modifier…").to_owned()))}
                {button(selection_act::EXPORT, t("Exporter…").to_owned())}
                {button(selection_act::CLEAR, t("Tout désélectionner").to_owned())}
            </Show>
            <Show when=move || !some()>{button(selection_act::EXPORT, t("Exporter…").to_owned())}</Show>
            <a class="button quiet small" href=routes::JOBS>{t("Modifications en nombre")}</a>
            {move || (ticks.fallen.get() > 0).then(|| view! { <Fallen fallen=ticks.fallen.get() /> })}
            <Show when=move || ticks.lost.get()>
                <p class="lost" role="alert">{t("Les dernières cases n’ont pas été enregistrées. Vérifiez votre connexion.")}</p>
            </Show>
        </PageForm>
    })
}

/// The words of the button that selects all of a list; none where one page shows them all.
fn all_of(search: &Search, total: Total) -> Option<String> {
    let several = total.at_least() > search.size;
    let of = if search.narrows() {
        t("de cette recherche")
    } else {
        t("du portefeuille")
    };
    several.then(|| match total {
        Total::Exactly(count) => say!(
            "Sélectionner les {count} {of}",
            count = french::count(count, "client", "clients"),
            of
        ),
        Total::MoreThan(_) => say!("Sélectionner tous les clients {of}", of),
    })
}
