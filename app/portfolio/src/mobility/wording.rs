//! The only sentences about rules, questions and certificates (French typography: domain note, section 9).

use super::{
    country::Country,
    decision::{Certificate, Outcome},
    form::{Journey, Kinship, Lodging, Marital},
    question::Question,
    rule::{Reason, Rule},
    situation::{Criterion, Employers, Status},
};
use crate::french;
use crate::language::t;
use crate::problem::Problem;
use crate::say;

/// « 24 mois ».
fn months(count: u32) -> String {
    french::count(count.into(), "mois (un)", "mois")
}

/// What a certificate is called, with its form's number where there is one.
pub fn certificate(certificate: Certificate, country: Option<Country>) -> String {
    let number = country.and_then(|country| certificate.number(country));
    match (certificate, number) {
        (Certificate::A1, _) => t("Certificat A1").to_owned(),
        (Certificate::Agreement, Some(number)) => {
            say!("Certificat de détachement {number}", number)
        }
        (Certificate::Agreement, None) => t("Certificat de détachement").to_owned(),
        (Certificate::Maintenance, _) => {
            t("Certificat de maintien à la Sécurité sociale française").to_owned()
        }
    }
}

/// What becomes of a request, as a heading.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => t("Le certificat peut être établi"),
        Outcome::Examination => t("La demande sera examinée"),
        Outcome::Incomplete => t("Il manque des réponses"),
        Outcome::Impossible => t("La demande n’est pas possible en l’état"),
    }
}

/// A status, as a choice reads.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Employee => t("Salarié"),
        Status::SelfEmployed => t("Travailleur indépendant"),
        Status::CivilServant => t("Fonctionnaire"),
        Status::PublicContract => t("Agent contractuel"),
        Status::Other => t("Autre"),
    }
}

/// What shares are measured by, as a choice reads.
pub fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Time => t("Temps de travail"),
        Criterion::Pay => t("Rémunération"),
        Criterion::Turnover => t("Chiffre d’affaires"),
        Criterion::Services => t("Nombre de prestations"),
        Criterion::Income => t("Revenu"),
    }
}

/// Who employs, as a choice reads.
pub fn employers(employers: Employers) -> &'static str {
    match employers {
        Employers::OneState => {
            t("Un seul employeur, ou plusieurs dont le siège est dans le même pays")
        }
        Employers::SeveralStates => {
            t("Plusieurs employeurs dont les sièges sont dans des pays différents")
        }
    }
}

/// Where the person lives meanwhile, as a choice reads.
pub fn lodging(lodging: Lodging) -> &'static str {
    match lodging {
        Lodging::Home => t("À son domicile en France"),
        Lodging::There => t("Dans le pays de la mission"),
    }
}

/// Marital status, as a choice reads.
pub fn marital(marital: Marital) -> &'static str {
    match marital {
        Marital::Single => t("Célibataire"),
        Marital::Married => t("Marié"),
        Marital::Partner => t("Pacsé"),
        Marital::Divorced => t("Divorcé ou séparé"),
        Marital::Widowed => t("Veuf"),
    }
}

/// What a dependant is to the worker, as a choice reads.
pub fn kinship(kinship: Kinship) -> &'static str {
    match kinship {
        Kinship::Spouse => t("Conjoint"),
        Kinship::Child => t("Enfant"),
        Kinship::Other => t("Autre"),
    }
}

/// A kind of request, as a choice reads.
pub fn journey(journey: Journey) -> &'static str {
    match journey {
        Journey::Posting => t("Détachement"),
        Journey::Several => t("Pluriactivité"),
    }
}

