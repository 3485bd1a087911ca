//! Operations 11 and 12: an import of five thousand clients, and a backup with its verification.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use practice::id::ImportId;
use practice::imports::{self, Opened};
use practice::vault::backup;
use ratio::Row;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

use crate::places::{Bench, Places, timed};

/// Lines of the file; those that look like somebody else are left out by the preview, and about five thousand remain.
const LINES: u32 = 5_300;
/// These take long; more rounds would only take longer.
const FEWER: usize = 3;
/// What an import writes, in an order in which each row's owner is there before it.
const WRITTEN: [&str; 5] = ["clients", "contact_points", "imports", "import_rows", "audit_events"];

pub fn measure(places: &Places, times: usize) -> Result<Vec<Row>> {
    let times = times.min(FEWER);
    Ok(vec![import(places, times)?, backup(places, times)?])
}

fn import(places: &Places, times: usize) -> Result<Row> {
    let file = csv();
    let (mut rounds, mut clients) = (Vec::new(), 0);
    for round in 0..=times {
        let bench = places.copy("import")?;
        let before = last_event(&bench.bare)?;
        let opened = bench.read(|r| Opened::open(r, "clients.csv", file.as_bytes()))?;
        let (many, ours) = timed(|| imports::run(|act| bench.write(|w| act(w)), ImportId(Uuid::now_v7()), &opened, |_| true))?;
        let rows = inserted(&bench.bare, before)?;
        drop(bench);
        // The same rows into the same records, by a bare connection.
        let bench = places.copy("import")?;
        let folder = bench.folder.clone();
        drop(bench);
        let writer = places.stock.open_in(&folder, 0)?.connections.writer;
        let (_, floor) = timed(|| insert(&writer, &rows))?;
        clients = many;
        if round > 0 {
            rounds.push((ours, floor));
        }
    }
    Ok(Row::new(
        "11",
        "5,000 clients read from a CSV file, brought in with their trail; in the floor the triggers run too",
        "ms",
        2.0,
        &rounds,
    )
    .with("clients", clients))
}

fn csv() -> String {
    let mut text = "First name,Last name,Email,Phone,Date of birth,Notes\n".to_owned();
    for number in 0..LINES {
        text.push_str(&format!(
            "Given{},Family{number},p{number}@post.example,+44 7700 900{:03},19{:02}-0{}-1{},Came by a colleague\n",
            number % 97,
            number % 1000,
            40 + number % 60,
            1 + number % 9,
            number % 9
        ));
    }
    text
}

fn last_event(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT max(seq) FROM audit_events", [], |row| row.get(0))?)
}

/// A table, the names of its columns, and its rows.
type Rows = (&'static str, Vec<String>, Vec<Vec<Value>>);

/// What the newest import wrote.
fn inserted(conn: &Connection, before: i64) -> Result<Vec<Rows>> {
    let of_import = "(SELECT id FROM imports ORDER BY rowid DESC LIMIT 1)";
    WRITTEN
        .iter()
        .map(|table| {
            let which = match *table {
                "clients" => format!("id IN (SELECT client_id FROM import_rows WHERE import_id = {of_import})"),
                "contact_points" => format!("client_id IN (SELECT client_id FROM import_rows WHERE import_id = {of_import})"),
                "imports" => format!("id = {of_import}"),
                "import_rows" => format!("import_id = {of_import}"),
                _ => format!("seq > {before} ORDER BY seq"),
            };
            let mut statement = conn.prepare(&format!("SELECT * FROM {table} WHERE {which}"))?;
            let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let many = columns.len();
            let rows =
                statement.query_map([], |row| (0..many).map(|column| row.get(column)).collect())?.collect::<rusqlite::Result<_>>()?;
            Ok((*table, columns, rows))
        })
        .collect()
}

fn insert(conn: &Connection, rows: &[Rows]) -> Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for (table, columns, rows) in rows {
        let places = vec!["?"; columns.len()].join(", ");
        let mut statement = conn.prepare(&format!("INSERT INTO {table} ({}) VALUES ({places})", columns.join(", ")))?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
    }
    conn.execute_batch("COMMIT")?;
    Ok(())
}

fn backup(places: &Places, times: usize) -> Result<Row> {
    let bench = places.copy("backup")?;
    let (shelf, copy) = (places.scratch().join("shelf"), places.scratch().join("copied"));
    let database = bench.folder.join("practice.db");
    let mut rounds = Vec::new();
    for round in 0..=times {
        fs::create_dir_all(&shelf)?;
        let (_, ours) = timed(|| {
            backup::make(&bench.records, &bench.held, &shelf, bench.moment, "0.1.0", None, &mut |_, _, _| true)
                .map_err(|failure| anyhow::anyhow!("{failure}"))
        })?;
        fs::remove_dir_all(&shelf)?;
        let (_, copied) = timed(|| copy_and_flush(&database, &copy))?;
        let (_, checked) = timed(|| check_pages(&bench))?;
        fs::remove_file(&copy)?;
        if round > 0 {
            rounds.push((ours, copied + checked));
        }
    }
    let bytes = fs::metadata(&database)?.len();
    Ok(Row::new("12", "a backup, read back and checked", "ms", 1.5, &rounds).with("bytes", bytes))
}

fn copy_and_flush(from: &Path, to: &Path) -> Result<()> {
    let mut file = File::create(to)?;
    std::io::copy(&mut File::open(from)?, &mut file)?;
    file.flush()?;
    Ok(file.sync_data()?)
}

/// Every page once: decrypted, its sum compared.
fn check_pages(bench: &Bench) -> Result<()> {
    let mut statement = bench.bare.prepare("PRAGMA cipher_integrity_check")?;
    let wrong = statement.query([])?.next()?.is_some();
    anyhow::ensure!(!wrong, "a page of the data set is damaged");
    Ok(())
}
