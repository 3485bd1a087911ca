//! The gate: counts on a small data set of a fixed day, against a committed table. What changed is said in a sentence.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::DateTime;
use practice::id::{NoteId, SessionId};
use practice::notes::list::NotesFilter;
use practice::pages::{client, find, list, session, today};
use practice::store::Reader;
use practice::words::Veil;

use crate::counted;
use crate::places::Places;
use crate::reading::{clients, count, first_page};
use crate::writing::{begin, written};

/// Its last moment: a Thursday, so that the week is half over.
const NOW: &str = "2026-01-15T11:12:00Z";
type Counts = BTreeMap<String, BTreeMap<String, i64>>;

/// `gate TABLE [--write]`: compares, or writes the table anew.
pub fn gate(words: &[String]) -> Result<()> {
    let (table, write) = match words {
        [table] => (PathBuf::from(table), false),
        [table, write] if write == "--write" => (PathBuf::from(table), true),
        _ => bail!("it wants: gate TABLE [--write]"),
    };
    let found = counts()?;
    if write {
        fs::write(&table, serde_json::to_string_pretty(&found)? + "\n")?;
        println!("{} operations are written to {}", found.len(), table.display());
        return Ok(());
    }
    let known: Counts = serde_json::from_slice(&fs::read(&table).with_context(|| format!("cannot read {}", table.display()))?)?;
    let differences = compare(&known, &found);
    if differences.is_empty() {
        println!("{} operations ask as much as the table says", found.len());
        return Ok(());
    }
    for difference in &differences {
        println!("{difference}");
    }
    bail!("{} counts are not those of {}; where that is meant: cargo xtask bench --gate --write", differences.len(), table.display());
}

fn compare(known: &Counts, found: &Counts) -> Vec<String> {
    let mut told = Vec::new();
    for (operation, counts) in found {
        let Some(before) = known.get(operation) else {
            told.push(format!("“{operation}” is not in the table."));
            continue;
        };
        for (what, now) in counts {
            match before.get(what) {
                Some(then) if then == now => {}
                Some(then) => {
                    let way = if now > then { "more" } else { "fewer" };
                    told.push(format!("“{operation}” takes {way} {what}: {now} where it was {then}."));
                }
                None => told.push(format!("“{operation}” has no {what} in the table.")),
            }
        }
        let gone = before.keys().filter(|what| !counts.contains_key(*what));
        told.extend(gone.map(|what| format!("“{operation}” no longer tells its {what}.")));
    }
    told.extend(known.keys().filter(|operation| !found.contains_key(*operation)).map(|gone| format!("“{gone}” is no longer counted.")));
    told
}

/// `counts SET`: the same counts on any data set, to see what grows with it.
pub fn show(words: &[String]) -> Result<()> {
    let [set] = words else { bail!("it wants: counts SET") };
    println!("{}", serde_json::to_string_pretty(&counts_on(&Places::of(Path::new(set))?)?)?);
    Ok(())
}

fn counts() -> Result<Counts> {
    let folder = tempfile::tempdir()?;
    let set = folder.path().join("weeks");
    data::make(data::WEEKS, &set, DateTime::parse_from_rfc3339(NOW)?.to_utc(), |_| {})?;
    counts_on(&Places::of(&set)?)
}

