//! The floor of a read: the same statements, with their values in them, on a bare connection, every column looked at and nothing made of it.

use anyhow::Result;
use rusqlite::Connection;

/// Runs them once.
pub fn run(conn: &Connection, statements: &[String]) -> Result<()> {
    conn.execute_batch("BEGIN DEFERRED")?;
    for sql in statements {
        let mut statement = conn.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get_ref(column)?);
            }
        }
    }
    conn.execute_batch("ROLLBACK")?;
    Ok(())
}
