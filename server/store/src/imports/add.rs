//! The good lines are added, box by box; what is of no use any more is forgotten on the way.

use super::{DEFAULT, Job, check, kinds, next_chunks, work::Done};
use crate::{
    Store,
    enrol::{self, New},
    entity::{import_chunk, import_line},
    label,
    outage::{Answer, OrOutage, refused},
    own, stored,
    vault::purpose::IMPORT,
};
use portfolio::{
    catalogue::ServiceCode,
    form::OwnDraft,
    french::searchable,
    holder::Kind,
    ids::EnrolmentId,
    import::{self, Column, Reason, State, Verdict},
    journal::{Entry, What},
    ports::{OwnKept, Waiting},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The version of the own fields of a client that was added just now.
const FIRST: i32 = 0;

impl Store {
    /// Adds what is good of the next boxes. The import's row is locked.
    pub(super) async fn add_some(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        now: Timestamp,
    ) -> Answer<Done> {
        let chunks = next_chunks(db, job).await?;
        let [first, .., last] = &*chunks else {
            return match &*chunks {
                [] => self.end(db, job).await,
                [only] => self.add_boxes(db, job, (only, only), &chunks, now).await,
                _ => unreachable!("two or more match above"),
            };
        };
        self.add_boxes(db, job, (first, last), &chunks, now).await
    }

    async fn add_boxes(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        (first, last): (&import_chunk::Model, &import_chunk::Model),
        chunks: &[import_chunk::Model],
        now: Timestamp,
    ) -> Answer<Done> {
        let range = (first.first_line, last.last_line);
        let mut done = Done {
            boxes: chunks.len(),
            lines: chunks.iter().map(|chunk| super::lines(chunk.lines)).sum(),
            ..Done::default()
        };
        self.add_lines(db, job, (range, chunks), &mut done, now)
            .await?;
        for chunk in chunks {
            self.keep_refused(db, job, chunk).await?;
        }
        Ok(done)
    }

    async fn add_lines(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        (range, chunks): ((i64, i64), &[import_chunk::Model]),
        done: &mut Done,
        now: Timestamp,
    ) -> Answer<()> {
        let ready = ready(job.row.id, range)
            .order_by_asc(import_line::Column::Line)
            .all(db)
            .await
            .or_outage("lines of an import")?;
        if ready.is_empty() {
            return Ok(());
        }
        let keys = ready.iter().map(|line| line.holder_key.clone());
        let kinds = kinds(db, keys).await?;
        let usual = stored::split(&job.row.services, "import", job.row.id)?;
        let new: Vec<_> = ready
            .iter()
            .map(|line| new(line, &kinds, &usual))
            .collect::<Answer<_>>()?;
        let made = enrol::insert(db, &job.scope, &new, now).await?;
        let lost: Vec<_> = ready
            .iter()
            .zip(&made)
            .filter(|(_, made)| made.is_none())
            .map(|(line, _)| line.line)
            .collect();
        let lines = ready.iter().map(|line| super::lines(line.line));
        let made: Vec<_> = lines
            .zip(made)
            .filter_map(|(line, made)| Some((line, made?)))
            .collect();
        let ids = made.iter().map(|(line, (id, _))| (*line, *id)).collect();
        done.entries
            .extend(made.into_iter().map(|(_, (_, entry))| entry));
        let own = self.keep_own(db, job, chunks, &ids, now).await?;
        done.entries.extend(own);
        let count = |number: usize| u32::try_from(number).unwrap_or_default();
        done.taken = count(ready.len());
        done.grown.already = count(lost.len());
        done.grown.added = done.taken - done.grown.already;
        // Somebody added these meanwhile.
        if !lost.is_empty() {
            let lost = import_line::Column::Line.is_in(lost);
            settle(db, job.row.id, range, Verdict::Already, Some(lost)).await?;
        }
        settle(db, job.row.id, range, Verdict::Added, None).await
    }

    /// Gives the clients that were added, by their lines, the reference and the labels that stand there; what the journal is to say
    /// of it. A label that was deleted since the dry run is left out.
    async fn keep_own(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        chunks: &[import_chunk::Model],
        ids: &HashMap<u32, EnrolmentId>,
        now: Timestamp,
    ) -> Answer<Vec<Entry>> {
        let mapping = job.mapping()?;
        let fields = [Column::Reference, Column::Labels];
        if ids.is_empty() || fields.iter().all(|column| mapping.place(*column).is_none()) {
            return Ok(Vec::new());
        }
        let known = label::known(db, job.scope.firm).await?;
        let mut entries = Vec::new();
        for chunk in chunks {
            for (line, cells) in self.waiting(db, chunk).await? {
                let asked = import::read(&mapping, &cells).and_then(|draft| draft.asked);
                let (Some(id), Ok(asked)) = (ids.get(&line), asked) else {
                    continue;
                };
                let labels = asked.labels.iter();
                let labels: BTreeSet<_> = labels
                    .filter_map(|name| known.get(&searchable(name)).copied())
                    .collect();
                if asked.reference.is_empty() && labels.is_empty() {
                    continue;
                }
                let draft = OwnDraft {
                    of: Some(*id),
                    version: FIRST,
                    reference: asked.reference,
                    labels,
                    new_labels: Vec::new(),
                    in_charge: None,
                    back: String::new(),
                };
                match own::keep(db, &job.scope, &draft, now).await? {
                    (Some(OwnKept::Done), told) => entries.extend(told),
                    _ => return Err(refused("own fields of enrolment", id)),
                }
            }
        }
        Ok(entries)
    }

    /// Leaves nothing in a box but the lines that were refused, or not tried.
    async fn keep_refused(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        chunk: &import_chunk::Model,
    ) -> Answer<()> {
        let verdicts = verdicts(db, job.row.id, chunk).await?;
        let tried = i64::try_from(verdicts.len()).unwrap_or(i64::MAX);
        let any = tried < chunk.lines || verdicts.values().any(Option::is_some);
        if !any {
            return self.forget_box(db, chunk).await;
        }
        let kept: Vec<Waiting> = self
            .waiting(db, chunk)
            .await?
            .into_iter()
            .filter(|(line, _)| !matches!(verdicts.get(line), Some(None)))
            .collect();
        let text = serde_json::to_vec(&kept).map_err(|_| refused("import", job.row.id))?;
        self.seal(db, IMPORT, chunk.box_id, &text).await
    }

    async fn forget_box(
        &self,
        db: &impl ConnectionTrait,
        chunk: &import_chunk::Model,
    ) -> Answer<()> {
        self.unbox(db, IMPORT, chunk.box_id).await?;
        import_chunk::Entity::delete_by_id((chunk.import_id, chunk.n))
            .exec(db)
            .await
            .or_outage("forgetting a box")?;
        Ok(())
    }

    async fn end(&self, db: &impl ConnectionTrait, job: &Job) -> Answer<Done> {
        let left = import_chunk::Entity::find()
            .filter(import_chunk::Column::ImportId.eq(job.row.id))
            .order_by_desc(import_chunk::Column::N)
            .one(db)
            .await
            .or_outage("boxes of an import")?;
        // The heads alone: nothing is left to mend.
        if let Some(heads) = left.filter(|chunk| chunk.n == 0) {
            self.forget_box(db, &heads).await?;
        }
        let added = What::FileAdded {
            added: super::lines(job.row.added),
            refused: super::lines(job.row.refused),
        };
        Ok(Done {
            next: Some((State::Done, None)),
            entries: vec![Entry::by(&job.scope, added)],
            ..Done::default()
        })
    }
}

/// The lines of a range that are to be added.
fn ready(import: Uuid, range: (i64, i64)) -> Select<import_line::Entity> {
    import_line::Entity::find()
        .filter(import_line::Column::ImportId.eq(import))
        .filter(import_line::Column::Line.between(range.0, range.1))
        .filter(import_line::Column::State.eq(Verdict::Ready.code()))
}

async fn settle(
    db: &impl ConnectionTrait,
    import: Uuid,
    range: (i64, i64),
    verdict: Verdict,
    only: Option<Expr>,
) -> Answer<()> {
    let mut change = import_line::Entity::update_many()
        .col_expr(import_line::Column::State, Expr::value(verdict.code()))
        .filter(import_line::Column::ImportId.eq(import))
        .filter(import_line::Column::Line.between(range.0, range.1))
        .filter(import_line::Column::State.eq(Verdict::Ready.code()));
    if let Some(only) = only {
        change = change.filter(only);
    }
    change.exec(db).await.or_outage("noting lines")?;
    Ok(())
}

/// A client as it is enrolled: with the services of its line, or those of the page that its kind may have.
fn new(
    line: &import_line::Model,
    kinds: &HashMap<String, Kind>,
    usual: &BTreeSet<ServiceCode>,
) -> Answer<New> {
    let broken = || refused("import_line of import", line.import_id);
    let kind = *kinds.get(&line.holder_key).ok_or_else(broken)?;
    let offered: BTreeSet<_> = ServiceCode::for_kind(kind).collect();
    let asked = if line.services == DEFAULT {
        usual.clone()
    } else {
        stored::split(&line.services, "import_line of import", line.import_id)?
    };
    Ok(New {
        held: line.holder_key.parse().map_err(|()| broken())?,
        services: asked.intersection(&offered).copied().collect(),
    })
}

/// The lines of a box that were tried: why each was refused, if it was.
pub(super) async fn verdicts(
    db: &impl ConnectionTrait,
    import: Uuid,
    chunk: &import_chunk::Model,
) -> Answer<HashMap<u32, Option<Reason>>> {
    let rows = import_line::Entity::find()
        .filter(import_line::Column::ImportId.eq(import))
        .filter(import_line::Column::Line.between(chunk.first_line, chunk.last_line))
        .all(db)
        .await
        .or_outage("lines of an import")?;
    rows.iter()
        .map(|row| {
            let line = super::lines(row.line);
            let refused = row.state == Verdict::Refused.code();
            let reason = if refused { check::reason(row)? } else { None };
            Ok((line, reason))
        })
        .collect()
}
