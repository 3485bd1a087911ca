//! The consent ledger.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::consents::{self, ConsentRecord, NewConsent, Purpose};
use practice::id::ClientId;

/// Adds a record.
#[tauri::command(async)]
#[specta::specta]
pub fn record_consent(app: State<'_, Arc<App>>, client: ClientId, consent: NewConsent) -> Answer<()> {
    app.write(|w| consents::record(w, client, &consent))
}

/// All records for a purpose.
#[tauri::command(async)]
#[specta::specta]
pub fn consent_history(app: State<'_, Arc<App>>, client: ClientId, purpose: Purpose) -> Answer<Vec<ConsentRecord>> {
    app.read(|r| consents::history(r, client, purpose))
}
