//! Twenty random lives, backed up and restored on a bare machine with nothing but the file and the code.

use super::*;
use crate::consents::{self, AssertedBy, Decision, How, NewConsent, Purpose};
use crate::homework::{self, HomeworkState, NewHomework, Repeats};
use crate::id::NoteId;
use crate::notes::addenda::{self, AddendumReason};
use crate::notes::approval::{self, ErrorReason};
use crate::notes::{self, Section, SectionKind, Template};
use crate::sessions::booking::{self, NewSession, Start};
use crate::sessions::{BookedBy, SessionKind};
use crate::settings::{self, Practice};
use crate::vault::Passphrase;

const LIVES: u64 = 20;

/// Numbers by a fixed seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A life in one transaction, so that the disk is waited for once; every act has a moment of its own.
fn live(w: &mut Writer, chance: &mut Chance) -> Result<()> {
    settings::set_up(w, &Practice::of("Dr Ruth Adeyemi", "Europe/London"))?;
    let (mut clients, mut approved, mut at) = (Vec::new(), Vec::new(), w.moment.at);
    for act in 0..20 + chance.below(40) {
        at = at.plus_seconds(i64::try_from(60 + chance.below(90_000)).unwrap());
        let which = if act == 0 { 0 } else { chance.below(6) };
        w.at(at, |w| live_on(w, act, which, &mut clients, &mut approved, chance))?;
    }
    Ok(())
}

fn live_on(
    w: &mut Writer,
    act: u64,
    which: u64,
    clients: &mut Vec<ClientId>,
    approved: &mut Vec<NoteId>,
    chance: &mut Chance,
) -> Result<()> {
    let mut one_of = |number: usize| usize::try_from(chance.below(number.max(1) as u64)).unwrap();
    let client = clients.get(one_of(clients.len())).copied();
    match (which, client) {
        (0, _) | (_, None) => {
            let name = ClientDetails::named(&format!("Client {act} Ünï 🌿"), "");
            clients.push(clients::add(w, &name, ClientStatus::Active, true)?);
        }
        (1, Some(client)) => {
            let (text, detail) = (format!("Diary {act}"), "Nach dem Aufstehen".into());
            let new = NewHomework { text, detail, session: None, due_on: None, repeats: Repeats::Once, times: None };
            let given = homework::assign(w, client, &new)?;
            homework::record_state(w, given, HomeworkState::Done, "")?;
        }
        (2, Some(client)) => {
            let consent = NewConsent {
                purpose: Purpose::Recording,
                decision: if one_of(2) == 0 { Decision::Given } else { Decision::Declined },
                asserted_by: AssertedBy::Client,
                how: How::InSession,
                discussed_on: w.moment.today(),
                form_version: String::new(),
                session: None,
                remark: format!("remark {act}"),
            };
            // The same decision twice is refused: a life has refusals too.
            let _ = consents::record(w, client, &consent);
        }
        (3, Some(_)) if !approved.is_empty() => {
            let note = approved.swap_remove(one_of(approved.len()));
            let addendum = addenda::begin(w, note)?;
            addenda::save(w, addendum, AddendumReason::LaterNews, "Rang on Sunday.")?;
            addenda::approve(w, addendum)?;
            if act.is_multiple_of(2) {
                approval::mark_in_error(w, note, ErrorReason::Other, "Another client's")?;
            }
        }
        (_, Some(client)) => {
            let before = w.moment.at.plus_seconds(-3600).in_zone(w.moment.zone);
            let start = Start { date: before.date(), time: before.format("%H:%M").to_string(), zone: None, later: Some(false) };
            let new = NewSession {
                participants: vec![client],
                start,
                minutes: 50,
                kind: SessionKind::InPerson,
                place: String::new(),
                booked_by: BookedBy::Therapist,
                booking_source: String::new(),
                repeat_times: None,
            };
            let session = booking::book(w, &new)?;
            let note = notes::open_or_begin(w, session, Template::Free)?;
            let text = vec![Section { kind: SectionKind::Text, text: format!("She slept better. {act} times.") }];
            notes::drafts::save(w, note, &text)?;
            if one_of(3) > 0 {
                approval::approve(w, note)?;
                approved.push(note);
            }
        }
    }
    Ok(())
}

#[test]
fn twenty_random_lives_are_whole_on_a_bare_machine_with_the_code_alone() {
    for seed in 1..=LIVES {
        let bed = Bed::new();
        bed.write(|w| live(w, &mut Chance(seed))).unwrap();
        let before = bed.read(|r| Ok(rows(r)));
        let made = bed.make().unwrap();
        let place = Place::new();
        let restored = restore_in(&place, &bed.file(&made), &bed.code, false).unwrap();
        assert_eq!((restored.after, restored.records), (None, made.records));
        assert_eq!(swap(place.folder.path(), bed.moment.get()).unwrap(), None, "there was nothing to keep");

        let opened = place.ready().open(1).unwrap();
        let records = Records::new(opened.connections);
        assert_eq!(records.agreement().unwrap(), crate::store::anchor::Agreement::Agrees);
        let mut after = records.read(bed.moment.get(), Veil::Open, |r| Ok(rows(r))).unwrap();
        // All is as it was, but that one event says that it was restored.
        let events = after.get_mut("audit_events").unwrap();
        assert_eq!(events.pop().unwrap()[2], Value::Text("records_restored".into()));
        for (name, rows) in &before {
            // What the list shows of a client follows from the rest and from the hour; each write brings it up to date.
            if name != "sequence" && !name.starts_with("client_list") {
                assert_eq!(rows, &after[name], "{name} of life {seed}");
            }
        }
        assert_eq!(before.len(), after.len());
        assert!(records.read(bed.moment.get(), Veil::Open, |r| crate::audit::verify(r, &mut |_, _| true)).unwrap().is_whole());
    }
}

