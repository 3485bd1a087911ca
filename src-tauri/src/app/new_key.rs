//! New keys for the open records: written once more under another key, closed, opened anew, and the new kit shown.

use practice::error::{Fault, Refusal};
use practice::security;
use practice::vault::{Passphrase, PasswordStore, RecoveryCode, Rotated, Rotation};
use tauri::ipc::Channel;

use super::{App, lock, new_id, tick};
use crate::backups::{Far, Went};
use crate::door::{Kit, NewKey};
use crate::failure::{Answer, Failure};
use crate::keyring;

impl App {
    /// Puts another key in the place of the one that may have been seen, and with it another kit; then makes a backup, for those before
    /// open with the code before. The passphrase, `now`, stays. Until the last step all goes on as it was, and it can be stopped.
    ///
    /// The kit is in force from then on. If its code is not read back, the next look how the records stand asks for another.
    pub fn replace_key(&self, now: Option<Passphrase>, progress: &Channel<Far>, backup: &Channel<Far>) -> Answer<NewKey> {
        self.lock_if_due();
        let code = RecoveryCode::generate().map_err(Refusal::from)?;
        let rotated = self.rotate(&code, now.as_ref(), progress)?;
        let kit = self.come_back_under(code, now.as_ref(), &rotated);
        (self.tell.changed)();
        let kit = kit?;
        let backed_up = self.back_up(backup).is_ok_and(|went| went.iter().any(|one| one.went == Went::Made));
        Ok(NewKey { kit, backed_up })
    }

    /// No backup, test or restore goes on meanwhile, and nothing is written: an import is over before, or is refused.
    fn rotate(&self, code: &RecoveryCode, passphrase: Option<&Passphrase>, progress: &Channel<Far>) -> Answer<Rotated> {
        let _run = self.backups.begin();
        let open = self.opened()?;
        if open.sample {
            return Err(Refusal::Sample.into());
        }
        self.prove(&open.held, passphrase)?;
        let mut said = self.backups.progress(|| tick().steady, |far| drop(progress.send(far)));
        let mut keyring = PasswordStore { load: &mut keyring::load, store: &mut keyring::create };
        let wanted = Rotation { code, passphrase, moment: open.moment() };
        Ok(open.held.rotate(&open.records, &wanted, &mut new_id, &mut keyring, &mut said)?)
    }

    /// Closes the records and opens those that take their place.
    fn come_back_under(&self, code: RecoveryCode, passphrase: Option<&Passphrase>, rotated: &Rotated) -> Answer<Kit> {
        let _one_at_a_time = lock(&self.door);
        if self.watch.is_locked() {
            return Err(Refusal::Locked.into());
        }
        let discreet = self.discreet();
        self.change_over(passphrase, || Ok(()))?;
        self.discreet.store(discreet, std::sync::atomic::Ordering::SeqCst);
        let in_force = self.read(|r| Ok(security::kit(r)?.map(|kit| kit.slot)))?;
        if in_force != Some(rotated.kit) {
            return Err(Failure::from(practice::error::Error::from(Fault::Program("the records name another kit than the new one"))));
        }
        self.show(code, true)
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
