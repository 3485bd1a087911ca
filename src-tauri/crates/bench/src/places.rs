//! The data set, and copies of it to write in, so that it stays what it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use data::{About, Stock};
use practice::store::{Reader, Records, Writer};
use practice::time::Moment;
use practice::vault::Held;
use practice::words::Veil;
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

pub struct Places {
    pub stock: Stock,
    pub about: About,
    scratch: TempDir,
}

/// Open records, with one connection beside them that nothing of ours is in the way of.
pub struct Bench {
    pub records: Records,
    pub held: Held,
    pub bare: Connection,
    pub moment: Moment,
    pub folder: PathBuf,
}

impl Places {
    pub fn of(set: &Path) -> Result<Self> {
        let stock = Stock::at(set)?;
        let about = stock.about()?;
        // Beside the set: a copy on another disk would be measured on another disk.
        let scratch = tempfile::Builder::new().prefix(".bench-").tempdir_in(set)?;
        Ok(Self { stock, about, scratch })
    }

    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// A copy of the records under a name; one that was there goes.
    pub fn copy(&self, name: &str) -> Result<Bench> {
        let folder = self.scratch().join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        for entry in fs::read_dir(self.stock.records())? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        // What was copied is on the disk before anything is timed.
        for entry in fs::read_dir(&folder)? {
            fs::File::open(entry?.path())?.sync_all()?;
        }
        self.open(&folder)
    }

    /// The records of a folder with two readers: one for ours, one for the floor. Nothing of either is in memory yet but the schema.
    pub fn open(&self, folder: &Path) -> Result<Bench> {
        let mut opened = self.stock.open_in(folder, 2)?;
        let bare = opened.connections.readers.pop().context("no second reader")?;
        let bench = Bench {
            records: Records::new(opened.connections),
            held: opened.held,
            bare,
            moment: self.about.moment(),
            folder: folder.to_owned(),
        };
        bench.records.agreement()?;
        // Both have read the schema.
        bench.read(|_| Ok(()))?;
        bench.bare.query_row("SELECT count(*) FROM practice", [], |_| Ok(()))?;
        bench.read(|r| practice::settings::practice(r).map(drop))?;
        Ok(bench)
    }
}

impl Bench {
    pub fn read<T>(&self, look: impl FnOnce(&Reader) -> practice::error::Result<T>) -> Result<T> {
        Ok(self.records.read(self.moment, Veil::Open, look)?)
    }

    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> practice::error::Result<T>) -> Result<T> {
        Ok(self.records.write(self.moment, Veil::Open, &mut Uuid::now_v7, act)?)
    }
}

/// What `act` gives, and the milliseconds it took.
pub fn timed<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let begun = Instant::now();
    let value = act()?;
    Ok((value, begun.elapsed().as_secs_f64() * 1000.0))
}
