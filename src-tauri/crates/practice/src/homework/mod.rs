//! Homework: what was assigned, and what became of it. *Overdue* is derived: due before today, and still open.

mod store;

use std::cmp::Reverse;

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::{self, Act, Event};
use crate::clients::must_exist;
use crate::error::{Field, Refusal, Result, Thing};
use crate::id::{ClientId, HomeworkId, SessionId};
use crate::store::{Reader, Writer};
use crate::time::{Date, Instant};
use crate::words::{self, Veiled};

/// The stored state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HomeworkState {
    Assigned,
    InProgress,
    Done,
    PartlyDone,
    NotDone,
    Cancelled,
}

impl HomeworkState {
    /// Whether something is still to be done.
    #[must_use]
    pub fn open(self) -> bool {
        matches!(self, Self::Assigned | Self::InProgress)
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Repeats {
    Once,
    Daily,
    Weekly,
}

/// One occurrence of repeated homework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OccurrenceState {
    Assigned,
    Done,
    PartlyDone,
    NotDone,
}

impl From<OccurrenceState> for HomeworkState {
    fn from(state: OccurrenceState) -> Self {
        match state {
            OccurrenceState::Assigned => Self::Assigned,
            OccurrenceState::Done => Self::Done,
            OccurrenceState::PartlyDone => Self::PartlyDone,
            OccurrenceState::NotDone => Self::NotDone,
        }
    }
}

/// Homework to assign or its new text, date and rhythm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NewHomework {
    /// What, in a line.
    pub text: String,
    /// More of it.
    pub detail: String,
    /// The session it was assigned in.
    pub session: Option<SessionId>,
    /// When it is due; `None`: no date.
    pub due_on: Option<Date>,
    /// How often.
    pub repeats: Repeats,
    /// How many times, for daily and weekly.
    pub times: Option<u32>,
}

/// Worst first, for list, profile and side panels: overdue, open, done, none.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HomeworkStanding {
    /// The state of the worst piece; `None`: none assigned.
    pub state: Option<HomeworkState>,
    /// It is due before today, and open.
    pub overdue_days: Option<u32>,
    /// How many share that standing.
    pub count: u32,
    /// The worst piece.
    pub homework: Option<HomeworkId>,
    /// What it is.
    pub text: Option<Veiled>,
    /// When it is due.
    pub due_on: Option<Date>,
    /// When it was assigned.
    pub assigned_on: Option<Date>,
    /// When it came to its state.
    pub state_on: Option<Date>,
}

/// One piece.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct Homework {
    /// Its id.
    pub id: HomeworkId,
    /// Whose.
    pub client: ClientId,
    /// What.
    pub text: Veiled,
    /// More of it.
    pub detail: Option<Veiled>,
    /// The session it was assigned in: id, start, its completed number.
    pub session: Option<AssignedIn>,
    /// When it was assigned.
    pub assigned_on: Date,
    /// When it is due.
    pub due_on: Option<Date>,
    /// How often.
    pub repeats: Repeats,
    /// How many times.
    pub times: Option<u32>,
    /// Its state.
    pub state: HomeworkState,
    /// Since when.
    pub state_on: Date,
    /// Days over its date, while open.
    pub overdue_days: Option<u32>,
    /// Each occurrence of repeated homework, in order.
    pub occurrences: Vec<OccurrenceState>,
    /// What happened, oldest first.
    pub events: Vec<HomeworkEvent>,
}

/// A piece in brief, as it stands on a page about more than homework.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct BriefHomework {
    /// Its id.
    pub id: HomeworkId,
    /// What.
    pub text: Veiled,
    /// More of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Veiled>,
    /// Its state.
    pub state: HomeworkState,
    /// Since when.
    pub state_on: Date,
    /// When it was assigned.
    pub assigned_on: Date,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// Days over its date, while open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_days: Option<u32>,
    /// How many times, for daily and weekly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// How many of them are done.
    pub done: u32,
}

/// The session a piece was assigned in.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct AssignedIn {
    /// Its id.
    pub id: SessionId,
    /// Its start.
    pub starts_at: Instant,
    /// Its zone.
    pub zone: String,
}

/// What happened to a piece.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct HomeworkEvent {
    /// When.
    pub at: Instant,
    /// `assigned`, `state`, `due`, `edited`, `occurrence`.
    pub act: HomeworkAct,
    /// The new state.
    pub state: Option<HomeworkState>,
    /// The new date.
    pub due_on: Option<Date>,
    /// What was said of it.
    pub remark: Option<Veiled>,
}

