//! Clients' server functions. Each asks for a client first: members of firms and officers of the body are refused.

use crate::refusal::{NoField, Refusal};
use leptos::prelude::*;
use portfolio::holding::Holding;

/// What the client's house may see.
///
/// # Errors
/// Signed out, or no client.
#[server(prefix = "/api", endpoint = "mon-compte")]
pub async fn holdings() -> Result<Vec<Holding>, Refusal<NoField>> {
    use crate::asking::{answer, client, outage, portal};
    answer(
        async {
            let client = client()?;
            portal().accounts.holdings(&client).await.map_err(outage)
        }
        .await,
    )
}
