//! The one line out: which version is current, and the package of a newer one. Nothing else in the program goes to a network.
//!
//! Only over https, only to the address that this copy was made with and to where that leads, and never before the request is entered.
//! What is sent is the version and the kind of system. Each request has a thread and a runtime of its own, so that nothing waits for it.

use std::error::Error as _;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use practice::error::NotUpdated;
use practice::id::RequestId;
use practice::updates::{Answered, Outgoing, Sent};
use reqwest::redirect::{Attempt, Policy};
use serde_json::Value;
use tauri::{AppHandle, Runtime, Url};
use tauri_plugin_updater::{Error, Update, Updater, UpdaterExt};

use super::package;
use crate::app::App;
use crate::failure::Failure;

/// How long a look may take in all.
const ANSWER: Duration = Duration::from_secs(30);
/// How long a server may take to be there, and be silent in the midst of a download.
const SILENCE: Duration = Duration::from_secs(20);
/// How often it is looked whether a download is stopped.
const MOMENT: Duration = Duration::from_millis(50);
/// How often a server may lead elsewhere.
const TURNS: usize = 4;
/// The longest answer on what is current, in bytes, and the longest name of a version.
const WORDS: usize = 64 << 10;
const NAME: usize = 64;

/// Why a request failed: what the user can act on, or that it could not be entered.
pub enum Failed {
    /// Said to the user.
    Why(NotUpdated),
    /// It was not entered, and so not made.
    NotEntered(Failure),
}

impl From<NotUpdated> for Failed {
    fn from(why: NotUpdated) -> Self {
        Self::Why(why)
    }
}

/// The address that this copy was made with.
///
/// # Errors
/// `NoAddress` where there is none, or no key; `NotHttps`.
pub fn address<R: Runtime>(handle: &AppHandle<R>) -> Result<Url, NotUpdated> {
    let given = handle.config().plugins.0.get("updater").ok_or(NotUpdated::NoAddress)?;
    has_key(handle)?;
    let first = given["endpoints"][0].as_str().ok_or(NotUpdated::NoAddress)?;
    let address: Url = first.parse().map_err(|_| NotUpdated::NoAddress)?;
    match (address.scheme(), address.host_str()) {
        ("https", Some(_)) => Ok(address),
        ("https", None) => Err(NotUpdated::NoAddress),
        _ => Err(NotUpdated::NotHttps),
    }
}

/// Refuses in a copy that was made without the key by which packages are known.
///
/// # Errors
/// `NoAddress`.
pub fn has_key<R: Runtime>(handle: &AppHandle<R>) -> Result<(), NotUpdated> {
    let given = handle.config().plugins.0.get("updater").and_then(|given| given["pubkey"].as_str());
    given.filter(|key| !key.is_empty()).map(drop).ok_or(NotUpdated::NoAddress)
}

/// The kind of system, as it is sent.
#[must_use]
pub fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Asks which version is current; what was answered, word for word, where there is a newer one for this system.
///
/// # Errors
/// Those of the line, each entered.
pub fn look<R: Runtime>(app: &Arc<App>, handle: &AppHandle<R>) -> Result<Option<Value>, Failed> {
    let address = address(handle)?;
    let trail = Trail::begin(app, handle, Sent::Look, &address)?;
    let updater = updater(handle, address, &trail)?;
    let found = alone(async { updater.check().await })?;
    let found = found.map_err(|error| trail.why(&error, NotUpdated::NoServer)).and_then(|found| match found {
        Some(update) if update.version.len() > NAME || update.raw_json.to_string().len() > WORDS => Err(NotUpdated::Unreadable),
        Some(update) => package::announced(&updater, &update.raw_json),
        None => Err(NotUpdated::NothingNewer),
    });
    match found {
        Ok(update) => {
            trail.answered(Answered::Newer, Some(&update.version), None);
            Ok(Some(update.raw_json))
        }
        Err(why) => {
            trail.ended(&why, None);
            if why == NotUpdated::NothingNewer { Ok(None) } else { Err(why.into()) }
        }
    }
}

