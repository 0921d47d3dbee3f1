//! What is done to a change of many clients that is prepared, under way or over.

use super::Form;
use crate::{
    ids::BulkId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What each of the page's buttons sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JobForm {
    /// The change.
    pub of: String,
    /// What is done: [`job_act`].
    pub act: String,
}

/// The words by which a form says what is done.
pub mod job_act {
    /// [`super::JobAct::Confirm`].
    pub const CONFIRM: &str = "confirmer";
    /// [`super::JobAct::Drop`].
    pub const DROP: &str = "abandonner";
    /// [`super::JobAct::Stop`].
    pub const STOP: &str = "arreter";
    /// [`super::JobAct::Undo`].
    pub const UNDO: &str = "annuler";
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobAct {
    /// Has it carried out.
    Confirm,
    /// Forgets it; nothing was done yet.
    Drop,
    /// Ends it between two batches.
    Stop,
    /// Takes it back.
    Undo,
}

/// Something to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobDraft {
    /// The change; none when the form names none.
    pub of: Option<BulkId>,
    /// What is done.
    pub act: JobAct,
}

/// The fields of [`JobForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum JobField {
    /// The button.
    Act,
}

impl Field for JobField {
    fn name(self) -> &'static str {
        "act"
    }
    fn ask(self) -> &'static str {
        t("Choisissez ce qu’il faut faire.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for JobForm {
    type Field = JobField;
    type Draft = JobDraft;

    fn check(&self) -> Result<JobDraft, Problems<JobField>> {
        let mut judge = Judge::new();
        let act = match &*self.act {
            job_act::CONFIRM => Ok(JobAct::Confirm),
            job_act::DROP => Ok(JobAct::Drop),
            job_act::STOP => Ok(JobAct::Stop),
            job_act::UNDO => Ok(JobAct::Undo),
            "" => Err(Problem::Missing),
            _ => Err(Problem::NotOffered),
        };
        let act = judge.take(JobField::Act, act);
        judge.close(act.map(|act| JobDraft {
            of: self.of.parse().ok(),
            act,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button that is not there carries a change out.
    #[test]
    fn each_button_its_own() {
        let form = |act: &str| JobForm {
            act: act.into(),
            ..JobForm::default()
        };
        assert_eq!(form("confirmer").check().unwrap().act, JobAct::Confirm);
        assert_eq!(form("annuler").check().unwrap().act, JobAct::Undo);
        for act in ["", "ok"] {
            assert!(form(act).check().is_err(), "{act}");
        }
    }
}
