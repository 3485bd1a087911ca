//! The folder of the records, shown by the system's own file manager. The page names no folder, so it can have none other opened.

use std::path::Path;

use practice::error::Refusal;

use super::App;
use crate::failure::Answer;

impl App {
    /// Shows the folder of the open records, or of those that could not be opened.
    pub fn show_folder(&self) -> Answer<()> {
        show(&self.shown_folder()).map_err(|why| {
            tracing::warn!(%why, "the folder was not shown");
            Refusal::NoFileManager.into()
        })
    }
}

/// Asks whichever file manager there is: over the session's bus, so that no program is started with a path to read wrongly.
#[cfg(target_os = "linux")]
fn show(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let address = tauri::Url::from_file_path(folder).map_err(|()| "a folder without an address")?;
    zbus::blocking::Connection::session()?.call_method(
        Some("org.freedesktop.FileManager1"),
        "/org/freedesktop/FileManager1",
        Some("org.freedesktop.FileManager1"),
        "ShowFolders",
        &(vec![address.as_str()], ""),
    )?;
    Ok(())
}

/// Starts the system's own.
#[cfg(not(target_os = "linux"))]
fn show(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let program = if cfg!(target_os = "macos") { "open" } else { "explorer" };
    std::process::Command::new(program).arg(folder).spawn()?;
    Ok(())
}
