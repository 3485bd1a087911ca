//! Names of backup files: `anteroom-20260115-111200-1284.anteroom`, in UTC, with the number of the last commit in it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::time::Instant;

const BEFORE: &str = "anteroom-";
const AFTER: &str = ".anteroom";
/// Before the names of files that are not yet, or not any more, a backup.
const UNFINISHED: &str = "unfinished-";

/// The name of a backup made at `at`.
pub(super) fn of(at: Instant, sequence: i64) -> String {
    let at = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
    format!("{BEFORE}{}-{sequence}{AFTER}", at.format("%Y%m%d-%H%M%S"))
}

/// The sequence in a name that we write; `None` for every other name.
pub(super) fn sequence(name: &str) -> Option<i64> {
    let mut parts = name.strip_prefix(BEFORE)?.strip_suffix(AFTER)?.split('-');
    let (day, time, sequence) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, number: usize| text.len() == number && text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = parts.next().is_none() && digits(day, 8) && digits(time, 6) && digits(sequence, sequence.len()) && sequence.len() <= 18;
    if sound { sequence.parse().ok() } else { None }
}

/// The name, while it is being made, of a file of this vault.
pub(super) fn unfinished(vault: Uuid, kind: &str) -> String {
    format!("{UNFINISHED}{}-{kind}", vault.simple())
}

/// Whether a name is one that was being made of this vault.
pub(super) fn is_unfinished(vault: Uuid, name: &str) -> bool {
    name.starts_with(&unfinished(vault, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_in_utc_and_how_far() {
        let at = Instant(1_768_475_520_000);
        assert_eq!(of(at, 1284), "anteroom-20260115-111200-1284.anteroom");
        assert_eq!(sequence(&of(at, 1284)), Some(1284));
    }

    #[test]
    fn other_names_are_not_ours() {
        let others = [
            "anteroom-20260115-111200-.anteroom",
            "anteroom-20260115-111200-1284.anteroom.bak",
            "anteroom-20260115-111200-12 84.anteroom",
            "anteroom-20260115-1112-1284.anteroom",
            "anteroom-20260115-111200-1-2.anteroom",
            "anteroom-20260115-111200--2.anteroom",
            "anteroom-20260115-111200-9999999999999999999.anteroom",
            "unfinished-anteroom-20260115-111200-1284.anteroom",
            "notes.anteroom",
            "",
        ];
        for other in others {
            assert_eq!(sequence(other), None, "{other}");
        }
    }
}
