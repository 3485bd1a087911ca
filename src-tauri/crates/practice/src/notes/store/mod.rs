//! Notes in SQL: the note, its draft, its versions, and its row in the search index.

mod acts;
mod approved;
mod finding;
mod merging;

pub(super) use acts::*;
pub(crate) use approved::*;
pub(super) use finding::*;
pub(super) use merging::*;

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use super::{NoteKind, NoteState, Section, Template, text};
use crate::error::{Fault, Refusal, Result, Thing};
use crate::id::{ClientId, NoteId, SessionId, VersionId};
use crate::sessions::Attendance;
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// A note and what its session says.
pub(in crate::notes) struct Note {
    pub id: NoteId,
    seq: i64,
    pub kind: NoteKind,
    pub session: Option<SessionId>,
    /// The primary client.
    pub client: Option<ClientId>,
    pub template: Template,
    pub state: NoteState,
    pub begun_at: Instant,
    pub starts_at: Option<Instant>,
    pub attendance: Option<Attendance>,
}

/// # Errors
/// `NotFound`.
pub(in crate::notes) fn note(r: &Reader, id: NoteId) -> Result<Note> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT n.seq, n.kind, n.session_id, coalesce(n.client_id, p.client_id) AS client_id, n.template, n.state, n.begun_at,
                    s.starts_at, s.attendance
               FROM notes n
               LEFT JOIN sessions s ON s.id = n.session_id
               LEFT JOIN session_participants p ON p.session_id = n.session_id AND p.position = 0
              WHERE n.id = ?1",
        )?
        .query_row([id], |row| {
            let attendance: Option<Word<Attendance>> = row.get("attendance")?;
            Ok(Note {
                id,
                seq: row.get("seq")?,
                kind: row.get::<_, Word<_>>("kind")?.0,
                session: row.get("session_id")?,
                client: row.get("client_id")?,
                template: row.get::<_, Word<_>>("template")?.0,
                state: row.get::<_, Word<_>>("state")?.0,
                begun_at: row.get("begun_at")?,
                starts_at: row.get("starts_at")?,
                attendance: attendance.map(|word| word.0),
            })
        })
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Note }.into())
}

/// The note of a session that decides, draft or approved.
pub(in crate::notes) fn counting(r: &Reader, session: SessionId) -> Result<Option<NoteId>> {
    Ok(r.conn()
        .prepare_cached("SELECT id FROM notes WHERE session_id = ?1 AND kind <> 'psychotherapy' AND state <> 'entered_in_error'")?
        .query_row([session], |row| row.get(0))
        .optional()?)
}

/// The newest process note of a session.
pub(in crate::notes) fn process_note(r: &Reader, session: SessionId) -> Result<Option<NoteId>> {
    Ok(r.conn()
        .prepare_cached(
            "SELECT id FROM notes WHERE session_id = ?1 AND kind = 'psychotherapy' AND state <> 'entered_in_error' ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([session], |row| row.get(0))
        .optional()?)
}

/// Attendance of a session, and its primary client.
///
/// # Errors
/// `NotFound`.
pub(in crate::notes) fn session(r: &Reader, id: SessionId) -> Result<(Attendance, ClientId)> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT s.attendance, p.client_id FROM sessions s JOIN session_participants p ON p.session_id = s.id AND p.position = 0
              WHERE s.id = ?1",
        )?
        .query_row([id], |row| Ok((row.get::<_, Word<Attendance>>(0)?.0, row.get(1)?)))
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Session }.into())
}

