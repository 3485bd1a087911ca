//! Newer versions of the program: looked for where that is turned on, and installed when the user says so, after a backup, and never
//! over a session.

use std::path::PathBuf;
use std::sync::Arc;

use practice::error::{NotUpdated, Refusal};
use practice::id::RequestId;
use practice::updates::{self, Answered, Outgoing, UpdateRequest};
use practice::vault::backup::BackupFailure;
use serde_json::Value;
use tauri::ipc::Channel;
use tauri::utils::platform::bundle_type;
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_updater::{Error, Update};

use super::{App, lock};
use crate::backups::Went;
use crate::failure::{Answer, Failure};
use crate::updates::line::{self, Failed};
use crate::updates::{NewerVersion, UpdateFar, UpdateSource, UpdateStep, UpdatesPage, package};

/// So many requests are shown until all are asked for.
const FEW: u32 = 4;
/// What packages are called at their end, on each system.
const ENDINGS: &[&str] = &["deb", "rpm", "AppImage", "gz", "msi", "exe"];

impl App {
    /// Newer versions, for the settings.
    pub fn updates<R: Runtime>(&self, handle: &AppHandle<R>) -> Answer<UpdatesPage> {
        let look = |r: &practice::store::Reader| Ok((updates::looking_since(r)?, updates::announced(r)?, updates::requests(r, FEW)?));
        let (since, announced, requests) = self.read(look)?;
        Ok(UpdatesPage {
            version: handle.package_info().version.to_string(),
            host: line::address(handle).ok().and_then(|address| address.host_str().map(str::to_owned)),
            knows_key: line::has_key(handle).is_ok(),
            since,
            newer: announced.and_then(|announced| line::newer(handle, &announced).ok()).map(|update| shown(&update)),
            requests,
        })
    }

    /// Every request that was made, newest first.
    pub fn update_requests(&self) -> Answer<Vec<UpdateRequest>> {
        Ok(self.read(|r| updates::requests(r, u32::MAX))?.newest)
    }

    /// Turns looking for newer versions on or off. In the sample practice, and in a copy that has nobody to ask, it stays off.
    pub fn set_looking<R: Runtime>(&self, handle: &AppHandle<R>, on: bool) -> Answer<()> {
        if on {
            self.has_own_records()?;
            line::address(handle).map_err(refused)?;
        }
        self.write_quietly(|w| updates::set_looking(w, on))?;
        (self.tell.changed)();
        Ok(())
    }

    /// Asks now which version is current, because the user wants to know. Only where looking is turned on.
    pub fn look_for_update<R: Runtime>(self: &Arc<Self>, handle: &AppHandle<R>) -> Answer<()> {
        let _run = self.updates.begin();
        self.look_once(handle)
    }

    /// The same unasked, once on each of the therapist's days. What it refuses stands in the ledger.
    pub fn look_if_due<R: Runtime>(self: &Arc<Self>, handle: &AppHandle<R>) {
        let Ok(open) = self.opened() else { return };
        let allowed = !open.sample && lock(&open.behind).is_none();
        drop(open);
        if !allowed || line::address(handle).is_err() || !self.read(updates::is_due).unwrap_or(false) {
            return;
        }
        let _run = self.updates.begin();
        // Whoever asked meanwhile has looked.
        if self.read(updates::is_due).unwrap_or(false)
            && let Err(failure) = self.look_once(handle)
        {
            tracing::info!(?failure, "it is not known whether there is a newer version");
        }
    }

    fn look_once<R: Runtime>(self: &Arc<Self>, handle: &AppHandle<R>) -> Answer<()> {
        self.has_own_records()?;
        if self.read(updates::looking_since)?.is_none() {
            return Err(refused(NotUpdated::NothingNewer));
        }
        let looked = line::look(self, handle);
        let kept = looked.as_ref().map_or(Ok(()), |found| self.write_quietly(|w| updates::set_announced(w, found.as_ref())));
        (self.tell.changed)();
        looked.map_err(failed)?;
        kept
    }

    /// Has the user choose a package; what it is, once it has stood every check. `None` when none was chosen.
    pub fn choose_update_file<R: Runtime>(&self, handle: &AppHandle<R>) -> Answer<Option<NewerVersion>> {
        self.has_own_records()?;
        line::has_key(handle).map_err(refused)?;
        let chosen = handle.dialog().file().add_filter("Anteroom", ENDINGS).blocking_pick_file();
        let Some(file) = chosen.and_then(|file| file.into_path().ok()) else { return Ok(None) };
        self.take_update_file(handle, file).map(Some)
    }

    /// Takes a package that was chosen, if it stands every check.
    pub(crate) fn take_update_file<R: Runtime>(&self, handle: &AppHandle<R>, file: PathBuf) -> Answer<NewerVersion> {
        let (update, _) = package::in_file(handle, &file).map_err(refused)?;
        *lock(&self.updates.chosen) = Some(file);
        Ok(shown(&update))
    }

