//! What is shown of the people of a firm.

use crate::{ids::MemberId, language::t, permission::Role, time::Timestamp};
use serde::{Deserialize, Serialize};

/// How somebody stands in the firm. Those who were removed are no longer shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Signs in.
    Active,
    /// Has not chosen a password yet.
    Invited,
    /// Is kept out for a while.
    Suspended,
}

impl Standing {
    /// As forms hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "actif",
            Self::Invited => "invite",
            Self::Suspended => "suspendu",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => t("Actif"),
            Self::Invited => t("Invité"),
            Self::Suspended => t("Suspendu"),
        }
    }
}

/// Somebody of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: MemberId,
    /// The name.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// Where messages go; empty where none can be sent.
    pub email: String,
    /// The role.
    pub role: Role,
    /// How they stand.
    pub standing: Standing,
    /// Whether a second factor is asked of them.
    pub second_factor: bool,
    /// When they last did something here.
    pub seen_at: Option<Timestamp>,
    /// Until when the invitation is good; for those who are invited.
    pub until: Option<Timestamp>,
    /// Since when a mail server says that there is no such address.
    pub refused_at: Option<Timestamp>,
}

impl Person {
    /// What a page shows of them, as one word: a form sends it back, so that what was decided on an old page is noticed.
    pub fn seen(&self) -> String {
        seen(self.role, self.standing)
    }
}

/// Role and standing as one word: see [`Person::seen`].
pub fn seen(role: Role, standing: Standing) -> String {
    format!("{}.{}", role.code(), standing.code())
}

/// The people of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Everybody but those who were removed, by name.
    pub people: Vec<Person>,
    /// Since when the firm asks everybody for a second factor.
    pub second_factor_since: Option<Timestamp>,
    /// Whether the portal asks everybody for one, whatever the firm decides.
    pub asked_of_everybody: bool,
    /// Who is looking.
    pub me: MemberId,
}

impl Team {
    /// Whether this person is the only active administrator, without whom nobody could manage the firm.
    pub fn is_last_administrator(&self, person: &Person) -> bool {
        let manages = |one: &Person| one.role.administers() && one.standing == Standing::Active;
        manages(person) && self.people.iter().filter(|one| manages(one)).count() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128, role: Role, standing: Standing) -> Person {
        Person {
            id: MemberId(uuid::Uuid::from_u128(n)),
            name: "Claire".to_owned(),
            identifier: "claire".to_owned(),
            email: String::new(),
            role,
            standing,
            second_factor: false,
            seen_at: None,
            until: None,
            refused_at: None,
        }
    }

    /// Fear: an administrator who was only invited, or is suspended, counts as one who can manage the firm.
    #[test]
    fn the_last_administrator() {
        let last = person(1, Role::Administrator, Standing::Active);
        let mut team = Team {
            people: vec![
                last.clone(),
                person(2, Role::Administrator, Standing::Invited),
                person(3, Role::Administrator, Standing::Suspended),
                person(4, Role::Reader, Standing::Active),
            ],
            second_factor_since: None,
            asked_of_everybody: false,
            me: last.id,
        };
        assert!(team.is_last_administrator(&last));
        assert!(!team.is_last_administrator(&team.people[3]));
        team.people[1].standing = Standing::Active;
        assert!(!team.is_last_administrator(&last));
        assert_ne!(last.seen(), team.people[2].seen());
    }
}
