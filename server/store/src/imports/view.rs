//! What is shown of a firm's imports.

use super::{Job, check, lines, upload::is_stale, work::counts};
use crate::{
    Store,
    entity::{holder, import_chunk, import_line, member},
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn, Import, ImportColumn, ImportRelation},
    store::commit,
};
use portfolio::{
    ids::{EnrolmentId, FirmId, ImportId, Scope},
    import::{
        FileColumn, ImportRow, ImportView, KEPT, LineRow, Mapping, PAGE, Progress, Shown, State,
        Verdict, sample,
    },
    permission::Editor,
    ports::{Outage, Waiting},
    sheet::Format,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Imports that the page lists.
const LISTED: u64 = 50;
/// Lines of the preview.
const PREVIEW: usize = 3;

impl Store {
    /// See [`portfolio::ports::Imports::imports`].
    pub(super) async fn list_imports(
        &self,
        editor: &Editor,
        now: Timestamp,
    ) -> Result<Vec<ImportRow>, Outage> {
        let found = scoped::imports(editor.firm)
            .join(JoinType::InnerJoin, ImportRelation::Sender.def())
            .select_also(member::Entity)
            .order_by_desc(ImportColumn::CreatedAt)
            .order_by_desc(ImportColumn::Id)
            .limit(LISTED)
            .all(self.reader())
            .await
            .or_outage("imports")?;
        found
            .into_iter()
            .map(|(row, sender)| {
                let by = sender.map(|sender| sender.name).unwrap_or_default();
                Ok(row_of(&Job::of(row)?, by, now))
            })
            .collect()
    }

    /// See [`portfolio::ports::Imports::progress`].
    pub(super) async fn progress_of(
        &self,
        editor: &Editor,
        id: ImportId,
    ) -> Result<Option<Progress>, Outage> {
        let found = found(self.reader(), editor, id).await?;
        found.map(|row| Ok(progress(&Job::of(row)?))).transpose()
    }

    /// See [`portfolio::ports::Imports::import`].
    pub(super) async fn show_import(
        &self,
        editor: &Editor,
        id: ImportId,
        shown: Shown,
        now: Timestamp,
    ) -> Result<Option<ImportView>, Outage> {
        let tx = self.read().await?;
        let Some(row) = found(&tx, editor, id).await? else {
            return Ok(None);
        };
        let job = Job::of(row)?;
        let sender = member::Entity::find_by_id(job.row.member_id)
            .one(&tx)
            .await
            .or_outage("members")?;
        let by = sender.map(|sender| sender.name).unwrap_or_default();
        let columns = match job.state {
            State::Uploaded => self.columns(&tx, id.0).await?,
            _ => Vec::new(),
        };
        let (lines, found) = if job.state == State::Uploaded {
            (Vec::new(), 0)
        } else {
            of_page(&tx, editor, id.0, shown).await?
        };
        let format = Format::from_code(&job.row.format).ok_or_else(|| refused("import", id))?;
        let view = ImportView {
            row: row_of(&job, by, now),
            format,
            own: job.row.member_id == editor.member.0,
            halt: job.halt(),
            columns,
            lines,
            shown,
            found,
            stale: job.state.may_add() && is_stale(job.row.checked_at, now),
        };
        commit(tx).await?;
        Ok(Some(view))
    }

    async fn columns(&self, db: &impl ConnectionTrait, import: Uuid) -> Answer<Vec<FileColumn>> {
        let heads = self.heads(db, import).await?.unwrap_or_default();
        let first = import_chunk::Entity::find_by_id((import, 1))
            .one(db)
            .await
            .or_outage("boxes of an import")?;
        let mut waiting: Vec<Waiting> = match &first {
            Some(first) => self.waiting(db, first).await?,
            None => Vec::new(),
        };
        waiting.truncate(PREVIEW);
        let guessed = Mapping::guessed(heads.iter().map(String::as_str));
        let columns = heads.into_iter().enumerate().map(|(place, head)| {
            let column = guessed.at(place);
            let cells = waiting.iter().filter_map(|(_, cells)| cells.get(place));
            let samples = cells.map(|cell| sample(column, cell)).collect();
            FileColumn {
                head,
                column,
                samples,
            }
        });
        Ok(columns.collect())
    }
}

/// How many files of a firm have lines that were refused and can still be fetched, mended and sent again.
pub(crate) async fn to_mend(
    db: &impl ConnectionTrait,
    firm: FirmId,
    now: Timestamp,
) -> Answer<u64> {
    let over = [State::Checked, State::Done, State::Stopped].map(State::code);
    let found = scoped::imports(firm)
        .filter(ImportColumn::State.is_in(over))
        .all(db)
        .await
        .or_outage("imports")?;
    let mut count = 0;
    for row in found {
        let job = Job::of(row)?;
        count += u64::from(waits_to_be_mended(&job, now));
    }
    Ok(count)
}

pub(super) async fn found(
    db: &impl ConnectionTrait,
    editor: &Editor,
    id: ImportId,
) -> Answer<Option<Import>> {
    scoped::imports(editor.firm)
        .filter(ImportColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("imports")
}

fn progress(job: &Job) -> Progress {
    Progress {
        state: job.state,
        done: lines(job.row.done),
        total: lines(job.row.total),
        counts: counts(&job.row),
    }
}

/// How many lines were refused, or not tried, by an import that the portal is not at work on.
pub(super) fn left_to_mend(job: &Job) -> i64 {
    let row = &job.row;
    match job.state {
        State::Checked | State::Done => row.refused,
        State::Stopped => row.refused + row.total - row.done,
        _ => 0,
    }
}

fn waits_to_be_mended(job: &Job, now: Timestamp) -> bool {
    left_to_mend(job) > 0 && job.row.ended_at.is_none_or(|at| at + KEPT > now.0)
}

fn row_of(job: &Job, by: String, now: Timestamp) -> ImportRow {
    let row = &job.row;
    ImportRow {
        id: ImportId(row.id),
        name: row.name.clone(),
        by,
        at: Timestamp(row.created_at),
        progress: progress(job),
        to_mend: waits_to_be_mended(job, now),
    }
}

/// The lines of one page, and how many there are in all.
async fn of_page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    import: Uuid,
    shown: Shown,
) -> Answer<(Vec<LineRow>, u32)> {
    let mut found = import_line::Entity::find().filter(import_line::Column::ImportId.eq(import));
    if let Some(verdict) = shown.verdict {
        found = found.filter(import_line::Column::State.eq(verdict.code()));
    }
    let total = found.clone().count(db).await.or_outage("lines")?;
    let offset = u64::from(shown.page.saturating_sub(1)) * u64::from(PAGE);
    let rows = found
        .order_by_asc(import_line::Column::Line)
        .limit(u64::from(PAGE))
        .offset(offset)
        .all(db)
        .await
        .or_outage("lines")?;
    let proved: Vec<_> = rows
        .iter()
        .filter(|row| row.state != Verdict::Refused.code())
        .map(|row| row.holder_key.clone())
        .collect();
    let names: HashMap<String, String> = holder::Entity::find()
        .filter(holder::Column::Key.is_in(proved.clone()))
        .select_only()
        .columns([holder::Column::Key, holder::Column::Name])
        .into_tuple()
        .all(db)
        .await
        .or_outage("holders")?
        .into_iter()
        .collect();
    let managed: HashMap<String, Uuid> = scoped::in_force(scope.firm)
        .filter(EnrolmentColumn::HolderKey.is_in(proved))
        .select_only()
        .columns([EnrolmentColumn::HolderKey, EnrolmentColumn::Id])
        .into_tuple()
        .all(db)
        .await
        .or_outage("enrolments in force")?
        .into_iter()
        .collect();
    let shown: Answer<_> = rows
        .iter()
        .map(|row| {
            let verdict = Verdict::from_code(&row.state)
                .ok_or_else(|| refused("import_line of import", import))?;
            let refused = verdict == Verdict::Refused;
            let name = names.get(&row.holder_key).filter(|_| !refused);
            let enrolment = managed.get(&row.holder_key).filter(|_| !refused);
            Ok(LineRow {
                line: lines(row.line),
                held: row.holder_key.parse().ok(),
                name: name.cloned(),
                verdict,
                reason: check::reason(row)?,
                enrolment: enrolment.copied().map(EnrolmentId),
            })
        })
        .collect();
    Ok((shown?, u32::try_from(total).unwrap_or(u32::MAX)))
}
