//! What an operation asks of SQLite: statements, steps of its machine, pages of the file. For one operation these are the same each time.

use std::cell::RefCell;
use std::fs;

use anyhow::{Context, Result};
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::{Connection, StatementStatus};

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

/// What was asked.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Each statement with its values in it, but for the transaction around them.
    pub statements: Vec<String>,
    /// Steps of SQLite's machine.
    pub steps: i64,
    /// Rows passed over by walking through a table.
    pub walked: i64,
}

const AROUND: [&str; 4] = ["BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"];
/// A page of the file.
const PAGE: u64 = 4096;

/// From now on what is asked on this connection is seen, in this thread.
pub fn watch(conn: &mut Connection) -> Result<()> {
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(see))?;
    Ok(())
}

fn see(event: TraceEvent<'_>) {
    let TraceEvent::Profile(statement, _) = event else { return };
    let (steps, walked) = (statement.get_status(StatementStatus::VmStep), statement.get_status(StatementStatus::FullscanStep));
    let text = statement.expanded_sql().unwrap_or_default();
    // What FTS5 asks of its own tables is part of what it was asked.
    if AROUND.iter().any(|word| text.starts_with(word)) || text.contains("'main'.") {
        return;
    }
    SEEN.with_borrow_mut(|seen| {
        seen.steps += i64::from(steps);
        seen.walked += i64::from(walked);
        seen.statements.push(text);
    });
}

/// What `act` asked. On a connection whose statements have not run before: SQLite adds up over the runs of a statement.
pub fn seen<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, Seen)> {
    SEEN.take();
    let value = act()?;
    Ok((value, SEEN.take()))
}

/// How many pages of files this process read while `act` ran: those that were not in SQLite's own memory yet.
pub fn pages<T>(act: impl FnOnce() -> Result<T>) -> Result<(T, u64)> {
    let before = read_so_far()?;
    let value = act()?;
    // The look at the count is itself a small read.
    Ok((value, read_so_far()?.saturating_sub(before) / PAGE))
}

fn read_so_far() -> Result<u64> {
    let io = fs::read_to_string("/proc/self/io").context("this system does not tell what a process reads")?;
    let line = io.lines().find_map(|line| line.strip_prefix("rchar: ")).context("no count of what was read")?;
    Ok(line.trim().parse()?)
}
