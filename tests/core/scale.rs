//! Many clients, and long files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Instant;

use practice::clients::{self, ClientStatus};
use practice::consents::Decision;
use practice::error::{Field, Refusal};
use practice::homework;
use practice::id::{ClientId, ImportId};
use practice::imports::{self, ImportField, ImportFilter, Opened};
use practice::pages::list::{self, ClientFilter, ClientQuery, ClientSort};
use practice::sessions::booking;
use practice::words::Veil;
use uuid::Uuid;

use crate::bench::{self, Bench, day, query, refusal};

const CLIENTS: u32 = 3_000;
const ROWS: u32 = 5_000;
const IMPORT: ImportId = ImportId(Uuid::from_u128(77));

/// A practice of 3,000, many with the same names, one in three with sessions, homework and consent.
fn many() -> Bench {
    let mut bench = Bench::new();
    let consent = bench.consent_of(Decision::Given);
    bench
        .write(|w| {
            for number in 0..CLIENTS {
                let mut details = bench::details(&format!("Okonkwo-Fairweather {}", number % 700));
                details.first_name = format!("Maximiliana {}", number % 11);
                details.file_number = format!("F-{number:05}");
                let id = clients::add(w, &details, ClientStatus::Active, true)?;
                if number % 3 == 0 {
                    booking::book(w, &bench::new_session(&[id], &format!("2026-02-{:02} 10:00", number % 28 + 1)))?;
                    homework::assign(w, id, &bench::homework("Sleep diary", Some(day("2026-01-10"))))?;
                    practice::consents::record(w, id, &consent)?;
                }
            }
            Ok(())
        })
        .unwrap();
    bench
}

#[test]
fn the_list_of_3000_clients_comes_a_page_at_a_time_without_gaps_or_repeats() {
    let bench = many();
    let mut largest = 0;
    let begun = Instant::now();
    let orders = [(ClientSort::Name, false), (ClientSort::Name, true), (ClientSort::NextBooked, false), (ClientSort::Consent, true)];
    for (sort, descending) in orders {
        let mut seen: BTreeSet<ClientId> = BTreeSet::new();
        for offset in (0..CLIENTS).step_by(100) {
            let asked = ClientQuery { descending, ..query(ClientFilter::Active, sort, offset, 100) };
            let page = bench.read(|r| list::page(r, &asked));
            largest = largest.max(serde_json::to_string(&page).unwrap().len());
            assert_eq!((page.rows.len(), page.total), (100, CLIENTS), "{sort:?} from {offset}");
            for row in page.rows {
                assert!(seen.insert(row.id), "{sort:?}: {} comes twice", row.name.display);
            }
        }
        assert_eq!(seen.len(), CLIENTS as usize, "{sort:?}");
        let beyond = bench.read(|r| list::page(r, &query(ClientFilter::Active, sort, CLIENTS, 100)));
        assert!(beyond.rows.is_empty());
    }
    let usual = begun.elapsed() / (4 * (CLIENTS / 100 + 1));
    assert!(largest < 60_000, "a page of 100 rows takes {largest} bytes");
    say(&format!("3,000 clients: largest page {largest} bytes, a page in {usual:?}"));
    assert!(usual.as_secs() < 2, "a page takes {usual:?}");
    let all = bench.read(|r| list::page(r, &query(ClientFilter::Active, ClientSort::Name, 0, u32::MAX)));
    assert_eq!(all.rows.len(), 200, "no page is longer, whatever is asked for");
}

/// Figures for whoever runs the tests with --nocapture.
#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(figure: &str) {
    eprintln!("{figure}");
}

fn file() -> String {
    let mut text = "Last Name,First Name,Email,Phone,Date of Birth,Start Date,Tags,Notes\n".to_owned();
    for row in 0..ROWS {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        writeln!(
            text,
            "Fairweather{row},Jo{row},jo{row}@example.org,020 7946 {:04},19{:02}-{month:02}-{day:02},2024-{month:02}-{day:02},sleep,\"Referred, by Dr {row}\"",
            row % 10_000,
            40 + row % 60,
        )
        .unwrap();
    }
    text
}

