//! What may remain of a folder when the power is cut.
//!
//! Of a file, all that was there when it was last synced, and of what was written since, any part: each sector as it was then or as any
//! later write left it, the length that it had then or at any time since. Of names, those that were there when their folder was last
//! synced, and any of the changes since. No file system is so careless with all of it at once; what survives this survives them all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use disk::Change;

use crate::chance::Chance;

const SECTOR: usize = 512;

/// A file, whatever its name is.
#[derive(Clone, Default)]
struct File {
    now: Vec<u8>,
    synced: Vec<u8>,
    /// Of each sector, what it has been since the file was last synced, in order; of the whole, its lengths.
    sectors: BTreeMap<usize, Vec<[u8; SECTOR]>>,
    lengths: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Node {
    File(usize),
    Folder,
}

/// A change of names that is not yet on the disk.
struct Renaming {
    gone: Option<PathBuf>,
    come: Option<(PathBuf, Node)>,
}

/// A folder, as everyone sees it, and as it is on the disk.
pub struct Remains {
    files: Vec<File>,
    now: BTreeMap<PathBuf, Node>,
    synced: BTreeMap<PathBuf, Node>,
    unsynced: Vec<Renaming>,
}

impl Remains {
    /// A folder that lies on the disk as it is.
    pub fn of(folder: &Path) -> Self {
        let mut remains = Self { files: Vec::new(), now: BTreeMap::new(), synced: BTreeMap::new(), unsynced: Vec::new() };
        remains.gather(folder, folder);
        remains.synced = remains.now.clone();
        remains
    }

    fn gather(&mut self, root: &Path, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_owned();
            if path.is_dir() {
                self.now.insert(name, Node::Folder);
                self.gather(root, &path);
            } else {
                let bytes = fs::read(&path).unwrap();
                let node = self.file(File { now: bytes.clone(), synced: bytes, ..File::default() });
                self.now.insert(name, node);
            }
        }
    }

    fn file(&mut self, file: File) -> Node {
        self.files.push(file);
        Node::File(self.files.len() - 1)
    }

    fn open(&mut self, path: &Path) -> Option<&mut File> {
        let Some(Node::File(number)) = self.now.get(path) else { return None };
        self.files.get_mut(*number)
    }

    /// One more thing is done.
    pub fn then(&mut self, change: &Change) {
        match change {
            Change::Create { path } => {
                let node = self.file(File::default());
                self.rename(None, Some((path.clone(), node)));
            }
            Change::Write { path, at, bytes } => self.open(path).unwrap().write(usize::try_from(*at).unwrap(), bytes),
            Change::Truncate { path, length } => self.open(path).unwrap().truncate(usize::try_from(*length).unwrap()),
            Change::Sync { path } => match self.open(path) {
                Some(file) => file.sync(),
                None => self.sync_names(path),
            },
            Change::Rename { from, to } => {
                // A folder is moved with what is in it; none is here, and a test that does it would be told.
                let node = self.now[from];
                assert!(node != Node::Folder, "a folder is renamed");
                self.rename(Some(from.clone()), Some((to.clone(), node)));
            }
            Change::Unlink { path } => self.rename(Some(path.clone()), None),
            Change::MakeFolder { path } => self.rename(None, Some((path.clone(), Node::Folder))),
            Change::Link { from, to } => self.rename(None, Some((to.clone(), self.now[from]))),
            Change::Mark(_) => {}
        }
    }

    fn rename(&mut self, gone: Option<PathBuf>, come: Option<(PathBuf, Node)>) {
        let renaming = Renaming { gone, come };
        renaming.apply(&mut self.now);
        self.unsynced.push(renaming);
    }

    fn sync_names(&mut self, folder: &Path) {
        for renaming in std::mem::take(&mut self.unsynced) {
            if renaming.is_in(folder) {
                renaming.apply(&mut self.synced);
            } else {
                self.unsynced.push(renaming);
            }
        }
    }

    /// Lays out all of it, as everyone sees it.
    pub fn lay_whole(&self, folder: &Path) {
        lay(folder, &self.now, |file| self.files[file].now.clone());
    }

