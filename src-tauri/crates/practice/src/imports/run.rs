//! Importing what was looked at, and taking the whole import back.
//!
//! All that is taken is brought in, or nothing. It is not one transaction, for whoever types meanwhile would wait until the last row is
//! written: some rows are written at a time, and what breaks off, by hand, by a refusal or by a kill, is taken back.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::opened::{self, Opened};
use super::rows::Candidate;
use super::store;
use crate::audit::{self, Act, Event};
use crate::clients;
use crate::error::{Error, Refusal, Result, Thing};
use crate::id::ImportId;
use crate::store::Writer;

/// Rows of one transaction: what else is to be saved waits for no more of them.
const AT_ONCE: usize = 25;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Progress {
    /// Rows done.
    pub done: u32,
    /// Rows in all.
    pub of: u32,
}

/// Adds the rows that are taken, all or none, and says how many. `write` makes a transaction of what it is given; between two of them
/// others may write. `go_on` is told how far it is and can stop it.
///
/// # Errors
/// `Stopped`, a refusal of a row, and those of `write`; then what was brought in is taken back, where that fails too by the next import or
/// opening ([`settle`]).
pub fn run<E: From<Error>>(
    mut write: impl FnMut(&mut dyn FnMut(&mut Writer) -> Result<()>) -> std::result::Result<(), E>,
    id: ImportId,
    file: &Opened,
    mut go_on: impl FnMut(Progress) -> bool,
) -> std::result::Result<u32, E> {
    let taken: Vec<_> = file.rows.iter().filter(|row| row.take).map(|row| &row.candidate).collect();
    let of = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    if !go_on(Progress { done: 0, of }) {
        return Err(Error::from(Refusal::Stopped).into());
    }
    write(&mut |w| {
        settle(w)?;
        store::begin(w, id, &file.file_name)
    })?;
    let brought = bring_in(&mut write, id, &taken, |done| go_on(Progress { done, of }));
    let Err(why) = brought else { return Ok(of) };
    // Where nothing can be written now, the next import or opening does it.
    let _left = write(&mut settle);
    Err(why)
}

fn bring_in<E: From<Error>>(
    write: &mut impl FnMut(&mut dyn FnMut(&mut Writer) -> Result<()>) -> std::result::Result<(), E>,
    id: ImportId,
    taken: &[&Candidate],
    mut go_on: impl FnMut(u32) -> bool,
) -> std::result::Result<(), E> {
    let mut done = 0;
    for some in taken.chunks(AT_ONCE) {
        if done > 0 && !go_on(done) {
            return Err(Error::from(Refusal::Stopped).into());
        }
        write(&mut |w| {
            for candidate in some {
                // Whom a row is like was asked in the preview.
                let client = clients::add(w, &opened::details(candidate), opened::status(candidate), true)?;
                store::add_row(w, id, candidate.row, client)?;
            }
            Ok(())
        })?;
        done += u32::try_from(some.len()).unwrap_or(u32::MAX);
    }
    write(&mut |w| {
        store::end(w, id)?;
        audit::record(w, &Event::new(Act::ClientsImported, "import", Some(id.0), None).with(json!({ "clients": done })))
    })?;
    go_on(done);
    Ok(())
}

/// Takes back what imports that broke off have brought in. One of whose clients somebody has worked with meanwhile stays as it is.
/// Called at each opening.
///
/// # Errors
/// Faults only.
pub fn settle(w: &mut Writer) -> Result<()> {
    for id in store::not_ended(w)? {
        if store::touched(w, id)?.1.is_some() { store::end(w, id)? } else { take_back(w, id)? }
    }
    Ok(())
}

/// Takes a whole import back, until something else touched one of its clients.
///
/// # Errors
/// `NotFound`, `ImportTouched`.
pub fn undo(w: &mut Writer, id: ImportId) -> Result<()> {
    if !store::in_force(w, id)? {
        return Err(Refusal::NotFound { what: Thing::Import }.into());
    }
    let (clients, latest) = store::touched(w, id)?;
    if let Some(on) = latest {
        let on = on.in_zone(w.moment.zone).date();
        return Err(Refusal::ImportTouched { clients, on }.into());
    }
    take_back(w, id)
}