/// A question, as its label or legend reads.
pub fn question(question: Question) -> &'static str {
    match question {
        Question::Status => t("Statut en France"),
        Question::Country => t("Pays ou territoire de la mission"),
        Question::Start => t("Premier jour"),
        Question::EndKnown => t("La date de fin est-elle connue\u{202f}?"),
        Question::End => t("Dernier jour"),
        Question::StatusAbroad => t("Statut pendant la mission"),
        Question::Nationality => t("Nationalité"),
        Question::Affiliated => t(
            "Le salarié relève-t-il de la Sécurité sociale française depuis au moins 30\u{a0}jours avant le départ\u{202f}?",
        ),
        Question::Substantial => {
            t("L’entreprise exerce-t-elle au moins 25\u{a0}% de son activité en France\u{202f}?")
        }
        Question::Replaces => {
            t("Le salarié part-il remplacer une autre personne détachée\u{202f}?")
        }
        Question::HostPay => {
            t("L’entreprise d’accueil peut-elle modifier le salaire de base\u{202f}?")
        }
        Question::HostDismiss => {
            t("L’entreprise d’accueil peut-elle licencier le salarié\u{202f}?")
        }
        Question::HostSanction => {
            t("L’entreprise d’accueil peut-elle sanctionner le salarié\u{202f}?")
        }
        Question::HostContract => {
            t("Le salarié a-t-il signé un contrat de travail avec l’entreprise d’accueil\u{202f}?")
        }
        Question::Infrastructure => t(
            "Les moyens de l’activité (local, assurances, inscriptions) sont-ils gardés en France\u{202f}?",
        ),
        Question::Similar => t("L’activité à l’étranger est-elle semblable\u{202f}?"),
        Question::ActiveBefore => {
            t("L’activité est-elle exercée en France depuis au moins 2\u{a0}mois\u{202f}?")
        }
        Question::Places => t("Autres pays d’activité"),
        Question::Statuses => t("Statut dans chaque pays"),
        Question::Shares => t("Part de l’activité dans chaque pays, France comprise"),
        Question::Criterion => t("Mesure des parts d’activité"),
        Question::Residence => t("Pays de résidence"),
        Question::Employers => t("Employeurs"),
        Question::Seat => t("Pays du siège de l’employeur"),
        Question::Centre => t("Pays du centre d’intérêt de l’activité"),
        Question::Telework => {
            t("L’activité dans le pays de résidence est-elle du télétravail\u{202f}?")
        }
        Question::ForeignBenefit => {
            t("Un autre pays verse-t-il une allocation de chômage\u{202f}?")
        }
    }
}

/// The sentence of one reason: what the rule says of this request and, where something can be done, what.
pub fn reason(reason: &Reason) -> String {
    match reason.rule.effect() {
        super::rule::Effect::Refusal => refusal(reason),
        super::rule::Effect::Doubt => doubt(reason),
        super::rule::Effect::Ground => ground(reason),
        super::rule::Effect::Warning => warning(reason),
    }
}

/// The country that a reason is about.
fn country(reason: &Reason) -> &'static str {
    reason.country.map_or(t("ce pays"), Country::name)
}

/// The months that a reason speaks of.
fn length(reason: &Reason) -> String {
    months(reason.months.unwrap_or_default())
}

