//! Restoring: into a folder beside the records, then the change-over; and the test restore, which changes nothing.

use std::fs;

use practice::error::Refusal;
use practice::time::Moment;
use practice::vault::backup::{self, NotUsed, Tested, Wanted};
use practice::vault::{Passphrase, Written};
use practice::words::Veil;
use tauri::ipc::Channel;

use super::recovery::read;
use super::{App, lock, new_id, now, system_zone, tick};
use crate::backups::{Far, Pick, RestoredHere};
use crate::failure::{Answer, Failure};
use crate::keyring;

/// Where a test restore takes place: on the disk of the records, and gone afterwards.
const SCRATCH: &str = "test-restore";

impl App {
    /// Refuses a slip of the pen.
    pub fn check_code(&self, written: &Written) -> Answer<()> {
        read(written).map(drop)
    }

    /// Opens a backup with the recovery code, checks and counts all of it, and takes it away again.
    pub fn test_restore(&self, pick: &Pick, written: &Written, progress: &Channel<Far>) -> Answer<Tested> {
        self.lock_if_due();
        let code = read(written)?;
        let run = self.backups.begin();
        let open = self.opened()?;
        let file = self.picked(pick)?;
        let scratch = self.folder.join(SCRATCH);
        if scratch.exists() {
            // What a test left that was killed.
            fs::remove_dir_all(&scratch).map_err(|error| not_used(error.into()))?;
        }
        let mut said = self.backups.progress(|| tick().steady, |far| drop(progress.send(far)));
        let tested = backup::test_restore(&file, &code, &scratch, &mut said).map_err(not_used)?;
        open.records.write(open.moment(), Veil::Open, &mut new_id, |w| backup::tested(w, &tested))?;
        drop(run);
        (self.tell.changed)();
        Ok(tested)
    }

    /// Restores a backup in the place of the records, which are kept beside them. Until the last step they stay in use as they are.
    pub fn restore(
        &self,
        pick: &Pick,
        written: &Written,
        passphrase: Option<Passphrase>,
        other_records: bool,
        progress: &Channel<Far>,
    ) -> Answer<RestoredHere> {
        self.lock_if_due();
        let code = read(written)?;
        let passphrase = self.chosen(passphrase, &[])?;
        let file = self.picked(pick)?;
        // One request: whoever stops it in its first part has stopped it.
        let request = self.backups.ask();
        self.back_up_for(request, Some(&file), |_| ());
        let run = self.backups.begin_for(request);
        let zone = self.opened().map_or_else(|_| system_zone(), |open| open.moment().zone);
        let moment = || Moment { at: now().into(), zone };
        let wanted =
            Wanted { file: &file, code: &code, vault: &self.folder, other_records, moment: moment(), passphrase: passphrase.as_ref() };
        let mut said = self.backups.progress(|| tick().steady, |far| drop(progress.send(far)));
        let restored = backup::restore(&wanted, keyring::create, &mut said).map_err(not_used)?;
        drop(run);

        let _one_at_a_time = lock(&self.door);
        if self.backups.is_stopped(request) {
            return Err(not_used(NotUsed::Stopped));
        }
        let kept = self.change_over(passphrase.as_ref(), || {
            let kept = backup::swap(&self.folder, moment()).map_err(not_used)?;
            self.sample.store(false, std::sync::atomic::Ordering::SeqCst);
            Ok(kept)
        });
        (self.tell.changed)();
        Ok(RestoredHere { restored, kept: kept? })
    }
}

fn not_used(why: NotUsed) -> Failure {
    Refusal::BackupNotUsed { why }.into()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
pub(super) mod tests;
