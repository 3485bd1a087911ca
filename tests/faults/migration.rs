//! Schemas: a step to the next is done or not done, wherever it is killed, cut off or fails. There is one schema today, so two steps of
//! the test's own go on from the records that the first one wrote, by the same way.

use std::fs;
use std::path::{Path, PathBuf};

use disk::{Change, Disk};
use practice::store::{Connections, Steps};
use practice::vault::{self, KeyringAnswer, KeyringSecret, Standing};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::chance::Chance;
use crate::remains::Remains;
use crate::table::{is_long, row};

/// What the steps of a released version may do: new columns and tables, rows carried over, a table made anew, triggers.
const SECOND: [&str; 6] = [
    "ALTER TABLE clients ADD COLUMN colour TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE rooms (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT",
    "INSERT INTO rooms (id, name) SELECT id, 'Room of ' || last_name FROM clients",
    "CREATE INDEX rooms_by_name ON rooms (name)",
    "CREATE TRIGGER rooms_remain BEFORE DELETE ON rooms BEGIN SELECT raise(ABORT, 'rooms remain'); END",
    "INSERT INTO rooms (id, name) SELECT randomblob(16), hex(randomblob(400)) FROM audit_events",
];
const THIRD: [&str; 7] = [
    "CREATE TABLE rooms_next (id BLOB PRIMARY KEY, name TEXT NOT NULL, floor INTEGER NOT NULL) STRICT",
    "INSERT INTO rooms_next (id, name, floor) SELECT id, name, 0 FROM rooms",
    "DROP TRIGGER rooms_remain",
    "DROP TABLE rooms",
    "ALTER TABLE rooms_next RENAME TO rooms",
    "UPDATE rooms SET floor = 1 WHERE name LIKE 'Room%'",
    "CREATE INDEX rooms_by_floor ON rooms (floor)",
];

fn script(statements: &[&str]) -> String {
    statements.iter().map(|statement| format!("{statement};\n")).collect()
}

/// The steps up to a schema.
fn steps(schema: usize) -> Steps {
    let (second, third) = (script(&SECOND), script(&THIRD));
    let all = [("V0002__rooms", second.as_str()), ("V0003__floors", third.as_str())];
    Steps::with(&all[..schema - 1]).unwrap()
}

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/schema-1")
}

fn laid() -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in ["practice.db", "vault.json", "anchor"] {
        fs::copy(fixture().join(name), folder.path().join(name)).unwrap();
    }
    folder
}

fn open(folder: &Path, steps: &Steps) -> Result<Connections, String> {
    let kept = fs::read_to_string(fixture().join("keyring.txt")).unwrap();
    let load = |_: &str| KeyringSecret::from_text(kept.trim().as_bytes()).map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret);
    match vault::prepare(folder, load) {
        Standing::Ready(ready) => ready.open_to(1, steps).map(|opened| opened.connections).map_err(|why| why.to_string()),
        Standing::Barred(why) => Err(why.to_string()),
        _ => Err("another way in".to_owned()),
    }
}

/// Every statement of the schema, and how many rows each table has.
fn content(connection: &Connection) -> Vec<(String, i64)> {
    let sql = "SELECT coalesce(sql, ''), type = 'table' AND name NOT LIKE 'refinery%', name FROM sqlite_schema ORDER BY name, sql";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, String>(2)?)));
    let rows: Vec<_> = rows.unwrap().map(Result::unwrap).collect();
    let count = |name: &str| connection.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0)).unwrap();
    rows.into_iter().map(|(sql, counted, name)| (sql, if counted { count(&name) } else { 0 })).collect()
}

/// What each schema makes of the fixture, done in peace.
fn expected() -> [Vec<(String, i64)>; 3] {
    [1, 2, 3].map(|schema| content(&open(laid().path(), &steps(schema)).unwrap().writer))
}

