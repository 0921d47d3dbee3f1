//! Many clients at once: the selection, one change of all of it, taking it back, models, exports.

mod export;
mod measured;

use crate::base::{Base, NOW, fresh, services, session, siren, wanted};
use portfolio::{
    bulk::{Became, Change, Part, Shown, State, UNDO_LIFE, Why},
    catalogue::ServiceCode,
    client::OwnTold,
    form::{LabelDraft, OwnDraft},
    ids::{BulkId, EnrolmentId, LabelId, Scope},
    permission::{Editor, Role},
    ports::{
        Bulk, BulkWork, Changed, Confirmed, Exported, Exports, LabelKept, OwnFields, OwnKept,
        Portfolio, Prepared, Selecting, Terminated, Undone,
    },
    search::Search,
    selection::Pick,
    sheet::{Format, SheetRow},
};
use std::collections::BTreeSet;

crate::contract! {
    exactly_those_that_were_selected, foreseen_and_done, left_alone_and_told, taken_back, batches_go_on_where_they_ended,
    two_changes_of_the_same_clients, an_unreadable_change_keeps_nobody_waiting, labels_and_charge, ends, others_are_kept_out
}

/// Employers of these firm, `n` of them, each enrolled with DPAE: planted, since a proof each would take minutes.
pub async fn fill(base: &Base, scope: &Editor, n: u32) {
    let lines: Vec<String> = (0..n)
        .map(|n| {
            let siren = siren(n);
            format!(
                "5{n:017};EMP;{siren};{siren}{n:05};Client n{n:06};117;{};0;;;;1;;",
                n % 3 + 1
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    base.import(crate::base::file(&lines)).await.unwrap();
    let (firm, member) = (base.literal(scope.firm.0), base.literal(scope.member.0));
    let sqlite = base.url.starts_with("sqlite:");
    let id = if sqlite {
        "randomblob(16)"
    } else {
        "gen_random_uuid()"
    };
    let place = if sqlite {
        (
            "place, ",
            "(SELECT block << 40 FROM portfolio_size p WHERE p.firm_id = e.firm_id) + ROW_NUMBER() OVER (ORDER BY h.search, e.id), ",
        )
    } else {
        ("", "")
    };
    let bit = ServiceCode::find("DPAE").unwrap().bit();
    let at = NOW.0;
    let sql = format!(
        "INSERT INTO enrolment (id, firm_id, holder_key, version, created_at, created_by, changed_at, changed_by, reviewed_at) \
         SELECT {id}, {firm}, key, 1, {at}, {member}, {at}, {member}, {at} FROM holder WHERE name LIKE 'Client %'; \
         INSERT INTO enrolment_event (enrolment_id, version, at, \"by\", what, added, removed) \
         SELECT id, 1, {at}, {member}, 'enrolled', 'DPAE', '' FROM enrolment WHERE firm_id = {firm}; \
         INSERT INTO enrolment_service (enrolment_id, code) SELECT id, 'DPAE' FROM enrolment WHERE firm_id = {firm}; \
         INSERT INTO portfolio_size (firm_id, clients) VALUES ({firm}, 0); \
         INSERT INTO client ({}enrolment_id, firm_id, holder_key, name_key, name, number, scheme, kind, state, organisms, services, \
         service_mask, created_at, created_by, changed_at, changed_by, in_charge_key, reference, reference_key, reviewed_at, search, calendar) \
         SELECT {}e.id, e.firm_id, h.key, h.search, h.name, h.number, h.scheme, h.kind, h.state, h.organisms, 1, {bit}, {at}, {member}, \
         {at}, {member}, '\u{10ffff}', '', '\u{10ffff}', {at}, h.found, \
         CASE WHEN h.state = 3 THEN '' WHEN h.kind = 'EMP' THEN 'dsn-15' WHEN h.kind = 'AE' THEN 'ca-mensuel' ELSE 'mensuel-5' END FROM enrolment e JOIN holder h ON h.key = e.holder_key \
         WHERE e.firm_id = {firm}",
        place.0, place.1
    );
    // With its triggers: they count the firm's clients.
    let db = base.behind().await;
    sea_orm::ConnectionTrait::execute_unprepared(&db, &sql)
        .await
        .unwrap();
    db.close().await.unwrap();
}

async fn ids(base: &Base, scope: &Scope, text: &str) -> Vec<EnrolmentId> {
    let search = Search {
        text: text.to_owned(),
        size: 100,
        ..Search::default()
    };
    let rows = base.list(scope, &search).await.rows;
    rows.into_iter().map(|row| row.id).collect()
}

async fn pick(base: &Base, scope: &Scope, pick: Pick) {
    base.store.pick(scope, &[pick], NOW).await.unwrap();
}

async fn all(base: &Base, scope: &Scope) {
    pick(base, scope, Pick::Clear).await;
    pick(base, scope, Pick::All(Box::default())).await;
}

async fn tick(base: &Base, scope: &Scope, ids: &[EnrolmentId]) {
    pick(base, scope, Pick::Clear).await;
    for ids in ids.chunks(50) {
        let on = ids.iter().copied().collect();
        let off = BTreeSet::new();
        pick(base, scope, Pick::Ticks { on, off }).await;
    }
}

async fn count(base: &Base, scope: &Scope) -> (u64, u64) {
    let none = BTreeSet::new();
    let selection = base.store.selection(scope, &none).await.unwrap();
    (selection.count, selection.fallen)
}

async fn prepare(base: &Base, scope: &Editor, change: &Change) -> BulkId {
    match base.store.prepare(scope, change, NOW).await.unwrap() {
        Prepared::Ready(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn job(base: &Base, scope: &Scope, id: BulkId, part: Part) -> portfolio::bulk::Job {
    let shown = Shown::page(part, 0);
    let job = base.store.job(scope, id, shown, NOW.plus(60)).await;
    job.unwrap().unwrap()
}

async fn confirm(base: &Base, scope: &Editor, id: BulkId) -> portfolio::bulk::Job {
    let done = base.store.confirm(scope, None, id, NOW.plus(30)).await;
    assert_eq!(done.unwrap(), Some(Confirmed::Done));
    while base.store.work(NOW.plus(40)).await.unwrap() {}
    job(base, scope, id, Part::All).await
}

async fn on(base: &Base, scope: &Scope, id: EnrolmentId) -> Vec<ServiceCode> {
    let client = base.store.client(scope, id).await.unwrap().unwrap();
    client.services
}

async fn is_sound(base: &Base) {
    assert_eq!(base.store.faults().await.unwrap().faults, []);
    let whole = base.store.verify_journal(None).await.unwrap();
    assert!(matches!(whole, store::Verified::Whole { .. }));
}

fn codes(on: &[&str]) -> Vec<ServiceCode> {
    services(on).into_iter().collect()
}

/// Fear: the list moves between the selection and the change, and others are changed than those who were selected.
async fn exactly_those_that_were_selected(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 30).await;
    let found = ids(&base, &scope, "n00000").await;
    assert_eq!(found.len(), 10);
    let search = Search {
        text: "n00000".into(),
        ..Search::default()
    };
    pick(&base, &scope, Pick::All(Box::new(search.clone()))).await;
    pick(&base, &scope, Pick::All(Box::new(search))).await;
    assert_eq!(count(&base, &scope).await, (10, 0));
    let among = found[..2].iter().copied().collect();
    let selection = base.store.selection(&scope, &among).await.unwrap();
    assert_eq!(selection.ticked, among);
    let one = [found[9]].into();
    let off = Pick::Ticks {
        on: BTreeSet::new(),
        off: one,
    };
    pick(&base, &scope, off).await;
    // Another member, another firm: their own.
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Paul").await;
    assert_eq!(count(&base, &colleague).await, (0, 0));
    let stranger = base.firm("Cabinet Autre").await;
    tick(&base, &stranger, &found).await;
    assert_eq!(count(&base, &stranger).await, (0, 0));
    // One ends: it falls out, and that is told until the selection is next changed.
    let ended = base.store.terminate(&fresh(&scope), found[0], NOW).await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    assert_eq!(count(&base, &scope).await, (8, 1));
    let change = Change::Add(services(&["DSN_SUIVI"]));
    let id = prepare(&base, &scope, &change).await;
    // Whoever is ticked from now on is not meant any more.
    all(&base, &scope).await;
    let job = confirm(&base, &scope, id).await;
    assert_eq!((job.total, job.tally.changed), (8, 8));
    for other in ids(&base, &scope, "n00001").await {
        assert_eq!(on(&base, &scope, other).await, codes(&["DPAE"]));
    }
    assert_eq!(
        on(&base, &scope, found[1]).await,
        codes(&["DPAE", "DSN_SUIVI"])
    );
    assert_eq!(count(&base, &scope).await, (29, 0));
    is_sound(&base).await;
}

/// Fear: what is foreseen is not what is done, or a client that is so already gets an event.
async fn foreseen_and_done(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 3).await;
    all(&base, &scope).await;
    let found = ids(&base, &scope, "client").await;
    let has = base
        .store
        .change(&scope, found[0], 1, &services(&["DPAE", "DSN_SUIVI"]), NOW)
        .await;
    assert_eq!(has.unwrap(), Some(Changed::Done));
    let change = Change::Set(services(&["DPAE", "DSN_SUIVI", "DECL_CA"]));
    let id = prepare(&base, &scope, &change).await;
    let before = job(&base, &scope, id, Part::All).await;
    assert_eq!((before.state, before.own), (State::Ready, true));
    assert_eq!((before.tally.changed, before.tally.same), (2, 1));
    assert_eq!(before.tally.left_out.values().sum::<u64>(), 3);
    let same = job(&base, &scope, id, Part::Same).await;
    assert_eq!(same.lines.len(), 1);
    let expected = Became::Services {
        added: codes(&["DSN_SUIVI"]),
        removed: vec![],
    };
    let foreseen = job(&base, &scope, id, Part::Changed).await;
    assert_eq!(foreseen.lines[0].became, expected);
    let after = confirm(&base, &scope, id).await;
    assert_eq!(after.state, State::Done);
    assert_eq!(after.tally, before.tally);
    assert_eq!(
        job(&base, &scope, id, Part::Changed).await.lines,
        foreseen.lines
    );
    // Said twice, done once.
    let events = base.number("SELECT COUNT(*) FROM enrolment_event").await;
    confirm(&base, &scope, id).await;
    assert_eq!(
        base.number("SELECT COUNT(*) FROM enrolment_event").await,
        events
    );
    assert_eq!(events, 3 + 1 + 2);
    let jobs = base.store.jobs(&scope).await.unwrap();
    assert_eq!((jobs.len(), &*jobs[0].by), (1, "Claire"));
    is_sound(&base).await;
}

/// Fear: what somebody saved between the preview and the change is overwritten.
async fn left_alone_and_told(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 4).await;
    all(&base, &scope).await;
    let found = ids(&base, &scope, "client").await;
    let change = Change::Add(services(&["DSN_SUIVI"]));
    let id = prepare(&base, &scope, &change).await;
    let saved = base
        .store
        .change(&scope, found[1], 1, &services(&["MAIL_DSN"]), NOW)
        .await;
    assert_eq!(saved.unwrap(), Some(Changed::Done));
    let ended = base.store.terminate(&fresh(&scope), found[2], NOW).await;
    assert_eq!(ended.unwrap(), Some(Terminated::Done));
    let job_ = confirm(&base, &scope, id).await;
    assert_eq!(job_.tally.left, [(Why::Changed, 1), (Why::Ended, 1)].into());
    assert_eq!(on(&base, &scope, found[1]).await, codes(&["MAIL_DSN"]));
    let left = job(&base, &scope, id, Part::Left).await;
    let reasons: Vec<_> = left.lines.iter().map(|line| &line.became).collect();
    assert_eq!(
        reasons,
        [&Became::Left(Why::Changed), &Became::Left(Why::Ended)]
    );
    is_sound(&base).await;
}

/// Fear: taking a change back overwrites what a colleague did since, is possible for ever, or twice.
async fn taken_back(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 4).await;
    all(&base, &scope).await;
    let found = ids(&base, &scope, "client").await;
    let change = Change::Set(services(&["MAIL_DSN"]));
    let id = prepare(&base, &scope, &change).await;
    assert_eq!(
        base.store.undo(&scope, id, NOW).await.unwrap(),
        Some(Undone::TooLate)
    );
    let done = confirm(&base, &scope, id).await;
    assert_eq!(done.undo_until, Some(NOW.plus(30 + UNDO_LIFE)));
    let saved = base
        .store
        .change(&scope, found[3], 2, &services(&["DSN_SUIVI"]), NOW)
        .await;
    assert_eq!(saved.unwrap(), Some(Changed::Done));
    let late = NOW.plus(30 + UNDO_LIFE);
    assert_eq!(
        base.store.undo(&scope, id, late).await.unwrap(),
        Some(Undone::TooLate)
    );
    // A colleague may: the firm's clients are everybody's.
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Paul").await;
    let undone = base.store.undo(&colleague, id, NOW.plus(60)).await;
    let Some(Undone::By(undo)) = undone.unwrap() else {
        panic!("it is taken back");
    };
    let undo_ = job(&base, &scope, undo, Part::All).await;
    assert_eq!((undo_.state, undo_.undo_of), (State::Done, Some(id)));
    assert_eq!((undo_.tally.changed, undo_.tally.left_alone()), (3, 1));
    for other in &found[..3] {
        assert_eq!(on(&base, &scope, *other).await, codes(&["DPAE"]));
    }
    assert_eq!(on(&base, &scope, found[3]).await, codes(&["DSN_SUIVI"]));
    assert_eq!(
        base.store.undo(&scope, id, NOW.plus(60)).await.unwrap(),
        Some(Undone::TooLate)
    );
    // What takes back is not taken back itself.
    assert_eq!(
        base.store.undo(&scope, undo, NOW.plus(60)).await.unwrap(),
        Some(Undone::TooLate)
    );
    let shown = job(&base, &scope, id, Part::All).await;
    assert_eq!((shown.undone_by, shown.undo_until), (Some(undo), None));
    is_sound(&base).await;
}

/// Fear: a server that is killed between two batches does some clients twice or never; one that stops lets go of what is to be done.
async fn batches_go_on_where_they_ended(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 1_000).await;
    all(&base, &scope).await;
    let change = Change::Add(services(&["DSN_SUIVI"]));
    let id = prepare(&base, &scope, &change).await;
    let begun = base.store.confirm(&scope, None, id, NOW.plus(30)).await;
    assert_eq!(begun.unwrap(), Some(Confirmed::Done));
    assert!(base.store.work(NOW.plus(40)).await.unwrap());
    let some = job(&base, &scope, id, Part::All).await;
    assert_eq!((some.state, some.done), (State::Running, 400));
    is_sound(&base).await;
    // Another process takes it up.
    let other = store::Store::open(&base.url, crate::base::key())
        .await
        .unwrap();
    let (one, two) = tokio::join!(other.work(NOW.plus(50)), base.store.work(NOW.plus(50)));
    assert!(one.unwrap() || two.unwrap());
    while other.work(NOW.plus(60)).await.unwrap() {}
    let done = job(&base, &scope, id, Part::All).await;
    assert_eq!((done.state, done.done), (State::Done, 1_000));
    assert_eq!(done.tally.changed, 1_000);
    let events = base.number("SELECT COUNT(*) FROM enrolment_event").await;
    assert_eq!(events, 2_000);
    let written = base
        .number("SELECT COUNT(*) FROM journal WHERE about_kind = 'client'")
        .await;
    assert_eq!(written, 1_000);
    // Stopped, it ends where it is, and what is done can be taken back.
    let id = prepare(&base, &scope, &Change::Remove(services(&["DSN_SUIVI"]))).await;
    let begun = base.store.confirm(&scope, None, id, NOW.plus(70)).await;
    assert_eq!(begun.unwrap(), Some(Confirmed::Done));
    assert!(base.store.work(NOW.plus(80)).await.unwrap());
    assert_eq!(base.store.stop(&scope, id, NOW).await.unwrap(), Some(()));
    assert!(!base.store.work(NOW.plus(90)).await.unwrap());
    let stopped = job(&base, &scope, id, Part::All).await;
    assert_eq!(
        (stopped.state, stopped.tally.changed),
        (State::Stopped, 400)
    );
    let Some(Undone::By(undo)) = base.store.undo(&scope, id, NOW.plus(95)).await.unwrap() else {
        panic!("it is taken back");
    };
    while base.store.work(NOW.plus(99)).await.unwrap() {}
    assert_eq!(job(&base, &scope, undo, Part::All).await.tally.changed, 400);
    // Whoever may no longer change anything has nothing changed either.
    let id = prepare(&base, &scope, &Change::Remove(services(&["DSN_SUIVI"]))).await;
    let begun = base.store.confirm(&scope, None, id, NOW.plus(100)).await;
    assert_eq!(begun.unwrap(), Some(Confirmed::Done));
    base.plant("UPDATE member SET suspended_at = 1").await;
    assert!(base.store.work(NOW.plus(110)).await.unwrap());
    let stopped = job(&base, &scope, id, Part::All).await;
    assert_eq!((stopped.state, stopped.done), (State::Stopped, 0));
    is_sound(&base).await;
}

/// Fear: two changes of the same clients undo each other without a word.
async fn two_changes_of_the_same_clients(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 250).await;
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Paul").await;
    all(&base, &scope).await;
    all(&base, &colleague).await;
    let one = prepare(&base, &scope, &Change::Add(services(&["DSN_SUIVI"]))).await;
    let other = prepare(&base, &colleague, &Change::Set(services(&["MAIL_DSN"]))).await;
    for (who, id) in [(&scope, one), (&colleague, other)] {
        let begun = base.store.confirm(who, None, id, NOW.plus(30)).await;
        assert_eq!(begun.unwrap(), Some(Confirmed::Done));
    }
    while base.store.work(NOW.plus(40)).await.unwrap() {}
    // Which of them comes first is chance: the other one finds what it foresaw no longer.
    let mut tallies = [
        job(&base, &scope, one, Part::All).await.tally,
        job(&base, &scope, other, Part::All).await.tally,
    ];
    tallies.sort_by_key(|tally| tally.changed);
    assert_eq!(tallies[0].left, [(Why::Changed, 250)].into());
    assert_eq!(tallies[1].changed, 250);
    is_sound(&base).await;
}

