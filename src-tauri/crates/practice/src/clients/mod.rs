//! Clients and their contacts: the likely duplicate, agreed changes of identity and contact details.

pub(crate) mod alike;
pub mod contacts;
mod details;
mod store;

use serde::{Deserialize, Serialize};
use serde_json::json;

pub use alike::alike;

use crate::audit::{self, Act, Event};
use crate::error::{Refusal, Result, Thing};
use crate::id::ClientId;
pub use crate::name::{Likeness, Name, NameOrder};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};

/// Where a client stands with the practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum ClientStatus {
    Prospective,
    Waiting,
    Active,
    Discharged,
    Archived,
}

/// A phone number or an email address, in the order of choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ContactPoint {
    /// The number or address.
    pub value: String,
    /// When and how it may be used.
    pub remark: String,
}

/// Identity and contact details, as a form holds them. Only `last_name` is required: the only name of one-name people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)] // the words say it
pub struct ClientDetails {
    pub last_name: String,
    pub first_name: String,
    pub preferred_name: String,
    pub name_order: NameOrder,
    /// For discreet mode; empty: derived.
    pub initials: String,
    pub pronouns: String,
    pub born: Option<Date>,
    /// Start date of therapy, where the therapist gives one.
    pub started: Option<Date>,
    pub phones: Vec<ContactPoint>,
    pub emails: Vec<ContactPoint>,
    pub address: String,
    pub file_number: String,
    /// IANA name, where it is not the therapist's.
    pub zone: Option<String>,
    pub tags: Vec<String>,
    pub remark: String,
}

impl ClientDetails {
    /// A name and nothing else.
    #[must_use]
    pub fn named(last_name: &str, first_name: &str) -> Self {
        Self {
            last_name: last_name.to_owned(),
            first_name: first_name.to_owned(),
            preferred_name: String::new(),
            name_order: NameOrder::GivenFirst,
            initials: String::new(),
            pronouns: String::new(),
            born: None,
            started: None,
            phones: Vec::new(),
            emails: Vec::new(),
            address: String::new(),
            file_number: String::new(),
            zone: None,
            tags: Vec::new(),
            remark: String::new(),
        }
    }
}

/// That a change was agreed with the client, how and when. [The user's caution: consent before updates to profiles.]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Agreement {
    /// How it was agreed, or that it only corrects a slip.
    pub how: AgreedHow,
    /// When; not in the future.
    pub on: Date,
}

/// How a change was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AgreedHow {
    InSession,
    Phone,
    Writing,
    Correction,
}

/// Adds a client. Unless `even_if_alike`, a likely duplicate is refused with those who are alike.
///
/// # Errors
/// `Empty`, `LikelyDuplicate`, text and date errors.
pub fn add(w: &mut Writer, details: &ClientDetails, status: ClientStatus, even_if_alike: bool) -> Result<ClientId> {
    let details = details.checked(w)?;
    if !even_if_alike {
        let likenesses = alike(w, &details)?;
        if !likenesses.is_empty() {
            return Err(Refusal::LikelyDuplicate { likenesses }.into());
        }
    }
    let id = store::insert(w, &details, status)?;
    audit::record(w, &event(Act::ClientAdded, id).with(json!({ "status": status, "even_if_alike": even_if_alike })))?;
    Ok(id)
}

/// Changes identity and contact details, which is agreed with the client. What changes nothing leaves no trace.
///
/// # Errors
/// `NotFound`, `InFuture`, text errors.
pub fn edit(w: &mut Writer, id: ClientId, details: &ClientDetails, agreement: &Agreement) -> Result<()> {
    let before = store::details(w, id)?.ok_or(NOT_FOUND)?;
    agreement.check(w)?;
    let after = details.checked(w)?;
    let fields = after.changed(&before);
    if fields.is_empty() {
        return Ok(());
    }
    store::update(w, id, &after)?;
    store::keep_change(w, id, agreement, &before, &after)?;
    audit::record(w, &event(Act::ClientChanged, id).with(json!({ "fields": fields, "agreed": agreement })))
}

/// Changes the status: no agreement asked.
///
/// # Errors
/// `NotFound`.
pub fn set_status(w: &mut Writer, id: ClientId, status: ClientStatus) -> Result<()> {
    let before = store::status(w, id)?.ok_or(NOT_FOUND)?;
    if before == status {
        return Ok(());
    }
    store::set_status(w, id, status)?;
    audit::record(w, &event(Act::ClientStatusChanged, id).with(json!({ "from": before, "to": status })))
}

/// The details for the form, unveiled; the page that shows them is entered in the trail.
///
/// # Errors
/// `NotFound`.
pub fn details(r: &Reader, id: ClientId) -> Result<ClientDetails> {
    Ok(store::details(r, id)?.ok_or(NOT_FOUND)?)
}

/// Refuses an id that is no client's.
///
/// # Errors
/// `NotFound`.
pub(crate) fn must_exist(r: &Reader, id: ClientId) -> Result<()> {
    Ok(store::status(r, id)?.map(drop).ok_or(NOT_FOUND)?)
}

const NOT_FOUND: Refusal = Refusal::NotFound { what: Thing::Client };

fn event(act: Act, id: ClientId) -> Event {
    Event::new(act, "client", Some(id.0), Some(id))
}

/// The last agreed change.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct LastChange {
    /// When it was made.
    pub at: Instant,
    /// How it was agreed.
    pub how: AgreedHow,
    /// When it was agreed.
    pub on: Date,
}

/// The last agreed change of a client or of one of their contacts, if any.
pub fn last_change(r: &Reader, id: ClientId) -> Result<Option<LastChange>> {
    store::last_change(r, id)
}

#[cfg(test)]
mod tests;
