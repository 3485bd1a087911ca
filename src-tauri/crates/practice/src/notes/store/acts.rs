//! What was done to a note: approvals, their undos, addenda, marks of error.

use rusqlite::{OptionalExtension, Row};

use super::Version;
use crate::error::{Refusal, Result, Thing};
use crate::id::{AddendumId, ApprovalId, NoteId, VersionId};
use crate::notes::addenda::AddendumReason;
use crate::notes::approval::ErrorReason;
use crate::sessions::Attendance;
use crate::store::sql::Word;
use crate::store::{Reader, Writer};
use crate::time::Instant;

/// An approval, and when it was undone.
pub(in crate::notes) struct Approval {
    pub id: ApprovalId,
    pub version: VersionId,
    pub sha256: [u8; 32],
    pub at: Instant,
    pub by: String,
    pub undo_until: Instant,
    pub undone_at: Option<Instant>,
    /// The text approved, as it is stored.
    pub body: String,
}

/// All approvals of a note, oldest first; the last is in force unless it was undone.
pub(in crate::notes) fn approvals(r: &Reader, note: NoteId) -> Result<Vec<Approval>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT a.id, a.version_id, a.sha256, a.approved_at, a.approved_by, a.undo_until, u.at AS undone_at, v.body
           FROM approvals a
           JOIN note_versions v ON v.id = a.version_id
           LEFT JOIN approval_undos u ON u.approval_id = a.id
          WHERE a.note_id = ?1 ORDER BY a.rowid",
    )?;
    let rows = statement.query_map([note], |row| {
        Ok(Approval {
            id: row.get("id")?,
            version: row.get("version_id")?,
            sha256: row.get("sha256")?,
            at: row.get("approved_at")?,
            by: row.get("approved_by")?,
            undo_until: row.get("undo_until")?,
            undone_at: row.get("undone_at")?,
            body: row.get("body")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What signs an approval.
pub(in crate::notes) struct Signature<'a> {
    pub by: &'a str,
    pub attestation: &'a str,
    pub attended_before: Attendance,
    pub undo_until: Instant,
}

/// The triggers complete the session and take the draft away.
pub(in crate::notes) fn insert_approval(w: &mut Writer, note: NoteId, version: &Version, signature: &Signature) -> Result<ApprovalId> {
    let id = ApprovalId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO approvals (id, note_id, version_id, sha256, approved_at, approved_by, attestation, attended_before, undo_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(rusqlite::params![
            id,
            note,
            version.id,
            version.sha256,
            w.moment.at,
            signature.by,
            signature.attestation,
            Word(signature.attended_before),
            signature.undo_until
        ])?;
    Ok(id)
}

/// The triggers return the note to draft and its session to the attendance it had.
pub(in crate::notes) fn insert_undo(w: &Writer, approval: ApprovalId) -> Result<()> {
    w.conn()
        .prepare_cached("INSERT INTO approval_undos (approval_id, at) VALUES (?1, ?2)")?
        .execute(rusqlite::params![approval, w.moment.at])?;
    Ok(())
}

/// That a note was entered in error.
pub(in crate::notes) struct InError {
    pub at: Instant,
    pub kind: ErrorReason,
    pub reason: String,
}

pub(in crate::notes) fn in_error(r: &Reader, note: NoteId) -> Result<Option<InError>> {
    Ok(r.conn()
        .prepare_cached("SELECT at, reason_kind, reason FROM note_errors WHERE note_id = ?1")?
        .query_row([note], |row| Ok(InError { at: row.get(0)?, kind: row.get::<_, Word<_>>(1)?.0, reason: row.get(2)? }))
        .optional()?)
}

pub(in crate::notes) fn insert_error(w: &Writer, note: NoteId, by: &str, kind: ErrorReason, reason: &str) -> Result<()> {
    w.conn()
        .prepare_cached("INSERT INTO note_errors (note_id, at, marked_by, reason_kind, reason) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(rusqlite::params![note, w.moment.at, by, Word(kind), reason])?;
    Ok(())
}

/// An addendum.
pub(in crate::notes) struct Addendum {
    pub id: AddendumId,
    pub note: NoteId,
    pub reason: AddendumReason,
    pub text: String,
    pub saved_at: Instant,
    pub approved_at: Option<Instant>,
}

fn addendum_of(row: &Row) -> rusqlite::Result<Addendum> {
    Ok(Addendum {
        id: row.get("id")?,
        note: row.get("note_id")?,
        reason: row.get::<_, Word<_>>("reason")?.0,
        text: row.get("text")?,
        saved_at: row.get("saved_at")?,
        approved_at: row.get("approved_at")?,
    })
}

/// A note's addenda, oldest first; not those discarded.
pub(in crate::notes) fn addenda(r: &Reader, note: NoteId) -> Result<Vec<Addendum>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT id, note_id, reason, text, saved_at, approved_at FROM addenda WHERE note_id = ?1 AND discarded_at IS NULL ORDER BY number",
    )?;
    let rows = statement.query_map([note], addendum_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// # Errors
/// `NotFound`, of a discarded one too.
pub(in crate::notes) fn addendum(r: &Reader, id: AddendumId) -> Result<Addendum> {
    let found = r
        .conn()
        .prepare_cached("SELECT id, note_id, reason, text, saved_at, approved_at FROM addenda WHERE id = ?1 AND discarded_at IS NULL")?
        .query_row([id], addendum_of)
        .optional()?;
    found.ok_or_else(|| Refusal::NotFound { what: Thing::Addendum }.into())
}

pub(in crate::notes) fn insert_addendum(w: &mut Writer, note: NoteId) -> Result<AddendumId> {
    let id = AddendumId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO addenda (id, note_id, number, reason, text, saved_at)
             SELECT ?1, ?2, 1 + coalesce(max(number), 0), 'later_news', '', ?3 FROM addenda WHERE note_id = ?2",
        )?
        .execute(rusqlite::params![id, note, w.moment.at])?;
    Ok(id)
}

pub(in crate::notes) fn update_addendum(w: &Writer, id: AddendumId, reason: AddendumReason, text: &str) -> Result<()> {
    w.conn().prepare_cached("UPDATE addenda SET reason = ?2, text = ?3, saved_at = ?4 WHERE id = ?1")?.execute(rusqlite::params![
        id,
        Word(reason),
        text,
        w.moment.at
    ])?;
    Ok(())
}

pub(in crate::notes) fn approve_addendum(w: &Writer, id: AddendumId, sha256: [u8; 32], by: &str) -> Result<()> {
    w.conn()
        .prepare_cached("UPDATE addenda SET sha256 = ?2, approved_at = ?3, approved_by = ?4 WHERE id = ?1")?
        .execute(rusqlite::params![id, sha256, w.moment.at, by])?;
    Ok(())
}

/// Out of view at an instant, or back in view. Its words stay where they are.
pub(in crate::notes) fn set_discarded(w: &Writer, id: AddendumId, at: Option<Instant>) -> Result<()> {
    w.conn().prepare_cached("UPDATE addenda SET discarded_at = ?2 WHERE id = ?1")?.execute(rusqlite::params![id, at])?;
    Ok(())
}
