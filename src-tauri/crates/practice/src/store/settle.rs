//! What follows from other rows is kept by the schema's triggers, but time passes without a write: a session begins, a date is over.
//! So the end of each write tells the record what time it is; where nothing became untrue meanwhile, that changes no row.

use rusqlite::{Connection, named_params};

use crate::error::Result;
use crate::time::Moment;

/// Makes what was derived for an earlier moment true of this one.
pub(super) fn settle(records: &Connection, moment: Moment) -> Result<()> {
    records
        .prepare_cached(
            "UPDATE client_list_whole SET at = :now, today = :today
              WHERE at > :now OR today > :today OR EXISTS (
                SELECT 1 FROM client_list
                 WHERE changes_at <= :now AND changes_at < 253402300800000 AND (true_until <= :now OR due_next < :today))",
        )?
        .execute(named_params! { ":now": moment.at, ":today": moment.today() })?;
    Ok(())
}
