//! Contacts of a client: people to ring in an emergency, in order, and others.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Agreement, ContactPoint, must_exist, store};
use crate::audit::{self, Act, Event};
use crate::error::{Refusal, Result, Thing};
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
///
/// # Errors
/// `NotFound`, `Empty`, `InFuture`, text errors.
pub fn add(w: &mut Writer, client: ClientId, contact: &ContactDetails, agreement: &Agreement) -> Result<ContactId> {
    must_exist(w, client)?;
    agreement.check(w)?;
    let contact = contact.checked(w)?;
    let id = store::contacts::insert(w, client, &contact)?;
    keep(w, client, id, agreement, None, Some(&contact))?;
    audit::record(w, &event(Act::ContactAdded, client, id).with(json!({ "emergency": contact.emergency, "agreed": agreement })))?;
    Ok(id)
}

/// Changes a contact. One that becomes, or is no longer, an emergency contact goes to the end of its new kind.
///
/// # Errors
/// `NotFound`, `Empty`, `InFuture`, text errors.
pub fn edit(w: &mut Writer, id: ContactId, contact: &ContactDetails, agreement: &Agreement) -> Result<()> {
    let (client, before) = store::contacts::one(w, id)?.ok_or(NOT_FOUND)?;
    agreement.check(w)?;
    let after = contact.checked(w)?;
    if after == before {
        return Ok(());
    }
    store::contacts::update(w, client, id, &before, &after)?;
    keep(w, client, id, agreement, Some(&before), Some(&after))?;
    audit::record(w, &event(Act::ContactChanged, client, id).with(json!({ "agreed": agreement })))
}

/// Moves an emergency contact up (`-1`) or down (`1`) in the order. At the end of the order it stays.
///
/// # Errors
/// `NotFound`.
pub fn reorder(w: &mut Writer, id: ContactId, by: i8) -> Result<()> {
    let (client, details) = store::contacts::one(w, id)?.ok_or(NOT_FOUND)?;
    let mut order = store::contacts::order(w, client, details.emergency)?;
    let from = order.iter().position(|other| *other == id).ok_or(NOT_FOUND)?;
    let to = from.saturating_add_signed(by.into()).min(order.len() - 1);
    if to == from {
        return Ok(());
    }
    let moved = order.remove(from);
    order.insert(to, moved);
    store::contacts::set_order(w, &order)?;
    audit::record(w, &event(Act::ContactMoved, client, id).with(json!({ "from": from + 1, "to": to + 1 })))
}

/// Takes a contact out of view; the row and the trail stay.
///
/// # Errors
/// `NotFound`, `InFuture`.
pub fn remove(w: &mut Writer, id: ContactId, agreement: &Agreement) -> Result<()> {
    let (client, before) = store::contacts::one(w, id)?.ok_or(NOT_FOUND)?;
    agreement.check(w)?;
    store::contacts::remove(w, id)?;
    keep(w, client, id, agreement, Some(&before), None)?;
    audit::record(w, &event(Act::ContactRemoved, client, id).with(json!({ "agreed": agreement })))
}

/// Contacts, emergency ones first and in order. Given out whole: the caller records the disclosure.
pub fn of(r: &Reader, client: ClientId) -> Result<Vec<Contact>> {
    let today = r.moment.today();
    let contacts = store::contacts::of(r, client)?;
    Ok(contacts
        .into_iter()
        .map(|(id, details)| Contact { id, release_ended: details.release_until.is_some_and(|until| until < today), details })
        .collect())
}

/// The emergency contacts, disclosed: an act of its own in the trail. In discreet mode nothing is given out.
///
/// # Errors
/// `NotFound`.
pub fn disclose_emergency(w: &mut Writer, client: ClientId) -> Result<Vec<Contact>> {
    must_exist(w, client)?;
    if w.veil.hides() {
        return Ok(Vec::new());
    }
    let contacts: Vec<Contact> = of(w, client)?.into_iter().filter(|contact| contact.details.emergency).collect();
    let ids: Vec<ContactId> = contacts.iter().map(|contact| contact.id).collect();
    audit::record(
        w,
        &Event::new(Act::ContactsDisclosed, "client", Some(client.0), Some(client)).with(json!({ "emergency": true, "contacts": ids })),
    )?;
    Ok(contacts)
}

const NOT_FOUND: Refusal = Refusal::NotFound { what: Thing::Contact };

fn event(act: Act, client: ClientId, id: ContactId) -> Event {
    Event::new(act, "contact", Some(id.0), Some(client))
}

/// Keeps what was agreed; `None` is a contact that was not there yet, or is no longer shown.
fn keep(
    w: &mut Writer,
    client: ClientId,
    id: ContactId,
    agreement: &Agreement,
    before: Option<&ContactDetails>,
    after: Option<&ContactDetails>,
) -> Result<()> {
    let as_json = |details: Option<&ContactDetails>| json!({ "contact": id, "details": details });
    store::keep_change(w, client, agreement, &as_json(before), &as_json(after))
}
