//! What a file costs.

use crate::{
    Store,
    enrol::{self, New},
    journal::commit_with,
    key::Key,
};
use portfolio::{
    catalogue::ServiceCode,
    ids::Scope,
    import::{Cell, Mapping, Shown, State},
    origin::Origin,
    permission::Role,
    ports::{BOX, ImportAct, ImportWork, Imports, Piece, Session, Upload, Uploaded, Waiting},
    sheet::Format,
    siren::Siren,
    time::Timestamp,
};
use std::{collections::BTreeSet, fmt::Write as _, io::Cursor};
use tokio::time::Instant;

const NOW: Timestamp = Timestamp(1_795_507_094);
const LINES: u32 = 50_000;
const HEADER: &str = "account_number;kind;siren;siret;name;organism;state;last_declared_amount;last_period;nir;email;up_to_date;headcount;payroll\n";

fn siren(n: u32) -> String {
    let siren = Siren::with_check_digit(&format!("{:08}", 10_000_000 + n)).unwrap();
    siren.as_str().to_owned()
}

fn upload() -> Upload {
    let lines: Vec<Waiting> = (0..LINES)
        .map(|n| {
            let cells = [siren(n), format!("6{n:017}"), format!("{n},50")];
            (n + 2, cells.map(Cell::Text).to_vec())
        })
        .collect();
    let pieces = lines.chunks(BOX).map(|lines| Piece {
        first: lines[0].0,
        last: lines[lines.len() - 1].0,
        lines: u32::try_from(lines.len()).unwrap(),
        text: serde_json::to_vec(lines).unwrap(),
    });
    Upload {
        name: "clients.csv".to_owned(),
        format: Format::Csv,
        heads: ["Siren", "Compte", "Montant"].map(str::to_owned).to_vec(),
        pieces: pieces.collect(),
    }
}

/// Megabytes that this process has taken at most, since it was last said; none where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let digits = |line: &str| {
        line.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    line.and_then(|line| digits(line).parse::<u64>().ok())
        .unwrap_or_default()
        / 1024
}

/// A database with the accounts, and somebody who enrols them.
async fn stocked(name: &str) -> (Store, Session, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("import-{name}-{}", uuid::Uuid::new_v4()));
    let key = Key::from_hex(&"5a".repeat(32)).unwrap();
    let url = format!("sqlite:{}/portail.db", folder.display());
    let store = Store::open(&url, key).await.unwrap();
    store.migrate().await.unwrap();
    let mut file = HEADER.to_owned();
    for n in 0..LINES {
        let siren = siren(n);
        writeln!(file, "6{n:017};EMP;{siren};;Client {n};117;1;{n},50;;;;1;;").unwrap();
    }
    let file = Cursor::new(file.into_bytes());
    store.import_registry(file, NOW, |_| ()).await.unwrap();
    let firm = store.add_firm("Dupont", NOW).await.unwrap();
    let member = store
        .add_member(firm, "claire", "Claire", "$x", Role::Collaborator, NOW)
        .await
        .unwrap();
    let from = Origin(Some([192, 0, 2, 7].into()));
    let scope = Scope { firm, member, from };
    let session = Session::of_operator(scope, Role::Collaborator, NOW);
    (store, session, folder)
}

fn services() -> BTreeSet<ServiceCode> {
    ["DPAE", "MAIL_DSN", "ATT_VIGILANCE"]
        .into_iter()
        .map(|code| ServiceCode::find(code).unwrap())
        .collect()
}

async fn work_off(store: &Store) {
    while let Some(claim) = store.claim_import(NOW).await.unwrap() {
        let mut held = Some(claim);
        while let Some(claim) = held {
            held = store.step(claim, NOW).await.unwrap();
        }
    }
}

/// For `make measure`: 50,000 lines from the upload to the list, against the bare inserts of the same enrolments with their services,
/// events and entries of the journal, 500 in a transaction.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: make measure"]
async fn measured_file() {
    let (store, session, folder) = stocked("bare").await;
    let new: Vec<_> = (0..LINES)
        .map(|n| New {
            held: format!("RG:{}", siren(n)).parse().unwrap(),
            services: services(),
        })
        .collect();
    let clock = Instant::now();
    for new in new.chunks(500) {
        let tx = store.write().await.unwrap();
        let made = enrol::insert(&tx, &session.scope().unwrap(), new, NOW)
            .await
            .unwrap();
        let entries: Vec<_> = made.into_iter().flatten().map(|(_, entry)| entry).collect();
        commit_with(tx, store.key(), &entries, NOW).await.unwrap();
    }
    let bare = clock.elapsed().as_secs_f64();
    drop(new);
    store.close().await.unwrap();
    std::fs::remove_dir_all(folder).unwrap();

    let (store, session, folder) = stocked("file").await;
    let editor = session.editor().unwrap();
    let upload = upload();
    let before = peak();
    let mut clock = Instant::now();
    let mut lap = || {
        let took = clock.elapsed();
        clock = Instant::now();
        took.as_secs_f64()
    };
    let Uploaded::Waits(id) = store.upload(&editor, upload, NOW).await.unwrap() else {
        panic!("too many files");
    };
    let sent = lap();
    let columns = ImportAct::Check(Mapping::guessed(["Siren", "Compte", "Montant"]));
    store
        .act_on_import(&editor, id, &columns, NOW)
        .await
        .unwrap();
    work_off(&store).await;
    let tried = lap();
    let add = ImportAct::Add(services());
    store.act_on_import(&editor, id, &add, NOW).await.unwrap();
    work_off(&store).await;
    let added = lap();
    let view = store
        .import(&editor, id, Shown::default(), NOW)
        .await
        .unwrap();
    let progress = view.unwrap().row.progress;
    assert_eq!(
        (progress.state, progress.counts.added),
        (State::Done, LINES)
    );
    println!(
        "file: {LINES} lines, {sent:.1} s kept, {tried:.1} s tried, {added:.1} s added; bare inserts {bare:.1} s: {:.0} %; {before} MB before, {} MB at most",
        bare / (sent + tried + added) * 100.0,
        peak()
    );
    std::fs::remove_dir_all(folder).unwrap();
}
