//! Backups outside the records: the desk at which one is made at a time, where the first place usually is, what a folder is called,
//! and the thread that makes them unasked.

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant as Steady};

use practice::audit::{Checked, Followed};
use practice::security::WaysIn;
use practice::time::Instant;
use practice::vault::backup::{BackupFailure, Backups, NotUsed, Restored, Step, Which};
use serde::{Deserialize, Serialize};

use crate::app::App;

/// The folder in which the first place is, where nobody has chosen one.
const FOLDER: &str = "Anteroom backups";
/// How often it is looked whether a backup is due.
const LOOK: Duration = Duration::from_secs(15);
/// How often whoever waits is told how far it is.
const TELL: Duration = Duration::from_millis(80);

/// How far a backup, a test or a restore has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Far {
    /// What is being done.
    pub step: Step,
    /// So much of it.
    #[specta(type = u32)]
    pub done: u64,
    /// Of so much.
    #[specta(type = u32)]
    pub of: u64,
}

/// Which backup.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pick {
    /// The last verified one.
    Newest,
    /// One of a place.
    Found {
        /// Of which.
        place: Which,
        /// Its name there.
        file: String,
    },
    /// The file that was chosen last.
    Chosen,
}

/// A backup that can be picked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FoundBackup {
    /// In which place; none for a file that was chosen.
    pub place: Option<Which>,
    /// What that is called.
    pub label: String,
    /// Its name.
    pub file: String,
    /// Its length.
    #[specta(type = u32)]
    pub bytes: u64,
    /// When it was made, as it says itself.
    pub made_at: Option<Instant>,
    /// Why it cannot be used, where that can be told without the code.
    pub not_used: Option<NotUsed>,
    /// How many entries it has beyond the records that are open, where those are behind.
    #[specta(type = Option<u32>)]
    pub beyond: Option<i64>,
    /// It is the one to put in the place of those records.
    pub offered: bool,
}

/// The backups, for the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct BackupsPage {
    /// As the records have them.
    pub backups: Backups,
    /// Free bytes in the first place; none where it is not there now.
    #[specta(type = Option<u32>)]
    pub first_free: Option<u64>,
    /// Free bytes in the second.
    #[specta(type = Option<u32>)]
    pub second_free: Option<u64>,
    /// The sample practice is open, which is not backed up.
    pub sample: bool,
}

/// What became of a backup in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Went {
    /// It was made, read back and checked.
    Made,
    /// The place is not there now; it goes on by itself when it is.
    NotThere,
    /// It was not made.
    Failed {
        /// Why.
        failure: BackupFailure,
    },
}

/// The same, and in which place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct WentIn {
    /// Which.
    pub place: Which,
    /// What it is called.
    pub label: String,
    /// What became of it.
    pub went: Went,
}

/// Records that were restored and have taken the place of those before them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct RestoredHere {
    /// What they are.
    pub restored: Restored,
    /// The folder with the former ones, beside them.
    pub kept: Option<String>,
}

/// Where the half of the key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names are the systems' own
pub enum PasswordStore {
    SecretService,
    Keychain,
    CredentialManager,
}

impl PasswordStore {
    /// That of this system.
    #[must_use]
    pub fn here() -> Self {
        if cfg!(target_os = "macos") {
            Self::Keychain
        } else if cfg!(target_os = "windows") {
            Self::CredentialManager
        } else {
            Self::SecretService
        }
    }
}

/// How the records are.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Health {
    /// The folder they are in.
    pub folder: String,
    /// What they take, in bytes.
    #[specta(type = u32)]
    pub bytes: u64,
    /// Free on that disk.
    #[specta(type = Option<u32>)]
    pub free: Option<u64>,
    /// When the file was last looked at as a whole, and how it was found.
    pub checked: Option<Checked>,
    /// When the record was last followed from its first entry, and what that showed.
    pub followed: Option<Followed>,
    /// Where the half of the key is kept.
    pub store: PasswordStore,
    /// The last entry could not be marked beside the records: it is safe, but its loss might not be noticed.
    pub adrift: bool,
    /// Whether a passphrase is asked for.
    pub asks_passphrase: bool,
    /// When the ways in last changed.
    pub ways: WaysIn,
    /// The program's version.
    pub version: String,
}

