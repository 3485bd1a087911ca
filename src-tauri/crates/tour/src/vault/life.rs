//! One life of records: made, backed up, locked, opened again with the passphrase and with the kit, restored from a backup.
use super::{Album, fill};
use crate::guard::room::none_left;
use crate::window::{Named, SOON, Window};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::fs;

const NAME: &str = "Ines Halloran";
const PASSPHRASE: &str = "harbour quiet almond 52 stairs";
const NEXT: &str = "lantern oat 7 winter ferry";
const CLIENT: &str = "Whitfield";

/// The groups of a code and its check, as the kit shows them.
struct Code {
    groups: Vec<String>,
    check: String,
}

/// From the first run to a restored backup.
pub fn lead(album: &Album) -> Result<()> {
    let room = album.room()?;
    let mut window = room.drive(album.ground)?;
    let code = set_up(album, &window).context("set-up")?;
    work(album, &window).context("work")?;
    settings(album, &window).context("settings")?;
    let code = new_keys(album, &window, &code).context("new keys")?;
    lock(album, &window, &code).context("lock")?;
    restore(album, &window, &code).context("restore")?;
    window.close()?;
    none_left(&album.ground.binary)?;

    // The newest backup is damaged: it is said, and nothing else has changed.
    let backups = room.path().join("records backups");
    let newest = fs::read_dir(&backups).with_context(|| format!("no backups in {}", backups.display()))?;
    let newest = newest.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    for backup in newest.iter().filter(|path| path.extension().is_some_and(|it| it == "anteroom")) {
        let mut bytes = fs::read(backup)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(backup, bytes)?;
    }
    let mut window = room.drive(album.ground)?;
    open(&window, NEXT)?;
    refuse(album, &window, &code).context("a damaged backup")?;
    window.close()?;
    none_left(&album.ground.binary)
}

/// Records are made and a first client is saved.
pub fn begin(album: &Album, window: &Window) -> Result<()> {
    set_up(album, window).context("set-up")?;
    work(album, window).context("work")
}

/// They are opened again, and the client is there.
pub fn go_on(window: &Window) -> Result<()> {
    open(window, PASSPHRASE)?;
    go(window, "/clients")?;
    window.wait_for(CLIENT)
}

pub(crate) fn go(window: &Window, place: &str) -> Result<()> {
    window.run("location.hash = arguments[0]", json!([place]))?;
    Ok(())
}

fn today(window: &Window) -> Result<()> {
    window.wait_until("Today", SOON, || Ok(window.all("link", Named::Starts("Today"), None)?.into_iter().next())).map(drop)
}

fn open(window: &Window, passphrase: &str) -> Result<()> {
    fill(window, "Passphrase", passphrase)?;
    window.press("Enter")?;
    today(window)
}

fn choose(window: &Window, label: &str, passphrase: &str) -> Result<()> {
    fill(window, label, passphrase)?;
    fill(window, "Again", passphrase)
}

fn set_up(album: &Album, window: &Window) -> Result<Code> {
    window.arrive("Your practice")?;
    album.take(window, "08-setup-practice")?;
    fill(window, "Name", NAME)?;
    window.click("button", "Continue")?;
    window.arrive("Choose a passphrase")?;
    album.take(window, "08-setup-passphrase")?;
    fill(window, "Passphrase", "password1")?;
    window.wait_for("Easily guessed")?;
    album.take(window, "08-setup-passphrase-weak")?;
    choose(window, "Passphrase", PASSPHRASE)?;
    album.take(window, "08-setup-passphrase-strong")?;
    window.click("button", "Continue")?;
    window.arrive("Keep a recovery kit")?;
    window.wait_for("Read two groups back")?;
    album.take(window, "08-setup-recovery")?;
    let code = read_back(window)?;
    album.take(window, "08-setup-recovery-read-back")?;
    window.click("button", "Continue")?;
    window.arrive("Two places for backups")?;
    window.wait_for("read back and checked")?;
    album.take(window, "08-setup-backups")?;
    window.click("button", "Test now")?;
    type_code(window, &code)?;
    album.take(window, "08-setup-backups-test")?;
    window.press("Control+Enter")?;
    window.wait_for("The backup opens.")?;
    album.take(window, "08-setup-backups-tested")?;
    window.press("Escape")?;
    window.click("button", "Continue")?;
    window.arrive("First clients")?;
    album.take(window, "08-setup-clients")?;
    window.click("button", "Begin without clients")?;
    today(window)?;
    Ok(code)
}

/// Reads the code off the kit, and types two of its groups back.
fn read_back(window: &Window) -> Result<Code> {
    let code = window
        .run("return [...document.querySelectorAll('.code li span:first-child, .code .chk b')].map((one) => one.textContent)", json!([]))?;
    let mut shown: Vec<String> = code.as_array().context("no code")?.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect();
    shown.retain(|text| text.len() <= 4);
    ensure!(shown.len() == 9, "the kit shows {shown:?}");
    let check = shown.pop().context("no check")?;
    let code = Code { groups: shown, check };
    let asked: Vec<usize> =
        (1..=8).filter(|n| window.all("textbox", Named::Is(&format!("Group {n}")), None).is_ok_and(|all| !all.is_empty())).collect();
    ensure!(asked.len() == 2, "groups {asked:?} are asked for");
    for n in &asked {
        fill(window, Named::Is(&format!("Group {n}")), &code.groups[n - 1].to_lowercase())?;
    }
    Ok(code)
}

