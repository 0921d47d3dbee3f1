//! What holds of every situation, worked case or not.

use super::{
    cases::{country, plain, today},
    *,
};
use crate::mobility::{
    country::{all, destinations},
    day::Period,
    situation::{Criterion, Employers, Host, Nationality, Place, Posting, Several, Share},
};
use proptest::{option, prelude::*, sample::select};

fn any_country() -> impl Strategy<Value = Country> {
    select(all())
}

fn any_status() -> impl Strategy<Value = Status> {
    select(Status::ALL.to_vec())
}

/// Days around today, often near the limits of a month or a year.
fn any_day() -> impl Strategy<Value = Day> {
    (-900i64..900).prop_map(|offset| today().plus_days(offset))
}

fn any_nationality() -> impl Strategy<Value = Nationality> {
    prop_oneof![
        8 => any_country().prop_map(Nationality::Of),
        1 => Just(Nationality::Stateless),
    ]
}

prop_compose! {
    fn any_host()(
        pay in any::<Option<bool>>(),
        dismiss in any::<Option<bool>>(),
        sanction in any::<Option<bool>>(),
        contract in any::<Option<bool>>(),
    ) -> Host {
        Host { pay, dismiss, sanction, contract }
    }
}

prop_compose! {
    fn any_posting()(
        (status, status_abroad) in (option::weighted(0.9, any_status()), option::weighted(0.9, any_status())),
        nationality in option::weighted(0.9, any_nationality()),
        country in option::weighted(0.95, any_country()),
        start in option::weighted(0.95, any_day()),
        length in option::weighted(0.95, 0i64..2600),
        (affiliated, substantial, replaces) in any::<(Option<bool>, Option<bool>, Option<bool>)>(),
        host in any_host(),
        (end_known, similar, infrastructure, active_before) in
            any::<(Option<bool>, Option<bool>, Option<bool>, Option<bool>)>(),
    ) -> Posting {
        Posting {
            status, nationality, country, start,
            end: start.or(Some(today())).zip(length).map(|(from, length)| from.plus_days(length)),
            status_abroad, affiliated, substantial, replaces, host, end_known, similar, infrastructure, active_before,
        }
    }
}

prop_compose! {
    fn any_place()(
        country in any_country(),
        status in option::weighted(0.95, any_status()),
        share in option::weighted(0.95, 0u8..=100),
    ) -> Place {
        Place { country, status, share: share.and_then(Share::new) }
    }
}

prop_compose! {
    fn any_several()(
        nationality in option::weighted(0.9, any_nationality()),
        residence in option::weighted(0.9, any_country()),
        status in option::weighted(0.9, any_status()),
        share in option::weighted(0.9, 0u8..=100),
        places in prop::collection::vec(any_place(), 0..6),
        start in option::weighted(0.9, any_day()),
        end in option::weighted(0.9, any_day()),
        employers in option::weighted(0.9, select(vec![Employers::OneState, Employers::SeveralStates])),
        (seat, centre) in (option::weighted(0.9, any_country()), option::weighted(0.9, any_country())),
        (telework, foreign_benefit) in any::<(Option<bool>, Option<bool>)>(),
    ) -> Several {
        Several {
            nationality, residence, status, share: share.and_then(Share::new), places, start, end,
            criterion: Some(Criterion::Time), employers, seat, centre, telework, foreign_benefit,
        }
    }
}

prop_compose! {
    fn any_earlier()(
        start in any_day(),
        length in 0i64..1000,
        countries in prop::collection::vec(any_country(), 1..3),
    ) -> Earlier {
        Earlier {
            several: countries.len() > 1,
            countries,
            period: Period { start, end: start.plus_days(length) },
        }
    }
}

fn judged(posting: &Posting, earlier: &[Earlier]) -> Decision {
    decide(&Situation::Posting(posting.clone()), earlier, today())
}

/// The same posting without the answers to questions that it does not call for.
fn without_what_is_not_asked(posting: &Posting) -> Posting {
    let asked = question::asked(&Situation::Posting(posting.clone()));
    let called = |wanted| asked.iter().any(|(question, _)| *question == wanted);
    let keep = |wanted, answer: Option<bool>| answer.filter(|_| called(wanted));
    Posting {
        status: posting.status,
        country: posting.country,
        start: posting.start,
        status_abroad: posting.status_abroad,
        nationality: posting
            .nationality
            .filter(|_| called(Question::Nationality)),
        end: posting.end.filter(|_| called(Question::End)),
        affiliated: keep(Question::Affiliated, posting.affiliated),
        substantial: keep(Question::Substantial, posting.substantial),
        replaces: keep(Question::Replaces, posting.replaces),
        host: Host {
            pay: keep(Question::HostPay, posting.host.pay),
            dismiss: keep(Question::HostDismiss, posting.host.dismiss),
            sanction: keep(Question::HostSanction, posting.host.sanction),
            contract: keep(Question::HostContract, posting.host.contract),
        },
        end_known: keep(Question::EndKnown, posting.end_known),
        similar: keep(Question::Similar, posting.similar),
        infrastructure: keep(Question::Infrastructure, posting.infrastructure),
        active_before: keep(Question::ActiveBefore, posting.active_before),
    }
}

