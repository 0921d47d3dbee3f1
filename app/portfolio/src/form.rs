//! The forms of the pages: what a browser sends, and the draft that judging it makes.
//!
//! Every field is text and may be missing, so a form always decodes. [`Form::check`] tidies, judges **all** fields, then the rules
//! between fields; only it makes a draft, and the ports accept nothing less. The browser runs it before sending and the server runs
//! it again: one judgement, on both sides.

mod begin;
mod bulk;
mod choose;
mod client;
mod confirm;
mod favourite;
mod feed;
mod import;
mod invite;
mod job;
mod label;
mod language;
mod member;
mod model;
mod new_password;
mod notice;
mod own;
mod passkey;
mod policy;
mod proof;
mod reset;
mod review;
mod rhythm;
mod second_factor;
mod second_step;
mod selection;
mod services;
mod sessions;
mod sign_in;
mod terminate;
mod upload;
mod view;

pub use begin::{BeginDraft, BeginField, BeginForm};
pub use bulk::{BulkDraft, BulkField, BulkForm, bulk_act};
pub use choose::{ChooseDraft, ChooseField, ChooseForm};
pub use client::{
    AnswerDraft, AnswerField, AnswerForm, ApplyDraft, ApplyField, ApplyForm, ConfirmEmailForm,
    EmailDraft, EmailField, EmailForm, InviteManyForm, OnlineAct, OnlineDraft, OnlineField,
    OnlineForm, WithdrawDraft, WithdrawField, WithdrawForm, answer_act, online_act,
};
pub use confirm::{ConfirmDraft, ConfirmField, ConfirmForm};
pub use favourite::{FavouriteDraft, FavouriteField, FavouriteForm};
pub use feed::{FeedDraft, FeedField, FeedForm, feed_act};
pub use import::{ImportDraft, ImportField, ImportForm, import_act};
pub use invite::{InviteDraft, InviteField, InviteForm};
pub use job::{JobAct, JobDraft, JobField, JobForm, job_act};
pub use label::{LabelDraft, LabelField, LabelForm, label_act};
pub use language::{LanguageDraft, LanguageField, LanguageForm};
pub use member::{Act, MemberDraft, MemberField, MemberForm, act};
pub use model::{ModelDraft, ModelField, ModelForm, model_act};
pub use new_password::{NewPasswordDraft, NewPasswordField, NewPasswordForm};
pub use notice::{NoticeDraft, NoticeField, NoticeForm, notice_act};
pub use own::{LONGEST_LABEL, LONGEST_REFERENCE, OwnDraft, OwnField, OwnForm, labels, reference};
pub use passkey::{
    KeyDraft, KeyField, KeyForm, PasskeyAnswer, PasskeyDraft, PasskeyField, PasskeyForm,
    RemovePasskeyForm,
};
pub use policy::{PolicyDraft, PolicyField, PolicyForm};
pub use proof::{Proof, ProofDraft, ProofField, ProofForm, Status};
pub use reset::{ResetDraft, ResetField, ResetForm};
pub use review::{ON_CLIENT, ReviewDraft, ReviewField, ReviewForm, ReviewedOn};
pub use rhythm::{RhythmDraft, RhythmField, RhythmForm};
pub use second_factor::{
    ApplicationDraft, ApplicationField, ApplicationForm, CodesDraft, CodesForm, RemoveForm,
};
pub use second_step::{SecondStepDraft, SecondStepField, SecondStepForm};
pub use selection::{Onwards, SelectionDraft, SelectionField, SelectionForm, selection_act};
pub use services::{FROM_MODEL, ServicesDraft, ServicesField, ServicesForm};
pub use sessions::{EndSessionsForm, SessionField};
pub use sign_in::{Password, SignInDraft, SignInField, SignInForm, way_on};
pub use terminate::{TerminateDraft, TerminateField, TerminateForm};
pub use upload::{UploadField, UploadForm};
pub use view::{LONGEST_VIEW, ViewDraft, ViewField, ViewForm, view_act};

use crate::problem::{Field, Problems};
use serde::{Serialize, de::DeserializeOwned};

/// What one page sends.
pub trait Form:
    Clone + Default + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static
{
    /// Its fields.
    type Field: Field + Serialize + DeserializeOwned;
    /// What it means, once judged.
    type Draft;

    /// Judges it.
    ///
    /// # Errors
    /// Everything that is wrong, in form order.
    fn check(&self) -> Result<Self::Draft, Problems<Self::Field>>;

    /// What may be put back on a page after a refusal: all but passwords and the secrets of a proof, which no page of ours holds.
    #[must_use]
    fn kept(&self) -> Self;

    /// The form as a button that only fills it (« Tout cocher ») leaves it; `None` when it was sent to be carried out.
    /// For browsers without JavaScript: with it, the page does this itself.
    fn refilled(&self) -> Option<Self> {
        None
    }
}

/// A path of this site, for going on to: nothing that leads elsewhere passes.
///
/// « Elsewhere » includes `//host`, `/\host`, dot segments that end up as one, and control characters, which browsers drop before
/// reading on.
pub fn local_path(typed: &str) -> Option<String> {
    let path = typed.split(['?', '#']).next().unwrap_or_default();
    let plain = path.starts_with('/')
        && !path.contains("//")
        && !path.contains('%')
        && path
            .split('/')
            .all(|segment| !matches!(segment, "." | ".."))
        && !typed.contains(|c: char| c.is_control() || c == '\\');
    plain.then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a crafted sign-in link sends the accountant to a copy of the portal elsewhere.
    #[test]
    fn only_our_own_paths() {
        assert_eq!(
            local_path("/etablissements?q=a").as_deref(),
            Some("/etablissements?q=a")
        );
        for elsewhere in [
            "",
            "https://x",
            "//x",
            "/\\x",
            "/\t/x",
            "\\/x",
            "javascript:alert(1)",
            "/a\\b",
            "etablissements",
            "/.//evil.example",
            "/..//evil.example/x",
            "/a/../b",
            "/%2e/x",
        ] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
