//! For `make measure`: a change of 100,000 clients and their export.

use super::*;

#[test]
#[ignore = "a measurement: make measure"]
fn measured_bulk() {
    crate::base::on_sqlite(measure);
}

async fn measure(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let clients = u32::try_from(wanted("CLIENTS", 100_000)).unwrap();
    fill(&base, &scope, clients).await;
    let clock = || tokio::time::Instant::now();
    let begun = clock();
    all(&base, &scope).await;
    println!(
        "bulk: {clients} clients selected in {:.1?}",
        begun.elapsed()
    );
    let begun = clock();
    let id = prepare(&base, &scope, &Change::Add(services(&["DSN_SUIVI"]))).await;
    println!("bulk: foreseen in {:.1?}", begun.elapsed());
    let before = memory();
    let begun = clock();
    let done = confirm(&base, &scope, id).await;
    assert_eq!(done.tally.changed, u64::from(clients));
    println!(
        "bulk: changed in {:.1?}, memory {} MB before and {} MB after",
        begun.elapsed(),
        before,
        memory()
    );
    let begun = clock();
    let rows = export_count(&base, &scope).await;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "bulk: {rows} clients read for an export in {seconds:.1} s, memory {} MB",
        memory()
    );
    is_sound(&base).await;
}

async fn export_count(base: &Base, scope: &Editor) -> usize {
    let session = session(scope.firm, scope.member, Role::Reader);
    let fresh = session.fresh(Scope::clone(scope), NOW).unwrap();
    let what = Exported::Found(Box::default());
    let mut pages = base
        .store
        .export_clients(&fresh, &what, Format::Csv, NOW)
        .await
        .unwrap();
    let mut count = 0;
    loop {
        match pages.next().await.unwrap().len() {
            0 => return count,
            some => count += some,
        }
    }
}

/// Megabytes that the process holds at most so far.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    kilobytes.unwrap_or(0u64) / 1024
}
