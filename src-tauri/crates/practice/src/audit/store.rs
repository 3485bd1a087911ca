//! The chain in SQL.

use rusqlite::{OptionalExtension, Row};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::checks::Said;
use super::{Act, Event};
use crate::error::{Fault, Result};
use crate::id::NoteId;
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};
use crate::time::Instant;

const GENESIS: [u8; 32] = [0; 32];

pub(super) fn append(w: &Writer, event: &Event) -> Result<()> {
    let last = w
        .conn()
        .prepare_cached("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)))
        .optional()?;
    let (seq, previous) = last.map_or((1, GENESIS), |(seq, hash)| (seq + 1, hash));
    let detail = event.detail.to_string();
    let act = serde_json::to_string(&event.act).map_err(|_| Fault::Program("an act without a word"))?;
    let subject_id = event.subject_id.map(|id| id.into_bytes().to_vec()).unwrap_or_default();
    let client = event.client.map(|id| id.0.into_bytes().to_vec()).unwrap_or_default();
    let said = [act.as_bytes(), event.subject.as_bytes(), &subject_id, &client, detail.as_bytes()];
    let hash = hash(seq, &previous, w.moment.at.0, said);
    w.conn()
        .prepare_cached(
            "INSERT INTO audit_events (seq, at, act, subject, subject_id, client_id, detail, previous, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(rusqlite::params![
            seq,
            w.moment.at,
            Word(event.act),
            event.subject,
            event.subject_id,
            event.client,
            detail,
            previous,
            hash
        ])?;
    Ok(())
}

/// Every field is preceded by its length, so that no two events run into the same bytes. `said` is act, subject, id, client, detail.
fn hash(seq: i64, previous: &[u8; 32], at: i64, said: [&[u8]; 5]) -> [u8; 32] {
    let mut sha = Sha256::new();
    let head: [&[u8]; 3] = [previous, &seq.to_be_bytes(), &at.to_be_bytes()];
    for field in head.into_iter().chain(said) {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field);
    }
    sha.finalize().into()
}

/// An event of the chain, and what its hash ought to be.
pub(super) struct Link {
    pub seq: i64,
    pub at: Instant,
    pub previous: [u8; 32],
    pub hash: [u8; 32],
    pub computed: [u8; 32],
}

fn link(row: &Row) -> rusqlite::Result<Link> {
    let (seq, at, previous) = (row.get("seq")?, row.get("at")?, row.get("previous")?);
    // In the hash an act stands as it does in JSON.
    let act = format!("\"{}\"", row.get_ref("act")?.as_str()?);
    let (subject, detail) = (row.get_ref("subject")?.as_str()?, row.get_ref("detail")?.as_str()?);
    let (subject_id, client) = (row.get_ref("subject_id")?.as_blob_or_null()?, row.get_ref("client_id")?.as_blob_or_null()?);
    let said = [act.as_bytes(), subject.as_bytes(), subject_id.unwrap_or_default(), client.unwrap_or_default(), detail.as_bytes()];
    let Instant(instant) = at;
    Ok(Link { seq, at, previous, hash: row.get("hash")?, computed: hash(seq, &previous, instant, said) })
}

/// The newest entry of a check; with `of_file`, of one that looked at the file too.
pub(super) fn last_check(r: &Reader, of_file: bool) -> Result<Option<(Instant, Said)>> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT at, detail FROM audit_events
              WHERE act = :act AND client_id IS NULL AND (NOT :of_file OR json_extract(detail, '$.sound') IS NOT NULL) ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(rusqlite::named_params! { ":act": Word(Act::RecordsChecked), ":of_file": of_file }, |row| {
            Ok((row.get("at")?, row.get::<_, Json<Said>>("detail")?.0))
        });
    Ok(found.optional()?)
}

/// When something that concerns no client last happened.
pub(super) fn last(r: &Reader, act: Act) -> Result<Option<Instant>> {
    let found = r
        .conn()
        .prepare_cached("SELECT at FROM audit_events WHERE act = ?1 AND client_id IS NULL ORDER BY seq DESC LIMIT 1")?
        .query_row([Word(act)], |row| row.get("at"));
    Ok(found.optional()?)
}

/// Whether something ever happened to this.
pub(super) fn happened_to(r: &Reader, act: Act, subject: Uuid) -> Result<bool> {
    Ok(r.conn().prepare_cached("SELECT 1 FROM audit_events WHERE subject_id = ?1 AND act = ?2")?.exists((subject, Word(act)))?)
}

/// How many events there are.
pub(super) fn events(r: &Reader) -> Result<i64> {
    Ok(r.conn().prepare_cached("SELECT count(*) FROM audit_events")?.query_row([], |row| row.get(0))?)
}

/// Every event, from the first; `each` says whether to go on. One that cannot be read ends the walk as if it were not there.
pub(super) fn walk(r: &Reader, mut each: impl FnMut(&Link) -> Result<bool>) -> Result<()> {
    let sql = "SELECT seq, at, act, subject, subject_id, client_id, detail, previous, hash FROM audit_events ORDER BY seq";
    let mut statement = r.conn().prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if !each(&link(row)?)? {
            break;
        }
    }
    Ok(())
}

/// The first note of which a version, or an approved addendum, is not what it was: another text, another order, or one that is missing.
pub(super) fn altered_note(r: &Reader) -> Result<Option<NoteId>> {
    let mut statement =
        r.conn().prepare("SELECT note_id, number, body, sha256, previous_sha256 FROM note_versions ORDER BY note_id, number")?;
    let mut rows = statement.query([])?;
    let mut last: Option<(NoteId, i64, [u8; 32])> = None;
    while let Some(row) = rows.next()? {
        let (note, number, sha256): (NoteId, i64, [u8; 32]) = (row.get("note_id")?, row.get("number")?, row.get("sha256")?);
        let before = last.filter(|(of, ..)| *of == note);
        let follows = number == before.map_or(1, |(_, number, _)| number + 1)
            && row.get::<_, Option<[u8; 32]>>("previous_sha256")? == before.map(|(.., sha256)| sha256);
        if !follows || digest(row.get_ref("body")?.as_str()) != Some(sha256) {
            return Ok(Some(note));
        }
        last = Some((note, number, sha256));
    }
    let mut statement =
        r.conn().prepare("SELECT note_id, text, sha256 FROM addenda WHERE approved_at IS NOT NULL ORDER BY note_id, number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if digest(row.get_ref("text")?.as_str()) != Some(row.get("sha256")?) {
            return Ok(Some(row.get("note_id")?));
        }
    }
    Ok(None)
}

fn digest<E>(text: std::result::Result<&str, E>) -> Option<[u8; 32]> {
    text.ok().map(|text| Sha256::digest(text.as_bytes()).into())
}
