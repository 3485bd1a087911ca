//! What only the real window can break: hostile text, traces on the disk, connections, the second start, the page without a
//! password store, a long list, what memory holds after the lock, malformed calls, a crash, and a window that was stopped. Each
//! promise is tried in surroundings of its own, and each way of looking is first shown something that it must find.
mod canaries;
mod crash;
mod filled;
mod hostile;
mod locked;
mod malformed;
mod memory;
mod network;
mod payloads;
mod plaintext;
pub mod practice;
pub mod room;
mod screen;
mod scroll;
mod second;
mod stopped;
mod store;
pub mod traces;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

/// What all promises share.
pub struct Ground {
    pub binary: PathBuf,
    pub out: PathBuf,
    /// What opens the keyring of this desk.
    pub password: String,
    /// Fewer clients with hostile texts, and no scrolling.
    pub brief: bool,
}

/// How a promise fared.
pub struct Held {
    /// What was tried, in numbers.
    pub tried: String,
    /// How often, as one number.
    pub count: u64,
    /// What does not hold.
    pub broken: Vec<String>,
    /// A control was tried, and failed as it must: what is looked for was found where it is.
    pub control: bool,
    pub figures: Value,
}

impl Held {
    /// It could not be tried to its end, as where a control does not fail.
    fn broke_off(why: String) -> Self {
        Self { tried: "broke off".into(), count: 1, broken: vec![why], control: false, figures: Value::Null }
    }
}

/// Left out where it is to be brief.
const LONG: [&str; 2] = ["scroll", "stopped"];

type Promise = (&'static str, &'static str, fn(&Ground) -> Result<Held>);

const PROMISES: &[Promise] = &[
    ("text", "Hostile text is text", hostile::text),
    ("plaintext", "Nothing in the clear on the disk", plaintext::disk),
    ("network", "No connection to anywhere", network::quiet),
    ("second", "A second start brings the first window forward", second::start),
    ("store", "No password store has its page and its way on", store::missing),
    ("locked", "Locked is locked: nothing of the records in memory", locked::memory),
    ("malformed", "Malformed calls are refused", malformed::calls),
    ("crash", "A crash leaves nothing, and nobody looks in", crash::nothing),
    ("stopped", "Stopped past its time, the window locks first", stopped::stopped),
    ("scroll", "3,000 clients scroll", scroll::list),
];

/// Adds a promise to the table of faults, where one is being made: `cargo xtask faults` names the file. One that holds without a control
/// is left out, for the table says of each that its control failed.
fn row(promise: &str, held: &Held) -> Result<()> {
    let Some(path) = std::env::var_os("ANTEROOM_FAULTS_ROWS") else { return Ok(()) };
    if held.broken.is_empty() && !held.control {
        return Ok(());
    }
    let lost = (held.broken.len() as u64).min(held.count);
    let row = json!({
        "promise": promise, "tried": held.count, "survived": held.count - lost, "lost": lost, "control_failed": held.control,
    });
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    Ok(file.write_all(format!("{row}\n").as_bytes())?)
}

/// Tries the promises, or the one named; prints a table and writes `guard.json`; fails if one does not hold.
pub fn guard(ground: &Ground, only: Option<&str>) -> Result<()> {
    let chosen: Vec<&Promise> =
        PROMISES.iter().filter(|(key, ..)| only.map_or(!ground.brief || !LONG.contains(key), |only| only == *key)).collect();
    ensure!(
        !chosen.is_empty(),
        "there is no such promise; there are {}",
        PROMISES.iter().map(|(key, ..)| *key).collect::<Vec<_>>().join(", ")
    );
    let mut report = Vec::new();
    let mut table = Vec::new();
    for (key, promise, attempt) in chosen {
        let begun = Instant::now();
        let held = match catch_unwind(AssertUnwindSafe(|| attempt(ground))) {
            Ok(Ok(held)) => held,
            Ok(Err(error)) => Held::broke_off(format!("{error:#}")),
            Err(_) => Held::broke_off("see the output above".into()),
        };
        let seconds = begun.elapsed().as_secs_f64();
        let holds = held.broken.is_empty();
        row(promise, &held)?;
        println!("{promise} ({seconds:.0} s): {}", if holds { "holds" } else { "BROKEN" });
        held.broken.iter().take(20).for_each(|what| println!("    {what}"));
        table.push(format!("| {promise} | {} | {} |", held.tried, if holds { "yes" } else { "NO" }));
        report.push(json!({
            "key": key, "promise": promise, "tried": held.tried, "held": holds, "seconds": seconds,
            "broken": held.broken, "figures": held.figures,
        }));
    }
    let path = ground.out.join("guard.json");
    fs::write(&path, serde_json::to_string_pretty(&json!({ "promises": report }))?)
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("\n| promise | tried | held |\n|---|---|---|");
    table.iter().for_each(|row| println!("{row}"));
    let broken = report.iter().filter(|one| one["held"] == json!(false)).count();
    ensure!(broken == 0, "{broken} promises do not hold; see {}", path.display());
    Ok(())
}
