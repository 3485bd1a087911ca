//! From stories to a timeline of acts, and from that to records.
//!
//! Every act happens at an instant of its own, in order, as it would have happened; chance (how long before a session it was
//! booked, how long after it the note was approved) comes from a generator with a fixed seed.

use std::collections::HashMap;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use practice::clients::contacts::ContactDetails;
use practice::clients::{AgreedHow, Agreement, ClientDetails, ClientStatus, ContactPoint};
use practice::consents::{AssertedBy, NewConsent};
use practice::error::{Fault, Result};
use practice::homework::{HomeworkState, NewHomework};
use practice::id::{ClientId, NoteId, SessionId};
use practice::notes::Template;
use practice::sessions::booking::{Cancellation, NewSession, Start};
use practice::sessions::{Attendance, BookedBy, SessionKind};
use practice::settings::{Hours, Practice};
use practice::store::{Records, Writer};
use practice::time::{Instant, Moment, WallClock, wall_clock};
use practice::words::Veil;
use practice::{clients, consents, homework, notes, sessions, settings, summary};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use uuid::Builder;

use crate::files::{self, Outcome, Story, Weekday};

const SEED: u64 = 2026;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Thursday, on which no story has a rhythm that goes on.
const QUIET: i64 = 3;

/// Makes the sample practice in empty records: all of it, or nothing.
///
/// # Errors
/// Faults only: the stories are ours, and a refusal of one of them is a fault of ours.
pub fn make(records: &Records, now: Moment) -> Result<()> {
    let stories = files::stories().map_err(|_| Fault::Program("a story of the sample practice cannot be read"))?;
    let mut chance = Chance(ChaCha8Rng::seed_from_u64(SEED));
    let mut ids = {
        let (mut random, mut count) = (ChaCha8Rng::seed_from_u64(SEED + 1), 0);
        let from = u64::try_from(now.at.0).unwrap_or_default();
        move || {
            let mut bytes = [0; 10];
            random.fill_bytes(&mut bytes);
            count += 1;
            Builder::from_unix_timestamp_millis(from + count, &bytes).into_uuid()
        }
    };
    records.write(now, Veil::Open, &mut ids, |w| {
        let mut plan = Plan { now, acts: Vec::new() };
        for story in &stories {
            plan.tell(story, &mut chance);
        }
        plan.run(w, &stories)
    })
}

/// Whole numbers by chance.
struct Chance(ChaCha8Rng);

impl Chance {
    /// From `low` to `high`, both included.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.0.next_u64() % span).unwrap_or_default()
    }
}

/// One act of a story, told by index so that the timeline borrows nothing.
#[derive(Clone, Copy)]
enum Act {
    Add,
    Contact(usize),
    Consent(usize),
    Book(usize),
    BookNext { date: NaiveDate, times: u32 },
    Attend(usize),
    Begin(usize),
    Approve(usize),
    Addendum(usize),
    Error(usize),
    Assign(usize),
    Homework(usize),
    ProcessNote(usize),
    Summary,
    Status,
}

struct Plan {
    now: Moment,
    /// Instant, order of planning among equals, story, act.
    acts: Vec<(Instant, usize, String, Act)>,
}

impl Plan {
    fn push(&mut self, at: Instant, slug: &str, act: Act) {
        // Nothing of a sample lies in the future but what is booked.
        self.acts.push((at.min(self.now.at), self.acts.len(), slug.to_owned(), act));
    }

