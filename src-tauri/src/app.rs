//! The open records and the way to them. The only file that reads the clock and makes ids.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use chrono::Utc;
use chrono_tz::Tz;
use practice::audit;
use practice::error::{Refusal, Result};
use practice::settings::{self, Practice};
use practice::store::{Reader, Records, Writer};
use practice::time::{Instant, Moment};
use practice::undo::{self, Change, Deed, Target, Undoable};
use practice::vault::{self, Barred};
use practice::words::Veil;
use uuid::Uuid;

use crate::door::{self, About, Standing};
use crate::failure::{Answer, Failure};
use crate::{import, keyring};

/// How many reads can run beside each other.
const READERS: usize = 2;
/// How long a read may wait to be entered in the trail: under the second that the rule allows.
const TRAIL: Duration = Duration::from_millis(700);

/// The one place that holds the records while they are open.
pub struct App {
    folder: PathBuf,
    /// The sample practice is asked for.
    sample: AtomicBool,
    open: RwLock<Option<Open>>,
    /// One way in at a time.
    door: Mutex<()>,
    discreet: AtomicBool,
    looking: AtomicBool,
    deeds: Mutex<Deeds>,
    import: import::Desk,
    /// Openings that failed since the program started; entered in the trail at the next that succeeds.
    failed: Mutex<Vec<Instant>>,
    changed: Box<dyn Fn() + Send + Sync>,
}

struct Open {
    records: Records,
    zone: Tz,
    sample: bool,
}

/// What can be undone and redone, newest last; in memory only.
#[derive(Default)]
struct Deeds {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Whether the newest change of all is the newest deed: only then is it offered.
    offered: bool,
}

impl Deeds {
    /// The newest of a list, while it is offered.
    fn take(&mut self, list: impl FnOnce(&mut Self) -> &mut Vec<Change>) -> std::result::Result<Change, Refusal> {
        if !self.offered {
            return Err(Refusal::NothingToUndo);
        }
        list(self).pop().ok_or(Refusal::NothingToUndo)
    }
}

/// A change that the disk kept from being taken back is still offered; one that was changed since is not.
fn may_be_tried_again(failure: &Failure) -> bool {
    !matches!(failure, Failure::Refused { refusal } if !matches!(refusal, Refusal::DiskFull | Refusal::ReadOnly))
}

/// Now.
#[allow(clippy::disallowed_methods)] // the only place that reads the clock
fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}

/// A new id.
#[allow(clippy::disallowed_methods)] // the only place that makes ids
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// The zone of this computer, where it has one that is known.
fn system_zone() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}

impl App {
    /// Nothing is opened yet. `changed` is called after each change, for the window to ask again.
    #[must_use]
    pub fn new(folder: PathBuf, sample: bool, changed: Box<dyn Fn() + Send + Sync>) -> Self {
        Self {
            folder,
            sample: AtomicBool::new(sample),
            open: RwLock::new(None),
            door: Mutex::new(()),
            discreet: AtomicBool::new(false),
            looking: AtomicBool::new(false),
            deeds: Mutex::default(),
            import: import::Desk::default(),
            failed: Mutex::default(),
            changed,
        }
    }

    /// Reads on one snapshot.
    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Answer<T> {
        self.with(|open, veil| open.records.read(open.moment(), veil, look))
    }

