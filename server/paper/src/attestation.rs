//! The attestation de vigilance: what a client shows whom it works for, that its declarations and payments are in order.
//!
//! What it says follows the code de la sécurité sociale, D. 243-15, and the code du travail, D. 8222-5. Nothing of recovery stands on
//! it, and no account number of somebody who has a Siren.

use crate::{
    PaperError,
    letterhead::{self, DEMONSTRATION, ISSUER, Letterhead, numbers},
    sheet::{Around, Ink, MARGIN, MEASURE, Sheet, Style, TEXT},
};
use portfolio::{
    amount::Cents,
    attestation::{Content, last_day},
    french,
    mobility::day::Day,
    organism,
};

/// Which part of the body issues it.
const OFFICE: &str = "Recouvrement – attestations";
/// What it is called.
const TITLE: &str = "Attestation de vigilance";
/// What the law calls it, and where.
const FULL_TITLE: &str = "Attestation de fourniture des déclarations sociales et de paiement des cotisations et contributions de sécurité \
    sociale";
const LAW: &str = "Articles L. 243-15 et D. 243-15 du code de la sécurité sociale\u{202f}; articles L. 8222-1, R. 8222-1 et D. 8222-5 du \
    code du travail.";
/// What it does not say.
const REACH: &str = "Cette attestation est établie d’après les déclarations reçues. Elle ne préjuge pas de l’exactitude des bases déclarées, et \
    ne vaut pas renonciation à d’éventuelles créances.";
/// Where something is not known.
const NOT_TOLD: &str = "Non communiqué";

/// An attestation to print. Texts are plain: they are drawn as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VigilanceAttestation {
    /// What tells the document from every other.
    pub id: String,
    /// What it says.
    pub content: Content,
    /// The day of issue.
    pub issued: Day,
    /// What anybody checks it by, as it is shown.
    pub code: String,
    /// The address of the page that checks it.
    pub verified_at: String,
}