/// The schema in which these records lie, if they are exactly what it makes, sound, and go on to the newest from there.
fn met(folder: &Path, expected: &[Vec<(String, i64)>; 3]) -> Result<usize, String> {
    // The first that does not call them newer is the one that they have.
    let (schema, connections) =
        (1..=3).find_map(|schema| Some((schema, open(folder, &steps(schema)).ok()?))).ok_or("no schema opens them")?;
    if content(&connections.writer) != expected[schema - 1] {
        return Err(format!("they are not what schema {schema} makes"));
    }
    let sound: String = connections.writer.query_row("PRAGMA quick_check", [], |row| row.get(0)).unwrap();
    drop(connections);
    let newest = open(folder, &steps(3))?;
    if sound == "ok" && content(&newest.writer) == expected[2] { Ok(schema) } else { Err(format!("{sound}, or not the newest")) }
}

#[test]
fn a_step_to_the_next_schema_is_done_or_not_done_wherever_it_is_killed_or_cut() {
    let expected = expected();
    let vault = laid();
    let disk = Disk::under(vault.path()).unwrap();
    disk.record();
    drop(open(disk.folder(), &steps(3)).unwrap());
    let changes = disk.recorded();
    drop(disk);
    let mut chance = Chance(20_260_120);
    let powers = if is_long() { 10 } else { 1 };
    let mut remains = Remains::of(laid().path());
    let (mut tried, mut lost, mut found) = (0, 0, [0_u64; 3]);
    for moment in 0..=changes.len() {
        // Of the writes within one call after another, a few; of all else, each.
        if is_long() || moment % 7 == 0 || !matches!(changes.get(moment), Some(Change::Write { .. })) {
            for power in 0..=powers {
                let folder = TempDir::new().unwrap();
                if power == 0 {
                    remains.lay_whole(folder.path())
                } else {
                    remains.lay(folder.path(), &mut chance)
                }
                tried += 1;
                match met(folder.path(), &expected) {
                    Ok(schema) => found[schema - 1] += 1,
                    Err(why) => {
                        say(&format!("at {moment} of {}: {why}", changes.len()));
                        lost += 1;
                    }
                }
            }
        }
        if let Some(change) = changes.get(moment) {
            remains.then(change);
        }
    }
    say(&format!("found in schema 1, 2 and 3: {found:?}"));
    assert!(found.iter().all(|found| *found > 0), "{found:?}");
    row(
        "a step to the next schema, killed or cut at any call, is done or not done",
        tried,
        tried - lost,
        lost,
        half_done_is_noticed(&expected),
    );
}

/// The control: the same statements one by one, each on its own, stopped halfway.
fn half_done_is_noticed(expected: &[Vec<(String, i64)>; 3]) -> bool {
    (1..SECOND.len()).all(|done| {
        let folder = laid();
        let connections = open(folder.path(), &steps(1)).unwrap();
        SECOND[..done].iter().for_each(|statement| connections.writer.execute_batch(statement).unwrap());
        drop(connections);
        met(folder.path(), expected).is_err()
    })
}

#[test]
fn a_step_of_which_any_statement_fails_leaves_the_schema_before_it() {
    let expected = expected();
    let (mut tried, mut lost) = (0, 0);
    for (schema, statements) in [(2, SECOND.as_slice()), (3, THIRD.as_slice())] {
        for done in 0..=statements.len() {
            let mut failing = statements[..done].to_vec();
            failing.push("INSERT INTO nowhere (x) VALUES (1)");
            let (second, broken) = (script(&SECOND), script(&failing));
            let all = if schema == 2 {
                vec![("V0002__rooms", broken.as_str())]
            } else {
                vec![("V0002__rooms", second.as_str()), ("V0003__floors", broken.as_str())]
            };
            let folder = laid();
            let opened = open(folder.path(), &Steps::with(&all).unwrap());
            tried += 1;
            lost += u64::from(opened.is_ok() || met(folder.path(), &expected) != Ok(schema - 1));
        }
    }
    row(
        "a step to the next schema of which any statement fails leaves the one before",
        tried,
        tried - lost,
        lost,
        half_done_is_noticed(&expected),
    );
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}