proptest! {
    /// Fear: asking for longer gets somebody what a shorter stay did not.
    #[test]
    fn longer_is_never_easier(
        posting in any_posting(),
        earlier in prop::collection::vec(any_earlier(), 0..3),
        more in 1i64..2000,
    ) {
        let longer = Posting { end: posting.end.map(|end| end.plus_days(more)), ..posting.clone() };
        prop_assert!(judged(&posting, &earlier).outcome() <= judged(&longer, &earlier).outcome());
    }

    /// Fear: the day that a page names as the last possible one is refused, or one after it passes.
    #[test]
    fn the_latest_end_is_the_last(
        to in select(destinations().collect::<Vec<_>>()),
        alone in any::<bool>(),
        start in 0i64..360,
    ) {
        let status = if alone { Status::SelfEmployed } else { Status::Employee };
        let mut posting = plain(status, to);
        posting.start = Some(today().plus_days(start));
        posting.end = posting.start;
        let Some(latest) = judged(&posting, &[]).latest_end else { return Ok(()); };
        posting.end = Some(latest);
        let at_the_limit = judged(&posting, &[]);
        posting.end = Some(latest.plus_days(1));
        let beyond = judged(&posting, &[]);
        let sure = !at_the_limit.names(Rule::LimitLikely) && !at_the_limit.names(Rule::ZoneUnsure);
        prop_assert!(!sure || at_the_limit.outcome() == Outcome::Granted, "{at_the_limit:?}");
        prop_assert!(beyond.outcome() > Outcome::Granted, "{beyond:?}");
    }

    /// Fear: the order in which countries or earlier requests come changes the answer.
    #[test]
    fn order_does_not_matter(
        several in any_several(),
        posting in any_posting(),
        earlier in prop::collection::vec(any_earlier(), 0..4),
    ) {
        let mut turned = several.clone();
        turned.places.reverse();
        let mut others = earlier.clone();
        others.reverse();
        prop_assert_eq!(
            decide(&Situation::Several(several), &earlier, today()),
            decide(&Situation::Several(turned), &others, today())
        );
        prop_assert_eq!(judged(&posting, &earlier), judged(&posting, &others));
    }

    /// Fear: an answer given before the country or the status was changed still weighs.
    #[test]
    fn only_what_is_asked_weighs(
        posting in any_posting(),
        earlier in prop::collection::vec(any_earlier(), 0..3),
    ) {
        prop_assert_eq!(judged(&posting, &earlier), judged(&without_what_is_not_asked(&posting), &earlier));
    }

    /// Fear: a request that is not whole is granted, or one is judged without a rule.
    #[test]
    fn every_answer_stands_on_a_rule(
        posting in any_posting(),
        several in any_several(),
        earlier in prop::collection::vec(any_earlier(), 0..3),
    ) {
        for situation in [Situation::Posting(posting), Situation::Several(several)] {
            let decision = decide(&situation, &earlier, today());
            let grounds = decision.with(Effect::Ground).count();
            match decision.outcome() {
                Outcome::Granted => prop_assert!(grounds > 0 && decision.missing.is_empty()),
                Outcome::Examination => prop_assert!(decision.with(Effect::Doubt).count() > 0),
                Outcome::Impossible => prop_assert!(decision.with(Effect::Refusal).count() > 0),
                Outcome::Incomplete => prop_assert!(!decision.missing.is_empty()),
            }
            let stored = serde_json::to_string(&decision).unwrap();
            prop_assert_eq!(serde_json::from_str::<Decision>(&stored).unwrap(), decision);
        }
    }

    /// Fear: more work in France takes French law away from somebody who lives there.
    #[test]
    fn more_work_at_home_is_never_worse(share in 0u8..=99, seat in select(vec!["FR", "DE", "LU"])) {
        let asked = |share: u8| Several {
            nationality: Some(Nationality::Of(country("FR"))),
            residence: Some(country("FR")),
            status: Some(Status::Employee),
            share: Share::new(share),
            places: vec![Place { country: country("DE"), status: Some(Status::Employee), share: Share::new(100 - share) }],
            start: Some(today()),
            end: Some(today().plus_days(100)),
            criterion: Some(Criterion::Time),
            employers: Some(Employers::OneState),
            seat: Some(country(seat)),
            telework: Some(false),
            foreign_benefit: Some(false),
            ..Several::default()
        };
        let refused = |share| decide(&Situation::Several(asked(share)), &[], today()).outcome() == Outcome::Impossible;
        prop_assert!(!refused(share + 1) || refused(share));
    }
}

/// For `make measure`: decisions a second, each with two earlier requests.
#[test]
#[ignore = "a measurement: make measure"]
#[expect(
    clippy::disallowed_methods,
    reason = "a measurement looks at the clock"
)]
fn measured_decisions() {
    let situations: Vec<Situation> = destinations()
        .map(|to| {
            let mut posting = plain(Status::Employee, to);
            posting.start = Some(today());
            posting.end = Some(today().plus_days(400));
            Situation::Posting(posting)
        })
        .collect();
    let earlier: Vec<Earlier> = [300, 700]
        .map(|ago| Earlier {
            countries: vec![country("DE")],
            period: Period {
                start: today().plus_days(-ago),
                end: today().plus_days(-ago + 100),
            },
            several: false,
        })
        .to_vec();
    let rounds: u32 = 400;
    let begun = std::time::Instant::now();
    let mut granted = 0_usize;
    for _ in 0..rounds {
        granted += situations
            .iter()
            .filter(|asked| decide(asked, &earlier, today()).outcome() == Outcome::Granted)
            .count();
    }
    let made = f64::from(rounds) * 242.0;
    assert!(granted > 0 && situations.len() == 242);
    println!(
        "mobility: {:.0} decisions a second",
        made / begun.elapsed().as_secs_f64()
    );
}
