//! The server functions of the calendar.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    calendar::{Agenda, ClientPage, ClientWanted, FeedShown, Whose},
    client::Colleague,
    form::{FeedField, FeedForm, RhythmField, RhythmForm},
};
use serde::{Deserialize, Serialize};

/// The weeks that a query string asks for.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "echeances")]
pub async fn weeks(#[server(default)] query: String) -> Result<Agenda, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::calendar::AgendaQuery;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let (asked, _) = AgendaQuery::read(&query);
            let agenda = portal.calendar.agenda(&scope, &asked, (portal.now)());
            agenda.await.map_err(outage)
        }
        .await,
    )
}

/// The clients that a query string asks for, with their next dates.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "echeances/clients")]
pub async fn by_client(#[server(default)] query: String) -> Result<ClientPage, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::calendar::AgendaQuery;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let (asked, _) = AgendaQuery::read(&query);
            let page = portal.calendar.by_client(&scope, &asked, (portal.now)());
            page.await.map_err(outage)
        }
        .await,
    )
}

/// The dates of one client.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "echeances/client")]
pub async fn of_client(#[server(default)] id: String) -> Result<ClientWanted, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let client = portal.calendar.of_client(&scope, id, (portal.now)());
            client.await.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// Says when a client declares.
///
/// # Errors
/// What is no choice for it, or not there.
#[server(prefix = "/api", endpoint = "echeances/choisir")]
pub async fn choose_rhythm(
    #[server(flatten)] form: RhythmForm,
) -> Result<Next, Refusal<RhythmField>> {
    use crate::{
        asking::{answer, editor, outage, portal},
        routes::{self, Done},
    };
    use portfolio::{
        form::Form as _,
        ports::RhythmKept,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let editor = editor()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let kept = portal
                .calendar
                .choose_rhythm(&editor, &draft, (portal.now)());
            match kept.await.map_err(outage)?.ok_or(Refusal::NotFound)? {
                RhythmKept::Done => Ok(Next {
                    to: routes::done(&routes::client_dates(draft.of), Done::Rhythm.code()),
                }),
                RhythmKept::NotOffered => Err(Refusal::Problems(Problems::one(
                    RhythmField::Rhythm,
                    Problem::NotOffered,
                ))),
            }
        }
        .await,
    )
}

/// What the page of one's own feed shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFeed {
    /// The feed, if there is one.
    pub feed: Option<FeedShown>,
    /// Whose clients one may choose.
    pub colleagues: Vec<Colleague>,
}

/// One's own feed.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "echeances/agenda")]
pub async fn show_feed() -> Result<OwnFeed, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let feed = portal.calendar.feed(&scope).await.map_err(outage)?;
            let choices = portal.own.choices(&scope).await.map_err(outage)?;
            Ok(OwnFeed {
                feed,
                colleagues: choices.members,
            })
        }
        .await,
    )
}

/// What was done to one's own feed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedDone {
    /// It has a new address, which is told this once.
    Made {
        /// The address.
        address: String,
        /// Whose clients it tells of.
        whose: Whose,
    },
    /// It has none any more.
    Revoked,
}

/// Logs never see an address.
impl std::fmt::Debug for FeedDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FeedDone(…)")
    }
}

/// Makes the address of one's own feed, makes it anew, or revokes it. A new one opens clients without signing in: it asks for a
/// confirmation of the last minutes. It is in the answer alone, never in an address of a page.
///
/// # Errors
/// Signed out, or not confirmed.
#[server(prefix = "/api", endpoint = "echeances/agenda/agir")]
pub async fn act_on_feed(
    #[server(flatten)] form: FeedForm,
) -> Result<FeedDone, Refusal<FeedField>> {
    use crate::{
        asking::{answer, outage, portal, session},
        routes,
    };
    use portfolio::form::{FeedDraft, Form as _};
    let portal = portal();
    answer(
        async {
            let session = session()?;
            let scope = session.scope().ok_or(Refusal::NotAllowed)?;
            let now = (portal.now)();
            match form.check().map_err(Refusal::Problems)? {
                FeedDraft::Make(whose) => {
                    let fresh = session.fresh(scope, now).ok_or(Refusal::Unconfirmed)?;
                    let token = portal.calendar.make_feed(&fresh, whose, now);
                    let token = token.await.map_err(outage)?;
                    let address = format!("{}{}", portal.url, routes::feed(&token));
                    Ok(FeedDone::Made { address, whose })
                }
                FeedDraft::Revoke => {
                    let revoked = portal.calendar.revoke_feed(&scope, now).await;
                    revoked.map_err(outage)?;
                    Ok(FeedDone::Revoked)
                }
            }
        }
        .await,
    )
}
