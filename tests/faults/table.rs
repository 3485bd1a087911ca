//! The table of promises: each test that keeps one tells how often it was tried, in a row.
//!
//! `cargo xtask faults` names the file in `ANTEROOM_FAULTS_ROWS` and makes the table of it.

use std::fs::OpenOptions;
use std::io::Write;

const ROWS: &str = "ANTEROOM_FAULTS_ROWS";

/// Whether as many are asked for as the promises name.
pub fn is_long() -> bool {
    std::env::var_os("ANTEROOM_FAULTS_LONG").is_some()
}

/// Tells how a promise was kept: so often it was tried, so often what was promised held, so often it did not; and whether the control,
/// from which the protection was taken away, failed as it must. Fails where something was lost, or a control stood.
#[track_caller]
#[allow(clippy::print_stderr, reason = "figures are asked for")]
pub fn row(promise: &str, tried: u64, survived: u64, lost: u64, control_failed: bool) {
    let row = serde_json::json!({
        "promise": promise, "tried": tried, "survived": survived, "lost": lost, "control_failed": control_failed,
    });
    if let Some(rows) = std::env::var_os(ROWS) {
        // One write a line: tests that end at once do not mix theirs.
        OpenOptions::new().create(true).append(true).open(rows).unwrap().write_all(format!("{row}\n").as_bytes()).unwrap();
    }
    eprintln!("{row}");
    assert!(tried > 0 && lost == 0 && survived == tried, "{promise}: {survived} of {tried}, {lost} lost");
    assert!(control_failed, "{promise}: the control was to fail, and did not");
}
