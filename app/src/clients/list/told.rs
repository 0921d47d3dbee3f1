//! What the list has to say of what was just done: saved, removed.

use crate::{
    browser,
    parts::{dialog::Dialog, notice::Notice},
    routes,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use portfolio::{client::Saved, language::t, say, search::Search, wording};

/// « Votre modification a bien été prise en compte. », with what changed.
#[component]
pub fn SavedDialog(
    /// What was saved.
    saved: Saved,
    /// The list.
    search: Search,
) -> impl IntoView {
    let after = Search {
        show: Some(saved.id),
        ..search.settled()
    };
    let to = routes::list(&after);
    let navigate = use_navigate();
    let closed = Callback::new(move |()| {
        navigate(
            &to,
            NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    });
    view! {
        <Dialog id="enregistre" title=t("Enregistré") open=true closed>
            <p class="strong">{wording::SAVED}</p>
            <p>{saved.name} " – " {saved.held.scheme.accounts()}</p>
            <p class="muted">{wording::happening(&saved.last.what)}</p>
            <form
                method="get"
                action=routes::CLIENTS
                class="actions"
                on:submit=move |event| {
                    event.prevent_default();
                    browser::close_dialog("enregistre");
                }
            >
                {after
                    .parts()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <button type="submit" class="button primary" autofocus>{t("OK")}</button>
            </form>
        </Dialog>
    }
}

/// Who was just removed.
#[component]
pub fn Removed(
    /// The client, and the end of its enrolment.
    ended: Saved,
) -> impl IntoView {
    view! {
        <Notice kind="success">
            {say!(
                "L’inscription de {name} ({accounts}) est résiliée depuis le {moment}, par {by}. L’historique est conservé.",
                name = ended.name,
                accounts = ended.held.scheme.accounts(),
                moment = ended.last.at.short_moment(),
                by = wording::by(&ended.last.by)
            )}
            " "
            <a href=routes::client(ended.id, "")>{t("Le consulter")}</a>
        </Notice>
    }
}