    /// Lays out what remains when the power is cut now.
    pub fn lay(&self, folder: &Path, chance: &mut Chance) {
        let mut names = self.synced.clone();
        // Half of the time as a journal has it: all changes up to some point.
        let journal = (chance.below(2) == 0).then(|| chance.below(self.unsynced.len() as u64 + 1));
        for (at, renaming) in self.unsynced.iter().enumerate() {
            if journal.map_or_else(|| chance.below(2) == 0, |upto| (at as u64) < upto) {
                renaming.apply(&mut names);
            }
        }
        lay(folder, &names, |file| self.files[file].remains(chance));
    }
}

fn lay(folder: &Path, names: &BTreeMap<PathBuf, Node>, mut bytes: impl FnMut(usize) -> Vec<u8>) {
    let mut folders = BTreeSet::from([PathBuf::new()]);
    for (path, node) in names {
        // The index of the log is memory, and gone with it. What lies in a folder that is gone is gone too.
        if path.to_string_lossy().ends_with("-shm") || !folders.contains(path.parent().unwrap()) {
            continue;
        }
        match node {
            Node::Folder => {
                fs::create_dir(folder.join(path)).unwrap();
                folders.insert(path.clone());
            }
            Node::File(file) => fs::write(folder.join(path), bytes(*file)).unwrap(),
        }
    }
}

impl Renaming {
    fn apply(&self, names: &mut BTreeMap<PathBuf, Node>) {
        if let Some(gone) = &self.gone {
            names.remove(gone);
        }
        if let Some((path, node)) = &self.come {
            names.insert(path.clone(), *node);
        }
    }

    fn is_in(&self, folder: &Path) -> bool {
        let paths = self.gone.iter().chain(self.come.as_ref().map(|(path, _)| path));
        paths.into_iter().any(|path| path.parent() == Some(folder))
    }
}

impl File {
    fn write(&mut self, at: usize, bytes: &[u8]) {
        if self.lengths.is_empty() {
            self.lengths.push(self.synced.len());
        }
        let end = at + bytes.len();
        if self.now.len() < end {
            self.now.resize(end, 0);
        }
        self.now[at..end].copy_from_slice(bytes);
        self.changed(at, end);
    }

    fn truncate(&mut self, length: usize) {
        if self.lengths.is_empty() {
            self.lengths.push(self.synced.len());
        }
        let before = self.now.len();
        self.now.resize(length, 0);
        self.changed(length.min(before), length.max(before));
    }

    fn changed(&mut self, from: usize, to: usize) {
        for number in from / SECTOR..to.div_ceil(SECTOR) {
            let sector = sector(&self.now, number);
            self.sectors.entry(number).or_default().push(sector);
        }
        self.lengths.push(self.now.len());
    }

    fn sync(&mut self) {
        self.synced.resize(self.now.len(), 0);
        for (number, _) in std::mem::take(&mut self.sectors) {
            put(&mut self.synced, number, &sector(&self.now, number));
        }
        self.lengths.clear();
    }

    fn remains(&self, chance: &mut Chance) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        if self.lengths.is_empty() {
            return bytes;
        }
        let longest = self.lengths.iter().max().copied().unwrap_or_default();
        // The newest length as often as any other.
        let pick = chance.below(2 * self.lengths.len() as u64);
        let length = usize::try_from(pick).ok().and_then(|pick| self.lengths.get(pick)).unwrap_or(&self.now.len()).to_owned();
        bytes.resize(longest.max(bytes.len()), 0);
        for (number, versions) in &self.sectors {
            let version = usize::try_from(chance.below(versions.len() as u64 + 1)).unwrap();
            if let Some(sector) = version.checked_sub(1).and_then(|version| versions.get(version)) {
                put(&mut bytes, *number, sector);
            }
        }
        bytes.truncate(length);
        bytes
    }
}

/// A sector; zeros beyond the end.
fn sector(bytes: &[u8], number: usize) -> [u8; SECTOR] {
    let mut sector = [0; SECTOR];
    let part = bytes.get(number * SECTOR..).unwrap_or_default();
    let length = part.len().min(SECTOR);
    sector[..length].copy_from_slice(&part[..length]);
    sector
}

/// Puts as much of a sector as there is room for.
fn put(bytes: &mut [u8], number: usize, sector: &[u8; SECTOR]) {
    let part = bytes.get_mut(number * SECTOR..).unwrap_or_default();
    let length = part.len().min(SECTOR);
    part[..length].copy_from_slice(&sector[..length]);
}
