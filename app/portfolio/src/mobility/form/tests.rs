//! The steps together.

use super::*;
use crate::{
    form::Form,
    mobility::{
        country::{Country, Zone, all},
        day::{Day, Period},
        decision::{Outcome, decide},
        question::{self, Question},
        situation::{Earlier, Nationality, Posting, Situation, Status},
    },
    problem::Field,
};
use proptest::prelude::*;

fn today() -> Day {
    Day::parse("24/11/2026").unwrap()
}

fn mission() -> MissionForm {
    MissionForm {
        country: "DE".into(),
        start: "01/01/2027".into(),
        end: "31/12/2027".into(),
        status_abroad: "salarie".into(),
        activity: "Montage d’une machine".into(),
        host_name: "Muster GmbH".into(),
        host_street: "Hauptstraße 1".into(),
        host_town: "Köln".into(),
        lodging: "sur-place".into(),
        ..MissionForm::default()
    }
}

fn several() -> SeveralForm {
    SeveralForm {
        status: "salarie".into(),
        share: "60".into(),
        country_1: "DE".into(),
        share_1: "40".into(),
        status_1: "salarie".into(),
        criterion: "temps".into(),
        start: "01/01/2027".into(),
        end: "31/12/2027".into(),
        residence: "FR".into(),
        employers: "un-pays".into(),
        seat: "FR".into(),
        foreign_benefit: "non".into(),
        ..SeveralForm::default()
    }
}

/// The problem of the one field that has any.
fn only<F: Form>(form: &F) -> (F::Field, Problem)
where
    F::Draft: std::fmt::Debug,
{
    let problems = form.check().unwrap_err();
    let found: Vec<_> = problems.iter().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    (found[0].0, found[0].1.clone())
}

fn rule(problem: &Problem) -> Option<Rule> {
    match problem {
        Problem::Mobility(reason) => Some(reason.rule),
        _ => None,
    }
}

/// Fear: bad input is told on another field than the one to change, or by somebody else's sentence.
#[test]
fn a_mission_is_refused_where_it_is_wrong() {
    assert!(mission().check().is_ok());
    let change = |change: fn(&mut MissionForm)| {
        let mut form = mission();
        change(&mut form);
        only(&form)
    };
    let france = change(|form| form.country = "France".into());
    assert_eq!(france, (MissionField::Country, Problem::InFrance));
    let territory = change(|form| form.country = "GP".into());
    assert_eq!(territory, (MissionField::Country, Problem::FrenchTerritory));
    let nowhere = change(|form| form.country = "Corée".into());
    assert_eq!(nowhere, (MissionField::Country, Problem::NoSuchCountry));
    let impossible = change(|form| form.start = "31/04/2027".into());
    assert_eq!(impossible, (MissionField::Start, Problem::NoSuchDay));
    let (field, problem) = change(|form| form.end = "31/12/2026".into());
    assert_eq!(
        (field, rule(&problem)),
        (MissionField::End, Some(Rule::EndBeforeStart))
    );
    let endless = change(|form| form.end = String::new());
    assert_eq!(endless, (MissionField::End, Problem::Missing));
    let mut unknown = mission();
    unknown.end_unknown = "oui".into();
    assert_eq!(unknown.check().unwrap().end, None);
}

/// Fear: a company outside the Union cannot be reached, or one inside is asked for what it need not give.
#[test]
fn hosts_outside_the_union() {
    let mut form = mission();
    form.country = "CH".into();
    let problems = form.check().unwrap_err();
    let told: Vec<_> = problems.iter().map(|(f, p)| (f, p.clone())).collect();
    let wanted = [
        (MissionField::HostNumber, Problem::Missing),
        (MissionField::HostEmail, Problem::NoContact),
    ];
    assert_eq!(told, wanted);
    form.host_number = "CHE-123.456.789".into();
    form.host_phone = "+41 44 123 45 67".into();
    assert!(form.check().is_ok());
    form.host_email = "x".into();
    assert_eq!(only(&form), (MissionField::HostEmail, Problem::NotEmail));
}

