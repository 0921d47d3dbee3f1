//! Requests to work abroad: of the firm, of the body, and a code that anybody verifies.

use crate::base::{Base, EMPLOYER, NOW, fresh, good_employer, session};
use portfolio::{
    form::Form as _,
    ids::{EnrolmentId, MobilityId, OfficerId},
    mobility::{
        code::VerificationCode,
        country::Country,
        day::{Day, Period},
        decision::Certificate,
        form::{
            BusinessForm, ConditionsForm, ContactForm, DependantForm, Journey, JourneyForm,
            MissionForm, Of, WorkerForm,
        },
        life::{Happened, State},
        request::{Request, StepForm, fill},
        search::MobilitySearch,
    },
    origin::Origin,
    permission::{Editor, Officer, Role},
    ports::{
        Bench as _, Change, CodeTried, Mobility as _, QueueWanted, REVEALED, Ruling, Started,
        Stepped, Submitted, Verification as _, Verified,
    },
};

crate::contract! {
    granted_at_once, examined_and_decided, asked_and_answered, one_person_one_place, one_person_under_two_keys, drafts_come_and_go,
    nothing_of_another_firm, turned_into_the_other_kind, people_are_known_again, found_again, only_with_the_service
}

/// What a code confirms.
async fn known(base: &Base, code: &VerificationCode) -> Option<Verified> {
    let from = Origin(Some([192, 0, 2, 7].into()));
    match base.store.verify(code, from, NOW).await.unwrap() {
        CodeTried::Known(found) => Some(*found),
        CodeTried::Unknown => None,
        CodeTried::Paused { until } => panic!("paused until {until:?}"),
    }
}

