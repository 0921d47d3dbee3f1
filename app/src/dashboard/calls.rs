//! The dashboard's server function.

use crate::refusal::{NoField, Refusal};
use leptos::prelude::*;
use portfolio::{bulk::Job, dashboard::Overview};

/// How many changes of many clients the page shows.
#[cfg(feature = "ssr")]
const MOST_CHANGES: usize = 5;

/// The firm's portfolio as a whole, and what whoever asks has under way.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "tableau-de-bord")]
pub async fn whole_portfolio() -> Result<Overview, Refusal<NoField>> {
    use crate::{
        asking::{answer, outage, portal, session},
        import::calls::own_to_mend,
    };
    let portal = portal();
    answer(
        async {
            let session = session()?;
            let now = (portal.now)();
            let scope = session.scope().ok_or(Refusal::NotAllowed)?;
            let overview = portal.dashboard.overview(&scope, now).await;
            let mut overview = overview.map_err(outage)?;
            // Files of clients are for those who may add some, and the lines of each for who sent it.
            overview.imports = match session.editor() {
                Some(editor) if overview.imports > 0 => {
                    own_to_mend(&portal, &editor).await?.len() as u64
                }
                _ => 0,
            };
            Ok(overview)
        }
        .await,
    )
}

/// The firm's changes of many clients that go on or can still be taken back, latest first: five of them, without a line.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "tableau-de-bord/lots")]
pub async fn recent_changes() -> Result<Vec<Job>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::bulk::{Part, Shown};
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let now = (portal.now)();
            // Beyond every line: the change alone is wanted.
            let none = Shown::page(Part::All, u64::MAX);
            let mut changes = Vec::new();
            for id in portal
                .dashboard
                .changes(&scope, now)
                .await
                .map_err(outage)?
            {
                let job = portal.bulk.job(&scope, id, none, now).await;
                changes.extend(job.map_err(outage)?.filter(open));
                if changes.len() == MOST_CHANGES {
                    break;
                }
            }
            Ok(changes)
        }
        .await,
    )
}

/// Whether something can still be done about a change.
#[cfg(feature = "ssr")]
fn open(job: &Job) -> bool {
    job.state == portfolio::bulk::State::Running || job.undo_until.is_some()
}
