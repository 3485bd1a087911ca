//! Declares every command of the window, one by one: a command that is not in `bindings.rs` cannot be granted, and one that
//! `capabilities/main.json` does not grant cannot be called.

use std::fs;

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/src/bindings.rs");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let list = fs::read_to_string("src-tauri/src/bindings.rs").expect("the command list is beside this file");
    let commands: Vec<&'static str> = list
        .lines()
        .skip_while(|line| !line.contains("collect_commands!["))
        .skip(1)
        .take_while(|line| !line.contains("])"))
        .filter_map(|line| line.trim().trim_end_matches(',').rsplit("::").next())
        .map(|command| &*command.to_owned().leak())
        .collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak()).permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new().app_manifest(manifest).capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes).expect("the configuration of the shell is sound");
}