/// One backup, test or restore at a time, and what is remembered between them.
pub struct Desk {
    /// Where the first place is, if none was chosen.
    pub first_place: PathBuf,
    /// The file that was chosen last.
    pub chosen: Mutex<Option<PathBuf>>,
    /// The file that was opened with this program, until the page asks for it.
    pub handed: Mutex<Option<PathBuf>>,
    /// When a backup in each place was last tried unasked and failed.
    pub tried: Mutex<[Option<Steady>; 2]>,
    running: Mutex<()>,
    /// The number of the newest request, of the one that is being done, and of the newest that is stopped with all before it.
    asked: AtomicU64,
    current: AtomicU64,
    stopped: AtomicU64,
    leaving: AtomicBool,
    /// Stopped while the window closes: nothing begins any more.
    cut: AtomicBool,
}

impl Desk {
    /// Nothing is being done.
    #[must_use]
    pub fn new(first_place: PathBuf) -> Self {
        Self {
            first_place,
            chosen: Mutex::default(),
            handed: Mutex::default(),
            tried: Mutex::default(),
            running: Mutex::default(),
            asked: AtomicU64::new(0),
            current: AtomicU64::new(0),
            stopped: AtomicU64::new(0),
            leaving: AtomicBool::new(false),
            cut: AtomicBool::new(false),
        }
    }

    /// A request, by its number: it may be stopped from now on, also while it waits.
    pub fn ask(&self) -> u64 {
        self.asked.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Waits for what is being done, and begins. It lasts until what is given goes.
    pub fn begin(&self) -> MutexGuard<'_, ()> {
        self.begin_for(self.ask())
    }

    /// The same for a request that has several parts.
    pub fn begin_for(&self, request: u64) -> MutexGuard<'_, ()> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        self.current.store(request, Ordering::SeqCst);
        running
    }

    /// The same where it is not worth waiting for longer than `most`.
    pub fn begin_within(&self, most: Duration) -> Option<MutexGuard<'_, ()>> {
        let request = self.ask();
        let running = within(&self.running, most, || self.is_stopped(request))?;
        self.current.store(request, Ordering::SeqCst);
        Some(running)
    }

    /// Stops what is being done and what waits; nothing of it stays.
    pub fn stop(&self) {
        if self.leaving.load(Ordering::SeqCst) {
            self.cut.store(true, Ordering::SeqCst);
        }
        self.stopped.fetch_max(self.asked.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Stops what is being done, and waits until it has: but no longer than `most`, for a drive may not answer.
    pub fn halt(&self, most: Duration) {
        self.stop();
        drop(within(&self.running, most, || false));
    }

    /// Whether what is being done, or was done last, is stopped.
    pub fn was_stopped(&self) -> bool {
        self.is_stopped(self.current.load(Ordering::SeqCst))
    }

    /// Whether a request is stopped.
    pub fn is_stopped(&self, request: u64) -> bool {
        self.stopped.load(Ordering::SeqCst) >= request || self.cut.load(Ordering::SeqCst)
    }

    /// Whether the window is asked to close for the first time.
    pub fn leave(&self) -> bool {
        !self.leaving.swap(true, Ordering::SeqCst)
    }

    /// What the core asks as it goes; `say` hears of it, not too often.
    pub fn progress(&self, now: impl Fn() -> Steady, mut say: impl FnMut(Far)) -> impl FnMut(Step, u64, u64) -> bool {
        let mut said: Option<(Step, Steady)> = None;
        move |step, done, of| {
            let at = now();
            if done == of || said.is_none_or(|(before, then)| before != step || at.saturating_duration_since(then) >= TELL) {
                said = Some((step, at));
                say(Far { step, done, of });
            }
            !self.was_stopped()
        }
    }
}

/// Takes hold of something as soon as it is free; not after `most`, nor once it is `unwanted`.
pub(crate) fn within<T>(held: &Mutex<T>, most: Duration, unwanted: impl Fn() -> bool) -> Option<MutexGuard<'_, T>> {
    const LOOK: Duration = Duration::from_millis(5);
    for _ in 0..=most.as_millis() / LOOK.as_millis() {
        match held.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if unwanted() => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(LOOK),
        }
    }
    None
}

/// Where the first place is, if none was chosen.
#[must_use]
pub fn usual(documents: PathBuf) -> PathBuf {
    documents.join(FOLDER)
}

/// The same for records in a folder of the user's choice.
#[must_use]
pub fn beside(records: &Path) -> PathBuf {
    let mut name = records.file_name().unwrap_or_default().to_owned();
    name.push(" backups");
    records.with_file_name(name)
}

