//! Operations 3 and 4: the list of clients and the profile, from the file and from memory.

use std::path::Path;

use anyhow::{Context, Result, bail};
use practice::id::ClientId;
use practice::pages::client::profile;
use practice::pages::list::{ClientFilter, ClientQuery, ClientSort, page};
use practice::store::Reader;
use ratio::Row;

use crate::bare;
use crate::counted::{self, Seen};
use crate::places::{Bench, Places, timed};
use crate::rounds::rounds;

/// Rows the window asks for at first.
const PAGE: u32 = 24;
/// One look is too short for the clock.
const BATCH: usize = 40;

/// Looks at something; how many bytes of it are given out.
type Look<'l> = dyn Fn(&Reader) -> practice::error::Result<usize> + 'l;

pub fn first_page() -> ClientQuery {
    ClientQuery { filter: ClientFilter::Active, sort: ClientSort::Name, descending: false, find: String::new(), offset: 0, limit: PAGE }
}

/// How many bytes go over the boundary for a value.
fn bytes<T: serde::Serialize>(value: &T) -> usize {
    serde_json::to_vec(value).map_or(0, |bytes| bytes.len())
}

fn list(r: &Reader) -> practice::error::Result<usize> {
    page(r, &first_page()).map(|page| bytes(&page))
}

/// The first clients in care.
pub fn clients(bench: &Bench) -> Result<Vec<ClientId>> {
    Ok(bench.read(|r| page(r, &ClientQuery { limit: 100, ..first_page() }))?.rows.into_iter().map(|row| row.id).collect())
}

/// What a look asks, counted on records that were just opened: statements, steps, pages read, bytes given out.
pub fn count(places: &Places, folder: &Path, look: &Look<'_>) -> Result<(Seen, u64, usize)> {
    let mut opened = places.stock.open_in(folder, 1)?;
    let reader = opened.connections.readers.first_mut().context("no reader")?;
    reader.query_row("SELECT count(*) FROM practice", [], |_| Ok(()))?;
    counted::watch(reader)?;
    let records = practice::store::Records::new(opened.connections);
    let ((given, pages), seen) =
        counted::seen(|| counted::pages(|| Ok(records.read(places.about.moment(), practice::words::Veil::Open, look)?)))?;
    Ok((seen, pages, given))
}

pub fn measure(places: &Places, times: usize) -> Result<Vec<Row>> {
    let folder = places.stock.records();
    let bench = places.open(&folder)?;
    let someone = clients(&bench)?;
    drop(bench);
    let mut rows = Vec::new();
    let mut both = |n: &str, name: &str, targets: (f64, f64), look: &Look<'_>| -> Result<()> {
        let (seen, pages, given) = count(places, &folder, look)?;
        let cold = rounds(
            times,
            || {
                let bench = places.open(&folder)?;
                timed(|| bench.read(look)).map(|timed| timed.1)
            },
            || {
                let bench = places.open(&folder)?;
                timed(|| bare::run(&bench.bare, &seen.statements)).map(|timed| timed.1)
            },
        )?;
        let bench = places.open(&folder)?;
        let warm = rounds(
            times * 3,
            || timed(|| (0..BATCH).try_for_each(|_| bench.read(look).map(drop))).map(|timed| timed.1),
            || timed(|| (0..BATCH).try_for_each(|_| bare::run(&bench.bare, &seen.statements))).map(|timed| timed.1),
        )?;
        let warm: Vec<(f64, f64)> = warm.into_iter().map(|(ours, floor)| (ours / BATCH as f64, floor / BATCH as f64)).collect();
        let told = |row: Row| {
            row.with("statements", seen.statements.len())
                .with("steps", seen.steps)
                .with("pages", pages)
                .with("bytes", given)
                .with("walked", seen.walked)
        };
        rows.push(told(Row::new(&format!("{n} cold"), &format!("{name}, from the file"), "ms", targets.0, &cold)));
        rows.push(told(Row::new(&format!("{n} warm"), &format!("{name}, from memory"), "ms", targets.1, &warm)));
        Ok(())
    };
    both("3", "client list, first page", (1.5, 1.1), &list)?;
    let id = *someone.get(someone.len() / 2).context("nobody is in care")?;
    both("4", "client profile, everything on it", (1.8, 1.8), &move |r| profile(r, id, &first_page()).map(|profile| bytes(&profile)))?;
    Ok(rows)
}

/// One operation, once: for whoever counts instructions from outside.
pub fn once(words: &[String]) -> Result<()> {
    let [set, what, times] = words else { bail!("it wants: once SET list|profile|none TIMES") };
    let places = Places::of(Path::new(set))?;
    let bench = places.open(&places.stock.records())?;
    let someone = clients(&bench)?;
    let id = *someone.get(someone.len() / 2).context("nobody is in care")?;
    for _ in 0..times.parse::<u32>()? {
        match what.as_str() {
            "none" => {}
            "list" => drop(bench.read(list)?),
            "profile" => drop(bench.read(|r| profile(r, id, &first_page()))?),
            other => bail!("`once` does not know {other}"),
        }
    }
    Ok(())
}
