//! Dates as people and programs write them. Which number is the day is never assumed: either the column proves it,
//! or both readings are given.

use chrono::{Datelike, Days, NaiveDate};

use super::DateOrder;
use super::values::fold;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Date(NaiveDate),
    /// Day first, month first.
    Either(NaiveDate, NaiveDate),
    /// No date; what it may have meant.
    Not(Vec<NaiveDate>),
}

/// Each month in English, German, French and Spanish, folded.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "janvier", "enero"],
    &["february", "februar", "feber", "fevrier", "febrero"],
    &["march", "marz", "mars", "marzo", "mrz"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

const AROUND: &[&str] = &[
    "de",
    "del",
    "of",
    "the",
    "le",
    "den",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reads one date. A year of two digits is the latest that does not lie after `latest`.
pub(super) fn read(text: &str, order: Option<DateOrder>, latest: NaiveDate) -> Reading {
    let text = without_time(text);
    if text.chars().any(char::is_alphabetic) {
        return named_month(text, latest).map_or(Reading::Not(Vec::new()), Reading::Date);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ', ',', '\u{2013}']).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| part.len() <= 8 && part.bytes().all(|b| b.is_ascii_digit())) {
        return Reading::Not(Vec::new());
    }
    match parts[..] {
        [y, m, d] if y.len() == 4 => match date(y, m, d) {
            Some(date) => Reading::Date(date),
            None => Reading::Not(date(y, d, m).into_iter().collect()),
        },
        [a, b, c] if a.len() <= 2 && b.len() <= 2 && matches!(c.len(), 2 | 4) => {
            let year = full_year(c, a, b, latest);
            let (day_first, month_first) = (date(&year, b, a), date(&year, a, b));
            // With full stops the day always comes first.
            let order = if text.contains('/') || !text.contains('.') { order } else { Some(DateOrder::DayFirst) };
            match (order, day_first, month_first) {
                (_, Some(one), Some(other)) if one == other => Reading::Date(one),
                (Some(DateOrder::DayFirst), Some(date), _) | (Some(DateOrder::MonthFirst), _, Some(date)) => Reading::Date(date),
                (None, Some(one), Some(other)) => Reading::Either(one, other),
                (None, Some(date), None) | (None, None, Some(date)) => Reading::Date(date),
                (_, one, other) => Reading::Not(one.or(other).into_iter().collect()),
            }
        }
        [all] if all.len() == 8 => date(&all[..4], &all[4..6], &all[6..]).map_or(Reading::Not(Vec::new()), Reading::Date),
        // A spreadsheet's own count of days, perhaps with the time of day as a fraction.
        [days] | [days, _] if days.len() == 5 && !text.contains(['/', '-', ' ']) => {
            let start = NaiveDate::from_ymd_opt(1899, 12, 30);
            let found = days.parse().ok().and_then(|days| start?.checked_add_days(Days::new(days)));
            found.map_or(Reading::Not(Vec::new()), Reading::Date)
        }
        _ => Reading::Not(Vec::new()),
    }
}

/// The order a whole column proves: some date in it can be read one way only, and none the other way only.
pub(super) fn proven<'a>(cells: impl Iterator<Item = &'a str>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells {
        let text = without_time(cell);
        let mut parts = text.split(['/', '-']).map(|part| part.trim().parse::<u32>());
        if let (Some(Ok(a)), Some(Ok(b)), Some(Ok(_)), None) = (parts.next(), parts.next(), parts.next(), parts.next()) {
            day_first |= (13..=31).contains(&a) && (1..=12).contains(&b);
            month_first |= (13..=31).contains(&b) && (1..=12).contains(&a);
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// Only the date of "2025-01-02T10:00:00Z" or "1/2/2025 10:30 AM".
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return text };
    let head = &text[..colon];
    head.rfind(|c: char| c == 'T' || c.is_whitespace()).map_or(text, |at| head[..at].trim_end().trim_end_matches(','))
}

fn date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    // Years 0 to 999 are slips of the keyboard.
    let year = year.parse().ok().filter(|year| *year >= 1000)?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

fn full_year(year: &str, a: &str, b: &str, latest: NaiveDate) -> String {
    if year.len() != 2 {
        return year.to_owned();
    }
    let this = format!("{}{year}", latest.year() / 100);
    // Of the two readings the earlier decides, so that both lie in one century.
    let first = [date(&this, b, a), date(&this, a, b)].into_iter().flatten().min();
    let past = first.map_or(this.as_str() <= latest.year().to_string().as_str(), |date| date <= latest);
    if past { this } else { format!("{}{year}", latest.year() / 100 - 1) }
}

/// "19 Jul 1991", "July 19th, 1991", "19. Juli 1991", "19 de julio de 1991", "19-Jul-91".
fn named_month(text: &str, latest: NaiveDate) -> Option<NaiveDate> {
    let folded = fold(text);
    let (mut month, mut numbers) = (None, Vec::new());
    for word in folded.split(' ').filter(|word| !AROUND.contains(word)) {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if digits.bytes().all(|b| b.is_ascii_digit()) {
            numbers.push(digits);
        } else if month.is_none() {
            month = Some(month_number(word)?);
        } else {
            return None;
        }
    }
    let month = month?.to_string();
    let [one, other] = numbers[..] else { return None };
    let (day, year) = if one.len() == 4 { (other, one) } else { (one, other) };
    let year = full_year(year, day, &month, latest);
    if day.len() <= 2 && year.len() == 4 { date(&year, &month, day) } else { None }
}

/// The month a word begins, if it is one only.
fn month_number(word: &str) -> Option<usize> {
    let fits =
        |names: &[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word) || word == "sept" && *name == "september");
    let mut fitting = MONTHS.iter().enumerate().filter(|(_, names)| fits(names)).map(|(n, _)| n + 1);
    fitting.next().filter(|_| fitting.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn reading(text: &str) -> Reading {
        read(text, None, on("2026-01-15"))
    }

    #[test]
    fn one_date_in_many_dresses_is_one_date() {
        for text in [
            "1991-07-19",
            "19/07/1991",
            "7/19/1991",
            "19.7.1991",
            "19.07.91",
            "19 Jul 1991",
            "Jul 19, 1991",
            "July 19th, 1991",
            "19. Juli 1991",
            "19 juillet 1991",
            "19 de julio de 1991",
            "19-Jul-91",
            "19910719",
            "33438",
            "33438.5",
            "1991-07-19T10:00:00Z",
            "7/19/1991 10:30 AM",
            "Fri, 19 July 1991",
            "1991/7/19",
            "1991. 07. 19",
        ] {
            assert_eq!(reading(text), Reading::Date(on("1991-07-19")), "{text}");
        }
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        assert_eq!(reading("3/4/2025"), Reading::Either(on("2025-04-03"), on("2025-03-04")));
        assert_eq!(read("3/4/2025", Some(DateOrder::MonthFirst), on("2026-01-15")), Reading::Date(on("2025-03-04")));
        assert_eq!(reading("3.4.2025"), Reading::Date(on("2025-04-03")));
        assert_eq!(reading("5/5/2025"), Reading::Date(on("2025-05-05")));
        assert_eq!(proven(["3/4/2025", "13/4/2025"].into_iter()), Some(DateOrder::DayFirst));
        assert_eq!(proven(["3/4/2025", "4/13/2025 10:00"].into_iter()), Some(DateOrder::MonthFirst));
        assert_eq!(proven(["13/4/2025", "4/13/2025"].into_iter()), None);
    }

    #[test]
    fn two_digits_are_the_past() {
        assert_eq!(reading("19 Jul 27"), Reading::Date(on("1927-07-19")));
        assert_eq!(reading("31/12/25"), Reading::Date(on("2025-12-31")));
        assert_eq!(reading("31/12/26"), Reading::Date(on("1926-12-31")));
    }

    #[test]
    fn what_is_no_date_says_what_it_may_have_meant() {
        assert_eq!(reading("2025-13-02"), Reading::Not(vec![on("2025-02-13")]));
        for text in ["soon", "1991", "31/02/2020", "19 Foo 1991", "12", "1/2", "99999999", "19 Jul", "0/0/0000", "１９９１"] {
            assert_eq!(reading(text), Reading::Not(vec![]), "{text}");
        }
    }
}
