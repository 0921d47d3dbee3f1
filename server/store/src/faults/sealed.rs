//! Whether what is sealed opens, and is what it was. It is all opened, a little of it at a time, and nothing of it is told.

use super::{Checked, Fault};
use crate::{
    Store, attestation,
    entity::sealed,
    message,
    outage::{Answer, OrOutage},
    vault::purpose,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// Sealed texts that are read at once. A box of lines of a file is the largest of them.
const AT_ONCE: u64 = 200;

/// Opens every one. Pieces of attachments are opened with what they are pieces of.
pub(super) async fn opened(
    store: &Store,
    db: &impl ConnectionTrait,
    checked: &mut Checked,
) -> Answer<()> {
    let mut after = (String::new(), Uuid::nil());
    loop {
        let further = Condition::any()
            .add(sealed::Column::Purpose.gt(after.0.as_str()))
            .add(
                Condition::all()
                    .add(sealed::Column::Purpose.eq(after.0.as_str()))
                    .add(sealed::Column::Owner.gt(after.1)),
            );
        let rows = sealed::Entity::find()
            .filter(further)
            .filter(sealed::Column::Purpose.ne(purpose::PIECE))
            .order_by_asc(sealed::Column::Purpose)
            .order_by_asc(sealed::Column::Owner)
            .limit(AT_ONCE)
            .all(db)
            .await
            .or_outage("sealed texts")?;
        let Some(last) = rows.last() else {
            break;
        };
        after = (last.purpose.clone(), last.owner);
        for row in rows {
            checked.sealed += 1;
            let id = row.owner;
            let Some(text) = store.opens(db, &row).await else {
                let what = "what is sealed does not open";
                checked.faults.push(Fault { what, id });
                continue;
            };
            if row.purpose == purpose::ATTESTATION
                && !attestation::is_known(db, store.key(), id, &text).await?
            {
                let what = "an attestation is not found by the code that stands on it";
                checked.faults.push(Fault { what, id });
            }
        }
    }
    let mut after = Uuid::nil();
    while let Some(file) = message::next_file(db, after).await? {
        checked.sealed += 1;
        if !message::is_as_sent(store, db, file).await? {
            let what = "an attachment is not what was attached";
            checked.faults.push(Fault { what, id: file });
        }
        after = file;
    }
    Ok(())
}
