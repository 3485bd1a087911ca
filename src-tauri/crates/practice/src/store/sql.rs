//! How the types of the record are written in SQL: ids as bytes, instants as milliseconds, closed sets as their words.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};
use uuid::Uuid;

use crate::id::{
    AddendumId, ApprovalId, ClientId, ContactId, EntryId, HomeworkId, ImportId, NoteId, RequestId, SeriesId, SessionId, VersionId,
};
use crate::time::{Date, Instant};

macro_rules! ids_in_sql {
    ($($name:ident),+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::column_result(value).map(Self)
            }
        }
    )+};
}

ids_in_sql!(AddendumId, ApprovalId, ClientId, ContactId, EntryId, HomeworkId, ImportId, NoteId, RequestId, SeriesId, SessionId, VersionId);

impl ToSql for Instant {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(Value::Integer(self.0)))
    }
}

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let at = Self(value.as_i64()?);
        if at.is_in_the_calendar() { Ok(at) } else { Err(FromSqlError::OutOfRange(at.0)) }
    }
}

/// A member of a closed set, written as the word it has on the wire: `Word(HomeworkState::InProgress)` is `'in_progress'`.
pub(crate) struct Word<T>(pub(crate) T);

impl<T: Serialize> ToSql for Word<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match serde_json::to_value(&self.0) {
            Ok(serde_json::Value::String(word)) => Ok(ToSqlOutput::Owned(Value::Text(word))),
            _ => Err(rusqlite::Error::ToSqlConversionFailure("not a word".into())),
        }
    }
}

impl<T: DeserializeOwned> FromSql for Word<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word: StrDeserializer<'_, serde::de::value::Error> = value.as_str()?.into_deserializer();
        T::deserialize(word).map(Word).map_err(|_| FromSqlError::InvalidType)
    }
}

/// A value kept as JSON text.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
        Ok(ToSqlOutput::Owned(Value::Text(text)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|_| FromSqlError::InvalidType)
    }
}

/// Gives the connection `local_date(instant, zone)`: the date there and then. SQLite knows no zones, and lists are ordered by
/// dates that follow from instants. `NULL` where either is; for statements only, never for the schema.
pub(super) fn add_functions(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    conn.create_scalar_function("local_date", 2, flags, |given| -> rusqlite::Result<Option<Date>> {
        let (Some(at), Some(zone)) = (given.get::<Option<Instant>>(0)?, given.get::<Option<String>>(1)?) else { return Ok(None) };
        let zone = crate::time::zone(&zone).map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
        Ok(Some(at.in_zone(zone).date()))
    })
}