/// Fear: a page of conditions asks too much, or passes with a question unanswered.
#[test]
fn conditions_are_those_that_are_asked() {
    let mut form = ConditionsForm {
        asked: "affiliated,substantial,inconnu".into(),
        affiliated: "oui".into(),
        ..ConditionsForm::default()
    };
    assert_eq!(
        only(&form),
        (ConditionsField::Substantial, Problem::Missing)
    );
    form.substantial = "non".into();
    assert_eq!(
        only(&form),
        (ConditionsField::UsualCountry, Problem::Missing)
    );
    form.usual_country = "BE".into();
    let draft = form.check().unwrap();
    let mut posting = Posting::default();
    draft.apply(&mut posting);
    assert_eq!(
        (posting.affiliated, posting.substantial, posting.replaces),
        (Some(true), Some(false), None)
    );
    form.affiliated = "peut-être".into();
    assert_eq!(
        only(&form),
        (ConditionsField::Affiliated, Problem::NotOffered)
    );
    for field in ConditionsField::QUESTIONS {
        let question = field.question().unwrap();
        assert_eq!(ConditionsField::of_question(question), Some(field));
    }
    assert_eq!(ConditionsField::of_question(Question::Seat), None);
}

/// Fear: a row of countries is wrong without a word, or the word stands beside another row.
#[test]
fn several_states_are_refused_where_they_are_wrong() {
    use SeveralField::{Centre, Country1, Country2, Criterion, End, Seat, Share, Share1, Telework};
    let draft = several().check().unwrap();
    assert_eq!(draft.several.places.len(), 1);
    let change = |change: fn(&mut SeveralForm)| {
        let mut form = several();
        change(&mut form);
        let (field, problem) = only(&form);
        (field, rule(&problem).ok_or(problem))
    };
    let second = |country: &str| {
        let mut form = several();
        form.country_2 = country.into();
        form.share = "50".into();
        form.share_2 = "10".into();
        form.status_2 = "salarie".into();
        form
    };
    assert!(second("BE").check().is_ok());
    let told = |form: &SeveralForm| {
        let (field, problem) = only(form);
        (field, rule(&problem).ok_or(problem))
    };
    assert_eq!(
        told(&second("Allemagne")),
        (Country2, Ok(Rule::CountryTwice))
    );
    assert_eq!(
        told(&second("US")),
        (Country2, Ok(Rule::SeveralOutsideEurope))
    );
    assert_eq!(told(&second("FR")), (Country2, Err(Problem::InFrance)));
    assert_eq!(
        told(&second("MQ")),
        (Country2, Err(Problem::FrenchTerritory))
    );
    assert_eq!(told(&second("")), (Country2, Err(Problem::Missing)));
    let none = change(|form| {
        form.country_1.clear();
        form.share_1.clear();
        form.status_1.clear();
    });
    assert_eq!(none, (Country1, Err(Problem::Missing)));
    assert_eq!(
        change(|form| form.share_1 = "41".into()),
        (Share, Ok(Rule::SharesTotal))
    );
    assert_eq!(
        change(|form| form.share_1 = "quarante".into()),
        (Share1, Err(Problem::NotPercentage))
    );
    assert_eq!(
        change(|form| form.end = "31/12/2026".into()),
        (End, Ok(Rule::EndBeforeStart))
    );
    assert_eq!(
        change(|form| form.criterion = "chiffre-affaires".into()),
        (Criterion, Err(Problem::UnsuitedCriterion))
    );
    assert_eq!(
        change(|form| form.seat.clear()),
        (Seat, Err(Problem::Missing))
    );
    assert_eq!(
        change(|form| form.seat = "LU".into()),
        (Telework, Err(Problem::Missing))
    );
    let alone = change(|form| {
        form.status = "independant".into();
        form.status_1 = "independant".into();
        form.share = "10".into();
        form.share_1 = "90".into();
    });
    assert_eq!(alone, (Centre, Err(Problem::Missing)));
}

