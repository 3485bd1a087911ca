//! Taking back the last change. A change knows how the row stood before and after; undoing writes the one, redoing the other,
//! each an act of its own in the trail. Refused where something else has changed it since.

mod store;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::{self, Act, Event};
use crate::clients::contacts;
use crate::error::{Error, Fault, Refusal, Result, Thing};
use crate::homework::{HomeworkAct, HomeworkState};
use crate::id::{AddendumId, ClientId, ContactId, EntryId, HomeworkId, ImportId, NoteId, SessionId};
use crate::store::{Reader, Writer};
use crate::words::Veiled;
use crate::{clients, imports, notes};

/// What can be taken back, named by what was done to what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the words say it
pub enum Target {
    Client(ClientId),
    Contact(ContactId),
    Session(SessionId),
    Homework(HomeworkId),
    Entry(EntryId),
    Import(ImportId),
    Approval(NoteId),
    Addendum(AddendumId),
}

/// What was done, for the sentence beside Undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Deed {
    ClientChanged,
    StatusChanged,
    ContactChanged,
    ContactRemoved,
    SessionMoved,
    SessionCancelled,
    AttendanceRecorded,
    HomeworkChanged,
    HomeworkDone,
    HomeworkStateRecorded,
    EntryChanged,
    EntryDropped,
    ClientsImported,
    NoteApproved,
    AddendumDiscarded,
}

impl Deed {
    /// What recording this state of homework is called: "Mark as done" has a sentence of its own.
    #[must_use]
    pub fn of_homework(state: HomeworkState) -> Self {
        match state {
            HomeworkState::Done => Self::HomeworkDone,
            _ => Self::HomeworkStateRecorded,
        }
    }
}

/// What the window says beside Undo.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Undoable {
    /// What was done.
    pub deed: Deed,
    /// To what, in its words: a homework's text, a client's name.
    pub what: Option<Veiled>,
    /// It was undone and can be redone.
    pub redo: bool,
    /// For how many seconds it can still be undone; without a number, until the next change.
    pub seconds: Option<u32>,
}

/// A change that was made: its rows before and after, as JSON. Kept in memory only, while the records are open.
#[derive(Debug)]
pub struct Change {
    /// What was done.
    pub deed: Deed,
    /// To what.
    pub target: Target,
    rows: Rows,
    before: Snapshot,
    after: Snapshot,
}

impl Change {
    /// An import: it is known by its id only once it was made.
    #[must_use]
    pub fn of_import(id: ImportId) -> Self {
        let nothing = || Snapshot(Value::Null);
        Self { deed: Deed::ClientsImported, target: Target::Import(id), rows: Rows::Import, before: nothing(), after: nothing() }
    }

    /// Whether it can be made again once it was undone: an import's file is not kept.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !matches!(self.target, Target::Import(_))
    }
}

/// The rows of a target.
#[derive(PartialEq, Eq)]
pub struct Snapshot(Value);

impl std::fmt::Debug for Snapshot {
    /// Without the rows, which hold a client's words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Snapshot")
    }
}

/// Which rows a change is about. A move is about its whole series.
#[derive(Debug)]
enum Rows {
    Client(ClientId),
    Contact(ContactId),
    Sessions(Vec<SessionId>),
    Homework(HomeworkId),
    Entry(EntryId),
    Note(NoteId),
    Addendum(AddendumId),
    Import,
}

impl Rows {
    fn of(r: &Reader, deed: Deed, target: Target) -> Result<Self> {
        Ok(match target {
            Target::Client(id) => Self::Client(id),
            Target::Contact(id) => Self::Contact(id),
            Target::Session(id) if deed == Deed::SessionMoved => Self::Sessions(store::series_of(r, id)?),
            Target::Session(id) => Self::Sessions(vec![id]),
            Target::Homework(id) => Self::Homework(id),
            Target::Entry(id) => Self::Entry(id),
            Target::Approval(id) => Self::Note(id),
            Target::Addendum(id) => Self::Addendum(id),
            Target::Import(_) => Self::Import,
        })
    }
}

