//! The sentences about a file of clients and its lines.

use super::sentence;
use crate::{
    form::LONGEST_REFERENCE,
    french,
    import::{Column, Fault, FileFault, Flaw, Halt, MOST_BYTES, MOST_COLUMNS, MOST_LINES, Reason},
    mobility::batch::MOST_POSTINGS,
    ports::MOST_WAITING,
    problem::{Field, Problem, Subject},
};

/// Bytes of a megabyte, as people count them.
const MEGABYTE: usize = 1_000_000;

/// « 10 Mo »: the largest file.
pub fn most_bytes() -> String {
    format!("{}\u{a0}Mo", MOST_BYTES / MEGABYTE)
}

/// « 50 000 lignes »: the longest file.
pub fn most_lines() -> String {
    french::count(u64::from(MOST_LINES), "ligne", "lignes")
}

/// Why a file is not taken, and what to do.
pub fn file(fault: FileFault) -> String {
    match fault {
        FileFault::Missing => "Choisissez le fichier à envoyer.".to_owned(),
        FileFault::Empty => "Ce fichier ne contient aucune ligne sous les noms de colonnes. Ajoutez vos clients, puis renvoyez-le.".to_owned(),
        FileFault::TooLarge => format!(
            "Ce fichier dépasse {}. Répartissez vos clients dans plusieurs fichiers.",
            most_bytes()
        ),
        FileFault::TooManyLines => format!(
            "Ce fichier compte plus de {}. Répartissez vos clients dans plusieurs fichiers.",
            most_lines()
        ),
        FileFault::TooManyColumns => format!(
            "Ce fichier compte plus de {MOST_COLUMNS}\u{a0}colonnes. Ne gardez que celles du modèle."
        ),
        FileFault::Format => "Ce fichier n’est ni un CSV ni un classeur Excel (.xlsx). Enregistrez-le sous l’un de ces formats.".to_owned(),
        FileFault::OldWorkbook => {
            "Ce classeur est d’un ancien format (.xls) ou protégé par un mot de passe. Enregistrez-le en .xlsx, sans mot de passe.".to_owned()
        }
        FileFault::BrokenWorkbook => {
            "Ce classeur est abîmé ou démesuré. Copiez vos clients dans le modèle, puis renvoyez-le.".to_owned()
        }
        FileFault::NoHeads => {
            "La première ligne doit porter les noms des colonnes, comme dans le modèle. Ajoutez-la au-dessus de vos clients.".to_owned()
        }
        FileFault::OpenQuote { line } => format!(
            "Ligne {line}\u{a0}: une cellule est démesurée, sans doute parce qu’un guillemet n’est pas refermé. Corrigez-la, puis renvoyez le fichier."
        ),
        FileFault::Busy => "Plusieurs fichiers sont en cours d’envoi. Réessayez dans un instant.".to_owned(),
        FileFault::TooManyFiles => format!(
            "Votre cabinet a déjà {MOST_WAITING}\u{a0}fichiers en attente. Terminez-en ou annulez-en un, puis renvoyez celui-ci."
        ),
        FileFault::TooManyPostings => format!(
            "Ce fichier compte plus de {MOST_POSTINGS}\u{a0}lignes, ou des cellules démesurées. Répartissez les missions dans plusieurs fichiers."
        ),
        FileFault::NoColumn(column) => format!(
            "La colonne «\u{a0}{}\u{a0}» manque. Reprenez les noms de colonnes du modèle.",
            column.head()
        ),
    }
}

/// Why a line was refused, and how to put it right.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Fault(fault) => self::fault(fault),
        Reason::Twice { line } => format!("Ce client figure déjà à la ligne {line}."),
        Reason::Proof { rounded } => {
            let told = if *rounded {
                " Le numéro de compte se termine par 000\u{a0}: Excel a pu l’arrondir."
            } else {
                ""
            };
            format!(
                "Ces informations ne permettent pas d’inscrire ce compte. Vérifiez-les avec votre client.{told}"
            )
        }
        Reason::Paused => {
            "Trop d’essais pour ce client\u{a0}: rien n’a été essayé. Réessayez plus tard."
                .to_owned()
        }
        Reason::Unchecked => {
            "Pas encore vérifiée\u{a0}: l’import s’est arrêté avant cette ligne.".to_owned()
        }
        Reason::UnknownLabel => {
            "Une des étiquettes n’existe pas dans votre cabinet. Créez-la d’abord, ou retirez-la."
                .to_owned()
        }
        Reason::NotOffered => {
            "Un des services demandés n’est pas proposé pour ce type de compte.".to_owned()
        }
    }
}

/// Why an import may not go on.
pub const fn halt(halt: Halt) -> &'static str {
    match halt {
        Halt::Proofs => {
            "Trop de justifications ont échoué aujourd’hui dans les fichiers de votre cabinet\u{a0}: les lignes suivantes n’ont pas été vérifiées. Corrigez les lignes refusées\u{202f}; vous pourrez envoyer la suite demain."
        }
        Halt::Access => {
            "La personne qui l’avait lancé ne peut plus modifier le portefeuille. Vous pouvez ajouter ce qui a été vérifié, ou annuler."
        }
    }
}

