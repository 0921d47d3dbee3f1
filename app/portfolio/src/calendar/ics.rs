//! A calendar as a file (RFC 5545): whole days, which take nobody's time.

use crate::language::t;
use crate::mobility::day::Day;
use std::fmt::Write;

/// The longest line, in bytes without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// Something on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What names it for ever, before the host.
    pub uid: String,
    /// The day.
    pub day: Day,
    /// In a few words.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// The page that shows it.
    pub url: String,
}

/// Writes a calendar down. `host` makes the names of events the portal's own; `stamp` is the day that they are of.
pub fn written(name: &str, host: &str, stamp: Day, events: &[Event]) -> String {
    let mut file = String::new();
    let mut line = |name: &str, value: &str| fold(&mut file, &format!("{name}:{value}"));
    let stamped = format!("{}T000000Z", compact(stamp));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Portefeuille//Echeances//FR");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(name));
    line("NAME", &escaped(name));
    line(t("REFRESH-INTERVAL;VALUE=DURATION"), "PT12H");
    line("X-PUBLISHED-TTL", "PT12H");
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &format!("{}@{host}", event.uid));
        line("DTSTAMP", &stamped);
        line("DTSTART;VALUE=DATE", &compact(event.day));
        line("DTEND;VALUE=DATE", &compact(event.day.plus_days(1)));
        line("SUMMARY", &escaped(&event.summary));
        if !event.description.is_empty() {
            line("DESCRIPTION", &escaped(&event.description));
        }
        line("URL", &event.url);
        line("CLASS", "PRIVATE");
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    file
}

fn compact(day: Day) -> String {
    day.iso().replace('-', "")
}

/// A text as a value: what would end it is written otherwise, and what no text holds is left out (3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, cut between characters where it is too long.
fn fold(file: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            file.push_str("\r\n ");
            length = 1;
        }
        length += c.len_utf8();
        write!(file, "{c}").expect("writing to a string never fails");
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A reader of its own, for what is written: unfolds, splits, unescapes.
    fn read(file: &str) -> Vec<(String, String)> {
        assert!(file.ends_with("\r\n"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "{file:?}");
        for line in file.split("\r\n") {
            assert!(line.len() <= LONGEST, "{line}");
        }
        let unescaped = |value: &str| {
            let mut text = String::new();
            let mut chars = value.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => match chars.next().unwrap() {
                        'n' => text.push('\n'),
                        c => text.push(c),
                    },
                    c => text.push(c),
                }
            }
            text
        };
        file.replace("\r\n ", "")
            .split_terminator("\r\n")
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap();
                (name.to_owned(), unescaped(value))
            })
            .collect()
    }

    fn event(summary: &str, description: &str) -> Event {
        Event {
            uid: "20261215-dsn-15".into(),
            day: Day::parse("31/12/2026").unwrap(),
            summary: summary.into(),
            description: description.into(),
            url: "https://portail.example/echeances?du=2026-12-14".into(),
        }
    }

    /// Fear: a diary refuses the file, shows the day before, or names the event anew each time.
    #[test]
    fn one_event() {
        let today = Day::parse("24/11/2026").unwrap();
        let file = written(
            "Échéances; Dupont",
            "portail.example",
            today,
            &[event("a,b;c\\d", "")],
        );
        for line in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:",
            "X-WR-CALNAME:Échéances\\; Dupont\r\n",
            "UID:20261215-dsn-15@portail.example\r\nDTSTAMP:20261124T000000Z\r\n",
            "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n",
            "SUMMARY:a\\,b\\;c\\\\d\r\nURL:https://portail.example/",
            "END:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(file.contains(line), "{line}: {file}");
        }
    }

    proptest! {
        /// Fear: a client's name ends its line and adds one of its own, or is another one once it is read.
        #[test]
        fn reads_back(summary in "(\\PC|[\n\r;,:\\\\\u{e9}]){0,120}", description in "(\\PC|\n){0,200}") {
            let today = Day::parse("24/11/2026").unwrap();
            let file = written("É", "portail.example", today, &[event(&summary, &description)]);
            let lines = read(&file);
            let kept = |text: &str| text.replace('\r', "");
            let of = |name: &str| {
                let found: Vec<_> = lines.iter().filter(|(known, _)| known == name).collect();
                assert_eq!(found.len(), 1, "{name}");
                found[0].1.clone()
            };
            prop_assert_eq!(of("SUMMARY"), kept(&summary));
            if !description.is_empty() {
                prop_assert_eq!(of("DESCRIPTION"), kept(&description));
            }
        }
    }
}
