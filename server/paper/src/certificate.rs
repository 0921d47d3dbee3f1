//! The certificate of « Travailler à l'étranger »: what shows abroad that French social security goes on.
//!
//! What it says follows the sections of the European portable document A1: person, employer, activity, legislation, and how to verify
//! it. It is marked on every page as made by the demonstration's body.

use crate::{
    PaperError,
    letterhead::{self, DEMONSTRATION, ISSUER, Letterhead, numbers},
    sheet::{Around, Ink, MARGIN, MEASURE, Sheet, Style, TEXT},
};
use portfolio::mobility::{
    day::{Day, Period},
    decision::Certificate,
};

/// Which of its parts.
const OFFICE: &str = "Mobilité internationale – législation applicable";

/// A certificate to print. Texts are plain: they are drawn as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MobilityCertificate {
    /// Its number, which tells it from every other.
    pub number: String,
    /// The kind.
    pub kind: Certificate,
    /// « Certificat de détachement SE 352-01 »: its name.
    pub title: String,
    /// By what text the French legislation goes on to apply.
    pub ground: String,
    /// The person's name.
    pub worker: String,
    /// Born on this day.
    pub born: Option<Day>,
    /// The social security number, as this paper shows it.
    pub nir: String,
    /// « Salarié »: as what the person works.
    pub status: String,
    /// The employer or, of somebody who works for themselves, the business.
    pub employer: String,
    /// « Siret 732 829 320 00074 »; empty where there is none.
    pub employer_number: String,
    /// Where the person works, besides France.
    pub countries: Vec<String>,
    /// From the first to the last day, both counted.
    pub period: Period,
    /// The day of issue.
    pub issued: Day,
    /// What anybody verifies it by, as it is shown.
    pub code: String,
    /// The address of the page that verifies it.
    pub verified_at: String,
}

impl MobilityCertificate {
    /// The paper, as the bytes of a PDF. The same data make the same bytes.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        let mut sheet = Sheet::new()?;
        self.head(&mut sheet);
        self.facts(&mut sheet);
        self.verification(&mut sheet);
        sheet.finish(&Around {
            title: format!("{} nº\u{a0}{}", self.title, self.number),
            about: format!("{}. {DEMONSTRATION}.", self.statement()),
            issuer: ISSUER.to_owned(),
            foot: format!("{} nº\u{a0}{} – {DEMONSTRATION}", self.title, self.number),
            mark: "DÉMONSTRATION".to_owned(),
            id: self.number.clone(),
            issued: numbers(self.issued),
        })
    }

    fn head(&self, sheet: &mut Sheet) {
        Letterhead {
            office: OFFICE,
            number: &format!("Certificat nº\u{a0}{}", self.number),
            issued: &format!("Délivré le {}", self.issued.long()),
        }
        .draw(sheet);
        let title = Style {
            size: 20.0,
            ink: Ink::Text,
            strong: true,
        };
        sheet.heading(1, &self.title, title);
        sheet.gap(4.0);
        sheet.paragraph(
            &format!("{}.", self.statement()),
            Style {
                size: 11.0,
                ..Style::TEXT
            },
        );
        sheet.gap(8.0);
    }

    /// What is certified, without the full stop.
    fn statement(&self) -> String {
        let alone = match self.kind {
            Certificate::A1 => ", et à elle seule,",
            Certificate::Agreement | Certificate::Maintenance => "",
        };
        format!(
            "L’organisme certifie que la personne désignée ci-dessous reste soumise à la législation française de sécurité sociale{alone} \
             pour l’activité et pendant la période indiquées"
        )
    }

    fn facts(&self, sheet: &mut Sheet) {
        let section = Style {
            size: 12.0,
            ink: Ink::Accent,
            strong: true,
        };
        let one = |text: &str| vec![text.to_owned()];
        let mut titled = |title: &str, facts: &[(&str, Vec<String>)]| {
            sheet.gap(10.0);
            sheet.heading(2, title, section);
            sheet.gap(2.0);
            sheet.facts(title, facts);
        };
        let mut person = vec![("Nom et prénoms", one(&self.worker))];
        if let Some(born) = self.born {
            person.push(("Date de naissance", vec![born.long()]));
        }
        person.push(("Numéro de sécurité sociale", one(&self.nir)));
        person.push(("Statut", one(&self.status)));
        titled("1. Personne concernée", &person);
        let mut employer = vec![("Nom ou raison sociale", one(&self.employer))];
        if !self.employer_number.is_empty() {
            employer.push(("Identification", one(&self.employer_number)));
        }
        titled("2. Employeur ou entreprise en France", &employer);
        let places = if self.countries.len() > 1 {
            "Pays d’activité"
        } else {
            "Pays de l’activité"
        };
        let activity = [
            (places, self.countries.clone()),
            ("Du", vec![self.period.start.long()]),
            ("Au", vec![self.period.end.long()]),
        ];
        titled("3. Activité à l’étranger", &activity);
        let law = [
            ("Législation applicable", one("France")),
            ("En application de", one(&self.ground)),
        ];
        titled("4. Législation", &law);
        if let Some(reach) = self.reach() {
            sheet.gap(8.0);
            sheet.paragraph(
                reach,
                Style {
                    size: 9.0,
                    ..Style::MUTED
                },
            );
        }
    }

    /// What the certificate does not do: domain note, section 6.4, « Costs ».
    const fn reach(&self) -> Option<&'static str> {
        match self.kind {
            Certificate::A1 => None,
            Certificate::Agreement => Some(
                "Ce certificat dispense de cotiser dans le pays d’activité pour les seuls risques que couvre l’accord.",
            ),
            Certificate::Maintenance => Some(
                "Aucun accord ne lie la France et le pays d’activité\u{a0}: les cotisations que sa législation rend obligatoires y \
                 restent dues.",
            ),
        }
    }

    fn verification(&self, sheet: &mut Sheet) {
        let section = Style {
            size: 12.0,
            ink: Ink::Accent,
            strong: true,
        };
        let code = Style {
            size: 16.0,
            ink: Ink::Text,
            strong: true,
        };
        let left = MARGIN + 16.0;
        let most = MEASURE - 32.0;
        sheet.gap(16.0);
        sheet.framed(128.0, (Ink::Pale, Ink::Accent), |sheet| {
            sheet.heading_within(2, "5. Vérification", section, left);
            sheet.gap(2.0);
            sheet.paragraph_within(
                "Toute personne à qui ce certificat est présenté peut le vérifier avec ce code. La page dit aussi s’il a été retiré ou \
                 si la mission a été écourtée.",
                Style::TEXT,
                left,
                most,
            );
            sheet.gap(6.0);
            sheet.paragraph_within("Code de vérification", Style::MUTED, left, most);
            sheet.paragraph_within(&self.code, code, left, most);
            sheet.gap(4.0);
            sheet.link(&self.verified_at, &self.verified_at, left, Style {
                ink: Ink::Accent,
                size: TEXT,
                strong: true,
            });
        });
        letterhead::marked(sheet);
    }
}

#[cfg(test)]
pub(crate) mod tests;
