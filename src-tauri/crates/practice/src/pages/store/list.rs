//! The client list, from the rows that the schema keeps of each client: a page in one statement that reads little more than it shows.
//!
//! A row holds for a while. `listed` gives it as it stands, or, where the moment asked about lies outside of that while, what it would
//! say then, looked up client by client: few are so, because every write settles them. The counts are those of the current clients,
//! who are few, and the counters of the ended ones, put right by what changed for those that `moved`.
//!
//! Every piece of memory that SQLCipher takes is wiped when it is given back, so what costs is how often SQLite takes some: what is sorted is cut
//! without window functions, which copy every row they pass.

use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{Row, Rows, Statement, ToSql};

use crate::clients::Name;
use crate::consents::ConsentState;
use crate::error::Result;
use crate::homework::{HomeworkState, days_over};
use crate::id::ClientId;
use crate::pages::list::{ClientCounts, ClientFilter, ClientPage, ClientQuery, ClientRow, ClientSort, Place, ToldApartBy};
use crate::store::Reader;
use crate::store::sql::{Json, Word};
use crate::time::Date;
use crate::words::fold;

/// Rows of one page at most.
const MOST: u32 = 200;
/// Columns shown of a client.
const SHOWN: usize = 19;

/// A column as it stands, or what the client's sessions make of it where it stands for another time.
macro_rules! timely {
    ($stands:literal, $would:expr) => {
        concat!(
            "CASE WHEN l.true_from > :now OR l.true_until <= :now
                  THEN (SELECT ",
            $would,
            " LIMIT 1)
                  ELSE l.",
            $stands,
            " END"
        )
    };
}

macro_rules! first_completed {
    ($stands:literal, $column:literal) => {
        timely!(
            $stands,
            concat!(
                $column,
                " FROM client_sessions s
          WHERE s.client_id = l.client_id AND s.completed = 1 AND s.starts_at <= :now ORDER BY s.starts_at, s.session_id"
            )
        )
    };
}

macro_rules! next_booked {
    ($stands:literal, $column:literal) => {
        timely!(
            $stands,
            concat!(
                $column,
                " FROM client_sessions s
          WHERE s.client_id = l.client_id AND s.starts_at > :now AND s.cancelled = 0 ORDER BY s.starts_at, s.session_id"
            )
        )
    };
}

/// Every client with what the columns show at :now and :today, and what the counters hold of them.
macro_rules! listed {
    () => {
        concat!(
            "listed AS NOT MATERIALIZED (
               SELECT l.client_id AS id, l.current, l.sort_key, l.last_name, l.first_name, l.name_order, l.initials, l.born,
                      l.file_number, l.alike,
                      coalesce(l.started, local_date(",
            first_completed!("first_completed", "s.starts_at"),
            ", ",
            first_completed!("first_zone", "s.zone"),
            ")) AS started,
                      l.started IS NULL AND ",
            first_completed!("first_completed", "s.starts_at"),
            " IS NOT NULL AS started_derived, ",
            timely!(
                "last_completed",
                "s.starts_at FROM client_sessions s
                        WHERE s.client_id = l.client_id AND s.completed = 1 AND s.starts_at <= :now ORDER BY s.starts_at DESC"
            ),
            " AS last_completed, ",
            timely!(
                "awaiting",
                "count(*) FROM client_sessions s
                        WHERE s.client_id = l.client_id AND s.awaits = 1 AND s.ends_at <= :now"
            ),
            " AS awaiting, ",
            next_booked!("next_booked", "s.starts_at"),
            " AS next_booked, ",
            next_booked!("next_zone", "s.zone"),
            " AS next_zone, ",
            next_booked!("next_booked_by", "s.booked_by"),
            " AS next_booked_by,
                      l.homework, l.homework_due_on,
                      CASE WHEN l.homework IN ('assigned', 'in_progress') THEN CASE WHEN l.homework_due_on < :today THEN 0 ELSE 1 END
                           WHEN l.homework = 'cancelled' THEN 3
                           WHEN l.homework IS NOT NULL THEN 2 END AS homework_standing,
                      l.consent, l.awaiting > 0 AS counted_awaiting, l.due_passed IS NOT NULL AS counted_overdue
                 FROM client_list l) "
        )
    };
}

/// What is shown of a client, in the order in which `row` reads it: to look for each column by its name takes longer than to read it.
macro_rules! shown {
    () => {
        "p.id, p.last_name, p.first_name, p.name_order, p.initials, p.alike, p.file_number, p.born, p.started, p.started_derived,
         p.last_completed, p.awaiting, p.next_booked, p.next_zone, p.next_booked_by, p.homework, p.homework_due_on, p.homework_standing,
         p.consent"
    };
}

/// The counts, in one row: k, t and e. Where time went back nobody knows who moved, and every ended client is looked at.
macro_rules! with_counts {
    ($with:expr, $total:literal, $from:expr) => {
        concat!(
            "WITH ",
            listed!(),
            ", moved (id) AS (
               SELECT m.client_id FROM client_list_whole w CROSS JOIN client_list m
                WHERE w.only = 1 AND w.at <= :now AND w.today <= :today AND w.ended_changing > 0 AND m.changes_at <= :now AND m.changes_at < 253402300800000
               UNION ALL
               SELECT m.client_id FROM client_list_whole w CROSS JOIN client_list m
                WHERE w.only = 1 AND (w.at > :now OR w.today > :today) AND m.current = 0) ",
            $with,
            "SELECT ",
            shown!(),
            ", t.active, t.needs_note + k.ended_awaiting + e.needs_note, t.no_next_session,
                    t.homework_overdue + k.ended_overdue + e.homework_overdue, t.consent_not_recorded, k.ended, ",
            $total,
            " FROM client_list_whole k
              CROSS JOIN (SELECT count(*) AS active,
                                 count(*) FILTER (WHERE awaiting > 0) AS needs_note,
                                 count(*) FILTER (WHERE next_booked IS NULL) AS no_next_session,
                                 count(*) FILTER (WHERE homework_standing = 0) AS homework_overdue,
                                 count(*) FILTER (WHERE consent IS NULL) AS consent_not_recorded
                            FROM listed WHERE current = 1) t
              CROSS JOIN (SELECT ifnull(sum((n.awaiting > 0) - n.counted_awaiting), 0) AS needs_note,
                                 ifnull(sum((n.homework_standing IS 0) - n.counted_overdue), 0) AS homework_overdue
                            FROM moved m CROSS JOIN listed n ON n.id = m.id WHERE n.current = 0) e
               LEFT JOIN ",
            $from
        )
    };
}

/// The first or the last of the two lists that lie in the order of names: as many rows are read as are shown.
macro_rules! by_name {
    ($which:literal) => {
        with_counts!(
            "",
            "NULL",
            concat!(
                "(SELECT id, sort_key, last_name, first_name, name_order, initials, born, file_number, alike, started, started_derived,
                     last_completed, awaiting, next_booked, next_zone, next_booked_by, homework, homework_due_on, homework_standing,
                     consent
                FROM listed WHERE ",
                $which,
                " ORDER BY sort_key, id LIMIT :limit OFFSET :offset) p ON true
              WHERE k.only = 1 ORDER BY p.sort_key, p.id"
            )
        )
    };
}

/// Those asked for, each with the key they are ordered by.
macro_rules! found {
    ($from:literal) => {
        concat!(
            "found AS NOT MATERIALIZED (
               SELECT l.id, l.sort_key,
                      CASE :sort
                        WHEN 'name' THEN l.sort_key
                        WHEN 'started' THEN l.started
                        WHEN 'last_completed' THEN l.last_completed
                        WHEN 'next_booked' THEN l.next_booked
                        WHEN 'homework' THEN l.homework_standing
                        WHEN 'consent' THEN CASE l.consent WHEN 'given' THEN 0 WHEN 'declined' THEN 1 WHEN 'withdrawn' THEN 2 END
                      END AS key
                 FROM ",
            $from,
            "
                WHERE CASE :filter
                        WHEN 'active' THEN l.current
                        WHEN 'needs_note' THEN l.awaiting > 0
                        WHEN 'no_next_session' THEN l.current AND l.next_booked IS NULL
                        WHEN 'homework_overdue' THEN l.homework_standing IS 0
                        WHEN 'consent_not_recorded' THEN l.current AND l.consent IS NULL
                        WHEN 'ended' THEN NOT l.current
                      END) "
        )
    };
}