    fn tell(&mut self, story: &Story, chance: &mut Chance) {
        let slug = story.slug.as_str();
        let first = story.sessions.first().map(|first| self.start(story, first.weeks_ago));
        let oldest = story.consents.iter().map(|consent| consent.weeks_ago).max().unwrap_or_default();
        let added = first.unwrap_or(self.now.at.plus_seconds(-4 * DAY)).plus_seconds(-chance.between(12, 21) * DAY);
        let added = added.min(self.noon(oldest).plus_seconds(-8 * DAY));
        self.push(added, slug, Act::Add);
        for (index, contact) in story.contacts.iter().enumerate() {
            let confirmed = contact.confirmed_weeks_ago.map_or(added, |weeks| self.noon(weeks));
            self.push(confirmed.max(added.plus_seconds(600)), slug, Act::Contact(index));
        }
        for (index, consent) in story.consents.iter().enumerate() {
            self.push(self.noon(consent.weeks_ago).max(added.plus_seconds(900)), slug, Act::Consent(index));
        }
        let mut last_approval = None;
        for (index, session) in story.sessions.iter().enumerate() {
            let start = self.start(story, session.weeks_ago);
            let minutes = session.minutes.or(story.rhythm.as_ref().map(|r| r.minutes)).unwrap_or(50);
            let end = start.plus_minutes(minutes);
            let told = session.told.as_ref().map(|told| self.at(story, session.weeks_ago, told.days_before, &told.at));
            let booked = start.plus_seconds(-chance.between(3, 9) * DAY).min(told.unwrap_or(start).plus_seconds(-2 * DAY));
            self.push(booked.max(added.plus_seconds(1200)), slug, Act::Book(index));
            match session.outcome {
                Outcome::Approved => {
                    let approved = end.plus_seconds(chance.between(4, 150) * 60);
                    self.push(end.plus_seconds(60), slug, Act::Begin(index));
                    self.push(approved, slug, Act::Approve(index));
                    last_approval = Some(approved);
                    if let Some(addendum) = &session.addendum {
                        let at = approved.plus_seconds(addendum.days_after * DAY);
                        self.push(at, slug, Act::Addendum(index));
                        last_approval = Some(at);
                    }
                    if session.entered_in_error.is_some() {
                        self.push(approved.plus_seconds(DAY), slug, Act::Error(index));
                    }
                }
                Outcome::Draft => self.push(end.plus_seconds(60), slug, Act::Begin(index)),
                Outcome::NoNote => {}
                Outcome::NoShow => self.push(start.plus_seconds(20 * 60), slug, Act::Attend(index)),
                Outcome::CancelledByClient | Outcome::CancelledLateByClient | Outcome::CancelledByTherapist => {
                    self.push(told.unwrap_or(start.plus_seconds(-30 * HOUR)), slug, Act::Attend(index));
                }
            }
        }
        for (index, piece) in story.homework.iter().enumerate() {
            let set = self.start(story, piece.set_weeks_ago).plus_seconds(HOUR);
            self.push(set, slug, Act::Assign(index));
            if piece.state != HomeworkState::Assigned {
                let days = if piece.state == HomeworkState::InProgress { 3 } else { piece.due_days.unwrap_or(7).max(1) };
                self.push(set.plus_seconds(days * DAY), slug, Act::Homework(index));
            }
        }
        for (index, note) in story.process_notes.iter().enumerate() {
            self.push(self.start(story, note.weeks_ago).plus_seconds(3 * HOUR), slug, Act::ProcessNote(index));
        }
        if let Some(rhythm) = &story.rhythm
            && rhythm.upcoming > 0
        {
            let mut date = self.next_date(story);
            let at = self.now.at.plus_seconds(-chance.between(2, 60) * HOUR);
            if rhythm.every_weeks == 1 && rhythm.upcoming > 1 {
                self.push(at, slug, Act::BookNext { date, times: u32::try_from(rhythm.upcoming).unwrap_or(2) });
            } else {
                for _ in 0..rhythm.upcoming {
                    self.push(at, slug, Act::BookNext { date, times: 1 });
                    date += Duration::weeks(rhythm.every_weeks);
                }
            }
        }
        // One in five summaries is left behind, as they are.
        if let Some(at) = last_approval
            && chance.between(1, 5) > 1
        {
            self.push(at.plus_seconds(120), slug, Act::Summary);
        }
        if matches!(story.client.status, ClientStatus::Discharged | ClientStatus::Archived) {
            self.push(last_approval.unwrap_or(added).plus_seconds(14 * DAY), slug, Act::Status);
        }
    }

