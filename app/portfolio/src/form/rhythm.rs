//! How often a client declares, as the firm says it.

use super::Form;
use crate::{
    calendar::Rhythm,
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RhythmForm {
    /// The client.
    pub of: String,
    /// The code of a rhythm; empty for the usual one.
    pub rhythm: String,
}

/// A rhythm to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RhythmDraft {
    /// The client.
    pub of: EnrolmentId,
    /// The rhythm; none for the usual one.
    pub rhythm: Option<Rhythm>,
}

/// The fields of [`RhythmForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RhythmField {
    /// The rhythm.
    Rhythm,
}

impl Field for RhythmField {
    fn name(self) -> &'static str {
        "rhythm"
    }
    fn ask(self) -> &'static str {
        t("Choisissez quand ce client déclare ou paie.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for RhythmForm {
    type Field = RhythmField;
    type Draft = RhythmDraft;

    fn check(&self) -> Result<RhythmDraft, Problems<RhythmField>> {
        let mut judge = Judge::new();
        let rhythm = match &*self.rhythm {
            "" => Ok(None),
            code => Rhythm::from_code(code).map(Some).ok_or(Problem::NotOffered),
        };
        let of = self.of.parse().map_err(|_| Problem::NotOffered);
        let read = of.and_then(|of| rhythm.map(|rhythm| RhythmDraft { of, rhythm }));
        let read = judge.take(RhythmField::Rhythm, read);
        judge.close(read)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a word that is no rhythm becomes the usual one, or nobody's client is meant.
    #[test]
    fn codes_alone() {
        let form = |of: &str, rhythm: &str| RhythmForm {
            of: of.into(),
            rhythm: rhythm.into(),
        };
        let id = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
        assert_eq!(form(id, "").check().unwrap().rhythm, None);
        let chosen = form(id, "trimestriel").check().unwrap();
        assert_eq!(chosen.rhythm, Some(Rhythm::Quarterly));
        for (of, rhythm) in [("", ""), ("x", "dsn-5"), (id, "dsn"), (id, " ")] {
            assert!(form(of, rhythm).check().is_err(), "{of} {rhythm}");
        }
    }
}
