//! What can be wrong with what somebody sent: codes with their limits inside, never the words typed, never a sentence
//! (those are in [`crate::wording`]).

use crate::{
    attestation::CodeFault,
    catalogue::ServiceCode,
    holder::Scheme,
    ids::EnrolmentId,
    import::{Column, FileFault},
    mobility::{day::Period, rule::Reason},
    passkey::Obstacle,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Which check digits were wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Key {
    /// The last digit of a Siren.
    Siren,
    /// The last digit of a Siret, or of the Siren in it.
    Siret,
    /// The last two digits of a NIR.
    Nir,
}

/// One thing that is wrong. Codes travel to the browser; nothing typed does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nothing was typed, or nothing chosen.
    Missing,
    /// Secrets by which somebody makes their own account do not fit, or the account is there already: which of them is not told.
    OwnProofRefused {
        /// Tries left before a pause, once few remain.
        left: Option<u8>,
    },
    /// The client has its own account already.
    HasAccount,
    /// The mandate has ended.
    MandateOver,
    /// The invitation no longer waits.
    InvitationOver,
    /// Whoever reads this address signs in with it already.
    AddressSignsIn,
    /// Letters or signs where only digits belong.
    NotDigits,
    /// Characters that no account number has.
    NotAccountCharacters,
    /// Characters that no NIR has, or not where they stand.
    NotNirCharacters,
    /// Fewer characters than it takes.
    TooShort {
        /// Characters typed, separators apart.
        got: usize,
        /// Characters wanted.
        want: usize,
    },
    /// More characters than it takes.
    TooLong {
        /// Characters typed, separators apart.
        got: usize,
        /// Characters allowed.
        want: usize,
    },
    /// A number of digits that is neither a Siren's, nor a Siret's, nor an account number's.
    DigitCount {
        /// Digits typed.
        got: usize,
    },
    /// Only zeros.
    AllZeros,
    /// The check digits do not fit.
    WrongKey(Key),
    /// Sex, month, place or order number that no NIR has.
    NirForm,
    /// Not an amount.
    NotAmount,
    /// An amount beyond any declaration.
    AmountTooLarge,
    /// Signs that no name of a person has.
    NotPersonName,
    /// Not five digits, where French post codes have them.
    NotPostcode,
    /// Not a telephone number.
    NotPhone,
    /// Not a whole number of hundredths.
    NotPercentage,
    /// Neither an e-mail address nor a telephone number, where one is wanted.
    NoContact,
    /// A measure that does not suit the work.
    UnsuitedCriterion,
    /// A day that is yet to come.
    InFuture,
    /// The client does not have the service « Travailler à l'étranger ».
    NoMobility,
    /// Something is missing in another step of the request.
    NotWhole,
    /// A day that the certificate does not cover.
    NotCovered(Period),
    /// More days than were asked for.
    BeyondAsked(Period),
    /// Somebody changed the request meanwhile.
    RequestChanged,
    /// A rule of mobility forbids it.
    Mobility(Reason),
    /// Not written like a date.
    NotDate,
    /// A day that no calendar has, or too long ago or ahead.
    NoSuchDay,
    /// Not the name of one country.
    NoSuchCountry,
    /// France, where somebody is to be posted abroad.
    InFrance,
    /// A territory under French social security, where somebody is to be posted abroad.
    FrenchTerritory,
    /// A choice that the page does not offer.
    NotOffered,
    /// A password that is easily guessed.
    Guessable,
    /// Not the password typed before.
    Mismatch,
    /// Not somebody's name.
    NotName,
    /// Not an e-mail address.
    NotEmail,
    /// Somebody is known by this already.
    Taken,
    /// Another one has this name.
    NameTaken,
    /// More clients are selected than one change may name.
    TooManySelected {
        /// As many as one change may name.
        most: u32,
    },
    /// There are as many as there may be.
    TooMany {
        /// How many.
        most: u32,
    },
    /// The label, the list or the member that was chosen is no longer there.
    Gone,
    /// Nobody is selected.
    Nobody,
    /// It is a colleague's, and theirs alone to do.
    NotYours,
    /// It can no longer be taken back.
    TooLate,
    /// Somebody changed the firm's own fields of this client since the page was opened.
    OwnStale {
        /// The version now in force, which the page takes over.
        version: i32,
    },
    /// The firm would be left without an administrator.
    LastAdministrator,
    /// The member's role or standing has changed since the page was opened.
    MemberChanged,
    /// A password that is not the member's.
    WrongPassword,
    /// A code that does not fit, or was used.
    WrongCode,
    /// Something is wrong with the code of a paper.
    Code(CodeFault),
    /// The firm does not have the service « Télécharger une attestation de vigilance » for this client.
    NoAttestation,
    /// The time between the password and the second factor is over.
    StepOver,
    /// Something stands in the way of a passkey.
    Passkey(Obstacle),
    /// The message's link is not good, or no longer.
    LinkOver,
    /// Identifier and password do not go together; which of them is wrong is not told.
    WrongPair,
    /// Too many sign-ins are being checked at once.
    Busy,
    /// Too many failures: nothing was tried.
    Wait {
        /// Whole minutes until the next try is taken, rounded up.
        minutes: u32,
    },
    /// The mandate is not proved; nothing more is told. `left`: the tries left before a pause, once few remain.
    ProofRefused {
        /// Tries left, told only when few remain.
        left: Option<u8>,
    },
    /// Too many wrong proofs for this holder.
    Paused {
        /// Whole minutes until the next try is taken, rounded up.
        minutes: u32,
    },
    /// The firm already manages this scheme of the holder.
    AlreadyEnrolled {
        /// The enrolment in force.
        enrolment: EnrolmentId,
        /// Its scheme.
        scheme: Scheme,
        /// Whether the holder's other scheme may still be enrolled.
        other_open: bool,
    },
    /// Somebody saved this client since the page was opened.
    Stale {
        /// The version now in force, which the page takes over.
        version: i32,
        /// Who saved last.
        by: String,
        /// When.
        at: Timestamp,
        /// Services added meanwhile.
        added: Vec<ServiceCode>,
        /// Services removed meanwhile.
        removed: Vec<ServiceCode>,
    },
    /// Attachments that are not taken.
    Attachment(crate::message::file::FileFault),
    /// Something keeps from writing a message.
    Barred(crate::message::side::Bar),
    /// A file of clients that is not taken.
    File(FileFault),
    /// A file of clients lacks a column without which no line can be proved.
    ColumnMissing(Column),
    /// Two columns of a file are said to be the same.
    ColumnTwice(Column),
    /// The enrolment has ended meanwhile.
    Ended {
        /// Who ended it.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// The fields of one form, in the order in which the page shows them.
pub trait Field: Copy + Eq + Ord + Send + Sync + std::fmt::Debug + 'static {
    /// The name of its control, which is also its id and the anchor that the summary links to.
    fn name(self) -> &'static str;
    /// What is asked for when nothing was typed: a sentence in the imperative.
    fn ask(self) -> &'static str;
    /// Which of the shared sentences suits it.
    fn subject(self) -> Subject;
}

/// What a field holds, so that one code reads rightly under each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A Siren, a Siret or an account number.
    Identifier,
    /// An account number.
    AccountNumber,
    /// A social security number.
    Nir,
    /// An amount of money.
    Amount,
    /// A password.
    Password,
    /// Anything else.
    Other,
}

