//! The few icons, drawn here; always beside words or a name, so hidden from screen readers.

use leptos::prelude::*;

/// A dial.
#[component]
pub fn Dial() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M4 18a9 9 0 1 1 16 0M12 14l4-5" />
            <circle cx="12" cy="14" r="1.4" />
        </svg>
    }
}

/// A list.
#[component]
pub fn Rows() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M4 6h16M4 12h16M4 18h16" />
        </svg>
    }
}

/// A plus.
#[component]
pub fn Plus() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M12 5v14M5 12h14" />
        </svg>
    }
}

/// A calendar.
#[component]
pub fn Dates() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7" />
        </svg>
    }
}

/// People.
#[component]
pub fn People() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="9" cy="8" r="3.5" />
            <path d="M3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.1.8 3.5 2.9 3.5 5.6" />
        </svg>
    }
}

/// A question mark.
#[component]
pub fn Question() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="9" />
            <path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M12 17h.01" />
        </svg>
    }
}

/// The globe of « Étranger ».
#[component]
pub fn Globe() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="12" cy="12" r="9" />
            <path d="M3 12h18M12 3c3 2.6 3 15.4 0 18M12 3c-3 2.6-3 15.4 0 18" />
        </svg>
    }
}

/// The envelope of « Messages ».
#[component]
pub fn Envelope() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5" />
        </svg>
    }
}

/// A magnifying glass.
#[component]
pub fn Glass() -> impl IntoView {
    view! {
        <svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <circle cx="10.5" cy="10.5" r="6" />
            <path d="M15 15l5.5 5.5" />
        </svg>
    }
}
