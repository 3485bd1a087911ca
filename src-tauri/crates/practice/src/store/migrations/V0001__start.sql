-- Version 1: the whole record of a practice.
--
-- Conventions: ids are 16-byte UUIDv7; instants are integer milliseconds since 1970 UTC; dates are 'YYYY-MM-DD' text;
-- zones are IANA names; words of a closed set are checked here as well as in the core.

-- Which records these are: compared with vault.json when the file is opened.
CREATE TABLE vault (
  only       INTEGER PRIMARY KEY CHECK (only = 1),
  id         BLOB NOT NULL CHECK (length(id) = 16),
  canary     TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- The therapist and the practice; one row.
CREATE TABLE practice (
  only            INTEGER PRIMARY KEY CHECK (only = 1),
  therapist_name  TEXT NOT NULL CHECK (trim(therapist_name) <> ''),
  therapist_title TEXT NOT NULL DEFAULT '',
  practice_name   TEXT NOT NULL DEFAULT '',
  registration    TEXT NOT NULL DEFAULT '',
  address         TEXT NOT NULL DEFAULT '',
  zone            TEXT NOT NULL,
  session_minutes INTEGER NOT NULL DEFAULT 50 CHECK (session_minutes BETWEEN 5 AND 600),
  working_hours   TEXT NOT NULL CHECK (json_valid(working_hours)), -- [{weekday 0=Mon, from 'HH:MM', to 'HH:MM'}]
  usual_place     TEXT NOT NULL DEFAULT '',
  say_overlaps    INTEGER NOT NULL DEFAULT 1 CHECK (say_overlaps IN (0, 1)),
  undo_seconds    INTEGER NOT NULL DEFAULT 30 CHECK (undo_seconds BETWEEN 30 AND 120),
  is_sample       INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
  appearance      TEXT NOT NULL CHECK (json_valid(appearance))
) STRICT;

CREATE TABLE clients (
  id             BLOB PRIMARY KEY CHECK (length(id) = 16),
  last_name      TEXT NOT NULL CHECK (trim(last_name) <> ''), -- the only name of one-name people
  first_name     TEXT NOT NULL DEFAULT '',
  preferred_name TEXT NOT NULL DEFAULT '',
  name_order     TEXT NOT NULL DEFAULT 'given_first' CHECK (name_order IN ('given_first', 'family_first')),
  initials       TEXT NOT NULL DEFAULT '',                     -- the therapist's own, for discreet mode; '' = derived
  pronouns       TEXT NOT NULL DEFAULT '',
  born           TEXT CHECK (born IS date(born)),
  started        TEXT CHECK (started IS date(started)),
  status         TEXT NOT NULL CHECK (status IN ('prospective', 'waiting', 'active', 'discharged', 'archived')),
  file_number    TEXT NOT NULL DEFAULT '',
  zone           TEXT,
  address        TEXT NOT NULL DEFAULT '',
  remark         TEXT NOT NULL DEFAULT '',
  sort_key       TEXT NOT NULL,                                -- folded "last first", for order
  search_key     TEXT NOT NULL,                                -- folded names and file number, for type-to-find
  created_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX clients_by_name ON clients (sort_key, id);
CREATE INDEX clients_by_words ON clients (search_key, sort_key, status, id); -- holds all that finding reads

CREATE TABLE client_tags (
  client_id BLOB NOT NULL REFERENCES clients (id),
  tag       TEXT NOT NULL CHECK (trim(tag) <> ''),
  PRIMARY KEY (client_id, tag)
) STRICT, WITHOUT ROWID;

-- What was agreed with the client when identity or contact details changed. Never edited.
CREATE TABLE client_changes (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),
  client_id  BLOB NOT NULL REFERENCES clients (id),
  at         INTEGER NOT NULL,
  agreed_how TEXT NOT NULL CHECK (agreed_how IN ('in_session', 'phone', 'writing', 'correction')),
  agreed_on  TEXT NOT NULL CHECK (agreed_on IS date(agreed_on)),
  before     TEXT NOT NULL CHECK (json_valid(before)),
  after      TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX client_changes_by_client ON client_changes (client_id, at);

CREATE TABLE contacts (
  id            BLOB PRIMARY KEY CHECK (length(id) = 16),
  client_id     BLOB NOT NULL REFERENCES clients (id),
  name          TEXT NOT NULL CHECK (trim(name) <> ''),
  relationship  TEXT NOT NULL DEFAULT '',
  emergency     INTEGER NOT NULL CHECK (emergency IN (0, 1)),
  position      INTEGER NOT NULL CHECK (position >= 0),
  may_be_told   TEXT NOT NULL DEFAULT '',
  release_until TEXT CHECK (release_until IS date(release_until)),
  confirmed_on  TEXT CHECK (confirmed_on IS date(confirmed_on)),
  created_at    INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL,
  removed_at    INTEGER                                        -- kept, no longer shown
) STRICT;
CREATE INDEX contacts_by_client ON contacts (client_id, emergency, position);

-- Phones and emails, in order of choice, of a client or of a contact.
CREATE TABLE contact_points (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),
  client_id  BLOB REFERENCES clients (id),
  contact_id BLOB REFERENCES contacts (id),
  system     TEXT NOT NULL CHECK (system IN ('phone', 'email')),
  position   INTEGER NOT NULL CHECK (position >= 0),
  value      TEXT NOT NULL CHECK (trim(value) <> ''),
  remark     TEXT NOT NULL DEFAULT '',
  CHECK ((client_id IS NULL) <> (contact_id IS NULL))
) STRICT;
CREATE INDEX contact_points_by_client ON contact_points (client_id, system, position) WHERE client_id IS NOT NULL;
CREATE INDEX contact_points_by_contact ON contact_points (contact_id, system, position) WHERE contact_id IS NOT NULL;

-- A weekly series; its sessions are rows of their own.
CREATE TABLE series (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  zone        TEXT NOT NULL,
  weekday     INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  local_time  TEXT NOT NULL,
  minutes     INTEGER NOT NULL,
  every_weeks INTEGER NOT NULL DEFAULT 1 CHECK (every_weeks BETWEEN 1 AND 52),
  created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id             BLOB PRIMARY KEY CHECK (length(id) = 16),
  starts_at      INTEGER NOT NULL,
  zone           TEXT NOT NULL,
  minutes        INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 600),
  kind           TEXT NOT NULL CHECK (kind IN ('in_person', 'video', 'phone')),
  place          TEXT NOT NULL DEFAULT '',
  booked_by      TEXT NOT NULL CHECK (booked_by IN ('client', 'therapist')),
  booking_source TEXT NOT NULL DEFAULT '',
  booked_at      INTEGER NOT NULL,
  attendance     TEXT NOT NULL DEFAULT 'unknown' CHECK (attendance IN ('unknown', 'attended', 'no_show',
                   'cancelled_by_client', 'cancelled_late_by_client', 'cancelled_by_therapist')),
  told_at        INTEGER,                                      -- when the cancellation was told
  told_remark    TEXT NOT NULL DEFAULT '',                     -- how and why, or what was said of a no-show
  series_id      BLOB REFERENCES series (id),
  created_at     INTEGER NOT NULL,
  CHECK ((attendance LIKE 'cancelled%') = (told_at IS NOT NULL))
) STRICT;
CREATE INDEX sessions_by_start ON sessions (starts_at);
CREATE INDEX sessions_by_series ON sessions (series_id, starts_at) WHERE series_id IS NOT NULL;

