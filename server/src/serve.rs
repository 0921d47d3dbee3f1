//! `serve`: the portal put together, listening until it is told to stop.
//!
//! Knows how a server starts and how it ends. Refuses to know routes, pages and rules, and what a connection may do.

use crate::{
    bulk::Changer,
    clock,
    connections::{self, Limits},
    demo,
    desk::Desk,
    door::Gate,
    errands::Errands,
    hasher::{HashError, Hasher},
    import::Importer,
    letters,
    locksmith::Locksmith,
    mail::{self, MailError, Sender, Stamp},
    metrics::Metrics,
    operations::{self, Operations},
    proxies::Proxies,
    reminders::Reminders,
    renewals::Renewals,
    router::{self, Around},
    settings::{Contact, Mail, Settings},
};
use app::asking::{Cookie, Portal};
use std::{
    future::Future,
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::Store;
use thiserror::Error;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{oneshot, watch},
};

/// How long requests that are under way may go on once the portal is told to stop.
pub const GRACE: Duration = Duration::from_secs(5);
/// Connections that those who run the portal may have: a Prometheus, a supervisor, and some by hand.
const OPERATORS: usize = 32;

/// Why the portal does not serve.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody else listens there, or may not.
    #[error("cannot listen on {address}: {error}; stop what listens there, or set {variable}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
        /// The variable that says where, and how to do without.
        variable: &'static str,
    },
    /// The system tells of no signals.
    #[error("cannot wait for signals: {0}")]
    Signals(io::Error),
    /// No password could be compared.
    #[error("{0}")]
    Hash(#[from] HashError),
    /// No message could be sent.
    #[error("{0}")]
    Mail(#[from] MailError),
}

/// Serves the portal until it is told to stop, and those who run it on an address of their own.
///
/// # Errors
/// See [`ServeError`].
#[expect(
    clippy::too_many_lines,
    reason = "each part is put together once, in order"
)]
pub async fn serve(settings: &Settings, store: Store) -> Result<(), ServeError> {
    let told = told_to_stop().map_err(ServeError::Signals)?;
    let listener = listen(settings.address, "PORTAIL_ADDRESS").await?;
    let for_operators = match settings.operations {
        None => None,
        Some(address) => Some(listen(address, OPERATIONS_VARIABLE).await?),
    };
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
    let sender = Sender::new(
        Arc::new(store.clone()),
        mail::transport(settings)?,
        Stamp::new(settings)?,
        clock::now,
    );
    let importer = Importer::new(Arc::new(store.clone()), clock::now);
    let changer = Changer::new(Arc::new(store.clone()), clock::now);
    let hasher = Hasher::new()?;
    let metrics = Metrics::default();
    let stopping = Arc::new(AtomicBool::new(false));
    let operations = Operations {
        store: store.clone(),
        hasher: hasher.clone(),
        metrics: metrics.clone(),
        stopping: Arc::clone(&stopping),
    };
    let around = Around {
        proxies: settings.proxies.clone(),
        metrics: metrics.clone(),
        shown_mail: shown_mail(settings, &store).await,
        ..Around::default()
    };
    let desk = Desk::new(store.clone(), hasher.clone(), settings.url.clone());
    let errands = Errands::new(store.clone(), desk.clone(), clock::now);
    let reminders = Reminders::new(store.clone(), clock::now);
    let renewals = Renewals::new(store.clone(), settings.url.clone(), clock::now);
    let pages = router::router(
        portal(settings, store, hasher, desk),
        &settings.site,
        around,
    );
    if settings.https && settings.proxies == Proxies::default() {
        tracing::warn!(
            "no proxy is named in PORTAIL_PROXIES: everybody behind the one that speaks TLS counts as one client, for limits too"
        );
    }
    let scheme = if settings.https { "https" } else { "http" };
    let address = listener.local_addr().unwrap_or(settings.address);
    tracing::info!("listening on {address}, reached over {scheme}");
    let stop = async move {
        told.await;
        tracing::info!("stopping");
        stopping.store(true, Ordering::Relaxed);
    };
    // Asked whether it is ready, the portal answers that it is stopping for as long as it is.
    let (end, ended) = oneshot::channel::<()>();
    let serving = async {
        connections::run(
            listener,
            pages,
            settings.limits,
            &settings.proxies,
            &metrics,
            stop,
        )
        .await;
        drop(end);
    };
    let operating = async {
        if let Some(listener) = for_operators {
            operate(listener, operations, ended).await;
        }
    };
    let (tell, told) = watch::channel(false);
    let told = || {
        let mut told = told.clone();
        async move {
            // An error means that whoever tells is gone, which is as good a reason to stop.
            let _ = told.wait_for(|told| *told).await;
        }
    };
    let mut sending = tokio::spawn(sender.run(told()));
    let mut running = tokio::spawn(errands.run(told()));
    let reminding = tokio::spawn(reminders.run(told()));
    let importing = tokio::spawn(importer.run(told()));
    let changing = tokio::spawn(changer.run(told()));
    let renewing = tokio::spawn(renewals.run(told()));
    tokio::join!(serving, operating);
    tell.send_replace(true);
    let ended = tokio::time::timeout(GRACE, async {
        let _ = tokio::join!(&mut sending, &mut running);
    });
    if ended.await.is_err() {
        tracing::warn!("stopped with a message or a request in hand: it is seen to again later");
        sending.abort();
        running.abort();
    }
    // A step or a batch that is cut off never was.
    let _ = tokio::join!(importing, changing, reminding, renewing);
    Ok(())
}

