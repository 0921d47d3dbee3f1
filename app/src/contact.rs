//! How to reach the body's help.

use serde::{Deserialize, Serialize};

/// What the settings say; what is empty is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Telephone, as it is shown.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Where the newsletter (« Lettre d'information ») is subscribed to.
    pub newsletter: String,
}

impl Contact {
    /// The contact of the portal that serves this request; the browser gets it with the page.
    pub(crate) fn of_request() -> Self {
        #[cfg(feature = "ssr")]
        {
            leptos::prelude::use_context::<crate::asking::Portal>()
                .map(|portal| portal.contact)
                .unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        Self::default()
    }
}
