//! On real encrypted files: what opens, what is refused, and that what is refused is not touched.

use std::collections::BTreeMap;
use std::fs;

use chrono::DateTime;
use rusqlite::types::Value;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;

struct Place {
    folder: TempDir,
    key: DatabaseKey,
    identity: Identity,
}

type Files = BTreeMap<String, Vec<u8>>;

impl Place {
    fn new() -> Self {
        let identity = Identity { vault: Uuid::from_u128(7), created_at: DateTime::UNIX_EPOCH };
        Self { folder: TempDir::new().unwrap(), key: DatabaseKey::generate().unwrap(), identity }
    }

    /// With a database in it, closed in good order, holding one remark.
    fn made() -> Self {
        let place = Self::new();
        let made = place.create().unwrap();
        write(&made.writer, "a remark in the file");
        drop(made);
        place
    }

    /// As a kill leaves it: one remark in the file, a second one in the log alone.
    fn killed() -> Self {
        let mut place = Self::made();
        let open = place.open().unwrap();
        write(&open.writer, "a remark in the log");
        let left = TempDir::new().unwrap();
        for name in ["practice.db", "practice.db-wal"] {
            fs::copy(place.folder.path().join(name), left.path().join(name)).unwrap();
        }
        drop(open);
        place.folder = left;
        assert!(fs::metadata(beside(&place.path(), "-wal")).unwrap().len() > 0);
        place
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("practice.db")
    }

    fn create(&self) -> Result<Connections, OpenError> {
        File::create_new(self.path()).unwrap();
        create(&self.path(), &self.key, &self.identity, 2)
    }

    fn open(&self) -> Result<Connections, OpenError> {
        open(&self.path(), &self.key, &self.identity, 2)
    }

    fn files(&self) -> Files {
        fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
            .collect()
    }

    fn alter(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = fs::read(self.path()).unwrap();
        change(&mut bytes);
        fs::write(self.path(), bytes).unwrap();
    }

    /// That opening fails, and leaves every byte and every name as it was.
    fn refuses(&self, expected: impl Fn(&OpenError) -> bool) {
        let before = self.files();
        let error = self.open().expect_err("it opened");
        assert!(expected(&error), "{error:?}");
        assert!(self.files() == before, "a file was changed: {:?} to {:?}", before.keys(), self.files().keys());
    }
}

fn write(connection: &Connection, remark: &str) {
    connection.execute_batch("CREATE TABLE IF NOT EXISTS remarks (text TEXT)").unwrap();
    connection.execute("INSERT INTO remarks (text) VALUES (?1)", [remark]).unwrap();
}

fn remarks(connection: &Connection) -> Vec<String> {
    let mut query = connection.prepare("SELECT text FROM remarks ORDER BY rowid").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn pragma(connection: &Connection, name: &str) -> String {
    let value: Value = connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap();
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_written_is_there_when_it_is_opened_again() {
    let place = Place::made();
    let open = place.open().unwrap();
    assert_eq!(remarks(&open.writer), ["a remark in the file"]);
    for reader in &open.readers {
        assert_eq!(remarks(reader), ["a remark in the file"]);
    }
}

#[test]
fn what_a_kill_left_in_the_log_is_there_when_it_is_opened_again() {
    let place = Place::killed();
    assert_eq!(remarks(&place.open().unwrap().writer), ["a remark in the file", "a remark in the log"]);
}

#[test]
fn a_page_torn_by_a_kill_is_healed_from_the_log() {
    let place = Place::killed();
    // The log holds the whole first page only if that was written since; make sure of it.
    let open = place.open().unwrap();
    open.writer.execute_batch("CREATE TABLE later (x)").unwrap();
    let (file, log) = (fs::read(place.path()).unwrap(), fs::read(beside(&place.path(), "-wal")).unwrap());
    drop(open);
    fs::write(place.path(), file).unwrap();
    fs::write(beside(&place.path(), "-wal"), log).unwrap();
    place.alter(|bytes| bytes[100..4000].fill(0));
    assert_eq!(remarks(&place.open().unwrap().writer).len(), 2);
}

#[test]
fn every_setting_is_as_it_must_be() {
    let place = Place::made();
    let open = place.open().unwrap();
    assert_eq!(open.readers.len(), 2);
    for connection in open.readers.iter().chain([&open.writer]) {
        for (name, value) in [
            ("journal_mode", "wal"),
            ("temp_store", "2"),
            ("foreign_keys", "1"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("secure_delete", "1"),
            ("recursive_triggers", "1"),
            ("cipher_memory_security", "1"),
            ("cipher_use_hmac", "1"),
            ("cipher_log_level", "NONE"),
            ("busy_timeout", "5000"),
        ] {
            assert_eq!(pragma(connection, name), value, "{name}");
        }
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE).unwrap());
    }
    assert_eq!(pragma(&open.writer, "synchronous"), "2");
    assert_eq!(pragma(&open.writer, "wal_autocheckpoint"), "4000");
    assert!(!open.writer.db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).unwrap());
}

