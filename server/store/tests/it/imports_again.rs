//! Files of clients that come again: what the portal exported itself, and what was proved before.

use crate::{
    base::*,
    imports::{GOOD, act, add, counts, employers, file_of, texts, tried, view, whole, work},
};
use portfolio::{
    form::LabelDraft,
    ids::Scope,
    import::{Column, Fault, Flaw, Halt, Mapping, Reason, State, Verdict},
    permission::{Editor, Role},
    ports::{Exported, Exports, ImportAct, Imports, OwnFields, Portfolio, Upload, Uploaded},
    search::Search,
    sheet::{COLUMNS, Cell, Format},
};

crate::contract!(
    what_was_exported_is_there_already,
    the_same_clients_buy_no_guesses,
    clients_of_several_files_make_room,
    own_fields_of_new_clients,
);

/// The firm's list as the portal exports it, its lines as texts.
async fn exported(base: &Base, who: &Editor) -> Vec<String> {
    let what = Exported::Found(Box::default());
    let session = session(who.firm, who.member, Role::Collaborator);
    let scope = session.fresh(Scope::clone(who), NOW).unwrap();
    let exported = base.store.export_clients(&scope, &what, Format::Csv, NOW);
    let mut pages = exported.await.unwrap();
    let mut lines = Vec::new();
    loop {
        let rows = pages.next().await.unwrap();
        if rows.is_empty() {
            return lines;
        }
        lines.extend(rows.iter().map(|row| {
            let cells = row.cells().map(|cell| match cell {
                Cell::Text(text) => text,
                Cell::Number(number) => number.to_string(),
                Cell::Day(at) => at.short_date(),
            });
            cells.join("|")
        }));
    }
}

fn exported_file(lines: &[String]) -> Upload {
    Upload {
        heads: COLUMNS.map(|(head, _)| head.to_owned()).to_vec(),
        ..file_of(lines)
    }
}

/// Fear: a file that the portal made itself cannot be sent again, asks for proofs of clients that the firm manages, or changes one.
async fn what_was_exported_is_there_already(base: Base) {
    let who = base.with_accounts().await;
    let (id, _) = tried(&base, &who, &texts(&GOOD)).await;
    add(&base, &who, id, &["DPAE"]).await;
    let mut lines = exported(&base, &who).await;
    assert_eq!(lines.len(), 4);
    let journal = base.number("SELECT COUNT(*) FROM journal").await;
    // One that the firm does not manage, as another firm exported it.
    lines.push("552100554|RG|Autre||||DPAE|1|||||".to_owned());
    let sent = base.store.upload(&who, exported_file(&lines), NOW).await;
    let Uploaded::Waits(id) = sent.unwrap() else {
        panic!("too many");
    };
    let mapping = Mapping::guessed(COLUMNS.map(|(head, _)| head));
    let mapping = Mapping::chosen(mapping.stored().split(',')).unwrap();
    assert!(act(&base, &who, id, ImportAct::Check(mapping), NOW).await);
    work(&base, NOW).await;
    let again = view(&base, &who, id).await;
    assert_eq!(again.row.progress.state, State::Checked);
    assert_eq!(counts(&again), [0, 0, 4, 1]);
    let already = |n: usize| again.lines[n].verdict == Verdict::Already;
    assert!((0..4).all(already));
    let missing = Fault {
        column: Column::Amount,
        flaw: Flaw::NoSecret,
    };
    assert_eq!(again.lines[4].line, 6);
    assert_eq!(again.lines[4].reason, Some(Reason::Fault(missing)));
    assert_eq!(
        base.number("SELECT COUNT(*) FROM journal").await,
        journal,
        "nothing was tried, nothing changed"
    );
    let untried = "SELECT COUNT(*) FROM import WHERE good = 0 AND failed = 0";
    assert_eq!(base.number(untried).await, 1);
    assert_eq!(exported(&base, &who).await, lines[..4]);
    whole(&base).await;
}

