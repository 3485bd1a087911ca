//! Opening the encrypted database, with every setting it relies on set and then read back.
//!
//! Whether a file may be opened at all is found out first, on a connection that cannot change it: SQLite would otherwise fold
//! the write-ahead log into the file, or make files beside it, before the key has proved right.

#![allow(clippy::disallowed_methods)] // the one file that opens a connection

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroizing;

use super::anchor::Anchor;
use super::log;
use super::migrate::{self, Identity, Steps};
use super::sql;
use crate::vault::DatabaseKey;
use crate::vault::key::{self, SALT};

/// 3.51.3: the first in which a write-ahead log reset cannot lose a checkpoint's pages.
const OLDEST_SQLITE: i32 = 3_051_003;
const PAGE: u64 = 4096;
const READ_WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
/// Readers never wait for the writer; this is for a checkpoint, or another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file did not open, of which SQLite does not say why.
pub(crate) const CANNOT_OPEN: i32 = rusqlite::ffi::SQLITE_CANTOPEN;
/// What SQLite's failures at the disk have in common, and the one among them that is not the disk's.
const AT_THE_DISK: i32 = rusqlite::ffi::SQLITE_IOERR;
const NO_MEMORY: i32 = rusqlite::ffi::SQLITE_IOERR_NOMEM;
/// The index of the log could not be made longer, for which SQLite has another code than for a full disk.
pub(super) const NO_ROOM_FOR_INDEX: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// An open database. The writer is one, so that there is never a second that waits for it.
#[derive(Debug)]
pub struct Connections {
    /// The one that writes.
    pub writer: Connection,
    /// Those that only read: a write through them is an error.
    pub readers: Vec<Connection>,
    /// What each commit is marked in, outside the file.
    pub anchor: Option<Anchor>,
    /// The way to others like them.
    pub opener: Opener,
}

/// Makes connections to a database that is open. One that has met a damaged page reads nothing more, whatever it is asked, and another
/// has to take its place.
pub struct Opener {
    path: PathBuf,
    key: DatabaseKey,
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Opener").finish_non_exhaustive()
    }
}

impl Opener {
    /// One that only reads.
    pub(super) fn reader(&self) -> Result<Connection, OpenError> {
        let reader = self.another()?;
        set(&reader, &READER)?;
        Ok(reader)
    }

    /// One that writes, in the place of the one that did.
    pub(super) fn writer(&self) -> Result<Connection, OpenError> {
        let writer = self.another()?;
        // Where the file cannot be written SQLite opens it for reading, and would stay so once it can be.
        if writer.is_readonly("main")? {
            return Err(OpenError::ReadOnly);
        }
        set(&writer, &WRITER)?;
        Ok(writer)
    }

    /// Where the log is.
    pub(super) fn log(&self) -> PathBuf {
        beside(&self.path, "-wal")
    }

    fn another(&self) -> Result<Connection, OpenError> {
        let another = Connection::open_with_flags(&self.path, READ_WRITE)?;
        unlock(&another, &self.key)?;
        set(&another, &COMMON)?;
        name_words(&another)?;
        Ok(another)
    }
}

/// Why a database was not opened. No text here quotes a statement: one of them holds the key.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no file.
    #[error("the database is missing")]
    Missing,
    /// There is a file of no bytes, which SQLite would take for a new database.
    #[error("the database is empty")]
    Empty,
    /// It does not authenticate, or is cut short.
    #[error("the database is damaged")]
    Damaged,
    /// It is the database of another vault.
    #[error("the database belongs to another vault")]
    OtherVault,
    /// It was written by a newer version.
    #[error("the database has schema {found}, this version knows {known}")]
    Newer {
        /// The schema of the file.
        found: i32,
        /// The newest schema known here.
        known: i32,
    },
    /// Another process has it open.
    #[error("the database is in use")]
    InUse,
    /// It, or its folder, cannot be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// No room is left.
    #[error("the disk is full")]
    DiskFull,
    /// The library that this program was built with is not the one it needs.
    #[error("the database library lacks {0}")]
    Library(&'static str),
    /// A setting did not take.
    #[error("the database did not take the setting {0}")]
    Setting(&'static str),
    /// A migration failed; it left nothing of itself.
    #[error("the migration to schema {version} failed")]
    Migration {
        /// The schema it would have led to.
        version: i32,
    },
    /// The file system.
    #[error("file system: {}", .0.kind())]
    Io(#[from] io::Error),
    /// SQLite, by its extended result code alone.
    #[error("database error {code}")]
    Sqlite {
        /// The code.
        code: i32,
    },
}

impl OpenError {
    /// Whether an extended result code of SQLite's says that the disk failed.
    pub(crate) fn is_of_the_disk(code: i32) -> bool {
        code & 0xff == AT_THE_DISK && code != NO_MEMORY
    }
}

impl From<rusqlite::Error> for OpenError {
    /// Keeps the code and drops the text.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(error) => match error.code {
                ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
                ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
                ErrorCode::DiskFull => Self::DiskFull,
                _ if error.extended_code == NO_ROOM_FOR_INDEX => Self::DiskFull,
                _ => Self::Sqlite { code: error.extended_code },
            },
            // A row of ours in a form that we never write.
            None => Self::Damaged,
        }
    }
}

