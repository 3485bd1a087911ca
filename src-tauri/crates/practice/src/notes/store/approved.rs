//! A client's approved session notes with their addenda: what the summary is chosen from.

use crate::error::Result;
use crate::id::{AddendumId, ApprovalId, ClientId, NoteId, SessionId, VersionId};
use crate::notes::Section;
use crate::store::Reader;
use crate::store::sql::Json;
use crate::time::Instant;

/// An approved session note.
pub(crate) struct ApprovedNote {
    pub id: NoteId,
    pub session: SessionId,
    pub starts_at: Instant,
    pub zone: String,
    pub version: VersionId,
    pub approval: ApprovalId,
    pub sections: Vec<Section>,
    /// Approved ones, oldest first.
    pub addenda: Vec<(AddendumId, String)>,
}

/// Those of a client, primary or not, by the start of their sessions. Notes entered in error are none, nor are process notes.
pub(crate) fn approved_of(r: &Reader, client: ClientId) -> Result<Vec<ApprovedNote>> {
    let mut statement = r.conn().prepare_cached(
        "SELECT n.id, n.session_id, s.starts_at, s.zone, a.version_id, a.id AS approval_id, v.body
           FROM session_participants p
           JOIN sessions s ON s.id = p.session_id
           JOIN notes n ON n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved'
           JOIN approvals a ON a.note_id = n.id AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id)
           JOIN note_versions v ON v.id = a.version_id
          WHERE p.client_id = ?1 ORDER BY s.starts_at, n.seq",
    )?;
    let rows = statement.query_map([client], |row| {
        let Json(sections) = row.get("body")?;
        Ok(ApprovedNote {
            id: row.get("id")?,
            session: row.get("session_id")?,
            starts_at: row.get("starts_at")?,
            zone: row.get("zone")?,
            version: row.get("version_id")?,
            approval: row.get("approval_id")?,
            sections,
            addenda: Vec::new(),
        })
    })?;
    let mut notes = rows.collect::<rusqlite::Result<Vec<ApprovedNote>>>()?;
    let mut statement = r.conn().prepare_cached(
        "SELECT d.note_id, d.id, d.text
           FROM session_participants p
           JOIN notes n ON n.session_id = p.session_id AND n.kind = 'session' AND n.state = 'approved'
           JOIN addenda d ON d.note_id = n.id AND d.approved_at IS NOT NULL
          WHERE p.client_id = ?1 ORDER BY d.note_id, d.number",
    )?;
    let mut rows = statement.query([client])?;
    while let Some(row) = rows.next()? {
        let note: NoteId = row.get("note_id")?;
        if let Some(note) = notes.iter_mut().find(|found| found.id == note) {
            note.addenda.push((row.get("id")?, row.get("text")?));
        }
    }
    Ok(notes)
}
