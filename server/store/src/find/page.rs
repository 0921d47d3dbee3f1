//! One page of the clients that are wanted: from the beginning, from a client, from the end. Whichever it is, it costs the same.

use super::{
    order::{Key, Order},
    rows::Read,
    source::{self, Portfolio, Source},
    sql::{Index, Sql},
    wanted::Wanted,
};
use crate::outage::{Answer, OrOutage};
use portfolio::{client::Total, ids::EnrolmentId};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// The furthest client that a page is found by its number.
const FURTHEST: u64 = 10_000;
/// As far as the place of a client to be seen is counted, where not all clients are wanted.
const NEAR: u64 = 1000;

/// The clients that are wanted, in an order.
pub(super) struct List<'a, C> {
    pub db: &'a C,
    pub portfolio: &'a Portfolio,
    pub wanted: &'a Wanted,
    pub source: &'a Source,
    pub order: Order,
    pub descending: bool,
    pub size: u64,
    pub total: Total,
}

/// A page of them.
pub(super) struct Page {
    pub rows: Vec<Read>,
    pub number: Option<u64>,
    pub before: bool,
    pub after: bool,
}

/// Some of them, with where each stands.
type Rows = Vec<(Read, Key)>;

/// Which of them.
struct Part<'a> {
    /// Beyond this client on the way, with it or without.
    beyond: Option<(&'a Key, bool)>,
    /// Against the order.
    back: bool,
    limit: u64,
    offset: u64,
}

