//! What those who run the portal are told.

use super::*;
use crate::trial::Trial;
use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use store::key::Key;
use tower::ServiceExt as _;

fn of(store: &Store) -> (Router, Arc<AtomicBool>) {
    let stopping = Arc::new(AtomicBool::new(false));
    let operations = Operations {
        store: store.clone(),
        hasher: Hasher::new().unwrap(),
        metrics: Metrics::default(),
        stopping: Arc::clone(&stopping),
    };
    (router(operations), stopping)
}

async fn asked(router: &Router, path: &str) -> (u16, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    for header in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ] {
        assert!(answer.headers().contains_key(header), "{path}: {header}");
    }
    assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// Fear: requests are sent to a portal that cannot answer them, or it is killed for being busy.
#[tokio::test]
async fn alive_is_not_ready() {
    let trial = Trial::new().await;
    let (router, stopping) = of(&trial.store);
    assert_eq!(asked(&router, LIVE).await, (200, "alive\n".to_owned()));
    assert_eq!(asked(&router, READY).await, (200, "ready\n".to_owned()));

    stopping.store(true, Ordering::Relaxed);
    assert_eq!(asked(&router, READY).await, (503, "stopping\n".to_owned()));
    assert_eq!(asked(&router, LIVE).await.0, 200);
    stopping.store(false, Ordering::Relaxed);

    trial.store.clone().close().await.unwrap();
    let (status, why) = asked(&router, READY).await;
    assert_eq!((status, &*why), (503, "the database does not answer\n"));
    assert_eq!(asked(&router, LIVE).await.0, 200);
}

/// Fear: a portal is called ready on a database whose tables it does not know.
#[tokio::test]
async fn an_old_database_is_not_ready() {
    let folder = std::env::temp_dir().join(format!("portail-{}", uuid::Uuid::new_v4()));
    let url = format!("sqlite:{}", folder.join("old.db").display());
    let key = Key::from_hex(&"0f".repeat(32)).unwrap();
    let store = Store::open(&url, key).await.unwrap();
    let (router, _) = of(&store);
    let (status, why) = asked(&router, READY).await;
    assert_eq!((status, &*why), (503, "the database is not up to date\n"));
    store.migrate().await.unwrap();
    assert_eq!(asked(&router, READY).await.0, 200);
    let _ = std::fs::remove_dir_all(&folder);
}

/// Fear: metrics that Prometheus cannot read; pages on the operations' address.
#[tokio::test]
async fn metrics_and_nothing_else() {
    let trial = Trial::new().await;
    let (router, _) = of(&trial.store);
    let (status, metrics) = asked(&router, METRICS).await;
    assert_eq!(status, 200);
    assert!(
        metrics.contains("portail_connections_open 0\n") && metrics.ends_with("# EOF\n"),
        "{metrics}"
    );
    for path in ["/", "/connexion", "/api/moi"] {
        assert_eq!(asked(&router, path).await.0, 404, "{path}");
    }
}