/// Downloads the package of a version that was announced, and checks it. `say` hears how far it is, and `go_on` ends it.
///
/// # Errors
/// Those of the line and of the package, each entered.
pub fn download<R: Runtime>(
    app: &Arc<App>,
    handle: &AppHandle<R>,
    announced: &Value,
    mut say: impl FnMut(u64, u64) + Send,
    go_on: impl Fn() -> bool + Sync,
) -> Result<(Update, Vec<u8>), Failed> {
    let address = address(handle)?;
    let update = newer(handle, announced)?;
    let trail = Trail::begin(app, handle, Sent::Download, &update.download_url)?;
    // Once more, with the trail that this request leaves.
    let update = package::announced(&updater(handle, address, &trail)?, &update.raw_json)?;
    let (got, length) = (AtomicU64::new(0), AtomicU64::new(0));
    let count = |chunk: usize, of: Option<u64>| {
        got.fetch_add(chunk as u64, Ordering::SeqCst);
        length.store(of.unwrap_or_default(), Ordering::SeqCst);
    };
    let done = || got.load(Ordering::SeqCst);
    let came = alone(async {
        let mut coming = pin!(update.download(count, || ()));
        loop {
            match tokio::time::timeout(MOMENT, &mut coming).await {
                Ok(came) => return came.map_err(Some),
                Err(_) if !go_on() || done() > package::LONGEST => return Err(None),
                Err(_) => say(done(), length.load(Ordering::SeqCst)),
            }
        }
    })?;
    match came {
        Ok(bytes) => {
            trail.answered(Answered::Downloaded, Some(&update.version), Some(bytes.len() as u64));
            Ok((update, bytes))
        }
        Err(error) => {
            let why = match error {
                None if go_on() => NotUpdated::Damaged,
                None => NotUpdated::Stopped,
                Some(Error::Reqwest(error)) => {
                    trail.why(&Error::Reqwest(error), if done() == 0 { NotUpdated::NoServer } else { NotUpdated::Interrupted })
                }
                Some(Error::Network(_)) => NotUpdated::Unreadable,
                Some(error) => package::rejected(&error),
            };
            trail.ended(&why, Some(done()).filter(|bytes| *bytes > 0));
            Err(why.into())
        }
    }
}

/// A version that was announced, where it is still newer. Nothing is asked.
///
/// # Errors
/// Those of the address and of what was announced.
pub fn newer<R: Runtime>(handle: &AppHandle<R>, announced: &Value) -> Result<Update, NotUpdated> {
    let updater = handle.updater_builder().endpoints(vec![address(handle)?]).and_then(tauri_plugin_updater::UpdaterBuilder::build);
    package::announced(&updater.map_err(|_| NotUpdated::NoPackage)?, announced)
}

/// One that asks as is right here: encrypted, named by its version alone, and each turn entered before it is taken.
fn updater<R: Runtime>(handle: &AppHandle<R>, address: Url, trail: &Arc<Trail>) -> Result<Updater, NotUpdated> {
    let closing = (trail.app.clone(), handle.clone());
    let trail = trail.clone();
    let agent = format!("Anteroom/{} ({})", trail.version, trail.system);
    let built = handle.updater_builder().endpoints(vec![address]).map(|builder| {
        builder
            .timeout(ANSWER)
            .configure_client(move |client| {
                let trail = trail.clone();
                client
                    .user_agent(agent.clone())
                    .https_only(true)
                    .referer(false)
                    .retry(reqwest::retry::never())
                    .connect_timeout(SILENCE)
                    .read_timeout(SILENCE)
                    .redirect(Policy::custom(move |turn| trail.turn(turn)))
            })
            // Where the installer ends the program itself, the records are closed first.
            .on_before_exit(move || {
                closing.0.close();
                closing.1.cleanup_before_exit();
            })
    });
    built.and_then(tauri_plugin_updater::UpdaterBuilder::build).map_err(|_| NotUpdated::NoPackage)
}