fn work(album: &Album, window: &Window) -> Result<()> {
    album.take(window, "09-empty")?;
    go(window, "/clients")?;
    window.click("button", Named::Starts("New client"))?;
    fill(window, Named::Starts("First name"), "Jo")?;
    fill(window, "Last name", CLIENT)?;
    window.click("button", "Add client")?;
    window.arrive(Named::Has(CLIENT)).map(drop)
}

fn settings(album: &Album, window: &Window) -> Result<()> {
    go(window, "/settings/security")?;
    window.wait_for("Recovery kit")?;
    album.take(window, "09-settings-security")?;
    window.click("button", "Change passphrase")?;
    window.find("textbox", "Passphrase now")?;
    album.take(window, "09-settings-security-passphrase")?;
    window.press("Escape")?;
    go(window, "/settings/backups")?;
    window.wait_for("Health")?;
    window.press("Control+Shift+b")?;
    window.wait_for("2 kept")?;
    window.click("button", "Check now")?;
    window.wait_for("every note as it was written")?;
    album.take(window, "09-backup")
}

/// The key is replaced: the code before opens nothing, and the new one is what the steps after this use.
fn new_keys(album: &Album, window: &Window, before: &Code) -> Result<Code> {
    go(window, "/settings/security")?;
    window.click("button", "Make new keys")?;
    window.wait_for("every word of the records")?;
    album.take(window, "09-settings-security-new-keys")?;
    fill(window, "Passphrase", "harbour quiet almond")?;
    window.press("Control+Enter")?;
    window.wait_for("does not open the records")?;
    album.take(window, "09-settings-security-new-keys-wrong")?;
    fill(window, "Passphrase", PASSPHRASE)?;
    window.press("Control+Enter")?;
    window.wait_for("Write down the new kit")?;
    window.wait_for("A backup that opens with this code is made")?;
    let code = read_back(window)?;
    ensure!(code.groups != before.groups, "the code is the one before");
    album.take(window, "09-settings-security-new-kit")?;
    window.press("Control+Enter")?;
    window.wait_for("Replaced")?;
    album.take(window, "09-settings-security-replaced")?;
    Ok(code)
}

fn lock(album: &Album, window: &Window, code: &Code) -> Result<()> {
    window.press("Control+l")?;
    window.arrive("Locked")?;
    album.take(window, "08-lock")?;
    fill(window, "Passphrase", "harbour quiet almond")?;
    window.press("Enter")?;
    window.wait_for("does not open the records")?;
    album.take(window, "08-lock-wrong")?;
    window.click("button", "Use the recovery kit")?;
    window.arrive("Use the recovery kit")?;
    album.take(window, "10-recovery")?;
    let mut slip = Code { groups: code.groups.clone(), check: code.check.clone() };
    // One wrong letter, which the check always finds: a group turned round may agree with it by chance.
    slip.groups[2].replace_range(0..1, if code.groups[2].starts_with('A') { "B" } else { "A" });
    type_code(window, &slip)?;
    window.click("button", "Open the records")?;
    window.find("alert", Named::Has("The code does not agree with its check"))?;
    album.take(window, "10-recovery-slip")?;
    type_code(window, code)?;
    window.click("button", "Open the records")?;
    window.wait_for("Choose a new passphrase")?;
    choose(window, "New passphrase", NEXT)?;
    album.take(window, "10-recovery-passphrase")?;
    window.click("button", "Open the records")?;
    today(window)
}

fn restore(album: &Album, window: &Window, code: &Code) -> Result<()> {
    go(window, "/settings/backups")?;
    window.wait_for("Health")?;
    window.click("button", Named::Starts("Restore"))?;
    window.arrive("Which backup")?;
    album.take(window, "10-restore")?;
    window.click("button", Named::Starts("Use this one"))?;
    window.arrive(Named::Has("recovery code"))?;
    type_code(window, code)?;
    album.take(window, "10-restore-code")?;
    window.click("button", "Continue")?;
    window.arrive("A passphrase for the restored records")?;
    choose(window, "New passphrase", NEXT)?;
    album.take(window, "10-restore-passphrase")?;
    window.click("button", "Restore")?;
    window.arrive("The records are restored")?;
    album.take(window, "10-state-restored")?;
    window.click("button", "Open")?;
    today(window)?;
    go(window, "/clients")?;
    window.wait_for(CLIENT)
}

fn refuse(album: &Album, window: &Window, code: &Code) -> Result<()> {
    go(window, "/settings/backups")?;
    window.wait_for("Health")?;
    window.click("button", Named::Starts("Restore"))?;
    window.arrive("Which backup")?;
    window.click("button", Named::Starts("Use this one"))?;
    window.arrive(Named::Has("recovery code"))?;
    type_code(window, code)?;
    window.click("button", "Continue")?;
    window.arrive("A passphrase for the restored records")?;
    choose(window, "New passphrase", NEXT)?;
    window.click("button", "Restore")?;
    window.arrive("This backup is damaged")?;
    album.take(window, "10-state-backup-refused")
}

fn type_code(window: &Window, code: &Code) -> Result<()> {
    for (at, group) in code.groups.iter().enumerate() {
        fill(window, Named::Is(&format!("Group {}", at + 1)), group)?;
    }
    fill(window, Named::Starts("Check"), &code.check)
}
