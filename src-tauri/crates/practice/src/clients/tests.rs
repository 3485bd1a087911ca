//! Adding, changing, likely duplicates, contacts and their disclosure.

use proptest::prelude::*;

use super::contacts::{self, ContactDetails};
use super::*;
use crate::error::Field;
use crate::name;
use crate::testing::rows::{self, acts, client, point, refusal};
use crate::testing::{Desk, at, day};
use crate::words::{Veil, fold};

fn agreed(on: &str) -> Agreement {
    Agreement { how: AgreedHow::InSession, on: day(on) }
}

fn today() -> Agreement {
    agreed("2026-01-15")
}

fn relative(name: &str, emergency: bool) -> ContactDetails {
    ContactDetails {
        name: name.into(),
        relationship: "sister".into(),
        emergency,
        phones: vec![point("+44 7700 900321")],
        emails: vec![point("ngozi@posteo.example")],
        may_be_told: "That she is safe".into(),
        release_until: None,
        confirmed_on: None,
    }
}

fn changes(desk: &Desk) -> u32 {
    desk.conn().query_row("SELECT count(*) FROM client_changes", [], |row| row.get(0)).unwrap()
}

#[test]
fn only_a_name_is_required_and_what_was_typed_comes_back_tidied() {
    let mut desk = Desk::new();
    let given = ClientDetails {
        born: Some(day("1988-02-29")),
        phones: vec![point(" +44 7700 900142 "), point("")],
        emails: vec![point("amara@localhost"), ContactPoint { value: "a@b.example".into(), remark: "not at work".into() }],
        tags: vec!["weekly".into(), "Grief".into(), "grief".into(), " ".into()],
        zone: Some(String::new()),
        ..ClientDetails::named(" Nwachukwu-Reyes ", "Amara")
    };
    let id = desk.write(|w| add(w, &given, ClientStatus::Active, false)).unwrap();
    let kept = desk.read(|r| details(r, id)).unwrap();
    assert_eq!(kept.last_name, "Nwachukwu-Reyes");
    assert_eq!(kept.phones, [point("+44 7700 900142")]);
    assert_eq!(kept.emails, given.emails);
    assert_eq!(kept.tags, ["Grief", "weekly"]);
    assert_eq!((kept.zone, kept.born), (None, given.born));
    assert_eq!(acts(&desk, "client_added"), 1);
    assert_eq!(
        refusal(desk.write(|w| add(w, &ClientDetails::named(" \u{200b}", "Amara"), ClientStatus::Active, true))),
        Refusal::Empty { field: Field::LastName }
    );
}

#[test]
fn dates_and_zones_that_cannot_be_are_refused() {
    let mut desk = Desk::new();
    let mut attempt = |details: ClientDetails| refusal(desk.write(|w| add(w, &details, ClientStatus::Active, true)));
    let base = || ClientDetails::named("Suparman", "");
    assert_eq!(attempt(ClientDetails { born: Some(day("2026-01-16")), ..base() }), Refusal::InFuture { field: Field::Born });
    assert_eq!(attempt(ClientDetails { born: Some(day("1066-01-16")), ..base() }), Refusal::OutOfRange { field: Field::Born });
    assert_eq!(attempt(ClientDetails { started: Some(day("2027-01-16")), ..base() }), Refusal::InFuture { field: Field::Started });
    assert_eq!(attempt(ClientDetails { zone: Some("Moon".into()), ..base() }), Refusal::UnknownZone { zone: "Moon".into() });
    let phone = ContactPoint { value: " ".into(), remark: "evenings".into() };
    assert_eq!(attempt(ClientDetails { phones: vec![phone], ..base() }), Refusal::Empty { field: Field::Phone });
    let planned = ClientDetails { started: Some(day("2027-01-15")), born: Some(day("2026-01-15")), ..base() };
    assert!(desk.write(|w| add(w, &planned, ClientStatus::Waiting, true)).is_ok());
}

