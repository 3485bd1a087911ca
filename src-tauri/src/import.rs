//! A file that is being looked at before it is imported: held here between the window's calls, never on the disk.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use practice::error::{FileProblem, Refusal};
use practice::id::ImportId;
use practice::imports::{self, ImportFilter, ImportPage, Mapping, Opened, Progress};
use practice::store::Writer;
use practice::time::Date;
use practice::undo::Change;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;

use crate::app::{App, new_id};
use crate::backups::Far;
use crate::failure::{Answer, Failure};

/// The file, and whether its import is to stop.
#[derive(Default)]
pub struct Desk {
    file: Mutex<Option<Opened>>,
    stop: AtomicBool,
}

/// After some rows, so that whoever waits to save something gets to it: the records' lock alone is not fair.
const PAUSE: Duration = Duration::from_millis(1);

impl Desk {
    /// Puts the file away.
    pub fn forget(&self) {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl App {
    /// Has the user choose a file and reads it; `false` when none was chosen.
    pub fn choose_import<R: Runtime>(&self, window: &AppHandle<R>) -> Answer<bool> {
        self.is_open()?;
        let chosen = window.dialog().file().add_filter("CSV", &["csv", "tsv", "txt"]).blocking_pick_file();
        match chosen.and_then(|file| file.into_path().ok()) {
            Some(path) => self.open_import(&path).map(|()| true),
            None => Ok(false),
        }
    }

    /// Reads a file to look at.
    pub fn open_import(&self, path: &Path) -> Answer<()> {
        let bytes = read(path).map_err(|reason| Failure::from(Refusal::FileUnreadable { reason, row: None, column: None }))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let opened = self.read(|r| Opened::open(r, &name, &bytes))?;
        *self.import_file() = Some(opened);
        Ok(())
    }

    /// Rows of the file, or `None` when none is open.
    pub fn import_page(&self, filter: ImportFilter, offset: u32, limit: u32) -> Answer<Option<ImportPage>> {
        self.read(|r| Ok(self.import_file().as_ref().map(|file| file.page(r.veil, filter, offset, limit))))
    }

    /// Reads the rows anew under another mapping.
    pub fn map_import(&self, mapping: Mapping) -> Answer<()> {
        self.is_open()?;
        self.with_import(|file| self.read(|r| file.map(r, mapping)))
    }

    /// Takes a row, or leaves it out.
    pub fn take_import_row(&self, row: u32, take: bool) -> Answer<()> {
        self.is_open()?;
        self.with_import(|file| Ok(file.take(row, take)?))
    }

    /// Settles a date that could not be read.
    pub fn settle_import_date(&self, row: u32, column: u32, date: Option<Date>) -> Answer<()> {
        let today = self.read(|r| Ok(r.moment.today()))?;
        self.with_import(|file| Ok(file.settle_date(today, row, column, date)?))
    }

    /// Imports what is taken: all of it, or nothing. It can be undone as a whole. What is in no backup yet is backed up first.
    pub fn run_import(&self, progress: &Channel<Progress>, backup: &Channel<Far>) -> Answer<u32> {
        self.is_open()?;
        self.import_desk().stop.store(false, Ordering::SeqCst);
        // A window that no longer listens is no reason to stop.
        self.back_up_before(|far| drop(backup.send(far)));
        let imported = self.with_import(|file| {
            let id = ImportId(new_id());
            let write = |act: &mut dyn FnMut(&mut Writer) -> practice::error::Result<()>| {
                let written = self.write_quietly(|w| act(w));
                thread::sleep(PAUSE);
                written
            };
            let imported = imports::run(write, id, file, |far| {
                drop(progress.send(far));
                !self.import_desk().stop.load(Ordering::SeqCst)
            })?;
            self.remember(Change::of_import(id));
            Ok(imported)
        })?;
        self.close_import()?;
        Ok(imported)
    }

    /// Stops the import that runs, or the backup before it; nothing of it stays.
    pub fn stop_import(&self) -> Answer<()> {
        self.import_desk().stop.store(true, Ordering::SeqCst);
        self.backups_desk().stop();
        Ok(())
    }

    /// Puts the file away.
    pub fn close_import(&self) -> Answer<()> {
        self.import_desk().forget();
        Ok(())
    }

    fn with_import<T>(&self, act: impl FnOnce(&mut Opened) -> Answer<T>) -> Answer<T> {
        let mut file = self.import_file();
        act(file.as_mut().ok_or(Refusal::NotFound { what: practice::error::Thing::Import }).map_err(Failure::from)?)
    }

    fn import_file(&self) -> MutexGuard<'_, Option<Opened>> {
        self.import_desk().file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, FileProblem> {
    let size = std::fs::metadata(path).map_err(|_| FileProblem::NotFound)?.len();
    if size > imports::LARGEST as u64 {
        return Err(FileProblem::TooLarge);
    }
    std::fs::read(path).map_err(|_| FileProblem::NotFound)
}
