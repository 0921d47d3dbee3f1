//! What firms and people have chosen of the calendar and of messages: whether it is one of the choices, and somebody's who is there.

use super::{Checked, Fault};
use crate::{outage::Answer, raw};
use portfolio::{
    calendar::{Rhythm, Whose},
    letter::Notice,
    mobility::day::Day,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// The tables with one row or several for each person, and what is wrong with a row whose person is not there.
const OF_NOBODY: [(&str, &str); 4] = [
    ("calendar_feed", "a diary is handed out for nobody"),
    ("notice_off", "a message is stopped for nobody"),
    ("mail_refused", "nobody has the address that is none"),
    ("reminded", "somebody was reminded who is not there"),
];

/// `'a', 'b'`: codes of ours, which hold no quotes.
fn listed<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    let codes: Vec<_> = codes.into_iter().map(|code| format!("'{code}'")).collect();
    codes.join(", ")
}

/// Queries for the ids of rows that are wrong, and what is wrong with them.
pub(super) fn wrong() -> Vec<(&'static str, String)> {
    let mut wrong: Vec<_> = OF_NOBODY
        .into_iter()
        .map(|(table, what)| {
            let sql = format!(
                "SELECT DISTINCT x.member_id AS id FROM {table} x WHERE NOT EXISTS (SELECT 1 FROM member m WHERE m.id = x.member_id)"
            );
            (what, sql)
        })
        .collect();
    wrong.extend([
        (
            "a client declares by a rhythm that is none",
            format!(
                "SELECT id FROM enrolment WHERE rhythm <> '' AND rhythm NOT IN ({})",
                listed(Rhythm::ALL.map(Rhythm::code))
            ),
        ),
        (
            "a message is stopped that there is none of",
            format!(
                "SELECT DISTINCT member_id AS id FROM notice_off WHERE kind NOT IN ({})",
                listed(Notice::ALL.map(Notice::code))
            ),
        ),
        (
            "a diary is handed out of somebody of no firm",
            "SELECT x.member_id AS id FROM calendar_feed x JOIN member m ON m.id = x.member_id JOIN firm f ON f.id = m.firm_id \
             WHERE f.is_body OR f.is_client"
                .to_owned(),
        ),
        (
            "an address is none, and is nowhere written to",
            "SELECT x.member_id AS id FROM mail_refused x JOIN member m ON m.id = x.member_id WHERE m.email = ''"
                .to_owned(),
        ),
    ]);
    wrong
}

#[derive(FromQueryResult)]
struct Feed {
    member_id: Uuid,
    whose: String,
}

#[derive(FromQueryResult)]
struct Reminded {
    member_id: Uuid,
    until_day: String,
}

/// What a query alone does not read: whose dates a diary holds, and up to which day somebody was reminded.
pub(super) async fn read(db: &impl ConnectionTrait, checked: &mut Checked) -> Answer<()> {
    let feeds: Vec<Feed> = raw::all(
        db,
        "SELECT member_id, whose FROM calendar_feed ORDER BY member_id",
        Vec::new(),
        "feeds",
    )
    .await?;
    for feed in feeds {
        let good = match Whose::read(&feed.whose) {
            Some(Whose::Member(of)) => colleagues(db, feed.member_id, of.0).await?,
            known => known.is_some(),
        };
        if !good {
            checked.faults.push(Fault {
                what: "a diary holds the dates of somebody who is not there, or of another firm",
                id: feed.member_id,
            });
        }
    }
    let reminded: Vec<Reminded> = raw::all(
        db,
        "SELECT member_id, until_day FROM reminded ORDER BY member_id",
        Vec::new(),
        "reminders",
    )
    .await?;
    for row in reminded {
        if Day::try_from(row.until_day).is_err() {
            checked.faults.push(Fault {
                what: "somebody was reminded up to a day that is none",
                id: row.member_id,
            });
        }
    }
    Ok(())
}

/// Whether two people are of one house.
async fn colleagues(db: &impl ConnectionTrait, one: Uuid, other: Uuid) -> Answer<bool> {
    let both = raw::number(
        db,
        "SELECT COUNT(*) AS n FROM member one JOIN member other ON other.firm_id = one.firm_id WHERE one.id = $1 AND other.id = $2",
        vec![one.into(), other.into()],
        "members",
    )
    .await?;
    Ok(both > 0)
}
