//! From what a form says to instants: one start, a weekly series of them, and whether they fall within working hours.
//! Pure; the clocks that change are those of the session's zone.

use chrono::{Datelike, Duration, NaiveDateTime, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::booking::{ClockChange, Start};
use crate::error::{Field, Refusal, Result};
use crate::settings::Hours;
use crate::time::{Date, Instant, WallClock, wall_clock, zone};

/// What a form said: a reading of the clock, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) local: NaiveDateTime,
    pub(super) zone: Tz,
    /// The later of two, where it happens twice.
    pub(super) later: Option<bool>,
}

/// A start in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) starts_at: Instant,
    /// The clocks go forward over the time on this date; it starts at the first time after.
    pub(super) shifted: Option<Date>,
}

impl Reading {
    /// Reads a form; `own` is the therapist's zone.
    pub(super) fn of(start: &Start, own: Tz) -> Result<Self> {
        let zone = start.zone.as_deref().map_or(Ok(own), zone)?;
        let time = NaiveTime::parse_from_str(&start.time, "%H:%M").map_err(|_| Refusal::OutOfRange { field: Field::Time })?;
        Ok(Self { local: sensible(start.date)?.and_time(time), zone, later: start.later })
    }

    /// The instant, if there is exactly one or the form has chosen.
    pub(super) fn instant(&self) -> Result<Instant> {
        match (wall_clock(self.local, self.zone), self.later) {
            (WallClock::Once(at), _) | (WallClock::Twice(at, _), Some(false)) | (WallClock::Twice(_, at), Some(true)) => Ok(at),
            (WallClock::Twice(earlier, later), None) => Err(Refusal::ClockFold { earlier, later }.into()),
            (WallClock::Never { first_after }, _) => Err(Refusal::ClockGap { first_after }.into()),
        }
    }

    /// What the clocks do over it.
    pub(super) fn change(&self) -> Option<ClockChange> {
        match wall_clock(self.local, self.zone) {
            WallClock::Once(_) => None,
            WallClock::Twice(earlier, later) => Some(ClockChange::Fold { earlier, later }),
            WallClock::Never { first_after } => Some(ClockChange::Gap { first_after }),
        }
    }

    /// The instant where nobody can be asked: the first time after a gap, the earlier of two unless the form has chosen.
    pub(super) fn nearest(&self) -> Dated {
        match (wall_clock(self.local, self.zone), self.later) {
            (WallClock::Twice(_, starts_at), Some(true)) | (WallClock::Once(starts_at) | WallClock::Twice(starts_at, _), _) => {
                Dated { starts_at, shifted: None }
            }
            (WallClock::Never { first_after }, _) => Dated { starts_at: first_after, shifted: Some(self.local.date()) },
        }
    }

    /// The same reading of the clock, week after week.
    pub(super) fn weekly(self, times: u32) -> impl Iterator<Item = Dated> {
        (0..times).map(move |week| Self { local: self.local + Duration::weeks(i64::from(week)), ..self }.nearest())
    }

    /// 0 is Monday.
    pub(super) fn weekday(&self) -> u32 {
        self.local.weekday().num_days_from_monday()
    }

    /// `HH:MM`.
    pub(super) fn time(&self) -> String {
        self.local.format("%H:%M").to_string()
    }
}

/// A date within three centuries: further away is a slip of the hand, and the arithmetic of weeks stays within its bounds.
pub(super) fn sensible(date: Date) -> Result<Date> {
    if (1900..2200).contains(&date.year()) { Ok(date) } else { Err(Refusal::OutOfRange { field: Field::Time }.into()) }
}

/// Whether a session leaves working hours; without any, nothing does.
pub(super) fn outside(hours: &[Hours], starts_at: Instant, minutes: u32, own: Tz) -> bool {
    if hours.is_empty() {
        return false;
    }
    let local = starts_at.in_zone(own);
    let start = local.hour() * 60 + local.minute();
    let weekday = local.weekday().num_days_from_monday();
    let mut stretches: Vec<(u32, u32)> = hours
        .iter()
        .filter(|hours| u32::from(hours.weekday) == weekday)
        .filter_map(|hours| Some((minute_of_day(&hours.from)?, minute_of_day(&hours.to)?)))
        .collect();
    stretches.sort_unstable();
    // Stretches that meet are one: 09:00–12:00 and 12:00–17:00 hold a session at 11:30.
    let mut reached = start;
    for (from, to) in stretches {
        if from <= reached && to > reached {
            reached = to;
        }
    }
    reached < start + minutes
}

