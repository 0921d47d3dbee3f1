//! Files of postings: sealed between the dry run and the drafts, one of each member, judged against what is stored each time it is
//! looked at.
//!
//! Drafts are made under the firm's row: the same file sent twice, by two people at once even, makes no second draft.

use super::{
    draft,
    row::{self, Brief},
    worker,
};
use crate::{
    Store,
    find::sql::Sql,
    journal::commit_with,
    outage::{Answer, refused},
    store::commit,
    stored,
    vault::purpose,
};
use portfolio::{
    holder::{Holder, HolderScheme, Scheme},
    ids::{EnrolmentId, FirmId, MobilityId, PostingsId, Scope},
    import::Flaw,
    journal::{Entry, What},
    mobility::{
        batch::{
            Column, Draft, Fault, File, FileView, KEPT, Known, Line, LineView, Sent, Verdict, Why,
            read,
        },
        day::Day,
        form::{BusinessForm, WorkerForm},
        life::State,
        request::ClientOf,
        rule::Effect,
        situation::{Earlier, Status},
    },
    permission::Editor,
    ports::{Outage, Postings},
    problem::Problem,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use uuid::Uuid;
use zeroize::Zeroizing;

#[async_trait::async_trait]
impl Postings for Store {
    async fn sender(
        &self,
        scope: &Scope,
        client: EnrolmentId,
    ) -> Result<Option<(ClientOf, bool)>, Outage> {
        let tx = self.read().await?;
        let answer = worker::client_of(&tx, scope, client).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn keep_postings(
        &self,
        editor: &Editor,
        sent: Sent,
        now: Timestamp,
    ) -> Result<PostingsId, Outage> {
        let id = PostingsId(stored::new_id(now));
        let file = File { id, at: now, sent };
        let text = serde_json::to_vec(&file).map_err(|_| refused("file of postings", id))?;
        let text = Zeroizing::new(text);
        let tx = self.write().await?;
        let owner = editor.member.0;
        self.seal_until(&tx, purpose::POSTINGS, owner, &text, now.plus(KEPT))
            .await?;
        commit(tx).await?;
        Ok(id)
    }

    async fn postings(&self, editor: &Editor, now: Timestamp) -> Result<Option<FileView>, Outage> {
        let tx = self.read().await?;
        let Some(file) = waiting(self, &tx, editor, now).await? else {
            return Ok(None);
        };
        let client = match file.sent.client {
            Some(id) => worker::client_of(&tx, editor, id).await?,
            None => None,
        };
        let tried = tried(self, &tx, editor, &file, Day::of(now)).await?;
        commit(tx).await?;
        Ok(Some(FileView {
            id: file.id,
            at: file.at,
            client: client.map(|(client, _)| (client.id, client.name)),
            lines: tried.into_iter().map(|tried| tried.view).collect(),
            name: file.sent.name,
            ignored: file.sent.ignored,
        }))
    }

    async fn create_drafts(
        &self,
        editor: &Editor,
        file: PostingsId,
        now: Timestamp,
    ) -> Result<Option<u64>, Outage> {
        let tx = self.write().await?;
        let mut sql = Sql::new(&tx);
        sql.push("SELECT id FROM firm WHERE id = ")
            .value(editor.firm.0);
        sql.lock("NO KEY UPDATE");
        sql.column(&tx, "firms").await?;
        let kept = waiting(self, &tx, editor, now).await?;
        let Some(kept) = kept.filter(|kept| kept.id == file) else {
            return Ok(None);
        };
        let mut entries = Vec::new();
        for tried in tried(self, &tx, editor, &kept, Day::of(now)).await? {
            if let Some((client, draft)) = tried.draft {
                entries.push(draft::begin_with(self, &tx, editor, &client, &draft, now).await?);
            }
        }
        let requests = entries.len() as u64;
        if requests > 0 {
            entries.push(Entry::by(editor, What::MobilityFile { requests }));
        }
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(Some(requests))
    }

    async fn forget_postings(
        &self,
        editor: &Editor,
        file: PostingsId,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let kept = waiting(self, &tx, editor, now).await?;
        if kept.is_some_and(|kept| kept.id == file) {
            self.unbox(&tx, purpose::POSTINGS, editor.member.0).await?;
        }
        commit(tx).await
    }
}

/// The member's file, while its time is not over.
async fn waiting(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    now: Timestamp,
) -> Answer<Option<File>> {
    let owner = scope.member.0;
    let Some(text) = store.unseal(db, purpose::POSTINGS, owner).await? else {
        return Ok(None);
    };
    let file: File =
        serde_json::from_slice(&text).map_err(|_| refused("file of postings of", owner))?;
    Ok(Some(file).filter(|file| file.at.plus(KEPT) > now))
}

/// A line, and the draft that may be made of it.
struct Tried {
    view: LineView,
    draft: Option<(ClientOf, Draft)>,
}

/// A client that lines name.
#[derive(Clone)]
struct Client {
    of: ClientOf,
    business: BusinessForm,
}

/// What was met in earlier lines and in storage.
struct Met<'a, C> {
    store: &'a Store,
    db: &'a C,
    scope: &'a Scope,
    today: Day,
    clients: HashMap<String, Result<Client, Why>>,
    lines: Vec<(u32, EnrolmentId, Vec<u8>, Earlier)>,
}

/// Judges every line of a file as things stand now.
async fn tried(
    store: &Store,
    db: &impl ConnectionTrait,
    scope: &Scope,
    file: &File,
    today: Day,
) -> Answer<Vec<Tried>> {
    let mut met = Met {
        store,
        db,
        scope,
        today,
        clients: HashMap::new(),
        lines: Vec::new(),
    };
    let mut all = Vec::with_capacity(file.sent.lines.len());
    for (number, cells) in &file.sent.lines {
        all.push(match read(&file.sent.columns, cells) {
            Ok(line) => met.judge(*number, &line, file.sent.client).await?,
            Err(fault) => Tried {
                view: LineView {
                    line: *number,
                    client: None,
                    who: String::new(),
                    country: None,
                    period: None,
                    verdict: Verdict::Refused(fault.into()),
                },
                draft: None,
            },
        });
    }
    Ok(all)
}

impl<C: ConnectionTrait> Met<'_, C> {
    async fn judge(
        &mut self,
        number: u32,
        line: &Line,
        page: Option<EnrolmentId>,
    ) -> Answer<Tried> {
        let mut view = LineView {
            line: number,
            client: None,
            who: line.who(None),
            country: Some(line.country()),
            period: Some(line.period()),
            verdict: Verdict::Twice { line: number },
        };
        let client = match self.client(line, page).await? {
            Ok(client) => client,
            Err(why) => {
                view.verdict = Verdict::Refused(why);
                return Ok(Tried { view, draft: None });
            }
        };
        let id = client.of.id;
        view.client = Some((id, client.of.name.clone()));
        let digest = self.store.key().worker(line.nir()).to_vec();
        let person = known(self.db, id, &digest).await?;
        view.who = line.who(person.as_ref());
        let there = requests(self.db, self.scope.firm, &digest).await?;
        let twin = self.lines.iter().find(|(_, of, who, earlier)| {
            *of == id && *who == digest && *earlier == line.as_earlier()
        });
        if let Some((first, ..)) = twin {
            view.verdict = Verdict::Twice { line: *first };
            return Ok(Tried { view, draft: None });
        }
        if let Some(request) = already(&there, id, line)? {
            view.verdict = Verdict::Already(request);
            self.lines.push((number, id, digest, line.as_earlier()));
            return Ok(Tried { view, draft: None });
        }
        let mut earlier = in_force(&there)?;
        let before = self.lines.iter().filter(|(_, _, who, _)| *who == digest);
        for (.., before) in before {
            // What stands in storage as well counts once.
            if !earlier.contains(before) {
                earlier.push(before.clone());
            }
        }
        let known = Known {
            scheme: client.of.held.scheme,
            business: &client.business,
            person: person.as_ref(),
            earlier: &earlier,
        };
        let mut draft = None;
        view.verdict = match line.judge(known, self.today) {
            Ok(judged) => {
                self.lines.push((number, id, digest, line.as_earlier()));
                draft = Some((client.of, judged.draft));
                let decision = judged.decision;
                let reasons = [Effect::Doubt, Effect::Warning];
                let reasons = reasons.into_iter().flat_map(|effect| decision.with(effect));
                Verdict::Ready {
                    certificate: decision.certificate,
                    outcome: decision.outcome(),
                    missing: judged.missing,
                    reasons: reasons.cloned().collect(),
                }
            }
            Err(why) => Verdict::Refused(why),
        };
        Ok(Tried { view, draft })
    }

    /// The client of a line: the one that it names, or that of the page.
    async fn client(
        &mut self,
        line: &Line,
        page: Option<EnrolmentId>,
    ) -> Answer<Result<Client, Why>> {
        // Of two schemes of one Siren the status tells which is meant.
        let scheme = match line.status() {
            Some(Status::SelfEmployed) => Some(Scheme::TravailleurIndependant),
            Some(_) => Some(Scheme::RegimeGeneral),
            None => None,
        };
        let key = match (line.client(), page) {
            (Some(holder), _) => format!("{} {scheme:?}", holder.key()),
            (None, _) => String::new(),
        };
        if let Some(known) = self.clients.get(&key) {
            return Ok(known.clone());
        }
        let found = match (line.client(), page) {
            (Some(holder), _) => managed(self.db, self.scope, holder, scheme).await?,
            (None, Some(id)) => Ok(id),
            (None, None) => Err(nobody()),
        };
        let client = match found {
            Ok(id) => self.open(id).await?,
            Err(why) => Err(why),
        };
        self.clients.insert(key, client.clone());
        Ok(client)
    }

    async fn open(&self, id: EnrolmentId) -> Answer<Result<Client, Why>> {
        let Some((of, open)) = worker::client_of(self.db, self.scope, id).await? else {
            return Ok(Err(Why::UnknownClient));
        };
        if !open {
            let ended = worker::serves(self.db, id.0).await?;
            return Ok(Err(if ended {
                Why::UnknownClient
            } else {
                Why::NoService
            }));
        }
        let business = worker::business(self.db, &of).await?;
        Ok(Ok(Client { of, business }))
    }
}

