//! What one change makes of one client.

use super::Change;
use crate::{
    catalogue::ServiceCode,
    finding::MOST_LABELS_EACH,
    holder::Kind,
    ids::{LabelId, MemberId},
    language::t,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a change needs to know of a client, and what it makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The services that are on.
    pub services: BTreeSet<ServiceCode>,
    /// The labels that are on it.
    pub labels: BTreeSet<LabelId>,
    /// Who is in charge.
    pub in_charge: Option<MemberId>,
}

/// Why a client is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Why {
    /// Its accounts may have none of these services.
    NotOffered,
    /// It has as many labels as it may have.
    TooManyLabels,
    /// Somebody changed it since.
    Changed,
    /// Its enrolment has ended.
    Ended,
    /// The label or the member that was chosen is no longer there.
    Gone,
}

impl Why {
    /// Every reason, as pages list them.
    pub const ALL: [Self; 5] = [
        Self::NotOffered,
        Self::TooManyLabels,
        Self::Changed,
        Self::Ended,
        Self::Gone,
    ];

    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotOffered => "not_offered",
            Self::TooManyLabels => "labels",
            Self::Changed => "meanwhile",
            Self::Ended => "ended",
            Self::Gone => "gone",
        }
    }

    /// The reason of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotOffered => t("Aucun de ces services n’existe pour ce type de compte"),
            Self::TooManyLabels => t("Ce client a déjà le plus grand nombre d’étiquettes possible"),
            Self::Changed => t("Modifié entre-temps par quelqu’un"),
            Self::Ended => t("Résilié entre-temps"),
            Self::Gone => t("L’étiquette ou la personne choisie n’existe plus"),
        }
    }
}

/// What becomes of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// It becomes this.
    Becomes(Standing),
    /// Its enrolment ends.
    Ends,
    /// It is so already.
    Same,
    /// It is left alone.
    Left(Why),
}

impl Change {
    /// What this makes of a client, and the services that it leaves out since its accounts may not have them.
    pub fn planned(&self, kind: Kind, now: &Standing) -> (Planned, BTreeSet<ServiceCode>) {
        let none = BTreeSet::new();
        match self {
            Self::Add(wanted) => {
                let (offered, left_out) = parted(kind, wanted);
                if offered.is_empty() && !left_out.is_empty() {
                    return (Planned::Left(Why::NotOffered), left_out);
                }
                let services = now.services.union(&offered).copied().collect();
                (becomes(now, with_services(now, services)), left_out)
            }
            Self::Remove(unwanted) => {
                let services = now.services.difference(unwanted).copied().collect();
                (becomes(now, with_services(now, services)), none)
            }
            Self::Set(wanted) => {
                let (offered, left_out) = parted(kind, wanted);
                // A model for others would empty it: what nobody asked for.
                if offered.is_empty() && !left_out.is_empty() {
                    return (Planned::Left(Why::NotOffered), left_out);
                }
                (becomes(now, with_services(now, offered)), left_out)
            }
            Self::Label(label) => {
                let full = now.labels.len() >= MOST_LABELS_EACH as usize;
                if full && !now.labels.contains(label) {
                    return (Planned::Left(Why::TooManyLabels), none);
                }
                let mut after = now.clone();
                after.labels.insert(*label);
                (becomes(now, after), none)
            }
            Self::Unlabel(label) => {
                let mut after = now.clone();
                after.labels.remove(label);
                (becomes(now, after), none)
            }
            Self::InCharge(member) => {
                let after = Standing {
                    in_charge: *member,
                    ..now.clone()
                };
                (becomes(now, after), none)
            }
            Self::End => (Planned::Ends, none),
            // What it becomes is what another change found: see `undo`.
            Self::Undo => (Planned::Same, none),
        }
    }
}

/// What taking a change back makes of a client: what it was `before`, as far as that is still there. Only the fields that the change was
/// about are touched.
pub fn undo(undone: &Change, kind: Kind, now: &Standing, before: &Standing) -> Planned {
    let after = match undone {
        Change::Add(_) | Change::Remove(_) | Change::Set(_) => {
            let (offered, _) = parted(kind, &before.services);
            with_services(now, offered)
        }
        Change::Label(label) | Change::Unlabel(label) => {
            let mut after = now.clone();
            if before.labels.contains(label) {
                after.labels.insert(*label);
            } else {
                after.labels.remove(label);
            }
            after
        }
        Change::InCharge(_) => Standing {
            in_charge: before.in_charge,
            ..now.clone()
        },
        Change::End | Change::Undo => now.clone(),
    };
    becomes(now, after)
}

fn becomes(now: &Standing, after: Standing) -> Planned {
    if *now == after {
        Planned::Same
    } else {
        Planned::Becomes(after)
    }
}

fn with_services(now: &Standing, services: BTreeSet<ServiceCode>) -> Standing {
    Standing {
        services,
        ..now.clone()
    }
}

