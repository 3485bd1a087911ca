//! The folder of a vault: what lies in it, kept to its owner, and the one file that is written here by hand.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::Barred;
use super::backup::disk::{self, OpenFolder};
use super::file::VaultFile;

pub(super) const VAULT_FILE: &str = "vault.json";
const VAULT_FILE_NEXT: &str = "vault.json.next";
const VAULT_FILE_FORMER: &str = "vault.json.former";
pub(super) const DATABASE: &str = "practice.db";
const LOG: &str = "practice.db-wal";
const LOG_INDEX: &str = "practice.db-shm";
const JOURNAL: &str = "practice.db-journal";
const BESIDE: [&str; 3] = [LOG, JOURNAL, LOG_INDEX];
const ANCHOR: &str = "anchor";
const WRITING_TRIED: &str = ".writing-tried";
/// Empty; locked by whoever has the records open. It stays when the records are exchanged.
const IN_USE: &str = ".in-use";
/// Every file of a vault.
pub(super) const FILES: [&str; 8] = [DATABASE, LOG, JOURNAL, LOG_INDEX, ANCHOR, VAULT_FILE, VAULT_FILE_NEXT, VAULT_FILE_FORMER];

/// A folder that exists and is the user's alone.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if it is not there, so that it stays even if the power goes, and closes it and the files of a vault to everyone
    /// but the user.
    pub fn private(path: &Path) -> Result<Self, Barred> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
        builder.create(path)?;
        for made in missing {
            // A relative path ends in one without a name: where the process is.
            let around = made.parent().filter(|around| !around.as_os_str().is_empty()).unwrap_or(Path::new("."));
            disk::sync_folder(around)?;
        }
        let folder = Self(path.to_owned());
        folder.close(path)?;
        for name in BESIDE.into_iter().chain([VAULT_FILE, DATABASE, ANCHOR]) {
            folder.close(&folder.0.join(name))?;
        }
        Ok(folder)
    }

    /// A folder that is there, looked at as it is.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    pub fn anchor(&self) -> PathBuf {
        self.0.join(ANCHOR)
    }

    /// Bytes of the database file, if it is there.
    pub fn database_length(&self) -> Result<Option<u64>, Barred> {
        self.length(DATABASE)
    }

    /// Whether SQLite has left something beside a database: recent work that may not yet be in it.
    pub fn has_work_beside(&self) -> Result<bool, Barred> {
        Ok(self.has_log_beside()? || self.is_written(JOURNAL)?)
    }

    /// The same, but for what making a database begins with: a journal that says that there was nothing before.
    pub fn has_log_beside(&self) -> Result<bool, Barred> {
        Ok(self.is_written(LOG)? || self.is_written(LOG_INDEX)?)
    }

    fn is_written(&self, name: &str) -> Result<bool, Barred> {
        Ok(self.length(name)?.is_some_and(|length| length > 0))
    }

    /// Whether there is any trace of a vault. Where there is one, opening makes no key.
    pub fn has_traces(&self) -> Result<bool, Barred> {
        for name in BESIDE.into_iter().chain([VAULT_FILE, DATABASE, ANCHOR]) {
            if self.length(name)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `vault.json`, if it is there.
    pub fn vault_file(&self) -> Result<Option<VaultFile>, Barred> {
        let mut bytes = Vec::new();
        match File::open(self.0.join(VAULT_FILE)) {
            // One byte more than is allowed is enough to know.
            Ok(file) => file.take((1 << 20) + 1).read_to_end(&mut bytes)?,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        VaultFile::parse(&bytes).map(Some)
    }

    /// Writes `vault.json` whole or not at all, even if the power goes: a file beside it, synced, renamed, the folder synced.
    pub fn write(&self, file: &VaultFile) -> Result<(), Barred> {
        let (next, named) = (self.0.join(VAULT_FILE_NEXT), self.0.join(VAULT_FILE));
        let before = match fs::read(&named) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let mut out = private_file().write(true).create(true).truncate(true).open(&next)?;
        self.close(&next)?;
        out.write_all(&file.to_bytes()?)?;
        out.sync_all()?;
        drop(out);
        // What is refused must not come into force: all that has to be opened to go back is open before the change.
        let (folder, former) = (OpenFolder::at(&self.0)?, self.0.join(VAULT_FILE_FORMER));
        let mut back = private_file().write(true).create(true).truncate(true).open(&former)?;
        let done = fs::rename(&next, &named).and_then(|()| {
            folder.sync().inspect_err(|_| {
                // A disk on which this fails too has already said so.
                let _ = before.map(|before| {
                    back.write_all(&before)?;
                    // The former text comes back even where it cannot yet be made safe.
                    let safe = back.sync_all();
                    fs::rename(&former, &named)?;
                    safe
                });
            })
        });
        // Empty, or gone already.
        let _ = fs::remove_file(&former);
        Ok(done?)
    }

    /// Makes the empty file in which a first database is then made, so that it is private from its first byte.
    pub fn make_database(&self) -> Result<(), Barred> {
        private_file().write(true).create(true).truncate(false).open(self.database())?.sync_all()?;
        Ok(disk::sync_folder(&self.0)?)
    }

    /// Whether the folder and what is in it can be written, found out before anything is.
    pub fn check_writable(&self) -> Result<(), Barred> {
        let tried = self.0.join(WRITING_TRIED);
        private_file().write(true).create(true).truncate(true).open(&tried)?;
        fs::remove_file(&tried)?;
        for name in [VAULT_FILE, DATABASE] {
            match OpenOptions::new().write(true).open(self.0.join(name)) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Says that the records here are open, for as long as what it gives lives. The system takes it back from a process that is killed.
    ///
    /// # Errors
    /// `InUse` if another has said so, in this process or in another.
    pub fn claim(&self) -> Result<Claim, Barred> {
        let file = private_file().write(true).create(true).truncate(false).open(self.0.join(IN_USE))?;
        match file.try_lock() {
            Ok(()) => Ok(Claim(file)),
            Err(TryLockError::WouldBlock) => Err(Barred::InUse),
            // A file system that knows no locks: the shell's one window is then the only guard.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Claim(file)),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn length(&self, name: &str) -> Result<Option<u64>, Barred> {
        match fs::metadata(self.0.join(name)) {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes away what group and others may do; never gives the owner more than was there.
    #[cfg(unix)]
    fn close(&self, path: &Path) -> Result<(), Barred> {
        use std::os::unix::fs::PermissionsExt;
        let mode = match fs::metadata(path) {
            Ok(found) => found.permissions().mode(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))?;
        }
        Ok(())
    }

    /// Elsewhere the user's own folder is closed to others already, by inheritance.
    #[cfg(not(unix))]
    fn close(&self, _path: &Path) -> Result<(), Barred> {
        Ok(())
    }
}

/// Bytes that the records in a folder take: the database and its log.
///
/// # Errors
/// The file system's.
pub fn length(folder: &Path) -> io::Result<u64> {
    Ok(disk::length(&folder.join(DATABASE))? + disk::length(&folder.join(LOG))?)
}

/// That the records of a folder are open here and nowhere else.
pub(super) struct Claim(File);

impl Drop for Claim {
    /// Said outright: a process that another thread is just starting has the file too until it begins its own program.
    fn drop(&mut self) {
        // Closing the file, which follows, does the same.
        let _unlocked = self.0.unlock();
    }
}

/// How a file of the user's alone is opened.
pub(super) fn private_file() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
