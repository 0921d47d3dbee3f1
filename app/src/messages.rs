//! « Messagerie »: the conversations of a firm, of the body's officers, one conversation, and where one begins.

mod calls;
mod list;
mod new;
mod thread;
mod unread;
mod writing;

pub use list::ThreadsPage;
pub use new::NewThreadPage;
pub use thread::ThreadPage;
pub use unread::{Looks, Unread};