impl<C: ConnectionTrait> List<'_, C> {
    /// The page of a number, near the beginning; beyond the last it is the last.
    pub async fn numbered(&self, page: u64) -> Answer<Page> {
        let last = self.last_page();
        if last.is_some_and(|last| page >= last && last > 1) {
            return self.last().await;
        }
        let furthest = (FURTHEST / self.size).max(1);
        let page = page.clamp(1, last.unwrap_or(furthest).min(furthest));
        let part = Part {
            beyond: None,
            back: false,
            limit: self.size + 1,
            offset: (page - 1) * self.size,
        };
        let mut rows = self.part(&part).await?;
        if rows.is_empty() && page > 1 {
            return self.last().await;
        }
        let after = self.cut(&mut rows);
        Ok(page_of(rows, Some(page), page > 1, after))
    }

    /// The page after a client; after the last one it is the last page.
    pub async fn after(&self, id: EnrolmentId, shown: u64) -> Answer<Page> {
        let Some(key) = self.key_of(id).await? else {
            return self.numbered(1).await;
        };
        self.from(&key, false, shown).await
    }

    /// The page before a client; where it would not be full it is the first page.
    pub async fn before(&self, id: EnrolmentId, shown: u64) -> Answer<Page> {
        let Some(key) = self.key_of(id).await? else {
            return self.numbered(1).await;
        };
        let part = Part {
            beyond: Some((&key, false)),
            back: true,
            limit: self.size + 1,
            offset: 0,
        };
        let mut rows = self.part(&part).await?;
        if !self.cut(&mut rows) {
            return self.numbered(1).await;
        }
        rows.reverse();
        let after = self.beyond(rows.last(), false).await?;
        Ok(page_of(rows, self.plausible(shown), true, after))
    }

    /// The last page: what is left over when all pages before it are full, as far as that is known.
    pub async fn last(&self) -> Answer<Page> {
        let left = match self.total.exact() {
            Some(total) => match total % self.size {
                0 => self.size.min(total),
                left => left,
            },
            None => self.size,
        };
        let part = Part {
            beyond: None,
            back: true,
            limit: left + 1,
            offset: 0,
        };
        let mut rows = self.part(&part).await?;
        let before = rows.len() as u64 > left;
        rows.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        rows.reverse();
        Ok(page_of(rows, self.last_page(), before, false))
    }

    /// The page that shows a client: its own where that is near the beginning, else one that begins with it. `None` when it is not
    /// among those wanted.
    pub async fn showing(&self, id: EnrolmentId) -> Answer<Option<Page>> {
        let Some(key) = self.key_of(id).await? else {
            return Ok(None);
        };
        let part = Part {
            beyond: Some((&key, true)),
            back: false,
            limit: 1,
            offset: 0,
        };
        let first = self.part(&part).await?;
        if !first.first().is_some_and(|(row, _)| row.is(id)) {
            return Ok(None);
        }
        let most = if self.wanted.is_everybody() {
            FURTHEST
        } else {
            NEAR
        };
        let before = self.count_before(&key, most).await?;
        Ok(Some(if before < most {
            self.numbered(before / self.size + 1).await?
        } else {
            self.from(&key, true, 1).await?
        }))
    }

    async fn from(&self, key: &Key, with: bool, shown: u64) -> Answer<Page> {
        let part = Part {
            beyond: Some((key, with)),
            back: false,
            limit: self.size + 1,
            offset: 0,
        };
        let mut rows = self.part(&part).await?;
        if rows.is_empty() {
            return self.last().await;
        }
        let after = self.cut(&mut rows);
        let before = self.beyond(rows.first(), true).await?;
        let number = if before {
            self.plausible(shown)
        } else {
            Some(1)
        };
        Ok(page_of(rows, number, before, after))
    }

    /// The number of the last page, where all are counted.
    fn last_page(&self) -> Option<u64> {
        let total = self.total.exact()?;
        Some(total.div_ceil(self.size).max(1))
    }

    /// The number that an address shows for a page: it says nothing where it is the first, and no more than there can be.
    fn plausible(&self, shown: u64) -> Option<u64> {
        let last = self.last_page().unwrap_or(u64::MAX);
        (2..=last).contains(&shown).then_some(shown)
    }

    /// Takes off what is one too many; whether there was.
    fn cut(&self, rows: &mut Rows) -> bool {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        more
    }

    /// Whether anybody comes before or after a row.
    async fn beyond(&self, row: Option<&(Read, Key)>, back: bool) -> Answer<bool> {
        let Some((_, key)) = row else {
            return Ok(false);
        };
        let part = Part {
            beyond: Some((key, false)),
            back,
            limit: 1,
            offset: 0,
        };
        Ok(!self.part(&part).await?.is_empty())
    }

    async fn key_of(&self, id: EnrolmentId) -> Answer<Option<Key>> {
        self.order.key_of(self.db, self.wanted.firm, id).await
    }

    async fn part(&self, part: &Part<'_>) -> Answer<Rows> {
        if !self.walks() {
            return self.read(self.source, part, None).await;
        }
        if let Some(words) = self.whole().words(self.wanted)
            && self.order.is_of_names()
        {
            return self.read_in_place(words, part).await;
        }
        let wanted = part.offset + part.limit;
        let steps = self.portfolio.steps(wanted);
        let rows = self.read(self.source, part, Some(steps)).await?;
        if rows.len() as u64 == part.limit {
            return Ok(rows);
        }
        self.read(&self.whole(), part, None).await
    }

    /// Whether clients that are not wanted lie on the way.
    fn walks(&self) -> bool {
        matches!(self.source, Source::Walk) && !self.wanted.is_everybody()
    }

    fn whole(&self) -> Source {
        source::whole(self.portfolio, self.wanted)
    }

    /// Reads some of the clients that are wanted; of a walk only those that are met in so many steps.
    async fn read(&self, source: &Source, part: &Part<'_>, steps: Option<u64>) -> Answer<Rows> {
        if steps.is_none()
            && let Some(sql) = self.by_places(source, part)
        {
            return self.rows(sql).await;
        }
        let mut sql = Sql::new(self.db);
        sql.push("SELECT ").push(Read::COLUMNS);
        self.order.push_keys(&mut sql);
        sql.push(" FROM ");
        let descending = self.descending != part.back;
        if let Some(steps) = steps {
            let along = Index::Named(self.order.index);
            sql.push("(SELECT * FROM ").clients(self.wanted.firm, along);
            source::push_leading(&mut sql, self.wanted, along);
            self.push_beyond(&mut sql, part);
            self.order.push_order(&mut sql, descending);
            sql.push(" LIMIT ")
                .value(signed(steps))
                .push(") AS client WHERE 1 = 1");
        } else {
            source.push(&mut sql, self.wanted, Index::Named(self.order.index));
            self.push_beyond(&mut sql, part);
        }
        self.wanted.push(&mut sql);
        self.order.push_order(&mut sql, descending);
        cut_off(&mut sql, part);
        self.rows(sql).await
    }

    /// The same where the places of all are known without a look at the clients, in the order of names: those of the part are looked
    /// at, and no other.
    fn by_places(&self, source: &Source, part: &Part<'_>) -> Option<Sql> {
        if !(self.portfolio.has_places() && self.order.is_of_names()) {
            return None;
        }
        let descending = self.descending != part.back;
        let (sign, end) = if descending {
            ("<=", " DESC")
        } else {
            (">=", "")
        };
        let mut sql = Sql::new(self.db);
        sql.push("SELECT ").push(Read::COLUMNS);
        self.order.push_keys(&mut sql);
        sql.push(" FROM (");
        if !source.push_places(&mut sql, self.wanted) {
            return None;
        }
        if part.beyond.is_some() {
            sql.push(&format!(" AND place {sign} "));
            self.push_nearest(&mut sql, part, descending);
        }
        sql.push(&format!(" ORDER BY place{end}"));
        cut_off(&mut sql, part);
        sql.push(") found CROSS JOIN ")
            .clients(self.wanted.firm, Index::Place)
            .push(&format!(
                " AND client.place = found.place ORDER BY found.place{end}"
            ));
        Some(sql)
    }

    /// The same by the places of clients, which are in the order of names: no further than to the last one that is wanted. The index of
    /// words takes one bound on either side, so that a client to begin at stands in the place of the firm's end.
    async fn read_in_place(
        &self,
        (words, from, to): (&str, i64, i64),
        part: &Part<'_>,
    ) -> Answer<Rows> {
        let descending = self.descending != part.back;
        let mut sql = Sql::new(self.db);
        sql.push("SELECT ").push(Read::COLUMNS);
        self.order.push_keys(&mut sql);
        sql.push(" FROM client_search CROSS JOIN ")
            .clients(self.wanted.firm, Index::Place)
            .push(" AND client.place = client_search.rowid AND client_search MATCH ")
            .value(words);
        let ends = match (part.beyond, descending) {
            (None, _) => (Some(from), Some(to)),
            (Some(_), false) => (None, Some(to)),
            (Some(_), true) => (Some(from), None),
        };
        for (sign, end) in [(">=", ends.0), ("<=", ends.1)] {
            sql.push(&format!(" AND client_search.rowid {sign} "));
            match end {
                Some(end) => {
                    sql.push(&end.to_string());
                }
                None => self.push_nearest(&mut sql, part, descending),
            }
        }
        self.wanted.push(&mut sql);
        let end = if descending { " DESC" } else { "" };
        sql.push(&format!(" ORDER BY client_search.rowid{end}"));
        cut_off(&mut sql, part);
        self.rows(sql).await
    }

    /// The place of the nearest client beyond one, wanted or not.
    fn push_nearest(&self, sql: &mut Sql, part: &Part<'_>, descending: bool) {
        sql.push("(SELECT client.place FROM ")
            .clients(self.wanted.firm, Index::Named(self.order.index));
        self.push_beyond(sql, part);
        self.order.push_order(sql, descending);
        sql.push(" LIMIT 1)");
    }

    async fn rows(&self, sql: Sql) -> Answer<Rows> {
        let what = "clients";
        let rows = sql.all(self.db, what).await?;
        rows.iter()
            .map(|row| Ok((Read::from_query_result(row, "")?, self.order.key(row)?)))
            .collect::<Result<_, _>>()
            .or_outage(what)
    }

    fn push_beyond(&self, sql: &mut Sql, part: &Part<'_>) {
        if let Some((key, with)) = part.beyond {
            let greater = self.descending == part.back;
            self.order.push_beyond(sql, key, greater, with);
        }
    }

    async fn count_before(&self, key: &Key, most: u64) -> Answer<u64> {
        let mut sql = Sql::new(self.db);
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        if self.walks() {
            self.whole().push(&mut sql, self.wanted, Index::Any);
        } else {
            let along = Index::Named(self.order.index);
            self.source.push(&mut sql, self.wanted, along);
        }
        self.order
            .push_beyond(&mut sql, key, self.descending, false);
        self.wanted.push(&mut sql);
        sql.push(" LIMIT ").value(signed(most)).push(") AS counted");
        sql.number(self.db, "the place of a client").await
    }
}

/// As many as the part has, from where it begins.
fn cut_off(sql: &mut Sql, part: &Part<'_>) {
    sql.push(" LIMIT ").value(signed(part.limit));
    if part.offset > 0 {
        sql.push(" OFFSET ").value(signed(part.offset));
    }
}

fn page_of(rows: Rows, number: Option<u64>, before: bool, after: bool) -> Page {
    Page {
        rows: rows.into_iter().map(|(row, _)| row).collect(),
        number,
        before,
        after,
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
