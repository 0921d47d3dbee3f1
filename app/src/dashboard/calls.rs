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
    use crate::asking::{answer, outage, portal, session};
    let portal = portal();
    answer(
        async {
            let session = session()?;
            let now = (portal.now)();
            let scope = session.scope().ok_or(Refusal::NotAllowed)?;
            let overview = portal.dashboard.overview(&scope, now).await;
            let mut overview = overview.map_err(outage)?;
            // Files of clients are for those who may add some.
            if session.editor().is_none() {
                overview.imports = 0;
            }
            Ok(overview)
        }
        .await,
    )
}
