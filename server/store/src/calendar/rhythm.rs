//! When a client declares, as its firm says it.

use crate::{change, find::sql::Sql, index, outage::Answer, stored};
use portfolio::{
    calendar::Rhythm,
    form::RhythmDraft,
    ids::Scope,
    journal::{About, Entry, What},
    ports::RhythmKept,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

#[derive(FromQueryResult)]
struct Known {
    kind: String,
    rhythm: String,
}

/// See [`portfolio::ports::Calendar::choose_rhythm`]; and what the journal is to say of it.
pub(super) async fn choose(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft: &RhythmDraft,
) -> Answer<(Option<RhythmKept>, Option<Entry>)> {
    let Some(enrolment) = change::locked(db, scope, draft.of).await? else {
        return Ok((None, None));
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT h.kind, e.rhythm FROM enrolment e JOIN holder h ON h.key = e.holder_key WHERE e.ended_at IS NULL AND e.firm_id = ")
        .value(scope.firm.0)
        .push(" AND e.id = ")
        .value(enrolment.id);
    let known = sql.read::<Known>(db, "a client's kind").await?;
    let Some(known) = known.into_iter().next() else {
        return Ok((Some(RhythmKept::NotOffered), None));
    };
    let kind = stored::kind(&known.kind, "holder of", draft.of)?;
    let offered = draft
        .rhythm
        .is_none_or(|rhythm| Rhythm::offered(kind).contains(&rhythm));
    if !offered {
        return Ok((Some(RhythmKept::NotOffered), None));
    }
    let code = draft.rhythm.map_or("", Rhythm::code);
    if known.rhythm == code {
        return Ok((Some(RhythmKept::Done), None));
    }
    let mut sql = Sql::new(db);
    sql.push("UPDATE enrolment SET rhythm = ")
        .value(code)
        .push(" WHERE id = ")
        .value(enrolment.id)
        .push(" AND firm_id = ")
        .value(scope.firm.0);
    sql.run(db, "choosing a rhythm").await?;
    index::draw(db, scope.firm, &[enrolment.id]).await?;
    let entry = Entry::by(scope, What::RhythmChosen(draft.rhythm)).about(About::Client(draft.of));
    Ok((Some(RhythmKept::Done), Some(entry)))
}
