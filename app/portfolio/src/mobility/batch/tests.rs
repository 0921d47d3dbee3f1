use super::*;
use crate::{
    holder::Scheme,
    import::{Cell, FileFault, Flaw},
    mobility::{
        country::Country,
        day::Day,
        decision::{Certificate, Outcome},
        form::{BusinessForm, WorkerForm},
        request::Step,
        rule::Rule,
        situation::Earlier,
    },
    problem::Problem,
};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn today() -> Day {
    Day::new(2026, 11, 24).unwrap()
}

/// A line of the columns that a file cannot do without, and names.
const COLUMNS: [Column; 6] = [
    Column::LastName,
    Column::FirstNames,
    Column::Nir,
    Column::Country,
    Column::Start,
    Column::End,
];

fn cells(line: &str) -> Vec<Cell> {
    line.split('|').map(text).collect()
}

fn known(business: &BusinessForm) -> Known<'_> {
    Known {
        scheme: Scheme::RegimeGeneral,
        business,
        person: None,
        earlier: &[],
    }
}

fn judged(line: &str) -> Result<Judged, Why> {
    let business = BusinessForm::default();
    read(&COLUMNS, &cells(line))?.judge(known(&business), today())
}

const GOOD: &str = "Ormesson|Zoé|2 55 08 14 168 025 38|Allemagne|01/03/2027|30/06/2027";

/// Fear: a line that says who, where and when is refused for what the pages can still ask, or the engine is not asked.
#[test]
fn what_is_missing_is_left_to_the_pages() {
    let judged = judged(GOOD).ok().unwrap();
    assert_eq!(judged.decision.certificate, Some(Certificate::A1));
    assert_eq!(judged.decision.outcome(), Outcome::Incomplete);
    let missing = [
        Step::Worker,
        Step::Business,
        Step::Mission,
        Step::Conditions,
        Step::Contact,
    ];
    assert_eq!(judged.missing, missing);
    let answers = judged.draft.answers();
    assert_eq!(answers.who(), "Zoé Ormesson");
    assert_eq!(answers.countries(), [Country::of("DE").unwrap()]);
    let kept = serde_json::to_string(answers).unwrap();
    assert!(!kept.contains("2 55") && !kept.contains("25508"), "{kept}");
}

/// Fear: a wrong cell passes because others are missing, or the wrong column is blamed.
#[test]
fn what_is_wrong_is_told_at_its_column() {
    let field = |column, problem| Why::Fault(Fault::at(column)(Flaw::Field(problem)));
    for (place, typed, told) in [
        (0, "", field(Column::LastName, Problem::Missing)),
        (0, "R2D2", field(Column::LastName, Problem::NotPersonName)),
        (2, "", field(Column::Nir, Problem::Missing)),
        (
            2,
            "2,55E+14",
            Fault::at(Column::Nir)(Flaw::Scientific).into(),
        ),
        (3, "", field(Column::Country, Problem::Missing)),
        (
            3,
            "Atlantide",
            field(Column::Country, Problem::NoSuchCountry),
        ),
        (4, "31/02/2027", field(Column::Start, Problem::NoSuchDay)),
        (5, "", field(Column::End, Problem::Missing)),
        (
            5,
            "01/02/2027",
            field(Column::End, Problem::Mobility(Rule::EndBeforeStart.into())),
        ),
    ] {
        let mut parts: Vec<_> = GOOD.split('|').collect();
        parts[place] = typed;
        let found = judged(&parts.join("|")).err();
        assert_eq!(found, Some(told), "{place} {typed}");
    }
    for france in ["France", "Martinique"] {
        let found = judged(&GOOD.replace("Allemagne", france)).err();
        assert!(matches!(
            found,
            Some(Why::Fault(Fault {
                column: Column::Country,
                ..
            }))
        ));
    }
}

/// Fear: two lines of one person overlap, and both become drafts that cannot both be sent.
#[test]
fn an_earlier_request_stands_in_the_way() {
    let business = BusinessForm::default();
    let line = read(&COLUMNS, &cells(GOOD)).unwrap();
    let earlier = [line.as_earlier()];
    let again = line.judge(
        Known {
            earlier: &earlier,
            ..known(&business)
        },
        today(),
    );
    assert!(matches!(again.err(), Some(Why::Rule(reason)) if reason.rule == Rule::AlreadyAbroad));
    let none: [Earlier; 0] = [];
    assert!(
        line.judge(
            Known {
                earlier: &none,
                ..known(&business)
            },
            today()
        )
        .is_ok()
    );
}

