//! What becomes of many clients, counted.

use super::{Planned, Why};
use crate::catalogue::ServiceCode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many clients become what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Those that are changed.
    pub changed: u64,
    /// Those that are so already.
    pub same: u64,
    /// Those that are left alone, by reason.
    pub left: BTreeMap<Why, u64>,
    /// Services that some of them may not have, with how many.
    pub left_out: BTreeMap<ServiceCode, u64>,
}

impl Tally {
    /// Counts one client.
    pub fn count(&mut self, planned: &Planned, left_out: &BTreeSet<ServiceCode>) {
        match planned {
            Planned::Becomes(_) | Planned::Ends => self.changed += 1,
            Planned::Same => self.same += 1,
            Planned::Left(why) => *self.left.entry(*why).or_default() += 1,
        }
        if !matches!(planned, Planned::Left(_)) {
            for code in left_out {
                *self.left_out.entry(*code).or_default() += 1;
            }
        }
    }

    /// Those that are left alone.
    pub fn left_alone(&self) -> u64 {
        self.left.values().sum()
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.changed + self.same + self.left_alone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a client is counted twice or not at all, or the counts cannot be read back by another server.
    #[test]
    fn each_once() {
        let dpae = ServiceCode::find("DPAE").unwrap();
        let mut tally = Tally::default();
        tally.count(&Planned::Ends, &BTreeSet::new());
        tally.count(&Planned::Same, &[dpae].into());
        tally.count(&Planned::Left(Why::Changed), &BTreeSet::new());
        // It is told once already, as the reason.
        tally.count(&Planned::Left(Why::NotOffered), &[dpae].into());
        assert_eq!((tally.total(), tally.left_alone()), (4, 2));
        assert_eq!(tally.left_out, [(dpae, 1)].into());
        let text = serde_json::to_string(&tally).unwrap();
        assert_eq!(serde_json::from_str::<Tally>(&text).unwrap(), tally);
    }
}
