//! One line: its cells become the forms of the steps, which judge it as the pages do; then the engine does.

use super::{Column, Fault, Why};
use crate::{
    form::Form,
    french::searchable,
    holder::{Holder, Scheme},
    import::{Cell, Flaw, digits, identifier, lost_zero, person},
    language::{Language, speak, t},
    mobility::{
        country::{self, Country},
        day::{Day, Period},
        decision::Decision,
        form::{
            BusinessField, BusinessForm, ConditionsField, ConditionsForm, ContactField,
            ContactForm, Journey, JourneyDraft, Lodging, MissionField, MissionForm, WorkerField,
            WorkerForm,
        },
        request::{Answers, Step},
        rule::Effect,
        situation::{Earlier, Status},
        wording,
    },
    nir::Nir,
    problem::{Field, Problem, Problems},
    tidy,
};

/// A line that names a person, a country and two days, and in which nothing is wrong by itself.
pub struct Line {
    client: Option<Holder>,
    nir: Nir,
    country: Country,
    period: Period,
    status: Option<Status>,
    worker: WorkerForm,
    mission: MissionForm,
    conditions: ConditionsForm,
    business: BusinessForm,
    contact: ContactForm,
}

/// What storage knows of the client and the person of a line.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The scheme of the client's accounts.
    pub scheme: Scheme,
    /// The business, as a new request of the client starts from.
    pub business: &'a BusinessForm,
    /// The person, when the client has sent them before.
    pub person: Option<&'a WorkerForm>,
    /// The person's other requests, those of earlier lines among them.
    pub earlier: &'a [Earlier],
}

/// A line that may become a draft.
pub struct Judged {
    /// The draft.
    pub draft: Draft,
    /// What the rules make of it so far.
    pub decision: Decision,
    /// The steps of which something is missing.
    pub missing: Vec<Step>,
}

/// A request to be begun, with what the line answers. Only [`Line::judge`] makes one. Nothing of it is ever logged.
pub struct Draft {
    answers: Answers,
    nir: Nir,
}

impl Draft {
    /// What is answered, without the number.
    pub const fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The person's number.
    pub const fn nir(&self) -> &Nir {
        &self.nir
    }
}

impl Line {
    /// Whose person it is; nothing where the line does not say.
    pub const fn client(&self) -> Option<&Holder> {
        self.client.as_ref()
    }

    /// Who goes.
    pub const fn nir(&self) -> &Nir {
        &self.nir
    }

    /// Where to.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// From when to when.
    pub const fn period(&self) -> Period {
        self.period
    }

    /// As what the person works in France, where the line says it.
    pub const fn status(&self) -> Option<Status> {
        self.status
    }

    /// As an earlier request, to a later line of the same person.
    pub fn as_earlier(&self) -> Earlier {
        Earlier {
            countries: vec![self.country],
            period: self.period,
            several: false,
        }
    }

    /// Who goes, as far as the line and what is known say it.
    pub fn who(&self, person: Option<&WorkerForm>) -> String {
        merged(&self.worker, person).who()
    }

