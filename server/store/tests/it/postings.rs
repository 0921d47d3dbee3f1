//! A file of postings: what its lines come to, and the drafts that are made of them.

use crate::{
    base::{AUTO, Base, EMPLOYER, NOW},
    mobility::{germany, one, submit, whole},
};
use portfolio::{
    form::Proof,
    ids::EnrolmentId,
    import::Cell,
    mobility::{
        batch::{FileView, KEPT, LineView, Sent, Verdict, Why},
        decision::{Certificate, Outcome},
        life::State,
        rule::Rule,
        search::MobilitySearch,
    },
    permission::Editor,
    ports::{Mobility as _, Postings as _, Submitted},
};

crate::contract! {
    lines_and_their_drafts, the_same_file_makes_nothing_twice, clients_of_lines, nobody_elses_file, two_who_create_at_once
}

const HEADS: [&str; 7] = ["Client", "Nom", "Prénoms", "NIR", "Pays", "Du", "Au"];
const ZOE: &str = "255081416802538";
const MARC: &str = "180127512345642";

pub fn sent(lines: &[&str], page: Option<EnrolmentId>) -> Sent {
    let heads = HEADS.map(str::to_owned);
    let cells = |line: &&str| -> Vec<Cell> {
        line.split('|')
            .map(|cell| Cell::Text(cell.to_owned()))
            .collect()
    };
    let lines = (2..).zip(lines.iter().map(cells));
    Sent::read("salon.csv".to_owned(), &heads, lines, page).unwrap()
}

async fn seen(base: &Base, editor: &Editor) -> FileView {
    base.store.postings(editor, NOW).await.unwrap().unwrap()
}

async fn tried(
    base: &Base,
    editor: &Editor,
    lines: &[&str],
    page: Option<EnrolmentId>,
) -> Vec<LineView> {
    let sent = sent(lines, page);
    base.store.keep_postings(editor, sent, NOW).await.unwrap();
    seen(base, editor).await.lines
}

async fn created(base: &Base, editor: &Editor) -> u64 {
    let id = seen(base, editor).await.id;
    let created = base.store.create_drafts(editor, id, NOW).await.unwrap();
    created.unwrap()
}

async fn drafts(base: &Base, editor: &Editor) -> u64 {
    let search = MobilitySearch {
        state: Some(State::Draft),
        ..MobilitySearch::default()
    };
    base.store
        .requests(editor, &search, NOW)
        .await
        .unwrap()
        .total
}

fn ready(line: &LineView) -> bool {
    matches!(line.verdict, Verdict::Ready { .. })
}

/// Fear: a wrong line keeps the good ones from becoming drafts, or becomes one; the page is told a person's number, or the database
/// holds it as it is.
async fn lines_and_their_drafts(base: Base) {
    let (editor, client) = one(&base).await;
    let lines = tried(
        &base,
        &editor,
        &[
            &format!("{EMPLOYER}|Ormesson|Zoé|{ZOE}|Allemagne|01/03/2027|30/06/2027"),
            &format!("{EMPLOYER}|Dupont|Marc|{MARC}|Atlantide|01/03/2027|30/06/2027"),
            &format!("|Dupont|Marc|{MARC}|Japon|01/03/2027|31/12/2027"),
            &format!("{EMPLOYER}|Ormesson|Zoé|{ZOE}|Espagne|01/06/2027|30/07/2027"),
        ],
        Some(client),
    )
    .await;
    let numbers: Vec<_> = lines.iter().map(|line| line.line).collect();
    assert_eq!(numbers, [2, 3, 4, 5]);
    let Verdict::Ready {
        certificate,
        outcome,
        ref missing,
        ..
    } = lines[0].verdict
    else {
        panic!("{:?}", lines[0]);
    };
    assert_eq!(certificate, Some(Certificate::A1));
    assert_eq!(outcome, Outcome::Incomplete);
    assert!(!missing.is_empty());
    assert!(matches!(lines[1].verdict, Verdict::Refused(Why::Fault(_))));
    assert!(ready(&lines[2]), "a line without a client is the page's");
    // The same person is in Germany then, by an earlier line.
    let Verdict::Refused(Why::Rule(reason)) = &lines[3].verdict else {
        panic!("{:?}", lines[3]);
    };
    assert_eq!(reason.rule, Rule::AlreadyAbroad);
    let told = serde_json::to_string(&seen(&base, &editor).await).unwrap();
    assert!(!told.contains(&ZOE[..7]) && !told.contains(&MARC[..7]));

    assert_eq!(created(&base, &editor).await, 2);
    assert_eq!(drafts(&base, &editor).await, 2);
    let people = base.store.workers(&editor, client).await.unwrap().unwrap();
    let names: Vec<_> = people
        .workers
        .iter()
        .map(|row| row.worker.last_name.clone())
        .collect();
    assert_eq!(names, ["Dupont", "Ormesson"]);
}

