//! Clocks that are wrong: set back and forward by hours and years, over changes of daylight saving, in other time zones. Work goes on,
//! everything keeps the order in which it was done, and the newest backup is the newest.

use practice::audit;
use practice::clients::{self, ClientDetails, ClientStatus};
use practice::consents::{self, ConsentState, Decision, NewConsent, Purpose};
use practice::homework;
use practice::notes::{self, Template, approval, drafts};
use practice::sessions::booking::{self, Start};
use practice::store::anchor::Agreement;
use practice::time::{Instant, Moment};
use practice::vault::backup::{self, Found};
use tempfile::TempDir;

use crate::bench::{self, at, free, new_session};
use crate::chance::Chance;
use crate::table::{is_long, row};
use crate::vaults::{Desk, Vault};

const HOUR: i64 = 3_600;
const YEAR: i64 = 365 * 24 * HOUR;
const JUMPS: [i64; 12] = [HOUR, -HOUR, 25 * HOUR, -25 * HOUR, YEAR, -YEAR, 9 * YEAR, -9 * YEAR, 60, -60, 12 * HOUR, -12 * HOUR];
const ZONES: [chrono_tz::Tz; 6] = [
    chrono_tz::Europe::London,
    chrono_tz::Europe::Berlin,
    chrono_tz::America::New_York,
    chrono_tz::Pacific::Auckland,
    chrono_tz::Pacific::Kiritimati,
    chrono_tz::Pacific::Pago_Pago,
];
/// The hours around which clocks are changed, in London and New York.
const CHANGES: [&str; 4] = ["2026-03-29 00:59", "2026-10-25 00:59", "2026-03-08 06:59", "2026-11-01 05:59"];

/// A moment further on by a wrong clock, in some zone; never so far that a date is refused for itself.
fn wrong(now: Moment, chance: &mut Chance) -> Moment {
    let mut pick = |end: usize| usize::try_from(chance.below(end as u64)).unwrap();
    let zone = ZONES[pick(ZONES.len())];
    let jumped = match pick(4) {
        0 => at(CHANGES[pick(CHANGES.len())]),
        _ => now.at.plus_seconds(JUMPS[pick(JUMPS.len())]),
    };
    let (first, last) = (at("2010-01-01 00:00"), at("2045-01-01 00:00"));
    Moment { at: Instant(jumped.0.clamp(first.0, last.0)), zone }
}

/// A day's work at a moment; an error where any of it was refused.
fn work(desk: &Desk, number: u64) -> Result<(), String> {
    let now = desk.moment.get();
    let decision = if number % 2 == 0 { Decision::Given } else { Decision::Withdrawn };
    let before = now.at.plus_seconds(-HOUR).in_zone(now.zone);
    let start = Start { date: before.date(), time: before.format("%H:%M").to_string(), zone: None, later: Some(false) };
    let done = desk.write(|w| {
        let client = clients::add(w, &ClientDetails::named(&format!("Whitfield {number}"), "Jo"), ClientStatus::Active, true)?;
        let session = booking::book(w, &booking::NewSession { start, ..new_session(&[client], "2026-01-05 10:00") })?;
        let note = notes::open_or_begin(w, session, Template::Free)?;
        drafts::save(w, note, &free("She slept better."))?;
        approval::approve(w, note)?;
        homework::assign(w, client, &bench::homework("Sleep diary", None))?;
        Ok(client)
    });
    let client = done.map_err(|error| error.to_string())?;
    // Given and, under the next wrong clock, withdrawn: what was said last stands.
    let consent = NewConsent { discussed_on: now.today(), ..bench_consent(Decision::Given, now) };
    desk.write(|w| consents::record(w, client, &consent)).map_err(|error| error.to_string())?;
    desk.moment.set(Moment { at: now.at.plus_seconds(if decision == Decision::Given { -YEAR } else { YEAR }), ..now });
    let again = NewConsent { discussed_on: desk.moment.get().today(), ..bench_consent(Decision::Withdrawn, now) };
    desk.write(|w| consents::record(w, client, &again)).map_err(|error| error.to_string())?;
    let standing = desk.read(|r| consents::standing(r, client, Purpose::AutomaticNoteTaking)).map_err(|error| error.to_string())?;
    desk.moment.set(now);
    if standing.state == ConsentState::Withdrawn { Ok(()) } else { Err(format!("{:?} stands", standing.state)) }
}

fn bench_consent(decision: Decision, now: Moment) -> NewConsent {
    NewConsent {
        purpose: Purpose::AutomaticNoteTaking,
        decision,
        asserted_by: consents::AssertedBy::Client,
        how: consents::How::InSession,
        discussed_on: now.today(),
        form_version: String::new(),
        session: None,
        remark: String::new(),
    }
}

/// The newest by what it says of the clock: what a list by time would show first.
fn newest_by_clock(found: &[Found]) -> Option<&str> {
    found.iter().max_by_key(|one| one.about.as_ref().map(|about| about.made_at)).map(|one| one.file.as_str())
}

#[test]
fn under_any_clock_work_goes_on_in_its_order_and_the_newest_backup_is_the_newest() {
    let (vault, shelf) = (Vault::made(None), TempDir::new().unwrap());
    let mut desk = vault.open();
    let mut chance = Chance(20_260_122);
    let rounds = if is_long() { 1_000 } else { 90 };
    let (mut tried, mut lost, mut misled, mut last) = (0, 0, 0_u64, 0);
    let mut complain = |what: String| {
        say(&what);
        lost += 1;
    };
    for number in 0..rounds {
        let now = wrong(desk.moment.get(), &mut chance);
        desk.moment.set(now);
        tried += 1;
        if let Err(why) = work(&desk, number) {
            complain(format!("{why} at {} in {}", now.at.in_zone(now.zone), now.zone));
        }
        if number % 3 == 0 {
            tried += 1;
            let made = backup::make(&desk.records, &desk.held, shelf.path(), now, "0.1.0", None, &mut |_, _, _| true).unwrap();
            let found = backup::list(shelf.path(), Some(desk.held.vault())).unwrap();
            if found[0].file != made.file || made.sequence <= last || found.len() < 3.min(usize::try_from(number / 3 + 1).unwrap()) {
                complain(format!("{} is not the newest of {}", made.file, found.len()));
            }
            if backup::prune(&found, desk.held.vault()).contains(&made.file) {
                complain(format!("{} would be taken away", made.file));
            }
            last = made.sequence;
            misled += u64::from(newest_by_clock(&found) != Some(&made.file));
        }
        if number % 10 == 0 {
            tried += 1;
            drop(desk);
            desk = vault.open_at(vault.path(), u128::from(number + 2) << 40).unwrap();
            desk.moment.set(now);
            let trail = desk.read(|r| audit::verify(r, &mut |_, _| true)).unwrap();
            if desk.records.agreement().unwrap() != Agreement::Agrees || !trail.is_whole() {
                complain(format!("{:?}", desk.records.agreement()));
            }
        }
    }
    row("under a wrong clock work goes on in its order, and the newest backup is kept", tried, tried - lost, lost, misled > 0);
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(what: &str) {
    eprintln!("{what}");
}
