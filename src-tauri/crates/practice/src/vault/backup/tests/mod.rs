//! Backups on real, encrypted records in folders of their own.

mod hostile;
mod keeping;
mod lives;
mod making;
mod places;
#[cfg(unix)] // a terminal of its own, for age
mod stock;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use tempfile::TempDir;
use uuid::Uuid;

use super::*;
use crate::clients::{self, ClientDetails, ClientStatus};
use crate::error::Result;
use crate::id::ClientId;
use crate::store::{Reader, Records, Writer};
use crate::time::Moment;
use crate::vault::testing::Place;
use crate::vault::{Held, RecoveryCode};
use crate::words::Veil;
use crate::{security, testing};

const VERSION: &str = "0.1.0";

/// Open records with a kit in force, and a folder for their backups.
pub(super) struct Bed {
    pub place: Place,
    pub records: Records,
    pub held: Held,
    pub code: RecoveryCode,
    pub folder: TempDir,
    pub moment: Cell<Moment>,
    next_id: Cell<u128>,
}

impl Bed {
    pub fn new() -> Self {
        let bed = Self::without_kit();
        bed.renew_kit(&bed.code);
        bed
    }

    pub fn without_kit() -> Self {
        let place = Place::new();
        let opened = place.begin().open(2).unwrap();
        let zone = chrono_tz::Europe::London;
        Self {
            place,
            records: Records::new(opened.connections),
            held: opened.held,
            code: RecoveryCode::generate().unwrap(),
            folder: TempDir::new().unwrap(),
            moment: Cell::new(Moment { at: testing::at("2026-01-15 11:12", zone), zone }),
            next_id: Cell::new(0),
        }
    }

    pub fn renew_kit(&self, code: &RecoveryCode) {
        let kit = self.held.add_kit(code).unwrap();
        self.write(|w| security::set_kit(w, &kit)).unwrap();
        self.held.settle(Some(kit.slot)).unwrap();
    }

    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        let mut ids = || {
            self.next_id.set(self.next_id.get() + 1);
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + self.next_id.get())
        };
        self.records.write(self.moment.get(), Veil::Open, &mut ids, act)
    }

    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> T {
        self.records.read(self.moment.get(), Veil::Open, look).unwrap()
    }

    pub fn client(&self, last: &str) -> ClientId {
        self.write(|w| clients::add(w, &ClientDetails::named(last, ""), ClientStatus::Active, true)).unwrap()
    }

    pub fn pass(&self, seconds: i64) {
        let moment = self.moment.get();
        self.moment.set(Moment { at: moment.at.plus_seconds(seconds), ..moment });
    }

    pub fn make(&self) -> std::result::Result<Made, BackupFailure> {
        self.make_in(self.folder.path(), &mut |_, _, _| true)
    }

    pub fn make_in(&self, folder: &Path, progress: Progress) -> std::result::Result<Made, BackupFailure> {
        make(&self.records, &self.held, folder, self.moment.get(), VERSION, None, progress)
    }

    pub fn file(&self, made: &Made) -> PathBuf {
        self.folder.path().join(&made.file)
    }

    /// The names in the folder for backups.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Restores `file` in `place` without a passphrase, and says how it went.
pub(super) fn restore_in(place: &Place, file: &Path, code: &RecoveryCode, other_records: bool) -> std::result::Result<Restored, NotUsed> {
    let zone = chrono_tz::Europe::London;
    let moment = Moment { at: testing::at("2026-01-16 09:30", zone), zone };
    let wanted = Wanted { file, code, vault: place.folder.path(), other_records, moment, passphrase: None };
    restore(&wanted, |entry, secret| place.kept.store(entry, secret), &mut |_, _, _| true)
}

/// Every row of every table.
pub(super) fn rows(r: &Reader) -> BTreeMap<String, Vec<Vec<Value>>> {
    let conn = r.conn();
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite%'";
    let names: Vec<String> = conn.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(std::result::Result::unwrap).collect();
    let mut all = BTreeMap::new();
    for name in names {
        let mut statement = conn.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let width = statement.column_count();
        let found = statement.query_map([], |row| (0..width).map(|at| row.get::<_, Value>(at)).collect()).unwrap();
        all.insert(name, found.map(std::result::Result::unwrap).collect());
    }
    all
}