/// What can happen to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum HomeworkAct {
    Assigned,
    State,
    Due,
    Edited,
    Occurrence,
}

/// A piece without its past: what stands in its own row.
#[derive(Clone, Debug)]
struct Piece {
    id: HomeworkId,
    client: ClientId,
    session: Option<AssignedIn>,
    text: String,
    detail: String,
    assigned_on: Date,
    due_on: Option<Date>,
    repeats: Repeats,
    times: Option<u32>,
    done: u32,
    state: HomeworkState,
    state_on: Date,
    created_at: Instant,
    changed_at: Instant,
}

/// How pieces stand to each other, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Overdue,
    Open,
    Ended,
    Cancelled,
}

impl Piece {
    fn rank(&self, today: Date) -> Rank {
        match self.state {
            HomeworkState::Cancelled => Rank::Cancelled,
            state if !state.open() => Rank::Ended,
            _ if self.due_on.is_some_and(|due| due < today) => Rank::Overdue,
            _ => Rank::Open,
        }
    }

    fn overdue_days(&self, today: Date) -> Option<u32> {
        self.due_on.filter(|_| self.state.open()).and_then(|due| days_over(due, today))
    }
}

/// Days since `due`; `None` until the day after it.
pub(crate) fn days_over(due: Date, today: Date) -> Option<u32> {
    u32::try_from((today - due).num_days()).ok().filter(|days| *days > 0)
}

/// The pure rule of what the list and the profile show: the worst piece, and how many stand as it does. Overdue and open ones go by
/// their date, ended ones by when they ended; those that ended stand together only with the same end.
fn worst(pieces: &[Piece], today: Date) -> Option<(&Piece, u32)> {
    let worst = pieces.iter().min_by_key(|piece| {
        let rank = piece.rank(today);
        let open = rank <= Rank::Open;
        let due = if open { piece.due_on.unwrap_or(Date::MAX) } else { Date::MAX };
        (rank, due, Reverse((!open).then_some(piece.state_on)), Reverse(piece.changed_at), Reverse(piece.id))
    })?;
    let rank = worst.rank(today);
    let alike = |piece: &&Piece| piece.rank(today) == rank && (rank != Rank::Ended || piece.state == worst.state);
    Some((worst, u32::try_from(pieces.iter().filter(alike).count()).unwrap_or(u32::MAX)))
}

/// Homework is due within these years; others could not be told from slips.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;
/// The most occurrences.
const MOST_TIMES: u32 = 60;

/// Assigns homework. It was assigned on the day of its session where that has begun, else today.
///
/// # Errors
/// `Empty`, `OutOfRange` (times, date), text errors, `NotFound`, `Participants` (the session is another client's).
pub fn assign(w: &mut Writer, client: ClientId, new: &NewHomework) -> Result<HomeworkId> {
    must_exist(w, client)?;
    let new = checked(w, client, new)?;
    let today = w.moment.today();
    let on = match new.session {
        Some(session) => store::session_start(w, session)?.filter(|(at, _)| *at <= w.moment.at).map_or(today, |(_, date)| date),
        None => today,
    };
    let id = store::insert(w, client, &new, on)?;
    store::event(w, id, HomeworkAct::Assigned, Some(HomeworkState::Assigned), new.due_on, "")?;
    audit::record(
        w,
        &event(Act::HomeworkAssigned, id, client).with(json!({
            "session": new.session,
            "due_on": new.due_on,
            "repeats": new.repeats,
            "times": new.times,
        })),
    )?;
    Ok(id)
}

