//! How the records are locked, and which recovery kit is in force.

mod store;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Act, Event};
use crate::error::{Field, Refusal, Result};
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::vault::NewKit;

/// Minutes without a key press or a click after which the records lock: from 1 to 15.
const QUIET: std::ops::RangeInclusive<u32> = 1..=15;

/// How the records are locked and what is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Security {
    /// Minutes without a key press or a click, 1 to 15.
    pub lock_after_minutes: u32,
    /// Discreet mode is on when the records open.
    pub begin_discreet: bool,
    /// It is turned on while a second screen is attached.
    pub discreet_on_second_screen: bool,
    /// The window is kept out of screen capture, where the system can.
    pub hide_from_capture: bool,
}

impl Default for Security {
    fn default() -> Self {
        Self { lock_after_minutes: 5, begin_discreet: false, discreet_on_second_screen: true, hide_from_capture: true }
    }
}

/// The recovery kit in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kit {
    /// The slot of `vault.json` that its code opens.
    pub slot: Uuid,
    /// When it came into force.
    pub made_at: Instant,
    /// To whom backups are encrypted: an `age` recipient.
    pub recipient: String,
    /// The `age` identity that opens them, encrypted by `age` with the code as its passphrase.
    pub identity: String,
}

/// When the ways in last changed, for the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct WaysIn {
    /// The therapist's date.
    pub passphrase_changed_on: Option<NaiveDate>,
    /// The therapist's date.
    pub kit_made_on: Option<NaiveDate>,
}

/// How the records are locked.
pub fn security(r: &Reader) -> Result<Security> {
    store::security(r)
}

/// Changes how the records are locked.
///
/// # Errors
/// `OutOfRange` for minutes.
pub fn set_security(w: &mut Writer, security: &Security) -> Result<()> {
    if !QUIET.contains(&security.lock_after_minutes) {
        return Err(Refusal::OutOfRange { field: Field::LockAfter }.into());
    }
    store::set_security(w, security)?;
    let detail = json!({
        "lock_after_minutes": security.lock_after_minutes,
        "begin_discreet": security.begin_discreet,
        "discreet_on_second_screen": security.discreet_on_second_screen,
        "hide_from_capture": security.hide_from_capture,
    });
    audit::record(w, &Event::new(Act::SecurityChanged, "records", None, None).with(detail))
}

/// The kit in force, once there is one.
pub fn kit(r: &Reader) -> Result<Option<Kit>> {
    store::kit(r)
}

/// Brings a kit into force; the one before it no longer is.
pub fn set_kit(w: &mut Writer, kit: &NewKit) -> Result<()> {
    store::set_kit(w, kit)?;
    audit::record(w, &Event::new(Act::KitMade, "kit", Some(kit.slot), None))
}

/// Brings the kit of a new key into force: with that key there is no other. Nobody has its code yet.
pub(crate) fn set_kit_unread(w: &mut Writer, kit: &NewKit) -> Result<()> {
    store::set_kit(w, kit)
}

/// Enters that somebody has the code of the kit in force, where that was not known: two of its groups were read back, or it has just
/// opened a backup.
pub fn kit_read_back(w: &mut Writer) -> Result<()> {
    match store::kit(w)? {
        Some(kit) if kit_is_unread(w)? => audit::record(w, &Event::new(Act::KitMade, "kit", Some(kit.slot), None)),
        _ => Ok(()),
    }
}

/// Whether the kit in force is one that nobody has written down, because whatever made the new key was cut short after it.
pub fn kit_is_unread(r: &Reader) -> Result<bool> {
    match store::kit(r)? {
        Some(kit) => Ok(!audit::happened_to(r, Act::KitMade, kit.slot)?),
        None => Ok(false),
    }
}

/// Enters that the passphrase was set, changed, or (`asked` false) left off.
pub fn passphrase_changed(w: &mut Writer, asked: bool) -> Result<()> {
    store::set_passphrase_changed(w)?;
    audit::record(w, &Event::new(Act::PassphraseChanged, "records", None, None).with(json!({ "asked": asked })))
}

/// When the ways in last changed.
pub fn ways_in(r: &Reader) -> Result<WaysIn> {
    let on = |at: Option<Instant>| at.map(|at| at.in_zone(r.moment.zone).date());
    Ok(WaysIn { passphrase_changed_on: on(store::passphrase_changed_at(r)?), kit_made_on: on(store::kit(r)?.map(|kit| kit.made_at)) })
}

/// When the key was last replaced, as the therapist's date; none while it is that of the first day.
///
/// # Errors
/// Faults only: it is looked for in the whole trail.
pub fn key_replaced_on(r: &Reader) -> Result<Option<NaiveDate>> {
    Ok(audit::last(r, Act::KeyReplaced)?.map(|at| at.in_zone(r.moment.zone).date()))
}

#[cfg(test)]
mod tests;
