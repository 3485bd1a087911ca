//! A copy of the records, opened for looking at it alone.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use crate::audit::{self, Act, Event};
use crate::error::{Refusal, Result};
use crate::security::{self, Kit};
use crate::store::anchor::{self, Mark};
use crate::store::{self, OpenError, Reader};
use crate::time::{Instant, Moment};
use crate::vault::DatabaseKey;
use crate::vault::backup::AboutBackup;
use crate::words::Veil;

/// An open copy. Looking at it changes nothing of it and makes nothing beside it.
pub(in crate::vault) struct Copy(Connection);

/// What a copy says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::vault) struct Facts {
    pub vault: Uuid,
    pub begun_at: Instant,
    pub schema: i32,
    pub mark: Mark,
    /// Commits that were not the backups' own.
    pub changes: i64,
}

impl Copy {
    pub fn open(path: &Path, key: &DatabaseKey) -> std::result::Result<Self, OpenError> {
        store::open_copy(path, key).map(Self)
    }

    pub fn facts(&self) -> Result<Facts> {
        self.read(|r| {
            let (vault, begun_at) =
                r.conn().query_row("SELECT id, created_at FROM vault", [], |row| Ok((row.get("id")?, row.get("created_at")?)))?;
            let schema = r.conn().query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?;
            Ok(Facts { vault, begun_at, schema, mark: anchor::mark(r.conn())?, changes: changes(r)? })
        })
    }

    pub fn kit(&self) -> Result<Option<Kit>> {
        self.read(security::kit)
    }

    /// That no page was altered and the whole holds together.
    pub fn is_sound(&self, checked: impl FnMut(u64) -> bool) -> Result<bool> {
        self.read(|r| store::is_sound(r, checked))
    }

    /// How many rows each table has.
    pub fn counts(&self, mut counted: impl FnMut(u64) -> bool) -> Result<BTreeMap<String, u64>> {
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
        let names = self.0.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        let (mut counts, mut all) = (BTreeMap::new(), 0);
        for name in names {
            // The name is the schema's own; a table of an older or newer version is counted too.
            let count: i64 = self.0.query_row(&format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\"")), [], |row| row.get(0))?;
            let count = u64::try_from(count).unwrap_or_default();
            all += count;
            counts.insert(name, count);
            if !counted(all) {
                return Err(Refusal::Stopped.into());
            }
        }
        Ok(counts)
    }

    /// Follows the trail and the versions of every note; the trail's end where all is whole.
    pub fn trail_is_whole(&self, go_on: &mut dyn FnMut(u64, u64) -> bool) -> Result<bool> {
        self.read(|r| audit::verify(r, go_on)).map(|verified| verified.is_whole())
    }

    fn read<T>(&self, look: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        // Nothing that is read here depends on when and where.
        let moment = Moment { at: Instant(0), zone: chrono_tz::UTC };
        store::read(&self.0, moment, Veil::Open, look).map(|(seen, _)| seen)
    }
}

/// Commits that were not the backups' own: what tells whether anything has changed since one.
pub(in super::super) fn changes(r: &Reader) -> Result<i64> {
    let sql = "SELECT s.number - b.number FROM sequence s, backup_writes b";
    Ok(r.conn().prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Enters in restored records that they are, counted as a commit after the commit `after`; how far they have come with that.
pub(in super::super) fn restored(records: &Connection, moment: Moment, about: &AboutBackup, after: i64) -> Result<Mark> {
    let detail = json!({ "made_at": about.made_at, "sequence": about.sequence });
    let event = Event::new(Act::RecordsRestored, "records", None, None).with(detail);
    // No row with an id is made.
    store::write_after(records, after, moment, Veil::Open, &mut Uuid::nil, |w| {
        audit::record(w, &event)?;
        // Whoever restores has the code, also where the backup was made before anybody had read it back.
        security::kit_read_back(w)
    })?;
    anchor::mark(records)
}

/// The number of the last commit.
pub(in super::super) fn sequence(r: &Reader) -> Result<i64> {
    Ok(anchor::mark(r.conn())?.sequence)
}