/// A line that names no client, in a file that was sent from no client's page.
fn nobody() -> Why {
    Fault::at(Column::Client)(Flaw::Field(Problem::Missing)).into()
}

#[derive(FromQueryResult)]
struct Managed {
    id: Uuid,
    holder_key: String,
}

/// The enrolment in force that is meant: the one of the scheme, or the only one, or the one that has the service.
async fn managed(
    db: &impl ConnectionTrait,
    scope: &Scope,
    holder: &Holder,
    scheme: Option<Scheme>,
) -> Answer<Result<EnrolmentId, Why>> {
    let key = |scheme| {
        let holder = holder.clone();
        HolderScheme { holder, scheme }.key()
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT id, holder_key FROM enrolment WHERE ended_at IS NULL AND firm_id = ")
        .value(scope.firm.0)
        .push(" AND holder_key IN (")
        .value(key(Scheme::RegimeGeneral))
        .push(", ")
        .value(key(Scheme::TravailleurIndependant))
        .push(") ORDER BY holder_key");
    let found = sql.read::<Managed>(db, "enrolments").await?;
    let named = scheme.map(key);
    let by_scheme = found
        .iter()
        .find(|found| named.as_ref() == Some(&found.holder_key));
    if let Some(found) = by_scheme {
        return Ok(Ok(EnrolmentId(found.id)));
    }
    for found in &found {
        if worker::serves(db, found.id).await? {
            return Ok(Ok(EnrolmentId(found.id)));
        }
    }
    Ok(found
        .first()
        .map(|found| EnrolmentId(found.id))
        .ok_or(Why::UnknownClient))
}

#[derive(FromQueryResult)]
struct Form {
    id: Uuid,
    form: String,
}

/// Somebody whom a client has sent before.
async fn known(
    db: &impl ConnectionTrait,
    client: EnrolmentId,
    digest: &[u8],
) -> Answer<Option<WorkerForm>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, form FROM worker WHERE enrolment_id = ")
        .value(client.0)
        .push(" AND nir = ")
        .value(digest.to_vec());
    let found = sql.read::<Form>(db, "people").await?.into_iter().next();
    found
        .map(|found| row::read(&found.form, found.id))
        .transpose()
}

