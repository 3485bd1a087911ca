//! Whatever is done, and however time passes: the last completed and the next booked session are those of a naive model.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::booking::{MoveScope, NewSession, Start, book, cancel, move_to};
use super::super::{Attendance, SessionState, Which, around, load, set_attendance, state};
use super::{begin, cancellation, client, enter_in_error, new, to, try_approve};
use crate::id::{ClientId, NoteId, SessionId};
use crate::testing::Desk;
use crate::time::Instant;

#[derive(Clone, Debug)]
enum Step {
    Book { hours: i64, who: u8 },
    Move { which: usize, hours: i64 },
    Cancel { which: usize, how: Attendance },
    Attend { which: usize, how: Attendance },
    Approve { which: usize },
    EnterInError { which: usize },
    Pass { hours: i64 },
}

/// A session as one would keep it on a card.
#[derive(Debug)]
struct Card {
    id: SessionId,
    who: u8,
    starts_at: Instant,
    attendance: Attendance,
    approved: Option<NoteId>,
}

impl Card {
    fn with(&self, client: u8) -> bool {
        self.who & (1 << client) != 0
    }

    fn completed(&self, now: Instant) -> bool {
        self.attendance == Attendance::Attended && self.starts_at <= now && self.approved.is_some()
    }
}

const MINUTES: u32 = 50;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = 0_usize..8;
    let cancelled =
        prop_oneof![Just(Attendance::CancelledByClient), Just(Attendance::CancelledLateByClient), Just(Attendance::CancelledByTherapist)];
    let attended = prop_oneof![Just(Attendance::Unknown), Just(Attendance::Attended), Just(Attendance::NoShow)];
    let step = prop_oneof![
        3 => (-48_i64..96, 1_u8..4).prop_map(|(hours, who)| Step::Book { hours, who }),
        2 => (which.clone(), -24_i64..96).prop_map(|(which, hours)| Step::Move { which, hours }),
        1 => (which.clone(), cancelled).prop_map(|(which, how)| Step::Cancel { which, how }),
        2 => (which.clone(), attended).prop_map(|(which, how)| Step::Attend { which, how }),
        4 => which.clone().prop_map(|which| Step::Approve { which }),
        1 => which.prop_map(|which| Step::EnterInError { which }),
        2 => (1_i64..40).prop_map(|hours| Step::Pass { hours }),
    ];
    vec(step, 1..30)
}

/// A start some hours from now, on a clock that never changes.
fn start(now: Instant, hours: i64) -> Start {
    let local = now.plus_seconds(hours * 3600).in_zone(chrono_tz::UTC);
    Start { date: local.date(), time: local.format("%H:%M").to_string(), zone: Some("UTC".to_owned()), later: None }
}

