//! The likely duplicate: who among the clients is much like the details just given.

use std::collections::HashMap;

use super::{ClientDetails, store};
use crate::error::Result;
use crate::id::ClientId;
use crate::name::Likeness;
use crate::store::Reader;
use crate::time::Date;
use crate::words::fold;

/// From here on two names are close (Jaro-Winkler): one or two letters apart in a whole name.
const CLOSE: f64 = 0.93;
/// A number written with and without its country agrees in these last digits.
const LAST_DIGITS: usize = 9;
/// Fewer digits are an extension, not a number.
const FEWEST_DIGITS: usize = 6;
/// More than these no one compares.
const MOST: usize = 20;

/// What is compared of a client who exists.
pub(super) struct Known {
    pub(super) id: ClientId,
    pub(super) sort_key: String,
    pub(super) born: Option<Date>,
    pub(super) phones: Vec<String>,
    pub(super) emails: Vec<String>,
}

/// What agrees between two.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Agreeing {
    /// 1 for the same name, in either order; 0 for nothing in common.
    name: f64,
    same_name: bool,
    born: bool,
    phone: bool,
    email: bool,
}

impl Agreeing {
    fn alike(self) -> bool {
        self.same_name || self.name >= CLOSE || self.phone || self.email
    }

    /// A name weighs more than a birth date, that more than a point of contact, which families share.
    fn weight(self) -> u32 {
        let name = if self.same_name {
            6
        } else if self.name >= CLOSE {
            4
        } else {
            0
        };
        name + 3 * u32::from(self.born) + 2 * u32::from(self.phone) + 2 * u32::from(self.email)
    }
}

/// Those who are much like these details, most alike first. Names compare folded and in either order.
pub fn alike(r: &Reader, details: &ClientDetails) -> Result<Vec<Likeness>> {
    let given = Given::new(details);
    let mut found: Vec<(Agreeing, Known)> = store::alike::everyone(r)?
        .into_iter()
        .map(|known| (given.against(&known), known))
        .filter(|(agreeing, _)| agreeing.alike())
        .collect();
    // A stable sort: those who are as much alike stay in the order of the list.
    found.sort_by(|(a, _), (b, _)| b.weight().cmp(&a.weight()).then(b.name.total_cmp(&a.name)));
    found.truncate(MOST);
    found.into_iter().map(|(agreeing, known)| likeness(r, agreeing, known)).collect()
}

/// In discreet mode the marks of what agrees stay; the particulars are not given out.
fn likeness(r: &Reader, agreeing: Agreeing, known: Known) -> Result<Likeness> {
    let shown = store::alike::shown(r, known.id)?;
    let open = !r.veil.hides();
    let first = |points: Vec<String>| points.into_iter().next().filter(|_| open).unwrap_or_default();
    Ok(Likeness {
        client: known.id,
        name: shown.name,
        born: known.born.filter(|_| open),
        phone: first(known.phones),
        email: first(known.emails),
        file_number: shown.file_number,
        started: shown.started,
        completed: shown.completed,
        same_name: agreeing.same_name,
        same_born: agreeing.born,
        same_phone: agreeing.phone,
        same_email: agreeing.email,
    })
}

/// The details given, ready to compare.
struct Given {
    names: [String; 2],
    born: Option<Date>,
    phones: Vec<String>,
    emails: Vec<String>,
}

impl Given {
    fn new(details: &ClientDetails) -> Self {
        Self {
            names: both_orders(&fold(&details.last_name), &fold(&details.first_name)),
            born: details.born,
            phones: details.phones.iter().filter_map(|point| number(&point.value)).collect(),
            emails: details.emails.iter().map(|point| address(&point.value)).filter(|address| !address.is_empty()).collect(),
        }
    }

    fn against(&self, known: &Known) -> Agreeing {
        let (last, first) = known.sort_key.split_once('\u{1}').unwrap_or((&known.sort_key, ""));
        let names = both_orders(last, first);
        // A name that folds to nothing is like none.
        let pairs =
            || self.names.iter().flat_map(|given| names.iter().map(move |known| (given, known))).filter(|(_, known)| !known.is_empty());
        Agreeing {
            name: pairs().map(|(given, known)| strsim::jaro_winkler(given, known)).fold(0.0, f64::max),
            same_name: pairs().any(|(given, known)| given == known),
            born: self.born.is_some() && self.born == known.born,
            phone: known.phones.iter().filter_map(|value| number(value)).any(|value| self.phones.contains(&value)),
            email: known.emails.iter().any(|value| self.emails.contains(&address(value))),
        }
    }
}

/// Last name first, and first name first.
fn both_orders(last: &str, first: &str) -> [String; 2] {
    [format!("{last} {first}").trim().to_owned(), format!("{first} {last}").trim().to_owned()]
}

/// The last digits of a phone number, or `None` where there are too few to tell anything.
fn number(value: &str) -> Option<String> {
    let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= FEWEST_DIGITS).then(|| digits[digits.len().saturating_sub(LAST_DIGITS)..].iter().collect())
}

fn address(value: &str) -> String {
    value.trim().to_lowercase()
}
/// Everyone, indexed, to compare many at once. Alike is here the same name in either order, phone or email; a close name
/// counts only with the same birth date, for to compare every row of a long file with every client letter by letter takes minutes.
pub(crate) struct Index {
    names: HashMap<String, ClientId>,
    phones: HashMap<String, ClientId>,
    emails: HashMap<String, ClientId>,
    born: HashMap<Date, Vec<Known>>,
}

impl Index {
    /// Of everyone who is a client.
    pub(crate) fn of(r: &Reader) -> Result<Self> {
        let mut index = Self { names: HashMap::new(), phones: HashMap::new(), emails: HashMap::new(), born: HashMap::new() };
        for known in store::alike::everyone(r)? {
            let (last, first) = known.sort_key.split_once('\u{1}').unwrap_or((&known.sort_key, ""));
            for name in both_orders(last, first).into_iter().filter(|name| !name.is_empty()) {
                index.names.entry(name).or_insert(known.id);
            }
            for phone in known.phones.iter().filter_map(|value| number(value)) {
                index.phones.entry(phone).or_insert(known.id);
            }
            for email in known.emails.iter().map(|value| address(value)) {
                index.emails.entry(email).or_insert(known.id);
            }
            if let Some(born) = known.born {
                index.born.entry(born).or_default().push(known);
            }
        }
        Ok(index)
    }

    /// The first who is like these details.
    pub(crate) fn like(&self, details: &ClientDetails) -> Option<ClientId> {
        let given = Given::new(details);
        let close = |known: &&Known| given.against(known).name >= CLOSE;
        given
            .names
            .iter()
            .find_map(|name| self.names.get(name))
            .or_else(|| given.phones.iter().find_map(|phone| self.phones.get(phone)))
            .or_else(|| given.emails.iter().find_map(|email| self.emails.get(email)))
            .copied()
            .or_else(|| self.born.get(&given.born?)?.iter().find(close).map(|known| known.id))
    }
}