/// Fear: the steps together do not make a situation that can be decided, or somebody's other mission is told on no field.
#[test]
fn from_the_steps_to_a_decision() {
    let mut posting = Posting {
        status: Some(Status::Employee),
        nationality: Some(Nationality::Of(Country::of("FR").unwrap())),
        ..Posting::default()
    };
    mission().check().unwrap().apply(&mut posting);
    let missing = question::missing(&Situation::Posting(posting.clone()));
    let names: Vec<_> = missing
        .iter()
        .map(|question| ConditionsField::of_question(*question).unwrap().name())
        .collect();
    let conditions = ConditionsForm {
        asked: names.join(","),
        affiliated: "oui".into(),
        substantial: "oui".into(),
        replaces: "non".into(),
        host_pay: "non".into(),
        host_dismiss: "non".into(),
        host_sanction: "non".into(),
        host_contract: "non".into(),
        ..ConditionsForm::default()
    };
    conditions.check().unwrap().apply(&mut posting);
    let situation = Situation::Posting(posting);
    let decision = decide(&situation, &[], today());
    assert_eq!(decision.outcome(), Outcome::Granted);
    assert_eq!(refused(&decision, MissionField::of_rule), None);
    let other = Earlier {
        countries: vec![Country::of("ES").unwrap()],
        period: Period {
            start: Day::parse("01/06/2027").unwrap(),
            end: Day::parse("30/06/2027").unwrap(),
        },
        several: false,
    };
    let decision = decide(&situation, &[other], today());
    let problems = refused(&decision, MissionField::of_rule).unwrap();
    let problem = problems.of(MissionField::Start).unwrap();
    assert_eq!(rule(problem), Some(Rule::AlreadyAbroad));
    let said = crate::wording::sentence(MissionField::Start, problem);
    assert!(said.contains("Espagne") && said.contains("juin"), "{said}");
}

/// Fear: a refusal of the rules is told nowhere, since no field is named for it.
#[test]
fn every_refusal_has_a_field() {
    let refusals = Rule::ALL
        .iter()
        .filter(|rule| rule.effect() == Effect::Refusal);
    for rule in refusals {
        let posting =
            MissionField::of_rule(*rule).is_some() || ConditionsField::of_rule(*rule).is_some();
        let several = SeveralField::of_rule(*rule).is_some();
        assert!(posting || several, "{rule:?}");
    }
}

/// Fear: a country can be chosen in one list and is refused by the other page, or the reverse.
#[test]
fn countries_of_both_journeys() {
    for country in all() {
        let mut form = mission();
        form.country = country.code().into();
        form.host_number = "1".into();
        form.host_phone = "0123456789".into();
        let abroad = country.zone() != Zone::France;
        assert_eq!(form.check().is_ok(), abroad, "{country:?}");
        let mut form = several();
        form.country_1 = country.code().into();
        let european = country.zone() == Zone::Europe;
        assert_eq!(form.check().is_ok(), european, "{country:?}");
    }
}

/// Fear: an empty step passes, or a field has no words of its own.
#[test]
fn empty_steps() {
    fn all_missing<F: Form>(count: usize)
    where
        F::Draft: std::fmt::Debug,
    {
        let problems = F::default().check().unwrap_err();
        assert_eq!(problems.iter().count(), count);
        for (field, problem) in problems.iter() {
            assert_eq!(problem, &Problem::Missing, "{field:?}");
            let said = crate::wording::sentence(field, problem);
            assert!(said.ends_with('.') && !said.contains('\''), "{said}");
            assert!(!said.contains(" %") && !said.contains(" :"), "{said}");
        }
    }
    all_missing::<JourneyForm>(2);
    all_missing::<BusinessForm>(5);
    all_missing::<MissionForm>(9);
    all_missing::<SeveralForm>(8);
    all_missing::<AgreementForm>(3);
    all_missing::<DependantForm>(4);
    all_missing::<ContactForm>(4);
    all_missing::<SummaryForm>(1);
}

proptest! {
    /// Fear: some text stops the portal instead of being refused.
    #[test]
    fn any_text(text in ".{0,60}") {
        let _ = MissionForm { country: text.clone(), start: text.clone(), host_phone: text.clone(), ..mission() }.check();
        let _ = SeveralForm { country_1: text.clone(), share_1: text.clone(), comment: text.clone(), ..several() }.check();
        let _ = WorkerForm { last_name: text.clone(), nir: text.clone(), postcode: text.clone(), ..WorkerForm::default() }.check();
        let _ = ContactForm { email: text.clone(), phone: text, ..ContactForm::default() }.check();
    }
}
