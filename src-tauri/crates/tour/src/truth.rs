//! What the records say, asked in SQL of our own: the second, independent way to every fact the window shows.
//!
//! The rules of the domain are written here a second time on purpose. Where both ways agree, neither is a slip.
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params, params};
use std::rc::Rc;
use uuid::Uuid;

/// Sessions of a client that are completed at `:now`.
const COMPLETED: &str = "
    FROM session_participants p JOIN sessions s ON s.id = p.session_id
    WHERE p.client_id = :client AND s.starts_at <= :now AND s.attendance = 'attended'
      AND EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved')";

/// The records, and the therapist's zone.
pub struct Truth {
    records: Box<dyn Fn() -> Result<Rc<Connection>>>,
    zone: Tz,
}

/// A client, by the parts of the name that the window shows.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: Uuid,
    pub last: String,
    pub first: String,
    family_first: bool,
}

impl Client {
    fn read(row: &Row) -> rusqlite::Result<Client> {
        let order: String = row.get("name_order")?;
        Ok(Client { id: row.get("id")?, last: row.get("last_name")?, first: row.get("first_name")?, family_first: order == "family_first" })
    }

    /// The whole name, in the client's own order.
    pub fn name(&self) -> String {
        match (self.first.is_empty(), self.family_first) {
            (true, _) => self.last.clone(),
            (false, true) => format!("{} {}", self.last, self.first),
            (false, false) => format!("{} {}", self.first, self.last),
        }
    }

    /// As the list has it: last name first.
    pub fn listed(&self) -> String {
        if self.first.is_empty() { self.last.clone() } else { format!("{}, {}", self.last, self.first) }
    }
}

/// The facts of the band.
#[derive(Debug)]
pub struct Facts {
    pub started: Option<NaiveDate>,
    pub last_completed: Option<DateTime<Tz>>,
    pub completed: u32,
    pub next: Option<Booked>,
    /// `overdue`, a state of the records, or `none`.
    pub homework: String,
    pub homework_text: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// `given`, `declined`, `withdrawn` or `not_recorded`.
    pub consent: String,
}

/// A session, by what the tour needs of it.
#[derive(Clone, Debug)]
pub struct Booked {
    pub session: Uuid,
    pub starts: DateTime<Tz>,
    pub minutes: i64,
    /// `client` or `therapist`.
    pub by: String,
}

/// A session whose note waits for approval.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub note: Uuid,
    pub session: Uuid,
    pub client: Client,
    pub starts: DateTime<Tz>,
}

/// Past sessions, counted.
#[derive(Debug, PartialEq, Eq)]
pub struct Past {
    pub all: u32,
    pub completed: u32,
    pub awaiting: u32,
    pub cancelled: u32,
    pub no_show: u32,
}

/// An emergency contact.
#[derive(Debug)]
pub struct Emergency {
    pub name: String,
    pub relationship: String,
    pub phones: Vec<String>,
}

/// A sentence of the summary, and the notes it comes from, with the starts of their sessions.
#[derive(Debug)]
pub struct Sentence {
    pub text: String,
    pub sources: Vec<(Uuid, DateTime<Tz>)>,
}

impl Truth {
    /// Takes the zone from the records.
    pub fn new(records: impl Fn() -> Result<Rc<Connection>> + 'static) -> Result<Truth> {
        let zone: String = records()?.query_row("SELECT zone FROM practice", [], |row| row.get(0))?;
        let zone = zone.parse().map_err(|_| anyhow::anyhow!("the practice is in no known zone"))?;
        Ok(Truth { records: Box::new(records), zone })
    }

    /// Now, where the therapist is.
    pub fn now(&self) -> DateTime<Tz> {
        Utc::now().with_timezone(&self.zone)
    }

    fn at(&self, milliseconds: i64) -> Result<DateTime<Tz>> {
        let instant = DateTime::from_timestamp_millis(milliseconds).context("an instant out of range")?;
        Ok(instant.with_timezone(&self.zone))
    }

