//! Worked cases, for a lawyer to read and to correct. It is 24 November 2026.
//!
//! A case answers every question in the way that raises no doubt, but for what its column « mais » names. The last column is every rule
//! that has a say, but for those that always come with a certificate: `risques-de-l-accord` with that of an agreement,
//! `cotisations-locales` and `tarifs-francais` with a maintien.

use super::*;
use crate::mobility::{
    day::Period,
    situation::{Employers, Host, Nationality, Place, Posting, Several, Share},
};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn today() -> Day {
    day("24/11/2026")
}

pub(super) fn country(code: &str) -> Country {
    Country::of(code).unwrap()
}

fn nationality(code: &str) -> Nationality {
    match code {
        "apatride" => Nationality::Stateless,
        code => Nationality::Of(country(code)),
    }
}

fn status(word: &str) -> Status {
    match word {
        "salarié" | "" => Status::Employee,
        "indépendant" | "i" => Status::SelfEmployed,
        "fonctionnaire" | "f" => Status::CivilServant,
        "autre" => Status::Other,
        other => panic!("{other}"),
    }
}

/// « 01/01/2027-31/12/2027 DE », a posting; « DE+BE » would be work in both.
fn earlier(text: &str) -> Earlier {
    let (days, places) = text.split_once(' ').unwrap();
    let (start, end) = days.split_once('-').unwrap();
    let countries: Vec<_> = places.split('+').map(country).collect();
    Earlier {
        several: countries.len() > 1,
        countries,
        period: Period {
            start: day(start),
            end: day(end),
        },
    }
}

/// A posting whose answers raise no doubt.
pub(super) fn plain(status: Status, country: Country) -> Posting {
    Posting {
        status: Some(status),
        nationality: Some(Nationality::Of(Country::of("FR").unwrap())),
        country: Some(country),
        status_abroad: Some(status),
        affiliated: Some(true),
        substantial: Some(true),
        replaces: Some(false),
        host: Host {
            pay: Some(false),
            dismiss: Some(false),
            sanction: Some(false),
            contract: Some(false),
        },
        end_known: Some(true),
        similar: Some(true),
        infrastructure: Some(true),
        active_before: Some(true),
        ..Posting::default()
    }
}

/// Changes an answer by the word of the column « mais ».
fn but(posting: &mut Posting, word: &str) {
    match word {
        "non affilié" => posting.affiliated = Some(false),
        "peu d’activité en France" => posting.substantial = Some(false),
        "remplace" => posting.replaces = Some(true),
        "salaire changé par l’accueil" => posting.host.pay = Some(true),
        "licencié par l’accueil" => posting.host.dismiss = Some(true),
        "sanctionné par l’accueil" => posting.host.sanction = Some(true),
        "contrat avec l’accueil" => posting.host.contract = Some(true),
        "fin inconnue" => posting.end_known = Some(false),
        "autre activité" => posting.similar = Some(false),
        "sans moyens en France" => posting.infrastructure = Some(false),
        "activité récente" => posting.active_before = Some(false),
        "indépendant là-bas" => posting.status_abroad = Some(Status::SelfEmployed),
        "salarié là-bas" => posting.status_abroad = Some(Status::Employee),
        "fonctionnaire là-bas" => posting.status_abroad = Some(Status::CivilServant),
        "sans réponse" => posting.affiliated = None,
        other => panic!("{other}"),
    }
}

const ALWAYS: [Rule; 3] = [
    Rule::CoveredRisks,
    Rule::LocalContributions,
    Rule::FrenchRates,
];

/// « accordé A1 31/12/2028: rules ».
fn told(decision: &Decision) -> String {
    let outcome = match decision.outcome() {
        Outcome::Granted => "accordé",
        Outcome::Examination => "examen",
        Outcome::Incomplete => "incomplet",
        Outcome::Impossible => "impossible",
    };
    let certificate = match decision.certificate {
        Some(Certificate::A1) => "A1",
        Some(Certificate::Agreement) => "accord",
        Some(Certificate::Maintenance) => "maintien",
        None => "rien",
    };
    let latest = decision.latest_end.map_or("—".to_owned(), Day::short);
    let rules: Vec<_> = decision
        .reasons
        .iter()
        .filter(|reason| !ALWAYS.contains(&reason.rule))
        .map(|reason| reason.rule.facts().code)
        .collect();
    format!("{outcome} {certificate} {latest}: {}", rules.join(" "))
}