#[test]
fn a_reader_cannot_write() {
    let place = Place::made();
    let open = place.open().unwrap();
    for reader in &open.readers {
        let refused: OpenError = reader.execute("DELETE FROM remarks", []).unwrap_err().into();
        assert!(matches!(refused, OpenError::ReadOnly), "{refused:?}");
    }
}

#[test]
fn closing_in_good_order_leaves_one_file() {
    assert_eq!(Place::made().files().into_keys().collect::<Vec<_>>(), ["practice.db"]);
}

#[test]
fn nothing_lies_in_the_clear() {
    let place = Place::killed();
    let open = place.open().unwrap();
    write(&open.writer, "a remark written last");
    for (name, bytes) in place.files() {
        for word in [b"a remark".as_slice(), b"remarks", b"CREATE TABLE", b"SQLite format 3"] {
            assert!(!bytes.windows(word.len()).any(|at| at == word), "{name}");
        }
    }
}

#[test]
fn the_file_begins_with_the_salt_of_its_key() {
    let place = Place::made();
    assert_eq!(&fs::read(place.path()).unwrap()[..SALT], place.key.salt());
}

#[test]
fn a_damaged_salt_does_not_cost_the_records() {
    let place = Place::made();
    place.alter(|bytes| bytes[..SALT].fill(0x5a));
    assert_eq!(remarks(&place.open().unwrap().writer), ["a remark in the file"]);
}

#[test]
fn the_key_of_another_vault_is_refused_as_such() {
    for mut place in [Place::made(), Place::killed()] {
        place.key = DatabaseKey::generate().unwrap();
        place.refuses(|error| matches!(error, OpenError::OtherVault));
    }
}

#[test]
fn a_file_that_has_our_salt_and_does_not_open_is_damaged() {
    for mut place in [Place::made(), Place::killed()] {
        let mut bytes = *place.key.bytes();
        bytes[0] ^= 1;
        place.key = DatabaseKey::chosen(bytes);
        place.refuses(|error| matches!(error, OpenError::Damaged));
    }
}

#[test]
fn a_database_that_says_it_is_of_another_vault_is_refused() {
    for mut place in [Place::made(), Place::killed()] {
        place.identity.vault = Uuid::from_u128(8);
        place.refuses(|error| matches!(error, OpenError::OtherVault));
    }
}

#[test]
fn a_database_that_does_not_say_whose_it_is_is_refused() {
    let place = Place::made();
    place.open().unwrap().writer.execute("DELETE FROM vault", []).unwrap();
    place.refuses(|error| matches!(error, OpenError::Damaged));
}

#[test]
fn a_newer_schema_is_refused_with_both_versions() {
    let place = Place::made();
    let open = place.open().unwrap();
    let row = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (999, 'x', '2031-01-01T00:00:00Z', '1')";
    open.writer.execute(row, []).unwrap();
    let log = fs::read(beside(&place.path(), "-wal")).unwrap();
    let file = fs::read(place.path()).unwrap();
    drop(open);
    place.refuses(|error| matches!(error, OpenError::Newer { found: 999, known: 1.. }));
    // And with the row in the log alone.
    fs::write(place.path(), file).unwrap();
    fs::write(beside(&place.path(), "-wal"), log).unwrap();
    place.refuses(|error| matches!(error, OpenError::Newer { found: 999, known: 1.. }));
}

#[test]
fn a_missing_file_is_not_made() {
    let place = Place::new();
    place.refuses(|error| matches!(error, OpenError::Missing));
}

#[test]
fn an_empty_file_is_never_opened_as_an_empty_database() {
    let place = Place::made();
    place.alter(Vec::clear);
    place.refuses(|error| matches!(error, OpenError::Empty));
    // SQLite would delete a log that lies beside an empty file.
    let place = Place::killed();
    place.alter(Vec::clear);
    place.refuses(|error| matches!(error, OpenError::Empty));
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    type Change = fn(&mut Vec<u8>);
    let changes: [(&str, Change); 8] = [
        ("cut to a byte", |bytes| bytes.truncate(1)),
        ("cut within the first page", |bytes| bytes.truncate(100)),
        ("cut to the first page", |bytes| bytes.truncate(4096)),
        ("cut in the middle", |bytes| bytes.truncate(bytes.len() / 2 / 4096 * 4096)),
        ("a bit of the first page", |bytes| bytes[1000] ^= 1),
        ("a first page of zeros", |bytes| bytes[..4096].fill(0)),
        ("nothing but zeros", |bytes| bytes.fill(0)),
        ("text, of no whole number of pages", |bytes| *bytes = b"not a database at all".repeat(1000)),
    ];
    for (what, change) in changes {
        let place = Place::made();
        place.alter(change);
        place.refuses(|error| {
            assert!(matches!(error, OpenError::Damaged), "{what}: {error:?}");
            true
        });
    }
}

