//! The change-over: restored records take the place of those that are here, which are kept beside them.
//!
//! Before the first file is moved, a file says that it is being done. Killed at any point after that, the next start goes on from
//! there: every file is moved by a rename, and whether the restored database is still in its own folder tells how far it had come.
//! Killed before, nothing had begun.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk;
use crate::error::NotUsed;
use crate::time::Moment;
use crate::vault::Barred;
use crate::vault::folder::{FILES, Folder, private_file};

const RESTORING: &str = "restoring";
const KEPT: &str = "before-restore-";
const DATABASE: &str = "practice.db";
const JOURNAL: &str = "changing-over.json";
const JOURNAL_NEXT: &str = "changing-over.json.next";

/// Says that a change-over has begun.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    /// The folder for the former records.
    kept: String,
}

/// Where a backup is restored, beside the records in `vault`.
pub(super) fn restoring(vault: &Path) -> PathBuf {
    vault.join(RESTORING)
}

/// Puts restored records in the place of those in `vault`, which must be closed. Gives the name of the folder, in `vault`, in which
/// the former records are kept, if there were any.
///
/// # Errors
/// `Missing` if nothing was restored: then nothing has changed. Otherwise the next start either finds everything as it was, or goes on.
pub fn swap(vault: &Path, moment: Moment) -> Result<Option<String>, NotUsed> {
    settle(vault)?;
    if !restoring(vault).join(DATABASE).exists() {
        return Err(NotUsed::Missing);
    }
    let kept = free_name(vault, moment);
    begin(vault, &kept)?;
    change_over(vault, &kept, &mut || Ok(()))?;
    Ok(vault.join(&kept).exists().then_some(kept))
}

/// Goes on with a change-over that was cut short; called before anything else looks at the folder.
///
/// # Errors
/// The file system's.
pub(in crate::vault) fn settle(vault: &Path) -> Result<(), Barred> {
    if let Some(kept) = begun(vault)? {
        change_over(vault, &kept, &mut || Ok(()))?;
    }
    Ok(())
}

fn free_name(vault: &Path, moment: Moment) -> String {
    let first = format!("{KEPT}{}", moment.at.in_zone(moment.zone).format("%Y-%m-%d-%H%M"));
    let mut names = std::iter::once(first.clone()).chain((2..).map(|number| format!("{first}-{number}")));
    names.find(|name| !vault.join(name).exists()).unwrap_or(first)
}

/// Writes the journal, whole or not at all.
fn begin(vault: &Path, kept: &str) -> io::Result<()> {
    let next = vault.join(JOURNAL_NEXT);
    let mut out = private_file().write(true).create(true).truncate(true).open(&next)?;
    out.write_all(&serde_json::to_vec(&Journal { kept: kept.to_owned() })?)?;
    out.sync_all()?;
    drop(out);
    fs::rename(&next, vault.join(JOURNAL))?;
    disk::sync_folder(vault)
}

/// The folder for the former records, if a change-over has begun.
fn begun(vault: &Path) -> Result<Option<String>, Barred> {
    let bytes = match fs::read(vault.join(JOURNAL)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let journal: Journal = serde_json::from_slice(&bytes).map_err(|_| Barred::VaultFileDamaged)?;
    // It is used as a name: only one that we write.
    let ours = journal.kept.strip_prefix(KEPT).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'));
    if ours { Ok(Some(journal.kept)) } else { Err(Barred::VaultFileDamaged) }
}

/// Goes on from wherever it is. `before` is asked before each change of a name.
fn change_over(vault: &Path, kept: &str, before: &mut dyn FnMut() -> io::Result<()>) -> io::Result<()> {
    let (restored, kept) = (restoring(vault), vault.join(kept));
    if restored.join(DATABASE).exists() {
        // Nothing restored has been moved: all that is here is former.
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
        fs::rename(restored.join(DATABASE), vault.join(DATABASE))?;
        disk::sync_folder(vault)?;
    } else if !vault.join(DATABASE).exists() {
        // The restored records were taken away by someone else: the former ones come back.
        for name in FILES {
            if kept.join(name).exists() && !vault.join(name).exists() {
                before()?;
                fs::rename(kept.join(name), vault.join(name))?;
            }
        }
    }
    // The database was first; what is still in its folder belongs to it.
    for name in FILES {
        if restored.join(name).exists() && !vault.join(name).exists() {
            before()?;
            fs::rename(restored.join(name), vault.join(name))?;
        }
    }
    disk::sync_folder(vault)?;
    before()?;
    if restored.exists() {
        fs::remove_dir_all(&restored)?;
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