/// Of `HH:MM`; `24:00` ends a day.
fn minute_of_day(time: &str) -> Option<u32> {
    let (hour, minute) = time.split_once(':')?;
    Some(hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Sao_Paulo;
    use chrono_tz::Asia::Kathmandu;
    use chrono_tz::Europe::London;

    use super::*;
    use crate::error::Error;
    use crate::testing::{at, day};

    fn start(date: &str, time: &str, later: Option<bool>) -> Start {
        Start { date: day(date), time: time.to_owned(), zone: None, later }
    }

    fn utc(local: &str) -> Instant {
        at(local, Tz::UTC)
    }

    fn instant(date: &str, time: &str, later: Option<bool>, zone: Tz) -> Result<Instant> {
        Reading::of(&start(date, time, later), zone)?.instant()
    }

    #[test]
    fn a_time_the_clocks_skip_is_refused_with_the_first_that_exists() {
        for (date, time, zone, first_after) in [
            ("2026-03-29", "01:30", London, utc("2026-03-29 01:00")),
            ("2026-03-29", "01:10", London, utc("2026-03-29 01:00")),
            ("2018-11-04", "00:15", Sao_Paulo, utc("2018-11-04 03:00")),
        ] {
            for later in [None, Some(true)] {
                let refusal = instant(date, time, later, zone).unwrap_err();
                assert!(matches!(refusal, Error::Refused(Refusal::ClockGap { first_after: f }) if f == first_after), "{refusal:?}");
            }
        }
    }

    #[test]
    fn a_time_that_happens_twice_asks_which() {
        for (date, time, zone, first, second) in [
            ("2026-10-25", "01:30", London, utc("2026-10-25 00:30"), utc("2026-10-25 01:30")),
            ("2018-02-17", "23:15", Sao_Paulo, utc("2018-02-18 01:15"), utc("2018-02-18 02:15")),
        ] {
            let refusal = instant(date, time, None, zone).unwrap_err();
            assert!(
                matches!(refusal, Error::Refused(Refusal::ClockFold { earlier, later }) if (earlier, later) == (first, second)),
                "{refusal:?}"
            );
            assert_eq!(instant(date, time, Some(false), zone).unwrap(), first);
            assert_eq!(instant(date, time, Some(true), zone).unwrap(), second);
        }
    }

    #[test]
    fn zones_with_odd_offsets_and_without_changes_are_read_as_they_are() {
        assert_eq!(instant("2026-07-01", "09:00", None, Kathmandu).unwrap(), utc("2026-07-01 03:15"));
        // São Paulo has not changed its clocks since 2019.
        assert_eq!(instant("2026-01-10", "09:00", None, Sao_Paulo).unwrap(), utc("2026-01-10 12:00"));
        assert_eq!(instant("2026-07-10", "09:00", None, Sao_Paulo).unwrap(), utc("2026-07-10 12:00"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for time in ["", "25:00", "noon", "12:60"] {
            assert!(instant("2026-01-10", time, None, London).is_err(), "{time:?}");
        }
        let far = Start { date: Date::MAX, ..start("2026-01-10", "10:00", None) };
        assert!(Reading::of(&far, London).is_err());
        let nowhere = Start { zone: Some("Mars/Olympus".to_owned()), ..start("2026-01-10", "10:00", None) };
        assert!(matches!(Reading::of(&nowhere, London), Err(Error::Refused(Refusal::UnknownZone { .. }))));
    }

    #[test]
    fn a_series_keeps_its_wall_clock_through_the_changes() {
        let series: Vec<Dated> = Reading::of(&start("2026-03-19", "12:00", None), London).unwrap().weekly(33).collect();
        assert_eq!(series[0].starts_at, utc("2026-03-19 12:00"));
        assert_eq!(series[2].starts_at, utc("2026-04-02 11:00"));
        assert_eq!(series[32].starts_at, utc("2026-10-29 12:00"));
        assert!(series.iter().all(|date| date.starts_at.in_zone(London).hour() == 12 && date.shifted.is_none()));
    }

    #[test]
    fn a_date_of_a_series_in_a_gap_starts_after_it_and_is_said() {
        let series: Vec<Dated> = Reading::of(&start("2026-03-22", "01:30", None), London).unwrap().weekly(3).collect();
        assert_eq!(series[1], Dated { starts_at: utc("2026-03-29 01:00"), shifted: Some(day("2026-03-29")) });
        assert_eq!(series[2], Dated { starts_at: utc("2026-04-05 00:30"), shifted: None });
    }

    #[test]
    fn a_date_of_a_series_in_a_fold_is_the_earlier_unless_said() {
        let second = |later| Reading::of(&start("2026-10-18", "01:30", later), London).unwrap().weekly(2).nth(1).unwrap().starts_at;
        assert_eq!(second(None), utc("2026-10-25 00:30"));
        assert_eq!(second(Some(true)), utc("2026-10-25 01:30"));
    }

    #[test]
    fn working_hours_that_meet_are_one_and_an_empty_week_says_nothing() {
        let hours = |from: &str, to: &str| Hours { weekday: 3, from: from.to_owned(), to: to.to_owned() };
        let thursday = [hours("13:00", "18:00"), hours("09:00", "12:00"), hours("12:00", "12:30")];
        let leaves = |local: &str, minutes| outside(&thursday, at(local, London), minutes, London);
        assert!(!leaves("2026-01-15 09:00", 60));
        assert!(!leaves("2026-01-15 11:30", 60), "12:00 is met, not crossed");
        assert!(!leaves("2026-01-15 17:00", 60), "the end belongs to it");
        assert!(leaves("2026-01-15 12:00", 60), "there is a break");
        assert!(leaves("2026-01-15 08:45", 30));
        assert!(leaves("2026-01-15 17:30", 31));
        assert!(leaves("2026-01-16 10:00", 50), "not on a Friday");
        assert!(!outside(&[], at("2026-01-16 03:00", London), 50, London));
        assert!(leaves("2026-01-15 23:30", 60), "nor past midnight");
    }
}
