//! Consent, automatic processing, homework, agreed changes.

use practice::clients::contacts::{self, ContactDetails};
use practice::clients::{self, AgreedHow, Agreement, ClientDetails, ContactPoint};
use practice::consents::{self, ConsentState, Decision, Purpose};
use practice::error::{Field, Refusal};
use practice::homework::{self, HomeworkState};
use practice::id::ClientId;
use practice::notes::NoteState;
use uuid::Uuid;

use crate::bench::{Bench, day, details, homework, refusal};

const NOTE_TAKING: Purpose = Purpose::AutomaticNoteTaking;

fn standing(bench: &Bench, client: ClientId) -> ConsentState {
    let standing = bench.read(|r| consents::standing(r, client, NOTE_TAKING)).state;
    assert_eq!(bench.row(client).consent, standing, "the list and the profile say the same");
    assert_eq!(bench.facts(client).consent.state, standing);
    standing
}

#[test]
fn rule_5_no_record_means_not_recorded_and_history_is_never_edited() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let session = bench.book(&[amara], "2026-01-05 10:00");
    let note = bench.approved(session, "Spoke of the brother");
    assert_eq!(standing(&bench, amara), ConsentState::NotRecorded);
    assert_eq!(refusal(bench.consent(amara, Decision::Withdrawn)), Refusal::NothingToWithdraw);
    let steps = [
        (Decision::Declined, ConsentState::Declined),
        (Decision::Given, ConsentState::Given),
        (Decision::Withdrawn, ConsentState::Withdrawn),
        (Decision::Given, ConsentState::Given),
    ];
    for (recorded, (decision, state)) in (1..).zip(steps) {
        bench.consent(amara, decision).unwrap();
        assert_eq!(standing(&bench, amara), state, "at once");
        assert_eq!(bench.value::<i64>("SELECT count(*) FROM consents", []), recorded);
    }
    assert_eq!(refusal(bench.consent(amara, Decision::Given)), Refusal::ConsentUnchanged);
    bench.consent(amara, Decision::Withdrawn).unwrap();
    assert_eq!(bench.note(note).state, NoteState::Approved, "approved notes stay");
    let history: Vec<Decision> =
        bench.read(|r| consents::history(r, amara, NOTE_TAKING)).into_iter().map(|record| record.decision).collect();
    assert_eq!(history, [Decision::Withdrawn, Decision::Given, Decision::Withdrawn, Decision::Given, Decision::Declined]);

    bench.refused_in_sql("never changes", "UPDATE consents SET decision = 'given' WHERE client_id = ?1", [amara.0]);
    bench.refused_in_sql("never deleted", "DELETE FROM consents WHERE client_id = ?1", [amara.0]);
    let withdraw = "INSERT INTO consents (id, seq, client_id, purpose, decision, asserted_by, how, discussed_on, at)
                    VALUES (?1, 90, ?2, 'recording', 'withdrawn', 'client', 'phone', '2026-01-05', 0)";
    bench.refused_in_sql("only a given consent", withdraw, (Uuid::from_u128(1), amara.0));
}

#[test]
fn rule_6_automatic_processing_needs_the_given_consent_of_every_participant() {
    let mut bench = Bench::new();
    let (amara, jo) = (bench.client("Nwachukwu"), bench.client("Whitfield"));
    let session = bench.book(&[amara, jo], "2026-01-15 11:00");
    let leave = |bench: &mut Bench| bench.write(|w| consents::leave_to_process(w, session, NOTE_TAKING)).map(|leave| leave.session());
    assert_eq!(refusal(leave(&mut bench)), Refusal::ConsentMissing);
    bench.consent(amara, Decision::Given).unwrap();
    assert_eq!(refusal(leave(&mut bench)), Refusal::ConsentMissing, "one of two is not enough");
    bench.consent(jo, Decision::Declined).unwrap();
    assert_eq!(refusal(leave(&mut bench)), Refusal::ConsentMissing);
    bench.consent(jo, Decision::Given).unwrap();
    assert_eq!(leave(&mut bench).unwrap(), session);
    let recording = bench.write(|w| consents::leave_to_process(w, session, Purpose::Recording));
    assert_eq!(refusal(recording), Refusal::ConsentMissing, "a consent is for its purpose alone");
    bench.consent(amara, Decision::Withdrawn).unwrap();
    assert_eq!(refusal(leave(&mut bench)), Refusal::ConsentMissing, "checked again while it runs");
}