    fn run(mut self, w: &mut Writer, stories: &[Story]) -> Result<()> {
        self.acts.sort_by_key(|(at, order, ..)| (*at, *order));
        let by_slug: HashMap<&str, &Story> = stories.iter().map(|story| (story.slug.as_str(), story)).collect();
        let opened = self.acts.first().map_or(self.now.at, |(at, ..)| at.plus_seconds(-DAY));
        w.at(opened, |w| settings::set_up(w, &practice(self.now.zone)))?;
        let mut made = Made::default();
        // Everyone is known before a couple's first session is booked.
        for (at, _, slug, act) in self.acts.iter().filter(|(.., act)| matches!(act, Act::Add)) {
            w.at(*at, |w| self.perform(w, &mut made, by_slug[slug.as_str()], *act))?;
        }
        for (at, _, slug, act) in self.acts.iter().filter(|(.., act)| !matches!(act, Act::Add)) {
            w.at(*at, |w| self.perform(w, &mut made, by_slug[slug.as_str()], *act))?;
        }
        Ok(())
    }

    fn perform(&self, w: &mut Writer, made: &mut Made, story: &Story, act: Act) -> Result<()> {
        let client = || made.clients.get(&story.slug).copied().ok_or(Fault::Program("a client of the sample is not added yet"));
        let session = |index: usize| {
            made.sessions.get(&(story.slug.clone(), index)).copied().ok_or(Fault::Program("a session of the sample is not booked yet"))
        };
        match act {
            Act::Add => {
                let status = match story.client.status {
                    ClientStatus::Discharged | ClientStatus::Archived => ClientStatus::Active,
                    status => status,
                };
                let id = clients::add(w, &self.details(story), status, true)?;
                made.clients.insert(story.slug.clone(), id);
            }
            Act::Contact(index) => {
                let contact = &story.contacts[index];
                let points = |pairs: [(&String, &String); 2]| {
                    pairs.iter().filter(|(value, _)| !value.is_empty()).map(|(value, remark)| point(value, remark)).collect()
                };
                let details = ContactDetails {
                    name: contact.name.clone(),
                    relationship: contact.relationship.clone(),
                    emergency: contact.emergency,
                    phones: points([(&contact.phone, &contact.phone_remark), (&contact.second_phone, &contact.second_phone_remark)]),
                    emails: points([(&contact.email, &String::new()), (&String::new(), &String::new())]),
                    may_be_told: contact.may_be_told.clone(),
                    release_until: None,
                    confirmed_on: contact.confirmed_weeks_ago.map(|_| w.moment.today()),
                };
                let agreement = Agreement { how: AgreedHow::InSession, on: w.moment.today() };
                clients::contacts::add(w, client()?, &details, &agreement)?;
            }
            Act::Consent(index) => {
                let consent = &story.consents[index];
                let given = NewConsent {
                    purpose: consent.purpose,
                    decision: consent.decision,
                    asserted_by: AssertedBy::Client,
                    how: consent.how,
                    discussed_on: w.moment.today(),
                    form_version: String::new(),
                    session: None,
                    remark: consent.remark.clone(),
                };
                consents::record(w, client()?, &given)?;
            }
            Act::Book(index) => {
                let told = &story.sessions[index];
                let date = self.date(story, told.weeks_ago);
                let id = self.book(w, made, story, date, &told.with, told.kind, told.minutes, None)?;
                made.sessions.insert((story.slug.clone(), index), id);
            }
            Act::BookNext { date, times } => {
                let with = story.sessions.last().map(|last| last.with.clone()).unwrap_or_default();
                self.book(w, made, story, date, &with, None, None, (times > 1).then_some(times))?;
            }
            Act::Attend(index) => {
                let told = &story.sessions[index];
                let cancel = |attendance| Cancellation { attendance, told_at: None, remark: told.remark.clone() };
                match told.outcome {
                    Outcome::CancelledByClient => sessions::booking::cancel(w, session(index)?, &cancel(Attendance::CancelledByClient))?,
                    Outcome::CancelledLateByClient => {
                        sessions::booking::cancel(w, session(index)?, &cancel(Attendance::CancelledLateByClient))?;
                    }
                    Outcome::CancelledByTherapist => {
                        sessions::booking::cancel(w, session(index)?, &cancel(Attendance::CancelledByTherapist))?;
                    }
                    _ => sessions::set_attendance(w, session(index)?, Attendance::NoShow)?,
                }
            }
            Act::Begin(index) => {
                let told = &story.sessions[index];
                let template = told.template.unwrap_or(Template::Free);
                let note = notes::open_or_begin(w, session(index)?, template)?;
                notes::drafts::save(w, note, &told.sections(template))?;
                made.notes.insert((story.slug.clone(), index), note);
            }
            Act::Approve(index) => {
                notes::approval::approve(w, made.note(story, index)?)?;
            }
            Act::Addendum(index) => {
                if let Some(addendum) = &story.sessions[index].addendum {
                    let id = notes::addenda::begin(w, made.note(story, index)?)?;
                    notes::addenda::save(w, id, addendum.reason, addendum.text.trim())?;
                    notes::addenda::approve(w, id)?;
                }
            }
            Act::Error(index) => {
                if let Some(error) = &story.sessions[index].entered_in_error {
                    notes::approval::mark_in_error(w, made.note(story, index)?, error.reason_kind, &error.reason)?;
                }
            }
            Act::Assign(index) => {
                let told = &story.homework[index];
                let at = story.sessions.iter().position(|held| held.weeks_ago == told.set_weeks_ago);
                let assigned = NewHomework {
                    text: told.text.clone(),
                    detail: told.detail.clone(),
                    session: at.and_then(|index| made.sessions.get(&(story.slug.clone(), index)).copied()),
                    due_on: told.due_days.map(|days| w.moment.today() + Duration::days(days)),
                    repeats: told.repeats,
                    times: told.times,
                };
                let id = homework::assign(w, client()?, &assigned)?;
                made.homework.insert((story.slug.clone(), index), id);
            }
            Act::Homework(index) => {
                let told = &story.homework[index];
                if let Some(id) = made.homework.get(&(story.slug.clone(), index)) {
                    homework::record_state(w, *id, told.state, &told.remark)?;
                }
            }
            Act::ProcessNote(index) => {
                let told = &story.process_notes[index];
                let at = story.sessions.iter().position(|held| held.weeks_ago == told.weeks_ago);
                if let Some(at) = at {
                    let note = notes::begin_process_note(w, session(at)?)?;
                    let text = practice::notes::Section { kind: practice::notes::SectionKind::Text, text: told.text.trim().to_owned() };
                    notes::drafts::save(w, note, &[text])?;
                }
            }
            Act::Summary => summary::bring_up_to_date(w, client()?)?,
            Act::Status => clients::set_status(w, client()?, story.client.status)?,
        }
        Ok(())
    }

