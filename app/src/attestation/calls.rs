//! What the pages ask: who asks → parse → call a port → answer.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::attestation::{IssueField, IssueForm, Overview, OwnIssueForm};

/// The attestations of a client, and whether there would be one today.
///
/// # Errors
/// Signed out, or not there.
#[server(prefix = "/api", endpoint = "attestations")]
pub async fn of_client(#[server(default)] id: String) -> Result<Overview, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::ports::Asker;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = id.parse().map_err(|_| Refusal::NotFound)?;
            let asker = Asker::Firm(scope, id);
            let found = portal.attestations.attestations(&asker, (portal.now)());
            found.await.map_err(outage)?.ok_or(Refusal::NotFound)
        }
        .await,
    )
}

/// « Obtenir l'attestation » of a client. It is open to readers too: the service is one that looks, and nothing of the portfolio
/// changes.
///
/// # Errors
/// What is wrong with the form; a client that does not have the service.
#[server(prefix = "/api", endpoint = "attestation")]
pub async fn issue(#[server(flatten)] form: IssueForm) -> Result<Next, Refusal<IssueField>> {
    use crate::asking::{answer, outage, portal, scope};
    use crate::routes::{self, Done};
    use portfolio::{
        form::Form as _,
        ports::{Asker, Issued},
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let id = form.check().map_err(Refusal::Problems)?;
            let asker = Asker::Firm(scope, id);
            let issued = portal.attestations.issue(&asker, (portal.now)()).await;
            let page = routes::attestations(id);
            match issued.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Issued::Done(_) => Ok(Next {
                    to: routes::done(&page, Done::Attested.code()),
                }),
                // The page says why, and what to do.
                Issued::Refused(_) => Ok(Next {
                    to: routes::done(&page, Done::NotAttested.code()),
                }),
                Issued::NoService => Err(Refusal::Problems(Problems::one(
                    IssueField::Of,
                    Problem::NoAttestation,
                ))),
            }
        }
        .await,
    )
}

/// The attestations of all of a client's own accounts, and whether there would be one today.
///
/// # Errors
/// Signed out, or no client.
#[server(prefix = "/api", endpoint = "mon-compte/attestations")]
pub async fn own() -> Result<Vec<Overview>, Refusal<NoField>> {
    use crate::asking::{answer, client, outage, portal};
    use portfolio::ports::Asker;
    let portal = portal();
    answer(
        async {
            let client = client()?;
            let holdings = portal.accounts.holdings(&client).await.map_err(outage)?;
            let mut all = Vec::with_capacity(holdings.len());
            for holding in holdings {
                let asker = Asker::Holder(client.clone(), holding.held);
                let found = portal.attestations.attestations(&asker, (portal.now)());
                all.extend(found.await.map_err(outage)?);
            }
            Ok(all)
        }
        .await,
    )
}

/// « Obtenir l'attestation » of one's own accounts.
///
/// # Errors
/// Signed out, or no client; accounts that are not the client's.
#[server(prefix = "/api", endpoint = "mon-compte/attestation")]
pub async fn issue_own(#[server(flatten)] form: OwnIssueForm) -> Result<Next, Refusal<IssueField>> {
    use crate::asking::{answer, client, outage, portal};
    use crate::routes::{self, Done};
    use portfolio::{
        form::Form as _,
        ports::{Asker, Issued},
    };
    let portal = portal();
    answer(
        async {
            let client = client()?;
            let held = form.check().map_err(Refusal::Problems)?;
            let asker = Asker::Holder(client, held);
            let issued = portal.attestations.issue(&asker, (portal.now)()).await;
            let done = match issued.map_err(outage)?.ok_or(Refusal::NotFound)? {
                Issued::Done(_) => Done::Attested,
                Issued::Refused(_) | Issued::NoService => Done::NotAttested,
            };
            Ok(Next {
                to: routes::done(routes::MY_ATTESTATIONS, done.code()),
            })
        }
        .await,
    )
}
