//! Names, from any culture: the order they are shown in, their initials, the keys they sort and are found by; and whose is much
//! like whose.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::id::ClientId;
use crate::time::Date;
use crate::words::{Veil, fold};

/// Which name comes first where the whole name is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// "Amara Nwachukwu-Reyes".
    GivenFirst,
    /// "Nguyễn Thị Minh Châu".
    FamilyFirst,
}

/// A name as given out: in discreet mode every part holds initials only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Name {
    /// The whole name in the client's order; in discreet mode the initials.
    pub display: String,
    /// Last name; in discreet mode the initials.
    pub last: String,
    /// First names; empty for one-name people and in discreet mode.
    pub first: String,
    /// The one or two letters of the disc.
    pub initials: String,
}

impl Name {
    /// The name that may be given out under `veil`. `own_initials` are the therapist's, empty: derived.
    #[must_use]
    pub fn new(veil: Veil, last: &str, first: &str, order: NameOrder, own_initials: &str) -> Self {
        let discreet = if own_initials.is_empty() { discreet_initials(last, first) } else { own_initials.to_owned() };
        match veil {
            Veil::Open => Self {
                display: display(last, first, order),
                last: last.to_owned(),
                first: first.to_owned(),
                initials: disc(last, first, order),
            },
            Veil::Discreet => Self { display: discreet.clone(), last: discreet, first: String::new(), initials: disc(last, first, order) },
        }
    }
}

/// A client who is much like another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Likeness {
    /// The one who exists.
    pub client: ClientId,
    /// Their names.
    pub name: Name,
    /// Born.
    pub born: Option<Date>,
    /// First phone.
    pub phone: String,
    /// First email.
    pub email: String,
    /// File number.
    pub file_number: String,
    /// Start of therapy, given or derived.
    pub started: Option<Date>,
    /// Completed sessions.
    pub completed: u32,
    /// What agrees.
    pub same_name: bool,
    /// What agrees.
    pub same_born: bool,
    /// What agrees.
    pub same_phone: bool,
    /// What agrees.
    pub same_email: bool,
}

/// The whole name in its order.
#[must_use]
pub fn display(last: &str, first: &str, order: NameOrder) -> String {
    match (first.is_empty(), order) {
        (true, _) => last.to_owned(),
        (false, NameOrder::GivenFirst) => format!("{first} {last}"),
        (false, NameOrder::FamilyFirst) => format!("{last} {first}"),
    }
}

/// What the list sorts by.
#[must_use]
pub fn sort_key(last: &str, first: &str) -> String {
    format!("{}\u{1}{}", fold(last), fold(first))
}

/// What type-to-find looks in: every name in either order, and the file number.
#[must_use]
pub fn search_key(last: &str, first: &str, preferred: &str, file_number: &str) -> String {
    let (last, first) = (fold(last), fold(first));
    format!(" {first} {last} {first} {} {}", fold(preferred), fold(file_number))
}

fn first_letter(word: &str) -> Option<String> {
    word.graphemes(true).find(|g| g.chars().any(char::is_alphanumeric)).map(str::to_uppercase)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    // Particles such as "al-" in al-Khatib and "van der" stay out of the initials.
    text.split_whitespace().filter(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()) || word.contains('-'))
}

fn disc(last: &str, first: &str, order: NameOrder) -> String {
    let last = words(last).next().or(Some(last)).and_then(initial_of).unwrap_or_default();
    let first = words(first).next().and_then(initial_of).unwrap_or_default();
    match order {
        NameOrder::GivenFirst => first + &last,
        NameOrder::FamilyFirst => last + &first,
    }
}

fn initial_of(word: &str) -> Option<String> {
    word.split('-')
        .filter(|part| part.chars().next().is_some_and(|c| !c.is_lowercase()))
        .find_map(first_letter)
        .or_else(|| first_letter(word))
}

/// "A. N.-R.": first of the given names, then the family name with its hyphens.
fn discreet_initials(last: &str, first: &str) -> String {
    let family: Vec<String> = words(last)
        .map(|word| {
            word.split('-')
                .filter(|part| part.chars().next().is_some_and(|c| !c.is_lowercase()))
                .filter_map(first_letter)
                .map(|letter| letter + ".")
                .collect::<Vec<_>>()
                .join("-")
        })
        .filter(|part| !part.is_empty())
        .collect();
    let family = if family.is_empty() { first_letter(last).map(|l| l + ".").unwrap_or_default() } else { family.join(" ") };
    match words(first).next().and_then(initial_of) {
        Some(given) => format!("{given}. {family}"),
        None => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_follow_hyphens_and_leave_out_particles() {
        assert_eq!(discreet_initials("Nwachukwu-Reyes", "Amara"), "A. N.-R.");
        assert_eq!(discreet_initials("al-Khatib", "Yusuf"), "Y. K.");
        assert_eq!(discreet_initials("Suparman", ""), "S.");
        assert_eq!(discreet_initials("van der Westhuizen", "Anneke"), "A. W.");
        assert_eq!(discreet_initials("Guðmundsdóttir", "Þóra"), "Þ. G.");
        assert_eq!(discreet_initials("الحسيني", "عمر"), "ع. ا.");
    }

    #[test]
    fn the_display_order_is_the_clients() {
        assert_eq!(display("Nguyễn", "Thị Minh Châu", NameOrder::FamilyFirst), "Nguyễn Thị Minh Châu");
        assert_eq!(display("Suparman", "", NameOrder::GivenFirst), "Suparman");
        assert_eq!(disc("Nwachukwu-Reyes", "Amara", NameOrder::GivenFirst), "AN");
    }

    #[test]
    fn discreet_names_hold_initials_only() {
        let name = Name::new(Veil::Discreet, "Wiśniewski", "Tomasz", NameOrder::GivenFirst, "");
        assert_eq!((name.display.as_str(), name.last.as_str(), name.first.as_str()), ("T. W.", "T. W.", ""));
    }
}
