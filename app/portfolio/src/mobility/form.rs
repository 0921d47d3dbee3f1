//! The steps of a request, after the pattern of [`crate::form`]: journey, worker, business, then mission and conditions (a posting) or
//! several (work in several States), agreement and dependants where the country's form asks for them, contact, summary.
//!
//! Between two steps what is kept of each is its form, as [`crate::form::Form::kept`] leaves it, and the NIR apart, sealed: checking
//! a kept form again makes its draft. The drafts then make a [`Situation`](super::situation::Situation); what a decision refuses
//! comes back as problems of the step's fields ([`refused`]).

mod act;
mod agreement;
mod business;
mod conditions;
mod contact;
mod dependant;
mod journey;
mod mission;
mod postings;
mod read;
mod ruling;
mod several;
mod summary;
mod worker;

pub use act::{ActDraft, ActField, ActForm, ActOn, RevealCaseForm, RevealField, RevealForm, acts};
pub use agreement::{AgreementDraft, AgreementField, AgreementForm, Marital};
pub use business::{BusinessDraft, BusinessField, BusinessForm};
pub use conditions::{ConditionsDraft, ConditionsField, ConditionsForm};
pub use contact::{ContactDraft, ContactField, ContactForm};
pub use dependant::{DependantDraft, DependantField, DependantForm, Kinship};
pub use journey::{Journey, JourneyDraft, JourneyField, JourneyForm};
pub use mission::{Host, Lodging, MissionDraft, MissionField, MissionForm};
pub use postings::{PostingsDraft, PostingsField, PostingsForm, postings_acts};
pub use ruling::{RulingDraft, RulingField, RulingForm, VerifyField, VerifyForm, rulings};
pub use several::{SeveralDraft, SeveralField, SeveralForm};
pub use summary::{SummaryDraft, SummaryField, SummaryForm};
pub use worker::{Address, WorkerDraft, WorkerField, WorkerForm};

use super::{
    decision::Decision,
    rule::{Effect, Rule},
};
use crate::{
    ids::MobilityId,
    problem::{Field, Problem, Problems},
};

/// Which request a step belongs to, and the version of it that the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    /// The request; `None` when the id is not one, which no page of ours sends.
    pub request: Option<MobilityId>,
    /// The version that the page showed.
    pub version: i32,
}

impl Of {
    fn read(request: &str, version: &str) -> Self {
        Self {
            request: request.parse().ok(),
            version: version.parse().unwrap_or_default(),
        }
    }
}

/// What a decision refuses, as problems of the fields of one step; `None` when none of it is that step's to put right.
/// `field` names the field that a rule is about.
pub fn refused<F: Field>(decision: &Decision, field: fn(Rule) -> Option<F>) -> Option<Problems<F>> {
    let found = decision.with(Effect::Refusal).filter_map(|reason| {
        let field = field(reason.rule)?;
        Some((field, Problem::Mobility(reason.clone())))
    });
    Problems::from_vec(found.collect())
}

/// The enum of a form's fields and what each is called and asked by: `Variant: "name", "sentence";`.
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $control:literal, $ask:literal $(, $subject:ident)?;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$of])* $field,)* }

        impl crate::problem::Field for $name {
            fn name(self) -> &'static str {
                match self { $(Self::$field => $control,)* }
            }
            fn ask(self) -> &'static str {
                match self { $(Self::$field => crate::language::t($ask),)* }
            }
            fn subject(self) -> crate::problem::Subject {
                match self { $(Self::$field => fields!(@subject $($subject)?),)* }
            }
        }
    };
    (@subject $subject:ident) => { crate::problem::Subject::$subject };
    (@subject) => { crate::problem::Subject::Other };
}
use fields;

#[cfg(test)]
mod tests;
