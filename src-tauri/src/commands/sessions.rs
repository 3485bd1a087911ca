//! Sessions.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::id::{ClientId, SessionId};
use practice::sessions::booking::{self, BookingCheck, Cancellation, Move, NewSession};
use practice::sessions::history::{self, History, HistoryFilter};
use practice::sessions::plan::{self, PlanPoint};
use practice::sessions::series::{self, SeriesMove};
use practice::sessions::week::{self, Week};
use practice::sessions::{self, Attendance};
use practice::time::Date;
use practice::undo::{Deed, Target};

/// A week.
#[tauri::command(async)]
#[specta::specta]
pub fn week(app: State<'_, Arc<App>>, date: Date) -> Answer<Week> {
    app.read(|r| week::of(r, date))
}

/// A client's past sessions.
#[tauri::command(async)]
#[specta::specta]
pub fn session_history(app: State<'_, Arc<App>>, client: ClientId, filter: HistoryFilter, find: String) -> Answer<History> {
    app.read(|r| history::of(r, client, filter, &find))
}

/// What is said before a booking or a move is saved.
#[tauri::command(async)]
#[specta::specta]
pub fn check_booking(app: State<'_, Arc<App>>, session: NewSession, moving: Option<SessionId>) -> Answer<BookingCheck> {
    app.read(|r| booking::check(r, &session, moving))
}

/// Books a session or a series.
#[tauri::command(async)]
#[specta::specta]
pub fn book_session(app: State<'_, Arc<App>>, session: NewSession) -> Answer<SessionId> {
    app.write(|w| booking::book(w, &session))
}

/// What a move would do to the series.
#[tauri::command(async)]
#[specta::specta]
pub fn check_series_move(app: State<'_, Arc<App>>, id: SessionId, to: Move) -> Answer<Option<SeriesMove>> {
    app.read(|r| series::preview(r, id, &to))
}

/// Moves a session or those of its series.
#[tauri::command(async)]
#[specta::specta]
pub fn move_session(app: State<'_, Arc<App>>, id: SessionId, to: Move) -> Answer<()> {
    app.change(Deed::SessionMoved, Target::Session(id), |w| booking::move_to(w, id, &to))
}

/// Cancels.
#[tauri::command(async)]
#[specta::specta]
pub fn cancel_session(app: State<'_, Arc<App>>, id: SessionId, cancellation: Cancellation) -> Answer<()> {
    app.change(Deed::SessionCancelled, Target::Session(id), |w| booking::cancel(w, id, &cancellation))
}

/// Records attendance.
#[tauri::command(async)]
#[specta::specta]
pub fn set_attendance(app: State<'_, Arc<App>>, id: SessionId, attendance: Attendance) -> Answer<()> {
    app.change(Deed::AttendanceRecorded, Target::Session(id), |w| sessions::set_attendance(w, id, attendance))
}

/// Writes the points to take up.
#[tauri::command(async)]
#[specta::specta]
pub fn set_plan(app: State<'_, Arc<App>>, id: SessionId, points: Vec<PlanPoint>) -> Answer<()> {
    app.write(|w| plan::set(w, id, &points))
}
