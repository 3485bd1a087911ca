//! The therapist, the practice and how the window looks.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::store::{Reader, Writer};

/// The therapist and the practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Practice {
    /// Stands under every note.
    pub therapist_name: String,
    /// Such as "Counselling psychologist".
    pub therapist_title: String,
    /// The practice's own name.
    pub practice_name: String,
    /// With a professional body.
    pub registration: String,
    /// Several lines.
    pub address: String,
    /// IANA name; new sessions use it.
    pub zone: String,
    /// How long a session usually lasts.
    pub session_minutes: u32,
    /// When the calendar is not paler; several a day allowed.
    pub working_hours: Vec<Hours>,
    /// Where sessions in person usually are.
    pub usual_place: String,
    /// Whether an overlap is said before booking.
    pub say_overlaps: bool,
    /// How long an approval can be undone: 30 to 120 seconds.
    pub undo_seconds: u32,
    /// These are the records of the sample practice.
    pub is_sample: bool,
}

/// Working hours of a weekday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Hours {
    /// 0 is Monday.
    pub weekday: u8,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`.
    pub to: String,
}

/// How the window looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Appearance {
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// Size of everything in percent: 90, 100, 115, 133, 150.
    pub zoom: u32,
    /// Size while writing and reading.
    pub text_size: TextSize,
    /// The week begins on Monday or Sunday.
    pub week_start: WeekStart,
    /// 24 h, 12 h, or as the system.
    pub clock: ClockStyle,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { theme: Theme::System, zoom: 100, text_size: TextSize::Usual, week_start: WeekStart::Monday, clock: ClockStyle::System }
    }
}

macro_rules! words_on_the_wire {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)] // the words say it
        pub enum $name { $($variant),+ }
    )+};
}

words_on_the_wire! {
    /// Light, dark, or as the system.
    Theme { System, Light, Dark }
    /// Size while writing and reading.
    TextSize { Small, Usual, Large }
    /// The first day of the week.
    WeekStart { Monday, Sunday }
    /// How times of day are written.
    ClockStyle { System, H24, H12 }
}

/// Writes the first row of the practice. Refuses empty names, unknown zones, bad hours.
pub fn set_up(w: &mut Writer, practice: &Practice) -> Result<()> {
    todo!()
}

/// The practice, or `None` before set-up.
pub fn practice(r: &Reader) -> Result<Option<Practice>> {
    todo!()
}

/// Changes the practice. `is_sample` never changes.
pub fn set_practice(w: &mut Writer, practice: &Practice) -> Result<()> {
    todo!()
}

/// How the window looks.
pub fn appearance(r: &Reader) -> Result<Appearance> {
    todo!()
}

/// Changes how the window looks.
pub fn set_appearance(w: &mut Writer, appearance: &Appearance) -> Result<()> {
    todo!()
}
