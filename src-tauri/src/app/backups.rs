//! Backups of the open records: unasked, asked for, before what changes much and at the end; and their places.
//!
//! None is made while the records are locked, for then no key is at hand: locking does not wait, and cuts short one that is being
//! made. What it would have held is in the next, which is looked for as soon as the records are open again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use practice::error::{Refusal, Thing};
use practice::store;
use practice::time::Instant;
use practice::vault::backup::{self, BackupFailure, BackupPlace, Backups, Found, NotUsed, Step, Which};
use practice::words::Veil;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;

use super::{App, Open, lock, new_id, tick};
use crate::backups::{BackupsPage, Far, FoundBackup, Pick, Went, WentIn, label};
use crate::failure::{Answer, Failure};

/// How long what was changed may be in no backup, while the records are open.
const EVERY: Duration = Duration::from_secs(30 * 60);
/// How long the window may take to close for a backup's sake.
const LAST: Duration = Duration::from_secs(20);
/// How old the time may be at which a place was last seen.
const SEEN: i64 = 60 * 60;

impl App {
    /// The backups as they stand.
    pub fn backups(&self) -> Answer<BackupsPage> {
        self.lock_if_due();
        let open = self.opened()?;
        if !open.sample {
            self.ensure_first(&open)?;
        }
        let backups = read(&open)?;
        let free = |which| place(&backups, which).and_then(|place| backup::free(Path::new(&place.folder)).ok());
        let (first_free, second_free) = (free(Which::First), free(Which::Second));
        Ok(BackupsPage { first_free, second_free, sample: open.sample, backups })
    }

    /// Makes a backup in each place that is there.
    pub fn back_up(&self, progress: &Channel<Far>) -> Answer<Vec<WentIn>> {
        // A window that no longer listens is no reason to stop.
        self.back_up_telling(|far| drop(progress.send(far)))
    }

    /// The same, where something else tells how far it is.
    pub(super) fn back_up_telling(&self, say: impl FnMut(Far)) -> Answer<Vec<WentIn>> {
        self.lock_if_due();
        let run = self.backups.begin();
        let open = self.opened()?;
        if open.sample {
            return Err(Refusal::NoBackup { why: BackupFailure::NoKit }.into());
        }
        self.ensure_first(&open)?;
        let mut said = self.backups.progress(|| tick().steady, say);
        let mut went = Vec::new();
        for place in read(&open)?.places {
            went.push(self.back_up_to(&open, &place, None, &mut said)?);
        }
        drop(run);
        (self.tell.backed_up)();
        Ok(went)
    }

    /// Stops the backup, the test or the restore that is being done; nothing of it stays.
    pub fn stop_backup(&self) -> Answer<()> {
        self.backups.stop();
        Ok(())
    }

    /// Makes those backups that are due.
    pub fn back_up_if_due(&self) {
        let due = |open: &Open, place: &BackupPlace| {
            let waited = |since: Instant| (open.moment().at.0 - since.0).unsigned_abs() >= EVERY.as_millis() as u64;
            let tried = lock(&self.backups.tried)[place.place as usize];
            place.changed_since
                && place.last.as_ref().is_none_or(|last| waited(last.verified_at))
                && tried.is_none_or(|at| tick().steady.saturating_duration_since(at) >= EVERY)
        };
        self.unasked(&self.backups.begin(), None, None, due, |_| ());
    }

    /// Makes a backup of what is in none, before what changes much. Where that fails it is entered and shown, and it goes on.
    pub fn back_up_before(&self, say: impl FnMut(Far)) {
        self.back_up_for(self.backups.ask(), None, say);
    }

    /// The same as a part of a request. `spare` is a backup that stays, also where it would not be kept any longer.
    pub(super) fn back_up_for(&self, request: u64, spare: Option<&Path>, say: impl FnMut(Far)) {
        let due = |_: &Open, place: &BackupPlace| place.place == Which::First && place.changed_since;
        self.unasked(&self.backups.begin_for(request), None, spare, due, say);
    }

