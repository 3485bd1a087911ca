//! A data set on a desk: its records copied into a room of their own, its secrets in the password store.
use super::Bench;
use crate::guard::room::Room;
use crate::records;
use crate::window::{Named, Window};
use anyhow::{Context, Result, ensure};
use data::{About, PASSPHRASE, Stock};
use practice::vault::{KeyringAnswer, KeyringSecret};
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use uuid::Uuid;

/// How long records may take to open, on a machine that is busy.
const OPENING: Duration = Duration::from_secs(60);

/// The room, what is in it, and the ids of what the screens show.
pub struct Office {
    pub room: Room,
    pub about: About,
    /// The client with the most sessions of those in treatment now.
    pub client: Uuid,
    /// Their last session that was held.
    pub session: Uuid,
    /// Its note.
    pub note: Uuid,
    /// A note that is being written.
    pub draft: Option<Uuid>,
    /// What stretching the passphrase costs: KiB, and passes over them.
    pub cost: (u64, u64),
}

impl Office {
    /// Copies the records, so that the data set stays as it was, and keeps its secrets.
    pub fn furnish(bench: &Bench, set: &Path) -> Result<Office> {
        let stock = Stock::at(set)?;
        let mut room = Room::furnish()?;
        copy(&stock.records(), &room.records())?;
        for (entry, text) in stock.kept() {
            let secret = KeyringSecret::from_text(text.as_bytes()).context("a secret that is none")?;
            ensure!(matches!(records::keep(entry, &secret), KeyringAnswer::Secret(_)), "the password store does not keep {entry}");
        }
        for (name, value) in &bench.besides {
            room.besides.push((Box::leak(name.clone().into_boxed_str()), value.clone()));
        }
        let file: Value = serde_json::from_slice(&fs::read(room.records().join("vault.json"))?)?;
        let slot = file["slots"].as_array().and_then(|all| all.iter().find(|slot| slot["kind"] == json!("passphrase")));
        let slot = slot.context("no slot for the passphrase")?;
        let cost = |name: &str| find(slot, name).with_context(|| format!("vault.json names no {name}"));
        let cost = (cost("memory_kib").or_else(|_| cost("memory"))?, cost("passes")?);
        let mut opened = stock.open_in(&room.records(), 1)?;
        let reader = opened.connections.readers.pop().context("no reader")?;
        let (client, session, note) = busiest(&reader)?;
        let draft = reader
            .query_row(
                "SELECT n.id FROM notes n JOIN note_drafts d ON d.note_id = n.id WHERE n.state = 'draft' AND n.kind = 'session' ORDER BY n.begun_at DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        drop((reader, opened));
        Ok(Office { room, about: stock.about()?, client, session, note, draft, cost })
    }

    /// The application as people have it, on these records.
    pub fn ours(&self, bench: &Bench) -> Result<Command> {
        let mut command = self.command(&bench.ground.binary);
        command.arg("--data").arg(self.room.records());
        Ok(command)
    }

    /// The bare window, in the same surroundings.
    pub fn floor(&self, bench: &Bench, words: &[&str]) -> Command {
        let mut command = self.command(&bench.floor);
        command.args(words);
        command
    }

    fn command(&self, program: &PathBuf) -> Command {
        let mut command = Command::new(program);
        command.env_remove("TAURI_WEBVIEW_AUTOMATION").envs(self.room.surroundings()).stdin(Stdio::null()).stderr(Stdio::null());
        command.stdout(Stdio::null());
        command
    }

    /// The driven window, its records open.
    pub fn drive(&self, bench: &Bench) -> Result<Window> {
        let window = self.room.drive(&bench.ground)?;
        window.resize(1280, 800)?;
        window.find("textbox", "Passphrase")?;
        window.type_text(PASSPHRASE)?;
        window.press("Enter")?;
        window.wait_until("the practice", OPENING, || Ok(window.all("link", Named::Starts("Today"), None)?.into_iter().next()))?;
        Ok(window)
    }
}

/// A number of that name, anywhere in it.
fn find(value: &Value, name: &str) -> Option<u64> {
    value.get(name).and_then(Value::as_u64).or_else(|| match value {
        Value::Object(parts) => parts.values().find_map(|part| find(part, name)),
        _ => None,
    })
}

fn busiest(records: &Connection) -> Result<(Uuid, Uuid, Uuid)> {
    let client: Uuid = records.query_row(
        "SELECT c.id FROM clients c JOIN session_participants s ON s.client_id = c.id WHERE c.status = 'active'
         GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    let (session, note) = records.query_row(
        "SELECT s.id, n.id FROM sessions s JOIN session_participants c ON c.session_id = s.id JOIN notes n ON n.session_id = s.id
         WHERE c.client_id = ?1 AND n.kind = 'session' AND n.state = 'approved' ORDER BY s.starts_at DESC LIMIT 1",
        [client],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok((client, session, note))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let to = to.join(path.file_name().context("a name")?);
        if path.is_dir() {
            copy(&path, &to)?;
        } else {
            fs::copy(&path, &to).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
