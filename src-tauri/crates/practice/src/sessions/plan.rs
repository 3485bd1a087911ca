//! Points to take up in a session. Until the therapist writes some, they are those of the last approved note's Plan.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{about, store};
use crate::audit::{self, Act};
use crate::error::{Field, Result};
use crate::id::SessionId;
use crate::store::{Reader, Writer};
use crate::words;

/// A point, as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PlanPoint {
    /// What.
    pub text: String,
    /// It was taken up.
    pub done: bool,
}

/// The points written for a session, in order.
pub(crate) fn of(r: &Reader, id: SessionId) -> Result<Vec<PlanPoint>> {
    store::plan(r, id)
}

/// Writes a session's points, all of them. Where words of the former ones go, the former plan is kept.
///
/// # Errors
/// `NotFound`, `Empty`, text errors.
pub fn set(w: &mut Writer, id: SessionId, points: &[PlanPoint]) -> Result<()> {
    let session = super::one(w, id)?;
    let points = points
        .iter()
        .map(|point| Ok(PlanPoint { text: words::required(Field::Text, &point.text)?, done: point.done }))
        .collect::<Result<Vec<_>>>()?;
    let former = store::plan(w, id)?;
    if points == former {
        return Ok(());
    }
    if former.iter().any(|old| !points.iter().any(|new| new.text == old.text)) {
        store::keep_plan(w, id)?;
    }
    store::set_plan(w, id, &points)?;
    let done = points.iter().filter(|point| point.done).count();
    audit::record(w, &about(&session, Act::PlanChanged).with(json!({ "points": points.len(), "done": done })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sessions::tests::{acts, book, client, refused};
    use crate::testing::Desk;

    #[test]
    fn points_are_written_as_a_whole_in_their_order() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        let session = book(&mut desk, &[amara], "2026-01-20 10:00");
        let point = |text: &str, done| PlanPoint { text: text.to_owned(), done };
        desk.write(|w| set(w, session, &[point(" Sleep diary ", false), point("The letter", true)])).unwrap();
        desk.write(|w| set(w, session, &[point("The letter", true), point("Sleep diary", false)])).unwrap();
        let points = desk.read(|r| of(r, session)).unwrap();
        assert_eq!(points, [point("The letter", true), point("Sleep diary", false)]);
        desk.write(|w| set(w, session, &points)).unwrap();
        assert_eq!(acts(&desk, "plan_changed"), 2, "the same points change nothing");
    }

    #[test]
    fn words_that_leave_a_plan_are_kept_in_a_version() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        let session = book(&mut desk, &[amara], "2026-01-20 10:00");
        let point = |text: &str, done| PlanPoint { text: text.to_owned(), done };
        let kept = |desk: &Desk| -> Vec<Vec<PlanPoint>> {
            let mut statement = desk.conn().prepare("SELECT points FROM plan_versions ORDER BY number").unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.map(|points| serde_json::from_str(&points.unwrap()).unwrap()).collect()
        };
        let mut set_to = |points: &[PlanPoint]| {
            desk.write(|w| set(w, session, points)).unwrap();
            kept(&desk)
        };
        assert_eq!(set_to(&[point("Sleep diary", false)]).len(), 0);
        assert_eq!(set_to(&[point("The letter", false), point("Sleep diary", true)]).len(), 0, "ticked, moved, added: no word went");
        let first = vec![point("The letter", false), point("Sleep diary", true)];
        assert_eq!(set_to(&[point("The letter from the hospital", false), point("Sleep diary", true)]), std::slice::from_ref(&first));
        let second = vec![point("The letter from the hospital", false), point("Sleep diary", true)];
        assert_eq!(set_to(&[]), [first, second]);
        let sql = |sql: &str| desk.conn().execute(sql, []).unwrap_err().to_string();
        assert!(sql("DELETE FROM plan_versions").contains("never deleted"));
        assert!(sql("UPDATE plan_versions SET points = '[]'").contains("never changes"));
    }

    #[test]
    fn an_empty_point_is_refused_and_nothing_is_written() {
        let mut desk = Desk::new();
        let amara = client(&mut desk, "Nwachukwu");
        let session = book(&mut desk, &[amara], "2026-01-20 10:00");
        let points = [PlanPoint { text: "One".to_owned(), done: false }, PlanPoint { text: "  ".to_owned(), done: false }];
        refused(desk.write(|w| set(w, session, &points)), "a field is empty");
        assert!(desk.read(|r| of(r, session)).unwrap().is_empty());
    }
}