/// Everyone in the room, the primary client first.
pub(in crate::notes) fn participants(r: &Reader, session: SessionId) -> Result<Vec<ClientId>> {
    let mut statement = r.conn().prepare_cached("SELECT client_id FROM session_participants WHERE session_id = ?1 ORDER BY position")?;
    let rows = statement.query_map([session], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The template last used for this client, else for anyone.
pub(in crate::notes) fn last_template(r: &Reader, client: ClientId) -> Result<Option<Template>> {
    Ok(r.conn()
        .prepare_cached(
            "SELECT n.template FROM notes n WHERE n.kind <> 'psychotherapy'
              ORDER BY EXISTS (SELECT 1 FROM session_participants p WHERE p.session_id = n.session_id AND p.client_id = ?1) DESC,
                       n.begun_at DESC, n.seq DESC LIMIT 1",
        )?
        .query_row([client], |row| Ok(row.get::<_, Word<_>>(0)?.0))
        .optional()?)
}

/// Who signs, and for how many seconds an approval can be undone.
pub(in crate::notes) fn signature(r: &Reader) -> Result<(String, u32)> {
    let found = r
        .conn()
        .prepare_cached("SELECT therapist_name, undo_seconds FROM practice WHERE only = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.ok_or_else(|| Fault::Program("a note is approved before the practice is set up").into())
}

pub(in crate::notes) fn insert(w: &mut Writer, kind: NoteKind, session: SessionId, template: Template) -> Result<NoteId> {
    let id = NoteId(w.id());
    w.conn()
        .prepare_cached("INSERT INTO notes (id, kind, session_id, template, begun_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(rusqlite::params![id, Word(kind), session, Word(template), w.moment.at])?;
    Ok(id)
}

pub(in crate::notes) fn set_kind(w: &Writer, id: NoteId, kind: NoteKind) -> Result<()> {
    w.conn().prepare_cached("UPDATE notes SET kind = ?2 WHERE id = ?1")?.execute(rusqlite::params![id, Word(kind)])?;
    Ok(())
}

pub(in crate::notes) fn set_template(w: &Writer, id: NoteId, template: Template) -> Result<()> {
    w.conn().prepare_cached("UPDATE notes SET template = ?2 WHERE id = ?1")?.execute(rusqlite::params![id, Word(template)])?;
    Ok(())
}

// --- what it says ----------------------------------------------------------------------------------------------------

/// What a note says now: its draft, else its last version, else nothing.
pub(in crate::notes) fn sections(r: &Reader, id: NoteId) -> Result<Vec<Section>> {
    let body: Option<Json<Vec<Section>>> = r
        .conn()
        .prepare_cached(
            "SELECT coalesce((SELECT body FROM note_drafts WHERE note_id = ?1),
                             (SELECT body FROM note_versions WHERE note_id = ?1 ORDER BY number DESC LIMIT 1))",
        )?
        .query_row([id], |row| row.get(0))?;
    Ok(body.map_or_else(Vec::new, |Json(sections)| sections))
}

/// When the draft was last saved.
pub(in crate::notes) fn saved_at(r: &Reader, id: NoteId) -> Result<Option<Instant>> {
    Ok(r.conn().prepare_cached("SELECT saved_at FROM note_drafts WHERE note_id = ?1")?.query_row([id], |row| row.get(0)).optional()?)
}

/// Writes the whole draft. Search does not find it yet: to index it takes several times as long, and whoever types would wait for it.
pub(in crate::notes) fn write_draft(w: &Writer, note: &Note, sections: &[Section]) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO note_drafts (note_id, body, saved_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (note_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at, indexed = 0",
        )?
        .execute(rusqlite::params![note.id, Json(sections), w.moment.at])?;
    Ok(())
}

/// A version's id, the bytes of its body as they are stored, and their hash.
pub(in crate::notes) struct Version {
    pub id: VersionId,
    pub body: String,
    pub sha256: [u8; 32],
}

pub(in crate::notes) fn last_version(r: &Reader, id: NoteId) -> Result<Option<Version>> {
    Ok(r.conn()
        .prepare_cached("SELECT id, body, sha256 FROM note_versions WHERE note_id = ?1 ORDER BY number DESC LIMIT 1")?
        .query_row([id], |row| Ok(Version { id: row.get(0)?, body: row.get(1)?, sha256: row.get(2)? }))
        .optional()?)
}

/// Makes a version of what the note says where it differs from the last; gives the version it then stands at, and whether it is new.
pub(in crate::notes) fn append_version(w: &mut Writer, id: NoteId, sections: &[Section]) -> Result<(Version, bool)> {
    let body = serde_json::to_string(sections).map_err(|_| Fault::Program("a note's text cannot be written as JSON"))?;
    let last = last_version(w, id)?;
    let previous = match last {
        Some(last) if last.body == body => return Ok((last, false)),
        last => last.map(|last| last.sha256),
    };
    let version = Version { id: VersionId(w.id()), sha256: sha256(&body), body };
    w.conn()
        .prepare_cached(
            "INSERT INTO note_versions (id, note_id, number, body, sha256, previous_sha256, written_at)
             SELECT ?1, ?2, 1 + coalesce(max(number), 0), ?3, ?4, ?5, ?6 FROM note_versions WHERE note_id = ?2",
        )?
        .execute(rusqlite::params![version.id, id, version.body, version.sha256, previous, w.moment.at])?;
    Ok((version, true))
}

pub(in crate::notes) fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

// --- search ----------------------------------------------------------------------------------------------------------

/// Whether search finds a note as it was last saved.
pub(in crate::notes) fn is_indexed(r: &Reader, id: NoteId) -> Result<bool> {
    let waits = "SELECT NOT EXISTS (SELECT 1 FROM note_drafts WHERE note_id = ?1 AND indexed = 0)";
    Ok(r.conn().prepare_cached(waits)?.query_row([id], |row| row.get(0))?)
}

/// A draft that search does not find as it was last saved: the one saved first, up to `until`, or after now.
pub(in crate::notes) fn not_indexed(r: &Reader, until: Instant) -> Result<Option<NoteId>> {
    let waits = "SELECT note_id FROM note_drafts WHERE indexed = 0 AND (saved_at <= ?1 OR saved_at > ?2) ORDER BY saved_at LIMIT 1";
    Ok(r.conn().prepare_cached(waits)?.query_row([until, r.moment.at], |row| row.get(0)).optional()?)
}

/// Replaces what search finds of a note: all it says now, addenda too. Process notes, and those entered in error, say nothing.
pub(in crate::notes) fn index(w: &Writer, note: &Note) -> Result<()> {
    w.conn().prepare_cached("UPDATE note_drafts SET indexed = 1 WHERE note_id = ?1")?.execute([note.id])?;
    w.conn().prepare_cached("DELETE FROM note_search WHERE rowid = ?1")?.execute([note.seq])?;
    if note.kind == NoteKind::Psychotherapy || note.state == NoteState::EnteredInError {
        return Ok(());
    }
    let sections = sections(w, note.id)?;
    let addenda = addenda(w, note.id)?;
    let texts = sections.iter().map(|section| section.text.as_str()).chain(addenda.iter().map(|addendum| addendum.text.as_str()));
    w.conn()
        .prepare_cached("INSERT INTO note_search (rowid, body) VALUES (?1, ?2)")?
        .execute(rusqlite::params![note.seq, text::searchable(texts)])?;
    Ok(())
}