/// Everything that is wrong with one form, in the form's own order; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems<F>(Vec<(F, Problem)>);

impl<F: Field> Problems<F> {
    /// One problem alone.
    pub fn one(field: F, problem: Problem) -> Self {
        Self(vec![(field, problem)])
    }

    /// The collected problems; `None` when there are none.
    pub fn from_vec(mut found: Vec<(F, Problem)>) -> Option<Self> {
        if found.is_empty() {
            return None;
        }
        found.sort_by_key(|(field, _)| *field);
        Some(Self(found))
    }

    /// All of them, in form order.
    pub fn iter(&self) -> impl Iterator<Item = (F, &Problem)> {
        self.0.iter().map(|(field, problem)| (*field, problem))
    }

    /// The first problem of one field.
    pub fn of(&self, field: F) -> Option<&Problem> {
        self.0
            .iter()
            .find(|(of, _)| *of == field)
            .map(|(_, problem)| problem)
    }
}

/// Collects problems while a form is judged: every field, not only the first that fails.
pub(crate) struct Judge<F>(Vec<(F, Problem)>);

impl<F: Field> Judge<F> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Takes a judged value, noting its problem.
    pub(crate) fn take<T>(&mut self, field: F, judged: Result<T, Problem>) -> Option<T> {
        match judged {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.push((field, problem));
                None
            }
        }
    }

    /// Whether nothing was noted so far.
    pub(crate) const fn is_clean(&self) -> bool {
        self.0.is_empty()
    }

    /// The draft, when every part of it was there and nothing was noted.
    pub(crate) fn close<D>(self, draft: Option<D>) -> Result<D, Problems<F>> {
        match (Problems::from_vec(self.0), draft) {
            (Some(problems), _) => Err(problems),
            (None, Some(draft)) => Ok(draft),
            (None, None) => unreachable!("a missing part always notes its problem"),
        }
    }
}

/// The code alone, for decoders; sentences are in [`crate::wording`].
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