    /// Makes a last backup before the window closes; `false` where that is being done already. Nothing is lost if it is cut short.
    #[must_use]
    pub fn back_up_last(&self) -> bool {
        let first = self.backups.leave();
        if first && let Some(run) = self.backups.begin_within(LAST) {
            self.unasked(&run, Some(LAST), None, |_, place| place.changed_since, |_| ());
        }
        first
    }

    /// Makes a backup in each place of which `due` says so. A failure is entered, and shown by the page.
    fn unasked(
        &self,
        _run: &MutexGuard<()>,
        within: Option<Duration>,
        spare: Option<&Path>,
        due: impl Fn(&Open, &BackupPlace) -> bool,
        mut say: impl FnMut(Far),
    ) {
        let begun = tick().steady;
        let Ok(open) = self.opened() else { return };
        let allowed = !open.sample && lock(&open.behind).is_none();
        // One that nobody could open would only take the place of those before it.
        if !allowed || self.needs_kit(&open).unwrap_or(true) {
            return;
        }
        let mut made = false;
        let mut go = || -> Answer<()> {
            self.ensure_first(&open)?;
            for place in read(&open)?.places {
                if Path::new(&place.folder).is_dir() && place.seen_at.is_none_or(|at| at.plus_seconds(SEEN) < open.moment().at) {
                    open.records.write(open.moment(), Veil::Open, &mut new_id, |w| backup::seen(w, place.place))?;
                    made = true;
                }
                if !due(&open, &place) {
                    continue;
                }
                let mut said = self.backups.progress(|| tick().steady, &mut say);
                let mut said = |step: Step, done, of| {
                    said(step, done, of) && within.is_none_or(|most| tick().steady.saturating_duration_since(begun) < most)
                };
                let went = self.back_up_to(&open, &place, spare, &mut said)?;
                made = made || went.went != Went::NotThere;
                lock(&self.backups.tried)[place.place as usize] = matches!(went.went, Went::Failed { .. }).then(|| tick().steady);
            }
            Ok(())
        };
        if let Err(failure) = go() {
            // Stopped, or its reference is in the log; the next look tries again.
            tracing::info!(?failure, "an automatic backup ended early");
        }
        if made {
            (self.tell.backed_up)();
        }
    }

    /// Makes a backup in one place and enters what became of it. Stopping it is no failure and is not entered.
    fn back_up_to(
        &self,
        open: &Open,
        place: &BackupPlace,
        spare: Option<&Path>,
        said: &mut dyn FnMut(Step, u64, u64) -> bool,
    ) -> Answer<WentIn> {
        let folder = Path::new(&place.folder);
        let went = |went| Ok(WentIn { place: place.place, label: place.label.clone(), went });
        if place.place == Which::First && folder == self.backups.first_place {
            // Where this fails the backup says why.
            drop(fs::create_dir_all(folder));
        }
        if place.place == Which::Second && !folder.is_dir() {
            return went(Went::NotThere);
        }
        let made = backup::make(&open.records, &open.held, folder, open.moment(), &self.version, spare, said);
        let enter = |act: &dyn Fn(&mut store::Writer) -> practice::error::Result<()>| {
            open.records.write(open.moment(), Veil::Open, &mut new_id, act).map_err(Failure::from)
        };
        match made {
            Ok(made) => {
                enter(&|w| backup::made(w, place.place, &made))?;
                went(Went::Made)
            }
            Err(BackupFailure::Stopped) => Err(Refusal::NoBackup { why: BackupFailure::Stopped }.into()),
            Err(failure) => {
                tracing::warn!(%failure, place = ?place.place, "no backup was made");
                enter(&|w| backup::failed(w, place.place, &failure))?;
                went(Went::Failed { failure })
            }
        }
    }

