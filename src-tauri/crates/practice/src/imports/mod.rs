//! Clients from a file another program wrote: bytes to text, text to a table, headers to fields, rows to candidates.
//!
//! Nothing here is stored. What cannot be read is a `Problem` with its row and column, never a silent loss; what has no
//! field of its own is kept in the remark.

mod aliases;
mod dates;
mod decode;
mod headers;
mod names;
mod problems;
mod rows;
mod table;
mod values;

pub use decode::Encoding;
pub use headers::{DateOrder, Field, Mapping, guess};
pub use problems::{Problem, ProblemKind, ReadError};
pub use rows::{Candidate, ClientStatus, Phone, candidates};
pub use table::{Row, Sheet};

/// Reads a whole file: any of the usual encodings and delimiters. Refuses what is no table of text at all; damage inside
/// it is listed in `Sheet::problems`.
pub fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let (text, encoding) = decode::decode(bytes)?;
    table::read(&text, encoding)
}

#[cfg(test)]
mod tests;
