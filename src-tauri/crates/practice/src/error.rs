//! What can go wrong: a refusal, which the user can act on, or a fault, which is ours. The text of neither ever holds a client's
//! words, so that both can be logged; only `LikelyDuplicate` carries names, veiled, for the window to show.

mod backup;
mod barred;
mod update;

use serde::Serialize;

use crate::name::Likeness;
use crate::time::{Date, Instant};

pub use backup::{BackupFailure, NotUsed, Part};
pub use barred::{Barred, KeyringFault};
pub use update::NotUpdated;

/// The result of every operation.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an operation did not happen. Nothing was changed in either case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user can act on it; the window words it.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// It is ours: logged with a reference, without detail on the wire.
    #[error("fault: {0}")]
    Fault(#[from] Fault),
}

/// A fault of the program or of the machine under it.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// SQLite's code and nothing of the statement, which may hold a client's words.
    #[error("database error {code} ({what})")]
    Database {
        /// SQLite's extended result code.
        code: i32,
        /// A word on the kind of failure.
        what: &'static str,
    },
    /// A row held what the schema should have made impossible.
    #[error("unreadable row: {0}")]
    Row(&'static str),
    /// The file system.
    #[error("file system: {0}")]
    Io(std::io::ErrorKind),
    /// A clash inside the program.
    #[error("{0}")]
    Program(&'static str),
}

/// A closed set of refusals: each has its sentence in the catalogue, `refusal-<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Refusal {
    /// No records are open.
    #[error("no records are open")]
    NotOpen,
    /// The records are locked.
    #[error("the records are locked")]
    Locked,
    /// A passphrase is easily guessed.
    #[error("the passphrase is weak")]
    WeakPassphrase,
    /// That is not the passphrase.
    #[error("that is not the passphrase")]
    WrongPassphrase {
        /// Seconds until another may be tried.
        wait_seconds: u32,
    },
    /// After wrong tries the next has to wait; it was not looked at.
    #[error("the next try has to wait")]
    Wait {
        /// Seconds until it may be made.
        seconds: u32,
    },
    /// No file manager of the system answered.
    #[error("no file manager answered")]
    NoFileManager,
    /// What was typed is not a recovery code.
    #[error("{slip}")]
    Slip {
        /// Where it went wrong.
        slip: Slip,
    },
    /// A recovery code of other records.
    #[error("the code is of other records")]
    WrongCode,
    /// A recovery kit kept beside the records would be stolen with them.
    #[error("a kit is not kept beside the records")]
    KitBesideRecords,
    /// A way in could not be changed; the one before it still opens.
    #[error("a way in could not be changed: {barred}")]
    WayIn {
        /// What stood in the way.
        barred: Barred,
    },
    /// There is no new backup; those before it are as they were.
    #[error("no backup was made: {why}")]
    NoBackup {
        /// What stood in the way.
        why: BackupFailure,
    },
    /// A backup was not used; the records are as they were.
    #[error("the backup was not used: {why}")]
    BackupNotUsed {
        /// Why.
        why: NotUsed,
    },
    /// No newer version was found or installed; the program and the records are as they were.
    #[error("not updated: {why}")]
    NoUpdate {
        /// Why.
        why: NotUpdated,
    },
    /// The records end earlier than what had been confirmed, and are open for reading only.
    #[error("the records are behind their anchor")]
    Behind,
    /// The disk is full; what was written before is safe.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be written.
    #[error("the records cannot be written")]
    ReadOnly,
    /// Something named does not exist (any more).
    #[error("not found")]
    NotFound {
        /// What was looked for.
        what: Thing,
    },
    /// A required field is empty.
    #[error("a field is empty")]
    Empty {
        /// Which.
        field: Field,
    },
    /// A field holds more than it can.
    #[error("a field is too long")]
    TooLong {
        /// Which.
        field: Field,
        /// The most it can hold, in characters.
        most: u32,
    },
    /// A field holds control characters, or characters that turn the text around.
    #[error("a field holds characters that cannot be shown")]
    Unshowable {
        /// Which.
        field: Field,
    },
    /// A field holds a value outside what makes sense.
    #[error("a field is out of range")]
    OutOfRange {
        /// Which.
        field: Field,
    },
    /// A date that cannot be: a birth in the future, an agreement tomorrow.
    #[error("a date lies in the future")]
    InFuture {
        /// Which.
        field: Field,
    },
    /// Not a zone of the IANA list.
    #[error("unknown time zone")]
    UnknownZone {
        /// As given.
        zone: String,
    },
    /// A likely duplicate: asked first.
    #[error("a client is much alike")]
    LikelyDuplicate {
        /// Those who are alike, most alike first.
        likenesses: Vec<Likeness>,
    },
    /// The wall clock reading does not exist on that day.
    #[error("the clocks go forward over this time")]
    ClockGap {
        /// The first time that exists after it.
        first_after: Instant,
    },
    /// The wall clock reading happens twice on that day; the caller chooses.
    #[error("the clocks go back over this time")]
    ClockFold {
        /// The earlier.
        earlier: Instant,
        /// The later.
        later: Instant,
    },
    /// The session lies in the future.
    #[error("the session has not started")]
    NotStarted,
    /// The session was cancelled.
    #[error("the session was cancelled")]
    SessionCancelled,
    /// The client did not come.
    #[error("the session was a no-show")]
    SessionNoShow,
    /// The session has been held: it has an approved note.
    #[error("the session was held")]
    SessionHeld,
    /// A session is past: it does not move.
    #[error("the session is past")]
    SessionPast,
    /// Cancelled by the client in time means before the notice period.
    #[error("too late to be cancelled in time")]
    TooLateToCancel {
        /// Hours of notice asked for.
        hours: u32,
    },
    /// The note has no words.
    #[error("the note is empty")]
    NoteEmpty,
    /// The note is approved: its text cannot change.
    #[error("the note is approved")]
    NoteApproved,
    /// The note is not approved.
    #[error("the note is not approved")]
    NoteNotApproved,
    /// The note was entered in error.
    #[error("the note was entered in error")]
    NoteInError,
    /// The session has its note already.
    #[error("the session has a note")]
    SessionHasNote,
    /// The time to undo has passed.
    #[error("the time to undo has passed")]
    UndoTooLate,
    /// An addendum came after the approval, so the approval stays.
    #[error("an addendum followed")]
    HasAddendum,
    /// Only a given consent is withdrawn.
    #[error("there is no consent to withdraw")]
    NothingToWithdraw,
    /// The decision is the one already recorded.
    #[error("the consent is recorded so already")]
    ConsentUnchanged,
    /// Automatic processing needs the consent of every participant.
    #[error("not everyone has given consent")]
    ConsentMissing,
    /// A session needs at least one client, each once.
    #[error("the participants are not right")]
    Participants,
    /// Nothing to undo or redo.
    #[error("nothing to undo")]
    NothingToUndo,
    /// What would be undone has been changed since.
    #[error("changed since")]
    ChangedSince,
    /// The file is not a table of clients that can be read.
    #[error("the file cannot be read as a table")]
    FileUnreadable {
        /// Why.
        reason: FileProblem,
        /// The line, where it is known.
        row: Option<u32>,
        /// The column, where it is known.
        column: Option<u32>,
    },
    /// Rows are left that need a look.
    #[error("rows need a look")]
    RowsNeedALook {
        /// The first of them.
        row: u32,
        /// How many.
        rows: u32,
    },
    /// Not for the sample practice.
    #[error("the sample practice is open")]
    Sample,
    /// Stopped by the user; nothing was changed.
    #[error("stopped")]
    Stopped,
    /// An import can be undone until something else touches its rows.
    #[error("an imported client has been worked with")]
    ImportTouched {
        /// How many clients.
        clients: u32,
        /// The latest such change.
        on: Date,
    },
}

