//! Bringing a database to the newest schema, and telling whose it is.

use chrono::{DateTime, Utc};
use refinery::{Migration, Runner, Target};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::OpenError;

mod embedded {
    refinery::embed_migrations!("src/store/migrations");
}

/// Says, when it can be read, that the key is right and the row is whole.
const CANARY: &str = "These are the records of one practice.";

/// Every step from nothing to the newest schema.
pub struct Steps(Runner);

impl Steps {
    /// Those of this version.
    #[must_use]
    pub fn ours() -> Self {
        Self(embedded::migrations::runner())
    }

    /// Those of this version and, after them, others: so that a step can be tried on records before it is one of ours.
    ///
    /// # Errors
    /// `Migration` if a name is not `V0002__what_it_does`.
    pub fn with(others: &[(&str, &str)]) -> Result<Self, OpenError> {
        let mut all = embedded::migrations::runner().get_migrations().clone();
        for (name, sql) in others {
            all.push(Migration::unapplied(name, sql).map_err(|_| OpenError::Migration { version: 0 })?);
        }
        Ok(Self(Runner::new(&all)))
    }
}

/// Which vault a database belongs to: written into it when it is made, compared at each opening.
#[derive(Debug)]
pub struct Identity {
    /// The id in `vault.json`.
    pub vault: Uuid,
    /// When the vault was made.
    pub created_at: DateTime<Utc>,
}

impl Identity {
    /// Writes the identity into a new database; where one is already, it must be this one.
    pub(super) fn write(&self, connection: &Connection) -> Result<(), OpenError> {
        if read(connection)?.is_none() {
            connection.execute(
                "INSERT INTO vault (only, id, canary, created_at) VALUES (1, ?1, ?2, ?3)",
                (self.vault, CANARY, self.created_at.timestamp_millis()),
            )?;
        }
        self.check(connection)
    }

    /// Refuses a database of another vault, and one that does not say whose it is.
    pub(super) fn check(&self, connection: &Connection) -> Result<(), OpenError> {
        match read(connection)? {
            Some((vault, canary)) if vault == self.vault && canary == CANARY => Ok(()),
            Some((vault, _)) if vault != self.vault => Err(OpenError::OtherVault),
            _ => Err(OpenError::Damaged),
        }
    }
}

fn read(connection: &Connection) -> Result<Option<(Uuid, String)>, OpenError> {
    Ok(connection.query_row("SELECT id, canary FROM vault", [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The schema of the database, if it has one, after refusing one from the future.
pub(super) fn check_schema(connection: &Connection, steps: &Steps) -> Result<Option<i32>, OpenError> {
    let known = newest(&steps.0);
    match schema(connection)? {
        Some(found) if found > known => Err(OpenError::Newer { found, known }),
        found => Ok(found),
    }
}

/// Runs what has not been run.
pub(super) fn migrate(connection: &mut Connection, steps: &Steps) -> Result<(), OpenError> {
    run(connection, &steps.0)
}

/// One transaction a migration, its row in the history included. Left to itself, refinery writes that row in a transaction of
/// its own, and a kill between the two would leave a schema that does not know its version; *grouped* runs put both in one, so
/// each migration is made a group of one.
fn run(connection: &mut Connection, all: &Runner) -> Result<(), OpenError> {
    let mut versions: Vec<i32> = all.get_migrations().iter().map(Migration::version).collect();
    versions.sort_unstable();
    for version in versions {
        Runner::new(all.get_migrations())
            .set_grouped(true)
            .set_target(Target::Version(version))
            .run(connection)
            // What refinery says may quote a statement.
            .map_err(|_| OpenError::Migration { version })?;
    }
    Ok(())
}

fn newest(all: &Runner) -> i32 {
    all.get_migrations().iter().map(Migration::version).max().unwrap_or_default()
}

fn schema(connection: &Connection) -> Result<Option<i32>, OpenError> {
    let history = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'";
    if connection.query_row(history, [], |_| Ok(())).optional()?.is_none() {
        return Ok(None);
    }
    Ok(connection.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open_in_memory;
    use crate::vault::DatabaseKey;

    fn empty() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    fn runner(sql: &[&str]) -> Runner {
        let named = |(index, sql): (usize, &&str)| Migration::unapplied(&format!("V{:04}__step", index + 1), sql).unwrap();
        Runner::new(&sql.iter().enumerate().map(named).collect::<Vec<_>>())
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut found =
            connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'refinery%' ORDER BY name").unwrap();
        found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn migrations_run_once_and_in_order() {
        let mut connection = empty();
        let all = runner(&["CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO b SELECT 1"]);
        run(&mut connection, &all).unwrap();
        run(&mut connection, &all).unwrap();
        assert_eq!(tables(&connection), ["a", "b"]);
        assert_eq!(schema(&connection).unwrap(), Some(2));
        assert_eq!(connection.query_row("SELECT count(*) FROM b", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_of_itself_and_all_before_it() {
        let mut connection = empty();
        let failed = run(&mut connection, &runner(&["CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO nowhere SELECT 1"]));
        assert!(matches!(failed, Err(OpenError::Migration { version: 2 })));
        assert_eq!(tables(&connection), ["a"]);
        assert_eq!(schema(&connection).unwrap(), Some(1));
    }

    #[test]
    fn a_migration_and_its_row_in_the_history_stand_in_one_transaction() {
        let mut connection = empty();
        run(&mut connection, &runner(&["CREATE TABLE a (x)"])).unwrap();
        // The history refuses the row: the table that the migration has just made must go with it.
        connection
            .execute_batch("CREATE TRIGGER refuse BEFORE INSERT ON refinery_schema_history BEGIN SELECT raise(ABORT, 'no'); END")
            .unwrap();
        assert!(run(&mut connection, &runner(&["CREATE TABLE a (x)", "CREATE TABLE b (x)"])).is_err());
        assert_eq!(tables(&connection), ["a"]);
    }

    #[test]
    fn a_released_migration_that_was_edited_is_refused() {
        let mut connection = empty();
        run(&mut connection, &runner(&["CREATE TABLE a (x)"])).unwrap();
        assert!(matches!(run(&mut connection, &runner(&["CREATE TABLE a (y)"])), Err(OpenError::Migration { version: 1 })));
    }

    #[test]
    fn a_database_knows_whose_it_is() {
        let key = DatabaseKey::generate().unwrap();
        let connection = open_in_memory(&key).unwrap();
        let mine = Identity { vault: Uuid::from_u128(1), created_at: DateTime::UNIX_EPOCH };
        let other = Identity { vault: Uuid::from_u128(2), created_at: DateTime::UNIX_EPOCH };
        assert!(matches!(mine.check(&connection), Err(OpenError::Damaged)));
        mine.write(&connection).unwrap();
        mine.write(&connection).unwrap();
        mine.check(&connection).unwrap();
        assert!(matches!(other.check(&connection), Err(OpenError::OtherVault)));
        assert!(matches!(other.write(&connection), Err(OpenError::OtherVault)));
        connection.execute("UPDATE vault SET canary = 'x'", []).unwrap();
        assert!(matches!(mine.check(&connection), Err(OpenError::Damaged)));
    }
}
