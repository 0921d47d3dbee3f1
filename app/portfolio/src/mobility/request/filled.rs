//! A step, filled in and judged: the only thing that storage takes.

use super::Step;
use crate::{
    form::Form,
    mobility::form::{
        AgreementForm, BusinessForm, ConditionsForm, ContactForm, DependantForm, MissionForm, Of,
        SeveralForm, WorkerForm,
    },
    nir::Nir,
    problem::Problems,
};

/// What one step answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// See [`Step::Worker`].
    Worker(WorkerForm),
    /// See [`Step::Business`].
    Business(BusinessForm),
    /// See [`Step::Mission`].
    Mission(MissionForm),
    /// See [`Step::Conditions`].
    Conditions(ConditionsForm),
    /// See [`Step::Several`].
    Several(SeveralForm),
    /// See [`Step::Agreement`].
    Agreement(AgreementForm),
    /// See [`Step::Dependants`]: one more.
    Dependant(DependantForm),
    /// See [`Step::Contact`].
    Contact(ContactForm),
}

/// A step that passed. Only [`fill`] makes one.
#[derive(Clone, Debug)]
pub struct Filled {
    of: Of,
    part: Part,
    nir: Option<Nir>,
}

impl Filled {
    /// Which request, at which version.
    pub const fn of(&self) -> Of {
        self.of
    }

    /// What was answered, without the NIR.
    pub const fn part(&self) -> &Part {
        &self.part
    }

    /// The NIR, where one was typed.
    pub const fn nir(&self) -> Option<&Nir> {
        self.nir.as_ref()
    }
}

/// A form that is a step.
pub trait StepForm: Form {
    /// Which step.
    const STEP: Step;

    /// Which request its draft names.
    fn of(draft: &Self::Draft) -> Of;

    /// The NIR that was typed in it.
    fn nir(_draft: &Self::Draft) -> Option<Nir> {
        None
    }

    /// As storage keeps it: without the request and the version, which are the page's.
    fn part(self) -> Part;
}

/// Judges a step.
///
/// # Errors
/// Everything that is wrong with it.
pub fn fill<F: StepForm>(form: &F) -> Result<(Filled, F::Draft), Problems<F::Field>> {
    let draft = form.check()?;
    let filled = Filled {
        of: F::of(&draft),
        part: form.kept().part(),
        nir: F::nir(&draft),
    };
    Ok((filled, draft))
}

macro_rules! steps {
    ($($form:ident: $step:ident, $part:ident $(, $nir:ident)?;)*) => {
        $(impl StepForm for $form {
            const STEP: Step = Step::$step;
            fn of(draft: &Self::Draft) -> Of { draft.of }
            $(fn nir(draft: &Self::Draft) -> Option<Nir> { draft.$nir.clone() })?
            fn part(self) -> Part {
                Part::$part(Self { request: String::new(), version: String::new(), ..self })
            }
        })*
    };
}

steps! {
    WorkerForm: Worker, Worker, nir;
    BusinessForm: Business, Business;
    MissionForm: Mission, Mission;
    ConditionsForm: Conditions, Conditions;
    SeveralForm: Several, Several;
    AgreementForm: Agreement, Agreement;
    DependantForm: Dependants, Dependant;
    ContactForm: Contact, Contact;
}
