//! Two programs at one vault: the second is refused, and changes nothing.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use practice::vault::{self, Barred, KeyringAnswer, KeyringSecret, Standing};

use crate::table::row;
use crate::vaults::{Vault, files};

const FOLDER: &str = "ANTEROOM_FAULTS_OPENED";
const KEPT: &str = "ANTEROOM_FAULTS_KEPT";

/// The other program: this test binary once more, which holds the records open until its input ends.
fn other(vault: &Vault) -> (Child, ChildStdin) {
    let kept = vault.keyring.0.borrow().values().next().unwrap().clone();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "instances::it_holds_the_records_open", "--nocapture", "--test-threads=1"])
        .envs([(FOLDER, vault.path().as_os_str()), (KEPT, kept.as_ref())])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("open now") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "it ended before it opened the records");
    }
    let input = child.stdin.take().unwrap();
    (child, input)
}

/// The other program itself. Run without being told what to do, it holds nothing.
#[test]
fn it_holds_the_records_open() {
    let (Some(folder), Ok(kept)) = (std::env::var_os(FOLDER), std::env::var(KEPT)) else { return };
    let load = |_: &str| KeyringSecret::from_text(kept.as_bytes()).map_or(KeyringAnswer::NoEntry, KeyringAnswer::Secret);
    let Standing::Ready(ready) = vault::prepare(Path::new(&folder), load) else { panic!("it does not open") };
    let opened = ready.open(1).unwrap();
    writeln!(std::io::stdout(), "\nopen now").unwrap();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    drop(opened);
}

#[test]
fn a_second_program_is_refused_until_the_first_has_ended_or_was_killed() {
    let (mut tried, mut survived) = (0, 0);
    let (vault, stands) = (Vault::made(None), |barred: std::result::Result<_, Barred>| barred.err() == Some(Barred::InUse));
    let mut opens_after = 0;
    for kill in [false, true, true, false, true] {
        let (mut child, input) = other(&vault);
        let before = files(vault.path());
        for _ in 0..4 {
            tried += 1;
            let refused = stands(vault.open_at(vault.path(), 1 << 32));
            survived += u64::from(refused && files(vault.path()) == before);
        }
        if kill {
            child.kill().unwrap();
        } else {
            drop(input);
        }
        child.wait().unwrap();
        // The control: nobody has them open, and nothing refuses.
        opens_after += usize::from(vault.open_at(vault.path(), 1 << 32).is_ok());
    }
    // The same within one program.
    let desk = vault.open();
    tried += 1;
    survived += u64::from(stands(vault.open_at(vault.path(), 2 << 32)));
    drop(desk);
    row("a second program is refused and changes nothing", tried, survived, tried - survived, opens_after == 5);
}
