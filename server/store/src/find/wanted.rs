//! What a client must be like: the one condition of a search, the same on both engines.

use super::sql::Sql;
use crate::{
    entity::{account, member},
    index::LAST,
    outage::{Answer, OrOutage},
};
use portfolio::{
    account_number::AccountNumber,
    catalogue::ServiceCode,
    french::searchable,
    ids::{FirmId, MemberId, Scope},
    search::{Filter, InCharge, REVIEW, Search, Sought},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// Digits of a Siren.
const SIREN: usize = 9;
/// Digits of a Siret.
const SIRET: usize = 14;

/// A search whose words, names and days are resolved.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub firm: FirmId,
    pub member: MemberId,
    pub filter: Filter,
    /// What must stand in a client's text.
    pub patterns: Vec<String>,
    /// Holders that are found by a whole number besides: those with too many accounts to seek fragments of their numbers.
    pub holders: Vec<String>,
    /// How the name of the member in charge sorts: what the index knows them by.
    pub charge: Option<String>,
    pub now: Timestamp,
}

/// A filter of which a client has one value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Scheme,
    State,
    Kind,
    Organism,
    ChangedBy,
    InCharge,
    NoReference,
    NoService,
    NotReviewed,
    Favourites,
}

impl Wanted {
    /// Resolves a search; `None` when nobody can be found by it.
    pub async fn read(
        db: &impl ConnectionTrait,
        scope: &Scope,
        search: &Search,
        now: Timestamp,
    ) -> Answer<Option<Self>> {
        let patterns = match Sought::read(&search.text) {
            Sought::All => Vec::new(),
            Sought::Nothing => return Ok(None),
            Sought::Holding(patterns) => patterns,
        };
        let charge = match search.filter.in_charge {
            None => None,
            Some(InCharge::Nobody) => Some(LAST.to_string()),
            Some(InCharge::Member(member)) => match key(db, scope.firm, member).await? {
                Some(key) => Some(key),
                None => return Ok(None),
            },
        };
        Ok(Some(Self {
            firm: scope.firm,
            member: scope.member,
            filter: search.filter.clone(),
            holders: holders(db, &search.text).await?,
            patterns,
            charge,
            now,
        }))
    }

    /// Whether it leaves nobody out.
    pub fn is_everybody(&self) -> bool {
        self.patterns.is_empty() && !self.filter.is_set()
    }

    /// The same without one filter: to count what each of its values would leave. `None` when that is not set.
    pub fn without(&self, own: Own) -> Option<Self> {
        let mut wanted = self.clone();
        let filter = &mut wanted.filter;
        let was_set = match own {
            Own::Scheme => filter.scheme.take().is_some(),
            Own::State => filter.state.take().is_some(),
            Own::Kind => filter.kind.take().is_some(),
            Own::Organism => filter.organism.take().is_some(),
            Own::ChangedBy => filter.changed_by.take().is_some(),
            Own::InCharge => filter.in_charge.take().is_some(),
            Own::NoReference => std::mem::take(&mut filter.no_reference),
            Own::NoService => std::mem::take(&mut filter.no_service),
            Own::NotReviewed => std::mem::take(&mut filter.not_reviewed),
            Own::Favourites => std::mem::take(&mut filter.favourites),
        };
        was_set.then_some(wanted)
    }

    /// Adds the condition, after one that is there.
    pub fn push(&self, sql: &mut Sql) {
        self.push_text(sql);
        self.push_filter(sql);
    }

    fn push_text(&self, sql: &mut Sql) {
        if self.patterns.is_empty() {
            return;
        }
        sql.push(" AND (");
        for (place, pattern) in self.patterns.iter().enumerate() {
            if place > 0 {
                sql.push(" AND ");
            }
            holds(sql, "client.search", pattern);
        }
        if !self.holders.is_empty() {
            sql.push(" OR client.holder_key IN (");
            self.push_holders(sql);
            sql.push(")");
        }
        sql.push(")");
    }

    /// The holders that are found by a whole number, between commas.
    pub fn push_holders(&self, sql: &mut Sql) {
        for (place, holder) in self.holders.iter().enumerate() {
            sql.push(if place > 0 { ", " } else { "" })
                .value(holder.as_str());
        }
    }

