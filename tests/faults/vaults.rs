//! A vault of its own for tests of its keys: records with a client, a kit in force, a password store, perhaps a passphrase.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use practice::clients::{self, ClientDetails, ClientStatus};
use practice::error::Result;
use practice::security;
use practice::settings;
use practice::store::{Reader, Records, Writer};
use practice::time::Moment;
use practice::vault::{
    self, Barred, Held, KeyringAnswer, KeyringSecret, Opened, Passphrase, PasswordStore, RecoveryCode, Rotated, Rotation, Standing,
};
use practice::words::Veil;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bench::{at, practice_of};

/// A password store that keeps what it is given.
#[derive(Clone, Default)]
pub struct Keyring(pub RefCell<BTreeMap<String, String>>);

impl Keyring {
    pub fn load(&self, entry: &str) -> KeyringAnswer {
        let found = self.0.borrow().get(entry).and_then(|text| KeyringSecret::from_text(text.as_bytes()));
        found.map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret)
    }

    pub fn store(&self, entry: &str, secret: &KeyringSecret) -> KeyringAnswer {
        self.0.borrow_mut().insert(entry.to_owned(), secret.to_text().to_string());
        self.load(entry)
    }
}

/// A closed vault, and all that opens it.
pub struct Vault {
    pub folder: TempDir,
    pub keyring: Keyring,
    pub code: RecoveryCode,
    pub passphrase: Option<String>,
}

/// The same, open.
pub struct Desk {
    pub records: Records,
    pub held: Held,
    pub moment: Cell<Moment>,
    next_id: Cell<u128>,
}

impl Vault {
    pub fn made(passphrase: Option<&str>) -> Self {
        let made = Self {
            folder: TempDir::new().unwrap(),
            keyring: Keyring::default(),
            code: RecoveryCode::generate().unwrap(),
            passphrase: passphrase.map(str::to_owned),
        };
        let Standing::FirstRun(first) = vault::prepare(made.folder.path(), |_| KeyringAnswer::NoEntry) else { panic!("not a first run") };
        let typed = passphrase.map(Passphrase::new);
        let ready = first.begin(DateTime::UNIX_EPOCH, typed.as_ref(), |entry, secret| made.keyring.store(entry, secret)).unwrap();
        let desk = Desk::at(ready.open(1).unwrap(), 0);
        desk.write(|w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
        desk.client("Okafor");
        desk.take_kit(&made.code);
        drop(desk);
        made
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Opens what lies at `path`, which may be a copy.
    pub fn open_at(&self, path: &Path, ids: u128) -> std::result::Result<Desk, Barred> {
        let ready = match vault::prepare(path, |entry| self.keyring.load(entry)) {
            Standing::Ready(ready) => ready,
            Standing::Locked(locked) => {
                let typed = Passphrase::new(self.passphrase.as_deref().unwrap_or_default());
                locked.unlock(&typed, |entry| self.keyring.load(entry))?.ok_or(Barred::KeyGone)?
            }
            Standing::Barred(why) => return Err(why),
            Standing::FirstRun(_) => panic!("a new key was offered"),
        };
        Ok(Desk::at(ready.open(1)?, ids))
    }

    pub fn open(&self) -> Desk {
        self.open_at(self.path(), 1 << 32).unwrap()
    }

    pub fn copy(&self) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (name, bytes) in files(self.path()) {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }
}

impl Desk {
    fn at(opened: Opened, ids: u128) -> Self {
        let moment = Moment { at: at("2026-01-15 11:12"), zone: chrono_tz::Europe::London };
        Self { records: Records::new(opened.connections), held: opened.held, moment: Cell::new(moment), next_id: Cell::new(ids) }
    }

    pub fn id(&self) -> Uuid {
        self.next_id.set(self.next_id.get() + 1);
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + self.next_id.get())
    }

    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        self.records.write(self.moment.get(), Veil::Open, &mut || self.id(), act)
    }

    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        self.records.read(self.moment.get(), Veil::Open, look)
    }

    pub fn client(&self, last: &str) {
        self.write(|w| clients::add(w, &ClientDetails::named(last, ""), ClientStatus::Active, true)).unwrap();
    }

    pub fn take_kit(&self, code: &RecoveryCode) {
        let kit = self.held.add_kit(code).unwrap();
        self.write(|w| security::set_kit(w, &kit)).unwrap();
        self.held.settle(Some(kit.slot)).unwrap();
    }

    pub fn rotate(&self, vault: &Vault, code: &RecoveryCode) -> Result<Rotated> {
        let typed = vault.passphrase.as_deref().map(Passphrase::new);
        let mut load = |entry: &str| vault.keyring.load(entry);
        let mut store = |entry: &str, secret: &KeyringSecret| vault.keyring.store(entry, secret);
        let mut keyring = PasswordStore { load: &mut load, store: &mut store };
        let wanted = Rotation { code, passphrase: typed.as_ref(), moment: self.moment.get() };
        self.held.rotate(&self.records, &wanted, &mut || self.id(), &mut keyring, &mut |_, _, _| true)
    }
}

/// What lies in a folder: names and bytes, but for the index of the log, which is made anew at each opening, and the file that only says
/// who has the others open.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        let passing = name.to_string_lossy().ends_with("-shm") || name.as_os_str() == ".in-use";
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inside, bytes)| (name.join(inside), bytes)));
        } else if !passing {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}
