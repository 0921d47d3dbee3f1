//! What is found, compared with a naive model: the same thousands of random searches are put to each engine and to a list in memory
//! that is filtered, sorted and cut by plain code. What SQLite answers PostgreSQL answers too, since both answer what the model does.

use crate::{
    base::{Base, Dice, NOW, fresh, many, wanted},
    crowd::{self, Made, crowd},
};
use portfolio::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    client::{MOST_COUNTED, Total},
    finding::{Facets, JUMPS},
    form::OwnDraft,
    french::searchable,
    holder::{AccountState, Kind, Scheme},
    ids::{EnrolmentId, LabelId, MemberId},
    permission::Editor,
    ports::{Changed, Finding as _, OwnFields as _, OwnKept, Portfolio as _, Terminated},
    search::{Filter, InCharge, Place, REVIEW, SIZES, Search, Since, Sort, Sought, indexed},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

crate::contract! { as_the_model_finds, every_page_forward_and_back, places_run_out }

/// Sorts after every text.
const LAST: &str = "\u{10ffff}";

/// A client as the model knows it.
struct Known {
    made: Made,
    changed_by: MemberId,
    in_charge: Option<(MemberId, String)>,
    reference: String,
    labels: BTreeMap<LabelId, String>,
    reviewed_at: i64,
    favourite: bool,
    ended: bool,
    /// What it is found by: made once, since it is looked at thousands of times.
    text: String,
    name_key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(i64),
    Text(String),
}

type Key = (Vec<Part>, Uuid);

