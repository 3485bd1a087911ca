//! The fourteen rules that never break: a test each, through the core as every screen goes and, where the schema can say it,
//! past the core in SQL.

mod notes;
mod people;
mod sessions;
mod trail;
