//! The one row of the practice.

use rusqlite::{OptionalExtension, named_params};

use super::{Appearance, Practice};
use crate::error::Result;
use crate::store::sql::Json;
use crate::store::{Reader, Writer};

/// The row with what it cannot be without and what never changes; the rest is written as by a change.
pub(super) fn insert(w: &Writer, practice: &Practice, appearance: &Appearance) -> Result<()> {
    w.conn()
        .prepare_cached(
            "INSERT INTO practice (only, therapist_name, zone, working_hours, is_sample, appearance)
             VALUES (1, :therapist_name, :zone, :working_hours, :is_sample, :appearance)",
        )?
        .execute(named_params! {
            ":therapist_name": practice.therapist_name,
            ":zone": practice.zone,
            ":working_hours": Json(&practice.working_hours),
            ":is_sample": practice.is_sample,
            ":appearance": Json(appearance),
        })?;
    update(w, practice)
}

pub(super) fn practice(r: &Reader) -> Result<Option<Practice>> {
    let found = r
        .conn()
        .prepare_cached(
            "SELECT therapist_name, therapist_title, practice_name, registration, address, zone, session_minutes, working_hours,
                    usual_place, say_overlaps, undo_seconds, is_sample
               FROM practice",
        )?
        .query_row([], |row| {
            Ok(Practice {
                therapist_name: row.get("therapist_name")?,
                therapist_title: row.get("therapist_title")?,
                practice_name: row.get("practice_name")?,
                registration: row.get("registration")?,
                address: row.get("address")?,
                zone: row.get("zone")?,
                session_minutes: row.get("session_minutes")?,
                working_hours: row.get::<_, Json<_>>("working_hours")?.0,
                usual_place: row.get("usual_place")?,
                say_overlaps: row.get("say_overlaps")?,
                undo_seconds: row.get("undo_seconds")?,
                is_sample: row.get("is_sample")?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Every column but `is_sample`, which never changes.
pub(super) fn update(w: &Writer, practice: &Practice) -> Result<()> {
    w.conn()
        .prepare_cached(
            "UPDATE practice
                SET therapist_name = :therapist_name, therapist_title = :therapist_title, practice_name = :practice_name,
                    registration = :registration, address = :address, zone = :zone, session_minutes = :session_minutes,
                    working_hours = :working_hours, usual_place = :usual_place, say_overlaps = :say_overlaps, undo_seconds = :undo_seconds",
        )?
        .execute(named_params! {
            ":therapist_name": practice.therapist_name,
            ":therapist_title": practice.therapist_title,
            ":practice_name": practice.practice_name,
            ":registration": practice.registration,
            ":address": practice.address,
            ":zone": practice.zone,
            ":session_minutes": practice.session_minutes,
            ":working_hours": Json(&practice.working_hours),
            ":usual_place": practice.usual_place,
            ":say_overlaps": practice.say_overlaps,
            ":undo_seconds": practice.undo_seconds,
        })?;
    Ok(())
}

pub(super) fn appearance(r: &Reader) -> Result<Option<Appearance>> {
    let found = r
        .conn()
        .prepare_cached("SELECT appearance FROM practice")?
        .query_row([], |row| row.get::<_, Json<Appearance>>("appearance"))
        .optional()?;
    Ok(found.map(|appearance| appearance.0))
}

/// Whether there was a row to change.
pub(super) fn set_appearance(w: &Writer, appearance: &Appearance) -> Result<bool> {
    Ok(w.conn().prepare_cached("UPDATE practice SET appearance = ?1")?.execute([Json(appearance)])? == 1)
}