#[test]
fn a_change_of_identity_keeps_what_was_before_and_what_was_agreed() {
    let mut desk = Desk::new();
    let id = client(&mut desk, "Wiśniewski", "Tomasz");
    let married = ClientDetails { emails: vec![point("t@posteo.example")], ..ClientDetails::named("Wiśniewski-Okafor", "Tomasz") };
    assert_eq!(refusal(desk.write(|w| edit(w, id, &married, &agreed("2026-01-16")))), Refusal::InFuture { field: Field::DiscussedOn });
    assert_eq!(desk.read(|r| last_change(r, id)).unwrap().map(|c| c.on), None);
    desk.write(|w| edit(w, id, &married, &agreed("2026-01-14"))).unwrap();
    let (before, after): (String, String) =
        desk.conn().query_row("SELECT before, after FROM client_changes", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(serde_json::from_str::<ClientDetails>(&before).unwrap(), ClientDetails::named("Wiśniewski", "Tomasz"));
    assert_eq!(serde_json::from_str::<ClientDetails>(&after).unwrap(), married);
    let last = desk.read(|r| last_change(r, id)).unwrap().unwrap();
    assert_eq!((last.on, last.how, last.at), (day("2026-01-14"), AgreedHow::InSession, desk.moment.at));
    let detail: String = desk.conn().query_row("SELECT detail FROM audit_events WHERE act = 'client_changed'", [], |r| r.get(0)).unwrap();
    assert!(detail.contains("last_name") && !detail.contains("Okafor") && !detail.contains("posteo"), "{detail}");
    desk.write(|w| edit(w, id, &married, &today())).unwrap();
    assert_eq!((changes(&desk), acts(&desk, "client_changed")), (1, 1), "what changes nothing leaves no trace");
    for tampering in ["UPDATE client_changes SET agreed_on = '2020-01-01'", "DELETE FROM client_changes"] {
        assert!(desk.conn().execute(tampering, []).is_err(), "{tampering}");
    }
}

#[test]
fn an_edit_finds_the_client_under_the_new_name_and_leaves_no_old_points() {
    let mut desk = Desk::new();
    let id = client(&mut desk, "Abebe", "Selamawit");
    for phones in [vec![point("0113 496 0001"), point("0113 496 0002")], vec![point("0113 496 0002")]] {
        desk.write(|w| edit(w, id, &ClientDetails { phones, ..ClientDetails::named("Ábebe", "Sela") }, &today())).unwrap();
    }
    assert_eq!(desk.read(|r| details(r, id)).unwrap().phones, [point("0113 496 0002")]);
    let key: String = desk.conn().query_row("SELECT search_key FROM clients", [], |row| row.get(0)).unwrap();
    assert!(key.starts_with(" sela abebe sela"), "{key}");
}

#[test]
fn a_status_asks_for_no_agreement_and_is_in_the_trail() {
    let mut desk = Desk::new();
    let id = client(&mut desk, "Kaur", "Harpreet");
    desk.write(|w| set_status(w, id, ClientStatus::Discharged)).unwrap();
    desk.write(|w| set_status(w, id, ClientStatus::Discharged)).unwrap();
    assert_eq!((changes(&desk), acts(&desk, "client_status_changed")), (0, 1));
    let nobody = ClientId(uuid::Uuid::from_u128(9));
    assert_eq!(refusal(desk.write(|w| set_status(w, nobody, ClientStatus::Active))), NOT_FOUND);
    assert_eq!(refusal(desk.read(|r| details(r, nobody))), NOT_FOUND);
}

#[test]
fn a_likely_duplicate_is_asked_about_by_name_in_either_order_phone_and_email() {
    let mut desk = Desk::new();
    let known = ClientDetails {
        born: Some(day("1979-05-03")),
        phones: vec![point("+44 7700 900142")],
        emails: vec![point("Tomasz.W@Posteo.example")],
        file_number: "C-12".into(),
        ..ClientDetails::named("Wiśniewski", "Tomasz")
    };
    let id = desk.write(|w| add(w, &known, ClientStatus::Archived, false)).unwrap();
    client(&mut desk, "Petrova", "Ekaterina");
    let alike_to = |desk: &Desk, details: ClientDetails| desk.read(|r| alike(r, &details)).unwrap();

    for (last, first) in [("wisniewski", "TOMASZ"), ("Tomasz", "Wisniewski"), ("Tomasz Wiśniewski", "")] {
        let found = alike_to(&desk, ClientDetails::named(last, first));
        assert_eq!(found.len(), 1, "{last}, {first}");
        assert!(found[0].same_name && !found[0].same_born);
    }
    let close = alike_to(&desk, ClientDetails::named("Wisniewsky", "Tomasz"));
    assert_eq!((close.len(), close[0].same_name), (1, false));
    let phone = alike_to(&desk, ClientDetails { phones: vec![point("07700-900142")], ..ClientDetails::named("Mallory", "Jo") });
    assert!(phone[0].same_phone && !phone[0].same_name && phone[0].client == id);
    let email = alike_to(&desk, ClientDetails { emails: vec![point("tomasz.w@posteo.EXAMPLE")], ..ClientDetails::named("Mallory", "Jo") });
    assert!(email[0].same_email);
    let nothing = ClientDetails { phones: vec![point("12")], born: known.born, ..ClientDetails::named("Mallory", "Jo") };
    assert_eq!(alike_to(&desk, nothing), []);

    match refusal(desk.write(|w| add(w, &ClientDetails::named("Wisniewski", "Tomasz"), ClientStatus::Active, false))) {
        Refusal::LikelyDuplicate { likenesses } => assert_eq!((likenesses[0].client, likenesses[0].file_number.as_str()), (id, "C-12")),
        other => panic!("{other:?}"),
    }
    assert!(desk.write(|w| add(w, &ClientDetails::named("Wisniewski", "Tomasz"), ClientStatus::Active, true)).is_ok());
}

#[test]
fn the_most_alike_comes_first_with_what_is_known_of_their_therapy() {
    let mut desk = Desk::new();
    let close = client(&mut desk, "Petrowa", "Ekaterina");
    let born = Some(day("1990-01-01"));
    let same = desk
        .write(|w| add(w, &ClientDetails { born, ..ClientDetails::named("Petrova", "Ekaterina") }, ClientStatus::Active, true))
        .unwrap();
    let zone = chrono_tz::America::Los_Angeles;
    for (n, local) in [(1, "2025-03-01 18:00"), (2, "2025-03-08 18:00")] {
        let session = rows::session(desk.conn(), n, &[same], at(local, zone), zone, "attended");
        rows::approve(desk.conn(), session, desk.moment.at);
    }
    let found = desk.read(|r| alike(r, &ClientDetails { born, ..ClientDetails::named("petrova", "ekaterina") })).unwrap();
    assert_eq!(found.iter().map(|likeness| likeness.client).collect::<Vec<_>>(), [same, close]);
    assert_eq!((found[0].started, found[0].completed, found[0].same_born), (Some(day("2025-03-01")), 2, true));
    desk.veil = Veil::Discreet;
    let found = desk.read(|r| alike(r, &ClientDetails { born, ..ClientDetails::named("petrova", "ekaterina") })).unwrap();
    assert_eq!((found[0].name.display.as_str(), found[0].born, found[0].same_born), ("E. P.", None, true));
}

#[test]
fn contacts_keep_their_order_and_a_removed_one_stays_in_the_record() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let add =
        |desk: &mut Desk, name: &str, emergency| desk.write(|w| contacts::add(w, amara, &relative(name, emergency), &today())).unwrap();
    let (doctor, emeka, ngozi, ife) =
        (add(&mut desk, "Dr Hale", false), add(&mut desk, "Emeka", true), add(&mut desk, "Ngozi", true), add(&mut desk, "Ife", true));
    let order = |desk: &Desk| desk.read(|r| contacts::of(r, amara)).unwrap().iter().map(|contact| contact.id).collect::<Vec<_>>();
    assert_eq!(order(&desk), [emeka, ngozi, ife, doctor]);
    desk.write(|w| contacts::reorder(w, ife, -1)).unwrap();
    desk.write(|w| contacts::reorder(w, emeka, -1)).unwrap();
    assert_eq!(order(&desk), [emeka, ife, ngozi, doctor]);
    desk.write(|w| contacts::remove(w, ife, &today())).unwrap();
    desk.write(|w| contacts::reorder(w, ngozi, -1)).unwrap();
    assert_eq!(order(&desk), [ngozi, emeka, doctor]);
    assert_eq!(refusal(desk.write(|w| contacts::remove(w, ife, &today()))), Refusal::NotFound { what: Thing::Contact });
    desk.write(|w| contacts::edit(w, ngozi, &relative("Ngozi", false), &today())).unwrap();
    assert_eq!(order(&desk), [emeka, doctor, ngozi]);
    let rows: u32 = desk.conn().query_row("SELECT count(*) FROM contacts", [], |row| row.get(0)).unwrap();
    assert_eq!((rows, changes(&desk), acts(&desk, "contact_moved")), (4, 6, 2));
}

