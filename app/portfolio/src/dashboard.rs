//! « Tableau de bord »: what of a portfolio needs attention, how it is made up, how it moved.
//!
//! Every figure is the number of clients of a list ([`Concern::search`], [`Part::search`]), to which it is the way.

use crate::{
    catalogue::ServiceCode,
    client::Colleague,
    finding::Jump,
    french,
    holder::{AccountState, Scheme},
    identifier::Identifier,
    ids::DraftId,
    language::t,
    organism, say,
    search::{Filter, InCharge, Search},
    time::{Month, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How many months the movement goes back, the present one among them.
pub const MONTHS: usize = 12;
/// How many parts of a portfolio are shown at once; the others are a click away.
pub const FIRST_PARTS: usize = 10;
/// How many enrolments in the making are listed at most.
pub const MOST_DRAFTS: u64 = 50;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// How many clients the firm manages.
    pub managed: u64,
    /// How many clients of each concern; those of nobody's concern are there with nought.
    pub attention: Vec<(Concern, u64)>,
    /// How many files of clients are to be mended: of the whole firm, as the port counts them; the page shows those that whoever asks
    /// has sent, since nobody else can fetch their lines.
    pub imports: u64,
    /// How many enrolments whoever asks has in the making.
    pub in_the_making: u64,
    /// The enrolments in the making of whoever asks, the latest first: [`MOST_DRAFTS`] of them.
    pub drafts: Vec<InTheMaking>,
    /// The clients that whoever asks opened last.
    pub recent: Vec<Jump>,
    /// By scheme, state, service, body, person in charge.
    pub makeup: Vec<Breakdown>,
    /// The last [`MONTHS`] months.
    pub movement: Vec<Moves>,
}

impl Overview {
    /// Whether nothing needs attention.
    pub fn is_quiet(&self) -> bool {
        self.attention.iter().all(|(_, clients)| *clients == 0)
            && self.imports == 0
            && self.in_the_making == 0
    }
}

/// Why clients need attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Concern {
    /// Their accounts are *radiés*: the card advises to end the enrolment.
    StruckOff,
    /// Their accounts are *suspendus*.
    Suspended,
    /// No service is on: the firm can do nothing for them.
    NoService,
    /// Their mandate was not looked through for a year: see [`crate::review`].
    Stale,
}

impl Concern {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [
        Self::StruckOff,
        Self::Suspended,
        Self::NoService,
        Self::Stale,
    ];

    /// The clients concerned.
    pub fn search(self) -> Search {
        let all = Filter::default();
        only(match self {
            Self::StruckOff => Filter {
                state: Some(AccountState::Radie),
                ..all
            },
            Self::Suspended => Filter {
                state: Some(AccountState::Suspendu),
                ..all
            },
            Self::NoService => Filter {
                no_service: true,
                ..all
            },
            Self::Stale => Filter {
                not_reviewed: true,
                ..all
            },
        })
    }

    /// What follows the number: « comptes radiés ».
    pub fn noun(self, clients: u64) -> &'static str {
        match (self, clients < 2) {
            (Self::StruckOff, true) => t("client au compte radié"),
            (Self::StruckOff, false) => t("clients aux comptes radiés"),
            (Self::Suspended, true) => t("client au compte suspendu"),
            (Self::Suspended, false) => t("clients aux comptes suspendus"),
            (Self::NoService, true) => t("client sans aucun service"),
            (Self::NoService, false) => t("clients sans aucun service"),
            (Self::Stale, true) => t("mandat à revoir"),
            (Self::Stale, false) => t("mandats à revoir"),
        }
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::StruckOff => t("À résilier, si vous ne les gérez plus."),
            Self::Suspended => t("À suivre avec l’organisme."),
            Self::NoService => t("Rien n’est ouvert pour eux\u{a0}: choisissez leurs services."),
            Self::Stale => t("Non revus depuis un an."),
        }
    }
}

fn only(filter: Filter) -> Search {
    Search {
        filter,
        ..Search::default()
    }
}

/// An enrolment in the making, to be taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTheMaking {
    /// The draft.
    pub id: DraftId,
    /// What was typed at the first step.
    pub identifier: Identifier,
    /// When.
    pub begun_at: Timestamp,
    /// The client's name, once the mandate is proved.
    pub proven: Option<String>,
}

/// How the portfolio is made up, seen from one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    /// From which side.
    pub side: Side,
    /// The parts in the order of [`ranked`]; those of nobody are left out.
    pub parts: Vec<(Part, u64)>,
}

