//! The sentences about attestations.

use super::{CodeFault, Refused};
use crate::{attestation::SecurityCode, language::t, mobility::code::VerificationCode, say};

impl Refused {
    /// Why there is none, in a few words: for tables and lists.
    pub fn label(self) -> &'static str {
        match self {
            Self::Closed => t("Compte radié"),
            Self::NotInOrder => t("Compte non à jour"),
            Self::Suspended => t("Compte suspendu"),
            Self::NothingDeclared => t("Aucune déclaration"),
        }
    }

    /// Why there is none, with the text that says so.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Closed => t(
                "Tous les comptes sont radiés\u{a0}: il n’y a plus d’obligation dont l’organisme puisse attester le respect (article L. 243-15 du \
                 code de la sécurité sociale).",
            ),
            Self::NotInOrder => t(
                "Au moins un compte n’est pas à jour de ses déclarations ou de ses paiements. L’attestation n’est délivrée qu’à qui a déclaré et payé \
                 dans les délais, respecte un échéancier, ou conteste la somme devant le juge (articles L. 243-15 et D. 243-15 du code de la sécurité \
                 sociale).",
            ),
            Self::Suspended => t(
                "Aucun compte n’est actif\u{a0}: un compte suspendu n’a ni déclaration ni paiement en cours dont l’organisme puisse attester le \
                 respect (article L. 243-15 du code de la sécurité sociale).",
            ),
            Self::NothingDeclared => t(
                "Aucune déclaration n’a encore été reçue. L’attestation reprend l’effectif et les rémunérations de la dernière déclaration\u{a0}: il en \
                 faut une (article D. 243-15 du code de la sécurité sociale).",
            ),
        }
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Closed => {
                t("Si l’activité a repris, demandez la réouverture du compte à l’organisme.")
            }
            Self::NotInOrder => t(
                "Transmettez les déclarations qui manquent et réglez ce qui est dû, ou demandez un délai de paiement et respectez-en \
                 l’échéancier\u{a0}: l’attestation sera délivrée dès que le compte sera à jour. Si tout est en ordre, signalez-le à l’organisme.",
            ),
            Self::Suspended => t(
                "Signalez à l’organisme la reprise de l’activité ou de l’emploi\u{a0}: l’attestation sera délivrée dès que le compte sera actif.",
            ),
            Self::NothingDeclared => t(
                "Transmettez la première DSN, même sans salarié\u{a0}: l’attestation sera délivrée dès qu’elle aura été prise en compte.",
            ),
        }
    }
}

/// What is wrong with a code that was typed, and what to do.
pub fn fault(fault: CodeFault) -> String {
    let (short, long) = (SecurityCode::SIGNS, VerificationCode::SIGNS);
    match fault {
        CodeFault::Incomplete { got } => {
            let got = crate::french::count(got as u64, "signe", "signes");
            say!("Ce code est incomplet\u{a0}: {got}, alors que celui d’une attestation de vigilance en compte {short} et celui d’un certificat {long}. \
                 Saisissez-le en entier.", got, short, long)
        }
        CodeFault::TooLong { got } => say!("Ce code est trop long\u{a0}: {got} signes, alors que celui d’une attestation de vigilance en compte {short} et celui d’un certificat {long}.", got, short, long),
        CodeFault::NoSuchSign => {
            t("Un code ne contient que des chiffres et des lettres sans accent. Recopiez-le du papier.").to_owned()
        }
        CodeFault::Mistyped => {
            t("Ce code comporte une erreur de frappe\u{a0}: ses signes ne vont pas ensemble. Comparez chacun avec le papier.").to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: somebody is refused without a reason in law, or without being told what to do.
    #[test]
    fn every_refusal_says_why_and_what_to_do() {
        for refused in Refused::ALL {
            assert!(refused.reason().contains("243-15"), "{refused:?}");
            assert!(refused.advice().len() > 40 && !refused.label().is_empty());
        }
    }

    /// Fear: « incomplete » reads like « unknown », or a number of signs is wrong.
    #[test]
    fn what_is_wrong_with_a_code() {
        let said = fault(CodeFault::Incomplete { got: 14 });
        assert!(said.contains("incomplet") && said.contains("14\u{a0}signes"));
        assert!(said.contains("15") && said.contains("20"));
        assert!(fault(CodeFault::Mistyped).contains("frappe"));
    }
}
