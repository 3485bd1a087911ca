//! The chain in SQL.

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use super::Event;
use crate::error::Result;
use crate::store::Writer;
use crate::store::sql::Word;

const GENESIS: [u8; 32] = [0; 32];

pub(super) fn append(w: &Writer, event: &Event) -> Result<()> {
    let last = w
        .conn()
        .prepare_cached("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?)))
        .optional()?;
    let (seq, previous) = last.map_or((1, GENESIS), |(seq, hash)| (seq + 1, hash));
    let detail = event.detail.to_string();
    let hash = hash(seq, &previous, w.moment.at.0, event, &detail);
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

/// Every field is preceded by its length, so that no two events run into the same bytes.
fn hash(seq: i64, previous: &[u8; 32], at: i64, event: &Event, detail: &str) -> [u8; 32] {
    let mut sha = Sha256::new();
    let act = serde_json::to_string(&event.act).unwrap_or_default();
    let subject_id = event.subject_id.map(|id| id.into_bytes().to_vec()).unwrap_or_default();
    let client = event.client.map(|id| id.0.into_bytes().to_vec()).unwrap_or_default();
    let fields: [&[u8]; 8] = [
        previous,
        &seq.to_be_bytes(),
        &at.to_be_bytes(),
        act.as_bytes(),
        event.subject.as_bytes(),
        &subject_id,
        &client,
        detail.as_bytes(),
    ];
    for field in fields {
        sha.update((field.len() as u64).to_be_bytes());
        sha.update(field);
    }
    sha.finalize().into()
}
