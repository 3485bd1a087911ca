//! Clients from a file another program wrote: bytes to text, text to a table, headers to fields, rows to candidates.
//!
//! What cannot be read is a `Problem` with its row and column, never a silent loss; what has no
//! field of its own is kept in the remark.

mod aliases;
mod dates;
mod decode;
mod headers;
mod names;
mod opened;
mod problems;
mod rows;
mod run;
mod store;
mod table;
mod values;

pub use decode::{Encoding, LARGEST};
pub use headers::{DateOrder, ImportField, Mapping, guess};
pub use opened::{Alike, ImportColumn, ImportFilter, ImportPage, ImportRow, Opened, RowStanding};
pub use problems::{Problem, ProblemKind, ReadError};
pub use rows::{Candidate, Phone, candidates};
pub use run::{Progress, run, settle, undo};
pub use table::{Row, Sheet};

/// Reads a whole file: any of the usual encodings and delimiters. Refuses what is no table of text at all; damage inside
/// it is listed in `Sheet::problems`.
pub fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let (text, encoding) = decode::decode(bytes)?;
    table::read(&text, encoding)
}

#[cfg(test)]
mod tests;
