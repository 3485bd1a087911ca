//! A disk that tells what is done to it, and fails when it is told to. For tests, on Linux.
//!
//! A program that links this crate and uses it has its `open`, `write`, `fsync` and the like in the place of those of the C library:
//! all that the program, SQLite and the standard library do to files passes through [`calls`]. What lies under a folder for which there
//! is a [`Disk`] is counted, recorded in its order, or made to fail; everything else goes straight to the system. The system is called
//! by number, so that nothing here passes through itself.
//!
//! Memory that is mapped is not seen. SQLite maps one file alone, the index of its log (`-shm`), which it makes anew after a crash.
#![cfg(target_os = "linux")]

mod calls;
mod place;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What kind of call it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file or folder is opened, or a file made.
    Open,
    /// Bytes are read.
    Read,
    /// Bytes are written.
    Write,
    /// Whoever calls waits until a file or folder is on the disk.
    Sync,
    /// A file is made shorter or longer.
    Truncate,
    /// A name is changed.
    Rename,
    /// A name is taken away.
    Unlink,
    /// A folder is made.
    MakeFolder,
    /// A file is given one more name.
    Link,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] =
        [Self::Open, Self::Read, Self::Write, Self::Sync, Self::Truncate, Self::Rename, Self::Unlink, Self::MakeFolder, Self::Link];
}

/// What was done, in the order in which it was done. Paths are under the disk's folder, which itself is the empty path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Change {
    Create {
        path: PathBuf,
    },
    Write {
        path: PathBuf,
        at: u64,
        bytes: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: u64,
    },
    Sync {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    MakeFolder {
        path: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    /// Something that the test has seen happen: so many of those.
    Mark(usize),
}

/// Which calls a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Those of a kind.
    Kind(Kind),
    /// Whatever changes something: opening for writing, writing, names, folders.
    Change,
    /// What needs room: bytes beyond the end of a file, new files and folders.
    Growth,
}

/// A fault to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about.
    pub on: On,
    /// From 1: the how manieth of those calls meets it.
    pub nth: u64,
    /// What the call says: `EIO` and so on. `None` is a disk that lies: it says that all is well, and does nothing.
    pub errno: Option<i32>,
    /// Every later one meets it too.
    pub for_good: bool,
}

/// A folder that is watched, for as long as this is there.
pub struct Disk(Arc<Watched>);

struct Watched {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    recorded: Option<Vec<Change>>,
    fault: Option<Fault>,
    /// How many calls the fault has counted, and how many have met it.
    counted: u64,
    met: u64,
    calls: BTreeMap<Kind, u64>,
}

/// How many disks there are: with none, no call is looked at.
static NUMBER: AtomicUsize = AtomicUsize::new(0);
static DISKS: Mutex<Vec<Arc<Watched>>> = Mutex::new(Vec::new());

impl Disk {
    /// Watches the folder, which must be there, from now on.
    ///
    /// # Errors
    /// The file system's.
    pub fn under(folder: &Path) -> std::io::Result<Self> {
        let watched = Arc::new(Watched { folder: folder.canonicalize()?, state: Mutex::default() });
        lock(&DISKS).push(Arc::clone(&watched));
        NUMBER.fetch_add(1, Ordering::SeqCst);
        Ok(Self(watched))
    }

    /// The folder, by the path under which it is watched.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Keeps every change from now on.
    pub fn record(&self) {
        lock(&self.0.state).recorded = Some(Vec::new());
    }

    /// Enters a mark among the changes.
    pub fn mark(&self, number: usize) {
        lock(&self.0.state).tell(|| Change::Mark(number));
    }

    /// The changes since [`Disk::record`], which are not kept any longer.
    #[must_use]
    pub fn recorded(&self) -> Vec<Change> {
        lock(&self.0.state).recorded.take().unwrap_or_default()
    }

    /// From now on there is this fault, and no other.
    pub fn fail(&self, fault: Fault) {
        let mut state = lock(&self.0.state);
        (state.fault, state.counted, state.met) = (Some(fault), 0, 0);
    }

    /// The disk is well again. How many calls met the fault.
    pub fn mend(&self) -> u64 {
        let mut state = lock(&self.0.state);
        state.fault = None;
        state.met
    }

    /// How many calls of each kind there were.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<Kind, u64> {
        lock(&self.0.state).calls.clone()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        lock(&DISKS).retain(|watched| !Arc::ptr_eq(watched, &self.0));
        NUMBER.fetch_sub(1, Ordering::SeqCst);
    }
}

/// One call, as far as a fault asks.
#[derive(Clone, Copy)]
struct Call {
    kind: Kind,
    changes: bool,
    grows: bool,
}

impl State {
    /// The fault that this call meets, if it does.
    fn meets(&mut self, call: Call) -> Option<Fault> {
        *self.calls.entry(call.kind).or_default() += 1;
        let fault = self.fault?;
        let concerned = match fault.on {
            On::Kind(kind) => call.kind == kind,
            On::Change => call.changes,
            On::Growth => call.grows,
        };
        if !concerned {
            return None;
        }
        self.counted += 1;
        let met = self.counted == fault.nth || (fault.for_good && self.counted > fault.nth);
        self.met += u64::from(met);
        met.then_some(fault)
    }

    fn tell(&mut self, change: impl FnOnce() -> Change) {
        if let Some(recorded) = &mut self.recorded {
            recorded.push(change());
        }
    }
}

impl Watched {
    /// The path under the folder.
    fn inside(&self, path: &[u8]) -> Option<PathBuf> {
        Path::new(OsStr::from_bytes(path)).strip_prefix(&self.folder).ok().map(Path::to_owned)
    }
}

/// The disk that a path lies on, and the path on it.
fn watched(path: &[u8]) -> Option<(Arc<Watched>, PathBuf)> {
    lock(&DISKS).iter().find_map(|watched| Some((Arc::clone(watched), watched.inside(path)?)))
}

/// A panic elsewhere leaves these values whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
