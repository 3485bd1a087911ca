//! A package and its signature: what they have to be before anything is installed. The signature names the version, and is checked
//! against the one key that this copy was made with; none that is not newer is ever taken.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use practice::error::NotUpdated;
use practice::updates::Answered;
use serde_json::{Value, json};
use tauri::{AppHandle, Runtime, Url};
use tauri_plugin_updater::{Error, Update, Updater, UpdaterExt};

/// The longest package that is taken, in bytes.
pub const LONGEST: u64 = 512 << 20;
/// The longest signature.
const SIGNATURE: u64 = 4 << 10;

/// A newer version out of what the address said of it; it is checked once its package is there.
///
/// # Errors
/// `NothingNewer` where it is the one that is running or older, as after it was installed; `NoPackage`, `NotHttps`, `Unreadable`.
pub fn announced(updater: &Updater, announced: &Value) -> Result<Update, NotUpdated> {
    match updater.restore_update(announced.clone()) {
        Ok(Some(update)) if update.download_url.scheme() == "https" => Ok(update),
        Ok(Some(_)) => Err(NotUpdated::NotHttps),
        Ok(None) => Err(NotUpdated::NothingNewer),
        Err(Error::TargetNotFound(_) | Error::TargetsNotFound(_)) => Err(NotUpdated::NoPackage),
        Err(_) => Err(NotUpdated::Unreadable),
    }
}

/// A package in a file, with its signature beside it, after every check. No request is made.
///
/// # Errors
/// Those of the checks.
pub fn in_file<R: Runtime>(handle: &AppHandle<R>, file: &Path) -> Result<(Update, Vec<u8>), NotUpdated> {
    let signature = read(&beside(file), SIGNATURE, NotUpdated::NoSignature)?;
    let signature = String::from_utf8(signature).map_err(|_| NotUpdated::Damaged)?.trim().to_owned();
    let version = signed_version(&signature).ok_or(NotUpdated::VersionNotSigned)?;
    let address = Url::from_file_path(file).map_err(|()| NotUpdated::FileUnreadable)?;
    // What the signature says of itself is believed only once it is checked, below.
    let claimed = json!({ "version": version, "url": address, "signature": signature });
    let update = match in_no_place(handle)?.restore_update(claimed) {
        Ok(Some(update)) => update,
        Ok(None) => return Err(NotUpdated::NotNewer),
        Err(_) => return Err(NotUpdated::VersionNotSigned),
    };
    let bytes = read(file, LONGEST, NotUpdated::FileUnreadable)?;
    update.verify(&bytes).map_err(|error| rejected(&error))?;
    Ok((update, bytes))
}

/// What it means that a package, or its signature, was not taken.
pub fn rejected(error: &Error) -> NotUpdated {
    match error {
        Error::Minisign(minisign_verify::Error::UnexpectedKeyId) => NotUpdated::OtherKey,
        Error::MissingSignedVersion => NotUpdated::VersionNotSigned,
        Error::SignedVersionMismatch { .. } => NotUpdated::OtherVersion,
        _ => NotUpdated::Damaged,
    }
}

/// What the ledger says of a request that ended so; `None` where nobody answered.
pub fn answer_of(why: &NotUpdated) -> Option<Answered> {
    match why {
        NotUpdated::NothingNewer => Some(Answered::Current),
        NotUpdated::NoPackage => Some(Answered::NoPackage),
        NotUpdated::NotHttps => Some(Answered::Insecure),
        NotUpdated::Unreadable => Some(Answered::Unreadable),
        NotUpdated::Interrupted => Some(Answered::BrokenOff),
        NotUpdated::Stopped => Some(Answered::Stopped),
        NotUpdated::Damaged | NotUpdated::OtherKey | NotUpdated::VersionNotSigned | NotUpdated::OtherVersion => Some(Answered::Rejected),
        _ => None,
    }
}

/// One that asks nobody: the plugin wants an address, also where none is asked.
fn in_no_place<R: Runtime>(handle: &AppHandle<R>) -> Result<Updater, NotUpdated> {
    let nowhere: Url = "https://localhost/".parse().map_err(|_| NotUpdated::NoAddress)?;
    let builder = handle.updater_builder().endpoints(vec![nowhere]);
    builder.and_then(tauri_plugin_updater::UpdaterBuilder::build).map_err(|_| NotUpdated::NoPackage)
}

/// Where the signature of a package is.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".sig");
    name.into()
}

fn read(file: &Path, longest: u64, missing: NotUpdated) -> Result<Vec<u8>, NotUpdated> {
    match fs::metadata(file) {
        Ok(about) if about.is_file() && about.len() <= longest => fs::read(file).map_err(|_| NotUpdated::FileUnreadable),
        Ok(_) => Err(NotUpdated::FileUnreadable),
        Err(_) => Err(missing),
    }
}

/// The version that a signature claims in the part of it that is signed with the rest.
fn signed_version(signature: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(signature).ok()?).ok()?;
    let comment = text.lines().find_map(|line| line.strip_prefix("trusted comment:"))?.trim();
    comment.split('\t').find_map(|field| field.strip_prefix("version:")).map(str::to_owned)
}
