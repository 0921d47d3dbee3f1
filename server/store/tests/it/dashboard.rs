//! The dashboard: its figures, and the lists that they lead to.

use crate::{
    base::{
        Base, EMPLOYER, MANAGER, NOW, fresh, good_employer, good_self_employed, manager, many,
        on_postgres, on_sqlite, wanted,
    },
    crowd::crowd,
};
use portfolio::{
    dashboard::{Concern, MONTHS, MOST_DRAFTS, Overview, Part, Side},
    form::{Form as _, OwnForm},
    ids::{EnrolmentId, MemberId, Scope},
    permission::Editor,
    ports::{Dashboard, Finding, OwnFields, OwnKept, Portfolio},
    review::Walk,
    search::Search,
    time::{DAY, HOUR, Month, Timestamp},
};
use sea_orm::ConnectionTrait;
use std::time::Duration;
use tokio::time::Instant;

crate::contract!(
    an_empty_portfolio,
    every_figure_is_the_length_of_its_list,
    months_of_coming_and_going,
    only_my_drafts,
    all_drafts_are_counted,
);

/// Not a part of the usual run: `CLIENTS=300000 cargo nextest run -p store --release --run-ignored all --no-capture
/// measured_dashboard`.
#[test]
#[ignore = "measures"]
fn measured_dashboard_sqlite() {
    on_sqlite(measured);
}

#[test]
#[ignore = "measures, and needs TEST_POSTGRES_URL"]
fn measured_dashboard_postgres() {
    on_postgres(measured);
}