#[test]
fn a_contact_is_changed_as_agreed_and_says_when_its_release_has_ended() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    let ended = ContactDetails { release_until: Some(day("2026-01-14")), ..relative("Emeka", true) };
    let id = desk.write(|w| contacts::add(w, amara, &ended, &today())).unwrap();
    assert!(desk.read(|r| contacts::of(r, amara)).unwrap()[0].release_ended);
    let renewed = ContactDetails { release_until: Some(day("2026-01-15")), phones: vec![], ..ended.clone() };
    desk.write(|w| contacts::edit(w, id, &renewed, &today())).unwrap();
    let shown = &desk.read(|r| contacts::of(r, amara)).unwrap()[0];
    assert_eq!((shown.release_ended, &shown.details), (false, &renewed));
    let tomorrow = ContactDetails { confirmed_on: Some(day("2026-01-16")), ..renewed };
    assert!(matches!(refusal(desk.write(|w| contacts::edit(w, id, &tomorrow, &today()))), Refusal::InFuture { .. }));
    let later = agreed("2026-01-16");
    assert!(matches!(refusal(desk.write(|w| contacts::remove(w, id, &later))), Refusal::InFuture { .. }));
}

#[test]
fn disclosing_emergency_contacts_is_an_act_and_in_discreet_mode_nothing_is_given_out() {
    let mut desk = Desk::new();
    let amara = client(&mut desk, "Nwachukwu-Reyes", "Amara");
    desk.write(|w| contacts::add(w, amara, &relative("Emeka", true), &today())).unwrap();
    desk.write(|w| contacts::add(w, amara, &relative("Dr Hale", false), &today())).unwrap();
    let shown = desk.write(|w| contacts::disclose_emergency(w, amara)).unwrap();
    assert_eq!(shown.iter().map(|contact| contact.details.name.as_str()).collect::<Vec<_>>(), ["Emeka"]);
    assert_eq!(acts(&desk, "contacts_disclosed"), 1);
    desk.veil = Veil::Discreet;
    assert_eq!(desk.write(|w| contacts::disclose_emergency(w, amara)).unwrap(), []);
    assert_eq!(acts(&desk, "contacts_disclosed"), 1);
    let details: String = desk.conn().query_row("SELECT group_concat(detail) FROM audit_events", [], |row| row.get(0)).unwrap();
    assert!(!details.contains("Emeka") && !details.contains("7700"));
}

