//! What looking at all of the records showed last: kept in the trail itself, so that it is still known when they are opened again.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Act, Event, Verified, record, store};
use crate::error::Result;
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// Whether every page of the records file was as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Checked {
    /// When it was looked at.
    pub at: Instant,
    /// No page was altered, and all holds together.
    pub sound: bool,
}

/// The record followed from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Followed {
    /// When.
    pub at: Instant,
    /// What it showed.
    pub verified: Verified,
    /// Whether all is as it was written.
    pub whole: bool,
}

impl Followed {
    /// What following it showed then.
    #[must_use]
    pub fn new(at: Instant, verified: Verified) -> Self {
        Self { at, verified, whole: verified.is_whole() }
    }
}

/// What an entry of a check says.
#[derive(Deserialize)]
pub(super) struct Said {
    sound: Option<bool>,
    verified: Option<Verified>,
}

/// Enters what was looked at: `sound` says how the file was found, `verified` what following the record showed. A damaged file may
/// keep it from being followed.
///
/// # Errors
/// Faults, and those of the disk.
pub fn check_made(w: &mut Writer, sound: Option<bool>, verified: Option<&Verified>) -> Result<()> {
    record(w, &Event::new(Act::RecordsChecked, "records", None, None).with(json!({ "sound": sound, "verified": verified })))
}

/// The last time the file was looked at.
///
/// # Errors
/// Faults only.
pub fn last_checked(r: &Reader) -> Result<Option<Checked>> {
    Ok(store::last_check(r, true)?.and_then(|(at, said)| said.sound.map(|sound| Checked { at, sound })))
}

/// The last time the record was followed; none where damage kept the last check from following it. What came before that check may
/// be what is damaged, and is not looked for.
///
/// # Errors
/// Faults only.
pub fn last_followed(r: &Reader) -> Result<Option<Followed>> {
    Ok(store::last_check(r, false)?.and_then(|(at, said)| said.verified.map(|verified| Followed::new(at, verified))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Desk;

    #[test]
    fn what_a_check_showed_is_known_until_the_next_of_its_kind() {
        let mut desk = Desk::new();
        assert_eq!(desk.read(last_checked).unwrap(), None);
        assert_eq!(desk.read(last_followed).unwrap(), None);
        let whole = desk.read(|r| super::super::verify(r, &mut |_, _| true)).unwrap();
        desk.write(|w| check_made(w, Some(false), Some(&whole))).unwrap();
        let first = desk.moment.at;
        desk.now("2026-01-16 09:00");
        let broken = Verified { broken_at: Some(1), ..whole };
        desk.write(|w| check_made(w, None, Some(&broken))).unwrap();
        assert_eq!(desk.read(last_checked).unwrap(), Some(Checked { at: first, sound: false }));
        assert_eq!(desk.read(last_followed).unwrap(), Some(Followed { at: desk.moment.at, verified: broken, whole: false }));
        desk.now("2026-01-17 09:00");
        desk.write(|w| check_made(w, Some(false), None)).unwrap();
        assert_eq!(desk.read(last_checked).unwrap(), Some(Checked { at: desk.moment.at, sound: false }));
        assert_eq!(desk.read(last_followed).unwrap(), None, "it could not be followed");
    }
}
