//! A data set on the disk, and the ways to open it.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use chrono_tz::Tz;
use practice::time::{Instant, Moment};
use practice::vault::{KeyringAnswer, KeyringFault, KeyringSecret, Opened, Passphrase, Standing, prepare};
use serde::{Deserialize, Serialize};

/// What opens every data set, together with its `store.json`.
pub const PASSPHRASE: &str = "seven grey lanterns over quorn";

/// What is in a data set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct About {
    /// Its word: `year`, `career`, `ten`.
    pub set: String,
    /// Milliseconds since 1970: the last moment in it.
    pub now: i64,
    /// The therapist's zone.
    pub zone: Tz,
    /// Clients.
    pub clients: u64,
    /// Booked sessions.
    pub sessions: u64,
    /// Approved notes.
    pub notes: u64,
    /// Bytes of the text of their versions.
    pub note_bytes: u64,
    /// Events of the trail.
    pub audit_events: u64,
    /// How long making it took.
    pub seconds: f64,
}

impl About {
    /// The moment at which the set ends.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment { at: Instant(self.now), zone: self.zone }
    }
}

/// A data set.
pub struct Stock {
    folder: PathBuf,
    /// What the password store would keep, by entry.
    kept: HashMap<String, String>,
}

impl Stock {
    /// One that is there.
    ///
    /// # Errors
    /// There is none, or it was not made to the end.
    pub fn at(folder: &Path) -> Result<Self> {
        let kept = fs::read(folder.join("store.json")).with_context(|| format!("{} holds no data set", folder.display()))?;
        if !folder.join("data.json").is_file() {
            bail!("{} was not made to the end", folder.display());
        }
        Ok(Self { folder: folder.to_owned(), kept: serde_json::from_slice(&kept)? })
    }

    /// One that is just being made.
    pub(crate) fn of(folder: &Path, kept: HashMap<String, String>) -> Self {
        Self { folder: folder.to_owned(), kept }
    }

    /// Where the vault is: what `--data` of the application takes.
    #[must_use]
    pub fn records(&self) -> PathBuf {
        self.folder.join("records")
    }

    /// The entries of the password store, with their texts.
    pub fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        self.kept.iter().map(|(entry, text)| (entry.as_str(), text.as_str()))
    }

    /// What is in it.
    ///
    /// # Errors
    /// `data.json` cannot be read.
    pub fn about(&self) -> Result<About> {
        Ok(serde_json::from_slice(&fs::read(self.folder.join("data.json"))?)?)
    }

    /// What a password store that keeps its entries answers.
    #[must_use]
    pub fn load(&self, entry: &str) -> KeyringAnswer {
        match self.kept.get(entry) {
            Some(text) => {
                KeyringSecret::from_text(text.as_bytes()).map_or(KeyringAnswer::Failed(KeyringFault::NotASecret), KeyringAnswer::Secret)
            }
            None => KeyringAnswer::NoEntry,
        }
    }

    /// Opens the records in the set's own folder.
    ///
    /// # Errors
    /// They do not open.
    pub fn open(&self, readers: usize) -> Result<Opened> {
        self.open_in(&self.records(), readers)
    }

    /// Opens a copy of the records in another folder.
    ///
    /// # Errors
    /// They do not open.
    pub fn open_in(&self, records: &Path, readers: usize) -> Result<Opened> {
        let locked = match prepare(records, |entry| self.load(entry)) {
            Standing::Locked(locked) => locked,
            Standing::Barred(why) => bail!("the records do not open: {why}"),
            Standing::FirstRun(_) | Standing::Ready(_) => bail!("the records do not ask for a passphrase"),
        };
        let ready = locked.unlock(&Passphrase::new(PASSPHRASE), |entry| self.load(entry)).map_err(|barred| anyhow!("{barred}"))?;
        ready.context("another passphrase is asked for")?.open(readers).map_err(|barred| anyhow!("{barred}"))
    }
}
