//! « Fermer » of a session, or of all others.

use super::Form;
use crate::{
    ids::SessionId,
    language::t,
    ports::Sessions,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// The word for all sessions but the present one.
const OTHERS: &str = "autres";

/// What a button sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EndSessionsForm {
    /// The session to end, or « autres ».
    pub of: String,
}

impl EndSessionsForm {
    /// All but the present one.
    pub fn others() -> Self {
        Self {
            of: OTHERS.to_owned(),
        }
    }

    /// One of them.
    pub fn one(id: SessionId) -> Self {
        Self { of: id.to_string() }
    }
}

/// The fields of [`EndSessionsForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SessionField {
    /// The session.
    Of,
}

impl Field for SessionField {
    fn name(self) -> &'static str {
        "of"
    }
    fn ask(self) -> &'static str {
        t("Choisissez la session à fermer.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for EndSessionsForm {
    type Field = SessionField;
    type Draft = Sessions;

    fn check(&self) -> Result<Sessions, Problems<SessionField>> {
        let mut judge = Judge::new();
        let which = match self.of.as_str() {
            "" => Err(Problem::Missing),
            OTHERS => Ok(Sessions::Others),
            id => id
                .parse()
                .map(Sessions::One)
                .map_err(|_| Problem::NotOffered),
        };
        let which = judge.take(SessionField::Of, which);
        judge.close(which)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button that names no session ends them all.
    #[test]
    fn nothing_is_ended_by_mistake() {
        let of = |of: &str| EndSessionsForm { of: of.into() }.check();
        assert!(of("").is_err() && of("toutes").is_err());
        let id = SessionId(uuid::Uuid::max());
        assert_eq!(EndSessionsForm::one(id).check(), Ok(Sessions::One(id)));
        assert_eq!(EndSessionsForm::others().check(), Ok(Sessions::Others));
    }
}
