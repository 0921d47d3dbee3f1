//! Finding a client in a firm's portfolio: the list, its counts, the jump box.
//!
//! Everything is read from the table `client` alone. A search is one condition, the same on both engines ([`wanted`]); how it is looked
//! up differs ([`source`]): few clients are gathered by an index and sorted, many are met soon enough on the way along the index of the
//! order asked for ([`page`]).
//!
//! | module | what it knows |
//! |---|---|
//! | [`sql`] | a statement and its values in step; the one door to the table |
//! | [`wanted`] | what a client must be like |
//! | [`order`] | the orders of the list, and where a client stands in them |
//! | [`source`] | where to look, decided by counting a little |
//! | [`page`] | one page: from its beginning, a client or the end |
//! | [`rows`] | the rows of a page as they are shown |
//! | [`facets`], [`jump`] | what each filter would leave; what a text most likely means |

pub(crate) mod facets;
pub(crate) mod jump;
mod order;
mod page;
pub(crate) mod rows;
mod source;
pub(crate) mod sql;
pub(crate) mod wanted;

use crate::outage::Answer;
use portfolio::{
    client::{MOST_COUNTED, Row, Total},
    ids::Scope,
    search::{Place, Search},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use source::Portfolio;
use wanted::Wanted;

/// One page of a search.
pub(crate) struct Found {
    pub rows: Vec<Row>,
    pub total: Total,
    pub managed: u64,
    pub page: Option<u64>,
    pub before: bool,
    pub after: bool,
}

/// The page of clients that a search asks for.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
    now: Timestamp,
) -> Answer<Found> {
    let portfolio = Portfolio::read(db, scope.firm).await?;
    let managed = portfolio.clients;
    let none = Found {
        rows: Vec::new(),
        total: Total::Exactly(0),
        managed,
        page: Some(1),
        before: false,
        after: false,
    };
    if managed == 0 {
        return Ok(none);
    }
    // A search made by hand may ask for nought a page.
    let size = search.size.max(1);
    let wanted = Wanted::read(db, scope, search, now).await?;
    let Some(wanted) = wanted else {
        return Ok(none);
    };
    let (source, total) = source::choose(db, &portfolio, &wanted, size).await?;
    if total == Total::Exactly(0) {
        return Ok(none);
    }
    let order = order::of(search.sort);
    let list = page::List {
        db,
        portfolio: &portfolio,
        wanted: &wanted,
        source: &source,
        order,
        descending: search.descending,
        size,
        total,
    };
    let showing = match search.show.or(search.saved) {
        Some(id) => list.showing(id).await?,
        None => None,
    };
    let page = match (showing, search.place) {
        (Some(page), _) => page,
        (None, Place::Page) => list.numbered(search.page).await?,
        (None, Place::After(id)) => list.after(id, search.page).await?,
        (None, Place::Before(id)) => list.before(id, search.page).await?,
        (None, Place::Last) => list.last().await?,
    };
    let mut rows = rows::shown(db, scope, page.rows).await?;
    rows::explain(db, &search.text, &mut rows).await?;
    Ok(Found {
        rows,
        total,
        managed,
        page: page.number,
        before: page.before,
        after: page.after,
    })
}

/// How many clients a search leaves, all of them counted.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
    now: Timestamp,
) -> Answer<u64> {
    let portfolio = Portfolio::read(db, scope.firm).await?;
    if portfolio.clients == 0 {
        return Ok(0);
    }
    let Some(wanted) = Wanted::read(db, scope, search, now).await? else {
        return Ok(0);
    };
    if wanted.is_everybody() {
        return Ok(portfolio.clients);
    }
    source::whole(&portfolio, &wanted).count(db, &wanted).await
}

/// As far as a list counts: one more than it tells.
const COUNTED: u64 = MOST_COUNTED + 1;
