//! The test restore: a backup and the code, opened and counted in a scratch folder that is gone afterwards.

use std::path::Path;

use serde::Serialize;

use super::disk::PassingFolder;
use super::unpack::{Opener, unpack};
use super::{AboutBackup, Progress, disk, inspect, verify};
use crate::error::NotUsed;
use crate::vault::RecoveryCode;
use crate::vault::folder::Folder;

/// A backup that stood the test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Tested {
    /// Its name.
    pub file: String,
    /// What it says of itself, proved.
    pub about: AboutBackup,
    /// How many records were counted.
    #[specta(type = u32)]
    pub records: u64,
}

/// Opens a backup with the recovery code in a new folder `scratch`, checks and counts all of it, and takes the folder away again.
///
/// # Errors
/// Why it could not be used if it had to be.
pub fn test_restore(file: &Path, code: &RecoveryCode, scratch: &Path, progress: Progress) -> Result<Tested, NotUsed> {
    let about = inspect(file)?;
    if scratch.exists() {
        return Err(NotUsed::Disk { code: None });
    }
    let _passing = PassingFolder::new(scratch.to_owned());
    let folder = Folder::private(scratch)?;
    let free = disk::free(scratch)?;
    if free < about.bytes {
        return Err(NotUsed::NoRoom { needed: about.bytes, free });
    }
    let unpacked = unpack(file, &Opener::Code(code), &folder.database(), progress)?;
    verify::verify(&folder.database(), &unpacked.key, &unpacked.manifest, progress)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Tested { file: name, about: unpacked.about, records: verify::records(&unpacked.manifest.counts) })
}