/// The first member of a firm and a client that has the service.
pub async fn one(base: &Base) -> (Editor, EnrolmentId) {
    let editor = base.with_accounts().await;
    let on = ["MOBILITE_INTERNATIONALE"];
    let id = base
        .client(&editor, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    (editor, id)
}

pub fn officer() -> Officer {
    Officer::of_session(OfficerId(uuid::Uuid::from_u128(7)), Origin::default())
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn worker() -> WorkerForm {
    WorkerForm {
        last_name: "D’Ormesson".into(),
        first_names: "Zoé Anne".into(),
        nir: "255081416802538".into(),
        nationality: "FR".into(),
        birth_date: "14/08/1955".into(),
        birth_country: "FR".into(),
        birth_place: "Caen".into(),
        street: "1 rue de la Paix".into(),
        postcode: "14000".into(),
        town: "Caen".into(),
        country: "FR".into(),
        ..WorkerForm::default()
    }
}

pub fn mission(country: &str, start: &str, end: &str) -> MissionForm {
    MissionForm {
        country: country.into(),
        start: start.into(),
        end: end.into(),
        status_abroad: "salarie".into(),
        activity: "Conseil".into(),
        host_name: "ACME".into(),
        host_number: "1234".into(),
        host_email: "a@acme.example".into(),
        host_street: "1 Hauptstraße".into(),
        host_town: "Berlin".into(),
        lodging: "sur-place".into(),
        ..MissionForm::default()
    }
}

fn conditions(affiliated: &str) -> ConditionsForm {
    let no = || "non".to_owned();
    ConditionsForm {
        asked: "affiliated,substantial,replaces,host_pay,host_dismiss,host_sanction,host_contract"
            .into(),
        affiliated: affiliated.into(),
        substantial: "oui".into(),
        replaces: no(),
        host_pay: no(),
        host_dismiss: no(),
        host_sanction: no(),
        host_contract: no(),
        ..ConditionsForm::default()
    }
}

pub async fn request(base: &Base, editor: &Editor, id: MobilityId) -> Request {
    let found = base.store.request(editor, id, NOW).await.unwrap();
    found.unwrap()
}

pub async fn of(base: &Base, editor: &Editor, id: MobilityId) -> Of {
    Of {
        request: Some(id),
        version: request(base, editor, id).await.version,
    }
}

/// A form with the request and the version put in, as its page would send it.
fn sent<F: StepForm>(form: &F, of: Of) -> F {
    let mut value = serde_json::to_value(form).unwrap();
    value["request"] = of.request.unwrap().to_string().into();
    value["version"] = of.version.to_string().into();
    serde_json::from_value(value).unwrap()
}

pub async fn keep<F: StepForm>(base: &Base, editor: &Editor, id: MobilityId, form: &F) -> Stepped {
    let form = sent(form, of(base, editor, id).await);
    let (filled, _) = fill(&form).unwrap();
    let kept = base.store.keep_step(editor, &filled, NOW).await.unwrap();
    kept.unwrap()
}

pub async fn begin(base: &Base, editor: &Editor, client: EnrolmentId) -> Started {
    let form = JourneyForm {
        of: client.to_string(),
        journey: "detachement".into(),
        status: "salarie".into(),
        worker: String::new(),
    };
    let draft = form.check().unwrap();
    let begun = base.store.begin_request(editor, &draft, NOW).await.unwrap();
    begun.unwrap()
}

/// A draft of a posting with every step filled in.
pub async fn whole(
    base: &Base,
    editor: &Editor,
    client: EnrolmentId,
    mission: &MissionForm,
    affiliated: &str,
) -> MobilityId {
    let Started::Draft(id) = begin(base, editor, client).await else {
        panic!("not begun");
    };
    assert_eq!(keep(base, editor, id, &worker()).await, Stepped::Done);
    let business = BusinessForm {
        name: "Boulangerie Émile".into(),
        street: "1 rue".into(),
        postcode: "75002".into(),
        town: "Paris".into(),
        activity: "Boulangerie".into(),
        ..BusinessForm::default()
    };
    keep(base, editor, id, &business).await;
    keep(base, editor, id, mission).await;
    keep(base, editor, id, &conditions(affiliated)).await;
    let contact = ContactForm {
        last_name: "Martin".into(),
        first_name: "Claire".into(),
        email: "claire@dupont.fr".into(),
        phone: "0123456789".into(),
        ..ContactForm::default()
    };
    keep(base, editor, id, &contact).await;
    id
}

pub async fn submit(base: &Base, editor: &Editor, id: MobilityId) -> Submitted {
    let of = of(base, editor, id).await;
    base.store.submit(editor, of, NOW).await.unwrap().unwrap()
}

/// A request that the body examines.
pub async fn examined(base: &Base, editor: &Editor, client: EnrolmentId) -> MobilityId {
    let id = whole(base, editor, client, &germany(), "non").await;
    let sent = submit(base, editor, id).await;
    assert_eq!(sent, Submitted::Done(State::Examination));
    id
}

/// The version that a request is at.
pub async fn version(base: &Base, editor: &Editor, id: MobilityId) -> i32 {
    request(base, editor, id).await.version
}

pub fn germany() -> MissionForm {
    mission("DE", "01/01/2027", "30/06/2027")
}

/// Fear: a plain request waits for somebody, its certificate has other days, or what happened is not written down.
async fn granted_at_once(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Granted)
    );
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::NotNow(State::Granted)
    );
    let found = request(&base, &editor, id).await;
    let certified = found.certificate.clone().unwrap();
    let days = Period {
        start: day("01/01/2027"),
        end: day("30/06/2027"),
    };
    assert_eq!((certified.kind, certified.period), (Certificate::A1, days));
    assert!(certified.automatic && certified.number.starts_with("2026-"));
    let told: Vec<_> = found.history.iter().map(|event| &event.what).collect();
    let expected = [
        &Happened::Granted { by: None },
        &Happened::Submitted,
        &Happened::Begun,
    ];
    assert_eq!(told, expected);
    let verified = known(&base, &certified.code).await.unwrap();
    assert_eq!(verified.who, "Z. A. D’Ormesson");
    assert_eq!((verified.state, verified.ended_at), (State::Granted, None));
    let other = VerificationCode::from_random([3; 20]);
    assert_eq!(known(&base, &other).await, None);
    // Back early, on a day that the certificate covers.
    let act = |last_day| Change::EndEarly(day(last_day), "Rentrée".into());
    let at = of(&base, &editor, id).await;
    for wrong in ["31/12/2026", "30/06/2027", "01/07/2027"] {
        let acted = base
            .store
            .act_on_request(&editor, at, &act(wrong), NOW)
            .await;
        assert_eq!(acted.unwrap(), Some(Stepped::NotCovered(days)));
    }
    let acted = base
        .store
        .act_on_request(&editor, at, &act("31/03/2027"), NOW)
        .await;
    assert_eq!(acted.unwrap(), Some(Stepped::Done));
    let verified = known(&base, &certified.code).await.unwrap();
    assert_eq!(
        (verified.state, verified.last_day, verified.period),
        (State::EndedEarly, Some(day("31/03/2027")), days)
    );
    let facts = base.store.certificate(&editor, id).await.unwrap().unwrap();
    assert_eq!(facts.last_day, Some(day("31/03/2027")));
    assert_eq!(
        base.number("SELECT COUNT(*) FROM journal WHERE topic = 'mobilite'")
            .await,
        4
    );
    assert!(matches!(
        base.store.verify_journal(None).await.unwrap(),
        store::Verified::Whole { .. }
    ));
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: a doubtful request is granted by itself, or an officer decides one twice or what somebody changed.
async fn examined_and_decided(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "non").await;
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Examination)
    );
    let wanted = QueueWanted {
        states: vec![State::Examination],
        country: Country::of("DE"),
        kind: Some(Journey::Posting),
        page: 1,
    };
    let queue = base.store.queue(&officer(), &wanted).await.unwrap();
    assert_eq!(
        (queue.total, queue.examination, queue.rows.len()),
        (1, 1, 1)
    );
    assert_eq!(queue.rows[0].firm, "Cabinet Dupont");
    let case = base.store.case(&officer(), id, NOW).await.unwrap().unwrap();
    assert!(case.request.decision.is_some() && case.others.is_empty());
    let at = of(&base, &editor, id).await;
    let stale = Of {
        version: at.version - 1,
        ..at
    };
    let days = Period {
        start: day("01/01/2027"),
        end: day("31/03/2027"),
    };
    // Less than was asked may be granted, more may not.
    let more = Period {
        end: day("31/12/2029"),
        ..days
    };
    let beyond = Ruling::Grant(Certificate::A1, more);
    let decided = base.store.decide(&officer(), at, &beyond, NOW).await;
    assert!(matches!(
        decided.unwrap(),
        Some(Stepped::NotCovered(asked)) if asked.end < more.end
    ));
    let none = QueueWanted {
        kind: Some(Journey::Several),
        ..wanted.clone()
    };
    assert_eq!(base.store.queue(&officer(), &none).await.unwrap().total, 0);
    let grant = Ruling::Grant(Certificate::A1, days);
    let decided = base
        .store
        .decide(&officer(), stale, &grant, NOW)
        .await
        .unwrap();
    assert_eq!(
        decided,
        Some(Stepped::Stale {
            version: at.version
        })
    );
    let decided = base
        .store
        .decide(&officer(), at, &grant, NOW)
        .await
        .unwrap();
    assert_eq!(decided, Some(Stepped::Done));
    let found = request(&base, &editor, id).await;
    let certified = found.certificate.unwrap();
    assert!(!certified.automatic);
    assert_eq!(certified.period, days);
    assert_eq!(found.history[0].by, None);
    let at = of(&base, &editor, id).await;
    let refuse = Ruling::Refuse("Non".into());
    let decided = base
        .store
        .decide(&officer(), at, &refuse, NOW)
        .await
        .unwrap();
    assert_eq!(decided, Some(Stepped::NotNow(State::Granted)));
    let acted = base
        .store
        .act_on_request(&editor, at, &Change::Withdraw("Annulée".into()), NOW)
        .await;
    assert_eq!(acted.unwrap(), Some(Stepped::Done));
    let verified = known(&base, &certified.code).await.unwrap();
    assert_eq!(
        (verified.state, verified.ended_at),
        (State::Withdrawn, Some(NOW))
    );
}

