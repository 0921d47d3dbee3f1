//! The proof of mandate: secrets that only the client could have given (card, step 3).

use super::Form;
use crate::{
    account_number::AccountNumber,
    amount::Cents,
    holder::Kind,
    ids::DraftId,
    language::t,
    nir::Nir,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The client's status, chosen by the accountant and never deduced aloud from the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// A: employer.
    Employer,
    /// B: self-employed, auto-entrepreneurs too.
    SelfEmployed,
    /// C: gérant majoritaire without a Siret.
    Manager,
}

impl Status {
    /// The word that the form sends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employer => "employeur",
            Self::SelfEmployed => "independant",
            Self::Manager => "gerant",
        }
    }

    /// The status of a sent word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Employer, Self::SelfEmployed, Self::Manager]
            .into_iter()
            .find(|status| status.code() == code)
    }

    /// Whether an account of this kind is proved by this status's secrets.
    pub const fn covers(self, kind: Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Employer, Kind::Emp)
                | (Self::SelfEmployed, Kind::Ti | Kind::Ae)
                | (Self::Manager, Kind::Gm)
        )
    }
}

/// What the proof page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    /// The enrolment in the making.
    pub draft: String,
    /// The chosen status.
    pub status: String,
    /// « Montant à payer déclaré sur la dernière déclaration ».
    pub amount: String,
    /// « Numéro de compte employeur ».
    pub employer_account: String,
    /// « Numéro de sécurité sociale ».
    pub nir: String,
    /// « Numéro de compte Indépendant ».
    pub self_employed_account: String,
}

/// A proof to be tried.
#[derive(Debug)]
pub struct ProofDraft {
    /// The enrolment in the making; `None` when its id is not one, which no page of ours sends.
    pub draft: Option<DraftId>,
    /// The secrets.
    pub proof: Proof,
}

/// The secrets, by status.
#[derive(Debug)]
pub enum Proof {
    /// A: the amount of the last declaration and the account number.
    Employer(Cents, AccountNumber),
    /// B: the social security number and the account number.
    SelfEmployed(Nir, AccountNumber),
    /// C: the social security number; the account number was typed at the first step.
    Manager(Nir),
}

impl Proof {
    /// The status that these secrets belong to.
    pub const fn status(&self) -> Status {
        match self {
            Self::Employer(..) => Status::Employer,
            Self::SelfEmployed(..) => Status::SelfEmployed,
            Self::Manager(_) => Status::Manager,
        }
    }
}

/// The fields of [`ProofForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProofField {
    /// The client's status.
    Status,
    /// The amount.
    Amount,
    /// The employer's account number.
    EmployerAccount,
    /// The social security number.
    Nir,
    /// The self-employed person's account number.
    SelfEmployedAccount,
    /// The secrets together: refusals that name none of them.
    Secrets,
}

impl Field for ProofField {
    fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Amount => "amount",
            Self::EmployerAccount => "employer_account",
            Self::Nir => "nir",
            Self::SelfEmployedAccount => "self_employed_account",
            Self::Secrets => "secrets",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Status => t("Choisissez le statut de votre client."),
            Self::Amount => t("Saisissez le montant à payer déclaré sur la dernière déclaration."),
            Self::EmployerAccount => t("Saisissez le numéro de compte employeur."),
            Self::Nir => t("Saisissez le numéro de sécurité sociale."),
            Self::SelfEmployedAccount => t("Saisissez le numéro de compte Indépendant."),
            Self::Secrets => t("Saisissez les informations demandées."),
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Amount => Subject::Amount,
            Self::EmployerAccount | Self::SelfEmployedAccount => Subject::AccountNumber,
            Self::Nir => Subject::Nir,
            Self::Status | Self::Secrets => Subject::Other,
        }
    }
}

impl Form for ProofForm {
    type Field = ProofField;
    type Draft = ProofDraft;

    fn check(&self) -> Result<ProofDraft, Problems<ProofField>> {
        let mut judge = Judge::new();
        let status = if self.status.is_empty() {
            Err(Problem::Missing)
        } else {
            Status::from_code(&self.status).ok_or(Problem::NotOffered)
        };
        let proof = match judge.take(ProofField::Status, status) {
            None => None,
            Some(Status::Employer) => {
                let amount = judge.take(ProofField::Amount, Cents::parse(&self.amount));
                let account = judge.take(
                    ProofField::EmployerAccount,
                    AccountNumber::parse(&self.employer_account),
                );
                amount
                    .zip(account)
                    .map(|(amount, account)| Proof::Employer(amount, account))
            }
            Some(Status::SelfEmployed) => {
                let nir = judge.take(ProofField::Nir, Nir::parse(&self.nir));
                let account = judge.take(
                    ProofField::SelfEmployedAccount,
                    AccountNumber::parse(&self.self_employed_account),
                );
                nir.zip(account)
                    .map(|(nir, account)| Proof::SelfEmployed(nir, account))
            }
            Some(Status::Manager) => judge
                .take(ProofField::Nir, Nir::parse(&self.nir))
                .map(Proof::Manager),
        };
        judge.close(proof.map(|proof| ProofDraft {
            draft: self.draft.parse().ok(),
            proof,
        }))
    }

    fn kept(&self) -> Self {
        Self {
            draft: self.draft.clone(),
            status: self.status.clone(),
            ..Self::default()
        }
    }
}

/// Logs see the status only.
impl fmt::Debug for ProofForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ProofForm({})",
            Status::from_code(&self.status).map_or("?", Status::code)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(status: &str) -> ProofForm {
        ProofForm {
            status: status.into(),
            amount: "1 234,50 €".into(),
            employer_account: "117000001567462542".into(),
            nir: "255081416802538".into(),
            self_employed_account: "117000001567462542".into(),
            ..ProofForm::default()
        }
    }

    /// Fear: the fields of a status that was not chosen are judged too, or those of the chosen one are not.
    #[test]
    fn only_the_chosen_status_is_judged() {
        for status in [Status::Employer, Status::SelfEmployed, Status::Manager] {
            assert_eq!(form(status.code()).check().unwrap().proof.status(), status);
        }
        let only = |status: &str, fields: &[ProofField]| {
            let problems = ProofForm {
                status: status.into(),
                ..ProofForm::default()
            }
            .check()
            .unwrap_err();
            let found: Vec<_> = problems
                .iter()
                .map(|(field, problem)| (field, problem.clone()))
                .collect();
            let wanted: Vec<_> = fields
                .iter()
                .map(|field| (*field, Problem::Missing))
                .collect();
            assert_eq!(found, wanted, "{status}");
        };
        only("", &[ProofField::Status]);
        only(
            "employeur",
            &[ProofField::Amount, ProofField::EmployerAccount],
        );
        only(
            "independant",
            &[ProofField::Nir, ProofField::SelfEmployedAccount],
        );
        only("gerant", &[ProofField::Nir]);
        assert_eq!(
            form("chef").check().unwrap_err().of(ProofField::Status),
            Some(&Problem::NotOffered)
        );
    }

    /// Fear: a secret is put back on a page, or told by `{:?}`.
    #[test]
    fn secrets_are_not_kept() {
        let form = form("employeur");
        let kept = serde_json::to_string(&form.kept()).unwrap();
        let told = format!("{form:?}{:?}", form.check().unwrap());
        for secret in ["1 234", "123450", "1170000015", "2550814"] {
            assert!(!kept.contains(secret) && !told.contains(secret), "{secret}");
        }
    }
}
