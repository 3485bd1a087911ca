//! The ways in, changed while the records are open: passphrase and recovery kit.

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::PoisonError;

use practice::error::{Refusal, Result, Thing};
use practice::security::{self, Security};
use practice::vault::{GROUPS, Held, Passphrase, RecoveryCode, Strength, strength};
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;

use super::{App, lock, tick};
use crate::door::{Kit, SecurityPage};
use crate::failure::{Answer, Failure};
use crate::keyring;

/// The last group of a code.
const LAST: u8 = GROUPS as u8;

/// A code on the screen, and the two groups that are to be typed back.
pub struct Shown {
    code: RecoveryCode,
    ask: [u8; 2],
    /// Its kit is in force already, for with a new key there is no other.
    pub(super) in_force: bool,
}

impl App {
    /// How strong a passphrase is, beside words that a stranger would try first.
    pub fn strength(&self, typed: &Passphrase, known: &[String]) -> Answer<Strength> {
        let words: Vec<&str> = known.iter().flat_map(|text| text.split_whitespace()).collect();
        Ok(strength(typed, &words))
    }

    /// A passphrase that may be chosen, or none.
    pub(super) fn chosen(&self, passphrase: Option<Passphrase>, known: &[&str]) -> Answer<Option<Passphrase>> {
        let words: Vec<&str> = known.iter().flat_map(|text| text.split_whitespace()).collect();
        match passphrase {
            Some(passphrase) if !strength(&passphrase, &words).enough => Err(Refusal::WeakPassphrase.into()),
            passphrase => Ok(passphrase),
        }
    }

    /// Changes the passphrase, sets one, or (`next` is none) leaves it off. Refuses a wrong one now and a weak one then.
    pub fn change_passphrase(&self, now: Option<Passphrase>, next: Option<Passphrase>) -> Answer<()> {
        let known = self.read(|r| Ok(practice::settings::practice(r)?.map(|practice| practice.therapist_name).unwrap_or_default()))?;
        let next = self.chosen(next, &[&known])?;
        self.held(|held| {
            self.prove(held, now.as_ref())?;
            Ok(held.set_lock(next.as_ref(), keyring::create, keyring::forget).map_err(Refusal::from)?)
        })?;
        self.write(|w| security::passphrase_changed(w, next.is_some()))
    }

    /// Refuses a wrong passphrase, where one is asked for, and makes wait as at the door.
    pub(super) fn prove(&self, held: &Held, now: Option<&Passphrase>) -> Result<()> {
        if held.asks_passphrase().map_err(Refusal::from)? {
            self.watch.may_try(tick()).then_some(()).ok_or_else(|| self.wrong_passphrase())?;
            let right = match now {
                Some(now) => held.is_passphrase(now, keyring::load).map_err(Refusal::from)?,
                None => false,
            };
            if !right {
                self.watch.wrong(tick());
                return Err(self.wrong_passphrase().into());
            }
            self.watch.right();
        }
        Ok(())
    }

    fn wrong_passphrase(&self) -> Refusal {
        Refusal::WrongPassphrase { wait_seconds: self.watch.wait(tick()) }
    }

    /// A new recovery code, to be shown and written down. The kit in force stays in force.
    pub fn new_kit(&self) -> Answer<Kit> {
        self.show(RecoveryCode::generate().map_err(Refusal::from)?, false)
    }

    /// Shows a code, and asks for two of its groups.
    pub(super) fn show(&self, code: RecoveryCode, in_force: bool) -> Answer<Kit> {
        let (practice, today) = self.read(|r| Ok((practice::settings::practice(r)?, r.moment.today())))?;
        let vault = self.held(|held| Ok(held.vault()))?;
        let mut random = [0; 2];
        getrandom::fill(&mut random).map_err(|_| Refusal::from(practice::vault::Barred::NoRandomness))?;
        // Two different groups, the earlier first.
        let first = random[0] % (LAST - 1) + 1;
        let ask = [first, first + 1 + random[1] % (LAST - first)];
        let vault = vault.simple().to_string()[..8].to_uppercase();
        let practice = practice.map(|practice| practice.therapist_name).unwrap_or_default();
        let kit = Kit { written: code.written(), vault, made_on: today, practice, ask };
        *lock(&self.kit) = Some(Shown { code, ask, in_force });
        Ok(kit)
    }