    fn all<T>(&self, sql: &str, params: impl Params, read: impl FnMut(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let records = (self.records)()?;
        let mut statement = records.prepare(sql)?;
        let rows = statement.query_map(params, read)?.collect::<rusqlite::Result<Vec<T>>>()?;
        Ok(rows)
    }

    /// Clients in therapy or about to be, in the order of the list.
    pub fn active(&self) -> Result<Vec<Client>> {
        let sql = "SELECT id, last_name, first_name, name_order FROM clients
                   WHERE status IN ('prospective', 'waiting', 'active') ORDER BY sort_key, id";
        self.all(sql, [], Client::read)
    }

    /// The facts of the band, now.
    pub fn facts(&self, client: Uuid) -> Result<Facts> {
        let now = self.now().timestamp_millis();
        let within = named_params! { ":client": client, ":now": now };
        let completed = format!("SELECT min(s.starts_at), max(s.starts_at), count(*) {COMPLETED}");
        let (first, last, count): (Option<i64>, Option<i64>, u32) =
            (self.records)()?.query_row(&completed, within, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let entered: Option<String> =
            (self.records)()?.query_row("SELECT started FROM clients WHERE id = ?1", [client], |row| row.get(0))?;
        let started = match (entered, first) {
            (Some(day), _) => Some(day.parse()?),
            (None, Some(first)) => Some(self.at(first)?.date_naive()),
            (None, None) => None,
        };
        let (homework, homework_text) = self.homework(client)?;
        Ok(Facts {
            started,
            last_completed: last.map(|at| self.at(at)).transpose()?,
            completed: count,
            next: self.next(client)?,
            homework,
            homework_text,
            email: self.reach(client, "email")?,
            phone: self.reach(client, "phone")?,
            consent: self.consent(client)?,
        })
    }

    /// The next booked session.
    pub fn next(&self, client: Uuid) -> Result<Option<Booked>> {
        let sql = "SELECT s.id, s.starts_at, s.minutes, s.booked_by
                   FROM session_participants p JOIN sessions s ON s.id = p.session_id
                   WHERE p.client_id = ?1 AND s.starts_at > ?2 AND s.attendance = 'unknown' ORDER BY s.starts_at LIMIT 1";
        let now = self.now().timestamp_millis();
        let read = |row: &Row| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get(2)?, row.get(3)?));
        let Some((session, starts, minutes, by)) = (self.records)()?.query_row(sql, params![client, now], read).optional()? else {
            return Ok(None);
        };
        Ok(Some(Booked { session, starts: self.at(starts)?, minutes, by }))
    }