/// Whose words hold what is looked for; :first is one of its words, :current which of the clients can be meant at all.
macro_rules! hits {
    ($kept:literal) => {
        concat!(
            "hits (hit, current, name) AS ",
            $kept,
            " (
           SELECT c.id, c.status NOT IN ('discharged', 'archived'), c.sort_key FROM clients c
            WHERE instr(c.search_key, :first) > 0
              AND (:others = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:others) w WHERE instr(c.search_key, ' ' || w.value) = 0))
              AND (:current IS NULL OR :current = (c.status NOT IN ('discharged', 'archived')))) "
        )
    };
}

/// A key that is empty comes last in either direction; where keys agree, names decide, and then ids.
macro_rules! in_order {
    ($name:literal, $id:literal) => {
        concat!("ORDER BY key IS NULL, CASE WHEN NOT :descending THEN key END, CASE WHEN :descending THEN key END DESC, ", $name, ", ", $id)
    };
}

/// A page of those found.
macro_rules! sorted {
    ($with:expr, $total:literal) => {
        with_counts!(
            concat!(", ", $with),
            $total,
            concat!(
                "(SELECT id AS found_id, key FROM found ",
                in_order!("sort_key", "id"),
                " LIMIT :limit OFFSET :offset) ON true
               LEFT JOIN listed p ON p.id = found_id
              WHERE k.only = 1 ",
                in_order!("p.sort_key", "p.id")
            )
        )
    };
}