    /// Has the user choose the folder of a place; `false` when none was chosen.
    pub fn choose_place<R: Runtime>(&self, window: &AppHandle<R>, which: Which) -> Answer<bool> {
        self.is_open()?;
        let chosen = window.dialog().file().set_can_create_directories(true).blocking_pick_folder();
        match chosen.and_then(|folder| folder.into_path().ok()) {
            Some(folder) => self.set_place(which, &folder).map(|()| true),
            None => Ok(false),
        }
    }

    /// Does without the second place. The backups that are there stay, and the first place goes on.
    pub fn give_up_second(&self) -> Answer<()> {
        lock(&self.backups.tried)[Which::Second as usize] = None;
        self.write(|w| backup::set_place(w, Which::Second, None, ""))
    }

    /// Sets the folder of a place. Refuses one inside the records' own, and the other place's.
    pub fn set_place(&self, which: Which, folder: &Path) -> Answer<()> {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let refuse = |why| Err(Failure::from(Refusal::NoBackup { why }));
        if !folder.is_dir() {
            return refuse(BackupFailure::PlaceMissing);
        }
        if real(folder).starts_with(real(&self.folder)) {
            return refuse(BackupFailure::InsideRecords);
        }
        let taken =
            self.read(backup::backups)?.places.iter().any(|other| other.place != which && real(Path::new(&other.folder)) == real(folder));
        if taken {
            return refuse(BackupFailure::SamePlace);
        }
        lock(&self.backups.tried)[which as usize] = None;
        self.write(|w| backup::set_place(w, which, Some(&folder.display().to_string()), &label(folder)))
    }

    /// The backups of both places, newest first; where no records are open, those of the usual place.
    pub fn found_backups(&self) -> Answer<Vec<FoundBackup>> {
        let open = self.opened().ok().filter(|open| !open.sample);
        let (places, vault, ended) = match &open {
            Some(open) => {
                let places = read(open)?.places.into_iter().map(|place| (place.place, PathBuf::from(place.folder), place.label)).collect();
                // Only of records that are behind can it be said what is missing of them.
                let behind = lock(&open.behind).as_ref().is_some_and(|behind| behind.missing.is_some());
                let ended = behind.then(|| open.records.read(open.moment(), Veil::Open, backup::sequence)).transpose()?;
                (places, Some(open.held.vault()), ended)
            }
            None => (self.usual_places(), None, None),
        };
        let mut found = Vec::new();
        for (place, folder, label) in places {
            match backup::list(&folder, vault) {
                Ok(list) => found.extend(list.into_iter().map(|one| (place, label.clone(), one))),
                // A drive that is not there has none to offer.
                Err(NotUsed::Missing) => {}
                Err(why) => tracing::warn!(%why, ?place, "the backups of a place could not be listed"),
            }
        }
        let made_at = |one: &Found| one.about.as_ref().map(|about| about.made_at);
        found.sort_by_key(|(_, _, one)| std::cmp::Reverse(made_at(one)));
        let offered = backup::to_offer(found.iter().map(|(_, _, one)| one), ended);
        let shown = |(at, (place, label, one)): (usize, (Which, String, Found))| FoundBackup {
            place: Some(place),
            label,
            beyond: ended.and_then(|ended| one.beyond(ended)),
            offered: offered == Some(at),
            made_at: made_at(&one),
            file: one.file,
            bytes: one.bytes,
            not_used: one.not_used,
        };
        Ok(found.into_iter().enumerate().map(shown).collect())
    }

    fn usual_places(&self) -> Vec<(Which, PathBuf, String)> {
        let usual = self.backups.first_place.clone();
        let label = label(&usual);
        vec![(Which::First, usual, label)]
    }

    /// Has the user choose a backup; `None` when none was chosen.
    pub fn choose_backup<R: Runtime>(&self, window: &AppHandle<R>) -> Answer<Option<FoundBackup>> {
        let chosen = window.dialog().file().add_filter("Anteroom", &["anteroom"]).blocking_pick_file();
        Ok(chosen.and_then(|file| file.into_path().ok()).map(|path| self.choose(path)))
    }

