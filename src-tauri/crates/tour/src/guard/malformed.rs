//! What does not belong in a call: every command of the page is given the wrong kinds of values, parts that are missing or too many,
//! endless texts and depths, numbers beyond all bounds, while the records are open and while they are locked. Each is refused or answered;
//! what is refused changes nothing.
use super::canaries::{CANARY, canary};
use super::filled::fill;
use super::practice::{Practice, plain};
use super::room::{Room, none_left, running};
use super::{Ground, Held};
use crate::records;
use crate::window::Window;
use anyhow::{Context, Result, ensure};
use practice::vault::Passphrase;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const CALL: &str = include_str!("malformed.js");
const BINDINGS: &str = include_str!("../../../../../ui/src/ipc/bindings.ts");
const CAPABILITY: &str = include_str!("../../../../capabilities/main.json");
const PASSPHRASE: &str = "seven grey lanterns over quorn";
const FILES: [&str; 3] = ["vault.json", "practice.db", "practice.db-wal"];
const OPEN: &str = "
const [passphrase, done] = arguments
const open = () => window.__TAURI_INTERNALS__.invoke('unlock', { passphrase }).then(
  (found) => found.wait_seconds > 0 ? setTimeout(open, 1000 * found.wait_seconds) : done(found.kind), (error) => done(JSON.stringify(error)))
open()";
/// So often each command is called in each way, briefly and else.
const CALLS: (u64, u64) = (50, 5_000);
/// No answer takes longer.
const ANSWER: f64 = 2_000.0;
/// No more memory than this on top.
const MEMORY: u64 = 256 << 20;
/// How long what was read may wait to be entered in the trail.
const TRAIL: Duration = Duration::from_millis(1500);

/// These end or leave what is tried here.
const LEAVE: [&str; 4] = ["close_window", "lock", "open_sample", "leave_sample"];
/// A call that is as it should be opens a window of the system's, in which somebody chooses a file.
const ASK: [&str; 4] = ["choose_import", "choose_backup", "choose_place", "save_kit"];
/// What answers while the records are locked: the way in, and what is no part of the records.
const DOOR: [&str; 23] = [
    "about",
    "active",
    "check_code",
    "close_import",
    "copied",
    "found_backups",
    "go_on",
    "handed_backup",
    "look",
    "passphrase_strength",
    "recover",
    "restore",
    "set_discreet",
    "set_up",
    "show_folder",
    "standing",
    "stop_backup",
    "stop_import",
    "stop_update",
    "test_restore",
    "try_code",
    "unlock",
    "zones",
];

