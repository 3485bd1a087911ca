//! Clients and contacts.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::clients::contacts::{self, Contact, ContactDetails};
use practice::clients::{self, Agreement, ClientDetails, ClientStatus, Likeness};
use practice::id::{ClientId, ContactId};
use practice::pages::list::{self, ClientPage, ClientQuery};
use practice::undo::{Deed, Target};

/// A page of the client list.
#[tauri::command(async)]
#[specta::specta]
pub fn clients(app: State<'_, Arc<App>>, query: ClientQuery) -> Answer<ClientPage> {
    app.read(|r| list::page(r, &query))
}

/// Adds a client; refuses a likely duplicate unless told.
#[tauri::command(async)]
#[specta::specta]
pub fn add_client(app: State<'_, Arc<App>>, details: ClientDetails, status: ClientStatus, even_if_alike: bool) -> Answer<ClientId> {
    app.write(|w| clients::add(w, &details, status, even_if_alike))
}

/// Those who are much alike.
#[tauri::command(async)]
#[specta::specta]
pub fn clients_alike(app: State<'_, Arc<App>>, details: ClientDetails) -> Answer<Vec<Likeness>> {
    app.read(|r| clients::alike(r, &details))
}

/// Changes identity and contact details, as agreed.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_client(app: State<'_, Arc<App>>, id: ClientId, details: ClientDetails, agreement: Agreement) -> Answer<()> {
    app.change(Deed::ClientChanged, Target::Client(id), |w| clients::edit(w, id, &details, &agreement))
}

/// Changes the status.
#[tauri::command(async)]
#[specta::specta]
pub fn set_client_status(app: State<'_, Arc<App>>, id: ClientId, status: ClientStatus) -> Answer<()> {
    app.change(Deed::StatusChanged, Target::Client(id), |w| clients::set_status(w, id, status))
}

/// Discloses the emergency contacts.
#[tauri::command(async)]
#[specta::specta]
pub fn emergency_contacts(app: State<'_, Arc<App>>, id: ClientId) -> Answer<Vec<Contact>> {
    app.write_quietly(|w| contacts::disclose_emergency(w, id))
}

/// Adds a contact.
#[tauri::command(async)]
#[specta::specta]
pub fn add_contact(app: State<'_, Arc<App>>, client: ClientId, contact: ContactDetails, agreement: Agreement) -> Answer<ContactId> {
    app.write(|w| contacts::add(w, client, &contact, &agreement))
}

/// Changes a contact.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_contact(app: State<'_, Arc<App>>, id: ContactId, contact: ContactDetails, agreement: Agreement) -> Answer<()> {
    app.change(Deed::ContactChanged, Target::Contact(id), |w| contacts::edit(w, id, &contact, &agreement))
}

/// Moves an emergency contact up or down.
#[tauri::command(async)]
#[specta::specta]
pub fn reorder_contact(app: State<'_, Arc<App>>, id: ContactId, by: i8) -> Answer<()> {
    app.write(|w| contacts::reorder(w, id, by))
}

/// Takes a contact out of view.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_contact(app: State<'_, Arc<App>>, id: ContactId, agreement: Agreement) -> Answer<()> {
    app.change(Deed::ContactRemoved, Target::Contact(id), |w| contacts::remove(w, id, &agreement))
}
