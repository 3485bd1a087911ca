//! A working life, week by week: who comes, who is asked to come again, what is written of it. Everything is done by the core's own operations,
//! each at an instant of its own, in order.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::time;

use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use practice::audit::{self, Act, Event};
use practice::clients::{AgreedHow, Agreement, ClientStatus};
use practice::consents::{AssertedBy, Decision, How, NewConsent, Purpose};
use practice::homework::{HomeworkState, NewHomework, Repeats};
use practice::id::{ClientId, NoteId, SessionId};
use practice::notes::{Section, Template};
use practice::sessions::booking::{Cancellation, NewSession, Start};
use practice::sessions::{Attendance, BookedBy, SessionKind};
use practice::settings::Practice;
use practice::store::{Connections, Records, Writer};
use practice::time::{Instant, Moment, WallClock, wall_clock};
use practice::vault::{KeyringAnswer, KeyringSecret, Passphrase, RecoveryCode, Standing, prepare};
use practice::words::Veil;
use practice::{clients, consents, homework, notes, security, sessions, settings, store, summary};

use crate::chance::Chance;
use crate::text::Text;
use crate::{About, PASSPHRASE, Set, Stock, people};

const ZONE: Tz = chrono_tz::Europe::London;
/// Clients in care at one time, and sessions of a week.
const CASELOAD: usize = 45;
/// Those who are there in the first week.
const AT_FIRST: u32 = 30;
/// The last years hold one therapist's caseload, however many careers are before them.
const CALM: u32 = 104;
/// Looks at profile, last note and history around a session, so that the trail has about ten events for each.
const LOOKS: usize = 6;
const MINUTES: u32 = 50;
const DAY: i64 = 24 * 3600;

type Done<T> = practice::error::Result<T>;

/// One thing that is done.
#[derive(Clone, Copy)]
enum Deed {
    Add,
    Book,
    Look,
    Write,
    Approve,
    Away(Attendance),
    Assign,
    Homework(HomeworkState),
    Summary,
    End,
}

/// A client on the way through the practice.
struct Person {
    number: u32,
    template: Template,
    /// How many sessions are meant.
    meant: f64,
    had: u32,
    /// The week in which the next session is due, and how many weeks apart they are.
    due: u32,
    every: u32,
    client: Option<ClientId>,
    /// The newest sessions that were booked, by their starts.
    booked: Vec<Booked>,
    homework: Option<practice::id::HomeworkId>,
}

/// Makes a data set in a folder that is not there yet, ending at `now`. `said` hears how far it has come, in hundredths.
///
/// # Errors
/// The folder is there, or cannot be written; then what was begun lies in it without its `data.json`, and is no data set.
pub fn make(set: Set, folder: &Path, now: DateTime<Utc>, mut said: impl FnMut(u32)) -> Result<About> {
    let begun = time::Instant::now();
    if folder.exists() {
        bail!("{} is there already", folder.display());
    }
    fs::create_dir_all(folder)?;
    let (connections, kept) = begin(folder, now)?;
    let records = Records::new(connections);
    let moment = Moment { at: now.into(), zone: ZONE };
    let mut life = Life::new(set, moment, records);
    life.found()?;
    for week in 0..set.weeks {
        life.week(week)?;
        said(100 * (week + 1) / set.weeks);
    }
    life.book_ahead()?;
    life.run(Instant(i64::MAX))?;
    drop(life);
    rest(&Stock::of(folder, kept.clone()))?;
    let about = about(set, folder, moment, &kept, begun.elapsed().as_secs_f64())?;
    fs::write(folder.join("data.json"), serde_json::to_string_pretty(&about)?)?;
    Ok(about)
}

