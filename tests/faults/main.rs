//! Faults: the process killed at any moment, files damaged or exchanged, and what lies on the disk in the clear. Unix, where a kill is a kill.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that fails to unwrap has failed")]

#[cfg(target_os = "linux")]
mod backups;
#[path = "../core/bench.rs"]
mod bench;
mod canaries;
mod chance;
mod child;
mod clocks;
mod damage;
#[cfg(target_os = "linux")]
mod failing;
#[cfg(target_os = "linux")]
mod first;
mod instances;
mod keyring;
mod kills;
#[cfg(target_os = "linux")]
mod migration;
#[cfg(target_os = "linux")]
mod pages;
mod parsers;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod remains;
mod restores;
#[cfg(target_os = "linux")]
mod rotation;
mod table;
mod vaults;
#[cfg(target_os = "linux")]
mod ways;
