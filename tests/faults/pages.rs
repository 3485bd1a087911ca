//! A page of the records is damaged while they are open: what lies on it is told as not readable, and all else goes on.

use std::cell::Cell;
use std::fs;
use std::path::Path;

use practice::audit;
use practice::clients::{self, ClientStatus};
use practice::error::{Error, Result};
use practice::homework;
use practice::id::ClientId;
use practice::pages::list::{self, ClientFilter, ClientSort};
use practice::pages::{client, trail};
use practice::settings;
use practice::store::Records;
use practice::time::Moment;
use practice::words::Veil;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bench::{self, at, details, practice_of, query};
use crate::failing::copy;

const PAGE: usize = 4096;
/// So many reads of one client are in the trail: several pages of it.
const READS: u128 = 150;
/// So many damaged pages of the trail are looked at.
const MET: usize = 8;

/// Closed records with a client of whom much was read, and another.
struct Lies {
    folder: TempDir,
    kept: String,
    read: ClientId,
    other: ClientId,
    next_id: Cell<u128>,
}

fn moment() -> Moment {
    Moment { at: at("2026-01-15 11:12"), zone: chrono_tz::Europe::London }
}

fn id(next: &Cell<u128>) -> Uuid {
    next.set(next.get() + 1);
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + next.get())
}

impl Lies {
    fn made() -> Self {
        let folder = TempDir::new().unwrap();
        let (connections, kept) = bench::begin(folder.path());
        let (records, next_id) = (Records::new(connections), Cell::new(0));
        let mut ids = || id(&next_id);
        records.write(moment(), Veil::Open, &mut ids, |w| settings::set_up(w, &practice_of("Dr Ruth Adeyemi"))).unwrap();
        let add = |last| {
            records
                .write(moment(), Veil::Open, &mut || id(&next_id), |w| clients::add(w, &details(last), ClientStatus::Active, true))
                .unwrap()
        };
        let (read, other) = (add("Okafor"), add("Lindqvist"));
        for _ in 0..READS {
            records.read(moment(), Veil::Open, |r| client::profile(r, read, &everyone())).unwrap();
            records.flush_reads(moment(), &mut ids).unwrap();
        }
        // The last check is looked for from the end of the record: what lies before it is then not read for every client.
        records.write(moment(), Veil::Open, &mut || id(&next_id), |w| audit::check_made(w, Some(true), None)).unwrap();
        Self { folder, kept, read, other, next_id }
    }

    /// A copy that is open, with `page` of its file damaged.
    fn open(&self, page: usize) -> Option<(TempDir, Records)> {
        let folder = TempDir::new().unwrap();
        copy(self.folder.path(), folder.path());
        flip(&folder.path().join("practice.db"), page * PAGE + PAGE / 2);
        let records = bench::open(folder.path(), &self.kept).ok()?;
        Some((folder, Records::new(records)))
    }

    fn trail(&self, records: &Records) -> Result<trail::Trail> {
        records.read(moment(), Veil::Open, |r| trail::trail(r, self.read, None, None))
    }

    /// Whether each of the other pages is shown, and something can be written.
    fn others(&self, records: &Records, which: usize) -> bool {
        let read = |done: Result<()>| done.is_ok();
        match which {
            0 => read(records.read(moment(), Veil::Open, |r| list::page(r, &everyone()).map(drop))),
            1 => read(records.read(moment(), Veil::Open, |r| client::profile(r, self.other, &everyone()).map(drop))),
            2 => read(records.read(moment(), Veil::Open, |r| trail::trail(r, self.other, None, None).map(drop))),
            _ => records
                .write(moment(), Veil::Open, &mut || id(&self.next_id), |w| {
                    homework::assign(w, self.other, &bench::homework("Sleep diary", None)).map(drop)
                })
                .is_ok(),
        }
    }
}

fn everyone() -> list::ClientQuery {
    query(ClientFilter::Active, ClientSort::Name, 0, 9)
}

fn flip(file: &Path, at: usize) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 1;
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_damaged_page_of_the_trail_is_told_each_time_and_every_other_page_is_shown_as_before() {
    let lies = Lies::made();
    let pages = fs::metadata(lies.folder.path().join("practice.db")).unwrap().len() as usize / PAGE;
    let (mut met, mut whole) = (0, 0);
    for page in (1..pages).rev() {
        let Some((_folder, records)) = lies.open(page) else { continue };
        if lies.trail(&records).is_ok() {
            continue;
        }
        // What the damage itself takes away is what cannot be shown where nobody has met it before.
        let alone = [0, 1, 2, 3].map(|which| lies.open(page).is_some_and(|(_folder, records)| lies.others(&records, which)));
        for _ in 0..4 {
            assert!(matches!(lies.trail(&records), Err(Error::Fault(_))), "page {page}");
            assert_eq!([0, 1, 2, 3].map(|which| lies.others(&records, which)), alone, "page {page}");
        }
        met += 1;
        whole += usize::from(alone == [true; 4]);
        if met == MET {
            break;
        }
    }
    assert!(met > 0 && whole > 0, "{met} pages are of the trail, of them {whole} of that client alone");
}

#[test]
fn a_damaged_row_of_the_trail_is_told_and_every_other_page_is_shown() {
    for damage in ["act = 'seen_by_the_moon'", "detail = '{\"fields\": 7}'", "at = 9223372036854775807", "act = ''"] {
        let lies = Lies::made();
        let opened = bench::open(lies.folder.path(), &lies.kept).unwrap();
        opened.writer.execute_batch("DROP TRIGGER audit_events_stay").unwrap();
        opened.writer.execute(&format!("UPDATE audit_events SET {damage} WHERE seq = 40"), []).unwrap();
        let records = Records::new(opened);
        for _ in 0..4 {
            assert!(matches!(lies.trail(&records), Err(Error::Fault(_))), "{damage}");
            assert_eq!([0, 1, 2, 3].map(|which| lies.others(&records, which)), [true; 4], "{damage}");
        }
    }
}