#[test]
fn a_file_that_is_not_encrypted_is_refused() {
    let place = Place::new();
    #[allow(clippy::disallowed_methods)] // as another program would
    let other = Connection::open(place.path()).unwrap();
    other.execute_batch("CREATE TABLE vault (id BLOB, canary TEXT)").unwrap();
    place.refuses(|error| matches!(error, OpenError::Damaged));
}

#[test]
fn making_a_database_never_writes_over_another() {
    let mut place = Place::made();
    let before = place.files();
    place.key = DatabaseKey::generate().unwrap();
    let refused = create(&place.path(), &place.key, &place.identity, 0);
    assert!(matches!(refused, Err(OpenError::OtherVault)));
    assert!(place.files() == before);
}

#[test]
fn making_a_database_goes_on_where_it_was_interrupted() {
    let place = Place::made();
    place.open().unwrap().writer.execute("DELETE FROM vault", []).unwrap();
    create(&place.path(), &place.key, &place.identity, 0).unwrap();
    place.open().unwrap();
}

#[test]
fn a_path_with_signs_that_mean_something_in_an_address_opens() {
    let mut place = Place::made();
    let odd = TempDir::with_prefix("a#b?c%20d &é'\"").unwrap();
    fs::copy(place.path(), odd.path().join("practice.db")).unwrap();
    place.folder = odd;
    assert_eq!(remarks(&place.open().unwrap().writer).len(), 1);
}

#[test]
fn the_database_in_memory_has_the_newest_schema_and_full_text_search() {
    let connection = open_in_memory(&DatabaseKey::generate().unwrap()).unwrap();
    assert!(migrate::check_schema(&connection, &migrate::Steps::ours()).unwrap().is_some());
    connection.execute_batch("CREATE VIRTUAL TABLE found USING fts5 (text); INSERT INTO found VALUES ('a word')").unwrap();
    let hits: i64 = connection.query_row("SELECT count(*) FROM found WHERE found MATCH 'word'", [], |row| row.get(0)).unwrap();
    assert_eq!(hits, 1);
    assert!(!pragma(&connection, "cipher_version").is_empty());
}

#[test]
fn no_error_quotes_a_statement() {
    let place = Place::made();
    let open = place.open().unwrap();
    let error: OpenError = open.writer.execute("SELECT secret_word FROM nowhere", []).unwrap_err().into();
    assert!(!format!("{error} {error:?}").contains("secret_word"));
}

#[test]
fn a_long_log_is_folded_in_a_pause_and_begins_anew_in_the_room_it_has() {
    let place = Place::made();
    let records = crate::store::Records::new(place.open().unwrap());
    let moment = crate::time::Moment { at: crate::time::Instant(0), zone: chrono_tz::UTC };
    let mut commits = 0;
    // A commit is counted, whatever else is in it.
    let mut written_until_it_is_long = || {
        for _ in 0..log::LONG {
            records.write(moment, crate::words::Veil::Open, &mut || Uuid::from_u128(1), |_| Ok(())).unwrap();
            commits += 1;
            assert!(!records.is_at_rest(), "somebody is writing");
            assert!(records.is_at_rest());
            if records.fold().unwrap() {
                return (commits, fs::metadata(beside(&place.path(), "-wal")).unwrap().len());
            }
        }
        panic!("so many commits are a long log");
    };
    let (first, length) = written_until_it_is_long();
    assert!(first > 1, "a short log is left");
    let (all, still) = written_until_it_is_long();
    assert_eq!(still, length);
    assert!(!records.fold().unwrap(), "it was folded");
    // The file alone, without its log, has all of it.
    fs::copy(place.path(), place.folder.path().join("alone.db")).unwrap();
    let alone = open_copy(&place.folder.path().join("alone.db"), &place.key).unwrap();
    let number: i64 = alone.query_row("SELECT number FROM sequence", [], |row| row.get(0)).unwrap();
    assert_eq!(number, all);
}

#[test]
fn there_is_room_for_a_long_log_and_what_is_not_written_yet_ends_it() {
    let place = Place::made();
    let open = place.open().unwrap();
    let log = |folder: &std::path::Path| fs::metadata(folder.join("practice.db-wal")).unwrap().len();
    assert!(log::make_room(&open.opener.log()).unwrap().is_some());
    let room = log(place.folder.path());
    for remark in ["the first", "the second"] {
        write(&open.writer, remark);
        assert_eq!(log(place.folder.path()), room);
        assert!(log::make_room(&open.opener.log()).unwrap().is_none());
    }
    // As a kill leaves it, with and without something in it.
    for (written, there) in [(true, 3), (false, 1)] {
        let left = TempDir::new().unwrap();
        fs::copy(place.path(), left.path().join("practice.db")).unwrap();
        fs::copy(open.opener.log(), left.path().join("practice.db-wal")).unwrap();
        if !written {
            fs::write(left.path().join("practice.db-wal"), vec![0; usize::try_from(room).unwrap()]).unwrap();
        }
        assert_eq!(
            super::open(&left.path().join("practice.db"), &place.key, &place.identity, 1).map(|one| remarks(&one.writer).len()).unwrap(),
            there
        );
    }
}
