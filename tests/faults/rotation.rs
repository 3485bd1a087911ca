//! Keys replaced, passphrase and kit changed, and the process killed, the power cut or the disk failing at any moment of it: the ways in
//! before or those after open the records, and the records are whole.

use std::path::Path;

use disk::{Change, Disk, Fault, On};
use practice::audit;
use practice::clients;
use practice::error::Result;
use practice::pages::list::{self, ClientFilter, ClientSort};
use practice::security;
use practice::store::Reader;
use practice::store::anchor::Agreement;
use practice::vault::{KeyringAnswer, Passphrase, RecoveryCode, recover};
use tempfile::TempDir;

use crate::bench::query;
use crate::chance::Chance;
use crate::remains::Remains;
use crate::table::{is_long, row};
use crate::vaults::{Desk, Vault, files};

const EIO: i32 = 5;

/// Which ways in open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opens {
    Before,
    After,
    /// For the moment in which the new kit's slot is there and the one before it still is.
    Both,
}

/// A change of the ways in, recorded call by call.
struct Recorded {
    vault: Vault,
    /// The ways in after it.
    code: RecoveryCode,
    passphrase: Option<String>,
    before: TempDir,
    changes: Vec<Change>,
}

impl Recorded {
    /// Records `act` on open records, and the opening after it.
    fn of(passphrase: Option<&str>, after: Option<&str>, act: impl FnOnce(&Vault, &Desk, &RecoveryCode)) -> Self {
        let vault = Vault::made(passphrase);
        let before = vault.copy();
        let code = RecoveryCode::generate().unwrap();
        let disk = Disk::under(vault.path()).unwrap();
        disk.record();
        let desk = vault.open_at(disk.folder(), 1 << 32).unwrap();
        act(&vault, &desk, &code);
        drop(desk);
        let after = after.map(str::to_owned);
        let vault = Vault { passphrase: after.clone(), ..vault };
        drop(vault.open_at(disk.folder(), 2 << 32).unwrap());
        let changes = disk.recorded();
        drop(disk);
        let vault = Vault { passphrase: passphrase.map(str::to_owned), ..vault };
        Self { vault, code, passphrase: after, before, changes }
    }

    /// What opens of what lies at `folder`, once it was opened by the usual way in; else what is wrong with it.
    fn met(&self, folder: &Path) -> std::result::Result<Opens, String> {
        // The passphrase before, and the one after: one of them opens.
        let usual = self.vault.open_at(folder, 3 << 32);
        let (desk, old_passphrase) = match usual {
            Ok(desk) => (desk, true),
            Err(why) if self.passphrase == self.vault.passphrase => return Err(format!("the usual way: {why}")),
            Err(_) => {
                let after = Vault {
                    folder: TempDir::new().unwrap(),
                    keyring: self.vault.keyring.clone(),
                    code: RecoveryCode::generate().unwrap(),
                    passphrase: self.passphrase.clone(),
                };
                (after.open_at(folder, 3 << 32).map_err(|why| format!("the usual way: {why}"))?, false)
            }
        };
        let agreement = desk.records.agreement().map_err(|error| error.to_string())?;
        if !matches!(agreement, Agreement::Agrees) {
            return Err(format!("{agreement:?}"));
        }
        let whole = desk.read(|r| Ok((clients(r)?, audit::verify(r, &mut |_, _| true)?.is_whole(), security::kit(r)?)));
        let (clients, trail, kit) = whole.map_err(|error| error.to_string())?;
        // The kit that the records name is the one that opens, from the next opening on it alone.
        desk.held.settle(kit.map(|kit| kit.slot)).map_err(|why| why.to_string())?;
        desk.write(|w| clients::add(w, &named("After"), clients::ClientStatus::Active, true)).map_err(|error| error.to_string())?;
        drop(desk);
        if clients < 1 || !trail {
            return Err(format!("{clients} clients, the trail is whole: {trail}"));
        }
        let opens = |code: &RecoveryCode| recover(folder, code).is_ok_and(|found| found.is_some());
        let same_code = self.code.line() == self.vault.code.line();
        match (opens(&self.vault.code), opens(&self.code)) {
            (false, false) => Err("no code opens".to_owned()),
            (true, true) if same_code => Ok(if old_passphrase { Opens::Before } else { Opens::After }),
            (true, true) => Ok(Opens::Both),
            (true, false) => Ok(Opens::Before),
            (false, true) => Ok(Opens::After),
        }
    }

    /// Every moment at which something but a write was done, and every so manieth write.
    fn moments(&self, nth: usize) -> Vec<usize> {
        let all = 0..=self.changes.len();
        all.filter(|at| at % nth == 0 || !matches!(self.changes.get(*at), Some(Change::Write { .. }) | None)).collect()
    }

