//! The list as plain code finds, filters, sorts and cuts it, in memory.

use crate::{base::NOW, crowd::Made};
use portfolio::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    client::{MOST_COUNTED, Total},
    finding::{Facets, JUMPS},
    french::searchable,
    holder::{AccountState, Kind},
    ids::{EnrolmentId, LabelId, MemberId},
    search::{Filter, InCharge, Place, REVIEW, Search, Since, Sort, Sought, indexed},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Sorts after every text.
const LAST: &str = "\u{10ffff}";

/// A client as the model knows it.
pub struct Known {
    pub made: Made,
    pub changed_by: MemberId,
    pub in_charge: Option<(MemberId, String)>,
    pub reference: String,
    pub labels: BTreeMap<LabelId, String>,
    pub reviewed_at: i64,
    pub favourite: bool,
    pub ended: bool,
    /// What it is found by: made once, since it is looked at thousands of times.
    pub text: String,
    pub name_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Number(i64),
    Text(String),
}

pub type Key = (Vec<Part>, Uuid);

impl Known {
    pub fn new(made: Made, by: MemberId) -> Self {
        Self {
            changed_by: by,
            in_charge: None,
            reference: String::new(),
            labels: BTreeMap::new(),
            reviewed_at: made.changed_at,
            favourite: false,
            ended: false,
            text: String::new(),
            name_key: searchable(&made.name),
            made,
        }
    }

    /// Makes its text, once its labels and its reference are known.
    pub fn write(&mut self) {
        let mut text = self.made.found() + &indexed(&self.reference);
        let mut labels: Vec<_> = self.labels.values().collect();
        labels.sort_by_key(|name| searchable(name));
        for name in labels {
            text += &indexed(name);
        }
        self.text = text;
    }

    pub fn key(&self, sort: Sort) -> Key {
        let made = &self.made;
        let text = |text: &str| Part::Text(text.to_owned());
        let or_last = |text: String| {
            Part::Text(if text.is_empty() {
                LAST.to_owned()
            } else {
                text
            })
        };
        let name = Part::Text(self.name_key.clone());
        let charge = self
            .in_charge
            .as_ref()
            .map_or_else(String::new, |(_, name)| searchable(name));
        let parts = match sort {
            Sort::Name => vec![name],
            Sort::Identifier => vec![text(&made.siren)],
            Sort::Scheme => vec![text(made.scheme), name],
            Sort::State => vec![Part::Number(made.state.into()), name],
            Sort::Services => vec![Part::Number(made.services.len().try_into().unwrap()), name],
            Sort::Changed => vec![Part::Number(made.changed_at)],
            Sort::Added => vec![Part::Number(made.created_at)],
            Sort::InCharge => vec![or_last(charge), name],
            Sort::Reference => vec![or_last(searchable(&self.reference)), name],
        };
        (parts, made.id)
    }

    pub fn passes(&self, filter: &Filter) -> bool {
        let made = &self.made;
        let since = |since: &Option<Since>, at: i64| {
            since.as_ref().is_none_or(|since| at >= since.moment(NOW).0)
        };
        filter
            .scheme
            .is_none_or(|scheme| scheme.code() == made.scheme)
            && filter.state.is_none_or(|state| state.code() == made.state)
            && filter.kind.is_none_or(|kind| kind.code() == made.kind)
            && filter.on.is_subset(&made.services)
            && filter.off.is_disjoint(&made.services)
            && filter
                .organism
                .as_ref()
                .is_none_or(|code| code == made.organism)
            && since(&filter.added, made.created_at)
            && since(&filter.changed, made.changed_at)
            && filter
                .changed_by
                .is_none_or(|member| member == self.changed_by)
            && match filter.in_charge {
                None => true,
                Some(InCharge::Nobody) => self.in_charge.is_none(),
                Some(InCharge::Member(member)) => {
                    self.in_charge.as_ref().is_some_and(|(id, _)| *id == member)
                }
            }
            && filter
                .labels
                .iter()
                .all(|label| self.labels.contains_key(label))
            && (!filter.no_reference || self.reference.is_empty())
            && (!filter.no_service || made.services.is_empty())
            && (!filter.not_reviewed || self.reviewed_at < NOW.0 - REVIEW)
            && (!filter.favourites || self.favourite)
            && filter.rhythm.is_none_or(|rhythm| {
                let kind = Kind::from_code(made.kind).unwrap();
                made.state != AccountState::Radie.code() && rhythm == Rhythm::usual(kind, None)
            })
    }
}

