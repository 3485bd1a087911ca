//! The way in: opening, locking, unlocking, the first run, the sample practice.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use practice::audit::{self, Act, Event};
use practice::error::Refusal;
use practice::imports;
use practice::security::{self, Security};
use practice::settings::{self, Practice};
use practice::store::anchor::Agreement;
use practice::store::{Reader, Records};
use practice::time::Moment;
use practice::vault::{self, Barred, Locked, Opened, Passphrase};
use practice::words::Veil;

use super::resting::Chores;
use super::{App, LETTING_GO, Open, READERS, lock, new_id, now, system_zone, tick};
use crate::backups::within;
use crate::door::{Behind, Standing};
use crate::failure::{Answer, Failure};
use crate::keyring;
use crate::lock::Because;

/// How long a page that was just replaced waits until the records are closed.
const CLOSED: Duration = Duration::from_secs(60);

impl App {
    /// Opens the records if they are not, and nothing is asked for, and says how they were found.
    pub fn standing(&self) -> Answer<Standing> {
        self.lock_if_due();
        self.come_in(false, None)
    }

    /// Opens locked records, with their passphrase where one is asked for.
    pub fn unlock(&self, passphrase: Option<Passphrase>) -> Answer<Standing> {
        self.come_in(true, passphrase.as_ref())
    }

