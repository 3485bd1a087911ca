//! The floors of the benchmark that lie in the window: what no program on this machine with this engine can beat.
//!
//! `floor page` opens a bare window with a static page that looks like the lock page, and stays; `floor fetch ASKED ANSWERED TIMES`
//! fetches so many bytes from a scheme of its own, and prints the milliseconds of one; `floor derive MEMORY PASSES` stretches a
//! passphrase once, and prints the milliseconds. Nothing of the application is in it.

#[cfg(target_os = "linux")]
mod window;

use std::process::ExitCode;
use std::time::Instant;

use argon2::{Algorithm, Argon2, Params, Version};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<u32> = words.iter().skip(1).filter_map(|word| word.parse().ok()).collect();
    match (words.first().map(String::as_str), numbers.as_slice()) {
        (Some("page"), []) => bare(None),
        (Some("fetch"), &[asked, answered, times]) => bare(Some([asked, answered, times])),
        (Some("derive"), &[memory, passes]) => derive(memory, passes),
        _ => {
            eprintln!("floor page | fetch ASKED ANSWERED TIMES | derive MEMORY PASSES");
            ExitCode::from(2)
        }
    }
}

#[cfg(target_os = "linux")]
fn bare(fetches: Option<[u32; 3]>) -> ExitCode {
    match window::open(fetches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("floor: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn bare(_fetches: Option<[u32; 3]>) -> ExitCode {
    eprintln!("floor: the bare window is WebKitGTK's");
    ExitCode::FAILURE
}

/// Argon2id as the vault uses it: version 1.3, one lane, 32 bytes.
fn derive(memory: u32, passes: u32) -> ExitCode {
    let Ok(params) = Params::new(memory, passes, 1, Some(32)) else { return ExitCode::from(2) };
    let mut out = [0; 32];
    let begun = Instant::now();
    let stretched =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(b"seven grey lanterns", b"0123456789abcdef", &mut out);
    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
    if stretched.is_err() {
        return ExitCode::FAILURE;
    }
    println!("{milliseconds:.3}");
    ExitCode::SUCCESS
}
