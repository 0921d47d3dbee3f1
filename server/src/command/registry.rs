//! The account registry on the command line: files in and out, progress and a closing summary.

use super::Failure;
use crate::{
    clock::{self, Stopwatch},
    generate,
};
use std::{
    fs::File,
    io::{self, IsTerminal as _, Read, Write},
    path::Path,
    time::Duration,
};
use store::{Imported, Store};

/// The file name that stands for standard input or output.
const STANDARD: &str = "-";
/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Imports a registry file and tells how it went.
pub(super) async fn import(store: &Store, path: &Path) -> Result<(), Failure> {
    let file = open(path).map_err(|error| Failure::File {
        verb: "read",
        path: path.to_owned(),
        error,
    })?;
    let watch = Stopwatch::start();
    let mut progress = Progress::new(watch);
    let imported = store
        .import_registry(file, clock::now(), |rows| progress.tell(rows))
        .await;
    progress.clear();
    println!("{}", summary(&imported?, watch.elapsed()));
    if let Some(memory) = peak_memory() {
        println!("peak memory {memory} MB");
    }
    Ok(())
}

fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    if path.as_os_str() == STANDARD {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path)?;
    // A folder opens, and only fails once it is read.
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(file))
}

fn summary(imported: &Imported, took: Duration) -> String {
    let Imported {
        rows,
        added,
        changed,
        unchanged,
        absent,
        holders,
    } = imported;
    format!(
        "{rows} rows in {:.1} s ({} rows/s): {added} added, {changed} changed, {unchanged} unchanged; \
         {absent} known accounts are absent from the file and kept; {holders} holders in all",
        took.as_secs_f64(),
        rate(*rows, took)
    )
}

/// The most memory that this process has held at once, in MB, where the system tells (Linux: `VmHWM`, in kB).
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1000)
}

/// Rows a second; a file read in no time at all counts as one that took a millisecond.
fn rate(rows: u64, took: Duration) -> u128 {
    u128::from(rows) * 1000 / took.as_millis().max(1)
}

/// Tells on standard error how many rows have been read: one line that changes for people, a line a second for logs.
struct Progress {
    watch: Stopwatch,
    told: Duration,
    terminal: bool,
}

impl Progress {
    fn new(watch: Stopwatch) -> Self {
        Self {
            watch,
            told: Duration::ZERO,
            terminal: io::stderr().is_terminal(),
        }
    }

    fn tell(&mut self, rows: u64) {
        let now = self.watch.elapsed();
        if now < self.told + TELL_EVERY {
            return;
        }
        self.told = now;
        let rate = rate(rows, now);
        if self.terminal {
            eprint!("\r\x1b[K{rows} rows, {rate} rows/s");
        } else {
            eprintln!("{rows} rows, {rate} rows/s");
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }
}

/// Writes a made-up registry.
pub(super) fn generate(accounts: u64, seed: u64, path: &Path) -> Result<(), Failure> {
    let mut registry = generate::File::new(accounts, seed);
    let written = if path.as_os_str() == STANDARD {
        let mut out = io::stdout().lock();
        io::copy(&mut registry, &mut out).and_then(|_| out.flush())
    } else {
        File::create(path).and_then(|mut file| io::copy(&mut registry, &mut file).map(drop))
    };
    match written {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::File {
            verb: "write",
            path: path.to_owned(),
            error,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the summary divides by nought, or leaves a number out.
    #[test]
    fn the_summary_tells_all() {
        let imported = Imported {
            rows: 6,
            added: 1,
            changed: 2,
            unchanged: 3,
            absent: 4,
            holders: 5,
        };
        assert_eq!(
            summary(&imported, Duration::from_secs(2)),
            "6 rows in 2.0 s (3 rows/s): 1 added, 2 changed, 3 unchanged; 4 known accounts are absent from the file and kept; \
             5 holders in all"
        );
        assert_eq!(rate(0, Duration::ZERO), 0);
    }
}
