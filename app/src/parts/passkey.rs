//! Whether the portal has passkeys, and how pages tell what stands in the way of one.

use crate::refusal::Refusal;
use leptos::prelude::*;
use portfolio::{
    passkey::Obstacle,
    problem::{Field, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// Whether the portal has passkeys, for its pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered(pub bool);

impl Offered {
    /// Of the portal that serves this request; the browser gets it with the page.
    pub fn of_request() -> Self {
        #[cfg(feature = "ssr")]
        {
            Self(
                use_context::<crate::asking::Portal>()
                    .is_some_and(|portal| portal.passkeys.offered()),
            )
        }
        #[cfg(not(feature = "ssr"))]
        Self::default()
    }

    /// Of the portal that this page is of.
    pub fn here() -> bool {
        use_context::<Self>().unwrap_or_default().0
    }
}

/// What stands in the way, as the refusal of a form.
pub fn hindered<F: Field>(field: F) -> impl FnOnce(Obstacle) -> Refusal<F> {
    move |obstacle| Refusal::Problems(Problems::one(field, Problem::Passkey(obstacle)))
}
