//! The frame around every page: title, top bar, navigation, footer.

use crate::{
    contact::Contact,
    jump::JumpBox,
    messages::Unread,
    parts::icon::{Dates, Dial, Envelope, Globe, People, Plus, Question, Rows},
    routes,
    session::leave::use_sign_out,
    shortcuts::Shortcuts,
};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use portfolio::{client::SignedIn, permission::Seat, wording};

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
            wording::TITLE_PREFIX
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
                    <nav class="public" aria-label="Accès">
                        <a href=routes::HELP>"Aide"</a>
                        <a class="button small" href=routes::SIGN_IN>"Connectez-vous"</a>
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
            <a class="own" href=routes::SECURITY>"Sécurité"</a>
            <form method="post" action=routes::SIGN_OUT on:submit=leave>
                <button type="submit" class="button small">"Se déconnecter"</button>
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

#[component]
fn Rail() -> impl IntoView {
    let path = use_location().pathname;
    let who = Who::here();
    let manages = move || {
        who.with(|who| {
            who.as_ref()
                .is_some_and(portfolio::client::SignedIn::administers)
        })
    };
    // The pages of one client belong to the list; those of an enrolment in the making to adding; the review to the dashboard.
    let current = move |to: &'static str| {
        let path = path.get();
        let within = match to {
            routes::ADD => adds(&path),
            routes::CLIENTS => path.starts_with(to) && !adds(&path) && !abroad(&path),
            routes::MOBILITY => abroad(&path),
            routes::DASHBOARD => path == routes::REVIEW,
            _ => path.starts_with(to),
        };
        (path == to).then_some("page").or(within.then_some("true"))
    };
    view! {
        <nav class="rail" aria-label="Navigation principale">
            <ul role="list">
                <li>
                    <a href=routes::DASHBOARD aria-current=move || current(routes::DASHBOARD)>
                        <Dial />
                        <span>"Tableau" <span class="rest">" de bord"</span></span>
                    </a>
                </li>
                <li>
                    <a href=routes::CLIENTS aria-current=move || current(routes::CLIENTS)>
                        <Rows />
                        <span>"Établissements"</span>
                    </a>
                </li>
                <li>
                    <a href=routes::ADD aria-current=move || current(routes::ADD)>
                        <Plus />
                        <span>"Ajouter"</span>
                    </a>
                </li>
                <li>
                    <a href=routes::MOBILITY aria-current=move || current(routes::MOBILITY)>
                        <Globe />
                        <span>"Étranger"</span>
                    </a>
                </li>
                <li>
                    <a href=routes::MESSAGES aria-current=move || current(routes::MESSAGES)>
                        <Envelope />
                        <span>"Messages"</span>
                        <Unread />
                    </a>
                </li>
                <li>
                    <a href=routes::CALENDAR aria-current=move || current(routes::CALENDAR)>
                        <Dates />
                        <span>"Échéances"</span>
                    </a>
                </li>
                {move || manages().then(|| view! {
                    <li>
                        <a href=routes::FIRM aria-current=move || current(routes::FIRM)>
                            <People />
                            <span>"Cabinet"</span>
                        </a>
                    </li>
                })}
                <li>
                    <a href=routes::HELP aria-current=move || current(routes::HELP)>
                        <Question />
                        <span>"Aide"</span>
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// The navigation of the body's officers.
#[component]
fn OfficeRail() -> impl IntoView {
    let path = use_location().pathname;
    let current = move |to: &'static str| {
        let path = path.get();
        let messages = path.starts_with(routes::OFFICE_MESSAGES);
        let within = path.starts_with(to) && (messages == (to == routes::OFFICE_MESSAGES));
        (path == to).then_some("page").or(within.then_some("true"))
    };
    view! {
        <nav class="rail" aria-label="Navigation principale">
            <ul role="list">
                <li>
                    <a href=routes::OFFICE aria-current=move || current(routes::OFFICE)>
                        <Rows />
                        <span>"Demandes"</span>
                    </a>
                </li>
                <li>
                    <a href=routes::OFFICE_MESSAGES aria-current=move || current(routes::OFFICE_MESSAGES)>
                        <Envelope />
                        <span>"Messages"</span>
                        <Unread />
                    </a>
                </li>
                <li>
                    <a href=routes::HELP aria-current=move || current(routes::HELP)>
                        <Question />
                        <span>"Aide"</span>
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// The navigation of clients.
#[component]
fn ClientRail() -> impl IntoView {
    let path = use_location().pathname;
    let current = move |to: &'static str| {
        let path = path.get();
        let messages = path.starts_with(routes::OWN_MESSAGES);
        let within = path.starts_with(to) && (messages == (to == routes::OWN_MESSAGES));
        (path == to).then_some("page").or(within.then_some("true"))
    };
    view! {
        <nav class="rail" aria-label="Navigation principale">
            <ul role="list">
                <li>
                    <a href=routes::MY_ACCOUNT aria-current=move || current(routes::MY_ACCOUNT)>
                        <People />
                        <span>"Mon compte"</span>
                    </a>
                </li>
                <li>
                    <a href=routes::OWN_MESSAGES aria-current=move || current(routes::OWN_MESSAGES)>
                        <Envelope />
                        <span>"Messages"</span>
                        <Unread />
                    </a>
                </li>
                <li>
                    <a href=routes::HELP aria-current=move || current(routes::HELP)>
                        <Question />
                        <span>"Aide"</span>
                    </a>
                </li>
            </ul>
        </nav>
    }
}

/// The foot of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let contact: Contact = use_context().unwrap_or_default();
    view! {
        <footer class="foot">
            <ul role="list">
                <li><a href=format!("{}#accessibilite", routes::HELP)>"Accessibilité\u{a0}: non conforme (audit à venir)"</a></li>
                <li><a href=routes::HELP>"Aide"</a></li>
                <li><a href=routes::VERIFICATION>"Vérifier un document"</a></li>
                <Shortcuts />
                {(!contact.newsletter.is_empty())
                    .then(|| view! { <li><a href=contact.newsletter.clone()>"Lettre d’information"</a></li> })}
            </ul>
        </footer>
    }
}