    /// Judges it with what is known of its client and its person.
    ///
    /// # Errors
    /// What keeps it from becoming a draft.
    pub fn judge(&self, known: Known<'_>, today: Day) -> Result<Judged, Why> {
        let status = self.status.unwrap_or(match known.scheme {
            Scheme::RegimeGeneral => Status::Employee,
            Scheme::TravailleurIndependant => Status::SelfEmployed,
        });
        let mut answers = Answers::begun(&JourneyDraft {
            of: None,
            journey: Journey::Posting,
            status,
            worker: None,
        });
        answers.worker = Some(self.person(known.person, today)?);
        let mission = MissionForm {
            status_abroad: filled(&self.mission.status_abroad, status.code()),
            ..self.mission.clone()
        };
        passable(mission.check(), mission_column)?;
        answers.mission = Some(mission);
        if self.conditions != ConditionsForm::default() {
            passable(self.conditions.check(), conditions_column)?;
            answers.conditions = Some(self.conditions.clone());
        }
        if self.business != BusinessForm::default() {
            let business = BusinessForm {
                name: known.business.name.clone(),
                siret: known.business.siret.clone(),
                ..self.business.clone()
            };
            passable(business.check(), business_column)?;
            answers.business = Some(business);
        }
        if self.contact != ContactForm::default() {
            passable(self.contact.check(), contact_column)?;
            answers.contact = Some(self.contact.clone());
        }
        let decision = answers.decide(known.earlier, today);
        if let Some(reason) = decision.with(Effect::Refusal).next() {
            return Err(Why::Rule(reason.clone()));
        }
        let open = |step: &Step| *step != Step::Summary && !answers.is_done(*step);
        Ok(Judged {
            missing: answers.steps().into_iter().filter(open).collect(),
            draft: Draft {
                answers,
                nir: self.nir.clone(),
            },
            decision,
        })
    }

    /// Who goes: what the line leaves out is what was answered last of somebody who is known.
    fn person(&self, known: Option<&WorkerForm>, today: Day) -> Result<WorkerForm, Why> {
        let mut form = merged(&self.worker, known);
        if form.country.is_empty() && !form.street.is_empty() {
            t("France").clone_into(&mut form.country);
        }
        // Names alone make a person of a number.
        for (typed, column) in [
            (&form.last_name, Column::LastName),
            (&form.first_names, Column::FirstNames),
        ] {
            if typed.is_empty() {
                return Err(missing(column).into());
            }
        }
        let whole = WorkerForm {
            nir_known: "oui".to_owned(),
            ..form.clone()
        };
        let born = whole.check().map(|draft| draft.born_by(today));
        passable(born, worker_column)?;
        if let Ok(day) = Day::parse(&form.birth_date)
            && day > today
        {
            let flaw = Flaw::Field(Problem::InFuture);
            return Err(Fault::at(Column::BirthDate)(flaw).into());
        }
        Ok(form)
    }
}

/// Lets a form pass in which something is missing: its page asks for it. What is wrong stays wrong.
fn passable<T, F: Field>(
    judged: Result<T, Problems<F>>,
    column: fn(F) -> Column,
) -> Result<(), Fault> {
    let Err(problems) = judged else {
        return Ok(());
    };
    let wrong = problems
        .iter()
        .find(|(_, problem)| !matches!(problem, Problem::Missing | Problem::NoContact));
    wrong.map_or(Ok(()), |(field, problem)| {
        Err(Fault::at(column(field))(Flaw::Field(problem.clone())))
    })
}

fn missing(column: Column) -> Fault {
    Fault::at(column)(Flaw::Field(Problem::Missing))
}

fn filled(typed: &str, otherwise: &str) -> String {
    let text = if typed.is_empty() { otherwise } else { typed };
    text.to_owned()
}

fn merged(line: &WorkerForm, known: Option<&WorkerForm>) -> WorkerForm {
    let Some(known) = known else {
        return line.clone();
    };
    // An address is one thing: half of one would be nobody's.
    let moved = !(line.street.is_empty() && line.town.is_empty() && line.postcode.is_empty());
    let home = if moved { line } else { known };
    WorkerForm {
        request: String::new(),
        version: String::new(),
        nir: String::new(),
        nir_known: String::new(),
        last_name: filled(&line.last_name, &known.last_name),
        first_names: filled(&line.first_names, &known.first_names),
        nationality: filled(&line.nationality, &known.nationality),
        birth_date: filled(&line.birth_date, &known.birth_date),
        birth_country: filled(&line.birth_country, &known.birth_country),
        birth_place: filled(&line.birth_place, &known.birth_place),
        street: home.street.clone(),
        postcode: home.postcode.clone(),
        town: home.town.clone(),
        country: filled(&line.country, &known.country),
    }
}

