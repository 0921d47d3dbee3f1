//! A file is sent, its columns are confirmed, its good lines asked for, or all of it given up.

use super::{Job, forget_boxes};
use crate::{
    Store,
    entity::{import_chunk, import_line},
    outage::{Answer, OrOutage, refused},
    scoped::{self, ImportColumn, NewImport},
    store::commit,
    stored,
    vault::purpose::IMPORT,
};
use portfolio::{
    ids::{ImportId, Scope},
    import::{GOOD_FOR, State},
    permission::Editor,
    ports::{ImportAct, MOST_WAITING, Outage, Piece, Upload, Uploaded},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
    sea_query::Expr,
};
use uuid::Uuid;

/// Over for good.
const OVER: [&str; 2] = ["done", "cancelled"];

impl Store {
    /// See [`portfolio::ports::Imports::upload`].
    pub(super) async fn keep_upload(
        &self,
        editor: &Editor,
        upload: Upload,
        now: Timestamp,
    ) -> Result<Uploaded, Outage> {
        let tx = self.write().await?;
        let waiting = scoped::imports(editor.firm)
            .filter(ImportColumn::State.is_not_in(OVER))
            .count(&tx)
            .await
            .or_outage("imports")?;
        if waiting >= MOST_WAITING {
            return Ok(Uploaded::TooMany);
        }
        let id = stored::new_id(now);
        let total: i64 = upload
            .pieces
            .iter()
            .map(|piece| i64::from(piece.lines))
            .sum();
        let row = NewImport {
            id: Set(id),
            firm_id: Set(editor.firm.0),
            member_id: Set(editor.member.0),
            actor_id: Set(editor.member.0),
            actor_origin: Set(origin(editor)),
            name: Set(upload.name),
            format: Set(upload.format.code().to_owned()),
            created_at: Set(now.0),
            state: Set(State::Uploaded.code().to_owned()),
            halt: Set(String::new()),
            mapping: Set(String::new()),
            services: Set(String::new()),
            total: Set(total),
            done: Set(0),
            next_chunk: Set(1),
            ready: Set(0),
            added: Set(0),
            already: Set(0),
            refused: Set(0),
            good: Set(0),
            failed: Set(0),
            proved_at: Set(None),
            checked_at: Set(None),
            ended_at: Set(None),
            claimed_until: Set(None),
        };
        scoped::upload(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("keeping a file")?;
        let heads = serde_json::to_vec(&upload.heads).map_err(|_| refused("import", id))?;
        let heads = Piece {
            first: 0,
            last: 0,
            lines: 0,
            text: heads,
        };
        for (n, piece) in (0..).zip(std::iter::once(heads).chain(upload.pieces)) {
            self.keep_piece(&tx, id, n, &piece, now).await?;
        }
        commit(tx).await?;
        Ok(Uploaded::Waits(ImportId(id)))
    }

    async fn keep_piece(
        &self,
        db: &impl ConnectionTrait,
        import: Uuid,
        n: i32,
        piece: &Piece,
        now: Timestamp,
    ) -> Answer<()> {
        let box_id = stored::new_id(now);
        self.seal(db, IMPORT, box_id, &piece.text).await?;
        let row = import_chunk::ActiveModel {
            import_id: Set(import),
            n: Set(n),
            box_id: Set(box_id),
            first_line: Set(i64::from(piece.first)),
            last_line: Set(i64::from(piece.last)),
            lines: Set(i64::from(piece.lines)),
        };
        import_chunk::Entity::insert(row)
            .exec_without_returning(db)
            .await
            .or_outage("keeping a file")?;
        Ok(())
    }

    /// See [`portfolio::ports::Imports::act_on_import`].
    pub(super) async fn act(
        &self,
        editor: &Editor,
        id: ImportId,
        act: &ImportAct,
        now: Timestamp,
    ) -> Result<Option<bool>, Outage> {
        let tx = self.write().await?;
        let found = scoped::imports(editor.firm)
            .filter(ImportColumn::Id.eq(id.0))
            .lock_exclusive()
            .one(&tx)
            .await
            .or_outage("imports")?;
        let Some(row) = found else {
            return Ok(None);
        };
        let job = Job::of(row)?;
        let taken = match act {
            ImportAct::Check(mapping) if job.state == State::Uploaded => {
                let mapping = mapping.stored();
                begin_check(&tx, editor, id.0, &[(ImportColumn::Mapping, mapping)]).await?;
                true
            }
            ImportAct::Add(services) if job.state.may_add() && job.row.ready > 0 => {
                let services = stored::joined(services);
                if is_stale(job.row.checked_at, now) {
                    begin_check(&tx, editor, id.0, &[]).await?;
                } else {
                    begin_add(&tx, editor, id.0, services).await?;
                }
                true
            }
            ImportAct::Cancel if !job.state.over() => {
                forget_boxes(&tx, id.0).await?;
                let ended = [
                    (ImportColumn::State, Expr::value(State::Cancelled.code())),
                    (ImportColumn::EndedAt, Expr::value(now.0)),
                    (ImportColumn::ClaimedUntil, Expr::value(None::<i64>)),
                ];
                change(&tx, editor, id.0, ended).await?;
                true
            }
            _ => false,
        };
        commit(tx).await?;
        if taken {
            self.work().notify_one();
        }
        Ok(Some(taken))
    }
}

/// Whether the proofs of a dry run are too old to be added.
pub(super) fn is_stale(checked_at: Option<i64>, now: Timestamp) -> bool {
    checked_at.is_none_or(|at| at + GOOD_FOR <= now.0)
}

fn origin(scope: &Scope) -> String {
    scope
        .from
        .0
        .map(|address| address.to_canonical().to_string())
        .unwrap_or_default()
}

/// From the first line on, nothing of an earlier dry run being left. What failed goes on counting; what was good is counted anew.
async fn begin_check(
    db: &impl ConnectionTrait,
    editor: &Editor,
    id: Uuid,
    more: &[(ImportColumn, String)],
) -> Answer<()> {
    import_line::Entity::delete_many()
        .filter(import_line::Column::ImportId.eq(id))
        .exec(db)
        .await
        .or_outage("forgetting a dry run")?;
    let nought = [
        ImportColumn::Good,
        ImportColumn::Ready,
        ImportColumn::Already,
        ImportColumn::Refused,
    ];
    let anew = nought.map(|column| (column, Expr::value(0_i64)));
    let more = more
        .iter()
        .map(|(column, text)| (*column, Expr::value(text.as_str())));
    let set = begun(editor, State::Checking)
        .into_iter()
        .chain(anew)
        .chain(more);
    change(db, editor, id, set).await
}

async fn begin_add(
    db: &impl ConnectionTrait,
    editor: &Editor,
    id: Uuid,
    services: String,
) -> Answer<()> {
    let services = (ImportColumn::Services, Expr::value(services));
    let set = begun(editor, State::Adding).into_iter().chain([services]);
    change(db, editor, id, set).await
}

/// Work that begins now, for this member.
fn begun(editor: &Editor, state: State) -> [(ImportColumn, Expr); 7] {
    [
        (ImportColumn::State, Expr::value(state.code())),
        (ImportColumn::Halt, Expr::value("")),
        (ImportColumn::ActorId, Expr::value(editor.member.0)),
        (ImportColumn::ActorOrigin, Expr::value(origin(editor))),
        (ImportColumn::NextChunk, Expr::value(1)),
        (ImportColumn::Done, Expr::value(0_i64)),
        (ImportColumn::ClaimedUntil, Expr::value(None::<i64>)),
    ]
}

async fn change(
    db: &impl ConnectionTrait,
    editor: &Editor,
    id: Uuid,
    set: impl IntoIterator<Item = (ImportColumn, Expr)>,
) -> Answer<()> {
    set.into_iter()
        .fold(
            scoped::change_imports(editor.firm),
            |change, (column, to)| change.col_expr(column, to),
        )
        .filter(ImportColumn::Id.eq(id))
        .exec(db)
        .await
        .or_outage("changing an import")?;
    Ok(())
}
