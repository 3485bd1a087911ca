//! A backup opened without this program, by the very commands that it carries in its READ-ME.txt.

use std::process::{Command, Stdio};

use super::*;

/// Runs a shell script on a terminal of its own and answers each question for a passphrase: `age` reads one from nowhere else.
const ON_A_TERMINAL: &str = r#"
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('sh', ['sh', '-e', sys.argv[1]])
asked = b''
while True:
    try:
        said = os.read(terminal, 4096)
    except OSError:
        break
    if not said:
        break
    asked += said
    sys.stdout.buffer.write(said)
    if b'passphrase' in asked.lower():
        os.write(terminal, os.environ['CODE'].encode() + b'\n')
        asked = b''
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"#;

fn runs(program: &str, words: &[&str]) -> Option<String> {
    let said = Command::new(program).args(words).stdin(Stdio::null()).output().ok()?;
    said.status.success().then(|| String::from_utf8_lossy(&said.stdout).into_owned())
}

/// The indented commands of READ-ME.txt, paragraph by paragraph.
fn commands(read_me: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in read_me.lines() {
        match line.strip_prefix("    ") {
            Some(command) => *all.last_mut().unwrap() += &format!("{command}\n"),
            None if line.is_empty() => {}
            None => all.push(String::new()),
        }
    }
    all.retain(|commands| !commands.is_empty());
    all
}

/// Runs commands in `folder`, and gives what they said.
fn shell(folder: &Path, commands: &str, code: &str) -> String {
    fs::write(folder.join("commands.sh"), commands).unwrap();
    let said = Command::new("python3").args(["-c", ON_A_TERMINAL, "commands.sh"]).current_dir(folder).env("CODE", code).output().unwrap();
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{commands}\nfailed and said:\n{text}{}", String::from_utf8_lossy(&said.stderr));
    text
}

#[test]
fn the_commands_in_its_read_me_open_a_backup_without_this_program() {
    for (program, question) in [("tar", "--version"), ("age", "--version"), ("python3", "--version"), ("openssl", "version")] {
        assert!(runs(program, &[question]).is_some(), "this test opens a backup with `{program}`, which is not installed here");
    }
    let cipher = runs("sqlcipher", &[":memory:", "PRAGMA cipher_version"]);
    let cipher = cipher.unwrap_or_else(|| panic!("this test opens a backup with `sqlcipher`, which is not installed here"));

    let bed = Bed::new();
    for name in ["Okafor", "Lindqvist"] {
        bed.client(name);
    }
    let made = bed.make().unwrap();
    let folder = TempDir::new().unwrap();
    fs::copy(bed.file(&made), folder.path().join("BACKUP")).unwrap();
    shell(folder.path(), "tar -xf BACKUP READ-ME.txt", "");
    let read_me = fs::read_to_string(folder.path().join("READ-ME.txt")).unwrap();
    let commands = commands(&read_me);
    let [unpack, look, export, convert] = commands.as_slice() else { panic!("{commands:#?}") };

    shell(folder.path(), unpack, &bed.code.line());
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["counts"]["clients"], 2);
    // Debian 12 has version 3, which knows nothing of this form: there the other way is the way.
    if cipher.trim().split('.').next().is_some_and(|major| major.parse::<u32>().is_ok_and(|major| major >= 4)) {
        let said = shell(folder.path(), look, "");
        assert!(said.contains("Okafor") && said.contains("Lindqvist"), "{said}");
        shell(folder.path(), export, "");
        fs::remove_file(folder.path().join("plain.db")).unwrap();
    }
    let said = shell(folder.path(), convert, "");
    assert!(said.contains("Okafor") && said.contains("Lindqvist"), "{said}");
    let check = "python3 -c \"import sqlite3; print(sqlite3.connect('plain.db').execute('PRAGMA integrity_check').fetchall())\"";
    assert!(shell(folder.path(), check, "").contains("[('ok',)]"));
}