/// A line whose columns are known.
struct Cells<'a>(&'a [Column], &'a [Cell]);

impl Cells<'_> {
    fn cell(&self, column: Column) -> Option<&Cell> {
        let place = self.0.iter().position(|known| *known == column)?;
        self.1.get(place).filter(|cell| !cell.is_blank())
    }

    /// A cell, by one of the readers below; an empty text where nothing stands in it.
    fn read(
        &self,
        column: Column,
        read: fn(&Cell) -> Result<String, Flaw>,
    ) -> Result<String, Fault> {
        let Some(cell) = self.cell(column) else {
            return Ok(String::new());
        };
        read(cell).map_err(Fault::at(column))
    }

    fn line(&self, column: Column) -> Result<String, Fault> {
        self.read(column, line)
    }

    fn worker(&self) -> Result<WorkerForm, Fault> {
        let country = self.read(Column::Residence, place)?;
        let mut postcode = self.line(Column::Postcode)?;
        if country.is_empty() || country::read(&country).is_ok_and(Country::is_france) {
            postcode = french_postcode(&postcode).map_err(Fault::at(Column::Postcode))?;
        }
        Ok(WorkerForm {
            last_name: self.line(Column::LastName)?,
            first_names: self.line(Column::FirstNames)?,
            nationality: self.read(Column::Nationality, nationality)?,
            birth_date: self.read(Column::BirthDate, day)?,
            birth_country: self.read(Column::BirthCountry, place)?,
            birth_place: self.line(Column::BirthPlace)?,
            street: self.line(Column::Street)?,
            postcode,
            town: self.line(Column::Town)?,
            country,
            ..WorkerForm::default()
        })
    }

    fn mission(&self) -> Result<MissionForm, Fault> {
        Ok(MissionForm {
            country: self.read(Column::Country, place)?,
            start: self.read(Column::Start, day)?,
            end: self.read(Column::End, day)?,
            status_abroad: self.read(Column::StatusAbroad, status)?,
            activity: self.line(Column::Work)?,
            host_name: self.line(Column::HostName)?,
            host_number: self.line(Column::HostNumber)?,
            host_email: self.line(Column::HostEmail)?,
            host_phone: self.read(Column::HostPhone, phone)?,
            host_street: self.line(Column::HostStreet)?,
            host_town: self.line(Column::HostTown)?,
            lodging: self.read(Column::Lodging, lodging)?,
            ..MissionForm::default()
        })
    }

    fn conditions(&self) -> Result<ConditionsForm, Fault> {
        let mut form = ConditionsForm {
            affiliated: self.read(Column::Affiliated, answer)?,
            substantial: self.read(Column::Substantial, answer)?,
            replaces: self.read(Column::Replaces, answer)?,
            host_pay: self.read(Column::HostPay, answer)?,
            host_dismiss: self.read(Column::HostDismiss, answer)?,
            host_sanction: self.read(Column::HostSanction, answer)?,
            host_contract: self.read(Column::HostContract, answer)?,
            ..ConditionsForm::default()
        };
        let answered: Vec<_> = ConditionsField::QUESTIONS
            .into_iter()
            .filter(|field| !form.typed(*field).is_empty())
            .map(Field::name)
            .collect();
        form.asked = answered.join(",");
        Ok(form)
    }

    fn business(&self) -> Result<BusinessForm, Fault> {
        let postcode = self.line(Column::BusinessPostcode)?;
        Ok(BusinessForm {
            street: self.line(Column::BusinessStreet)?,
            postcode: french_postcode(&postcode).map_err(Fault::at(Column::BusinessPostcode))?,
            town: self.line(Column::BusinessTown)?,
            activity: self.line(Column::BusinessActivity)?,
            ..BusinessForm::default()
        })
    }

    fn contact(&self) -> Result<ContactForm, Fault> {
        Ok(ContactForm {
            last_name: self.line(Column::ContactLastName)?,
            first_name: self.line(Column::ContactFirstName)?,
            email: self.line(Column::ContactEmail)?,
            phone: self.read(Column::ContactPhone, phone)?,
            ..ContactForm::default()
        })
    }
}

