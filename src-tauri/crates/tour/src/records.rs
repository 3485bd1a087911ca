//! The records the window works on, opened a second time beside it, with their own key from the password store.
use anyhow::{Context, Result, bail};
use keyring_core::api::CredentialStoreApi;
use practice::vault::{KeyringAnswer, KeyringFault, KeyringSecret, Standing, prepare};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};

/// The name under which the application keeps its secrets.
const APPLICATION: &str = "org.anteroom.desktop";

/// A connection that only reads, to the one vault below `home`.
pub fn open(home: &Path) -> Result<Connection> {
    let folder = vault_below(home)?.context("no vault was made")?;
    match prepare(&folder, load) {
        Standing::Ready(ready) => {
            let mut connections = ready.open(1).map_err(|barred| anyhow::anyhow!("the records do not open: {barred:?}"))?;
            connections.readers.pop().context("no reader")
        }
        Standing::FirstRun(_) => bail!("{} holds no records", folder.display()),
        Standing::Barred(barred) => bail!("the records do not open: {barred:?}"),
    }
}

fn load(entry: &str) -> KeyringAnswer {
    let Ok(store) = zbus_secret_service_keyring_store::Store::new() else { return KeyringAnswer::NoService };
    let secret = store.build(APPLICATION, entry, None).and_then(|entry| entry.get_secret());
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