CREATE TABLE session_participants (
  session_id BLOB NOT NULL REFERENCES sessions (id),
  client_id  BLOB NOT NULL REFERENCES clients (id),
  position   INTEGER NOT NULL CHECK (position >= 0),           -- 0 is the primary client
  PRIMARY KEY (session_id, position),
  UNIQUE (session_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_by_client ON session_participants (client_id, session_id);

-- Where a session stood before it was moved, and who asked. Never edited.
CREATE TABLE session_moves (
  id             BLOB PRIMARY KEY CHECK (length(id) = 16),
  session_id     BLOB NOT NULL REFERENCES sessions (id),
  at             INTEGER NOT NULL,
  from_starts_at INTEGER NOT NULL,
  from_minutes   INTEGER NOT NULL,
  to_starts_at   INTEGER NOT NULL,
  to_minutes     INTEGER NOT NULL,
  asked_by       TEXT NOT NULL CHECK (asked_by IN ('client', 'therapist')),
  asked_at       INTEGER NOT NULL,
  remark         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX session_moves_by_session ON session_moves (session_id, at);

CREATE TABLE plan_points (
  session_id BLOB NOT NULL REFERENCES sessions (id),
  position   INTEGER NOT NULL CHECK (position >= 0),
  text       TEXT NOT NULL CHECK (trim(text) <> ''),
  done       INTEGER NOT NULL CHECK (done IN (0, 1)),
  PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;

-- What a plan said before words of it were changed or taken out: [{"text": "…", "done": true}]. Append-only.
CREATE TABLE plan_versions (
  session_id  BLOB NOT NULL REFERENCES sessions (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  points      TEXT NOT NULL CHECK (json_valid(points)),
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (session_id, number)
) STRICT, WITHOUT ROWID;

-- `seq` is the row of the search index; `state` is kept by the triggers below and by nothing else.
CREATE TABLE notes (
  seq        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  kind       TEXT NOT NULL CHECK (kind IN ('session', 'no_show', 'psychotherapy')),
  session_id BLOB REFERENCES sessions (id),
  client_id  BLOB REFERENCES clients (id),                     -- of a psychotherapy note held without a session
  template   TEXT NOT NULL CHECK (template IN ('soap', 'dap', 'birp', 'free')),
  state      TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'approved', 'entered_in_error')),
  begun_at   INTEGER NOT NULL,
  CHECK ((session_id IS NULL) <> (client_id IS NULL)),
  CHECK (kind = 'psychotherapy' OR session_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX one_note_decides ON notes (session_id) WHERE kind <> 'psychotherapy' AND state <> 'entered_in_error';
CREATE INDEX notes_by_session ON notes (session_id, kind, state);
-- Few are drafts or in error. With the approved ones in it, this index would be taken for a short way to a client's notes.
CREATE INDEX notes_to_approve ON notes (kind, session_id) WHERE state = 'draft';
CREATE INDEX notes_not_searched ON notes (session_id) WHERE kind = 'psychotherapy' OR state = 'entered_in_error';

-- The text as it is being typed; becomes a version when writing ends and when it is approved.
CREATE TABLE note_drafts (
  note_id  BLOB PRIMARY KEY REFERENCES notes (id),
  body     TEXT NOT NULL CHECK (json_valid(body)),             -- [{"kind": "plan", "text": "1. …"}]
  saved_at INTEGER NOT NULL,
  indexed  INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1)) -- search finds it as it was last saved
) STRICT;
CREATE INDEX note_drafts_not_indexed ON note_drafts (saved_at) WHERE indexed = 0;

-- Append-only.
CREATE TABLE note_versions (
  id              BLOB PRIMARY KEY CHECK (length(id) = 16),
  note_id         BLOB NOT NULL REFERENCES notes (id),
  number          INTEGER NOT NULL CHECK (number >= 1),
  body            TEXT NOT NULL CHECK (json_valid(body)),
  sha256          BLOB NOT NULL CHECK (length(sha256) = 32),
  previous_sha256 BLOB CHECK (length(previous_sha256) = 32),
  written_at      INTEGER NOT NULL,
  UNIQUE (note_id, number),
  CHECK ((number = 1) = (previous_sha256 IS NULL))
) STRICT;

-- Append-only: an act each.
CREATE TABLE approvals (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  note_id     BLOB NOT NULL REFERENCES notes (id),
  version_id  BLOB NOT NULL REFERENCES note_versions (id),
  sha256      BLOB NOT NULL CHECK (length(sha256) = 32),
  approved_at INTEGER NOT NULL,
  approved_by TEXT NOT NULL CHECK (trim(approved_by) <> ''),
  attestation TEXT NOT NULL CHECK (trim(attestation) <> ''),
  attended_before TEXT NOT NULL,                               -- attendance before this act, for its undo
  undo_until  INTEGER NOT NULL,
  CHECK (undo_until - approved_at BETWEEN 30000 AND 120000)
) STRICT;
CREATE INDEX approvals_by_note ON approvals (note_id, approved_at);
-- "Approved this week", without a walk through all there ever were.
CREATE INDEX approvals_by_time ON approvals (approved_at, note_id);
-- Every passage that a summary cites asks whether its version is approved.
CREATE INDEX approvals_by_version ON approvals (version_id, approved_at);

CREATE TABLE approval_undos (
  approval_id BLOB PRIMARY KEY REFERENCES approvals (id),
  at          INTEGER NOT NULL
) STRICT;

CREATE TABLE addenda (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  note_id     BLOB NOT NULL REFERENCES notes (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  reason      TEXT NOT NULL CHECK (reason IN ('later_news', 'correction', 'left_out')),
  text        TEXT NOT NULL,
  saved_at    INTEGER NOT NULL,
  sha256      BLOB CHECK (length(sha256) = 32),                -- of the text, from its approval on
  approved_at INTEGER,
  approved_by TEXT,
  discarded_at INTEGER,                                        -- thrown away before it was approved: kept, no longer shown
  UNIQUE (note_id, number),
  CHECK ((approved_at IS NULL) = (sha256 IS NULL) AND (approved_at IS NULL) = (approved_by IS NULL)),
  CHECK (approved_at IS NULL OR (trim(text) <> '' AND discarded_at IS NULL))
) STRICT;

CREATE TABLE note_errors (
  note_id     BLOB PRIMARY KEY REFERENCES notes (id),
  at          INTEGER NOT NULL,
  marked_by   TEXT NOT NULL,
  reason_kind TEXT NOT NULL CHECK (reason_kind IN ('wrong_client', 'wrong_session', 'other')),
  reason      TEXT NOT NULL CHECK (trim(reason) <> '')
) STRICT;

-- Everything a note says now, for search: draft or approved text and addenda. Psychotherapy notes stay out.
CREATE VIRTUAL TABLE note_search USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
-- What each write adds is put together with the rest while nobody writes, a little at a time; a write does it only where that has not come
-- about for so long that reading suffers.
INSERT INTO note_search (note_search, rank) VALUES ('automerge', 0), ('crisismerge', 64);

CREATE TABLE consents (
  id           BLOB PRIMARY KEY CHECK (length(id) = 16),
  seq          INTEGER NOT NULL UNIQUE,                        -- the order they were recorded in
  client_id    BLOB NOT NULL REFERENCES clients (id),
  purpose      TEXT NOT NULL CHECK (purpose IN ('automatic_note_taking', 'recording', 'email', 'release')),
  decision     TEXT NOT NULL CHECK (decision IN ('given', 'declined', 'withdrawn')),
  asserted_by  TEXT NOT NULL CHECK (asserted_by IN ('client', 'therapist')),
  how          TEXT NOT NULL CHECK (how IN ('in_session', 'phone', 'video', 'writing')),
  discussed_on TEXT NOT NULL CHECK (discussed_on IS date(discussed_on)),
  form_version TEXT NOT NULL DEFAULT '',
  session_id   BLOB REFERENCES sessions (id),
  remark       TEXT NOT NULL DEFAULT '',
  at           INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_by_client ON consents (client_id, purpose, seq);

CREATE TABLE homework (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  client_id   BLOB NOT NULL REFERENCES clients (id),
  session_id  BLOB REFERENCES sessions (id),                   -- assigned in
  text        TEXT NOT NULL CHECK (trim(text) <> ''),
  detail      TEXT NOT NULL DEFAULT '',
  assigned_on TEXT NOT NULL CHECK (assigned_on IS date(assigned_on)),
  due_on      TEXT CHECK (due_on IS date(due_on)),
  repeats     TEXT NOT NULL DEFAULT 'once' CHECK (repeats IN ('once', 'daily', 'weekly')),
  times       INTEGER CHECK (times BETWEEN 1 AND 60),
  state       TEXT NOT NULL DEFAULT 'assigned' CHECK (state IN ('assigned', 'in_progress', 'done', 'partly_done', 'not_done', 'cancelled')),
  state_on    TEXT NOT NULL CHECK (state_on IS date(state_on)),
  created_at  INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX homework_by_client ON homework (client_id, state, due_on, state_on, changed_at, id); -- holds all that its standing needs
CREATE INDEX homework_open_by_due ON homework (due_on, client_id, state) WHERE state IN ('assigned', 'in_progress');

CREATE TABLE homework_events (
  id          BLOB PRIMARY KEY CHECK (length(id) = 16),
  homework_id BLOB NOT NULL REFERENCES homework (id),
  at          INTEGER NOT NULL,
  act         TEXT NOT NULL CHECK (act IN ('assigned', 'state', 'due', 'edited', 'occurrence')),
  state       TEXT,
  due_on      TEXT,
  remark      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX homework_events_by_homework ON homework_events (homework_id, at);

CREATE TABLE homework_occurrences (
  homework_id BLOB NOT NULL REFERENCES homework (id),
  number      INTEGER NOT NULL CHECK (number >= 1),
  state       TEXT NOT NULL CHECK (state IN ('assigned', 'done', 'partly_done', 'not_done')),
  PRIMARY KEY (homework_id, number)
) STRICT, WITHOUT ROWID;

-- The summary, once there is one.
CREATE TABLE summaries (
  client_id  BLOB PRIMARY KEY REFERENCES clients (id),
  updated_at INTEGER NOT NULL
) STRICT;

-- The approvals, addenda and marks of error a summary takes account of: what is in force and not here leaves it behind. Not an
-- instant, because two acts can share one and clocks are set back.
CREATE TABLE summary_acts (
  client_id BLOB NOT NULL REFERENCES summaries (client_id) ON DELETE CASCADE,
  act_id    BLOB NOT NULL CHECK (length(act_id) = 16),         -- of an approval, an addendum, a note entered in error
  PRIMARY KEY (client_id, act_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE summary_entries (
  id         BLOB PRIMARY KEY CHECK (length(id) = 16),
  client_id  BLOB NOT NULL REFERENCES clients (id),
  grouping   TEXT NOT NULL CHECK (grouping IN ('standing', 'recurring', 'next')),
  position   INTEGER NOT NULL,
  text       TEXT NOT NULL CHECK (trim(text) <> ''),
  origin     TEXT NOT NULL CHECK (origin IN ('extracted', 'edited', 'own')),
  pinned     INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
  dropped_at INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX summary_entries_by_client ON summary_entries (client_id, grouping, position);

CREATE TABLE summary_sources (
  entry_id    BLOB NOT NULL REFERENCES summary_entries (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  version_id  BLOB NOT NULL REFERENCES note_versions (id),
  addendum_id BLOB REFERENCES addenda (id),
  quote       TEXT NOT NULL,
  PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX summary_sources_by_version ON summary_sources (version_id);

CREATE TABLE imports (
  id        BLOB PRIMARY KEY CHECK (length(id) = 16),
  at        INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  ended_at  INTEGER,                                           -- none while it is brought in: what breaks off so is taken back
  undone_at INTEGER
) STRICT;
CREATE INDEX imports_not_ended ON imports (id) WHERE ended_at IS NULL AND undone_at IS NULL;

CREATE TABLE import_rows (
  import_id BLOB NOT NULL REFERENCES imports (id),
  row       INTEGER NOT NULL,
  client_id BLOB NOT NULL,                                     -- not a reference: an undone import takes its clients away
  PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;

-- How the records are locked; one row, absent until it is changed.
CREATE TABLE security (
  only                      INTEGER PRIMARY KEY CHECK (only = 1),
  lock_after_minutes        INTEGER NOT NULL CHECK (lock_after_minutes BETWEEN 1 AND 15),
  begin_discreet            INTEGER NOT NULL CHECK (begin_discreet IN (0, 1)),
  discreet_on_second_screen INTEGER NOT NULL CHECK (discreet_on_second_screen IN (0, 1)),
  hide_from_capture         INTEGER NOT NULL CHECK (hide_from_capture IN (0, 1))
) STRICT;
CREATE TABLE passphrase_changes (at INTEGER PRIMARY KEY) STRICT;

-- The recovery kit in force. Here and not in vault.json: whoever can write that file must not be able to turn backups to themselves.
CREATE TABLE kit (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  slot      BLOB NOT NULL CHECK (length(slot) = 16),
  made_at   INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  identity  TEXT NOT NULL
) STRICT;

-- How often the records were written, and when last: what the anchor beside the file is compared with. Bumped by every transaction.
CREATE TABLE sequence (
  only   INTEGER PRIMARY KEY CHECK (only = 1),
  number INTEGER NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (only, number, at) VALUES (1, 0, 0);
CREATE TRIGGER sequence_goes_on BEFORE UPDATE ON sequence WHEN NEW.number <= OLD.number
  BEGIN SELECT RAISE(ABORT, 'the sequence never goes back'); END;

-- The commits among those that only enter what became of a backup: they are no change that would ask for another.
CREATE TABLE backup_writes (
  only   INTEGER PRIMARY KEY CHECK (only = 1),
  number INTEGER NOT NULL
) STRICT;
INSERT INTO backup_writes (only, number) VALUES (1, 0);

-- Where backups go, and the last verified one there.
CREATE TABLE backup_places (
  place       TEXT PRIMARY KEY CHECK (place IN ('first', 'second')),
  folder      TEXT NOT NULL CHECK (folder <> ''),
  label       TEXT NOT NULL,
  verified_at INTEGER,
  file        TEXT,
  sequence    INTEGER,
  changes     INTEGER,                                         -- commits in it that were not the backups' own
  bytes       INTEGER,
  kept        INTEGER,                                         -- backups there when it was made, itself included
  seen_at     INTEGER,
  failure     TEXT CHECK (failure IS NULL OR json_valid(failure)),
  CHECK ((verified_at IS NULL) = (file IS NULL) AND (file IS NULL) = (sequence IS NULL) AND (sequence IS NULL) = (changes IS NULL)
     AND (changes IS NULL) = (bytes IS NULL) AND (bytes IS NULL) = (kept IS NULL))
) STRICT;

CREATE TABLE restore_tests (
  id       BLOB PRIMARY KEY CHECK (length(id) = 16),
  at       INTEGER NOT NULL,
  file     TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  records  INTEGER NOT NULL CHECK (records >= 0)
) STRICT;

-- Whether newer versions of the program are looked for; one row, absent until that is first turned on.
CREATE TABLE update_checks (
  only      INTEGER PRIMARY KEY CHECK (only = 1),
  since     INTEGER,                                           -- none while it is off
  announced TEXT CHECK (announced IS NULL OR json_valid(announced))  -- what the last look was told of a newer one, so as not to ask again
) STRICT;

-- Every request to the network. Entered before it goes out; what came of it is entered once, and what nobody answered stays so.
CREATE TABLE update_requests (
  id      BLOB PRIMARY KEY CHECK (length(id) = 16),
  at      INTEGER NOT NULL,
  host    TEXT NOT NULL CHECK (host <> ''),
  sent    TEXT NOT NULL CHECK (sent IN ('look', 'download')),
  version TEXT NOT NULL,
  system  TEXT NOT NULL,
  answer  TEXT CHECK (answer IN ('current', 'newer', 'no_package', 'unreadable', 'moved', 'insecure', 'downloaded', 'rejected', 'broken_off',
    'stopped')),
  newer   TEXT,                                                -- the version that was named
  bytes   INTEGER CHECK (bytes >= 0),                          -- of what was downloaded
  CHECK (answer IS NOT NULL OR (newer IS NULL AND bytes IS NULL))
) STRICT;
CREATE INDEX update_requests_by_time ON update_requests (at, sent);

-- Append-only and chained: hash = SHA-256(previous hash, then every other column).
CREATE TABLE audit_events (
  seq        INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  act        TEXT NOT NULL,
  subject    TEXT NOT NULL DEFAULT '',
  subject_id BLOB,
  client_id  BLOB,
  detail     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  previous   BLOB NOT NULL CHECK (length(previous) = 32),
  hash       BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_events_by_client ON audit_events (client_id, seq) WHERE client_id IS NOT NULL;
-- What concerns no client is rare among what does: openings, backups, checks.
CREATE INDEX audit_events_of_records ON audit_events (act, seq) WHERE client_id IS NULL;
CREATE INDEX audit_events_by_subject ON audit_events (subject_id, seq) WHERE subject_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------------------------
-- What follows from the rows above, kept by triggers at the end and by nothing else
-- ---------------------------------------------------------------------------------------------------------------------
-- The sessions of each client in the order of time, with all that decides what the list says of them.
CREATE TABLE client_sessions (
  client_id  BLOB NOT NULL,
  starts_at  INTEGER NOT NULL,
  session_id BLOB NOT NULL,
  ends_at    INTEGER NOT NULL,
  zone       TEXT NOT NULL,
  booked_by  TEXT NOT NULL,
  cancelled  INTEGER NOT NULL,
  awaits     INTEGER NOT NULL,                                 -- a note, once it is over
  completed  INTEGER NOT NULL,                                 -- once it has started
  PRIMARY KEY (client_id, starts_at, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_sessions_awaiting ON client_sessions (client_id, ends_at) WHERE awaits = 1;
CREATE INDEX client_sessions_awaiting_all ON client_sessions (ends_at, session_id) WHERE awaits = 1;
CREATE INDEX client_sessions_completed ON client_sessions (client_id, starts_at, session_id, zone) WHERE completed = 1;

-- What the client list shows of each client at the moment of client_list_whole, and for how long that holds: an instant is from
-- true_from on and before true_until, a date after due_passed and not after due_next. Outside of that the list looks anew.
CREATE TABLE client_list (
  client_id       BLOB PRIMARY KEY,
  current         INTEGER NOT NULL,                            -- prospective, waiting or active
  sort_key        TEXT NOT NULL DEFAULT '',
  last_name       TEXT NOT NULL DEFAULT '',
  first_name      TEXT NOT NULL DEFAULT '',
  name_order      TEXT NOT NULL DEFAULT '',
  initials        TEXT NOT NULL DEFAULT '',
  born            TEXT,
  file_number     TEXT NOT NULL DEFAULT '',
  alike           INTEGER NOT NULL DEFAULT 0,                  -- another has the same sort_key
  status          TEXT NOT NULL DEFAULT '',
  started         TEXT,
  first_completed INTEGER,
  first_zone      TEXT,
  last_completed  INTEGER,
  awaiting        INTEGER NOT NULL DEFAULT 0,
  next_booked     INTEGER,
  next_zone       TEXT,
  next_booked_by  TEXT,
  homework        TEXT,
  homework_due_on TEXT,
  consent         TEXT,
  true_from       INTEGER NOT NULL DEFAULT 0,
  true_until      INTEGER NOT NULL DEFAULT 253402300800000,    -- the year 10000: nothing is to come
  due_passed      TEXT,                                        -- the last date that open homework is over
  due_next        TEXT,                                        -- the next that it will be
  -- Not before this can it become untrue by waiting: no date is over earlier than ten hours into it, in the zone farthest east.
  changes_at      INTEGER GENERATED ALWAYS AS (min(true_until, ifnull((unixepoch(due_next) + 36000) * 1000, 253402300800000))) VIRTUAL
) STRICT, WITHOUT ROWID;
-- The current ones side by side, whole: however many there once were, their list lies in a few pages.
CREATE INDEX client_list_current ON client_list (sort_key, client_id, last_name, first_name, name_order, initials, born, file_number, alike,
  status, started, first_completed, first_zone, last_completed, awaiting, next_booked, next_zone, next_booked_by, homework, homework_due_on,
  consent, true_from, true_until, due_passed, due_next) WHERE current = 1;
CREATE INDEX client_list_ended ON client_list (sort_key, client_id) WHERE current = 0;
CREATE INDEX client_list_by_change ON client_list (changes_at) WHERE changes_at < 253402300800000;

-- The moment that client_list is true of, and how many ended clients it holds; one row.
CREATE TABLE client_list_whole (
  only           INTEGER PRIMARY KEY CHECK (only = 1),
  at             INTEGER NOT NULL,
  today          TEXT NOT NULL,
  ended          INTEGER NOT NULL,
  ended_awaiting INTEGER NOT NULL,
  ended_overdue  INTEGER NOT NULL,
  ended_changing INTEGER NOT NULL                              -- of whom waiting alone could make a row untrue
) STRICT;
INSERT INTO client_list_whole (only, at, today, ended, ended_awaiting, ended_overdue, ended_changing)
  VALUES (1, 0, '1970-01-01', 0, 0, 0, 0);

-- ---------------------------------------------------------------------------------------------------------------------
-- What never changes
-- ---------------------------------------------------------------------------------------------------------------------
CREATE TRIGGER note_versions_stay      BEFORE UPDATE ON note_versions  BEGIN SELECT RAISE(ABORT, 'a note version never changes'); END;
CREATE TRIGGER note_versions_remain    BEFORE DELETE ON note_versions  BEGIN SELECT RAISE(ABORT, 'a note version is never deleted'); END;
CREATE TRIGGER approvals_stay          BEFORE UPDATE ON approvals      BEGIN SELECT RAISE(ABORT, 'an approval never changes'); END;
CREATE TRIGGER approvals_remain        BEFORE DELETE ON approvals      BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;
CREATE TRIGGER approval_undos_stay     BEFORE UPDATE ON approval_undos BEGIN SELECT RAISE(ABORT, 'an undo never changes'); END;
CREATE TRIGGER approval_undos_remain   BEFORE DELETE ON approval_undos BEGIN SELECT RAISE(ABORT, 'an undo is never deleted'); END;
CREATE TRIGGER note_errors_stay        BEFORE UPDATE ON note_errors    BEGIN SELECT RAISE(ABORT, 'a mark of error never changes'); END;
CREATE TRIGGER note_errors_remain      BEFORE DELETE ON note_errors    BEGIN SELECT RAISE(ABORT, 'a mark of error is never deleted'); END;
CREATE TRIGGER consents_stay           BEFORE UPDATE ON consents       BEGIN SELECT RAISE(ABORT, 'a consent record never changes'); END;
CREATE TRIGGER consents_remain         BEFORE DELETE ON consents       BEGIN SELECT RAISE(ABORT, 'a consent record is never deleted'); END;
CREATE TRIGGER audit_events_stay       BEFORE UPDATE ON audit_events   BEGIN SELECT RAISE(ABORT, 'an audit event never changes'); END;
CREATE TRIGGER audit_events_remain     BEFORE DELETE ON audit_events   BEGIN SELECT RAISE(ABORT, 'an audit event is never deleted'); END;
CREATE TRIGGER client_changes_stay     BEFORE UPDATE ON client_changes BEGIN SELECT RAISE(ABORT, 'an agreed change never changes'); END;
CREATE TRIGGER client_changes_remain   BEFORE DELETE ON client_changes BEGIN SELECT RAISE(ABORT, 'an agreed change is never deleted'); END;
CREATE TRIGGER session_moves_stay      BEFORE UPDATE ON session_moves  BEGIN SELECT RAISE(ABORT, 'a move never changes'); END;
CREATE TRIGGER session_moves_remain    BEFORE DELETE ON session_moves  BEGIN SELECT RAISE(ABORT, 'a move is never deleted'); END;
CREATE TRIGGER plan_versions_stay      BEFORE UPDATE ON plan_versions  BEGIN SELECT RAISE(ABORT, 'a former plan never changes'); END;
CREATE TRIGGER plan_versions_remain    BEFORE DELETE ON plan_versions  BEGIN SELECT RAISE(ABORT, 'a former plan is never deleted'); END;
CREATE TRIGGER update_requests_stay    BEFORE UPDATE ON update_requests
  WHEN OLD.answer IS NOT NULL OR NEW.answer IS NULL OR (NEW.id, NEW.at, NEW.host, NEW.sent, NEW.version, NEW.system)
    IS NOT (OLD.id, OLD.at, OLD.host, OLD.sent, OLD.version, OLD.system)
  BEGIN SELECT RAISE(ABORT, 'a request never changes, and is answered once'); END;
CREATE TRIGGER update_requests_remain  BEFORE DELETE ON update_requests BEGIN SELECT RAISE(ABORT, 'a request is never deleted'); END;
CREATE TRIGGER homework_events_stay    BEFORE UPDATE ON homework_events BEGIN SELECT RAISE(ABORT, 'an event of homework never changes'); END;
CREATE TRIGGER homework_events_remain  BEFORE DELETE ON homework_events BEGIN SELECT RAISE(ABORT, 'an event of homework is never deleted'); END;
CREATE TRIGGER contacts_remain         BEFORE DELETE ON contacts       BEGIN SELECT RAISE(ABORT, 'a contact is taken out of view, not deleted'); END;
-- An import that is taken back takes its own clients away again; nothing else does.
CREATE TRIGGER clients_remain          BEFORE DELETE ON clients
  WHEN NOT EXISTS (SELECT 1 FROM import_rows r JOIN imports i ON i.id = r.import_id WHERE r.client_id = OLD.id AND i.undone_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a client is never deleted'); END;
CREATE TRIGGER notes_remain            BEFORE DELETE ON notes          BEGIN SELECT RAISE(ABORT, 'a note is never deleted'); END;
CREATE TRIGGER sessions_remain         BEFORE DELETE ON sessions       BEGIN SELECT RAISE(ABORT, 'a session is never deleted'); END;
CREATE TRIGGER approved_addenda_stay   BEFORE UPDATE ON addenda WHEN OLD.approved_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'an approved addendum never changes'); END;
CREATE TRIGGER addenda_remain          BEFORE DELETE ON addenda        BEGIN SELECT RAISE(ABORT, 'an addendum is never deleted'); END;

-- ---------------------------------------------------------------------------------------------------------------------
-- What an approval needs, and what it does
-- ---------------------------------------------------------------------------------------------------------------------
CREATE TRIGGER approval_needs BEFORE INSERT ON approvals BEGIN
  SELECT RAISE(ABORT, 'only a draft is approved')
    WHERE (SELECT state FROM notes WHERE id = NEW.note_id) <> 'draft';
  SELECT RAISE(ABORT, 'an approval names the newest version of its note')
    WHERE NOT EXISTS (SELECT 1 FROM note_versions v WHERE v.id = NEW.version_id AND v.note_id = NEW.note_id AND v.sha256 = NEW.sha256
                        AND v.number = (SELECT max(number) FROM note_versions WHERE note_id = NEW.note_id));
  SELECT RAISE(ABORT, 'an empty note is not approved')
    WHERE NOT EXISTS (SELECT 1 FROM note_versions v, json_each(v.body) part
                       WHERE v.id = NEW.version_id AND trim(json_extract(part.value, '$.text'), ' ' || char(9, 10, 13)) <> '');
  SELECT RAISE(ABORT, 'a session in the future is not approved')
    WHERE EXISTS (SELECT 1 FROM notes n JOIN sessions s ON s.id = n.session_id WHERE n.id = NEW.note_id AND s.starts_at > NEW.approved_at);
  SELECT RAISE(ABORT, 'a session note completes only a session that was held')
    WHERE EXISTS (SELECT 1 FROM notes n JOIN sessions s ON s.id = n.session_id
                   WHERE n.id = NEW.note_id AND n.kind = 'session' AND s.attendance NOT IN ('unknown', 'attended'));
  SELECT RAISE(ABORT, 'a no-show note belongs to a no-show')
    WHERE EXISTS (SELECT 1 FROM notes n JOIN sessions s ON s.id = n.session_id
                   WHERE n.id = NEW.note_id AND n.kind = 'no_show' AND s.attendance <> 'no_show');
END;
CREATE TRIGGER approval_does AFTER INSERT ON approvals BEGIN
  UPDATE notes SET state = 'approved' WHERE id = NEW.note_id;
  UPDATE sessions SET attendance = 'attended'
    WHERE id = (SELECT session_id FROM notes WHERE id = NEW.note_id AND kind = 'session') AND attendance = 'unknown';
  DELETE FROM note_drafts WHERE note_id = NEW.note_id;
END;

CREATE TRIGGER undo_needs BEFORE INSERT ON approval_undos BEGIN
  SELECT RAISE(ABORT, 'the time to undo this approval has passed')
    WHERE NEW.at > (SELECT undo_until FROM approvals WHERE id = NEW.approval_id);
  SELECT RAISE(ABORT, 'only an approved note returns to draft')
    WHERE (SELECT n.state FROM approvals a JOIN notes n ON n.id = a.note_id WHERE a.id = NEW.approval_id) <> 'approved';
  SELECT RAISE(ABORT, 'a note with an addendum keeps its approval')
    WHERE EXISTS (SELECT 1 FROM approvals a JOIN addenda d ON d.note_id = a.note_id WHERE a.id = NEW.approval_id AND d.approved_at IS NOT NULL);
END;
CREATE TRIGGER undo_does AFTER INSERT ON approval_undos BEGIN
  UPDATE notes SET state = 'draft' WHERE id = (SELECT note_id FROM approvals WHERE id = NEW.approval_id);
  UPDATE sessions SET attendance = (SELECT attended_before FROM approvals WHERE id = NEW.approval_id)
    WHERE id = (SELECT n.session_id FROM notes n JOIN approvals a ON a.note_id = n.id WHERE a.id = NEW.approval_id AND n.kind = 'session');
END;

CREATE TRIGGER error_needs BEFORE INSERT ON note_errors
  WHEN (SELECT state FROM notes WHERE id = NEW.note_id) <> 'approved'
  BEGIN SELECT RAISE(ABORT, 'only an approved note is marked as entered in error'); END;
CREATE TRIGGER error_does AFTER INSERT ON note_errors BEGIN
  UPDATE notes SET state = 'entered_in_error' WHERE id = NEW.note_id;
END;

-- A note's state says what its acts say, whoever writes it.
CREATE TRIGGER note_state_follows_acts BEFORE UPDATE OF state ON notes
  WHEN NEW.state <> CASE
      WHEN EXISTS (SELECT 1 FROM note_errors e WHERE e.note_id = OLD.id) THEN 'entered_in_error'
      WHEN EXISTS (SELECT 1 FROM approvals a WHERE a.note_id = OLD.id AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id)) THEN 'approved'
      ELSE 'draft' END
  BEGIN SELECT RAISE(ABORT, 'the state of a note follows its approval'); END;
CREATE TRIGGER note_begins_as_draft BEFORE INSERT ON notes WHEN NEW.state <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'a note begins as a draft'); END;
CREATE TRIGGER note_stays_where_it_is BEFORE UPDATE OF id, session_id, client_id, begun_at ON notes
  BEGIN SELECT RAISE(ABORT, 'a note stays with its session'); END;
CREATE TRIGGER note_kind_of_a_draft BEFORE UPDATE OF kind, template ON notes WHEN OLD.state <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'only a draft changes its template'); END;

CREATE TRIGGER draft_only_of_a_draft BEFORE INSERT ON note_drafts WHEN (SELECT state FROM notes WHERE id = NEW.note_id) <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'an approved note has no draft'); END;
CREATE TRIGGER version_only_of_a_draft BEFORE INSERT ON note_versions WHEN (SELECT state FROM notes WHERE id = NEW.note_id) <> 'draft'
  BEGIN SELECT RAISE(ABORT, 'an approved note has no new version'); END;
CREATE TRIGGER version_chains BEFORE INSERT ON note_versions
  WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM note_versions WHERE note_id = NEW.note_id), 0)
    OR NEW.previous_sha256 IS NOT (SELECT sha256 FROM note_versions WHERE note_id = NEW.note_id ORDER BY number DESC LIMIT 1)
  BEGIN SELECT RAISE(ABORT, 'a version follows the one before it'); END;
CREATE TRIGGER addendum_only_to_approved BEFORE INSERT ON addenda WHEN (SELECT state FROM notes WHERE id = NEW.note_id) <> 'approved'
  BEGIN SELECT RAISE(ABORT, 'an addendum belongs to an approved note'); END;
CREATE TRIGGER one_addendum_at_a_time BEFORE INSERT ON addenda WHEN EXISTS (SELECT 1 FROM addenda WHERE note_id = NEW.note_id AND approved_at IS NULL AND discarded_at IS NULL)
  BEGIN SELECT RAISE(ABORT, 'one addendum is approved before the next begins'); END;
CREATE TRIGGER restored_addendum_needs BEFORE UPDATE OF discarded_at ON addenda WHEN OLD.discarded_at IS NOT NULL AND NEW.discarded_at IS NULL BEGIN
  SELECT RAISE(ABORT, 'an addendum belongs to an approved note') WHERE (SELECT state FROM notes WHERE id = NEW.note_id) <> 'approved';
  SELECT RAISE(ABORT, 'one addendum is approved before the next begins')
    WHERE EXISTS (SELECT 1 FROM addenda WHERE note_id = NEW.note_id AND approved_at IS NULL AND discarded_at IS NULL);
END;

-- A session with an approved note was held: it neither moves nor changes its attendance.
CREATE TRIGGER held_sessions_stay BEFORE UPDATE OF starts_at, zone, attendance ON sessions
  WHEN (NEW.starts_at <> OLD.starts_at OR NEW.zone <> OLD.zone OR (NEW.attendance <> OLD.attendance AND NEW.attendance <> 'attended'))
    AND EXISTS (SELECT 1 FROM notes WHERE session_id = OLD.id AND kind = 'session' AND state = 'approved')
  BEGIN SELECT RAISE(ABORT, 'a session with an approved note does not move'); END;
CREATE TRIGGER noted_no_shows_stay BEFORE UPDATE OF starts_at, zone, attendance ON sessions
  WHEN (NEW.starts_at <> OLD.starts_at OR NEW.zone <> OLD.zone OR NEW.attendance <> OLD.attendance)
    AND EXISTS (SELECT 1 FROM notes WHERE session_id = OLD.id AND kind = 'no_show' AND state = 'approved')
  BEGIN SELECT RAISE(ABORT, 'a no-show with an approved note stays one'); END;

CREATE TRIGGER withdrawal_needs_consent BEFORE INSERT ON consents
  WHEN NEW.decision = 'withdrawn' AND 'given' IS NOT
    (SELECT decision FROM consents WHERE client_id = NEW.client_id AND purpose = NEW.purpose ORDER BY seq DESC LIMIT 1)
  BEGIN SELECT RAISE(ABORT, 'only a given consent is withdrawn'); END;

-- A summary cites approved versions only.
CREATE TRIGGER source_is_approved BEFORE INSERT ON summary_sources
  WHEN NOT EXISTS (SELECT 1 FROM approvals a JOIN notes n ON n.id = a.note_id
                    WHERE a.version_id = NEW.version_id AND n.kind = 'session' AND n.state = 'approved'
                      AND NOT EXISTS (SELECT 1 FROM approval_undos u WHERE u.approval_id = a.id))
  BEGIN SELECT RAISE(ABORT, 'a summary cites approved versions only'); END;

-- ---------------------------------------------------------------------------------------------------------------------
-- The client list
-- ---------------------------------------------------------------------------------------------------------------------
-- Inserting a client into this view makes their row true of the moment of client_list_whole: the one place that says what follows from
-- what. Each insertion is of VALUES where it can be: for a SELECT, SQLite would make a table beforehand.
CREATE VIEW client_list_settle (client_id) AS SELECT NULL WHERE 0;
CREATE TRIGGER client_list_settles INSTEAD OF INSERT ON client_list_settle BEGIN
  UPDATE client_list SET
    (current, sort_key, last_name, first_name, name_order, initials, born, file_number, alike, status, started) = (
      SELECT c.status NOT IN ('discharged', 'archived'), c.sort_key, c.last_name, c.first_name, c.name_order, c.initials, c.born,
             c.file_number, EXISTS (SELECT 1 FROM clients o WHERE o.sort_key = c.sort_key AND o.id <> c.id), c.status, c.started
        FROM clients c WHERE c.id = NEW.client_id),
    (first_completed, first_zone) = (
      SELECT starts_at, zone FROM client_sessions
       WHERE client_id = NEW.client_id AND completed = 1 AND starts_at <= (SELECT at FROM client_list_whole)
       ORDER BY starts_at, session_id LIMIT 1),
    last_completed = (
      SELECT starts_at FROM client_sessions
       WHERE client_id = NEW.client_id AND completed = 1 AND starts_at <= (SELECT at FROM client_list_whole)
       ORDER BY starts_at DESC LIMIT 1),
    awaiting = (
      SELECT count(*) FROM client_sessions
       WHERE client_id = NEW.client_id AND awaits = 1 AND ends_at <= (SELECT at FROM client_list_whole)),
    (next_booked, next_zone, next_booked_by) = (
      SELECT starts_at, zone, booked_by FROM client_sessions
       WHERE client_id = NEW.client_id AND cancelled = 0 AND starts_at > (SELECT at FROM client_list_whole)
       ORDER BY starts_at, session_id LIMIT 1),
    -- Something changes whenever a session that was not cancelled begins, and when one that awaits a note ends.
    true_from = max(
      ifnull((SELECT starts_at FROM client_sessions
               WHERE client_id = NEW.client_id AND cancelled = 0 AND starts_at <= (SELECT at FROM client_list_whole)
               ORDER BY starts_at DESC LIMIT 1), 0),
      ifnull((SELECT ends_at FROM client_sessions
               WHERE client_id = NEW.client_id AND awaits = 1 AND ends_at <= (SELECT at FROM client_list_whole)
               ORDER BY ends_at DESC LIMIT 1), 0)),
    true_until = min(
      ifnull((SELECT starts_at FROM client_sessions
               WHERE client_id = NEW.client_id AND cancelled = 0 AND starts_at > (SELECT at FROM client_list_whole)
               ORDER BY starts_at LIMIT 1), 253402300800000),
      ifnull((SELECT ends_at FROM client_sessions
               WHERE client_id = NEW.client_id AND awaits = 1 AND ends_at > (SELECT at FROM client_list_whole)
               ORDER BY ends_at LIMIT 1), 253402300800000)),
    -- What is open comes first by its date, so that which is the worst does not depend on the day.
    (homework, homework_due_on) = (
      SELECT w.state, w.due_on
        FROM homework w
       WHERE w.id = (
         SELECT id FROM homework
          WHERE client_id = NEW.client_id
          ORDER BY CASE WHEN state IN ('assigned', 'in_progress') THEN 0 WHEN state = 'cancelled' THEN 2 ELSE 1 END,
                   CASE WHEN state IN ('assigned', 'in_progress') THEN ifnull(due_on, '9999-12-31') END,
                   CASE WHEN state NOT IN ('assigned', 'in_progress') THEN state_on END DESC, changed_at DESC, id DESC
          LIMIT 1)),
    due_passed = (
      SELECT max(due_on) FROM homework
       WHERE client_id = NEW.client_id AND +state IN ('assigned', 'in_progress') AND due_on < (SELECT today FROM client_list_whole)),
    due_next = (
      SELECT min(due_on) FROM homework
       WHERE client_id = NEW.client_id AND +state IN ('assigned', 'in_progress') AND due_on >= (SELECT today FROM client_list_whole)),
    consent = (
      SELECT decision FROM consents WHERE client_id = NEW.client_id AND purpose = 'automatic_note_taking' ORDER BY seq DESC LIMIT 1)
  WHERE client_id = NEW.client_id;
END;

-- Time goes on, or back: rows that are not true of the new moment are made so.
CREATE TRIGGER client_list_moves_on AFTER UPDATE OF at, today ON client_list_whole BEGIN
  INSERT INTO client_list_settle (client_id)
    SELECT client_id FROM client_list
     WHERE changes_at <= NEW.at AND changes_at < 253402300800000 AND (true_until <= NEW.at OR due_next < NEW.today);
  INSERT INTO client_list_settle (client_id)
    SELECT client_id FROM client_list
     WHERE (NEW.at < OLD.at OR NEW.today < OLD.today) AND (true_from > NEW.at OR due_passed >= NEW.today);
END;

CREATE TRIGGER client_list_counts_change AFTER UPDATE OF current, awaiting, due_passed, due_next, true_until ON client_list
  WHEN (OLD.current = 0 OR NEW.current = 0)
    AND (OLD.current <> NEW.current OR (OLD.awaiting > 0) <> (NEW.awaiting > 0) OR (OLD.due_passed IS NULL) <> (NEW.due_passed IS NULL)
      OR (OLD.changes_at < 253402300800000) <> (NEW.changes_at < 253402300800000))
BEGIN
  UPDATE client_list_whole SET
    ended = ended + (NEW.current = 0) - (OLD.current = 0),
    ended_awaiting = ended_awaiting + (NEW.current = 0 AND NEW.awaiting > 0) - (OLD.current = 0 AND OLD.awaiting > 0),
    ended_overdue = ended_overdue + (NEW.current = 0 AND NEW.due_passed IS NOT NULL) - (OLD.current = 0 AND OLD.due_passed IS NOT NULL),
    ended_changing = ended_changing + (NEW.current = 0 AND NEW.changes_at < 253402300800000) - (OLD.current = 0 AND OLD.changes_at < 253402300800000);
END;
CREATE TRIGGER client_list_counts_come AFTER INSERT ON client_list WHEN NEW.current = 0
  BEGIN UPDATE client_list_whole SET ended = ended + 1; END;
CREATE TRIGGER client_list_counts_go AFTER DELETE ON client_list WHEN OLD.current = 0 BEGIN
  UPDATE client_list_whole SET
    ended = ended - 1, ended_awaiting = ended_awaiting - (OLD.awaiting > 0), ended_overdue = ended_overdue - (OLD.due_passed IS NOT NULL),
    ended_changing = ended_changing - (OLD.changes_at < 253402300800000);
END;

-- A new client has nothing yet that could follow from anything but their own row.
CREATE TRIGGER listed_client_comes AFTER INSERT ON clients BEGIN
  INSERT INTO client_list (client_id, current, sort_key, last_name, first_name, name_order, initials, born, file_number, alike, status, started)
    VALUES (NEW.id, NEW.status NOT IN ('discharged', 'archived'), NEW.sort_key, NEW.last_name, NEW.first_name, NEW.name_order, NEW.initials,
            NEW.born, NEW.file_number, EXISTS (SELECT 1 FROM clients WHERE sort_key = NEW.sort_key AND id <> NEW.id), NEW.status, NEW.started);
END;
CREATE TRIGGER listed_client_changes
  AFTER UPDATE OF last_name, first_name, name_order, initials, born, started, status, file_number, sort_key ON clients
  WHEN (NEW.last_name, NEW.first_name, NEW.name_order, NEW.initials, NEW.born, NEW.started, NEW.status, NEW.file_number, NEW.sort_key)
    IS NOT (OLD.last_name, OLD.first_name, OLD.name_order, OLD.initials, OLD.born, OLD.started, OLD.status, OLD.file_number, OLD.sort_key)
  BEGIN INSERT INTO client_list_settle (client_id) VALUES (NEW.id); END;

-- Of several with one name it is enough to look at one other: the rest look alike before and after.
CREATE TRIGGER alike_client_comes AFTER INSERT ON clients
  WHEN EXISTS (SELECT 1 FROM clients WHERE sort_key = NEW.sort_key AND id <> NEW.id) BEGIN
  INSERT INTO client_list_settle (client_id) VALUES ((SELECT id FROM clients WHERE sort_key = NEW.sort_key AND id <> NEW.id LIMIT 1));
END;
CREATE TRIGGER alike_client_is_renamed AFTER UPDATE OF sort_key ON clients
  WHEN NEW.sort_key <> OLD.sort_key AND EXISTS (SELECT 1 FROM clients WHERE sort_key = OLD.sort_key) BEGIN
  INSERT INTO client_list_settle (client_id) VALUES ((SELECT id FROM clients WHERE sort_key = OLD.sort_key LIMIT 1));
END;
CREATE TRIGGER client_is_renamed_alike AFTER UPDATE OF sort_key ON clients
  WHEN NEW.sort_key <> OLD.sort_key AND EXISTS (SELECT 1 FROM clients WHERE sort_key = NEW.sort_key AND id <> NEW.id) BEGIN
  INSERT INTO client_list_settle (client_id) VALUES ((SELECT id FROM clients WHERE sort_key = NEW.sort_key AND id <> NEW.id LIMIT 1));
END;
CREATE TRIGGER listed_client_goes AFTER DELETE ON clients BEGIN DELETE FROM client_list WHERE client_id = OLD.id; END;
CREATE TRIGGER alike_client_goes AFTER DELETE ON clients WHEN EXISTS (SELECT 1 FROM clients WHERE sort_key = OLD.sort_key) BEGIN
  INSERT INTO client_list_settle (client_id) VALUES ((SELECT id FROM clients WHERE sort_key = OLD.sort_key LIMIT 1));
END;

-- The sessions of clients, as they follow from sessions, participants and notes.
CREATE VIEW client_sessions_held (client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed) AS
  SELECT p.client_id, s.starts_at, s.id, s.starts_at + s.minutes * 60000, s.zone, s.booked_by, s.attendance LIKE 'cancelled%',
         s.attendance = 'unknown' OR (s.attendance = 'attended' AND NOT EXISTS (
           SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved')),
         s.attendance = 'attended' AND EXISTS (
           SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.kind = 'session' AND n.state = 'approved')
    FROM session_participants p
    JOIN sessions s ON s.id = p.session_id;
CREATE TRIGGER listed_participant_comes AFTER INSERT ON session_participants BEGIN
  INSERT INTO client_sessions (client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed)
    SELECT client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed
      FROM client_sessions_held WHERE session_id = NEW.session_id AND client_id = NEW.client_id;
  INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id);
END;
CREATE TRIGGER listed_participant_changes AFTER UPDATE OF session_id, client_id ON session_participants BEGIN
  DELETE FROM client_sessions WHERE client_id = OLD.client_id AND session_id = OLD.session_id;
  INSERT INTO client_sessions (client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed)
    SELECT client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed
      FROM client_sessions_held WHERE session_id = NEW.session_id AND client_id = NEW.client_id;
  INSERT INTO client_list_settle (client_id) VALUES (OLD.client_id);
  INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id);
END;
CREATE TRIGGER listed_participant_goes AFTER DELETE ON session_participants BEGIN
  DELETE FROM client_sessions WHERE client_id = OLD.client_id AND session_id = OLD.session_id;
  INSERT INTO client_list_settle (client_id) VALUES (OLD.client_id);
END;

-- A session, which started at a known instant when its rows were written, says something else of a client.
CREATE VIEW client_sessions_settle (client_id, session_id, stood_at) AS SELECT NULL, NULL, NULL WHERE 0;
CREATE TRIGGER client_sessions_settles INSTEAD OF INSERT ON client_sessions_settle BEGIN
  DELETE FROM client_sessions WHERE client_id = NEW.client_id AND starts_at = NEW.stood_at AND session_id = NEW.session_id;
  INSERT INTO client_sessions (client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed)
    SELECT client_id, starts_at, session_id, ends_at, zone, booked_by, cancelled, awaits, completed
      FROM client_sessions_held WHERE session_id = NEW.session_id AND client_id = NEW.client_id;
  INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id);
END;
CREATE TRIGGER listed_session_changes AFTER UPDATE OF starts_at, zone, minutes, booked_by, attendance ON sessions
  WHEN (NEW.starts_at, NEW.zone, NEW.minutes, NEW.booked_by, NEW.attendance) <> (OLD.starts_at, OLD.zone, OLD.minutes, OLD.booked_by, OLD.attendance)
BEGIN
  INSERT INTO client_sessions_settle (client_id, session_id, stood_at)
    SELECT client_id, NEW.id, OLD.starts_at FROM session_participants WHERE session_id = NEW.id;
END;
CREATE TRIGGER listed_note_changes AFTER UPDATE OF state ON notes WHEN NEW.kind = 'session' AND NEW.state <> OLD.state BEGIN
  INSERT INTO client_sessions_settle (client_id, session_id, stood_at)
    SELECT p.client_id, s.id, s.starts_at FROM sessions s JOIN session_participants p ON p.session_id = s.id WHERE s.id = NEW.session_id;
END;

CREATE TRIGGER listed_homework_comes AFTER INSERT ON homework
  BEGIN INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id); END;
CREATE TRIGGER listed_homework_changes AFTER UPDATE OF client_id, due_on, state, state_on, changed_at ON homework BEGIN
  INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id);
  INSERT INTO client_list_settle (client_id) VALUES (nullif(OLD.client_id, NEW.client_id));
END;
CREATE TRIGGER listed_homework_goes AFTER DELETE ON homework
  BEGIN INSERT INTO client_list_settle (client_id) VALUES (OLD.client_id); END;
CREATE TRIGGER listed_consent_comes AFTER INSERT ON consents WHEN NEW.purpose = 'automatic_note_taking'
  BEGIN INSERT INTO client_list_settle (client_id) VALUES (NEW.client_id); END;