    fn push_filter(&self, sql: &mut Sql) {
        let Filter {
            scheme,
            state,
            kind,
            on,
            off,
            organism,
            added,
            changed,
            changed_by,
            in_charge,
            labels,
            no_reference,
            no_service,
            not_reviewed,
            favourites,
            rhythm,
        } = &self.filter;
        if let Some(state) = state {
            sql.push(" AND client.state = ").value(state.code());
        }
        if let Some(scheme) = scheme {
            sql.push(" AND client.scheme = ").value(scheme.code());
        }
        if let Some(kind) = kind {
            sql.push(" AND client.kind = ").value(kind.code());
        }
        if *no_service {
            sql.push(" AND client.services = 0");
        }
        if !on.is_empty() {
            let mask = sql.place(mask(on));
            sql.push(&format!(" AND client.service_mask & {mask} = {mask}"));
        }
        if !off.is_empty() {
            let mask = sql.place(mask(off));
            sql.push(&format!(" AND client.service_mask & {mask} = 0"));
        }
        if let Some(organism) = organism {
            sql.push(" AND ");
            holds(sql, "client.organisms", &format!(",{organism},"));
        }
        if let Some(since) = added {
            sql.push(" AND client.created_at >= ")
                .value(since.moment(self.now).0);
        }
        if let Some(since) = changed {
            sql.push(" AND client.changed_at >= ")
                .value(since.moment(self.now).0);
        }
        if let Some(member) = changed_by {
            sql.push(" AND client.changed_by = ").value(member.0);
        }
        if let Some(in_charge) = in_charge {
            match in_charge {
                InCharge::Nobody => sql.push(" AND client.in_charge IS NULL"),
                InCharge::Member(member) => sql.push(" AND client.in_charge = ").value(member.0),
            };
        }
        if *no_reference {
            sql.push(" AND client.reference_key = ")
                .value(LAST.to_string());
        }
        if *not_reviewed {
            sql.push(" AND ");
            self.push_not_reviewed(sql);
        }
        if let Some(rhythm) = rhythm {
            sql.push(" AND client.calendar = ").value(rhythm.code());
        }
        for label in labels {
            sql.push(" AND EXISTS (SELECT 1 FROM enrolment_label x WHERE x.enrolment_id = client.enrolment_id AND x.label_id = ")
                .value(label.0)
                .push(")");
        }
        if *favourites {
            sql.push(" AND EXISTS (SELECT 1 FROM favourite x WHERE x.enrolment_id = client.enrolment_id AND x.member_id = ")
                .value(self.member.0)
                .push(")");
        }
    }

    /// The services of the client were not looked through for a year.
    pub fn push_not_reviewed(&self, sql: &mut Sql) {
        sql.push("COALESCE(client.reviewed_at, 0) < ")
            .value(self.now.plus(-REVIEW).0);
    }

    /// When something had to be for a « since » of the filter.
    pub fn moment(&self, since: &portfolio::search::Since) -> i64 {
        since.moment(self.now).0
    }
}

/// Whether a text holds another: no wildcards on either engine, since what is sought holds letters, digits, spaces and commas alone.
fn holds(sql: &mut Sql, column: &str, pattern: &str) {
    if sql.postgres() {
        sql.push(column)
            .push(" LIKE ")
            .value(format!("%{pattern}%"));
    } else {
        sql.push("instr(")
            .push(column)
            .push(", ")
            .value(pattern)
            .push(") > 0");
    }
}

fn mask(services: &BTreeSet<ServiceCode>) -> i64 {
    services.iter().fold(0, |mask, code| mask | code.bit())
}

/// How a member's name sorts; `None` when the firm has no such member.
async fn key(db: &impl ConnectionTrait, firm: FirmId, id: MemberId) -> Answer<Option<String>> {
    let found = member::Entity::find_by_id(id.0)
        .filter(member::Column::FirmId.eq(firm.0))
        .one(db)
        .await
        .or_outage("members")?;
    Ok(found.map(|member| searchable(&member.name)))
}

/// The holders that a whole number names: an account number, or a Siret from its tenth digit on.
async fn holders(db: &impl ConnectionTrait, text: &str) -> Answer<Vec<String>> {
    let compact: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut which = sea_orm::Condition::any();
    if let Ok(number) = AccountNumber::parse(&compact) {
        which = which.add(account::Column::AccountNumber.eq(number.as_str()));
    }
    let digits = compact.bytes().all(|b| b.is_ascii_digit());
    if digits && (SIREN + 1..=SIRET).contains(&compact.len()) {
        let siren = &compact[..SIREN];
        let keys =
            portfolio::holder::Scheme::ALL.map(|scheme| format!("{}:{siren}", scheme.code()));
        which = which.add(
            account::Column::HolderKey
                .is_in(keys)
                .and(account::Column::Siret.gte(compact.as_str()))
                // `:` comes right after the digits.
                .and(account::Column::Siret.lt(format!("{compact}:"))),
        );
    }
    if which.is_empty() {
        return Ok(Vec::new());
    }
    let mut found: Vec<String> = account::Entity::find()
        .select_only()
        .column(account::Column::HolderKey)
        .distinct()
        .filter(which)
        .into_tuple()
        .all(db)
        .await
        .or_outage("accounts")?;
    found.sort();
    Ok(found)
}
