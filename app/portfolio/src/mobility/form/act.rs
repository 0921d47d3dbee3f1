//! What is done to a request besides its steps: turned into the other kind or given up as a draft, withdrawn, answered, ended early. And the number of a person,
//! shown on purpose.

use super::{Journey, Of, fields, read};
use crate::{
    form::Form,
    ids::{MobilityId, WorkerId},
    mobility::{day::Day, life::WORDS},
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// The words that the buttons send.
pub mod acts {
    /// Gives a draft up.
    pub const DISCARD: &str = "abandonner";
    /// Makes a draft one of the other kind.
    pub const TURN: &str = "changer";
    /// Takes a dependant out of a draft.
    pub const DROP: &str = "retirer-ayant-droit";
    /// Withdraws a request.
    pub const WITHDRAW: &str = "retirer";
    /// Answers what the body asks.
    pub const ANSWER: &str = "repondre";
    /// Says that the person came back early.
    pub const END_EARLY: &str = "ecourter";
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// What is done: one of [`acts`].
    pub act: String,
    /// Which kind the draft is to be of.
    pub journey: String,
    /// Which dependant, from nought.
    pub place: String,
    /// « Dernier jour à l'étranger ».
    pub last_day: String,
    /// « Motif » of an early end.
    pub early_words: String,
    /// « Votre réponse ».
    pub answer: String,
    /// « Motif » of a withdrawal.
    pub words: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActDraft {
    /// To which request.
    pub of: Of,
    /// What.
    pub act: ActOn,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActOn {
    /// See [`acts::DISCARD`].
    Discard,
    /// See [`acts::TURN`].
    Turn(Journey),
    /// See [`acts::DROP`].
    Drop(usize),
    /// See [`acts::WITHDRAW`].
    Withdraw(String),
    /// See [`acts::ANSWER`].
    Answer(String),
    /// See [`acts::END_EARLY`].
    EndEarly(Day, String),
}

fields! {
    /// The fields of [`ActForm`].
    ActField {
        /// What is done.
        Act: "act", "Choisissez ce qui est à faire.";
        /// Which kind.
        Journey: "journey", "Choisissez la situation.";
        /// « Dernier jour à l'étranger ».
        LastDay: "last_day", "Saisissez le dernier jour passé à l’étranger.";
        /// « Motif » of an early end.
        EarlyWords: "early_words", "Dites en quelques mots pourquoi la mission se termine plus tôt.";
        /// « Votre réponse ».
        Answer: "answer", "Écrivez votre réponse.";
        /// « Motif » of a withdrawal.
        Words: "words", "Dites en quelques mots pourquoi la demande est retirée.";
    }
}

impl Form for ActForm {
    type Field = ActField;
    type Draft = ActDraft;

    fn check(&self) -> Result<ActDraft, Problems<ActField>> {
        let mut judge = Judge::new();
        let some = |typed: &str| match read::comment(typed) {
            Ok(words) if words.is_empty() => Err(Problem::Missing),
            judged => judged,
        };
        let done = match &*self.act {
            acts::DISCARD => Some(ActOn::Discard),
            acts::TURN => {
                let journey = read::choice(&self.journey, &Journey::ALL, Journey::code);
                judge.take(ActField::Journey, journey).map(ActOn::Turn)
            }
            acts::DROP => {
                let place = self.place.parse().map_err(|_| Problem::NotOffered);
                judge.take(ActField::Act, place).map(ActOn::Drop)
            }
            acts::WITHDRAW => judge
                .take(ActField::Words, some(&self.words))
                .map(ActOn::Withdraw),
            acts::ANSWER => judge
                .take(ActField::Answer, some(&self.answer))
                .map(ActOn::Answer),
            acts::END_EARLY => {
                let last_day = judge.take(ActField::LastDay, Day::parse(&self.last_day));
                let words = judge.take(ActField::EarlyWords, some(&self.early_words));
                last_day
                    .zip(words)
                    .map(|(last_day, words)| ActOn::EndEarly(last_day, words))
            }
            _ => judge.take(ActField::Act, Err(Problem::NotOffered)),
        };
        judge.close(done.map(|act| ActDraft {
            of: Of::read(&self.request, &self.version),
            act,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What the page of a person sends: that the number be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevealForm {
    /// Whose.
    pub worker: String,
}

fields! {
    /// The fields of [`RevealForm`].
    RevealField {
        /// Whose.
        Worker: "worker", "Choisissez la personne.";
    }
}

impl Form for RevealForm {
    type Field = RevealField;
    type Draft = WorkerId;

    fn check(&self) -> Result<WorkerId, Problems<RevealField>> {
        let id = self.worker.parse();
        id.map_err(|_| Problems::one(RevealField::Worker, Problem::NotOffered))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What an officer's page sends: that the number of the person of a request be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RevealCaseForm {
    /// The request.
    pub request: String,
}

impl Form for RevealCaseForm {
    type Field = RevealField;
    type Draft = MobilityId;

    fn check(&self) -> Result<MobilityId, Problems<RevealField>> {
        let id = self.request.parse();
        id.map_err(|_| Problems::one(RevealField::Worker, Problem::NotOffered))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

const _: () = assert!(
    WORDS == read::LONG,
    "a comment is as long as a word of explanation"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn form(act: &str) -> ActForm {
        ActForm {
            act: act.into(),
            words: " Mission annulée ".into(),
            answer: " Mission annulée ".into(),
            early_words: " Mission annulée ".into(),
            last_day: "31/03/2027".into(),
            place: "2".into(),
            journey: "pluriactivite".into(),
            ..ActForm::default()
        }
    }

    /// Fear: a request is withdrawn without a word, or a button does something else than it says.
    #[test]
    fn what_buttons_do() {
        let done = |act| form(act).check().unwrap().act;
        let words = || "Mission annulée".to_owned();
        assert_eq!(done(acts::DISCARD), ActOn::Discard);
        assert_eq!(done(acts::DROP), ActOn::Drop(2));
        assert_eq!(done(acts::TURN), ActOn::Turn(Journey::Several));
        assert_eq!(done(acts::WITHDRAW), ActOn::Withdraw(words()));
        assert_eq!(done(acts::ANSWER), ActOn::Answer(words()));
        let day = Day::parse("2027-03-31").unwrap();
        assert_eq!(done(acts::END_EARLY), ActOn::EndEarly(day, words()));
        assert!(form("accorder").check().is_err());
        for (act, field) in [
            (acts::WITHDRAW, ActField::Words),
            (acts::ANSWER, ActField::Answer),
            (acts::END_EARLY, ActField::EarlyWords),
        ] {
            let silent = ActForm {
                act: act.into(),
                last_day: "31/03/2027".into(),
                ..ActForm::default()
            };
            let problems = silent.check().unwrap_err();
            assert_eq!(problems.of(field), Some(&Problem::Missing), "{act}");
        }
    }
}