fn take(desk: &mut Desk, clients: [ClientId; 2], cards: &mut Vec<Card>, step: &Step) {
    let now = desk.moment.at;
    let chosen = |which: usize, cards: &[Card]| (!cards.is_empty()).then(|| which % cards.len());
    match *step {
        Step::Pass { hours } => desk.moment.at = now.plus_seconds(hours * 3600),
        Step::Book { hours, who } => {
            let participants: Vec<ClientId> = (0..2).filter(|client| who & (1 << client) != 0).map(|client| clients[client]).collect();
            let new = NewSession { start: start(now, hours), minutes: MINUTES, ..new(&participants, "2026-01-20 10:00") };
            let id = desk.write(|w| book(w, &new)).unwrap();
            cards.push(Card { id, who, starts_at: now.plus_seconds(hours * 3600), attendance: Attendance::Unknown, approved: None });
        }
        Step::Move { which, hours } => {
            let Some(card) = chosen(which, cards).map(|at| &mut cards[at]) else { return };
            let to = super::Move { start: start(now, hours), ..to("2026-01-20 10:00", MoveScope::One) };
            let moved = desk.write(|w| move_to(w, card.id, &to)).is_ok();
            assert_eq!(moved, card.approved.is_none() && !card.attendance.cancelled() && card.starts_at > now);
            if moved {
                card.starts_at = now.plus_seconds(hours * 3600);
            }
        }
        Step::Cancel { which, how } => {
            let Some(card) = chosen(which, cards).map(|at| &mut cards[at]) else { return };
            let done = desk.write(|w| cancel(w, card.id, &cancellation(how))).is_ok();
            let in_time = how != Attendance::CancelledByClient || card.starts_at >= now.plus_seconds(24 * 3600);
            assert_eq!(done, card.approved.is_none() && !card.attendance.cancelled() && in_time);
            if done {
                card.attendance = how;
            }
        }
        Step::Attend { which, how } => {
            let Some(card) = chosen(which, cards).map(|at| &mut cards[at]) else { return };
            let done = desk.write(|w| set_attendance(w, card.id, how)).is_ok();
            let may = card.approved.is_none() || card.attendance == how;
            assert_eq!(done, !card.attendance.cancelled() && card.starts_at <= now && may);
            if done {
                card.attendance = how;
            }
        }
        Step::Approve { which } => {
            let Some(card) = chosen(which, cards).map(|at| &mut cards[at]) else { return };
            if card.approved.is_some() || card.attendance.cancelled() || card.starts_at > now {
                return;
            }
            let no_show = card.attendance == Attendance::NoShow;
            let note = begin(desk, card.id, if no_show { "no_show" } else { "session" }, "Words.");
            try_approve(desk, note).unwrap();
            card.approved = Some(note);
            if !no_show {
                card.attendance = Attendance::Attended;
            }
        }
        Step::EnterInError { which } => {
            let Some(card) = chosen(which, cards).map(|at| &mut cards[at]) else { return };
            if let Some(note) = card.approved.take() {
                enter_in_error(desk, note);
            }
        }
    }
}

fn agree(desk: &Desk, clients: [ClientId; 2], cards: &[Card]) {
    let now = desk.moment.at;
    for (client, bit) in clients.into_iter().zip(0_u8..) {
        let theirs = || cards.iter().filter(|card| card.with(bit));
        let last = theirs().filter(|card| card.completed(now)).max_by_key(|card| (card.starts_at, card.id)).map(|card| card.id);
        let next = theirs()
            .filter(|card| card.starts_at > now && !card.attendance.cancelled())
            .min_by_key(|card| (card.starts_at, card.id))
            .map(|card| card.id);
        let completed = theirs().filter(|card| card.completed(now)).count();
        let found = desk
            .read(|r| {
                around(r, client, 0)
                    .map(|found| (found.last_completed.map(|s| s.brief.id), found.next.map(|s| s.brief.id), found.completed))
            })
            .unwrap();
        assert_eq!(found, (last, next, u32::try_from(completed).unwrap()));
    }
    let ids: Vec<SessionId> = cards.iter().map(|card| card.id).collect();
    let sessions = desk.read(|r| load(r, Which::ByIds(&ids))).unwrap();
    for (card, session) in cards.iter().zip(sessions) {
        assert_eq!(session.state == SessionState::Completed, card.completed(now));
        assert_eq!(session.number.is_some(), card.completed(now));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn last_completed_and_next_booked_are_those_of_the_model(steps in steps()) {
        let mut desk = Desk::new();
        let clients = [client(&mut desk, "Nwachukwu"), client(&mut desk, "Whitfield")];
        let mut cards = Vec::new();
        for step in &steps {
            take(&mut desk, clients, &mut cards, step);
            agree(&desk, clients, &cards);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_session_is_completed_exactly_when_attended_started_and_approved(
        how in 0_usize..6, starts_at in 0_i64..20_000_000, minutes in 5_u32..601, approved: bool, now in 0_i64..20_000_000,
    ) {
        use Attendance::{Attended, CancelledByClient, CancelledByTherapist, CancelledLateByClient, NoShow, Unknown};
        let attendance = [Unknown, Attended, NoShow, CancelledByClient, CancelledLateByClient, CancelledByTherapist][how];
        let state = state(attendance, Instant(starts_at), minutes, approved, Instant(now));
        prop_assert_eq!(state == SessionState::Completed, attendance == Attended && starts_at <= now && approved);
        prop_assert_eq!(state == SessionState::Cancelled, attendance.cancelled());
        prop_assert_eq!(state == SessionState::NoShow, attendance == NoShow);
    }
}
