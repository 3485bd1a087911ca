//! Time: instants, dates and the moment in which an act takes place. Nothing here reads a clock.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Refusal, Result};

/// Milliseconds since 1970 UTC; RFC 3339 on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, specta::Type)]
#[specta(type = String)]
pub struct Instant(pub i64);

impl Instant {
    /// The instant `seconds` later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1000)
    }

    /// The instant `minutes` later.
    #[must_use]
    pub fn plus_minutes(self, minutes: u32) -> Self {
        self.plus_seconds(i64::from(minutes) * 60)
    }

    /// The wall clock in `zone` at this instant.
    #[must_use]
    pub fn in_zone(self, zone: Tz) -> NaiveDateTime {
        self.utc().with_timezone(&zone).naive_local()
    }

    /// Whether it has a date everywhere: all that was ever written has.
    pub(crate) fn is_in_the_calendar(self) -> bool {
        const LAST: i64 = 253_402_300_800_000;
        (-LAST..LAST).contains(&self.0)
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(|at| Self(at.timestamp_millis())).map_err(serde::de::Error::custom)
    }
}

/// When an act takes place, and where the therapist is: one value for everything the act reads and writes.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Now.
    pub at: Instant,
    /// The therapist's zone.
    pub zone: Tz,
}

impl Moment {
    /// Today's date for the therapist.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.at.in_zone(self.zone).date()
    }

    /// The first instant of `date` for the therapist. Where midnight does not exist, the first that does.
    #[must_use]
    pub fn start_of(&self, date: NaiveDate) -> Instant {
        let midnight = date.and_time(NaiveTime::MIN);
        match wall_clock(midnight, self.zone) {
            WallClock::Once(at) | WallClock::Twice(at, _) => at,
            WallClock::Never { first_after } => first_after,
        }
    }
}

/// What a wall clock reading means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallClock {
    /// The ordinary case.
    Once(Instant),
    /// The clocks go back over it: it happens twice, earlier and later.
    Twice(Instant, Instant),
    /// The clocks go forward over it: it never happens; the first instant after the gap.
    Never {
        /// First instant that exists after the gap.
        first_after: Instant,
    },
}

/// Resolves a wall clock reading in a zone, saying so when the clocks change over it.
#[must_use]
pub fn wall_clock(local: NaiveDateTime, zone: Tz) -> WallClock {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => WallClock::Once(Instant(at.timestamp_millis())),
        LocalResult::Ambiguous(a, b) => WallClock::Twice(Instant(a.timestamp_millis()), Instant(b.timestamp_millis())),
        LocalResult::None => {
            // Gaps are at most a day (a zone that skipped a date); step through the quarter hours, on one of which every known gap ends.
            let quarter_hour = local - chrono::Duration::minutes(i64::from(local.minute() % 15));
            let first_after = (1..=4 * 25)
                .filter_map(|quarter| {
                    let later = quarter_hour + chrono::Duration::minutes(15 * quarter);
                    zone.from_local_datetime(&later).earliest()
                })
                .map(|at| Instant(at.timestamp_millis()))
                .next();
            WallClock::Never { first_after: first_after.unwrap_or(Instant(local.and_utc().timestamp_millis())) }
        }
    }
}

/// An IANA zone by name.
///
/// # Errors
/// `Refusal::UnknownZone`.
pub fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Refusal::UnknownZone { zone: name.to_owned() }.into())
}

/// A date on the wire and in SQL: `YYYY-MM-DD`.
pub type Date = NaiveDate;

/// Monday of the week that holds `date`.
#[must_use]
pub fn monday_of(date: Date) -> Date {
    date - chrono::Duration::days(i64::from(date.weekday().num_days_from_monday()))
}
