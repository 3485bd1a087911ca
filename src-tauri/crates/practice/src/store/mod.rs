//! The encrypted database: opening it, and bringing it to the newest schema. Knows no concept.

mod migrate;
mod open;

pub use migrate::Identity;
pub use open::{Connections, OpenError, create, open, open_in_memory};
