//! Locked is locked: opened, read, written in and locked again and again, and after each time the memory of every process of the window
//! is looked through for names, texts, passphrase, recovery code and the key of the database.
use super::canaries::CANARY;
use super::filled::fill;
use super::memory::{Looked, Secrets, stretches};
use super::plaintext::picture;
use super::practice::{Practice, plain};
use super::room::{Program, Room, manager, titled, until, xdo};
use super::screen::{Screen, Shown};
use super::{Ground, Held};
use anyhow::{Context, Result, ensure};
use practice::vault::RecoveryCode;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(20);
/// A lock takes no longer.
const LOCK: Duration = Duration::from_secs(1);
/// Keys follow each other as fast as a quick hand's.
const KEY: Duration = Duration::from_millis(500);
/// A lock that has not even begun by then was not asked for.
const UNHEARD: Duration = Duration::from_secs(4);
const PASSPHRASE: &str = "seven grey lanterns over quorn";
/// So often, briefly and else.
const TIMES: (usize, usize) = (5, 50);

const TEXT: &str = "a name or a text";
const WORDS: &str = "the passphrase";
const CODE: &str = "the recovery code";
const DATABASE: &str = "the key of the database";

/// The promise.
pub fn memory(ground: &Ground) -> Result<Held> {
    let room = Room::furnish()?;
    let (practice, code, held) = Practice::begin_locked(&room.records(), &plain("Ada Lindqvist"), PASSPHRASE)?;
    fill(&practice, 1, &|name, _| super::canaries::canary(name))?;
    let near = beside_the_salt(&room.records())?;
    drop((practice, held));
    let key = near.into_iter().find(|key| opens(&room.records(), key)).context("the key of the database was not found, not even here")?;
    let secrets = secrets(&code, &key);

    let watch = manager()?;
    let window = room.open(ground, &[])?;
    let mut cycle =
        Cycle { room: &room, secrets: &secrets, window: &window, screen: Screen::find()?, title: titled("Anteroom", SOON)?, typed: 0 };
    sleep(Duration::from_secs(3));
    let times = if ground.brief { TIMES.0 } else { TIMES.1 };
    let mut broken = Vec::new();
    let (mut closed, mut shown, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut bytes = 0;
    // The first lock page is what the others are known by.
    cycle.open()?;
    cycle.lock_at_all()?;
    sleep(Duration::from_secs(3));
    let page = cycle.screen.now()?;
    picture(ground, "locked-page")?;
    for time in 1..=times {
        let held = cycle.open()?;
        open.push(held.found.values().sum::<usize>());
        if time == 1 {
            picture(ground, "locked-open")?;
        }
        ensure!(!cycle.screen.shows(&page)?, "cycle {time}: the lock page is not left");
        let (when_closed, when_shown) = cycle.lock(&page)?;
        let left = secrets.look(&[window.child.id()])?;
        bytes += left.bytes;
        broken.extend(left.told().into_iter().map(|what| format!("after lock {time}: {what}")));
        // A machine that builds something else beside it says nothing about the window: the brief form only tells the times.
        if !ground.brief && when_closed.max(when_shown) > LOCK {
            broken.push(format!("lock {time} took {} ms", when_closed.max(when_shown).as_millis()));
        }
        closed.push(when_closed.as_millis());
        shown.push(when_shown.as_millis());
    }
    ensure!(cycle.typed > 0, "a passphrase that is being typed is never found in memory");
    drop(window);
    drop(watch);
    let (closed, shown) = (Spread::of(closed), Spread::of(shown));
    let tried = format!(
        "{times} times opened, read, written in and locked; {:.1} GB of memory looked through: names, texts, passphrase, recovery code, key; \
         the file closed after {} ms at the middle, {} at most, the lock page shown after {} and {} ms",
        bytes as f64 / 1e9,
        closed.middle,
        closed.most,
        shown.middle,
        shown.most
    );
    let figures = json!({
        "cycles": times, "bytes": bytes, "found_while_open": open,
        "closed_ms": { "middle": closed.middle, "most": closed.most }, "shown_ms": { "middle": shown.middle, "most": shown.most },
    });
    Ok(Held { tried, count: times as u64, broken, control: true, figures })
}

/// One way from locked to locked.
struct Cycle<'a> {
    room: &'a Room,
    secrets: &'a Secrets,
    window: &'a Program,
    screen: Screen,
    title: String,
    /// How often a passphrase was found while it was being typed.
    typed: usize,
}