fn refusal(reason: &Reason) -> String {
    let (country, length) = (country(reason), length(reason));
    match reason.rule {
        Rule::NotAbroad => say!("{country}\u{a0}: ce lieu relève de la Sécurité sociale française, aucun certificat n’y est nécessaire.", country),
        Rule::EndBeforeStart => {
            t("Le dernier jour précède le premier. Vérifiez les deux dates.").to_owned()
        }
        Rule::AlreadyAbroad => already_abroad(reason),
        Rule::Replacement => {
            t("Un salarié envoyé remplacer une autre personne détachée ne peut pas l’être à son tour.").to_owned()
        }
        Rule::NotPosting => {
            t("Sans date de fin, sans activité semblable ou sans moyens gardés en France, ce n’est pas un détachement. Faites une demande de pluriactivité.").to_owned()
        }
        Rule::AgreementLimit => say!("{country}\u{a0}: l’accord n’autorise pas plus de {length}, prolongation comprise. Choisissez une date de fin plus proche.", country, length),
        Rule::MaintenanceLimit => say!("Sans accord avec le pays, un certificat dure {length} au plus. Choisissez une date de fin plus proche\u{202f}; il peut être renouvelé une fois.", length),
        Rule::MaintenanceTwice => say!("Le maintien a déjà été renouvelé\u{a0}: {length} au plus sont possibles en tout. Choisissez une date de fin plus proche.", length),
        Rule::SeveralOutsideEurope => say!("{country}\u{a0}: la pluriactivité n’existe que dans l’Espace économique européen, en Suisse et au Royaume-Uni. Faites une demande de détachement pour ce pays.", country),
        Rule::CountryTwice => say!("{country} est indiqué deux fois. Ne le gardez qu’une fois.", country),
        Rule::TooManyPlaces => {
            t("Une demande porte sur 4\u{a0}pays au plus, en dehors de la France.").to_owned()
        }
        Rule::SharesTotal => {
            t("Le total des parts, France comprise, doit être de 100\u{a0}%.").to_owned()
        }
        Rule::StartsTooLate => say!("Une demande de pluriactivité commence dans les {length} au plus. Faites-la plus près du premier jour.", length),
        Rule::ResidenceCompetent => say!("Une part substantielle de l’activité (25\u{a0}% ou plus) est exercée dans le pays de résidence ({country})\u{a0}: sa législation s’applique. Adressez la demande à l’organisme de ce pays.", country),
        Rule::SeatAbroad => say!("Moins de 25\u{a0}% de l’activité est exercée en France, et le siège de l’employeur est ailleurs ({country})\u{a0}: la législation de ce pays s’applique.", country),
        Rule::CentreAbroad => say!("Moins de 25\u{a0}% de l’activité est exercée en France, et son centre d’intérêt est ailleurs ({country})\u{a0}: la législation de ce pays s’applique.", country),
        _ => String::new(),
    }
}

fn already_abroad(reason: &Reason) -> String {
    let place = reason
        .country
        .map(|country| format!(" ({})", country.name()))
        .unwrap_or_default();
    let when = reason
        .period
        .map(|period| {
            say!(
                " du {start} au {end}",
                start = period.start.long(),
                end = period.end.long()
            )
        })
        .unwrap_or_default();
    say!(
        "Une autre demande de cette personne{place} couvre ces jours\u{a0}:{when}. Changez les dates, ou modifiez l’autre demande.",
        place,
        when
    )
}

fn doubt(reason: &Reason) -> String {
    let (country, length) = (country(reason), length(reason));
    match reason.rule {
        Rule::ZoneUnsure => say!("{country}\u{a0}: les textes qui s’appliquent à ce territoire sont à vérifier.", country),
        Rule::Article16 => say!("{country}\u{a0}: au-delà de {length}, il faut une dérogation, accordée par les deux pays (article 16).", country, length),
        Rule::BeyondUk => say!("{country}\u{a0}: aucune prolongation au-delà de {length} n’est garantie.", country, length),
        Rule::BeforeUk => {
            t("Une situation commencée avant 2021 au Royaume-Uni reste soumise à l’accord de retrait.").to_owned()
        }
        Rule::Extension => say!("{country}\u{a0}: au-delà de {length}, il faut une prolongation ou une dérogation prévue par l’accord.", country, length),
        Rule::LimitLikely => say!("{country}\u{a0}: la durée maximale de l’accord, {length} d’après nos sources, est à vérifier.", country, length),
        Rule::LimitUnknown => say!("{country}\u{a0}: la durée maximale de l’accord est à vérifier.", country),
        Rule::MaintenanceRenewal => {
            say!("Au-delà de {length} en tout, il s’agit d’un renouvellement, possible une seule fois.", length)
        }
        Rule::GapTooShort | Rule::GapOfAgreement => say!("{country}\u{a0}: moins de {length} séparent cette mission de la précédente dans le même pays.", country, length),
        Rule::NotAffiliated => {
            t("Le salarié ne relève pas de la Sécurité sociale française depuis au moins un mois avant le départ.").to_owned()
        }
        Rule::NotSubstantial => {
            t("L’entreprise exerce moins de 25\u{a0}% de son activité en France.").to_owned()
        }
        Rule::LinkToEmployer => {
            t("L’entreprise d’accueil agit comme un employeur (salaire, licenciement, sanction ou contrat)\u{a0}: le lien avec l’employeur français est à vérifier.").to_owned()
        }
        Rule::PublicService => t("Les agents publics relèvent de règles particulières.").to_owned(),
        Rule::OtherStatus => t("Ce statut relève de règles particulières.").to_owned(),
        Rule::StatusChanges => {
            t("Le statut pendant la mission n’est pas celui d’avant le départ.").to_owned()
        }
        Rule::EmployeesOnly => say!("{country}\u{a0}: l’accord ne couvre que les salariés.", country),
        Rule::SelfEmployedUnsaid => say!("{country}\u{a0}: il est à vérifier que l’accord couvre les travailleurs indépendants.", country),
        Rule::SelfEmployedElsewhere => {
            t("Sans accord qui couvre les travailleurs indépendants, la possibilité et la durée du maintien sont à vérifier.").to_owned()
        }
        Rule::SelfEmployedConditions => {
            t("La fin est inconnue, l’activité n’est pas semblable, ou ses moyens ne sont pas gardés en France.").to_owned()
        }
        Rule::ActiveTooShort => {
            t("L’activité est exercée en France depuis moins de 2\u{a0}mois.").to_owned()
        }
        Rule::ThirdCountryRestricted => say!("{country}\u{a0}: les règles européennes peuvent ne pas s’y appliquer à cette nationalité.", country),
        Rule::NationalityOfAgreement => say!("{country}\u{a0}: l’accord pose une condition de nationalité.", country),
        Rule::LongPast => t("La mission a commencé il y a plus d’un an.").to_owned(),
        Rule::FarAhead => t("La mission commence dans plus d’un an.").to_owned(),
        _ => doubt_of_several(reason),
    }
}

