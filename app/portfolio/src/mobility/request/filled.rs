//! A step, filled in and judged: the only thing that storage takes.

use super::Step;
use crate::{
    form::Form,
    mobility::form::{
        AgreementField, AgreementForm, BusinessField, BusinessForm, ConditionsField,
        ConditionsForm, ContactField, ContactForm, DependantField, DependantForm, MissionField,
        MissionForm, Of, SeveralField, SeveralForm, WorkerField, WorkerForm,
    },
    nir::Nir,
    problem::Problems,
};

/// What one step answers.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "one at a time, and soon taken apart"
    )
)]
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
    /// Its first field, where what concerns the whole step is told.
    const FIRST: Self::Field;

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
    ($($form:ident: $step:ident, $part:ident, $first:expr $(, $nir:ident)?;)*) => {
        $(impl StepForm for $form {
            const STEP: Step = Step::$step;
            const FIRST: Self::Field = $first;
            fn of(draft: &Self::Draft) -> Of { draft.of }
            $(fn nir(draft: &Self::Draft) -> Option<Nir> { draft.$nir.clone() })?
            fn part(self) -> Part {
                Part::$part(Self { request: String::new(), version: String::new(), ..self })
            }
        })*
    };
}

steps! {
    WorkerForm: Worker, Worker, WorkerField::LastName, nir;
    BusinessForm: Business, Business, BusinessField::Siret;
    MissionForm: Mission, Mission, MissionField::Country;
    ConditionsForm: Conditions, Conditions, ConditionsField::Affiliated;
    SeveralForm: Several, Several, SeveralField::Status;
    AgreementForm: Agreement, Agreement, AgreementField::Profession;
    DependantForm: Dependants, Dependant, DependantField::LastName;
    ContactForm: Contact, Contact, ContactField::LastName;
}