/// What a portfolio is taken apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The scheme.
    Scheme,
    /// The state of the accounts.
    State,
    /// The services that are on: a client counts for each.
    Service,
    /// The bodies of its accounts: a client counts for each.
    Organism,
    /// The person in charge.
    InCharge,
}

impl Side {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Scheme => t("Par régime"),
            Self::State => t("Par état"),
            Self::Service => t("Par service"),
            Self::Organism => t("Par organisme"),
            Self::InCharge => t("Par personne en charge"),
        }
    }

    /// The word of the page's anchors.
    pub fn code(self) -> &'static str {
        match self {
            Self::Scheme => "regime",
            Self::State => "etat",
            Self::Service => "service",
            Self::Organism => "organisme",
            Self::InCharge => "charge",
        }
    }

    /// The head of the column of parts.
    pub fn head(self) -> &'static str {
        match self {
            Self::Scheme => t("Régime"),
            Self::State => t("État"),
            Self::Service => t("Service"),
            Self::Organism => t("Organisme"),
            Self::InCharge => t("Personne"),
        }
    }

    /// Whether a client may be in several parts, so that they make up more than the whole.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Service | Self::Organism)
    }
}

/// A part of a portfolio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Of a scheme.
    Scheme(Scheme),
    /// In a state.
    State(AccountState),
    /// With this service.
    Service(ServiceCode),
    /// With an account at this body: its three-digit code.
    Organism(String),
    /// Somebody's.
    InCharge(Colleague),
    /// Nobody's.
    Nobody,
}

impl Part {
    /// What people read.
    pub fn label(&self) -> String {
        match self {
            Self::Scheme(scheme) => scheme.label().to_owned(),
            Self::State(state) => state.label().to_owned(),
            Self::Service(code) => code.service().label().to_owned(),
            Self::Organism(code) => organism::name(code),
            Self::InCharge(colleague) => colleague.name.clone(),
            Self::Nobody => t("Non attribués").to_owned(),
        }
    }

    /// The clients of this part.
    pub fn search(&self) -> Search {
        let all = Filter::default();
        only(match self {
            Self::Scheme(scheme) => Filter {
                scheme: Some(*scheme),
                ..all
            },
            Self::State(state) => Filter {
                state: Some(*state),
                ..all
            },
            Self::Service(code) => Filter {
                on: [*code].into(),
                ..all
            },
            Self::Organism(code) => Filter {
                organism: Some(code.clone()),
                ..all
            },
            Self::InCharge(colleague) => Filter {
                in_charge: Some(InCharge::Member(colleague.id)),
                ..all
            },
            Self::Nobody => Filter {
                in_charge: Some(InCharge::Nobody),
                ..all
            },
        })
    }
}

/// Parts as they are shown: the largest first, names in French order among equals, those of nobody's left out.
pub fn ranked(mut parts: Vec<(Part, u64)>) -> Vec<(Part, u64)> {
    parts.retain(|(_, clients)| *clients > 0);
    parts.sort_by_cached_key(|(part, clients)| {
        (Reverse(*clients), french::searchable(&part.label()))
    });
    parts
}

/// How many of a hundred: to the nearest whole; « < 1 » rather than none, « 99 » rather than all.
pub fn percent(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return format!("0{}", t("\u{a0}%"));
    }
    let sign = t("\u{a0}%");
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
    let rounded = (200 * part + whole) / (2 * whole);
    match rounded {
        0 => format!("<\u{a0}1{sign}"),
        100 if part < whole => format!("99{sign}"),
        rounded => format!("{rounded}{sign}"),
    }
}

/// What happened to the portfolio in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// Which.
    pub month: Month,
    /// Enrolments made.
    pub added: u64,
    /// Enrolments ended.
    pub ended: u64,
    /// Clients managed at its end; of the present month, now.
    pub managed: u64,
}

/// The course of a portfolio that manages `managed` clients now, from what was made and ended in each month, in their order.
pub fn course(managed: u64, moves: &[(Month, u64, u64)]) -> Vec<Moves> {
    let mut at_end = managed;
    let mut course: Vec<Moves> = moves
        .iter()
        .rev()
        .map(|(month, added, ended)| {
            let moves = Moves {
                month: *month,
                added: *added,
                ended: *ended,
                managed: at_end,
            };
            at_end = at_end.saturating_add(*ended).saturating_sub(*added);
            moves
        })
        .collect();
    course.reverse();
    course
}

