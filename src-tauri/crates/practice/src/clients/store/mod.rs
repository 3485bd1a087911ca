//! Clients, their points of contact, their tags and the agreed changes in SQL.

pub(super) mod alike;
pub(super) mod contacts;

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, named_params, params};
use serde::Serialize;

use super::{Agreement, ClientDetails, ClientStatus, ContactPoint, LastChange};
use crate::error::Result;
use crate::id::{ClientId, ContactId};
use crate::name;
use crate::store::sql::{Json, Word};
use crate::store::{Reader, Writer};

/// The two kinds of points.
pub(super) const PHONE: &str = "phone";
pub(super) const EMAIL: &str = "email";

/// Whose points of contact.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Client(ClientId),
    Contact(ContactId),
}

/// The row with what it cannot be without; the rest is written as by an edit.
pub(super) fn insert(w: &mut Writer, details: &ClientDetails, status: ClientStatus) -> Result<ClientId> {
    let id = ClientId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO clients (id, last_name, status, sort_key, search_key, created_at, changed_at) VALUES (?1, ?2, ?3, '', '', ?4, ?4)",
        )?
        .execute(params![id, details.last_name, Word(status), w.moment.at])?;
    update(w, id, details)?;
    Ok(id)
}

pub(super) fn update(w: &mut Writer, id: ClientId, details: &ClientDetails) -> Result<()> {
    w.conn()
        .prepare_cached(
            "UPDATE clients
                SET last_name = :last_name, first_name = :first_name, preferred_name = :preferred_name, name_order = :name_order,
                    initials = :initials, pronouns = :pronouns, born = :born, started = :started, file_number = :file_number,
                    zone = :zone, address = :address, remark = :remark, sort_key = :sort_key, search_key = :search_key,
                    changed_at = :now
              WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id,
            ":last_name": details.last_name,
            ":first_name": details.first_name,
            ":preferred_name": details.preferred_name,
            ":name_order": Word(details.name_order),
            ":initials": details.initials,
            ":pronouns": details.pronouns,
            ":born": details.born,
            ":started": details.started,
            ":file_number": details.file_number,
            ":zone": details.zone,
            ":address": details.address,
            ":remark": details.remark,
            ":sort_key": name::sort_key(&details.last_name, &details.first_name),
            ":search_key": name::search_key(&details.last_name, &details.first_name, &details.preferred_name, &details.file_number),
            ":now": w.moment.at,
        })?;
    write_lists(w, id, details)
}

/// Tags and points, which an edit gives anew as a whole.
fn write_lists(w: &mut Writer, id: ClientId, details: &ClientDetails) -> Result<()> {
    w.conn().prepare_cached("DELETE FROM client_tags WHERE client_id = ?1")?.execute([id])?;
    for tag in &details.tags {
        w.conn().prepare_cached("INSERT INTO client_tags (client_id, tag) VALUES (?1, ?2)")?.execute(params![id, tag])?;
    }
    write_points(w, Owner::Client(id), &details.phones, &details.emails)
}

pub(super) fn write_points(w: &mut Writer, owner: Owner, phones: &[ContactPoint], emails: &[ContactPoint]) -> Result<()> {
    let (client, contact) = match owner {
        Owner::Client(id) => (Some(id), None),
        Owner::Contact(id) => (None, Some(id)),
    };
    w.conn().prepare_cached("DELETE FROM contact_points WHERE client_id = ?1 OR contact_id = ?2")?.execute(params![client, contact])?;
    for (system, points) in [(PHONE, phones), (EMAIL, emails)] {
        for (position, point) in (0_i64..).zip(points) {
            let id = w.id();
            w.conn()
                .prepare_cached(
                    "INSERT INTO contact_points (id, client_id, contact_id, system, position, value, remark)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![id, client, contact, system, position, point.value, point.remark])?;
        }
    }
    Ok(())
}

pub(super) fn point(row: &Row) -> rusqlite::Result<ContactPoint> {
    Ok(ContactPoint { value: row.get("value")?, remark: row.get("remark")? })
}

pub(super) fn details(r: &Reader, id: ClientId) -> Result<Option<ClientDetails>> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT last_name, first_name, preferred_name, name_order, initials, pronouns, born, started, file_number, zone, address,
                    remark
               FROM clients WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(ClientDetails {
                last_name: row.get("last_name")?,
                first_name: row.get("first_name")?,
                preferred_name: row.get("preferred_name")?,
                name_order: row.get::<_, Word<_>>("name_order")?.0,
                initials: row.get("initials")?,
                pronouns: row.get("pronouns")?,
                born: row.get("born")?,
                started: row.get("started")?,
                phones: Vec::new(),
                emails: Vec::new(),
                address: row.get("address")?,
                file_number: row.get("file_number")?,
                zone: row.get("zone")?,
                tags: Vec::new(),
                remark: row.get("remark")?,
            })
        })
        .optional()?;
    let Some(mut details) = found else { return Ok(None) };
    let mut points = r
        .conn()
        .prepare_cached("SELECT system, value, remark FROM contact_points WHERE client_id = ?1 ORDER BY system, position")?
        .query_map([id], |row| Ok((row.get::<_, String>("system")?, point(row)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?
        .into_iter()
        .fold(HashMap::<String, Vec<ContactPoint>>::new(), |mut points, (system, point)| {
            points.entry(system).or_default().push(point);
            points
        });
    details.phones = points.remove(PHONE).unwrap_or_default();
    details.emails = points.remove(EMAIL).unwrap_or_default();
    details.tags = r
        .conn()
        .prepare_cached("SELECT tag FROM client_tags WHERE client_id = ?1 ORDER BY tag")?
        .query_map([id], |row| row.get("tag"))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(details))
}

pub(super) fn status(r: &Reader, id: ClientId) -> Result<Option<ClientStatus>> {
    let found = r
        .conn()
        .prepare_cached("SELECT status FROM clients WHERE id = ?1")?
        .query_row([id], |row| row.get::<_, Word<_>>("status"))
        .optional()?;
    Ok(found.map(|status| status.0))
}

pub(super) fn set_status(w: &Writer, id: ClientId, status: ClientStatus) -> Result<()> {
    w.conn().prepare_cached("UPDATE clients SET status = ?2, changed_at = ?3 WHERE id = ?1")?.execute(params![
        id,
        Word(status),
        w.moment.at
    ])?;
    Ok(())
}

pub(super) fn keep_change<T: Serialize>(w: &mut Writer, id: ClientId, agreement: &Agreement, before: &T, after: &T) -> Result<()> {
    let change = w.id();
    w.conn()
        .prepare_cached(
            "INSERT INTO client_changes (id, client_id, at, agreed_how, agreed_on, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![change, id, w.moment.at, Word(agreement.how), agreement.on, Json(before), Json(after)])?;
    Ok(())
}

pub(super) fn last_change(r: &Reader, id: ClientId) -> Result<Option<LastChange>> {
    let found = r
        .conn()
        .prepare_cached("SELECT at, agreed_how, agreed_on FROM client_changes WHERE client_id = ?1 ORDER BY at DESC, id DESC LIMIT 1")?
        .query_row([id], |row| {
            Ok(LastChange { at: row.get("at")?, how: row.get::<_, Word<_>>("agreed_how")?.0, on: row.get("agreed_on")? })
        })
        .optional()?;
    Ok(found)
}
