//! The summary of discussions: what approved notes say, in the notes' own sentences, each with its source.

pub mod extract;
mod rank;
mod sentences;
pub mod short;
mod words;

pub use extract::{Citation, Entry, Group, Offer, SectionKind, Source, offers, summarise};
pub use short::{heading, in_short, plan_points};
