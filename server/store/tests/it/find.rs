//! What is found, compared with a naive model: the same thousands of random searches are put to each engine and to a list in memory
//! that is filtered, sorted and cut by plain code. What SQLite answers PostgreSQL answers too, since both answer what the model does.

mod model;

use crate::{
    base::{Base, Dice, NOW, fresh, many, wanted},
    crowd::{self, crowd},
};
use model::{Answer, Known, Model};
use portfolio::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    form::OwnDraft,
    french::searchable,
    holder::{AccountState, Kind, Scheme},
    ids::{EnrolmentId, LabelId},
    permission::Editor,
    ports::{Changed, Finding as _, OwnFields as _, OwnKept, Portfolio as _, Terminated},
    search::{Filter, InCharge, Place, SIZES, Search, Since, Sort},
};
use std::collections::BTreeSet;
use uuid::Uuid;

crate::contract! { as_the_model_finds, every_page_forward_and_back, places_run_out }
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