async fn label(base: &Base, scope: &Editor, name: &str) -> LabelId {
    let draft = LabelDraft::Make(name.to_owned());
    match base.store.act_on_label(scope, &draft, NOW).await.unwrap() {
        Some(LabelKept::Done(id)) => id,
        other => panic!("{other:?}"),
    }
}

/// Fear: labels and who is in charge are not found afterwards, get in the way of services, or are taken back wrongly.
async fn labels_and_charge(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 5).await;
    all(&base, &scope).await;
    let found = ids(&base, &scope, "client").await;
    let urgent = label(&base, &scope, "Urgent").await;
    let id = prepare(&base, &scope, &Change::Label(urgent)).await;
    // Somebody changes services meanwhile, which is none of its business.
    let saved = base
        .store
        .change(&scope, found[1], 1, &services(&["MAIL_DSN"]), NOW)
        .await;
    assert_eq!(saved.unwrap(), Some(Changed::Done));
    let foreseen = job(&base, &scope, id, Part::All).await;
    let expected = Became::Own {
        before: OwnTold::default(),
        after: OwnTold {
            labels: vec!["Urgent".into()],
            ..OwnTold::default()
        },
    };
    assert_eq!(foreseen.lines[0].became, expected);
    let labelled = confirm(&base, &scope, id).await;
    assert_eq!(labelled.tally.changed, 5);
    assert_eq!(ids(&base, &scope, "urgent").await.len(), 5);
    let mine = Change::InCharge(Some(scope.member));
    let id = prepare(&base, &scope, &mine).await;
    assert_eq!(confirm(&base, &scope, id).await.tally.changed, 5);
    let client = base.store.client(&scope, found[0]).await.unwrap().unwrap();
    assert_eq!(client.own.in_charge.unwrap().name, "Claire");
    assert_eq!((client.own_version, client.version), (2, 1));
    // One is labelled anew by hand; taking back leaves it alone.
    let draft = OwnDraft {
        of: Some(found[4]),
        version: 2,
        reference: "A 1".into(),
        labels: [urgent].into(),
        new_labels: vec![],
        in_charge: None,
        back: String::new(),
    };
    let kept = base.store.keep_own(&scope, &draft, NOW).await.unwrap();
    assert_eq!(kept, Some(OwnKept::Done));
    let Some(Undone::By(undo)) = base.store.undo(&scope, id, NOW.plus(50)).await.unwrap() else {
        panic!("it is taken back");
    };
    let tally = job(&base, &scope, undo, Part::All).await.tally;
    assert_eq!((tally.changed, tally.left_alone()), (4, 1));
    let client = base.store.client(&scope, found[0]).await.unwrap().unwrap();
    assert_eq!((client.own.in_charge, client.own.labels.len()), (None, 1));
    // A label that is gone is told, before and after it is prepared.
    let id = prepare(&base, &scope, &Change::Unlabel(urgent)).await;
    assert_eq!(confirm(&base, &scope, id).await.tally.changed, 5);
    let id = prepare(&base, &scope, &Change::Label(urgent)).await;
    let delete = LabelDraft::Delete(Some(urgent));
    base.store.act_on_label(&scope, &delete, NOW).await.unwrap();
    assert_eq!(
        confirm(&base, &scope, id).await.tally.left,
        [(Why::Gone, 5)].into()
    );
    let gone = base
        .store
        .prepare(&scope, &Change::Label(urgent), NOW)
        .await;
    assert_eq!(gone.unwrap(), Prepared::Gone);
    is_sound(&base).await;
}