fn take_back(w: &mut Writer, id: ImportId) -> Result<()> {
    let taken_back = store::take_back(w, id)?;
    audit::record(w, &Event::new(Act::ImportUndone, "import", Some(id.0), None).with(json!({ "clients": taken_back })))
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use uuid::Uuid;

    use super::*;
    use crate::clients::ClientStatus;
    use crate::id::ClientId;
    use crate::testing::Desk;

    const ID: ImportId = ImportId(Uuid::from_u128(7));

    /// More rows than are written at a time, twice.
    fn sixty(desk: &Desk) -> Opened {
        let rows: String = (0..60).map(|row| format!("Fairweather{row},Jo\n")).collect();
        desk.read(|r| Opened::open(r, "clients.csv", format!("Last Name,First Name\n{rows}").as_bytes())).unwrap()
    }

    fn clients(desk: &Desk) -> u32 {
        desk.conn().query_row("SELECT count(*) FROM clients", [], |row| row.get(0)).unwrap()
    }

    /// Brings in `rows` and is killed.
    fn killed_after(desk: &mut Desk, file: &Opened, rows: u32) {
        let killed = catch_unwind(AssertUnwindSafe(|| {
            run(|act| desk.write(|w| act(w)), ID, file, |far| if far.done < rows { true } else { panic!("killed") })
        }));
        assert!(killed.is_err());
    }

    #[test]
    fn between_the_rows_of_an_import_others_write() {
        let mut desk = Desk::new();
        let file = sixty(&desk);
        let mut writes = 0;
        let added = run(
            |act| {
                writes += 1;
                desk.write(|w| act(w))
            },
            ID,
            &file,
            |_| true,
        );
        assert_eq!((added.unwrap(), writes), (60, 5));
        assert_eq!(clients(&desk), 60);
    }

    #[test]
    fn an_import_that_is_stopped_leaves_nothing() {
        let mut desk = Desk::new();
        let file = sixty(&desk);
        let stopped = run(|act| desk.write(|w| act(w)), ID, &file, |far| far.done < 50);
        assert!(matches!(stopped, Err(Error::Refused(Refusal::Stopped))));
        assert_eq!(clients(&desk), 0);
        assert!(desk.write(|w| undo(w, ID)).is_err(), "there is nothing to undo");
    }

    #[test]
    fn an_import_that_is_stopped_before_its_first_row_writes_nothing() {
        let desk = Desk::new();
        let file = sixty(&desk);
        let stopped = run(|_| -> Result<()> { panic!("it writes") }, ID, &file, |_| false);
        assert!(matches!(stopped, Err(Error::Refused(Refusal::Stopped))));
        assert_eq!(clients(&desk), 0);
    }

    #[test]
    fn an_import_that_was_killed_is_taken_back_by_the_next_opening_or_import() {
        let mut desk = Desk::new();
        let file = sixty(&desk);
        killed_after(&mut desk, &file, 25);
        assert_eq!(clients(&desk), 25);
        desk.write(settle).unwrap();
        assert_eq!(clients(&desk), 0);
        desk.write(settle).unwrap();

        let mut desk = Desk::new();
        killed_after(&mut desk, &file, 50);
        run(|act| desk.write(|w| act(w)), ImportId(Uuid::from_u128(8)), &file, |_| true).unwrap();
        assert_eq!(clients(&desk), 60);
    }

    #[test]
    fn what_somebody_has_worked_with_meanwhile_stays() {
        let mut desk = Desk::new();
        let file = sixty(&desk);
        killed_after(&mut desk, &file, 25);
        let one: ClientId = desk.conn().query_row("SELECT client_id FROM import_rows WHERE row = 2", [], |row| row.get(0)).unwrap();
        desk.now("2026-03-02 10:00");
        desk.write(|w| clients::set_status(w, one, ClientStatus::Discharged)).unwrap();
        desk.write(settle).unwrap();
        assert_eq!(clients(&desk), 25);
        desk.write(settle).unwrap();
        assert!(matches!(desk.write(|w| undo(w, ID)), Err(Error::Refused(Refusal::ImportTouched { clients: 1, .. }))));
    }
}