    /// The code that was shown is no longer: what of it was not read back opens nothing, or is asked for anew.
    pub fn leave_kit(&self) -> Answer<()> {
        self.is_open()?;
        *lock(&self.kit) = None;
        (self.tell.changed)();
        Ok(())
    }

    /// Brings the kit that is shown into force, once two of its groups were typed back; else the groups that are wrong.
    pub fn keep_kit(&self, typed: &[String; 2]) -> Answer<Vec<u8>> {
        self.is_open()?;
        // Taken out, for locking the records empties this too.
        let Some(shown) = lock(&self.kit).take() else { return Err(Refusal::NotFound { what: Thing::Kit }.into()) };
        let written = shown.code.written();
        let wrong: Vec<u8> =
            shown.ask.into_iter().zip(typed).filter(|(group, typed)| !written.has_group(*group, typed)).map(|(group, _)| group).collect();
        if !wrong.is_empty() {
            *lock(&self.kit) = Some(shown);
            return Ok(wrong);
        }
        let kept = if shown.in_force { self.write(security::kit_read_back) } else { self.bring_into_force(&shown.code) };
        if kept.is_err() {
            *lock(&self.kit) = Some(shown);
        }
        kept.map(|()| wrong)
    }

    fn bring_into_force(&self, code: &RecoveryCode) -> Answer<()> {
        let kit = self.held(|held| Ok(held.add_kit(code).map_err(Refusal::from)?))?;
        self.write(|w| security::set_kit(w, &kit))?;
        // The slot of the kit before it is dropped now, or at the next opening.
        self.held(|held| Ok(held.settle(Some(kit.slot)).map_err(Refusal::from)?))
    }

    /// Has the user choose a file and writes the kit's page into it; `false` when none was chosen. Never beside the records.
    pub fn save_kit<R: Runtime>(&self, window: &AppHandle<R>, text: &str) -> Answer<bool> {
        self.is_open()?;
        let chosen = window.dialog().file().set_file_name("Anteroom recovery kit.txt").add_filter("Text", &["txt"]).blocking_save_file();
        let Some(path) = chosen.and_then(|file| file.into_path().ok()) else { return Ok(false) };
        if path.starts_with(&self.folder) {
            return Err(Refusal::KitBesideRecords.into());
        }
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        written.map(|()| true).map_err(|error| Refusal::from(practice::vault::Barred::from(error)).into())
    }

    /// How the records are locked.
    pub fn security_page(&self) -> Answer<SecurityPage> {
        let (security, ways, key_replaced_on) =
            self.read(|r| Ok((security::security(r)?, security::ways_in(r)?, security::key_replaced_on(r)?)))?;
        let asks_passphrase = self.held(|held| Ok(held.asks_passphrase().map_err(Refusal::from)?))?;
        Ok(SecurityPage {
            security,
            ways,
            key_replaced_on,
            asks_passphrase,
            can_hide: cfg!(any(target_os = "macos", target_os = "windows")),
        })
    }

    /// Changes how the records are locked.
    pub fn set_security(&self, security: &Security) -> Answer<()> {
        self.write(|w| security::set_security(w, security))?;
        self.apply(security);
        if !self.sample.load(std::sync::atomic::Ordering::SeqCst) {
            self.watch.set_minutes(security.lock_after_minutes);
        }
        Ok(())
    }

    fn held<T>(&self, act: impl FnOnce(&Held) -> Result<T>) -> Answer<T> {
        self.lock_if_due();
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        act(&self.of(open.as_ref())?.held).map_err(Failure::from)
    }
}
