//! Text to a table. The csv crate does the reading; here the delimiter is found, rows get the numbers a spreadsheet
//! shows, and a quotation mark that never closes is found before it swallows the file.

use csv::{ReaderBuilder, StringRecord};

use super::headers::are_data;
use super::values::clean;
use super::{Encoding, Problem, ProblemKind, ReadError};

/// A client list has thirty columns; the widest known export has under two hundred.
const COLUMNS: usize = 500;
/// More cells in a line than this and it is no table: it is refused before any memory is spent on it.
const CELLS: usize = 20_000;
const ROWS: usize = 100_000;
/// Longer cells are cut: the longest remark of a real export is a few pages.
pub(super) const CELL_CHARS: usize = 65_536;
/// What the delimiter is judged by.
const SAMPLE_ROWS: usize = 50;
const SAMPLE_BYTES: usize = 64 * 1024;

/// A table as read: the header row, then every row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub encoding: Encoding,
    pub delimiter: char,
    /// Trimmed; a column without one is called "Column 3".
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
    /// Damage in the file itself, in order of rows.
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it: the header is usually 1, blank rows count, a line break inside quotes does not.
    pub number: u32,
    pub cells: Vec<String>,
}

pub(super) fn read(text: &str, encoding: Encoding) -> Result<Sheet, ReadError> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (declared, text) = declared_delimiter(&text);
    let delimiter = declared.unwrap_or_else(|| sniff(text));
    let quotes = scan(text, delimiter, usize::MAX);
    if quotes.widest > CELLS {
        return Err(ReadError::TooManyColumns { limit: COLUMNS as u32 });
    }
    let whole = quotes.open.as_ref().map_or(text, |open| &text[..open.at]);
    let mut rows = records(whole, delimiter)?;
    let mut problems = Vec::new();
    if let Some(open) = &quotes.open {
        let cell = text[open.at + 1..].lines().next().unwrap_or_default().to_owned();
        match rows.last_mut().filter(|row| row.number == open.row) {
            Some(row) => {
                row.cells.truncate(open.column);
                row.cells.push(cell);
            }
            None => rows.push(Row { number: open.row, cells: vec![cell] }),
        }
    }
    if rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let first = rows.remove(0);
    let mut headers: Vec<String> = first.cells.iter().map(|cell| clean(cell).0).collect();
    let headless = are_data(&headers);
    if headless {
        headers.iter_mut().for_each(String::clear);
        rows.insert(0, first);
    }
    while !headless && headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    if headers.len() > COLUMNS {
        return Err(ReadError::TooManyColumns { limit: COLUMNS as u32 });
    }
    for (n, header) in headers.iter_mut().enumerate().filter(|(_, header)| header.is_empty()) {
        *header = format!("Column {}", n + 1);
    }
    let named = |column: usize| headers.get(column).cloned().unwrap_or_default();
    for row in &mut rows {
        let mut say = |column: Option<usize>, what| {
            problems.push(Problem {
                row: row.number,
                column: column.map(|c| c as u32 + 1),
                header: column.map(named).unwrap_or_default(),
                what,
            });
        };
        if row.cells.len() > COLUMNS {
            row.cells.truncate(COLUMNS);
            say(None, ProblemKind::TooManyColumns { limit: COLUMNS as u32 });
        } else if row.cells.len() > headers.len() {
            say(None, ProblemKind::ExtraCells { expected: headers.len() as u32, seen: row.cells.len() as u32 });
        }
        for (column, cell) in row.cells.iter_mut().enumerate() {
            if let Some((end, _)) = cell.char_indices().nth(CELL_CHARS) {
                cell.truncate(end);
                say(Some(column), ProblemKind::TooLong { limit: CELL_CHARS as u32 });
            }
        }
    }
    if let Some(open) = quotes.open {
        let header = named(open.column);
        problems.push(Problem { row: open.row, column: Some(open.column as u32 + 1), header, what: ProblemKind::UnclosedQuote });
    }
    Ok(Sheet { encoding, delimiter: delimiter as char, headers, rows, problems })
}

