//! Who exports at this moment: each export holds a connection that reads, for as long as somebody takes it.

use portfolio::ids::{FirmId, MemberId, Scope};
use std::sync::{Arc, Mutex, PoisonError};

/// Exports at a time, of all firms together.
const AT_ONCE: usize = 6;
/// Of one firm; of one member there is one.
const OF_FIRM: usize = 2;

/// The exports under way. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Arc<Mutex<Vec<(FirmId, MemberId)>>>);

/// A place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    of: (FirmId, MemberId),
    places: Places,
}

impl Places {
    /// A place, if there is one now: nobody waits for somebody else's, who may take minutes.
    pub fn take(&self, scope: &Scope) -> Option<Place> {
        let of = (scope.firm, scope.member);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_firm = taken.iter().filter(|(firm, _)| *firm == scope.firm).count();
        if taken.contains(&of) || of_firm >= OF_FIRM || taken.len() >= AT_ONCE {
            return None;
        }
        taken.push(of);
        drop(taken);
        let places = self.clone();
        Some(Place { of, places })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = self.places.0.lock();
        let mut taken = taken.unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = taken.iter().position(|of| *of == self.of) {
            taken.swap_remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::origin::Origin;
    use uuid::Uuid;

    fn scope(firm: u128, member: u128) -> Scope {
        Scope {
            firm: FirmId(Uuid::from_u128(firm)),
            member: MemberId(Uuid::from_u128(member)),
            from: Origin(None),
        }
    }

    /// Fear: whoever takes an export and never reads it keeps colleagues, or other firms, from theirs.
    #[test]
    fn nobody_holds_them_all() {
        let places = Places::default();
        let one = places.take(&scope(1, 1)).unwrap();
        assert!(places.take(&scope(1, 1)).is_none());
        let _two = places.take(&scope(1, 2)).unwrap();
        assert!(places.take(&scope(1, 3)).is_none());
        let others: Vec<_> = (0..4).map(|n| places.take(&scope(2 + n, 9))).collect();
        assert!(others.iter().all(Option::is_some));
        assert!(places.take(&scope(9, 9)).is_none());
        drop(one);
        assert!(places.take(&scope(1, 3)).is_some());
    }
}
