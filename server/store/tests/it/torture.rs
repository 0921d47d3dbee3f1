//! Thousands of changes at once on few rows: what was acknowledged is what is stored, once each.
//!
//! `TORTURE_UPDATES` says how many are to be acknowledged; `make torture` asks for 100,000.

use crate::base::{Base, Dice, NOW, employer, file, fresh, services, siren, typed, wanted};
use portfolio::{
    catalogue::ServiceCode,
    client::Happening,
    ids::EnrolmentId,
    permission::Editor,
    ports::{Begun, Changed, Enrolled, Portfolio as _, Proved, Terminated},
};
use sea_orm::{ConnectionTrait, Statement};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::Store;
use uuid::Uuid;

crate::contract! { random_updates_at_once, a_lost_update_is_found }

/// Rows that are changed, and holders that are enrolled and ended all the time.
const CHANGED: u32 = 4;
const CONTESTED: u32 = 3;
/// Those who change, and those who enrol and end.
const CHANGERS: u64 = 8;
const CONTENDERS: u64 = 6;

/// What a task was told was done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Enrolled(BTreeSet<ServiceCode>),
    /// The version that the change made.
    Changed(i32, BTreeSet<ServiceCode>),
    Ended,
}

type Ledger = Vec<(Uuid, Told)>;

/// Fear: under load an update is lost or done twice, services and history part, or two enrolments of one client are in force.
async fn random_updates_at_once(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let ids = clients(&base, &scope).await;
    let mut dice = Dice::of_environment(1);
    let left = Arc::new(Left {
        updates: AtomicU64::new(wanted("TORTURE_UPDATES", 3_000)),
    });
    let mut tasks = Vec::new();
    for n in 0..CHANGERS + CONTENDERS {
        let member = base
            .colleague(scope.firm, "Cabinet Dupont", &format!("Membre {n}"))
            .await;
        let (store, left, dice) = (base.store.clone(), left.clone(), Dice::new(dice.roll()));
        let ids = ids.clone();
        tasks.push(if n < CHANGERS {
            tokio::spawn(change_often(store, member, ids, dice, left))
        } else {
            tokio::spawn(enrol_and_end(store, member, dice, left))
        });
    }
    let mut ledger = first(&ids);
    for task in tasks {
        ledger.extend(task.await.unwrap());
    }
    let changed = ledger
        .iter()
        .filter(|(_, told)| matches!(told, Told::Changed(..)))
        .count();
    println!("{} acknowledged, {changed} of them changes", ledger.len());
    assert_eq!(judged(&base, &ledger).await, Vec::<String>::new());
    assert!(changed > ledger.len() / 3, "hardly anything was changed");
}

/// Fear: the judge of the test above finds nothing, whatever was lost.
async fn a_lost_update_is_found(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let ids = clients(&base, &scope).await;
    let mut ledger = first(&ids);
    let id = ids[0];
    for (version, on) in [(1, &["DPAE"][..]), (2, &["DPAE", "MAIL_DSN"])] {
        let done = base
            .store
            .change(&scope, id, version, &services(on), NOW)
            .await;
        assert_eq!(done.unwrap(), Some(Changed::Done));
        ledger.push((id.0, Told::Changed(version + 1, services(on))));
    }
    assert_eq!(judged(&base, &ledger).await, Vec::<String>::new());
    let told_twice = [ledger.clone(), vec![ledger[ledger.len() - 1].clone()]].concat();
    assert_ne!(judged(&base, &told_twice).await, Vec::<String>::new());
    let told_less = &ledger[..ledger.len() - 1];
    assert_ne!(judged(&base, told_less).await, Vec::<String>::new());
    // What a program would do that ignored the version: it read version 2, where only DPAE was on, and writes over version 3.
    let stale = "DELETE FROM enrolment_service WHERE enrolment_id = {id}; \
         INSERT INTO enrolment_service (enrolment_id, code) VALUES ({id}, 'DSN_SUIVI'); \
         UPDATE enrolment_event SET added = 'DSN_SUIVI', removed = 'DPAE' WHERE enrolment_id = {id} AND version = 3; \
         UPDATE enrolment SET version = 3 WHERE id = {id}; \
         UPDATE client SET services = 1, service_mask = {bit} WHERE enrolment_id = {id}";
    let bit = services(&["DSN_SUIVI"]).into_iter().map(ServiceCode::bit);
    let stale = stale.replace("{bit}", &bit.sum::<i64>().to_string());
    base.plant(&stale.replace("{id}", &base.literal(id.0)))
        .await;
    // What is stored holds together all the same: only the ledger knows.
    assert_eq!(base.store.faults().await.unwrap().faults, []);
    ledger.push((id.0, Told::Changed(3, services(&["DSN_SUIVI"]))));
    let problems = judged(&base, &ledger).await;
    assert!(
        problems.iter().any(|problem| problem.contains("version 3")),
        "{problems:?}"
    );
}

/// How many more are to be acknowledged.
struct Left {
    updates: AtomicU64,
}

impl Left {
    fn any(&self) -> bool {
        self.updates.load(Ordering::Relaxed) > 0
    }

    fn one_less(&self) {
        let _ = self
            .updates
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
    }
}