    #[allow(clippy::too_many_arguments)] // a booking has that many parts
    fn book(
        &self,
        w: &mut Writer,
        made: &Made,
        story: &Story,
        date: NaiveDate,
        with: &[String],
        kind: Option<SessionKind>,
        minutes: Option<u32>,
        repeat_times: Option<u32>,
    ) -> Result<SessionId> {
        let rhythm = story.rhythm.as_ref().ok_or(Fault::Program("a session of the sample has no rhythm"))?;
        let everyone = std::iter::once(&story.slug).chain(with).map(|slug| made.clients.get(slug).copied());
        let participants = everyone.collect::<Option<Vec<ClientId>>>().ok_or(Fault::Program("a participant of the sample is unknown"))?;
        let new = NewSession {
            participants,
            start: Start { date, time: rhythm.time.clone(), zone: rhythm.zone.clone(), later: Some(false) },
            minutes: minutes.unwrap_or(rhythm.minutes),
            kind: kind.unwrap_or(rhythm.kind),
            place: String::new(),
            booked_by: rhythm.booked_by,
            booking_source: if rhythm.booked_by == BookedBy::Client { rhythm.booking_source.clone() } else { String::new() },
            repeat_times,
        };
        sessions::booking::book(w, &new)
    }

    fn details(&self, story: &Story) -> ClientDetails {
        let told = &story.client;
        let phones = [(&told.phone, ""), (&told.second_phone, told.second_phone_remark.as_str())];
        ClientDetails {
            preferred_name: told.preferred_name.clone(),
            name_order: told.name_order,
            pronouns: told.pronouns.clone(),
            born: told.born,
            started: told.started_weeks_ago.map(|weeks| self.date(story, weeks)),
            phones: phones.iter().filter(|(value, _)| !value.is_empty()).map(|(value, remark)| point(value, remark)).collect(),
            emails: if told.email.is_empty() { Vec::new() } else { vec![point(&told.email, "")] },
            address: told.address.clone(),
            file_number: told.file_number.clone(),
            zone: story.rhythm.as_ref().and_then(|rhythm| rhythm.zone.clone()),
            tags: told.tags.clone(),
            remark: told.remark.clone(),
            ..ClientDetails::named(&told.last_name, &told.first_name)
        }
    }