fn columns(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

// Who and nationality | where | first day | last day | mais, ; avant | what becomes of it
const POSTINGS: &str = "
# Europe, salariés
salarié FR | DE | 01/01/2027 | 31/12/2028 |  | accordé A1 31/12/2028: detachement-salarie
salarié FR | DE | 01/01/2027 | 01/01/2029 |  | examen A1 31/12/2028: derogation-article-16 detachement-salarie
salarié FR | ES | 15/01/2027 | 14/01/2029 |  | accordé A1 14/01/2029: detachement-salarie
salarié FR | ES | 15/01/2027 | 15/01/2029 |  | examen A1 14/01/2029: derogation-article-16 detachement-salarie
salarié FR | IT | 01/12/2026 | 27/02/2027 |  | accordé A1 30/11/2028: detachement-salarie moins-de-3-mois
salarié FR | IT | 01/12/2026 | 28/02/2027 |  | accordé A1 30/11/2028: detachement-salarie
salarié FR | PL | 24/11/2026 | 24/11/2026 |  | accordé A1 23/11/2028: detachement-salarie moins-de-3-mois
salarié FR | PL | 01/11/2026 | 31/10/2027 |  | accordé A1 31/10/2028: detachement-salarie deja-commencee
salarié FR | PL | 24/11/2025 | 23/11/2027 |  | accordé A1 23/11/2027: detachement-salarie deja-commencee
salarié FR | PL | 01/11/2025 | 31/10/2027 |  | examen A1 31/10/2027: debut-ancien detachement-salarie deja-commencee
salarié FR | PL | 01/12/2027 | 31/12/2027 |  | examen A1 30/11/2029: debut-eloigne detachement-salarie moins-de-3-mois
salarié FR | BE | 01/01/2027 | 30/06/2027 | remplace | impossible A1 31/12/2028: remplacement detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | non affilié | examen A1 31/12/2028: affiliation-prealable detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | peu d’activité en France | examen A1 31/12/2028: activite-substantielle detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | licencié par l’accueil | examen A1 31/12/2028: lien-organique detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | salaire changé par l’accueil, contrat avec l’accueil | examen A1 31/12/2028: lien-organique detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | sanctionné par l’accueil, non affilié | examen A1 31/12/2028: affiliation-prealable lien-organique detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | indépendant là-bas | examen A1 31/12/2028: statut-different detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | fonctionnaire là-bas | examen A1 31/12/2028: agent-public detachement-salarie
fonctionnaire FR | BE | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: agent-public detachement-salarie
autre FR | BE | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: autre-statut detachement-salarie
salarié FR | BE | 01/01/2027 | 30/06/2027 | sans réponse | incomplet A1 31/12/2028: detachement-salarie
salarié FR | BE | 01/07/2027 | 30/06/2027 |  | impossible A1 30/06/2029: fin-avant-debut detachement-salarie
# Europe, indépendants
indépendant FR | PT | 01/01/2027 | 31/12/2028 |  | accordé A1 31/12/2028: detachement-independant
indépendant FR | PT | 01/01/2027 | 01/01/2029 |  | examen A1 31/12/2028: derogation-article-16 detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | autre activité | impossible A1 31/12/2028: pluriactivite-requise detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | sans moyens en France | impossible A1 31/12/2028: pluriactivite-requise detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | fin inconnue | impossible A1 31/12/2028: pluriactivite-requise detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | activité récente | examen A1 31/12/2028: deux-mois-d-activite detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | salarié là-bas | examen A1 31/12/2028: statut-different detachement-independant
indépendant FR | PT | 01/01/2027 | 30/06/2027 | non affilié, remplace | accordé A1 31/12/2028: detachement-independant
# Espace économique européen, Suisse, Royaume-Uni
salarié FR | NO | 01/01/2027 | 31/12/2027 |  | accordé A1 31/12/2028: detachement-salarie accord-eee
salarié FR | CH | 01/01/2027 | 31/12/2027 |  | accordé A1 31/12/2028: detachement-salarie accord-suisse
salarié FR | GB | 01/01/2027 | 31/12/2028 |  | accordé A1 31/12/2028: detachement-royaume-uni
indépendant FR | GB | 01/01/2027 | 31/12/2028 |  | accordé A1 31/12/2028: detachement-royaume-uni
salarié FR | GB | 01/01/2027 | 01/01/2029 |  | examen A1 31/12/2028: royaume-uni-plus-de-24-mois detachement-royaume-uni
salarié FR | GB | 01/12/2020 | 30/11/2022 |  | examen A1 30/11/2022: royaume-uni-avant-2021 debut-ancien detachement-royaume-uni deja-commencee
salarié FR | GB | 01/01/2021 | 31/12/2022 |  | examen A1 31/12/2022: debut-ancien detachement-royaume-uni deja-commencee
salarié FR | GI | 01/01/2027 | 30/06/2027 |  | examen maintien 31/12/2029: territoire-a-verifier maintien
# Nationalités
salarié MA | ES | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-salarie ressortissant-tiers residence-legale
salarié MA | DK | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: ressortissant-tiers-restreint detachement-salarie
salarié MA | CH | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: ressortissant-tiers-restreint detachement-salarie accord-suisse
salarié MA | IS | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: ressortissant-tiers-restreint detachement-salarie accord-eee
salarié MA | GB | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-royaume-uni
salarié GB | ES | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-salarie ressortissant-tiers residence-legale
salarié CH | DE | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-salarie
salarié CH | NO | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: ressortissant-tiers-restreint detachement-salarie accord-eee
salarié NO | CH | 01/01/2027 | 30/06/2027 |  | examen A1 31/12/2028: ressortissant-tiers-restreint detachement-salarie accord-suisse
salarié NO | IS | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-salarie accord-eee
salarié apatride | DK | 01/01/2027 | 30/06/2027 |  | accordé A1 31/12/2028: detachement-salarie
salarié FR | TR | 01/01/2027 | 30/06/2027 |  | accordé accord 31/12/2029: accord-bilateral formulaire-a-verifier
salarié TR | TR | 01/01/2027 | 30/06/2027 |  | accordé accord 31/12/2029: accord-bilateral formulaire-a-verifier
salarié DE | TR | 01/01/2027 | 30/06/2027 |  | examen accord 31/12/2029: nationalite-accord accord-bilateral formulaire-a-verifier
salarié DE | KR | 01/01/2027 | 30/06/2027 |  | examen accord 31/12/2029: nationalite-accord accord-bilateral
salarié DE | JP | 01/01/2027 | 30/06/2027 |  | accordé accord 31/12/2031: accord-bilateral
salarié DE | CN | 01/01/2027 | 30/06/2027 |  | accordé maintien 31/12/2029: maintien
# Accords bilatéraux
salarié FR | DZ | 01/01/2027 | 31/12/2029 |  | accordé accord 31/12/2029: accord-bilateral conges-compris
salarié FR | DZ | 01/01/2027 | 31/12/2031 |  | examen accord 31/12/2029: prolongation-accord accord-bilateral conges-compris
salarié FR | DZ | 01/01/2027 | 01/01/2032 |  | impossible accord 31/12/2029: duree-accord-depassee accord-bilateral conges-compris
salarié FR | CM | 01/01/2027 | 30/06/2027 |  | accordé accord 30/06/2027: accord-bilateral
salarié FR | CM | 01/01/2027 | 01/07/2027 |  | impossible accord 30/06/2027: duree-accord-depassee accord-bilateral
salarié FR | US | 01/01/2027 | 31/12/2031 |  | accordé accord 31/12/2031: accord-bilateral conges-compris
salarié FR | US | 01/01/2027 | 01/01/2032 |  | examen accord 31/12/2031: prolongation-accord accord-bilateral conges-compris
indépendant FR | US | 01/01/2027 | 31/12/2028 |  | accordé accord 31/12/2028: accord-bilateral conges-compris
indépendant FR | US | 01/01/2027 | 31/12/2030 |  | examen accord 31/12/2028: prolongation-accord accord-bilateral conges-compris
indépendant FR | AR | 01/01/2027 | 31/12/2028 |  | examen accord 31/12/2027: prolongation-accord accord-bilateral
indépendant FR | AR | 01/01/2027 | 01/01/2029 |  | impossible accord 31/12/2027: duree-accord-depassee accord-bilateral
indépendant FR | IN | 01/01/2027 | 31/12/2031 |  | accordé accord 31/12/2031: accord-bilateral
indépendant FR | DZ | 01/01/2027 | 30/06/2027 |  | examen maintien —: accord-salaries-seulement independant-sans-accord maintien
indépendant FR | CA | 01/01/2027 | 30/06/2027 |  | examen accord —: accord-independants-a-verifier accord-bilateral
indépendant FR | CA-QC | 01/01/2027 | 31/12/2027 |  | accordé accord 31/12/2027: accord-bilateral
indépendant FR | RS | 01/01/2027 | 31/12/2027 | autre activité | examen accord 31/12/2028: conditions-independant accord-bilateral formulaire-non-retrouve
salarié FR | CI | 01/01/2027 | 31/12/2035 |  | examen accord 31/12/2028: prolongation-accord accord-bilateral conges-compris
salarié FR | GG | 01/01/2027 | 30/06/2027 |  | accordé accord 30/06/2027: accord-bilateral formulaire-non-retrouve
salarié FR | JE | 01/01/2027 | 30/06/2027 |  | examen accord 30/06/2027: duree-accord-a-verifier accord-bilateral formulaire-non-retrouve
salarié FR | MA | 01/01/2027 | 30/06/2027 |  | examen accord 31/12/2029: duree-accord-a-verifier accord-bilateral prolongation-a-demander-avant
salarié FR | MA | 01/01/2027 | 31/12/2039 |  | examen accord 31/12/2029: prolongation-accord duree-accord-a-verifier accord-bilateral prolongation-a-demander-avant
salarié FR | SM | 01/01/2027 | 30/06/2027 |  | examen accord —: duree-accord-inconnue accord-bilateral formulaire-a-verifier
salarié FR | NC | 01/01/2027 | 31/12/2028 |  | accordé accord 31/12/2028: decret-de-coordination prolongation-a-demander-avant
salarié FR | PM | 01/01/2027 | 30/06/2027 |  | examen accord —: duree-accord-inconnue decret-de-coordination formulaire-non-retrouve
salarié FR | JP | 01/01/2027 | 30/06/2027 | non affilié | examen accord 31/12/2031: affiliation-prealable accord-bilateral
salarié FR | JP | 01/01/2027 | 30/06/2027 | remplace, peu d’activité en France | accordé accord 31/12/2031: accord-bilateral
# Sans accord
salarié FR | CN | 01/01/2027 | 31/12/2029 |  | accordé maintien 31/12/2029: maintien
salarié FR | CN | 01/01/2027 | 01/01/2030 |  | impossible maintien 31/12/2029: duree-maintien-depassee maintien
salarié FR | CD | 01/01/2027 | 28/02/2027 |  | accordé maintien 31/12/2029: maintien moins-de-3-mois
salarié FR | AE | 01/01/2027 | 30/06/2027 | contrat avec l’accueil | examen maintien 31/12/2029: lien-organique maintien
indépendant FR | AE | 01/01/2027 | 30/06/2027 |  | examen maintien —: independant-sans-accord maintien
# En France
salarié FR | FR | 01/01/2027 | 30/06/2027 |  | impossible rien —: lieu-en-france
salarié FR | MQ | 01/01/2027 | 30/06/2027 |  | impossible rien —: lieu-en-france
# Après d’autres demandes de la même personne
salarié FR | DE | 01/01/2027 | 31/12/2027 | avant 01/01/2026-31/12/2026 DE | accordé A1 31/12/2027: detachement-salarie duree-cumulee
salarié FR | DE | 01/01/2027 | 01/01/2028 | avant 01/01/2026-31/12/2026 DE | examen A1 31/12/2027: derogation-article-16 detachement-salarie duree-cumulee
salarié FR | DE | 01/02/2027 | 31/12/2027 | avant 01/01/2026-31/12/2026 DE | examen A1 31/01/2028: delai-entre-detachements detachement-salarie
salarié FR | DE | 01/02/2027 | 01/02/2028 | avant 01/01/2026-31/12/2026 DE | examen A1 31/01/2028: derogation-article-16 delai-entre-detachements detachement-salarie
salarié FR | DE | 28/02/2027 | 30/06/2027 | avant 01/01/2025-31/12/2026 DE | examen A1 —: derogation-article-16 delai-entre-detachements detachement-salarie
salarié FR | DE | 01/03/2027 | 28/02/2029 | avant 01/01/2025-31/12/2026 DE | accordé A1 28/02/2029: detachement-salarie
salarié FR | DE | 01/01/2027 | 31/12/2028 | avant 01/01/2026-31/12/2026 BE | accordé A1 31/12/2028: detachement-salarie
salarié FR | DE | 01/01/2027 | 31/12/2028 | avant 01/01/2026-31/12/2026 DE+BE | accordé A1 31/12/2028: detachement-salarie
salarié FR | DE | 01/01/2027 | 30/06/2027 | avant 01/06/2027-31/12/2027 BE | impossible A1 31/12/2028: deja-en-mission detachement-salarie
salarié FR | DE | 01/01/2027 | 30/06/2027 | avant 30/06/2027-31/12/2027 DE | impossible A1 31/12/2028: deja-en-mission detachement-salarie
salarié FR | DE | 01/01/2027 | 30/06/2027 | avant 01/06/2026-01/01/2027 BE | impossible A1 31/12/2028: deja-en-mission detachement-salarie
salarié FR | DE | 01/01/2027 | 30/06/2027 | avant 01/07/2027-31/12/2027 DE | accordé A1 31/12/2028: detachement-salarie
salarié FR | DE | 01/01/2027 | 30/06/2027 | avant 01/01/2026-31/12/2027 BE+ES | impossible A1 31/12/2028: deja-en-mission detachement-salarie
salarié FR | JP | 01/06/2027 | 30/06/2028 | avant 01/01/2026-31/12/2026 JP | examen accord 31/05/2031: delai-de-l-accord accord-bilateral
salarié FR | JP | 01/01/2028 | 30/06/2028 | avant 01/01/2026-31/12/2026 JP | examen accord 31/12/2032: debut-eloigne accord-bilateral
salarié FR | CM | 01/01/2027 | 31/03/2027 | avant 01/10/2026-31/12/2026 CM | accordé accord 31/03/2027: accord-bilateral duree-cumulee
salarié FR | CM | 01/01/2027 | 01/04/2027 | avant 01/10/2026-31/12/2026 CM | impossible accord 31/03/2027: duree-accord-depassee accord-bilateral duree-cumulee
salarié FR | CN | 01/01/2027 | 31/12/2029 | avant 01/01/2024-31/12/2026 CN | examen maintien —: renouvellement-maintien maintien duree-cumulee
salarié FR | CN | 01/01/2027 | 30/06/2027 | avant 01/01/2021-31/12/2023 CN, avant 01/01/2024-31/12/2026 CN | impossible maintien —: maintien-deja-renouvele maintien duree-cumulee
salarié FR | CN | 01/01/2027 | 01/01/2030 | avant 01/01/2024-31/12/2026 CN | impossible maintien —: duree-maintien-depassee maintien duree-cumulee
";

/// Fear: a rule changes, and nobody sees whose request it refuses or lets pass.
#[test]
fn postings() {
    let mut seen = 0;
    let (mut zones, mut kinds) = (Vec::new(), Vec::new());
    for line in rows(POSTINGS) {
        let [who, to, start, end, buts, wanted] = columns(line)[..] else {
            panic!("{line}");
        };
        let (work, nation) = who.split_once(' ').unwrap();
        let mut posting = Posting {
            nationality: Some(nationality(nation)),
            start: Some(day(start)),
            end: Some(day(end)),
            ..plain(status(work), country(to))
        };
        let mut others = Vec::new();
        for word in buts.split(", ").filter(|word| !word.is_empty()) {
            match word.strip_prefix("avant ") {
                Some(other) => others.push(earlier(other)),
                None => but(&mut posting, word),
            }
        }
        let decision = decide(&Situation::Posting(posting), &others, today());
        assert_eq!(told(&decision), wanted, "{line}");
        seen += 1;
        zones.push(country(to).zone());
        kinds.extend(decision.certificate);
    }
    assert!(seen >= 60, "{seen}");
    // No zone and no kind of certificate is left to chance.
    let all = [Zone::Europe, Zone::Agreement, Zone::Elsewhere, Zone::France];
    assert!(all.iter().all(|zone| zones.contains(zone)));
    assert!(Certificate::ALL.iter().all(|kind| kinds.contains(kind)));
}

// Status, share of France, nationality | others: country, share, status | residence | seat or centre, or « plusieurs » | from | until | mais
const SEVERAL: &str = "
# Salariés
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence
salarié 25 FR | DE 40, BE 35 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence
salarié 24 FR | DE 40, BE 36 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-siege
salarié 24 FR | DE 40, BE 36 | FR | DE | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: siege-a-l-etranger
salarié 24 FR | DE 40, BE 36 | FR | plusieurs | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: employeurs-de-plusieurs-etats
salarié 60 FR | DE 40 | FR | plusieurs | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence
salarié 60 FR | DE 40 | DE | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: residence-competente
salarié 80 FR | DE 20 | DE | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: residence-hors-de-france
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | | | accordé A1 31/12/2027: pluriactivite-residence duree-du-certificat
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 01/01/2028 | | accordé A1 31/12/2027: pluriactivite-residence duree-du-certificat
salarié 60 FR | DE 40 | FR | FR | 24/02/2027 | 31/12/2027 | | accordé A1 23/02/2028: pluriactivite-residence
salarié 60 FR | DE 40 | FR | FR | 25/02/2027 | 31/12/2027 | | impossible A1 24/02/2028: debut-trop-lointain pluriactivite-residence
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 31/12/2026 | | impossible A1 31/12/2027: fin-avant-debut pluriactivite-residence
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 31/12/2027 | allocation étrangère | examen A1 31/12/2027: allocation-etrangere pluriactivite-residence
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 31/12/2027 | avant 01/06/2027-30/06/2027 US | impossible A1 31/12/2027: deja-en-mission pluriactivite-residence
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | | avant 01/06/2027-30/06/2027 US | impossible A1 31/12/2027: deja-en-mission pluriactivite-residence duree-du-certificat
salarié 60 FR | DE 40 | FR | FR | 01/01/2027 | 31/12/2027 | avant 01/01/2026-31/12/2026 DE+BE | accordé A1 31/12/2027: pluriactivite-residence
# Télétravail
salarié 70 FR | BE 30 | BE | FR | 01/01/2027 | 31/12/2029 | télétravail | examen A1 31/12/2029: teletravail-accord-cadre
salarié 51 FR | BE 49 | BE | FR | 01/01/2027 | 31/12/2027 | télétravail | examen A1 31/12/2029: teletravail-accord-cadre
salarié 50 FR | BE 50 | BE | FR | 01/01/2027 | 31/12/2027 | télétravail | impossible A1 31/12/2027: residence-competente teletravail-50
salarié 76 FR | BE 24 | BE | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: residence-hors-de-france
salarié 40 FR | LU 60 | FR | LU | 01/01/2027 | 31/12/2027 | télétravail | examen A1 31/12/2029: teletravail-accord-cadre
salarié 40 FR | LU 60 | FR | FR | 01/01/2027 | 31/12/2027 | télétravail | accordé A1 31/12/2027: pluriactivite-residence
# Indépendants, deux statuts, agents publics
indépendant 30 FR | ES 70 i | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-independant
indépendant 20 FR | ES 80 i | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: centre-d-interet
indépendant 20 FR | ES 80 i | FR | ES | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: centre-d-interet-a-l-etranger
indépendant 40 FR | ES 60 i | ES | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: residence-competente
salarié 60 FR | ES 40 i | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: salarie-et-independant
indépendant 60 FR | ES 40 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: salarie-et-independant
fonctionnaire 60 FR | ES 40 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: agent-public pluriactivite-residence
# Activités marginales
salarié 56 FR | DE 40, BE 4 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence activite-marginale
salarié 60 FR | DE 36, BE 4 i | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence activite-marginale
salarié 55 FR | DE 40, BE 5 i | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: salarie-et-independant
salarié 96 FR | BE 4 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: activites-marginales pluriactivite-residence activite-marginale
salarié 4 FR | BE 96 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: activite-marginale-en-france pluriactivite-siege
# Pays et parts
salarié 60 FR | US 40 | FR | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: pluriactivite-hors-europe pluriactivite-residence
salarié 60 FR | MQ 40 | FR | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: lieu-en-france pluriactivite-residence
salarié 60 FR | DE 20, DE 20 | FR | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: pays-en-double pluriactivite-residence
salarié 60 FR | DE 10, BE 10, ES 10, IT 10 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-residence
salarié 50 FR | DE 10, BE 10, ES 10, IT 10, PT 10 | FR | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: trop-de-pays pluriactivite-residence
salarié 60 FR | DE 41 | FR | FR | 01/01/2027 | 31/12/2027 | | impossible A1 31/12/2027: total-des-parts pluriactivite-residence
salarié 60 FR | GB 40 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: pluriactivite-royaume-uni pluriactivite-residence
salarié 60 FR | GB 20, DE 20 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: textes-differents pluriactivite-royaume-uni pluriactivite-residence
salarié 60 FR | CH 20, NO 20 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: textes-differents accord-eee accord-suisse pluriactivite-residence
salarié 60 FR | CH 20, DE 20 | FR | FR | 01/01/2027 | 31/12/2027 | | accordé A1 31/12/2027: accord-suisse pluriactivite-residence
salarié 60 MA | DE 20, CH 20 | FR | FR | 01/01/2027 | 31/12/2027 | | examen A1 31/12/2027: ressortissant-tiers-restreint accord-suisse ressortissant-tiers pluriactivite-residence residence-legale
";

fn place(text: &str) -> Place {
    let mut words = text.split(' ');
    Place {
        country: country(words.next().unwrap()),
        share: Share::new(words.next().unwrap().parse().unwrap()),
        status: Some(status(words.next().unwrap_or_default())),
    }
}

/// Fear: the same, for work in several States.
#[test]
fn several() {
    for line in rows(SEVERAL) {
        let [who, places, residence, seat, start, end, buts, wanted] = columns(line)[..] else {
            panic!("{line}");
        };
        let [work, share, nation] = who.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let mut asked = Several {
            nationality: Some(nationality(nation)),
            residence: Some(country(residence)),
            status: Some(status(work)),
            share: Share::new(share.parse().unwrap()),
            places: places.split(", ").map(place).collect(),
            start: Some(day(start)),
            end: (!end.is_empty()).then(|| day(end)),
            criterion: Some(crate::mobility::situation::Criterion::Time),
            employers: Some(Employers::OneState),
            seat: Country::of(seat),
            centre: Country::of(seat),
            telework: Some(false),
            foreign_benefit: Some(false),
        };
        if seat == "plusieurs" {
            asked.employers = Some(Employers::SeveralStates);
        }
        let mut others = Vec::new();
        for word in buts.split(", ").filter(|word| !word.is_empty()) {
            match (word, word.strip_prefix("avant ")) {
                (_, Some(other)) => others.push(earlier(other)),
                ("télétravail", _) => asked.telework = Some(true),
                ("allocation étrangère", _) => asked.foreign_benefit = Some(true),
                (other, _) => panic!("{other}"),
            }
        }
        let decision = decide(&Situation::Several(asked), &others, today());
        assert_eq!(told(&decision), wanted, "{line}");
    }
}

/// Fear: some country leaves the person without an answer, or with one that no rule stands for.
#[test]
fn every_country_answers_both_statuses() {
    for destination in crate::mobility::country::all() {
        for status in [Status::Employee, Status::SelfEmployed] {
            let mut posting = plain(status, destination);
            posting.start = Some(day("01/01/2027"));
            posting.end = Some(day("30/06/2027"));
            let decision = decide(&Situation::Posting(posting), &[], today());
            let name = destination.name();
            assert_eq!(decision.missing, [], "{name}");
            let abroad = destination.zone() != Zone::France;
            assert_eq!(decision.certificate.is_some(), abroad, "{name}");
            assert_eq!(
                decision.with(Effect::Ground).next().is_some(),
                abroad,
                "{name}"
            );
            assert_eq!(decision.outcome() == Outcome::Impossible, !abroad, "{name}");
            let always: &[Rule] = match decision.certificate {
                None | Some(Certificate::A1) => &[],
                Some(Certificate::Agreement) => &[Rule::CoveredRisks],
                Some(Certificate::Maintenance) => &[Rule::LocalContributions, Rule::FrenchRates],
            };
            assert!(always.iter().all(|rule| decision.names(*rule)), "{name}");
        }
    }
}