/// A vault with a passphrase and a kit; what its password store would keep is written beside it.
fn begin(folder: &Path, now: DateTime<Utc>) -> Result<(Connections, HashMap<String, String>)> {
    let place = folder.join("records");
    let mut kept = HashMap::new();
    let mut keep = |entry: &str, secret: &KeyringSecret| {
        kept.insert(entry.to_owned(), secret.to_text().to_string());
        KeyringSecret::from_text(secret.to_text().as_bytes()).map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret)
    };
    let Standing::FirstRun(first) = prepare(&place, |_| KeyringAnswer::NoEntry) else { bail!("{} is not empty", place.display()) };
    let ready = first.begin(now, Some(&Passphrase::new(PASSPHRASE)), &mut keep).map_err(|barred| anyhow!("{barred}"))?;
    let opened = ready.open(0).map_err(|barred| anyhow!("{barred}"))?;
    fs::write(folder.join("store.json"), serde_json::to_string_pretty(&kept)?)?;
    let code = RecoveryCode::generate().map_err(|barred| anyhow!("{barred}"))?;
    let kit = opened.held.add_kit(&code).map_err(|barred| anyhow!("{barred}"))?;
    let connections = opened.connections;
    // Nobody rests while a life goes by in minutes: until its end each write puts the search index in order.
    connections.writer.execute_batch("INSERT INTO note_search (note_search, rank) VALUES ('automerge', 4)")?;
    let mut ids = Chance::new(2025);
    let mut id = || ids.id(u64::try_from(now.timestamp_millis()).unwrap_or_default());
    store::write(&connections.writer, Moment { at: now.into(), zone: ZONE }, Veil::Open, &mut id, |w| {
        security::set_kit(w, &kit)?;
        security::kit_read_back(w)
    })?;
    Ok((connections, kept))
}

/// A session that was booked, and its note once that is begun.
struct Booked {
    start: Instant,
    session: SessionId,
    note: Option<NoteId>,
}

impl Person {
    /// The session that starts then.
    fn booked(&mut self, start: Instant) -> Option<&mut Booked> {
        self.booked.iter_mut().find(|booked| booked.start == start)
    }
}

struct Life {
    set: Set,
    now: Moment,
    records: Records,
    /// The Monday of the first week.
    monday: NaiveDate,
    chance: Chance,
    ids: Chance,
    text: Text,
    /// What, for whom, of the session that starts then; by instant, and in the order of planning among equals.
    deeds: BTreeMap<(Instant, u64), (usize, Instant, Deed)>,
    planned: u64,
    people: Vec<Person>,
    /// Those in care.
    care: Vec<usize>,
    /// How many of clients and of sessions are due by now, with what is left over of the last week.
    arrived: f64,
    held: f64,
    booked: u32,
}