    /// The day of a story's session, so many weeks ago, counted from the day of the story that is today or comes next: "one week
    /// ago" is within the last seven days, so that this week is full up to today.
    fn date(&self, story: &Story, weeks_ago: i64) -> NaiveDate {
        let today = self.now.today();
        let today_wd = i64::from(today.weekday().num_days_from_monday());
        let ahead = match story.rhythm.as_ref().map_or(Weekday::Today, |rhythm| rhythm.weekday) {
            Weekday::Today => 0,
            // Today belongs to the stories of today: who would come on such a day comes on the quiet one.
            day if day as i64 - 1 == today_wd => QUIET - today_wd,
            day => day as i64 - 1 - today_wd,
        };
        today + Duration::days(ahead.rem_euclid(7)) - Duration::weeks(weeks_ago)
    }

    /// The first day after the last told session on which the rhythm falls and which is today or later.
    fn next_date(&self, story: &Story) -> NaiveDate {
        let every = story.rhythm.as_ref().map_or(1, |rhythm| rhythm.every_weeks.max(1));
        let last = story.sessions.iter().map(|session| session.weeks_ago).min().unwrap_or(every);
        let mut date = self.date(story, last) + Duration::weeks(every);
        while date < self.now.today() {
            date += Duration::weeks(every);
        }
        date
    }

    fn start(&self, story: &Story, weeks_ago: i64) -> Instant {
        self.at(story, weeks_ago, 0, story.rhythm.as_ref().map_or("", |rhythm| &rhythm.time))
    }

    /// So many days before a story's session, at a time of its zone.
    fn at(&self, story: &Story, weeks_ago: i64, days_before: i64, time: &str) -> Instant {
        let zone = story.rhythm.as_ref().and_then(|rhythm| rhythm.zone.as_deref()?.parse().ok());
        let date = self.date(story, weeks_ago) - Duration::days(days_before);
        instant(date, time.parse().unwrap_or(NaiveTime::MIN), zone.unwrap_or(self.now.zone))
    }

    fn noon(&self, weeks_ago: i64) -> Instant {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
        instant(self.now.today() - Duration::weeks(weeks_ago), noon, self.now.zone)
    }
}

/// What the acts made, by story and index.
#[derive(Default)]
struct Made {
    clients: HashMap<String, ClientId>,
    sessions: HashMap<(String, usize), SessionId>,
    notes: HashMap<(String, usize), NoteId>,
    homework: HashMap<(String, usize), practice::id::HomeworkId>,
}

impl Made {
    fn note(&self, story: &Story, index: usize) -> Result<NoteId> {
        Ok(*self.notes.get(&(story.slug.clone(), index)).ok_or(Fault::Program("a note of the sample is not begun yet"))?)
    }
}

fn point(value: &str, remark: &str) -> ContactPoint {
    ContactPoint { value: value.to_owned(), remark: remark.to_owned() }
}

fn instant(date: NaiveDate, time: NaiveTime, zone: Tz) -> Instant {
    match wall_clock(date.and_time(time), zone) {
        WallClock::Once(at) | WallClock::Twice(at, _) => at,
        WallClock::Never { first_after } => first_after,
    }
}

fn practice(zone: Tz) -> Practice {
    let day = |weekday, from: &str, to: &str| Hours { weekday, from: from.to_owned(), to: to.to_owned() };
    Practice {
        therapist_title: "Counselling psychologist".to_owned(),
        practice_name: "Halloran Practice".to_owned(),
        address: "Second floor, 14 Saddler Street\nDurham DH1 3NP".to_owned(),
        working_hours: vec![
            day(0, "08:30", "18:30"),
            day(1, "08:30", "18:30"),
            day(2, "10:00", "18:30"),
            day(3, "08:30", "18:30"),
            day(4, "08:30", "16:00"),
        ],
        usual_place: "Second floor, 14 Saddler Street".to_owned(),
        is_sample: true,
        ..Practice::of("Ines Halloran", zone.name())
    }
}