/// Fear: a file that is sent again, or a draft that was sent meanwhile, makes a second request of the same person and days.
async fn the_same_file_makes_nothing_twice(base: Base) {
    let (editor, client) = one(&base).await;
    let line = format!("{EMPLOYER}|D’Ormesson|Zoé Anne|{ZOE}|Allemagne|01/01/2027|30/06/2027");
    let lines = tried(&base, &editor, &[&line, &line], None).await;
    assert!(ready(&lines[0]));
    assert_eq!(lines[1].verdict, Verdict::Twice { line: 2 });
    assert_eq!(created(&base, &editor).await, 1);
    assert_eq!(created(&base, &editor).await, 0, "pressed twice");
    let again = tried(&base, &editor, &[&line], None).await;
    assert!(matches!(again[0].verdict, Verdict::Already(_)));
    assert_eq!(created(&base, &editor).await, 0);
    let other_days = line.replace("30/06/2027", "31/07/2027");
    // The draft's days are taken.
    let other = tried(&base, &editor, &[&line, &other_days], None).await;
    assert!(matches!(other[1].verdict, Verdict::Refused(Why::Rule(_))));
    // One that was sent is found as well; one that was given up is not.
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Granted)
    );
    let again = tried(&base, &editor, &[&line], None).await;
    assert!(matches!(again[0].verdict, Verdict::Already(_)));
    assert_eq!(drafts(&base, &editor).await, 1);
}

/// Fear: a line is taken for a client whom the firm does not manage, who has not got the service, or who is not the one that it names.
async fn clients_of_lines(base: Base) {
    let (editor, client) = one(&base).await;
    let auto = base
        .client(
            &editor,
            AUTO,
            &Proof::SelfEmployed(
                portfolio::nir::Nir::parse(MARC).unwrap(),
                portfolio::account_number::AccountNumber::parse("317000001567462542").unwrap(),
            ),
            &[],
            NOW,
        )
        .await;
    let to = |client: &str| format!("{client}|Ormesson|Zoé|{ZOE}|Allemagne|01/03/2027|30/06/2027");
    let (named, by_siret) = (to(EMPLOYER), to("73282932000082"));
    let lines = tried(
        &base,
        &editor,
        &[
            &to(AUTO),
            &to("552013500"),
            &to("GQ815739800M01"),
            &to(""),
            &by_siret,
            &named,
        ],
        None,
    )
    .await;
    let verdicts: Vec<_> = lines.iter().map(|line| line.verdict.clone()).collect();
    assert_eq!(verdicts[0], Verdict::Refused(Why::NoService));
    assert!(matches!(
        verdicts[1],
        Verdict::Refused(Why::Fault(_) | Why::UnknownClient)
    ));
    assert_eq!(verdicts[2], Verdict::Refused(Why::UnknownClient));
    assert!(matches!(verdicts[3], Verdict::Refused(Why::Fault(_))));
    assert!(ready(&lines[4]) && lines[4].client.as_ref().unwrap().0 == client);
    assert_eq!(verdicts[5], Verdict::Twice { line: 6 });
    let (of, open) = base.store.sender(&editor, auto).await.unwrap().unwrap();
    assert!(of.id == auto && !open);
}

/// Fear: a colleague or another firm sees a file or makes drafts of it, one that is over or was replaced is gone on with, or it cannot
/// be forgotten.
async fn nobody_elses_file(base: Base) {
    let (editor, client) = one(&base).await;
    let line = format!("|Ormesson|Zoé|{ZOE}|Allemagne|01/03/2027|30/06/2027");
    tried(&base, &editor, &[&line], Some(client)).await;
    let id = seen(&base, &editor).await.id;
    let colleague = base.colleague(editor.firm, "dupont", "Paul").await;
    let stranger = base.firm("Cabinet Autre").await;
    for other in [&colleague, &stranger] {
        assert_eq!(base.store.postings(other, NOW).await.unwrap(), None);
        assert_eq!(
            base.store.create_drafts(other, id, NOW).await.unwrap(),
            None
        );
        base.store.forget_postings(other, id, NOW).await.unwrap();
    }
    // A page of another firm's client is no page.
    assert_eq!(base.store.sender(&stranger, client).await.unwrap(), None);
    let foreign = tried(&base, &stranger, &[&line], Some(client)).await;
    assert_eq!(foreign[0].verdict, Verdict::Refused(Why::UnknownClient));
    let late = NOW.plus(KEPT);
    assert_eq!(base.store.postings(&editor, late).await.unwrap(), None);
    assert_eq!(
        base.store.create_drafts(&editor, id, late).await.unwrap(),
        None
    );
    tried(&base, &editor, &[&line], Some(client)).await;
    assert_eq!(
        base.store.create_drafts(&editor, id, NOW).await.unwrap(),
        None,
        "replaced"
    );
    let id = seen(&base, &editor).await.id;
    base.store.forget_postings(&editor, id, NOW).await.unwrap();
    assert_eq!(base.store.postings(&editor, NOW).await.unwrap(), None);
    assert_eq!(drafts(&base, &editor).await, 0);
}

/// Fear: two colleagues who send the same file at once make two drafts of each line.
async fn two_who_create_at_once(base: Base) {
    let (editor, client) = one(&base).await;
    let colleague = base.colleague(editor.firm, "dupont", "Paul").await;
    let line = format!("|Ormesson|Zoé|{ZOE}|Allemagne|01/03/2027|30/06/2027");
    for who in [&editor, &colleague] {
        tried(&base, who, &[&line], Some(client)).await;
    }
    let (first, second) = tokio::join!(created(&base, &editor), created(&base, &colleague));
    assert_eq!(first + second, 1);
    assert_eq!(drafts(&base, &editor).await, 1);
}
