//! The one window: where it may go (nowhere), what it may open (nothing), and coming forward at a second start.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// Its label, which the capability names.
const MAIN: &str = "main";

/// Opens it. Its title never says more than the product's name.
///
/// # Errors
/// Those of the system's window.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Anteroom")
        .inner_size(1280.0, 800.0)
        .min_inner_size(760.0, 560.0)
        .incognito(!driven())
        .disable_drag_drop_handler()
        .on_navigation(|url| matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http" | "https", Some("tauri.localhost"))))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
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
