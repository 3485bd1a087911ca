//! What was approved never changes, whoever tries, and completed is what the rule says.

use proptest::prelude::*;

use super::*;

/// Ways to change or replace what was approved, past the core.
const ATTACKS: [&str; 16] = [
    "UPDATE note_versions SET body = '[]'",
    "DELETE FROM note_versions",
    "REPLACE INTO note_versions SELECT id, note_id, number, '[]', sha256, previous_sha256, written_at FROM note_versions",
    "UPDATE OR REPLACE note_versions SET body = '[]'",
    "UPDATE approvals SET sha256 = zeroblob(32)",
    "DELETE FROM approvals",
    "REPLACE INTO approvals SELECT id, note_id, version_id, zeroblob(32), approved_at, approved_by, attestation, attended_before, undo_until FROM approvals",
    "UPDATE notes SET state = 'draft'",
    "REPLACE INTO notes (seq, id, kind, session_id, template, begun_at) SELECT seq, id, kind, session_id, template, begun_at FROM notes",
    "DELETE FROM notes",
    "UPDATE addenda SET text = 'forged'",
    "DELETE FROM addenda",
    "REPLACE INTO addenda SELECT id, note_id, number, reason, 'forged', saved_at, sha256, approved_at, approved_by, discarded_at FROM addenda",
    "DELETE FROM approval_undos",
    "REPLACE INTO approval_undos SELECT approval_id, at - 1 FROM approval_undos",
    "INSERT INTO note_drafts (note_id, body, saved_at) SELECT id, '[]', 0 FROM notes",
];

#[test]
fn no_statement_changes_what_was_approved() {
    let mut desk = desk();
    let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
    let note = written(&mut desk, session, "Words.");
    desk.write(|w| approve(w, note)).unwrap();
    desk.write(|w| undo_approval(w, note)).unwrap();
    desk.write(|w| approve(w, note)).unwrap();
    let id = desk.write(|w| addenda::begin(w, note)).unwrap();
    desk.write(|w| addenda::save(w, id, AddendumReason::LeftOut, "More.")).unwrap();
    desk.write(|w| addenda::approve(w, id)).unwrap();
    for attack in ATTACKS {
        assert!(desk.conn().execute(attack, []).is_err(), "{attack}");
    }
    for attack in ["UPDATE sessions SET attendance = 'no_show'", "UPDATE sessions SET starts_at = 0"] {
        assert!(desk.conn().execute(attack, []).is_err(), "{attack}");
    }
}

