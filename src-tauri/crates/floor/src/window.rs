//! A bare window: the application's size, its engine's settings, a context that keeps nothing, one static page.

use gtk::prelude::*;
use gtk::{gio, glib};
use webkit2gtk::{
    InputMethodContextExt, SecurityManagerExt, SettingsExt, URISchemeRequest, URISchemeRequestExt, UserContentManager, WebContext,
    WebContextExt, WebView, WebViewExt,
};

const SCHEME: &str = "floor";
const PAGE: &str = include_str!("page.html");
const FETCHES: &str = include_str!("fetch.html");

/// Opens it, and stays until it is closed, or until so many bytes were asked for and answered so often.
pub fn open(fetches: Option<[u32; 3]>) -> Result<(), glib::BoolError> {
    gtk::init()?;
    let context = WebContext::new_ephemeral();
    // As the application's library has it.
    context.set_use_system_appearance_for_scrollbars(false);
    let (page, answered) = match fetches {
        Some([asked, answered, times]) => (FETCHES.replace("ASKED", &asked.to_string()).replace("TIMES", &times.to_string()), answered),
        None => (PAGE.to_owned(), 0),
    };
    // A text as JSON has it: its quotation marks count.
    let bytes = format!("\"{}\"", "x".repeat((answered as usize).saturating_sub(2)));
    if let Some(security) = context.security_manager() {
        security.register_uri_scheme_as_secure(SCHEME);
    }
    context.register_uri_scheme(SCHEME, move |request| answer(request, &page, &bytes));

    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title("Floor");
    window.set_default_size(1280, 800);
    let view = WebView::builder().user_content_manager(&UserContentManager::new()).web_context(&context).build();
    if let Some(input) = view.input_method_context() {
        input.set_enable_preedit(false);
    }
    if let Some(settings) = WebViewExt::settings(&view) {
        settings.set_enable_webgl(true);
        settings.set_enable_webaudio(true);
        settings.set_enable_page_cache(true);
        settings.set_javascript_can_access_clipboard(true);
    }
    window.add(&view);
    view.load_uri("floor://localhost/");
    window.connect_delete_event(|_, _| {
        gtk::main_quit();
        glib::Propagation::Proceed
    });
    window.show_all();
    view.grab_focus();
    gtk::main();
    Ok(())
}

fn answer(request: &URISchemeRequest, page: &str, bytes: &str) {
    let address = request.uri().unwrap_or_default();
    let (text, kind) = match address.strip_prefix("floor://localhost/") {
        Some("bytes") => (bytes, "application/json"),
        Some(told) if told.starts_with("took?") => {
            println!("{}", &told["took?".len()..]);
            gtk::main_quit();
            ("", "text/plain")
        }
        _ => (page, "text/html"),
    };
    let stream = gio::MemoryInputStream::from_bytes(&glib::Bytes::from(text.as_bytes()));
    request.finish(&stream, i64::try_from(text.len()).unwrap_or(-1), Some(kind));
}
