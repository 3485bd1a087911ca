//! The ledger against a naive model, and against those who would change it.

use proptest::prelude::*;

use super::*;
use crate::testing::rows::{self, acts, client, refusal};
use crate::testing::{Desk, day};
use crate::words::Veil;

fn decided(decision: Decision) -> NewConsent {
    NewConsent {
        purpose: Purpose::AutomaticNoteTaking,
        decision,
        asserted_by: AssertedBy::Client,
        how: How::InSession,
        discussed_on: day("2026-01-15"),
        form_version: "2025-1".into(),
        session: None,
        remark: String::new(),
    }
}

#[test]
fn no_record_means_not_recorded_and_the_latest_record_decides() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let state = |desk: &Desk| desk.read(|r| standing(r, amara, Purpose::AutomaticNoteTaking)).unwrap().state;
    assert_eq!(state(&desk), ConsentState::NotRecorded);
    for decision in [Decision::Declined, Decision::Given, Decision::Withdrawn] {
        desk.write(|w| record(w, amara, &decided(decision))).unwrap();
        assert_eq!(state(&desk), ConsentState::from(decision));
    }
    assert_eq!(desk.read(|r| standing(r, amara, Purpose::Recording)).unwrap().state, ConsentState::NotRecorded);
    let history = desk.read(|r| history(r, amara, Purpose::AutomaticNoteTaking)).unwrap();
    assert_eq!(
        history.iter().map(|record| record.decision).collect::<Vec<_>>(),
        [Decision::Withdrawn, Decision::Given, Decision::Declined]
    );
    assert_eq!(acts(&desk, "consent_recorded"), 3);
}

#[test]
fn only_what_was_given_is_withdrawn_and_nothing_is_recorded_twice() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    assert_eq!(refusal(desk.write(|w| record(w, amara, &decided(Decision::Withdrawn)))), Refusal::NothingToWithdraw);
    desk.write(|w| record(w, amara, &decided(Decision::Given))).unwrap();
    assert_eq!(refusal(desk.write(|w| record(w, amara, &decided(Decision::Given)))), Refusal::ConsentUnchanged);
    let tomorrow = NewConsent { discussed_on: day("2026-01-16"), ..decided(Decision::Withdrawn) };
    assert_eq!(refusal(desk.write(|w| record(w, amara, &tomorrow))), Refusal::InFuture { field: Field::DiscussedOn });
    let nobody = ClientId(uuid::Uuid::from_u128(7));
    assert_eq!(refusal(desk.write(|w| record(w, nobody, &decided(Decision::Given)))), Refusal::NotFound { what: Thing::Client });
    assert_eq!(acts(&desk, "consent_recorded"), 1);
    let straight = "INSERT INTO consents (id, seq, client_id, purpose, decision, asserted_by, how, discussed_on, at)
                    SELECT randomblob(16), 99, id, 'email', 'withdrawn', 'client', 'phone', '2026-01-01', 0 FROM clients";
    assert!(desk.conn().execute(straight, []).is_err());
}

#[test]
fn a_consent_names_only_a_session_of_its_client() {
    let mut desk = Desk::new();
    let (amara, yusuf) = (client(&mut desk, "Nwachukwu-Reyes", "Amara"), client(&mut desk, "al-Khatib", "Yusuf"));
    let session = rows::session(desk.conn(), 1, &[amara], desk.moment.at, desk.moment.zone, "unknown");
    let within = NewConsent { session: Some(session), ..decided(Decision::Given) };
    assert_eq!(refusal(desk.write(|w| record(w, yusuf, &within))), Refusal::Participants);
    desk.write(|w| record(w, amara, &within)).unwrap();
    let nowhere = NewConsent { session: Some(SessionId(uuid::Uuid::from_u128(7))), ..decided(Decision::Declined) };
    assert_eq!(refusal(desk.write(|w| record(w, amara, &nowhere))), Refusal::NotFound { what: Thing::Session });
}