/// Fear: a question is lost, or its answer decides by itself.
async fn asked_and_answered(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "non").await;
    submit(&base, &editor, id).await;
    let at = of(&base, &editor, id).await;
    let ask = Ruling::Ask("Depuis quand ?".into());
    base.store.decide(&officer(), at, &ask, NOW).await.unwrap();
    let found = request(&base, &editor, id).await;
    assert_eq!(
        (found.state, found.question()),
        (State::Asked, Some("Depuis quand ?"))
    );
    let at = of(&base, &editor, id).await;
    let answer = Change::Answer("Depuis le 1er novembre.".into());
    base.store
        .act_on_request(&editor, at, &answer, NOW)
        .await
        .unwrap();
    let found = request(&base, &editor, id).await;
    assert_eq!((found.state, found.question()), (State::Examination, None));
    let at = of(&base, &editor, id).await;
    let refuse = Ruling::Refuse("Affiliation trop récente.".into());
    base.store
        .decide(&officer(), at, &refuse, NOW)
        .await
        .unwrap();
    let found = request(&base, &editor, id).await;
    assert_eq!(found.state, State::Refused);
    assert_eq!(found.history[0].what.words(), "Affiliation trop récente.");
    assert_eq!(base.store.certificate(&editor, id).await.unwrap(), None);
}

