//! The open records: one connection that writes, a few that only read, and the reads that wait to be entered in the trail.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use uuid::Uuid;

use super::anchor::{self, Agreement, Anchor, Mark};
use super::{Connections, OpenError, Opener, Reader, Writer, log, read, write_after};
use crate::audit::{self, Event};
use crate::error::{Error, Fault, Refusal, Result};
use crate::time::Moment;
use crate::words::Veil;

/// How often whoever waits for a copy is asked whether to go on.
const TICK: Duration = Duration::from_millis(50);

/// The connection that writes, and the anchor that follows it.
struct Writing {
    conn: Connection,
    anchor: Option<Anchor>,
    /// The last mark could not be written.
    adrift: bool,
    /// The records are behind their anchor, and nobody has yet said to go on: nothing is written.
    stopped: bool,
}

/// The open records. Shared between threads: writes wait for each other, reads wait for nobody but for a free reader.
pub struct Records {
    writer: Mutex<Writing>,
    readers: Mutex<Vec<Connection>>,
    opener: Opener,
    returned: Condvar,
    reads: Mutex<Vec<Event>>,
    /// Others are about to take their place.
    ended: AtomicBool,
    /// Something was written since [`Records::is_at_rest`] was asked.
    written: AtomicBool,
}

impl Records {
    /// Takes over open connections.
    #[must_use]
    pub fn new(connections: Connections) -> Self {
        Self {
            writer: Mutex::new(Writing { conn: connections.writer, anchor: connections.anchor, adrift: false, stopped: false }),
            readers: Mutex::new(connections.readers),
            opener: connections.opener,
            returned: Condvar::new(),
            reads: Mutex::default(),
            ended: AtomicBool::new(false),
            written: AtomicBool::new(false),
        }
    }

    /// Reads on one snapshot.
    ///
    /// # Errors
    /// Those of `look`; `NotOpen` once others are about to take the place of these.
    pub fn read<T>(&self, moment: Moment, veil: Veil, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        self.refuse_ended()?;
        let mut reader = Borrowed::from(self);
        let looked = read(reader.connection(), moment, veil, look);
        reader.renew_after(&looked);
        let (seen, events) = looked?;
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
    /// Those of `act`; `NotOpen` once others are about to take the place of these.
    pub fn write<T>(
        &self,
        moment: Moment,
        veil: Veil,
        ids: &mut dyn FnMut() -> Uuid,
        act: impl FnOnce(&mut Writer) -> Result<T>,
    ) -> Result<T> {
        let mut writing = lock(&self.writer);
        self.refuse_ended()?;
        self.written.store(true, Ordering::SeqCst);
        writing.write(&self.opener, moment, veil, ids, act)
    }

    /// Whether nothing was written since this was last asked.
    pub fn is_at_rest(&self) -> bool {
        !self.written.swap(false, Ordering::SeqCst)
    }

    /// Makes room on the disk for what will be written, where there is none: to be called while nothing is written.
    ///
    /// # Errors
    /// Faults and `DiskFull`; then each commit makes its own.
    pub fn make_room(&self) -> Result<()> {
        let writing = lock(&self.writer);
        if self.refuse_ended().is_err() {
            return Ok(());
        }
        let made = log::make_room(&self.opener.log());
        // A commit need not wait until it is on the disk.
        drop(writing);
        let kept = made.and_then(|made| made.map_or(Ok(()), |log| log.sync_all()));
        kept.map_err(|error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Refusal::DiskFull.into(),
            kind => Fault::Io(kind).into(),
        })
    }

    /// Folds the log into the file where it has become long, so that no save has to: to be called while nothing is written. Neither
    /// reading nor writing waits for it. `true` if it was done.
    ///
    /// # Errors
    /// Faults only; then the log stays, and every page is read from there.
    pub fn fold(&self) -> Result<bool> {
        if self.refuse_ended().is_err() {
            return Ok(false);
        }
        let mut reader = Borrowed::from(self);
        let folded = log::fold_if_long(reader.connection());
        reader.renew_after(&folded);
        folded
    }

