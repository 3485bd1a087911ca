//! The write-ahead log: commits are added at its end, and folded into the file from time to time.
//!
//! Folding flushes the file, which no save should have to wait for; so it is done while nothing is written. It is not done at each
//! pause: once all of it is folded the log is begun anew, in the room that it has, and the first commit then flushes its head too.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use rusqlite::Connection;

use crate::error::Result;

/// With so many pages that are not in the file yet, the log is long: a day of sessions, of two megabytes.
pub(super) const LONG: i64 = 500;
/// How long the file of the log is made: a long log with its head, a head for each page, and what is written before the next pause.
const ROOM: usize = 32 + (LONG as usize + 100) * (24 + 4096);
/// With so many a commit folds it after all: there has not been a pause for so long, or folding failed.
pub(super) const TOO_LONG: i64 = 4_000;

/// Folds a long log; whether it was one. What a reader still looks at is left for another time, and so is what is written meanwhile.
pub(super) fn fold_if_long(connection: &Connection) -> Result<bool> {
    let is_long = checkpoint(connection, "NOOP")? >= LONG;
    if is_long {
        checkpoint(connection, "PASSIVE")?;
    }
    Ok(is_long)
}

/// Lengthens the log's file by nothing but zeros, which end a log: a commit that finds its room on the disk is flushed in half the time of
/// one that has to make it. `None` if there is room; else what is still to be flushed. Nothing may be written meanwhile.
pub(super) fn make_room(path: &Path) -> io::Result<Option<File>> {
    let mut log = File::options().write(true).open(path)?;
    let length = usize::try_from(log.seek(SeekFrom::End(0))?).unwrap_or(ROOM);
    if length >= ROOM {
        return Ok(None);
    }
    log.write_all(&vec![0; ROOM - length])?;
    Ok(Some(log))
}

/// Folds what there is.
pub(super) fn fold(connection: &Connection) -> Result<()> {
    checkpoint(connection, "PASSIVE").map(drop)
}

/// How many pages are then in the log alone.
fn checkpoint(connection: &Connection, how: &str) -> Result<i64> {
    let (all, folded): (i64, i64) =
        connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| Ok((row.get(1)?, row.get(2)?)))?;
    Ok(all - folded)
}
