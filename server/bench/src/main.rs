//! `make bench`: how fast the portal is beside what it stands on, as one table. Every figure stands beside its floor, measured in the
//! same run on the same machine, by turns; the absolute times are the machine's.

mod fill;
mod heard;
mod keys;
mod load;
mod machine;
mod memory;
mod pages;
mod place;
mod portal;
mod queries;
mod table;
mod work;

use clap::Parser;
use fill::Filled;
use place::Engine;
use portal::Portal;
use server::clock::Stopwatch;
use std::{path::PathBuf, process::ExitCode};
use table::{Table, Work, ms, thousands};

/// Measures the portal.
#[derive(Parser)]
struct Asked {
    /// Clients of the firm, for each database.
    #[arg(
        long,
        env = "BENCH_SIZES",
        value_delimiter = ',',
        default_value = "10000,100000,300000,1000000"
    )]
    sizes: Vec<u64>,
    /// The engines.
    #[arg(
        long,
        env = "BENCH_ENGINES",
        value_delimiter = ',',
        default_value = "sqlite,postgres"
    )]
    engines: Vec<String>,
    /// Where the SQLite databases are made; one that is there is taken as it is.
    #[arg(long, env = "BENCH_FOLDER", default_value = "target/bench")]
    folder: PathBuf,
    /// A PostgreSQL whose databases may be made and filled: end2end/postgres tells one.
    #[arg(long, env = "TEST_POSTGRES_URL")]
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(Asked::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(mut asked: Asked) -> Result<(), String> {
    asked.sizes.sort_unstable();
    let watch = Stopwatch::start();
    let machine = machine::told();
    let mut table = Table::default();
    for name in &asked.engines {
        let engine = match name.as_str() {
            "sqlite" => Engine::Sqlite(asked.folder.clone()),
            "postgres" => {
                let there = asked.postgres.clone();
                Engine::Postgres(there.ok_or("no PostgreSQL is named: see end2end/postgres")?)
            }
            other => return Err(format!("{other} is no engine: sqlite, postgres")),
        };
        for clients in &asked.sizes {
            one(&engine, *clients, &mut table).await?;
            eprintln!("  {:.0?} so far", watch.elapsed());
        }
    }
    let minutes = watch.elapsed().as_secs() / 60;
    println!("{machine}; {minutes} minutes.\n");
    println!("{}", table.written(&asked.sizes));
    Ok(())
}

async fn one(engine: &Engine, clients: u64, table: &mut Table) -> Result<(), String> {
    let name = engine.name();
    eprintln!("{name}, {} clients", thousands(clients));
    let url = engine.database(clients).await?;
    let filled = Filled::open(&url, clients).await?;
    let searches = queries::measure(&filled).await?;
    for measured in &searches {
        let (ours, bare) = measured.spreads();
        eprintln!(
            "  {:?}, {:28} {:>6} / {:>6} ms, SQL {:>6} / {:>6} ms{}",
            measured.group,
            measured.what,
            ms(ours.median),
            ms(ours.p99),
            ms(bare.median),
            ms(bare.p99),
            if table::met(ours, bare) {
                ""
            } else {
                "  missed"
            },
        );
    }
    table.searches(name, clients, &searches);
    let portal = Portal::start(&url).await?;
    let page = pages::measure(&filled, &portal).await?;
    eprintln!("  the page: {page:?}");
    table.page(name, clients, &page);
    if clients == keys::CLIENTS {
        let typed = keys::measure(&portal)?;
        eprintln!("  keys: {typed:?}");
        table.keys(name, clients, &typed);
    }
    let export = work::export(&filled, &portal).await?;
    eprintln!("  export: {export:?}");
    portal.stop();
    filled.close().await?;
    let work = many(engine, clients, export).await?;
    table.work(name, clients, &work);
    Ok(())
}

/// Works on copies.
async fn many(engine: &Engine, clients: u64, export: work::Measured) -> Result<Work, String> {
    let mut open = Vec::new();
    for copy in COPIES {
        let url = engine.copy(clients, copy).await?;
        open.push(Filled::open(&url, clients).await?);
    }
    let [filled, floor] = open.as_slice() else {
        return Err("two copies were made".to_owned());
    };
    let import = work::import(filled, floor).await?;
    eprintln!("  import: {import:?}");
    let change = work::change(filled, floor).await?;
    eprintln!("  change: {change:?}");
    for filled in open {
        filled.close().await?;
    }
    for copy in COPIES {
        engine.forget(clients, copy).await?;
    }
    Ok(Work {
        import,
        export,
        change,
    })
}

/// The copy that is worked on, and the floor's.
const COPIES: [&str; 2] = ["work", "floor"];