/// Reads a line.
///
/// # Errors
/// The first thing that is wrong with it by itself: a person's number, a country or a day that is missing or none.
pub fn read(columns: &[Column], cells: &[Cell]) -> Result<Line, Fault> {
    let cells = Cells(columns, cells);
    let client = cells.cell(Column::Client).map(identifier).transpose();
    let client = client.map_err(Fault::at(Column::Client))?;
    let blank = Cell::default();
    let nir = person(cells.cell(Column::Nir).unwrap_or(&blank));
    let mission = cells.mission()?;
    let judged = |column, problem| Fault::at(column)(Flaw::Field(problem));
    let country = country::read(&mission.country)
        .and_then(Country::destination)
        .map_err(|problem| judged(Column::Country, problem))?;
    let day = |column, typed: &str| Day::parse(typed).map_err(|problem| judged(column, problem));
    let start = day(Column::Start, &mission.start)?;
    let end = day(Column::End, &mission.end)?;
    if end < start {
        let backwards = crate::mobility::rule::Rule::EndBeforeStart.into();
        return Err(judged(Column::End, Problem::Mobility(backwards)));
    }
    let status = cells.read(Column::Status, status)?;
    Ok(Line {
        client: client.map(|identifier| identifier.holder()),
        nir: nir.map_err(Fault::at(Column::Nir))?,
        country,
        period: Period { start, end },
        status: Status::ALL.into_iter().find(|known| known.code() == status),
        worker: cells.worker()?,
        conditions: cells.conditions()?,
        business: cells.business()?,
        contact: cells.contact()?,
        mission,
    })
}

/// A text, once nothing shows that a spreadsheet has spoiled it.
fn line(cell: &Cell) -> Result<String, Flaw> {
    let shown = cell.shown();
    let text = shown.trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    if text.starts_with('#') && text.ends_with(['!', '?', 'A']) {
        return Err(Flaw::Formula);
    }
    Ok(tidy::one_line(text))
}

/// A day, written as the pages write it.
fn day(cell: &Cell) -> Result<String, Flaw> {
    let text = line(cell)?;
    // A moment stands for its day.
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    Day::parse(text).map(Day::short).map_err(Flaw::Field)
}

fn place(cell: &Cell) -> Result<String, Flaw> {
    let country = country::read(&line(cell)?).map_err(Flaw::Field)?;
    Ok(country.name().to_owned())
}

fn nationality(cell: &Cell) -> Result<String, Flaw> {
    if ["apatride", "refugie"].contains(&&*searchable(&cell.shown())) {
        return Ok("apatride".to_owned());
    }
    place(cell)
}

fn phone(cell: &Cell) -> Result<String, Flaw> {
    if let Cell::Number(_) = cell {
        let text = digits(cell)?;
        lost_zero(&text, 10, |_| true)?;
        return Ok(text);
    }
    line(cell)
}

fn french_postcode(text: &str) -> Result<String, Flaw> {
    lost_zero(text, 5, |_| true)?;
    Ok(text.to_owned())
}

fn answer(cell: &Cell) -> Result<String, Flaw> {
    let word = searchable(&cell.shown());
    match &*word {
        "oui" | "o" | "vrai" | "true" | "yes" | "1" | "x" => Ok("oui".to_owned()),
        "non" | "n" | "faux" | "false" | "no" | "0" => Ok("non".to_owned()),
        _ => Err(Flaw::Field(Problem::NotOffered)),
    }
}

/// Whether a word is what something is called, in any language: what a file says does not depend on who sends it.
fn known_as(word: &str, called: impl Fn() -> &'static str) -> bool {
    Language::ALL
        .into_iter()
        .any(|language| searchable(speak(language, &called)) == word)
}