/// Fear: one person is in two places at once; or a firm learns that another one sends the same person.
async fn one_person_one_place(base: Base) {
    let (editor, client) = one(&base).await;
    let first = whole(&base, &editor, client, &germany(), "oui").await;
    submit(&base, &editor, first).await;
    let again = whole(
        &base,
        &editor,
        client,
        &mission("ES", "15/06/2027", "15/07/2027"),
        "oui",
    )
    .await;
    assert_eq!(request(&base, &editor, again).await.earlier.len(), 1);
    assert!(matches!(
        submit(&base, &editor, again).await,
        Submitted::Impossible(_)
    ));
    let other = base.firm("Cabinet Durand").await;
    let on = ["MOBILITE_INTERNATIONALE"];
    let theirs = base
        .client(&other, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    let third = whole(
        &base,
        &other,
        theirs,
        &mission("ES", "15/06/2027", "15/07/2027"),
        "oui",
    )
    .await;
    assert_eq!(request(&base, &other, third).await.earlier, []);
    assert_eq!(
        submit(&base, &other, third).await,
        Submitted::Done(State::Examination)
    );
    let case = base
        .store
        .case(&officer(), third, NOW)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(case.others.len(), 1);
    let told = serde_json::to_string(&request(&base, &other, third).await.decision).unwrap();
    assert!(!told.contains("deja-en-mission"), "{told}");
}

/// Fear: once the instance's key is replaced nobody is the person of before, who may then be in two places at once.
async fn one_person_under_two_keys(base: Base) {
    let (editor, client) = one(&base).await;
    let first = whole(&base, &editor, client, &germany(), "oui").await;
    submit(&base, &editor, first).await;
    let keys = format!("{},{}", "5c".repeat(32), "5a".repeat(32));
    let key = store::key::Key::from_hex(&keys).unwrap();
    let store = store::Store::open(&base.url, key).await.unwrap();
    assert!(store.take_over_key(NOW).await.unwrap());
    store.rotate_vault(NOW, |_| ()).await.unwrap();
    let base = Base {
        store,
        url: base.url.clone(),
        folder: base.folder.clone(),
    };
    let other = base.firm("Cabinet Durand").await;
    let on = ["MOBILITE_INTERNATIONALE"];
    let theirs = base
        .client(&other, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    let spain = mission("ES", "15/06/2027", "15/07/2027");
    let third = whole(&base, &other, theirs, &spain, "oui").await;
    submit(&base, &other, third).await;
    let case = base.store.case(&officer(), third, NOW).await.unwrap();
    assert_eq!(case.unwrap().others.len(), 1);
    // And the firm's own list has the person once.
    whole(&base, &editor, client, &spain, "oui").await;
    let people = base.store.workers(&editor, client).await.unwrap().unwrap();
    assert_eq!(people.workers.len(), 1);
}

/// Fear: a draft that was given up leaves somebody's number behind, or one of two who save at once overwrites the other.
async fn drafts_come_and_go(base: Base) {
    let (editor, client) = one(&base).await;
    let Started::Draft(id) = begin(&base, &editor, client).await else {
        panic!("not begun");
    };
    let known = WorkerForm {
        nir: String::new(),
        nir_known: "oui".into(),
        ..worker()
    };
    assert_eq!(keep(&base, &editor, id, &known).await, Stepped::NoNir);
    keep(&base, &editor, id, &worker()).await;
    assert_eq!(keep(&base, &editor, id, &known).await, Stepped::Done);
    let at = of(&base, &editor, id).await;
    let stale = sent(
        &germany(),
        Of {
            version: at.version - 1,
            ..at
        },
    );
    let (filled, _) = fill(&stale).unwrap();
    let kept = base.store.keep_step(&editor, &filled, NOW).await.unwrap();
    assert_eq!(
        kept,
        Some(Stepped::Stale {
            version: at.version
        })
    );
    let child = DependantForm {
        last_name: "D’Ormesson".into(),
        first_names: "Léo".into(),
        birth_date: "01/02/2015".into(),
        kinship: "enfant".into(),
        ..DependantForm::default()
    };
    for _ in 0..8 {
        assert_eq!(keep(&base, &editor, id, &child).await, Stepped::Done);
    }
    assert_eq!(keep(&base, &editor, id, &child).await, Stepped::TooMany);
    let at = of(&base, &editor, id).await;
    base.store
        .drop_dependant(&editor, at, 3, NOW)
        .await
        .unwrap();
    let found = request(&base, &editor, id).await;
    assert_eq!(found.answers.dependants.len(), 7);
    assert_eq!(submit(&base, &editor, id).await, Submitted::NotWhole);
    // Somebody else after all: the first one is forgotten.
    let other = WorkerForm {
        nir: "180127512345642".into(),
        ..worker()
    };
    keep(&base, &editor, id, &other).await;
    assert_eq!(base.number("SELECT COUNT(*) FROM worker").await, 1);
    let at = of(&base, &editor, id).await;
    base.store.discard(&editor, at, NOW).await.unwrap();
    assert_eq!(base.store.request(&editor, id, NOW).await.unwrap(), None);
    for table in ["worker", "mobility_request", "mobility_event"] {
        let left = base.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert_eq!(left, 0, "{table}");
    }
    let sealed = "SELECT COUNT(*) FROM sealed WHERE purpose = 'nir'";
    assert_eq!(base.number(sealed).await, 0);
}

/// Fear: another firm reads, changes or sends what is not its own; or an officer reads a draft.
async fn nothing_of_another_firm(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    let at = of(&base, &editor, id).await;
    let person = request(&base, &editor, id).await.worker.unwrap();
    assert_eq!(base.store.case(&officer(), id, NOW).await.unwrap(), None);
    let other = base.firm("Cabinet Durand").await;
    let store = &base.store;
    assert_eq!(store.request(&other, id, NOW).await.unwrap(), None);
    assert!(store.workers(&other, client).await.unwrap().is_none());
    assert_eq!(store.submit(&other, at, NOW).await.unwrap(), None);
    assert_eq!(store.discard(&other, at, NOW).await.unwrap(), None);
    assert!(
        store
            .reveal(&fresh(&other), person, NOW)
            .await
            .unwrap()
            .is_none()
    );
    let (filled, _) = fill(&sent(&germany(), at)).unwrap();
    assert_eq!(store.keep_step(&other, &filled, NOW).await.unwrap(), None);
    let search = MobilitySearch::default();
    assert_eq!(store.requests(&other, &search, NOW).await.unwrap().total, 0);
}

/// Fear: a draft that is turned is listed as before, loses what was answered, or one that was sent is turned.
async fn turned_into_the_other_kind(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    let turn = async |journey| {
        let of = of(&base, &editor, id).await;
        let done = base.store.turn(&editor, of, journey, NOW).await.unwrap();
        done.unwrap()
    };
    assert_eq!(turn(Journey::Several).await, Stepped::Done);
    let turned = request(&base, &editor, id).await;
    assert_eq!(turned.answers.journey, Journey::Several);
    assert_eq!(turned.answers.countries(), [Country::of("DE").unwrap()]);
    let search = MobilitySearch::default();
    let listed = base.store.requests(&editor, &search, NOW).await.unwrap();
    assert_eq!(listed.rows[0].journey, Journey::Several);
    let stale = Of {
        request: Some(id),
        version: turned.version - 1,
    };
    let late = base.store.turn(&editor, stale, Journey::Posting, NOW).await;
    assert!(matches!(late.unwrap(), Some(Stepped::Stale { .. })));
    assert_eq!(turn(Journey::Posting).await, Stepped::Done);
    let back = request(&base, &editor, id).await;
    assert_eq!(back.answers.mission.unwrap().host_name, "ACME");
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Granted)
    );
    assert_eq!(
        turn(Journey::Several).await,
        Stepped::NotNow(State::Granted)
    );
    let other = base.firm("Cabinet Autre").await;
    let of = of(&base, &editor, id).await;
    assert_eq!(
        base.store
            .turn(&other, of, Journey::Several, NOW)
            .await
            .unwrap(),
        None
    );
}

