//! The sessions of a stretch of days.

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::clock::sensible;
use super::{Session, Which, load};
use crate::error::Result;
use crate::settings::{self, Hours, WeekStart};
use crate::store::Reader;
use crate::time::{Date, Instant, monday_of};

/// A week.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Week {
    /// Its first day.
    pub from: Date,
    /// Today.
    pub today: Date,
    /// Now.
    pub now: Instant,
    /// The therapist's zone.
    pub zone: String,
    /// Its sessions, in order.
    pub sessions: Vec<Session>,
    /// Working hours.
    pub working_hours: Vec<Hours>,
}

/// The week that holds `date`, beginning as the settings say.
///
/// # Errors
/// `OutOfRange` for a date centuries away.
pub fn of(r: &Reader, date: Date) -> Result<Week> {
    let from = first_day(sensible(date)?, settings::appearance(r)?.week_start);
    let stretch = Which::Between { from: r.moment.start_of(from), to: r.moment.start_of(from + Duration::weeks(1)) };
    Ok(Week {
        from,
        today: r.moment.today(),
        now: r.moment.at,
        zone: r.moment.zone.name().to_owned(),
        sessions: load(r, stretch)?,
        working_hours: settings::practice(r)?.map_or_else(Vec::new, |practice| practice.working_hours),
    })
}

fn first_day(date: Date, week_start: WeekStart) -> Date {
    match week_start {
        WeekStart::Monday => monday_of(date),
        // Sunday belongs with the Monday after it.
        WeekStart::Sunday => monday_of(date + Duration::days(1)) - Duration::days(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sessions::tests::{book, client, practise};
    use crate::testing::{Desk, day};

    #[test]
    fn a_week_begins_on_monday_or_sunday() {
        for (date, monday, sunday) in [
            ("2026-01-11", "2026-01-05", "2026-01-11"),
            ("2026-01-12", "2026-01-12", "2026-01-11"),
            ("2026-01-17", "2026-01-12", "2026-01-11"),
            ("2026-01-18", "2026-01-12", "2026-01-18"),
        ] {
            assert_eq!(first_day(day(date), WeekStart::Monday), day(monday));
            assert_eq!(first_day(day(date), WeekStart::Sunday), day(sunday));
        }
    }

    #[test]
    fn a_week_holds_its_sessions_and_no_others() {
        let mut desk = Desk::new();
        practise(&desk);
        let amara = client(&mut desk, "Nwachukwu");
        // The week in which the clocks go forward.
        let [_, first, last, _] =
            ["2026-03-22 23:59", "2026-03-23 00:00", "2026-03-29 23:59", "2026-03-30 00:00"].map(|start| book(&mut desk, &[amara], start));
        let week = desk.read(|r| of(r, day("2026-03-27"))).unwrap();
        assert_eq!(week.from, day("2026-03-23"));
        assert_eq!(week.sessions.iter().map(|s| s.id).collect::<Vec<_>>(), [first, last]);
        assert_eq!(week.working_hours.len(), 2);
    }

    #[test]
    fn a_date_centuries_away_is_refused() {
        assert!(Desk::new().read(|r| of(r, Date::MIN)).is_err());
    }
}