impl Life {
    fn new(set: Set, now: Moment, records: Records) -> Self {
        let today = now.today();
        let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday())) - Duration::weeks(i64::from(set.weeks) - 1);
        Self {
            set,
            now,
            records,
            monday,
            chance: Chance::new(2026),
            ids: Chance::new(2027),
            text: Text::learn(),
            deeds: BTreeMap::new(),
            planned: 0,
            people: Vec::new(),
            care: Vec::new(),
            arrived: f64::from(AT_FIRST),
            held: 0.0,
            booked: 0,
        }
    }

    fn found(&mut self) -> Result<()> {
        let settings = Practice { practice_name: "Halloran Practice".to_owned(), ..Practice::of("Ines Halloran", ZONE.name()) };
        let (now, start) = (self.now, self.start(0, 0).plus_seconds(-30 * DAY));
        let ids = &mut self.ids;
        let mut id = || ids.id(u64::try_from(start.0).unwrap_or_default());
        self.records.write(now, Veil::Open, &mut id, |w| w.at(start, |w| settings::set_up(w, &settings)))?;
        Ok(())
    }

    /// How full a week is, against one therapist's.
    fn density(&self, week: u32) -> f64 {
        let plain = f64::from(self.set.sessions) / f64::from(self.set.weeks);
        let careers = (plain / 25.6).max(1.0);
        if careers < 2.0 || week + CALM >= self.set.weeks {
            return 1.0;
        }
        // What the calm years leave over is spread over those before.
        let before = f64::from(self.set.weeks - CALM);
        (careers * f64::from(self.set.weeks) - f64::from(CALM)) / before
    }

    /// Sessions of a week at the density of one therapist.
    fn weekly(&self) -> f64 {
        let dense: f64 = (0..self.set.weeks).map(|week| self.density(week)).sum();
        // Those ahead are booked besides.
        (f64::from(self.set.sessions) - CASELOAD as f64 * 0.8) / dense
    }

    fn week(&mut self, week: u32) -> Result<()> {
        let density = self.density(week);
        let all: f64 = (0..self.set.weeks).map(|week| self.density(week)).sum();
        self.arrived += f64::from(self.set.clients - AT_FIRST) * density / all;
        self.held += self.weekly() * density;
        let last = week + 1 == self.set.weeks;
        let most = (CASELOAD as f64 * density) as usize;
        while (self.people.len() as f64) < if last { f64::from(self.set.clients) } else { self.arrived.floor() } {
            self.arrive(week);
        }
        self.leave(week, most);
        // Those whose turn it is, longest due first.
        self.care.sort_by_key(|person| (self.people[*person].due, *person));
        let many = (self.held.floor() as usize).saturating_sub(self.booked as usize).min(self.care.len());
        for place in 0..many {
            let person = self.care[place];
            self.session(person, week, place);
        }
        self.booked += u32::try_from(many).unwrap_or_default();
        // What comes later is never dated earlier than this.
        self.run(self.start(week, 0).plus_seconds(-DAY))
    }

    fn arrive(&mut self, week: u32) {
        let number = u32::try_from(self.people.len()).unwrap_or_default() + 1;
        let template = [Template::Soap, Template::Dap, Template::Birp, Template::Free][self.chance.below(4)];
        let mean = f64::from(self.set.sessions) / f64::from(self.set.clients);
        // Few come very often, many a few times.
        let meant = (-(1.0 - self.chance.part()).ln() * mean).max(1.0);
        let every = if self.chance.in_hundred(70) { 1 } else { 2 };
        self.care.push(self.people.len());
        self.people.push(Person { number, template, meant, had: 0, due: week, every, client: None, booked: Vec::new(), homework: None });
    }

    /// Whoever has come as often as was meant goes, as far as there is no room for all.
    fn leave(&mut self, week: u32, most: usize) {
        let at = self.start(week, 0).plus_seconds(-DAY / 2);
        while self.care.len() > most {
            let spent = |person: &usize| f64::from(self.people[*person].had) / self.people[*person].meant;
            let furthest = (0..self.care.len()).max_by(|one, other| spent(&self.care[*one]).total_cmp(&spent(&self.care[*other])));
            let Some(furthest) = furthest else { return };
            let person = self.care.swap_remove(furthest);
            if self.people[person].had == 0 {
                // Added and never seen: as it happens.
                self.plan(at.plus_seconds(-7 * DAY), person, at, Deed::Add);
            }
            self.plan(at, person, at, Deed::End);
        }
    }

    /// The place of a session in its week: Monday to Friday from nine, several at one time where the week holds more than one therapist's.
    fn start(&self, week: u32, place: usize) -> Instant {
        let (day, hour, beside) = (place % 5, place / 5 % 8, place / 40 % 6);
        let date = self.monday + Duration::weeks(i64::from(week)) + Duration::days(i64::try_from(day).unwrap_or_default());
        let time = NaiveTime::from_hms_opt(9 + u32::try_from(hour).unwrap_or_default(), 10 * u32::try_from(beside).unwrap_or_default(), 0);
        match wall_clock(date.and_time(time.unwrap_or_default()), ZONE) {
            WallClock::Once(at) | WallClock::Twice(at, _) => at,
            WallClock::Never { first_after } => first_after,
        }
    }

    fn plan(&mut self, at: Instant, person: usize, start: Instant, deed: Deed) {
        self.planned += 1;
        self.deeds.insert((at, self.planned), (person, start, deed));
    }

    fn session(&mut self, index: usize, week: u32, place: usize) {
        let start = self.start(week, place);
        let end = start.plus_minutes(MINUTES);
        let known = self.people[index].had > 0;
        self.people[index].had += 1;
        self.people[index].due = week + self.people[index].every;
        // Six days before, in the hour of the last: earlier than everything of the next session but its booking.
        let booked = start.plus_seconds(-6 * DAY - 3600);
        if !known {
            self.plan(booked.plus_seconds(-600), index, start, Deed::Add);
        }
        self.plan(booked, index, start, Deed::Book);
        let away = match self.chance.below(100) {
            0..6 => Some((Attendance::CancelledByClient, start.plus_seconds(-2 * DAY))),
            6..9 => Some((Attendance::CancelledLateByClient, start.plus_seconds(-5 * 3600))),
            9..11 => Some((Attendance::CancelledByTherapist, start.plus_seconds(-3 * DAY))),
            11..14 => Some((Attendance::NoShow, start.plus_minutes(20))),
            _ => None,
        };
        if let Some((attendance, at)) = away {
            return self.plan(at, index, start, Deed::Away(attendance));
        }
        self.plan(start.plus_seconds(-900), index, start, Deed::Look);
        self.plan(end.plus_seconds(60), index, start, Deed::Write);
        let recent = week + 1 >= self.set.weeks;
        let minutes = self.chance.between(4, 180);
        if !(recent && self.chance.in_hundred(20)) {
            self.plan(end.plus_seconds(minutes * 60), index, start, Deed::Approve);
        }
        if self.chance.in_hundred(40) {
            self.plan(end.plus_seconds(120), index, start, Deed::Assign);
            let state = match self.chance.below(20) {
                0..12 => Some(HomeworkState::Done),
                12..15 => Some(HomeworkState::PartlyDone),
                15..18 => Some(HomeworkState::NotDone),
                18 => Some(HomeworkState::InProgress),
                _ => None,
            };
            if let Some(state) = state {
                self.plan(end.plus_seconds(5 * DAY), index, start, Deed::Homework(state));
            }
        }
        // About once in three months.
        if self.people[index].had % 13 == 6 {
            self.plan(end.plus_seconds(4 * 3600), index, start, Deed::Summary);
        }
    }

    /// Four in five of those in care have their next session.
    fn book_ahead(&mut self) -> Result<()> {
        self.care.sort_by_key(|person| (self.people[*person].due, *person));
        for (place, person) in self.care.clone().into_iter().enumerate() {
            if self.people[person].had == 0 {
                // New this week: not seen yet.
                self.plan(self.now.at.plus_seconds(-3600), person, self.now.at, Deed::Add);
            }
            if self.chance.in_hundred(80) {
                let start = self.start(self.set.weeks, place);
                self.plan(self.now.at.plus_seconds(-60), person, start, Deed::Book);
            }
        }
        Ok(())
    }

    /// Does what is due before `until`, in one transaction. What lies ahead of the last moment is not done.
    fn run(&mut self, until: Instant) -> Result<()> {
        let until = until.min(self.now.at);
        let later = self.deeds.split_off(&(until, 0));
        let due = std::mem::replace(&mut self.deeds, later);
        let at = Cell::new(0);
        let (ids, now) = (&mut self.ids, self.now);
        let mut id = || ids.id(at.get());
        let (people, text, chance, set) = (&mut self.people, &self.text, &mut self.chance, self.set);
        self.records.write(now, Veil::Open, &mut id, |w| {
            for ((instant, _), (index, start, deed)) in due {
                at.set(u64::try_from(instant.0).unwrap_or_default());
                w.at(instant, |w| perform(w, &mut people[index], start, deed, text, chance, set))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Counts what was made.
/// From here on it is as the program leaves it.
fn rest(stock: &Stock) -> Result<()> {
    let writer = stock.open(0)?.connections.writer;
    Ok(writer.execute_batch("INSERT INTO note_search (note_search, rank) VALUES ('merge', 1000000), ('automerge', 0)")?)
}

fn about(set: Set, folder: &Path, now: Moment, kept: &HashMap<String, String>, seconds: f64) -> Result<About> {
    let opened = Stock::of(folder, kept.clone()).open(1)?;
    let reader = opened.connections.readers.first().context("no reader")?;
    let count = |sql: &str| -> Result<u64> { Ok(u64::try_from(reader.query_row(sql, [], |row| row.get::<_, i64>(0))?)?) };
    Ok(About {
        set: set.name.to_owned(),
        now: now.at.0,
        zone: now.zone,
        clients: count("SELECT count(*) FROM clients")?,
        sessions: count("SELECT count(*) FROM sessions")?,
        notes: count("SELECT count(*) FROM notes WHERE state = 'approved'")?,
        note_bytes: count("SELECT sum(length(CAST(body AS BLOB))) FROM note_versions")?,
        audit_events: count("SELECT count(*) FROM audit_events")?,
        seconds,
    })
}

fn perform(w: &mut Writer, person: &mut Person, start: Instant, deed: Deed, text: &Text, chance: &mut Chance, set: Set) -> Done<()> {
    let Some(client) = person.client else { return if matches!(deed, Deed::Add) { add(w, person, chance) } else { Ok(()) } };
    match deed {
        Deed::Add => {}
        Deed::Book => {
            let local = start.in_zone(ZONE);
            let by_client = chance.in_hundred(60);
            let new = NewSession {
                participants: vec![client],
                start: Start { date: local.date(), time: local.format("%H:%M").to_string(), zone: None, later: Some(false) },
                minutes: MINUTES,
                kind: if chance.in_hundred(75) { SessionKind::InPerson } else { SessionKind::Video },
                place: String::new(),
                booked_by: if by_client { BookedBy::Client } else { BookedBy::Therapist },
                booking_source: if by_client { "by telephone".to_owned() } else { String::new() },
                repeat_times: None,
            };
            let session = sessions::booking::book(w, &new)?;
            // Nobody comes back to one that was before the last.
            if person.booked.len() > 2 {
                person.booked.remove(0);
            }
            person.booked.push(Booked { start, session, note: None });
        }
        Deed::Look => {
            let last = person.booked.iter().rev().find_map(|booked| booked.note);
            for look in 0..LOOKS {
                let (act, subject, id) = match last {
                    Some(note) if look % 2 == 1 => (Act::NoteRead, "note", note.0),
                    _ => (Act::ClientRead, "client", client.0),
                };
                audit::record(w, &Event::new(act, subject, Some(id), Some(client)))?;
            }
        }
        Deed::Away(Attendance::NoShow) => {
            if let Some(Booked { session, .. }) = person.booked(start) {
                sessions::set_attendance(w, *session, Attendance::NoShow)?;
            }
        }
        Deed::Away(attendance) => {
            if let Some(Booked { session, .. }) = person.booked(start) {
                sessions::booking::cancel(w, *session, &Cancellation { attendance, told_at: None, remark: String::new() })?;
            }
        }
        Deed::Write => {
            let template = person.template;
            if let Some(booked) = person.booked(start) {
                let note = notes::open_or_begin(w, booked.session, template)?;
                let sections = template.sections();
                let bytes = f64::from(set.note_bytes) * chance.length() / sections.len() as f64;
                let written: Vec<Section> =
                    sections.iter().map(|kind| Section { kind: *kind, text: text.write(bytes as usize, chance) }).collect();
                notes::drafts::save(w, note, &written)?;
                booked.note = Some(note);
            }
        }
        Deed::Approve => {
            if let Some(Booked { note: Some(note), .. }) = person.booked(start) {
                notes::approval::approve(w, *note)?;
            }
        }
        Deed::Assign => {
            let due = w.moment.today() + Duration::days(7);
            let new = NewHomework {
                text: text.line(chance),
                detail: String::new(),
                session: person.booked(start).map(|booked| booked.session),
                due_on: Some(due),
                repeats: Repeats::Once,
                times: None,
            };
            person.homework = Some(homework::assign(w, client, &new)?);
        }
        Deed::Homework(state) => {
            if let Some(homework) = person.homework.take() {
                homework::record_state(w, homework, state, "")?;
            }
        }
        Deed::Summary => summary::bring_up_to_date(w, client)?,
        Deed::End => {
            let status = if chance.in_hundred(80) { ClientStatus::Discharged } else { ClientStatus::Archived };
            clients::set_status(w, client, status)?;
        }
    }
    Ok(())
}

fn add(w: &mut Writer, person: &mut Person, chance: &mut Chance) -> Done<()> {
    let today = w.moment.today();
    let client = clients::add(w, &people::client(person.number, today, chance), ClientStatus::Active, true)?;
    person.client = Some(client);
    let agreement = Agreement { how: AgreedHow::InSession, on: today };
    for emergency in [true, false] {
        if emergency || chance.in_hundred(40) {
            clients::contacts::add(w, client, &people::contact(emergency, today, chance), &agreement)?;
        }
    }
    if chance.in_hundred(85) {
        let decision = if chance.in_hundred(80) { Decision::Given } else { Decision::Declined };
        let consent = NewConsent {
            purpose: Purpose::AutomaticNoteTaking,
            decision,
            asserted_by: AssertedBy::Client,
            how: How::InSession,
            discussed_on: today,
            form_version: String::new(),
            session: None,
            remark: String::new(),
        };
        consents::record(w, client, &consent)?;
    }
    Ok(())
}
