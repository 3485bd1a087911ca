//! Records that do not open, each in its own way: the page says what happened, what is safe and what to do; and changes nothing.
use super::Album;
use crate::guard::practice::{Practice, plain};
use crate::guard::room::{Room, none_left};
use crate::records;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// What happened to the records in a folder.
type Harm = fn(&Path) -> Result<()>;

const STATES: [(&str, &str, Harm); 8] = [
    ("key-gone", "The key is no longer in the password store", |folder| records::forget(&entry(folder)?)),
    ("other-vault", "This key belongs to other records", other_database),
    ("vault-file-damaged", "The file beside the records cannot be read", |folder| write(&folder.join("vault.json"), "{")),
    ("vault-file-missing", "The file beside the records is gone", |folder| Ok(fs::remove_file(folder.join("vault.json"))?)),
    ("database-damaged", "The records file cannot be read", |folder| {
        Ok(OpenOptions::new().write(true).open(folder.join("practice.db"))?.write_all_at(&[7; 64 * 1024], 4096)?)
    }),
    ("database-empty", "The records file is empty", |folder| write(&folder.join("practice.db"), "")),
    ("database-missing", "The records file is not there", |folder| Ok(fs::remove_file(folder.join("practice.db"))?)),
    ("behind", "Some recent entries are missing", older_database),
];

/// Each of them, in a room of its own.
pub fn stand(album: &Album) -> Result<()> {
    for (name, heading, harm) in STATES {
        one(album, name, heading, harm).with_context(|| name.to_owned())?;
    }
    Ok(())
}

fn one(album: &Album, name: &str, heading: &str, harm: Harm) -> Result<()> {
    let room: Room = album.room()?;
    drop(Practice::begin(&room.records(), &plain("Ada Lindqvist"))?);
    harm(&room.records())?;
    let before = files(&room.records())?;
    let mut window = room.drive(album.ground)?;
    window.arrive(heading)?;
    album.take(&window, &format!("10-state-{name}"))?;
    window.close()?;
    none_left(&album.ground.binary)?;
    let after = files(&room.records())?;
    ensure!(after == before, "the page changed the records: {:?} became {:?}", before.keys(), after.keys());
    Ok(())
}

/// What a page that only says something leaves as it is.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for name in ["vault.json", "practice.db", "practice.db-wal", "anchor"] {
        let path = folder.join(name);
        // An empty log holds nothing; one is made when the records are opened for reading.
        if let Some(bytes) =
            path.is_file().then(|| fs::read(path)).transpose()?.filter(|bytes| !bytes.is_empty() || name != "practice.db-wal")
        {
            files.insert(name.to_owned(), bytes);
        }
    }
    Ok(files)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The name under which the password store keeps the half of the key.
fn entry(folder: &Path) -> Result<String> {
    let vault: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("vault.json"))?)?;
    let entry = vault["slots"].as_array().into_iter().flatten().find_map(|slot| slot["keyring_entry"].as_str());
    entry.map(str::to_owned).with_context(|| format!("no entry in {vault}"))
}

/// The file of other records takes the place of these.
fn other_database(folder: &Path) -> Result<()> {
    let other = Room::furnish()?;
    drop(Practice::begin(&other.records(), &plain("Somebody Else"))?);
    fs::copy(other.records().join("practice.db"), folder.join("practice.db"))?;
    for rest in ["practice.db-wal", "practice.db-shm"] {
        if folder.join(rest).exists() {
            fs::remove_file(folder.join(rest))?;
        }
    }
    Ok(())
}

/// The file as it was before the last write, as a cloud folder puts it back.
fn older_database(folder: &Path) -> Result<()> {
    let older = fs::read(folder.join("practice.db"))?;
    let practice = Practice::again(folder)?;
    practice.write(|w| practice::settings::set_practice(w, &plain("Ada Lindqvist-Moreau"))).context("nothing was written")?;
    drop(practice);
    fs::write(folder.join("practice.db"), older)?;
    Ok(())
}