pub struct Model {
    pub clients: Vec<Known>,
    pub members: Vec<MemberId>,
    pub labels: Vec<(LabelId, String)>,
}

/// What a list answers, by ids.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub rows: Vec<Uuid>,
    pub total: Total,
    pub page: Option<u64>,
    pub before: bool,
    pub after: bool,
}

impl Model {
    pub fn matching(&self, search: &Search) -> Vec<&Known> {
        let sought = Sought::read(&search.text);
        let all = self.clients.iter().filter(|client| !client.ended);
        all.filter(|client| sought.finds(&client.text) && client.passes(&search.filter))
            .collect()
    }

    pub fn sorted(&self, search: &Search) -> Vec<Key> {
        let mut keys: Vec<Key> = self
            .matching(search)
            .iter()
            .map(|client| client.key(search.sort))
            .collect();
        keys.sort();
        if search.descending {
            keys.reverse();
        }
        keys
    }

    pub fn list(&self, search: &Search) -> Answer {
        let keys = self.sorted(search);
        let all = keys.len();
        let size = usize::try_from(search.size).unwrap();
        let counted = u64::try_from(all).unwrap();
        let everybody = Sought::read(&search.text) == Sought::All && !search.filter.is_set();
        let exact = everybody || counted <= MOST_COUNTED;
        let total = if exact {
            Total::Exactly(counted)
        } else {
            Total::MoreThan(MOST_COUNTED)
        };
        let last = all.div_ceil(size).max(1);
        let place = |id: EnrolmentId| {
            let client = self.clients.iter().find(|client| client.made.id == id.0)?;
            let key = client.key(search.sort);
            // How many come before it, and how many do or are it.
            let before = keys
                .iter()
                .filter(|known| {
                    if search.descending {
                        **known > key
                    } else {
                        **known < key
                    }
                })
                .count();
            Some((before, before + usize::from(keys.contains(&key))))
        };
        let plausible = |from: usize| {
            let most = if exact { last as u64 } else { u64::MAX };
            if from == 0 {
                Some(1)
            } else {
                Some(search.page).filter(|page| (2..=most).contains(page))
            }
        };
        let the_last = || {
            let left = if exact && !all.is_multiple_of(size) {
                all % size
            } else {
                size.min(all)
            };
            (all - left, all, exact.then_some(last as u64))
        };
        let numbered = |page: u64| {
            let page = usize::try_from(page).unwrap();
            if page >= last && last > 1 {
                return the_last();
            }
            let from = (page.clamp(1, last) - 1) * size;
            (from, (from + size).min(all), Some((from / size + 1) as u64))
        };
        let from = |from: usize| {
            if from >= all {
                return the_last();
            }
            (from, (from + size).min(all), plausible(from))
        };
        let shown = search
            .show
            .and_then(place)
            .filter(|(before, with)| with > before);
        let (from, to, page) = match (all, shown, search.place) {
            (0, ..) => (0, 0, Some(1)),
            (_, Some((before, _)), _) if everybody || before < 1000 => {
                numbered((before / size + 1) as u64)
            }
            (_, Some((before, _)), _) => {
                let (from, to, _) = from(before);
                (from, to, None)
            }
            (_, None, Place::Page) => numbered(search.page),
            (_, None, Place::Last) => the_last(),
            (_, None, Place::After(id)) => {
                place(id).map_or_else(|| numbered(1), |(_, with)| from(with))
            }
            (_, None, Place::Before(id)) => match place(id) {
                Some((before, _)) if before > size => {
                    (before - size, before, plausible(before - size))
                }
                _ => numbered(1),
            },
        };
        Answer {
            rows: keys[from..to].iter().map(|(_, id)| *id).collect(),
            total,
            page,
            before: from > 0,
            after: to < all,
        }
    }

