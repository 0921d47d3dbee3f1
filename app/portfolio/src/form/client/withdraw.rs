//! « Retirer »: a client takes back one service of a firm, or the whole mandate.

use crate::{
    catalogue::ServiceCode,
    form::Form,
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    /// The enrolment.
    pub of: String,
    /// The code of the service; empty for the whole mandate.
    pub service: String,
}

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawDraft {
    /// Of which enrolment.
    pub of: EnrolmentId,
    /// Which service; the whole mandate when none is named.
    pub service: Option<ServiceCode>,
}

/// The fields of [`WithdrawForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WithdrawField {
    /// The enrolment.
    Of,
    /// The service.
    Service,
}

impl Field for WithdrawField {
    fn name(self) -> &'static str {
        match self {
            Self::Of => "of",
            Self::Service => "service",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Of => t("Choisissez le mandat à retirer."),
            Self::Service => t("Choisissez le service à retirer."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for WithdrawForm {
    type Field = WithdrawField;
    type Draft = WithdrawDraft;

    fn check(&self) -> Result<WithdrawDraft, Problems<WithdrawField>> {
        let mut judge = Judge::new();
        let of = judge.take(
            WithdrawField::Of,
            self.of.parse().map_err(|_| Problem::NotOffered),
        );
        let service = match &*self.service {
            "" => Some(None),
            code => judge
                .take(
                    WithdrawField::Service,
                    ServiceCode::find(code).ok_or(Problem::NotOffered),
                )
                .map(Some),
        };
        judge.close(
            of.zip(service)
                .map(|(of, service)| WithdrawDraft { of, service }),
        )
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a service that is misspelt takes the whole mandate back.
    #[test]
    fn a_service_that_is_none_is_refused() {
        let form = |service: &str| WithdrawForm {
            of: "01a20cbe-3610-7d9c-af6a-74462ae16a39".into(),
            service: service.into(),
        };
        assert_eq!(form("").check().unwrap().service, None);
        assert!(form("DPAE").check().unwrap().service.is_some());
        assert!(form("DPAEX").check().is_err());
    }
}