    /// Killed at each of these moments, and the power cut at as many; what was lost, and how often each way in opened.
    fn cut(&self, moments: &[usize], powers: usize, chance: &mut Chance) -> (Vec<String>, [u64; 3]) {
        let (mut lost, mut opened) = (Vec::new(), [0; 3]);
        let mut remains = Remains::of(self.before.path());
        let (mut done, mut over) = (0, false);
        let powered: Vec<usize> = (0..powers).map(|_| usize::try_from(chance.below(moments.len() as u64)).unwrap()).collect();
        for (number, &moment) in moments.iter().enumerate() {
            self.changes[done..moment].iter().for_each(|change| remains.then(change));
            done = moment;
            let killed = TempDir::new().unwrap();
            remains.lay_whole(killed.path());
            let found = self.met(killed.path());
            // Once the ways in after it open, those before never do again.
            let back = over && found == Ok(Opens::Before);
            over = over || found == Ok(Opens::After);
            note(&mut lost, &mut opened, if back { Err("the former ways in open again".to_owned()) } else { found }, ("killed", moment));
            for _ in powered.iter().filter(|at| **at == number) {
                let cut = TempDir::new().unwrap();
                remains.lay(cut.path(), chance);
                note(&mut lost, &mut opened, self.met(cut.path()), ("cut", moment));
            }
        }
        (lost, opened)
    }
}

fn note(lost: &mut Vec<String>, opened: &mut [u64; 3], found: std::result::Result<Opens, String>, (how, moment): (&str, usize)) {
    match found {
        Ok(opens) => opened[opens as usize] += 1,
        Err(why) => lost.push(format!("{how} at {moment}: {why}")),
    }
}

fn named(last: &str) -> clients::ClientDetails {
    clients::ClientDetails::named(last, "")
}

fn clients(r: &Reader) -> Result<usize> {
    Ok(list::page(r, &query(ClientFilter::Active, ClientSort::Name, 0, 10))?.rows.len())
}

#[allow(clippy::print_stderr, reason = "figures are asked for")]
fn say(lost: &[String], opened: [u64; 3]) {
    lost.iter().take(20).for_each(|what| eprintln!("{what}"));
    eprintln!("before {}, after {}, both {}", opened[0], opened[1], opened[2]);
}

#[test]
fn killed_or_cut_at_any_moment_of_a_new_key_the_former_or_the_new_key_opens() {
    let work = Recorded::of(None, None, |vault, desk, code| {
        desk.rotate(vault, code).unwrap();
    });
    let mut chance = Chance(20_260_117);
    let (nth, powers) = if is_long() { (1, 1_000) } else { (40, 60) };
    let moments = work.moments(nth);
    let (lost, opened) = work.cut(&moments, powers, &mut chance);
    say(&lost, opened);
    assert!(opened[0] > 10 && opened[1] > 10, "{opened:?}");
    // The control: the database under the new key beside the slots of the former, as a key that is changed in place leaves them.
    let after = files(work.vault.path());
    let torn = TempDir::new().unwrap();
    for (name, bytes) in files(work.before.path()) {
        let bytes = if name.as_os_str() == "practice.db" { &after[&name] } else { &bytes };
        std::fs::write(torn.path().join(name), bytes).unwrap();
    }
    let tried = (moments.len() + powers) as u64;
    let lost = lost.len() as u64;
    row(
        "a new key, killed or cut at any moment: the former or the new one opens",
        tried,
        tried - lost,
        lost,
        work.met(torn.path()).is_err(),
    );
}

#[test]
fn killed_or_cut_at_any_moment_of_a_new_passphrase_the_former_or_the_new_one_opens() {
    let next = "tin lantern moss quay";
    let mut work = Recorded::of(Some("harbour quiet almond"), Some(next), |vault, desk, _| {
        let store = |entry: &str, secret: &practice::vault::KeyringSecret| vault.keyring.store(entry, secret);
        desk.held.set_lock(Some(&Passphrase::new(next)), store, |_| KeyringAnswer::NoEntry).unwrap();
    });
    // The kit stays.
    work.code = RecoveryCode::read(&work.vault.code.written()).unwrap();
    let mut chance = Chance(20_260_118);
    let moments: Vec<usize> = work.moments(1_000).into_iter().filter(|at| is_long() || near_vault_file(&work.changes, *at)).collect();
    let powers = if is_long() { 200 } else { 24 };
    let (lost, opened) = work.cut(&moments, powers, &mut chance);
    told("a new passphrase, killed or cut at any moment: the former or the new one opens", &work, moments.len() + powers, &lost, opened);
}