/// Runs one request on a thread of its own: the window's threads may all be waiting, for a dialog or for this.
fn alone<T: Send>(request: impl Future<Output = T> + Send) -> Result<T, NotUpdated> {
    // The plugin chooses the cryptography when it looks, not when it downloads what another start of the program has looked for.
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // It fails only where another thread has just done it.
        let _done = rustls::crypto::ring::default_provider().install_default();
    }
    thread::scope(|threads| {
        let run = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            let done = runtime.block_on(request);
            // A name that is still being looked up is not waited for.
            runtime.shutdown_background();
            Some(done)
        };
        threads.spawn(run).join().ok().flatten().ok_or(NotUpdated::NoServer)
    })
}

/// A request as it stands in the ledger, and the turns it takes.
struct Trail {
    app: Arc<App>,
    sent: Sent,
    version: String,
    system: String,
    /// The request that is out.
    out: Mutex<RequestId>,
    /// Why it was not followed where it led.
    astray: Mutex<Option<NotUpdated>>,
}

impl Trail {
    fn begin<R: Runtime>(app: &Arc<App>, handle: &AppHandle<R>, sent: Sent, address: &Url) -> Result<Arc<Self>, Failed> {
        let (version, system) = (handle.package_info().version.to_string(), system());
        let host = address.host_str().ok_or(NotUpdated::NoAddress)?;
        let out = app.begin_request(&Outgoing { host, sent, version: &version, system: &system }).map_err(Failed::NotEntered)?;
        Ok(Arc::new(Self { app: app.clone(), sent, version, system, out: Mutex::new(out), astray: Mutex::default() }))
    }

    /// The server leads elsewhere: that is followed only to another encrypted address, and only once it is entered.
    fn turn(&self, turn: Attempt) -> reqwest::redirect::Action {
        let Some(host) = turn.url().host_str().filter(|_| turn.url().scheme() == "https").map(str::to_owned) else {
            return self.stray(turn, NotUpdated::NotHttps);
        };
        if turn.previous().len() > TURNS {
            return self.stray(turn, NotUpdated::Unreadable);
        }
        self.answered(Answered::Moved, None, None);
        let outgoing = Outgoing { host: &host, sent: self.sent, version: &self.version, system: &self.system };
        match self.app.begin_request(&outgoing) {
            Ok(id) => {
                *self.out.lock().unwrap_or_else(PoisonError::into_inner) = id;
                turn.follow()
            }
            Err(_) => self.stray(turn, NotUpdated::Stopped),
        }
    }

    fn stray(&self, turn: Attempt, why: NotUpdated) -> reqwest::redirect::Action {
        *self.astray.lock().unwrap_or_else(PoisonError::into_inner) = Some(why.clone());
        turn.error(why)
    }

    /// What a failure of the line means; `silent` where nobody, or nobody any more, answered.
    fn why(&self, error: &Error, silent: NotUpdated) -> NotUpdated {
        if let Some(why) = self.astray.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return why;
        }
        match error {
            Error::Reqwest(error) if error.source().is_some_and(<dyn std::error::Error>::is::<serde_json::Error>) => NotUpdated::Unreadable,
            Error::Reqwest(_) => silent,
            Error::TargetNotFound(_) | Error::TargetsNotFound(_) => NotUpdated::NoPackage,
            _ => NotUpdated::Unreadable,
        }
    }

    fn answered(&self, answer: Answered, newer: Option<&str>, bytes: Option<u64>) {
        let out = *self.out.lock().unwrap_or_else(PoisonError::into_inner);
        self.app.request_answered(out, answer, newer, bytes);
    }

    fn ended(&self, why: &NotUpdated, bytes: Option<u64>) {
        if let Some(answer) = package::answer_of(why) {
            self.answered(answer, None, bytes);
        }
    }
}
