//! The therapist, the practice and how the window looks.

mod store;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::{self, Act, Event};
use crate::error::{Fault, Field, Refusal, Result};
use crate::store::{Reader, Writer};
use crate::words;

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

impl Practice {
    /// A practice that has said nothing of itself yet but whose it is, and in which zone.
    #[must_use]
    pub fn of(therapist_name: &str, zone: &str) -> Self {
        Self {
            therapist_name: therapist_name.to_owned(),
            therapist_title: String::new(),
            practice_name: String::new(),
            registration: String::new(),
            address: String::new(),
            zone: zone.to_owned(),
            session_minutes: 50,
            working_hours: Vec::new(),
            usual_place: String::new(),
            say_overlaps: true,
            undo_seconds: 30,
            is_sample: false,
        }
    }
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

/// Sizes of everything, in percent.
const ZOOMS: [u32; 5] = [90, 100, 115, 133, 150];
/// Before set-up there is nothing to change; the window does not ask.
const NOT_SET_UP: Fault = Fault::Program("the practice is not set up");

/// Writes the first row of the practice. Refuses empty names, unknown zones, bad hours.
///
/// # Errors
/// `Empty`, `UnknownZone`, `OutOfRange` (hours, minutes, seconds), text errors.
pub fn set_up(w: &mut Writer, practice: &Practice) -> Result<()> {
    let practice = checked(practice)?;
    if store::practice(w)?.is_some() {
        return Err(Fault::Program("the practice is set up already").into());
    }
    store::insert(w, &practice, &Appearance::default())?;
    audit::record(w, &Event::new(Act::RecordsCreated, "practice", None, None).with(json!({ "is_sample": practice.is_sample })))
}

/// The practice, or `None` before set-up.
pub fn practice(r: &Reader) -> Result<Option<Practice>> {
    store::practice(r)
}

/// Changes the practice. `is_sample` never changes.
///
/// # Errors
/// Those of [`set_up`].
pub fn set_practice(w: &mut Writer, practice: &Practice) -> Result<()> {
    let before = store::practice(w)?.ok_or(NOT_SET_UP)?;
    let after = Practice { is_sample: before.is_sample, ..checked(practice)? };
    let fields = changed(&before, &after);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(w, &after)?;
    audit::record(w, &Event::new(Act::PracticeChanged, "practice", None, None).with(json!({ "fields": fields })))
}

/// How the window looks.
pub fn appearance(r: &Reader) -> Result<Appearance> {
    Ok(store::appearance(r)?.unwrap_or_default())
}

/// Changes how the window looks.
///
/// # Errors
/// `OutOfRange` (a zoom that is none of the steps).
pub fn set_appearance(w: &mut Writer, appearance: &Appearance) -> Result<()> {
    if !ZOOMS.contains(&appearance.zoom) {
        return Err(Refusal::OutOfRange { field: Field::Appearance }.into());
    }
    if !store::set_appearance(w, appearance)? {
        return Err(NOT_SET_UP.into());
    }
    audit::record(w, &Event::new(Act::AppearanceChanged, "practice", None, None).with(json!(appearance)))
}

fn checked(practice: &Practice) -> Result<Practice> {
    let within = |field, value: u32, range: std::ops::RangeInclusive<u32>| {
        if range.contains(&value) { Ok(value) } else { Err(Refusal::OutOfRange { field }) }
    };
    crate::time::zone(&practice.zone)?;
    Ok(Practice {
        therapist_name: words::required(Field::Name, &practice.therapist_name)?,
        therapist_title: words::line(Field::Title, &practice.therapist_title)?,
        practice_name: words::line(Field::PracticeName, &practice.practice_name)?,
        registration: words::line(Field::Registration, &practice.registration)?,
        address: words::paragraphs(Field::Address, &practice.address, words::PARAGRAPH)?,
        zone: practice.zone.clone(),
        session_minutes: within(Field::Minutes, practice.session_minutes, 5..=600)?,
        working_hours: checked_hours(&practice.working_hours)?,
        usual_place: words::line(Field::Place, &practice.usual_place)?,
        say_overlaps: practice.say_overlaps,
        undo_seconds: within(Field::UndoSeconds, practice.undo_seconds, 30..=120)?,
        is_sample: practice.is_sample,
    })
}

/// In the order of the week; each ends after it begins, and none of a day overlap.
fn checked_hours(hours: &[Hours]) -> Result<Vec<Hours>> {
    let refused = Refusal::OutOfRange { field: Field::WorkingHours };
    let time = |text: &str| {
        let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
        (text.len() == 5).then_some(time)
    };
    for stretch in hours {
        match (stretch.weekday, time(&stretch.from), time(&stretch.to)) {
            (0..=6, Some(from), Some(to)) if from < to => {}
            _ => return Err(refused.into()),
        }
    }
    let mut hours = hours.to_vec();
    // As texts of five characters, times sort as times.
    hours.sort_by(|a, b| (a.weekday, &a.from).cmp(&(b.weekday, &b.from)));
    if hours.windows(2).any(|pair| pair[0].weekday == pair[1].weekday && pair[1].from < pair[0].to) {
        return Err(refused.into());
    }
    Ok(hours)
}

/// The names of the fields that differ, for the trail.
fn changed(before: &Practice, after: &Practice) -> Vec<&'static str> {
    let fields = [
        ("therapist_name", before.therapist_name != after.therapist_name),
        ("therapist_title", before.therapist_title != after.therapist_title),
        ("practice_name", before.practice_name != after.practice_name),
        ("registration", before.registration != after.registration),
        ("address", before.address != after.address),
        ("zone", before.zone != after.zone),
        ("session_minutes", before.session_minutes != after.session_minutes),
        ("working_hours", before.working_hours != after.working_hours),
        ("usual_place", before.usual_place != after.usual_place),
        ("say_overlaps", before.say_overlaps != after.say_overlaps),
        ("undo_seconds", before.undo_seconds != after.undo_seconds),
    ];
    fields.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

#[cfg(test)]
mod tests;
