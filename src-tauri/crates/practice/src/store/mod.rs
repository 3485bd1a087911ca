//! The encrypted file: opening it, reading it, writing it. Knows no concept.
//!
//! A [`Reader`] and a [`Writer`] are different types: what changes the record asks for a writer in its signature. Both carry
//! the [`Moment`] of the act, so that everything in it happens at one instant, and the [`Veil`] under which texts are given out.

pub mod anchor;
mod log;
mod migrate;
mod open;
mod records;
mod settle;
mod sound;
pub(crate) mod sql;

pub use migrate::{Identity, Steps};
pub(crate) use open::{CANNOT_OPEN, open_copy, rekey_copy};
pub use open::{Connections, OpenError, Opener, create, open, open_in_memory, open_to};
pub use records::Records;
pub use sound::is_sound;

use std::cell::RefCell;
use std::ops::Deref;

use rusqlite::Connection;
use uuid::Uuid;

use crate::audit::Event;
use crate::error::{Error, Fault, Refusal, Result};
use crate::time::{Instant, Moment};
use crate::words::Veil;

/// Reads the record, at a moment, under a veil.
pub struct Reader<'c> {
    /// When, and where the therapist is.
    pub moment: Moment,
    /// Whether texts are given out.
    pub veil: Veil,
    conn: &'c Connection,
    /// Reads of profiles and notes, for the trail: gathered here, flushed by the caller.
    reads: RefCell<Vec<Event>>,
}

/// Writes the record: one immediate transaction. Reads as a [`Reader`] does.
pub struct Writer<'c> {
    reader: Reader<'c>,
    ids: &'c mut dyn FnMut() -> Uuid,
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl Writer<'_> {
    /// Runs `act` as if at another moment: what is brought in with times of its own (an import, the sample practice).
    ///
    /// # Errors
    /// Those of `act`.
    pub fn at<T>(&mut self, at: Instant, act: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let now = std::mem::replace(&mut self.reader.moment.at, at);
        let done = act(self);
        self.reader.moment.at = now;
        done
    }

    /// A new id.
    pub fn id(&mut self) -> Uuid {
        (self.ids)()
    }
}

impl Reader<'_> {
    /// Notes a read of a profile or a note for the trail.
    pub fn was_read(&self, event: Event) {
        self.reads.borrow_mut().push(event);
    }

    pub(crate) fn conn(&self) -> &Connection {
        self.conn
    }
}

/// Runs `act` as one immediate transaction: all of it happens, or nothing. Reads inside it are entered in the trail with it.
///
/// # Errors
/// Those of `act`; `DiskFull` and `ReadOnly` where SQLite says so.
pub fn write<T>(
    conn: &Connection,
    moment: Moment,
    veil: Veil,
    ids: &mut dyn FnMut() -> Uuid,
    act: impl FnOnce(&mut Writer) -> Result<T>,
) -> Result<T> {
    write_after(conn, 0, moment, veil, ids, act)
}

/// The same, counted as a commit that comes after the commit `after`.
pub(crate) fn write_after<T>(
    conn: &Connection,
    after: i64,
    moment: Moment,
    veil: Veil,
    ids: &mut dyn FnMut() -> Uuid,
    act: impl FnOnce(&mut Writer) -> Result<T>,
) -> Result<T> {
    if !conn.is_autocommit() {
        // A panic left a transaction open: nothing of it was acknowledged.
        conn.execute_batch("ROLLBACK")?;
    }
    conn.execute_batch("BEGIN IMMEDIATE")?;
    let mut writer = Writer { reader: Reader { moment, veil, conn, reads: RefCell::default() }, ids };
    let done = act(&mut writer).and_then(|value| {
        let reads = writer.reader.reads.take();
        for event in &reads {
            crate::audit::record(&mut writer, event)?;
        }
        settle::settle(conn, moment)?;
        anchor::count(conn, moment.at, after)?;
        conn.execute_batch("COMMIT")?;
        Ok(value)
    });
    if done.is_err() && !conn.is_autocommit() {
        // The refusal is the answer; a failing roll-back would only hide it, and closing the connection rolls back too.
        let _ = conn.execute_batch("ROLLBACK");
    }
    done
}

/// Runs `look` on one snapshot of the record. Gives back what was read too, for the trail.
///
/// # Errors
/// Those of `look`.
pub fn read<T>(conn: &Connection, moment: Moment, veil: Veil, look: impl FnOnce(&Reader) -> Result<T>) -> Result<(T, Vec<Event>)> {
    let snapshot = Snapshot::of(conn)?;
    let reader = Reader { moment, veil, conn, reads: RefCell::default() };
    let seen = look(&reader)?;
    drop(snapshot);
    Ok((seen, reader.reads.take()))
}

/// A read transaction, ended on every way out, a panic included, so that the connection can be lent again.
struct Snapshot<'c>(&'c Connection);

impl<'c> Snapshot<'c> {
    fn of(conn: &'c Connection) -> Result<Self> {
        conn.execute_batch("BEGIN DEFERRED")?;
        Ok(Self(conn))
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // Nothing was written; there is nothing a failure here could lose.
        let _ = self.0.execute_batch("ROLLBACK");
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Refusal::DiskFull.into(),
                _ if failure.extended_code == open::NO_ROOM_FOR_INDEX => Refusal::DiskFull.into(),
                ErrorCode::ReadOnly => Refusal::ReadOnly.into(),
                _ => Fault::Database { code: failure.extended_code, what: "sqlite" }.into(),
            },
            // The texts of these may hold a statement or a value: only their kind goes on.
            rusqlite::Error::SqlInputError { error, .. } => Fault::Database { code: error.extended_code, what: "statement" }.into(),
            rusqlite::Error::QueryReturnedNoRows => Fault::Row("no row where one must be").into(),
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Fault::Row("a value of another type").into(),
            _ => Fault::Database { code: -1, what: "rusqlite" }.into(),
        }
    }
}