/// Where one of the two lists in the order of names holds a client, and who stands beside.
macro_rules! place_by_name {
    ($which:literal, $total:literal) => {
        concat!(
            "SELECT ",
            $total,
            " AS total,
                    CASE WHEN i.client_id IS NOT NULL THEN 1 + (SELECT count(*) FROM client_list
                      WHERE ",
            $which,
            " AND (sort_key, client_id) < (i.sort_key, i.client_id)) END AS nth,
                    (SELECT client_id FROM client_list WHERE ",
            $which,
            " AND (sort_key, client_id) < (i.sort_key, i.client_id)
                      ORDER BY sort_key DESC, client_id DESC LIMIT 1) AS previous,
                    (SELECT client_id FROM client_list WHERE ",
            $which,
            " AND (sort_key, client_id) > (i.sort_key, i.client_id)
                      ORDER BY sort_key, client_id LIMIT 1) AS next
               FROM client_list_whole k
               LEFT JOIN client_list i ON i.client_id = :id AND i.",
            $which,
            "
              WHERE k.only = 1"
        )
    };
}

macro_rules! place_among {
    ($with:expr) => {
        concat!(
            "WITH ",
            listed!(),
            ", ",
            $with,
            "SELECT t.total, f.nth, f.previous, f.next
               FROM (SELECT count(*) AS total FROM found) t
               LEFT JOIN (SELECT id, row_number() OVER sorted AS nth, lag(id) OVER sorted AS previous, lead(id) OVER sorted AS next
                            FROM found WINDOW sorted AS (",
            in_order!("sort_key", "id"),
            ")) f ON f.id = :id"
        )
    };
}

/// The first with those words, the current ones before the ended.
const NAMED: &str = concat!(
    "WITH ",
    listed!(),
    ", ",
    hits!("NOT MATERIALIZED"),
    "SELECT ",
    shown!(),
    ", h.current
       FROM (SELECT hit, current, name FROM hits ORDER BY current DESC, name, hit LIMIT :limit) h
       JOIN listed p ON p.id = h.hit
      ORDER BY h.current DESC, h.name, h.hit"
);

/// What is asked, in the way that reads the least: two lists lie in order, else those with the words are found, else all are looked at.
struct Asked<'q> {
    query: &'q ClientQuery,
    /// With its space before it, as words stand in the search key; the longest, which the fewest have.
    first: Option<String>,
    others: Vec<String>,
}

impl<'q> Asked<'q> {
    /// Letters and digits only, so nothing in them has a meaning of its own.
    fn of(query: &'q ClientQuery) -> Self {
        let mut others: Vec<String> = fold(&query.find).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        others.sort_by_key(String::len);
        let first = others.pop().map(|word| format!(" {word}"));
        Self { query, first, others }
    }

    fn page(&self) -> &'static str {
        match (&self.first, self.query) {
            (Some(_), _) => sorted!(
                concat!(hits!("MATERIALIZED"), ", ", found!("hits h CROSS JOIN listed l ON l.id = h.hit")),
                "(SELECT count(*) FROM found)"
            ),
            (None, ClientQuery { filter: ClientFilter::Active, sort: ClientSort::Name, descending: false, .. }) => by_name!("current = 1"),
            (None, ClientQuery { filter: ClientFilter::Ended, sort: ClientSort::Name, descending: false, .. }) => by_name!("current = 0"),
            (None, _) => sorted!(found!("listed l"), "NULL"),
        }
    }

    fn place(&self) -> &'static str {
        match (&self.first, self.query) {
            (Some(_), _) => place_among!(concat!(hits!("MATERIALIZED"), ", ", found!("hits h CROSS JOIN listed l ON l.id = h.hit"))),
            (None, ClientQuery { filter: ClientFilter::Active, sort: ClientSort::Name, descending: false, .. }) => {
                place_by_name!("current = 1", "(SELECT count(*) FROM client_list WHERE current = 1)")
            }
            (None, ClientQuery { filter: ClientFilter::Ended, sort: ClientSort::Name, descending: false, .. }) => {
                place_by_name!("current = 0", "k.ended")
            }
            (None, _) => place_among!(found!("listed l")),
        }
    }

    /// Binds what the statement names.
    fn bind(&self, r: &Reader, statement: &mut Statement, id: Option<ClientId>) -> rusqlite::Result<()> {
        let current = match self.query.filter {
            ClientFilter::Active | ClientFilter::NoNextSession | ClientFilter::ConsentNotRecorded => Some(true),
            ClientFilter::Ended => Some(false),
            ClientFilter::NeedsNote | ClientFilter::HomeworkOverdue => None,
        };
        let named: [(&str, &dyn ToSql); 11] = [
            (":now", &r.moment.at),
            (":today", &r.moment.today()),
            (":filter", &Word(self.query.filter)),
            (":sort", &Word(self.query.sort)),
            (":descending", &self.query.descending),
            (":first", &self.first),
            (":others", &Json(&self.others)),
            (":current", &current),
            (":limit", &self.query.limit.min(MOST)),
            (":offset", &self.query.offset),
            (":id", &id),
        ];
        for (name, value) in named {
            if let Some(place) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(place, value)?;
            }
        }
        Ok(())
    }
}