    /// Runs `act`, which is told how far the records have come, while nothing is read or written: what was read is entered first. If it
    /// succeeds that stays so, for others are then about to take the place of these, and a later write would be lost.
    ///
    /// # Errors
    /// Those of `act`, and `Behind`; then all goes on as before.
    pub(crate) fn end_with<T>(
        &self,
        moment: Moment,
        ids: &mut dyn FnMut() -> Uuid,
        act: impl FnOnce(&mut dyn FnMut() -> Uuid, Mark) -> Result<T>,
    ) -> Result<T> {
        let mut writing = lock(&self.writer);
        self.refuse_ended()?;
        if writing.stopped {
            return Err(Refusal::Behind.into());
        }
        self.ended.store(true, Ordering::SeqCst);
        let done = self.enter_reads(&mut writing, moment, ids).and_then(|()| act(ids, anchor::mark(&writing.conn)?));
        self.ended.store(done.is_ok(), Ordering::SeqCst);
        done
    }

    fn refuse_ended(&self) -> Result<()> {
        if self.ended.load(Ordering::SeqCst) { Err(Refusal::NotOpen.into()) } else { Ok(()) }
    }

    /// Writes a copy of the records, as they are at one moment and under the same key, into the empty file at `path`. Reading and writing
    /// go on meanwhile. `go_on` is asked every so often.
    ///
    /// # Errors
    /// `Stopped` if it said no, `DiskFull`, `ReadOnly`, and faults; then what is at `path` is to be thrown away.
    pub fn copy_into(&self, path: &Path, mut go_on: impl FnMut() -> bool) -> Result<()> {
        let mut reader = Borrowed::from(self);
        let (interrupt, path) =
            (reader.connection().get_interrupt_handle(), path.to_str().ok_or(Fault::Io(std::io::ErrorKind::InvalidFilename))?);
        let (done, waiting) = mpsc::channel::<()>();
        let mut stopped = false;
        let copied = thread::scope(|scope| {
            let copying = scope.spawn(move || {
                // Dropped with the thread, however it ends.
                let _done = done;
                let copied = vacuum_into(reader.connection(), path);
                reader.renew_after(&copied);
                copied
            });
            while let Err(mpsc::RecvTimeoutError::Timeout) = waiting.recv_timeout(TICK) {
                stopped = stopped || !go_on();
                if stopped {
                    interrupt.interrupt();
                }
            }
            copying.join().unwrap_or(Err(Fault::Program("copying the records broke off").into()))
        });
        if stopped || !go_on() { Err(Refusal::Stopped.into()) } else { copied }
    }

    /// What the anchor says of the records, asked once after opening. Where they are behind it or have parted from it, nothing is
    /// written until [`Records::go_on`].
    ///
    /// # Errors
    /// Faults only.
    pub fn agreement(&self) -> Result<Agreement> {
        let mut writing = lock(&self.writer);
        let agreement = match &writing.anchor {
            Some(anchor) => anchor.compare(&writing.conn)?,
            None => Agreement::Unknown,
        };
        writing.stopped = matches!(agreement, Agreement::Behind { .. } | Agreement::Parted { .. });
        Ok(agreement)
    }

    /// Goes on with records that are behind their anchor, entering that it was so; `detail` says by how much.
    ///
    /// # Errors
    /// Faults, `DiskFull` and `ReadOnly`; then nothing has changed.
    pub fn go_on(&self, moment: Moment, ids: &mut dyn FnMut() -> Uuid) -> Result<()> {
        let mut writing = lock(&self.writer);
        let (was, anchored) = (writing.stopped, writing.anchor.as_ref().and_then(Anchor::newest));
        let ended = anchor::mark(&writing.conn)?.sequence;
        writing.stopped = false;
        let detail = serde_json::json!({ "ended": ended, "anchored": anchored.map(|mark| mark.sequence) });
        let event = Event::new(audit::Act::WentOnBehindAnchor, "records", None, None).with(detail);
        let entered = writing.write(&self.opener, moment, Veil::Open, ids, |w| audit::record(w, &event));
        writing.stopped = was && entered.is_err();
        entered
    }