/// What a therapist, or someone past the core, can do next.
#[derive(Clone, Debug)]
enum Deed {
    Write(u8, String),
    Finish(u8),
    Approve(u8),
    Undo(u8),
    Err(u8),
    Again(u8),
    Add(u8, String),
    Attend(u8, u8),
    Wait(u8),
    Attack(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = 0..4_u8;
    prop_oneof![
        (which.clone(), "[a-z .]{0,20}").prop_map(|(s, t)| Deed::Write(s, t)),
        which.clone().prop_map(Deed::Finish),
        which.clone().prop_map(Deed::Approve),
        which.clone().prop_map(Deed::Undo),
        which.clone().prop_map(Deed::Err),
        which.clone().prop_map(Deed::Again),
        (which.clone(), "[a-z .]{0,9}").prop_map(|(s, t)| Deed::Add(s, t)),
        (which, 0..4_u8).prop_map(|(s, a)| Deed::Attend(s, a)),
        (0..60_u8).prop_map(Deed::Wait),
        (0..ATTACKS.len()).prop_map(Deed::Attack),
    ]
}

fn do_it(desk: &mut Desk, sessions: &[SessionId], deed: &Deed) -> Result<()> {
    let note = |desk: &Desk, which: u8| -> Option<NoteId> {
        let sql = "SELECT id FROM notes WHERE session_id = ?1 ORDER BY seq DESC LIMIT 1";
        desk.conn().query_row(sql, [sessions[which as usize]], |row| row.get(0)).ok()
    };
    let of = |which: &u8| note(desk, *which);
    match deed {
        Deed::Write(which, text) => desk.write(|w| {
            let id = open_or_begin(w, sessions[*which as usize], Template::Free)?;
            save(w, id, &[part(SectionKind::Text, text)]).map(|_| ())
        }),
        Deed::Finish(which) => of(which).map_or(Ok(()), |id| desk.write(|w| finish_writing(w, id))),
        Deed::Approve(which) => of(which).map_or(Ok(()), |id| desk.write(|w| approve(w, id).map(|_| ()))),
        Deed::Undo(which) => of(which).map_or(Ok(()), |id| desk.write(|w| undo_approval(w, id))),
        Deed::Err(which) => of(which).map_or(Ok(()), |id| desk.write(|w| mark_in_error(w, id, ErrorReason::Other, "Wrong."))),
        Deed::Again(which) => of(which).map_or(Ok(()), |id| desk.write(|w| begin_with_text_of(w, id).map(|_| ()))),
        Deed::Add(which, text) => of(which).map_or(Ok(()), |id| {
            desk.write(|w| {
                let id = addenda::begin(w, id)?;
                addenda::save(w, id, AddendumReason::LaterNews, text)?;
                addenda::approve(w, id)
            })
        }),
        Deed::Attend(which, attendance) => {
            let attendance = ["unknown", "attended", "no_show", "cancelled_by_client"][*attendance as usize];
            let sql = "UPDATE sessions SET attendance = ?2, told_at = CASE WHEN ?2 LIKE 'cancelled%' THEN 0 END WHERE id = ?1";
            // Refused by a trigger where the session was held.
            desk.conn().execute(sql, params![sessions[*which as usize], attendance]).map(|_| ()).or(Ok(()))
        }
        Deed::Wait(seconds) => {
            desk.moment.at = desk.moment.at.plus_seconds(i64::from(*seconds));
            Ok(())
        }
        Deed::Attack(which) => {
            // Most find nothing to change yet, or are refused.
            let _ = desk.conn().execute_batch(&format!("SAVEPOINT attack; {}; ROLLBACK TO attack; RELEASE attack", ATTACKS[*which]));
            let _ = desk.conn().execute_batch("ROLLBACK TO attack; RELEASE attack");
            Ok(())
        }
    }
}

/// All that must never change once it is there.
fn fixed(desk: &Desk) -> Vec<(Vec<u8>, String, Vec<u8>)> {
    let sql = "SELECT v.id, v.body, v.sha256 FROM note_versions v JOIN approvals a ON a.version_id = v.id
               UNION ALL SELECT id, text, sha256 FROM addenda WHERE approved_at IS NOT NULL";
    let mut statement = desk.conn().prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn approved_bytes_never_change_and_completed_is_what_the_rule_says(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut desk = desk();
        let sessions: Vec<_> = (0..4_u128)
            .map(|n| session(&desk, n, if n == 3 { "2026-01-16 09:00" } else { "2026-01-14 09:00" }, &[1]))
            .collect();
        let mut known = Vec::new();
        for deed in &deeds {
            let done = do_it(&mut desk, &sessions, deed);
            prop_assert!(!matches!(done, Err(Error::Fault(_))), "{deed:?}: {done:?}");
            let now = fixed(&desk);
            prop_assert!(known.iter().all(|row| now.contains(row)), "{deed:?}");
            known = now;
            for &id in &sessions {
                let sql = "SELECT s.attendance = 'attended' AND s.starts_at <= ?2 AND EXISTS (SELECT 1 FROM notes n JOIN approvals a ON a.note_id = n.id
                             WHERE n.session_id = s.id AND n.kind = 'session' AND a.id NOT IN (SELECT approval_id FROM approval_undos)
                               AND n.id NOT IN (SELECT note_id FROM note_errors)) FROM sessions s WHERE s.id = ?1";
                let rule: bool = desk.conn().query_row(sql, params![id, desk.moment.at], |row| row.get(0)).unwrap();
                prop_assert_eq!(state_of(&desk, id) == SessionState::Completed, rule, "{:?}", deed);
            }
        }
        chain_holds(&desk);
    }

    #[test]
    fn no_search_is_an_error(find in prop_oneof![any::<String>(), "[\"*(){}:^+ANDORNEAT \\-a-z\\]\\[]{0,40}"]) {
        let mut desk = desk();
        let session = session(&desk, 1, "2026-01-14 09:00", &[1]);
        written(&mut desk, session, "AND OR NOT NEAR body: sleep");
        desk.read(|r| search::notes(r, &find, 9)).unwrap();
        desk.read(|r| search::matching_of(r, ClientId(Uuid::from_u128(1)), &find)).unwrap();
        desk.read(|r| list::page(r, NotesFilter::AwaitingApproval, &find, 0, 9)).unwrap();
    }
}
