//! Rows to candidates: what each row would add, and what in it wants a look first.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::clients::ClientStatus;

use super::dates::{self, Reading};
use super::names;
use super::values::{self, clean, fold};
use super::{DateOrder, ImportField, Mapping, Problem, ProblemKind, Row, Sheet};

/// In characters. Names of a hundred exist; the others are what fits the field they go to.
const NAME_CHARS: usize = crate::words::LINE;
const LINE_CHARS: usize = crate::words::LINE;
const REMARK_CHARS: usize = crate::words::PARAGRAPH;

/// A phone number; `remark` says which it is where the file does ("Work").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Phone {
    pub number: String,
    pub remark: String,
}

/// A client as a row describes them. Empty texts mean that the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Candidate {
    /// As a spreadsheet numbers it.
    pub row: u32,
    pub last_name: String,
    pub first_name: String,
    pub preferred_name: String,
    pub pronouns: String,
    #[specta(type = Option<String>)]
    pub born: Option<NaiveDate>,
    #[specta(type = Option<String>)]
    pub started: Option<NaiveDate>,
    pub emails: Vec<String>,
    pub phones: Vec<Phone>,
    pub address: String,
    pub status: Option<ClientStatus>,
    pub file_number: String,
    /// An IANA name, such as Europe/Lisbon.
    pub time_zone: String,
    pub remark: String,
    pub tags: Vec<String>,
}

/// Reads every row under a mapping. Each candidate comes with its problems, the file's own damage in that row included.
/// `today` is in the practice's zone: nobody was born after it.
pub fn candidates(sheet: &Sheet, mapping: &Mapping, today: NaiveDate) -> Vec<(Candidate, Vec<Problem>)> {
    let orders: Vec<Option<DateOrder>> = (0..sheet.headers.len()).map(|column| order(sheet, mapping, column)).collect();
    let mut found = Vec::with_capacity(sheet.rows.len());
    let mut damage: Vec<&Problem> = sheet.problems.iter().collect();
    damage.sort_by_key(|problem| problem.row);
    for row in &sheet.rows {
        let from = damage.partition_point(|problem| problem.row < row.number);
        let own = damage[from..].iter().take_while(|problem| problem.row == row.number);
        let mut reader = Reader {
            row,
            headers: &sheet.headers,
            today,
            candidate: Candidate { row: row.number, ..Candidate::default() },
            problems: own.map(|problem| (*problem).clone()).collect(),
            parts: Parts::default(),
        };
        for (column, cell) in row.cells.iter().enumerate() {
            let field = mapping.columns.get(column).copied().flatten();
            reader.cell(column, cell, field, orders.get(column).copied().flatten());
        }
        found.push(reader.finish());
    }
    found
}

/// Which number is the day in a column: what its own dates prove, else what the user said.
fn order(sheet: &Sheet, mapping: &Mapping, column: usize) -> Option<DateOrder> {
    mapping.columns.get(column).copied().flatten().filter(|field| field.is_date())?;
    dates::proven(sheet.rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str)).or(mapping.dates)
}

/// What is put together only once the whole row is read.
#[derive(Default)]
struct Parts {
    filled: Vec<ImportField>,
    whole: String,
    middle: String,
    street: Vec<String>,
    city: String,
    region: String,
    post_code: String,
    country: String,
    remark: Vec<String>,
}

struct Reader<'a> {
    row: &'a Row,
    headers: &'a [String],
    today: NaiveDate,
    candidate: Candidate,
    problems: Vec<Problem>,
    parts: Parts,
}