    /// Changes something that is not undone by itself.
    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        let value = self.write_quietly(act)?;
        self.deeds().offered = false;
        (self.changed)();
        Ok(value)
    }

    /// Writes what no other part of the window shows: a draft as it is typed, a disclosure in the trail.
    pub fn write_quietly<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        self.with(|open, veil| open.records.write(open.moment(), veil, &mut new_id, act))
    }

    /// Changes something that can be undone.
    pub fn change<T>(&self, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        let (value, change) = self.write_quietly(|w| undo::remembering(w, deed, target, act))?;
        self.remember(change);
        Ok(value)
    }

    /// Offers a change that was made to be undone, and tells the window of it.
    pub(crate) fn remember(&self, change: Change) {
        let mut deeds = self.deeds();
        deeds.done.push(change);
        deeds.undone.clear();
        deeds.offered = true;
        drop(deeds);
        (self.changed)();
    }

    /// What the window offers to undo, or to redo after an undo.
    pub fn undoable(&self) -> Answer<Option<Undoable>> {
        let deeds = self.deeds();
        if !deeds.offered {
            return Ok(None);
        }
        match (deeds.undone.last(), deeds.done.last()) {
            (Some(change), _) => self.read(|r| undo::describe(r, change, true)),
            (None, Some(change)) => self.read(|r| undo::describe(r, change, false)),
            (None, None) => Ok(None),
        }
    }

    /// Takes the newest change back, while it is offered: never, by a key, one that is long out of sight.
    pub fn undo(&self) -> Answer<()> {
        let mut deeds = self.deeds();
        let change = deeds.take(|deeds| &mut deeds.done)?;
        if let Err(failure) = self.write_quietly(|w| undo::undo(w, &change)) {
            deeds.offered = may_be_tried_again(&failure);
            deeds.done.push(change);
            return Err(failure);
        }
        deeds.offered = change.can_redo();
        if change.can_redo() {
            deeds.undone.push(change);
        }
        drop(deeds);
        (self.changed)();
        Ok(())
    }

    /// Makes the change that was taken back last again.
    pub fn redo(&self) -> Answer<()> {
        let mut deeds = self.deeds();
        let change = deeds.take(|deeds| &mut deeds.undone)?;
        if let Err(failure) = self.write_quietly(|w| undo::redo(w, &change)) {
            deeds.offered = may_be_tried_again(&failure);
            deeds.undone.push(change);
            return Err(failure);
        }
        deeds.done.push(change);
        deeds.offered = true;
        drop(deeds);
        (self.changed)();
        Ok(())
    }

    /// Discreet mode: from the next answer on, texts are withheld.
    pub fn set_discreet(&self, on: bool) -> Answer<()> {
        self.discreet.store(on, Ordering::SeqCst);
        self.looking.store(false, Ordering::SeqCst);
        (self.changed)();
        Ok(())
    }

    /// A look through discreet mode, for as long as it is asked for.
    pub fn look(&self, on: bool) -> Answer<()> {
        if self.looking.swap(on, Ordering::SeqCst) != on && self.discreet.load(Ordering::SeqCst) {
            (self.changed)();
        }
        Ok(())
    }

    /// Whether discreet mode is on, looked through or not.
    #[must_use]
    pub fn discreet(&self) -> bool {
        self.discreet.load(Ordering::SeqCst)
    }

    /// Opens the records if they are not, and says how they were found.
    pub fn standing(&self) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        if let Some(open) = self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(Standing::Open { sample: open.sample });
        }
        if self.sample.load(Ordering::SeqCst) {
            return self.enter_sample();
        }
        match vault::prepare(&self.folder, keyring::load) {
            vault::Standing::FirstRun(_) => Ok(Standing::FirstRun),
            vault::Standing::Barred(barred) => Ok(self.barred(barred, false)),
            vault::Standing::Ready(ready) => match ready.open(READERS) {
                Ok(connections) => self.enter(Records::new(connections), false),
                Err(barred) => Ok(self.barred(barred, false)),
            },
        }
    }

    /// Makes new records. Only in a folder that holds none.
    pub fn set_up(&self, practice: &Practice) -> Answer<Standing> {
        let _one_at_a_time = lock(&self.door);
        let ready = match vault::prepare(&self.folder, keyring::load) {
            vault::Standing::FirstRun(first) => first.begin(now(), keyring::create),
            vault::Standing::Ready(ready) => Ok(ready),
            vault::Standing::Barred(barred) => Err(barred),
        };
        match ready.and_then(|ready| ready.open(READERS)) {
            Ok(connections) => {
                let records = Records::new(connections);
                let moment = Moment { at: now().into(), zone: system_zone() };
                records.write(moment, Veil::Open, &mut new_id, |w| settings::set_up(w, practice))?;
                self.enter(records, false)
            }
            Err(barred) => Ok(self.barred(barred, false)),
        }
    }

    /// Goes over to the sample practice, which is made when it is first asked for.
    pub fn open_sample(&self) -> Answer<Standing> {
        self.close();
        self.sample.store(true, Ordering::SeqCst);
        let standing = self.standing();
        (self.changed)();
        standing
    }

    /// Comes back to your own records.
    pub fn leave_sample(&self) -> Answer<Standing> {
        self.close();
        self.sample.store(false, Ordering::SeqCst);
        let standing = self.standing();
        (self.changed)();
        standing
    }

    /// What the program is.
    pub fn about(&self) -> Answer<About> {
        let folder = if self.sample.load(Ordering::SeqCst) { self.sample_folder() } else { self.folder.clone() };
        Ok(About { version: env!("CARGO_PKG_VERSION").to_owned(), folder: folder.display().to_string(), licences: door::licences() })
    }

    /// The zone of this computer first, then all others.
    pub fn zones(&self) -> Answer<Vec<String>> {
        let here = system_zone();
        let others = chrono_tz::TZ_VARIANTS.iter().filter(|zone| **zone != here && zone.name().contains('/'));
        Ok(std::iter::once(&here).chain(others).map(|zone| zone.name().to_owned()).collect())
    }

    /// Closes the records; what was read is entered in the trail first.
    pub fn close(&self) {
        self.flush_reads();
        *self.deeds() = Deeds::default();
        self.import.forget();
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Enters what was read in the trail.
    fn flush_reads(&self) {
        if let Some(open) = self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            // Where this fails the reads wait for the next time; the failure has its reference in the log.
            if let Err(error) = open.records.flush_reads(open.moment(), &mut new_id) {
                let _logged = Failure::from(error);
            }
        }
    }

    fn enter_sample(&self) -> Answer<Standing> {
        let folder = self.sample_folder();
        let (fresh, ready) = match vault::prepare(&folder, keyring::load) {
            vault::Standing::FirstRun(first) => (true, first.begin(now(), keyring::create)),
            vault::Standing::Ready(ready) => (ready.is_new(), Ok(ready)),
            vault::Standing::Barred(barred) => (false, Err(barred)),
        };
        match ready.and_then(|ready| ready.open(READERS)) {
            Ok(connections) => {
                let records = Records::new(connections);
                let moment = Moment { at: now().into(), zone: system_zone() };
                let made = !fresh && records.read(moment, Veil::Open, |r| Ok(settings::practice(r)?.is_some()))?;
                if !made {
                    sample::make(&records, moment)?;
                }
                self.enter(records, true)
            }
            Err(barred) => Ok(self.barred(barred, true)),
        }
    }

    /// Takes the records over. Records without a practice are those of a first run that was cut short.
    fn enter(&self, records: Records, sample: bool) -> Answer<Standing> {
        let moment = Moment { at: now().into(), zone: system_zone() };
        let Some(practice) = records.read(moment, Veil::Open, settings::practice)? else {
            return Ok(Standing::FirstRun);
        };
        let zone = practice::time::zone(&practice.zone)?;
        let failed = lock(&self.failed).clone();
        records.write(Moment { zone, ..moment }, Veil::Open, &mut new_id, |w| {
            for at in &failed {
                w.at(*at, |w| audit::record(w, &audit::Event::new(audit::Act::UnlockFailed, "records", None, None)))?;
            }
            audit::record(w, &audit::Event::new(audit::Act::Unlocked, "records", None, None))
        })?;
        lock(&self.failed).clear();
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Open { records, zone, sample });
        Ok(Standing::Open { sample })
    }

    fn barred(&self, barred: Barred, sample: bool) -> Standing {
        tracing::warn!(%barred, sample, "the records were not opened");
        lock(&self.failed).push(now().into());
        let folder = if sample { self.sample_folder() } else { self.folder.clone() };
        Standing::Barred { barred, folder: folder.display().to_string(), sample }
    }

    fn sample_folder(&self) -> PathBuf {
        self.folder.join("sample")
    }

    /// The folder of your own records.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Changes the practice, whose zone every later moment has.
    pub fn set_practice(&self, practice: &Practice) -> Answer<()> {
        self.write(|w| settings::set_practice(w, practice))?;
        let zone = practice::time::zone(&practice.zone)?;
        if let Some(open) = self.open.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            open.zone = zone;
        }
        (self.changed)();
        Ok(())
    }

    fn with<T>(&self, act: impl FnOnce(&Open, Veil) -> Result<T>) -> Answer<T> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let open = open.as_ref().ok_or(Refusal::NotOpen)?;
        Ok(act(open, self.veil())?)
    }

    fn veil(&self) -> Veil {
        if self.discreet() && !self.looking.load(Ordering::SeqCst) { Veil::Discreet } else { Veil::Open }
    }

    /// Where a file is looked at before it is imported.
    pub(crate) fn import_desk(&self) -> &import::Desk {
        &self.import
    }

    fn deeds(&self) -> MutexGuard<'_, Deeds> {
        lock(&self.deeds)
    }
}

impl Open {
    fn moment(&self) -> Moment {
        Moment { at: now().into(), zone: self.zone }
    }
}

/// Enters what was read in the trail, less than a second after, for as long as the program runs.
pub fn keep_trail(app: &Arc<App>) {
    let app = Arc::downgrade(app);
    thread::spawn(move || {
        while let Some(app) = app.upgrade() {
            app.flush_reads();
            drop(app);
            thread::sleep(TRAIL);
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
