//! Contacts of a client: people to ring in an emergency, in order, and others.

use serde::{Deserialize, Serialize};

use super::{Agreement, ContactPoint};
use crate::error::Result;
use crate::id::{ClientId, ContactId};
use crate::store::{Reader, Writer};
use crate::time::Date;

/// A contact as a form holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[allow(missing_docs)] // the words say it
pub struct ContactDetails {
    pub name: String,
    pub relationship: String,
    pub emergency: bool,
    pub phones: Vec<ContactPoint>,
    pub emails: Vec<ContactPoint>,
    pub may_be_told: String,
    pub release_until: Option<Date>,
    pub confirmed_on: Option<Date>,
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// What is known.
    pub details: ContactDetails,
    /// The release has ended.
    pub release_ended: bool,
}

/// Adds a contact, at the end of its kind.
pub fn add(w: &mut Writer, client: ClientId, contact: &ContactDetails, agreement: &Agreement) -> Result<ContactId> {
    todo!()
}

/// Changes a contact.
pub fn edit(w: &mut Writer, id: ContactId, contact: &ContactDetails, agreement: &Agreement) -> Result<()> {
    todo!()
}

/// Moves an emergency contact up (`-1`) or down (`1`) in the order.
pub fn reorder(w: &mut Writer, id: ContactId, by: i8) -> Result<()> {
    todo!()
}

/// Takes a contact out of view; the row and the trail stay.
pub fn remove(w: &mut Writer, id: ContactId, agreement: &Agreement) -> Result<()> {
    todo!()
}

/// Contacts, emergency ones first and in order. Given out whole: the caller records the disclosure.
pub fn of(r: &Reader, client: ClientId) -> Result<Vec<Contact>> {
    todo!()
}

/// The emergency contacts, disclosed: an act of its own in the trail. In discreet mode nothing is given out.
pub fn disclose_emergency(w: &mut Writer, client: ClientId) -> Result<Vec<Contact>> {
    todo!()
}
