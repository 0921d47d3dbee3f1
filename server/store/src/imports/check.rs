//! The dry run: every line is read, and every mandate proved, as the page would. Nothing is enrolled.

use super::{DEFAULT, Job, keys, kinds, lines, next_chunks, work::Done};
use crate::{
    Store, enrol,
    entity::{account, attempt_guard, import_line},
    guard::{self, Subject},
    label,
    outage::{Answer, OrOutage, refused},
    prove,
    scoped::{self, ImportColumn},
    stored,
};
use portfolio::{
    account_number::AccountNumber,
    attempts::{self, Failures, Limit},
    french::searchable,
    ids::LabelId,
    import::{self, Asked, Draft, Fault, Halt, Reason, State, Verdict},
    journal::{Entry, What},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A line of the file, read.
type Read = (u32, Result<Draft, Fault>);

impl Store {
    /// Tries the lines of the next boxes. The import's row is locked.
    pub(super) async fn check_some(
        &self,
        db: &impl ConnectionTrait,
        job: &Job,
        now: Timestamp,
    ) -> Answer<Done> {
        let chunks = next_chunks(db, job).await?;
        if chunks.is_empty() {
            return Ok(Done {
                next: Some((State::Checked, None)),
                ..Done::default()
            });
        }
        let mapping = job.mapping()?;
        let mut read = Vec::new();
        for chunk in &chunks {
            let waiting = self.waiting(db, chunk).await?;
            read.extend(
                waiting
                    .into_iter()
                    .map(|(line, cells)| (line, import::read(&mapping, &cells))),
            );
        }
        let known = Known::of(db, job, &read, now).await?;
        let mut trial = Trial::new(self, job, known, now);
        trial.run(read);
        let Trial {
            mut done,
            rows,
            touched,
            ..
        } = trial;
        done.boxes = chunks.len();
        remember(db, &touched, now).await?;
        for rows in rows.chunks(1_000) {
            import_line::Entity::insert_many(rows.iter().cloned())
                .exec_without_returning(db)
                .await
                .or_outage("noting lines")?;
        }
        Ok(done)
    }
}

/// What the database knows of some lines, asked for all of them at once.
struct Known {
    /// The holders that were met on a line before, and on which.
    met: HashMap<String, u32>,
    /// Those that the firm manages already.
    managed: BTreeSet<String>,
    /// Those that other files of the firm have proved within a day.
    proved: BTreeSet<String>,
    /// The failures of those that there are any of.
    failures: HashMap<String, Failures>,
    /// The firm's labels, by name as it is sought; none where no line names any.
    labels: HashMap<String, LabelId>,
    /// The accounts that were named.
    accounts: HashMap<String, account::Model>,
    /// The kinds of the holders whose lines name services.
    kinds: HashMap<String, portfolio::holder::Kind>,
    /// Holders proved and proofs failed by the firm's files within a day.
    today: (u32, u32),
}

impl Known {
    async fn of(
        db: &impl ConnectionTrait,
        job: &Job,
        read: &[Read],
        now: Timestamp,
    ) -> Answer<Self> {
        let drafts = || read.iter().filter_map(|(_, draft)| draft.as_ref().ok());
        let named: Vec<_> = drafts().map(|draft| draft.held.key()).collect();
        let asking = || drafts().filter_map(|draft| Some((draft, draft.asked.as_ref().ok()?)));
        let numbers = asking()
            .filter_map(|(draft, asked)| prove::named(&draft.held.holder, &asked.proof))
            .map(AccountNumber::as_str);
        let accounts = account::Entity::find()
            .filter(account::Column::AccountNumber.is_in(numbers))
            .all(db)
            .await
            .or_outage("accounts")?;
        let naming = asking()
            .filter(|(_, asked)| asked.services.is_some())
            .map(|(draft, _)| draft.held.key());
        Ok(Self {
            met: keys::met(db, job.row.id, &named).await?,
            managed: keys::managed(db, job.scope.firm, &named).await?,
            proved: keys::proved(db, job.scope.firm, job.row.id, &named, now).await?,
            labels: if asking().any(|(_, asked)| !asked.labels.is_empty()) {
                label::known(db, job.scope.firm).await?
            } else {
                HashMap::new()
            },
            failures: failures(db, job, drafts(), now).await?,
            accounts: accounts
                .into_iter()
                .map(|account| (account.account_number.clone(), account))
                .collect(),
            kinds: kinds(db, naming).await?,
            today: today(db, job, now).await?,
        })
    }
}

/// The subject that failed proofs of a draft's holder count for: the page's own.
fn subject(job: &Job, draft: &Draft) -> Subject {
    let firm = job.scope.firm;
    Subject::new(Limit::Proof, &format!("{firm}:{}", draft.held.holder.key()))
}

async fn failures<'a>(
    db: &impl ConnectionTrait,
    job: &Job,
    drafts: impl Iterator<Item = &'a Draft>,
    now: Timestamp,
) -> Answer<HashMap<String, Failures>> {
    let names = drafts.map(|draft| subject(job, draft).name().to_owned());
    let rows = attempt_guard::Entity::find()
        .filter(attempt_guard::Column::Subject.is_in(names))
        .order_by_asc(attempt_guard::Column::Subject)
        .lock_exclusive()
        .all(db)
        .await
        .or_outage("failures")?;
    rows.into_iter()
        .map(|row| {
            let failures = guard::read(&row, Limit::Proof, now)?;
            Ok((row.subject, failures))
        })
        .collect()
}

