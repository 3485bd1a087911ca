//! Newer versions outside the records: what the window shows of them, one request or installation at a time, and the thread that looks
//! unasked. `line` is the only file of the program that goes out to a network, `package` what it may bring back.

pub(crate) mod line;
pub(crate) mod package;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use practice::time::Instant;
use practice::updates::UpdateRequests;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};

use crate::app::App;

/// How often it is looked whether it is time to look: one read. The first time is once the window stands.
const LOOK: Duration = Duration::from_secs(10);

/// Where a newer version comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum UpdateSource {
    /// The address that was asked.
    Address,
    /// The file that was chosen last.
    File,
}

/// A newer version that can be installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct NewerVersion {
    /// Which.
    pub version: String,
    /// What changes, as its makers say it; empty where they do not.
    pub notes: String,
}

/// Newer versions, for the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct UpdatesPage {
    /// The version that is running.
    pub version: String,
    /// Who is asked; none where this copy was made without an address.
    pub host: Option<String>,
    /// Whether this copy was made with the key by which packages are known; without, none is taken.
    pub knows_key: bool,
    /// Since when that is on; none while it is off.
    pub since: Option<Instant>,
    /// The newer version that the last look was told of.
    pub newer: Option<NewerVersion>,
    /// The requests that were made.
    pub requests: UpdateRequests,
}

/// What is being done for an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum UpdateStep {
    /// The records are backed up.
    BackUp,
    /// The package is downloaded, or read.
    Download,
    /// The system's installer works, which may ask for a password. It cannot be stopped.
    Install,
}

/// How far an update has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct UpdateFar {
    /// What is being done.
    pub step: UpdateStep,
    /// So much of it.
    #[specta(type = u32)]
    pub done: u64,
    /// Of so much; 0 where that is not known.
    #[specta(type = u32)]
    pub of: u64,
}

/// One request or installation at a time, and the file that was chosen last.
#[derive(Default)]
pub struct Desk {
    /// The package that was chosen last.
    pub chosen: Mutex<Option<PathBuf>>,
    running: Mutex<()>,
    stopped: AtomicBool,
}

impl Desk {
    /// Waits for what is being done, and begins. It lasts until what is given goes.
    pub fn begin(&self) -> MutexGuard<'_, ()> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        self.stopped.store(false, Ordering::SeqCst);
        running
    }

    /// Stops what is being done; nothing of it stays.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// Whether it is stopped.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// Looks for a newer version when it is time, for as long as the program runs. Nothing waits for it.
pub fn keep<R: Runtime>(app: &Arc<App>, handle: &AppHandle<R>) {
    let (app, handle) = (Arc::downgrade(app), handle.clone());
    thread::spawn(move || {
        loop {
            thread::sleep(LOOK);
            let Some(app) = app.upgrade() else { return };
            app.look_if_due(&handle);
        }
    });
}
