//! Attestations de vigilance: issued, kept as they were, checked, and their ends.

use crate::base::{
    ACCOUNTS, Base, EMPLOYER, NOW, file, fresh, good_employer, good_self_employed, key, services,
    session,
};
use portfolio::{
    attestation::{By, Refused, SecurityCode, last_day},
    calendar::{AgendaQuery, Dated},
    ids::{AttestationId, EnrolmentId},
    mobility::day::Day,
    origin::Origin,
    permission::{Editor, Role},
    ports::{
        Asker, Attestations as _, Attested, Calendar as _, Checked, Dealt, Gathered, Issued, Left,
        Outbox as _, Portfolio as _, Selecting as _, Vouched,
    },
    selection::Pick,
    time::{DAY, Timestamp},
};
use std::collections::BTreeSet;
use store::{Fault, Store, key::Key};

crate::contract! {
    issued_and_kept_as_it_was, one_paper_a_day, two_at_once_get_one, only_with_the_service, refused_with_a_reason,
    a_code_confirms_its_paper, codes_outlive_their_key, of_a_whole_selection, of_ones_own, reminded_once, ends_for_the_calendar, planted_faults
}

const ON: [&str; 2] = ["ATT_VIGILANCE", "MAIL_ATTESTATION"];

fn asker(editor: &Editor, client: EnrolmentId) -> Asker {
    Asker::Firm((**editor).clone(), client)
}

/// A firm whose member has an address, and a client with these services.
async fn one(base: &Base, on: &[&str]) -> (Editor, EnrolmentId) {
    let editor = base.with_accounts().await;
    let id = base
        .client(&editor, EMPLOYER, &good_employer(), on, NOW)
        .await;
    (editor, id)
}

async fn issue(base: &Base, asker: &Asker, now: Timestamp) -> Issued {
    base.store.issue(asker, now).await.unwrap().unwrap()
}