/// Holders proved and proofs failed by the firm's files within a day, those of the import at hand too.
async fn today(db: &impl ConnectionTrait, job: &Job, now: Timestamp) -> Answer<(u32, u32)> {
    let sums: Vec<(i64, i64)> = scoped::imports(job.scope.firm)
        .filter(ImportColumn::ProvedAt.gt(now.0 - attempts::WINDOW))
        .select_only()
        .columns([ImportColumn::Good, ImportColumn::Failed])
        .into_tuple()
        .all(db)
        .await
        .or_outage("imports")?;
    let (good, failed) = sums
        .into_iter()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    Ok((lines(good), lines(failed)))
}

/// Lines being tried, one after the other.
struct Trial<'a> {
    store: &'a Store,
    job: &'a Job,
    known: Known,
    now: Timestamp,
    done: Done,
    rows: Vec<import_line::ActiveModel>,
    /// Failures to be written down: how many for whom.
    touched: BTreeMap<String, (Subject, usize)>,
}

/// What becomes of a line.
struct Outcome {
    key: String,
    verdict: Verdict,
    reason: Option<Reason>,
    services: String,
}

impl<'a> Trial<'a> {
    fn new(store: &'a Store, job: &'a Job, known: Known, now: Timestamp) -> Self {
        Self {
            store,
            job,
            known,
            now,
            done: Done::default(),
            rows: Vec::new(),
            touched: BTreeMap::new(),
        }
    }

    fn run(&mut self, read: Vec<Read>) {
        for (line, draft) in read {
            let outcome = match draft {
                Err(fault) => Outcome {
                    key: String::new(),
                    verdict: Verdict::Refused,
                    reason: Some(Reason::Fault(fault)),
                    services: String::new(),
                },
                Ok(draft) => match self.tried(line, &draft) {
                    Some(outcome) => outcome,
                    None => return self.stop(),
                },
            };
            self.note(line, outcome);
        }
    }

    /// Failed proofs of the firm's files today, and whether one more may be tried.
    fn allowed(&self) -> (u32, bool) {
        let (good, failed) = self.known.today;
        let failed = failed + self.done.failed;
        (
            failed,
            failed < attempts::file_allowance(good + self.done.good),
        )
    }

    /// The rest of the file is not tried: not even one line of it, or a file of one line would be a way to go on.
    fn stop(&mut self) {
        let (failed, _) = self.allowed();
        self.done.next = Some((State::Stopped, Some(Halt::Proofs)));
        let stopped = What::FileStopped { failed };
        self.done.entries.push(Entry::by(&self.job.scope, stopped));
    }

    /// What becomes of a line that could be read; nothing when no proof may be tried any more.
    fn tried(&mut self, line: u32, draft: &Draft) -> Option<Outcome> {
        let key = draft.held.key();
        let (verdict, reason) = self.judged(line, draft, &key)?;
        let named = draft
            .asked
            .as_ref()
            .ok()
            .and_then(|asked| asked.services.as_ref());
        let services = named.map_or_else(|| DEFAULT.to_owned(), stored::joined);
        Some(Outcome {
            key,
            verdict,
            reason,
            services,
        })
    }