/// Fear: the same good lines, sent again and again, buy guesses.
async fn the_same_clients_buy_no_guesses(base: Base) {
    let who = base.with_accounts().await;
    let good = employers(&base, 1_160).await;
    let wrong: Vec<String> = good[1_100..]
        .iter()
        .map(|line| format!("{line}9"))
        .collect();
    for _ in 0..3 {
        let (id, dry) = tried(&base, &who, &good[..1_100]).await;
        assert_eq!(counts(&dry), [1_100, 0, 0, 0]);
        assert!(act(&base, &who, id, ImportAct::Cancel, NOW).await);
    }
    let (_, stopped) = tried(&base, &who, &wrong).await;
    assert_eq!(stopped.halt, Some(Halt::Proofs));
    assert_eq!(counts(&stopped), [0, 0, 0, 22], "1,100 make room for 22");
}

/// Fear: a large portfolio in several files is stopped by slips that it may have in one.
async fn clients_of_several_files_make_room(base: Base) {
    let who = base.with_accounts().await;
    let good = employers(&base, 1_260).await;
    for part in good[..1_200].chunks(600) {
        tried(&base, &who, part).await;
    }
    let wrong: Vec<String> = good[1_200..]
        .iter()
        .map(|line| format!("{line}9"))
        .collect();
    let (_, stopped) = tried(&base, &who, &wrong).await;
    assert_eq!(counts(&stopped), [0, 0, 0, 24]);
}

/// Fear: the reference and the labels of a file are lost, come to another client, or make labels by a slip.
async fn own_fields_of_new_clients(base: Base) {
    let who = base.with_accounts().await;
    for name in ["Urgent", "À voir"] {
        let make = LabelDraft::Make(name.to_owned());
        base.store.act_on_label(&who, &make, NOW).await.unwrap();
    }
    let own = |n: usize, own: &str| {
        let columns = GOOD[n].matches('|').count();
        format!("{}{}|{own}", GOOD[n], "|".repeat(5 - columns))
    };
    let lines = [
        own(0, "0012|urgent, A voir"),
        own(1, "|"),
        own(2, "B 7|Ugrent"),
        own(3, "C|"),
    ];
    let heads = [
        "Siren",
        "Compte",
        "Montant",
        "NIR",
        "Régime",
        "Services",
        "Référence",
        "Étiquettes",
    ];
    let upload = Upload {
        heads: heads.map(str::to_owned).to_vec(),
        ..file_of(&lines)
    };
    let sent = base.store.upload(&who, upload, NOW).await.unwrap();
    let Uploaded::Waits(id) = sent else {
        panic!("too many");
    };
    let check = ImportAct::Check(Mapping::guessed(heads));
    assert!(act(&base, &who, id, check, NOW).await);
    work(&base, NOW).await;
    let dry = view(&base, &who, id).await;
    assert_eq!(counts(&dry), [3, 0, 0, 1]);
    assert_eq!(dry.lines[2].reason, Some(Reason::UnknownLabel));
    let done = add(&base, &who, id, &["DPAE"]).await;
    assert_eq!(counts(&done), [0, 3, 0, 1]);
    let told = async |n: usize| {
        let id = done.lines[n].enrolment.unwrap();
        let client = base.store.client(&who, id).await.unwrap().unwrap();
        let labels: Vec<_> = client
            .own
            .labels
            .into_iter()
            .map(|label| label.name)
            .collect();
        (client.own.reference, labels.join(","))
    };
    assert_eq!(told(0).await, ("0012".into(), "À voir,Urgent".into()));
    assert_eq!(told(1).await, (String::new(), String::new()));
    assert_eq!(told(3).await, ("C".into(), String::new()));
    assert_eq!(base.number("SELECT COUNT(*) FROM label").await, 2);
    let changed = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%OwnChanged%'";
    assert_eq!(base.number(changed).await, 2);
    let search = Search {
        text: "0012".into(),
        ..Search::default()
    };
    assert_eq!(
        base.list(&who, &search).await.total.exact(),
        Some(1),
        "found by it"
    );
    whole(&base).await;
}