/// The folder of messages that a page shows: where the settings ask for it, and nobody but the demonstration is here.
async fn shown_mail(settings: &Settings, store: &Store) -> Option<PathBuf> {
    let Mail::Folder(folder) = &settings.mail else {
        return None;
    };
    if !settings.mail_shown {
        return None;
    }
    let firm = store.firm_named(demo::FIRM).await;
    if !matches!(firm, Ok(Some(_))) {
        tracing::warn!("PORTAIL_MAIL_SHOWN is for the demonstration: messages are not shown");
        return None;
    }
    tracing::warn!(
        "messages are shown to everybody who reaches this portal, at {}",
        letters::PAGE
    );
    Some(folder.clone())
}

/// What sets where those who run the portal ask it.
const OPERATIONS_VARIABLE: &str =
    "PORTAIL_OPERATIONS_ADDRESS (to nothing for neither health nor metrics)";

async fn listen(address: SocketAddr, variable: &'static str) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| ServeError::Listen {
            address,
            error,
            variable,
        })
}

/// Answers those who run the portal, until the sender is gone.
async fn operate(listener: TcpListener, operations: Operations, ended: oneshot::Receiver<()>) {
    if let Ok(address) = listener.local_addr() {
        tracing::info!("health and metrics on {address}");
    }
    let limits = Limits {
        connections: OPERATORS,
        each: OPERATORS,
        // Nothing there is worth waiting for once the pages are gone.
        grace: Duration::ZERO,
        ..Limits::default()
    };
    connections::run(
        listener,
        operations::router(operations),
        limits,
        &Proxies::default(),
        // Its own connections are not the public's, and are counted nowhere.
        &Metrics::default(),
        async {
            let _ = ended.await;
        },
    )
    .await;
}

/// What the pages are handed.
fn portal(settings: &Settings, store: Store, hasher: Hasher, desk: Desk) -> Portal {
    let desk = Arc::new(desk);
    let gate = Gate::new(store.clone(), hasher);
    let locksmith = Locksmith::new(store.clone(), &settings.url);
    Portal {
        door: Arc::new(gate.clone()),
        security: Arc::new(gate),
        passkeys: Arc::new(locksmith),
        members: desk.clone(),
        links: desk.clone(),
        url: settings.url.clone(),
        journal: Arc::new(store.clone()),
        imports: Arc::new(store.clone()),
        dashboard: Arc::new(store.clone()),
        calendar: Arc::new(store.clone()),
        notices: Arc::new(store.clone()),
        finding: Arc::new(store.clone()),
        own: Arc::new(store.clone()),
        selecting: Arc::new(store.clone()),
        bulk: Arc::new(store.clone()),
        models: Arc::new(store.clone()),
        exports: Arc::new(store.clone()),
        mobility: Arc::new(store.clone()),
        accounts: desk.clone(),
        invitations: desk.clone(),
        arrivals: desk,
        postings: Arc::new(store.clone()),
        bench: Arc::new(store.clone()),
        messages: Arc::new(store.clone()),
        verification: Arc::new(store.clone()),
        attestations: Arc::new(store.clone()),
        portfolio: Arc::new(store),
        now: clock::now,
        cookie: if settings.https {
            Cookie::Secure
        } else {
            Cookie::Plain
        },
        contact: contact(&settings.contact),
        assets: router::assets(&settings.site),
    }
}

fn contact(settings: &Contact) -> app::contact::Contact {
    let shown = |set: &Option<String>| set.clone().unwrap_or_default();
    app::contact::Contact {
        phone: shown(&settings.phone),
        email: shown(&settings.email),
        newsletter: shown(&settings.newsletter),
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