/// The promise.
pub fn calls(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    let (practice, _, held) = Practice::begin_locked(&room.records(), &plain("Ada Lindqvist"), PASSPHRASE)?;
    let client = fill(&practice, 1, &|name, _| canary(name))?.wire();
    drop((practice, held));
    let mut window = room.drive(ground)?;
    let shell = *running(&ground.binary)?.first().context("the window does not run")?;
    let all = commands()?;
    let page = Page {
        window: &window,
        shell,
        places: json!({ "ClientId": client["client"], "SessionId": client["next"], "NoteId": client["draft"] }),
    };
    let each = if ground.brief { CALLS.0 } else { CALLS.1 };
    let mut broken = Vec::new();
    let mut told = Map::new();

    // Opened once, so that there is something to lock.
    open(&window)?;
    window.run("setTimeout(() => window.__TAURI_INTERNALS__.invoke('lock'))", json!([]))?;
    window.wait_for("Locked")?;
    let before = files(&room.records())?;
    let behind: Vec<&str> = all.iter().map(String::as_str).filter(|name| !LEAVE.contains(name) && *name != "choose_backup").collect();
    let whole = page.call(&behind, &json!({ "whole": true, "calls": 2 }))?;
    let refused = whole.answers.iter().filter(|(_, how)| how.refused("locked") == how.calls).count();
    for (name, how) in &whole.answers {
        if how.refused("locked") < how.calls && !DOOR.contains(&name.as_str()) {
            broken.push(format!("locked, {name} does not say so: {how:?}"));
        }
    }
    let sure = page.call(&behind, &json!({ "sure": true, "calls": each, "seed": 1 }))?;
    let quiet: Vec<&str> = behind.iter().copied().filter(|name| !ASK.contains(name)).collect();
    let odd = page.call(&quiet, &json!({ "calls": each, "seed": 2 }))?;
    for took in [&whole, &sure, &odd] {
        broken.extend(took.broken("locked"));
        for (name, how) in took.answers.iter().filter(|(_, how)| how.told) {
            broken.push(format!("locked, {name} tells of the records: {how:?}"));
        }
    }
    if files(&room.records())? != before {
        broken.push("locked, calls changed a file of the records".into());
    }
    told.insert(
        "locked".into(),
        json!({ "refused_as_locked": refused, "commands": whole.answers.len(), "calls": whole.calls() + sure.calls() + odd.calls() }),
    );
    let locked = whole.calls() + sure.calls() + odd.calls();

    open(&window)?;
    let page = Page { window: &window, shell, places: page.places };
    let stay: Vec<&str> = all.iter().map(String::as_str).filter(|name| !LEAVE.contains(name)).collect();
    let resident = memory(shell, "VmRSS")?;
    sleep(TRAIL);
    let (sure, before) = loop {
        let before = digest(&room.records())?;
        let sure = page.call(&stay, &json!({ "sure": true, "calls": each, "seed": 3 }))?;
        sleep(TRAIL);
        let now = digest(&room.records())?;
        let tables: Vec<&str> =
            now.tables.iter().filter(|(table, hash)| before.tables.get(*table) != Some(hash)).map(|(table, _)| table.as_str()).collect();
        // A backup that fell due meanwhile is nobody's call: once more without it.
        if before.last != now.last && now.last.first().is_some_and(|act| act == "backup_made") {
            continue;
        }
        if !tables.is_empty() {
            broken.push(format!(
                "open, calls that were refused changed {}; the trail ends with {}",
                tables.join(", "),
                now.last.join(", ")
            ));
        }
        break (sure, before);
    };
    broken.extend(sure.broken("open"));
    for (name, how) in sure.answers.iter().filter(|(_, how)| how.ok > 0) {
        broken.push(format!("open, {name} takes what does not belong there: {how:?}"));
    }
    let quiet: Vec<&str> = stay.iter().copied().filter(|name| !ASK.contains(name)).collect();
    let odd = page.call(&quiet, &json!({ "calls": each, "seed": 4 }))?;
    broken.extend(odd.broken("open"));
    // The control: calls as they should be are answered, and the page still works.
    let good = page.call(
        &["today", "frame", "clients", "client_profile", "note", "session", "notes", "week", "practice", "verify_record"],
        &json!({ "whole": true, "calls": 1 }),
    )?;
    let answered = good.answers.values().filter(|how| how.ok == how.calls).count();
    if answered < good.answers.len() {
        broken.push(format!("calls as they should be are not answered: {:?}", good.answers));
    }
    sleep(TRAIL);
    let after = digest(&room.records())?;
    let changed = after.tables != before.tables;
    window.run("location.hash = '/clients'", json!([]))?;
    window.arrive("Clients")?;
    let most = memory(shell, "VmHWM")?.saturating_sub(resident);
    if most > MEMORY {
        let (left, by) = &sure.most.clone().max(odd.most.clone());
        broken.push(format!("memory grew by {} MiB; the calls of {by} left {} MiB behind", most >> 20, left >> 20));
    }
    window.close()?;
    none_left(&ground.binary)?;
    let log = fs::read_to_string(ground.out.join("window.log")).unwrap_or_default();
    broken.extend(log.lines().filter(|line| line.contains("panicked")).map(|line| format!("it panicked: {line}")));

    let calls = locked + sure.calls() + odd.calls();
    let slowest = [&sure, &odd].iter().map(|took| took.slowest).fold(0.0, f64::max);
    told.insert("open".into(), json!({ "calls": sure.calls() + odd.calls(), "changed_by_what_was_taken": changed }));
    let tried = format!(
        "{calls} calls of {} commands, half of them locked: {refused} commands say so, {} are the way in; the slowest answer took {slowest:.0} ms, memory grew by {} MiB",
        all.len(),
        whole.answers.len() - refused,
        most >> 20
    );
    let figures = json!({
        "commands": all.len(), "calls": told, "slowest_ms": slowest, "grew_bytes": most,
        "faults": odd.faults(), "control": { "good_calls": good.answers.len(), "answered": answered },
    });
    Ok(Held { tried, count: calls, broken, control: answered == good.answers.len(), figures })
}

