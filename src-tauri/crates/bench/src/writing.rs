//! Operations 5 and 5b: a draft saved, a note approved; durable when they return. The floor is one flush of as many bytes.

use std::fs::File;
use std::os::unix::fs::FileExt;

use anyhow::{Context, Result};
use practice::id::{ClientId, NoteId};
use practice::notes::{self, Section, Template, approval, drafts, search};
use practice::sessions::booking::{NewSession, Start, book};
use practice::sessions::{BookedBy, SessionKind};
use practice::time::Instant;
use ratio::{Row, at, sorted};

use crate::places::{Bench, Places, timed};
use crate::reading::clients;
use crate::rounds::rounds;

/// What a save writes: a few pages of the log.
const FLUSH: usize = 24 * 1024;
const SAVES: usize = 20;
const APPROVALS: usize = 10;

pub fn measure(places: &Places, times: usize) -> Result<Vec<Row>> {
    let bench = places.copy("writing")?;
    let someone = clients(&bench)?;
    let floor = Flush::ready(places)?;

    let note = begin(&bench, *someone.first().context("nobody is in care")?, 0)?;
    pause(&bench)?;
    let (mut typed, mut saves) = (0, Vec::new());
    let saved = rounds(
        times,
        || {
            let mut taken = Vec::new();
            for _ in 0..SAVES {
                typed += 1;
                let sections = written(typed);
                taken.push(timed(|| bench.write(|w| drafts::save(w, note, &sections)))?.1);
            }
            saves.extend_from_slice(&taken);
            pause(&bench)?;
            middle(taken)
        },
        || middle((0..SAVES).map(|_| floor.once()).collect::<Result<_>>()?),
    )?;

    let (mut number, mut approvals) = (0, Vec::new());
    let approved = rounds(
        times,
        || {
            let mut taken = Vec::new();
            for _ in 0..APPROVALS {
                number += 1;
                let client = *someone.get(number % someone.len()).context("nobody is in care")?;
                let note = begin(&bench, client, number)?;
                bench.write(|w| drafts::save(w, note, &written(number)))?;
                taken.push(timed(|| bench.write(|w| approval::approve(w, note)))?.1);
            }
            approvals.extend_from_slice(&taken);
            pause(&bench)?;
            middle(taken)
        },
        || middle((0..APPROVALS).map(|_| floor.once()).collect::<Result<_>>()?),
    )?;
    let tails = |row: Row, all: Vec<f64>| {
        let all = sorted(all);
        row.with("p95 ms", at(&all, 0.95)).with("worst ms", at(&all, 1.0))
    };
    Ok(vec![
        tails(Row::new("5", "a draft saved, durable", "ms", 3.0, &saved), saves),
        tails(Row::new("5b", "a note approved, with index, trail and anchor", "ms", 10.0, &approved), approvals),
    ])
}

/// A note of a session that was held some hours ago.
pub fn begin(bench: &Bench, client: ClientId, number: usize) -> Result<NoteId> {
    let hours = 2 + i64::try_from(number % 200)?;
    let local = Instant(bench.moment.at.0 - hours * 3_600_000).in_zone(bench.moment.zone);
    let new = NewSession {
        participants: vec![client],
        start: Start { date: local.date(), time: local.format("%H:%M").to_string(), zone: None, later: Some(false) },
        minutes: 50,
        kind: SessionKind::InPerson,
        place: String::new(),
        booked_by: BookedBy::Therapist,
        booking_source: String::new(),
        repeat_times: None,
    };
    bench.write(|w| {
        let session = book(w, &new)?;
        notes::open_or_begin(w, session, Template::Soap)
    })
}

/// About five kilobytes, another text each time.
pub fn written(number: usize) -> Vec<Section> {
    let sentence = format!("In the {number}th week the nights were shorter than the diary says, and she laughed about it. ");
    Template::Soap.sections().iter().map(|kind| Section { kind: *kind, text: sentence.repeat(14) }).collect()
}

/// What the program does when nothing has been written for a moment.
fn pause(bench: &Bench) -> Result<()> {
    while bench.read(search::is_to_merge)? {
        bench.write(search::merge)?;
    }
    bench.records.make_room()?;
    bench.records.fold()?;
    Ok(())
}

fn middle(taken: Vec<f64>) -> Result<f64> {
    Ok(at(&sorted(taken), 0.5))
}

/// A file whose room is there already, and bytes to write into it.
struct Flush {
    file: File,
    bytes: Vec<u8>,
}

impl Flush {
    fn ready(places: &Places) -> Result<Self> {
        let (file, bytes) = (File::create(places.scratch().join("flush"))?, vec![0x5a; FLUSH]);
        file.write_all_at(&bytes, 0)?;
        file.sync_all()?;
        Ok(Self { file, bytes })
    }

    fn once(&self) -> Result<f64> {
        timed(|| {
            self.file.write_all_at(&self.bytes, 0)?;
            Ok(self.file.sync_data()?)
        })
        .map(|timed| timed.1)
    }
}