/// Fear: a person has to be typed again, the number is told unasked, or looking at it leaves no trace.
async fn people_are_known_again(base: Base) {
    let (editor, client) = one(&base).await;
    let id = whole(&base, &editor, client, &germany(), "oui").await;
    submit(&base, &editor, id).await;
    let people = base.store.workers(&editor, client).await.unwrap().unwrap();
    let [row] = &people.workers[..] else {
        panic!("{people:?}");
    };
    assert_eq!(row.requests.len(), 1);
    assert!(!serde_json::to_string(&people).unwrap().contains("2550814"));
    let form = JourneyForm {
        of: client.to_string(),
        journey: "detachement".into(),
        status: "salarie".into(),
        worker: row.worker.id.to_string(),
    };
    let begun = base
        .store
        .begin_request(&editor, &form.check().unwrap(), NOW)
        .await
        .unwrap();
    let Some(Started::Draft(again)) = begun else {
        panic!("{begun:?}");
    };
    let found = request(&base, &editor, again).await;
    assert_eq!(found.answers.who(), "Zoé Anne D’Ormesson");
    assert_eq!(found.nir.as_deref(), Some(&*row.worker.nir));
    let nir = base.store.reveal(&fresh(&editor), row.worker.id, NOW).await;
    assert_eq!(nir.unwrap().unwrap().expose(), "2550814168025");
    let revealed = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%NirRevealed%'";
    assert_eq!(base.number(revealed).await, 1);
    let seen = async |at| {
        base.store
            .person(&editor, row.worker.id, at)
            .await
            .unwrap()
            .unwrap()
    };
    let shown = seen(NOW).await.shown.unwrap();
    assert_eq!(shown.replace('\u{a0}', ""), "255081416802538");
    assert_eq!(seen(NOW.plus(301)).await.shown, None);
    let colleague = base.colleague(editor.firm, "Dupont", "Zoé").await;
    let seen = base
        .store
        .person(&colleague, row.worker.id, NOW)
        .await
        .unwrap();
    assert_eq!(seen.unwrap().shown, None);
    let seen = async |by: &Officer, now| base.store.case(by, id, now).await.unwrap();
    assert_eq!(seen(&officer(), NOW).await.unwrap().shown, None);
    let confirmed = session(editor.firm, editor.member, Role::Administrator);
    let fresh = confirmed.fresh(officer(), NOW).unwrap();
    let nir = base.store.reveal_to_officer(&fresh, id, NOW).await;
    assert!(nir.unwrap().is_some());
    let shown = seen(&officer(), NOW).await.unwrap().shown.unwrap();
    assert!(shown.starts_with("2\u{a0}55"), "{shown}");
    assert_eq!(
        seen(&officer(), NOW.plus(REVEALED)).await.unwrap().shown,
        None
    );
    let other = Officer::of_session(OfficerId(uuid::Uuid::from_u128(8)), Origin::default());
    assert_eq!(seen(&other, NOW).await.unwrap().shown, None);
    assert_eq!(base.number(revealed).await, 2);
    let plain = "SELECT COUNT(*) FROM mobility_request WHERE answers LIKE '%2550814%'";
    assert_eq!(base.number(plain).await, 0);
}