#[test]
fn a_likely_duplicate_is_found_among_three_thousand() {
    let desk = Desk::new();
    rows::many(desk.conn(), 3000, desk.moment.at);
    let found =
        desk.read(|r| alike(r, &ClientDetails { phones: vec![point("0113 0001234")], ..ClientDetails::named("Zuberi", "Kito") })).unwrap();
    assert_eq!(found.iter().map(|likeness| likeness.name.last.as_str()).collect::<Vec<_>>(), ["Family 1234"]);
    assert!(found[0].same_phone && found[0].completed == 1);
    assert_eq!(desk.read(|r| alike(r, &ClientDetails::named("Family 0007", "Jo"))).unwrap()[0].name.last, "Family 0007");
}

proptest! {
    /// However a name is typed, its folded words are found at the start of words in the key.
    #[test]
    fn every_word_of_a_name_is_found_however_it_is_cased(last in "\\PC{1,20}", first in "\\PC{0,20}", upper: bool) {
        let key = name::search_key(&last, &first, "", "");
        let typed = if upper { last.to_uppercase() } else { last.clone() };
        for typed in [&last, &first] {
            for word in fold(typed).split(' ').filter(|word| !word.is_empty()) {
                prop_assert!(key.contains(&format!(" {word}")), "{key:?} lacks {word:?}");
            }
        }
        prop_assert_eq!(fold(&fold(&typed)), fold(&typed));
    }
}