impl Target {
    /// The kind of thing, as the trail names it, and its id.
    fn subject(self) -> (&'static str, uuid::Uuid) {
        match self {
            Self::Client(id) => ("client", id.0),
            Self::Contact(id) => ("contact", id.0),
            Self::Session(id) => ("session", id.0),
            Self::Homework(id) => ("homework", id.0),
            Self::Entry(id) => ("entry", id.0),
            Self::Import(id) => ("import", id.0),
            Self::Approval(id) => ("note", id.0),
            Self::Addendum(id) => ("addendum", id.0),
        }
    }

    fn missing(self) -> Error {
        let what = match self {
            Self::Client(_) => Thing::Client,
            Self::Contact(_) => Thing::Contact,
            Self::Session(_) => Thing::Session,
            Self::Homework(_) => Thing::Homework,
            Self::Entry(_) => Thing::Entry,
            Self::Import(_) => Thing::Import,
            Self::Approval(_) => Thing::Note,
            Self::Addendum(_) => Thing::Addendum,
        };
        Refusal::NotFound { what }.into()
    }
}

/// Runs `act` and remembers how its target stood before and after.
///
/// # Errors
/// Those of `act`.
pub fn remembering<T>(w: &mut Writer, deed: Deed, target: Target, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<(T, Change)> {
    let rows = Rows::of(w, deed, target)?;
    let before = store::take(w, &rows)?;
    // Where there is nothing to remember, the act has its own refusal to give.
    let done = act(w)?;
    let before = Snapshot(before.ok_or_else(|| target.missing())?);
    let after = Snapshot(store::take(w, &rows)?.ok_or_else(|| target.missing())?);
    Ok((done, Change { deed, target, rows, before, after }))
}

/// Takes a change back.
///
/// # Errors
/// `ChangedSince`, `UndoTooLate`, `ImportTouched`, `SessionPast` (a cancellation is undone only until the session begins).
pub fn undo(w: &mut Writer, change: &Change) -> Result<()> {
    match change.target {
        Target::Approval(note) => notes::approval::undo_approval(w, note),
        Target::Import(import) => imports::undo(w, import),
        Target::Addendum(addendum) => {
            unchanged(w, change, &change.after)?;
            notes::addenda::restore(w, addendum)
        }
        _ => turn(w, change, &change.after, &change.before, Act::ChangeUndone),
    }
}

/// Makes it again.
///
/// # Errors
/// `ChangedSince`, `SessionPast`, `NothingToUndo` for an import, whose file is not kept.
pub fn redo(w: &mut Writer, change: &Change) -> Result<()> {
    match change.target {
        Target::Approval(note) => {
            // Approving again is approving the same words.
            unchanged(w, change, &change.after)?;
            notes::approval::approve(w, note).map(|_| ())
        }
        Target::Import(_) => Err(Refusal::NothingToUndo.into()),
        Target::Addendum(addendum) => {
            unchanged(w, change, &change.before)?;
            notes::addenda::discard(w, addendum)
        }
        _ => turn(w, change, &change.before, &change.after, Act::ChangeRedone),
    }
}

/// Writes the rows of a change, which must stand as `from`, as `to`.
fn turn(w: &mut Writer, change: &Change, from: &Snapshot, to: &Snapshot, act: Act) -> Result<()> {
    unchanged(w, change, from)?;
    let (Snapshot(from), Snapshot(to)) = (from, to);
    if let Rows::Sessions(_) = change.rows {
        sessions_may_turn(w, change.deed, from, to)?;
    }
    let client = store::subject(w, change.target)?.map(|subject| subject.client);
    let agreed_before = agreed(w, change, client)?;
    store::put(w, &change.rows, to)?;
    if let (Some(client), Some(before), Some(after)) = (client, agreed_before, agreed(w, change, client)?) {
        store::agreed_change(w, client, &before, &after)?;
    }
    match &change.rows {
        Rows::Homework(id) => store::homework_event(w, *id, what_became(from, to))?,
        Rows::Sessions(ids) => {
            for (id, (from, to)) in ids.iter().zip(each(from, to)) {
                let (from, to) = (stood(from)?, stood(to)?);
                if from != to {
                    store::moved(w, *id, from, to)?;
                }
            }
        }
        _ => {}
    }
    let (subject, id) = change.target.subject();
    audit::record(w, &Event::new(act, subject, Some(id), client).with(json!({ "deed": change.deed })))
}

/// The identity or contact details a change is about, as an agreed change keeps them.
fn agreed(r: &Reader, change: &Change, client: Option<ClientId>) -> Result<Option<Value>> {
    match (change.target, client) {
        (Target::Client(id), _) if change.deed == Deed::ClientChanged => Ok(Some(json!(clients::details(r, id)?))),
        (Target::Contact(id), Some(client)) => {
            let shown = contacts::of(r, client)?.into_iter().find(|contact| contact.id == id);
            Ok(Some(json!({ "contact": id, "details": shown.map(|contact| contact.details) })))
        }
        _ => Ok(None),
    }
}

fn unchanged(r: &Reader, change: &Change, should_be: &Snapshot) -> Result<()> {
    let now = store::take(r, &change.rows)?.ok_or_else(|| change.target.missing())?;
    if now == should_be.0 { Ok(()) } else { Err(Refusal::ChangedSince.into()) }
}

/// What holds for sessions holds for undoing too: an approved note settles them, and those past neither move nor are
/// called off.
fn sessions_may_turn(r: &Reader, deed: Deed, from: &Value, to: &Value) -> Result<()> {
    for (from, _) in each(from, to).filter(|(from, to)| from != to) {
        let id = from["id"].as_str().and_then(|id| id.parse().ok()).map(SessionId).ok_or(Fault::Row("a session's id"))?;
        if store::settled(r, id)? {
            return Err(Refusal::SessionHeld.into());
        }
        if deed != Deed::AttendanceRecorded && stood(from)?.0 <= r.moment.at.0 {
            return Err(Refusal::SessionPast.into());
        }
    }
    Ok(())
}

/// Each session as it stands and as it will; both lists are in the order of the ids.
fn each<'a>(from: &'a Value, to: &'a Value) -> impl Iterator<Item = (&'a Value, &'a Value)> {
    let list = |of: &'a Value| of["sessions"].as_array().map(Vec::as_slice).unwrap_or_default();
    list(from).iter().zip(list(to))
}

