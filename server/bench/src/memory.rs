//! The memory of a process, as Linux counts it.

use std::fs;

/// This process.
pub const SELF: &str = "self";

/// Forgets the most memory that a process ever held, so that [`peak`] tells of what comes now.
pub fn forget(process: &str) {
    // Without the right to do so the peak is one of the whole run, which only makes it larger.
    let _ = fs::write(format!("/proc/{process}/clear_refs"), "5");
}

/// The most memory that a process held since [`forget`], in megabytes.
pub fn peak(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak: Option<u64> = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    peak.unwrap_or_default() / 1024
}