/// What happened over these months, in a sentence or two.
pub fn told(movement: &[Moves]) -> String {
    let added = movement.iter().map(|moves| moves.added).sum();
    let ended = movement.iter().map(|moves| moves.ended).sum();
    let busiest = movement
        .iter()
        .max_by_key(|moves| moves.added + moves.ended)
        .filter(|moves| moves.added + moves.ended > 0);
    let Some(busiest) = busiest else {
        return t("Aucun client ajouté ni résilié.").to_owned();
    };
    say!(
        "{added}, {ended}. Le mois le plus actif\u{a0}: {long}, avec {added2} et {ended2}.",
        added = french::count(added, "client ajouté", "clients ajoutés"),
        ended = french::count(ended, "résilié", "résiliés"),
        long = busiest.month.long(),
        added2 = french::count(busiest.added, "ajout", "ajouts"),
        ended2 = french::count(busiest.ended, "résiliation", "résiliations")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::decode;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Fear: two figures lead to the same list, or one to the whole portfolio.
    #[test]
    fn each_figure_has_a_list_of_its_own() {
        let colleague = Colleague {
            id: crate::ids::MemberId(uuid::Uuid::from_u128(1)),
            name: "Claire".into(),
        };
        let parts = Scheme::ALL
            .map(Part::Scheme)
            .into_iter()
            .chain(ServiceCode::all().map(Part::Service))
            .chain([
                Part::State(AccountState::Actif),
                Part::Organism("117".into()),
                Part::InCharge(colleague),
                Part::Nobody,
            ]);
        let concerns = Concern::ALL.map(Concern::search).into_iter();
        let lists: Vec<String> = concerns
            .chain(parts.map(|part| part.search()))
            .map(|search| search.query())
            .collect();
        let all: BTreeSet<_> = lists.iter().collect();
        assert_eq!(all.len(), lists.len());
        for list in &lists {
            let parts = decode(list);
            let (read, unreadable) = Search::read(parts.iter().map(|(n, v)| (&**n, &**v)));
            assert!(read.narrows() && !unreadable, "{list}");
        }
    }

    /// Fear: shares that say that all are in a part where one is not, or none where one is.
    #[test]
    fn shares() {
        for (part, whole, told) in [
            (0, 0, "0\u{a0}%"),
            (1, 300_000, "<\u{a0}1\u{a0}%"),
            (299_999, 300_000, "99\u{a0}%"),
            (300_000, 300_000, "100\u{a0}%"),
            (1, 3, "33\u{a0}%"),
            (1, 200, "1\u{a0}%"),
        ] {
            assert_eq!(percent(part, whole), told);
        }
    }

    /// Fear: small parts come first, or those that are not there are listed.
    #[test]
    fn the_largest_first() {
        let part = |code: &str| Part::Organism(code.into());
        let given = vec![
            (part("937"), 2),
            (part("200"), 0),
            (part("537"), 2),
            (part("117"), 9),
        ];
        let shown: Vec<String> = ranked(given).iter().map(|(part, _)| part.label()).collect();
        assert_eq!(
            shown,
            [
                "Urssaf Île-de-France",
                "Urssaf Bretagne",
                "Urssaf Provence-Alpes-Côte d’Azur"
            ]
        );
    }

    /// Fear: what is said of the charts is not what they show.
    #[test]
    fn said_in_words() {
        let months = Month::of(Timestamp(1_795_507_094)).last(2);
        let moves = course(3, &[(months[0], 1, 0), (months[1], 3, 2)]);
        assert_eq!(
            told(&moves),
            "4\u{a0}clients ajoutés, 2\u{a0}résiliés. Le mois le plus actif\u{a0}: novembre\u{a0}2026, \
             avec 3\u{a0}ajouts et 2\u{a0}résiliations."
        );
        assert_eq!(
            told(&course(3, &[(months[0], 0, 0)])),
            "Aucun client ajouté ni résilié."
        );
    }

    proptest! {
        /// Fear: the totals do not follow from what came and went.
        #[test]
        fn totals_follow(before in 0u64..1000, moves in proptest::collection::vec((0u64..50, 0u64..50), 1..14)) {
            let months = Month::of(Timestamp(1_795_507_094)).last(moves.len());
            // Nobody ends more than there are.
            let mut total = before;
            let mut moved = Vec::new();
            for (month, (added, ended)) in months.into_iter().zip(moves) {
                let ended = ended.min(total + added);
                total = total + added - ended;
                moved.push((month, added, ended, total));
            }
            let known: Vec<_> = moved.iter().map(|(month, added, ended, _)| (*month, *added, *ended)).collect();
            for (moves, (month, added, ended, total)) in course(total, &known).iter().zip(moved) {
                prop_assert_eq!(moves, &Moves { month, added, ended, managed: total });
            }
        }
    }
}
