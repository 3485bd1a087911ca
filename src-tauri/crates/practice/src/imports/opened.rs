//! A file that is looked at before it is imported: a mapping that can be corrected, rows with their problems, duplicates asked.
//! Kept in memory only; nothing is stored until [`super::run`].

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Candidate, Encoding, ImportField, Mapping, Problem, ProblemKind, Sheet};
use crate::clients::{self, ClientDetails, ClientStatus, ContactPoint};
use crate::error::{FileProblem, Refusal, Result};
use crate::id::ClientId;
use crate::name;
use crate::store::Reader;
use crate::time::Date;
use crate::words::Veil;

/// A file being looked at.
pub struct Opened {
    pub(super) file_name: String,
    sheet: Sheet,
    mapping: Mapping,
    pub(super) rows: Vec<OpenedRow>,
}

/// A row of it.
pub(super) struct OpenedRow {
    pub(super) candidate: Candidate,
    problems: Vec<Problem>,
    alike: Option<Alike>,
    pub(super) take: bool,
}

/// Whom a row is much like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Alike {
    /// Someone who is a client already.
    Client {
        /// Who.
        client: ClientId,
    },
    /// An earlier row of the same file.
    Row {
        /// Its number.
        row: u32,
    },
}

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RowStanding {
    /// It can be imported as it is.
    Ready,
    /// Something in it wants a look first; it is not taken until you say so.
    NeedsALook,
    /// Much like someone who is a client already, or like an earlier row; not taken until you say so.
    AlreadyAClient,
    /// It cannot be imported.
    Blocked,
}

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ImportFilter {
    All,
    Ready,
    NeedsALook,
    AlreadyAClient,
}

/// A page of the file's rows.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ImportPage {
    /// The file's own name, without its folder.
    pub file_name: String,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// What stands between its columns.
    pub delimiter: String,
    /// Its headers, and the first value of each column that has one.
    pub columns: Vec<ImportColumn>,
    /// The field of each column.
    pub mapping: Mapping,
    /// The rows asked for.
    pub rows: Vec<ImportRow>,
    /// How many the filter holds.
    pub total: u32,
    /// All rows.
    pub all: u32,
    /// Rows that stand so.
    pub ready: u32,
    /// Rows that stand so; blocked ones too.
    pub needs_a_look: u32,
    /// Rows that stand so.
    pub already_a_client: u32,
    /// Rows that would be imported now.
    pub taken: u32,
}

/// A column of the file.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ImportColumn {
    /// Its header.
    pub header: String,
    /// The first value in it.
    pub example: String,
}

/// A row as it would be imported.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ImportRow {
    /// What it would add.
    pub candidate: Candidate,
    /// What wants a look.
    pub problems: Vec<Problem>,
    /// Whom it is like.
    pub alike: Option<Alike>,
    /// How it stands.
    pub standing: RowStanding,
    /// It would be imported.
    pub take: bool,
}

impl OpenedRow {
    fn standing(&self) -> RowStanding {
        if self.problems.iter().any(|problem| problem.what.blocks()) {
            RowStanding::Blocked
        } else if self.alike.is_some() {
            RowStanding::AlreadyAClient
        } else if self.problems.iter().any(|problem| wants_a_look(&problem.what)) {
            RowStanding::NeedsALook
        } else {
            RowStanding::Ready
        }
    }
}

/// Where a value was lost, cut or could mean two things. What is kept as it stands, here or in the remark, is only shown.
fn wants_a_look(problem: &ProblemKind) -> bool {
    match problem {
        ProblemKind::NoName
        | ProblemKind::NoLastName
        | ProblemKind::NotADate { .. }
        | ProblemKind::AmbiguousDate { .. }
        | ProblemKind::UnlikelyDate { .. }
        | ProblemKind::TooLong { .. }
        | ProblemKind::TooManyColumns { .. }
        | ProblemKind::ExtraCells { .. }
        | ProblemKind::UnclosedQuote => true,
        ProblemKind::DoubtfulEmail { .. }
        | ProblemKind::DoubtfulPhone { .. }
        | ProblemKind::UnknownStatus { .. }
        | ProblemKind::UnknownTimeZone { .. }
        | ProblemKind::ControlCharacters => false,
    }
}

impl Opened {
    /// Reads a file and guesses its mapping.
    ///
    /// # Errors
    /// `FileUnreadable` with row and column where they are known.
    pub fn open(r: &Reader, file_name: &str, bytes: &[u8]) -> Result<Self> {
        let sheet = super::read(bytes)?;
        if let Some(problem) = sheet.problems.iter().find(|problem| problem.what == ProblemKind::UnclosedQuote) {
            // What follows an open quotation mark cannot be told apart: better nothing than half.
            let (row, column) = (Some(problem.row), problem.column);
            return Err(Refusal::FileUnreadable { reason: FileProblem::UnclosedQuote, row, column }.into());
        }
        let mapping = super::guess(&sheet);
        let mut opened = Self { file_name: file_name.to_owned(), sheet, mapping: mapping.clone(), rows: Vec::new() };
        opened.map(r, mapping)?;
        Ok(opened)
    }

    /// Reads the rows anew under another mapping; what was ticked or settled before is forgotten with the old one.
    ///
    /// # Errors
    /// `OutOfRange` when the mapping is not one of this file.
    pub fn map(&mut self, r: &Reader, mapping: Mapping) -> Result<()> {
        if mapping.columns.len() != self.sheet.headers.len() {
            return Err(Refusal::OutOfRange { field: crate::error::Field::Text }.into());
        }
        let known = clients::alike::Index::of(r)?;
        let mut in_file: HashMap<String, u32> = HashMap::new();
        let mut rows = Vec::with_capacity(self.sheet.rows.len());
        for (candidate, problems) in super::candidates(&self.sheet, &mapping, r.moment.today()) {
            let details = details(&candidate);
            let key = name::sort_key(&details.last_name, &details.first_name);
            let earlier = in_file.get(&key).map(|row| Alike::Row { row: *row });
            let alike = known.like(&details).map(|client| Alike::Client { client }).or(earlier);
            in_file.entry(key).or_insert(candidate.row);
            let mut row = OpenedRow { candidate, problems, alike, take: false };
            row.take = row.standing() == RowStanding::Ready;
            rows.push(row);
        }
        self.mapping = mapping;
        self.rows = rows;
        Ok(())
    }

