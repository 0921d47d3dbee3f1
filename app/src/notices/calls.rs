//! The server functions of messages.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    form::{NoticeField, NoticeForm},
    ports::{LeaveMeant, NoticesShown},
};

/// What whoever asks wants to be told.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "courriels")]
pub async fn own_notices() -> Result<NoticesShown, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, signed_in};
    use portfolio::letter::Notice;
    let portal = portal();
    answer(
        async {
            let session = signed_in()?;
            let shown = portal.notices.notices(&session.me).await;
            let mut shown = shown.map_err(outage)?;
            if session.scope().is_none() {
                // What is written about a firm's clients goes to the firm.
                let client = session.client().is_some();
                let wanted = &mut shown.wanted;
                wanted.retain(|(notice, _)| client && *notice == Notice::Messages);
            }
            Ok(shown)
        }
        .await,
    )
}

/// Wants a kind of message or no longer, or says that the address is good.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "courriels/choisir")]
pub async fn want_notice(
    #[server(flatten)] form: NoticeForm,
) -> Result<Next, Refusal<NoticeField>> {
    use crate::{
        asking::{answer, outage, portal, signed_in},
        routes::{self, Done},
    };
    use portfolio::form::Form as _;
    let portal = portal();
    answer(
        async {
            let me = signed_in()?.me;
            let draft = form.check().map_err(Refusal::Problems)?;
            let wanted = portal.notices.want(&me, &draft, (portal.now)()).await;
            wanted.map_err(outage)?;
            Ok(Next {
                to: routes::done(routes::NOTICES, Done::Notices.code()),
            })
        }
        .await,
    )
}

/// What the link of a message means. It stops nothing: programs that look for harm open every link.
///
/// # Errors
/// An outage.
#[server(prefix = "/api", endpoint = "desabonnement")]
pub async fn meant(#[server(default)] token: String) -> Result<LeaveMeant, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, visit};
    use portfolio::ports::LeaveToken;
    let portal = portal();
    answer(
        async {
            let token = LeaveToken::new(token);
            let meant = portal.notices.meant(&token, visit().from, (portal.now)());
            meant.await.map_err(outage)
        }
        .await,
    )
}