/// Fear: somebody who is known has to be written out in every file, or half an address is mixed with another.
#[test]
fn somebody_known_is_known_by_number() {
    let business = BusinessForm::default();
    let person = WorkerForm {
        last_name: "Ormesson".into(),
        first_names: "Zoé".into(),
        nationality: "France".into(),
        birth_date: "14/08/1985".into(),
        birth_country: "France".into(),
        birth_place: "Caen".into(),
        street: "1 rue de la Paix".into(),
        postcode: "14000".into(),
        town: "Caen".into(),
        country: "France".into(),
        ..WorkerForm::default()
    };
    let line = read(&COLUMNS, &cells(&GOOD.replace("Ormesson|Zoé", "|"))).unwrap();
    assert_eq!(line.who(Some(&person)), "Zoé Ormesson");
    let with = |line: &Line| {
        let known = Known {
            person: Some(&person),
            ..known(&business)
        };
        line.judge(known, today()).ok().unwrap()
    };
    assert!(!with(&line).missing.contains(&Step::Worker));
    let columns = [&COLUMNS[..], &[Column::Street, Column::Town]].concat();
    let moved = read(&columns, &cells(&format!("{GOOD}|2 rue Basse|Lyon"))).unwrap();
    let judged = with(&moved);
    let home = judged.draft.answers().worker.clone().unwrap();
    assert_eq!(
        (&*home.street, &*home.postcode, &*home.town),
        ("2 rue Basse", "", "Lyon")
    );
    assert!(judged.missing.contains(&Step::Worker));
}

/// Fear: what spreadsheets write for dates, numbers and words is refused, or taken for something else.
#[test]
fn cells_of_workbooks() {
    let columns = [
        &COLUMNS[..],
        &[
            Column::HostPhone,
            Column::Affiliated,
            Column::Status,
            Column::Lodging,
            Column::Postcode,
        ],
    ]
    .concat();
    let line = |phone: Cell, postcode: Cell| {
        let mut line = cells(GOOD);
        line[4] = Cell::Date { date: 46_447.0 };
        line[5] = text("2027-06-30 00:00:00");
        line.extend([
            phone,
            text("VRAI"),
            text("Salariée"),
            text("Sur place"),
            postcode,
        ]);
        read(&columns, &line)
    };
    let read = line(text("+49 30 123456"), text("14000")).ok().unwrap();
    assert_eq!(read.period().start.iso(), "2027-03-01");
    let business = BusinessForm::default();
    let judged = read.judge(known(&business), today()).ok().unwrap();
    let answers = judged.draft.answers();
    assert_eq!(answers.conditions.as_ref().unwrap().affiliated, "oui");
    assert_eq!(answers.mission.as_ref().unwrap().lodging, "sur-place");
    let lost = line(Cell::Number(123_456_789.0), text("14000"))
        .err()
        .unwrap();
    assert_eq!(
        lost,
        Fault::at(Column::HostPhone)(Flaw::LostZero { got: 9, want: 10 })
    );
    let lost = line(text("01 23 45 67 89"), Cell::Number(1000.0))
        .err()
        .unwrap();
    assert_eq!(
        lost,
        Fault::at(Column::Postcode)(Flaw::LostZero { got: 4, want: 5 })
    );
}

/// Fear: a file without a person's number is taken, what means nothing is kept with the rest, or a file of a thousand lines is.
#[test]
fn files() {
    let heads: Vec<String> = ["Nom", "NIR", "Salaire", "Pays", "Début", "Fin"]
        .map(str::to_owned)
        .to_vec();
    let line = || cells("Ormesson|255081416802538|5000|Allemagne|01/03/2027|30/06/2027");
    let sent = |heads: &[String], lines: usize, client| {
        let lines = (2..).take(lines).map(|number| (number, line()));
        Sent::read("équipe.csv".to_owned(), heads, lines, client)
    };
    let client = Some(crate::ids::EnrolmentId(uuid::Uuid::nil()));
    let file = sent(&heads, 2, client).unwrap();
    assert_eq!(file.ignored, ["Salaire"]);
    let kept = serde_json::to_string(&file).unwrap();
    assert!(!kept.contains("5000") && kept.contains("Ormesson"));
    assert!(!format!("{file:?}").contains("Ormesson"));
    let wanted = sent(&heads, 2, None).unwrap_err();
    assert_eq!(wanted, FileFault::NoColumn(Column::Client));
    let without = sent(&heads[2..], 2, client).unwrap_err();
    assert_eq!(without, FileFault::NoColumn(Column::Nir));
    assert!(sent(&heads, MOST_POSTINGS, client).is_ok());
    let long = sent(&heads, MOST_POSTINGS + 1, client).unwrap_err();
    assert_eq!(long, FileFault::TooManyPostings);
    assert_eq!(sent(&heads, 0, client).unwrap_err(), FileFault::Empty);
}
