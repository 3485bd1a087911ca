//! The screen of a session, before it and while it runs; and the side panel of a note.

use serde::{Deserialize, Serialize};

use super::client::Point;
use super::{Facts, LastTime};
use crate::error::Result;
use crate::homework::Homework;
use crate::id::SessionId;
use crate::notes::page::NotePage;
use crate::sessions::Session;
use crate::store::Reader;
use crate::time::Instant;

/// A session.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct SessionPage {
    /// The session.
    pub session: Session,
    /// Now.
    pub now: Instant,
    /// Everyone in the room, at a glance; the primary client first.
    pub facts: Vec<Facts>,
    /// Points to take up.
    pub plan: Vec<Point>,
    /// They are still those of the last note: its session's start.
    pub plan_from: Option<Instant>,
    /// The last time, in short.
    pub last_time: Option<LastTime>,
    /// The primary client's open homework, worst first.
    pub homework: Vec<Homework>,
    /// The primary client's other sessions awaiting approval.
    pub awaiting: Vec<Session>,
    /// Where it stood before it was moved, newest first.
    pub moves: Vec<Moved>,
}

/// A move that was made.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)] // the words say it
pub struct Moved {
    pub at: Instant,
    pub from: Instant,
    pub to: Instant,
    pub asked_by: crate::sessions::BookedBy,
    pub asked_at: Instant,
    pub remark: Option<crate::words::Veiled>,
}

/// A session.
pub fn of(r: &Reader, id: SessionId) -> Result<SessionPage> {
    todo!()
}

/// A note with what stands beside it.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct NoteScreen {
    /// The note.
    pub note: NotePage,
    /// Now.
    pub now: Instant,
    /// Everyone in the room, at a glance; the primary client first.
    pub facts: Vec<Facts>,
    /// What was planned for this session.
    pub plan: Vec<Point>,
    /// By the note of the session that started then.
    pub plan_from: Option<Instant>,
    /// The last time, in short.
    pub last_time: Option<LastTime>,
    /// The next session awaiting approval after this one, to go on with.
    pub next_awaiting: Option<Session>,
}

/// A note with what stands beside it. The read is entered in the trail.
pub fn note_screen(r: &Reader, id: crate::id::NoteId) -> Result<NoteScreen> {
    todo!()
}
