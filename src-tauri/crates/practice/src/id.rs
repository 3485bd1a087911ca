//! Ids: a type for each thing that has one, all UUIDv7. Made in the shell, which has the clock; here they are only carried.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
        #[specta(type = String)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A client.
    ClientId,
    /// A contact of a client.
    ContactId,
    /// One appointment.
    SessionId,
    /// A weekly series of sessions.
    SeriesId,
    /// A note.
    NoteId,
    /// One version of a note's text.
    VersionId,
    /// An approval of one version.
    ApprovalId,
    /// An addition to an approved note.
    AddendumId,
    /// A piece of homework.
    HomeworkId,
    /// A sentence of a summary.
    EntryId,
    /// An import of clients from a file.
    ImportId,
    /// A request to the network.
    RequestId,
}