fn doubt_of_several(reason: &Reason) -> String {
    let (country, length) = (country(reason), length(reason));
    match reason.rule {
        Rule::Mixed => {
            t("Salarié dans un pays et indépendant dans un autre\u{a0}: la législation du pays de l’activité salariée s’applique en principe.").to_owned()
        }
        Rule::SeveralEmployers => {
            t("Les employeurs ont leur siège dans des pays différents, et moins de 25\u{a0}% de l’activité est exercée dans le pays de résidence.").to_owned()
        }
        Rule::ResidenceAbroad => say!("La personne réside hors de France ({country})\u{a0}: c’est l’organisme du pays de résidence qui détermine la législation.", country),
        Rule::CentreOfInterest => {
            t("Moins de 25\u{a0}% de l’activité est exercée en France\u{a0}: le centre d’intérêt de l’activité est à vérifier.").to_owned()
        }
        Rule::TeleworkFramework => say!("Télétravail de 25\u{a0}% à moins de 50\u{a0}% dans le pays de résidence ({country})\u{a0}: l’accord-cadre peut s’appliquer, pour {length} au plus, si les deux pays l’ont signé.", country, length),
        Rule::OnlyMarginal => {
            t("Toute l’activité à l’étranger est marginale (moins de 5\u{a0}%)\u{a0}: la législation française s’applique en principe.").to_owned()
        }
        Rule::FranceMarginal => {
            t("L’activité en France est marginale (moins de 5\u{a0}%).").to_owned()
        }
        Rule::MixedTexts => {
            t("Aucun texte ne lie entre eux tous les pays de la demande.").to_owned()
        }
        Rule::ForeignBenefit => {
            t("Un autre pays verse une allocation de chômage.").to_owned()
        }
        _ => String::new(),
    }
}