fn counts_on(places: &Places) -> Result<Counts> {
    let records = places.stock.records();
    let (someone, held, note) = {
        let bench = places.open(&records)?;
        let someone = *clients(&bench)?.first().context("nobody is in care")?;
        let profile = bench.read(|r| client::profile(r, someone, &first_page()))?;
        let held = profile.recent.iter().find(|session| session.note.is_some()).context("a client without a note")?;
        (someone, held.id, held.note.as_ref().context("no note")?.id)
    };
    let mut all = Counts::new();
    let mut look = |name: &str, look: &dyn Fn(&Reader) -> practice::error::Result<usize>| -> Result<()> {
        let (seen, pages, bytes) = count(places, &records, look)?;
        let counts = [
            ("statements", i64::try_from(seen.statements.len())?),
            ("steps", seen.steps),
            ("rows walked through", seen.walked),
            ("pages", i64::try_from(pages)?),
            ("bytes over the boundary", i64::try_from(bytes)?),
        ];
        all.insert(name.to_owned(), counts.into_iter().map(|(what, many)| (what.to_owned(), many)).collect());
        Ok(())
    };
    look("frame", &|r| practice::pages::frame(r, false).map(|page| length(&page)))?;
    look("notes awaiting approval", &|r| {
        practice::notes::list::page(r, NotesFilter::AwaitingApproval, "", 0, 20).map(|page| length(&page))
    })?;
    look("notes approved", &|r| practice::notes::list::page(r, NotesFilter::Approved, "", 0, 20).map(|page| length(&page)))?;
    look("notes approved, two words of them", &|r| {
        practice::notes::list::page(r, NotesFilter::Approved, "sleep diary", 0, 20).map(|page| length(&page))
    })?;
    look("history of a client", &move |r| {
        practice::sessions::history::of(r, someone, practice::sessions::history::HistoryFilter::All, "").map(|page| length(&page))
    })?;
    look("Today", &|r| today::of(r).map(|page| length(&page)))?;
    look("client list, first page", &|r| list::page(r, &first_page()).map(|page| length(&page)))?;
    look("client profile", &move |r| client::profile(r, someone, &first_page()).map(|page| length(&page)))?;
    look("passages of a summary", &move |r| practice::summary::passages(r, someone).map(|all| length(&all)))?;
    look("session", &move |r| session::of(r, SessionId(held.0)).map(|page| length(&page)))?;
    look("note", &move |r| session::note_screen(r, NoteId(note.0)).map(|page| length(&page)))?;
    look("Find, three letters", &|r| find::of(r, "lin").map(|page| length(&page)))?;
    look("Find, a word of every day", &|r| find::of(r, "sleep").map(|page| length(&page)))?;
    look("Find, two words of notes", &|r| find::of(r, "sleep diary").map(|page| length(&page)))?;
    writes(places, &mut all)?;
    Ok(all)
}

fn length<T: serde::Serialize>(page: &T) -> usize {
    serde_json::to_vec(page).map_or(0, |bytes| bytes.len())
}

/// Of a write the statements and steps; how many pages it touches hangs on where its ids fall.
fn writes(places: &Places, all: &mut Counts) -> Result<()> {
    let bench = places.copy("writing")?;
    let someone = *clients(&bench)?.first().context("nobody is in care")?;
    let note = begin(&bench, someone, 1)?;
    let folder = bench.folder.clone();
    let moment = bench.moment;
    drop(bench);
    let mut count = |name: &str, act: &dyn Fn(&mut practice::store::Writer) -> practice::error::Result<()>| -> Result<()> {
        let mut opened = places.stock.open_in(&folder, 0)?;
        counted::watch(&mut opened.connections.writer)?;
        let records = practice::store::Records::new(opened.connections);
        records.agreement()?;
        let (_, seen) = counted::seen(|| Ok(records.write(moment, Veil::Open, &mut uuid::Uuid::now_v7, act)?))?;
        let counts = [("statements".to_owned(), i64::try_from(seen.statements.len())?), ("steps".to_owned(), seen.steps)];
        all.insert(name.to_owned(), counts.into());
        Ok(())
    };
    count("a draft saved", &|w| practice::notes::drafts::save(w, note, &written(1)).map(drop))?;
    count("a note approved", &|w| practice::notes::approval::approve(w, note).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(steps: i64) -> Counts {
        Counts::from([("client list".to_owned(), BTreeMap::from([("steps".to_owned(), steps)]))])
    }

    #[test]
    fn a_count_that_changed_is_told_in_a_sentence_and_one_that_did_not_is_not() {
        assert!(compare(&table(10), &table(10)).is_empty());
        assert_eq!(compare(&table(10), &table(12)), ["“client list” takes more steps: 12 where it was 10."]);
        assert_eq!(compare(&table(10), &table(8)), ["“client list” takes fewer steps: 8 where it was 10."]);
        assert_eq!(compare(&Counts::new(), &table(8)), ["“client list” is not in the table."]);
        let silent = Counts::from([("client list".to_owned(), BTreeMap::new())]);
        assert_eq!(compare(&table(8), &silent), ["“client list” no longer tells its steps."]);
        assert_eq!(compare(&table(8), &Counts::new()), ["“client list” is no longer counted."]);
    }
}
