//! The records of a therapy practice: rules, storage, keys. No window, no keyring, no network, no clock.
//!
//! The map, in the order in which modules may use each other: each only those of its own row and of the rows above. A row of several
//! is a knot that is meant: a fault is told in words and times; a file is opened by a key and trailed by events; an approved note
//! completes its session and feeds the summary, which gives both their headings. `cargo xtask check` reads this table.
//!
//! | modules | what they know |
//! |---|---|
//! | [`error`] [`id`] [`time`] [`words`] [`name`] | refusals, ids, the moment of an act, what people typed, what they are called |
//! | [`vault`] [`store`] [`audit`] [`security`] | keys and their slots, opening the encrypted file, readers and writers, migrations; the chain of events that every act writes; the lock and the kit in force; no concept |
//! | [`settings`] | the therapist, the practice, how the window looks |
//! | [`clients`] | clients, their contacts; duplicates; agreed changes |
//! | [`consents`] | the consent ledger |
//! | [`homework`] | what was assigned and what became of it |
//! | [`sessions`] [`notes`] [`summary`] | booking, attendance, plan points, the derived state; drafts, versions, approval, addenda, search in notes; the running account, chosen from approved notes |
//! | [`pages`] | what one screen shows, composed of the above: the client list, today, profile, session, find |
//! | [`imports`] | clients from a table |
//! | [`updates`] | whether newer versions of the program are looked for, each request made for it, when one may be installed |
//! | [`undo`] | taking back the last change |

pub mod audit;
pub mod clients;
pub mod consents;
pub mod error;
pub mod homework;
pub mod id;
pub mod imports;
pub mod name;
pub mod notes;
pub mod pages;
pub mod security;
pub mod sessions;
pub mod settings;
pub mod store;
pub mod summary;
pub mod time;
pub mod undo;
pub mod updates;
pub mod vault;
pub mod words;

#[cfg(test)]
mod testing;