/// What is wrong with a cell.
fn fault(fault: &Fault) -> String {
    let Fault { column, flaw } = fault;
    let (column, subject) = (*column, named(*column));
    match flaw {
        Flaw::Field(problem) if matches!(column, Column::Reference | Column::Labels) => {
            own(column, problem)
        }
        Flaw::Field(Problem::NotOffered) => {
            "Régime inconnu. Écrivez RG pour un employeur, TI pour un indépendant.".to_owned()
        }
        Flaw::Field(problem) => sentence(column, problem),
        Flaw::LostZero { .. }
        | Flaw::Scientific
        | Flaw::Date
        | Flaw::Rounded
        | Flaw::Fraction
        | Flaw::Formula => spoiled(subject, flaw),
        Flaw::NoSecret => {
            "Preuve manquante\u{a0}: votre cabinet ne gère pas ce client. Indiquez le numéro de compte, et le montant de la dernière déclaration (employeur) ou le numéro de sécurité sociale (indépendant).".to_owned()
        }
        Flaw::TwoSecrets => {
            "Le montant et le numéro de sécurité sociale sont tous deux remplis. Précisez le régime\u{a0}: RG ou TI.".to_owned()
        }
        Flaw::EmployerBySiren => "Un employeur se désigne par son Siren ou son Siret, pas par un numéro de compte.".to_owned(),
        Flaw::OtherAccount => "Le numéro de compte n’est pas celui de la première colonne.".to_owned(),
        Flaw::UnknownService => "Un des services n’existe pas. Reprenez les codes de la feuille d’explication du modèle.".to_owned(),
    }
}

/// What a spreadsheet did to a cell, which `subject` names; nothing of anything else.
pub fn spoiled(subject: &str, flaw: &Flaw) -> String {
    match flaw {
        Flaw::LostZero { got, want } => format!(
            "{subject} n’a que {got} chiffres au lieu de {want}\u{a0}: Excel a sans doute retiré le zéro du début. Mettez la colonne au format Texte, puis saisissez-le de nouveau."
        ),
        Flaw::Scientific => format!(
            "{subject} est écrit comme 1,23E+13\u{a0}: Excel en a perdu des chiffres. Mettez la colonne au format Texte, puis saisissez-le de nouveau."
        ),
        Flaw::Date => format!(
            "{subject} est une date\u{a0}: Excel l’a sans doute transformé. Mettez la colonne au format Texte, puis saisissez-le de nouveau."
        ),
        Flaw::Rounded => format!(
            "{subject} est un nombre de plus de 15 chiffres\u{a0}: Excel en a remplacé les derniers par des zéros. Mettez la colonne au format Texte, puis saisissez-le de nouveau."
        ),
        Flaw::Fraction => format!("{subject} a trop de décimales. Vérifiez-le."),
        Flaw::Formula => {
            format!("{subject} est une formule en erreur. Remplacez-la par sa valeur.")
        }
        _ => String::new(),
    }
}

/// What is wrong with one of the firm's own fields.
fn own(column: Column, problem: &Problem) -> String {
    match (column, problem) {
        (Column::Reference, _) => {
            format!("La référence dépasse {LONGEST_REFERENCE}\u{a0}caractères.")
        }
        (_, Problem::TooMany { most }) => {
            format!("Un client porte au plus {most}\u{a0}étiquettes. Retirez-en.")
        }
        (_, Problem::TooLong { want, .. }) => {
            format!("Le nom d’une étiquette dépasse {want}\u{a0}caractères.")
        }
        _ => "Le nom d’une étiquette ne contient ni lettre ni chiffre.".to_owned(),
    }
}

const fn named(column: Column) -> &'static str {
    match column {
        Column::Identifier => "Le Siren ou le Siret",
        Column::Account => "Le numéro de compte",
        Column::Amount => "Le montant",
        Column::Nir => "Le numéro de sécurité sociale",
        Column::Scheme => "Le régime",
        Column::Services => "La liste des services",
        Column::Reference => "La référence",
        Column::Labels => "La liste des étiquettes",
    }
}

impl Field for Column {
    fn name(self) -> &'static str {
        self.code()
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Identifier => "Il manque le Siren ou le Siret.",
            Self::Account => "Il manque le numéro de compte.",
            Self::Amount => "Il manque le montant de la dernière déclaration.",
            Self::Nir => "Il manque le numéro de sécurité sociale.",
            Self::Scheme => "Il manque le régime.",
            Self::Services => "Il manque les services.",
            Self::Reference => "Il manque la référence.",
            Self::Labels => "Il manque les étiquettes.",
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Identifier => Subject::Identifier,
            Self::Account => Subject::AccountNumber,
            Self::Amount => Subject::Amount,
            Self::Nir => Subject::Nir,
            Self::Scheme | Self::Services | Self::Reference | Self::Labels => Subject::Other,
        }
    }
}