#[test]
fn processing_needs_the_current_consent_of_every_participant() {
    let mut desk = Desk::new();
    let (amara, daniel) = (client(&mut desk, "Nwachukwu-Reyes", "Amara"), client(&mut desk, "Reyes", "Daniel"));
    let session = rows::session(desk.conn(), 1, &[amara, daniel], desk.moment.at, desk.moment.zone, "unknown");
    let leave = |desk: &Desk| desk.read(|r| leave_to_process(r, session, Purpose::AutomaticNoteTaking));
    assert_eq!(refusal(leave(&desk)), Refusal::ConsentMissing);
    desk.write(|w| record(w, amara, &decided(Decision::Given))).unwrap();
    assert_eq!(refusal(leave(&desk)), Refusal::ConsentMissing);
    desk.write(|w| record(w, daniel, &decided(Decision::Given))).unwrap();
    assert_eq!(leave(&desk).unwrap().session(), session);
    assert_eq!(refusal(desk.read(|r| leave_to_process(r, session, Purpose::Recording))), Refusal::ConsentMissing);
    desk.write(|w| record(w, amara, &decided(Decision::Withdrawn))).unwrap();
    assert_eq!(refusal(leave(&desk)), Refusal::ConsentMissing);
}

#[test]
fn a_remark_is_not_given_out_in_discreet_mode() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    desk.write(|w| record(w, amara, &NewConsent { remark: "Only audio".into(), ..decided(Decision::Given) })).unwrap();
    desk.veil = Veil::Discreet;
    let history = desk.read(|r| history(r, amara, Purpose::AutomaticNoteTaking)).unwrap();
    assert_eq!(history[0].remark, Some(Veiled::Hidden));
}

fn ledger(desk: &Desk) -> Vec<(i64, String, i64)> {
    let mut statement = desk.conn().prepare("SELECT seq, decision, at FROM consents ORDER BY seq").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(std::result::Result::unwrap).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is attempted, the state is that of a naive model and no record that was made ever changes.
    #[test]
    fn the_state_follows_a_naive_model_and_history_stays(
        steps in prop::collection::vec((0..2_usize, 0..2_usize, 0..5_usize), 1..24),
    ) {
        let mut desk = Desk::new();
        let clients = [client(&mut desk, "Kaur", "Harpreet"), client(&mut desk, "Ito", "Haruka")];
        let purposes = [Purpose::AutomaticNoteTaking, Purpose::Recording];
        let mut model = [[ConsentState::NotRecorded; 2]; 2];
        let mut kept = ledger(&desk);
        for (minute, (who, what, step)) in steps.into_iter().enumerate() {
            desk.now(&format!("2026-01-15 12:{minute:02}"));
            let state = &mut model[who][what];
            match step {
                3 => prop_assert!(desk.conn().execute("UPDATE consents SET decision = 'given'", []).is_err() || kept.is_empty()),
                4 => prop_assert!(desk.conn().execute("DELETE FROM consents", []).is_err() || kept.is_empty()),
                step => {
                    let decision = [Decision::Given, Decision::Declined, Decision::Withdrawn][step];
                    let allowed = *state != ConsentState::from(decision)
                        && (decision != Decision::Withdrawn || *state == ConsentState::Given);
                    let new = NewConsent { purpose: purposes[what], ..decided(decision) };
                    prop_assert_eq!(desk.write(|w| record(w, clients[who], &new)).is_ok(), allowed);
                    if allowed {
                        *state = decision.into();
                    }
                }
            }
            let now = ledger(&desk);
            prop_assert!(now.starts_with(&kept));
            kept = now;
            for (who, client) in clients.iter().enumerate() {
                for (what, purpose) in purposes.iter().enumerate() {
                    prop_assert_eq!(desk.read(|r| standing(r, *client, *purpose)).unwrap().state, model[who][what]);
                }
            }
        }
    }
}
