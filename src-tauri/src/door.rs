//! How the records were found at start, as the window shows it, and what the program is.

use practice::vault::Barred;
use serde::Serialize;

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
