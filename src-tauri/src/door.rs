//! How the records were found at start, as the window shows it, and what the program is.

use chrono::NaiveDate;
use practice::security::{Security, WaysIn};
use practice::settings::Theme;
use practice::time::Instant;
use practice::vault::{Barred, Written};
use serde::Serialize;

use crate::lock::Because;

/// How the records were found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is here yet: set-up begins. Only then is a key made.
    FirstRun,
    /// The records are open; those of the sample practice, or your own.
    Open {
        /// They are the sample's.
        sample: bool,
        /// They have no recovery kit yet: set-up goes on before anything is entered.
        needs_kit: bool,
    },
    /// The records are there and locked.
    Locked {
        /// Since when; none when the program has just started.
        since: Option<Instant>,
        /// Why.
        because: Option<Because>,
        /// After so many quiet minutes, where those were why.
        quiet_minutes: Option<u32>,
        /// Light or dark, as the records had it: their settings lie behind the lock.
        theme: Option<Theme>,
        /// A passphrase is asked for.
        asks_passphrase: bool,
        /// The passphrase just tried was wrong.
        wrong: bool,
        /// Seconds until the next may be tried.
        wait_seconds: u32,
    },
    /// The records are open for reading only: they end earlier than what had been confirmed.
    Behind {
        /// By how much.
        behind: Behind,
    },
    /// Something stands in the way. Each has its own screen, its own sentence and its own way on.
    Barred {
        /// What.
        barred: Barred,
        /// Where the records are.
        folder: String,
        /// It concerns the sample practice.
        sample: bool,
    },
}

/// By how much records end earlier than what had been confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Behind {
    /// When the last entry that is there was made; none where the records went another way altogether.
    pub ended_at: Option<Instant>,
    /// When the last entry that had been confirmed was made.
    pub confirmed_at: Instant,
    /// How many entries are missing, where that can be told.
    pub missing: Option<u32>,
}

/// A recovery kit that is to be written down.
#[derive(Serialize, specta::Type)]
pub struct Kit {
    /// The code.
    pub written: Written,
    /// Which records it is of: the first eight digits of their id.
    pub vault: String,
    /// The therapist's date.
    pub made_on: NaiveDate,
    /// The therapist's name.
    pub practice: String,
    /// The two groups to be typed back, from 1.
    pub ask: [u8; 2],
}

/// What new keys came with.
#[derive(Serialize, specta::Type)]
pub struct NewKey {
    /// The kit that is in force now.
    pub kit: Kit,
    /// Whether there is a backup that it opens.
    pub backed_up: bool,
}

/// How the records are locked, for the settings.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct SecurityPage {
    /// The rules.
    pub security: Security,
    /// When the ways in last changed.
    pub ways: WaysIn,
    /// When the key was last replaced; none while it is that of the first day.
    pub key_replaced_on: Option<NaiveDate>,
    /// Whether a passphrase is asked for.
    pub asks_passphrase: bool,
    /// Whether this system can keep a window out of screen capture.
    pub can_hide: bool,
}

/// What the program is.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct About {
    /// The version.
    pub version: String,
    /// Where the open records are.
    pub folder: String,
    /// Licence texts of what is bundled.
    pub licences: Vec<Licence>,
}

/// A licence.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Licence {
    /// Of what.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The licences of the product and of the typefaces it bundles.
#[must_use]
pub fn licences() -> Vec<Licence> {
    [
        ("Anteroom (MIT)", include_str!("../../LICENSE-MIT")),
        ("Anteroom (Apache 2.0)", include_str!("../../LICENSE-APACHE")),
        ("Source Sans 3", include_str!("../../assets/fonts/OFL-Source-Sans-3.txt")),
        ("Source Serif 4", include_str!("../../assets/fonts/OFL-Source-Serif-4.txt")),
    ]
    .map(|(name, text)| Licence { name: name.to_owned(), text: text.to_owned() })
    .to_vec()
}
