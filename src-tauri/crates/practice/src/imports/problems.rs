//! What can be wrong with a file or a row, as closed enums: the window has a sentence for each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{FileProblem, Refusal};

/// Why a file cannot be read at all. Limits are said so that the sentence can name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReadError {
    #[error("the file has no rows")]
    Empty,
    #[error("the file is larger than {limit_megabytes} MB")]
    TooLarge { limit_megabytes: u32 },
    /// A spreadsheet's own format (.xlsx, .ods, .xls): it can be saved as CSV.
    #[error("the file is a workbook")]
    Workbook,
    #[error("the file is not text")]
    NotText,
    #[error("the file has more than {limit} columns")]
    TooManyColumns { limit: u32 },
    #[error("the file has more than {limit} rows")]
    TooManyRows { limit: u32 },
}

/// Something in a row that wants a look. `row` is the number a spreadsheet shows, `column` counts from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Problem {
    pub row: u32,
    pub column: Option<u32>,
    /// The column's header as the file has it, empty without a column.
    pub header: String,
    pub what: ProblemKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// No name of any kind.
    NoName,
    /// Only one name, in a column that is not the last name's: taken as the only name, which it may well be.
    NoLastName,
    /// `readings` are dates it may have meant, such as with day and month exchanged.
    NotADate {
        seen: String,
        #[specta(type = Vec<String>)]
        readings: Vec<NaiveDate>,
    },
    /// Day and month cannot be told apart in the whole column.
    AmbiguousDate {
        seen: String,
        #[specta(type = Vec<String>)]
        readings: Vec<NaiveDate>,
    },
    /// A date of birth to come, or of another century.
    UnlikelyDate { seen: String },
    /// Kept as it is; it may still be right.
    DoubtfulEmail { seen: String },
    /// Too short, or spoilt by a spreadsheet (`4.47701E+11`). Kept as it is.
    DoubtfulPhone { seen: String },
    /// Kept in the remark.
    UnknownStatus { seen: String },
    /// Kept in the remark.
    UnknownTimeZone { seen: String },
    /// Cut at `limit` characters.
    TooLong { limit: u32 },
    /// Cells beyond `limit` were not read.
    TooManyColumns { limit: u32 },
    /// More cells than headers: most often a delimiter inside a value, so that values stand in the wrong column.
    ExtraCells { expected: u32, seen: u32 },
    /// A quotation mark opened here never closes: nothing after it could be read.
    UnclosedQuote,
    /// Control or direction-changing characters were taken out.
    ControlCharacters,
}

impl ProblemKind {
    /// Whether the row cannot be imported as it stands.
    pub fn blocks(&self) -> bool {
        matches!(self, ProblemKind::NoName | ProblemKind::UnclosedQuote)
    }
}

impl From<ReadError> for crate::error::Error {
    fn from(error: ReadError) -> Self {
        let reason = match error {
            ReadError::Empty => FileProblem::Empty,
            ReadError::TooLarge { .. } => FileProblem::TooLarge,
            ReadError::Workbook => FileProblem::Workbook,
            ReadError::NotText => FileProblem::NotText,
            ReadError::TooManyColumns { .. } => FileProblem::TooManyColumns,
            ReadError::TooManyRows { .. } => FileProblem::TooManyRows,
        };
        Refusal::FileUnreadable { reason, row: None, column: None }.into()
    }
}