/// The statement that a page is.
#[cfg(test)]
pub(in crate::pages) fn statement(query: &ClientQuery) -> &'static str {
    Asked::of(query).page()
}

/// How many steps SQLite takes for a page, and for the place of a client in it.
#[cfg(test)]
pub(in crate::pages) fn steps(r: &Reader, query: &ClientQuery, id: ClientId) -> rusqlite::Result<[i32; 2]> {
    let asked = Asked::of(query);
    let count = |sql| -> rusqlite::Result<i32> {
        let mut statement = r.conn().prepare(sql)?;
        asked.bind(r, &mut statement, Some(id))?;
        let mut answers = statement.raw_query();
        while answers.next()?.is_some() {}
        drop(answers);
        Ok(statement.get_status(rusqlite::StatementStatus::VmStep))
    };
    Ok([count(asked.page())?, count(asked.place())?])
}

pub(in crate::pages) fn page(r: &Reader, query: &ClientQuery) -> Result<ClientPage> {
    let asked = Asked::of(query);
    let mut statement = r.conn().prepare_cached(asked.page())?;
    asked.bind(r, &mut statement, None)?;
    filled(r, query, statement.raw_query())
}

/// The page that these answers are: each what is shown of a client, the counts, and how many there are.
pub(in crate::pages) fn filled(r: &Reader, query: &ClientQuery, mut answers: Rows) -> Result<ClientPage> {
    let mut page = ClientPage { rows: Vec::new(), total: 0, counts: ClientCounts::default() };
    // There is always a first answer, which holds the counts, even where it holds no client.
    while let Some(answer) = answers.next()? {
        if page.rows.is_empty() {
            let mut columns = Columns { answer, next: SHOWN };
            page.counts = counts(&mut columns)?;
            page.total = columns.next::<Option<u32>>()?.unwrap_or(page.counts.of(query.filter));
        }
        if answer.get_ref(0)? != ValueRef::Null {
            page.rows.push(row(r, answer)?);
        }
    }
    Ok(page)
}