    /// A backup was opened with this program: the page is told, and asks for it.
    pub fn hand(&self, path: PathBuf) {
        *lock(&self.backups.handed) = Some(path);
        (self.tell.handed)();
    }

    /// The backup that was opened with this program, once.
    pub fn handed_backup(&self) -> Answer<Option<FoundBackup>> {
        let handed = lock(&self.backups.handed).take();
        Ok(handed.map(|path| self.choose(path)))
    }

    /// A file as the page shows it; `Pick::Chosen` is it from now on.
    fn choose(&self, path: PathBuf) -> FoundBackup {
        let about = backup::inspect(&path);
        let bytes = about.as_ref().map_or(0, |about| about.bytes);
        let found = FoundBackup {
            place: None,
            label: label(path.parent().unwrap_or(&path)),
            file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            bytes,
            made_at: about.as_ref().ok().map(|about| about.made_at),
            not_used: about.err(),
            beyond: None,
            offered: false,
        };
        *lock(&self.backups.chosen) = Some(path);
        found
    }

    /// The file that was picked.
    pub(super) fn picked(&self, pick: &Pick) -> Answer<PathBuf> {
        let gone = || Failure::from(Refusal::NotFound { what: Thing::Backup });
        let places = match self.opened().ok().filter(|open| !open.sample) {
            Some(open) => read(&open)?.places.into_iter().map(|place| (place.place, PathBuf::from(&place.folder), place.last)).collect(),
            None => self.usual_places().into_iter().map(|(which, folder, _)| (which, folder, None)).collect::<Vec<_>>(),
        };
        match pick {
            Pick::Chosen => lock(&self.backups.chosen).clone().ok_or_else(gone),
            Pick::Newest => {
                let last =
                    places.iter().filter_map(|(_, folder, last)| last.as_ref().map(|last| (last.verified_at, folder.join(&last.file))));
                let there = last.filter(|(_, file)| file.exists()).max_by_key(|(at, _)| *at);
                // Records that were restored know of none that was made after the backup they came from.
                let listed = || {
                    let newest = self.found_backups().ok()?.into_iter().find(|one| one.not_used.is_none())?;
                    let (_, folder, _) = places.iter().find(|(which, _, _)| Some(*which) == newest.place)?;
                    Some(folder.join(newest.file))
                };
                there.map(|(_, file)| file).or_else(listed).ok_or_else(gone)
            }
            Pick::Found { place, file } => {
                // A name, never a path.
                let folder = places.into_iter().find(|(which, _, _)| which == place).map(|(_, folder, _)| folder).ok_or_else(gone)?;
                if Path::new(file).file_name() == Some(file.as_ref()) { Ok(folder.join(file)) } else { Err(gone()) }
            }
        }
    }

    /// The open records, held beside whoever reads and writes meanwhile. Closing waits for whoever holds them at the desk.
    pub(super) fn opened(&self) -> Answer<Arc<Open>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        self.of(open.as_ref()).cloned()
    }

    /// Sets the first place to the usual one where none was chosen.
    fn ensure_first(&self, open: &Open) -> Answer<()> {
        if lock(&open.behind).is_some() || place(&read(open)?, Which::First).is_some() {
            return Ok(());
        }
        let folder = &self.backups.first_place;
        let text = folder.display().to_string();
        Ok(open
            .records
            .write(open.moment(), Veil::Open, &mut new_id, |w| backup::set_place(w, Which::First, Some(&text), &label(folder)))?)
    }
}

fn read(open: &Open) -> Answer<Backups> {
    Ok(open.records.read(open.moment(), Veil::Open, backup::backups)?)
}

fn place(backups: &Backups, which: Which) -> Option<&BackupPlace> {
    backups.places.iter().find(|place| place.place == which)
}
