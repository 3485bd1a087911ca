//! Operations 6 and 7: a search over all notes, and Find letter by letter.

use anyhow::{Context, Result};
use memchr::memmem::Finder;
use practice::notes::search;
use practice::pages::find;
use ratio::{Row, at, sorted};

use crate::places::{Places, timed};
use crate::reading::clients;
use crate::rounds::rounds;

/// What is looked for: seldom said, now and then, often; the second is the row, the others are told beside it.
const PHRASES: [&str; 3] = ["three in the morning", "sleep diary", "the week"];
const SNIPPETS: u32 = 20;

pub fn measure(places: &Places, times: usize) -> Result<Vec<Row>> {
    let folder = places.stock.records();
    let text = every_note(&places.open(&folder)?.bare)?;
    let mut rows = Vec::new();
    for (number, phrase) in PHRASES.iter().enumerate() {
        let finder = Finder::new(phrase);
        let in_memory = || timed(|| Ok(std::hint::black_box(finder.find_iter(&text).count()))).map(|timed| timed.1);
        let look = |bench: &crate::places::Bench| timed(|| bench.read(|r| search::notes(r, phrase, SNIPPETS))).map(|timed| timed.1);
        let cold = rounds(times, || look(&places.open(&folder)?), in_memory)?;
        let bench = places.open(&folder)?;
        let warm = rounds(times, || look(&bench), in_memory)?;
        let found = bench.read(|r| search::notes(r, phrase, SNIPPETS))?.1;
        let n = |state: &str| if number == 1 { format!("6 {state}") } else { format!("6 {state} {}", number + 1) };
        let told = |row: Row| row.with("found", found.count).with("bytes searched", text.len());
        rows.push(told(Row::new(&n("cold"), &format!("“{phrase}” in all notes, from the file"), "ms", 0.08, &cold)));
        rows.push(told(Row::new(&n("warm"), &format!("“{phrase}” in all notes, from memory"), "ms", 0.03, &warm)));
    }
    rows.push(letters(&places.open(&folder)?, times)?);
    Ok(rows)
}

/// The text of every note, as plain as it comes.
fn every_note(conn: &rusqlite::Connection) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut statement = conn.prepare("SELECT body FROM note_versions")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        text.extend_from_slice(row.get_ref(0)?.as_str()?.as_bytes());
    }
    Ok(text)
}

/// A name and two phrases, letter by letter; against one millisecond.
fn letters(bench: &crate::places::Bench, times: usize) -> Result<Row> {
    let someone = clients(bench)?;
    let id = *someone.first().context("nobody is in care")?;
    let name = bench.read(|r| practice::clients::details(r, id))?.last_name.to_lowercase();
    let typed: Vec<String> = [name.as_str(), PHRASES[0], PHRASES[1]]
        .into_iter()
        .flat_map(|whole| {
            let letters: Vec<char> = whole.chars().collect();
            (1..=letters.len().min(20)).map(move |many| letters[..many].iter().collect::<String>())
        })
        .collect();
    let mut taken = Vec::new();
    for round in 0..=times {
        for text in &typed {
            let (_, ms) = timed(|| bench.read(|r| find::of(r, text)))?;
            if round > 0 {
                taken.push(ms);
            }
        }
    }
    let taken = sorted(taken);
    let rounds: Vec<(f64, f64)> = taken.iter().map(|ms| (*ms, 1.0)).collect();
    Ok(Row::new("7", "a letter typed in Find, against 1 ms", "ms", 1.0, &rounds)
        .with("p95 ms", at(&taken, 0.95))
        .with("worst ms", at(&taken, 1.0)))
}
