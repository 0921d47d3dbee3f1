//! « Créer mon compte »: somebody proves by themselves whose account it is, with what an accountant is asked for.

use crate::{
    email::Email,
    form::{Form, Proof, ProofField, ProofForm},
    holder::Holder,
    identifier::Identifier,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplyForm {
    /// « Siren, Siret ou numéro de compte ».
    pub identifier: String,
    /// « Votre statut ».
    pub status: String,
    /// « Montant à payer déclaré sur la dernière déclaration ».
    pub amount: String,
    /// « Numéro de compte employeur ».
    pub employer_account: String,
    /// « Numéro de sécurité sociale ».
    pub nir: String,
    /// « Numéro de compte Indépendant ».
    pub self_employed_account: String,
    /// « Votre adresse électronique ».
    pub email: String,
}

/// A proof to be tried, and where the link goes when it holds.
#[derive(Debug)]
pub struct ApplyDraft {
    /// Whose account.
    pub holder: Holder,
    /// The secrets.
    pub proof: Proof,
    /// Where the link goes.
    pub email: Email,
}

/// The fields of [`ApplyForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApplyField {
    /// « Siren, Siret ou numéro de compte ».
    Identifier,
    /// Status and secrets, as an accountant gives them.
    Proof(ProofField),
    /// « Votre adresse électronique ».
    Email,
}

impl Field for ApplyField {
    fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Proof(field) => field.name(),
            Self::Email => "email",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Identifier => t("Saisissez votre Siren, votre Siret ou votre numéro de compte."),
            Self::Proof(ProofField::Status) => t("Choisissez votre statut."),
            Self::Proof(field) => field.ask(),
            Self::Email => t("Saisissez votre adresse électronique."),
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Identifier => Subject::Identifier,
            Self::Proof(field) => field.subject(),
            Self::Email => Subject::Other,
        }
    }
}

impl ApplyForm {
    fn secrets(&self, status: String) -> ProofForm {
        ProofForm {
            draft: String::new(),
            status,
            amount: self.amount.clone(),
            employer_account: self.employer_account.clone(),
            nir: self.nir.clone(),
            self_employed_account: self.self_employed_account.clone(),
        }
    }
}

impl Form for ApplyForm {
    type Field = ApplyField;
    type Draft = ApplyDraft;

    fn check(&self) -> Result<ApplyDraft, Problems<ApplyField>> {
        let mut judge = Judge::new();
        let read = if self.identifier.trim().is_empty() {
            Err(Problem::Missing)
        } else {
            Identifier::parse(&self.identifier, false)
        };
        let holder = judge
            .take(ApplyField::Identifier, read)
            .map(|identifier| identifier.holder());
        // An account number that stands for a person is of a gérant majoritaire; a Siren never is.
        let fits = |holder: &Holder, proof: &Proof| {
            matches!(holder, Holder::Account(_)) == matches!(proof, Proof::Manager(_))
        };
        let proof = match self.secrets(self.status.clone()).check() {
            Ok(draft) => Some(draft.proof),
            Err(problems) => {
                for (field, problem) in problems.iter() {
                    judge.take::<()>(ApplyField::Proof(field), Err(problem.clone()));
                }
                None
            }
        };
        if let (Some(holder), Some(proof)) = (&holder, &proof)
            && !fits(holder, proof)
        {
            judge.take::<()>(
                ApplyField::Proof(ProofField::Status),
                Err(Problem::NotOffered),
            );
        }
        let email = judge.take(ApplyField::Email, Email::parse(&self.email));
        let draft = holder
            .zip(proof)
            .zip(email)
            .map(|((holder, proof), email)| ApplyDraft {
                holder,
                proof,
                email,
            });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        Self {
            identifier: self.identifier.clone(),
            status: self.status.clone(),
            email: self.email.clone(),
            ..Self::default()
        }
    }
}

/// Logs see nothing of it.
impl fmt::Debug for ApplyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApplyForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ApplyForm {
        ApplyForm {
            identifier: "732 829 320".into(),
            status: "employeur".into(),
            amount: "1 234,50".into(),
            employer_account: "117000001567462542".into(),
            email: "toni@x.fr".into(),
            ..ApplyForm::default()
        }
    }

    /// Fear: only a part of the form is judged, a status that cannot be tried is tried, or a secret is kept.
    #[test]
    fn judged_whole() {
        let draft = form().check().unwrap();
        assert_eq!(draft.holder.key(), "732829320");
        assert_eq!(draft.email.as_str(), "toni@x.fr");
        let problems = ApplyForm::default().check().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|(field, _)| field).collect();
        let all = [
            ApplyField::Identifier,
            ApplyField::Proof(ProofField::Status),
            ApplyField::Email,
        ];
        assert_eq!(fields, all);
        let manager = ApplyForm {
            status: "gerant".into(),
            nir: "255081416802538".into(),
            ..form()
        };
        let problems = manager.check().unwrap_err();
        let status = ApplyField::Proof(ProofField::Status);
        assert_eq!(problems.of(status), Some(&Problem::NotOffered));
        let told = format!("{:?}{:?}", form(), form().check().unwrap());
        let kept = serde_json::to_string(&form().kept()).unwrap();
        for secret in ["1 234", "123450", "1170000015"] {
            assert!(!told.contains(secret) && !kept.contains(secret), "{secret}");
        }
    }
}
