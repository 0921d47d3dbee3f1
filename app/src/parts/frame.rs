//! The frame around every page: title, top bar, navigation, footer.

use crate::{
    contact::Contact,
    jump::JumpBox,
    language::LanguageSwitch,
    messages::Unread,
    parts::icon::{Dates, Dial, Envelope, Globe, People, Plus, Question, Rows},
    routes,
    session::leave::use_sign_out,
    shortcuts::Shortcuts,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use portfolio::{
    client::SignedIn,
    language::{Language, current, t},
    permission::Seat,
    wording,
};

/// The product's name.
pub const PRODUCT: &str = "Portefeuille";

/// Who is signed in, for the frame.
pub struct Who;

impl Who {
    /// Who sent this request; the browser gets it with the page.
    pub fn of_request() -> Option<SignedIn> {
        #[cfg(feature = "ssr")]
        {
            crate::asking::visitor()
                .session
                .map(|session| session.shown)
        }
        #[cfg(not(feature = "ssr"))]
        None
    }

    /// Who is signed in on this page.
    pub fn here() -> RwSignal<Option<SignedIn>> {
        use_context().unwrap_or_else(|| RwSignal::new(None))
    }
}

/// The title of a page, with « Erreur : » before it while its form is faulty. Only our own words go in: titles are seen by others,
/// and leptos does not escape them.
#[component]
pub fn PageTitle(
    /// What the page is called.
    text: &'static str,
    /// Whether its form is faulty.
    #[prop(optional, into)]
    form: Option<Signal<bool>>,
) -> impl IntoView {
    let text = move || {
        let prefix = if form.and_then(|faulty| faulty.try_get()).unwrap_or(false) {
            t(wording::TITLE_PREFIX)
        } else {
            ""
        };
        format!("{prefix}{text} – {PRODUCT}")
    };
    view! { <Title text /> }
}

/// The bar at the top, and the navigation of those who are signed in.
#[component]
pub fn TopBar() -> impl IntoView {
    let who = Who::here();
    let home = move || {
        who.get()
            .map_or(routes::HOME, |who| routes::home_of(who.seat))
    };
    view! {
        <header class="top">
            <a class="brand" href=home>
                <span class="mark" aria-hidden="true"></span>
                {PRODUCT}
            </a>
            {move || match who.get() {
                Some(signed_in) => view! {
                    {signed_in.manages().then(|| view! { <JumpBox /> })}
                    <Account signed_in />
                }
                .into_any(),
                None => view! {
                    <nav class="public" aria-label=t("Accès")>
                        <LanguageSwitch />
                        <a href=routes::HELP>{t("Aide")}</a>
                        <a class="button small" href=routes::SIGN_IN>{t("Connectez-vous")}</a>
                    </nav>
                }
                .into_any(),
            }}
        </header>
        {move || who.get().map(|who| match who.seat {
            Seat::Body => view! { <OfficeRail /> }.into_any(),
            Seat::Client => view! { <ClientRail /> }.into_any(),
            Seat::Firm(_) => view! { <Rail /> }.into_any(),
        })}
    }
}

#[component]
fn Account(signed_in: SignedIn) -> impl IntoView {
    let sign_out = use_sign_out();
    let leave = move |event: SubmitEvent| {
        event.prevent_default();
        sign_out();
    };
    view! {
        <div class="account">
            <span class="firm">{signed_in.firm}</span>
            <span class="member">{signed_in.member}</span>
            <LanguageSwitch />
            <a class="own" href=routes::SECURITY>{t("Sécurité")}</a>
            <form method="post" action=routes::SIGN_OUT on:submit=leave>
                <button type="submit" class="button small">{t("Se déconnecter")}</button>
            </form>
        </div>
    }
}

/// Whether a page belongs to adding: one client, or a file of them.
fn adds(path: &str) -> bool {
    path.starts_with(routes::ADD) || path.starts_with(routes::IMPORTS)
}

/// Whether a page belongs to work abroad: the firm's requests, or those of one client.
fn abroad(path: &str) -> bool {
    let of_client = path.strip_prefix(routes::CLIENTS).unwrap_or_default();
    path.starts_with(routes::MOBILITY) || of_client.split('/').nth(2) == Some("mobilite")
}

/// An entry of the navigation: where it leads, its icon, its words, and what stands behind them.
struct Entry {
    to: &'static str,
    icon: AnyView,
    words: AnyView,
    after: Option<AnyView>,
}

impl Entry {
    fn new(to: &'static str, icon: impl IntoAny, words: impl IntoAny) -> Self {
        Self {
            to,
            icon: icon.into_any(),
            words: words.into_any(),
            after: None,
        }
    }

    /// « Messages », with how many are unread.
    fn messages(to: &'static str) -> Self {
        Self {
            after: Some(view! { <Unread /> }.into_any()),
            ..Self::new(to, view! { <Envelope /> }, t("Messages"))
        }
    }

    fn help() -> Self {
        Self::new(routes::HELP, view! { <Question /> }, t("Aide"))
    }

    /// Drawn; `holds` tells whether a page below it belongs to it.
    fn drawn(self, holds: fn(&'static str, &str) -> bool) -> AnyView {
        let Self {
            to,
            icon,
            words,
            after,
        } = self;
        let path = use_location().pathname;
        let current = move || {
            let path = path.get();
            (path == to)
                .then_some("page")
                .or(holds(to, &path).then_some("true"))
        };
        view! {
            <li>
                <a href=to aria-current=current>
                    {icon}
                    <span>{words}</span>
                    {after}
                </a>
            </li>
        }
        .into_any()
    }
}

/// The navigation, around its entries.
#[component]
fn Navigation(children: Children) -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t("Navigation principale")>
            <ul role="list">{children()}</ul>
        </nav>
    }
}

