//! For tests: an in-memory, really encrypted record, with a clock and ids of the test's own.

pub(crate) mod rows;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::store::{self, Reader, Writer};
use crate::time::{Instant, Moment, WallClock, wall_clock};
use crate::vault::DatabaseKey;
use crate::words::Veil;

/// A record to try operations on. Its clock stands still until it is set.
pub(crate) struct Desk {
    pub(crate) moment: Moment,
    pub(crate) veil: Veil,
    conn: Connection,
    next_id: u128,
}

impl Desk {
    /// An empty record on Thursday 15 January 2026, 11:12 in London.
    pub(crate) fn new() -> Self {
        let conn = store::open_in_memory(&DatabaseKey::generate().unwrap()).unwrap();
        let zone = chrono_tz::Europe::London;
        Self { moment: Moment { at: at("2026-01-15 11:12", zone), zone }, veil: Veil::Open, conn, next_id: 1 }
    }

    /// Sets the clock, in London.
    pub(crate) fn now(&mut self, local: &str) {
        self.moment.at = at(local, self.moment.zone);
    }

    pub(crate) fn write<T>(&mut self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        let next = &mut self.next_id;
        let mut ids = || {
            *next += 1;
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + *next)
        };
        store::write(&self.conn, self.moment, self.veil, &mut ids, act)
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        store::read(&self.conn, self.moment, self.veil, look).map(|(seen, _)| seen)
    }

    /// For tests of what the schema itself refuses.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// For tests that watch what is asked of SQLite.
    pub(crate) fn conn_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }
}

/// `YYYY-MM-DD HH:MM` in a zone.
pub(crate) fn at(local: &str, zone: Tz) -> Instant {
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    match wall_clock(local, zone) {
        WallClock::Once(at) | WallClock::Twice(at, _) => at,
        WallClock::Never { first_after } => first_after,
    }
}

/// A date.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