/// Start and minutes.
fn stood(session: &Value) -> Result<(i64, i64)> {
    session["starts_at"].as_i64().zip(session["minutes"].as_i64()).ok_or_else(|| Fault::Row("a session's start").into())
}

fn what_became(from: &Value, to: &Value) -> HomeworkAct {
    let differs = |field: &str| from[field] != to[field];
    if differs("state") {
        HomeworkAct::State
    } else if differs("occurrences") {
        HomeworkAct::Occurrence
    } else if differs("due_on") {
        HomeworkAct::Due
    } else {
        HomeworkAct::Edited
    }
}

/// What the window says of it.
///
/// # Errors
/// Faults only.
pub fn describe(r: &Reader, change: &Change, redo: bool) -> Result<Option<Undoable>> {
    let seconds = match change.target {
        Target::Approval(note) if !redo => match notes::approval::seconds_to_undo(r, note)? {
            0 => return Ok(None),
            left => Some(left),
        },
        _ => None,
    };
    let what = store::subject(r, change.target)?.map(|subject| match subject.text {
        Some(text) => r.veil.text(text),
        // A name is under the veil already: initials, which may be shown.
        None => Veiled::Shown { text: subject.name.display },
    });
    Ok(Some(Undoable { deed: change.deed, what, redo, seconds }))
}
