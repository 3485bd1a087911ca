//! The project's own commands. `cargo xtask` alone lists them.
//!
//! This crate stays light: it is what a machine without any of our system packages can build. Whatever needs
//! the core lives in the `tour` crate, which is built once the packages are there.
mod bare;
mod bench;
mod check;
mod desk;
mod dist;
mod faults;
mod guide;
mod house;
mod icons;
mod latest;
mod licences;
mod page;
mod pipeline;
mod place;
mod process;
mod release;
mod report;
mod run;
mod source;
mod supply;
mod system;
mod test;
mod tools;
mod tour;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [--release] [-- ARGS]   check what the system lacks, build, open the window
cargo xtask test [--fast]               everything the build server runs; --fast leaves out the window
cargo xtask check                       the house rules a machine can see
cargo xtask faults [--fast] [--long] [--json FILE] [--rows DIR]
                                        breaks disk, power and process under the records and makes a table of what
                                        was lost, and then what only the window can break; --long tries as often as
                                        the promises name; --fast leaves out the window; every row file (*.jsonl) in
                                        DIR is a part of the table
cargo xtask tour [--out DIR]            walk the ten steps in the real window, compare with the records
cargo xtask vault [--out DIR] [--axe]   set-up, lock, recovery, restoring and each page on which records do not open,
                                        in the real window, a picture of each
cargo xtask shots [--out DIR] [--size WxH] [--theme light|dark] [--discreet] [--axe]
                                        a picture of every screen of the real window; --axe also checks each,
                                        in both themes and two sizes unless a theme is given
cargo xtask guard [--out DIR] [--only PROMISE] [--brief]
                                        tries to break what only the real window can break: hostile text, traces
                                        on the disk, connections, the second start, a missing store, a long list,
                                        what memory holds after the lock, malformed calls, a crash, a stopped window
cargo xtask dist [--out DIR] [--verify] the packages for this system; --verify installs them on a bare one (as root), starts,
                                        drives, upgrades and removes them, and makes a table
cargo xtask guide [--last]               the pictures of the guide, of the window as it is now; --last: those the last
                                        tour, vault and shots left
cargo xtask data year|career|ten --out DIR
                                        makes a data set by which speed is measured
cargo xtask bench [--core|--window] [--set NAME] [--sets DIR] [--growth] [--only 3,4,typing] [--rounds N] [--env NAME=VALUE]
                  [--json FILE] [--out DIR]
                                        how long things take, in the core and in the real window, each
                                        beside its floor in the same run; --growth: the window's memory on year and ten
cargo xtask bench --report [--out DIR]  a page with charts of what was measured on each set
cargo xtask bench --gate [--write]      what the operations ask of the records, against the committed table of counts
cargo xtask icons                       draws the icons of all systems from the SVG files in assets/icons
cargo xtask licences [--check]          gathers the licence texts of what the product contains; --check: is the list as committed
cargo xtask supply [--advisories]       licences, sources and bans of all packages; --advisories: what is known against them
cargo xtask pipeline                    what two linters say of the workflows
cargo xtask release VERSION [--dry-run] the version number, the change log, the commit and the tag
cargo xtask release --notes VERSION     what the change log says of a version
cargo xtask latest VERSION DIR --at URL writes latest.json from the signed bundles in DIR, which are fetched from URL";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = process::catch_interrupts().and_then(|()| match words.split_first() {
        Some((command, rest)) => obey(command, rest),
        None => {
            println!("{USAGE}");
            Ok(())
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: &str, rest: &[String]) -> anyhow::Result<()> {
    match command {
        "bench" => bench::bench(rest),
        "data" => bench::data(rest),
        "dist" => dist::dist(rest),
        "guide" => guide::guide(rest),
        "faults" => faults::faults(rest),
        "icons" => icons::icons(),
        "latest" => latest::latest(rest),
        "licences" => licences::licences(rest),
        "pipeline" => pipeline::pipeline(),
        "release" => release::release(rest),
        "run" => run::run(rest),
        "supply" => supply::supply(rest),
        "test" => test::test(rest),
        "check" => check::check(),
        "tour" | "vault" | "shots" | "guard" => tour::tour(command, rest),
        other => anyhow::bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
