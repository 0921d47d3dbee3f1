//! The labels and members of a firm: what a change may name, and how it is told.

use crate::{outage::Answer, raw};
use portfolio::{
    bulk::{Change, Named, Standing},
    client::OwnTold,
    ids::{FirmId, LabelId, MemberId},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The labels and members of a firm.
pub(super) struct Known {
    labels: BTreeMap<LabelId, String>,
    /// With whether they may be in charge: not those who were removed.
    members: BTreeMap<MemberId, (String, bool)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    there: bool,
}

impl Known {
    /// Those of a firm.
    pub async fn of(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Self> {
        let labels: Vec<Row> = raw::all(
            db,
            "SELECT id, name, TRUE AS there FROM label WHERE firm_id = $1",
            vec![firm.0.into()],
            "labels",
        )
        .await?;
        let members: Vec<Row> = raw::all(
            db,
            "SELECT id, name, removed_at IS NULL AS there FROM member WHERE firm_id = $1",
            vec![firm.0.into()],
            "members",
        )
        .await?;
        Ok(Self {
            labels: labels
                .into_iter()
                .map(|row| (LabelId(row.id), row.name))
                .collect(),
            members: members
                .into_iter()
                .map(|row| (MemberId(row.id), (row.name, row.there)))
                .collect(),
        })
    }

    /// Whether what a change names is there.
    pub fn can(&self, change: &Change) -> bool {
        match change {
            Change::Label(label) | Change::Unlabel(label) => self.labels.contains_key(label),
            Change::InCharge(Some(member)) => self.may_be_in_charge(*member),
            _ => true,
        }
    }

    /// Whether everything that a client gets anew is there.
    pub fn are_there(&self, now: &Standing, after: &Standing) -> bool {
        let mut new = after.labels.difference(&now.labels);
        new.all(|label| self.labels.contains_key(label))
            && (after.in_charge == now.in_charge
                || after
                    .in_charge
                    .is_none_or(|member| self.may_be_in_charge(member)))
    }

    fn may_be_in_charge(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(|(_, there)| *there)
    }

    /// A member's name.
    pub fn member(&self, id: MemberId) -> String {
        self.members
            .get(&id)
            .map(|(name, _)| name.clone())
            .unwrap_or_default()
    }

    /// The names that a change goes by.
    pub fn named(&self, change: &Change) -> Named {
        match change {
            Change::Label(label) | Change::Unlabel(label) => Named {
                label: self.labels.get(label).cloned(),
                member: None,
            },
            Change::InCharge(Some(member)) => Named {
                label: None,
                member: self.members.get(member).map(|(name, _)| name.clone()),
            },
            _ => Named::default(),
        }
    }

    /// A change in words; of what takes another back, the other's.
    pub fn told(&self, change: &Change, undone: Option<&Change>) -> String {
        match undone {
            Some(undone) => format!("Annuler «\u{a0}{}\u{a0}»", self.told(undone, None)),
            None => change.told(&self.named(change)),
        }
    }

    /// The own fields of a client as they are told.
    pub fn own(&self, reference: &str, standing: &Standing) -> OwnTold {
        let mut labels: Vec<String> = standing
            .labels
            .iter()
            .filter_map(|label| self.labels.get(label).cloned())
            .collect();
        labels.sort_by_key(|name| portfolio::french::searchable(name));
        OwnTold {
            reference: reference.to_owned(),
            labels,
            in_charge: standing.in_charge.map(|member| self.member(member)),
        }
    }
}
