//! Where to, when, and at whose place: a posting.

use super::{Of, fields, read};
use crate::{
    email::Email,
    form::Form,
    mobility::{
        country,
        country::{Bloc, Country},
        day::Day,
        rule::Rule,
        situation::{Posting, Status},
    },
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// Where the person lives meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lodging {
    /// « À son domicile en France ».
    Home,
    /// « Dans le pays de la mission ».
    There,
}

impl Lodging {
    /// Both, in the page's order.
    pub const ALL: [Self; 2] = [Self::Home, Self::There];

    /// The word that the form sends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Home => "domicile",
            Self::There => "sur-place",
        }
    }
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MissionForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Pays ou territoire ».
    pub country: String,
    /// « Premier jour ».
    pub start: String,
    /// « Dernier jour ».
    pub end: String,
    /// « La date de fin n'est pas connue »: `oui` when ticked. The page shows it to the self-employed alone.
    pub end_unknown: String,
    /// « Statut pendant la mission ».
    pub status_abroad: String,
    /// « Activité exercée ».
    pub activity: String,
    /// « Entreprise ou lieu d'accueil ».
    pub host_name: String,
    /// « Numéro d'identification ».
    pub host_number: String,
    /// « Adresse électronique ».
    pub host_email: String,
    /// « Téléphone ».
    pub host_phone: String,
    /// « Adresse ».
    pub host_street: String,
    /// « Ville ».
    pub host_town: String,
    /// « Hébergement ».
    pub lodging: String,
}

/// The company or the place that the person works at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Its number in its own country.
    pub number: Option<String>,
    /// Its e-mail address.
    pub email: Option<Email>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Number and street.
    pub street: String,
    /// Town.
    pub town: String,
}

/// A mission abroad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissionDraft {
    /// Which request.
    pub of: Of,
    /// Where to: never France nor what is under French social security.
    pub country: Country,
    /// The first day.
    pub start: Day,
    /// The last day; `None` when it is not known.
    pub end: Option<Day>,
    /// As what the person works there.
    pub status_abroad: Status,
    /// What the person does there.
    pub activity: String,
    /// At whose place.
    pub host: Host,
    /// Where the person lives meanwhile.
    pub lodging: Lodging,
}

impl MissionDraft {
    /// Puts the answers into a posting.
    pub fn apply(&self, posting: &mut Posting) {
        posting.country = Some(self.country);
        posting.start = Some(self.start);
        posting.end = self.end;
        posting.end_known = Some(self.end.is_some());
        posting.status_abroad = Some(self.status_abroad);
    }
}

fields! {
    /// The fields of [`MissionForm`].
    MissionField {
        /// « Pays ou territoire ».
        Country: "country", "Choisissez le pays ou le territoire de la mission.";
        /// « Premier jour ».
        Start: "start", "Saisissez le premier jour de la mission.";
        /// « Dernier jour ».
        End: "end", "Saisissez le dernier jour de la mission.";
        /// « La date de fin n'est pas connue ».
        EndUnknown: "end_unknown", "Dites si la date de fin est connue.";
        /// « Statut pendant la mission ».
        StatusAbroad: "status_abroad", "Choisissez le statut pendant la mission.";
        /// « Activité exercée ».
        Activity: "activity", "Saisissez l’activité exercée pendant la mission.";
        /// « Entreprise ou lieu d'accueil ».
        HostName: "host_name", "Saisissez le nom de l’entreprise ou du lieu d’accueil.";
        /// « Numéro d'identification ».
        HostNumber: "host_number", "Saisissez le numéro d’identification de l’entreprise d’accueil, nécessaire hors de l’Union européenne.";
        /// « Adresse électronique ».
        HostEmail: "host_email", "Saisissez l’adresse électronique de l’entreprise d’accueil.";
        /// « Téléphone ».
        HostPhone: "host_phone", "Saisissez le téléphone de l’entreprise d’accueil.";
        /// « Adresse ».
        HostStreet: "host_street", "Saisissez l’adresse de l’entreprise ou du lieu d’accueil.";
        /// « Ville ».
        HostTown: "host_town", "Saisissez la ville de l’entreprise ou du lieu d’accueil.";
        /// « Hébergement ».
        Lodging: "lodging", "Choisissez où la personne vit pendant la mission.";
    }
}