async fn done(base: &Base, asker: &Asker, now: Timestamp) -> AttestationId {
    match issue(base, asker, now).await {
        Issued::Done(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn attested(base: &Base, asker: &Asker, id: AttestationId) -> Attested {
    let found = base.store.attested(asker, id).await.unwrap();
    found.unwrap()
}

async fn check(store: &Store, code: &SecurityCode, now: Timestamp) -> Option<Vouched> {
    let from = Origin(Some([192, 0, 2, 7].into()));
    match store.check(code, from, now).await.unwrap() {
        Checked::Known(found) => Some(*found),
        Checked::Unknown => None,
        Checked::Paused { until } => panic!("paused until {until:?}"),
    }
}

/// The accounts, with one of the employer no longer in order.
fn in_debt() -> String {
    let lines = ACCOUNTS.map(|line| line.replace(";e@x.fr;1;12;", ";e@x.fr;0;99;"));
    file(&lines.each_ref().map(String::as_str))
}

/// Fear: a paper that was handed out changes with the registry, or says what the registry does not.
async fn issued_and_kept_as_it_was(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let asker = asker(&editor, client);
    let before = base.number("SELECT COUNT(*) FROM journal").await;
    let id = done(&base, &asker, NOW).await;
    assert_eq!(
        base.number("SELECT COUNT(*) FROM journal").await,
        before + 1
    );
    let paper = attested(&base, &asker, id).await;
    let content = &paper.content;
    assert_eq!(content.name, "Boulangerie Émile");
    assert_eq!(content.sirets.len(), 2);
    assert_eq!(content.organisms, ["117"]);
    let staff = content.staff.unwrap();
    // Lyon does not tell its pay.
    assert_eq!((staff.headcount, staff.payroll), (Some(14), None));
    assert_eq!(paper.issued, Day::of(NOW));
    base.import(in_debt()).await.unwrap();
    assert_eq!(
        issue(&base, &asker, NOW).await,
        Issued::Refused(Refused::NotInOrder)
    );
    assert_eq!(attested(&base, &asker, id).await, paper);
    let shown = base.store.attestations(&asker, NOW).await.unwrap().unwrap();
    assert_eq!(shown.refused, Some(Refused::NotInOrder));
    assert!(shown.open);
    let [past] = &shown.past[..] else { panic!() };
    assert_eq!((past.id, &past.by), (id, &By::Member("Claire".to_owned())));
    assert_eq!(past.until(), last_day(Day::of(NOW)));
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: each press of a button mints another code; or the next day's paper is yesterday's, and ends a day early.
async fn one_paper_a_day(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let asker = asker(&editor, client);
    let first = done(&base, &asker, NOW).await;
    assert_eq!(done(&base, &asker, NOW.plus(60)).await, first);
    let next = done(&base, &asker, NOW.plus(DAY)).await;
    assert_ne!(next, first);
    let shown = base.store.attestations(&asker, NOW).await.unwrap().unwrap();
    let ids: Vec<_> = shown.past.iter().map(|past| past.id).collect();
    assert_eq!(ids, [next, first]);
}

/// Fear: two who ask at the same moment get two codes, or one of them an error.
async fn two_at_once_get_one(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let mut asked = Vec::new();
    for _ in 0..8 {
        let (store, asker) = (base.store.clone(), asker(&editor, client));
        asked.push(tokio::spawn(async move {
            store.issue(&asker, NOW).await.unwrap().unwrap()
        }));
    }
    let mut issued = BTreeSet::new();
    for asked in asked {
        match asked.await.unwrap() {
            Issued::Done(id) => issued.insert(id),
            other => panic!("{other:?}"),
        };
    }
    assert_eq!(issued.len(), 1);
    assert_eq!(base.number("SELECT COUNT(*) FROM attestation").await, 1);
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: a firm gets papers of a client whose service it did not tick, whom it no longer manages, or who is another's.
async fn only_with_the_service(base: Base) {
    let (editor, client) = one(&base, &["DPAE"]).await;
    let asker = asker(&editor, client);
    assert_eq!(issue(&base, &asker, NOW).await, Issued::NoService);
    let shown = base.store.attestations(&asker, NOW).await.unwrap().unwrap();
    assert!(!shown.open && shown.past.is_empty() && shown.refused.is_none());
    let change = async |version, on: &[&str]| {
        base.store
            .change(&editor, client, version, &services(on), NOW)
            .await
            .unwrap()
            .unwrap()
    };
    change(1, &ON).await;
    let id = done(&base, &asker, NOW).await;
    // Another firm, which manages the same accounts, sees the paper but not whose it was; a third sees nothing.
    let other = base.firm("Cabinet Martin").await;
    let theirs = base
        .client(&other, EMPLOYER, &good_employer(), &ON, NOW)
        .await;
    let their_asker = Asker::Firm((*other).clone(), theirs);
    let shown = base.store.attestations(&their_asker, NOW).await.unwrap();
    assert_eq!(shown.unwrap().past[0].by, By::Firm);
    assert_eq!(
        attested(&base, &their_asker, id).await,
        attested(&base, &asker, id).await
    );
    let across = Asker::Firm((*other).clone(), client);
    assert_eq!(base.store.issue(&across, NOW).await.unwrap(), None);
    assert_eq!(base.store.attestations(&across, NOW).await.unwrap(), None);
    assert_eq!(base.store.attested(&across, id).await.unwrap(), None);
    // Of one's own other client neither.
    let own = base
        .client(&editor, EMPLOYER, &good_self_employed(), &ON, NOW)
        .await;
    let beside = Asker::Firm((*editor).clone(), own);
    assert_eq!(base.store.attested(&beside, id).await.unwrap(), None);
    change(2, &["DPAE"]).await;
    assert_eq!(base.store.attested(&asker, id).await.unwrap(), None);
    change(3, &ON).await;
    let ended = base.store.terminate(&fresh(&editor), client, NOW).await;
    ended.unwrap().unwrap();
    assert_eq!(issue(&base, &asker, NOW).await, Issued::NoService);
    assert_eq!(base.store.attested(&asker, id).await.unwrap(), None);
}

/// Fear: somebody who owes gets one, or a refusal leaves something behind.
async fn refused_with_a_reason(base: Base) {
    let editor = base.with_accounts().await;
    let debtor = base
        .client(&editor, EMPLOYER, &good_self_employed(), &ON, NOW)
        .await;
    let asker = asker(&editor, debtor);
    let before = base.number("SELECT COUNT(*) FROM journal").await;
    assert_eq!(
        issue(&base, &asker, NOW).await,
        Issued::Refused(Refused::NotInOrder)
    );
    assert_eq!(base.number("SELECT COUNT(*) FROM journal").await, before);
    assert_eq!(base.number("SELECT COUNT(*) FROM attestation").await, 0);
}

/// Fear: a code confirms another paper, or more than the paper says; or somebody tries codes for ever, here besides those of
/// certificates.
async fn a_code_confirms_its_paper(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let asker = asker(&editor, client);
    let id = done(&base, &asker, NOW).await;
    let paper = attested(&base, &asker, id).await;
    let known = check(&base.store, &paper.code, NOW).await.unwrap();
    assert_eq!(known.content, paper.content);
    assert_eq!(known.issued, paper.issued);
    // It is confirmed for ever, with the day of its end.
    let later = check(&base.store, &paper.code, NOW.plus(400 * DAY)).await;
    assert_eq!(later.unwrap().until(), last_day(Day::of(NOW)));
    let none = SecurityCode::from_random([7; SecurityCode::RANDOM]);
    let from = Origin(Some([192, 0, 2, 9].into()));
    for _ in 0..60 {
        let tried = base.store.check(&none, from, NOW).await.unwrap();
        assert_eq!(tried, Checked::Unknown);
    }
    let tried = base.store.check(&paper.code, from, NOW).await.unwrap();
    assert!(matches!(tried, Checked::Paused { .. }), "{tried:?}");
    let codes = "SELECT COUNT(*) FROM attestation WHERE length(code) = 32";
    assert_eq!(base.number(codes).await, 1);
}

/// Fear: once the instance's key is replaced no paper of before is confirmed, or only while the old key is kept.
async fn codes_outlive_their_key(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let asker = asker(&editor, client);
    let id = done(&base, &asker, NOW).await;
    let paper = attested(&base, &asker, id).await;
    let both = format!("{},{}", "5c".repeat(32), "5a".repeat(32));
    let store = Store::open(&base.url, Key::from_hex(&both).unwrap())
        .await
        .unwrap();
    assert!(store.take_over_key(NOW).await.unwrap());
    assert!(check(&store, &paper.code, NOW).await.is_some());
    store.rotate_vault(NOW, |_| ()).await.unwrap();
    let new = Key::from_hex(&"5c".repeat(32)).unwrap();
    let new = Store::open(&base.url, new).await.unwrap();
    assert!(check(&new, &paper.code, NOW).await.is_some());
    assert!(Store::open(&base.url, key()).await.is_err());
}

/// Fear: a client gets no paper of its own accounts, or one of others'; who of a firm fetched one is told.
async fn of_ones_own(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let me = base.own_client("toni@x.fr", &["RG:732829320"]).await;
    let other = base.own_client("zoe@x.fr", &["TI:732829320"]).await;
    let own = Asker::Holder(me.clone(), "RG:732829320".parse().unwrap());
    let id = done(&base, &own, NOW).await;
    let paper = base.store.own_attested(&me, id).await.unwrap().unwrap();
    assert_eq!(paper.content.sirets.len(), 2);
    assert!(check(&base.store, &paper.code, NOW).await.is_some());
    assert_eq!(base.store.own_attested(&other, id).await.unwrap(), None);
    let across = Asker::Holder(other.clone(), "RG:732829320".parse().unwrap());
    assert_eq!(base.store.issue(&across, NOW).await.unwrap(), None);
    assert_eq!(base.store.attestations(&across, NOW).await.unwrap(), None);
    // The firm sees that the holder fetched it, and takes the same paper that day.
    let asker = asker(&editor, client);
    let shown = base.store.attestations(&asker, NOW).await.unwrap().unwrap();
    assert_eq!(shown.past[0].by, By::Holder);
    assert_eq!(done(&base, &asker, NOW.plus(60)).await, id);
    let next = done(&base, &asker, NOW.plus(DAY)).await;
    let mine = base.store.attestations(&own, NOW).await.unwrap().unwrap();
    let by: Vec<_> = mine.past.iter().map(|past| (past.id, &past.by)).collect();
    assert_eq!(by, [(next, &By::Firm), (id, &By::Holder)]);
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

async fn all(base: &Base, editor: &Editor) -> Vec<Dealt> {
    let scope = session(editor.firm, editor.member, Role::Collaborator);
    let scope = scope.fresh((**editor).clone(), NOW).unwrap();
    let mut all = Vec::new();
    match base.store.issue_selected(&scope, NOW).await.unwrap() {
        Gathered::Pieces(mut pieces) => loop {
            let some = pieces.next().await.unwrap();
            if some.is_empty() {
                return all;
            }
            all.extend(some);
        },
        Gathered::Nobody => Vec::new(),
        Gathered::TooMany => panic!("too many"),
    }
}

/// Fear: of a selection somebody is left out without a word, or gets a paper against the rules.
async fn of_a_whole_selection(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    assert_eq!(all(&base, &editor).await, []);
    let debtor = base
        .client(&editor, EMPLOYER, &good_self_employed(), &ON, NOW)
        .await;
    let without = base
        .client(
            &editor,
            crate::base::MANAGER,
            &crate::base::manager("253072A07300443"),
            &[],
            NOW,
        )
        .await;
    let picks = [Pick::Ticks {
        on: [client, debtor, without].into(),
        off: BTreeSet::new(),
    }];
    base.store.pick(&editor, &picks, NOW).await.unwrap();
    let dealt = all(&base, &editor).await;
    let told: Vec<_> = dealt
        .iter()
        .map(|dealt| (&*dealt.name, dealt.outcome.as_ref().map(|paper| paper.id)))
        .collect();
    let first = done(&base, &asker(&editor, client), NOW).await;
    assert_eq!(
        told,
        [
            ("Boulangerie Émile", Ok(first)),
            ("Émile Œuf", Err(&Left::Refused(Refused::NotInOrder))),
            ("Gérard Manet", Err(&Left::NoService)),
        ]
    );
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Messages that were written, and how often each of these words stands in one of them.
async fn written(base: &Base, now: Timestamp) -> Vec<(String, String)> {
    let mut written = Vec::new();
    while let Some(claimed) = base.store.claim(now).await.unwrap() {
        let message = claimed.message.clone();
        written.push((message.to.to_string(), message.text));
        base.store.sent(&claimed, now).await.unwrap();
    }
    written
}

async fn remind(base: &Base, now: Timestamp) -> u64 {
    let link = |client: Option<EnrolmentId>| {
        client.map_or("https://p.example".to_owned(), |id| {
            format!("https://p.example/{id}")
        })
    };
    base.store.remind_of_attestations(link, now).await.unwrap()
}

/// Fear: somebody is reminded too early, twice, of a paper that was followed by another, or without having asked for it; or a firm
/// with many clients gets as many messages.
async fn reminded_once(base: Base) {
    base.import(file(&ACCOUNTS)).await.unwrap();
    let firm = base.store.add_firm("Cabinet Dupont", NOW).await.unwrap();
    let editor = base.colleague(firm, "dupont.fr", "claire").await;
    let client = base
        .client(&editor, EMPLOYER, &good_employer(), &ON, NOW)
        .await;
    let auto = crate::base::manager("253072A07300443");
    let quiet = base
        .client(
            &editor,
            crate::base::MANAGER,
            &auto,
            &["ATT_VIGILANCE"],
            NOW,
        )
        .await;
    done(&base, &asker(&editor, client), NOW).await;
    let refused = issue(&base, &asker(&editor, quiet), NOW).await;
    assert_eq!(refused, Issued::Refused(Refused::Closed));
    let until = last_day(Day::of(NOW));
    let days = Day::of(NOW).days_until(until);
    let early = NOW.plus((days - 31) * DAY);
    assert_eq!(remind(&base, early).await, 0);
    let due = NOW.plus((days - 30) * DAY);
    assert_eq!(remind(&base, due).await, 1);
    let sent = written(&base, due).await;
    let [(to, text)] = &sent[..] else {
        panic!("{sent:?}")
    };
    assert_eq!(to, "claire@dupont.fr");
    assert!(text.contains("Boulangerie Émile") && text.contains(&until.long()));
    assert!(text.contains(&format!("https://p.example/{client}")));
    assert_eq!(remind(&base, due.plus(DAY)).await, 0);
    // The next paper has a reminder of its own, and the one before it none.
    done(&base, &asker(&editor, client), due).await;
    assert_eq!(remind(&base, NOW.plus((days - 1) * DAY)).await, 0);
    let again = due.plus(160 * DAY);
    assert_eq!(remind(&base, again).await, 1);
    assert_eq!(written(&base, again).await.len(), 1);
}

/// Fear: the calendar shows another firm's clients, or a paper that a later one has followed.
async fn ends_for_the_calendar(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let other = base.firm("Cabinet Martin").await;
    done(&base, &asker(&editor, client), NOW).await;
    let later = NOW.plus(40 * DAY);
    done(&base, &asker(&editor, client), later).await;
    let today = later.plus(DAY);
    let asked = AgendaQuery::default();
    let page = base.store.by_client(&editor, &asked, today).await.unwrap();
    let [of] = &page.clients[..] else {
        panic!("{page:?}")
    };
    assert_eq!((of.id, &*of.name), (client, "Boulangerie Émile"));
    let until = last_day(Day::of(later));
    assert_eq!(of.ends, [(Dated::Attestation, until)]);
    let near = later.plus(150 * DAY);
    let weeks = AgendaQuery {
        from: Some(until),
        ..asked
    };
    let agenda = base.store.agenda(&editor, &weeks, near).await.unwrap();
    let ends: Vec<_> = agenda
        .weeks
        .iter()
        .flat_map(|week| &week.days)
        .flat_map(|day| &day.dated)
        .map(|dated| (dated.day, dated.what, dated.count, &*dated.named[0].name))
        .collect();
    assert_eq!(ends, [(until, Dated::Attestation, 1, "Boulangerie Émile")]);
    let theirs = base.store.agenda(&other, &weeks, near).await.unwrap();
    let mut days = theirs.weeks.iter().flat_map(|week| &week.days);
    assert!(days.all(|day| day.dated.is_empty()));
}

/// Fear: those who run the portal do not hear that a paper is lost.
async fn planted_faults(base: Base) {
    let (editor, client) = one(&base, &ON).await;
    let id = done(&base, &asker(&editor, client), NOW).await.0;
    let literal = base.literal(id);
    let hash = if base.url.starts_with("sqlite:") {
        "X'00'"
    } else {
        "'\\x00'"
    };
    for (sql, what) in [
        (
            "UPDATE attestation SET good_until = 'toujours' WHERE id = {id}",
            "a day of an attestation is none",
        ),
        (
            "UPDATE attestation SET member_id = {id} WHERE id = {id}",
            "an attestation was fetched by nobody of its firm",
        ),
        (
            "UPDATE attestation SET code = {hash} WHERE id = {id}",
            "an attestation is not found by the code that stands on it",
        ),
        (
            "UPDATE attestation SET good_until = '2020-01-01' WHERE id = {id}",
            "an attestation ends before it begins",
        ),
        (
            "DELETE FROM sealed WHERE owner = {id}",
            "of an attestation nobody knows what it says",
        ),
        ("DELETE FROM attestation WHERE id = {id}", ""),
    ] {
        let sql = sql.replace("{id}", &literal).replace("{hash}", hash);
        base.plant(&sql).await;
        let faults = base.store.faults().await.unwrap().faults;
        if what.is_empty() {
            assert_eq!(faults, []);
        } else {
            assert!(faults.contains(&Fault { what, id }), "{sql}: {faults:?}");
        }
    }
    let second = done(&base, &asker(&editor, client), NOW).await.0;
    let literal = base.literal(second);
    base.plant(&format!("DELETE FROM attestation WHERE id = {literal}"))
        .await;
    let what = "what an attestation says is kept, and the attestation is not there";
    let faults = base.store.faults().await.unwrap().faults;
    assert!(faults.contains(&Fault { what, id: second }), "{faults:?}");
}