/// The accounts, and enrolments of the first of them, with no service.
async fn clients(base: &Base, scope: &Editor) -> Vec<EnrolmentId> {
    let lines: Vec<String> = (0..CHANGED + CONTESTED)
        .map(|n| {
            let siren = siren(n);
            format!(
                "5{n:017};EMP;{siren};{siren}{:05};Client {n};117;1;{n};;;;1;;",
                n + 1
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    base.import(file(&lines)).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..CHANGED {
        ids.push(base.client(scope, &siren(n), &proof(n), &[], NOW).await);
    }
    ids
}

fn proof(n: u32) -> portfolio::form::Proof {
    employer(&n.to_string(), &format!("5{n:017}"))
}

fn first(ids: &[EnrolmentId]) -> Ledger {
    ids.iter()
        .map(|id| (id.0, Told::Enrolled(BTreeSet::new())))
        .collect()
}

/// Changes one of the clients after another, at the version that it last heard of.
async fn change_often(
    store: Store,
    scope: Editor,
    ids: Vec<EnrolmentId>,
    mut dice: Dice,
    left: Arc<Left>,
) -> Ledger {
    let mut told = Ledger::new();
    let mut versions = BTreeMap::new();
    while left.any() {
        let id = ids[dice.below(ids.len())];
        let version = versions.entry(id.0).or_insert(1);
        let on = dice.services();
        let answer = store.change(&scope, id, *version, &on, NOW).await;
        match answer.unwrap().unwrap() {
            Changed::Done => {
                *version += 1;
                told.push((id.0, Told::Changed(*version, on)));
                left.one_less();
            }
            Changed::Stale { version: last, .. } => *version = last,
            other => panic!("{other:?}"),
        }
    }
    told
}

/// Enrols clients that others enrol too, and ends what is in force, whoever enrolled it.
async fn enrol_and_end(store: Store, scope: Editor, mut dice: Dice, left: Arc<Left>) -> Ledger {
    let mut told = Ledger::new();
    while left.any() {
        let n = CHANGED + u32::try_from(dice.below(CONTESTED as usize)).unwrap();
        let begun = store
            .begin(&scope, &typed(&siren(n)), false, NOW)
            .await
            .unwrap();
        let draft = match begun {
            Begun::Already { enrolment, .. } => {
                let ended = store
                    .terminate(&fresh(&scope), enrolment, NOW)
                    .await
                    .unwrap();
                if ended == Some(Terminated::Done) {
                    told.push((enrolment.0, Told::Ended));
                    left.one_less();
                }
                continue;
            }
            Begun::Draft(draft) => draft,
        };
        match store.prove(&scope, draft, &proof(n), NOW).await.unwrap() {
            Some(Proved::Proven(_)) => {}
            Some(Proved::Already { .. }) => continue,
            other => panic!("{other:?}"),
        }
        let on = dice.services();
        match store.enrol(&scope, draft, &on, NOW).await.unwrap() {
            Some(Enrolled::Done(id)) => {
                told.push((id.0, Told::Enrolled(on)));
                left.one_less();
            }
            Some(Enrolled::Already { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    told
}

/// Holds what is stored to what was acknowledged: one event for each, in which the services are those that were asked for, and no
/// event besides.
async fn judged(base: &Base, ledger: &[(Uuid, Told)]) -> Vec<String> {
    let mut problems: Vec<String> = base
        .store
        .faults()
        .await
        .unwrap()
        .faults
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut expected: BTreeMap<(Uuid, i32), &Told> = BTreeMap::new();
    let mut ends: BTreeMap<Uuid, usize> = BTreeMap::new();
    for (id, told) in ledger {
        let version = match told {
            Told::Enrolled(_) => 1,
            Told::Changed(version, _) => *version,
            Told::Ended => {
                *ends.entry(*id).or_default() += 1;
                continue;
            }
        };
        if expected.insert((*id, version), told).is_some() {
            problems.push(format!("{id}: version {version} was acknowledged twice"));
        }
    }
    let mut on: BTreeSet<ServiceCode> = BTreeSet::new();
    for (id, version, what) in events(base).await {
        let asked = match what {
            Happening::Enrolled(services) => {
                on = services.into_iter().collect();
                expected.remove(&(id, version))
            }
            Happening::Changed { added, removed } => {
                on.extend(added);
                on.retain(|code| !removed.contains(code));
                expected.remove(&(id, version))
            }
            Happening::Own { .. } | Happening::Reviewed => continue,
            Happening::Ended => {
                if ends.remove(&id) != Some(1) {
                    problems.push(format!("{id}: its end was not acknowledged once"));
                }
                continue;
            }
        };
        match asked {
            Some(Told::Enrolled(services) | Told::Changed(_, services)) if *services == on => {}
            Some(_) => problems.push(format!("{id}: version {version} is not what was asked for")),
            None => problems.push(format!("{id}: nobody was told of version {version}")),
        }
    }
    let lost = expected
        .keys()
        .map(|(id, version)| format!("{id}: version {version} is lost"));
    problems.extend(lost);
    problems.extend(ends.keys().map(|id| format!("{id}: its end is lost")));
    problems
}

/// Every event, in order.
async fn events(base: &Base) -> Vec<(Uuid, i32, Happening)> {
    let db = base.behind().await;
    let statement = Statement::from_string(
        db.get_database_backend(),
        "SELECT enrolment_id, version, what, added, removed FROM enrolment_event ORDER BY enrolment_id, version",
    );
    let rows = db.query_all_raw(statement).await.unwrap();
    db.close().await.unwrap();
    rows.iter()
        .map(|row| {
            let text = |place| row.try_get_by_index::<String>(place).unwrap();
            let codes = |place| {
                let text = text(place);
                let codes = text.split(',').filter(|code| !code.is_empty());
                codes.map(|code| ServiceCode::find(code).unwrap()).collect()
            };
            let what = match text(2).as_str() {
                "enrolled" => Happening::Enrolled(codes(3)),
                "changed" => Happening::Changed {
                    added: codes(3),
                    removed: codes(4),
                },
                _ => Happening::Ended,
            };
            let id = row.try_get_by_index(0).unwrap();
            (id, row.try_get_by_index(1).unwrap(), what)
        })
        .collect()
}
