//! The core from outside, on real encrypted records: its rules, its schema, long random lives, and many clients.
#![allow(clippy::unwrap_used, reason = "a test that fails to unwrap has failed")]

mod bench;
mod model;
mod rules;
mod scale;
mod schema;
