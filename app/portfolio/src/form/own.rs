//! The firm's own fields of a client: reference, labels, who is in charge.

use super::Form;
use crate::{
    finding::MOST_LABELS_EACH,
    french::searchable,
    ids::{EnrolmentId, LabelId, MemberId},
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Characters of the longest reference.
pub const LONGEST_REFERENCE: usize = 40;
/// Characters of the longest name of a label.
pub const LONGEST_LABEL: usize = 40;

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnForm {
    /// The client.
    pub of: String,
    /// The version of its own fields that the page shows.
    pub version: String,
    /// « Référence ».
    pub reference: String,
    /// The ids of the ticked labels.
    pub labels: Vec<String>,
    /// « Nouvelles étiquettes »: names between commas.
    pub new_labels: String,
    /// The id of the member in charge; empty for nobody.
    pub in_charge: String,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// Own fields to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDraft {
    /// The client; none when the form names none.
    pub of: Option<EnrolmentId>,
    /// The version that the page showed.
    pub version: i32,
    /// The reference; empty for none.
    pub reference: String,
    /// Labels that are there.
    pub labels: BTreeSet<LabelId>,
    /// Names of labels that may have to be made, each once.
    pub new_labels: Vec<String>,
    /// Who is in charge.
    pub in_charge: Option<MemberId>,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// The fields of [`OwnForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OwnField {
    /// « Référence ».
    Reference,
    /// « Étiquettes ».
    Labels,
    /// « Nouvelles étiquettes ».
    NewLabels,
    /// « En charge ».
    InCharge,
}

impl Field for OwnField {
    fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Labels => "labels",
            Self::NewLabels => "new_labels",
            Self::InCharge => "in_charge",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Reference => t("Saisissez la référence."),
            Self::Labels => t("Choisissez les étiquettes."),
            Self::NewLabels => t("Saisissez le nom de l’étiquette."),
            Self::InCharge => t("Choisissez qui est en charge."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for OwnForm {
    type Field = OwnField;
    type Draft = OwnDraft;

    fn check(&self) -> Result<OwnDraft, Problems<OwnField>> {
        let mut judge = Judge::new();
        let reference = judge.take(OwnField::Reference, reference(&self.reference));
        let labels: Option<BTreeSet<LabelId>> =
            self.labels.iter().map(|id| id.parse().ok()).collect();
        let labels = judge.take(OwnField::Labels, labels.ok_or(Problem::NotOffered));
        let new_labels = judge.take(OwnField::NewLabels, new_labels(&self.new_labels));
        let in_charge = match &*self.in_charge {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Problem::NotOffered),
        };
        let in_charge = judge.take(OwnField::InCharge, in_charge);
        let labels = labels.zip(new_labels);
        if let Some((known, new)) = &labels
            && known.len() + new.len() > MOST_LABELS_EACH as usize
        {
            let most = MOST_LABELS_EACH;
            judge.take::<()>(OwnField::Labels, Err(Problem::TooMany { most }));
        }
        let draft = reference.zip(labels).zip(in_charge);
        judge.close(
            draft.map(|((reference, (labels, new_labels)), in_charge)| OwnDraft {
                of: self.of.parse().ok(),
                version: self.version.parse().unwrap_or_default(),
                reference,
                labels,
                new_labels,
                in_charge,
                back: self.back.clone(),
            }),
        )
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// The reference of a client as it was written.
///
/// # Errors
/// It is too long.
pub fn reference(typed: &str) -> Result<String, Problem> {
    at_most(one_line(typed), LONGEST_REFERENCE)
}

/// Names of labels between commas or semicolons, each once.
///
/// # Errors
/// One that is too long or made of signs alone, or more than a client may have.
pub fn labels(typed: &str) -> Result<Vec<String>, Problem> {
    let names = new_labels(typed)?;
    if names.len() > MOST_LABELS_EACH as usize {
        let most = MOST_LABELS_EACH;
        return Err(Problem::TooMany { most });
    }
    Ok(names)
}

/// A text on one line: what is typed between its words becomes single spaces.
pub(super) fn one_line(typed: &str) -> String {
    let words: Vec<_> = typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

pub(super) fn at_most(text: String, want: usize) -> Result<String, Problem> {
    match text.chars().count() {
        got if got > want => Err(Problem::TooLong { got, want }),
        _ => Ok(text),
    }
}

/// The name of a label: one that is made of signs alone could not be told from another.
pub(super) fn label(typed: &str) -> Result<String, Problem> {
    let name = at_most(one_line(typed), LONGEST_LABEL)?;
    if searchable(&name).is_empty() {
        return Err(Problem::Missing);
    }
    Ok(name)
}

fn new_labels(typed: &str) -> Result<Vec<String>, Problem> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split([',', ';']) {
        if one_line(name).is_empty() {
            continue;
        }
        let name = label(name)?;
        let same = |known: &String| searchable(known) == searchable(&name);
        if !names.iter().any(same) {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a line break gets into a reference, a label is made twice, or one is made of nothing.
    #[test]
    fn tidied() {
        let draft = OwnForm {
            reference: " A\r\n 12 ".into(),
            new_labels: " Urgent ; urgent,, À  relancer".into(),
            ..OwnForm::default()
        }
        .check()
        .unwrap();
        assert_eq!(draft.reference, "A 12");
        assert_eq!(draft.new_labels, ["Urgent", "À relancer"]);
        assert_eq!(draft.in_charge, None);
    }

    /// Fear: only the first thing that is wrong is told, or one more label than a client may have goes through.
    #[test]
    fn refused_whole() {
        let wrong = OwnForm {
            reference: "x".repeat(41),
            labels: vec!["1".into()],
            new_labels: "!!!".into(),
            in_charge: "moi".into(),
            ..OwnForm::default()
        };
        let problems = wrong.check().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [
                OwnField::Reference,
                OwnField::Labels,
                OwnField::NewLabels,
                OwnField::InCharge
            ]
        );
        let names: Vec<_> = (0..21).map(|n| format!("n{n}")).collect();
        let many = OwnForm {
            new_labels: names.join(","),
            ..OwnForm::default()
        };
        assert_eq!(
            many.check().unwrap_err().of(OwnField::Labels),
            Some(&Problem::TooMany { most: 20 })
        );
    }
}