/// A first line `sep=;`, which spreadsheets understand and hide.
fn declared_delimiter(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim_matches('"');
    match line.get(..4).filter(|head| head.eq_ignore_ascii_case("sep=")).map(|_| &line.as_bytes()[4..]) {
        Some([delimiter]) if delimiter.is_ascii() && !matches!(delimiter, b'"' | b'\n') => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter under which most rows are as wide as the first, and of those the one that makes most columns.
fn sniff(text: &str) -> u8 {
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let score = |delimiter: u8| {
        let widths = scan(sample, delimiter, SAMPLE_ROWS).widths;
        let first = widths.first().copied().unwrap_or_default();
        if first < 2 {
            return 0;
        }
        let alike = widths.iter().filter(|w| **w == first).count();
        1 + alike * 100 / widths.len() + first.min(COLUMNS)
    };
    // The last of equals wins, so the commonest stands last.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|d| score(*d)).unwrap_or(b',')
}

/// Where a quotation mark opens that never closes.
#[derive(Debug)]
struct Open {
    at: usize,
    row: u32,
    column: usize,
}

#[derive(Debug, Default)]
struct Scan {
    widths: Vec<usize>,
    widest: usize,
    open: Option<Open>,
}

impl Scan {
    fn close(&mut self, column: usize, blank: bool) {
        if !blank {
            self.widest = self.widest.max(column + 1);
            if self.widths.len() < SAMPLE_ROWS {
                self.widths.push(column + 1);
            }
        }
    }
}

/// Follows the quoting exactly as the csv crate does, without keeping anything. Widths are of the first `rows` rows
/// that are not blank.
fn scan(text: &str, delimiter: u8, rows: usize) -> Scan {
    #[derive(PartialEq)]
    enum At {
        FieldStart,
        ImportField,
        Quoted,
        QuoteInQuoted,
    }
    let mut found = Scan::default();
    let (mut at, mut row, mut column, mut line_start) = (At::FieldStart, 1_u32, 0_usize, 0_usize);
    let mut opened = 0;
    for (n, &byte) in text.as_bytes().iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::QuoteInQuoted,
            (At::Quoted, _) | (At::QuoteInQuoted, b'"') => At::Quoted,
            (At::FieldStart, b'"') => {
                opened = n;
                At::Quoted
            }
            (_, b'\n') => {
                found.close(column, n == line_start);
                if found.widths.len() >= rows {
                    return found;
                }
                (row, column, line_start) = (row.saturating_add(1), 0, n + 1);
                At::FieldStart
            }
            (_, byte) if byte == delimiter => {
                column += 1;
                At::FieldStart
            }
            _ => At::ImportField,
        };
    }
    found.close(column, text.len() == line_start);
    if at == At::Quoted {
        found.open = Some(Open { at: opened, row, column });
    }
    found
}

fn records(text: &str, delimiter: u8) -> Result<Vec<Row>, ReadError> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut number = 0_u32;
    loop {
        // The reader passes over blank lines before a record; a spreadsheet counts them.
        let from = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            // Text already decoded and read from memory leaves nothing to fail; what could is no text.
            Ok(false) => return Ok(rows),
            Err(_) => return Err(ReadError::NotText),
        }
        let blank = text.as_bytes()[from..].iter().take_while(|b| **b == b'\n').count();
        number = number.saturating_add(blank as u32 + 1);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() > ROWS {
            return Err(ReadError::TooManyRows { limit: ROWS as u32 });
        }
        let used = (0..record.len()).rev().find(|&n| !record[n].trim().is_empty()).map_or(0, |last| last + 1);
        rows.push(Row { number, cells: record.iter().take(used).map(str::to_owned).collect() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read(text, Encoding::Utf8).unwrap()
    }

    #[test]
    fn the_delimiter_is_the_one_that_fits_the_rows() {
        assert_eq!(sheet("a,b;c\n1,2\n").delimiter, ',');
        assert_eq!(sheet("Name, Vorname;Ort;Land\nKurz, Ida;Ulm;DE\n").headers, ["Name, Vorname", "Ort", "Land"]);
        assert_eq!(sheet("a\tb\n\"x,y\"\t2\n").delimiter, '\t');
        assert_eq!(sheet("a|b|c\n1|2|3\n").delimiter, '|');
        assert_eq!(sheet("only\none\n").rows.len(), 1);
    }

    #[test]
    fn a_declared_delimiter_is_taken_and_its_line_hidden() {
        let read = sheet("sep=|\r\na,b|c\r\n1|2\r\n");
        assert_eq!((read.headers, read.rows[0].number), (vec!["a,b".to_owned(), "c".to_owned()], 2));
    }

    #[test]
    fn rows_have_the_numbers_a_spreadsheet_shows() {
        let numbers: Vec<u32> = sheet("\na,b\n1,\"two\nlines\"\n\n\n,\n2,3\r4,5\r\n").rows.iter().map(|r| r.number).collect();
        assert_eq!(numbers, [3, 7, 8]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_placed_and_loses_nothing_before_it() {
        let read = sheet("name,note\nA,fine\nB,\"never closed\nC,x\n");
        assert_eq!(read.rows[1].cells, ["B", "never closed"]);
        assert_eq!(read.problems, [Problem { row: 3, column: Some(2), header: "note".to_owned(), what: ProblemKind::UnclosedQuote }]);
        assert_eq!(sheet("name\n\"A\nB\n").problems[0].row, 2);
    }

    #[test]
    fn a_line_of_too_many_cells_is_refused() {
        assert_eq!(read(&",x".repeat(501), Encoding::Utf8), Err(ReadError::TooManyColumns { limit: 500 }));
        assert_eq!(read(&format!("a,b\n{}", ",".repeat(1_000_000)), Encoding::Utf8), Err(ReadError::TooManyColumns { limit: 500 }));
    }

    #[test]
    fn a_wide_row_and_a_huge_cell_are_problems_of_their_row() {
        let read = sheet(&format!("a,b\n1,2,3\n{},2\n{}\n", "x".repeat(CELL_CHARS + 1), ",y".repeat(600)));
        let kinds: Vec<_> = read.problems.iter().map(|p| (p.row, p.what.clone())).collect();
        assert_eq!(
            kinds,
            [
                (2, ProblemKind::ExtraCells { expected: 2, seen: 3 }),
                (3, ProblemKind::TooLong { limit: CELL_CHARS as u32 }),
                (4, ProblemKind::TooManyColumns { limit: 500 }),
            ]
        );
    }
}
