//! For `make measure`: a fixed number of decisions about working abroad, each with two earlier requests, for whoever holds the watch.
//!
//! Compiled to WebAssembly as the client is, and timed from outside (`end2end/decisions.mjs`): the rules know no clock there either.

use portfolio::mobility::{
    country::{Country, destinations},
    day::{Day, Period},
    decision::{Outcome, decide},
    situation::{Earlier, Host, Nationality, Posting, Situation, Status},
};
use std::hint::black_box;

/// Times that every country is decided about; `end2end/decisions.mjs` counts on it.
const ROUNDS: usize = 2_000;

fn main() {
    let today = Day::new(2026, 11, 24).expect("a day");
    let country = |code| Country::of(code).expect("a country");
    let situations: Vec<Situation> = destinations()
        .map(|to| {
            Situation::Posting(Posting {
                status: Some(Status::Employee),
                nationality: Some(Nationality::Of(country("FR"))),
                country: Some(to),
                start: Some(today),
                end: Some(today.plus_days(400)),
                status_abroad: Some(Status::Employee),
                affiliated: Some(true),
                substantial: Some(true),
                replaces: Some(false),
                host: Host {
                    pay: Some(false),
                    dismiss: Some(false),
                    sanction: Some(false),
                    contract: Some(false),
                },
                ..Posting::default()
            })
        })
        .collect();
    assert_eq!(situations.len(), 242, "the count that the figure rests on");
    let earlier: Vec<Earlier> = [300, 700]
        .map(|ago| Earlier {
            countries: vec![country("DE")],
            period: Period {
                start: today.plus_days(-ago),
                end: today.plus_days(-ago + 100),
            },
            several: false,
        })
        .to_vec();
    let mut granted = 0_usize;
    for _ in 0..ROUNDS {
        let all = black_box(&situations).iter();
        granted += all
            .filter(|asked| decide(asked, &earlier, today).outcome() == Outcome::Granted)
            .count();
    }
    assert!(black_box(granted) > 0, "somebody may go");
}