/// Opens a database that is there. One that cannot be opened is left as it is, to the byte.
pub fn open(path: &Path, key: &DatabaseKey, identity: &Identity, readers: usize) -> Result<Connections, OpenError> {
    open_to(path, key, identity, readers, &Steps::ours())
}

/// The same, to the newest schema of `steps`.
pub fn open_to(path: &Path, key: &DatabaseKey, identity: &Identity, readers: usize, steps: &Steps) -> Result<Connections, OpenError> {
    check_library()?;
    asking_the_disk(path, || {
        examine(path, key, identity, steps)?;
        connect(path, key, readers, |writer| {
            migrate::check_schema(writer, steps)?;
            migrate::migrate(writer, steps)?;
            identity.check(writer)
        })
    })
}

/// Makes a database in the empty file at `path`, or goes on where making it was interrupted.
///
/// Only the vault knows that a first run was interrupted, so only the vault may call this.
pub fn create(path: &Path, key: &DatabaseKey, identity: &Identity, readers: usize) -> Result<Connections, OpenError> {
    check_library()?;
    connect(path, key, readers, |writer| {
        migrate::check_schema(writer, &Steps::ours())?;
        migrate::migrate(writer, &Steps::ours())?;
        identity.write(writer)
    })
}

/// Opens a copy of the records for looking at it alone: nothing of it is changed, and nothing is made beside it.
pub(crate) fn open_copy(path: &Path, key: &DatabaseKey) -> Result<Connection, OpenError> {
    check_library()?;
    match length(path)? {
        None => return Err(OpenError::Missing),
        Some(0) => return Err(OpenError::Empty),
        Some(_) => {}
    }
    asking_the_disk(path, || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(immutable(path), flags)?;
        unlock(&copy, key).map_err(|error| classify(path, key, error))?;
        set(&copy, &COMMON)?;
        set(&copy, &READER)?;
        migrate::check_schema(&copy, &Steps::ours())?.ok_or(OpenError::Damaged)?;
        Ok(copy)
    })
}

/// Gives the copy at `path`, which nobody else has open, another key and another salt. Where it fails the copy is to be thrown away.
pub(crate) fn rekey_copy(path: &Path, former: &DatabaseKey, key: &DatabaseKey) -> Result<(), OpenError> {
    check_library()?;
    let copy = Connection::open_with_flags(path, READ_WRITE)?;
    unlock(&copy, former)?;
    // With a write-ahead log, pages under the two keys could lie side by side.
    let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(OpenError::Setting("journal_mode"));
    }
    set(&copy, &COMMON)?;
    set(&copy, &WRITER)?;
    give_key(&copy, "rekey", key)?;
    copy.close().map_err(|(_, error)| error.into())
}

/// A real encrypted database with the newest schema, in memory, for tests.
pub fn open_in_memory(key: &DatabaseKey) -> Result<Connection, OpenError> {
    check_library()?;
    let mut connection = Connection::open_in_memory()?;
    unlock(&connection, key)?;
    set(&connection, &COMMON)?;
    name_words(&connection)?;
    migrate::migrate(&mut connection, &Steps::ours())?;
    Ok(connection)
}

fn connect(
    path: &Path,
    key: &DatabaseKey,
    readers: usize,
    settle: impl FnOnce(&mut Connection) -> Result<(), OpenError>,
) -> Result<Connections, OpenError> {
    let mut writer = Connection::open_with_flags(path, READ_WRITE).map_err(|error| not_opened(path, error))?;
    // Until all is well, closing must not fold the log into the file.
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    unlock(&writer, key).map_err(|error| classify(path, key, error))?;
    let mode: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(OpenError::Setting("journal_mode"));
    }
    set(&writer, &COMMON)?;
    set(&writer, &WRITER)?;
    settle(&mut writer)?;
    name_words(&writer)?;
    writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    fold(&writer);
    let opener = Opener { path: path.to_owned(), key: key.copy() };
    let readers = (0..readers).map(|_| opener.reader()).collect::<Result<_, OpenError>>()?;
    Ok(Connections { writer, readers, anchor: None, opener })
}

