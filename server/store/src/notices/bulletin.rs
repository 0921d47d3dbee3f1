//! What the body writes to all those who ticked it for a client: the newsletter, new rules.

use super::{REACHED, Reader, wants};
use crate::{Store, find::sql::Sql, key::hex, session::hash, store::commit};
use portfolio::{
    letter::{self, Notice},
    ports::Outage,
    time::Timestamp,
};

/// Readers that are written to by one transaction.
const AT_ONCE: usize = 100;

impl Store {
    /// Writes to everybody who looks after a client with this service, once each: the same words are never written to somebody twice,
    /// so that it may be asked again after it was cut off. How many it was written to now; those who have had it count as well.
    ///
    /// # Errors
    /// An outage.
    pub async fn write_bulletin(
        &self,
        notice: Notice,
        subject: &str,
        paragraphs: &[String],
        now: Timestamp,
    ) -> Result<u64, Outage> {
        let db = self.reader();
        let mut sql = Sql::new(db);
        sql.push(&format!(
            "SELECT m.id, m.name, m.email, m.language FROM member m JOIN firm f ON f.id = m.firm_id \
             WHERE {REACHED} AND f.suspended_at IS NULL AND EXISTS (SELECT 1 FROM client WHERE client.firm_id = m.firm_id \
             AND client.service_mask & "
        ))
        .value(notice.service().bit())
        .push(&format!(
            " <> 0 AND (client.in_charge = m.id OR (client.created_by = m.id AND (client.in_charge IS NULL \
             OR client.in_charge NOT IN (SELECT m.id FROM member m WHERE {REACHED}))))) ORDER BY m.id"
        ));
        let readers = sql.read::<Reader>(db, "who reads a bulletin").await?;
        let words = format!("{subject}\n{}", paragraphs.join("\n"));
        let of = hex(&hash(&words));
        let mut written = 0;
        for readers in readers.chunks(AT_ONCE) {
            let tx = self.write().await?;
            for reader in readers {
                if !wants(&tx, reader.id, notice).await? {
                    continue;
                }
                let reason = format!("bulletin:{}:{}", &of[..32], reader.id);
                let link = self.url().to_owned();
                self.post_to(&tx, reader, notice, &reason, now, |to| {
                    Some(letter::bulletin(to, subject, paragraphs, link))
                })
                .await?;
                written += 1;
            }
            commit(tx).await?;
        }
        self.mail_was_written();
        Ok(written)
    }
}