async fn measured(base: Base) {
    const TIMES: u32 = 20;
    let count = u32::try_from(wanted("CLIENTS", 20_000)).unwrap();
    let editor = crowd(&base, count, |_| ()).await;
    if base.url.starts_with("postgres") {
        let db = base.behind().await;
        db.execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
    for now in [NOW, LATER] {
        let mut best = Duration::MAX;
        let mut all = Duration::ZERO;
        for _ in 0..TIMES {
            let begun = Instant::now();
            let seen = overview(&base, &editor, now).await;
            let took = begun.elapsed();
            assert_eq!(seen.managed, u64::from(count));
            best = best.min(took);
            all += took;
        }
        println!(
            "dashboard: {count} clients, best {best:?}, mean {:?}",
            all / TIMES
        );
        let walk = Walk::default();
        let begun = Instant::now();
        let step = base.store.stale(&editor, &walk, now).await.unwrap();
        println!(
            "review: {} stale, first step {:?}",
            step.stale,
            begun.elapsed()
        );
        if let Some(stale) = step.shown {
            let walk = walk.later(stale.place);
            let begun = Instant::now();
            base.store.stale(&editor, &walk, now).await.unwrap();
            println!("review: next step {:?}", begun.elapsed());
        }
    }
}

/// A little more than a year later.
pub const LATER: Timestamp = NOW.plus(366 * DAY);

pub async fn overview(base: &Base, scope: &Scope, now: Timestamp) -> Overview {
    base.store.overview(scope, now).await.unwrap()
}

/// Puts a member in charge of a client.
pub async fn charge(base: &Base, scope: &Editor, id: EnrolmentId, member: MemberId) {
    let form = OwnForm {
        of: id.to_string(),
        version: "0".into(),
        in_charge: member.to_string(),
        ..OwnForm::default()
    };
    let kept = base
        .store
        .keep_own(scope, &form.check().unwrap(), NOW)
        .await;
    assert_eq!(kept.unwrap(), Some(OwnKept::Done));
}

/// Two firms; the first manages eleven clients of all kinds, some of which somebody is in charge of.
async fn portfolio(base: &Base) -> Editor {
    let scope = base.with_accounts().await;
    let other = base.firm("Cabinet Autre").await;
    many(base, &scope, &["A", "B", "C", "D", "E", "F", "G", "H"]).await;
    let on = ["DPAE", "DSN_SUIVI"];
    let mine = base
        .client(&scope, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    base.client(&other, EMPLOYER, &good_employer(), &on, NOW)
        .await;
    base.client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
        .await;
    let theirs = base
        .client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
        .await;
    let paul = base.colleague(scope.firm, "cabinet", "Paul").await;
    charge(base, &scope, mine, scope.member).await;
    charge(base, &scope, theirs, paul.member).await;
    scope
}

/// Fear: a new firm is shown figures of others, or an error.
async fn an_empty_portfolio(base: Base) {
    let full = portfolio(&base).await;
    let empty = base.firm("Cabinet Vide").await;
    let seen = overview(&base, &empty, NOW).await;
    assert_eq!(seen.managed, 0);
    assert!(seen.is_quiet() && seen.recent.is_empty());
    assert!(seen.makeup.iter().all(|side| side.parts.is_empty()));
    assert!(seen.movement.iter().all(|moves| moves.managed == 0));
    assert_eq!(overview(&base, &full, NOW).await.managed, 11);
}

/// Fear: a number leads to a list of another length.
async fn every_figure_is_the_length_of_its_list(base: Base) {
    let scope = portfolio(&base).await;
    for now in [NOW.plus(HOUR), LATER] {
        let seen = overview(&base, &scope, now).await;
        let length = async |search: &Search| {
            let counted = base.store.count(&scope, search, now).await.unwrap();
            let listed = base.store.list(&scope, search, now).await.unwrap();
            assert_eq!(listed.total.exact(), Some(counted));
            assert_eq!(u64::try_from(listed.rows.len()).unwrap(), counted);
            counted
        };
        assert_eq!(seen.managed, length(&Search::default()).await);
        assert_eq!(seen.attention.len(), Concern::ALL.len());
        for (concern, clients) in &seen.attention {
            assert_eq!(*clients, length(&concern.search()).await, "{concern:?}");
            let expected = *concern != Concern::Stale || now == LATER;
            assert_eq!(*clients > 0, expected, "{concern:?}");
        }
        for side in &seen.makeup {
            let mut sum = 0;
            for (part, clients) in &side.parts {
                assert_eq!(*clients, length(&part.search()).await, "{part:?}");
                sum += clients;
            }
            if !side.side.overlaps() {
                assert_eq!(sum, seen.managed, "{:?}", side.side);
            }
        }
        let organisms = &seen.makeup[3];
        assert_eq!(organisms.side, Side::Organism);
        assert_eq!(organisms.parts[0], (Part::Organism("117".into()), 10));
        assert_eq!(seen.makeup[4].parts.len(), 3, "Claire, Paul, nobody");
    }
}

/// Fear: what came and went is counted for another month, twice or never, or the total does not follow from it.
async fn months_of_coming_and_going(base: Base) {
    let scope = base.with_accounts().await;
    let this = Month::of(NOW);
    let last = this.before();
    // The last second of last month, and the first of this one.
    let end = this.start().plus(-1);
    let employer = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    base.client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
        .await;
    let gone = base
        .client(&scope, MANAGER, &manager("253072A07300443"), &[], NOW)
        .await;
    base.store
        .terminate(&fresh(&scope), gone, NOW)
        .await
        .unwrap();
    let (employer, gone) = (base.literal(employer.0), base.literal(gone.0));
    base.plant(&format!(
        "UPDATE enrolment SET created_at = {} WHERE id = {employer}; UPDATE enrolment SET created_at = {} WHERE id = {gone}; \
         UPDATE enrolment SET ended_at = {} WHERE id = {gone}",
        end.0,
        last.start().0 - 1,
        end.0,
    ))
    .await;
    let seen = overview(&base, &scope, NOW).await.movement;
    assert_eq!(seen.len(), MONTHS);
    let told: Vec<_> = seen[MONTHS - 4..]
        .iter()
        .map(|moves| (moves.added, moves.ended, moves.managed))
        .collect();
    assert_eq!(told, [(0, 0, 0), (1, 0, 1), (1, 1, 1), (1, 0, 2)]);
    assert_eq!(seen[MONTHS - 1].month, this);
    // A year on, all of it is past.
    let seen = overview(&base, &scope, NOW.plus(400 * DAY)).await.movement;
    assert!(
        seen.iter()
            .all(|moves| (moves.added, moves.ended, moves.managed) == (0, 0, 2))
    );
}

/// Fear: enrolments in the making of a colleague, of a day ago or long done are shown as mine to do.
async fn only_my_drafts(base: Base) {
    let scope = base.with_accounts().await;
    let paul = base.colleague(scope.firm, "cabinet", "Paul").await;
    let typed = base.draft(&scope, EMPLOYER, NOW).await;
    let (proven, _) = base
        .proven(&scope, MANAGER, &manager("253072A07300443"))
        .await;
    base.client(&scope, EMPLOYER, &good_self_employed(), &[], NOW)
        .await;
    let seen = overview(&base, &scope, NOW.plus(60)).await;
    let mut drafts: Vec<_> = seen
        .drafts
        .iter()
        .map(|draft| (draft.id, draft.proven.as_deref()))
        .collect();
    drafts.sort_by_key(|(_, proven)| proven.is_some());
    assert_eq!(drafts, [(typed, None), (proven, Some("Gérard Manet"))]);
    assert!(!seen.is_quiet());
    assert_eq!(seen.in_the_making, 2);
    assert!(overview(&base, &paul, NOW.plus(60)).await.drafts.is_empty());
    assert!(
        overview(&base, &scope, NOW.plus(DAY))
            .await
            .drafts
            .is_empty()
    );
}

/// Fear: the number of enrolments in the making stops where the list of them does.
async fn all_drafts_are_counted(base: Base) {
    let scope = base.with_accounts().await;
    for _ in 0..=MOST_DRAFTS {
        base.draft(&scope, EMPLOYER, NOW).await;
    }
    let seen = overview(&base, &scope, NOW.plus(60)).await;
    assert_eq!(seen.drafts.len() as u64, MOST_DRAFTS);
    assert_eq!(seen.in_the_making, MOST_DRAFTS + 1);
}
