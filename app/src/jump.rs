//! The jump box: any client of the portfolio and any page, by a few letters. Without JavaScript its button leads to the list's search.

use crate::{
    browser,
    clients::{find, marked, marked_number},
    parts::{
        frame::{PRODUCT, Who},
        icon::Glass,
    },
    routes, shortcuts,
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use portfolio::{
    finding::Jump,
    french::{count, searchable},
    language::{n, t},
    say,
};
use std::time::Duration;

const DIALOG: &str = "aller";
const INPUT: &str = "aller-texte";
const LIST: &str = "aller-liste";
/// How long somebody pauses who has typed what they seek.
const PAUSE: Duration = Duration::from_millis(80);

/// Somewhere to go.
#[derive(Clone, PartialEq)]
struct Target {
    to: String,
    name: String,
    /// The client's number; empty for a page.
    number: String,
    /// The firm's reference of it; empty for none.
    reference: String,
    note: String,
}

impl Target {
    fn client(jump: &Jump) -> Self {
        let Jump { held, state, .. } = jump;
        Self {
            to: routes::client(jump.id, ""),
            name: jump.name.clone(),
            number: held.holder.to_string(),
            reference: jump.reference.clone(),
            note: format!("{} · {}", held.scheme.label(), state.label()),
        }
    }
}

/// The portal's pages, and whether they are for those who manage the firm.
const PAGES: [(&str, &str, bool); 23] = [
    (n("Invitations des clients"), routes::INVITATIONS, false),
    (n("Tableau de bord"), routes::DASHBOARD, false),
    (n("Gérer les établissements"), routes::EVERYBODY, false),
    (n("Ajouter un compte"), routes::ADD, false),
    (n("Ajouter plusieurs comptes"), routes::IMPORTS, false),
    (n("Revue du portefeuille"), routes::REVIEW, false),
    (n("Exporter les clients"), routes::EXPORT_CLIENTS, false),
    (n("Modifications en nombre"), routes::JOBS, false),
    (n("Filtres de la liste"), routes::FILTERS, false),
    (
        n("Travailler à l’étranger\u{a0}: demandes"),
        routes::MOBILITY,
        false,
    ),
    (n("Messagerie sécurisée"), routes::MESSAGES, false),
    (
        n("Importer des missions à l’étranger"),
        routes::POSTINGS,
        false,
    ),
    (n("Vues enregistrées"), routes::VIEWS, false),
    (n("Étiquettes du cabinet"), routes::LABELS, false),
    (n("Modèles de services"), routes::MODELS, false),
    (
        n("Sécurité\u{a0}: mot de passe, codes, sessions"),
        routes::SECURITY,
        false,
    ),
    (n("Échéances"), routes::CALENDAR, false),
    (n("Échéances dans mon agenda"), routes::FEED_PAGE, false),
    (n("Courriels que je reçois"), routes::NOTICES, false),
    (n("Aide"), routes::HELP, false),
    (n("Cabinet\u{a0}: membres"), routes::FIRM, true),
    (n("Inviter une personne"), routes::INVITE, true),
    (n("Journal du cabinet"), routes::JOURNAL, true),
];

/// The pages whose names hold all the words.
fn pages(text: &str, manages: bool) -> Vec<Target> {
    let plain = searchable(text);
    PAGES
        .into_iter()
        .filter(|(name, _, for_managers)| {
            let name = searchable(t(name));
            (manages || !for_managers) && plain.split(' ').all(|word| name.contains(word))
        })
        .map(|(name, to, _)| Target {
            to: to.to_owned(),
            name: t(name).to_owned(),
            number: String::new(),
            reference: String::new(),
            note: t("Page").to_owned(),
        })
        .collect()
}

/// What the box holds.
#[derive(Clone, Copy)]
struct Seeking {
    text: RwSignal<String>,
    /// The clients found, and the text that they were found for.
    found: RwSignal<(Option<String>, Vec<Jump>)>,
    /// The target that Enter opens.
    place: RwSignal<usize>,
    /// Enter was pressed before the answer was there.
    eager: StoredValue<bool>,
    offline: RwSignal<bool>,
}

impl Seeking {
    fn targets(self, manages: bool) -> Vec<Target> {
        let clients = self
            .found
            .with(|(_, found)| found.iter().map(Target::client).collect::<Vec<_>>());
        let pages = self.text.with(|text| pages(text, manages));
        clients.into_iter().chain(pages).collect()
    }

    fn answered(self) -> bool {
        self.found
            .with(|(of, _)| self.text.with(|text| of.as_ref() == Some(text)))
    }

    /// Asks for what the text means now; an answer to another text is dropped.
    fn ask(self, then: Callback<()>) {
        let text = self.text.get_untracked();
        spawn_local(async move {
            let outcome = find::candidates(text.clone()).await;
            if self.text.try_get_untracked().as_ref() != Some(&text) {
                return;
            }
            self.offline.set(outcome.is_err());
            self.found.set((Some(text), outcome.unwrap_or_default()));
            self.place.set(0);
            if self.eager.get_value() {
                then.run(());
            }
        });
    }
}

/// The button in the top bar, and the box that it opens.
#[component]
pub fn JumpBox() -> impl IntoView {
    let who = Who::here();
    let state = Seeking {
        text: RwSignal::new(String::new()),
        found: RwSignal::new((None, Vec::new())),
        place: RwSignal::new(0),
        eager: StoredValue::new(false),
        offline: RwSignal::new(false),
    };
    let manages = move || {
        who.with(|who| {
            who.as_ref()
                .is_some_and(portfolio::client::SignedIn::administers)
        })
    };
    let targets = Memo::new(move |_| state.targets(manages()));
    let navigate = use_navigate();
    let go = Callback::new(move |place: usize| {
        if let Some(target) = targets.with_untracked(|targets| targets.get(place).cloned()) {
            browser::close_dialog(DIALOG);
            navigate(&target.to, NavigateOptions::default());
        }
    });
    let go_first = Callback::new(move |()| go.run(state.place.get_untracked()));
    let open = move || {
        state.text.set(String::new());
        state.eager.set_value(false);
        browser::set_input_value(INPUT, "");
        browser::open_dialog(DIALOG);
        browser::focus(INPUT);
        state.ask(go_first);
    };
    Effect::new(move || {
        let listening = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() || who.get_untracked().is_none() {
                return;
            }
            let control =
                (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            let asked = match &*event.key() {
                "k" | "K" => control && !browser::has_dialog(),
                "/" => !shortcuts::modified(&event) && shortcuts::on() && !browser::is_busy(),
                _ => false,
            };
            if asked {
                event.prevent_default();
                open();
            }
        });
        on_cleanup(move || listening.remove());
    });
    view! {
        <a
            class="jump"
            href=format!("{}#recherche", routes::EVERYBODY)
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K"
            on:click=move |event| {
                event.prevent_default();
                open();
            }
        >
            <Glass />
            <span>{t("Aller à…")}</span>
            <kbd aria-hidden="true">{t("Ctrl K")}</kbd>
        </a>
        <dialog id=DIALOG class="dialog jump-box" aria-label=say!("Aller à un client ou à une page de {product}", product = PRODUCT)>
            <Input state targets go />
            <Targets state targets go />
        </dialog>
    }
    .into_any()
}

