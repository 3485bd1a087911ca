//! How the window says days and states, written a second time from its wording.
use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;

/// Whether `text` names that day: "Thu 8 Jan 2026", "8 Jan", "Today", "Yesterday".
pub fn says_day(text: &str, day: NaiveDate, today: NaiveDate) -> bool {
    let text = text.to_lowercase();
    let plain = day.format("%-d %b").to_string().to_lowercase();
    let dated = match text.find(&plain) {
        // "8 Jan" is this year's, or carries its year; and is not the end of "18 Jan".
        Some(at) => {
            let before = text[..at].chars().next_back();
            let year = text[at + plain.len()..].trim_start();
            let says_year = year.chars().take(4).all(|c| c.is_ascii_digit()) && year.len() >= 4;
            let agrees = if says_year { year.starts_with(&day.year().to_string()) } else { day.year() == today.year() };
            !before.is_some_and(|c| c.is_ascii_digit()) && agrees
        }
        None => false,
    };
    let days = (day - today).num_days();
    dated || days == 0 && text.contains("today") || days == -1 && text.contains("yesterday")
}

/// "12:00–12:50".
pub fn span(starts: &DateTime<Tz>, minutes: i64) -> String {
    let ends = *starts + chrono::Duration::minutes(minutes);
    format!("{}–{}", starts.format("%H:%M"), ends.format("%H:%M"))
}

/// The word of a homework state.
pub fn homework(state: &str) -> &'static str {
    match state {
        "overdue" => "Overdue",
        "assigned" => "Set",
        "in_progress" => "In progress",
        "done" => "Done",
        "partly_done" => "Partly done",
        "not_done" => "Not done",
        _ => "None set",
    }
}

/// The word of a consent state.
pub fn consent(state: &str) -> &'static str {
    match state {
        "given" => "given",
        "declined" => "declined",
        "withdrawn" => "withdrawn",
        _ => "not recorded",
    }
}

/// Who booked.
pub fn booked(by: &str) -> &'static str {
    if by == "client" { "booked by client" } else { "booked by you" }
}

/// Whether `text` has `part` in it, whatever the letters' case.
pub fn says(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_from_its_neighbours_and_its_years() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let today = day("2026-01-15");
        assert!(says_day("Thu 8 Jan 2026 | No. 31", day("2026-01-08"), today));
        assert!(says_day("Thu 8 Jan", day("2026-01-08"), today));
        assert!(!says_day("Sun 18 Jan", day("2026-01-08"), today));
        assert!(!says_day("Thu 8 Jan", day("2025-01-08"), today));
        assert!(says_day("Yesterday", day("2026-01-14"), today));
    }
}