impl Reader<'_> {
    fn say(&mut self, column: Option<usize>, what: ProblemKind) {
        let header = column.and_then(|c| self.headers.get(c)).cloned().unwrap_or_default();
        self.problems.push(Problem { row: self.row.number, column: column.map(|c| c as u32 + 1), header, what });
    }

    /// Cuts what is too long and says so.
    fn fit(&mut self, column: Option<usize>, mut text: String, limit: usize) -> String {
        if let Some((end, _)) = text.char_indices().nth(limit) {
            text.truncate(end);
            self.say(column, ProblemKind::TooLong { limit: limit as u32 });
        }
        text
    }

    fn cell(&mut self, column: usize, cell: &str, field: Option<ImportField>, order: Option<DateOrder>) {
        let (text, controls) = clean(cell);
        if controls {
            self.say(Some(column), ProblemKind::ControlCharacters);
        }
        if text.is_empty() {
            return;
        }
        // A second column for a field that takes one loses nothing: it goes where unknown columns go.
        let Some(field) = field.filter(|field| field.repeats() || !self.parts.filled.contains(field)) else {
            return self.keep(column, &text);
        };
        self.parts.filled.push(field);
        match field {
            ImportField::LastName => self.candidate.last_name = self.line(column, &text, NAME_CHARS),
            ImportField::FirstName => self.candidate.first_name = self.line(column, &text, NAME_CHARS),
            ImportField::MiddleName => self.parts.middle = self.line(column, &text, NAME_CHARS),
            ImportField::FullName => self.parts.whole = self.line(column, &text, NAME_CHARS),
            ImportField::PreferredName => self.candidate.preferred_name = self.line(column, &text, NAME_CHARS),
            ImportField::Pronouns => self.candidate.pronouns = self.line(column, &text, LINE_CHARS),
            ImportField::Born => self.candidate.born = self.date(column, &text, order, self.today),
            // A start may be booked ahead, but not by more than a year.
            ImportField::Started => {
                let latest = self.today.checked_add_days(Days::new(366)).unwrap_or(self.today);
                self.candidate.started = self.date(column, &text, order, latest);
            }
            ImportField::Email => self.emails(column, &text),
            ImportField::Phone => self.phones(column, &text),
            ImportField::Address => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
                let street = self.fit(Some(column), lines, LINE_CHARS);
                self.parts.street.push(street);
            }
            ImportField::City => self.parts.city = self.line(column, &text, LINE_CHARS),
            ImportField::Region => self.parts.region = self.line(column, &text, LINE_CHARS),
            ImportField::PostCode => self.parts.post_code = self.line(column, &text, LINE_CHARS),
            ImportField::Country => self.parts.country = self.line(column, &text, LINE_CHARS),
            ImportField::Status => match status(&text) {
                Some(status) => self.candidate.status = Some(status),
                None => {
                    self.keep(column, &text);
                    self.say(Some(column), ProblemKind::UnknownStatus { seen: short(&text) });
                }
            },
            ImportField::FileNumber => self.candidate.file_number = self.line(column, &text, LINE_CHARS),
            ImportField::TimeZone => match text.parse::<chrono_tz::Tz>() {
                Ok(zone) => self.candidate.time_zone = zone.name().to_owned(),
                Err(_) => {
                    self.keep(column, &text);
                    self.say(Some(column), ProblemKind::UnknownTimeZone { seen: short(&text) });
                }
            },
            ImportField::Tags => {
                for tag in values::list(&text) {
                    let tag = self.fit(Some(column), tag, LINE_CHARS);
                    if !self.candidate.tags.contains(&tag) {
                        self.candidate.tags.push(tag);
                    }
                }
            }
            ImportField::Remark => self.parts.remark.push(text),
        }
    }

    /// What has no field is kept in the remark, under its header.
    fn keep(&mut self, column: usize, text: &str) {
        let header = self.headers.get(column).cloned().unwrap_or_else(|| format!("Column {}", column + 1));
        self.parts.remark.push(format!("{header}: {text}"));
    }

    fn line(&mut self, column: usize, text: &str, limit: usize) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.fit(Some(column), line, limit)
    }

    fn date(&mut self, column: usize, text: &str, order: Option<DateOrder>, latest: NaiveDate) -> Option<NaiveDate> {
        if values::is_nothing(text) {
            return None;
        }
        let seen = short(text);
        // Nobody living was born before; a practice is younger still.
        let earliest = NaiveDate::from_ymd_opt(1880, 1, 1)?;
        let likely = |date: &NaiveDate| (earliest..=latest).contains(date);
        match dates::read(text, order, latest) {
            Reading::Date(date) if likely(&date) => return Some(date),
            Reading::Date(_) => self.say(Some(column), ProblemKind::UnlikelyDate { seen }),
            Reading::Not(readings) => {
                self.say(Some(column), ProblemKind::NotADate { seen, readings: readings.into_iter().filter(likely).collect() })
            }
            Reading::Either(one, other) => match (likely(&one), likely(&other)) {
                // Only one of them can be: the other is still to come.
                (true, false) => return Some(one),
                (false, true) => return Some(other),
                (true, true) => self.say(Some(column), ProblemKind::AmbiguousDate { seen, readings: vec![one, other] }),
                (false, false) => self.say(Some(column), ProblemKind::UnlikelyDate { seen }),
            },
        }
        None
    }

    fn emails(&mut self, column: usize, text: &str) {
        for (email, doubtful) in values::emails(text) {
            let email = self.fit(Some(column), email, LINE_CHARS);
            if doubtful {
                self.say(Some(column), ProblemKind::DoubtfulEmail { seen: short(&email) });
            }
            if !self.candidate.emails.contains(&email) {
                self.candidate.emails.push(email);
            }
        }
    }

    fn phones(&mut self, column: usize, text: &str) {
        let remark = self.headers.get(column).map(|header| which_phone(header)).unwrap_or_default();
        for (number, doubtful) in values::phones(text) {
            let number = self.fit(Some(column), number, LINE_CHARS);
            if doubtful {
                self.say(Some(column), ProblemKind::DoubtfulPhone { seen: short(&number) });
            }
            if !self.candidate.phones.iter().any(|phone| phone.number == number) {
                self.candidate.phones.push(Phone { number, remark: remark.to_owned() });
            }
        }
    }

    fn finish(mut self) -> (Candidate, Vec<Problem>) {
        self.name();
        self.address();
        let remark = self.parts.remark.join("\n");
        self.candidate.remark = self.fit(None, remark, REMARK_CHARS);
        self.problems.sort_by_key(|problem| problem.column.unwrap_or(u32::MAX));
        (self.candidate, self.problems)
    }

    fn name(&mut self) {
        let candidate = &mut self.candidate;
        if candidate.last_name.is_empty() && candidate.first_name.is_empty() {
            let name = names::split(&self.parts.whole);
            (candidate.last_name, candidate.first_name) = (name.last, name.first);
            if candidate.preferred_name.is_empty() {
                candidate.preferred_name = name.preferred;
            }
        }
        if !self.parts.middle.is_empty() {
            let both = format!("{} {}", candidate.first_name, self.parts.middle);
            candidate.first_name = both.trim().to_owned();
        }
        if candidate.last_name.is_empty() {
            // Someone with one name has a last name only.
            candidate.last_name = std::mem::take(&mut candidate.first_name);
            if candidate.last_name.is_empty() {
                candidate.last_name = std::mem::take(&mut candidate.preferred_name);
            }
            let what = if candidate.last_name.is_empty() { ProblemKind::NoName } else { ProblemKind::NoLastName };
            self.say(None, what);
        }
    }

    fn address(&mut self) {
        let parts = &self.parts;
        let words = |texts: &[&String]| texts.iter().filter(|t| !t.is_empty()).map(|t| t.as_str()).collect::<Vec<_>>().join(" ");
        let place = words(&[&parts.city, &parts.region, &parts.post_code]);
        let lines = parts.street.iter().map(String::as_str).chain([place.as_str(), parts.country.as_str()]);
        let address = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
        self.candidate.address = self.fit(None, address, LINE_CHARS);
    }
}