/// Fear: enrolments end by the thousand at a click of somebody who left the desk, or it is offered to be taken back.
async fn ends(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 3).await;
    let found = ids(&base, &scope, "client").await;
    tick(&base, &scope, &found[..2]).await;
    let id = prepare(&base, &scope, &Change::End).await;
    let asked = base.store.confirm(&scope, None, id, NOW).await.unwrap();
    assert_eq!(asked, Some(Confirmed::Unconfirmed));
    assert_eq!(job(&base, &scope, id, Part::All).await.state, State::Ready);
    let fresh = fresh(&scope);
    let done = base.store.confirm(&scope, Some(&fresh), id, NOW).await;
    assert_eq!(done.unwrap(), Some(Confirmed::Done));
    let job = job(&base, &scope, id, Part::All).await;
    assert_eq!((job.tally.changed, job.undo_until), (2, None));
    assert_eq!(job.lines[0].became, Became::Ends);
    assert_eq!(ids(&base, &scope, "client").await, [found[2]]);
    assert_eq!(count(&base, &scope).await, (0, 2));
    let nobody = base.store.prepare(&scope, &Change::End, NOW).await;
    assert_eq!(nobody.unwrap(), Prepared::Nobody);
    is_sound(&base).await;
}

/// Fear: another firm sees or ends a change; a colleague confirms what somebody else has looked at.
async fn others_are_kept_out(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    fill(&base, &scope, 2).await;
    all(&base, &scope).await;
    let id = prepare(&base, &scope, &Change::Add(services(&["DSN_SUIVI"]))).await;
    let stranger = base.firm("Cabinet Autre").await;
    let shown = Shown::page(Part::All, 0);
    let store = &base.store;
    assert_eq!(store.job(&stranger, id, shown, NOW).await.unwrap(), None);
    assert_eq!(store.confirm(&stranger, None, id, NOW).await.unwrap(), None);
    assert_eq!(store.stop(&stranger, id, NOW).await.unwrap(), None);
    assert_eq!(store.undo(&stranger, id, NOW).await.unwrap(), None);
    assert_eq!(store.abandon(&stranger, id).await.unwrap(), None);
    assert_eq!(store.jobs(&stranger).await.unwrap(), []);
    let colleague = base.colleague(scope.firm, "Cabinet Dupont", "Paul").await;
    assert_eq!(
        store.confirm(&colleague, None, id, NOW).await.unwrap(),
        Some(Confirmed::NotTheirs)
    );
    assert_eq!(store.abandon(&colleague, id).await.unwrap(), None);
    assert_eq!(store.abandon(&scope, id).await.unwrap(), Some(()));
    assert_eq!(store.job(&scope, id, shown, NOW).await.unwrap(), None);
    // A new one takes the place of what was not confirmed.
    prepare(&base, &scope, &Change::Add(services(&["DSN_SUIVI"]))).await;
    prepare(&base, &scope, &Change::Add(services(&["DSN_SUIVI"]))).await;
    assert_eq!(store.jobs(&scope).await.unwrap().len(), 1);
}