/// Where one types; the arrows choose, Enter goes.
#[component]
fn Input(state: Seeking, targets: Memo<Vec<Target>>, go: Callback<usize>) -> impl IntoView {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = waiting.try_get_value().flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let go_first = Callback::new(move |()| go.run(state.place.get_untracked()));
    let typed = move |text: String| {
        state.text.set(text);
        state.place.set(0);
        state.eager.set_value(false);
        stop();
        waiting.set_value(set_timeout_with_handle(move || state.ask(go_first), PAUSE).ok());
    };
    let pressed = move |event: ev::KeyboardEvent| {
        let last = targets.with_untracked(Vec::len).saturating_sub(1);
        let place = state.place.get_untracked();
        let to = match &*event.key() {
            "ArrowDown" => Some(if place >= last { 0 } else { place + 1 }),
            "ArrowUp" => Some(if place == 0 { last } else { place - 1 }),
            _ => None,
        };
        if let Some(to) = to {
            event.prevent_default();
            state.place.set(to);
            browser::show(&option_id(to));
        } else if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            if untrack(move || state.answered()) {
                go.run(place);
            } else {
                state.eager.set_value(true);
            }
        }
    };
    let active =
        move || targets.with(|targets| (!targets.is_empty()).then(|| option_id(state.place.get())));
    view! {
        <div class="field">
            <label for=INPUT class="visually-hidden">{t("Aller à un client ou à une page")}</label>
            <input
                type="text"
                id=INPUT
                role="combobox"
                aria-expanded="true"
                aria-controls=LIST
                aria-autocomplete="list"
                aria-activedescendant=active
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                placeholder=t("Nom, Siren, n° de compte, référence… ou une page")
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=pressed
            />
        </div>
    }
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

