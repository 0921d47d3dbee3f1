//! The conditions of a posting: questions that are answered by yes or no.

use super::{Of, fields, read};
use crate::{
    form::Form,
    mobility::{country, country::Country, question::Question, rule::Rule, situation::Posting},
    problem::{Judge, Problems},
};
use serde::{Deserialize, Serialize};

/// What the page sends: `oui` or `non` for each question that it asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConditionsForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// The names of the questions that the page asks, commas between. Whoever changes it gains nothing: a decision looks for the
    /// answers that it needs itself.
    pub asked: String,
    /// [`Question::Affiliated`].
    pub affiliated: String,
    /// [`Question::Substantial`].
    pub substantial: String,
    /// The country of most of the company's business, where that is not France.
    pub usual_country: String,
    /// [`Question::Replaces`].
    pub replaces: String,
    /// [`Question::HostPay`].
    pub host_pay: String,
    /// [`Question::HostDismiss`].
    pub host_dismiss: String,
    /// [`Question::HostSanction`].
    pub host_sanction: String,
    /// [`Question::HostContract`].
    pub host_contract: String,
    /// [`Question::Infrastructure`].
    pub infrastructure: String,
    /// [`Question::Similar`].
    pub similar: String,
    /// [`Question::ActiveBefore`].
    pub active_before: String,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionsDraft {
    /// Which request.
    pub of: Of,
    /// The answers to the questions that were asked.
    pub answers: Vec<(ConditionsField, bool)>,
    /// The country of most of the company's business, where less than a quarter is in France.
    pub usual_country: Option<Country>,
}

impl ConditionsDraft {
    /// Puts the answers into a posting.
    pub fn apply(&self, posting: &mut Posting) {
        for (field, answer) in &self.answers {
            if let Some(place) = field.place(posting) {
                *place = Some(*answer);
            }
        }
    }
}

fields! {
    /// The fields of [`ConditionsForm`].
    ConditionsField {
        /// [`Question::Affiliated`].
        Affiliated: "affiliated", "Dites si le salarié relève de la Sécurité sociale française depuis au moins 30\u{a0}jours.";
        /// [`Question::Substantial`].
        Substantial: "substantial", "Dites si l’entreprise exerce au moins 25\u{a0}% de son activité en France.";
        /// The country of most of the company's business.
        UsualCountry: "usual_country", "Choisissez le pays où l’entreprise exerce l’essentiel de son activité.";
        /// [`Question::Replaces`].
        Replaces: "replaces", "Dites si le salarié remplace une autre personne détachée.";
        /// [`Question::HostPay`].
        HostPay: "host_pay", "Dites si l’entreprise d’accueil peut modifier le salaire de base.";
        /// [`Question::HostDismiss`].
        HostDismiss: "host_dismiss", "Dites si l’entreprise d’accueil peut licencier le salarié.";
        /// [`Question::HostSanction`].
        HostSanction: "host_sanction", "Dites si l’entreprise d’accueil peut sanctionner le salarié.";
        /// [`Question::HostContract`].
        HostContract: "host_contract", "Dites si un contrat a été signé avec l’entreprise d’accueil.";
        /// [`Question::Infrastructure`].
        Infrastructure: "infrastructure", "Dites si les moyens de l’activité sont gardés en France.";
        /// [`Question::Similar`].
        Similar: "similar", "Dites si l’activité à l’étranger est semblable.";
        /// [`Question::ActiveBefore`].
        ActiveBefore: "active_before", "Dites si l’activité est exercée en France depuis au moins 2\u{a0}mois.";
    }
}

impl ConditionsField {
    /// Every question of yes or no, in the page's order.
    pub const QUESTIONS: [Self; 10] = [
        Self::Affiliated,
        Self::Substantial,
        Self::Replaces,
        Self::HostPay,
        Self::HostDismiss,
        Self::HostSanction,
        Self::HostContract,
        Self::Infrastructure,
        Self::Similar,
        Self::ActiveBefore,
    ];

    /// The field that answers a question; `None` for questions of other steps.
    pub fn of_question(question: Question) -> Option<Self> {
        Self::QUESTIONS
            .into_iter()
            .find(|field| field.question() == Some(question))
    }

