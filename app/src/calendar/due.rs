//! Days and dates in words, and the list of clients that a date concerns.

use crate::routes;
use portfolio::{
    calendar::{Due, Whose},
    ids::MemberId,
    language::{n, t},
    mobility::day::Day,
    say,
    search::{Filter, InCharge, Search},
};

const WEEKDAYS: [&str; 7] = [
    n("lundi"),
    n("mardi"),
    n("mercredi"),
    n("jeudi"),
    n("vendredi"),
    n("samedi"),
    n("dimanche"),
];

/// « mardi 24 novembre 2026 ».
pub(super) fn whole(day: Day) -> String {
    let weekday = usize::try_from(day.weekday())
        .ok()
        .and_then(|place| WEEKDAYS.get(place))
        .map_or("", |weekday| t(weekday));
    format!("{weekday} {}", day.long())
}

/// The list of those for whom a date is, among these clients.
pub(super) fn list(due: Due, whose: Whose, me: MemberId) -> String {
    let in_charge = match whose {
        Whose::Everybody => None,
        Whose::Mine => Some(InCharge::Member(me)),
        Whose::Nobody => Some(InCharge::Nobody),
        Whose::Member(id) => Some(InCharge::Member(id)),
    };
    routes::list(&Search {
        filter: Filter {
            rhythm: Some(due.rhythm),
            in_charge,
            ..Filter::default()
        },
        ..Search::default()
    })
}

/// Why a date is not the one that the law names, where it is another.
pub(super) fn why_moved(due: Due) -> Option<String> {
    (due.named != due.day).then(|| {
        let why = portfolio::calendar::holiday(due.named).map_or_else(
            || t("un dimanche").to_owned(),
            |holiday| say!("un jour férié ({holiday})", holiday),
        );
        say!(
            "reportée\u{a0}: le {long} est {why}",
            long = due.named.long(),
            why
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::calendar::{Rhythm, next};

    /// Fear: a date leads to other clients than those it was counted of, or is moved without a word.
    #[test]
    fn words_and_lists() {
        let day = |text| Day::parse(text).unwrap();
        let me = MemberId(uuid::Uuid::nil());
        let due = next(Rhythm::DsnFifteenth, day("15/11/2026"), 1)[0];
        assert_eq!(whole(due.day), "lundi 16\u{a0}novembre\u{a0}2026");
        assert_eq!(
            list(due, Whose::Mine, me),
            format!("/etablissements?charge={me}&echeance=dsn-15")
        );
        assert_eq!(
            list(due, Whose::Everybody, me),
            "/etablissements?echeance=dsn-15"
        );
        assert!(why_moved(due).unwrap().ends_with("est un dimanche"));
        let first = next(Rhythm::Quarterly, day("01/11/2026"), 1)[0];
        assert_eq!(why_moved(first), None);
    }
}
