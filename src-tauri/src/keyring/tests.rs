//! Against a real password store on a bus of its own, in each state it can be brought into.
//!
//! A test starts this same program again inside the state, as the test `inside`, which does what it is told and writes down
//! what it was answered.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use tempfile::TempDir;

use super::*;

const SECRET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const OPEN: &str = "printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null; there";
const WITHOUT_A_KEYRING: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null; there";
/// Until the store is on the bus; asking for it sooner would have the bus start a second one.
const THERE: &str = "#!/bin/sh\nuntil dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null 2>&1; do :; done\n";
/// Until it really is locked: the store now and then passes over the first request.
const LOCK: &str = "#!/bin/sh
ask() { dbus-send --session --print-reply --dest=org.freedesktop.secrets \"$@\" 2>&1; }
keyring=/org/freedesktop/secrets/collection/login
until
    ask /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock array:objpath:$keyring >/dev/null
    ask $keyring org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked | grep -q 'boolean true'
do :; done
";

fn word(answer: &KeyringAnswer) -> String {
    match answer {
        KeyringAnswer::Secret(secret) if *secret.to_text() == SECRET => "ours".into(),
        KeyringAnswer::Secret(_) => "another".into(),
        KeyringAnswer::NoEntry => "no entry".into(),
        KeyringAnswer::NoService => "no service".into(),
        KeyringAnswer::Locked => "locked".into(),
        KeyringAnswer::Failed(why) => why.to_string(),
    }
}

/// Does what the scene says, if there is one.
#[test]
fn inside() {
    let (Ok(acts), Ok(out)) = (env::var("ANTEROOM_SCENE"), env::var("ANTEROOM_SCENE_OUT")) else { return };
    let secret = KeyringSecret::from_text(SECRET.as_bytes()).unwrap();
    let answers = acts.split(' ').map(|act| match act {
        "create" => word(&create("a vault", &secret)),
        "load" => word(&load("a vault")),
        "load-other" => word(&load("another vault")),
        "forget" => word(&forget("a vault")),
        "start" => {
            assert!(Command::new("sh").args(["-euc", OPEN]).status().unwrap().success());
            "started".into()
        }
        other => panic!("{other}"),
    });
    let answers: Vec<_> = fs::read_to_string(&out).unwrap_or_default().lines().map(str::to_owned).chain(answers).collect();
    fs::write(out, answers.join("\n")).unwrap();
}

/// Runs a shell script on a private bus with a private home; `act words` in it is this program, told to do those.
fn scene(script: &str) -> Vec<String> {
    run(&["dbus-run-session", "--", "sh", "-euc"], script)
}

fn run(shell: &[&str], script: &str) -> Vec<String> {
    let home = TempDir::new().unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o700)).unwrap();
    let (out, program) = (home.path().join("answers"), env::current_exe().unwrap());
    let act = format!("#!/bin/sh\nANTEROOM_SCENE=\"$*\" exec '{}' --exact keyring::tests::inside\n", program.display());
    for (name, script) in [("act", act.as_str()), ("there", THERE), ("lock", LOCK)] {
        fs::write(home.path().join(name), script).unwrap();
        fs::set_permissions(home.path().join(name), Permissions::from_mode(0o700)).unwrap();
    }
    let ran = Command::new(shell[0])
        .args(&shell[1..])
        .arg(script)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
        .env("PATH", format!("{}:{}", home.path().display(), env::var("PATH").unwrap()))
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("ANTEROOM_SCENE_OUT", &out)
        .output()
        .expect("dbus-run-session and gnome-keyring are installed");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    fs::read_to_string(out).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_secret_is_kept_found_and_forgotten() {
    assert_eq!(
        scene(&format!("{OPEN}; act load create load load-other forget load forget")),
        ["no entry", "ours", "ours", "no entry", "no entry", "no entry", "no entry"]
    );
}

#[test]
fn a_secret_outlives_the_store_and_the_bus() {
    let bus = "dbus-run-session -- sh -euc";
    assert_eq!(run(&["sh", "-euc"], &format!("{bus} '{OPEN}; act create'; {bus} '{OPEN}; act load'")), ["ours", "ours"]);
}

#[test]
fn without_a_bus_there_is_no_service() {
    assert_eq!(run(&["sh", "-euc"], "act load create forget"), ["no service"; 3]);
}

#[test]
fn a_locked_store_is_locked_whatever_is_asked_of_it() {
    assert_eq!(
        scene(&format!("{OPEN}; act create; lock; act load load-other create forget")),
        ["ours", "locked", "locked", "locked", "locked"]
    );
}

#[test]
fn a_store_without_a_keyring_holds_nothing_and_keeps_nothing() {
    assert_eq!(scene(&format!("{WITHOUT_A_KEYRING}; act load create load")), ["no entry", "no keyring to keep anything in", "no entry"]);
}

#[test]
fn a_locked_store_that_is_opened_again_answers_again() {
    let bus = "dbus-run-session -- sh -euc";
    let script = format!("{bus} '{OPEN}; act create; lock; act load'; {bus} '{OPEN}; act load'");
    assert_eq!(run(&["sh", "-euc"], &script), ["ours", "locked", "ours"]);
}

#[test]
fn a_store_that_is_started_between_two_tries_is_found_by_the_second() {
    let empty_bus = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
        <allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#;
    let script = format!("echo '{empty_bus}' > $HOME/bus; dbus-run-session --config-file=$HOME/bus -- act load create start create load");
    assert_eq!(run(&["sh", "-euc"], &script), ["no service", "no service", "started", "ours", "ours"]);
}

#[test]
fn something_else_under_the_entry_is_not_taken_for_a_secret() {
    let put = "printf 'a password' | secret-tool store --label=x service org.anteroom.desktop username 'a vault'";
    assert_eq!(scene(&format!("{OPEN}; {put}; act load")), ["an entry of another form"]);
}

#[test]
fn a_store_that_does_not_appear_is_no_service_and_one_that_does_not_answer_is_late() {
    let brief = Duration::from_millis(10);
    let (say, hear) = channel();
    assert_eq!(word(&wait(&hear, brief, brief)), "no service");
    say.send(Step::Appeared).unwrap();
    assert_eq!(word(&wait(&hear, brief, brief)), "no answer in time");
}
