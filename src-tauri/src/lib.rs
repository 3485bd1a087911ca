//! The shell: a window, the commands it may call, and the records behind them.

pub mod app;
pub mod arguments;
pub mod backups;
pub mod bindings;
mod clipboard;
pub mod commands;
pub mod door;
pub mod failure;
mod hygiene;
mod import;
pub mod keyring;
pub mod lock;
mod log;
mod system;
pub mod updates;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use tauri::{AppHandle, Emitter, Manager, RunEvent};

use crate::app::{App, Tell};
use crate::arguments::Arguments;

/// Starts the program and runs it until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let refused = hygiene::begin();
    let arguments = match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(refused) => return arguments::explain(&refused),
    };
    let bindings = bindings::commands();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, words, folder| {
            window::bring_forward(app);
            hand(app, words.into_iter().skip(1).map(|word| Path::new(&folder).join(word)));
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remembered())
        .plugin(tauri_plugin_updater::Builder::new().build())
        .invoke_handler(bindings.invoke_handler())
        .setup(move |tauri| {
            let folder = arguments.folder(tauri.path().app_data_dir()?);
            let first_place = match &arguments.data {
                // Records that are kept elsewhere have their backups beside them.
                Some(_) => backups::beside(&folder),
                None => backups::usual(tauri.path().document_dir().or_else(|_| tauri.path().home_dir())?),
            };
            log::begin(&folder);
            for what in &refused {
                tracing::warn!(what, "less protected than it could be");
            }
            let handle = tauri.handle().clone();
            // A window that is closing cannot be told any more, and need not be.
            let changed = move || drop(handle.emit("changed", ()));
            let handle = tauri.handle().clone();
            let backed_up = move || drop(handle.emit("backed_up", ()));
            let handle = tauri.handle().clone();
            let handed = move || drop(handle.emit("handed", ()));
            let handle = tauri.handle().clone();
            let locked = move || {
                clipboard::clear();
                window::replace_page(&handle);
            };
            let handle = tauri.handle().clone();
            let hide = move |on| window::hide_from_capture(&handle, on);
            let tell = Tell {
                changed: Box::new(changed),
                backed_up: Box::new(backed_up),
                handed: Box::new(handed),
                locked: Box::new(locked),
                hide: Box::new(hide),
            };
            let app = Arc::new(App::new(folder, first_place, arguments.sample, tell, tauri.package_info().version.to_string()));
            app::keep_watch(&app);
            backups::keep(&app);
            updates::keep(&app, tauri.handle());
            system::listen(&app);
            window::watch_screens(tauri.handle(), &app);
            tauri.manage(app);
            hand(tauri.handle(), arguments.backup);
            window::open(tauri.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(|handle, event| match event {
                RunEvent::Exit => handle.state::<Arc<App>>().close(),
                // Other systems name the file among the words a program is started with.
                #[cfg(target_os = "macos")]
                RunEvent::Opened { urls } => hand(handle, urls.iter().filter_map(|url| url.to_file_path().ok())),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be made");
            ExitCode::FAILURE
        }
    }
}

/// Hands the page the backup that was opened with this program, if one is among the files.
fn hand(app: &AppHandle, files: impl IntoIterator<Item = PathBuf>) {
    if let Some(backup) = files.into_iter().find(|file| arguments::is_backup(file)) {
        app.state::<Arc<App>>().hand(backup);
    }
}
