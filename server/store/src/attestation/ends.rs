//! Attestations that come to their end: reminders. (The calendar reads their days itself: `calendar::dated`.)

use super::kept;
use crate::{Store, find::sql::Sql, outage::Answer, raw, store::commit, stored};
use portfolio::{
    attestation::{REMINDED, REMINDER},
    email::Email,
    ids::EnrolmentId,
    letter::{self, Addressed, Notice, PaperEnding},
    mobility::day::Day,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Attestations whose reminders one transaction writes.
const BATCH: i64 = 200;

#[derive(FromQueryResult)]
struct Due {
    id: Uuid,
    holder_key: String,
    good_until: String,
    member_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Place {
    enrolment_id: Uuid,
    name: String,
    in_charge: Option<Uuid>,
    created_by: Uuid,
    firm_id: Uuid,
}

#[derive(FromQueryResult)]
struct Person {
    id: Uuid,
    name: String,
    email: String,
    language: String,
}

/// A person, and what they are reminded of.
struct Reminded {
    person: Person,
    first: Uuid,
    ends: Vec<PaperEnding>,
}

impl Store {
    /// Writes the reminders that are due: of each client whose last attestation ends within 30 days, once, to who sees to it in the
    /// firms that ticked the e-mail service. One message goes to a person for all that is due at once. `link` is the address of a
    /// client's page, or of the list. Tells how many attestations were seen to; there may be more.
    ///
    /// # Errors
    /// An outage.
    pub async fn remind_of_attestations(
        &self,
        link: impl Fn(Option<EnrolmentId>) -> String + Send,
        now: Timestamp,
    ) -> Result<u64, Outage> {
        let today = Day::of(now);
        // Mostly nothing is due, and a look does not keep anybody from writing.
        if due(self.reader(), today, false).await?.is_empty() {
            return Ok(0);
        }
        let tx = self.write().await?;
        let rows = due(&tx, today, true).await?;
        let mut reminded: BTreeMap<Uuid, Reminded> = BTreeMap::new();
        for row in &rows {
            let until = kept::day(row.good_until.clone(), row.id)?;
            for place in places(&tx, &row.holder_key).await? {
                let Some(person) = addressee(&tx, &place, row.member_id).await? else {
                    continue;
                };
                let entry = reminded.entry(person.id).or_insert(Reminded {
                    person,
                    first: row.id,
                    ends: Vec::new(),
                });
                entry.ends.push(PaperEnding {
                    client: EnrolmentId(place.enrolment_id),
                    name: place.name,
                    until,
                });
            }
            let sql = "UPDATE attestation SET reminded_at = $1 WHERE id = $2";
            let values = vec![now.0.into(), row.id.into()];
            raw::run(&tx, sql, values, "a reminder").await?;
        }
        for reminded in reminded.into_values() {
            let Reminded {
                person,
                first,
                ends,
            } = reminded;
            // An address that is none is nobody's reason to leave the others without theirs.
            let Ok(to) = Email::parse(&person.email) else {
                continue;
            };
            let one = (ends.len() == 1).then(|| ends[0].client);
            let stopped_by = self.stopped_by(&tx, person.id, Notice::Attestation).await?;
            let Some(leave) = stopped_by else {
                continue;
            };
            let addressed = Addressed {
                to: &to,
                name: &person.name,
                leave,
            };
            let message = stored::to(&person.language, || {
                letter::attestation_ends(&addressed, &ends, link(one))
            });
            let reason = format!("attestation:{}:{first}", person.id);
            self.post(&tx, &message, &reason, now).await?;
        }
        commit(tx).await?;
        self.mail_was_written();
        Ok(rows.len() as u64)
    }
}

/// What is due: the last attestations of holders, for firms with the e-mail service, that nobody was reminded of. Held until the
/// transaction ends where `held`, and left where another server holds them.
async fn due(db: &impl ConnectionTrait, today: Day, held: bool) -> Answer<Vec<Due>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT a.id, a.holder_key, a.good_until, a.member_id FROM attestation a WHERE a.reminded_at IS NULL AND a.good_until >= ")
        .value(today.iso())
        .push(" AND a.good_until <= ")
        .value(today.plus_days(REMINDED).iso())
        .push(" AND NOT EXISTS (SELECT 1 FROM attestation b WHERE b.holder_key = a.holder_key AND (b.good_until, b.id) > (a.good_until, a.id))")
        .push(" AND EXISTS (SELECT 1 FROM enrolment e JOIN enrolment_service s ON s.enrolment_id = e.id WHERE e.holder_key = a.holder_key AND e.ended_at IS NULL AND s.code = ")
        .value(REMINDER)
        .push(") ORDER BY a.id LIMIT ")
        .value(BATCH);
    if held {
        sql.lock("UPDATE OF a SKIP LOCKED");
    }
    sql.read(db, "attestations that end").await
}

/// The enrolments in force of a holder that have the e-mail service, of firms that may work.
async fn places(db: &impl ConnectionTrait, holder: &str) -> Answer<Vec<Place>> {
    raw::all(
        db,
        "SELECT e.id AS enrolment_id, h.name, e.in_charge, e.created_by, e.firm_id FROM enrolment e \
         JOIN holder h ON h.key = e.holder_key JOIN firm f ON f.id = e.firm_id \
         WHERE e.holder_key = $1 AND e.ended_at IS NULL AND f.suspended_at IS NULL \
         AND EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = e.id AND s.code = $2) ORDER BY e.id",
        vec![holder.into(), REMINDER.into()],
        "whom to remind",
    )
    .await
}

/// Who of a firm is reminded: whoever is in charge of the client, else who fetched the paper, else who added the client; somebody who
/// is still there and has an address.
async fn addressee(
    db: &impl ConnectionTrait,
    place: &Place,
    fetched: Option<Uuid>,
) -> Answer<Option<Person>> {
    for id in [place.in_charge, fetched, Some(place.created_by)] {
        let Some(id) = id else {
            continue;
        };
        let person = raw::one(
            db,
            "SELECT id, name, email, language FROM member WHERE id = $1 AND firm_id = $2 AND suspended_at IS NULL AND removed_at IS NULL \
             AND email <> ''",
            vec![id.into(), place.firm_id.into()],
            "whom to remind",
        )
        .await?;
        if person.is_some() {
            return Ok(person);
        }
    }
    Ok(None)
}
