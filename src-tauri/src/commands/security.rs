//! The lock, the passphrase and the recovery kit.

use std::sync::Arc;

use practice::security::Security;
use practice::vault::{Passphrase, Strength};
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use crate::app::App;
use crate::backups::Far;
use crate::door::{Kit, NewKey, SecurityPage};
use crate::failure::Answer;

/// How the records are locked.
#[tauri::command(async)]
#[specta::specta]
pub fn security_page(app: State<'_, Arc<App>>) -> Answer<SecurityPage> {
    app.security_page()
}

/// Changes how the records are locked.
#[tauri::command(async)]
#[specta::specta]
pub fn set_security(app: State<'_, Arc<App>>, security: Security) -> Answer<()> {
    app.set_security(&security)
}

/// How strong a passphrase is, beside words that a stranger would try first.
#[tauri::command(async)]
#[specta::specta]
pub fn passphrase_strength(app: State<'_, Arc<App>>, typed: String, known: Vec<String>) -> Answer<Strength> {
    app.strength(&Passphrase::from(typed), &known)
}

/// Changes the passphrase, sets one, or leaves it off.
#[tauri::command(async)]
#[specta::specta]
pub fn change_passphrase(app: State<'_, Arc<App>>, now: Option<String>, next: Option<String>) -> Answer<()> {
    app.change_passphrase(now.map(Passphrase::from), next.map(Passphrase::from))
}

/// A new recovery code, to be written down.
#[tauri::command(async)]
#[specta::specta]
pub fn new_kit(app: State<'_, Arc<App>>) -> Answer<Kit> {
    app.new_kit()
}

/// Brings the kit that is shown into force; else the groups that were typed wrong.
#[tauri::command(async)]
#[specta::specta]
pub fn keep_kit(app: State<'_, Arc<App>>, typed: [String; 2]) -> Answer<Vec<u8>> {
    app.keep_kit(&typed)
}

/// Puts another key, with another kit, in the place of the one that may have been seen.
#[tauri::command(async)]
#[specta::specta]
pub fn replace_key(app: State<'_, Arc<App>>, now: Option<String>, progress: Channel<Far>, backup: Channel<Far>) -> Answer<NewKey> {
    app.replace_key(now.map(Passphrase::from), &progress, &backup)
}

/// Takes the code that is shown off the screen before it was read back.
#[tauri::command(async)]
#[specta::specta]
pub fn leave_kit(app: State<'_, Arc<App>>) -> Answer<()> {
    app.leave_kit()
}

/// Has the user choose a file and writes the kit's page into it; `false` when none was chosen.
#[tauri::command(async)]
#[specta::specta]
pub fn save_kit(app: State<'_, Arc<App>>, window: AppHandle, text: String) -> Answer<bool> {
    app.save_kit(&window, &text)
}