#[test]
fn restored_records_open_with_their_new_passphrase_and_the_code_stays_in_force() {
    let bed = Bed::new();
    bed.client("Okafor");
    let made = bed.make().unwrap();
    let (place, passphrase) = (Place::new(), Passphrase::new("harbour quiet almond"));
    let (file, moment) = (bed.file(&made), bed.moment.get());
    let wanted =
        Wanted { file: &file, code: &bed.code, vault: place.folder.path(), other_records: false, moment, passphrase: Some(&passphrase) };
    restore(&wanted, |entry, secret| place.kept.store(entry, secret), &mut |_, _, _| true).unwrap();
    swap(place.folder.path(), moment).unwrap();
    let crate::vault::Standing::Locked(locked) = place.prepare() else { panic!("no passphrase is asked for") };
    assert!(locked.unlock(&passphrase, |entry| place.kept.load(entry)).unwrap().unwrap().open(0).is_ok());
    assert!(crate::vault::recover(place.folder.path(), &bed.code).unwrap().is_some());
}

#[test]
fn what_is_only_in_the_former_records_is_told_and_the_former_records_are_kept_whole() {
    let bed = Bed::new();
    bed.client("Okafor");
    let made = bed.make().unwrap();
    bed.pass(3600);
    bed.client("Whitfield");
    bed.client("Lindqvist");
    let until = bed.moment.get().at;
    let Bed { place, records, held, code, folder, moment, .. } = bed;
    drop((records, held));
    let before = place.files();
    let restored = restore_in(&place, &folder.path().join(&made.file), &code, false).unwrap();
    assert_eq!(restored.after, Some(After { commits: 2, until }));
    let zone = chrono_tz::Europe::London;
    let at = Moment { at: testing::at("2026-01-16 09:30", zone), zone };
    let kept = swap(place.folder.path(), at).unwrap().unwrap();
    assert_eq!(kept, "before-restore-2026-01-16-0930");
    let former: BTreeMap<_, _> = fs::read_dir(place.path(&kept))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    assert!(former == before, "{:?}", former.keys());
    let opened = place.ready().open(1).unwrap();
    let names: i64 = opened.connections.writer.query_row("SELECT count(*) FROM clients", [], |row| row.get(0)).unwrap();
    assert_eq!(names, 1);
    // What is written from now on is newer than everything that was.
    let now = Records::new(opened.connections);
    let sequence = now.read(moment.get(), Veil::Open, |r| Ok(crate::store::anchor::mark(r.conn())?.sequence)).unwrap();
    assert!(sequence > made.sequence + 2, "{sequence}");
    let again = make(&now, &opened.held, folder.path(), at, VERSION, None, &mut |_, _, _| true).unwrap();
    assert_eq!(list(folder.path(), None).unwrap()[0].file, again.file);
}

#[test]
fn other_records_take_the_place_of_these_only_if_they_may() {
    let (bed, here) = (Bed::new(), Bed::new());
    bed.client("Okafor");
    let file = bed.file(&bed.make().unwrap());
    let Bed { place, records, held, .. } = here;
    drop((records, held));
    let before = place.files();
    assert_eq!(restore_in(&place, &file, &bed.code, false), Err(NotUsed::OtherRecords));
    assert!(place.files() == before);
    restore_in(&place, &file, &bed.code, true).unwrap();
    swap(place.folder.path(), bed.moment.get()).unwrap();
    assert!(place.ready().open(0).is_ok());
}

#[test]
fn a_restore_stopped_at_any_moment_changes_nothing_and_leaves_nothing() {
    let bed = Bed::new();
    bed.client("Okafor");
    let file = bed.file(&bed.make().unwrap());
    let Bed { place, records, held, code, moment, .. } = bed;
    drop((records, held));
    let before = place.files();
    for stop in 0.. {
        let mut calls = 0;
        let wanted =
            Wanted { file: &file, code: &code, vault: place.folder.path(), other_records: false, moment: moment.get(), passphrase: None };
        let done = restore(&wanted, |entry, secret| place.kept.store(entry, secret), &mut |_, _, _| {
            calls += 1;
            calls <= stop
        });
        if done.is_ok() {
            assert!(stop > 10);
            break;
        }
        assert_eq!(done, Err(NotUsed::Stopped), "stopped at {stop}");
        assert!(place.files() == before, "stopped at {stop}: {:?}", place.files().keys());
    }
}
