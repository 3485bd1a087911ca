//! What was copied here goes from the clipboard after half a minute, and when the records lock, unless something else was copied since.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

/// How long a copy may lie there.
const KEPT: Duration = Duration::from_secs(30);
/// How long a copy takes to arrive.
const ARRIVES: Duration = Duration::from_millis(300);

/// What lies there of ours: only its hash is kept here.
static OURS: Mutex<Option<[u8; 32]>> = Mutex::new(None);

/// Something was copied in the window.
pub fn copied() {
    thread::spawn(|| {
        thread::sleep(ARRIVES);
        let Some(hash) = hash() else { return };
        *ours() = Some(hash);
        thread::sleep(KEPT);
        // A later copy has a half minute of its own.
        if *ours() == Some(hash) {
            clear();
        }
    });
}

/// Clears what is ours.
pub fn clear() {
    let Some(known) = ours().take() else { return };
    if hash() == Some(known)
        && let Err(error) = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.clear())
    {
        tracing::warn!(%error, "the clipboard could not be cleared");
    }
}

/// Of what lies there; `None` where it is no text, or cannot be read.
fn hash() -> Option<[u8; 32]> {
    let text = zeroize::Zeroizing::new(arboard::Clipboard::new().ok()?.get_text().ok()?);
    Some(Sha256::digest(text.as_bytes()).into())
}

fn ours() -> std::sync::MutexGuard<'static, Option<[u8; 32]>> {
    OURS.lock().unwrap_or_else(PoisonError::into_inner)
}
