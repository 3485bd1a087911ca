//! Whether a file of records is what was written.

use super::Reader;
use crate::error::{Refusal, Result};

/// That no page was altered and the whole holds together: SQLCipher's check, SQLite's, and every reference. `checked` is told how many
/// of these three are done, and says whether to go on.
///
/// # Errors
/// `Stopped`, and faults.
pub fn is_sound(r: &Reader, mut checked: impl FnMut(u64) -> bool) -> Result<bool> {
    // Each gives a row for everything it finds; the second, where it finds nothing, the row `ok`.
    let checks = ["PRAGMA cipher_integrity_check", "PRAGMA quick_check(1)", "PRAGMA foreign_key_check"];
    for (done, check) in (1..).zip(checks) {
        let mut statement = r.conn().prepare(check)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if row.get_ref(0)?.as_str().ok() != Some("ok") {
                return Ok(false);
            }
        }
        if !checked(done) {
            return Err(Refusal::Stopped.into());
        }
    }
    Ok(true)
}