    pub fn jump(&self, text: &str) -> Vec<Uuid> {
        let Sought::Holding(patterns) = Sought::read(text) else {
            return Vec::new();
        };
        let number: String = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let key = searchable(text);
        let words: Vec<String> = patterns
            .iter()
            .map(|word| format!("  {}", word.trim_start()))
            .collect();
        let steps: [&dyn Fn(&Known) -> bool; 5] = [
            &|client| client.made.siren == number,
            &|client| searchable(&client.reference) == key,
            &|client| client.name_key.starts_with(&key),
            &|client| words.iter().all(|word| client.text.contains(word)),
            &|client| patterns.iter().all(|word| client.text.contains(word)),
        ];
        let mut found: Vec<Uuid> = Vec::new();
        for step in steps {
            let mut keys: Vec<Key> = self
                .clients
                .iter()
                .filter(|c| !c.ended && step(c))
                .map(|c| c.key(Sort::Name))
                .collect();
            keys.sort();
            for (_, id) in keys.into_iter().take(JUMPS) {
                if found.len() < JUMPS && !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found
    }

    /// How many clients a search leaves when it is changed a little.
    pub fn count(&self, search: &Search, change: impl FnOnce(&mut Filter)) -> u64 {
        let mut search = search.clone();
        change(&mut search.filter);
        self.matching(&search).len() as u64
    }

    pub fn holds(&self, search: &Search, facets: &Facets) {
        let told = format!("{search:?}");
        assert_eq!(facets.total, self.count(search, |_| ()), "{told}");
        for (scheme, count) in &facets.schemes {
            assert_eq!(
                *count,
                self.count(search, |f| f.scheme = Some(*scheme)),
                "{told}"
            );
        }
        for (state, count) in &facets.states {
            assert_eq!(
                *count,
                self.count(search, |f| f.state = Some(*state)),
                "{told}"
            );
        }
        for (kind, count) in &facets.kinds {
            assert_eq!(
                *count,
                self.count(search, |f| f.kind = Some(*kind)),
                "{told}"
            );
        }
        let services: BTreeMap<_, _> = facets.services.iter().copied().collect();
        for code in ServiceCode::all() {
            let on = services.get(&code).copied().unwrap_or_default();
            assert_eq!(
                on,
                self.count(search, |f| _ = f.on.insert(code)),
                "{told} {code:?}"
            );
            assert_eq!(
                facets.total - on,
                self.count(search, |f| _ = f.off.insert(code)),
                "{told} {code:?}"
            );
        }
        for (organism, count) in &facets.organisms {
            assert_eq!(
                *count,
                self.count(search, |f| f.organism = Some(organism.clone())),
                "{told}"
            );
        }
        self.holds_own(search, facets);
    }

    /// The same of what is the firm's own.
    pub fn holds_own(&self, search: &Search, facets: &Facets) {
        let told = format!("{search:?}");
        let in_charge: BTreeMap<_, _> = facets
            .in_charge
            .iter()
            .map(|(member, count)| (member.id, *count))
            .collect();
        let changed_by: BTreeMap<_, _> = facets
            .changed_by
            .iter()
            .map(|(member, count)| (member.id, *count))
            .collect();
        for id in &self.members {
            let charge = self.count(search, |f| f.in_charge = Some(InCharge::Member(*id)));
            assert_eq!(
                in_charge.get(id).copied().unwrap_or_default(),
                charge,
                "{told}"
            );
            let changed = self.count(search, |f| f.changed_by = Some(*id));
            assert_eq!(
                changed_by.get(id).copied().unwrap_or_default(),
                changed,
                "{told}"
            );
        }
        let labels: BTreeMap<_, _> = facets
            .labels
            .iter()
            .map(|(label, count)| (label.id, *count))
            .collect();
        for (id, _) in &self.labels {
            let count = self.count(search, |f| _ = f.labels.insert(*id));
            assert_eq!(labels.get(id).copied().unwrap_or_default(), count, "{told}");
        }
        assert_eq!(
            facets.nobody,
            self.count(search, |f| f.in_charge = Some(InCharge::Nobody)),
            "{told}"
        );
        assert_eq!(
            facets.no_reference,
            self.count(search, |f| f.no_reference = true),
            "{told}"
        );
        assert_eq!(
            facets.no_service,
            self.count(search, |f| f.no_service = true),
            "{told}"
        );
        assert_eq!(
            facets.not_reviewed,
            self.count(search, |f| f.not_reviewed = true),
            "{told}"
        );
        assert_eq!(
            facets.favourites,
            self.count(search, |f| f.favourites = true),
            "{told}"
        );
    }
}
