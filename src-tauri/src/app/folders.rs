//! The folder of the records, shown by the system's own file manager. The page names no folder, so it can have none other opened.

use std::path::Path;

use practice::error::Refusal;

use super::App;
use crate::failure::Answer;

impl App {
    /// Shows the folder of the open records, or of those that could not be opened.
    pub fn show_folder(&self) -> Answer<()> {
        show(&self.shown_folder()).map_err(|why| {
            // Only of which kind: in its own words there may be a path, and in a path a name.
            tracing::warn!(why, "the folder was not shown");
            Refusal::NoFileManager.into()
        })
    }
}

/// Asks whichever file manager there is: over the session's bus, so that no program is started with a path to read wrongly.
#[cfg(target_os = "linux")]
fn show(folder: &Path) -> Result<(), String> {
    let address = tauri::Url::from_file_path(folder).map_err(|()| "a folder without an address".to_owned())?;
    let asked = zbus::blocking::Connection::session().and_then(|bus| {
        bus.call_method(
            Some("org.freedesktop.FileManager1"),
            "/org/freedesktop/FileManager1",
            Some("org.freedesktop.FileManager1"),
            "ShowFolders",
            &(vec![address.as_str()], ""),
        )
    });
    asked.map(drop).map_err(|error| kind(&error))
}

#[cfg(target_os = "linux")]
fn kind(error: &zbus::Error) -> String {
    match error {
        zbus::Error::MethodError(name, ..) => name.to_string(),
        zbus::Error::InputOutput(error) => error.kind().to_string(),
        _ => "the bus".to_owned(),
    }
}

/// Starts the system's own.
#[cfg(not(target_os = "linux"))]
fn show(folder: &Path) -> Result<(), String> {
    let program = if cfg!(target_os = "macos") { "open" } else { "explorer" };
    std::process::Command::new(program).arg(folder).spawn().map(drop).map_err(|error| error.kind().to_string())
}
