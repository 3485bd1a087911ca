//! Importing what was looked at, in one transaction, and taking the whole import back.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::opened::{self, Opened};
use super::store;
use crate::audit::{self, Act, Event};
use crate::clients;
use crate::error::{Refusal, Result, Thing};
use crate::id::ImportId;
use crate::store::Writer;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Progress {
    /// Rows done.
    pub done: u32,
    /// Rows in all.
    pub of: u32,
}

/// Adds the rows that are taken, all or none. `go_on` is told how far it is and can stop it.
///
/// # Errors
/// `Stopped`; a refusal of a row, and then nothing is imported.
pub fn run(w: &mut Writer, id: ImportId, file: &Opened, mut go_on: impl FnMut(Progress) -> bool) -> Result<u32> {
    let taken: Vec<_> = file.rows.iter().filter(|row| row.take).map(|row| &row.candidate).collect();
    let of = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    store::begin(w, id, &file.file_name)?;
    for (done, candidate) in (0..).zip(taken) {
        if !go_on(Progress { done, of }) {
            return Err(Refusal::Stopped.into());
        }
        // Whom a row is like was asked in the preview.
        let client = clients::add(w, &opened::details(candidate), opened::status(candidate), true)?;
        store::add_row(w, id, candidate.row, client)?;
    }
    go_on(Progress { done: of, of });
    audit::record(w, &Event::new(Act::ClientsImported, "import", Some(id.0), None).with(json!({ "clients": of })))?;
    Ok(of)
}

/// Takes a whole import back, until something else touched one of its clients.
///
/// # Errors
/// `NotFound`, `ImportTouched`.
pub fn undo(w: &mut Writer, id: ImportId) -> Result<()> {
    if !store::in_force(w, id)? {
        return Err(Refusal::NotFound { what: Thing::Import }.into());
    }
    let (clients, latest) = store::touched(w, id)?;
    if let Some(on) = latest {
        let on = on.in_zone(w.moment.zone).date();
        return Err(Refusal::ImportTouched { clients, on }.into());
    }
    let taken_back = store::take_back(w, id)?;
    audit::record(w, &Event::new(Act::ImportUndone, "import", Some(id.0), None).with(json!({ "clients": taken_back })))
}