/// Fear: one change that cannot be read keeps those of every firm waiting for ever.
async fn an_unreadable_change_keeps_nobody_waiting(base: Base) {
    let (broken, other) = (
        base.firm("Cabinet Dupont").await,
        base.firm("Cabinet Martin").await,
    );
    for scope in [&broken, &other] {
        fill(&base, scope, 300).await;
    }
    let mut ids = Vec::new();
    for (scope, at) in [(&broken, NOW), (&other, NOW.plus(1))] {
        all(&base, scope).await;
        let change = Change::Add(services(&["DSN_SUIVI"]));
        let id = prepare(&base, scope, &change).await;
        base.store.confirm(scope, None, id, at).await.unwrap();
        ids.push(id);
    }
    let garbled = format!(
        "UPDATE bulk SET change = '{{' WHERE firm_id = {}",
        base.literal(broken.firm.0)
    );
    let db = base.behind().await;
    sea_orm::ConnectionTrait::execute_unprepared(&db, &garbled)
        .await
        .unwrap();
    db.close().await.unwrap();
    assert!(base.store.work(NOW.plus(10)).await.is_err());
    while base.store.work(NOW.plus(20)).await.is_ok_and(|more| more) {}
    let done = job(&base, &other, ids[1], Part::All).await;
    assert_eq!((done.state, done.tally.changed), (State::Done, 300));
    is_sound(&base).await;
}
