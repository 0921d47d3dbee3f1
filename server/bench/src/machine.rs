//! The machine that a run is made on, as a line above the table.

use server::clock;
use std::{fs, thread};

/// The day, the processor, its cores, the memory, and how busy it was before the run.
pub fn told() -> String {
    let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let after = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split_once(':'));
        value.map_or_else(
            || "unknown".to_owned(),
            |(_, value)| value.trim().to_owned(),
        )
    };
    let processor = after(&read("/proc/cpuinfo"), "model name");
    let memory = after(&read("/proc/meminfo"), "MemTotal");
    let memory: u64 = memory
        .trim_end_matches(" kB")
        .parse()
        .map_or(0, |kilobytes: u64| kilobytes.div_ceil(1024 * 1024));
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}: {processor}, {cores} cores, {memory} GB; load average {load} before the run",
        clock::now().iso_date()
    )
}