fn count(bench: &Bench, table: &str) -> i64 {
    bench.value(&format!("SELECT count(*) FROM {table}"), [])
}

#[test]
fn a_file_of_5000_clients_is_imported_in_seconds_and_taken_back_whole_until_one_was_worked_with() {
    let mut bench = Bench::new();
    let known = bench.client("Nwachukwu");
    let begun = Instant::now();
    let opened = bench.read(|r| Opened::open(r, "clients.csv", file().as_bytes()));
    let read = begun.elapsed();
    assert_eq!(opened.page(Veil::Open, ImportFilter::All, 0, 1).taken, ROWS);
    let begun = Instant::now();
    let mut steps = 0;
    let added = imports::run(
        |act| bench.write(|w| act(w)),
        IMPORT,
        &opened,
        |progress| {
            assert_eq!(progress.of, ROWS);
            steps += 1;
            true
        },
    );
    let imported = begun.elapsed();
    assert_eq!((added.unwrap(), steps), (ROWS, ROWS / 25 + 1));
    assert_eq!((count(&bench, "clients"), bench.events("clients_imported")), (i64::from(ROWS) + 1, 1));
    say(&format!("5,000 rows: read in {read:?}, imported in {imported:?}"));
    assert!((read + imported).as_secs() < 60, "read in {read:?}, imported in {imported:?}");

    let begun = Instant::now();
    bench.pass(60);
    bench.write(|w| imports::undo(w, IMPORT)).unwrap();
    say(&format!("5,000 rows: taken back in {:?}", begun.elapsed()));
    for (table, rows) in [("clients", 1), ("contact_points", 0), ("client_tags", 0)] {
        assert_eq!(count(&bench, table), rows, "{table}");
    }
    assert_eq!(bench.row(known).id, known);
    assert!(matches!(refusal(bench.write(|w| imports::undo(w, IMPORT))), Refusal::NotFound { .. }));

    let again = ImportId(Uuid::from_u128(78));
    imports::run(|act| bench.write(|w| act(w)), again, &opened, |_| true).unwrap();
    let one: Uuid = bench.value("SELECT client_id FROM import_rows WHERE import_id = ?1 AND row = 2500", [again.0]);
    bench.pass(60);
    bench.consent(ClientId(one), Decision::Declined).unwrap();
    let touched = Refusal::ImportTouched { clients: 1, on: bench.moment.today() };
    assert_eq!(refusal(bench.write(|w| imports::undo(w, again))), touched);
    assert_eq!(count(&bench, "clients"), i64::from(ROWS) + 1);
    assert_eq!(bench.chain(), bench.all_events());
}

#[test]
fn nothing_is_half_imported_when_a_row_is_refused_or_the_import_is_stopped() {
    let mut bench = Bench::new();
    let mut opened = bench.read(|r| Opened::open(r, "clients.csv", file().as_bytes()));
    let stopped = imports::run(|act| bench.write(|w| act(w)), IMPORT, &opened, |progress| progress.done < 3_000);
    assert_eq!(refusal(stopped), Refusal::Stopped);

    let page = opened.page(Veil::Open, ImportFilter::All, 2_500, 1);
    let column = page.mapping.columns.iter().position(|field| *field == Some(ImportField::Started)).unwrap();
    let column = u32::try_from(column).unwrap() + 1;
    opened.settle_date(bench.moment.today(), page.rows[0].candidate.row, column, Some(day("2050-01-01"))).unwrap();
    let mut reached = 0;
    let refused = imports::run(
        |act| bench.write(|w| act(w)),
        ImportId(Uuid::from_u128(79)),
        &opened,
        |progress| {
            reached = progress.done;
            true
        },
    );
    assert_eq!(refusal(refused), Refusal::InFuture { field: Field::Started });
    assert_eq!(reached, 2_500, "it was refused in the middle");
    for table in ["clients", "contact_points", "client_tags", "imports WHERE undone_at IS NULL"] {
        assert_eq!(count(&bench, table), 0, "{table}");
    }
    assert_eq!((bench.events("clients_imported"), bench.events("import_undone")), (0, 2));
    assert_eq!(bench.chain(), bench.all_events());
}
