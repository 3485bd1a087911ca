//! The commands of the window: each body is one line, each file one concept. What they decide is decided in `practice`.

pub mod backups;
pub mod clients;
pub mod consents;
pub mod door;
pub mod homework;
pub mod imports;
pub mod notes;
pub mod pages;
pub mod security;
pub mod sessions;
pub mod settings;
pub mod summary;
pub mod undo;
pub mod updates;