#[test]
fn rule_8_homework_stands_worst_first_with_a_count_and_overdue_is_derived() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let seen = |bench: &Bench| {
        let standing = bench.read(|r| homework::standing(r, amara));
        let row = bench.row(amara);
        assert_eq!((row.homework, row.homework_overdue_days), (standing.state, standing.overdue_days));
        assert_eq!(bench.facts(amara).homework.state, standing.state);
        (standing.state, standing.overdue_days, standing.count)
    };
    assert_eq!(seen(&bench), (None, None, 0));
    let assign =
        |bench: &mut Bench, text: &str, due: &str| bench.write(|w| homework::assign(w, amara, &homework(text, Some(day(due))))).unwrap();
    let diary = assign(&mut bench, "Sleep diary", "2026-01-15");
    let letter = assign(&mut bench, "Letter to the brother", "2026-01-20");
    bench.write(|w| homework::record_state(w, letter, HomeworkState::Done, "")).unwrap();
    assert_eq!(seen(&bench), (Some(HomeworkState::Assigned), None, 1), "open before done; due today is not overdue");
    assign(&mut bench, "Walk", "2026-01-19");
    assert_eq!(seen(&bench), (Some(HomeworkState::Assigned), None, 2));
    // Midnight, where the therapist is: in London the 16th begins with the instant, in New York it is still the 15th.
    bench.now("2026-01-16 00:00");
    assert_eq!(seen(&bench), (Some(HomeworkState::Assigned), Some(1), 1), "overdue before open");
    bench.moment.zone = chrono_tz::America::New_York;
    assert_eq!(seen(&bench), (Some(HomeworkState::Assigned), None, 2));
    bench.moment.zone = chrono_tz::Europe::London;
    bench.write(|w| homework::record_state(w, diary, HomeworkState::PartlyDone, "")).unwrap();
    assert_eq!(seen(&bench).1, None, "what has ended is not overdue");
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM pragma_table_info('homework') WHERE name LIKE '%overdue%'", []), 0);
    bench.refused_in_sql("CHECK", "UPDATE homework SET state = 'overdue' WHERE id = ?1", [diary.0]);
}

#[test]
fn rule_9_changes_of_identity_and_contact_are_agreed_with_the_client_and_kept() {
    let mut bench = Bench::new();
    let amara = bench.client("Nwachukwu");
    let agreed = |on: &str| Agreement { how: AgreedHow::Phone, on: day(on) };
    let married = ClientDetails {
        phones: vec![ContactPoint { value: "020 7946 0958".to_owned(), remark: String::new() }],
        ..details("Nwachukwu-Reyes")
    };
    let early = bench.write(|w| clients::edit(w, amara, &married, &agreed("2026-01-16")));
    assert_eq!(refusal(early), Refusal::InFuture { field: Field::DiscussedOn }, "nothing is agreed tomorrow");
    bench.write(|w| clients::edit(w, amara, &married, &agreed("2026-01-14"))).unwrap();
    let kept =
        "SELECT agreed_how || ' ' || agreed_on || ' ' || json_extract(before, '$.last_name') || ' ' || json_extract(after, '$.last_name')
                  FROM client_changes WHERE client_id = ?1";
    assert_eq!(bench.value::<String>(kept, [amara.0]), "phone 2026-01-14 Nwachukwu Nwachukwu-Reyes");
    let trail: String = bench.value("SELECT detail FROM audit_events WHERE act = 'client_changed'", []);
    assert!(trail.contains("last_name") && trail.contains("phones") && trail.contains("2026-01-14"), "{trail}");
    assert!(!trail.contains("Reyes"), "the trail holds no client's words: {trail}");

    let sister = ContactDetails {
        name: "Ngozi Nwachukwu".to_owned(),
        relationship: "Sister".to_owned(),
        emergency: true,
        phones: Vec::new(),
        emails: Vec::new(),
        may_be_told: String::new(),
        release_until: None,
        confirmed_on: None,
    };
    let early = bench.write(|w| contacts::add(w, amara, &sister, &agreed("2026-02-01")));
    assert_eq!(refusal(early), Refusal::InFuture { field: Field::DiscussedOn });
    let contact = bench.write(|w| contacts::add(w, amara, &sister, &agreed("2026-01-15"))).unwrap();
    bench.write(|w| contacts::remove(w, contact, &agreed("2026-01-15"))).unwrap();
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM client_changes", []), 3);
    bench.refused_in_sql("never changes", "UPDATE client_changes SET agreed_how = 'writing'", []);
    bench.refused_in_sql("never deleted", "DELETE FROM client_changes", []);
    bench.refused_in_sql(
        "CHECK",
        "INSERT INTO client_changes (id, client_id, at, agreed_how, agreed_on, before, after) VALUES (?1, ?2, 0, '', '', '{}', '{}')",
        (Uuid::from_u128(1), amara.0),
    );

    // Clinical entries do not ask.
    let session = bench.book(&[amara], "2026-01-05 10:00");
    bench.approved(session, "Spoke of the wedding");
    bench.write(|w| homework::assign(w, amara, &homework("Sleep diary", None))).unwrap();
    bench.write(|w| clients::set_status(w, amara, clients::ClientStatus::Waiting)).unwrap();
    assert_eq!(bench.value::<i64>("SELECT count(*) FROM client_changes", []), 3);
}
