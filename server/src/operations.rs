//! What those who run the portal ask it, on an address of its own: is it alive, is it ready, what has it counted.
//!
//! Knows three addresses. Refuses to know pages and people; the public address knows none of these.

use crate::{guard, hasher::Hasher, metrics::Metrics};
use axum::{Router, extract::State, middleware, response::IntoResponse, routing::get};
use http::{StatusCode, header};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::Store;

/// Always 200 while the process runs.
pub const LIVE: &str = "/health/live";
/// 200 when requests can be answered: the database answers and is up to date, and the portal is not stopping; else 503.
pub const READY: &str = "/health/ready";
/// What was counted, for Prometheus.
pub const METRICS: &str = "/metrics";

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);
/// The type of what Prometheus reads.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the answers are made of.
#[derive(Clone)]
pub struct Operations {
    /// The database.
    pub store: Store,
    /// Where passwords are hashed.
    pub hasher: Hasher,
    /// What is counted.
    pub metrics: Metrics,
    /// Whether the portal was told to stop.
    pub stopping: Arc<AtomicBool>,
}

/// The answers, ready to serve.
pub fn router(operations: Operations) -> Router {
    Router::new()
        .route(LIVE, get("alive\n"))
        .route(READY, get(ready))
        .route(METRICS, get(metrics))
        .with_state(operations)
        // Plain http to a machine, and nothing here is a page: HSTS is the public address's.
        .layer(middleware::from_fn_with_state(
            guard::Transport::Plain,
            guard::headers,
        ))
}

/// Whether requests can be answered, and in a few words why not.
async fn ready(State(operations): State<Operations>) -> (StatusCode, &'static str) {
    let not = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if operations.stopping.load(Ordering::Relaxed) {
        return not("stopping\n");
    }
    let asked = async {
        operations.store.ping().await?;
        operations.store.pending_migrations().await
    };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(0)) => (StatusCode::OK, "ready\n"),
        Ok(Ok(_)) => not("the database is not up to date\n"),
        Ok(Err(outage)) => {
            tracing::error!(%outage, "not ready");
            not("the database does not answer\n")
        }
        Err(_) => {
            tracing::error!("not ready: the database is too slow");
            not("the database is too slow\n")
        }
    }
}

async fn metrics(State(operations): State<Operations>) -> impl IntoResponse {
    operations.metrics.written(&operations.hasher).map_or_else(
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |written| ([(header::CONTENT_TYPE, OPENMETRICS)], written).into_response(),
    )
}

#[cfg(test)]
mod tests;
