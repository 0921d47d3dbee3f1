//! What « Sécurité » shows a member of their own access.

use crate::{
    device, french,
    ids::{CeremonyId, ListId, PasskeyId, SessionId},
    language::t,
    say,
    second_factor::RECOVERY_CODES,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Whether the firm asks for a second factor and the member has none: said first, and everything else waits for it.
    pub wanted: bool,
    /// Since when codes of an application are asked for.
    pub application: Option<Timestamp>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// Recovery codes that were not used.
    pub codes_left: u8,
    /// The sessions in force, the present one first.
    pub sessions: Vec<Open>,
}

impl Access {
    /// Whether something besides the password is asked for at sign-in.
    pub const fn second_factor(&self) -> bool {
        self.application.is_some() || !self.passkeys.is_empty()
    }
}

/// A passkey, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// What it is removed by.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// What a browser is asked about a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// What its answer names.
    pub id: CeremonyId,
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON` of the Web Authentication standard.
    pub options: String,
}

/// A session in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// What it is ended by.
    pub id: SessionId,
    /// « Firefox sur Windows ».
    pub device: String,
    /// The network address that it began from.
    pub address: String,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub here: bool,
}

impl Open {
    /// What its owner knows it by.
    pub fn name(&self) -> String {
        device::told(&self.device)
    }
}

/// What a member can show besides the password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// A code of an application.
    pub application: bool,
    /// A passkey, which takes the password's place as well.
    pub passkey: bool,
}

impl Asked {
    /// Whether a code is asked for with the password: the application's, or one for recovery.
    pub fn code(self) -> bool {
        self.application || self.passkey
    }

    /// What the field of the code says.
    pub fn hint(self) -> &'static str {
        if self.passkey && !self.application {
            t("Un de vos codes de secours, si vous n’avez pas votre clé d’accès.")
        } else {
            t("Les 6\u{a0}chiffres que votre application affiche, ou un code de secours.")
        }
    }
}

/// What an application is told by, once: shown on one page, kept nowhere else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The secret in groups of four letters, for typing by hand.
    pub secret: String,
    /// The path of the picture's dark squares, one unit each.
    pub squares: String,
    /// How many units the picture is wide and high, its margin included.
    pub side: u16,
}

/// Logs never see the secret.
impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Setup(…)")
    }
}

/// How far the adding of an application is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adding {
    /// There is one already.
    InUse,
    /// No secret was made.
    NotBegun,
    /// A secret waits for its first code.
    Begun(Setup),
}

/// Recovery codes: those that were just made, until they are written down, or how many are left.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codes {
    /// The new ones, as they are written down; none once they are.
    pub new: Vec<String>,
    /// Which list they are; none when there are no new ones.
    pub list: Option<ListId>,
    /// How many were not used.
    pub left: u8,
}

/// Logs never see them.
impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Codes({} left)", self.left)
    }
}

/// « Il reste 7 codes sur 10. »
pub fn left_told(left: u8) -> String {
    match left {
        0 => t("Il ne reste aucun code\u{a0}: renouvelez-les.").to_owned(),
        left => say!(
            "Il reste {left} sur {recovery_codes}.",
            left = french::count(u64::from(left), "code", "codes"),
            recovery_codes = RECOVERY_CODES
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a secret or a code gets into a log through `{:?}`, or « 1 codes ».
    #[test]
    fn told_and_untold() {
        let setup = Setup {
            secret: "MZXW 6YTB".into(),
            squares: "M0 0h1v1h-1z".into(),
            side: 37,
        };
        let codes = Codes {
            new: vec!["7k2qmx-4d9t3n-08vbcz-h5w6ye".into()],
            list: None,
            left: 10,
        };
        let told = format!("{setup:?}{codes:?}");
        assert!(!told.contains("MZXW") && !told.contains("7k2qm") && !told.contains("M0 0"));
        assert_eq!(left_told(1), "Il reste 1\u{a0}code sur 10.");
        assert!(left_told(0).contains("aucun"));
    }
}
