//! What an opening that failed means for the user.

use crate::error::Barred;
use crate::store::OpenError;

impl From<OpenError> for Barred {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Missing => Self::DatabaseMissing,
            OpenError::Empty => Self::DatabaseEmpty,
            OpenError::Damaged => Self::DatabaseDamaged,
            OpenError::OtherVault => Self::OtherVault,
            OpenError::Newer { found, known } => Self::Newer { found, known },
            OpenError::InUse => Self::InUse,
            OpenError::ReadOnly => Self::ReadOnly,
            OpenError::DiskFull => Self::DiskFull,
            OpenError::Io(error) => error.into(),
            OpenError::Sqlite { code } if OpenError::is_of_the_disk(code) => Self::Disk { code: None },
            OpenError::Sqlite { code } => Self::Database { code: Some(code), what: error.to_string() },
            OpenError::Library(_) | OpenError::Setting(_) | OpenError::Migration { .. } => {
                Self::Database { code: None, what: error.to_string() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_learns_what_of_the_database_failed_and_the_window_only_its_code() {
        for (error, said) in [
            (OpenError::Library("FTS5"), "the database failed: the database library lacks FTS5"),
            (OpenError::Setting("key"), "the database failed: the database did not take the setting key"),
            (OpenError::Migration { version: 2 }, "the database failed: the migration to schema 2 failed"),
            (OpenError::Sqlite { code: 1 }, "the database failed: database error 1"),
        ] {
            let barred = Barred::from(error);
            assert_eq!(barred.to_string(), said);
            let wire = serde_json::to_value(&barred).unwrap();
            assert_eq!(wire.as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "kind"]);
        }
    }

    #[test]
    fn what_sqlite_could_not_read_or_write_is_the_disks_and_what_it_had_no_memory_for_is_not() {
        let of = |code| Barred::from(OpenError::Sqlite { code });
        for code in [266, 8458, 4618] {
            assert_eq!(of(code), Barred::Disk { code: None });
        }
        assert!(matches!(of(3082), Barred::Database { .. }));
    }
}
