//! The table: a line for each figure and engine, a column for each number of clients, each figure beside its floor and held to its aim.

use crate::{
    keys,
    load::Spread,
    pages,
    queries::{Group, Measured},
    work,
};
use std::{collections::BTreeMap, fmt::Write, time::Duration};

/// What a search may take beyond its statements: 1.5 times, and a millisecond.
const BEYOND: Duration = Duration::from_millis(1);
/// What the slowest hundredth of searches may take.
const SLOWEST: Duration = Duration::from_millis(10);
/// The share of its floor's requests that the list must answer.
const PAGE_SHARE: f64 = 0.8;
/// The share of its floor's speed that an import must reach.
const IMPORT_SHARE: f64 = 0.5;
/// What a key may take on a processor four times slower, in milliseconds.
const KEY: f64 = 100.0;

/// What was measured so far.
#[derive(Default)]
pub struct Table {
    lines: BTreeMap<(Figure, &'static str), BTreeMap<u64, Cell>>,
}

/// What a line is about, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Figure {
    Pages,
    Last,
    Searches,
    Filters,
    Rendered,
    Keys,
    Import,
    Export,
    Change,
}

impl Figure {
    const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Pages => (
                "a page of the list: first, anywhere, in another order; median / p99",
                "1.5 × SQL + 1 ms, p99 10 ms",
            ),
            Self::Last => ("the last page, in five ways", "the same"),
            Self::Searches => ("a text sought, in ten ways", "the same"),
            Self::Filters => ("a filtered list, in ten ways", "the same"),
            Self::Rendered => (
                "the list's page of 50 rows over HTTP, 64 connections: requests/s, p99",
                "80 % of axum with a compiled template and the same SQL",
            ),
            Self::Keys => (
                "a key in the list's search box to its painted result, median / p99; slowest interaction to next paint; processor 4 × slower",
                "100 ms",
            ),
            Self::Import => (
                "a file of 20,000 clients, from its bytes to the list: clients/s, memory",
                "50 % of bare inserts with the same indexes",
            ),
            Self::Export => (
                "the whole portfolio as CSV over HTTP: clients/s, memory of the portal",
                "memory flat",
            ),
            Self::Change => (
                "a service for 100,000 clients (or all), from the ticks to the journal: clients/s, memory",
                "none set",
            ),
        }
    }
}

struct Cell {
    told: String,
    met: Option<bool>,
    /// How long one takes, to compare sizes.
    each: Duration,
}

impl Table {
    /// Takes in what searches took.
    pub fn searches(&mut self, engine: &'static str, clients: u64, measured: &[Measured]) {
        for (group, figure) in [
            (Group::Page, Figure::Pages),
            (Group::Last, Figure::Last),
            (Group::Search, Figure::Searches),
            (Group::Filter, Figure::Filters),
        ] {
            let of = || measured.iter().filter(|measured| measured.group == group);
            let ours: Vec<Duration> = of().flat_map(|m| m.ours.iter().copied()).collect();
            let bare: Vec<Duration> = of().flat_map(|m| m.bare.iter().copied()).collect();
            let (ours, bare) = (
                crate::load::percentiles(&ours),
                crate::load::percentiles(&bare),
            );
            let cell = Cell {
                told: format!(
                    "{} / {} ms, SQL {} / {}: {:.1}",
                    ms(ours.median),
                    ms(ours.p99),
                    ms(bare.median),
                    ms(bare.p99),
                    ratio(ours.median, bare.median)
                ),
                met: Some(met(ours, bare)),
                each: ours.median,
            };
            self.put(figure, engine, clients, cell);
        }
    }

    /// Takes in the rendered page.
    pub fn page(&mut self, engine: &'static str, clients: u64, measured: &pages::Measured) {
        let (ours, floor) = (&measured.ours, &measured.floor);
        let share = ours.per_second / floor.per_second;
        let told = format!(
            "{:.0}/s, {} ms; floor {:.0}/s, {} ms: {:.0} % of {} kB pages",
            ours.per_second,
            ms(ours.took.p99),
            floor.per_second,
            ms(floor.took.p99),
            share * 100.0,
            ours.bytes / 1000
        );
        let cell = Cell {
            told,
            met: Some(share >= PAGE_SHARE),
            each: ours.took.median,
        };
        self.put(Figure::Rendered, engine, clients, cell);
    }

