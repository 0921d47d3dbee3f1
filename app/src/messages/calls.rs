//! The server functions of conversations: open to everybody who may be a side of one, each of whom sees their own. What is written goes
//! by the pages' own addresses, since files travel with it.

use crate::refusal::{NoField, Refusal};
use leptos::prelude::*;
use portfolio::message::view::{Opening, Shown, Thread, ThreadList};

/// One page of conversations; `query` is that of its address.
///
/// # Errors
/// Signed out, not allowed, or a client who is not there.
#[server(prefix = "/api", endpoint = "messagerie")]
pub async fn threads(#[server(default)] query: String) -> Result<ThreadList, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, reader};
    let portal = portal();
    answer(
        async {
            let reader = reader()?;
            let search = crate::routes::threads_of(&query).0;
            let found = portal.messages.threads(&reader, &search).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// One conversation, which is read by that.
///
/// # Errors
/// Signed out, not allowed, or not there.
#[server(prefix = "/api", endpoint = "messagerie/conversation")]
pub async fn conversation(#[server(default)] id: String) -> Result<Thread, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, reader};
    let portal = portal();
    answer(
        async {
            let reader = reader()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.messages.thread(&reader, id, (portal.now)()).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// What was written after the message of a number: an open page asks for it by itself.
///
/// # Errors
/// Signed out, not allowed, or not there.
#[server(prefix = "/api", endpoint = "messagerie/suite")]
pub async fn after(
    #[server(default)] id: String,
    #[server(default)] n: u32,
) -> Result<Vec<Shown>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, reader};
    let portal = portal();
    answer(
        async {
            let reader = reader()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let found = portal.messages.messages_after(&reader, id, n).await;
            found.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// How many conversations wait, for the navigation. Whoever is kept from them has none, and so has everybody while the portal cannot
/// count: no page fails for a number.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "messagerie/attente")]
pub async fn waiting() -> Result<u64, Refusal<NoField>> {
    use crate::asking::{answer, portal, signed_in};
    let portal = portal();
    answer(
        async {
            let session = signed_in()?;
            let hindered = session.suspended || session.wants_second_factor;
            let Some(reader) = session.reader().filter(|_| !hindered) else {
                return Ok(0);
            };
            let counted = portal.messages.waiting_messages(&reader).await;
            if let Err(error) = &counted {
                tracing::warn!(%error, "conversations were not counted");
            }
            Ok(counted.unwrap_or_default())
        }
        .await,
    )
}

/// The page on which a conversation about a client begins.
///
/// # Errors
/// Signed out, not allowed, or not there.
#[server(prefix = "/api", endpoint = "messagerie/nouvelle")]
pub async fn beginning(#[server(default)] about: String) -> Result<Opening, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, reader};
    let portal = portal();
    answer(
        async {
            let reader = reader()?;
            let about = portfolio::message::form::about(&about).ok_or(Refusal::NotFound)?;
            let found = portal.messages.opening(&reader, &about, (portal.now)());
            found.await.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Keeps what is being written, as the form's query string has it.
///
/// # Errors
/// Signed out, or not allowed.
#[server(prefix = "/api", endpoint = "messagerie/brouillon")]
pub async fn keep_begun(#[server(default)] typed: String) -> Result<(), Refusal<NoField>> {
    use crate::{
        asking::{answer, outage, portal, writer},
        routes::part,
    };
    use portfolio::{
        message::{form::about, view::Begun},
        ports::WrittenIn,
    };
    let portal = portal();
    answer(
        async {
            let writer = writer()?;
            let of = |name| part(&typed, name).unwrap_or_default();
            let thread = of("of").parse().map(WrittenIn::Thread).ok();
            let new = || about(&of("about")).map(WrittenIn::New);
            let place = thread.or_else(new).ok_or(Refusal::NotFound)?;
            let begun = Begun {
                to: of("to"),
                subject: of("subject"),
                text: of("text"),
            };
            let kept = portal
                .messages
                .keep_begun(&writer, &place, &begun, (portal.now)());
            kept.await.map_err(outage)
        }
        .await,
    )
}