fn status(cell: &Cell) -> Result<String, Flaw> {
    let word = searchable(&cell.shown());
    let code = match &*word {
        "salariee" => Some(Status::Employee),
        "ti" | "travailleuse independante" | "independante" => Some(Status::SelfEmployed),
        "agent contractuel" | "contractuelle" => Some(Status::PublicContract),
        _ => Status::ALL.into_iter().find(|status| {
            searchable(status.code()) == word || known_as(&word, || wording::status(*status))
        }),
    };
    code.map(|status| status.code().to_owned())
        .ok_or(Flaw::Field(Problem::NotOffered))
}

fn lodging(cell: &Cell) -> Result<String, Flaw> {
    let word = searchable(&cell.shown());
    let found = Lodging::ALL.into_iter().find(|lodging| {
        searchable(lodging.code()) == word || known_as(&word, || wording::lodging(*lodging))
    });
    found
        .map(|lodging| lodging.code().to_owned())
        .ok_or(Flaw::Field(Problem::NotOffered))
}

fn worker_column(field: WorkerField) -> Column {
    match field {
        WorkerField::LastName => Column::LastName,
        WorkerField::FirstNames => Column::FirstNames,
        WorkerField::Nir => Column::Nir,
        WorkerField::Nationality => Column::Nationality,
        WorkerField::BirthDate => Column::BirthDate,
        WorkerField::BirthCountry => Column::BirthCountry,
        WorkerField::BirthPlace => Column::BirthPlace,
        WorkerField::Street => Column::Street,
        WorkerField::Postcode => Column::Postcode,
        WorkerField::Town => Column::Town,
        WorkerField::Country => Column::Residence,
    }
}

fn mission_column(field: MissionField) -> Column {
    match field {
        MissionField::Country => Column::Country,
        MissionField::Start => Column::Start,
        MissionField::End | MissionField::EndUnknown => Column::End,
        MissionField::StatusAbroad => Column::StatusAbroad,
        MissionField::Activity => Column::Work,
        MissionField::HostName => Column::HostName,
        MissionField::HostNumber => Column::HostNumber,
        MissionField::HostEmail => Column::HostEmail,
        MissionField::HostPhone => Column::HostPhone,
        MissionField::HostStreet => Column::HostStreet,
        MissionField::HostTown => Column::HostTown,
        MissionField::Lodging => Column::Lodging,
    }
}

fn conditions_column(field: ConditionsField) -> Column {
    match field {
        ConditionsField::Affiliated => Column::Affiliated,
        ConditionsField::Replaces => Column::Replaces,
        ConditionsField::HostPay => Column::HostPay,
        ConditionsField::HostDismiss => Column::HostDismiss,
        ConditionsField::HostSanction => Column::HostSanction,
        ConditionsField::HostContract => Column::HostContract,
        // The others have no column of their own: only the share of the business leads to one more question.
        ConditionsField::Substantial
        | ConditionsField::UsualCountry
        | ConditionsField::Infrastructure
        | ConditionsField::Similar
        | ConditionsField::ActiveBefore => Column::Substantial,
    }
}

fn business_column(field: BusinessField) -> Column {
    match field {
        BusinessField::Siret | BusinessField::Name => Column::Client,
        BusinessField::Street => Column::BusinessStreet,
        BusinessField::Postcode => Column::BusinessPostcode,
        BusinessField::Town => Column::BusinessTown,
        BusinessField::Activity => Column::BusinessActivity,
    }
}

fn contact_column(field: ContactField) -> Column {
    match field {
        ContactField::LastName => Column::ContactLastName,
        ContactField::FirstName => Column::ContactFirstName,
        ContactField::Email => Column::ContactEmail,
        ContactField::Phone => Column::ContactPhone,
    }
}
