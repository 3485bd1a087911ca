//! The way in with the recovery kit: whether its code is right, and opening the records with it.

use practice::error::Refusal;
use practice::security;
use practice::vault::{self, Barred, Passphrase, Recovered, RecoveryCode, Written};

use super::{App, READERS, lock, now, tick};
use crate::door::Standing;
use crate::failure::Answer;
use crate::keyring;

impl App {
    /// Whether a recovery code opens the records; else what stands in the way of looking. Changes nothing.
    ///
    /// Refuses a slip of the pen, and a code of other records: that makes wait like a wrong passphrase.
    pub fn try_code(&self, written: &Written) -> Answer<Option<Standing>> {
        let _one_at_a_time = lock(&self.door);
        let code = read(written)?;
        Ok(self.with_code(&code)?.err().map(|barred| self.barred(barred, false)))
    }

    /// Opens the records with their recovery code and makes a new usual way in.
    ///
    /// Refuses what [`try_code`](Self::try_code) does, and a passphrase that is too weak.
    pub fn recover(&self, written: &Written, passphrase: Option<Passphrase>) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        let code = read(written)?;
        let passphrase = self.chosen(passphrase, &[])?;
        let opened = self
            .with_code(&code)?
            .and_then(|recovered| recovered.renew(passphrase.as_ref(), keyring::create))
            .and_then(|ready| ready.open(READERS));
        match opened {
            Ok(opened) => {
                let asks = passphrase.is_some();
                let standing = self.enter(Ok(opened), false)?;
                self.write(|w| security::passphrase_changed(w, asks))?;
                Ok(standing)
            }
            Err(barred) => Ok(self.barred(barred, false)),
        }
    }

    fn with_code(&self, code: &RecoveryCode) -> Answer<Result<Recovered, Barred>> {
        if !self.watch.may_try(tick()) {
            return Err(Refusal::Wait { seconds: self.watch.wait(tick()) }.into());
        }
        match vault::recover(&self.folder, code) {
            Ok(Some(recovered)) => Ok(Ok(recovered)),
            Ok(None) => {
                lock(&self.failed).push(now().into());
                self.watch.wrong(tick());
                Err(Refusal::WrongCode.into())
            }
            Err(barred) => Ok(Err(barred)),
        }
    }
}

pub(super) fn read(written: &Written) -> Answer<RecoveryCode> {
    RecoveryCode::read(written).map_err(|slip| Refusal::Slip { slip }.into())
}