impl VigilanceAttestation {
    /// The paper, as the bytes of a PDF. The same data make the same bytes.
    ///
    /// # Errors
    /// See [`PaperError`].
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        let mut sheet = Sheet::new()?;
        Letterhead {
            office: OFFICE,
            number: &format!("Code de sécurité\u{a0}: {}", self.code),
            issued: &format!("Délivrée le {}", self.issued.long()),
        }
        .draw(&mut sheet);
        self.head(&mut sheet);
        self.facts(&mut sheet);
        self.verification(&mut sheet);
        letterhead::marked(&mut sheet);
        sheet.finish(&Around {
            title: format!("{TITLE} – {}", self.content.name),
            about: format!("{} {DEMONSTRATION}.", self.statement()),
            issuer: ISSUER.to_owned(),
            foot: format!(
                "{TITLE}, délivrée le {} – {DEMONSTRATION}",
                self.issued.long()
            ),
            mark: "DÉMONSTRATION".to_owned(),
            id: self.id.clone(),
            issued: numbers(self.issued),
        })
    }

    fn head(&self, sheet: &mut Sheet) {
        let title = Style {
            size: 20.0,
            ink: Ink::Text,
            strong: true,
        };
        let small = Style {
            size: 9.0,
            ..Style::MUTED
        };
        sheet.heading(1, TITLE, title);
        sheet.paragraph(FULL_TITLE, Style::STRONG);
        sheet.paragraph(LAW, small);
        sheet.gap(8.0);
        sheet.paragraph(
            &self.statement(),
            Style {
                size: 11.0,
                ..Style::TEXT
            },
        );
        sheet.gap(6.0);
    }

    fn statement(&self) -> String {
        format!(
            "L’organisme certifie que la personne désignée ci-dessous est à jour, au {}, de ses obligations de déclaration et de paiement des \
             cotisations et contributions de sécurité sociale.",
            self.content.as_of.long()
        )
    }

    fn facts(&self, sheet: &mut Sheet) {
        let section = Style {
            size: 12.0,
            ink: Ink::Accent,
            strong: true,
        };
        let one = |text: &str| vec![text.to_owned()];
        let content = &self.content;
        let titled = |sheet: &mut Sheet, title: &str, facts: &[(&str, Vec<String>)]| {
            sheet.gap(8.0);
            sheet.heading(2, title, section);
            sheet.gap(2.0);
            sheet.facts(title, facts);
        };
        let holder = &content.held.holder;
        let who = [
            ("Nom ou raison sociale", one(&content.name)),
            (holder.noun(), one(&holder.to_string())),
            (
                "Statut",
                vec![format!(
                    "{}, {}",
                    content.kind.label(),
                    content.held.scheme.accounts()
                )],
            ),
        ];
        titled(sheet, "1. Personne attestée", &who);
        let mut standing = vec![("À jour au", vec![content.as_of.long()])];
        if let Some(period) = &content.period {
            standing.push(("Dernière période déclarée", vec![period.told()]));
        }
        let organisms = content.organisms.iter().map(|code| organism::name(code));
        standing.push(("Géré par", organisms.collect()));
        if let Some(staff) = content.staff {
            let headcount = staff.headcount.map_or_else(
                || NOT_TOLD.to_owned(),
                |count| french::count(count, "salarié", "salariés"),
            );
            let payroll = staff.payroll.map_or_else(
                || NOT_TOLD.to_owned(),
                |cents| Cents::new(cents).to_string(),
            );
            standing.push(("Effectif déclaré", vec![headcount]));
            standing.push(("Rémunérations déclarées", vec![payroll]));
        }
        titled(sheet, "2. Situation", &standing);
        sheet.gap(9.0);
        sheet.heading(2, "3. Établissements", section);
        sheet.gap(4.0);
        if content.sirets.is_empty() {
            sheet.paragraph(
                "Aucun numéro Siret n’est attaché à ces comptes.",
                Style::TEXT,
            );
        } else {
            let sirets: Vec<String> = content.sirets.iter().map(ToString::to_string).collect();
            let told = french::count(sirets.len() as u64, "établissement", "établissements");
            sheet.paragraph(&format!("{told}, par numéro Siret\u{a0}:"), Style::MUTED);
            sheet.columns(&sirets, 3, Style::STRONG);
        }
        sheet.gap(6.0);
        sheet.paragraph(
            REACH,
            Style {
                size: 9.0,
                ..Style::MUTED
            },
        );
    }

    fn verification(&self, sheet: &mut Sheet) {
        let section = Style {
            size: 12.0,
            ink: Ink::Accent,
            strong: true,
        };
        let code = Style {
            size: 17.0,
            ink: Ink::Text,
            strong: true,
        };
        let left = MARGIN + 16.0;
        let most = MEASURE - 32.0;
        sheet.gap(8.0);
        // Together with the mark of the demonstration.
        sheet.framed(184.0, (Ink::Pale, Ink::Accent), |sheet| {
            sheet.heading_within(2, "4. Validité et vérification", section, left);
            sheet.gap(2.0);
            sheet.paragraph_within(
                &format!(
                    "Délivrée le {}, valable jusqu’au {}.",
                    self.issued.long(),
                    last_day(self.issued).long()
                ),
                Style::STRONG,
                left,
                most,
            );
            sheet.paragraph_within(
                "Le donneur d’ordre s’assure de son authenticité à la signature du contrat, puis tous les six mois jusqu’à sa fin, en saisissant \
                 ce code à l’adresse ci-dessous.",
                Style::TEXT,
                left,
                most,
            );
            sheet.gap(5.0);
            sheet.paragraph_within("Code de sécurité", Style::MUTED, left, most);
            sheet.paragraph_within(&self.code, code, left, most);
            sheet.gap(3.0);
            sheet.link(&self.verified_at, &self.verified_at, left, Style {
                ink: Ink::Accent,
                size: TEXT,
                strong: true,
            });
        });
    }
}

#[cfg(test)]
mod tests;
