//! The screen of a session, before it and while it runs; and the side panel of a note.

use serde::{Deserialize, Serialize};

use super::client::{Point, open_homework};
use super::{Facts, LastTime, beside_of, facts_of_all, store};
use crate::audit::{Act, Event};
use crate::error::{Fault, Result};
use crate::homework::BriefHomework;
use crate::id::{NoteId, SessionId};
use crate::notes::page::{self, NotePage};
use crate::sessions::{self, Session, Which};
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
    pub homework: Vec<BriefHomework>,
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

/// A session. The read of its clients is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn of(r: &Reader, id: SessionId) -> Result<SessionPage> {
    let session = sessions::one(r, id)?;
    let primary = session.participants.first().ok_or(Fault::Row("a session without participants"))?.id;
    let beside = beside_of(r, &session)?;
    let last_time = beside.last_time(r);
    let mut awaiting = sessions::load(r, Which::AwaitingOf { client: primary })?;
    awaiting.retain(|other| other.id != id);
    for participant in &session.participants {
        let event = Event::new(Act::ClientRead, "client", Some(participant.id.0), Some(participant.id));
        r.was_read(event.with(serde_json::json!({ "page": "session" })));
    }
    Ok(SessionPage {
        now: r.moment.at,
        facts: facts_of_all(r, &session)?,
        plan: beside.plan,
        plan_from: beside.plan_from,
        last_time,
        homework: open_homework(r, primary)?,
        awaiting,
        moves: store::moves(r, id)?,
        session,
    })
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
///
/// # Errors
/// `NotFound`.
pub fn note_screen(r: &Reader, id: NoteId) -> Result<NoteScreen> {
    let note = page::of(r, id)?;
    let beside = beside_of(r, &note.session)?;
    let last_time = beside.last_time(r);
    Ok(NoteScreen {
        now: r.moment.at,
        facts: facts_of_all(r, &note.session)?,
        plan: beside.plan,
        plan_from: beside.plan_from,
        last_time,
        next_awaiting: next_awaiting(sessions::load(r, Which::AwaitingAll)?, &note.session),
        note,
    })
}

/// The one after this in the list of those awaiting approval, which is newest first; past its end, from its beginning again.
fn next_awaiting(awaiting: Vec<Session>, this: &Session) -> Option<Session> {
    let mut others: Vec<Session> = awaiting.into_iter().filter(|other| other.id != this.id).collect();
    let after = others.iter().position(|other| (other.starts_at, other.id) < (this.starts_at, this.id)).unwrap_or(0);
    (after < others.len()).then(|| others.swap_remove(after))
}
