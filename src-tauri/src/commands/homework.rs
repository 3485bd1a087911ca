//! Homework.

use std::sync::Arc;

use tauri::State;

use crate::app::App;
use crate::failure::Answer;
use practice::homework::{self, Homework, HomeworkState, NewHomework, OccurrenceState};
use practice::id::{ClientId, HomeworkId};
use practice::undo::{Deed, Target};

/// All of a client's.
#[tauri::command(async)]
#[specta::specta]
pub fn homework(app: State<'_, Arc<App>>, client: ClientId) -> Answer<Vec<Homework>> {
    app.read(|r| homework::all(r, client))
}

/// Assigns.
#[tauri::command(async)]
#[specta::specta]
pub fn assign_homework(app: State<'_, Arc<App>>, client: ClientId, homework: NewHomework) -> Answer<HomeworkId> {
    app.write(|w| homework::assign(w, client, &homework))
}

/// Changes text, date or rhythm.
#[tauri::command(async)]
#[specta::specta]
pub fn edit_homework(app: State<'_, Arc<App>>, id: HomeworkId, homework: NewHomework) -> Answer<()> {
    app.change(Deed::HomeworkChanged, Target::Homework(id), |w| homework::edit(w, id, &homework))
}

/// Records its state.
#[tauri::command(async)]
#[specta::specta]
pub fn record_homework(app: State<'_, Arc<App>>, id: HomeworkId, state: HomeworkState, remark: String) -> Answer<()> {
    app.change(Deed::of_homework(state), Target::Homework(id), |w| homework::record_state(w, id, state, &remark))
}

/// Records one occurrence, counted from 1.
#[tauri::command(async)]
#[specta::specta]
pub fn record_homework_occurrence(app: State<'_, Arc<App>>, id: HomeworkId, number: u32, state: OccurrenceState) -> Answer<()> {
    app.change(Deed::HomeworkStateRecorded, Target::Homework(id), |w| homework::record_occurrence(w, id, number, state))
}