/// The requests of a person that the firm has, drafts among them.
async fn requests(db: &impl ConnectionTrait, firm: FirmId, digest: &[u8]) -> Answer<Vec<Brief>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    row::of_firm(&mut sql, firm)
        .push(" AND r.worker_id IN (SELECT id FROM worker WHERE nir = ")
        .value(digest.to_vec())
        .push(") ORDER BY r.id");
    sql.read(db, "requests").await
}

/// The request that a line would make a second of: of the same client, to the same country, on the same days, and not at an end.
fn already(there: &[Brief], client: EnrolmentId, line: &Line) -> Answer<Option<MobilityId>> {
    let (countries, days) = (row::codes(&[line.country()]), line.period());
    for brief in there {
        let state = brief.state()?;
        let same = brief.enrolment_id == client.0
            && brief.countries == countries
            && brief.first_day == Some(days.start.iso())
            && brief.last_planned == Some(days.end.iso());
        if same && (state == State::Draft || state.in_force()) {
            return Ok(Some(MobilityId(brief.id)));
        }
    }
    Ok(None)
}

/// The requests that stand in the way of another one.
fn in_force(there: &[Brief]) -> Answer<Vec<Earlier>> {
    let mut earlier = Vec::new();
    for brief in there {
        if let (true, Some(earlier_one)) = (brief.state()?.in_force(), brief.earlier()?) {
            earlier.push(earlier_one);
        }
    }
    Ok(earlier)
}