fn ground(reason: &Reason) -> String {
    let (country, length) = (country(reason), length(reason));
    match reason.rule {
        Rule::PostedEmployee => say!("{country}\u{a0}: détachement d’un salarié, 24\u{a0}mois au plus.", country),
        Rule::PostedSelfEmployed => say!("{country}\u{a0}: détachement d’un travailleur indépendant, 24\u{a0}mois au plus.", country),
        Rule::PostedUk => say!("{country}\u{a0}: détachement, 24\u{a0}mois au plus.", country),
        Rule::SeveralUk => say!("{country}\u{a0}: le protocole de sécurité sociale règle la pluriactivité.", country),
        Rule::EeaAgreement => {
            t("Les règlements européens s’appliquent aussi en Islande, au Liechtenstein et en Norvège.").to_owned()
        }
        Rule::SwissAgreement => {
            t("Les règlements européens s’appliquent aussi en Suisse.").to_owned()
        }
        Rule::ThirdCountryNational => {
            t("Les règlements européens s’étendent aux ressortissants d’autres pays.").to_owned()
        }
        Rule::Agreement => say!("{country}\u{a0}: un accord bilatéral de sécurité sociale s’applique.", country),
        Rule::Decree => say!("{country}\u{a0}: un décret coordonne les deux régimes de sécurité sociale.", country),
        Rule::Maintenance => say!("{country}\u{a0}: sans accord applicable, le maintien à la Sécurité sociale française est possible.", country),
        Rule::ShortStay => say!("La mission dure moins de {length}\u{a0}: la même demande suffit.", length),
        Rule::Continuation => say!("{country}\u{a0}: cette mission prolonge la précédente, les durées s’ajoutent.", country),
        Rule::SubstantialAtHome => {
            t("Au moins 25\u{a0}% de l’activité est exercée en France, pays de résidence\u{a0}: la législation française s’applique.").to_owned()
        }
        Rule::SeatInFrance => {
            t("Moins de 25\u{a0}% de l’activité est exercée dans le pays de résidence, et le siège de l’employeur est en France\u{a0}: la législation française s’applique.").to_owned()
        }
        Rule::SelfEmployedAtHome => {
            t("Au moins 25\u{a0}% de l’activité indépendante est exercée en France, pays de résidence\u{a0}: la législation française s’applique.").to_owned()
        }
        _ => String::new(),
    }
}

fn warning(reason: &Reason) -> String {
    let (country, length) = (country(reason), length(reason));
    match reason.rule {
        Rule::LocalContributions => {
            t("Des cotisations peuvent être dues aussi dans le pays, si elles y sont obligatoires.").to_owned()
        }
        Rule::CoveredRisks => {
            t("L’accord ne dispense de cotiser dans le pays que pour les risques qu’il couvre.").to_owned()
        }
        Rule::FrenchRates => {
            t("Les soins peuvent n’être remboursés qu’aux tarifs français\u{a0}: une assurance complémentaire est conseillée.").to_owned()
        }
        Rule::LeaveCounts => say!("{country}\u{a0}: les congés comptent dans la durée de la mission.", country),
        Rule::ExtensionAskedBefore => say!("{country}\u{a0}: une prolongation se demande au moins {length} avant la fin.", country, length),
        Rule::PaperUnsure => say!("{country}\u{a0}: le numéro du formulaire est à vérifier.", country),
        Rule::PaperMissing => say!("{country}\u{a0}: aucun numéro de formulaire n’est connu.", country),
        Rule::Retroactive => t("Le premier jour est déjà passé.").to_owned(),
        Rule::LegalResidence => {
            t("La personne doit résider légalement en France, et pouvoir travailler dans l’autre pays.").to_owned()
        }
        Rule::Marginal => say!("{country}\u{a0}: cette activité est marginale (moins de 5\u{a0}%), elle n’est pas prise en compte.", country),
        Rule::CertificateLength => say!("Le certificat dure {length} au plus. Il peut être renouvelé.", length),
        Rule::TeleworkTooMuch => {
            t("À partir de 50\u{a0}% de télétravail, l’accord-cadre ne s’applique pas.").to_owned()
        }
        _ => String::new(),
    }
}

