//! The columns of a file of postings, and the names that people give them.

use crate::{
    french::searchable,
    problem::{Field, Subject},
};
use serde::{Deserialize, Serialize};

/// The columns: what each is, its head in the template, how it is filled in, what is said when it is missing, and the other names by
/// which it is known, as [`searchable`] writes them.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $head:literal, $told:literal, $ask:literal, [$($other:literal),*];)*) => {
        /// A column of a file that means something here; others are left alone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// All of them, in the template's order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The head that the template gives it.
            pub const fn head(self) -> &'static str {
                match self { $(Self::$name => $head,)* }
            }

            /// How it is filled in.
            pub fn told(self) -> &'static str {
                match self { $(Self::$name => crate::language::t($told),)* }
            }

            const fn others(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($other),*],)* }
            }

            fn asked(self) -> &'static str {
                match self { $(Self::$name => crate::language::t($ask),)* }
            }
        }
    };
}

columns! {
    /// Whose person it is.
    Client: "Client (Siren ou Siret)", "Le Siren (9 chiffres) ou le Siret (14 chiffres) de votre client, qui doit avoir le service «\u{a0}Travailler à l’étranger\u{a0}». Pour un gérant majoritaire sans Siret\u{a0}: son numéro de compte. Vide\u{a0}: le client de la page d’où le fichier est envoyé.", "Il manque le Siren ou le Siret du client.", ["client", "siren", "siret", "siren ou siret", "siren du client", "siren employeur", "siret employeur", "identifiant"];
    /// Family name.
    LastName: "Nom", "Le nom de la personne. Inutile pour une personne déjà connue.", "Il manque le nom.", ["nom de famille", "nom salarie", "nom du salarie"];
    /// First names.
    FirstNames: "Prénoms", "Ses prénoms. Inutile pour une personne déjà connue.", "Il manque les prénoms.", ["prenom", "prenom salarie", "prenom du salarie"];
    /// The number that the person is known by.
    Nir: "Numéro de sécurité sociale", "Toujours nécessaire, avec ou sans sa clé. Une personne que le client a déjà envoyée est retrouvée par ce numéro.", "Il manque le numéro de sécurité sociale.", ["nir", "securite sociale", "n securite sociale", "n de securite sociale", "numero securite sociale", "n secu", "num secu", "numero secu", "n ss", "nss", "insee", "numero insee"];
    /// Nationality.
    Nationality: "Nationalité", "Le nom d’un pays, son code à deux lettres, ou «\u{a0}apatride\u{a0}».", "Il manque la nationalité.", ["pays de nationalite"];
    /// Day of birth.
    BirthDate: "Date de naissance", "14/08/1985.", "Il manque la date de naissance.", ["ne e le", "ne le", "naissance"];
    /// Country of birth.
    BirthCountry: "Pays de naissance", "Le nom d’un pays, ou son code à deux lettres.", "Il manque le pays de naissance.", [];
    /// Town of birth.
    BirthPlace: "Commune de naissance", "La commune ou la ville de naissance.", "Il manque la commune de naissance.", ["ville de naissance", "lieu de naissance"];
    /// Number and street of the person's home.
    Street: "Adresse de la personne", "Numéro et rue.", "Il manque l’adresse de la personne.", ["adresse", "adresse personnelle", "adresse du salarie"];
    /// Its post code.
    Postcode: "Code postal de la personne", "Cinq chiffres en France.", "Il manque le code postal de la personne.", ["code postal", "cp"];
    /// Its town.
    Town: "Commune de la personne", "La commune où vit la personne.", "Il manque la commune de la personne.", ["commune", "ville", "ville de la personne"];
    /// Its country.
    Residence: "Pays de résidence", "Le nom d’un pays, ou son code à deux lettres. Vide\u{a0}: France.", "Il manque le pays de résidence.", ["residence"];
    /// As what the person works in France.
    Status: "Statut en France", "Salarié, travailleur indépendant, fonctionnaire, contractuel ou autre. Vide\u{a0}: selon le compte du client.", "Il manque le statut en France.", ["statut"];
    /// Where to.
    Country: "Pays de la mission", "Toujours nécessaire\u{a0}: le nom du pays ou du territoire, ou son code à deux lettres.", "Il manque le pays de la mission.", ["pays", "pays de destination", "destination", "pays d accueil", "pays du detachement"];
    /// The first day.
    Start: "Premier jour", "Toujours nécessaire\u{a0}: 01/03/2027.", "Il manque le premier jour.", ["debut", "date de debut", "du", "date debut", "debut de mission", "date de depart"];
    /// The last day.
    End: "Dernier jour", "Toujours nécessaire\u{a0}: 30/06/2027.", "Il manque le dernier jour.", ["fin", "date de fin", "au", "date fin", "fin de mission", "date de retour"];
    /// As what the person works there.
    StatusAbroad: "Statut pendant la mission", "Vide\u{a0}: le même qu’en France.", "Il manque le statut pendant la mission.", ["statut a l etranger"];
    /// What the person does there.
    Work: "Activité pendant la mission", "Montage d’un stand, conseil, chantier…", "Il manque l’activité pendant la mission.", ["activite", "activite exercee", "mission", "objet de la mission"];
    /// At whose place.
    HostName: "Entreprise ou lieu d’accueil", "Son nom.", "Il manque le nom de l’entreprise ou du lieu d’accueil.", ["entreprise d accueil", "lieu d accueil", "salon", "chantier", "site"];
    /// Its number.
    HostNumber: "Numéro de l’entreprise d’accueil", "Nécessaire hors de l’Union européenne.", "Il manque le numéro de l’entreprise d’accueil.", ["numero d identification"];
    /// Its e-mail address.
    HostEmail: "Courriel de l’entreprise d’accueil", "Hors de l’Union européenne, un courriel ou un téléphone est nécessaire.", "Il manque le courriel de l’entreprise d’accueil.", [];
    /// Its telephone.
    HostPhone: "Téléphone de l’entreprise d’accueil", "Avec l’indicatif du pays\u{a0}: +49 30 123456.", "Il manque le téléphone de l’entreprise d’accueil.", [];
    /// Its number and street.
    HostStreet: "Adresse d’accueil", "Numéro et rue.", "Il manque l’adresse d’accueil.", ["adresse de l entreprise d accueil", "adresse du lieu d accueil"];
    /// Its town.
    HostTown: "Ville d’accueil", "La ville de l’entreprise ou du lieu d’accueil.", "Il manque la ville d’accueil.", ["ville de l entreprise d accueil"];
    /// Where the person lives meanwhile.
    Lodging: "Hébergement", "«\u{a0}domicile\u{a0}» ou «\u{a0}sur place\u{a0}».", "Il manque l’hébergement.", [];
    /// Thirty days of affiliation.
    Affiliated: "Affilié depuis 30 jours", "oui ou non\u{a0}: le salarié relève de la Sécurité sociale française depuis au moins 30\u{a0}jours.", "Dites oui ou non.", ["affilie depuis 30 jours en france"];
    /// A quarter of the business.
    Substantial: "25 % de l’activité en France", "oui ou non\u{a0}: l’entreprise exerce au moins 25\u{a0}% de son activité en France.", "Dites oui ou non.", ["25 de l activite"];
    /// In somebody's place.
    Replaces: "Remplace une personne détachée", "oui ou non.", "Dites oui ou non.", ["remplacement", "remplace"];
    /// May the host change the pay.
    HostPay: "L’accueil modifie le salaire", "oui ou non\u{a0}: l’entreprise d’accueil peut modifier le salaire de base.", "Dites oui ou non.", [];
    /// May it dismiss.
    HostDismiss: "L’accueil peut licencier", "oui ou non.", "Dites oui ou non.", [];
    /// May it sanction.
    HostSanction: "L’accueil peut sanctionner", "oui ou non.", "Dites oui ou non.", [];
    /// Has it a contract of its own.
    HostContract: "Contrat avec l’accueil", "oui ou non\u{a0}: un contrat a été signé avec l’entreprise d’accueil.", "Dites oui ou non.", [];
    /// Number and street of the business.
    BusinessStreet: "Adresse du client", "Numéro et rue de l’établissement en France.", "Il manque l’adresse du client.", ["adresse de l entreprise"];
    /// Its post code.
    BusinessPostcode: "Code postal du client", "Cinq chiffres.", "Il manque le code postal du client.", ["code postal de l entreprise"];
    /// Its town.
    BusinessTown: "Commune du client", "La commune de l’établissement.", "Il manque la commune du client.", ["ville du client", "commune de l entreprise"];
    /// What it does.
    BusinessActivity: "Activité du client", "La nature de son activité.", "Il manque l’activité du client.", ["activite de l entreprise"];
    /// Family name of whom to ask.
    ContactLastName: "Nom du contact", "La personne à qui l’organisme peut s’adresser.", "Il manque le nom du contact.", [];
    /// First name of whom to ask.
    ContactFirstName: "Prénom du contact", "Son prénom.", "Il manque le prénom du contact.", [];
    /// E-mail address of whom to ask.
    ContactEmail: "Courriel du contact", "Son adresse électronique.", "Il manque le courriel du contact.", ["email du contact"];
    /// Telephone of whom to ask.
    ContactPhone: "Téléphone du contact", "Son téléphone.", "Il manque le téléphone du contact.", [];
}