/// What the user knows a folder as: its drive, or the folder it is in, and its own name.
#[must_use]
pub fn label(folder: &Path) -> String {
    let names: Vec<String> = folder
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            Component::Prefix(drive) => Some(drive.as_os_str().to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    let strings: Vec<&str> = names.iter().map(String::as_str).collect();
    let drive = match strings.as_slice() {
        ["media", _, drive, ..] | ["run", "media", _, drive, ..] | ["Volumes", drive, ..] => Some((*drive).to_owned()),
        _ => None,
    };
    let last = names.last().cloned().unwrap_or_else(|| folder.display().to_string());
    let around = drive.clone().or_else(|| names.len().checked_sub(2).and_then(|at| names.get(at).cloned()));
    match around {
        _ if drive.as_ref() == Some(&last) => last,
        Some(around) => format!("{around}, {last}"),
        None => last,
    }
}

/// Makes backups when they are due, for as long as the program runs.
pub fn keep(app: &Arc<App>) {
    let app = Arc::downgrade(app);
    thread::spawn(move || {
        while let Some(app) = app.upgrade() {
            app.back_up_if_due();
            drop(app);
            thread::sleep(LOOK);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_called_by_its_drive_or_by_where_it_is() {
        let named = |path: &str| label(Path::new(path));
        assert_eq!(named("/home/may/Documents/Anteroom backups"), "Documents, Anteroom backups");
        assert_eq!(named("/media/may/Blue stick"), "Blue stick");
        assert_eq!(named("/run/media/may/Blue stick/copies"), "Blue stick, copies");
        assert_eq!(named("/Volumes/Blue stick/a/b"), "Blue stick, b");
        assert_eq!(named("/srv"), "srv");
    }

    #[test]
    fn records_elsewhere_have_their_backups_beside_them_and_not_inside() {
        let records = Path::new("/srv/records");
        assert_eq!(beside(records), Path::new("/srv/records backups"));
        assert!(!beside(records).starts_with(records));
    }

    #[test]
    fn what_is_being_done_is_told_at_each_step_and_goes_on_until_it_is_stopped() {
        let desk = Desk::new("x".into());
        let begun = crate::app::tick().steady;
        let said = Mutex::new(Vec::new());
        let run = desk.begin();
        let mut progress = desk.progress(|| begun, |far: Far| said.lock().expect("one thread").push((far.step, far.done)));
        assert!(progress(Step::Copy, 1, 9) && progress(Step::Copy, 2, 9) && progress(Step::Copy, 9, 9));
        assert!(progress(Step::Write, 1, 9));
        desk.stop();
        assert!(!progress(Step::Write, 2, 9));
        drop(progress);
        assert_eq!(*said.lock().expect("one thread"), [(Step::Copy, 1), (Step::Copy, 9), (Step::Write, 1)]);
        drop(run);
        let _next = desk.begin();
        assert!(desk.progress(|| begun, |_| ())(Step::Check, 0, 1), "the next one begins anew");
    }

    #[test]
    fn what_is_stopped_while_it_waits_is_stopped_before_it_begins_and_what_comes_after_is_not() {
        let desk = Desk::new("x".into());
        let (waits, run) = (desk.ask(), desk.begin());
        desk.stop();
        drop(run);
        drop(desk.begin());
        assert!(!desk.was_stopped(), "it was asked for later");
        drop(desk.begin_for(waits));
        assert!(desk.was_stopped() && desk.is_stopped(waits));
    }

    #[test]
    fn what_does_not_let_go_is_not_waited_for_without_end() {
        let desk = Desk::new("x".into());
        let stuck = desk.begin();
        thread::scope(|threads| {
            threads.spawn(|| desk.halt(Duration::from_millis(20)));
            threads.spawn(|| assert!(desk.begin_within(Duration::from_millis(20)).is_none()));
        });
        assert!(desk.was_stopped());
        drop(stuck);
        assert!(desk.begin_within(Duration::from_millis(20)).is_some());
    }

    #[test]
    fn the_window_is_left_once_and_at_once_when_that_is_asked() {
        let desk = Desk::new("x".into());
        assert!(desk.leave());
        assert!(!desk.leave());
        drop(desk.begin());
        assert!(!desk.was_stopped());
        desk.stop();
        drop(desk.begin());
        assert!(desk.was_stopped(), "what was asked not to wait does not begin again");
    }
}
