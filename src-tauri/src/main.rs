//! The program: one call.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    anteroom_shell::run();
}