    /// Takes in what keys took.
    pub fn keys(&mut self, engine: &'static str, clients: u64, measured: &keys::Measured) {
        let (slowed, usual) = (&measured.slowed, &measured.usual);
        let told = |keys: &keys::Keys| {
            let keys::Painted { median, slowest } = keys.painted;
            format!("{median:.0} / {slowest:.0} ms; {:.0} ms", keys.interaction)
        };
        let cell = Cell {
            told: format!(
                "{} keys: {}; unhindered {}",
                slowed.pressed,
                told(slowed),
                told(usual)
            ),
            met: Some(slowed.painted.slowest <= KEY && slowed.interaction <= KEY),
            each: Duration::from_secs_f64(slowed.painted.median / 1000.0),
        };
        self.put(Figure::Keys, engine, clients, cell);
    }

    /// Takes in an import, a change and an export.
    pub fn work(&mut self, engine: &'static str, clients: u64, work: &Work) {
        for (figure, measured) in [
            (Figure::Import, &work.import),
            (Figure::Export, &work.export),
            (Figure::Change, &work.change),
        ] {
            let share = ratio(measured.floor, measured.ours);
            let (before, peak) = measured.memory;
            let told = format!(
                "{:.0}/s, {before} → {peak} MB; floor {:.0}/s: {:.0} %",
                rate(measured.count, measured.ours),
                rate(measured.count, measured.floor),
                share * 100.0
            );
            let cell = Cell {
                told,
                met: (figure == Figure::Import).then_some(share >= IMPORT_SHARE),
                each: measured.ours / u32::try_from(measured.count).unwrap_or(u32::MAX).max(1),
            };
            self.put(figure, engine, clients, cell);
        }
    }

    fn put(&mut self, figure: Figure, engine: &'static str, clients: u64, cell: Cell) {
        let line = self.lines.entry((figure, engine)).or_default();
        line.insert(clients, cell);
    }

    /// The table as Markdown.
    pub fn written(&self, sizes: &[u64]) -> String {
        let mut text = String::from("| what | aim | engine |");
        for size in sizes {
            // Writing to a string never fails.
            let _ = write!(text, " {} clients |", thousands(*size));
        }
        text.push_str(" growth |\n|---|---|---|");
        text.push_str(&"---|".repeat(sizes.len() + 1));
        text.push('\n');
        for ((figure, engine), cells) in &self.lines {
            let (what, aim) = figure.told();
            let _ = write!(text, "| {what} | {aim} | {engine} |");
            for size in sizes {
                let told = cells.get(size).map_or_else(String::new, Cell::told);
                let _ = write!(text, " {told} |");
            }
            let (first, last) = (cells.values().next(), cells.values().next_back());
            let growth = first
                .zip(last)
                .map_or(1.0, |(first, last)| ratio(last.each, first.each));
            let _ = writeln!(text, " {growth:.1} |");
        }
        text
    }
}

impl Cell {
    fn told(&self) -> String {
        let met = match self.met {
            None => "",
            Some(true) => ", met",
            Some(false) => ", **missed**",
        };
        format!("{}{met}", self.told)
    }
}

/// What is done with many clients at once.
pub struct Work {
    /// A file of clients.
    pub import: work::Measured,
    /// The portfolio as a file.
    pub export: work::Measured,
    /// A change.
    pub change: work::Measured,
}

/// Whether searches are held to their aim: the median and the slowest hundredth beside the statements, and the latter by itself.
pub fn met(ours: Spread, bare: Spread) -> bool {
    let within = |ours: Duration, bare: Duration| ours <= bare * 3 / 2 + BEYOND;
    within(ours.median, bare.median) && within(ours.p99, bare.p99) && ours.p99 <= SLOWEST
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64().max(1e-9)
}

fn rate(count: u64, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far fewer clients than 2^52")]
    let count = count as f64;
    count / took.as_secs_f64().max(1e-9)
}

/// Milliseconds, of which as many figures as tell something.
pub fn ms(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1000.0;
    match ms {
        ..10.0 => format!("{ms:.2}"),
        10.0..100.0 => format!("{ms:.1}"),
        _ => format!("{ms:.0}"),
    }
}

/// `1,000,000`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
