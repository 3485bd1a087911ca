//! The open records: one connection that writes, a few that only read, and the reads that wait to be entered in the trail.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use uuid::Uuid;

use super::{Connections, Reader, Writer, read, write};
use crate::audit::{self, Event};
use crate::error::Result;
use crate::time::Moment;
use crate::words::Veil;

/// The open records. Shared between threads: writes wait for each other, reads wait for nobody but for a free reader.
pub struct Records {
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    returned: Condvar,
    reads: Mutex<Vec<Event>>,
}

impl Records {
    /// Takes over open connections.
    #[must_use]
    pub fn new(connections: Connections) -> Self {
        Self {
            writer: Mutex::new(connections.writer),
            readers: Mutex::new(connections.readers),
            returned: Condvar::new(),
            reads: Mutex::default(),
        }
    }

    /// Reads on one snapshot.
    ///
    /// # Errors
    /// Those of `look`.
    pub fn read<T>(&self, moment: Moment, veil: Veil, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let reader = Borrowed::from(self);
        let (seen, events) = read(reader.connection(), moment, veil, look)?;
        let mut reads = lock(&self.reads);
        for event in events {
            // A page asked for twice within the second was read once.
            if !reads.iter().any(|known| known.act == event.act && known.subject_id == event.subject_id) {
                reads.push(event);
            }
        }
        Ok(seen)
    }

    /// Writes in one immediate transaction.
    ///
    /// # Errors
    /// Those of `act`.
    pub fn write<T>(
        &self,
        moment: Moment,
        veil: Veil,
        ids: &mut dyn FnMut() -> Uuid,
        act: impl FnOnce(&mut Writer) -> Result<T>,
    ) -> Result<T> {
        let writer = lock(&self.writer);
        write(&writer, moment, veil, ids, act)
    }

    /// Enters the reads that wait in the trail. Where that fails they wait on.
    ///
    /// # Errors
    /// Faults and `DiskFull`.
    pub fn flush_reads(&self, moment: Moment, ids: &mut dyn FnMut() -> Uuid) -> Result<()> {
        // Taken, not copied: two that flush at once must not both enter, and both take away, the same reads.
        let waiting = std::mem::take(&mut *lock(&self.reads));
        if waiting.is_empty() {
            return Ok(());
        }
        let entered = self.write(moment, Veil::Open, ids, |w| waiting.iter().try_for_each(|event| audit::record(w, event)));
        if entered.is_err() {
            let mut reads = lock(&self.reads);
            let newer = std::mem::replace(&mut *reads, waiting);
            reads.extend(newer);
        }
        entered
    }
}

/// A reader on loan; goes back when dropped, whatever happened.
struct Borrowed<'r> {
    records: &'r Records,
    connection: Option<Connection>,
}

impl<'r> From<&'r Records> for Borrowed<'r> {
    fn from(records: &'r Records) -> Self {
        let mut free = lock(&records.readers);
        loop {
            if let Some(connection) = free.pop() {
                return Self { records, connection: Some(connection) };
            }
            free = records.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Borrowed<'_> {
    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("a loan holds its connection until it is dropped")
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            lock(&self.records.readers).push(connection);
            self.records.returned.notify_one();
        }
    }
}

/// A panic elsewhere leaves these values whole: each is changed in one step, and SQLite rolls an open transaction back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
