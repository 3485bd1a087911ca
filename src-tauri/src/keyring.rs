//! The password store of the system: load, create, forget. What an answer means is for the core to decide.
//!
//! Each call opens the store anew, on a thread of its own and with a limit of time: a store may be started between two tries,
//! and one that asks its user for a password does not answer until they do. The stores are linked one by one rather than through
//! the `keyring` crate's own choice of them, which is made once, so that "Try again" could never succeed, and which lets Windows
//! carry the secret to other machines. There is no other place to keep a key: without a store there is no key.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};
use practice::vault::{KeyringAnswer, KeyringFault, KeyringSecret};
use zeroize::Zeroizing;

const APPLICATION: &str = "org.anteroom.desktop";
/// For the store to be there. One that is started on demand needs a second or two.
const TO_APPEAR: Duration = Duration::from_secs(8);
/// For the store to answer, its user's password included.
const TO_ANSWER: Duration = Duration::from_secs(20);

/// What is kept under `entry`.
pub fn load(entry: &str) -> KeyringAnswer {
    let entry = entry.to_owned();
    ask(move |store| read(&store.entry(&entry)?, store))
}

/// Keeps `secret` under `entry`, and answers with what is then read back from there.
pub fn create(entry: &str, secret: &KeyringSecret) -> KeyringAnswer {
    let (entry, secret) = (entry.to_owned(), secret.to_text());
    ask(move |store| {
        let entry = store.entry(&entry)?;
        entry.set_secret(secret.as_bytes())?;
        read(&entry, store)
    })
}

/// Forgets what is kept under `entry`; `NoEntry` says that nothing is any more.
pub fn forget(entry: &str) -> KeyringAnswer {
    let entry = entry.to_owned();
    ask(move |store| {
        store.entry(&entry)?.delete_credential()?;
        Err(Error::NoEntry)
    })
}

fn read(entry: &Entry, store: &Store) -> Result<KeyringAnswer, Error> {
    let read = match entry.get_secret() {
        // A store that is locked may hide its entries altogether: look again once it is open.
        Err(Error::NoEntry) if store.unlock()? => entry.get_secret(),
        read => read,
    };
    let secret = KeyringSecret::from_text(&Zeroizing::new(read?));
    Ok(secret.map_or(KeyringAnswer::Failed(KeyringFault::NotASecret), KeyringAnswer::Secret))
}

enum Step {
    Appeared,
    Answered(KeyringAnswer),
}

fn ask(question: impl FnOnce(&Store) -> Result<KeyringAnswer, Error> + Send + 'static) -> KeyringAnswer {
    let (say, hear) = channel();
    // Not waited for beyond the limit: it ends by itself when the store answers or goes.
    if thread::Builder::new().name("keyring".into()).spawn(move || answer(question, &say)).is_err() {
        return KeyringAnswer::Failed(KeyringFault::Platform);
    }
    wait(&hear, TO_APPEAR, TO_ANSWER)
}

fn answer(question: impl FnOnce(&Store) -> Result<KeyringAnswer, Error>, say: &Sender<Step>) {
    // Nobody may be listening any more; then there is nothing left to say.
    let answered = |step| say.send(step).is_ok();
    let Ok(store) = Store::open() else {
        answered(Step::Answered(KeyringAnswer::NoService));
        return;
    };
    if answered(Step::Appeared) {
        answered(Step::Answered(question(&store).unwrap_or_else(meaning)));
    }
}

fn wait(hear: &Receiver<Step>, to_appear: Duration, to_answer: Duration) -> KeyringAnswer {
    match hear.recv_timeout(to_appear) {
        Ok(Step::Answered(answer)) => return answer,
        Ok(Step::Appeared) => {}
        Err(_) => return KeyringAnswer::NoService,
    }
    match hear.recv_timeout(to_answer) {
        Ok(Step::Answered(answer)) => answer,
        Ok(Step::Appeared) | Err(_) => KeyringAnswer::Failed(KeyringFault::TimedOut),
    }
}

/// The store that this system has.
struct Store(Arc<CredentialStore>);

impl Store {
    #[cfg(target_os = "linux")]
    fn open() -> Result<Self, Error> {
        Ok(Self(zbus_secret_service_keyring_store::Store::new()?))
    }

    #[cfg(target_os = "macos")]
    fn open() -> Result<Self, Error> {
        Ok(Self(apple_native_keyring_store::keychain::Store::new()?))
    }

    #[cfg(target_os = "windows")]
    fn open() -> Result<Self, Error> {
        Ok(Self(windows_native_keyring_store::Store::new()?))
    }

    fn entry(&self, name: &str) -> Result<Entry, Error> {
        let how = if cfg!(target_os = "windows") {
            // Windows would otherwise carry it to the user's other machines.
            HashMap::from([("persistence", "Local")])
        } else if cfg!(target_os = "linux") {
            // The name by which the user finds it in the desktop's own list of passwords.
            HashMap::from([("label", "Anteroom: key to your records")])
        } else {
            HashMap::new()
        };
        self.0.build(APPLICATION, name, Some(&how))
    }

    /// Asks the user to open the keyring in which new entries are kept; false if it was open already, or there is none.
    #[cfg(target_os = "linux")]
    fn unlock(&self) -> Result<bool, Error> {
        use secret_service::blocking::SecretService;
        use secret_service::{EncryptionType, Error as ServiceError};

        let unlock = || {
            let service = SecretService::connect(EncryptionType::Dh)?;
            let keyring = match service.get_default_collection() {
                Err(ServiceError::NoResult) => return Ok(false),
                keyring => keyring?,
            };
            if !keyring.is_locked()? {
                return Ok(false);
            }
            keyring.unlock()?;
            Ok(true)
        };
        unlock().map_err(|error: ServiceError| Error::NoStorageAccess(Box::new(error)))
    }

    #[cfg(not(target_os = "linux"))]
    fn unlock(&self) -> Result<bool, Error> {
        Ok(false)
    }
}

/// What an error of the store's says. Its text is dropped: some of them quote what was read.
fn meaning(error: Error) -> KeyringAnswer {
    KeyringAnswer::Failed(match error {
        Error::NoEntry => return KeyringAnswer::NoEntry,
        Error::NoDefaultStore => return KeyringAnswer::NoService,
        Error::NoStorageAccess(why) => return no_access(why.as_ref()),
        Error::Ambiguous(_) => KeyringFault::Ambiguous,
        Error::BadEncoding(read) | Error::BadDataFormat(read, _) => {
            drop(Zeroizing::new(read));
            KeyringFault::NotASecret
        }
        _ => KeyringFault::Platform,
    })
}

/// Locked, unless the store says that it is something else.
#[cfg(target_os = "linux")]
fn no_access(why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeyringAnswer {
    use secret_service::Error as ServiceError;

    match why.downcast_ref() {
        Some(ServiceError::NoResult) => KeyringAnswer::Failed(KeyringFault::NoKeyring),
        Some(ServiceError::Unavailable) => KeyringAnswer::NoService,
        Some(ServiceError::Locked | ServiceError::Prompt) | None => KeyringAnswer::Locked,
        Some(_) => KeyringAnswer::Failed(KeyringFault::Platform),
    }
}

#[cfg(not(target_os = "linux"))]
fn no_access(_why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeyringAnswer {
    KeyringAnswer::Locked
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