/// The sentence of what can be wrong in the steps of a request; empty for what other forms have.
pub(crate) fn problem(problem: &Problem) -> String {
    let said = match problem {
        Problem::NotPersonName => {
            t("Saisissez le nom tel qu’il figure sur la pièce d’identité, sans chiffre ni signe.")
        }
        Problem::NotPostcode => {
            t("Saisissez les 5\u{a0}chiffres du code postal. Exemple\u{a0}: 75011.")
        }
        Problem::NotPhone => {
            t("Saisissez un numéro de téléphone. Exemples\u{a0}: 01 23 45 67 89, +49 30 123456.")
        }
        Problem::NotPercentage => t("Saisissez un nombre entier de 0 à 100. Exemple\u{a0}: 25."),
        Problem::NoContact => t(
            "Saisissez une adresse électronique ou un numéro de téléphone\u{a0}: l’un des deux est nécessaire hors de l’Union européenne.",
        ),
        Problem::UnsuitedCriterion => t(
            "Cette mesure ne convient pas au statut. Pour un salarié, choisissez le temps de travail ou la rémunération.",
        ),
        Problem::InFuture => t("Cette date est à venir. Vérifiez-la."),
        Problem::NotDate => t("Saisissez une date. Exemple\u{a0}: 24/11/2026."),
        Problem::NoSuchDay => t(
            "Cette date n’existe pas ou n’est pas possible. Vérifiez le jour, le mois et l’année.",
        ),
        Problem::NoSuchCountry => t(
            "Ce nom n’est pas celui d’un pays de la liste. Choisissez-y le pays ou le territoire.",
        ),
        Problem::InFrance => t(
            "La France n’est pas une destination\u{a0}: choisissez le pays étranger où le travail aura lieu.",
        ),
        Problem::FrenchTerritory => t(
            "Ce territoire relève de la Sécurité sociale française\u{a0}: aucun certificat n’y est nécessaire. Choisissez un autre lieu.",
        ),
        _ => "",
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mobility::day::{Day, Period};

    fn whole(rule: Rule) -> Reason {
        let day = |text| Day::parse(text).unwrap();
        Reason {
            rule,
            country: Country::of("ES"),
            months: Some(24),
            period: Some(Period {
                start: day("01/03/2027"),
                end: day("31/05/2027"),
            }),
        }
    }

    /// Fear: a rule decides without a word, speaks of « 0 mois », or breaks French typography.
    #[test]
    fn every_rule_has_a_sentence() {
        for rule in Rule::ALL {
            let said = reason(&whole(*rule));
            assert!(said.ends_with('.'), "{rule:?}");
            assert!(said.chars().next().unwrap().is_uppercase(), "{rule:?}");
            for wrong in [
                "'",
                " :",
                " ;",
                " ?",
                " %",
                "« ",
                " »",
                "\u{a0}mois mois",
                " 0\u{a0}mois",
            ] {
                assert!(!said.contains(wrong), "{rule:?}: {said}");
            }
        }
        assert_eq!(
            reason(&whole(Rule::AlreadyAbroad)).replace('\u{a0}', " "),
            "Une autre demande de cette personne (Espagne) couvre ces jours : du 1er mars 2027 au 31 mai 2027. Changez les dates, \
             ou modifiez l’autre demande."
        );
    }

    /// Fear: a problem of a step has no sentence.
    #[test]
    fn every_problem_has_a_sentence() {
        for wrong in [
            Problem::NotPersonName,
            Problem::NotPostcode,
            Problem::NotPhone,
            Problem::NotPercentage,
            Problem::NoContact,
            Problem::UnsuitedCriterion,
            Problem::InFuture,
            Problem::NotDate,
            Problem::NoSuchDay,
            Problem::NoSuchCountry,
            Problem::InFrance,
            Problem::FrenchTerritory,
        ] {
            let said = crate::wording::sentence(crate::form::BeginField::Identifier, &wrong);
            assert!(said.ends_with('.') && !said.contains('\''), "{wrong:?}");
        }
    }

    /// Fear: a certificate is called by another country's number.
    #[test]
    fn certificates() {
        let said = |kind, code| certificate(kind, Country::of(code));
        assert_eq!(said(Certificate::A1, "ES"), "Certificat A1");
        assert_eq!(
            said(Certificate::Agreement, "DZ"),
            "Certificat de détachement SE 352-01"
        );
        assert_eq!(
            said(Certificate::Agreement, "RS"),
            "Certificat de détachement"
        );
        assert!(said(Certificate::Maintenance, "CN").contains("maintien"));
    }
}