impl Known {
    fn new(made: Made, by: MemberId) -> Self {
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
    fn write(&mut self) {
        let mut text = self.made.found() + &indexed(&self.reference);
        let mut labels: Vec<_> = self.labels.values().collect();
        labels.sort_by_key(|name| searchable(name));
        for name in labels {
            text += &indexed(name);
        }
        self.text = text;
    }

    fn key(&self, sort: Sort) -> Key {
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

    fn passes(&self, filter: &Filter) -> bool {
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

struct Model {
    clients: Vec<Known>,
    members: Vec<MemberId>,
    labels: Vec<(LabelId, String)>,
}

/// What a list answers, by ids.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    rows: Vec<Uuid>,
    total: Total,
    page: Option<u64>,
    before: bool,
    after: bool,
}

impl Model {
    fn matching(&self, search: &Search) -> Vec<&Known> {
        let sought = Sought::read(&search.text);
        let all = self.clients.iter().filter(|client| !client.ended);
        all.filter(|client| sought.finds(&client.text) && client.passes(&search.filter))
            .collect()
    }

    fn sorted(&self, search: &Search) -> Vec<Key> {
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

    fn list(&self, search: &Search) -> Answer {
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

    fn jump(&self, text: &str) -> Vec<Uuid> {
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
    fn count(&self, search: &Search, change: impl FnOnce(&mut Filter)) -> u64 {
        let mut search = search.clone();
        change(&mut search.filter);
        self.matching(&search).len() as u64
    }

    fn holds(&self, search: &Search, facets: &Facets) {
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
    fn holds_own(&self, search: &Search, facets: &Facets) {
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

/// A crowd, of which some are labelled, changed, ended; and the model of it.
async fn known(base: &Base, count: u32) -> (Editor, Model) {
    let mut made = Vec::new();
    let claire = crowd(base, count, |client| made.push(client)).await;
    let emile = base.colleague(claire.firm, "x", "Émile Zola").await;
    let mut model = Model {
        clients: made
            .into_iter()
            .map(|made| Known::new(made, claire.member))
            .collect(),
        members: vec![claire.member, emile.member],
        labels: Vec::new(),
    };
    let mut dice = Dice::new(3);
    let names = ["Urgent", "À relancer", "Groupe Martin", "2026", "Été"];
    for _ in 0..count / 8 {
        let client = dice.below(model.clients.len());
        let client = &mut model.clients[client];
        if client.ended
            || client.in_charge.is_some()
            || !client.reference.is_empty()
            || !client.labels.is_empty()
        {
            continue;
        }
        let id = EnrolmentId(client.made.id);
        let whom = [(claire.member, "Claire"), (emile.member, "Émile Zola")][dice.below(2)];
        let chosen: BTreeSet<&str> = (0..dice.below(3))
            .map(|_| names[dice.below(names.len())])
            .collect();
        let draft = OwnDraft {
            of: Some(id),
            version: 0,
            reference: if dice.below(2) == 0 {
                String::new()
            } else {
                format!("Réf-{}/{}", dice.below(40), dice.below(9))
            },
            labels: BTreeSet::new(),
            new_labels: chosen.iter().map(|name| (*name).to_owned()).collect(),
            in_charge: (dice.below(3) > 0).then_some(whom.0),
            back: String::new(),
        };
        assert_eq!(
            base.store.keep_own(&claire, &draft, NOW).await.unwrap(),
            Some(OwnKept::Done)
        );
        client.reference = draft.reference;
        client.in_charge = draft.in_charge.map(|id| (id, whom.1.to_owned()));
        client.labels = chosen
            .iter()
            .map(|name| (LabelId(Uuid::nil()), (*name).to_owned()))
            .collect();
        let labels = base.store.choices(&claire).await.unwrap().labels;
        let of = |name: &str| {
            labels
                .iter()
                .find(|(label, _)| label.name == name)
                .unwrap()
                .0
                .id
        };
        client.labels = chosen
            .iter()
            .map(|name| (of(name), (*name).to_owned()))
            .collect();
    }
    let labels = base.store.choices(&claire).await.unwrap().labels;
    model.labels = labels
        .into_iter()
        .map(|(label, _)| (label.id, label.name))
        .collect();
    change_some(base, (&claire, &emile), &mut model, &mut dice).await;
    model.clients.iter_mut().for_each(Known::write);
    (claire, model)
}

/// Ends, marks and changes some of them.
async fn change_some(
    base: &Base,
    (claire, emile): (&Editor, &Editor),
    model: &mut Model,
    dice: &mut Dice,
) {
    for _ in 0..30 {
        let n = dice.below(model.clients.len());
        let client = &mut model.clients[n];
        let id = EnrolmentId(client.made.id);
        match dice.below(3) {
            0 if !client.ended => {
                let ended = base.store.terminate(&fresh(claire), id, NOW).await.unwrap();
                assert_eq!(ended, Some(Terminated::Done));
                client.ended = true;
                client.made.changed_at = NOW.0;
            }
            1 if !client.ended => {
                base.store
                    .favourite(claire, id, true)
                    .await
                    .unwrap()
                    .unwrap();
                client.favourite = true;
            }
            2 if !client.ended && client.changed_by == claire.member => {
                let on = [ServiceCode::find("MAIL_LETTRE").unwrap()].into();
                let done = base.store.change(emile, id, 1, &on, NOW).await.unwrap();
                assert_eq!(done, Some(Changed::Done));
                client.made.services = on;
                (
                    client.changed_by,
                    client.made.changed_at,
                    client.reviewed_at,
                ) = (emile.member, NOW.0, NOW.0);
            }
            _ => {}
        }
    }
}

fn text(dice: &mut Dice, model: &Model) -> String {
    let name = crowd::name(dice);
    let letters: Vec<char> = name.chars().collect();
    let at = dice.below(letters.len());
    let piece = |length: usize| letters.iter().skip(at).take(length).collect::<String>();
    match dice.below(14) {
        0..4 => String::new(),
        4 => name,
        5 => piece(1 + dice.below(2)),
        6 => piece(3),
        7 => piece(6).to_uppercase(),
        8 => {
            let mut words: Vec<&str> = name.split(' ').collect();
            words.reverse();
            words.join(" - ")
        }
        9 => crate::base::siren(u32::try_from(dice.below(model.clients.len())).unwrap()),
        10 => format!("{} {}", 100 + dice.below(900), 10 + dice.below(90)),
        11 => [
            "réf",
            "REF 12",
            "urgent",
            "groupe mar",
            "ete",
            "relancer a",
            "2026",
        ][dice.below(7)]
        .to_owned(),
        12 => [
            "%",
            "_",
            "'",
            "\"",
            "é \" OR 1",
            "  ",
            "a*",
            "\0",
            "(",
            "-b",
            "NEAR",
            "œ",
        ][dice.below(12)]
        .to_owned(),
        _ => name.split(' ').next().unwrap_or_default().to_owned(),
    }
}

fn search(dice: &mut Dice, model: &Model) -> Search {
    let one = |dice: &mut Dice| {
        EnrolmentId(crowd::id(
            u32::try_from(dice.below(model.clients.len() + 3)).unwrap(),
        ))
    };
    let seldom = |dice: &mut Dice| dice.below(9) == 0;
    let code = |dice: &mut Dice| ServiceCode::all().nth(dice.below(13)).unwrap();
    let days = |dice: &mut Dice| Since::Days(1 + u32::try_from(dice.below(400)).unwrap());
    let filter = Filter {
        scheme: seldom(dice).then(|| Scheme::ALL[dice.below(2)]),
        state: seldom(dice)
            .then(|| AccountState::from_code(1 + i32::try_from(dice.below(3)).unwrap()).unwrap()),
        kind: seldom(dice).then(|| Kind::ALL[dice.below(4)]),
        on: if seldom(dice) {
            [code(dice), code(dice)].into()
        } else {
            BTreeSet::new()
        },
        off: if seldom(dice) {
            [code(dice)].into()
        } else {
            BTreeSet::new()
        },
        organism: seldom(dice).then(|| ["117", "747", "999"][dice.below(3)].to_owned()),
        added: seldom(dice).then(|| days(dice)),
        changed: seldom(dice).then(|| days(dice)),
        changed_by: seldom(dice).then(|| model.members[dice.below(2)]),
        in_charge: seldom(dice).then(|| match dice.below(3) {
            0 => InCharge::Nobody,
            n => InCharge::Member(model.members[n - 1]),
        }),
        labels: if seldom(dice) {
            [model.labels[dice.below(model.labels.len())].0].into()
        } else {
            BTreeSet::new()
        },
        no_reference: seldom(dice),
        no_service: seldom(dice) && seldom(dice),
        not_reviewed: seldom(dice),
        favourites: seldom(dice) && seldom(dice),
        rhythm: seldom(dice).then(|| Rhythm::ALL[dice.below(7)]),
    };
    Search {
        text: text(dice, model),
        filter: if dice.below(3) == 0 {
            Filter::default()
        } else {
            filter
        },
        sort: Sort::ALL[dice.below(9)],
        descending: dice.below(2) == 0,
        place: match dice.below(6) {
            0..3 => Place::Page,
            3 => Place::After(one(dice)),
            4 => Place::Before(one(dice)),
            _ => Place::Last,
        },
        page: 1 + dice.below(9) as u64 * dice.below(9) as u64,
        size: SIZES[dice.below(3)],
        show: seldom(dice).then(|| one(dice)),
        ..Search::default()
    }
}

/// Fear: an engine finds, counts, sorts or cuts otherwise than the rules say, and so otherwise than the other engine.
async fn as_the_model_finds(base: Base) {
    let (editor, model) = known(&base, 2500).await;
    let mut dice = Dice::of_environment(5);
    for n in 0..wanted("FIND_SEARCHES", 1500) {
        let search = search(&mut dice, &model);
        let found = base.list(&editor, &search).await;
        let answer = Answer {
            rows: found.rows.iter().map(|row| row.id.0).collect(),
            total: found.total,
            page: found.page,
            before: found.before,
            after: found.after,
        };
        assert_eq!(answer, model.list(&search), "{search:?}");
        for row in &found.rows {
            let known = model
                .clients
                .iter()
                .find(|client| client.made.id == row.id.0)
                .unwrap();
            assert_eq!(
                (&row.name, row.favourite, &row.own.reference),
                (&known.made.name, known.favourite, &known.reference)
            );
            let labels: Vec<_> = row.own.labels.iter().map(|label| label.id).collect();
            let mut expected: Vec<_> = known.labels.iter().collect();
            expected.sort_by_key(|(_, name)| searchable(name));
            assert_eq!(
                labels,
                expected.iter().map(|(id, _)| **id).collect::<Vec<_>>()
            );
            let in_charge = row
                .own
                .in_charge
                .as_ref()
                .map(|member| (member.id, member.name.clone()));
            assert_eq!(in_charge, known.in_charge);
        }
        if n % 10 == 0 {
            let count = base.store.count(&editor, &search, NOW).await.unwrap();
            assert_eq!(count, model.count(&search, |_| ()), "{search:?}");
            let jump = base.store.jump(&editor, &search.text).await.unwrap();
            let jump: Vec<_> = jump.iter().map(|jump| jump.id.0).collect();
            assert_eq!(jump, model.jump(&search.text), "{:?}", search.text);
        }
        if n % 50 == 0 {
            let facets = base.store.facets(&editor, &search, NOW).await.unwrap();
            model.holds(&search, &facets);
        }
    }
}

/// Fear: somebody who goes from page to page meets a client twice, or never.
async fn every_page_forward_and_back(base: Base) {
    let (editor, model) = known(&base, 700).await;
    let mut dice = Dice::new(9);
    for text in ["", "a", "garage"] {
        for sort in Sort::ALL {
            let all = Search {
                text: text.into(),
                sort,
                descending: dice.below(2) == 0,
                size: 50,
                ..Search::default()
            };
            let expected: Vec<Uuid> = model.sorted(&all).into_iter().map(|(_, id)| id).collect();
            let mut forward: Vec<Uuid> = Vec::new();
            let mut place = Place::Page;
            loop {
                let page = base
                    .list(
                        &editor,
                        &Search {
                            place,
                            ..all.clone()
                        },
                    )
                    .await;
                assert_eq!(page.before, !forward.is_empty());
                forward.extend(page.rows.iter().map(|row| row.id.0));
                match page.rows.last() {
                    Some(last) if page.after => place = Place::After(last.id),
                    _ => break,
                }
            }
            assert_eq!(forward, expected, "{sort:?} {text}");
            let mut back: Vec<Uuid> = Vec::new();
            let mut place = Place::Last;
            loop {
                let page = base
                    .list(
                        &editor,
                        &Search {
                            place,
                            ..all.clone()
                        },
                    )
                    .await;
                let seen = back.len();
                let more = page
                    .rows
                    .iter()
                    .rev()
                    .map(|row| row.id.0)
                    .filter(|id| !back[..seen].contains(id));
                let more: Vec<_> = more.collect();
                back.extend(more);
                match page.rows.first() {
                    Some(first) if page.before => place = Place::Before(first.id),
                    _ => break,
                }
            }
            back.reverse();
            assert_eq!(back, expected, "{sort:?} {text}");
        }
    }
}

/// Fear: clients whose names come one between the others run out of places, and are found in another order than their names'.
async fn places_run_out(base: Base) {
    let editor = base.firm("Cabinet Dupont").await;
    let mut names = vec!["garage a".to_owned(), "garage z".to_owned()];
    names.extend((10..75).rev().map(|n| format!("garage b{n}")));
    names.extend((10..40).map(|n| format!("garage aa{n}")));
    let as_made: Vec<&str> = names.iter().map(String::as_str).collect();
    many(&base, &editor, &as_made).await;
    assert_eq!(base.store.faults().await.unwrap().faults, []);
    let search = Search {
        text: "arag".into(),
        size: 100,
        ..Search::default()
    };
    let found = base.list(&editor, &search).await;
    let found: Vec<String> = found.rows.into_iter().map(|row| row.name).collect();
    names.sort();
    assert_eq!(found, names);
}
