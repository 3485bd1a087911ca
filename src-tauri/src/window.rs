//! The one window: where it may go (nowhere), what it may open (nothing), coming forward at a second start, and closing only
//! after what was being typed is saved.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter, Manager, Runtime, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::app::App;

/// Its label, which the capability names.
const MAIN: &str = "main";
/// How long the page has to save what is being typed, once the window is asked to close.
const LAST_SAVE: Duration = Duration::from_secs(3);
/// How often screens are counted: there is no event for it.
const SCREENS: Duration = Duration::from_secs(3);

/// Its size and place, kept from one start to the next in a file that says nothing else.
pub fn remembered<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::new().with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED).build()
}

/// Opens it. Its title never says more than the product's name.
///
/// # Errors
/// Those of the system's window.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Anteroom")
        .inner_size(1280.0, 800.0)
        .min_inner_size(760.0, 560.0)
        .incognito(!driven())
        .disable_drag_drop_handler()
        .on_navigation(|url| matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http" | "https", Some("tauri.localhost"))))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            leave(&app);
        }
    });
    Ok(())
}

/// Tells the page to save what is being typed and to close the window then. A page that does not answer is not waited for.
fn leave(app: &AppHandle) {
    if let Err(error) = app.emit("leaving", ()) {
        tracing::warn!(%error, "the page could not be told that the window closes");
        return close_after(app, Duration::ZERO);
    }
    close_after(app, LAST_SAVE);
}

fn close_after(app: &AppHandle, wait: Duration) {
    let app = app.clone();
    thread::spawn(move || {
        thread::sleep(wait);
        close(&app);
    });
}

/// Closes it once a last backup is made, if one is due; whoever asks again meanwhile need not wait. The last window ends the program.
pub fn close(app: &AppHandle) {
    if !app.state::<Arc<App>>().back_up_last() {
        return;
    }
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.destroy()
    {
        tracing::error!(%error, "the window did not close");
    }
}

/// Puts a new page in the place of the one that is there, with a new process behind it, so that nothing of what it showed stays in
/// memory. Where it stood is in its address, which names no one.
pub fn replace_page(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    #[cfg(target_os = "linux")]
    let replaced = window.with_webview(|page| {
        use webkit2gtk::WebViewExt;
        let page = page.inner();
        // A driven window would lose its driver with its process.
        if !driven() {
            page.terminate_web_process();
        }
        page.reload();
    });
    #[cfg(not(target_os = "linux"))]
    let replaced = window.reload();
    if let Err(error) = replaced {
        tracing::error!(%error, "the page could not be replaced");
        close_after(app, Duration::ZERO);
    }
}

/// Keeps the window out of screen capture, where the system can: on Linux none can, and the settings say so.
pub fn hide_from_capture(app: &AppHandle, on: bool) {
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.set_content_protected(on)
    {
        tracing::warn!(%error, "screen capture could not be turned on or off");
    }
}

/// Tells the records when a second screen is attached, for as long as there is a window.
pub fn watch_screens(handle: &AppHandle, app: &Arc<App>) {
    let (handle, app) = (handle.clone(), Arc::downgrade(app));
    thread::spawn(move || {
        let mut before = 1;
        while let Some(app) = app.upgrade() {
            let screens = handle.available_monitors().map(|all| all.len()).unwrap_or(before);
            if screens > before {
                app.second_screen();
            }
            before = screens;
            drop(app);
            thread::sleep(SCREENS);
        }
    });
}

/// Whether a test drives the window: WebKit lets itself be driven only where it keeps a folder of its own, which is what
/// `incognito` forbids. The variable is the one the shell's library itself goes by.
fn driven() -> bool {
    std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true")
}

/// Brings it forward.
pub fn bring_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        for asked in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = asked {
                tracing::warn!(%error, "the window did not come forward");
            }
        }
    }
}
