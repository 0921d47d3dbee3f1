//! A language that holds while something is waited for: a page that is drawn piece by piece, on whichever thread comes round.

use super::{Language, speak};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// What is polled while a language is spoken, and only then: between two polls the thread speaks what it spoke before.
#[derive(Debug)]
pub struct Spoken<T> {
    language: Language,
    inner: Pin<Box<T>>,
}

impl<T> Spoken<T> {
    /// Speaks a language whenever this is polled.
    pub fn new(language: Language, inner: T) -> Self {
        Self {
            language,
            inner: Box::pin(inner),
        }
    }

    /// Polls what is inside by a function of its own: for bodies and streams, which are no futures.
    pub fn poll_by<R>(&mut self, poll: impl FnOnce(Pin<&mut T>) -> R) -> R {
        let Self { language, inner } = self;
        speak(*language, || poll(inner.as_mut()))
    }

    /// What is inside.
    pub fn inner(&self) -> &T {
        &self.inner
    }
}

impl<T: Future> Future for Spoken<T> {
    type Output = T::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_by(|inner| inner.poll(context))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::current;
    use std::task::Waker;

    /// Fear: two people's pages are drawn by turns on one thread, and one gets words in the other's language.
    #[test]
    fn two_pages_by_turns() {
        let page = || {
            let mut seen = Vec::new();
            std::future::poll_fn(move |_| {
                seen.push(current());
                if seen.len() < 3 {
                    Poll::Pending
                } else {
                    Poll::Ready(seen.clone())
                }
            })
        };
        let mut context = Context::from_waker(Waker::noop());
        let mut pages = Language::ALL.map(|language| Box::pin(Spoken::new(language, page())));
        for _ in 0..2 {
            for page in &mut pages {
                assert!(page.as_mut().poll(&mut context).is_pending());
                assert_eq!(current(), Language::French);
            }
        }
        for (page, language) in pages.iter_mut().zip(Language::ALL) {
            assert_eq!(
                page.as_mut().poll(&mut context),
                Poll::Ready(vec![language; 3])
            );
        }
    }
}