    /// The worst homework: overdue before open, by their date, before what ended, the latest first.
    fn homework(&self, client: Uuid) -> Result<(String, Option<String>)> {
        let sql = "WITH piece AS (
                     SELECT h.*, CASE WHEN h.state NOT IN ('assigned', 'in_progress') THEN 2 WHEN h.due_on < :today THEN 0 ELSE 1 END AS rank
                     FROM homework h WHERE h.client_id = :client AND h.state <> 'cancelled')
                   SELECT CASE rank WHEN 0 THEN 'overdue' ELSE state END, text FROM piece
                   ORDER BY rank, CASE WHEN rank < 2 THEN coalesce(due_on, '9999-12-31') END, CASE WHEN rank = 2 THEN state_on END DESC,
                            changed_at DESC, id DESC";
        let today = self.now().date_naive().to_string();
        let found =
            (self.records)()?.query_row(sql, named_params! { ":client": client, ":today": today }, |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?.map_or_else(|| ("none".to_owned(), None), |(state, text): (String, String)| (state, Some(text))))
    }

    fn reach(&self, client: Uuid, system: &str) -> Result<Option<String>> {
        let sql = "SELECT value FROM contact_points WHERE client_id = ?1 AND system = ?2 ORDER BY position LIMIT 1";
        Ok((self.records)()?.query_row(sql, params![client, system], |row| row.get(0)).optional()?)
    }

    /// The latest decision on automatic note-taking.
    pub fn consent(&self, client: Uuid) -> Result<String> {
        let sql = "SELECT decision FROM consents WHERE client_id = ?1 AND purpose = 'automatic_note_taking' ORDER BY seq DESC LIMIT 1";
        let found: Option<String> = (self.records)()?.query_row(sql, [client], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or_else(|| "not_recorded".into()))
    }

    /// The state of a session, derived.
    pub fn session_state(&self, session: Uuid) -> Result<&'static str> {
        let sql = "SELECT s.attendance, s.starts_at, s.starts_at + s.minutes * 60000,
                          EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved')
                   FROM sessions s WHERE s.id = ?1";
        let read = |row: &Row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, bool>(3)?));
        let (attendance, starts, ends, approved) = (self.records)()?.query_row(sql, [session], read)?;
        let now = self.now().timestamp_millis();
        Ok(match attendance.as_str() {
            "no_show" => "no_show",
            cancelled if cancelled.starts_with("cancelled") => "cancelled",
            "attended" if approved && starts <= now => "completed",
            _ if starts > now => "upcoming",
            _ if ends > now => "in_progress",
            _ => "awaiting_approval",
        })
    }

    /// Drafts of past sessions with something in them, newest session first.
    pub fn waiting(&self) -> Result<Vec<Waiting>> {
        let sql = "SELECT n.id AS note, s.id AS session, s.starts_at, c.id, c.last_name, c.first_name, c.name_order
                   FROM notes n JOIN sessions s ON s.id = n.session_id
                   JOIN session_participants p ON p.session_id = s.id AND p.position = 0 JOIN clients c ON c.id = p.client_id
                   WHERE n.kind = 'session' AND n.state = 'draft' AND s.attendance IN ('unknown', 'attended')
                     AND s.starts_at + s.minutes * 60000 < ?1
                     AND (EXISTS (SELECT 1 FROM note_drafts d, json_each(d.body) part
                                  WHERE d.note_id = n.id AND trim(json_extract(part.value, '$.text')) <> '')
                       OR EXISTS (SELECT 1 FROM note_versions v, json_each(v.body) part
                                  WHERE v.note_id = n.id AND trim(json_extract(part.value, '$.text')) <> ''))
                   ORDER BY s.starts_at DESC";
        let now = self.now().timestamp_millis();
        let read = |row: &Row| Ok((row.get("note")?, row.get("session")?, row.get::<_, i64>("starts_at")?, Client::read(row)?));
        let rows = self.all(sql, [now], read)?;
        rows.into_iter().map(|(note, session, starts, client)| Ok(Waiting { note, session, client, starts: self.at(starts)? })).collect()
    }

    /// Past sessions of a client, counted by what they are now.
    pub fn past(&self, client: Uuid) -> Result<Past> {
        let sql = "SELECT s.id FROM session_participants p JOIN sessions s ON s.id = p.session_id
                   WHERE p.client_id = ?1 AND s.starts_at <= ?2";
        let sessions: Vec<Uuid> = self.all(sql, params![client, self.now().timestamp_millis()], |row| row.get(0))?;
        let states = sessions.iter().map(|id| self.session_state(*id)).collect::<Result<Vec<_>>>()?;
        let count = |state: &str| states.iter().filter(|known| **known == state).count() as u32;
        Ok(Past {
            all: states.len() as u32,
            completed: count("completed"),
            awaiting: count("awaiting_approval"),
            cancelled: count("cancelled"),
            no_show: count("no_show"),
        })
    }

    /// Emergency contacts, in order.
    pub fn emergency(&self, client: Uuid) -> Result<Vec<Emergency>> {
        let sql =
            "SELECT id, name, relationship FROM contacts WHERE client_id = ?1 AND emergency = 1 AND removed_at IS NULL ORDER BY position";
        let people: Vec<(Uuid, String, String)> = self.all(sql, [client], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let phones = "SELECT value FROM contact_points WHERE contact_id = ?1 AND system = 'phone' ORDER BY position";
        let read = |(id, name, relationship): (Uuid, String, String)| {
            Ok(Emergency { name, relationship, phones: self.all(phones, [id], |row| row.get(0))? })
        };
        people.into_iter().map(read).collect()
    }

    /// The sentences of the summary, in their groups.
    pub fn summary(&self, client: Uuid) -> Result<Vec<Sentence>> {
        let sql = "SELECT id, text FROM summary_entries WHERE client_id = ?1 AND dropped_at IS NULL ORDER BY grouping, position";
        let entries: Vec<(Uuid, String)> = self.all(sql, [client], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sources = "SELECT n.id, s.starts_at FROM summary_sources q JOIN note_versions v ON v.id = q.version_id
                       JOIN notes n ON n.id = v.note_id JOIN sessions s ON s.id = n.session_id WHERE q.entry_id = ?1 ORDER BY q.position";
        let read = |(id, text): (Uuid, String)| {
            let notes: Vec<(Uuid, i64)> = self.all(sources, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(Sentence { text, sources: notes.into_iter().map(|(note, at)| Ok((note, self.at(at)?))).collect::<Result<_>>()? })
        };
        entries.into_iter().map(read).collect()
    }

    /// Who booked the session of a client that begins then.
    pub fn booked_by(&self, client: Uuid, starts: &DateTime<Tz>) -> Result<Option<String>> {
        let sql = "SELECT s.booked_by FROM session_participants p JOIN sessions s ON s.id = p.session_id
                   WHERE p.client_id = ?1 AND s.starts_at = ?2";
        Ok((self.records)()?.query_row(sql, params![client, starts.timestamp_millis()], |row| row.get(0)).optional()?)
    }

    /// How many sessions not cancelled a client has ahead.
    pub fn ahead(&self, client: Uuid) -> Result<u32> {
        let sql = "SELECT count(*) FROM session_participants p JOIN sessions s ON s.id = p.session_id
                   WHERE p.client_id = ?1 AND s.starts_at > ?2 AND s.attendance = 'unknown'";
        Ok((self.records)()?.query_row(sql, params![client, self.now().timestamp_millis()], |row| row.get(0))?)
    }

    /// Sessions not cancelled that have begun neither to end nor are over, soonest first, with their primary client.
    pub fn coming(&self) -> Result<Vec<(Booked, Client)>> {
        let sql = "SELECT s.id AS session, s.starts_at, s.minutes, s.booked_by, c.id, c.last_name, c.first_name, c.name_order
                   FROM sessions s JOIN session_participants p ON p.session_id = s.id AND p.position = 0 JOIN clients c ON c.id = p.client_id
                   WHERE s.starts_at + s.minutes * 60000 > ?1 AND s.attendance IN ('unknown', 'attended') ORDER BY s.starts_at LIMIT 50";
        let read = |row: &Row| {
            let session = (row.get("session")?, row.get::<_, i64>("starts_at")?, row.get("minutes")?, row.get("booked_by")?);
            Ok((session, Client::read(row)?))
        };
        let rows = self.all(sql, [self.now().timestamp_millis()], read)?;
        let whole = |((session, starts, minutes, by), client)| Ok((Booked { session, starts: self.at(starts)?, minutes, by }, client));
        rows.into_iter().map(whole).collect()
    }

    /// The newest approved session note of a client.
    pub fn approved_note(&self, client: Uuid) -> Result<Option<Uuid>> {
        let sql = "SELECT n.id FROM notes n JOIN sessions s ON s.id = n.session_id JOIN session_participants p ON p.session_id = s.id
                   WHERE p.client_id = ?1 AND n.kind = 'session' AND n.state = 'approved' ORDER BY s.starts_at DESC LIMIT 1";
        Ok((self.records)()?.query_row(sql, [client], |row| row.get(0)).optional()?)
    }

    /// Whose an approved note is.
    pub fn client_of_approved(&self, note: Uuid) -> Result<Option<Client>> {
        let sql = "SELECT c.id, c.last_name, c.first_name, c.name_order
                   FROM notes n JOIN session_participants p ON p.session_id = n.session_id AND p.position = 0 JOIN clients c ON c.id = p.client_id
                   WHERE n.id = ?1 AND n.state = 'approved'";
        Ok((self.records)()?.query_row(sql, [note], Client::read).optional()?)
    }

    /// The text of a draft as it is saved.
    pub fn draft(&self, note: Uuid) -> Result<String> {
        let sql = "SELECT body FROM note_drafts WHERE note_id = ?1";
        let body: Option<String> = (self.records)()?.query_row(sql, [note], |row| row.get(0)).optional()?;
        Ok(body.unwrap_or_default())
    }

    /// How many entries the trail has of that act and client.
    pub fn trail(&self, act: &str, client: Uuid) -> Result<u32> {
        let sql = "SELECT count(*) FROM audit_events WHERE act = ?1 AND client_id = ?2";
        Ok((self.records)()?.query_row(sql, params![act, client], |row| row.get(0))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use practice::store::open_in_memory;
    use practice::vault::DatabaseKey;

    #[test]
    fn every_question_can_be_asked_of_the_newest_schema() -> Result<()> {
        let records = open_in_memory(&DatabaseKey::generate().map_err(|barred| anyhow::anyhow!("{barred:?}"))?)?;
        records.execute(
            "INSERT INTO practice (only, therapist_name, zone, working_hours, appearance) VALUES (1, 'Ada Lindqvist', 'Europe/London', '[]', '{}')",
            [],
        )?;
        let client = Uuid::from_u128(1);
        records.execute(
            "INSERT INTO clients (id, last_name, status, sort_key, search_key, created_at, changed_at) VALUES (?1, 'Suparman', 'active', 's', 's', 0, 0)",
            [client],
        )?;
        let records = Rc::new(records);
        let truth = Truth::new(move || Ok(records.clone()))?;
        let suparman = truth.active()?.remove(0);
        assert_eq!((suparman.name(), suparman.listed()), ("Suparman".into(), "Suparman".into()));
        let facts = truth.facts(client)?;
        assert_eq!((facts.homework.as_str(), facts.consent.as_str(), facts.completed), ("none", "not_recorded", 0));
        assert_eq!(truth.past(client)?, Past { all: 0, completed: 0, awaiting: 0, cancelled: 0, no_show: 0 });
        assert!(truth.waiting()?.is_empty() && truth.coming()?.is_empty() && truth.summary(client)?.is_empty());
        assert!(truth.emergency(client)?.is_empty() && truth.approved_note(client)?.is_none());
        assert_eq!((truth.ahead(client)?, truth.trail("client_read", client)?), (0, 0));
        assert!(truth.draft(client)?.is_empty() && truth.session_state(client).is_err());
        Ok(())
    }
}