/// The services that accounts of this kind may have, and the others.
fn parted(
    kind: Kind,
    wanted: &BTreeSet<ServiceCode>,
) -> (BTreeSet<ServiceCode>, BTreeSet<ServiceCode>) {
    wanted
        .iter()
        .partition(|code| code.service().kinds.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::subsequence};
    use uuid::Uuid;

    fn services(codes: &[&str]) -> BTreeSet<ServiceCode> {
        codes
            .iter()
            .map(|code| ServiceCode::find(code).unwrap())
            .collect()
    }

    fn standing(codes: &[&str]) -> Standing {
        Standing {
            services: services(codes),
            labels: BTreeSet::new(),
            in_charge: None,
        }
    }

    /// Fear: a service that a kind of account may not have is switched on by a change of many, which the page of one refuses.
    #[test]
    fn what_is_not_offered_is_left_out_and_told() {
        let wanted = services(&["DPAE", "REVENU_ESTIME"]);
        let (planned, left_out) = Change::Add(wanted.clone()).planned(Kind::Emp, &standing(&[]));
        assert_eq!(planned, Planned::Becomes(standing(&["DPAE"])));
        assert_eq!(left_out, services(&["REVENU_ESTIME"]));
        let (planned, _) =
            Change::Set(services(&["DPAE"])).planned(Kind::Ae, &standing(&["DECL_CA"]));
        assert_eq!(planned, Planned::Left(Why::NotOffered));
        // Nothing at all may be asked for.
        let (planned, _) = Change::Set(BTreeSet::new()).planned(Kind::Ae, &standing(&["DECL_CA"]));
        assert_eq!(planned, Planned::Becomes(standing(&[])));
    }

    /// Fear: a client that is so already gets an event, a version and a line of the journal for nothing.
    #[test]
    fn what_is_so_stays() {
        let now = standing(&["DPAE"]);
        for change in [
            Change::Add(services(&["DPAE"])),
            Change::Remove(services(&["DSN_SUIVI"])),
            Change::Set(services(&["DPAE"])),
            Change::Unlabel(LabelId(Uuid::nil())),
            Change::InCharge(None),
        ] {
            assert_eq!(
                change.planned(Kind::Emp, &now).0,
                Planned::Same,
                "{change:?}"
            );
        }
    }

    /// Fear: a client gets one more label than it may have, or one that it has is refused.
    #[test]
    fn labels_have_an_end() {
        let label = |n: u128| LabelId(Uuid::from_u128(n));
        let full = Standing {
            labels: (0..20).map(label).collect(),
            ..standing(&[])
        };
        let add = |n| Change::Label(label(n)).planned(Kind::Emp, &full).0;
        assert_eq!(add(20), Planned::Left(Why::TooManyLabels));
        assert_eq!(add(3), Planned::Same);
    }

    /// Fear: a reason that is stored cannot be read back, or says nothing.
    #[test]
    fn reasons() {
        for why in Why::ALL {
            assert_eq!(Why::from_code(why.code()), Some(why));
            assert!(why.label().len() > 10);
        }
    }

    fn some() -> impl Strategy<Value = BTreeSet<ServiceCode>> {
        let all: Vec<_> = ServiceCode::all().collect();
        subsequence(all, 0..20).prop_map(|codes| codes.into_iter().collect())
    }

    fn kind() -> impl Strategy<Value = Kind> {
        prop::sample::select(Kind::ALL.to_vec())
    }

    fn change() -> impl Strategy<Value = Change> {
        let label = || (0u128..4).prop_map(|n| LabelId(Uuid::from_u128(n)));
        let member = prop::option::of((0u128..4).prop_map(|n| MemberId(Uuid::from_u128(n))));
        prop_oneof![
            some().prop_map(Change::Add),
            some().prop_map(Change::Remove),
            some().prop_map(Change::Set),
            label().prop_map(Change::Label),
            label().prop_map(Change::Unlabel),
            member.prop_map(Change::InCharge),
        ]
    }

    prop_compose! {
        fn any_standing(kind: Kind)(on in some(), labels in prop::collection::btree_set(0u128..4, 0..4),
            member in prop::option::of(0u128..4)) -> Standing {
            Standing {
                services: parted(kind, &on).0,
                labels: labels.into_iter().map(|n| LabelId(Uuid::from_u128(n))).collect(),
                in_charge: member.map(|n| MemberId(Uuid::from_u128(n))),
            }
        }
    }

    proptest! {
        /// Fear: a change made twice changes twice; what it makes is something that the kind may not have; or taking it back does not
        /// lead to where it began.
        #[test]
        fn once_and_back(
            (kind, now) in kind().prop_flat_map(|kind| (Just(kind), any_standing(kind))),
            change in change(),
        ) {
            let (planned, _) = change.planned(kind, &now);
            if let Planned::Becomes(after) = planned {
                prop_assert_ne!(&after, &now);
                prop_assert_eq!(parted(kind, &after.services).1.len(), 0);
                prop_assert_eq!(change.planned(kind, &after).0, Planned::Same);
                prop_assert_eq!(undo(&change, kind, &after, &now), Planned::Becomes(now.clone()));
            } else {
                prop_assert_eq!(undo(&change, kind, &now, &now), Planned::Same);
            }
        }
    }
}