/// Opens, and where that fails in a way that may be the disk's asks the disk itself: SQLite calls a page damaged that could not be read,
/// and of other failures says no more than that there was one. Where every byte can be read now, it is opened once more.
fn asking_the_disk<T>(path: &Path, mut open: impl FnMut() -> Result<T, OpenError>) -> Result<T, OpenError> {
    match open() {
        Err(OpenError::Damaged | OpenError::Sqlite { .. } | OpenError::Setting(_) | OpenError::Migration { .. }) => {
            for part in [path.to_owned(), beside(path, "-wal"), beside(path, "-journal")] {
                match File::open(part).and_then(|mut file| io::copy(&mut file, &mut io::sink())) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
            open()
        }
        opened => opened,
    }
}

/// Folds into the file what a crash has left in the log. A page that was being folded in when the power went is whole in the log alone,
/// and the check of the pages, which looks at the file, would call the records damaged.
fn fold(writer: &Connection) {
    // Where it cannot be done the log stays as it is, and every page is read from there.
    let _ = log::fold(writer);
}

/// Everything that could refuse the file, found out without changing it or anything beside it.
fn examine(path: &Path, key: &DatabaseKey, identity: &Identity, steps: &Steps) -> Result<(), OpenError> {
    match length(path)? {
        None => return Err(OpenError::Missing),
        Some(0) => return Err(OpenError::Empty),
        Some(_) => {}
    }
    let work_beside = length(&beside(path, "-wal"))?.unwrap_or(0) + length(&beside(path, "-journal"))?.unwrap_or(0) > 0;
    let connection = if work_beside {
        // The newest work is in the log and must be read with the file. With sole access, SQLite keeps its index of the log in
        // memory rather than in a file.
        let connection = Connection::open_with_flags(path, READ_WRITE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
        connection
    } else {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(immutable(path), flags)?
    };
    unlock(&connection, key).map_err(|error| classify(path, key, error))?;
    migrate::check_schema(&connection, steps)?.ok_or(OpenError::Damaged)?;
    identity.check(&connection)
}

/// Gives the connection its key and reads the first pages with it.
fn unlock(connection: &Connection, key: &DatabaseKey) -> Result<(), OpenError> {
    // SQLCipher otherwise writes to standard error, for the whole process.
    for silence in ["PRAGMA cipher_log_level = NONE", "PRAGMA cipher_log_source = NONE"] {
        connection.execute_batch(silence)?;
    }
    // Before the key, so that no memory that held it is given back unwiped.
    connection.execute_batch("PRAGMA cipher_memory_security = ON")?;
    give_key(connection, "key", key)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // As many as an import goes through for each of its rows: to prepare one with the triggers that follow it costs more than to run it.
    connection.set_prepared_statement_cache_capacity(64);
    // A statement is planned once, and not again for each of the values it is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.busy_timeout(PATIENCE)?;
    // Trust nothing in the schema before reading it.
    set(connection, &BEFORE_READING)?;
    sql::add_functions(connection)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let wiping: i64 =
        connection.query_row("PRAGMA cipher_memory_security", [], |row| row.get::<_, String>(0).map(|text| text.parse().unwrap_or(0)))?;
    if wiping == 1 { Ok(()) } else { Err(OpenError::Setting("cipher_memory_security")) }
}

/// The only place where the key is in the form that SQLCipher takes, in a text that is wiped.
fn give_key(connection: &Connection, name: &'static str, key: &DatabaseKey) -> Result<(), OpenError> {
    let parts = ["PRAGMA ", name, " = \"x'", "'\""];
    let around: usize = parts.iter().map(|part| part.len()).sum();
    let mut pragma = Zeroizing::new(String::with_capacity(around + key.bytes().len() * 2));
    parts[..3].iter().for_each(|part| pragma.push_str(part));
    key::push_hex(&mut pragma, key.bytes());
    pragma.push_str(parts[3]);
    // An error of SQLite's would quote the statement.
    connection.execute_batch(&pragma).map_err(|_| OpenError::Setting(name))
}

type Settings = [(&'static str, i64)];

const BEFORE_READING: [(&str, i64); 2] = [("trusted_schema", 0), ("cell_size_check", 1)];
/// Temporary tables and sorts in memory (2): on the disk they would lie in the clear. Recursive triggers: without them REPLACE
/// deletes a row without asking the triggers that keep it.
const COMMON: [(&str, i64); 4] = [("temp_store", 2), ("foreign_keys", 1), ("secure_delete", 1), ("recursive_triggers", 1)];
/// Full (2): what is acknowledged is on the disk. The log is folded into the file while nothing is written ([`super::Records::fold`]).
const WRITER: [(&str, i64); 2] = [("synchronous", 2), ("wal_autocheckpoint", log::TOO_LONG)];
/// A reader folds the log, as durably as the writer would.
const READER: [(&str, i64); 2] = [("query_only", 1), ("synchronous", 2)];

/// A view, of this connection alone, of the words that the search index holds.
fn name_words(connection: &Connection) -> Result<(), OpenError> {
    Ok(connection.execute_batch("CREATE VIRTUAL TABLE temp.note_words USING fts5vocab(main, note_search, instance)")?)
}

/// Sets, then asks: SQLite passes over a setting it does not know without a word.
fn set(connection: &Connection, settings: &Settings) -> Result<(), OpenError> {
    for &(name, value) in settings {
        connection.execute_batch(&format!("PRAGMA {name} = {value}"))?;
        let now: i64 = connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?;
        if now != value {
            return Err(OpenError::Setting(name));
        }
    }
    Ok(())
}

/// That this program was built with the library it needs: with plain SQLite the key would be passed over and nothing encrypted.
///
/// Found out once, and before anything else is opened: two threads that begin to use the library in the same moment could otherwise
/// leave it without the allocator that wipes what is given back.
fn check_library() -> Result<(), OpenError> {
    static LACKS: OnceLock<Option<&'static str>> = OnceLock::new();
    LACKS.get_or_init(|| lacks().unwrap_or(Some("a working SQLite"))).map_or(Ok(()), |what| Err(OpenError::Library(what)))
}

fn lacks() -> rusqlite::Result<Option<&'static str>> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Ok(Some("SQLite 3.51.3"));
    }
    let connection = Connection::open_in_memory()?;
    if connection.query_row("PRAGMA cipher_version", [], |row| row.get::<_, String>(0)).is_err() {
        return Ok(Some("SQLCipher"));
    }
    let has = |option: &str| connection.query_row("SELECT sqlite_compileoption_used(?1)", [option], |row| row.get::<_, bool>(0));
    if !has("ENABLE_FTS5")? {
        return Ok(Some("FTS5"));
    }
    let in_memory = has("TEMP_STORE=2")? || has("TEMP_STORE=3")?;
    Ok((!in_memory).then_some("temporary storage in memory"))
}

/// Whose a file is that the key does not open. A salt that is ours, or a file that is no whole number of pages, or no salt at
/// all, speaks for damage; a sound file with another salt, for another vault.
fn classify(path: &Path, key: &DatabaseKey, error: OpenError) -> OpenError {
    let OpenError::Damaged = error else { return error };
    let mut head = [0; SALT];
    let (Ok(Some(length)), Ok(())) = (length(path), File::open(path).and_then(|mut file| file.read_exact(&mut head))) else {
        return OpenError::Damaged;
    };
    let foreign = head != key.salt() && head != [0; SALT] && head != *b"SQLite format 3\0" && length % PAGE == 0;
    if foreign { OpenError::OtherVault } else { OpenError::Damaged }
}

/// SQLite says only that it could not open a file; the file system knows why.
fn not_opened(path: &Path, error: rusqlite::Error) -> OpenError {
    match File::options().read(true).write(true).open(path) {
        Ok(_) => error.into(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => OpenError::Missing,
        Err(error) => error.into(),
    }
}

fn length(path: &Path) -> Result<Option<u64>, OpenError> {
    match path.metadata() {
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The address by which SQLite opens a file without locks, without a log and without changing it.
fn immutable(path: &Path) -> String {
    let mut address = String::from("file:");
    let path = path.as_os_str().as_encoded_bytes();
    // `C:\…` is `file:/C:/…`.
    if cfg!(windows) {
        address.push('/');
    }
    for &byte in path {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address + "?mode=ro&immutable=1"
}

#[cfg(test)]
mod tests;