/// What was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum Thing {
    Client,
    Contact,
    Session,
    Note,
    Addendum,
    Homework,
    Entry,
    Import,
    Kit,
    Backup,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    Name,
    FirstName,
    LastName,
    PreferredName,
    Initials,
    Pronouns,
    Born,
    Started,
    Phone,
    Email,
    Address,
    FileNumber,
    Tag,
    Remark,
    Relationship,
    MayBeTold,
    Title,
    PracticeName,
    Registration,
    WorkingHours,
    Minutes,
    Time,
    Place,
    Source,
    Repeats,
    Text,
    Reason,
    DiscussedOn,
    Due,
    Times,
    UndoSeconds,
    Appearance,
    LockAfter,
}

impl From<Barred> for Refusal {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::DiskFull => Self::DiskFull,
            Barred::ReadOnly => Self::ReadOnly,
            barred => Self::WayIn { barred },
        }
    }
}

/// Why what was typed is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Slip {
    /// A group has too few or too many characters, or one that no code has.
    #[error("group {group} is not four characters of a code")]
    Group {
        /// From 1.
        group: u8,
    },
    /// The check has too few or too many characters, or one that no code has.
    #[error("the check is not two characters of a code")]
    Check,
    /// Groups and check disagree; one character that is easily mistaken would explain it.
    #[error("the check disagrees; look at group {group}")]
    Mistaken {
        /// From 1.
        group: u8,
        /// As typed.
        typed: char,
        /// What it may be.
        perhaps: char,
    },
    /// Groups and check disagree.
    #[error("the check disagrees")]
    Disagrees,
}

/// Why a file is not a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum FileProblem {
    NotFound,
    TooLarge,
    Empty,
    NotText,
    Workbook,
    UnclosedQuote,
    TooManyColumns,
    TooManyRows,
}
