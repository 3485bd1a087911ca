//! Clients and their contacts: the list, the likely duplicate, agreed changes of identity and contact details.

pub mod contacts;
pub mod list;
pub mod name;

use serde::{Deserialize, Serialize};

pub use name::{Name, NameOrder};

use crate::error::Result;
use crate::id::ClientId;
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

/// Adds a client. Unless `even_if_alike`, a likely duplicate is refused with those who are alike.
///
/// # Errors
/// `Empty`, `LikelyDuplicate`, text and date errors.
pub fn add(w: &mut Writer, details: &ClientDetails, status: ClientStatus, even_if_alike: bool) -> Result<ClientId> {
    todo!()
}

/// Those who are much like these details, most alike first. Names compare folded and in either order.
pub fn alike(r: &Reader, details: &ClientDetails) -> Result<Vec<Likeness>> {
    todo!()
}

/// Changes identity and contact details, which is agreed with the client.
///
/// # Errors
/// `NotFound`, `InFuture`, text errors.
pub fn edit(w: &mut Writer, id: ClientId, details: &ClientDetails, agreement: &Agreement) -> Result<()> {
    todo!()
}

/// Changes the status: no agreement asked.
pub fn set_status(w: &mut Writer, id: ClientId, status: ClientStatus) -> Result<()> {
    todo!()
}

/// The details for the form, unveiled; the page that shows them is entered in the trail.
pub fn details(r: &Reader, id: ClientId) -> Result<ClientDetails> {
    todo!()
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

/// The last agreed change of a client, if any.
pub fn last_change(r: &Reader, id: ClientId) -> Result<Option<LastChange>> {
    todo!()
}
