//! What clients do with their own accounts.

use super::Outage;
use crate::{holding::Holding, permission::Client};
use async_trait::async_trait;

/// A client's own accounts. Every method starts from the house of whoever asks: what it may see is looked up at each question.
#[async_trait]
pub trait ClientAccounts: Send + Sync {
    /// What the house may see, by name.
    async fn holdings(&self, client: &Client) -> Result<Vec<Holding>, Outage>;
}
