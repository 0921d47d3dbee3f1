//! Secure messages about an account, between the firm that manages it, the body and the client: who is a side of a conversation, who
//! may write in it, what is taken as a message and as an attachment.
//!
//! | module | what it decides |
//! |---|---|
//! | [`side`] | the sides of a conversation, what each may see, and what keeps one from writing |
//! | [`text`] | subjects and texts: their limits, and what is taken off them |
//! | [`file`] | attachments: known by what they hold, never by their names |
//! | [`form`] | what the pages send |
//! | [`search`] | which conversations a list shows, as its address holds it |
//! | [`view`] | what pages show |

pub mod file;
pub mod form;
pub mod search;
pub mod side;
pub mod text;
pub mod view;

use crate::time::DAY;

/// How long a conversation is kept after its last message, in seconds: five years, then it is forgotten with its attachments.
pub const KEPT: i64 = 5 * 365 * DAY;
/// Messages of one conversation: a page shows all of them.
pub const MOST_MESSAGES: u32 = 200;
/// How long what somebody has begun to write is kept, in seconds.
pub const DRAFT_KEPT: i64 = 7 * DAY;

/// What the people of one house may write within a day: enough for the busiest, and no flood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Messages.
    pub messages: u64,
    /// Bytes of attachments.
    pub bytes: u64,
}

/// What a side's house may write within a day.
pub const fn allowance(side: side::Side) -> Allowance {
    match side {
        side::Side::Firm => Allowance {
            messages: 300,
            bytes: 200_000_000,
        },
        side::Side::Body => Allowance {
            messages: 20_000,
            bytes: 5_000_000_000,
        },
        side::Side::Client => Allowance {
            messages: 30,
            bytes: 50_000_000,
        },
    }
}

impl Allowance {
    /// Whether a message with so many bytes of attachments still goes, after what was written within a day.
    pub const fn takes(self, messages: u64, bytes: u64, more: u64) -> bool {
        messages < self.messages && bytes.saturating_add(more) <= self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{side::Side, *};

    /// Fear: a house floods the others, or is stopped at its first message.
    #[test]
    fn allowances() {
        for side in Side::ALL {
            let day = allowance(side);
            assert!(day.takes(0, 0, file::MOST_TOGETHER as u64));
            assert!(day.takes(day.messages - 1, 0, 0));
            assert!(!day.takes(day.messages, 0, 0));
            assert!(!day.takes(0, day.bytes, 1));
            assert!(!day.takes(0, u64::MAX, 1));
        }
    }
}
