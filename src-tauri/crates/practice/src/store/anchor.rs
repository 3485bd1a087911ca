//! The anchor: how far the records had come, kept outside them.
//!
//! A damaged write-ahead log, or an older copy of the file, opens without a word and simply ends earlier. So each commit is followed
//! by a few bytes in a file of its own: the number of the commit, and the newest event of the trail, under a key that only the records'
//! key gives. Two places are written in turn, each in a block of its own, so that a write that is cut short leaves the one before it.
//!
//! Tells damage and exchange of files. Whoever holds the key can write a new anchor too.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use hmac::{Hmac, Mac};
use rusqlite::{Connection, OptionalExtension};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::time::Instant;

const MAGIC: &[u8; 8] = b"anchor 1";
const BLOCK: usize = 4096;
const NUMBERS: usize = 4;
/// Magic, numbers, head; then the seal.
const TEXT: usize = MAGIC.len() + NUMBERS * 8 + 32;
const SEAL: usize = 32;

/// How far the records had come at a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the commit.
    pub sequence: i64,
    /// When it was.
    pub at: Instant,
    /// The newest event of the trail; 0 before the first.
    pub event: i64,
    /// Its hash.
    pub head: [u8; 32],
}

/// What anchor and records say of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The records go at least as far, along the same trail.
    Agrees,
    /// There is no anchor that can be read: nothing can be told. So it is with new records.
    Unknown,
    /// The records end earlier than what had been confirmed.
    Behind {
        /// Where the records end.
        records: Mark,
        /// How far they had come.
        anchored: Mark,
    },
    /// The records go as far, along another trail.
    Parted {
        /// Where they had been.
        anchored: Mark,
    },
}

/// The open anchor file.
pub struct Anchor {
    file: File,
    key: Zeroizing<[u8; 32]>,
    /// The number of the next writing: even and odd ones take turns.
    turn: i64,
    newest: Option<Mark>,
}

impl std::fmt::Debug for Anchor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Anchor").field("newest", &self.newest).finish_non_exhaustive()
    }
}

impl Anchor {
    /// Opens the file, or makes it with the room it will ever need, and reads the newer of its places.
    pub fn open(path: &Path, key: Zeroizing<[u8; 32]>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let mut places = [0; 2 * BLOCK];
        let read = fill(&mut file, &mut places)?;
        if read < places.len() {
            // The rest of the room, so that a full disk never stops a later mark.
            file.seek(SeekFrom::Start(read as u64))?;
            file.write_all(&places[read..])?;
            file.sync_all()?;
        }
        let newest = places.chunks_exact(BLOCK).filter_map(|place| unseal(place, &key)).max_by_key(|(turn, _)| *turn);
        Ok(Self { file, key, turn: newest.map_or(0, |(turn, _)| turn + 1), newest: newest.map(|(_, mark)| mark) })
    }

    /// The newest mark.
    #[must_use]
    pub fn newest(&self) -> Option<Mark> {
        self.newest
    }

    /// Writes a mark and waits until it is on the disk.
    pub fn set(&mut self, mark: &Mark) -> io::Result<()> {
        let place = if self.turn % 2 == 0 { 0 } else { BLOCK as u64 };
        self.file.seek(SeekFrom::Start(place))?;
        self.file.write_all(&seal(self.turn, mark, &self.key))?;
        self.file.sync_data()?;
        self.turn += 1;
        self.newest = Some(*mark);
        Ok(())
    }

    /// What the anchor says of records.
    pub(crate) fn compare(&self, records: &Connection) -> Result<Agreement> {
        let Some(anchored) = self.newest else { return Ok(Agreement::Unknown) };
        let now = mark(records)?;
        if now.sequence < anchored.sequence {
            return Ok(Agreement::Behind { records: now, anchored });
        }
        let there = if anchored.event == 0 { Some([0; 32]) } else { hash(records, anchored.event)? };
        Ok(if there == Some(anchored.head) { Agreement::Agrees } else { Agreement::Parted { anchored } })
    }
}

/// How far the records have come.
pub(crate) fn mark(records: &Connection) -> Result<Mark> {
    let (sequence, at) = records.prepare_cached("SELECT number, at FROM sequence")?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let newest = records
        .prepare_cached("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (event, head) = newest.unwrap_or((0, [0; 32]));
    Ok(Mark { sequence, at, event, head })
}

/// Counts a commit: one further than the records and, where they fell behind, than the anchor.
pub(crate) fn count(records: &Connection, at: Instant, after: i64) -> Result<()> {
    records.prepare_cached("UPDATE sequence SET number = max(number, ?2) + 1, at = ?1")?.execute((at, after))?;
    Ok(())
}

fn hash(records: &Connection, event: i64) -> Result<Option<[u8; 32]>> {
    Ok(records.prepare_cached("SELECT hash FROM audit_events WHERE seq = ?1")?.query_row([event], |row| row.get(0)).optional()?)
}

fn seal(turn: i64, mark: &Mark, key: &[u8; 32]) -> [u8; TEXT + SEAL] {
    let mut place = [0; TEXT + SEAL];
    let (text, seal) = place.split_at_mut(TEXT);
    text[..MAGIC.len()].copy_from_slice(MAGIC);
    for (at, number) in [turn, mark.sequence, mark.at.0, mark.event].into_iter().enumerate() {
        text[MAGIC.len() + at * 8..][..8].copy_from_slice(&number.to_be_bytes());
    }
    text[TEXT - 32..].copy_from_slice(&mark.head);
    seal.copy_from_slice(&sealing(key, text).finalize().into_bytes());
    place
}

fn unseal(place: &[u8], key: &[u8; 32]) -> Option<(i64, Mark)> {
    let (text, seal) = place.get(..TEXT + SEAL)?.split_at(TEXT);
    if &text[..MAGIC.len()] != MAGIC {
        return None;
    }
    sealing(key, text).verify_slice(seal).ok()?;
    let number = |at: usize| text[MAGIC.len() + at * 8..][..8].try_into().map(i64::from_be_bytes).ok();
    let head = text[TEXT - 32..].try_into().ok()?;
    Some((number(0)?, Mark { sequence: number(1)?, at: Instant(number(2)?), event: number(3)?, head }))
}

fn sealing(key: &[u8; 32], text: &[u8]) -> Hmac<Sha256> {
    // A key of any length will do for HMAC.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac
}

/// Reads until `bytes` is full or the file ends.
fn fill(file: &mut File, bytes: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < bytes.len() {
        match file.read(&mut bytes[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests;
