//! The open records and the way to them. The only file that reads the clock and makes ids.

mod backups;
mod deeds;
mod door;
mod folders;
mod health;
mod new_key;
mod recovery;
mod resting;
mod restoring;
mod updates;
mod ways;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use chrono::Utc;
use chrono_tz::Tz;
use practice::error::{Refusal, Result};
use practice::settings::{self, Appearance, Practice};
use practice::store::{Reader, Records, Writer};
use practice::time::{Instant, Moment};
use practice::undo::{self, Change, Deed, Target, Undoable};
use practice::vault::Held;
use practice::words::Veil;
use uuid::Uuid;

use self::deeds::Deeds;
use crate::backups::{Desk, within};
use crate::door::{About, Behind, licences};
use crate::failure::Answer;
use crate::import;
use crate::lock::{Tick, Watch};
use crate::updates::Desk as UpdatesDesk;

/// How many reads can run beside each other.
const READERS: usize = 2;
/// How long a read may wait to be entered in the trail: under the second that the rule allows.
const TRAIL: Duration = Duration::from_millis(700);

/// How long closing waits for whoever still has the records: a drive may not answer.
const LETTING_GO: Duration = Duration::from_secs(5);
const MOMENT: Duration = Duration::from_millis(5);

/// The one place that holds the records while they are open.
pub struct App {
    folder: PathBuf,
    /// The sample practice is asked for.
    sample: AtomicBool,
    open: RwLock<Option<Arc<Open>>>,
    /// One way in at a time.
    door: Mutex<()>,
    /// Held while the records are being closed, and at the moment in which they are open.
    closing: Mutex<()>,
    /// Others are taking the place of the records, which are closed for that moment only.
    changing: AtomicBool,
    discreet: AtomicBool,
    looking: AtomicBool,
    deeds: Mutex<Deeds>,
    import: import::Desk,
    /// Openings that failed since the program started; entered in the trail at the next that succeeds.
    failed: Mutex<Vec<Instant>>,
    watch: Watch,
    /// Whether discreet mode begins when a second screen is attached.
    wary_of_screens: AtomicBool,
    /// A recovery code that is shown and not yet in force.
    kit: Mutex<Option<ways::Shown>>,
    backups: Desk,
    updates: UpdatesDesk,
    tell: Tell,
    /// Of the program, as its package has it.
    version: String,
}

/// What the window is told.
pub struct Tell {
    /// Something changed: ask again.
    pub changed: Box<dyn Fn() + Send + Sync>,
    /// A backup was made, or could not be: of the records nothing changed.
    pub backed_up: Box<dyn Fn() + Send + Sync>,
    /// A backup was opened with this program: ask for it.
    pub handed: Box<dyn Fn() + Send + Sync>,
    /// The records are locked: the page goes, with all it holds.
    pub locked: Box<dyn Fn() + Send + Sync>,
    /// Whether the window is to be kept out of screen capture.
    pub hide: Box<dyn Fn(bool) + Send + Sync>,
}

struct Open {
    records: Records,
    held: Held,
    zone: Mutex<Tz>,
    sample: bool,
    /// The records end earlier than what had been confirmed; read only, until the user says to go on.
    behind: Mutex<Option<Behind>>,
    chores: resting::Chores,
}

