//! How the records are: the file, the key, and whether the record is as it was written.

use practice::audit::{self, Checked, Followed, Verified};
use practice::error::Refusal;
use practice::security;
use practice::store;
use practice::vault;
use practice::vault::backup::{self, Step};
use practice::words::Veil;
use tauri::ipc::Channel;

use super::{App, Open, lock, new_id, tick};
use crate::backups::{Far, Health, PasswordStore};
use crate::failure::Answer;

/// Every reading of a page that a writer is just replacing looks like damage, but not thrice.
const LOOKS: usize = 3;
const CHECKS: u64 = 4;

impl App {
    /// How the records are.
    pub fn health(&self) -> Answer<Health> {
        self.lock_if_due();
        let open = self.opened()?;
        let look = |r: &store::Reader| Ok((security::ways_in(r)?, audit::last_checked(r)?, audit::last_followed(r)?));
        let (ways, checked, followed) = open.records.read(open.moment(), Veil::Open, look)?;
        let folder = if open.sample { self.sample_folder() } else { self.folder.clone() };
        Ok(Health {
            bytes: vault::length(&folder).map_err(|error| Refusal::from(vault::Barred::from(error)))?,
            free: backup::free(&folder).ok(),
            folder: folder.display().to_string(),
            checked,
            followed,
            store: PasswordStore::here(),
            adrift: open.records.is_adrift(),
            asks_passphrase: open.held.asks_passphrase().map_err(Refusal::from)?,
            ways,
            version: self.version.clone(),
        })
    }

    /// Looks at every page of the records and every reference; where they are sound, at the whole record and every note. Enters what it showed.
    pub fn check_records(&self, progress: &Channel<Far>) -> Answer<Checked> {
        self.lock_if_due();
        let _run = self.backups.begin();
        let open = self.opened()?;
        let mut said = self.backups.progress(|| tick().steady, |far| drop(progress.send(far)));
        let mut sound = false;
        for _ in 0..LOOKS {
            sound =
                sound || open.records.read(open.moment(), Veil::Open, |r| store::is_sound(r, |done| said(Step::Check, done, CHECKS)))?;
        }
        // What is damaged is not followed: it would break off at the damaged page.
        let verified = if sound { Some(self.follow(&open, |_, _| said(Step::Check, CHECKS - 1, CHECKS))?) } else { None };
        self.enter_check(&open, Some(sound), verified.as_ref())?;
        Ok(Checked { at: open.moment().at, sound })
    }

    /// Follows the record from its first entry, and every note's versions, and enters what it showed.
    pub fn verify_record(&self, progress: &Channel<Far>) -> Answer<Followed> {
        self.lock_if_due();
        let _run = self.backups.begin();
        let open = self.opened()?;
        let mut said = self.backups.progress(|| tick().steady, |far| drop(progress.send(far)));
        let verified = self.follow(&open, |done, of| said(Step::Check, done, of))?;
        self.enter_check(&open, None, Some(&verified))?;
        Ok(Followed::new(open.moment().at, verified))
    }

    fn follow(&self, open: &Open, mut go_on: impl FnMut(u64, u64) -> bool) -> Answer<Verified> {
        Ok(open.records.read(open.moment(), Veil::Open, |r| audit::verify(r, &mut go_on))?)
    }

    /// Only whoever asked is told: nothing else that is shown changes. Records that are open for reading only are not written.
    fn enter_check(&self, open: &Open, sound: Option<bool>, verified: Option<&Verified>) -> Answer<()> {
        if lock(&open.behind).is_some() {
            return Ok(());
        }
        Ok(open.records.write(open.moment(), Veil::Open, &mut new_id, |w| audit::check_made(w, sound, verified))?)
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