/// Enough of a cell to recognise it in a sentence.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

fn which_phone(header: &str) -> &'static str {
    let header = fold(header);
    let has = |words: &[&str]| header.split(' ').any(|word| words.contains(&word));
    if has(&["work", "office", "business"]) {
        "Work"
    } else if has(&["home", "festnetz"]) {
        "Home"
    } else {
        ""
    }
}

fn status(text: &str) -> Option<ClientStatus> {
    let status = match fold(text).as_str() {
        "active" | "current" | "open" | "yes" | "y" | "true" | "1" | "x" | "aktiv" | "ja" | "actif" | "oui" | "activo" | "si"
        | "ongoing" => ClientStatus::Active,
        "inactive" | "discharged" | "closed" | "ended" | "finished" | "terminated" | "former" | "past" | "completed" | "no" | "n"
        | "false" | "0" | "inaktiv" | "beendet" | "abgeschlossen" | "nein" | "inactif" | "termine" | "non" | "inactivo" => {
            ClientStatus::Discharged
        }
        "waitlist" | "wait list" | "waitlisted" | "waiting" | "waiting list" | "on waitlist" | "warteliste" | "wartend"
        | "liste d attente" | "lista de espera" => ClientStatus::Waiting,
        "prospective" | "prospect" | "lead" | "inquiry" | "enquiry" | "new" | "potential" | "intake" | "pending" | "interessent" => {
            ClientStatus::Prospective
        }
        "archived" | "archive" | "archiviert" | "archive client" | "archivado" => ClientStatus::Archived,
        _ => return None,
    };
    Some(status)
}