    /// Backs the records up, has the system's installer put a newer version in the place of this one, and starts that.
    pub fn install_update<R: Runtime>(
        self: &Arc<Self>,
        handle: &AppHandle<R>,
        source: UpdateSource,
        progress: &Channel<UpdateFar>,
    ) -> Answer<()> {
        self.is_open()?;
        if bundle_type().is_none() {
            return Err(refused(NotUpdated::NotAPackage));
        }
        // A window that no longer listens is no reason to stop.
        let say = |step, done, of| drop(progress.send(UpdateFar { step, done, of }));
        let _run = self.updates.begin();
        let (update, bytes) = self.bring_update(handle, source, say)?;
        // Asked again here: a session may have begun meanwhile.
        self.write_quietly(|w| updates::begin_installing(w, &update.current_version, &update.version))?;
        say(UpdateStep::Install, 0, 0);
        if let Err(error) = update.install(&bytes) {
            tracing::warn!(why = kind(&error), "the newer version was not installed");
            // Where this cannot be entered, as after a lock, nothing is installed all the same.
            let _entered = self.write_quietly(|w| updates::not_installed(w, &update.version));
            return Err(refused(if matches!(error, Error::InvalidUpdaterFormat) {
                NotUpdated::NoPackage
            } else {
                NotUpdated::NotInstalled
            }));
        }
        // The records are closed as at every end.
        handle.request_restart();
        Ok(())
    }

    /// All that comes before the installer: whether it may be now, a backup, and the package, with every check behind it.
    pub(crate) fn bring_update<R: Runtime>(
        self: &Arc<Self>,
        handle: &AppHandle<R>,
        source: UpdateSource,
        say: impl Fn(UpdateStep, u64, u64) + Send + Sync,
    ) -> Answer<(Update, Vec<u8>)> {
        self.has_own_records()?;
        let announced = self.read(|r| {
            updates::may_install(r)?;
            updates::announced(r)
        })?;
        let chosen = lock(&self.updates.chosen).clone();
        let wanted = wanted(handle, source, announced, chosen).map_err(refused)?;
        self.back_up_for_update(&say)?;
        if self.updates.is_stopped() {
            return Err(refused(NotUpdated::Stopped));
        }
        say(UpdateStep::Download, 0, 0);
        match wanted {
            Wanted::Announced(announced) => {
                let far = |done, of| say(UpdateStep::Download, done, of);
                line::download(self, handle, &announced, far, || !self.updates.is_stopped() && self.is_open().is_ok()).map_err(failed)
            }
            Wanted::File(file) => package::in_file(handle, &file).map_err(refused),
        }
    }

    /// Stops the look or the update that is being done, before its installer works.
    pub fn stop_update(&self) -> Answer<()> {
        self.updates.stop();
        self.backups.stop();
        Ok(())
    }

    /// A backup of the records as they are now, in one place at least.
    fn back_up_for_update(&self, say: impl Fn(UpdateStep, u64, u64)) -> Answer<()> {
        let no_backup = |why| {
            refused(match why {
                BackupFailure::Stopped => NotUpdated::Stopped,
                why => NotUpdated::NoBackup { why },
            })
        };
        let went = match self.back_up_telling(|far| say(UpdateStep::BackUp, far.done, far.of)) {
            Ok(went) => went,
            Err(Failure::Refused { refusal: Refusal::NoBackup { why } }) => return Err(no_backup(why)),
            Err(failure) => return Err(failure),
        };
        if went.iter().any(|one| one.went == Went::Made) {
            return Ok(());
        }
        let why = went.into_iter().find_map(|one| if let Went::Failed { failure } = one.went { Some(failure) } else { None });
        Err(no_backup(why.unwrap_or(BackupFailure::PlaceMissing)))
    }

    /// Refuses where no records, or those of the sample practice, are open.
    fn has_own_records(&self) -> Answer<()> {
        self.lock_if_due();
        if self.opened()?.sample { Err(refused(NotUpdated::Sample)) } else { Ok(()) }
    }

    /// Enters a request. Where that fails it is not made.
    pub(crate) fn begin_request(&self, outgoing: &Outgoing) -> Answer<RequestId> {
        self.write_quietly(|w| updates::begin_request(w, outgoing))
    }

    /// Enters what came of it. Where the records are locked meanwhile it stays without an answer.
    pub(crate) fn request_answered(&self, id: RequestId, answer: Answered, newer: Option<&str>, bytes: Option<u64>) {
        if let Err(failure) = self.write_quietly(|w| updates::answered(w, id, answer, newer, bytes)) {
            tracing::warn!(?failure, "what came of a request was not entered");
        }
    }
}

/// What is to be brought.
enum Wanted {
    Announced(Value),
    File(PathBuf),
}

/// Refuses before anything is done what is not newer or not there.
fn wanted<R: Runtime>(
    handle: &AppHandle<R>,
    source: UpdateSource,
    announced: Option<Value>,
    chosen: Option<PathBuf>,
) -> Result<Wanted, NotUpdated> {
    match source {
        UpdateSource::Address => {
            let announced = announced.ok_or(NotUpdated::NothingNewer)?;
            line::newer(handle, &announced)?;
            Ok(Wanted::Announced(announced))
        }
        UpdateSource::File => chosen.map(Wanted::File).ok_or(NotUpdated::NothingNewer),
    }
}

fn shown(update: &Update) -> NewerVersion {
    NewerVersion { version: update.version.clone(), notes: update.body.clone().unwrap_or_default() }
}

fn refused(why: NotUpdated) -> Failure {
    Refusal::NoUpdate { why }.into()
}

fn failed(failed: Failed) -> Failure {
    match failed {
        Failed::Why(why) => refused(why),
        Failed::NotEntered(failure) => failure,
    }
}

/// Only of which kind: in its own words there may be a path.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Io(_) => "the file system",
        Error::AuthenticationFailed => "not allowed",
        Error::PackageInstallFailed | Error::DebInstallFailed => "the package manager",
        Error::InvalidUpdaterFormat | Error::BinaryNotFoundInArchive => "another kind of package",
        _ => "the installer",
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
