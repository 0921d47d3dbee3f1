//! How many conversations wait, beside the navigation's link to them. It is looked at when the page changes to or from the
//! conversations, and once a minute: by the page itself, which keeps no session alive.

use super::calls;
use crate::{parts::frame::Who, routes};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{french, ports::MOST_COUNTED, say};
use std::time::Duration;

/// How often it is looked at.
const LOOK: Duration = Duration::from_mins(1);

/// Raised when there may be another number.
#[derive(Clone, Copy, Default)]
pub struct Looks(RwSignal<u32>);

impl Looks {
    /// Those of this page.
    fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// Says that something was read.
    pub fn again() {
        if let Some(Self(looks)) = use_context() {
            looks.try_update(|looks| *looks += 1);
        }
    }
}

/// « 3 », and its words for those who hear it; nothing for none.
#[component]
pub fn Unread() -> impl IntoView {
    let path = use_location().pathname;
    let Looks(looks) = Looks::here();
    let who = Who::here();
    let decides = who.get_untracked().is_some_and(|who| who.decides());
    let place = Memo::new(move |_| {
        let path = path.get();
        if routes::messages_at(&path).is_some() {
            path
        } else {
            String::new()
        }
    });
    let number = Resource::new(
        move || (place.get(), looks.get()),
        |_| async { calls::waiting().await.unwrap_or_default() },
    );
    Effect::new(move || {
        let look = move || {
            looks.try_update(|looks| *looks += 1);
        };
        if let Ok(watch) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || watch.clear());
        }
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let number = number.await;
                (number > 0).then(|| {
                    let shown = if number >= MOST_COUNTED { "99+".to_owned() } else { number.to_string() };
                    let told = if decides {
                        say!("{number} de réponse", number = french::count(number, "conversation en attente", "conversations en attente"))
                    } else {
                        french::count(number, "conversation non lue", "conversations non lues")
                    };
                    view! {
                        <span class="count">
                            <span aria-hidden="true">{shown}</span>
                            <span class="visually-hidden">" (" {told} ")"</span>
                        </span>
                    }
                })
            })}
        </Transition>
    }
}