/// This moment on both clocks.
#[allow(clippy::disallowed_methods)] // the only place that reads the clock
pub(crate) fn tick() -> Tick {
    Tick { steady: std::time::Instant::now(), wall: Utc::now() }
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
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(folder: PathBuf, first_place: PathBuf, sample: bool, tell: Tell, version: String) -> Self {
        Self {
            folder,
            sample: AtomicBool::new(sample),
            open: RwLock::new(None),
            door: Mutex::new(()),
            closing: Mutex::new(()),
            changing: AtomicBool::new(false),
            discreet: AtomicBool::new(false),
            looking: AtomicBool::new(false),
            deeds: Mutex::default(),
            import: import::Desk::default(),
            failed: Mutex::default(),
            watch: Watch::new(tick()),
            wary_of_screens: AtomicBool::new(false),
            kit: Mutex::default(),
            backups: Desk::new(first_place),
            updates: UpdatesDesk::default(),
            tell,
            version,
        }
    }

    /// Reads on one snapshot.
    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Answer<T> {
        self.with(|open, veil| open.records.read(open.moment(), veil, look))
    }

    /// Refuses where the records are not open: before anyone is asked to choose a file for them.
    pub(crate) fn is_open(&self) -> Answer<()> {
        self.read(|_| Ok(()))
    }

    /// Changes something that is not undone by itself.
    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Answer<T> {
        let value = self.write_quietly(act)?;
        self.deeds().pass();
        (self.tell.changed)();
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
        self.deeds().remember(change);
        (self.tell.changed)();
    }

    /// What the window offers to undo, or to redo after an undo.
    pub fn undoable(&self) -> Answer<Option<Undoable>> {
        self.is_open()?;
        match self.deeds().offered() {
            Some((change, redo)) => self.read(|r| undo::describe(r, change, redo)),
            None => Ok(None),
        }
    }

    /// Takes the newest change back, while it is offered: never, by a key, one that is long out of sight.
    pub fn undo(&self) -> Answer<()> {
        self.is_open()?;
        let mut deeds = self.deeds();
        deeds.undo(|change| self.write_quietly(|w| undo::undo(w, change)))?;
        drop(deeds);
        (self.tell.changed)();
        Ok(())
    }

    /// Makes the change that was taken back last again.
    pub fn redo(&self) -> Answer<()> {
        self.is_open()?;
        let mut deeds = self.deeds();
        deeds.redo(|change| self.write_quietly(|w| undo::redo(w, change)))?;
        drop(deeds);
        (self.tell.changed)();
        Ok(())
    }

    /// Discreet mode: from the next answer on, texts are withheld.
    pub fn set_discreet(&self, on: bool) -> Answer<()> {
        self.discreet.store(on, Ordering::SeqCst);
        self.looking.store(false, Ordering::SeqCst);
        (self.tell.changed)();
        Ok(())
    }

    /// A look through discreet mode, for as long as it is asked for.
    pub fn look(&self, on: bool) -> Answer<()> {
        if self.looking.swap(on, Ordering::SeqCst) != on && self.discreet.load(Ordering::SeqCst) {
            (self.tell.changed)();
        }
        Ok(())
    }

    /// A second screen was attached: discreet mode begins, where the user wants it so.
    pub fn second_screen(&self) {
        if self.wary_of_screens.load(Ordering::SeqCst) && !self.discreet() {
            // It cannot fail: it withholds more, and tells the window.
            let _told = self.set_discreet(true);
        }
    }

    /// Whether discreet mode is on, looked through or not.
    #[must_use]
    pub fn discreet(&self) -> bool {
        self.discreet.load(Ordering::SeqCst)
    }

    /// What the program is.
    pub fn about(&self) -> Answer<About> {
        let folder = self.shown_folder().display().to_string();
        Ok(About { version: self.version.clone(), folder, licences: licences() })
    }

    /// The zone of this computer first, then all others.
    pub fn zones(&self) -> Answer<Vec<String>> {
        let here = system_zone();
        let others = chrono_tz::TZ_VARIANTS.iter().filter(|zone| **zone != here && zone.name().contains('/'));
        Ok(std::iter::once(&here).chain(others).map(|zone| zone.name().to_owned()).collect())
    }

    /// Closes the records; what was read is entered in the trail first.
    pub fn close(&self) {
        let _closing = within(&self.closing, LETTING_GO, || false);
        self.shut();
    }

    /// The same for whoever holds `closing`.
    fn shut(&self) {
        self.flush_reads();
        *self.deeds() = Deeds::default();
        self.import.forget();
        *lock(&self.kit) = None;
        let open = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        // A backup that is being made holds the records too: it is cut short, and nothing of it stays.
        self.backups.halt(LETTING_GO);
        // Whoever was lent the records lets go of them at once; only then is their file closed, and free to be opened anew.
        for _ in 0..LETTING_GO.as_millis() / MOMENT.as_millis() {
            if open.as_ref().is_none_or(|open| Arc::strong_count(open) == 1) {
                break;
            }
            thread::sleep(MOMENT);
        }
        drop(open);
    }

    fn sample_folder(&self) -> PathBuf {
        self.folder.join("sample")
    }

    /// The folder of the records the window is about.
    fn shown_folder(&self) -> PathBuf {
        if self.sample.load(Ordering::SeqCst) { self.sample_folder() } else { self.folder.clone() }
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
        if let Some(open) = self.open.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            *lock(&open.zone) = zone;
        }
        (self.tell.changed)();
        Ok(())
    }

    /// Changes how the window looks, behind the lock too.
    pub fn set_appearance(&self, appearance: &Appearance) -> Answer<()> {
        self.write(|w| settings::set_appearance(w, appearance))?;
        self.watch.set_theme(appearance.theme);
        Ok(())
    }

    fn with<T>(&self, act: impl FnOnce(&Open, Veil) -> Result<T>) -> Answer<T> {
        // A program that was stopped, or a machine that slept, past its time answers nothing more.
        self.lock_if_due();
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        Ok(act(self.of(open.as_ref())?, self.veil())?)
    }

    /// The records, if they are open and are not just being closed; else the refusal that says which of the two it is.
    fn of<'a>(&self, open: Option<&'a Arc<Open>>) -> Answer<&'a Arc<Open>> {
        if self.watch.is_locked() {
            return Err(Refusal::Locked.into());
        }
        Ok(open.ok_or(Refusal::NotOpen)?)
    }

    fn veil(&self) -> Veil {
        if self.discreet() && !self.looking.load(Ordering::SeqCst) { Veil::Discreet } else { Veil::Open }
    }

    /// Where a file is looked at before it is imported.
    pub(crate) fn import_desk(&self) -> &import::Desk {
        &self.import
    }

    /// Where backups are made, one at a time.
    pub(crate) fn backups_desk(&self) -> &Desk {
        &self.backups
    }

    fn deeds(&self) -> MutexGuard<'_, Deeds> {
        lock(&self.deeds)
    }
}

impl Open {
    fn moment(&self) -> Moment {
        Moment { at: now().into(), zone: *lock(&self.zone) }
    }
}

/// Locks when it is time, and does what nobody should wait for, for as long as the program runs.
pub fn keep_watch(app: &Arc<App>) {
    let app = Arc::downgrade(app);
    thread::spawn(move || {
        while let Some(app) = app.upgrade() {
            app.lock_if_due();
            app.tend();
            drop(app);
            thread::sleep(TRAIL);
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
