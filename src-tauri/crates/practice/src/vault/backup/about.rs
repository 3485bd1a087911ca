//! What a backup says of itself: openly in `about.json`, sealed in `manifest.json`.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;
use uuid::Uuid;

use super::disk;
use super::failure::damaged;
use crate::error::{NotUsed, Part};
use crate::time::Instant;
use crate::vault::DatabaseKey;

/// The form of a backup.
const FORMAT: u32 = 1;

/// What a backup says of itself, before anything in it was proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct AboutBackup {
    /// Whose records.
    pub vault: Uuid,
    /// When it was made.
    pub made_at: Instant,
    /// The number of the last commit in it.
    #[specta(type = u32)]
    pub sequence: i64,
    /// The version of the program that made it.
    pub app_version: String,
    /// The length of the file.
    #[specta(type = u32)]
    pub bytes: u64,
}

/// `about.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label {
    pub format: u32,
    pub vault_id: Uuid,
    pub made_at: Instant,
    pub sequence: i64,
    pub schema: i32,
    pub app_version: String,
    /// Of the parts around it, so that a damaged one is not taken for a wrong code.
    pub read_me_sha256: String,
    pub identity_sha256: String,
}

/// `manifest.json`: as the records were when the copy was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: u32,
    pub vault_id: Uuid,
    pub made_at: Instant,
    pub sequence: i64,
    pub schema: i32,
    pub app_version: String,
    /// When the records were begun.
    pub begun_at: Instant,
    /// The slot that the recovery code opens.
    pub kit: Uuid,
    /// Rows of each table.
    pub counts: BTreeMap<String, u64>,
    /// The newest event of the trail, and its hash.
    pub event: i64,
    pub head: String,
    /// Of the other parts.
    pub about_sha256: String,
    pub recovery_sha256: String,
    pub database_bytes: u64,
    pub database_sha256: String,
}

impl Label {
    pub fn parse(bytes: &[u8]) -> Result<Self, NotUsed> {
        parse(bytes, Part::About)
    }

    pub fn about(&self, bytes: u64) -> AboutBackup {
        let Self { vault_id, made_at, sequence, app_version, .. } = self.clone();
        AboutBackup { vault: vault_id, made_at, sequence, app_version, bytes }
    }
}

impl Manifest {
    pub fn parse(bytes: &[u8]) -> Result<Self, NotUsed> {
        parse(bytes, Part::Seal)
    }

    /// Whether it says what `about.json` says.
    pub fn agrees_with(&self, label: &Label, bytes: &[u8]) -> bool {
        self.about_sha256 == disk::sha256(bytes)
            && (self.vault_id, self.made_at, self.sequence) == (label.vault_id, label.made_at, label.sequence)
            && (self.schema, &self.app_version) == (label.schema, &label.app_version)
    }
}

/// Of this program's own making.
pub(super) fn label(manifest: &Manifest, read_me: &[u8], identity: &[u8]) -> Label {
    Label {
        format: FORMAT,
        vault_id: manifest.vault_id,
        made_at: manifest.made_at,
        sequence: manifest.sequence,
        schema: manifest.schema,
        app_version: manifest.app_version.clone(),
        read_me_sha256: disk::sha256(read_me),
        identity_sha256: disk::sha256(identity),
    }
}

pub(super) fn format() -> u32 {
    FORMAT
}

/// What a newer version wrote is newer, not damaged.
fn parse<T: DeserializeOwned>(bytes: &[u8], part: Part) -> Result<T, NotUsed> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| damaged(part))?;
    match value.get("format").and_then(Value::as_u64) {
        Some(format) if format == u64::from(FORMAT) => serde_json::from_slice(bytes).map_err(|_| damaged(part)),
        Some(format) if format > u64::from(FORMAT) => Err(NotUsed::Newer),
        _ => Err(damaged(part)),
    }
}

/// The seal of a manifest under the records' own key.
pub(super) fn sealing(key: &DatabaseKey, manifest: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.derive("manifest").as_slice()).expect("HMAC takes a key of any length");
    mac.update(manifest);
    mac
}
