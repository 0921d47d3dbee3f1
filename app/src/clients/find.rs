//! Server functions of finding a client: the whole count, the filters' counts, the jump box, favourites, saved lists.

use crate::refusal::{Next, NoField, Refusal};
use leptos::prelude::*;
use portfolio::{
    finding::{Facets, Jump, View},
    form::{FavouriteField, FavouriteForm, ViewField, ViewForm},
};

/// How many clients a list has, all of them counted.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "clients/nombre")]
pub async fn count(#[server(default)] query: String) -> Result<u64, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let (search, _) = crate::routes::search_of(&query);
            let counted = portal
                .finding
                .count(&scope()?, &search, (portal.now)())
                .await;
            counted.map_err(outage)
        }
        .await,
    )
}

/// How many clients each value of each filter would leave.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "clients/filtres")]
pub async fn filter_counts(#[server(default)] query: String) -> Result<Facets, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(
        async {
            let (search, _) = crate::routes::search_of(&query);
            let counted = portal
                .finding
                .facets(&scope()?, &search, (portal.now)())
                .await;
            counted.map_err(outage)
        }
        .await,
    )
}

/// The clients that a text most likely means; those opened last for a blank one.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "clients/aller")]
pub async fn candidates(#[server(default)] text: String) -> Result<Vec<Jump>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::search::LONGEST;
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let text: String = text.trim().chars().take(LONGEST).collect();
            let found = if text.is_empty() {
                portal.finding.recent(&scope).await
            } else {
                portal.finding.jump(&scope, &text).await
            };
            found.map_err(outage)
        }
        .await,
    )
}

/// The star of a row: makes a client a favourite, or no longer.
///
/// # Errors
/// Too many favourites, or not there.
#[server(prefix = "/api", endpoint = "favori")]
pub async fn favourite(
    #[server(flatten)] form: FavouriteForm,
) -> Result<Next, Refusal<FavouriteField>> {
    use crate::asking::{answer, outage, portal, scope};
    use portfolio::{
        finding::MOST_FAVOURITES,
        form::Form,
        ports::Marked,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let of = draft.of.ok_or(Refusal::NotFound)?;
            let marked = portal.finding.favourite(&scope, of, draft.on).await;
            match marked.map_err(outage)? {
                None => Err(Refusal::NotFound),
                Some(Marked::Done) => Ok(Next {
                    to: crate::routes::list(&crate::routes::back_of(&draft.back)),
                }),
                Some(Marked::TooMany) => {
                    let most = MOST_FAVOURITES;
                    let problem = Problem::TooMany { most };
                    Err(Refusal::Problems(Problems::one(
                        FavouriteField::Add,
                        problem,
                    )))
                }
            }
        }
        .await,
    )
}

/// The member's saved lists.
///
/// # Errors
/// Signed out.
#[server(prefix = "/api", endpoint = "vues")]
pub async fn views() -> Result<Vec<View>, Refusal<NoField>> {
    use crate::asking::{answer, outage, portal, scope};
    let portal = portal();
    answer(async { portal.finding.views(&scope()?).await.map_err(outage) }.await)
}

/// Saves, renames or deletes a list, or makes it the one to open with.
///
/// # Errors
/// A name that is missing or taken, too many lists, or one that is not there.
#[server(prefix = "/api", endpoint = "vue")]
pub async fn act_on_view(#[server(flatten)] form: ViewForm) -> Result<Next, Refusal<ViewField>> {
    use crate::asking::{answer, outage, portal, scope};
    use crate::routes;
    use portfolio::{
        finding::MOST_VIEWS,
        form::{Form, ViewDraft},
        ports::ViewKept,
        problem::{Problem, Problems},
    };
    let portal = portal();
    answer(
        async {
            let scope = scope()?;
            let draft = form.check().map_err(Refusal::Problems)?;
            let refused = |problem| Err(Refusal::Problems(Problems::one(ViewField::Name, problem)));
            let kept = portal.finding.act_on_view(&scope, &draft, (portal.now)());
            match kept.await.map_err(outage)? {
                None => Err(Refusal::NotFound),
                Some(ViewKept::NameTaken) => refused(Problem::NameTaken),
                Some(ViewKept::TooMany) => refused(Problem::TooMany { most: MOST_VIEWS }),
                Some(ViewKept::Done(_)) => Ok(Next {
                    to: match &draft {
                        ViewDraft::Save { query, .. } => routes::list(&routes::back_of(query)),
                        _ => routes::done(routes::VIEWS, &form.act),
                    },
                }),
            }
        }
        .await,
    )
}
