//! Lock and kit in SQL.

use rusqlite::{OptionalExtension, named_params};

use super::{Kit, Security};
use crate::error::Result;
use crate::store::{Reader, Writer};
use crate::time::Instant;
use crate::vault::NewKit;

pub(super) fn security(r: &Reader) -> Result<Security> {
    let found = r
        .conn()
        .prepare_cached("SELECT lock_after_minutes, begin_discreet, discreet_on_second_screen, hide_from_capture FROM security")?
        .query_row([], |row| {
            Ok(Security {
                lock_after_minutes: row.get("lock_after_minutes")?,
                begin_discreet: row.get("begin_discreet")?,
                discreet_on_second_screen: row.get("discreet_on_second_screen")?,
                hide_from_capture: row.get("hide_from_capture")?,
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

pub(super) fn set_security(w: &Writer, security: &Security) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO security (only, lock_after_minutes, begin_discreet, discreet_on_second_screen, hide_from_capture)
             VALUES (1, :lock_after_minutes, :begin_discreet, :discreet_on_second_screen, :hide_from_capture)
             ON CONFLICT (only) DO UPDATE SET lock_after_minutes = excluded.lock_after_minutes, begin_discreet = excluded.begin_discreet,
               discreet_on_second_screen = excluded.discreet_on_second_screen, hide_from_capture = excluded.hide_from_capture",
        )?
        .execute(named_params! {
            ":lock_after_minutes": security.lock_after_minutes,
            ":begin_discreet": security.begin_discreet,
            ":discreet_on_second_screen": security.discreet_on_second_screen,
            ":hide_from_capture": security.hide_from_capture,
        })?;
    Ok(())
}

pub(super) fn kit(r: &Reader) -> Result<Option<Kit>> {
    let found = r
        .conn()
        .prepare_cached("SELECT slot, made_at, recipient, identity FROM kit")?
        .query_row([], |row| {
            Ok(Kit {
                slot: row.get("slot")?,
                made_at: row.get("made_at")?,
                recipient: row.get("recipient")?,
                identity: row.get("identity")?,
            })
        })
        .optional()?;
    Ok(found)
}

pub(super) fn set_kit(w: &Writer, kit: &NewKit) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO kit (only, slot, made_at, recipient, identity) VALUES (1, ?1, ?2, ?3, ?4)
             ON CONFLICT (only) DO UPDATE SET slot = excluded.slot, made_at = excluded.made_at, recipient = excluded.recipient,
               identity = excluded.identity",
        )?
        .execute(rusqlite::params![kit.slot, w.moment.at, kit.recipient, kit.identity])?;
    Ok(())
}

pub(super) fn passphrase_changed_at(r: &Reader) -> Result<Option<Instant>> {
    let found = r.conn().prepare_cached("SELECT at FROM passphrase_changes ORDER BY at DESC LIMIT 1")?.query_row([], |row| row.get(0));
    Ok(found.optional()?)
}

pub(super) fn set_passphrase_changed(w: &Writer) -> Result<()> {
    w.conn().prepare_cached("INSERT INTO passphrase_changes (at) VALUES (?1)")?.execute([w.moment.at])?;
    Ok(())
}
