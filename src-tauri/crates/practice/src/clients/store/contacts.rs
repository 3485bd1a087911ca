//! Contacts in SQL. Those taken out of view are passed over everywhere, but keep their place in the count of positions.

use std::collections::HashMap;

use rusqlite::{Row, named_params, params};

use super::{Owner, PHONE, point, write_points};
use crate::clients::ContactPoint;
use crate::clients::contacts::ContactDetails;
use crate::error::Result;
use crate::id::{ClientId, ContactId};
use crate::store::{Reader, Writer};

pub(in crate::clients) fn insert(w: &mut Writer, client: ClientId, contact: &ContactDetails) -> Result<ContactId> {
    let id = ContactId(w.id());
    w.conn()
        .prepare_cached(
            "INSERT INTO contacts (id, client_id, name, relationship, emergency, position, may_be_told, release_until, confirmed_on,
                                   created_at, changed_at)
             VALUES (:id, :client, :name, :relationship, :emergency,
                     (SELECT coalesce(max(position) + 1, 0) FROM contacts WHERE client_id = :client AND emergency = :emergency),
                     :may_be_told, :release_until, :confirmed_on, :now, :now)",
        )?
        .execute(named_params! {
            ":id": id,
            ":client": client,
            ":name": contact.name,
            ":relationship": contact.relationship,
            ":emergency": contact.emergency,
            ":may_be_told": contact.may_be_told,
            ":release_until": contact.release_until,
            ":confirmed_on": contact.confirmed_on,
            ":now": w.moment.at,
        })?;
    write_points(w, Owner::Contact(id), &contact.phones, &contact.emails)?;
    Ok(id)
}

pub(in crate::clients) fn update(
    w: &mut Writer,
    client: ClientId,
    id: ContactId,
    before: &ContactDetails,
    after: &ContactDetails,
) -> Result<()> {
    w.conn()
        .prepare_cached(
            "UPDATE contacts
                SET name = :name, relationship = :relationship, emergency = :emergency, may_be_told = :may_be_told,
                    release_until = :release_until, confirmed_on = :confirmed_on, changed_at = :now,
                    position = CASE WHEN :stays THEN position
                      ELSE (SELECT coalesce(max(o.position) + 1, 0) FROM contacts o WHERE o.client_id = :client AND o.emergency = :emergency)
                    END
              WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": id,
            ":client": client,
            ":stays": before.emergency == after.emergency,
            ":name": after.name,
            ":relationship": after.relationship,
            ":emergency": after.emergency,
            ":may_be_told": after.may_be_told,
            ":release_until": after.release_until,
            ":confirmed_on": after.confirmed_on,
            ":now": w.moment.at,
        })?;
    write_points(w, Owner::Contact(id), &after.phones, &after.emails)
}

/// A contact that is in view, and whose it is.
pub(in crate::clients) fn one(r: &Reader, id: ContactId) -> Result<Option<(ClientId, ContactDetails)>> {
    let client = r
        .conn()
        .prepare_cached("SELECT client_id FROM contacts WHERE id = ?1 AND removed_at IS NULL")?
        .query_map([id], |row| row.get::<_, ClientId>("client_id"))?
        .next()
        .transpose()?;
    let Some(client) = client else { return Ok(None) };
    Ok(of(r, client)?.into_iter().find(|(other, _)| *other == id).map(|(_, details)| (client, details)))
}

/// In two statements: the contacts, and their points.
pub(in crate::clients) fn of(r: &Reader, client: ClientId) -> Result<Vec<(ContactId, ContactDetails)>> {
    let mut contacts: Vec<(ContactId, ContactDetails)> = r
        .conn()
        .prepare_cached(
            "SELECT id, name, relationship, emergency, may_be_told, release_until, confirmed_on
               FROM contacts WHERE client_id = ?1 AND removed_at IS NULL
              ORDER BY emergency DESC, position, created_at, id",
        )?
        .query_map([client], contact)?
        .collect::<rusqlite::Result<_>>()?;
    let at: HashMap<ContactId, usize> = contacts.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect();
    let points: Vec<(ContactId, String, ContactPoint)> = r
        .conn()
        .prepare_cached(
            "SELECT p.contact_id, p.system, p.value, p.remark
               FROM contacts c JOIN contact_points p ON p.contact_id = c.id
              WHERE c.client_id = ?1 AND c.removed_at IS NULL
              ORDER BY p.contact_id, p.system, p.position",
        )?
        .query_map([client], |row| Ok((row.get("contact_id")?, row.get("system")?, point(row)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, system, point) in points {
        if let Some((_, details)) = at.get(&id).and_then(|index| contacts.get_mut(*index)) {
            if system == PHONE { details.phones.push(point) } else { details.emails.push(point) }
        }
    }
    Ok(contacts)
}

fn contact(row: &Row) -> rusqlite::Result<(ContactId, ContactDetails)> {
    let details = ContactDetails {
        name: row.get("name")?,
        relationship: row.get("relationship")?,
        emergency: row.get("emergency")?,
        phones: Vec::new(),
        emails: Vec::new(),
        may_be_told: row.get("may_be_told")?,
        release_until: row.get("release_until")?,
        confirmed_on: row.get("confirmed_on")?,
    };
    Ok((row.get("id")?, details))
}

/// Those of a kind, in order.
pub(in crate::clients) fn order(r: &Reader, client: ClientId, emergency: bool) -> Result<Vec<ContactId>> {
    let order = r
        .conn()
        .prepare_cached(
            "SELECT id FROM contacts WHERE client_id = ?1 AND emergency = ?2 AND removed_at IS NULL ORDER BY position, created_at, id",
        )?
        .query_map(params![client, emergency], |row| row.get("id"))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(order)
}

pub(in crate::clients) fn set_order(w: &Writer, order: &[ContactId]) -> Result<()> {
    for (position, id) in (0_i64..).zip(order) {
        w.conn()
            .prepare_cached("UPDATE contacts SET position = ?2, changed_at = ?3 WHERE id = ?1 AND position <> ?2")?
            .execute(params![id, position, w.moment.at])?;
    }
    Ok(())
}

pub(in crate::clients) fn remove(w: &Writer, id: ContactId) -> Result<()> {
    w.conn().prepare_cached("UPDATE contacts SET removed_at = ?2, changed_at = ?2 WHERE id = ?1")?.execute(params![id, w.moment.at])?;
    Ok(())
}
