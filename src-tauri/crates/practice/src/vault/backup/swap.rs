//! The change-over: records that were made whole in a folder of their own take the place of those that are here. The former ones are
//! kept beside them after a restore, and dropped once a new key is in force.
//!
//! Before the first file is moved, a file says that it is being done. Killed at any point after that, the next start goes on from
//! there: every file is moved by a rename, and whether the new database is still in its own folder tells how far it had come.
//! Killed before, nothing had begun.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk;
use crate::error::NotUsed;
use crate::time::Moment;
use crate::vault::Barred;
use crate::vault::folder::{DATABASE, FILES, Folder, VAULT_FILE, private_file};

const RESTORING: &str = "restoring";
const KEPT: &str = "before-restore-";
const ROTATING: &str = "rotating";
/// For the moment of the change-over: then what is under the former key is gone.
const FORMER_KEY: &str = "former-key";
const JOURNAL: &str = "changing-over.json";
const JOURNAL_NEXT: &str = "changing-over.json.next";

/// Says that a change-over has begun.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    /// The folder for the former records.
    kept: String,
}

/// What takes the place of what.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// A backup was restored; the former records are kept in the folder of this name.
    Restored(String),
    /// The records were written once more under another key.
    Rotated,
}

impl Change {
    /// By the name of the folder for the former records: it is used as a name, so only one that we write.
    fn named(kept: &str) -> Option<Self> {
        let rest = || kept.strip_prefix(KEPT).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
        match kept {
            FORMER_KEY => Some(Self::Rotated),
            kept => rest().then(|| Self::Restored(kept.to_owned())),
        }
    }

    /// The folder that is taken from.
    fn next(&self) -> &str {
        match self {
            Self::Restored(_) => RESTORING,
            Self::Rotated => ROTATING,
        }
    }

    /// The folder for the former records.
    fn kept(&self) -> &str {
        match self {
            Self::Restored(kept) => kept,
            Self::Rotated => FORMER_KEY,
        }
    }
}

/// Where a backup is restored, beside the records in `vault`.
pub(super) fn restoring(vault: &Path) -> PathBuf {
    vault.join(RESTORING)
}

/// Where the records are written under another key, beside those in `vault`.
pub(in crate::vault) fn rotating(vault: &Path) -> PathBuf {
    vault.join(ROTATING)
}

/// Says that what lies whole in [`rotating`] is to take the place of what is here: from now on the next opening does it.
pub(in crate::vault) fn begin_rotated(vault: &Path) -> io::Result<()> {
    begin(vault, &Change::Rotated)
}

/// Whether a change-over has begun that the next opening goes on with.
pub(in crate::vault) fn is_begun(vault: &Path) -> Result<bool, Barred> {
    begun(vault).map(|change| change.is_some())
}

/// Puts restored records in the place of those in `vault`, which must be closed. Gives the name of the folder, in `vault`, in which
/// the former records are kept, if there were any.
///
/// # Errors
/// `Missing` if nothing was restored, `InUse` if the records are open: then nothing has changed. Otherwise the next start either finds
/// everything as it was, or goes on.
pub fn swap(vault: &Path, moment: Moment) -> Result<Option<String>, NotUsed> {
    settle(vault)?;
    if !restoring(vault).join(DATABASE).exists() {
        return Err(NotUsed::Missing);
    }
    let _claim = Folder::at(vault).claim()?;
    let kept = free_name(vault, moment);
    let change = Change::Restored(kept.clone());
    begin(vault, &change)?;
    change_over(vault, &change, &mut || Ok(()))?;
    Ok(vault.join(&kept).exists().then_some(kept))
}

/// Goes on with a change-over that was cut short; called before anything else looks at the folder.
///
/// # Errors
/// `InUse` if the records are still open, and the file system's.
pub(in crate::vault) fn settle(vault: &Path) -> Result<(), Barred> {
    if is_begun(vault)? {
        let _claim = Folder::at(vault).claim()?;
        // Asked once more: another may just have come to its end.
        if let Some(change) = begun(vault)? {
            change_over(vault, &change, &mut || Ok(()))?;
        }
    }
    Ok(())
}

