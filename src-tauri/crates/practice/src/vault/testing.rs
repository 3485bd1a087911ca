//! A folder with a vault in it, and a password store, for tests.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::PathBuf;

use chrono::DateTime;
use tempfile::TempDir;

use super::{Barred, KeyringAnswer, KeyringSecret, Ready, Standing, prepare};

/// A password store that keeps what it is given.
#[derive(Default)]
pub struct Kept(pub RefCell<HashMap<String, String>>);

impl Kept {
    pub fn load(&self, entry: &str) -> KeyringAnswer {
        match self.0.borrow().get(entry) {
            Some(text) => KeyringAnswer::Secret(KeyringSecret::from_text(text.as_bytes()).unwrap()),
            None => KeyringAnswer::NoEntry,
        }
    }

    /// Forgets what is kept under `entry`.
    pub fn forget(&self, entry: &str) -> KeyringAnswer {
        self.0.borrow_mut().remove(entry);
        KeyringAnswer::NoEntry
    }

    pub fn store(&self, entry: &str, secret: &KeyringSecret) -> KeyringAnswer {
        self.0.borrow_mut().insert(entry.to_owned(), secret.to_text().to_string());
        self.load(entry)
    }
}

pub struct Place {
    pub folder: TempDir,
    pub kept: Kept,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), kept: Kept::default() }
    }

    /// A vault in use, closed in good order.
    pub fn made() -> Self {
        let place = Self::new();
        let opened = place.begin().open(1).unwrap().connections;
        opened.writer.execute_batch("CREATE TABLE remarks (text TEXT); INSERT INTO remarks VALUES ('kept')").unwrap();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn prepare(&self) -> Standing {
        prepare(self.folder.path(), |entry| self.kept.load(entry))
    }

    pub fn begin(&self) -> Ready {
        let Standing::FirstRun(first) = self.prepare() else { panic!("not a first run") };
        first.begin(DateTime::UNIX_EPOCH, None, |entry, secret| self.kept.store(entry, secret)).unwrap()
    }

    pub fn ready(&self) -> Ready {
        match self.prepare() {
            Standing::Ready(ready) => ready,
            Standing::FirstRun(_) => panic!("a first run"),
            Standing::Locked(_) => panic!("a passphrase is asked for"),
            Standing::Barred(why) => panic!("{why}"),
        }
    }

    /// The remarks of a vault that opens.
    pub fn remarks(&self) -> i64 {
        let opened = self.ready().open(1).unwrap().connections;
        opened.readers[0].query_row("SELECT count(*) FROM remarks WHERE text = 'kept'", [], |row| row.get(0)).unwrap()
    }

    /// But for the empty file that only says who has the others open.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.ends_with(".in-use"))
            .map(|path| {
                (
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    if path.is_dir() { Vec::new() } else { fs::read(&path).unwrap() },
                )
            })
            .collect()
    }

    /// That this is why it does not open, that no byte, no name and no entry is changed by it, and that no new key is offered.
    pub fn barred(&self, expected: &Barred) {
        self.barred_with(expected, |entry| self.kept.load(entry));
    }

    pub fn barred_with(&self, expected: &Barred, load: impl FnMut(&str) -> KeyringAnswer) {
        let (files, entries) = (self.files(), self.kept.0.borrow().clone());
        let why = match prepare(self.folder.path(), load) {
            Standing::Barred(why) => why,
            Standing::Ready(ready) => ready.open(1).expect_err("it opened"),
            Standing::Locked(_) => panic!("a passphrase is asked for"),
            Standing::FirstRun(_) => panic!("a new key was offered"),
        };
        assert_eq!(&why, expected);
        assert!(self.files() == files, "a file was changed: {:?} to {:?}", files.keys(), self.files().keys());
        assert!(*self.kept.0.borrow() == entries);
    }

    pub fn vault_file(&self) -> serde_json::Value {
        serde_json::from_slice(&fs::read(self.path("vault.json")).unwrap()).unwrap()
    }

    pub fn write_vault_file(&self, value: &serde_json::Value) {
        fs::write(self.path("vault.json"), serde_json::to_vec(value).unwrap()).unwrap();
    }
}