/// Changes text, date or rhythm. Occurrences that were answered are kept, even those that a smaller number no longer shows.
///
/// # Errors
/// Those of [`assign`].
pub fn edit(w: &mut Writer, id: HomeworkId, new: &NewHomework) -> Result<()> {
    let before = piece(w, id)?;
    let new = checked(w, before.client, new)?;
    let fields: Vec<&str> = [
        ("text", new.text != before.text),
        ("detail", new.detail != before.detail),
        ("session", new.session != before.session.as_ref().map(|session| session.id)),
        ("repeats", new.repeats != before.repeats),
        ("times", new.times != before.times),
        ("due_on", new.due_on != before.due_on),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect();
    if fields.is_empty() {
        return Ok(());
    }
    store::update(w, id, &new)?;
    if fields.iter().any(|field| *field != "due_on") {
        store::event(w, id, HomeworkAct::Edited, None, None, "")?;
    }
    if fields.contains(&"due_on") {
        store::event(w, id, HomeworkAct::Due, None, new.due_on, "")?;
    }
    audit::record(w, &event(Act::HomeworkChanged, id, before.client).with(json!({ "fields": fields, "due_on": new.due_on })))
}

/// Records its state.
///
/// # Errors
/// `NotFound`, text errors.
pub fn record_state(w: &mut Writer, id: HomeworkId, state: HomeworkState, remark: &str) -> Result<()> {
    let before = piece(w, id)?;
    let remark = words::paragraphs(Field::Remark, remark, words::PARAGRAPH)?;
    if state == before.state && remark.is_empty() {
        return Ok(());
    }
    set_state(w, &before, state, &remark)
}

fn set_state(w: &mut Writer, before: &Piece, state: HomeworkState, remark: &str) -> Result<()> {
    // What is said of a state it has already does not make it newer.
    if state != before.state {
        store::set_state(w, before.id, state)?;
    }
    store::event(w, before.id, HomeworkAct::State, Some(state), None, remark)?;
    audit::record(w, &event(Act::HomeworkStateRecorded, before.id, before.client).with(json!({ "from": before.state, "to": state })))
}

/// Records one occurrence, counted from 1. All answered: the state follows (all done: done; none done: not done; else partly done).
/// Until then it is in progress from the first answer on; a piece that was cancelled stays so.
///
/// # Errors
/// `NotFound`, `OutOfRange` (it does not happen so often).
pub fn record_occurrence(w: &mut Writer, id: HomeworkId, number: u32, state: OccurrenceState) -> Result<()> {
    let before = piece(w, id)?;
    let times = before.times.filter(|times| (1..=*times).contains(&number)).ok_or(Refusal::OutOfRange { field: Field::Times })?;
    let mut answers = store::occurrences(w, before.client)?.remove(&id).unwrap_or_default();
    if answers.insert(number, state).unwrap_or(OccurrenceState::Assigned) == state {
        return Ok(());
    }
    store::set_occurrence(w, id, number, state)?;
    store::event(w, id, HomeworkAct::Occurrence, Some(state.into()), None, "")?;
    audit::record(w, &event(Act::HomeworkStateRecorded, id, before.client).with(json!({ "occurrence": number, "to": state })))?;
    let answers: Vec<OccurrenceState> = (1..=times).map(|n| answers.get(&n).copied().unwrap_or(OccurrenceState::Assigned)).collect();
    match following(before.state, &answers) {
        follows if follows == before.state => Ok(()),
        follows => set_state(w, &before, follows, ""),
    }
}

/// The pure rule of how a state follows its occurrences.
fn following(now: HomeworkState, answers: &[OccurrenceState]) -> HomeworkState {
    let all = |state| answers.iter().all(|answer| *answer == state);
    if now == HomeworkState::Cancelled {
        now
    } else if all(OccurrenceState::Assigned) {
        HomeworkState::Assigned
    } else if answers.contains(&OccurrenceState::Assigned) {
        HomeworkState::InProgress
    } else if all(OccurrenceState::Done) {
        HomeworkState::Done
    } else if all(OccurrenceState::NotDone) {
        HomeworkState::NotDone
    } else {
        HomeworkState::PartlyDone
    }
}

/// Worst first.
pub fn standing(r: &Reader, client: ClientId) -> Result<HomeworkStanding> {
    Ok(standing_of(r, &store::pieces(r, client)?))
}

fn standing_of(r: &Reader, pieces: &[Piece]) -> HomeworkStanding {
    let today = r.moment.today();
    match worst(pieces, today) {
        None => HomeworkStanding {
            state: None,
            overdue_days: None,
            count: 0,
            homework: None,
            text: None,
            due_on: None,
            assigned_on: None,
            state_on: None,
        },
        Some((piece, count)) => HomeworkStanding {
            state: Some(piece.state),
            overdue_days: piece.overdue_days(today),
            count,
            homework: Some(piece.id),
            text: Some(r.veil.text(piece.text.clone())),
            due_on: piece.due_on,
            assigned_on: Some(piece.assigned_on),
            state_on: Some(piece.state_on),
        },
    }
}

/// All of a client's, open first (overdue before the rest), then newest first. Three statements, however many there are.
pub fn all(r: &Reader, client: ClientId) -> Result<Vec<Homework>> {
    all_of(r, client, store::pieces(r, client)?)
}

/// How a client's homework stands, and all of it in brief; in one statement.
pub(crate) fn standing_and_brief(r: &Reader, client: ClientId) -> Result<(HomeworkStanding, Vec<BriefHomework>)> {
    let today = r.moment.today();
    let mut pieces = store::pieces(r, client)?;
    let standing = standing_of(r, &pieces);
    sort(&mut pieces, today);
    let brief = pieces.into_iter().map(|piece| BriefHomework {
        id: piece.id,
        overdue_days: piece.overdue_days(today),
        text: r.veil.text(piece.text),
        detail: r.veil.optional(piece.detail),
        state: piece.state,
        state_on: piece.state_on,
        assigned_on: piece.assigned_on,
        due_on: piece.due_on,
        times: piece.times,
        done: piece.done,
    });
    Ok((standing, brief.collect()))
}

/// Ended and cancelled ones stand together.
fn sort(pieces: &mut [Piece], today: Date) {
    pieces.sort_by_key(|piece| {
        (piece.rank(today).min(Rank::Ended), Reverse(piece.assigned_on), Reverse(piece.created_at), Reverse(piece.id))
    });
}

fn all_of(r: &Reader, client: ClientId, mut pieces: Vec<Piece>) -> Result<Vec<Homework>> {
    let today = r.moment.today();
    sort(&mut pieces, today);
    let mut occurrences = store::occurrences(r, client)?;
    let mut events = store::events(r, client)?;
    Ok(pieces
        .into_iter()
        .map(|piece| {
            let answers = occurrences.remove(&piece.id).unwrap_or_default();
            Homework {
                id: piece.id,
                client: piece.client,
                overdue_days: piece.overdue_days(today),
                occurrences: (1..=piece.times.unwrap_or(0))
                    .map(|number| answers.get(&number).copied().unwrap_or(OccurrenceState::Assigned))
                    .collect(),
                events: events.remove(&piece.id).unwrap_or_default(),
                text: r.veil.text(piece.text),
                detail: r.veil.optional(piece.detail),
                session: piece.session,
                assigned_on: piece.assigned_on,
                due_on: piece.due_on,
                repeats: piece.repeats,
                times: piece.times,
                state: piece.state,
                state_on: piece.state_on,
            }
        })
        .collect())
}

/// One piece as it can be edited, and its words, unveiled only in open mode.
///
/// # Errors
/// `NotFound`.
pub fn one(r: &Reader, id: HomeworkId) -> Result<Homework> {
    let client = piece(r, id)?.client;
    Ok(all(r, client)?.into_iter().find(|homework| homework.id == id).ok_or(NOT_FOUND)?)
}

const NOT_FOUND: Refusal = Refusal::NotFound { what: Thing::Homework };

fn event(act: Act, id: HomeworkId, client: ClientId) -> Event {
    Event::new(act, "homework", Some(id.0), Some(client))
}

fn piece(r: &Reader, id: HomeworkId) -> Result<Piece> {
    Ok(store::piece(r, id)?.ok_or(NOT_FOUND)?)
}

/// Homework done once has no number of times.
fn checked(r: &Reader, client: ClientId, new: &NewHomework) -> Result<NewHomework> {
    if let Some(session) = new.session {
        if store::session_start(r, session)?.is_none() {
            return Err(Refusal::NotFound { what: Thing::Session }.into());
        }
        if !store::takes_part(r, session, client)? {
            return Err(Refusal::Participants.into());
        }
    }
    if new.due_on.is_some_and(|due| !YEARS.contains(&due.year())) {
        return Err(Refusal::OutOfRange { field: Field::Due }.into());
    }
    let times = match new.repeats {
        Repeats::Once => None,
        Repeats::Daily | Repeats::Weekly => new.times,
    };
    if times.is_some_and(|times| !(1..=MOST_TIMES).contains(&times)) {
        return Err(Refusal::OutOfRange { field: Field::Times }.into());
    }
    Ok(NewHomework {
        text: words::required(Field::Text, &new.text)?,
        detail: words::paragraphs(Field::Remark, &new.detail, words::PARAGRAPH)?,
        session: new.session,
        due_on: new.due_on,
        repeats: new.repeats,
        times,
    })
}

#[cfg(test)]
mod tests;
