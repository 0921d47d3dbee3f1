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
    use crate::asking::{answer, outage, portal, session};
    let portal = portal();
    answer(
        async {
            let me = session()?.me;
            portal.notices.notices(&me).await.map_err(outage)
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
        asking::{answer, outage, portal, session},
        routes::{self, Done},
    };
    use portfolio::form::Form as _;
    let portal = portal();
    answer(
        async {
            let me = session()?.me;
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
