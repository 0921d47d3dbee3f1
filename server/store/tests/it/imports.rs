//! Files of clients: tried, added, stopped, taken up again, forgotten.

use crate::base::*;
use portfolio::{
    attempts::SHORT_PAUSE,
    ids::ImportId,
    import::{Cell, GOOD_FOR, Halt, ImportView, KEPT, Mapping, Reason, Shown, State, Verdict},
    permission::Editor,
    ports::{
        BOX, ImportAct, ImportClaim, ImportWork, Imports, MOST_WAITING, Piece, Portfolio, Proved,
        Refused, Upload, Uploaded, WORK_CLAIM,
    },
    search::Search,
    sheet::Format,
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;

crate::contract!(
    tried_then_added,
    the_same_file_twice_changes_nothing,
    refusals_are_alike_and_tell_no_name,
    the_page_and_the_file_count_together,
    a_file_is_no_way_to_guess,
    killed_at_any_step,
    cancelled,
    old_proofs_are_tried_again,
    who_may_no_longer_change,
    another_firms,
    lines_to_mend,
    sealed_and_forgotten,
    one_file_of_a_firm_at_a_time,
    a_lost_claim_does_nothing,
    added_meanwhile,
);

const HEADS: [&str; 6] = [
    "Siren",
    "N° de compte",
    "Montant",
    "NIR",
    "Régime",
    "Services",
];

/// The good lines of the usual accounts.
pub const GOOD: [&str; 4] = [
    "732829320|117000001567462542|1234,56",
    "73282932000074|217000001567462542||255081416802538||aucun",
    "404833048|317000001567462542||180127512345642",
    "GQ815739800M01|||253072A07300443",
];

pub fn pieces(lines: &[String]) -> Vec<Piece> {
    let numbered: Vec<(u32, Vec<Cell>)> = (2..)
        .zip(lines)
        .map(|(line, text)| {
            let cells = text.split('|').map(|cell| Cell::Text(cell.to_owned()));
            (line, cells.collect())
        })
        .collect();
    numbered
        .chunks(BOX)
        .map(|lines| Piece {
            first: lines[0].0,
            last: lines[lines.len() - 1].0,
            lines: u32::try_from(lines.len()).unwrap(),
            text: serde_json::to_vec(lines).unwrap(),
        })
        .collect()
}

pub fn file_of(lines: &[String]) -> Upload {
    Upload {
        name: "clients.csv".to_owned(),
        format: Format::Csv,
        heads: HEADS.map(str::to_owned).to_vec(),
        pieces: pieces(lines),
    }
}

pub fn texts(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

pub async fn sent(base: &Base, who: &Editor, lines: &[String]) -> ImportId {
    match base.store.upload(who, file_of(lines), NOW).await.unwrap() {
        Uploaded::Waits(id) => id,
        Uploaded::TooMany => panic!("too many"),
    }
}

pub async fn act(base: &Base, who: &Editor, id: ImportId, act: ImportAct, now: Timestamp) -> bool {
    let taken = base.store.act_on_import(who, id, &act, now).await.unwrap();
    taken.unwrap()
}

fn columns() -> ImportAct {
    ImportAct::Check(Mapping::guessed(HEADS))
}

/// Works until there is nothing left to do; how many steps it took.
pub async fn work(base: &Base, now: Timestamp) -> u32 {
    let mut steps = 0;
    while let Some(claim) = base.store.claim_import(now).await.unwrap() {
        let mut claim = Some(claim);
        while let Some(held) = claim {
            claim = base.store.step(held, now).await.unwrap();
            steps += 1;
        }
    }
    steps
}

pub async fn view(base: &Base, who: &Editor, id: ImportId) -> ImportView {
    let found = base.store.import(who, id, Shown::default(), NOW).await;
    found.unwrap().unwrap()
}

pub fn counts(view: &ImportView) -> [u32; 4] {
    let counts = view.row.progress.counts;
    [counts.ready, counts.added, counts.already, counts.refused]
}

/// Sends and tries a file.
pub async fn tried(base: &Base, who: &Editor, lines: &[String]) -> (ImportId, ImportView) {
    let id = sent(base, who, lines).await;
    assert!(act(base, who, id, columns(), NOW).await);
    work(base, NOW).await;
    (id, view(base, who, id).await)
}

pub async fn add(base: &Base, who: &Editor, id: ImportId, on: &[&str]) -> ImportView {
    assert!(act(base, who, id, ImportAct::Add(services(on)), NOW).await);
    work(base, NOW).await;
    view(base, who, id).await
}

/// The refused lines of a file, for who sent it.
async fn refused(base: &Base, who: &Editor, id: ImportId) -> Option<(Vec<String>, Vec<Refused>)> {
    let mut mend = base.store.to_mend(&fresh(who), id, NOW).await.unwrap()?;
    let mut lines = Vec::new();
    loop {
        let more = mend.pages.next().await.unwrap();
        if more.is_empty() {
            return Some((mend.heads, lines));
        }
        lines.extend(more);
    }
}

pub async fn whole(base: &Base) {
    let checked = base.store.faults().await.unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    let followed = base.store.verify_journal(None).await.unwrap();
    assert!(
        matches!(followed, store::Verified::Whole { .. }),
        "{followed:?}"
    );
}

/// Many employers in the registry, and a good line for each.
pub async fn employers(base: &Base, number: u32) -> Vec<String> {
    let rows: Vec<String> = (0..number)
        .map(|n| format!("6{n:017};EMP;{};;Client {n};117;1;{n};;;;1;;", siren(n)))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    base.import(file(&rows)).await.unwrap();
    (0..number)
        .map(|n| format!("{}|6{n:017}|{n}", siren(n)))
        .collect()
}

/// Fear: a dry run enrols somebody, an added client lacks what the page would have given it, or a line is lost.
async fn tried_then_added(base: Base) {
    let who = base.with_accounts().await;
    let mut lines = texts(&GOOD);
    lines.push("732829320|117000001567462542|1234,56".into());
    lines.push("404833048|317000001567462542|1,2E+10".into());
    let (id, dry) = tried(&base, &who, &lines).await;
    assert_eq!(dry.row.progress.state, State::Checked);
    assert_eq!(counts(&dry), [4, 0, 0, 2]);
    assert_eq!(dry.lines.len(), 6);
    assert_eq!(dry.lines[4].reason, Some(Reason::Twice { line: 2 }));
    assert_eq!(dry.lines[0].name.as_deref(), Some("Boulangerie Émile"));
    let none = base.list(&who, &Search::default()).await;
    assert_eq!(none.total.exact(), Some(0), "a dry run");
    // A service of employers alone: who is none goes without.
    let done = add(&base, &who, id, &["DPAE", "MAIL_REGLEMENTAIRE"]).await;
    assert_eq!(done.row.progress.state, State::Done);
    assert_eq!(counts(&done), [0, 4, 0, 2]);
    assert_eq!(done.row.progress.done, 6);
    assert!(done.lines[..4].iter().all(|line| line.enrolment.is_some()));
    let all = base.list(&who, &Search::default()).await;
    assert_eq!(all.total.exact(), Some(4));
    let on = async |line: usize| {
        let id = done.lines[line].enrolment.unwrap();
        let client = base.store.client(&who, id).await.unwrap().unwrap();
        client.services.into_iter().collect::<BTreeSet<_>>()
    };
    assert_eq!(on(0).await, services(&["DPAE", "MAIL_REGLEMENTAIRE"]));
    assert_eq!(on(1).await, BTreeSet::new(), "the line says so");
    assert_eq!(on(3).await, services(&["MAIL_REGLEMENTAIRE"]));
    whole(&base).await;
}

/// Fear: a file sent twice doubles clients, or asks for proofs that are known to be good.
async fn the_same_file_twice_changes_nothing(base: Base) {
    let who = base.with_accounts().await;
    let lines = texts(&[GOOD[0], GOOD[3]]);
    let (id, _) = tried(&base, &who, &lines).await;
    add(&base, &who, id, &[]).await;
    let before = base.number("SELECT COUNT(*) FROM journal").await;
    let (id, again) = tried(&base, &who, &lines).await;
    assert_eq!(counts(&again), [0, 0, 2, 0]);
    assert_eq!(again.lines[0].name.as_deref(), Some("Boulangerie Émile"));
    let nothing = ImportAct::Add(BTreeSet::new());
    assert!(!act(&base, &who, id, nothing, NOW).await, "nothing to add");
    assert_eq!(base.number("SELECT COUNT(*) FROM journal").await, before);
    let untried = "SELECT COUNT(*) FROM import WHERE good = 0";
    assert_eq!(base.number(untried).await, 1);
}

/// Fear: the file tells which secret was wrong, that an account exists, or whose it is.
async fn refusals_are_alike_and_tell_no_name(base: Base) {
    let who = base.with_accounts().await;
    let lines = texts(&[
        "732829320|117000001567462542|1",
        "404833048|117000001567462542|1234,56",
        "732829320|999000001567462541|1234,56",
        "552100554|117000001567462542|1234,56",
        "732829320|117000001567462542||255081416802538",
        "404833048|317000001567462542||180127512345642||DPAE",
    ]);
    let (_, dry) = tried(&base, &who, &lines).await;
    assert_eq!(counts(&dry), [0, 0, 0, 6]);
    for line in &dry.lines[..5] {
        assert_eq!(
            line.reason,
            Some(Reason::Proof { rounded: false }),
            "{}",
            line.line
        );
        assert_eq!((&line.name, line.enrolment), (&None, None));
    }
    assert_eq!(dry.lines[5].reason, Some(Reason::NotOffered));
    let refused = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%ProofRefused%'";
    assert_eq!(base.number(refused).await, 5);
}

/// Fear: what was tried in vain on the page is forgotten by a file, or the other way round.
async fn the_page_and_the_file_count_together(base: Base) {
    let who = base.with_accounts().await;
    let draft = base.draft(&who, EMPLOYER, NOW).await;
    let wrong = employer("1", "117000001567462542");
    for _ in 0..2 {
        base.prove(&who, draft, &wrong, NOW).await;
    }
    let lines: Vec<String> = (0..5)
        .map(|n| format!("732829320|117000001567462542|{n}"))
        .chain([GOOD[0].to_owned()])
        .collect();
    let (_, dry) = tried(&base, &who, &lines).await;
    let reasons: Vec<_> = dry
        .lines
        .iter()
        .map(|line| line.reason.clone().unwrap())
        .collect();
    let no = Reason::Proof { rounded: false };
    assert_eq!(reasons[..3], [no.clone(), no.clone(), no]);
    assert_eq!(
        reasons[3..],
        [Reason::Paused, Reason::Paused, Reason::Paused]
    );
    let paused = base.prove(&who, draft, &good_employer(), NOW).await;
    let until = NOW.plus(SHORT_PAUSE);
    assert_eq!(paused, Proved::Paused { until });
}

/// Fear: one guess is tried on every account of the registry, with one file or with many.
async fn a_file_is_no_way_to_guess(base: Base) {
    let who = base.with_accounts().await;
    let good = employers(&base, 60).await;
    let wrong: Vec<String> = good[..40].iter().map(|line| format!("{line}9")).collect();
    let (id, stopped) = tried(&base, &who, &[&wrong[..15], &good[50..52]].concat()).await;
    assert_eq!(stopped.row.progress.state, State::Checked);
    assert_eq!(counts(&stopped), [2, 0, 0, 15]);
    assert!(act(&base, &who, id, ImportAct::Cancel, NOW).await);
    let (id, stopped) = tried(&base, &who, &[&wrong[15..], &good[52..]].concat()).await;
    assert_eq!(stopped.row.progress.state, State::Stopped);
    assert_eq!(stopped.halt, Some(Halt::Proofs));
    assert_eq!(
        counts(&stopped),
        [0, 0, 0, 5],
        "twenty were free, of both files"
    );
    assert_eq!(stopped.row.progress.done, 5);
    assert!(stopped.row.to_mend);
    let told = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%FileStopped%'";
    assert_eq!(base.number(told).await, 1);
    let (_, mend) = refused(&base, &who, id).await.unwrap();
    assert_eq!(mend.len(), 33, "those that were not tried too");
    assert_eq!(mend[32].0, Reason::Unchecked);
    let fetched = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%RefusedLinesExported%:33%'";
    assert_eq!(base.number(fetched).await, 1);
    // Nor is a file of one line a way to go on.
    let (_, more) = tried(&base, &who, &wrong[39..]).await;
    assert_eq!(more.row.progress.state, State::Stopped);
    assert_eq!(counts(&more), [0; 4]);
    // Another firm is not kept from its work.
    let other = base.firm("Durand").await;
    let (_, dry) = tried(&base, &other, &good[..3]).await;
    assert_eq!(counts(&dry), [3, 0, 0, 0]);
}

/// Fear: a server that is killed leaves lines undone, does some twice, or leaves the file to nobody.
async fn killed_at_any_step(base: Base) {
    let who = base.with_accounts().await;
    let good = employers(&base, 1_100).await;
    let id = sent(&base, &who, &good).await;
    act(&base, &who, id, columns(), NOW).await;
    // Each server does one step and is gone; its claim has to run out.
    let mut now = NOW;
    let mut servers = 0;
    let mut adding = false;
    loop {
        let state = view(&base, &who, id).await.row.progress.state;
        if state == State::Checked && !adding {
            adding = true;
            let on = ImportAct::Add(services(&["DPAE"]));
            assert!(act(&base, &who, id, on, now).await);
        }
        let Some(claim) = base.store.claim_import(now).await.unwrap() else {
            break;
        };
        assert_eq!(base.store.claim_import(now).await.unwrap(), None);
        base.store.step(claim, now).await.unwrap();
        servers += 1;
        now = now.plus(2 * WORK_CLAIM);
    }
    assert_eq!(servers, 8, "three steps and an end, twice");
    let done = view(&base, &who, id).await;
    assert_eq!(counts(&done), [0, 1_100, 0, 0]);
    assert_eq!(base.number("SELECT COUNT(*) FROM enrolment").await, 1_100);
    assert_eq!(
        base.number("SELECT COUNT(*) FROM enrolment_service").await,
        1_100
    );
    let entries = "SELECT COUNT(*) FROM journal WHERE detail LIKE '{\"Enrolled%'";
    assert_eq!(base.number(entries).await, 1_100);
    whole(&base).await;
}

/// Fear: « Annuler » goes on adding, or leaves secrets behind.
async fn cancelled(base: Base) {
    let who = base.with_accounts().await;
    let good = employers(&base, 600).await;
    let (id, _) = tried(&base, &who, &good).await;
    act(&base, &who, id, ImportAct::Add(BTreeSet::new()), NOW).await;
    let claim = base.store.claim_import(NOW).await.unwrap().unwrap();
    let claim = base.store.step(claim, NOW).await.unwrap().unwrap();
    assert!(act(&base, &who, id, ImportAct::Cancel, NOW).await);
    assert_eq!(base.store.step(claim, NOW).await.unwrap(), None);
    assert_eq!(work(&base, NOW.plus(WORK_CLAIM)).await, 0);
    let ended = view(&base, &who, id).await;
    assert_eq!(ended.row.progress.state, State::Cancelled);
    assert_eq!(counts(&ended), [100, 500, 0, 0]);
    assert_eq!(base.number("SELECT COUNT(*) FROM sealed").await, 0);
    assert!(!act(&base, &who, id, ImportAct::Cancel, NOW).await, "once");
    whole(&base).await;
}

/// Fear: who had the secrets last month has a client added today.
async fn old_proofs_are_tried_again(base: Base) {
    let who = base.with_accounts().await;
    let (id, _) = tried(&base, &who, &texts(&[GOOD[0], GOOD[3]])).await;
    let changed = ACCOUNTS[0].replace("1234,56", "99");
    base.import(file(&[&changed])).await.unwrap();
    let later = NOW.plus(GOOD_FOR);
    let on = || ImportAct::Add(BTreeSet::new());
    assert!(act(&base, &who, id, on(), later).await);
    work(&base, later).await;
    let again = view(&base, &who, id).await;
    assert_eq!(again.row.progress.state, State::Checked);
    assert_eq!(counts(&again), [1, 0, 0, 1]);
    assert!(act(&base, &who, id, on(), later).await);
    work(&base, later).await;
    assert_eq!(counts(&view(&base, &who, id).await), [0, 1, 0, 1]);
}

/// Fear: a file goes on for somebody who was shut out.
async fn who_may_no_longer_change(base: Base) {
    let who = base.with_accounts().await;
    let colleague = base.colleague(who.firm, "Cabinet Dupont", "Luc").await;
    for sql in [
        "UPDATE member SET suspended_at = 1 WHERE name = 'Claire'",
        "UPDATE member SET suspended_at = NULL, removed_at = 1 WHERE name = 'Claire'",
        "UPDATE member SET removed_at = NULL, role = 'lecteur' WHERE name = 'Claire'",
        "UPDATE member SET role = 'inconnu' WHERE name = 'Claire'",
    ] {
        let id = sent(&base, &who, &texts(&GOOD)).await;
        act(&base, &who, id, columns(), NOW).await;
        base.behind().await.execute_unprepared(sql).await.unwrap();
        work(&base, NOW).await;
        let stopped = view(&base, &colleague, id).await;
        assert_eq!(stopped.row.progress.state, State::Stopped, "{sql}");
        assert_eq!(stopped.halt, Some(Halt::Access));
        assert_eq!(counts(&stopped), [0; 4]);
        assert!(act(&base, &colleague, id, ImportAct::Cancel, NOW).await);
    }
}

/// Fear: a firm sees, ends or fetches what another sent; or a colleague fetches the secrets of who sent it.
async fn another_firms(base: Base) {
    let who = base.with_accounts().await;
    let (id, _) = tried(&base, &who, &texts(&["732829320|117000001567462542|1"])).await;
    let other = base.firm("Durand").await;
    let store = &base.store;
    let shown = store.import(&other, id, Shown::default(), NOW).await;
    assert_eq!(shown.unwrap(), None);
    assert_eq!(store.progress(&other, id).await.unwrap(), None);
    let cancel = ImportAct::Cancel;
    let ended = store.act_on_import(&other, id, &cancel, NOW).await;
    assert_eq!(ended.unwrap(), None);
    assert!(refused(&base, &other, id).await.is_none());
    assert_eq!(store.imports(&other, NOW).await.unwrap(), []);
    let colleague = base.colleague(who.firm, "Cabinet Dupont", "Luc").await;
    assert!(!view(&base, &colleague, id).await.own);
    assert_eq!(store.imports(&colleague, NOW).await.unwrap().len(), 1);
    assert!(refused(&base, &colleague, id).await.is_none());
    assert!(refused(&base, &who, id).await.is_some());
    let fetched = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%RefusedLinesExported%'";
    assert_eq!(base.number(fetched).await, 1, "what nobody got is not told");
}

/// Fear: what was refused cannot be sent again, or comes with what was added.
async fn lines_to_mend(base: Base) {
    let who = base.with_accounts().await;
    let lines = texts(&[
        GOOD[0],
        "732829|1|2",
        GOOD[3],
        "404833048|317000001567462542||180127512345699",
    ]);
    let (id, _) = tried(&base, &who, &lines).await;
    for added in [false, true] {
        if added {
            add(&base, &who, id, &[]).await;
        }
        let (heads, mend) = refused(&base, &who, id).await.unwrap();
        assert_eq!(heads, HEADS);
        let kept: Vec<String> = mend
            .iter()
            .map(|(_, cells)| {
                let cells: Vec<_> = cells.iter().map(Cell::shown).collect();
                cells.join("|")
            })
            .collect();
        assert_eq!(kept, [lines[1].clone(), lines[3].clone()]);
    }
    let (id, _) = tried(&base, &who, &texts(&[GOOD[1]])).await;
    add(&base, &who, id, &[]).await;
    assert!(refused(&base, &who, id).await.is_none());
}

/// Fear: a secret of a file is read in the database, or stays there longer than it is of use.
async fn sealed_and_forgotten(base: Base) {
    let who = base.with_accounts().await;
    let number = async |sql: &str| base.number(sql).await;
    let lines = texts(&[
        GOOD[0],
        "404833048|317000001567462542||180127512345699",
        GOOD[3],
    ]);
    let (id, _) = tried(&base, &who, &lines).await;
    assert_eq!(number("SELECT COUNT(*) FROM sealed").await, 2);
    for (table, column) in [
        ("import", "mapping"),
        ("import_line", "reason"),
        ("import_line", "holder_key"),
    ] {
        for secret in ["1234,56", "180127512345699", "2530720730044"] {
            let held = format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE '%{secret}%'");
            assert_eq!(number(&held).await, 0, "{table}.{column}");
        }
    }
    add(&base, &who, id, &[]).await;
    assert_eq!(
        number("SELECT COUNT(*) FROM sealed").await,
        2,
        "one was refused"
    );
    let waits = sent(&base, &who, &lines).await;
    base.store.sweep_imports(NOW.plus(KEPT - 1)).await.unwrap();
    assert_eq!(number("SELECT COUNT(*) FROM sealed").await, 4);
    base.store.sweep_imports(NOW.plus(KEPT)).await.unwrap();
    assert_eq!(number("SELECT COUNT(*) FROM sealed").await, 0);
    assert_eq!(
        view(&base, &who, waits).await.row.progress.state,
        State::Cancelled
    );
    let then = base.store.imports(&who, NOW.plus(KEPT)).await.unwrap();
    assert!(then.iter().all(|row| !row.to_mend), "{then:?}");
    for days in [91, 92] {
        let then = NOW.plus(days * portfolio::time::DAY);
        base.store.sweep_imports(then).await.unwrap();
    }
    assert_eq!(number("SELECT COUNT(*) FROM import").await, 0);
    assert_eq!(number("SELECT COUNT(*) FROM import_line").await, 0);
    whole(&base).await;
}

/// Fear: two files of a firm are tried at once and their failures are counted apart; or one firm fills the database.
async fn one_file_of_a_firm_at_a_time(base: Base) {
    let who = base.with_accounts().await;
    let other = base.firm("Durand").await;
    for who in [&who, &who, &other] {
        let id = sent(&base, who, &texts(&GOOD)).await;
        act(&base, who, id, columns(), NOW).await;
    }
    let claim = async || base.store.claim_import(NOW).await.unwrap();
    let held: Vec<ImportClaim> = [claim().await, claim().await]
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(held.len(), 2, "one of each firm");
    assert_eq!(claim().await, None);
    let mut left = Some(held[0]);
    while let Some(held) = left {
        left = base.store.step(held, NOW).await.unwrap();
    }
    assert!(claim().await.is_some(), "the firm's other one");
    for _ in 2..MOST_WAITING {
        sent(&base, &who, &texts(&GOOD)).await;
    }
    let more = base.store.upload(&who, file_of(&texts(&GOOD)), NOW).await;
    assert_eq!(more.unwrap(), Uploaded::TooMany);
}

/// Fear: a server that stood still for a minute does again what another has done.
async fn a_lost_claim_does_nothing(base: Base) {
    let who = base.with_accounts().await;
    let id = sent(&base, &who, &texts(&GOOD)).await;
    act(&base, &who, id, columns(), NOW).await;
    let slow = base.store.claim_import(NOW).await.unwrap().unwrap();
    let later = NOW.plus(WORK_CLAIM);
    let quick = base.store.claim_import(later).await.unwrap().unwrap();
    assert_eq!(base.store.step(slow, later).await.unwrap(), None);
    assert_eq!(view(&base, &who, id).await.row.progress.done, 0);
    assert!(base.store.step(quick, later).await.unwrap().is_some());
    assert_eq!(view(&base, &who, id).await.row.progress.done, 4);
}

/// Fear: whom a colleague enrolled between the dry run and the adding is enrolled twice, or stops the rest.
async fn added_meanwhile(base: Base) {
    let who = base.with_accounts().await;
    let (id, _) = tried(&base, &who, &texts(&[GOOD[0], GOOD[3]])).await;
    base.client(&who, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let done = add(&base, &who, id, &[]).await;
    assert_eq!(counts(&done), [0, 1, 1, 0]);
    assert_eq!(done.lines[0].verdict, Verdict::Already);
    assert_eq!(done.lines[1].verdict, Verdict::Added);
    let all = base.list(&who, &Search::default()).await;
    assert_eq!(all.total.exact(), Some(2));
    whole(&base).await;
}