    fn judged(&mut self, line: u32, draft: &Draft, key: &str) -> Option<(Verdict, Option<Reason>)> {
        let no = |reason| Some((Verdict::Refused, Some(reason)));
        if let Some(before) = self.known.met.get(key) {
            return no(Reason::Twice { line: *before });
        }
        // The firm sees in its own list that it manages this: there is nothing to prove, and nothing to find out.
        if self.known.managed.contains(key) {
            self.known.met.insert(key.to_owned(), line);
            return Some((Verdict::Already, None));
        }
        let asked = match &draft.asked {
            Ok(asked) => asked,
            Err(fault) => return no(Reason::Fault(fault.clone())),
        };
        if !self.allowed().1 {
            return None;
        }
        let verdict = self.proved(draft, asked, key);
        if verdict.0 == Verdict::Ready {
            self.known.met.insert(key.to_owned(), line);
        }
        Some(verdict)
    }

    /// Tries the proof of a line, once nothing else keeps its client from being added.
    fn proved(&mut self, draft: &Draft, asked: &Asked, key: &str) -> (Verdict, Option<Reason>) {
        let no = |reason| (Verdict::Refused, Some(reason));
        let subject = subject(self.job, draft);
        let failures = self.known.failures.entry(subject.name().to_owned());
        let failures =
            failures.or_insert_with(|| Failures::remembered(Limit::Proof, Vec::new(), self.now));
        if failures.paused_until(self.now).is_some() {
            return no(Reason::Paused);
        }
        let number = prove::named(&draft.held.holder, &asked.proof);
        let found = number.and_then(|number| self.known.accounts.get(number.as_str()));
        let holder = &draft.held.holder;
        if !prove::opens(self.store.key(), holder, &asked.proof, found) {
            failures.fail(self.now);
            let paused = failures.paused_until(self.now).is_some();
            self.done.failed += 1;
            let counted = self.touched.entry(subject.name().to_owned());
            counted.or_insert((subject, 0)).1 += 1;
            let holder = holder.clone();
            let what = What::ProofRefused { holder, paused };
            self.done.entries.push(Entry::by(&self.job.scope, what));
            let rounded = number.is_some_and(|number| number.as_str().ends_with("000"));
            return no(Reason::Proof { rounded });
        }
        let may = |services| {
            let kind = self.known.kinds.get(key);
            kind.is_some_and(|kind| enrol::offered(*kind, services))
        };
        if !asked.services.as_ref().is_none_or(may) {
            return no(Reason::NotOffered);
        }
        let is_known = |name: &String| self.known.labels.contains_key(&searchable(name));
        if !asked.labels.iter().all(is_known) {
            return no(Reason::UnknownLabel);
        }
        // Once for each client, however often it is sent.
        self.done.good += u32::from(!self.known.proved.contains(key));
        (Verdict::Ready, None)
    }

    fn note(&mut self, line: u32, outcome: Outcome) {
        let Outcome {
            key,
            verdict,
            reason,
            services,
        } = outcome;
        let grown = &mut self.done.grown;
        *match verdict {
            Verdict::Ready => &mut grown.ready,
            Verdict::Added => &mut grown.added,
            Verdict::Already => &mut grown.already,
            Verdict::Refused => &mut grown.refused,
        } += 1;
        self.done.lines += 1;
        let reason = reason.map(|reason| serde_json::to_string(&reason));
        self.rows.push(import_line::ActiveModel {
            import_id: Set(self.job.row.id),
            line: Set(i64::from(line)),
            holder_key: Set(key),
            state: Set(verdict.code().to_owned()),
            reason: Set(reason
                .transpose()
                .expect("codes and numbers are always written")
                .unwrap_or_default()),
            services: Set(services),
        });
    }
}

/// Writes failures down, added to those that others may have written meanwhile.
async fn remember(
    db: &impl ConnectionTrait,
    touched: &BTreeMap<String, (Subject, usize)>,
    now: Timestamp,
) -> Answer<()> {
    for (subject, count) in touched.values() {
        let mut failures = guard::locked(db, subject, now).await?;
        for _ in 0..*count {
            failures.fail(now);
        }
        guard::remember(db, subject, &failures, now).await?;
    }
    Ok(())
}

/// A reason as a line holds it.
pub(super) fn reason(line: &import_line::Model) -> Answer<Option<Reason>> {
    if line.reason.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&line.reason)
        .map(Some)
        .map_err(|_| refused("import_line of import", line.import_id))
}
