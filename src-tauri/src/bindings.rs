//! The one command list, exported to TypeScript as `ui/src/ipc/bindings.ts`; a test fails when that file has drifted.

use tauri::Wry;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    backups, clients, consents, door, homework, imports, notes, pages, security, sessions, settings, summary, undo, updates,
};

/// Every command of the window.
#[must_use]
pub fn commands() -> Builder<Wry> {
    Builder::<Wry>::new().disable_serde_phases().commands(collect_commands![
        door::standing,
        door::set_up,
        door::open_sample,
        door::leave_sample,
        door::about,
        door::zones,
        door::close_window,
        door::lock,
        door::active,
        door::unlock,
        door::try_code,
        door::recover,
        door::go_on,
        door::show_folder,
        door::copied,
        security::security_page,
        security::set_security,
        security::passphrase_strength,
        security::change_passphrase,
        security::new_kit,
        security::keep_kit,
        security::replace_key,
        security::leave_kit,
        security::save_kit,
        backups::backups,
        backups::back_up,
        backups::stop_backup,
        backups::choose_place,
        backups::give_up_second,
        backups::found_backups,
        backups::choose_backup,
        backups::handed_backup,
        backups::check_code,
        backups::test_restore,
        backups::restore,
        backups::health,
        backups::verify_record,
        backups::check_records,
        pages::frame,
        pages::today,
        pages::client_profile,
        pages::client_details,
        pages::session,
        pages::note,
        pages::find,
        pages::trail,
        clients::clients,
        clients::add_client,
        clients::clients_alike,
        clients::edit_client,
        clients::set_client_status,
        clients::emergency_contacts,
        clients::add_contact,
        clients::edit_contact,
        clients::reorder_contact,
        clients::remove_contact,
        consents::record_consent,
        consents::consent_history,
        homework::homework,
        homework::assign_homework,
        homework::edit_homework,
        homework::record_homework,
        homework::record_homework_occurrence,
        imports::choose_import,
        imports::import_page,
        imports::map_import,
        imports::take_import_row,
        imports::settle_import_date,
        imports::run_import,
        imports::stop_import,
        imports::close_import,
        sessions::week,
        sessions::session_history,
        sessions::check_booking,
        sessions::book_session,
        sessions::check_series_move,
        sessions::move_session,
        sessions::cancel_session,
        sessions::set_attendance,
        sessions::set_plan,
        notes::write_note,
        notes::write_process_note,
        notes::write_note_again,
        notes::notes,
        notes::save_draft,
        notes::save_paragraph,
        notes::paragraph,
        notes::set_template,
        notes::finish_writing,
        notes::approve_note,
        notes::undo_approval,
        notes::mark_in_error,
        notes::begin_addendum,
        notes::save_addendum,
        notes::approve_addendum,
        notes::discard_addendum,
        summary::summary_editing,
        summary::summary_passages,
        summary::bring_summary_up_to_date,
        summary::mark_summary_up_to_date,
        summary::edit_entry,
        summary::pin_entry,
        summary::drop_entry,
        summary::add_entry,
        summary::add_offer,
        settings::practice,
        settings::set_practice,
        settings::appearance,
        settings::set_appearance,
        settings::set_discreet,
        settings::look,
        updates::updates,
        updates::update_requests,
        updates::set_looking,
        updates::look_for_update,
        updates::choose_update_file,
        updates::install_update,
        updates::stop_update,
        undo::undoable,
        undo::undo,
        undo::redo,
    ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use specta_typescript::Typescript;

    /// Writes the bindings where `ANTEROOM_WRITE_BINDINGS` is set; else compares.
    #[test]
    fn the_bindings_are_those_of_the_commands() {
        let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/ipc/bindings.ts");
        let header = "// Generated from the commands of the shell; do not edit. `cargo xtask bindings` writes it anew.\n";
        if std::env::var_os("ANTEROOM_WRITE_BINDINGS").is_some() {
            super::commands().export(Typescript::default().header(header), kept).expect("the bindings can be written");
            return;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let fresh = folder.path().join("bindings.ts");
        super::commands().export(Typescript::default().header(header), &fresh).expect("the bindings can be written");
        let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("the bindings can be read");
        assert!(read(&fresh) == read(kept.as_ref()), "ui/src/ipc/bindings.ts has drifted: run `cargo xtask bindings`");
    }

    /// The names of the list above, as `build.rs` reads them.
    fn declared() -> BTreeSet<String> {
        let lines = include_str!("bindings.rs").lines();
        let list = lines.skip_while(|line| !line.contains("collect_commands![")).skip(1).take_while(|line| !line.contains("])"));
        list.filter_map(|line| line.trim().trim_end_matches(',').rsplit("::").next().map(str::to_owned)).collect()
    }

    #[test]
    fn the_page_is_granted_every_command_one_by_one_and_nothing_of_the_system() {
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).expect("a capability");
        let granted: BTreeSet<&str> = capability["permissions"].as_array().expect("a list").iter().filter_map(|p| p.as_str()).collect();
        let ours = declared().into_iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect::<BTreeSet<_>>();
        let not_ours: BTreeSet<&str> = granted.iter().copied().filter(|name| !ours.contains(*name)).collect();
        let of_the_window = ["core:event:allow-listen", "core:event:allow-unlisten", "core:webview:allow-set-webview-zoom"];
        assert_eq!(not_ours, BTreeSet::from(of_the_window));
        assert!(ours.iter().all(|name| granted.contains(name.as_str())), "a command is not granted");
        assert_eq!(capability["windows"], serde_json::json!(["main"]));
    }

    #[test]
    fn the_policy_of_the_page_allows_nothing_from_elsewhere_and_no_eval() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../../tauri.conf.json")).expect("a configuration");
        let policy = config["app"]["security"]["csp"].as_object().expect("a policy");
        assert_eq!(policy["default-src"], "'none'");
        for (directive, sources) in policy {
            let sources = sources.as_str().expect("a text");
            assert!(!sources.contains("unsafe"), "{directive}: {sources}");
            let home = ["'none'", "'self'", "ipc: http://ipc.localhost"];
            assert!(home.contains(&sources), "{directive}: {sources}");
        }
    }
}
