//! The records the window works on, read beside it: what lies on the disk, opened with their own key from the password store.
//!
//! The application holds its records alone, so what is opened here is a copy of the encrypted files, taken anew whenever they
//! have changed. That also proves that what the window shows has reached the disk.
use anyhow::{Context, Result, bail, ensure};
use keyring_core::api::CredentialStoreApi;
use practice::vault::{KeyringAnswer, KeyringFault, KeyringSecret, Passphrase, Standing, prepare};
use rusqlite::Connection;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// The name under which the application keeps its secrets.
const APPLICATION: &str = "org.anteroom.desktop";
const FILES: [&str; 3] = ["vault.json", "practice.db", "practice.db-wal"];
const PATIENCE: Duration = Duration::from_secs(20);

/// Length and age of each file: what changes when anything is written.
type Stamp = [Option<(u64, SystemTime)>; 3];

/// The vault in use, and the newest copy of it that was opened.
pub struct Records {
    vault: PathBuf,
    newest: RefCell<Option<(Stamp, Rc<Connection>, TempDir)>>,
}

impl Records {
    /// The one vault below `home`.
    pub fn below(home: &Path) -> Result<Records> {
        let vault = vault_below(home)?.context("no vault was made")?;
        Ok(Records { vault, newest: RefCell::new(None) })
    }

    /// A connection that only reads, to the records as they are on the disk now.
    pub fn now(&self) -> Result<Rc<Connection>> {
        let stamp = self.stamp();
        if let Some((seen, open, _)) = &*self.newest.borrow()
            && *seen == stamp
        {
            return Ok(open.clone());
        }
        let deadline = Instant::now() + PATIENCE;
        let (stamp, open, copy) = loop {
            match self.copied() {
                Ok(copied) => break copied,
                // Something was written while it was copied.
                Err(error) if Instant::now() > deadline => return Err(error),
                Err(_) => sleep(Duration::from_millis(100)),
            }
        };
        let open = Rc::new(open);
        // The connection goes before the folder it reads from.
        let before = self.newest.replace(Some((stamp, open.clone(), copy)));
        drop(before);
        Ok(open)
    }

    fn copied(&self) -> Result<(Stamp, Connection, TempDir)> {
        let stamp = self.stamp();
        let copy = tempfile::Builder::new().prefix("anteroom-look-").tempdir()?;
        for name in FILES {
            let from = self.vault.join(name);
            if from.exists() {
                fs::copy(from, copy.path().join(name))?;
            }
        }
        ensure!(self.stamp() == stamp, "the records are being written");
        Ok((stamp, open(copy.path(), None)?, copy))
    }

    fn stamp(&self) -> Stamp {
        FILES.map(|name| {
            let found = fs::metadata(self.vault.join(name)).ok()?;
            Some((found.len(), found.modified().ok()?))
        })
    }
}

/// A connection that only reads, to the records in a folder, with the passphrase if they ask for one.
pub fn open(folder: &Path, passphrase: Option<&Passphrase>) -> Result<Connection> {
    let ready = match prepare(folder, load) {
        Standing::Ready(ready) => ready,
        Standing::Locked(locked) => {
            let passphrase = passphrase.context("the records ask for a passphrase")?;
            let ready = locked.unlock(passphrase, load).map_err(|barred| anyhow::anyhow!("the records do not open: {barred:?}"))?;
            ready.context("the records ask for another passphrase")?
        }
        Standing::FirstRun(_) => bail!("{} holds no records", folder.display()),
        Standing::Barred(barred) => bail!("the records do not open: {barred:?}"),
    };
    let mut opened = ready.open(1).map_err(|barred| anyhow::anyhow!("the records do not open: {barred:?}"))?;
    opened.connections.readers.pop().context("no reader")
}

/// What this desk's password store keeps under a name.
pub fn load(entry: &str) -> KeyringAnswer {
    ask(entry, None)
}

/// Keeps a secret there, and answers with what is then read back.
pub fn keep(entry: &str, secret: &KeyringSecret) -> KeyringAnswer {
    ask(entry, Some(secret))
}

/// Takes it away.
pub fn forget(entry: &str) -> Result<()> {
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store.build(APPLICATION, entry, None)?.delete_credential()?)
}

fn ask(entry: &str, keep: Option<&KeyringSecret>) -> KeyringAnswer {
    let Ok(store) = zbus_secret_service_keyring_store::Store::new() else { return KeyringAnswer::NoService };
    let secret = store.build(APPLICATION, entry, None).and_then(|entry| {
        keep.map_or(Ok(()), |secret| entry.set_secret(secret.to_text().as_bytes()))?;
        entry.get_secret()
    });
    match secret {
        Ok(secret) => KeyringSecret::from_text(&secret).map_or(KeyringAnswer::Failed(KeyringFault::NotASecret), KeyringAnswer::Secret),
        Err(keyring_core::Error::NoEntry) => KeyringAnswer::NoEntry,
        Err(_) => KeyringAnswer::Failed(KeyringFault::Platform),
    }
}

/// The folder of `vault.json`, wherever the application put it.
fn vault_below(dir: &Path) -> Result<Option<PathBuf>> {
    if dir.join("vault.json").is_file() {
        return Ok(Some(dir.to_path_buf()));
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir()
            && !path.is_symlink()
            && let Some(found) = vault_below(&path)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
