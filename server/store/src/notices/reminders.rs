//! Reminders of what falls due: each member once for each date, in one message a day.
//!
//! What tells that somebody was reminded is the day up to which they were (`reminded`), written by the transaction that writes the
//! message, on a row that is locked: of two servers one does it, a server that is killed leaves the rest to the next one, and after an
//! outage what is still to come is reminded of once, and what is past is not.

use super::{REACHED, Reader, wants};
use crate::{
    Store,
    calendar::count::counted,
    find::sql::{Index, Sql},
    outage::Answer,
    store::commit,
};
use portfolio::{
    calendar::{Due, Rhythm, between},
    letter::{Notice, due_dates, notice_path},
    mobility::day::Day,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::FromQueryResult;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many days before a date it is reminded of.
pub const LEAD: i64 = 5;
/// Members that are seen to before anything else gets its turn.
const AT_ONCE: u64 = 20;

#[derive(FromQueryResult)]
struct Waiting {
    id: Uuid,
    firm_id: Uuid,
    until_day: Option<String>,
}

#[derive(FromQueryResult)]
struct Until {
    until_day: String,
}

impl Store {
    /// Reminds some of those who are not yet reminded of what falls due in the next days; whether there may be more of them.
    ///
    /// # Errors
    /// An outage.
    pub async fn remind(&self, now: Timestamp) -> Result<bool, Outage> {
        let today = Day::of(now);
        let horizon = today.plus_days(LEAD);
        let mut sql = Sql::new(self.reader());
        sql.push(&format!(
            "SELECT m.id, m.firm_id, r.until_day FROM member m JOIN firm f ON f.id = m.firm_id \
             LEFT JOIN reminded r ON r.member_id = m.id \
             WHERE {REACHED} AND f.suspended_at IS NULL AND NOT f.is_body AND NOT f.is_client AND (r.until_day IS NULL OR r.until_day < "
        ))
        .value(horizon.iso())
        .push(&format!(") ORDER BY m.id LIMIT {AT_ONCE}"));
        let waiting = sql
            .read::<Waiting>(self.reader(), "who is to be reminded")
            .await?;
        let more = waiting.len() as u64 == AT_ONCE;
        for member in waiting {
            self.remind_one(&member, today, horizon, now).await?;
        }
        Ok(more)
    }

    async fn remind_one(
        &self,
        member: &Waiting,
        today: Day,
        horizon: Day,
        now: Timestamp,
    ) -> Answer<()> {
        let dues = since(member.until_day.as_deref(), today, horizon);
        let rhythms: BTreeSet<Rhythm> = dues.iter().map(|due| due.rhythm).collect();
        // Counted before anything is locked: it may take a while.
        let counts = self.counts(member, &rhythms).await?;
        let tx = self.write().await?;
        let mut sql = Sql::new(&tx);
        sql.push("SELECT m.id, m.name, m.email, m.language FROM member m WHERE m.id = ")
            .value(member.id);
        sql.lock("NO KEY UPDATE");
        let Some(reader) = sql.read::<Reader>(&tx, "members").await?.into_iter().next() else {
            return Ok(());
        };
        let mut sql = Sql::new(&tx);
        sql.push("SELECT until_day FROM reminded WHERE member_id = ")
            .value(member.id);
        let until = sql.read::<Until>(&tx, "reminders").await?;
        let until = until.into_iter().next().map(|row| row.until_day);
        // Another server was first.
        if until != member.until_day {
            return Ok(());
        }
        let told: Vec<(Due, u64)> = dues
            .into_iter()
            .filter_map(|due| {
                let (_, clients) = counts.iter().find(|(rhythm, _)| *rhythm == due.rhythm)?;
                Some((due, *clients))
            })
            .collect();
        if !told.is_empty() && wants(&tx, member.id, Notice::DueDates).await? {
            let reason = format!("rappel:{}:{}", member.id, horizon.iso());
            let link = format!("{}{}", self.url(), notice_path::MINE);
            self.post_to(&tx, &reader, Notice::DueDates, &reason, now, |to| {
                Some(due_dates(to, &told, link))
            })
            .await?;
        }
        let mut sql = Sql::new(&tx);
        sql.push("INSERT INTO reminded (member_id, until_day) VALUES (")
            .value(member.id)
            .push(", ")
            .value(horizon.iso())
            .push(") ON CONFLICT (member_id) DO UPDATE SET until_day = excluded.until_day");
        sql.run(&tx, "reminders").await?;
        commit(tx).await?;
        self.mail_was_written();
        Ok(())
    }

    /// How many clients with the service have each of these rhythms, of those that the member is in charge of, or enrolled where
    /// nobody who could be written to is.
    async fn counts(
        &self,
        member: &Waiting,
        rhythms: &BTreeSet<Rhythm>,
    ) -> Answer<Vec<(Rhythm, u64)>> {
        if rhythms.is_empty() {
            return Ok(Vec::new());
        }
        let db = self.reader();
        let mut sql = Sql::new(db);
        sql.push("SELECT client.calendar, COUNT(*) FROM ")
            .clients(
                portfolio::ids::FirmId(member.firm_id),
                Index::Named("client_by_calendar"),
            )
            .push(" AND client.calendar IN (");
        for (place, rhythm) in rhythms.iter().enumerate() {
            sql.push(if place == 0 { "" } else { ", " })
                .value(rhythm.code());
        }
        sql.push(") AND client.service_mask & ")
            .value(Notice::DueDates.service().bit())
            .push(" <> 0 AND (client.in_charge = ")
            .value(member.id)
            .push(" OR (client.created_by = ")
            .value(member.id)
            .push(" AND (client.in_charge IS NULL OR client.in_charge NOT IN (SELECT m.id FROM member m WHERE m.firm_id = ")
            .value(member.firm_id)
            .push(&format!(" AND {REACHED})))) GROUP BY client.calendar"));
        let rows = sql.all(db, "counting reminders").await?;
        rows.iter().map(counted).collect()
    }
}

/// What falls due up to `horizon` that somebody who was reminded up to `until` does not know of: nothing that is past.
fn since(until: Option<&str>, today: Day, horizon: Day) -> Vec<Due> {
    let known = until.and_then(|until| Day::try_from(until.to_owned()).ok());
    let from = known.map_or(today, |known| known.plus_days(1).max(today));
    between(from, horizon)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: after an outage a date is reminded of twice, never, or when it is past.
    #[test]
    fn each_date_once() {
        let day = |text: &str| Day::parse(text).unwrap();
        let dates = |until: Option<&str>, today: &str| -> Vec<String> {
            let horizon = day(today).plus_days(LEAD);
            let mut dates: Vec<_> = since(until, day(today), horizon)
                .into_iter()
                .map(|due| due.day.short())
                .collect();
            dates.dedup();
            dates
        };
        assert_eq!(dates(None, "24/11/2026"), [] as [&str; 0]);
        assert_eq!(dates(None, "01/12/2026"), ["05/12/2026"]);
        assert_eq!(dates(Some("2026-12-06"), "02/12/2026"), [] as [&str; 0]);
        // Down from 1 to 12 December: the 5th is past, the 15th is still to come.
        assert_eq!(dates(Some("2026-12-04"), "12/12/2026"), ["15/12/2026"]);
        assert_eq!(dates(Some("2026-12-17"), "12/12/2026"), [] as [&str; 0]);
    }
}
