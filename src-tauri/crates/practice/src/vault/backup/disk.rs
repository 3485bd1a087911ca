//! Files of backups: private, gone again unless kept, and on the disk when it is said that they are.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::vault::folder::private_file;
use crate::vault::key;

/// A new file of the user's alone; never one that is there.
pub(super) fn create(path: &Path) -> io::Result<File> {
    private_file().read(true).write(true).create_new(true).open(path)
}

/// Waits until a file that another has written is on the disk.
pub(in crate::vault) fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).write(true).open(path)?.sync_all()
}

/// Waits until the names in a folder are on the disk, where the system can be asked to.
pub(in crate::vault) fn sync_folder(path: &Path) -> io::Result<()> {
    OpenFolder::at(path)?.sync()
}

/// A folder whose names are to be synced later, at a moment at which opening it must not be what fails.
pub(in crate::vault) struct OpenFolder {
    #[cfg(unix)]
    folder: File,
}

#[cfg(unix)]
impl OpenFolder {
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { folder: File::open(path)? })
    }

    pub fn sync(&self) -> io::Result<()> {
        match self.folder.sync_all() {
            // Network and synchronised folders may not know the call.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }
}

/// Windows has no such call; NTFS journals the rename.
#[cfg(not(unix))]
impl OpenFolder {
    pub fn at(_path: &Path) -> io::Result<Self> {
        Ok(Self {})
    }

    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes that the user may still write in the file system of `path`.
///
/// # Errors
/// The file system's; `NotFound` where nothing is.
pub fn free(path: &Path) -> io::Result<u64> {
    fs4::available_space(path)
}

/// Length in bytes; 0 where nothing is.
pub(in crate::vault) fn length(path: &Path) -> io::Result<u64> {
    match fs::metadata(path) {
        Ok(found) => Ok(found.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Reads a file in pieces, and gives its hash.
pub(super) fn digest<E: From<io::Error>>(path: &Path, mut each: impl FnMut(&[u8]) -> Result<(), E>) -> Result<String, E> {
    let (mut file, mut sha, mut piece) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(&sha.finalize())),
            Ok(read) => {
                sha.update(&piece[..read]);
                each(&piece[..read])?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The hash of a whole part.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    key::hex(bytes).to_string()
}

/// Files that are gone again when this goes, however that comes about.
#[derive(Default)]
pub(super) struct Passing(Vec<PathBuf>);

impl Passing {
    /// A new empty file.
    pub fn create(&mut self, path: PathBuf) -> io::Result<File> {
        let file = create(&path)?;
        self.0.push(path);
        Ok(file)
    }

    /// One that another will make.
    pub fn expect(&mut self, path: PathBuf) {
        self.0.push(path);
    }

    /// One that is no longer needed.
    pub fn remove(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)?;
        self.kept(path);
        Ok(())
    }

    /// One that has another name now.
    pub fn kept(&mut self, path: &Path) {
        self.0.retain(|known| known != path);
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        for path in &self.0 {
            // Where even that fails, the next backup in this folder takes it away.
            let _ = fs::remove_file(path);
        }
    }
}

/// A folder that is gone again when this goes, unless it was kept.
pub(in crate::vault) struct PassingFolder(Option<PathBuf>);

impl PassingFolder {
    pub fn new(path: PathBuf) -> Self {
        Self(Some(path))
    }

    pub fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for PassingFolder {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // All of it is ciphertext, and the next attempt takes it away first.
            let _ = fs::remove_dir_all(path);
        }
    }
}
