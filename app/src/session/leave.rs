//! The end of a session in the browser: nothing of what it showed stays on a page, in this tab or another.

use super::calls::sign_out;
use crate::{browser, parts::frame::Who, routes};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

/// The name under which the moment is noted at which somebody signed out in any tab: a moment and nothing else.
const LEFT: &str = "sortie";

/// Signs out, forgets what this tab keeps, and tells the other tabs.
pub fn use_sign_out() -> impl Fn() + Clone {
    let who = Who::here();
    let navigate = use_navigate();
    move || {
        let navigate = navigate.clone();
        spawn_local(async move {
            if let Ok(next) = sign_out().await {
                browser::forget_all();
                browser::remember(LEFT, &browser::seconds().to_string());
                who.set(None);
                navigate(&next.to, NavigateOptions::default());
            }
        });
    }
}

/// Whether somebody signed out in another tab after this moment, in seconds since 1970.
pub fn left_since(moment: f64) -> bool {
    let left = browser::remembered(LEFT).and_then(|left| left.parse::<f64>().ok());
    left.is_some_and(|left| left > moment)
}

/// Leaves the page for the one to sign in, from which the work goes on.
pub fn use_ended() -> impl Fn() + Clone {
    let who = Who::here();
    let location = use_location();
    let navigate = use_navigate();
    move || {
        let search = location.search.get_untracked();
        let mark = if search.is_empty() { "" } else { "?" };
        let here = format!("{}{mark}{search}", location.pathname.get_untracked());
        who.set(None);
        navigate(&routes::sign_in(&here, true), NavigateOptions::default());
    }
}