    /// The question that it answers; `None` for the country that goes with one.
    pub const fn question(self) -> Option<Question> {
        Some(match self {
            Self::Affiliated => Question::Affiliated,
            Self::Substantial => Question::Substantial,
            Self::UsualCountry => return None,
            Self::Replaces => Question::Replaces,
            Self::HostPay => Question::HostPay,
            Self::HostDismiss => Question::HostDismiss,
            Self::HostSanction => Question::HostSanction,
            Self::HostContract => Question::HostContract,
            Self::Infrastructure => Question::Infrastructure,
            Self::Similar => Question::Similar,
            Self::ActiveBefore => Question::ActiveBefore,
        })
    }

    /// The field that puts right what a rule refuses, for [`super::refused`].
    pub const fn of_rule(rule: Rule) -> Option<Self> {
        match rule {
            Rule::Replacement => Some(Self::Replaces),
            Rule::NotPosting => Some(Self::Infrastructure),
            _ => None,
        }
    }

    /// Where a posting keeps the answer.
    fn place(self, posting: &mut Posting) -> Option<&mut Option<bool>> {
        Some(match self {
            Self::Affiliated => &mut posting.affiliated,
            Self::Substantial => &mut posting.substantial,
            Self::UsualCountry => return None,
            Self::Replaces => &mut posting.replaces,
            Self::HostPay => &mut posting.host.pay,
            Self::HostDismiss => &mut posting.host.dismiss,
            Self::HostSanction => &mut posting.host.sanction,
            Self::HostContract => &mut posting.host.contract,
            Self::Infrastructure => &mut posting.infrastructure,
            Self::Similar => &mut posting.similar,
            Self::ActiveBefore => &mut posting.active_before,
        })
    }
}

impl ConditionsForm {
    /// Puts what was answered so far into a posting.
    pub fn so_far(&self, posting: &mut Posting) {
        for field in ConditionsField::QUESTIONS {
            if let Some(place) = field.place(posting) {
                *place = read::answer(self.typed(field)).ok();
            }
        }
    }

    /// What was typed in a field.
    pub fn typed(&self, field: ConditionsField) -> &str {
        match field {
            ConditionsField::Affiliated => &self.affiliated,
            ConditionsField::Substantial => &self.substantial,
            ConditionsField::UsualCountry => &self.usual_country,
            ConditionsField::Replaces => &self.replaces,
            ConditionsField::HostPay => &self.host_pay,
            ConditionsField::HostDismiss => &self.host_dismiss,
            ConditionsField::HostSanction => &self.host_sanction,
            ConditionsField::HostContract => &self.host_contract,
            ConditionsField::Infrastructure => &self.infrastructure,
            ConditionsField::Similar => &self.similar,
            ConditionsField::ActiveBefore => &self.active_before,
        }
    }

    /// The fields that the page asks, in its order.
    fn fields(&self) -> impl Iterator<Item = ConditionsField> {
        let asked = |field: &ConditionsField| {
            let name = crate::problem::Field::name(*field);
            self.asked.split(',').any(|asked| asked == name)
        };
        ConditionsField::QUESTIONS.into_iter().filter(asked)
    }
}

impl Form for ConditionsForm {
    type Field = ConditionsField;
    type Draft = ConditionsDraft;

    fn check(&self) -> Result<ConditionsDraft, Problems<ConditionsField>> {
        let mut judge = Judge::new();
        let answers: Option<Vec<_>> = self
            .fields()
            .map(|field| Some((field, judge.take(field, read::answer(self.typed(field)))?)))
            // Every field is judged, though one alone makes the draft fail.
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let elsewhere = answers
            .as_ref()
            .is_some_and(|answers| answers.contains(&(ConditionsField::Substantial, false)));
        let usual = if elsewhere {
            country::read(&self.usual_country).map(Some)
        } else {
            Ok(None)
        };
        let usual = judge.take(ConditionsField::UsualCountry, usual);
        judge.close(
            answers
                .zip(usual)
                .map(|(answers, usual_country)| ConditionsDraft {
                    of: Of::read(&self.request, &self.version),
                    answers,
                    usual_country,
                }),
        )
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