/// Fear: a filter leaves out what it should find, or counts people who are at home as abroad.
async fn found_again(base: Base) {
    let (editor, client) = one(&base).await;
    let now = mission("ES", "01/11/2026", "31/12/2026");
    let id = whole(&base, &editor, client, &now, "oui").await;
    assert_eq!(
        submit(&base, &editor, id).await,
        Submitted::Done(State::Granted)
    );
    let later = whole(&base, &editor, client, &germany(), "oui").await;
    let find =
        async |search: MobilitySearch| base.store.requests(&editor, &search, NOW).await.unwrap();
    let everything = find(MobilitySearch::default()).await;
    assert_eq!((everything.total, everything.ending), (2, 1));
    let abroad: Vec<_> = everything
        .abroad
        .iter()
        .map(|place| (place.country.code(), place.people))
        .collect();
    assert_eq!(abroad, [("ES", 1)]);
    let ids = async |query: &str| {
        let parts = portfolio::search::decode(query);
        let parts = parts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let (search, unread) = MobilitySearch::read(parts);
        assert!(!unread, "{query}");
        let rows = find(search).await.rows;
        let mut ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    let mut both = [id, later];
    both.sort();
    for (query, expected) in [
        ("etat=accordee", vec![id]),
        ("etat=brouillon", vec![later]),
        ("pays=DE", vec![later]),
        ("du=2027-01-15", vec![later]),
        ("au=2026-12-01", vec![id]),
        ("fin=1", vec![id]),
        ("q=ormesson+emile", both.to_vec()),
        ("q=personne", vec![]),
    ] {
        assert_eq!(ids(query).await, expected, "{query}");
    }
    let search = MobilitySearch::default();
    let exported = base
        .store
        .export_requests(&editor, &search, NOW)
        .await
        .unwrap();
    assert_eq!(exported.len(), 2);
}

/// Fear: a client without the service asks, or one that has left.
async fn only_with_the_service(base: Base) {
    let editor = base.with_accounts().await;
    let client = base
        .client(&editor, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    assert_eq!(begin(&base, &editor, client).await, Started::NoService);
}
