//! Requests to work abroad of the demonstration's clients, in every state: each is filled in step by step, sent, and decided as people
//! would. Names are made up, and the social security numbers name a municipality that does not exist.

use super::DemoError;
use portfolio::{
    form::Form as _,
    ids::{EnrolmentId, MobilityId, OfficerId},
    mobility::{
        day::{Day, Period},
        form::{
            AgreementForm, BusinessForm, ConditionsForm, ContactForm, JourneyForm, MissionForm, Of,
            SeveralForm, WorkerForm,
        },
        life::State,
        request::{StepForm, fill},
    },
    origin::Origin,
    permission::{Editor, Officer},
    ports::{Bench as _, Change, Mobility as _, Ruling, Started, Stepped, Submitted},
    time::{DAY, MINUTE, Timestamp},
};
use std::collections::HashMap;
use store::Store;

/// What became of a request.
enum Then {
    /// It was left after the mission's page.
    Left,
    /// It was sent, and stands where the rules have put it.
    Sent,
    /// The body granted it.
    Granted,
    /// The body asks something.
    Asked(&'static str),
    /// The body refused it.
    Refused(&'static str),
    /// It was withdrawn.
    Withdrawn(&'static str),
    /// The person came back so many days before the end.
    EndedEarly(i64, &'static str),
}

/// Somebody who goes abroad.
struct Trip {
    /// The client, by the account that proved it.
    account: &'static str,
    /// Family name, first names, number, day of birth.
    who: [&'static str; 4],
    /// Where to; for several States with the hundredths of the work there.
    to: (&'static str, Option<&'static str>),
    /// The day of the request and the first day, from today.
    days: (i64, i64),
    /// How long, in days.
    long: i64,
    /// Whether the person is under French social security long enough; else the body examines it.
    affiliated: bool,
    /// What became of it.
    then: Then,
}

const ROUSSEAU: &str = "999000000008000124";
const ECLUSE: &str = "999000000003000169";

const fn trip(
    account: &'static str,
    who: [&'static str; 4],
    to: (&'static str, Option<&'static str>),
    days: (i64, i64, i64),
    affiliated: bool,
    then: Then,
) -> Trip {
    let (asked, start, long) = days;
    Trip {
        account,
        who,
        to,
        days: (asked, start),
        long,
        affiliated,
        then,
    }
}

use Then::{Asked, EndedEarly, Granted, Left, Refused, Sent, Withdrawn};

const BENALI: [&str; 4] = ["Benali", "Karim", "1850375998001", "14/03/1985"];
const LEMAIRE: [&str; 4] = ["Lemaire", "Sophie", "2901175998002", "02/11/1990"];

/// Oldest first.
const TRIPS: [Trip; 12] = [
    trip(
        ROUSSEAU,
        BENALI,
        ("Pays-Bas", None),
        (-210, -200, 60),
        true,
        EndedEarly(15, "Le chantier est livré plus tôt que prévu."),
    ),
    trip(
        ROUSSEAU,
        BENALI,
        ("Allemagne", None),
        (-75, -60, 150),
        true,
        Sent,
    ),
    trip(
        ROUSSEAU,
        LEMAIRE,
        ("Espagne", None),
        (-30, -20, 45),
        true,
        Sent,
    ),
    trip(
        ROUSSEAU,
        ["Girard", "Thomas", "1790675998003", "21/06/1979"],
        ("Canada", None),
        (-70, -40, 300),
        true,
        Granted,
    ),
    trip(
        ROUSSEAU,
        ["Delmas", "Aurélie", "2880875998004", "09/08/1988"],
        ("Émirats arabes unis", None),
        (-50, -35, 180),
        true,
        Granted,
    ),
    trip(
        ECLUSE,
        ["Vasseur", "Paul", "1920275998005", "17/02/1992"],
        ("Luxembourg", Some("40")),
        (-45, -40, 364),
        true,
        Granted,
    ),
    trip(
        ROUSSEAU,
        ["Carpentier", "Inès", "2950175998006", "30/01/1995"],
        ("Portugal", None),
        (-40, -10, 90),
        false,
        Refused(
            "La personne n’est affiliée que depuis une semaine, et rien n’établit un lien antérieur.",
        ),
    ),
    trip(
        ROUSSEAU,
        ["Roche", "Nadia", "2830475998007", "25/04/1983"],
        ("Autriche", None),
        (-25, 20, 60),
        true,
        Withdrawn("Le salon est annulé."),
    ),
    trip(
        ROUSSEAU,
        ["Fabre", "Léo", "1990975998008", "12/09/1999"],
        ("Suisse", None),
        (-6, 15, 120),
        false,
        Sent,
    ),
    trip(
        ROUSSEAU,
        ["Marchand", "Élodie", "2860775998009", "04/07/1986"],
        ("Italie", None),
        (-5, 12, 75),
        false,
        Asked("Depuis quelle date Mme Marchand relève-t-elle de la Sécurité sociale française ?"),
    ),
    trip(
        ECLUSE,
        ["Perrin", "Hugo", "1940575998010", "28/05/1994"],
        ("Irlande", None),
        (-3, 25, 200),
        false,
        Sent,
    ),
    trip(
        ROUSSEAU,
        LEMAIRE,
        ("Pologne", None),
        (-1, 60, 90),
        true,
        Left,
    ),
];

/// Makes them.
pub(super) async fn fill_in(
    store: &Store,
    editor: &Editor,
    officer: OfficerId,
    clients: &HashMap<&'static str, EnrolmentId>,
    now: Timestamp,
) -> Result<(), DemoError> {
    let officer = Officer::of_session(officer, Origin::default());
    for trip in &TRIPS {
        let refused = || DemoError::Refused(trip.account);
        let client = *clients.get(trip.account).ok_or_else(refused)?;
        let at = now.plus(trip.days.0 * DAY);
        let go = Go {
            store,
            editor,
            trip,
            at,
            today: Day::of(now),
        };
        go.whole(&officer, client).await?.ok_or_else(refused)?;
    }
    Ok(())
}

/// One request being made.
struct Go<'a> {
    store: &'a Store,
    editor: &'a Editor,
    trip: &'a Trip,
    at: Timestamp,
    today: Day,
}

impl Go<'_> {
    /// From its beginning to what became of it; nothing when the portal refused something.
    async fn whole(&self, officer: &Officer, client: EnrolmentId) -> Result<Option<()>, DemoError> {
        let several = self.trip.to.1.is_some();
        let form = JourneyForm {
            of: client.to_string(),
            journey: if several {
                "pluriactivite"
            } else {
                "detachement"
            }
            .to_owned(),
            status: "salarie".to_owned(),
            worker: String::new(),
        };
        let Ok(draft) = form.check() else {
            return Ok(None);
        };
        let begun = self.store.begin_request(self.editor, &draft, self.at);
        let Some(Started::Draft(id)) = begun.await? else {
            return Ok(None);
        };
        if self.steps(id, client).await?.is_none() {
            return Ok(None);
        }
        if matches!(self.trip.then, Left) {
            return Ok(Some(()));
        }
        let later = self.at.plus(10 * MINUTE);
        let sent = self.store.submit(self.editor, self.of(id).await?, later);
        let Some(Submitted::Done(state)) = sent.await? else {
            return Ok(None);
        };
        self.then(officer, id, state).await
    }

    async fn steps(&self, id: MobilityId, client: EnrolmentId) -> Result<Option<()>, DemoError> {
        let people = self.store.workers(self.editor, client).await?;
        let Some(people) = people else {
            return Ok(None);
        };
        let several = self.trip.to.1.is_some();
        let mut kept = self.keep(id, self.worker()).await?;
        let business = BusinessForm {
            street: "12 quai des Lices".to_owned(),
            postcode: "35000".to_owned(),
            town: "Rennes".to_owned(),
            activity: "Transport et logistique".to_owned(),
            ..people.business
        };
        kept &= self.keep(id, business).await?;
        if several {
            kept &= self.keep(id, self.several()).await?;
        } else {
            kept &= self.keep(id, self.mission()).await?;
        }
        if matches!(self.trip.then, Left) {
            return Ok(kept.then_some(()));
        }
        if !several {
            kept &= self.keep(id, self.conditions()).await?;
            let agreement = AgreementForm {
                profession: "Cheffe ou chef de projet".to_owned(),
                work: "Mise en service d’un entrepôt".to_owned(),
                marital: "celibataire".to_owned(),
                ..AgreementForm::default()
            };
            kept &= self.keep(id, agreement).await?;
        }
        let contact = ContactForm {
            last_name: "Démo".to_owned(),
            first_name: "Camille".to_owned(),
            email: "camille@cabinet-demo.example".to_owned(),
            phone: "02 99 00 00 00".to_owned(),
            ..ContactForm::default()
        };
        kept &= self.keep(id, contact).await?;
        Ok(kept.then_some(()))
    }

    async fn then(
        &self,
        officer: &Officer,
        id: MobilityId,
        state: State,
    ) -> Result<Option<()>, DemoError> {
        let later = self.at.plus(DAY);
        let ruling = match (&self.trip.then, state) {
            (Granted, State::Examination) => {
                let request = self.store.request(self.editor, id, later).await?;
                let kind = request
                    .as_ref()
                    .and_then(|request| request.judged().certificate);
                let days = request.and_then(|request| request.answers.period());
                let Some((kind, days)) = kind.zip(days) else {
                    return Ok(None);
                };
                Some(Ruling::Grant(kind, days))
            }
            (Asked(question), _) => Some(Ruling::Ask((*question).to_owned())),
            (Refused(reason), _) => Some(Ruling::Refuse((*reason).to_owned())),
            _ => None,
        };
        if let Some(ruling) = ruling {
            let of = self.of(id).await?;
            let done = self.store.decide(officer, of, &ruling, later).await?;
            return Ok((done == Some(Stepped::Done)).then_some(()));
        }
        let change = match &self.trip.then {
            Withdrawn(reason) => Change::Withdraw((*reason).to_owned()),
            EndedEarly(days, reason) => {
                let last = self.period().end.plus_days(-days);
                Change::EndEarly(last, (*reason).to_owned())
            }
            _ => return Ok(Some(())),
        };
        let of = self.of(id).await?;
        let at = later.plus(DAY);
        let done = self.store.act_on_request(self.editor, of, &change, at);
        Ok((done.await? == Some(Stepped::Done)).then_some(()))
    }

    async fn of(&self, id: MobilityId) -> Result<Of, DemoError> {
        let request = self.store.request(self.editor, id, self.at).await?;
        Ok(Of {
            request: Some(id),
            version: request.map_or(0, |request| request.version),
        })
    }

    /// Keeps a step, as its page would send it; whether it passed.
    async fn keep<F: StepForm + Versioned>(
        &self,
        id: MobilityId,
        mut form: F,
    ) -> Result<bool, DemoError> {
        let of = self.of(id).await?;
        form.names(id.to_string(), of.version.to_string());
        let Ok((filled, _)) = fill(&form) else {
            return Ok(false);
        };
        let kept = self.store.keep_step(self.editor, &filled, self.at).await?;
        Ok(kept == Some(Stepped::Done))
    }

    fn period(&self) -> Period {
        let start = self.today.plus_days(self.trip.days.1);
        Period {
            start,
            end: start.plus_days(self.trip.long - 1),
        }
    }

    fn worker(&self) -> WorkerForm {
        let [last_name, first_names, nir, birth_date] = self.trip.who.map(str::to_owned);
        let text = str::to_owned;
        WorkerForm {
            last_name,
            first_names,
            nir,
            birth_date,
            nationality: text("France"),
            birth_country: text("France"),
            birth_place: text("Rennes"),
            street: text("3 rue du Port"),
            postcode: text("35000"),
            town: text("Rennes"),
            country: text("France"),
            ..WorkerForm::default()
        }
    }

    fn mission(&self) -> MissionForm {
        let (days, text) = (self.period(), str::to_owned);
        MissionForm {
            country: text(self.trip.to.0),
            start: days.start.short(),
            end: days.end.short(),
            status_abroad: text("salarie"),
            activity: text("Mise en service d’un entrepôt"),
            host_name: text("Logistique Exemple"),
            host_number: text("EX-2026-17"),
            host_email: text("accueil@logistique.example"),
            host_street: text("1 Example Street"),
            host_town: text("Exempleville"),
            lodging: text("sur-place"),
            ..MissionForm::default()
        }
    }

    fn several(&self) -> SeveralForm {
        let (days, text) = (self.period(), str::to_owned);
        SeveralForm {
            status: text("salarie"),
            share: text("60"),
            country_1: text(self.trip.to.0),
            share_1: text(self.trip.to.1.unwrap_or_default()),
            status_1: text("salarie"),
            criterion: text("temps"),
            start: days.start.short(),
            end: days.end.short(),
            residence: text("France"),
            employers: text("un-pays"),
            seat: text("France"),
            foreign_benefit: text("non"),
            ..SeveralForm::default()
        }
    }

    fn conditions(&self) -> ConditionsForm {
        let no = || "non".to_owned();
        ConditionsForm {
            asked:
                "affiliated,substantial,replaces,host_pay,host_dismiss,host_sanction,host_contract"
                    .to_owned(),
            affiliated: if self.trip.affiliated { "oui" } else { "non" }.to_owned(),
            substantial: "oui".to_owned(),
            replaces: no(),
            host_pay: no(),
            host_dismiss: no(),
            host_sanction: no(),
            host_contract: no(),
            ..ConditionsForm::default()
        }
    }
}

/// A form that names the request and the version that its page shows.
trait Versioned {
    fn names(&mut self, request: String, version: String);
}

macro_rules! versioned {
    ($($form:ident),*) => {
        $(impl Versioned for $form {
            fn names(&mut self, request: String, version: String) {
                self.request = request;
                self.version = version;
            }
        })*
    };
}
versioned!(
    WorkerForm,
    BusinessForm,
    MissionForm,
    SeveralForm,
    ConditionsForm,
    AgreementForm,
    ContactForm
);
