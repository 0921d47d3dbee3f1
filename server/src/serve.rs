//! `serve`: the portal put together, listening until it is told to stop.
//!
//! Knows how a server starts and how it ends. Refuses to know routes, pages and rules: a router comes in as a value.

use crate::{
    clock,
    door::Gate,
    hasher::{HashError, Hasher},
    router,
    settings::{Contact, Settings},
};
use app::asking::{Cookie, Portal};
use axum::{Router, serve::ListenerExt as _};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use store::Store;
use thiserror::Error;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// How long requests that are under way may go on once the portal is told to stop.
pub const GRACE: Duration = Duration::from_secs(5);

/// Why the portal does not serve.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody else listens there, or may not.
    #[error("cannot listen on {address}: {error}; stop what listens there, or set PORTAIL_ADDRESS")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The system tells of no signals.
    #[error("cannot wait for signals: {0}")]
    Signals(io::Error),
    /// No password could be compared.
    #[error("{0}")]
    Hash(#[from] HashError),
    /// The listening ended by itself.
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}

/// Serves the portal until it is told to stop.
///
/// # Errors
/// See [`ServeError`].
pub async fn serve(settings: &Settings, store: Store) -> Result<(), ServeError> {
    let stop = told_to_stop().map_err(ServeError::Signals)?;
    let address = settings.address;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| ServeError::Listen { address, error })?;
    if !settings.site.is_dir() {
        tracing::warn!(
            site = %settings.site.display(),
            "no such folder: pages come without style; run `make build` or set PORTAIL_SITE"
        );
    }
    if settings.contact.made_up {
        tracing::warn!(
            "the contact shown is made up: set PORTAIL_CONTACT_PHONE and PORTAIL_CONTACT_EMAIL, to nothing for none"
        );
    }
    let portal = portal(settings, store)?;
    let scheme = if settings.https { "https" } else { "http" };
    let address = listener.local_addr().unwrap_or(address);
    tracing::info!("listening on {address}, reached over {scheme}");
    run(listener, router::router(portal, &settings.site), stop).await
}

/// What the pages are handed.
fn portal(settings: &Settings, store: Store) -> Result<Portal, ServeError> {
    let gate = Gate::new(store.clone(), Hasher::new()?);
    Ok(Portal {
        door: Arc::new(gate.clone()),
        security: Arc::new(gate),
        journal: Arc::new(store.clone()),
        portfolio: Arc::new(store),
        now: clock::now,
        cookie: if settings.https {
            Cookie::Secure
        } else {
            Cookie::Plain
        },
        contact: contact(&settings.contact),
        assets: router::assets(&settings.site),
    })
}

fn contact(settings: &Contact) -> app::contact::Contact {
    let shown = |set: &Option<String>| set.clone().unwrap_or_default();
    app::contact::Contact {
        phone: shown(&settings.phone),
        email: shown(&settings.email),
        newsletter: shown(&settings.newsletter),
    }
}

/// Serves a router until `stop`, then lets what is under way end, for [`GRACE`] at most: a browser that keeps a connection open
/// must not keep the portal from stopping.
///
/// # Errors
/// When the listening ends by itself.
pub async fn run(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let (tell, mut told) = watch::channel(false);
    let listener = listener.tap_io(|connection| {
        // Pages are small: waiting to fill a packet only delays them.
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "nodelay");
        }
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping");
        tell.send_replace(true);
    });
    let too_long = async move {
        // An error means that the sender is gone, so serving has ended and wins below.
        if told.wait_for(|told| *told).await.is_ok() {
            tokio::time::sleep(GRACE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = serving => ended.map_err(ServeError::Stopped),
        () = too_long => {
            tracing::warn!("stopped with connections still open");
            Ok(())
        }
    }
}

/// Ends when somebody presses Ctrl-C or the system sends SIGTERM. It listens from the call on, not from the first wait.
fn told_to_stop() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::io::{Read as _, Write as _};
    use tokio::sync::oneshot;

    async fn started(router: Router) -> (SocketAddr, oneshot::Sender<()>, Running) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(run(listener, router, async move {
            let _ = stopped.await;
        }));
        (address, stop, running)
    }
    type Running = tokio::task::JoinHandle<Result<(), ServeError>>;

    /// Fear: a request that is under way when the portal is restarted is cut off.
    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_under_way_ends() {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        };
        let (address, stop, running) = started(Router::new().route("/", get(slow))).await;
        let asking = tokio::task::spawn_blocking(move || {
            let mut connection = std::net::TcpStream::connect(address).unwrap();
            connection
                .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                .unwrap();
            let mut answer = String::new();
            connection.read_to_string(&mut answer).unwrap();
            answer
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(()).unwrap();
        assert!(asking.await.unwrap().ends_with("done"));
        running.await.unwrap().unwrap();
    }

    /// Fear: somebody who keeps a connection open keeps the portal from stopping.
    #[tokio::test(flavor = "multi_thread")]
    async fn an_open_connection_does_not_hold_it() {
        let (address, stop, running) = started(Router::new()).await;
        let mut open = std::net::TcpStream::connect(address).unwrap();
        open.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(()).unwrap();
        let patience = GRACE + Duration::from_secs(2);
        tokio::time::timeout(patience, running)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }
}