#[component]
fn Targets(state: Seeking, targets: Memo<Vec<Target>>, go: Callback<usize>) -> impl IntoView {
    let options = move || {
        let text = state.text.get();
        targets
            .get()
            .into_iter()
            .enumerate()
            .map(|(place, target)| view! {
                <li
                    role="option"
                    id=option_id(place)
                    aria-selected=move || (state.place.get() == place).to_string()
                    on:mousedown=move |event| event.prevent_default()
                    on:click=move |_| go.run(place)
                >
                    <span class="strong">{marked(&text, &target.name)}</span>
                    <span class="muted">
                        {(!target.number.is_empty()).then(|| view! { {marked_number(&text, &target.number)} " · " })}
                        {(!target.reference.is_empty()).then(|| view! { {marked(&text, &target.reference)} " · " })}
                        {target.note}
                    </span>
                </li>
            })
            .collect_view()
    };
    let told = move || {
        if state.offline.get() {
            return t("Le portail ne répond pas. Réessayez dans un instant.").to_owned();
        }
        let recent = state.text.with(|text| text.trim().is_empty());
        if !state.answered() {
            return String::new();
        }
        match targets.with(Vec::len) {
            0 => t("Rien ne correspond.").to_owned(),
            _ if recent => t("Ouverts récemment, et les pages du portail.").to_owned(),
            found => count(found as u64, "résultat", "résultats"),
        }
    };
    view! {
        <p class="told muted" role="status">{told}</p>
        <ul id=LIST role="listbox" aria-label=t("Clients et pages")>{options}</ul>
        <p class="muted keys-hint" aria-hidden="true"><kbd>"↑"</kbd> <kbd>"↓"</kbd> {t(" choisir, ")} <kbd>{t("Entrée")}</kbd> {t(" ouvrir, ")} <kbd>{t("Échap")}</kbd> {t(" fermer")}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Fear: a page is not found by its name, or one of the firm's is offered to somebody whom it is closed to.
    #[test]
    fn pages_by_their_words() {
        let names = |text: &str, manages| {
            let found = pages(text, manages);
            found
                .into_iter()
                .map(|target| target.to)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("securite", false), [routes::SECURITY]);
        assert_eq!(names("journal", false), Vec::<String>::new());
        assert_eq!(names("JOURNAL cab", true), [routes::JOURNAL]);
        assert_eq!(names("export", false), [routes::EXPORT_CLIENTS]);
        assert_eq!(names("annuler", false), Vec::<String>::new());
        let all: BTreeSet<String> = names("", true).into_iter().collect();
        assert_eq!(all.len(), PAGES.len(), "no page is offered twice");
    }

    /// Pages that the box does not lead to, and why.
    #[cfg(feature = "ssr")]
    const APART: [(&str, &str); 22] = [
        (routes::NEW_MESSAGE, "a part of « Messagerie sécurisée »"),
        (routes::OFFICE_MESSAGES, "for the body's officers"),
        (routes::MY_ACCOUNT, "for clients"),
        (routes::MY_EMAIL, "for clients"),
        (routes::APPLY, "for strangers"),
        (
            routes::POSTINGS_CHECKED,
            "a step of « Importer des missions »",
        ),
        (routes::HOME, "for strangers"),
        (routes::SIGN_IN, "for strangers"),
        (routes::SECOND_STEP, "a step of signing in"),
        (routes::FORGOTTEN, "for strangers"),
        (routes::CONFIRM, "a step of something else"),
        (routes::PASSWORD, "a part of « Sécurité »"),
        (routes::APPLICATION, "a part of « Sécurité »"),
        (routes::REMOVE_APPLICATION, "a part of « Sécurité »"),
        (routes::PASSKEY, "a part of « Sécurité »"),
        (routes::CODES, "a part of « Sécurité »"),
        (routes::CLIENTS, "offered as the list of everybody"),
        (routes::SELECTION, "the list's bar leads there"),
        (
            routes::CHANGE_SELECTION,
            "where that page's form is posted to",
        ),
        (routes::OFFICE, "for the body's officers"),
        (
            routes::VERIFICATION,
            "for whoever has a certificate; every page's foot leads there",
        ),
        (routes::NEW_MODEL, "a part of « Modèles de services »"),
    ];

    /// Fear: a page is added to the portal and the box does not know it.
    #[cfg(feature = "ssr")]
    #[test]
    fn every_page_is_offered() {
        let known = PAGES
            .map(|(_, to, _)| to)
            .into_iter()
            .chain(APART.map(|(to, _)| to));
        let known: BTreeSet<&str> = known.collect();
        for route in leptos_axum::generate_route_list(crate::App) {
            let path = route.path();
            // Clients have no box.
            let apart = path.contains('{') || path.starts_with(routes::MY_ACCOUNT);
            assert!(apart || known.contains(path), "{path}");
        }
    }
}
