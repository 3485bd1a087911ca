//! The ledger in SQL: inserted and read, never changed.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::{ConsentRecord, Decision, NewConsent, Purpose};
use crate::error::Result;
use crate::id::{ClientId, SessionId};
use crate::store::sql::Word;
use crate::store::{Reader, Writer};

pub(super) fn insert(w: &mut Writer, client: ClientId, consent: &NewConsent) -> Result<Uuid> {
    let id = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO consents (id, seq, client_id, purpose, decision, asserted_by, how, discussed_on, form_version, session_id,
                                   remark, at)
             VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM consents), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            id,
            client,
            Word(consent.purpose),
            Word(consent.decision),
            Word(consent.asserted_by),
            Word(consent.how),
            consent.discussed_on,
            consent.form_version,
            consent.session,
            consent.remark,
            w.moment.at,
        ])?;
    Ok(id)
}

pub(super) fn newest(r: &Reader, client: ClientId, purpose: Purpose) -> Result<Option<ConsentRecord>> {
    let newest = r
        .conn()
        .prepare_cached(
            "SELECT decision, asserted_by, how, discussed_on, at, remark
               FROM consents WHERE client_id = ?1 AND purpose = ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_map(params![client, Word(purpose)], |row| record(r, row))?
        .next()
        .transpose()?;
    Ok(newest)
}

pub(super) fn history(r: &Reader, client: ClientId, purpose: Purpose) -> Result<Vec<ConsentRecord>> {
    let records = r
        .conn()
        .prepare_cached(
            "SELECT decision, asserted_by, how, discussed_on, at, remark
               FROM consents WHERE client_id = ?1 AND purpose = ?2 ORDER BY seq DESC",
        )?
        .query_map(params![client, Word(purpose)], |row| record(r, row))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(records)
}

fn record(r: &Reader, row: &Row) -> rusqlite::Result<ConsentRecord> {
    Ok(ConsentRecord {
        decision: row.get::<_, Word<_>>("decision")?.0,
        asserted_by: row.get::<_, Word<_>>("asserted_by")?.0,
        how: row.get::<_, Word<_>>("how")?.0,
        discussed_on: row.get("discussed_on")?,
        at: row.get("at")?,
        remark: r.veil.optional(row.get::<_, String>("remark")?),
    })
}

/// Each participant of a session with their newest decision.
pub(super) fn decisions(r: &Reader, session: SessionId, purpose: Purpose) -> Result<Vec<(ClientId, Option<Decision>)>> {
    let decisions = r
        .conn()
        .prepare_cached(
            "SELECT p.client_id,
                    (SELECT k.decision FROM consents k
                      WHERE k.client_id = p.client_id AND k.purpose = ?2 ORDER BY k.seq DESC LIMIT 1) AS decision
               FROM session_participants p WHERE p.session_id = ?1 ORDER BY p.position",
        )?
        .query_map(params![session, Word(purpose)], |row| {
            Ok((row.get("client_id")?, row.get::<_, Option<Word<_>>>("decision")?.map(|decision| decision.0)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(decisions)
}
