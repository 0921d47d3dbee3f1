//! The sentences about a file of clients and its lines.

use super::sentence;
use crate::{
    form::LONGEST_REFERENCE,
    french,
    import::{Column, Fault, FileFault, Flaw, Halt, MOST_BYTES, MOST_COLUMNS, MOST_LINES, Reason},
    language::t,
    mobility::batch::MOST_POSTINGS,
    ports::MOST_WAITING,
    problem::{Field, Problem, Subject},
    say,
};

/// Bytes of a megabyte, as people count them.
const MEGABYTE: usize = 1_000_000;

/// « 10 Mo »: the largest file.
pub fn most_bytes() -> String {
    say!("{size}\u{a0}Mo", size = MOST_BYTES / MEGABYTE)
}

/// « 50 000 lignes »: the longest file.
pub fn most_lines() -> String {
    french::count(u64::from(MOST_LINES), "ligne", "lignes")
}

/// Why a file is not taken, and what to do.
pub fn file(fault: FileFault) -> String {
    match fault {
        FileFault::Missing => t("Choisissez le fichier à envoyer.").to_owned(),
        FileFault::Empty => t("Ce fichier ne contient aucune ligne sous les noms de colonnes. Ajoutez vos clients, puis renvoyez-le.").to_owned(),
        FileFault::TooLarge => say!("Ce fichier dépasse {most_bytes}. Répartissez vos clients dans plusieurs fichiers.", most_bytes = most_bytes()),
        FileFault::TooManyLines => say!("Ce fichier compte plus de {most_lines}. Répartissez vos clients dans plusieurs fichiers.", most_lines = most_lines()),
        FileFault::TooManyColumns => say!("Ce fichier compte plus de {most_columns}\u{a0}colonnes. Ne gardez que celles du modèle.", most_columns = MOST_COLUMNS),
        FileFault::Format => t("Ce fichier n’est ni un CSV ni un classeur Excel (.xlsx). Enregistrez-le sous l’un de ces formats.").to_owned(),
        FileFault::OldWorkbook => {
            t("Ce classeur est d’un ancien format (.xls) ou protégé par un mot de passe. Enregistrez-le en .xlsx, sans mot de passe.").to_owned()
        }
        FileFault::BrokenWorkbook => {
            t("Ce classeur est abîmé ou démesuré. Copiez vos clients dans le modèle, puis renvoyez-le.").to_owned()
        }
        FileFault::NoHeads => {
            t("La première ligne doit porter les noms des colonnes, comme dans le modèle. Ajoutez-la au-dessus de vos clients.").to_owned()
        }
        FileFault::OpenQuote { line } => say!("Ligne {line}\u{a0}: une cellule est démesurée, sans doute parce qu’un guillemet n’est pas refermé. Corrigez-la, puis renvoyez le fichier.", line),
        FileFault::Busy => t("Plusieurs fichiers sont en cours d’envoi. Réessayez dans un instant.").to_owned(),
        FileFault::TooManyFiles => say!("Votre cabinet a déjà {most_waiting}\u{a0}fichiers en attente. Terminez-en ou annulez-en un, puis renvoyez celui-ci.", most_waiting = MOST_WAITING),
        FileFault::TooManyPostings => say!("Ce fichier compte plus de {most_postings}\u{a0}lignes, ou des cellules démesurées. Répartissez les missions dans plusieurs fichiers.", most_postings = MOST_POSTINGS),
        FileFault::NoColumn(column) => say!("La colonne «\u{a0}{head}\u{a0}» manque. Reprenez les noms de colonnes du modèle.", head = column.head()),
    }
}

/// Why a line was refused, and how to put it right.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Fault(fault) => self::fault(fault),
        Reason::Twice { line } => say!("Ce client figure déjà à la ligne {line}.", line),
        Reason::Proof { rounded } => {
            let told = if *rounded {
                t(" Le numéro de compte se termine par 000\u{a0}: Excel a pu l’arrondir.")
            } else {
                ""
            };
            say!(
                "Ces informations ne permettent pas d’inscrire ce compte. Vérifiez-les avec votre client.{told}",
                told
            )
        }
        Reason::Paused => {
            t("Trop d’essais pour ce client\u{a0}: rien n’a été essayé. Réessayez plus tard.")
                .to_owned()
        }
        Reason::Unchecked => {
            t("Pas encore vérifiée\u{a0}: l’import s’est arrêté avant cette ligne.").to_owned()
        }
        Reason::UnknownLabel => t(
            "Une des étiquettes n’existe pas dans votre cabinet. Créez-la d’abord, ou retirez-la.",
        )
        .to_owned(),
        Reason::NotOffered => {
            t("Un des services demandés n’est pas proposé pour ce type de compte.").to_owned()
        }
    }
}

