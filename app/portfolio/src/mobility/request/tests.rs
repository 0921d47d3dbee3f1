use super::*;
use crate::mobility::{decision::Outcome, form::JourneyForm};

fn today() -> Day {
    Day::parse("24/11/2026").unwrap()
}

fn begun(journey: &str, status: &str) -> Answers {
    let form = JourneyForm {
        journey: journey.into(),
        status: status.into(),
        ..JourneyForm::default()
    };
    Answers::begun(&form.check().unwrap())
}

fn worker() -> WorkerForm {
    WorkerForm {
        request: "x".into(),
        last_name: "Durand".into(),
        first_names: "Zoé".into(),
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

fn mission(country: &str) -> MissionForm {
    MissionForm {
        country: country.into(),
        start: "01/01/2027".into(),
        end: "30/06/2027".into(),
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

fn put<F: StepForm>(answers: &mut Answers, form: &F) {
    answers.put(fill(form).unwrap().0.part().clone());
}

/// Everything that a posting of an employee to Germany asks.
fn whole() -> Answers {
    let mut answers = begun("detachement", "salarie");
    put(&mut answers, &worker());
    let business = BusinessForm {
        name: "Boulangerie Émile".into(),
        street: "1 rue".into(),
        postcode: "75002".into(),
        town: "Paris".into(),
        activity: "Boulangerie".into(),
        ..BusinessForm::default()
    };
    put(&mut answers, &business);
    put(&mut answers, &mission("DE"));
    let conditions = ConditionsForm {
        asked: "affiliated,substantial,replaces,host_pay,host_dismiss,host_sanction,host_contract"
            .into(),
        affiliated: "oui".into(),
        substantial: "oui".into(),
        replaces: "non".into(),
        host_pay: "non".into(),
        host_dismiss: "non".into(),
        host_sanction: "non".into(),
        host_contract: "non".into(),
        ..ConditionsForm::default()
    };
    put(&mut answers, &conditions);
    let contact = ContactForm {
        last_name: "Martin".into(),
        first_name: "Claire".into(),
        email: "claire@dupont.fr".into(),
        phone: "0123456789".into(),
        ..ContactForm::default()
    };
    put(&mut answers, &contact);
    answers
}

/// Fear: a plain request is not granted at once, or one step too many or too few is asked.
#[test]
fn a_plain_posting() {
    let answers = whole();
    assert!(answers.is_whole());
    assert_eq!(answers.next_open(), Step::Summary);
    let decision = answers.decide(&[], today());
    assert_eq!(decision.outcome(), Outcome::Granted, "{decision:?}");
    assert_eq!(answers.who(), "Zoé Durand");
    let told = told(&answers);
    assert_eq!(told.len(), answers.steps().len() - 1);
    assert!(told.iter().all(|(_, lines)| !lines.is_empty()), "{told:?}");
}

/// Fear: the NIR, or the version that a page showed, is stored among the answers.
#[test]
fn what_is_kept() {
    let text = serde_json::to_string(&whole()).unwrap();
    assert!(
        !text.contains("2550814") && !text.contains("\"x\""),
        "{text}"
    );
    assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), whole());
}

/// Fear: a new country asks for no more than the old one did, and the request is sent with holes.
#[test]
fn another_country_asks_for_more() {
    let mut answers = whole();
    let mut elsewhere = mission("MA");
    elsewhere.request = "y".into();
    put(&mut answers, &elsewhere);
    assert_eq!(answers.next_open(), Step::Agreement);
    assert!(!answers.is_whole());
    assert!(answers.steps().contains(&Step::Dependants));
    put(&mut answers, &mission("CN"));
    assert!(!answers.steps().contains(&Step::Agreement) && answers.is_whole());
}

/// Fear: the conditions of an employee count as answered for somebody self-employed.
#[test]
fn conditions_are_asked_anew() {
    let mut answers = whole();
    answers.status = "independant".into();
    assert_eq!(answers.next_open(), Step::Conditions);
    assert_eq!(
        answers.conditions_asked(),
        [
            ConditionsField::Infrastructure,
            ConditionsField::Similar,
            ConditionsField::ActiveBefore
        ]
    );
}

/// Fear: a draft of the wrong kind has to be begun anew, or what was answered is lost when it is turned and turned back.
#[test]
fn turned_into_the_other_kind() {
    let mut answers = Answers::begun(&JourneyDraft {
        of: None,
        journey: Journey::Posting,
        status: Status::Employee,
        worker: None,
    });
    let mission = MissionForm {
        country: "Allemagne".into(),
        start: "01/03/2027".into(),
        end: "30/06/2027".into(),
        status_abroad: "salarie".into(),
        host_name: "ACME".into(),
        ..MissionForm::default()
    };
    answers.mission = Some(mission.clone());
    let days = answers.period();
    answers.turn(Journey::Several);
    assert_eq!(answers.countries(), [Country::of("DE").unwrap()]);
    assert_eq!(answers.period(), days);
    assert!(!answers.steps().contains(&Step::Mission) && !answers.is_done(Step::Several));
    answers.turn(Journey::Posting);
    assert_eq!(answers.mission, Some(mission.clone()));
    // Japan is no State of several: only the days go along.
    answers.several = None;
    answers.mission = Some(MissionForm {
        country: "Japon".into(),
        ..mission
    });
    answers.turn(Journey::Several);
    assert!(answers.countries().is_empty());
    let mut several = answers.clone();
    several.mission = None;
    several.turn(Journey::Posting);
    assert_eq!(several.period(), days);
}
