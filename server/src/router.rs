//! The whole application as a value: `router(portal, site, around)` is what `serve` listens with and what tests call.
//!
//! Knows which layer stands before which. Refuses to know rules, pages and the database.

use crate::{
    attestation, certificate, diary, entry, export,
    files::Files,
    guard::{self, Transport},
    import, language, leave, letters, messages,
    metrics::Metrics,
    postings,
    proxies::Proxies,
    sheet,
};
use app::{
    App,
    asking::{Assets, Cookie, Portal},
    plain, shell,
};
use axum::{Router, middleware};
use http::Request;
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use portfolio::language::Language;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    time::Duration,
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    csrf::CsrfLayer,
    services::{ServeDir, ServeFile},
};

/// Bytes of the largest body that is read: the largest form, all services ticked, is under 2 kB.
pub const LARGEST_BODY: usize = 64 * 1024;
/// How long one request may take.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// How long a request may take that brings a file.
pub const FILE_PATIENCE: Duration = Duration::from_secs(110);
/// How long a body may take to arrive, all of it.
const BODY_PATIENCE: Duration = Duration::from_secs(15);

/// Where the server functions are.
pub const API: &str = "/api";
/// Where the client's files are.
pub const PKG: &str = "/pkg";

/// What stands around the pages.
#[derive(Clone, Debug)]
pub struct Around {
    /// Whose word on a request's origin is taken.
    pub proxies: Proxies,
    /// Where requests are counted.
    pub metrics: Metrics,
    /// How long a body may take to arrive, all of it.
    pub body_patience: Duration,
    /// The folder of messages that a page shows: in the demonstration alone.
    pub shown_mail: Option<PathBuf>,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            proxies: Proxies::default(),
            metrics: Metrics::default(),
            body_patience: BODY_PATIENCE,
            shown_mail: None,
        }
    }
}

/// The portal, ready to serve; `site` is the folder that the build makes.
pub fn router(portal: Portal, site: &Path, around: Around) -> Router {
    learn();
    let transport = match portal.cookie {
        Cookie::Secure => Transport::Https,
        Cookie::Plain => Transport::Plain,
    };
    let letters = around
        .shown_mail
        .clone()
        .map_or_else(Router::new, |folder| {
            letters::routes(folder, &portal).router()
        });
    let options = LeptosOptions::builder().output_name("portail").build();
    let pages = generate_route_list(App);
    let assets = portal.assets.clone();
    let draw = move || shell::shell(assets.clone());
    let missing =
        leptos_axum::render_app_async_with_context(plain::provide(portal.clone()), draw.clone());
    let dynamic = Router::new()
        .leptos_routes_with_context(&options, pages, plain::provide(portal.clone()), draw)
        .merge(plain::routes(&portal))
        .merge(files(&portal).router())
        // Only where there is a page: an address that leads nowhere is 404 for everybody.
        .route_layer(middleware::from_fn(entry::members_only))
        .route_layer(middleware::from_fn(guard::matched))
        .fallback(move |request: Request<axum::body::Body>| missing(request))
        .layer(middleware::from_fn(guard::truthful_calls))
        .layer(middleware::from_fn(language::spoken))
        .layer(middleware::from_fn_with_state(portal, entry::visitor))
        .with_state(options);
    let pkg = ServeDir::new(site.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    let pictures = ServeDir::new(site.join("aide"));
    let pages = Router::new()
        .nest_service(PKG, pkg)
        .nest_service("/aide/", pictures)
        .merge(letters)
        .route_service("/favicon.svg", ServeFile::new(site.join("favicon.svg")))
        .fallback_service(dynamic);
    guarded(pages, transport, around)
}

/// Every address that hands a file out or takes one in.
pub(crate) fn files<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    export::routes(portal)
        .and(import::routes(portal))
        .and(certificate::routes(portal))
        .and(attestation::routes(portal))
        .and(sheet::routes(portal))
        .and(postings::routes(portal))
        .and(messages::routes(portal))
        .and(diary::routes(portal))
        .and(leave::routes(portal))
}

/// A router with everything that stands before its requests and behind its answers.
fn guarded(pages: Router, transport: Transport, around: Around) -> Router {
    let Around {
        proxies,
        metrics,
        body_patience,
        shown_mail: _,
    } = around;
    let panics = metrics.clone();
    pages.layer(
        ServiceBuilder::new()
            .layer(middleware::from_fn_with_state(proxies, guard::identified))
            .layer(middleware::from_fn_with_state(metrics, guard::log))
            .layer(middleware::from_fn_with_state(transport, guard::headers))
            .layer(middleware::from_fn(guard::explained))
            .layer(middleware::from_fn(language::told))
            // Inside of the headers, so that its page carries them.
            .layer(CatchPanicLayer::custom(move |panic| {
                panics.panicked();
                guard::panicked(panic)
            }))
            .layer(middleware::from_fn(guard::own_site))
            .layer(CsrfLayer::new())
            .layer(middleware::from_fn(guard::timely))
            .layer(middleware::from_fn_with_state(
                body_patience,
                guard::received,
            ))
            .layer(CompressionLayer::new()),
    )
}

/// Makes the English words known, and whose page work is done for.
fn learn() {
    let tables = portfolio::language::ENGLISH.iter();
    let words =
        tables.filter_map(|table| serde_json::from_str::<HashMap<String, String>>(table).ok());
    portfolio::language::know(words.flatten());
    portfolio::language::ask(leptos::prelude::use_context::<Language>);
}

/// The files that a page loads, from the list that the build writes (`assets.txt`); plain names where there is none.
pub fn assets(site: &Path) -> Assets {
    let list = std::fs::read_to_string(site.join("assets.txt")).unwrap_or_default();
    let named = |kind: &str| {
        let name = list
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(known, _)| *known == kind)
            .map_or_else(
                || format!("portail.{kind}"),
                |(_, name)| name.trim().to_owned(),
            );
        format!("{PKG}/{name}")
    };
    Assets {
        css: named("css"),
        js: named("js"),
        wasm: named("wasm"),
        words: named("json"),
    }
}

#[cfg(test)]
mod tests;
