//! What all papers of the body have alike: its head, and the mark of the demonstration.

use crate::sheet::{Ink, MARGIN, MEASURE, Sheet, Style};
use portfolio::mobility::day::Day;

/// What marks a paper of the demonstration, on the paper itself.
pub(crate) const DEMONSTRATION: &str = "Émis par l’organisme de démonstration, sans valeur légale";
/// Who issues it.
pub(crate) const ISSUER: &str = "Organisme de démonstration";

/// The head of a paper.
pub(crate) struct Letterhead<'a> {
    /// Which part of the body issues it.
    pub(crate) office: &'a str,
    /// What tells the paper from others, at the right.
    pub(crate) number: &'a str,
    /// « Délivré le 24 novembre 2026 », at the right.
    pub(crate) issued: &'a str,
}

impl Letterhead<'_> {
    /// Draws it, down to the title.
    pub(crate) fn draw(&self, sheet: &mut Sheet) {
        let top = sheet.here();
        sheet.ground([MARGIN, top, 26.0, 26.0], Ink::Accent);
        sheet.ground([MARGIN + 6.0, top + 6.0, 14.0, 3.0], Ink::Pale);
        sheet.ground([MARGIN + 6.0, top + 11.5, 14.0, 3.0], Ink::Pale);
        sheet.ground([MARGIN + 6.0, top + 17.0, 8.0, 3.0], Ink::Pale);
        let issuer = Style {
            size: 13.0,
            ink: Ink::Accent,
            strong: true,
        };
        let small = Style {
            size: 9.0,
            ..Style::MUTED
        };
        let beside = MARGIN + 36.0;
        sheet.gap(-3.0);
        sheet.paragraph_within(ISSUER, issuer, beside, MEASURE / 2.0);
        sheet.paragraph_within(self.office, small, beside, MEASURE / 2.0);
        let bottom = sheet.here();
        sheet.back_to(top - 1.0);
        sheet.at_right(self.number, Style::STRONG);
        sheet.at_right(self.issued, small);
        sheet.back_to(bottom + 10.0);
        sheet.rule(Ink::Accent, 1.5);
        sheet.gap(20.0);
    }
}

/// A frame that marks the paper as one of the demonstration.
pub(crate) fn marked(sheet: &mut Sheet) {
    let (left, most) = (MARGIN + 16.0, MEASURE - 32.0);
    sheet.gap(12.0);
    sheet.framed(34.0, (Ink::Warm, Ink::Warning), |sheet| {
        sheet.paragraph_within(
            &format!("{DEMONSTRATION}."),
            Style {
                ink: Ink::Warning,
                ..Style::STRONG
            },
            left,
            most,
        );
    });
}

/// Year, month and day, for metadata.
pub(crate) fn numbers(day: Day) -> (u16, u8, u8) {
    let iso = day.iso();
    let mut parts = iso.split('-');
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next(), next(), next());
    (
        year.parse().unwrap_or_default(),
        month.parse().unwrap_or(1),
        day.parse().unwrap_or(1),
    )
}
