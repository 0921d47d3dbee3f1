//! What an officer decides of a request, and the code that anybody verifies a certificate by.

use super::{Of, fields, read};
use crate::{
    attestation::PaperCode,
    form::Form,
    mobility::{
        day::{Day, Period},
        decision::Certificate,
        rule::Rule,
    },
    ports::Ruling,
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// The words that the buttons send.
pub mod rulings {
    /// Grants.
    pub const GRANT: &str = "accorder";
    /// Refuses.
    pub const REFUSE: &str = "refuser";
    /// Asks something first.
    pub const ASK: &str = "demander";
}

/// What the page of a request sends to decide it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulingForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// What is decided: one of [`rulings`].
    pub act: String,
    /// « Certificat »: a code of [`Certificate`].
    pub kind: String,
    /// « Premier jour ».
    pub start: String,
    /// « Dernier jour ».
    pub end: String,
    /// « Motif » or « Question ».
    pub words: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulingDraft {
    /// Of which request.
    pub of: Of,
    /// What.
    pub ruling: Ruling,
}

fields! {
    /// The fields of [`RulingForm`].
    RulingField {
        /// What is decided.
        Act: "act", "Choisissez la décision.";
        /// « Certificat ».
        Kind: "kind", "Choisissez le certificat à délivrer.";
        /// « Premier jour ».
        Start: "start", "Saisissez le premier jour du certificat.";
        /// « Dernier jour ».
        End: "end", "Saisissez le dernier jour du certificat.";
        /// « Motif » or « Question ».
        Words: "words", "Écrivez au cabinet ce qu’il doit savoir ou compléter.";
    }
}

impl Form for RulingForm {
    type Field = RulingField;
    type Draft = RulingDraft;

    fn check(&self) -> Result<RulingDraft, Problems<RulingField>> {
        let mut judge = Judge::new();
        let words = || match read::comment(&self.words) {
            Ok(words) if words.is_empty() => Err(Problem::Missing),
            judged => judged,
        };
        let ruling = match &*self.act {
            rulings::GRANT => {
                let kind = match Certificate::from_code(&self.kind) {
                    Some(kind) => Ok(kind),
                    None if self.kind.is_empty() => Err(Problem::Missing),
                    None => Err(Problem::NotOffered),
                };
                let kind = judge.take(RulingField::Kind, kind);
                let start = judge.take(RulingField::Start, Day::parse(&self.start));
                let end = match (start, Day::parse(&self.end)) {
                    (Some(start), Ok(end)) if end < start => {
                        Err(Problem::Mobility(Rule::EndBeforeStart.into()))
                    }
                    (_, end) => end,
                };
                let end = judge.take(RulingField::End, end);
                kind.zip(start.zip(end))
                    .map(|(kind, (start, end))| Ruling::Grant(kind, Period { start, end }))
            }
            rulings::REFUSE => judge.take(RulingField::Words, words()).map(Ruling::Refuse),
            rulings::ASK => judge.take(RulingField::Words, words()).map(Ruling::Ask),
            _ => judge.take(RulingField::Act, Err(Problem::NotOffered)),
        };
        judge.close(ruling.map(|ruling| RulingDraft {
            of: Of::read(&self.request, &self.version),
            ruling,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What the page of verification sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerifyForm {
    /// The code of a certificate or of an attestation de vigilance.
    pub code: String,
}

fields! {
    /// The fields of [`VerifyForm`].
    VerifyField {
        /// The code of a certificate.
        Code: "code", "Saisissez le code imprimé sur l’attestation ou le certificat.";
    }
}

impl Form for VerifyForm {
    type Field = VerifyField;
    type Draft = PaperCode;

    fn check(&self) -> Result<PaperCode, Problems<VerifyField>> {
        PaperCode::parse(&self.code).map_err(|problem| Problems::one(VerifyField::Code, problem))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(act: &str) -> RulingForm {
        RulingForm {
            act: act.into(),
            kind: Certificate::A1.code().into(),
            start: "2026-12-01".into(),
            end: "30/11/2027".into(),
            words: " Précisez l’adresse du chantier. ".into(),
            ..RulingForm::default()
        }
    }

    /// Fear: a button decides something else than it says, a refusal says nothing, or a certificate ends before it begins.
    #[test]
    fn what_is_decided() {
        let decided = |act| form(act).check().unwrap().ruling;
        let day = |text| Day::parse(text).unwrap();
        let period = Period {
            start: day("01/12/2026"),
            end: day("30/11/2027"),
        };
        assert_eq!(
            decided(rulings::GRANT),
            Ruling::Grant(Certificate::A1, period)
        );
        let words = || "Précisez l’adresse du chantier.".to_owned();
        assert_eq!(decided(rulings::REFUSE), Ruling::Refuse(words()));
        assert_eq!(decided(rulings::ASK), Ruling::Ask(words()));
        assert!(form("retirer").check().is_err());
        for act in [rulings::REFUSE, rulings::ASK] {
            let silent = RulingForm {
                words: "  ".into(),
                ..form(act)
            };
            let problems = silent.check().unwrap_err();
            assert_eq!(problems.of(RulingField::Words), Some(&Problem::Missing));
        }
        let backwards = RulingForm {
            end: "30/11/2026".into(),
            ..form(rulings::GRANT)
        };
        let problems = backwards.check().unwrap_err();
        assert!(matches!(
            problems.of(RulingField::End),
            Some(Problem::Mobility(_))
        ));
        let nothing = RulingForm {
            act: rulings::GRANT.into(),
            ..RulingForm::default()
        };
        let problems = nothing.check().unwrap_err();
        assert_eq!(problems.of(RulingField::Kind), Some(&Problem::Missing));
        assert_eq!(problems.of(RulingField::End), Some(&Problem::Missing));
    }
}
