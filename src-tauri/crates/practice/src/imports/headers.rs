//! Headers to fields: the names other programs and people give their columns. A guess, for the user to correct.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Sheet;
use super::aliases::ALIASES;
use super::values::fold;

/// What a column can hold. Several columns may hold email addresses, phone numbers, parts of the street, tags
/// and remarks; of the others one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    LastName,
    FirstName,
    MiddleName,
    FullName,
    PreferredName,
    Pronouns,
    Born,
    Started,
    Email,
    Phone,
    Address,
    City,
    Region,
    PostCode,
    Country,
    Status,
    FileNumber,
    TimeZone,
    Tags,
    Remark,
}

impl ImportField {
    pub(super) fn repeats(self) -> bool {
        matches!(self, ImportField::Email | ImportField::Phone | ImportField::Address | ImportField::Tags | ImportField::Remark)
    }

    pub(super) fn is_date(self) -> bool {
        matches!(self, ImportField::Born | ImportField::Started)
    }
}

/// Which of 3/4/2025's numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// The field of each column, in the file's order; columns without one are kept in the remark. `dates` settles dates
/// that the file itself leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Mapping {
    pub columns: Vec<Option<ImportField>>,
    pub dates: Option<DateOrder>,
}

/// Guesses the field of each column from its header.
pub fn guess(sheet: &Sheet) -> Mapping {
    let folded: Vec<String> = sheet.headers.iter().map(|header| fold(header)).collect();
    let known: Vec<Option<(ImportField, usize)>> = folded.iter().map(|header| field(header)).collect();
    let mut columns: Vec<Option<ImportField>> = vec![None; known.len()];
    for (n, found) in known.iter().enumerate() {
        let Some((field, priority)) = *found else { continue };
        let better = |(m, other): (usize, &Option<(ImportField, usize)>)| other.is_some_and(|(f, p)| f == field && (p, m) < (priority, n));
        if field.repeats() || !known.iter().enumerate().any(better) {
            columns[n] = Some(field);
        }
    }
    settle_short_names(&folded, &mut columns);
    if columns.iter().all(Option::is_none) {
        guess_by_cells(sheet, &mut columns);
    }
    Mapping { columns, dates: None }
}

/// "Name", "Nom" and "Nombre" are whole names, unless another column holds the other half.
fn settle_short_names(folded: &[String], columns: &mut [Option<ImportField>]) {
    let has = |columns: &[Option<ImportField>], field| columns.contains(&Some(field));
    for n in 0..columns.len() {
        let short = matches!(folded[n].as_str(), "name" | "nom" | "nombre" | "nome" | "client name" | "client" | "names");
        if columns[n] != Some(ImportField::FullName) || !short {
            continue;
        }
        match (has(columns, ImportField::LastName), has(columns, ImportField::FirstName)) {
            (false, true) => columns[n] = Some(ImportField::LastName),
            (true, false) => columns[n] = Some(ImportField::FirstName),
            _ => {}
        }
    }
}

/// A table without headers: at least the addresses give themselves away.
fn guess_by_cells(sheet: &Sheet, columns: &mut [Option<ImportField>]) {
    for (n, column) in columns.iter_mut().enumerate() {
        let cells = || sheet.rows.iter().filter_map(|row| row.cells.get(n)).filter(|cell| !cell.trim().is_empty()).take(50);
        if cells().count() > 0 && cells().all(|cell| cell.contains('@')) {
            *column = Some(ImportField::Email);
        }
    }
}

/// Whether a first row is no header row: it names nothing, and holds an email address.
pub(super) fn are_data(headers: &[String]) -> bool {
    headers.iter().any(|h| h.contains('@')) && headers.iter().all(|h| field(&fold(h)).is_none())
}

fn field(folded: &str) -> Option<(ImportField, usize)> {
    // Numbered columns ("Phone 2"), and columns that say whose they are ("client_first_name").
    let plain = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let own = |header: &str| header.strip_prefix("client ").or_else(|| header.strip_prefix("patient ")).map(str::to_owned);
    let forms = [Some(folded.to_owned()), Some(plain.to_owned()), own(folded), own(plain)];
    forms
        .into_iter()
        .flatten()
        .filter(|form| !form.is_empty())
        .find_map(|form| ALIASES.iter().find_map(|(field, aliases)| aliases.iter().position(|alias| *alias == form).map(|at| (*field, at))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headers: &str) -> Vec<Option<ImportField>> {
        guess(&super::super::read(format!("{headers}\n").as_bytes()).unwrap()).columns
    }

    #[test]
    fn every_alias_is_folded_and_stands_for_one_field_only() {
        let all: Vec<&str> = ALIASES.iter().flat_map(|(_, aliases)| aliases.iter().copied()).collect();
        for (n, alias) in all.iter().enumerate() {
            assert_eq!(&fold(alias), alias);
            assert!(!all[..n].contains(alias), "{alias}");
        }
    }

    #[test]
    fn generic_headers_are_recognised_in_any_dress() {
        use ImportField::*;
        assert_eq!(
            guessed("client_first_name,CLIENT LAST-NAME,preferred_name,e_mail,Phone #2,date_of_birth,dob,Emergency Contact Name"),
            [Some(FirstName), Some(LastName), Some(PreferredName), Some(Email), Some(Phone), Some(Born), None, None]
        );
        assert_eq!(guessed("Prénom;Nom;Téléphone;Code postal"), [Some(FirstName), Some(LastName), Some(Phone), Some(PostCode)]);
        assert_eq!(guessed("Nombre;Apellidos;Correo electrónico"), [Some(FirstName), Some(LastName), Some(Email)]);
        assert_eq!(guessed("Name;Vorname;Straße"), [Some(LastName), Some(FirstName), Some(Address)]);
        assert_eq!(guessed("Name;Status"), [Some(FullName), Some(Status)]);
    }

    #[test]
    fn the_more_telling_of_two_columns_is_taken() {
        assert_eq!(guessed("Date Added,Start Date"), [None, Some(ImportField::Started)]);
        assert_eq!(guessed("Mobile Phone,Home Phone"), [Some(ImportField::Phone), Some(ImportField::Phone)]);
    }

    #[test]
    fn a_table_without_headers_loses_no_row() {
        let sheet = super::super::read(b"Ida,Kurz,ida@kurz.example\nJon,Marsh,jon@marsh.example\n").unwrap();
        assert_eq!((sheet.rows.len(), sheet.rows[0].number), (2, 1));
        assert_eq!(sheet.headers, ["Column 1", "Column 2", "Column 3"]);
        assert_eq!(guess(&sheet).columns, [None, None, Some(ImportField::Email)]);
    }
}