    /// `asked` by the user: records that were locked by hand or by time open only then, even where they have no passphrase.
    fn come_in(&self, asked: bool, passphrase: Option<&Passphrase>) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        // The page that asks may have come while the records were still being closed.
        drop(within(&self.closing, CLOSED, || false));
        if let Some(standing) = self.open_standing()? {
            return Ok(standing);
        }
        let stays_locked = !asked && self.watch.is_locked();
        let locked = || Ok(self.watch.standing(tick(), false, false));
        if self.sample.load(Ordering::SeqCst) {
            return if stays_locked { locked() } else { self.enter_sample() };
        }
        match vault::prepare(&self.folder, keyring::load) {
            vault::Standing::FirstRun(_) => Ok(Standing::FirstRun),
            vault::Standing::Barred(barred) => Ok(self.barred(barred, false)),
            vault::Standing::Locked(locked) => self.try_passphrase(&locked, passphrase),
            vault::Standing::Ready(_) if stays_locked => locked(),
            vault::Standing::Ready(ready) => self.enter(ready.open(READERS), false),
        }
    }

    /// Locks the records: what was read is entered in the trail, the file closed, the keys wiped, and the page replaced.
    pub fn lock(&self, because: Because) {
        let _closing = within(&self.closing, LETTING_GO, || false);
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        if open.is_none() && !self.changing.load(Ordering::SeqCst) {
            return;
        }
        // First what cannot wait: nobody is answered any more, the page goes, and what holds the records is told to let go.
        self.watch.lock(now().into(), because);
        (self.tell.locked)();
        self.backups.stop();
        if let Some(open) = open {
            let event = Event::new(Act::Locked, "records", None, None).with(serde_json::json!({ "because": because }));
            // Where this cannot be entered the records are locked all the same; the failure has its reference in the log.
            if let Err(error) = open.records.write(open.moment(), Veil::Open, &mut new_id, |w| audit::record(w, &event)) {
                let _logged = Failure::from(error);
            }
        }
        self.shut();
    }

    /// Locks the records if their time has come. Called before every command, and every second.
    pub(super) fn lock_if_due(&self) {
        if let Some(because) = self.watch.due(tick()) {
            self.lock(because);
        }
    }

    /// The user is at the window.
    pub fn active(&self) -> Answer<()> {
        self.lock_if_due();
        self.watch.active(tick());
        Ok(())
    }

    fn try_passphrase(&self, locked: &Locked, passphrase: Option<&Passphrase>) -> Answer<Standing> {
        let Some(passphrase) = passphrase.filter(|_| self.watch.may_try(tick())) else {
            return Ok(self.watch.standing(tick(), true, false));
        };
        match locked.unlock(passphrase, keyring::load) {
            Ok(Some(ready)) => self.enter(ready.open(READERS), false),
            Ok(None) => Ok(self.tried_in_vain()),
            Err(barred) => Ok(self.barred(barred, false)),
        }
    }

    fn tried_in_vain(&self) -> Standing {
        lock(&self.failed).push(now().into());
        self.watch.wrong(tick());
        self.watch.standing(tick(), true, true)
    }

    /// Makes new records. Only in a folder that holds none.
    pub fn set_up(&self, practice: &Practice, passphrase: Option<Passphrase>) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        if let Some(standing) = self.open_standing()? {
            return Ok(standing);
        }
        let passphrase = self.chosen(passphrase, &[&practice.therapist_name, &practice.practice_name])?;
        let ready = match vault::prepare(&self.folder, keyring::load) {
            vault::Standing::FirstRun(first) => first.begin(now(), passphrase.as_ref(), keyring::create),
            vault::Standing::Ready(ready) => Ok(ready),
            vault::Standing::Locked(locked) => match passphrase.as_ref().filter(|_| self.watch.may_try(tick())) {
                // No second door: a wrong passphrase makes wait as it does at the lock page.
                None => return Ok(self.watch.standing(tick(), true, false)),
                Some(passphrase) => match locked.unlock(passphrase, keyring::load) {
                    Ok(Some(ready)) => Ok(ready),
                    Ok(None) => return Ok(self.tried_in_vain()),
                    Err(barred) => Err(barred),
                },
            },
            vault::Standing::Barred(barred) => Err(barred),
        };
        match ready.and_then(|ready| ready.open(READERS)) {
            Ok(opened) => {
                let asks = opened.held.asks_passphrase().unwrap_or(passphrase.is_some());
                let moment = Moment { at: now().into(), zone: system_zone() };
                let records = Records::new(opened.connections);
                records.write(moment, Veil::Open, &mut new_id, |w| {
                    settings::set_up(w, practice)?;
                    security::passphrase_changed(w, asks)
                })?;
                self.enter_records(records, opened.held, false)
            }
            Err(barred) => Ok(self.barred(barred, false)),
        }
    }

    /// Goes over to the sample practice, which is made when it is first asked for.
    pub fn open_sample(&self) -> Answer<Standing> {
        self.go_over(true)
    }

    /// Comes back to your own records.
    pub fn leave_sample(&self) -> Answer<Standing> {
        self.go_over(false)
    }

    fn go_over(&self, sample: bool) -> Answer<Standing> {
        self.close();
        self.watch.open(tick(), None);
        self.sample.store(sample, Ordering::SeqCst);
        let standing = self.standing();
        (self.tell.changed)();
        standing
    }

    /// Goes on with records that end earlier than what had been confirmed.
    pub fn go_on(&self) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        if let Some(open) = self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let mut behind = lock(&open.behind);
            if behind.is_some() {
                open.records.go_on(open.moment(), &mut new_id)?;
                *behind = None;
            }
        }
        self.open_standing()?.ok_or_else(|| Refusal::NotOpen.into())
    }

    /// How the open records stand; `None` if none are open.
    fn open_standing(&self) -> Answer<Option<Standing>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = open.as_ref().filter(|_| !self.watch.is_locked()) else { return Ok(None) };
        if let Some(behind) = lock(&open.behind).clone() {
            return Ok(Some(Standing::Behind { behind }));
        }
        Ok(Some(Standing::Open { sample: open.sample, needs_kit: !open.sample && self.needs_kit(open)? }))
    }

    /// Whether there is no kit whose code anybody has.
    pub(super) fn needs_kit(&self, open: &Open) -> Answer<bool> {
        let (kit, unread) = open.records.read(open.moment(), Veil::Open, |r| Ok((security::kit(r)?, security::kit_is_unread(r)?)))?;
        // One that is on the screen is about to be read back.
        let lost = unread && !lock(&self.kit).as_ref().is_some_and(|shown| shown.in_force);
        Ok(kit.is_none() || lost)
    }

    fn enter_sample(&self) -> Answer<Standing> {
        let folder = self.sample_folder();
        let (fresh, ready) = match vault::prepare(&folder, keyring::load) {
            vault::Standing::FirstRun(first) => (true, first.begin(now(), None, keyring::create)),
            vault::Standing::Ready(ready) => (ready.is_new(), Ok(ready)),
            // The sample practice never asks for one: these are other records.
            vault::Standing::Locked(_) => (false, Err(Barred::OtherVault)),
            vault::Standing::Barred(barred) => (false, Err(barred)),
        };
        match ready.and_then(|ready| ready.open(READERS)) {
            Ok(opened) => {
                let records = Records::new(opened.connections);
                let moment = Moment { at: now().into(), zone: system_zone() };
                let made = !fresh && records.read(moment, Veil::Open, |r| Ok(settings::practice(r)?.is_some()))?;
                if !made {
                    sample::make(&records, moment)?;
                }
                self.enter_records(records, opened.held, true)
            }
            Err(barred) => Ok(self.barred(barred, true)),
        }
    }

    pub(super) fn enter(&self, opened: Result<Opened, Barred>, sample: bool) -> Answer<Standing> {
        match opened {
            Ok(opened) => self.enter_records(Records::new(opened.connections), opened.held, sample),
            Err(barred) => Ok(self.barred(barred, sample)),
        }
    }

    /// Closes the records, has others take their place, and opens those, or again these where `swap` failed. A lock that comes meanwhile
    /// holds. What stands in the way is said when the window looks how the records stand: whoever calls this tells it to.
    pub(super) fn change_over<T>(&self, passphrase: Option<&Passphrase>, swap: impl FnOnce() -> Answer<T>) -> Answer<T> {
        let locks = self.watch.locks();
        self.changing.store(true, Ordering::SeqCst);
        self.close();
        let swapped = swap();
        let back = if self.watch.locked_since(locks).is_none() { self.come_back(passphrase) } else { Ok(()) };
        if let Some(because) = self.watch.locked_since(locks) {
            self.lock(because);
        }
        self.changing.store(false, Ordering::SeqCst);
        swapped.and_then(|swapped| back.map(|()| swapped))
    }

    fn come_back(&self, passphrase: Option<&Passphrase>) -> Answer<()> {
        let ready = match vault::prepare(&self.folder, keyring::load) {
            vault::Standing::Ready(ready) => Some(ready),
            vault::Standing::Locked(locked) => passphrase.and_then(|passphrase| locked.unlock(passphrase, keyring::load).ok().flatten()),
            vault::Standing::FirstRun(_) | vault::Standing::Barred(_) => None,
        };
        match ready {
            Some(ready) => self.enter(ready.open(READERS), false).map(drop),
            None => Ok(()),
        }
    }

    /// Takes the records over. Records without a practice are those of a first run that was cut short.
    fn enter_records(&self, records: Records, held: vault::Held, sample: bool) -> Answer<Standing> {
        let moment = Moment { at: now().into(), zone: system_zone() };
        let Some(practice) = records.read(moment, Veil::Open, settings::practice)? else {
            return Ok(Standing::FirstRun);
        };
        let zone = practice::time::zone(&practice.zone)?;
        let moment = Moment { zone, ..moment };
        let behind = match records.agreement()? {
            Agreement::Agrees | Agreement::Unknown => None,
            Agreement::Behind { records, anchored } => Some(Behind {
                ended_at: Some(records.at),
                confirmed_at: anchored.at,
                missing: u32::try_from(anchored.sequence - records.sequence).ok(),
            }),
            Agreement::Parted { anchored } => Some(Behind { ended_at: None, confirmed_at: anchored.at, missing: None }),
        };
        let looks = |r: &Reader| Ok((security::kit(r)?, security::security(r)?, settings::appearance(r)?.theme));
        let (kit, rules, theme) = records.read(moment, Veil::Open, looks)?;
        self.watch.set_theme(theme);
        if behind.is_none() {
            self.enter_openings(&records, moment)?;
            // A kit whose making was cut short is none; where the file cannot be written now, the next opening does it.
            if let Err(barred) = held.settle(kit.map(|kit| kit.slot)) {
                tracing::warn!(%barred, "a slot that is not in force is still there");
            }
            // What the password store keeps for a way in before this one, which has now opened the records.
            if let Err(barred) = held.forget_superseded(keyring::forget) {
                tracing::warn!(%barred, "an entry that nothing needs is still in the password store");
            }
        }
        self.apply(&rules);
        let quiet = (!sample).then_some(rules.lock_after_minutes);
        if rules.begin_discreet {
            self.discreet.store(true, Ordering::SeqCst);
        }
        let open = Open { records, held, zone: Mutex::new(zone), sample, behind: Mutex::new(behind), chores: Chores::default() };
        let closing = within(&self.closing, LETTING_GO, || false);
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(open));
        self.watch.open(tick(), quiet);
        drop(closing);
        if !sample {
            self.watch.right();
        }
        self.open_standing()?.ok_or_else(|| Refusal::NotOpen.into())
    }

    /// What the rules say of the window.
    pub(super) fn apply(&self, rules: &Security) {
        self.wary_of_screens.store(rules.discreet_on_second_screen, Ordering::SeqCst);
        (self.tell.hide)(rules.hide_from_capture);
    }

    /// Enters this opening in the trail, and those that failed before it.
    fn enter_openings(&self, records: &Records, moment: Moment) -> Answer<()> {
        let failed = lock(&self.failed).clone();
        records.write(moment, Veil::Open, &mut new_id, |w| {
            for at in &failed {
                w.at(*at, |w| audit::record(w, &Event::new(Act::UnlockFailed, "records", None, None)))?;
            }
            imports::settle(w)?;
            audit::record(w, &Event::new(Act::Unlocked, "records", None, None))
        })?;
        lock(&self.failed).clear();
        Ok(())
    }

    pub(super) fn barred(&self, barred: Barred, sample: bool) -> Standing {
        tracing::warn!(%barred, sample, "the records were not opened");
        lock(&self.failed).push(now().into());
        let folder: &Path = if sample { &self.sample_folder() } else { &self.folder };
        Standing::Barred { barred, folder: folder.display().to_string(), sample }
    }
}