/// The first clients with those words, the current ones before the ended, and whether they are current.
pub(in crate::pages) fn named(r: &Reader, find: &str, limit: u32) -> Result<Vec<(ClientRow, bool)>> {
    // A filter that leaves open which clients can be meant.
    let query =
        ClientQuery { filter: ClientFilter::NeedsNote, sort: ClientSort::Name, descending: false, find: find.to_owned(), offset: 0, limit };
    let mut statement = r.conn().prepare_cached(NAMED)?;
    Asked::of(&query).bind(r, &mut statement, None)?;
    let mut answers = statement.raw_query();
    let mut named = Vec::new();
    while let Some(answer) = answers.next()? {
        named.push((row(r, answer)?, answer.get(SHOWN)?));
    }
    Ok(named)
}

pub(in crate::pages) fn place(r: &Reader, id: ClientId, query: &ClientQuery) -> Result<Place> {
    let asked = Asked::of(query);
    let mut statement = r.conn().prepare_cached(asked.place())?;
    asked.bind(r, &mut statement, Some(id))?;
    let mut answers = statement.raw_query();
    let Some(answer) = answers.next()? else { return Ok(Place { position: None, total: 0, previous: None, next: None }) };
    Ok(Place { position: answer.get("nth")?, total: answer.get("total")?, previous: answer.get("previous")?, next: answer.get("next")? })
}

/// Columns one after the other.
struct Columns<'a, 's> {
    answer: &'a Row<'s>,
    next: usize,
}

impl Columns<'_, '_> {
    fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.answer.get(self.next - 1)
    }
}

fn counts(columns: &mut Columns) -> rusqlite::Result<ClientCounts> {
    Ok(ClientCounts {
        active: columns.next()?,
        needs_note: columns.next()?,
        no_next_session: columns.next()?,
        homework_overdue: columns.next()?,
        consent_not_recorded: columns.next()?,
        ended: columns.next()?,
    })
}

fn row(r: &Reader, answer: &Row) -> rusqlite::Result<ClientRow> {
    let mut columns = Columns { answer, next: 0 };
    let id = columns.next()?;
    let (last, first): (String, String) = (columns.next()?, columns.next()?);
    let Word(order) = columns.next()?;
    let initials: String = columns.next()?;
    let name = Name::new(r.veil, &last, &first, order, &initials);
    let told_apart_by = told_apart_by(r, columns.next()?, columns.next()?, columns.next()?);
    let (started, started_derived, last_completed) = (columns.next()?, columns.next()?, columns.next()?);
    let awaiting: u32 = columns.next()?;
    let next_booked = columns.next()?;
    let next_zone = columns.next::<Option<String>>()?.filter(|zone| zone != r.moment.zone.name());
    let next_booked_by = columns.next::<Option<Word<_>>>()?.map(|by| by.0);
    let homework = columns.next::<Option<Word<_>>>()?.map(|state| state.0);
    let (due_on, standing): (Option<Date>, Option<u32>) = (columns.next()?, columns.next()?);
    let homework_overdue_days = due_on.filter(|_| standing == Some(0)).and_then(|due| days_over(due, r.moment.today()));
    let homework_due_on = due_on.filter(|_| homework == Some(HomeworkState::Assigned) && homework_overdue_days.is_none());
    let consent = columns.next::<Option<Word<ConsentState>>>()?.map_or(ConsentState::NotRecorded, |state| state.0);
    Ok(ClientRow {
        id,
        name: name.into(),
        told_apart_by,
        started,
        started_derived,
        last_completed,
        awaiting: (awaiting > 0).then_some(awaiting),
        next_booked,
        next_zone,
        next_booked_by,
        homework,
        homework_due_on,
        homework_overdue_days,
        consent,
    })
}

/// The file number, else the birth date; a birth date is not given out in discreet mode.
fn told_apart_by(r: &Reader, alike: bool, file_number: String, born: Option<Date>) -> Option<ToldApartBy> {
    if !alike {
        None
    } else if file_number.is_empty() {
        born.filter(|_| !r.veil.hides()).map(|born| ToldApartBy::Born { born })
    } else {
        Some(ToldApartBy::FileNumber { file_number })
    }
}