    /// Whether the last commit could not be marked in the anchor: it is safe, but a later loss of it might not be noticed.
    #[must_use]
    pub fn is_adrift(&self) -> bool {
        lock(&self.writer).adrift
    }

    /// Enters the reads that wait in the trail. Where that fails they wait on.
    ///
    /// # Errors
    /// Faults and `DiskFull`.
    pub fn flush_reads(&self, moment: Moment, ids: &mut dyn FnMut() -> Uuid) -> Result<()> {
        if lock(&self.reads).is_empty() {
            return Ok(());
        }
        let mut writing = lock(&self.writer);
        self.refuse_ended()?;
        self.enter_reads(&mut writing, moment, ids)
    }

    fn enter_reads(&self, writing: &mut Writing, moment: Moment, ids: &mut dyn FnMut() -> Uuid) -> Result<()> {
        // Taken, not copied: two that flush at once must not both enter, and both take away, the same reads.
        let waiting = std::mem::take(&mut *lock(&self.reads));
        if waiting.is_empty() {
            return Ok(());
        }
        let entered =
            writing.write(&self.opener, moment, Veil::Open, ids, |w| waiting.iter().try_for_each(|event| audit::record(w, event)));
        if entered.is_err() {
            let mut reads = lock(&self.reads);
            let newer = std::mem::replace(&mut *reads, waiting);
            reads.extend(newer);
        }
        entered
    }
}

impl Writing {
    fn write<T>(
        &mut self,
        opener: &Opener,
        moment: Moment,
        veil: Veil,
        ids: &mut dyn FnMut() -> Uuid,
        act: impl FnOnce(&mut Writer) -> Result<T>,
    ) -> Result<T> {
        if self.stopped {
            return Err(Refusal::Behind.into());
        }
        let after = self.anchor.as_ref().and_then(Anchor::newest).map_or(0, |mark| mark.sequence);
        let written = write_after(&self.conn, after, moment, veil, ids, act);
        renew_after(&written, &mut self.conn, || opener.writer());
        let value = written?;
        if let Some(anchor) = &mut self.anchor {
            // What was written is on the disk and stays acknowledged; that its mark is not is told by `is_adrift`.
            let mark = anchor::mark(&self.conn);
            renew_after(&mark, &mut self.conn, || opener.writer());
            self.adrift = mark.map(|mark| anchor.set(&mark).is_err()).unwrap_or(true);
        }
        Ok(value)
    }
}

/// A connection that has met a damaged page reads nothing more, not even what is sound: after a fault of the database another takes its
/// place. Where none can be had it stays, and says so when it is asked. One at which the disk failed stays too: it goes on when that does.
fn renew_after<T>(done: &Result<T>, connection: &mut Connection, another: impl FnOnce() -> std::result::Result<Connection, OpenError>) {
    if let Err(Error::Fault(Fault::Database { code, .. })) = done
        && !OpenError::is_of_the_disk(*code)
        && let Ok(another) = another()
    {
        *connection = another;
    }
}

/// A reader may not write, and SQLite takes this for a write; what is written is another file.
fn vacuum_into(reader: &Connection, path: &str) -> Result<()> {
    reader.execute_batch("PRAGMA query_only = 0")?;
    let copied = reader.execute("VACUUM INTO ?1", [path]);
    reader.execute_batch("PRAGMA query_only = 1")?;
    copied?;
    Ok(())
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

    fn renew_after<T>(&mut self, done: &Result<T>) {
        if let Some(connection) = &mut self.connection {
            renew_after(done, connection, || self.records.opener.reader());
        }
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