/// Why an import may not go on.
pub fn halt(halt: Halt) -> &'static str {
    match halt {
        Halt::Proofs => t(
            "Trop de justifications ont échoué aujourd’hui dans les fichiers de votre cabinet\u{a0}: les lignes suivantes n’ont pas été vérifiées. Corrigez les lignes refusées\u{202f}; vous pourrez envoyer la suite demain.",
        ),
        Halt::Access => t(
            "La personne qui l’avait lancé ne peut plus modifier le portefeuille. Vous pouvez ajouter ce qui a été vérifié, ou annuler.",
        ),
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
            t("Régime inconnu. Écrivez RG pour un employeur, TI pour un indépendant.").to_owned()
        }
        Flaw::Field(problem) => sentence(column, problem),
        Flaw::LostZero { .. }
        | Flaw::Scientific
        | Flaw::Date
        | Flaw::Rounded
        | Flaw::Fraction
        | Flaw::Formula => spoiled(subject, flaw),
        Flaw::NoSecret => {
            t("Preuve manquante\u{a0}: votre cabinet ne gère pas ce client. Indiquez le numéro de compte, et le montant de la dernière déclaration (employeur) ou le numéro de sécurité sociale (indépendant).").to_owned()
        }
        Flaw::TwoSecrets => {
            t("Le montant et le numéro de sécurité sociale sont tous deux remplis. Précisez le régime\u{a0}: RG ou TI.").to_owned()
        }
        Flaw::EmployerBySiren => t("Un employeur se désigne par son Siren ou son Siret, pas par un numéro de compte.").to_owned(),
        Flaw::OtherAccount => t("Le numéro de compte n’est pas celui de la première colonne.").to_owned(),
        Flaw::UnknownService => t("Un des services n’existe pas. Reprenez les codes de la feuille d’explication du modèle.").to_owned(),
    }
}

/// What a spreadsheet did to a cell, which `subject` names; nothing of anything else.
pub fn spoiled(subject: &str, flaw: &Flaw) -> String {
    match flaw {
        Flaw::LostZero { got, want } => say!(
            "{subject} n’a que {got} chiffres au lieu de {want}\u{a0}: Excel a sans doute retiré le zéro du début. Mettez la colonne au format Texte, puis saisissez-le de nouveau.",
            subject,
            got,
            want
        ),
        Flaw::Scientific => say!(
            "{subject} est écrit comme 1,23E+13\u{a0}: Excel en a perdu des chiffres. Mettez la colonne au format Texte, puis saisissez-le de nouveau.",
            subject
        ),
        Flaw::Date => say!(
            "{subject} est une date\u{a0}: Excel l’a sans doute transformé. Mettez la colonne au format Texte, puis saisissez-le de nouveau.",
            subject
        ),
        Flaw::Rounded => say!(
            "{subject} est un nombre de plus de 15 chiffres\u{a0}: Excel en a remplacé les derniers par des zéros. Mettez la colonne au format Texte, puis saisissez-le de nouveau.",
            subject
        ),
        Flaw::Fraction => say!("{subject} a trop de décimales. Vérifiez-le.", subject),
        Flaw::Formula => {
            say!(
                "{subject} est une formule en erreur. Remplacez-la par sa valeur.",
                subject
            )
        }
        _ => String::new(),
    }
}

/// What is wrong with one of the firm's own fields.
fn own(column: Column, problem: &Problem) -> String {
    match (column, problem) {
        (Column::Reference, _) => {
            say!(
                "La référence dépasse {longest_reference}\u{a0}caractères.",
                longest_reference = LONGEST_REFERENCE
            )
        }
        (_, Problem::TooMany { most }) => {
            say!(
                "Un client porte au plus {most}\u{a0}étiquettes. Retirez-en.",
                most
            )
        }
        (_, Problem::TooLong { want, .. }) => {
            say!(
                "Le nom d’une étiquette dépasse {want}\u{a0}caractères.",
                want
            )
        }
        _ => t("Le nom d’une étiquette ne contient ni lettre ni chiffre.").to_owned(),
    }
}

fn named(column: Column) -> &'static str {
    match column {
        Column::Identifier => t("Le Siren ou le Siret"),
        Column::Account => t("Le numéro de compte"),
        Column::Amount => t("Le montant"),
        Column::Nir => t("Le numéro de sécurité sociale"),
        Column::Scheme => t("Le régime"),
        Column::Services => t("La liste des services"),
        Column::Reference => t("La référence"),
        Column::Labels => t("La liste des étiquettes"),
    }
}

impl Field for Column {
    fn name(self) -> &'static str {
        self.code()
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Identifier => t("Il manque le Siren ou le Siret."),
            Self::Account => t("Il manque le numéro de compte."),
            Self::Amount => t("Il manque le montant de la dernière déclaration."),
            Self::Nir => t("Il manque le numéro de sécurité sociale."),
            Self::Scheme => t("Il manque le régime."),
            Self::Services => t("Il manque les services."),
            Self::Reference => t("Il manque la référence."),
            Self::Labels => t("Il manque les étiquettes."),
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
