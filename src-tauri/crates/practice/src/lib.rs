//! The records of a therapy practice: rules, storage, keys. No window, no keyring, no network, no clock.
//!
//! The map, in the order in which modules may use each other (each only those above it):
//!
//! | module | what it knows |
//! |---|---|
//! | [`error`] [`id`] [`time`] [`words`] | refusals, ids, the moment of an act, what people typed |
//! | [`vault`] | keys and their slots; how the records may be found at start |
//! | [`store`] | opening the encrypted file, [`store::Reader`] and [`store::Writer`], migrations; no concept |
//! | [`audit`] | the chain of events that every act writes |
//! | [`security`] | how the records are locked, and the recovery kit in force |
//! | [`settings`] | the therapist, the practice, how the window looks |
//! | [`clients`] | clients, their contacts, the list; duplicates; agreed changes |
//! | [`consents`] | the consent ledger |
//! | [`homework`] | what was assigned and what became of it |
//! | [`sessions`] | booking, moving, cancelling, attendance, series, plan points, the derived state |
//! | [`notes`] | drafts, versions, approval, addenda, entered in error, search in notes |
//! | [`summary`] | the running account, chosen from approved notes; its pure text part also gives notes their headings |
//! | [`pages`] | what one screen shows, composed of the above: today, profile, session, find |
//! | [`imports`] | clients from a table |
//! | [`undo`] | taking back the last change |

pub mod audit;
pub mod clients;
pub mod consents;
pub mod error;
pub mod homework;
pub mod id;
pub mod imports;
pub mod notes;
pub mod pages;
pub mod security;
pub mod sessions;
pub mod settings;
pub mod store;
pub mod summary;
pub mod time;
pub mod undo;
pub mod vault;
pub mod words;

#[cfg(test)]
mod testing;