    /// Takes a row, or leaves it out.
    ///
    /// # Errors
    /// `RowsNeedALook` for a row that cannot be imported, `NotFound`.
    pub fn take(&mut self, number: u32, take: bool) -> Result<()> {
        let row = self.row(number)?;
        if take && row.standing() == RowStanding::Blocked {
            return Err(Refusal::RowsNeedALook { row: number, rows: 1 }.into());
        }
        row.take = take;
        Ok(())
    }

    /// Settles a date that could not be read: one of its readings, or left empty. The row is taken where nothing else is in the way.
    ///
    /// # Errors
    /// `NotFound`, `InFuture`.
    pub fn settle_date(&mut self, today: Date, number: u32, column: u32, date: Option<Date>) -> Result<()> {
        let field = self.mapping.columns.get(column.saturating_sub(1) as usize).copied().flatten();
        let row = self.row(number)?;
        match field {
            Some(ImportField::Born) if date.is_some_and(|date| date > today) => {
                return Err(Refusal::InFuture { field: crate::error::Field::Born }.into());
            }
            Some(ImportField::Born) => row.candidate.born = date,
            Some(ImportField::Started) => row.candidate.started = date,
            _ => return Err(Refusal::OutOfRange { field: crate::error::Field::Text }.into()),
        }
        row.problems.retain(|problem| problem.column != Some(column));
        row.take = row.standing() == RowStanding::Ready;
        Ok(())
    }

    /// Rows of a filter. In discreet mode the file's contents are not given out, only how many rows stand how.
    #[must_use]
    pub fn page(&self, veil: Veil, filter: ImportFilter, offset: u32, limit: u32) -> ImportPage {
        let count = |standing: RowStanding| number(self.rows.iter().filter(|row| row.standing() == standing).count());
        let (needs_a_look, blocked) = (count(RowStanding::NeedsALook), count(RowStanding::Blocked));
        let held = |row: &&OpenedRow| match filter {
            ImportFilter::All => true,
            ImportFilter::Ready => row.standing() == RowStanding::Ready,
            ImportFilter::NeedsALook => matches!(row.standing(), RowStanding::NeedsALook | RowStanding::Blocked),
            ImportFilter::AlreadyAClient => row.standing() == RowStanding::AlreadyAClient,
        };
        let limit = if veil.hides() { 0 } else { limit.min(200) as usize };
        let example = |column: usize| {
            if veil.hides() {
                return String::new();
            }
            let filled = self.sheet.rows.iter().filter_map(|row| row.cells.get(column)).find(|cell| !cell.is_empty());
            filled.map(|cell| cell.chars().take(60).collect()).unwrap_or_default()
        };
        ImportPage {
            file_name: self.file_name.clone(),
            encoding: self.sheet.encoding,
            delimiter: self.sheet.delimiter.to_string(),
            columns: (0..self.sheet.headers.len())
                .map(|column| ImportColumn { header: self.sheet.headers[column].clone(), example: example(column) })
                .collect(),
            mapping: self.mapping.clone(),
            rows: self.rows.iter().filter(held).skip(offset as usize).take(limit).map(ImportRow::from).collect(),
            total: number(self.rows.iter().filter(held).count()),
            all: number(self.rows.len()),
            ready: count(RowStanding::Ready),
            needs_a_look: needs_a_look + blocked,
            already_a_client: count(RowStanding::AlreadyAClient),
            taken: number(self.rows.iter().filter(|row| row.take).count()),
        }
    }

    fn row(&mut self, number: u32) -> Result<&mut OpenedRow> {
        let found = self.rows.iter_mut().find(|row| row.candidate.row == number);
        found.ok_or_else(|| Refusal::NotFound { what: crate::error::Thing::Import }.into())
    }
}

impl From<&OpenedRow> for ImportRow {
    fn from(row: &OpenedRow) -> Self {
        Self {
            candidate: row.candidate.clone(),
            problems: row.problems.clone(),
            alike: row.alike.clone(),
            standing: row.standing(),
            take: row.take,
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The details a row would add.
pub(super) fn details(candidate: &Candidate) -> ClientDetails {
    let point = |value: &str, remark: &str| ContactPoint { value: value.to_owned(), remark: remark.to_owned() };
    ClientDetails {
        preferred_name: candidate.preferred_name.clone(),
        pronouns: candidate.pronouns.clone(),
        born: candidate.born,
        started: candidate.started,
        phones: candidate.phones.iter().map(|phone| point(&phone.number, &phone.remark)).collect(),
        emails: candidate.emails.iter().map(|email| point(email, "")).collect(),
        address: candidate.address.clone(),
        file_number: candidate.file_number.clone(),
        zone: (!candidate.time_zone.is_empty()).then(|| candidate.time_zone.clone()),
        tags: candidate.tags.clone(),
        remark: candidate.remark.clone(),
        ..ClientDetails::named(&candidate.last_name, &candidate.first_name)
    }
}

/// Where a row says nothing, a client of an old list is taken for one who comes.
pub(super) fn status(candidate: &Candidate) -> ClientStatus {
    candidate.status.unwrap_or(ClientStatus::Active)
}