/// Opens the records, whatever wait the wrong passphrases before have left.
fn open(window: &Window) -> Result<()> {
    let opened = window.run_slowly(OPEN, json!([PASSPHRASE]))?;
    ensure!(opened == json!("open"), "the records do not open: {opened}");
    window.run("location.reload()", json!([]))?;
    window.wait_for("Today")
}

/// Every command that is granted to the page.
fn commands() -> Result<Vec<String>> {
    let capability: Value = serde_json::from_str(CAPABILITY)?;
    let granted = capability["permissions"].as_array().context("no permissions")?.iter().filter_map(Value::as_str);
    Ok(granted.filter_map(|name| name.strip_prefix("allow-")).map(|name| name.replace('-', "_")).collect())
}

struct Page<'a> {
    window: &'a Window,
    /// The process that answers.
    shell: u32,
    places: Value,
}

/// How calls were taken.
struct Took {
    answers: BTreeMap<String, How>,
    slowest: f64,
    slowest_of: String,
    /// The command that left most memory behind, and how much.
    most: (u64, String),
}

#[derive(Debug)]
struct How {
    calls: u64,
    ok: u64,
    none: u64,
    fault: u64,
    told: bool,
    whole: Value,
}

impl How {
    fn refused(&self, kind: &str) -> u64 {
        self.whole["refused"][kind].as_u64().unwrap_or(0)
    }
}

impl Page<'_> {
    /// Calls each of these commands, a few at a time, for the driver waits only so long.
    fn call(&self, names: &[&str], wish: &Value) -> Result<Took> {
        let mut took = Took { answers: BTreeMap::new(), slowest: 0.0, slowest_of: String::new(), most: (0, String::new()) };
        let calls = wish["calls"].as_u64().unwrap_or(0);
        for name in names {
            let mut left = calls;
            let until = Instant::now() + Duration::from_secs(if calls > CALLS.0 { 120 } else { 12 });
            let mut part = 0;
            let before = memory(self.shell, "VmRSS")?;
            while left > 0 && Instant::now() < until {
                // Calls are no keystrokes: after quiet minutes the records would lock, and the page with its calls be replaced.
                self.window.run("window.__TAURI_INTERNALS__.invoke('active').catch(() => {})", json!([]))?;
                let mut wish = wish.clone();
                let now = left.min(500);
                wish["only"] = json!([name]);
                wish["calls"] = json!(now);
                wish["seed"] = json!(wish["seed"].as_u64().unwrap_or(0) * 1000 + part);
                wish["budget"] = json!(12_000);
                wish["patience"] = json!(8_000);
                wish["canary"] = json!(CANARY);
                let answer = self.window.run_slowly(CALL, json!([BINDINGS, wish, self.places]))?;
                if let Some(why) = answer["failed"].as_str() {
                    anyhow::bail!("the calls of {name} broke off: {why}");
                }
                took.add(&answer)?;
                // What gave no answer is not asked again.
                left = if took.answers.get(*name).is_some_and(|how| how.none > 0) { 0 } else { left - now };
                part += 1;
            }
            let left_behind = memory(self.shell, "VmRSS")?.saturating_sub(before);
            took.most = took.most.max((left_behind, (*name).to_owned()));
        }
        Ok(took)
    }
}

