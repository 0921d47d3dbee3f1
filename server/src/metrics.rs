//! What is counted of the running portal, for Prometheus.
//!
//! Knows counters and their names. Refuses to know who did what: no label is typed by anybody. A label is one of a fixed few or a
//! route of the program's own list, so that nobody makes series without end.

use crate::{guard, hasher::Hasher};
use axum::extract::MatchedPath;
use http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{fmt, sync::Arc, time::Duration};

/// Seconds up to which answers are counted together: from a file in memory to a sign-in that waited for its turn.
const SECONDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Over {
    limit: &'static str,
}

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone)]
pub struct Metrics(Arc<Counted>);

struct Counted {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram>,
    connections: Gauge,
    refused: Family<Over, Counter>,
    places: Gauge,
    outages: Counter,
    panics: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::default();
        let seconds =
            Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let (connections, refused) = (Gauge::default(), Family::default());
        let (places, outages, panics) = (Gauge::default(), Counter::default(), Counter::default());
        let mut registry = Registry::with_prefix("portail");
        registry.register("requests", "Requests answered", requests.clone());
        registry.register_with_unit(
            "request_duration",
            "From a request's head to the head of its answer",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register("connections_open", "Connections open", connections.clone());
        registry.register(
            "connections_refused",
            "Connections closed at once, there being too many of all or of one network",
            refused.clone(),
        );
        registry.register(
            "password_places_taken",
            "Passwords that are being hashed or wait for it",
            places.clone(),
        );
        registry.register(
            "outages",
            "Answers of 503: the database, or what else the portal rests on, failed",
            outages.clone(),
        );
        registry.register("panics", "Requests that ended in a panic", panics.clone());
        Self(Arc::new(Counted {
            registry,
            requests,
            seconds,
            connections,
            refused,
            places,
            outages,
            panics,
        }))
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// A request was answered; `route` is the one that the router matched, none when it matched none.
    pub fn answered(
        &self,
        method: &Method,
        path: &str,
        route: Option<&MatchedPath>,
        status: StatusCode,
        took: Duration,
    ) {
        let method = class_of(method);
        let route = route.map_or_else(
            || guard::files_of(path).unwrap_or("other"),
            MatchedPath::as_str,
        );
        self.0
            .requests
            .get_or_create(&Answered {
                method,
                route: route.to_owned(),
                status: hundred_of(status),
            })
            .inc();
        self.0
            .seconds
            .get_or_create(&Asked {
                method,
                route: route.to_owned(),
            })
            .observe(took.as_secs_f64());
        if status == StatusCode::SERVICE_UNAVAILABLE {
            self.0.outages.inc();
        }
    }

    /// A request ended in a panic.
    pub fn panicked(&self) {
        self.0.panics.inc();
    }

    /// A connection was taken.
    pub fn connection_opened(&self) {
        self.0.connections.inc();
    }

    /// A connection has ended.
    pub fn connection_closed(&self) {
        self.0.connections.dec();
    }

    /// A connection was closed at once; `limit` names the limit that was reached.
    pub fn connection_refused(&self, limit: &'static str) {
        self.0.refused.get_or_create(&Over { limit }).inc();
    }

    /// Everything counted so far, as Prometheus reads it.
    ///
    /// # Errors
    /// When a number cannot be written, which a string never says.
    pub fn written(&self, hasher: &Hasher) -> Result<String, fmt::Error> {
        let taken = i64::try_from(hasher.places_taken()).unwrap_or(i64::MAX);
        self.0.places.set(taken);
        let mut written = String::new();
        text::encode(&mut written, &self.0.registry)?;
        Ok(written)
    }
}

/// The method, when it is one that is served.
fn class_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// The hundred that a status belongs to.
fn hundred_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}