impl MissionField {
    /// The field that puts right what a rule refuses, for [`super::refused`].
    pub const fn of_rule(rule: Rule) -> Option<Self> {
        match rule {
            Rule::NotAbroad => Some(Self::Country),
            Rule::AlreadyAbroad => Some(Self::Start),
            Rule::EndBeforeStart
            | Rule::AgreementLimit
            | Rule::MaintenanceLimit
            | Rule::MaintenanceTwice => Some(Self::End),
            _ => None,
        }
    }
}

impl MissionForm {
    /// Puts what can be read of the answers into a posting: for what the rules make of a form that is still being filled in.
    pub fn so_far(&self, posting: &mut Posting) {
        let unknown = self.end_unknown == "oui";
        let country = country::read(&self.country).ok();
        posting.country = country.filter(|country| country.destination().is_ok());
        posting.start = Day::parse(&self.start).ok();
        posting.end = Day::parse(&self.end).ok().filter(|_| !unknown);
        posting.end_known = (unknown || posting.end.is_some()).then_some(!unknown);
        posting.status_abroad = read::choice(&self.status_abroad, &Status::ALL, Status::code).ok();
    }

    /// The last day; nothing when it is said to be unknown.
    fn end(&self, start: Option<Day>) -> Result<Option<Day>, Problem> {
        if self.end_unknown == "oui" {
            return Ok(None);
        }
        let end = Day::parse(&self.end)?;
        if start.is_some_and(|start| end < start) {
            return Err(Problem::Mobility(Rule::EndBeforeStart.into()));
        }
        Ok(Some(end))
    }

    /// Outside the Union a number, and an address or a telephone, are wanted too.
    fn host(&self, country: Option<Country>, judge: &mut Judge<MissionField>) -> Option<Host> {
        let outside = country.is_some_and(|country| country.bloc() != Some(Bloc::Union));
        let name = judge.take(MissionField::HostName, read::line(&self.host_name));
        let number = match read::maybe(read::line(&self.host_number)) {
            Ok(None) if outside => Err(Problem::Missing),
            judged => judged,
        };
        let number = judge.take(MissionField::HostNumber, number);
        let phone = read::maybe(read::phone(&self.host_phone));
        let email = match read::maybe(Email::parse(&self.host_email)) {
            Ok(None) if outside && phone == Ok(None) => Err(Problem::NoContact),
            judged => judged,
        };
        let email = judge.take(MissionField::HostEmail, email);
        let phone = judge.take(MissionField::HostPhone, phone);
        let street = judge.take(MissionField::HostStreet, read::line(&self.host_street));
        let town = judge.take(MissionField::HostTown, read::line(&self.host_town));
        Some(Host {
            name: name?,
            number: number?,
            email: email?,
            phone: phone?,
            street: street?,
            town: town?,
        })
    }
}

impl Form for MissionForm {
    type Field = MissionField;
    type Draft = MissionDraft;

    fn check(&self) -> Result<MissionDraft, Problems<MissionField>> {
        let mut judge = Judge::new();
        let country = country::read(&self.country).and_then(Country::destination);
        let country = judge.take(MissionField::Country, country);
        let start = judge.take(MissionField::Start, Day::parse(&self.start));
        let end = judge.take(MissionField::End, self.end(start));
        let status_abroad = judge.take(
            MissionField::StatusAbroad,
            read::choice(&self.status_abroad, &Status::ALL, Status::code),
        );
        let activity = judge.take(MissionField::Activity, read::line(&self.activity));
        let host = self.host(country, &mut judge);
        let lodging = judge.take(
            MissionField::Lodging,
            read::choice(&self.lodging, &Lodging::ALL, Lodging::code),
        );
        let draft = || {
            Some(MissionDraft {
                of: Of::read(&self.request, &self.version),
                country: country?,
                start: start?,
                end: end?,
                status_abroad: status_abroad?,
                activity: activity?,
                host: host?,
                lodging: lodging?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
