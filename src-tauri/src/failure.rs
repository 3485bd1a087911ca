//! The wire error: a refusal, which the window words, or a fault's reference. Faults are logged here and nowhere else.

use practice::error::{Error, Fault, Refusal};
use serde::Serialize;

/// Why a command did not do what was asked.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    /// The user can act on it.
    Refused {
        /// What is in the way.
        refusal: Refusal,
    },
    /// Ours: logged under the reference, no detail on the wire.
    Fault {
        /// Four letters and digits, as in the log.
        reference: String,
    },
}

/// The result of every command.
pub type Answer<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::Refused { refusal },
            Error::Fault(fault) => fault.into(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { refusal }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let reference = reference();
        tracing::error!(%reference, %fault, "fault");
        Self::Fault { reference }
    }
}

/// Letters and digits that are not mistaken for each other when read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn reference() -> String {
    let mut bytes = [0u8; 4];
    // A reference need only be findable in the log; where the system gives no random bytes, zeros say so.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}