#[test]
fn killed_or_cut_at_any_moment_of_a_new_kit_the_former_or_the_new_one_opens() {
    let work = Recorded::of(None, None, |_, desk, code| desk.take_kit(code));
    let mut chance = Chance(20_260_119);
    let powers = if is_long() { 1_000 } else { 40 };
    let moments = work.moments(if is_long() { 1 } else { 10 });
    let (lost, opened) = work.cut(&moments, powers, &mut chance);
    told("a new kit, killed or cut at any moment: the former or the new one opens", &work, moments.len() + powers, &lost, opened);
}

/// The row of a change of `vault.json` alone; its control is that file torn. Both ways in must have been met.
fn told(promise: &str, work: &Recorded, tried: usize, lost: &[String], opened: [u64; 3]) {
    say(lost, opened);
    assert!(opened[0] > 0 && opened[1] > 0, "{opened:?}");
    let control = work.met(torn_vault_file(work).path()).is_err();
    let (tried, lost) = (tried as u64, lost.len() as u64);
    row(promise, tried, tried - lost, lost, control);
}

/// Whether the last thing done, or the next, is done to `vault.json`: the moments that decide.
fn near_vault_file(changes: &[Change], at: usize) -> bool {
    [at.checked_sub(1), Some(at)].into_iter().flatten().any(|at| is_vault_file(changes.get(at)))
}

fn is_vault_file(change: Option<&Change>) -> bool {
    let is_ours = |path: &Path| path.to_string_lossy().starts_with("vault.json") || path.as_os_str().is_empty();
    match change {
        Some(Change::Create { path } | Change::Write { path, .. } | Change::Truncate { path, .. } | Change::Sync { path }) => is_ours(path),
        Some(Change::Rename { from, .. }) => is_ours(from),
        _ => false,
    }
}

/// The control: `vault.json` as a write in its place leaves it, cut off in the middle.
fn torn_vault_file(work: &Recorded) -> TempDir {
    let torn = TempDir::new().unwrap();
    for (name, mut bytes) in files(work.before.path()) {
        if name.as_os_str() == "vault.json" {
            bytes.truncate(bytes.len() / 2);
        }
        std::fs::write(torn.path().join(name), bytes).unwrap();
    }
    torn
}

/// A new key on a disk that fails at the call of this number, once or from then on. Whether it came to that call, whether the key was
/// said not to be replaced, and what is wrong then.
fn failing(nth: u64, for_good: bool) -> (bool, bool, Option<String>) {
    let vault = Vault::made(None);
    let before = vault.copy();
    let disk = Disk::under(vault.path()).unwrap();
    let desk = vault.open_at(disk.folder(), 1 << 32).unwrap();
    let code = RecoveryCode::generate().unwrap();
    disk.fail(Fault { on: On::Change, nth, errno: Some(EIO), for_good });
    let done = desk.rotate(&vault, &code);
    let met = disk.mend() > 0;
    // Refused, the records go on: what is written now stays.
    if done.is_err() {
        desk.client("Late");
    }
    drop(desk);
    let kept = vault.open_at(disk.folder(), 2 << 32).map(|desk| desk.read(clients).unwrap_or_default());
    drop(disk);
    let path = vault.folder.path().to_owned();
    let found = Recorded { vault, code, passphrase: None, before, changes: Vec::new() }.met(&path);
    // A key that was said to be replaced is, and one that was not is not.
    let (said, expected) = if done.is_ok() { (Opens::After, 1) } else { (Opens::Before, 2) };
    let wrong = found != Ok(said) || kept != Ok(expected);
    let what = wrong.then(|| format!("failing at {nth}, for good: {for_good}: {found:?}, {kept:?} clients, said {done:?}"));
    (met, done.is_err(), what)
}

#[test]
fn a_disk_that_fails_at_any_call_of_a_new_key_leaves_the_former_or_the_new_key() {
    let step = if is_long() { 1 } else { 29 };
    let (mut tried, mut refused, mut lost) = (0, 0, Vec::new());
    let mut fail = |nth, for_good| {
        let (met, said_no, wrong) = failing(nth, for_good);
        tried += 1;
        refused += u64::from(said_no);
        lost.extend(wrong);
        met
    };
    // At every so manieth call, until there are no more; and at each of the last, where it comes to count.
    let mut nth = 1;
    while fail(nth, true) {
        fail(nth, false);
        nth += step;
    }
    for last in nth.saturating_sub(step + 8).max(1)..nth {
        fail(last, false);
    }
    say(&lost, [0; 3]);
    let lost = lost.len() as u64;
    row("a new key on a disk that fails at any call: the former or the new one opens", tried, tried - lost, lost, refused > tried / 2);
}