impl Cycle<'_> {
    /// Opens the records with the passphrase, reads a profile and a note, looks for a name; and finds in memory what is looked for later.
    fn open(&mut self) -> Result<Looked> {
        xdo(&["windowactivate", "--sync", &self.title])?;
        until("the records", SOON, || {
            // What was typed before the field had the focus is typed again.
            xdo(&["key", "ctrl+a"])?;
            xdo(&["type", "--delay", "25", PASSPHRASE])?;
            // The page holds it in one piece for a moment only, which a look may miss.
            self.typed += self.secrets.look(&[self.window.child.id()])?.times(WORDS);
            xdo(&["key", "Return"])?;
            sleep(Duration::from_secs(2));
            Ok(self.is_open()?.then_some(()))
        })?;
        sleep(Duration::from_secs(1));
        for keys in [["key", "ctrl+2"], ["key", "slash"], ["key", "Down"], ["key", "Return"], ["key", "ctrl+k"], ["type", CANARY]] {
            xdo(&keys)?;
            sleep(KEY);
        }
        xdo(&["key", "Escape"])?;
        for key in ["ctrl+4", "Down", "Return"] {
            sleep(KEY);
            xdo(&["key", key])?;
        }
        sleep(KEY);
        let held = self.secrets.look(&[self.window.child.id()])?;
        ensure!(held.times(TEXT) > 10 && held.times(DATABASE) > 0, "what open records hold is not found in memory: {:?}", held.found);
        Ok(held)
    }

    fn ask_to_lock(&self) -> Result<()> {
        xdo(&["key", "ctrl+l"]).map(drop)
    }

    fn lock_at_all(&self) -> Result<()> {
        until("the lock", SOON, || {
            self.ask_to_lock()?;
            sleep(KEY);
            Ok((!self.is_open()?).then_some(()))
        })
    }

    /// Locks, and says after how long the file was closed and the lock page was to be seen.
    fn lock(&self, page: &Shown) -> Result<(Duration, Duration)> {
        let mut begun = Instant::now();
        self.ask_to_lock()?;
        let (mut closed, mut shown) = (None, None);
        while closed.is_none() || shown.is_none() {
            ensure!(begun.elapsed() < SOON, "the lock did not come: file closed {closed:?}, page shown {shown:?}");
            // A key that came while the page was still busy is pressed again.
            if closed.is_none() && begun.elapsed() > UNHEARD {
                begun = Instant::now();
                self.ask_to_lock()?;
            }
            if closed.is_none() && !self.is_open()? {
                closed = Some(begun.elapsed());
            }
            if shown.is_none() && self.screen.shows(page)? {
                shown = Some(begun.elapsed());
            }
            sleep(Duration::from_millis(5));
        }
        Ok((closed.unwrap_or_default(), shown.unwrap_or_default()))
    }

    /// Whether the window has the database open.
    fn is_open(&self) -> Result<bool> {
        let database = self.room.records().join("practice.db");
        let files = fs::read_dir(format!("/proc/{}/fd", self.window.child.id())).context("the window is gone")?;
        Ok(files.flatten().any(|entry| fs::read_link(entry.path()).is_ok_and(|path| path == database)))
    }
}

fn secrets(code: &RecoveryCode, key: &[u8]) -> Secrets {
    let mut secrets = Secrets::new();
    secrets.text(TEXT, CANARY);
    secrets.text(WORDS, PASSPHRASE);
    secrets.text(CODE, &code.line());
    secrets.text(CODE, &code.written().groups.concat());
    secrets.bytes(DATABASE, key);
    secrets.bytes(DATABASE, hex(key).as_bytes());
    secrets.bytes(DATABASE, hex(key).to_uppercase().as_bytes());
    secrets
}

/// What lies before the file's salt in the memory of this program, which has the records open now: the salt is no secret, and the key
/// lies before it.
fn beside_the_salt(records: &Path) -> Result<Vec<Vec<u8>>> {
    let file = fs::read(records.join("practice.db"))?;
    let salt = memchr::memmem::Finder::new(file.get(..16).context("a database without a salt")?);
    let mut near = Vec::new();
    stretches(std::process::id(), |bytes| {
        near.extend(salt.find_iter(bytes).filter(|at| *at >= 32).map(|at| bytes[at - 32..at].to_vec()));
    })?;
    near.sort();
    near.dedup();
    Ok(near)
}

fn opens(records: &Path, key: &[u8]) -> bool {
    let path = records.join("practice.db");
    let Ok(connection) = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY) else { return false };
    let salt = fs::read(&path).map(|file| hex(&file[..16])).unwrap_or_default();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}{salt}'\"", hex(key))).is_ok()
        && connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0)).is_ok_and(|tables| tables > 0)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How figures lie.
struct Spread {
    middle: u128,
    most: u128,
}

impl Spread {
    fn of(mut all: Vec<u128>) -> Spread {
        all.sort_unstable();
        Spread { middle: all.get(all.len() / 2).copied().unwrap_or_default(), most: all.last().copied().unwrap_or_default() }
    }
}
