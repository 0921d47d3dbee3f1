//! The forms of clients' own accounts, and of the way into them.

mod answer;
mod apply;
mod email;
mod online;
mod withdraw;

pub use answer::{AnswerDraft, AnswerField, AnswerForm, answer_act};
pub use apply::{ApplyDraft, ApplyField, ApplyForm};
pub use email::{ConfirmEmailForm, EmailDraft, EmailField, EmailForm};
pub use online::{InviteManyForm, OnlineAct, OnlineDraft, OnlineField, OnlineForm, online_act};
pub use withdraw::{WithdrawDraft, WithdrawField, WithdrawForm};