impl Column {
    /// Without these a file says nothing; the client's is wanted too where no page says whose people they are.
    pub const WANTED: [Self; 4] = [Self::Nir, Self::Country, Self::Start, Self::End];

    /// The column that a head names.
    pub fn of_head(head: &str) -> Option<Self> {
        let head = searchable(head);
        let known = |column: &Self| {
            searchable(column.head()) == head || column.others().contains(&head.as_str())
        };
        Self::ALL.iter().copied().find(known)
    }
}

impl Field for Column {
    fn name(self) -> &'static str {
        self.head()
    }
    fn ask(self) -> &'static str {
        self.asked()
    }
    fn subject(self) -> Subject {
        match self {
            Self::Client => Subject::Identifier,
            Self::Nir => Subject::Nir,
            _ => Subject::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::MOST_COLUMNS;

    /// Fear: a name that can never be met, or that two columns share; the template is wider than a file may be.
    #[test]
    fn names_are_met() {
        let mut all = Vec::new();
        for column in Column::ALL {
            assert_eq!(Column::of_head(column.head()), Some(*column));
            let own = searchable(column.head());
            for name in column.others().iter().copied().chain([own.as_str()]) {
                assert_eq!(searchable(name), *name);
                assert!(!all.contains(&name.to_owned()), "{name}");
                all.push(name.to_owned());
            }
        }
        assert!(Column::ALL.len() <= MOST_COLUMNS);
        assert_eq!(Column::of_head(" N° Sécu. "), Some(Column::Nir));
        assert_eq!(Column::of_head("Né(e) le"), Some(Column::BirthDate));
        assert_eq!(Column::of_head("Motif du refus"), None);
    }
}