impl Took {
    fn add(&mut self, answer: &Value) -> Result<()> {
        let number = |how: &Value, name: &str| how[name].as_u64().unwrap_or(0);
        for (name, how) in answer["answers"].as_object().context("no answers")? {
            let whole = how.clone();
            let now = How {
                calls: number(how, "calls"),
                ok: number(how, "ok"),
                none: number(how, "none"),
                fault: number(how, "fault"),
                told: how["told"] == json!(true),
                whole,
            };
            let so_far = self.answers.entry(name.clone()).or_insert(How {
                calls: 0,
                ok: 0,
                none: 0,
                fault: 0,
                told: false,
                whole: now.whole.clone(),
            });
            so_far.calls += now.calls;
            so_far.ok += now.ok;
            so_far.none += now.none;
            so_far.fault += now.fault;
            so_far.told |= now.told;
        }
        let ms = answer["slowest"]["ms"].as_f64().unwrap_or(0.0);
        if ms > self.slowest {
            (self.slowest, self.slowest_of) = (ms, answer["slowest"]["name"].as_str().unwrap_or_default().to_owned());
        }
        Ok(())
    }

    fn calls(&self) -> u64 {
        self.answers.values().map(|how| how.calls).sum()
    }

    fn faults(&self) -> Vec<String> {
        self.answers.iter().filter(|(_, how)| how.fault > 0).map(|(name, how)| format!("{name}: {}", how.whole["reference"])).collect()
    }

    fn broken(&self, when: &str) -> Vec<String> {
        let mut broken: Vec<String> = self
            .answers
            .iter()
            .filter(|(_, how)| how.none > 0)
            .map(|(name, how)| format!("{when}, {name} gives no answer: {how:?}"))
            .collect();
        broken.extend(self.faults().into_iter().map(|what| format!("{when}, a fault: {what}")));
        if self.slowest > ANSWER {
            broken.push(format!("{when}, {} took {:.0} ms", self.slowest_of, self.slowest));
        }
        broken
    }
}

fn files(folder: &Path) -> Result<Vec<Vec<u8>>> {
    Ok(FILES.iter().map(|name| fs::read(folder.join(name)).unwrap_or_default()).collect())
}

/// All rows of the records.
struct Rows {
    /// A number that stands for all of a table.
    tables: BTreeMap<String, u64>,
    /// With what the trail ends.
    last: Vec<String>,
}

/// A number that stands for every row of a table, of every table, read from a copy.
fn digest(folder: &Path) -> Result<Rows> {
    let copy = tempfile::Builder::new().prefix("anteroom-look-").tempdir()?;
    for name in FILES.iter().filter(|name| folder.join(name).exists()) {
        fs::copy(folder.join(name), copy.path().join(name))?;
    }
    let open = records::open(copy.path(), Some(&Passphrase::new(PASSPHRASE)))?;
    let mut all = BTreeMap::new();
    let tables: Vec<String> = open
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ensure!(tables.len() > 10, "only {} tables are there", tables.len());
    for table in tables {
        let mut hash = DefaultHasher::new();
        let mut rows = open.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                hash.write(format!("{:?}", row.get_ref(column)?).as_bytes());
            }
        }
        drop(rows);
        all.insert(table, hash.finish());
    }
    let last: Vec<String> = open
        .prepare("SELECT act FROM audit_events ORDER BY rowid DESC LIMIT 4")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Rows { tables: all, last })
}

/// What the system says of a process' memory, in bytes.
fn memory(id: u32, what: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find(|line| line.starts_with(what)).context("the system does not say how much memory is taken")?;
    let kib: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kib << 10)
}