/// Takes away what a change of key left that was cut short before it began, or after it was done. Only while the records are open: then
/// nothing in it is needed.
pub(in crate::vault) fn sweep_rotated(vault: &Path) -> io::Result<()> {
    for left in [ROTATING, FORMER_KEY].map(|name| vault.join(name)) {
        if left.exists() {
            fs::remove_dir_all(left)?;
        }
    }
    Ok(())
}

fn free_name(vault: &Path, moment: Moment) -> String {
    let first = format!("{KEPT}{}", moment.at.in_zone(moment.zone).format("%Y-%m-%d-%H%M"));
    let mut names = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}-{number}")));
    names.find(|name| !vault.join(name).exists()).unwrap_or(first)
}

/// Writes the journal, whole or not at all.
fn begin(vault: &Path, change: &Change) -> io::Result<()> {
    let next = vault.join(JOURNAL_NEXT);
    let mut out = private_file().write(true).create(true).truncate(true).open(&next)?;
    out.write_all(&serde_json::to_vec(&Journal { kept: change.kept().to_owned() })?)?;
    out.sync_all()?;
    drop(out);
    fs::rename(&next, vault.join(JOURNAL))?;
    disk::sync_folder(vault)
}

/// The change-over that has begun.
fn begun(vault: &Path) -> Result<Option<Change>, Barred> {
    let bytes = match fs::read(vault.join(JOURNAL)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let journal: Journal = serde_json::from_slice(&bytes).map_err(|_| Barred::VaultFileDamaged)?;
    Change::named(&journal.kept).map(Some).ok_or(Barred::VaultFileDamaged)
}

/// Goes on from wherever it is. `before` is asked before each change of a name.
fn change_over(vault: &Path, change: &Change, before: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    let (next, kept) = (vault.join(change.next()), vault.join(change.kept()));
    if next.join(DATABASE).exists() {
        // Nothing new has been moved: all that is here is former.
        for name in FILES {
            if vault.join(name).exists() {
                before()?;
                make_private(&kept)?;
                fs::rename(vault.join(name), kept.join(name))?;
            }
        }
        sync(&kept)?;
        disk::sync_folder(vault)?;
        before()?;
        fs::rename(next.join(DATABASE), vault.join(DATABASE))?;
        disk::sync_folder(vault)?;
    } else if !vault.join(DATABASE).exists() {
        // The new records were taken away by someone else: the former ones come back.
        for name in FILES {
            if kept.join(name).exists() && !vault.join(name).exists() {
                before()?;
                fs::rename(kept.join(name), vault.join(name))?;
            }
        }
    }
    // The database was first; what is still in its folder belongs to it.
    for name in FILES {
        if next.join(name).exists() && !vault.join(name).exists() {
            before()?;
            fs::rename(next.join(name), vault.join(name))?;
        }
    }
    disk::sync_folder(vault)?;
    before()?;
    if next.exists() {
        fs::remove_dir_all(&next)?;
    }
    // What the former key opens goes last, and only where the new records are in their place with the slots that open them.
    let in_place = vault.join(DATABASE).exists() && vault.join(VAULT_FILE).exists();
    if *change == Change::Rotated && in_place && kept.exists() {
        before()?;
        fs::remove_dir_all(&kept)?;
    }
    before()?;
    fs::remove_file(vault.join(JOURNAL))?;
    disk::sync_folder(vault)
}

fn make_private(folder: &Path) -> io::Result<()> {
    Folder::private(folder).map(drop).map_err(|_| ErrorKind::PermissionDenied.into())
}

fn sync(folder: &Path) -> io::Result<()> {
    if folder.exists() { disk::sync_folder(folder) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
