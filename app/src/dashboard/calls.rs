//! The dashboard's server function.

use crate::refusal::{NoField, Refusal};
use leptos::prelude::*;
use portfolio::dashboard::Overview;

/// The firm's portfolio as a whole, and what whoever asks has under way.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "tableau-de-bord")]
pub async fn whole_portfolio() -> Result<Overview, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            portal
                .dashboard
                .overview(&scope()?, (portal.now)())
                .await
                .map_err(outage)
        }
        .await,
    )
}