/// The navigation of a firm's members.
#[component]
fn Rail() -> impl IntoView {
    let who = Who::here();
    let manages = move || {
        who.with(|who| {
            who.as_ref()
                .is_some_and(portfolio::client::SignedIn::administers)
        })
    };
    // The pages of one client belong to the list; those of an enrolment in the making to adding; the review to the dashboard.
    let holds = |to: &'static str, path: &str| match to {
        routes::ADD => adds(path),
        routes::CLIENTS => path.starts_with(to) && !adds(path) && !abroad(path),
        routes::MOBILITY => abroad(path),
        routes::DASHBOARD => path == routes::REVIEW,
        _ => path.starts_with(to),
    };
    let dashboard = view! { {t("Tableau")}
        // The rest has no room on a phone; in English one word says it all.
        {(current() == Language::French).then(|| view! { <span class="rest">" de bord"</span> })}
    };
    view! {
        <Navigation>
            {Entry::new(routes::DASHBOARD, view! { <Dial /> }, dashboard).drawn(holds)}
            {Entry::new(routes::CLIENTS, view! { <Rows /> }, t("Établissements")).drawn(holds)}
            {Entry::new(routes::ADD, view! { <Plus /> }, t("Ajouter")).drawn(holds)}
            {Entry::new(routes::MOBILITY, view! { <Globe /> }, t("Étranger")).drawn(holds)}
            {Entry::messages(routes::MESSAGES).drawn(holds)}
            {Entry::new(routes::CALENDAR, view! { <Dates /> }, t("Échéances")).drawn(holds)}
            {move || manages().then(|| Entry::new(routes::FIRM, view! { <People /> }, t("Cabinet")).drawn(holds))}
            {Entry::help().drawn(holds)}
        </Navigation>
    }
}

/// Whether a page belongs to an entry whose first page begins all of its house's addresses, or to the messages among them.
fn is_of(to: &'static str, path: &str) -> bool {
    let messages = [routes::OFFICE_MESSAGES, routes::OWN_MESSAGES];
    let reads = messages.iter().any(|messages| path.starts_with(messages));
    path.starts_with(to) && reads == messages.contains(&to)
}

/// The navigation of the body's officers.
#[component]
fn OfficeRail() -> impl IntoView {
    view! {
        <Navigation>
            {Entry::new(routes::OFFICE, view! { <Rows /> }, t("Demandes")).drawn(is_of)}
            {Entry::messages(routes::OFFICE_MESSAGES).drawn(is_of)}
            {Entry::help().drawn(is_of)}
        </Navigation>
    }
}

/// The navigation of clients.
#[component]
fn ClientRail() -> impl IntoView {
    view! {
        <Navigation>
            {Entry::new(routes::MY_ACCOUNT, view! { <People /> }, t("Mon compte")).drawn(is_of)}
            {Entry::messages(routes::OWN_MESSAGES).drawn(is_of)}
            {Entry::help().drawn(is_of)}
        </Navigation>
    }
}

/// The foot of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let contact: Contact = use_context().unwrap_or_default();
    view! {
        <footer class="foot">
            <ul role="list">
                <li><a href=format!("{}#accessibilite", routes::HELP)>{t("Accessibilité\u{a0}: non conforme (audit à venir)")}</a></li>
                <li><a href=routes::HELP>{t("Aide")}</a></li>
                <li><a href=routes::VERIFICATION>{t("Vérifier un document")}</a></li>
                <Shortcuts />
                {(!contact.newsletter.is_empty())
                    .then(|| view! { <li><a href=contact.newsletter.clone()>{t("Lettre d’information")}</a></li> })}
            </ul>
        </footer>
    }
}
