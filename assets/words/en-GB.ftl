# The words of Anteroom, British English. One file is one language.
# Sentence case, no exclamation marks; verbs on buttons; numbers instead of
# adjectives. Names are { $name }. Keep the groups, one for each folder of ui/src.

### The frame

side = Main
side-places = Places
side-settings = Privacy and settings
nav-today = Today
nav-back = Back
nav-clients = Clients
nav-calendar = Calendar
nav-notes = Notes
nav-notes-count = { $n ->
    [one] { $n } note awaiting approval
   *[other] { $n } notes awaiting approval
}
nav-discreet = Discreet
nav-lock = Lock
nav-settings = Settings
nav-help = Help
kept = Saved
kept-where = On this device.
kept-not = Not saved
kept-not-since = Not saved since { $time }
undo = Undo
redo = Redo
undone = Undone.
hidden = hidden
undo-stays = Stays until your next change.

### Pages (placeholders until each has its own heading)


overlay-find = Find

### Keyboard

shortcuts = Shortcuts
shortcuts-everywhere = Everywhere
shortcuts-client = A client
shortcuts-list = Lists
shortcuts-note = Notes
shortcuts-calendar = Calendar
shortcuts-foot = ⌘ is Ctrl on Windows and Linux. Single letters act only when no field has the focus.
shortcuts-foot-letters = Single letters act only when no field has the focus.
shortcuts-to = { $from } to { $to }
shortcuts-row-today = Today, Clients, Calendar, Notes
shortcuts-row-undo = Undo, redo
shortcuts-row-larger = Larger, smaller
shortcuts-row-previous = Previous, next client
shortcuts-row-before = Previous, next
key-esc = Esc
key-space = Space
key-ctrl = Ctrl
key-shift = Shift
key-ctrl-enter = Ctrl ↩
key-hold-alt = hold Alt
key-a-letter = a letter
key-today = Today
key-clients = Clients
key-calendar = Calendar
key-notes = Notes
key-find = Find client, action or note
key-discreet = Discreet
key-look = Look, while discreet
key-lock = Lock
key-undo = Undo
key-redo = Redo
key-settings = Settings
key-larger = Larger
key-smaller = Smaller
key-shortcuts = All shortcuts
key-help = Help
key-escape = Close, clear, back
key-profile = View Client Profile
key-consent = Record consent
key-emergency = Show emergency contact
key-history = Session history
key-edit = Edit details
key-book = Book session
key-write = Write note
key-previous = Previous client
key-next = Next client
key-move = Move
key-open = Open
key-peek = Look without opening
key-search = Find in list, search in notes
key-new = New client
key-ends = First, last
key-letter = Go to that name
key-confirm = Approve, or confirm a dialog
key-addendum = Add addendum
key-unapprove = Undo an approval, for 30 s
key-now = Today
key-before = Previous
key-after = Next
key-reschedule = Move the chosen session

### Parts

dialog-cancel = Cancel
dialog-close = Close
dialog-confirm = Save
dialog-hidden = Hidden in discreet mode
dialog-hidden-says = What you have written here is kept. Hold Alt to look.
field-optional = optional
date-open = { $field }: choose from a calendar
date-unread = This is not a date. Write it as 21 Jan 2026 or 21/1.
date-month-before = Month before
date-month-after = Month after
time-unread = This is not a time. Write it as 9:30.

### States

state-session-upcoming = Upcoming
state-session-in_progress = In progress
state-session-awaiting_approval = Awaiting approval
state-session-completed = Completed
state-session-cancelled = Cancelled
state-session-no_show = No-show
state-session-entered_in_error = Entered in error
state-note-draft = Awaiting approval
state-note-approved = Completed
state-note-entered_in_error = Entered in error
state-homework-assigned = Set
state-homework-in_progress = In progress
state-homework-done = Done
state-homework-partly_done = Partly done
state-homework-not_done = Not done
state-homework-cancelled = Cancelled
state-homework-overdue = Overdue
state-homework-none = None set
state-consent-given = Given
state-consent-not_recorded = Not recorded
state-consent-declined = Declined
state-consent-withdrawn = Withdrawn
state-booked-client = Booked by client
state-booked-therapist = Booked by you

### Dates

# A number in a sentence, wherever SPELT($n) stands; where it is a measure it stays a figure.
spelt = { $n ->
    [1] one
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
    [10] ten
    [11] eleven
    [12] twelve
    [13] thirteen
    [14] fourteen
    [15] fifteen
   *[other] { $n }
}

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
date-day = { $weekday } { $day } { $month }{ $year }
date-date = { $day } { $month }{ $year }
date-long = { $weekday } { $day } { $month }
date-whole = { $day } { $month } { $year }
date-month-year = { $month } { $year }
date-today = Today
date-yesterday = Yesterday
date-today-lower = today
date-yesterday-lower = yesterday
date-with-time = { $day }, { $time }
date-at = { $day } at { $time }
date-elsewhere = { $time } in { $place }
time-am = { $time } am
time-pm = { $time } pm
length-minutes = { $minutes } min
length-hours = { $minutes ->
    [0] { $hours } h
   *[other] { $hours } h { $minutes } min
}
date-now = now
in-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
}
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
in-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
in-days = { $n ->
    [one] tomorrow
   *[other] in { $n } days
}
ago-days = { $n ->
    [one] yesterday
   *[other] { $n } days ago
}

### What can be undone

deed-client_changed = Details saved.
deed-status_changed = Status changed.
deed-contact_changed = Contact saved.
deed-contact_removed = Contact removed.
deed-session_moved = Session moved.
deed-session_cancelled = Session cancelled.
deed-attendance_recorded = Attendance recorded.
deed-homework_changed = Homework changed.
deed-homework_done = Marked as done.
deed-homework_state_recorded = Homework recorded.
deed-entry_changed = Summary changed.
deed-entry_dropped = Sentence dropped.
deed-clients_imported = Clients imported.
deed-note_approved = Session completed, note locked.
deed-addendum_discarded = Addendum discarded.

### Failures and refusals

failure-fault = Something went wrong, reference { $reference }. Nothing was changed. The log on this computer knows it by that reference.
failure-window = Something went wrong in the window. Your records are untouched.
failure-page = This page could not be shown.
failure-glance = Not shown
failure-again = Try again
failure-ask = Ask once more
failure-ask-says = Your records are as they were.
failure-start = Anteroom could not start
refusal-not_open = The records are not open.
refusal-locked = The records are locked.
refusal-weak_passphrase = This passphrase is easily guessed. Choose another.
refusal-wrong_passphrase = That passphrase does not open the records.{ $wait_seconds ->
    [0] {""}
    [one] {" "}Try again in one second.
   *[other] {" "}Try again in { $wait_seconds } seconds.
}
refusal-slip = { $slip ->
    [group] Group { $group } is not as on the kit: four letters or figures, and never a U.
    [check] The check is not as on the kit: two letters or figures, and never a U.
    [mistaken] The code does not agree with its check. Look at group { $group } again: { $perhaps } and { $typed } are easily mixed up.
   *[disagrees] The code does not agree with its check. Compare it with the kit, group by group.
}
refusal-wrong_code = This code is right in itself, but of other records. Nothing was changed.
refusal-kit_beside_records = Beside the records the kit would be stolen with them. Choose another place, best a stick that you keep elsewhere.
refusal-way_in = This was not changed, and what opened the records before still does. What stood in the way: { $barred }.
refusal-behind = These records are open for reading only: some entries are missing.
refusal-disk_full = The disk is full. What was saved before is safe.
refusal-read_only = The folder of your records cannot be written to. What was saved before is safe.
refusal-not_found = This { $what } is no longer there.
refusal-empty = { $field } is missing.
refusal-too_long = { $field } is too long. It can hold { $most } characters.
refusal-unshowable = { $field } holds characters that cannot be shown. Take them out or write it anew.
refusal-out_of_range = { $field } is not possible.
refusal-in_future = { $field } lies in the future.
refusal-unknown_zone = { $zone } is not a known time zone.
refusal-likely_duplicate = A client much like this one is already here.
client-not-agreed = Say how this was agreed with the client.
refusal-clock_gap = The clocks go forward over this time. The next time there is: { $first_after }.
refusal-clock_fold = The clocks go back over this time, so it comes twice. Choose the earlier or the later.
refusal-not_started = This session has not begun yet.
refusal-session_cancelled = This session was cancelled.
refusal-session_no_show = The client did not come to this session.
refusal-session_held = This session has been held: its note is approved.
refusal-session_past = This session is past.
refusal-too_late_to_cancel = Cancelled by the client in time asks for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} of notice. Record it as late.
refusal-note_empty = There is nothing in this note yet.
refusal-note_approved = This note is approved and cannot change. Add an addendum.
refusal-note_not_approved = This note is not approved yet.
refusal-note_in_error = This note was entered in error.
refusal-session_has_note = This session has a note already.
refusal-undo_too_late = The time to undo has passed.
refusal-has_addendum = The note has an addendum, so its approval stays.
note-addendum-open = An addendum is still being written.
refusal-nothing_to_withdraw = There is no earlier consent to withdraw.
refusal-consent_unchanged = This is what is recorded already.
refusal-consent_missing = Cannot start: consent is not recorded. Everyone in the room has to have given it.
refusal-participants = A session needs at least one client, and each only once.
refusal-nothing_to_undo = There is nothing to undo.
refusal-changed_since = This was changed since and cannot be undone.
refusal-file_unreadable = { $reason ->
    [not_found] The file is not there any more, or may not be opened.
    [too_large] The file is larger than 64 MB.
    [empty] The file is empty.
    [not_text] The file does not hold text. Choose a list saved as CSV.
    [workbook] The file is a workbook. Open it in the spreadsheet, save it as CSV, and choose that.
    [unclosed_quote] A quotation mark is opened in row { $row }, column { $column }, and never closed.
    [too_many_columns] The file has more than 500 columns.
   *[too_many_rows] The file has more than 100,000 rows.
} Nothing was imported.
refusal-rows_need_a_look = { $rows ->
    [one] One row needs a look: row { $row }.
   *[other] { $rows } rows need a look, the first is row { $row }.
} Nothing was imported.
refusal-sample = The sample practice is open, and needs no new keys: its people are invented. Nothing was changed.
refusal-stopped = Stopped. Nothing was changed.
refusal-wait = Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
refusal-no_file_manager = No file manager answered. The folder is named here, so that you can go there yourself.
refusal-import_touched = { $clients ->
    [one] One client of this import has been changed since
   *[other] { $clients } clients of this import have been changed since
}, so it cannot be undone.
refused-field-name = The name
refused-field-first_name = The first name
refused-field-last_name = The last name
refused-field-preferred_name = The preferred name
refused-field-initials = The initials
refused-field-pronouns = The pronouns
refused-field-born = The date of birth
refused-field-started = The start of therapy
refused-field-phone = The phone number
refused-field-email = The email
refused-field-address = The address
refused-field-file_number = The file number
refused-field-tag = The tag
refused-field-remark = The remark
refused-field-relationship = The relationship
refused-field-may_be_told = What they may be told
refused-field-title = The title
refused-field-practice_name = The practice’s name
refused-field-registration = The registration
refused-field-working_hours = The working hours
refused-field-minutes = The length
refused-field-time = The time
refused-field-place = The place
refused-field-source = How the client asked
refused-field-repeats = The number of weeks
refused-field-text = The text
refused-field-reason = The reason
refused-field-discussed_on = The date
refused-field-due = The due date
refused-field-times = The number of times
refused-field-undo_seconds = The time to undo
refused-field-lock_after = The time until it locks
refused-field-appearance = The appearance
refused-thing-client = client
refused-thing-contact = contact
refused-thing-session = session
refused-thing-note = note
refused-thing-addendum = addendum
refused-thing-homework = homework
refused-thing-entry = sentence
refused-thing-import = import
refused-thing-kit = recovery kit

### The guide

guide = Guide
guide-find = Find in the guide
guide-found = { $n ->
    [0] Nothing in the guide says “{ $find }”.
    [one] One place in the guide
   *[other] { $n } places in the guide
}
guide-next = Next: { $title }

### Clients

clients-col-name = Last name, first name
clients-col-started = Started
clients-col-last = Last completed
clients-col-next = Next booked
clients-col-homework = Homework
clients-col-consent = Consent
clients-col-consent-whole = Consent to automatic note-taking
clients-import = Import
clients-find = Find a client
clients-filter = Filter
clients-filter-active = Active
clients-filter-needs_note = Needs note
clients-filter-no_next_session = No next session
clients-filter-homework_overdue = Homework overdue
clients-filter-consent_not_recorded = Consent not recorded
clients-filter-ended = Ended
clients-no-match = No client matches "{ $find }".
clients-clear = Clear
clients-all = Show all active
clients-none-active = No active clients.
clients-none-needs_note = No session awaits approval.
clients-none-no_next_session = Every active client has a next session.
clients-none-homework_overdue = No homework is past its date.
clients-none-consent_not_recorded = Consent is recorded for every active client.
clients-none-ended = No therapy has ended yet.
clients-part-needs_note = { $n ->
    [one] One client has a session awaiting approval.
   *[other] { $n } clients have a session awaiting approval.
}
clients-part-no_next_session = { $n } of { $all } active clients { $n ->
    [one] has
   *[other] have
} no next session.
clients-part-homework_overdue = { $n } of { $all } active clients { $n ->
    [one] has
   *[other] have
} homework past its date.
clients-part-consent_not_recorded = { $n } of { $all } active clients { $n ->
    [one] has
   *[other] have
} no consent recorded.
clients-hint-open = Open profile
clients-empty = No clients yet
clients-empty-lead = Three ways to begin. You can always do the others later, and undo an import as a whole.
clients-empty-add = Add a client
clients-empty-import = Import a list
clients-empty-import-says = CSV from a spreadsheet. You check every row first.
clients-empty-file = Choose a file
client-born = born { $day }
client-started-derived = By the first completed session
client-not-yet = Not yet
client-none-yet = None yet
client-none-booked = None booked
client-notes = { $n ->
    [one] { $n } note
   *[other] { $n } notes
}
client-notes-heard = { " " }awaiting approval
client-notes-awaiting = { $n ->
    [one] A note is awaiting approval
   *[other] { $n } notes are awaiting approval
}
client-heard-client = , booked by client
client-heard-therapist = , booked by you
client-homework-overdue = { $n ->
    [one] Overdue, { $n } day
   *[other] Overdue, { $n } days
}
client-homework-overdue-by = { $n ->
    [one] Overdue by { $n } day
   *[other] Overdue by { $n } days
}
client-homework-set = Set, due { $day }
client-homework-set-undated = Set, no date

### Importing clients

import-title = Import clients
import-says = From a list saved as CSV. The columns are recognised by their headings, in whatever order they come.
import-list = A list of clients
import-list-says = CSV from a spreadsheet, or another program’s "Client Details" export. You check every row first, and can undo the import as a whole.
import-choose = Choose a file
import-here = The file is read on this computer and goes nowhere else.
import-reading = Reading the file.
import-check = Check the rows
import-lead = From <em>{ $file }</em>: { $all ->
    [one] one row
   *[other] { $all } rows
}. { $n ->
    [0] {""}
   *[other] { $facts }.{" "}
}Nothing is added until you import.
import-lead-ready = { $n ->
    [one] 1 is ready
   *[other] { $n } are ready
}
import-lead-needs_a_look = { $n ->
    [one] 1 needs a look
   *[other] { $n } need a look
}
import-lead-already_a_client = { $n ->
    [one] 1 is already a client
   *[other] { $n } are already clients
}
import-all = All
import-ready = Ready
import-needs_a_look = Need a look
import-already_a_client = Already a client
import-none-all = The file has headings but no rows.
import-none-ready = No row is ready.
import-none-needs_a_look = No row needs a look.
import-none-already_a_client = No row is like a client you have.
import-show-all = Show all
import-discreet = The rows are not shown while discreet.
import-col-take = Import
import-col-state = State
import-take = Import { $name }
import-empty = Empty
import-like-row = Like row { $row }
import-state-no_name = No name
import-state-no_last_name = No last name
import-state-not_a_date = Not a date
import-state-ambiguous_date = Which date?
import-state-unlikely_date = Unlikely date
import-state-doubtful_email = Doubtful email
import-state-doubtful_phone = Doubtful phone
import-state-unknown_status = Unknown status
import-state-unknown_time_zone = Unknown zone
import-state-too_long = Too long
import-state-too_many_columns = Too many cells
import-state-extra_cells = Extra cells
import-state-unclosed_quote = Open quote
import-state-control_characters = Odd characters
import-why-no_name = Row { $row } has no name, so it cannot be imported.
import-why-no_last_name = Row { $row } has only one name, { $name }. It stands as the last name.
import-why-not_a_date = { $readings ->
    [0] Row { $row }: { $seen } is not a date{ $field ->
        [born] { " " }of birth
       *[other] {""}
    }.
   *[other] Row { $row }: which date{ $field ->
        [born] { " " }of birth
       *[other] {""}
    } is { $seen }?
}
import-why-ambiguous_date = Row { $row }: which date{ $field ->
    [born] { " " }of birth
   *[other] {""}
} is { $seen }?
import-why-unlikely_date = Row { $row }: { $seen } cannot be a { $field ->
    [born] date of birth
   *[other] start of therapy
}.
import-why-doubtful_email = Row { $row }: the email { $seen } may be wrong. It is kept as it is.
import-why-doubtful_phone = Row { $row }: the phone number { $seen } may be wrong. It is kept as it is.
import-why-unknown_status = Row { $row }: the status { $seen } is not known here. It is kept as a remark.
import-why-unknown_time_zone = Row { $row }: the time zone { $seen } is not known here. It is kept as a remark.
import-why-too_long = Row { $row }: { $headed ->
    [yes] { $header } is
   *[no] the text is
} too long and was cut at { $limit } characters.
import-why-too_many_columns = Row { $row }: what comes after { $limit } cells was not read.
import-why-extra_cells = Row { $row } has { $seen } cells and the headings { $expected }, so values may stand in the wrong column.
import-why-unclosed_quote = Row { $row }: a quotation mark is never closed, so the row cannot be imported.
import-why-control_characters = Row { $row }: characters that cannot be shown were taken out.
import-alike-client = Row { $row }: { $name } is much like a client you have.
import-alike-row = Row { $row } is much like row { $other } of this file.
import-open = Open
import-all-the-same = Import all the same
import-leave-empty = Leave empty
import-tick = { $take ->
    [yes] Row { $row } will be imported. Space leaves it out.
   *[no] Row { $row } is left out. Space ticks it.
}
import-either = Day or month first? { $seen } may be { $one } or { $other }.
import-cancel = Cancel
import-go = { $n ->
    [0] Import
    [one] Import 1 client
   *[other] Import { $n } clients
}
import-columns = Columns
import-columns-says = What each column of the file holds. Reading the rows again forgets what was ticked and answered.
import-column = Column { $n }
import-read = Read the rows again
import-nameless = No column holds a name.
import-dates = Dates such as 03/02
import-dates-says = Counts only where the file itself leaves it open.
import-dates-as_shown = As the file shows
import-dates-day_first = Day first
import-dates-month_first = Month first
import-field-none = Kept as a remark
import-field-last_name = Last name
import-field-first_name = First name
import-field-middle_name = Middle name
import-field-full_name = Whole name
import-field-preferred_name = Preferred name
import-field-pronouns = Pronouns
import-field-born = Date of birth
import-field-started = Start of therapy
import-field-email = Email
import-field-phone = Phone
import-field-address = Street
import-field-city = Town
import-field-region = Region
import-field-post_code = Postcode
import-field-country = Country
import-field-status = Status
import-field-file_number = File number
import-field-time_zone = Time zone
import-field-tags = Tags
import-field-remark = Remark
import-running = Importing clients
import-running-says = All of them are added, or none.
import-far = { $done } of { $of }
import-stop = Stop
import-backing-up = Backing up before the import
import-backing-up-says = So that what is here now is in a backup, whatever the file brings.

### A client

client-edit = Edit details
client-book = Book session
client-write-note = Write note
client-write = Write note
client-write-of = Write the note of
client-write-none = There is no session to write a note of.
client-more = More
client-place = { $n } of { $of }
client-gone = This client is no longer there
client-loading = Reading the profile.
client-details = Details and contacts
client-homework-page = Homework
client-history-page = Session history
client-trail-page = What was read and changed
client-mark-waiting = Mark as waiting
client-mark-active = Mark as active
client-take-up = Take up therapy again
client-archive = Archive
client-end-therapy = End therapy
client-end-ask = End therapy with { $name }?
client-end-says = The record stays, under Ended.
client-end = End therapy
client-status-prospective = Prospective
client-status-waiting = Waiting
client-status-discharged = Therapy ended
client-status-archived = Archived
client-kind-in_person = In person
client-kind-video = Video
client-kind-phone = Phone
client-rhythm = { $weeks ->
    [one] Weekly
   *[other] Every { $weeks } weeks
}, { $weekday }s at { $time }
client-single-name = Single name
client-no-session-yet = First session not yet held
client-called = Called
client-started = Start of therapy
client-not-started = Not started
client-added = Added { $day }
client-sessions = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
client-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
client-months = { $n } months
client-years = { $n } years
client-since = { $long }, { $sessions }
client-since-derived = { $since }, by the first completed
client-last-completed = Last completed session
client-number-approved = No. { $n }, approved { $day }
client-next-booked = Next booked session
client-booked-client = Booked by client, { $day }
client-booked-therapist = Booked by you, { $day }
client-homework = Homework
client-none-set = None set
client-and-more = , and { $n } more
client-notetaking = Automatic note-taking
client-consent-given = Consent given
client-since-day = Since { $day }.
client-record-consent = Record consent
client-change = Change
client-last-name = Last name
client-phone = Phone
client-email = Email
client-emergency = Emergency contact
client-emergency-number = Emergency contact { $n }
client-emergency-there = { $n ->
    [one] { $n } contact
   *[other] { $n } contacts
}
client-emergency-discreet = Hidden in discreet mode.
client-show = Show
client-hide = Hide
client-not-given = Not given
client-add-this = Add
client-add-phone = Add phone
client-add-email = Add email
client-add-emergency = Add emergency contact
client-copy-phone = Copy phone
client-copy-email = Copy email
client-copy-their-phone = Copy phone of the contact
client-copied = Copied
client-not-copied = Could not be copied
client-their-phone = Their phone
client-may-be-told = What may be said
client-release-until = Until { $day }
client-release-ended = Release ended { $day }
client-confirmed = Confirmed with client
client-not-confirmed = Not confirmed
client-closes = Closes when you leave
client-hidden-whole = Hidden in discreet mode. Hold Alt to look.
client-summary = Summary of discussions
client-summary-from = { $n ->
    [one] From { $n } approved note, updated { $day }
   *[other] From { $n } approved notes, updated { $day }
}
client-summary-of = { $n ->
    [one] From { $n } approved note
   *[other] From { $n } approved notes
}
client-summary-edit = Edit
client-summary-behind = { $n ->
    [one] Behind: { $n } change in the notes
   *[other] Behind: { $n } changes in the notes
}
client-summary-bring = Bring up to date
client-summary-empty = Nothing yet. The summary begins with the first note you approve.
client-summary-own = by you
client-summary-standing = Where things stand
client-summary-recurring = What keeps coming back
client-summary-next = To pick up next
client-source-session = session { $n }
client-source-subjective = Subjective
client-source-objective = Objective
client-source-assessment = Assessment
client-source-plan = Plan
client-source-data = Data
client-source-behaviour = Behaviour
client-source-intervention = Intervention
client-source-response = Response
client-source-text = Note
client-source-addendum = Addendum
client-source-open = Open note
client-source-approved = Approved { $day }, { $time }
client-source-error = Entered in error since
client-upcoming = Upcoming session
client-in = in { $length }
client-plan-hidden = Plan hidden
client-plan-done = , taken up
client-open-session = Open session
client-move-or-cancel = Move or cancel
client-move = Move session
client-cancel = Cancel session
client-none-booked-yet = None booked.
client-homework-assigned = Set { $day }, no date
client-homework-due = Set { $day }, due { $due }
client-homework-ended = Set { $day }, { $state } { $on }
client-homework-now-done = done
client-homework-now-partly_done = partly done
client-homework-now-not_done = not done
client-homework-now-cancelled = cancelled
client-homework-times = { $n } of { $of } done
client-homework-done = Mark as done
client-homework-change = Change date
client-homework-set-new = Set new homework
client-homework-set-one = Set homework
client-homework-not-after-all = Not done after all
client-homework-none = None set.
client-recent = Recent sessions
client-recent-none = None yet.
client-history = Session history ({ $n })
client-note-of = , note of { $day }
client-review = Review
client-session-cancelled_by_client = Cancelled by client
client-session-cancelled_late_by_client = Cancelled late by client
client-session-cancelled_by_therapist = Cancelled by you
client-email-doubt = This address has no ending, such as .org. Save it anyway if it is right.
client-email-doubt-whole = This is not a whole address, such as name@practice.org. Save it anyway if it is right.

### Adding and changing a client

client-add = New client
client-add-lead = A name is enough to start.
client-add-confirm = Add client
client-add-and-book = Add and book a session
client-add-prospective = Prospective
client-add-waiting = Waiting
client-add-active = Active
client-name = Name
client-first-name = First name
client-last-name-hint = Or the only name.
client-pronouns = Pronouns
client-born-on = Born
client-status = Status
client-shown-as = Shown as
client-shown-as-none = The name
client-begun = Started
client-alike = Is this the same person?
client-alike-lead = You are adding { $name }. { $n ->
    [one] One client is much alike.
   *[other] { $n } clients are much alike.
}
client-alike-which = Compare with
client-alike-new = Being added
client-alike-there = Already a client
client-alike-same = Same
client-alike-differs = Differs
client-alike-two = If they are two people, both rows of the list will show the date of birth or the file number.
client-alike-add = Add as a new client
client-alike-back = Back
client-alike-open = Open { $name }
client-save = Save details
client-last-changed = Last changed { $day }, { $how }
client-last-agreed = Last changed { $day }, agreed { $how }.
client-changed-in_session = in session
client-changed-phone = by phone
client-changed-writing = in writing
client-changed-correction = as a correction
client-agreed = Agreed with the client
client-agreed-in_session = In session
client-agreed-phone = By phone
client-agreed-writing = In writing
client-agreed-correction = Only a correction
client-agreed-hint = Kept with the change, so that you can show who asked for it and when.
client-agreed-on = Agreed on
client-started-hint = Empty: the first completed session.
client-more-details = More details
client-initials = Initials
client-initials-hint = Shown in discreet mode.
client-file-number = File number
client-address = Address
client-zone = Time zone
client-zone-yours = As yours
client-zone-as-yours = { $place }, as yours
client-tags = Tags
client-tags-hint = With commas between.
client-remark = Remark
client-none = None
client-phones = Phones
client-emails = Emails
client-nth-phone = Phone { $n }
client-nth-email = Email { $n }
client-another-phone = Add a phone
client-another-email = Add an email
client-point-remark = Use of number { $n }
client-point-use = When and how
client-point-first = Move number { $n } up
client-point-remove = Remove number { $n }
client-first-choice = , first choice

### Contacts

contact-in-order = In an emergency, in this order
contact-others = Others
contact-none = Nobody yet.
contact-order = { $n } in order
contact-up = Move { $name } up
contact-down = Move { $name } down
contact-change = Edit
contact-reached = How to reach { $name }
contact-until = Until { $day }.
contact-ended = Ended { $day }.
contact-no-end = No end date.
contact-shown-since = Shown since { $time }. Hides when you leave this page.
contact-add = Add a contact
contact-edit = Edit contact
contact-save = Save contact
contact-remove = Remove
contact-relationship = Relationship
contact-emergency = Call in an emergency
contact-may-be-told-hint = As released by the client.
contact-release-until = Released until

### Consent

consent-title = Consent to automatic note-taking
consent-lead-none = { $name }. Not recorded yet.
consent-lead = { $name }. { $state } on { $day }, { $how }.
consent-by-in_session = in session
consent-by-phone = by phone
consent-by-video = by video
consent-by-writing = in writing
consent-decision = Decision
consent-says-given = Sessions may be noted automatically. You still read and approve every note.
consent-says-declined = You write the notes yourself. You can ask again later.
consent-says-withdrawn = Automatic note-taking stops now. Approved notes stay, and so does the record of the earlier consent.
consent-says-mistake = Use this if consent was recorded by mistake.
consent-nothing-to-withdraw = There is no earlier consent to withdraw.
consent-as-recorded = As recorded on { $day }.
consent-how = How it was discussed
consent-how-in_session = In session
consent-how-phone = By phone
consent-how-video = By video
consent-how-writing = In writing
consent-date = Date
consent-note = Note
consent-note-hint = In the client’s words, if you like
consent-history = Consent history ({ $n })
consent-history-line = { $day }: { $state }, { $how }
consent-record = Record consent
consent-record-given = Record as given
consent-record-declined = Record as declined
consent-record-withdrawn = Record as withdrawn
consent-choose = Choose what was decided.
consent-kept = Kept in the consent history.

### Notes

note-place = Note
note-loading = Reading the note.
note-gone = This note is no longer there
note-people = { $others } and { $last }
note-held = { $span }, { $how }
note-how-in_person = in person
note-how-video = by video
note-how-phone = by phone
note-session = Session { $n }, { $where }
note-session-of = Session of { $where }
note-kind-no_show = Note of a no-show
note-kind-psychotherapy = Private process note
note-on = on { $moment }
note-template = Template
note-template-soap = SOAP
note-template-dap = DAP
note-template-birp = BIRP
note-template-free = Free
note-more = More
note-section-subjective = Subjective
note-section-objective = Objective
note-section-assessment = Assessment
note-section-plan = Plan
note-section-data = Data
note-section-behaviour = Behaviour
note-section-intervention = Intervention
note-section-response = Response
note-section-text = Note
note-nothing = Nothing written
note-saved = Saved { $time }
note-unsaved-disk_full = The disk is full.
note-unsaved-read_only = The folder of your records cannot be written to.
note-unsaved-still-here = What you have written is still here.
note-try-again = Try again
note-approve = Approve note
note-approve-says = Marks the session complete and locks the note.
note-approve-locks = Locks the note.
note-approve-once-saved = You can approve once the note is saved.
note-not-approved = Not approved
note-approved = Approved
note-now-completed = Session completed, note locked.
note-now-locked = Note locked.
note-undo-for = { $n ->
    [one] You can undo for { $n } second.
   *[other] You can undo for { $n } seconds.
}
note-next = Next awaiting: { $name }
note-stamp-word = Completed.
note-stamp-word-approved = Approved.
note-stamp-word-error = Entered in error.
note-stamp-now = You approved this note { $at }. It is locked.
note-stamp = You approved this note { $at }. It is locked and unchanged since.
note-stamp-differs = You approved this note { $at }. <b>Its text is no longer what was approved.</b>
note-stamp-error = Marked by you { $at }: “{ $reason }” It stays readable and counts for nothing; approved { $approved }.
note-locked-says = The text above cannot change. An addendum is dated and signed.
note-addendum = Addendum
note-addendum-being-written = being written
note-addendum-saved = Addendum saved { $time }
note-add-addendum = Add addendum
note-approve-addendum = Approve addendum
note-discard = Discard
note-reason = Reason
note-reason-later_news = Later news
note-reason-correction = Correction
note-reason-left_out = Left out
note-none-counts = This session has no note that counts.
note-begin-again = Begin with this text
note-write = Write note
note-open-counting = Open the note that counts
note-open-session = Open session
note-open-history = Session history
note-error-menu = Mark as entered in error
note-error = Mark this note as entered in error
note-error-lead = { $n ->
    [0] { $name }, { $day }
   *[other] { $name }, session { $n }, { $day }
}
note-error-mark = Mark as entered in error
note-error-what = What is wrong
note-error-wrong_client = Wrong client
note-error-wrong_client-says = It was written about someone else.
note-error-wrong_session = Wrong session
note-error-wrong_session-says = It belongs to another day.
note-error-other = Something else
note-error-other-says = Say what, in your own words.
note-error-reason = Reason
note-error-stands = Stands with the note for as long as it is kept.
note-error-say-what = Say what is wrong.
note-error-say-why = Give a reason.
note-error-readable = The note stays readable, with your reason above it.
note-error-returns = The session returns to awaiting approval: completed goes from { $n } to { $after }.
note-error-sources = { $n ->
    [one] One sentence of the summary loses its source and is marked.
   *[other] { $n } sentences of the summary lose their source and are marked.
}
note-discreet = Only the line you are writing is shown.
note-paragraphs-hidden = { $n ->
    [0] Nothing yet
    [1] One paragraph, hidden
    [2] Two paragraphs, hidden
    [3] Three paragraphs, hidden
   *[other] { $n } paragraphs, hidden
}
note-paragraph-hidden = Paragraph { $n }, hidden
note-paragraph-new = New paragraph
note-paragraph-of = { $section }, paragraph { $n }
note-hidden-whole = Hidden in discreet mode. Hold Alt to look.
note-glance = Client, at a glance
note-view-profile = View Client Profile
note-completed = Completed
note-sessions = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
note-since = Since { $day }
note-last-completed = Last completed
note-next-booked = Next booked
note-none-booked = None booked
note-homework = Homework
note-homework-overdue = { $n ->
    [one] Overdue by { $n } day
   *[other] Overdue by { $n } days
}
note-homework-due = Set, due { $day }
note-consent = Consent
note-consent-what = Automatic note-taking
note-consent-since = Automatic note-taking, since { $day }
note-panel-hidden = Plan and last time are hidden. Hold Alt to look.
note-planned = Planned
note-planned-on = Planned on { $day }
note-taken-up = , taken up
note-last-time = Last time, in short
note-in-summary = In the summary
note-in-summary-from = { $n ->
    [one] One sentence of the summary comes from this note.
   *[other] { $n } sentences of the summary come from this note.
}
note-in-summary-marked = { $n ->
    [one] One sentence came from this note. It is marked until you decide.
   *[other] { $n } sentences came from this note. They are marked until you decide.
}
note-in-summary-look = { $n ->
    [one] Look at it
   *[other] Look at the { $n }
}
note-record = Record
note-act-begun = Begun
note-act-approved = Approved by you
note-act-approval_undone = Approval undone by you
note-act-addendum_approved = Addendum by you
note-act-entered_in_error = Entered in error
notes-search = Search in all notes
notes-filter = Filter
notes-filter-awaiting_approval = Awaiting approval
notes-filter-not_begun = Not begun
notes-filter-approved = Approved
notes-count = { $n }
notes-count-more = more than { $n }
notes-lately = Approved this week
notes-edit = Edit
notes-open = Open note
notes-begun-saved = { $where }. Begun { $begun }, saved { $saved }.
notes-approved = You approved this note { $at }.
notes-not-begun = Not begun
notes-not-begun-says = No note of this session has been begun.
notes-none-awaiting_approval = No note awaits approval.
notes-none-not_begun = Every past session has a note.
notes-none-approved = No note has been approved yet.
notes-no-match = No note says "{ $find }".
notes-loading = Reading the notes.
notes-write-of = Write the note of
notes-write-none = There is no session to write a note of.

### Session history

history-title = Session history
history-list = Sessions
history-search = Search in these notes
history-found = { $n } of { $of }
history-all = All
history-open = Open note
history-open-session = Open session
history-number = Completed, no. { $n }
history-cancelled_by_client = Cancelled by client
history-cancelled_late_by_client = Cancelled late by client
history-cancelled_by_therapist = Cancelled by you
history-kind-phone = Phone, { $length }
history-kind-video = Video, { $length }
history-no-note = No note of this session has been begun.
history-none = No past sessions yet.
history-none-such = No session of this kind.
history-loading = Reading the history.

### What was read and changed

trail-title = What was read and changed
trail-title-of = What was read and changed: { $name }
trail-filter = Show
trail-list = Entries
trail-all = All
trail-kind-read = Read
trail-kind-written = Written
trail-kind-approved = Approved
trail-kind-details = Details changed
trail-kind-shown = Shown
trail-n = { $n }
trail-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
} since { $day }
trail-unbroken = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
} since { $day }. Unbroken when verified { $time }
trail-broken = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
} since { $day }. Not whole when verified { $time }
trail-broken-title = The record is not as it was written.
trail-broken-says = Something other than Anteroom changed it, of this client or of another. Nothing was changed now. Verify the record to see where, and restore the newest backup, which is whole.
trail-broken-go = Backups and health
trail-foot = Entries are added, never edited. Someone with your passphrase could still replace the whole file; an older backup would show it.
trail-earlier = Show earlier entries
trail-none = Nothing has been read or changed yet.
trail-none-such = No entry of this kind.
trail-loading = Reading the record.
trail-session = Session of { $day }
trail-times = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
trail-consent = { $purpose }: { $decision }
trail-agreed = Agreed { $how }, { $day }
trail-purpose-automatic_note_taking = Automatic note-taking
trail-purpose-recording = Recording
trail-purpose-email = Email
trail-purpose-release = Release
trail-decision-given = given
trail-decision-declined = declined
trail-decision-withdrawn = withdrawn
trail-read-summary = Summary read
trail-read-history = Session history read
trail-read-session = Session read
trail-act-client_read = Profile read
trail-act-note_read = Note read
trail-act-notes_searched = Notes searched
trail-act-client_added = Client added
trail-act-client_changed = Details changed
trail-act-client_status_changed = Status changed
trail-act-contact_added = Contact added
trail-act-contact_changed = Contact changed
trail-act-contact_moved = Contacts put in another order
trail-act-contact_removed = Contact removed
trail-act-contacts_disclosed = Emergency contacts shown
trail-act-details_disclosed = Details shown
trail-act-session_booked = Session booked
trail-act-series_booked = Series booked
trail-act-session_moved = Session moved
trail-act-session_cancelled = Session cancelled
trail-act-session_restored = Session taken up again
trail-act-attendance_recorded = Attendance recorded
trail-act-plan_changed = Plan changed
trail-act-note_begun = Note begun
trail-act-note_version_written = Note written
trail-act-note_template_changed = Note’s template changed
trail-act-note_approved = Note approved
trail-act-approval_undone = Approval undone
trail-act-note_entered_in_error = Note marked as entered in error
trail-act-addendum_begun = Addendum begun
trail-act-addendum_discarded = Addendum discarded
trail-act-addendum_restored = Addendum brought back
trail-act-addendum_approved = Addendum approved
trail-act-consent_recorded = Consent recorded
trail-act-homework_assigned = Homework set
trail-act-homework_changed = Homework changed
trail-act-homework_state_recorded = Homework recorded
trail-act-summary_changed = Summary changed
trail-act-summary_brought_up_to_date = Summary brought up to date
trail-act-change_undone = Change undone
trail-act-change_redone = Change made again
trail-field-last_name = Last name
trail-field-first_name = First name
trail-field-preferred_name = Name they go by
trail-field-name_order = Order of the name
trail-field-initials = Initials
trail-field-pronouns = Pronouns
trail-field-born = Date of birth
trail-field-started = Start of therapy
trail-field-phones = Phone
trail-field-emails = Email
trail-field-address = Address
trail-field-file_number = File number
trail-field-zone = Time zone
trail-field-tags = Tags
trail-field-remark = Remark
trail-field-text = Text
trail-field-detail = Detail
trail-field-session = Session
trail-field-repeats = How often
trail-field-times = Number of times
trail-field-due_on = Due date

### Homework

homework-title = Homework
homework-client = Client
homework-set = Set homework
homework-edit = Edit
homework-edit-title = Edit homework
homework-save = Save homework
homework-loading = Reading the homework.
homework-none = No homework has been set.
homework-none-such = None of these.
homework-earlier = Earlier
homework-filter-all = All
homework-filter-open = Open
homework-filter-done = Done
homework-filter-partly_done = Partly done
homework-filter-not_done = Not done
homework-filter-cancelled = Cancelled
homework-ended = Set { $day }, { $state } { $on }
homework-now-done = done
homework-now-partly_done = partly done
homework-now-not_done = not done
homework-now-cancelled = cancelled by you
homework-due = Set { $day }, due { $due }
homework-repeating = Set { $day }, { $repeats }
homework-repeating-daily = repeats daily
homework-repeating-weekly = repeats weekly
homework-assigned = Set { $day }
homework-with-times = { $said }. { $n } of { $of } done
homework-assigned-on = Set { $day }
homework-set-in = Set in
homework-session-of = session of { $day }
homework-session = Session { $n }, { $day }
homework-no-session = No session
homework-state = State
homework-due-word = Due
homework-no-date = No date
homework-repeats = Repeats
homework-repeats-once = Once
homework-repeats-daily = Every day
homework-repeats-weekly = Every week
homework-times = { $often }, { $n ->
    [one] { $n } time
   *[other] { $n } times
}
homework-occurrences-once = { $n } times
homework-occurrences-daily = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
homework-occurrences-weekly = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
homework-occurrence-assigned = not yet known
homework-occurrence-done = done
homework-occurrence-partly_done = partly done
homework-occurrence-not_done = not done
homework-tally-done = { $n } done
homework-tally-partly_done = { $n } partly done
homework-tally-not_done = { $n } not done
homework-tally-assigned = { $n } not yet known
homework-happened = What happened
homework-act-assigned = Set by you
homework-act-due = Now due { $day }
homework-act-undated = Now without a date
homework-act-edited = Edited
homework-act-occurrence = One time recorded
homework-act-overdue = Overdue, because { $day } has passed
homework-mark-done = Mark as done
homework-change-date = Change date
homework-again = Take up again
homework-lead = { $name }. Set { $day }.
homework-what = What
homework-detail = In more words
homework-was = Was
homework-overdue-lower = { $n ->
    [one] overdue by { $n } day
   *[other] overdue by { $n } days
}
homework-next-session = Next session, { $day }
homework-in-a-week = In a week
homework-ends-after = Ends after
homework-times-label = Times
homework-times-word = times
homework-times-last = times, the last on { $day }
homework-times-number = The number of times is a whole number.
homework-say-what = Say what there is to do.
homework-no-longer = No longer needed
homework-overdue-from = Overdue from { $day }

### Editing the summary

summary-title = Summary of discussions
summary-lead = Pinned sentences stay at the top of their group. A sentence without a note is marked as yours.
summary-loading = Reading the summary.
summary-newer = { $n ->
    [one] One change in the notes
    [2] Two changes in the notes
   *[other] { $n } changes in the notes
}
summary-pin = Pin
summary-drop = Drop
summary-dropped = Dropped
summary-own = by you
summary-write-own = Write a sentence of your own
summary-sentence = Sentence
summary-edit-this = Edit: { $text }
summary-source-error = Its note was entered in error
summary-behind = { $n ->
    [one] Behind until you have looked through it.
    [2] Behind until you have looked through both.
   *[other] Behind until you have looked through all { $n }.
}
summary-up-to-date = Up to date
summary-is-up-to-date = Up to date
summary-offers = Newer than the summary
summary-from-note = { $day }, note
summary-from-addendum = { $day }, addendum
summary-add = Add
summary-added = Added
summary-none-newer = Nothing newer than the summary.

### Today

today-now = { $time }.
today-now-line = Now, { $time }
today-none = No sessions today.
today-no-more = No more sessions today.
today-next = { $name } is next at { $time }, { $in }.
today-here = { $name } is here until { $time }.
today-more = { $n ->
    [1] One
    [2] Two
    [3] Three
    [4] Four
    [5] Five
    [6] Six
    [7] Seven
    [8] Eight
    [9] Nine
   *[other] { $n }
} more after that.
today-discreet = Discreet: names as initials, notes hidden. Hold Alt to look.
today-sessions = Sessions today
today-awaiting = Note awaiting your approval
today-not-begun = Note not begun
today-completed = Completed, note approved { $time }
today-no-show = Did not come
today-told = { $what }, { $when }
today-cancelled_by_client = Cancelled by client
today-cancelled_late_by_client = Cancelled late by client
today-cancelled_by_therapist = Cancelled by you
today-by-phone = by phone
today-review = Review note
today-review-short = Review
today-write = Write note
today-write-short = Write
today-of = , { $name }
today-with = { " " }with { $name }
today-open-note = Open session note
today-homework-assigned = Homework set
today-homework-in_progress = Homework in progress
today-homework-done = Homework done
today-homework-partly_done = Homework partly done
today-homework-not_done = Homework not done
today-homework-cancelled = Homework cancelled
today-homework-overdue = Homework overdue
today-homework-none = No homework set
today-consent-given = Consent given
today-consent-declined = Consent declined
today-consent-withdrawn = Consent withdrawn
today-consent-not_recorded = Consent not recorded.
today-record-consent = Record consent
today-last = Last time, { $day }
today-last-hidden = Last discussion, { $day }: hidden
today-waiting = Waiting for you
today-awaiting-head = Awaiting your approval
today-awaiting-why = A session counts as completed once you approve its note.
today-awaiting-none = Every session held has its approved note.
today-no-next = No next session
today-no-next-none = Every active client has a next session.
today-last-session = Last session { $day }
today-last-session-today = Last session today
today-none-completed = No completed session yet
today-cancelled-today = Cancelled today’s session
today-book = Book
today-show-all = Show all { $n ->
    [3] three
    [4] four
    [5] five
    [6] six
    [7] seven
    [8] eight
    [9] nine
   *[other] { $n }
}
today-overdue = Homework overdue
today-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
today-begin = Three ways to begin. You can always do the others later, and undo an import as a whole.
today-begin-add = A name is enough to start.
today-sample = Look around in a sample practice
today-sample-says = Twenty-four invented clients in a separate file. Nothing mixes with your own records.
today-sample-open = Open the sample

### Sessions

book = Book session
book-client = Client
book-find = Name of the client
book-last = last session { $day }
book-remove = Take { $name } out
book-add-person = Add another person
book-no-match = No client matches "{ $find }".
book-date = Date
book-time = Time
book-length = Length
book-length-unread = This is not a length. Write it as 50 min.
book-by = Booked by
book-by-client = Client
book-by-you = You
book-where = Where
book-in-person = In person
book-video = Video
book-phone = Phone
book-link = Link
book-source = How the client asked
book-weekly = Repeat every week
book-weekly-at = Repeat every week, { $weekday }s at { $time }
book-times = Number of sessions
book-who = Choose a client.
book-which-day = Choose a date.
book-which-time = Choose a time.
book-how-many = From 2 to 52 sessions.
book-other-time = Choose a time that exists.
book-gap = The clocks go forward over this time, so it does not exist.
book-gap-take = Take { $time }
book-fold = The clocks go back over this time, so it comes twice.
book-fold-which = Choose which of the two.
book-fold-earlier = The earlier
book-fold-later = The later
book-overlap = Overlaps with { $what }{ $more ->
    [0] .
    [one] { " " }and one more.
   *[other] { " " }and { $more } more.
}
book-overlap-book = You can book it all the same.
book-overlap-move = You can move it all the same.
book-past = This time has passed.
book-outside = Outside your working hours.
book-shifted = On { $days } the clocks go forward over this time; there it begins at the first time after.
move = Move session
move-lead = { $name }.
move-lead-series = { $name }. { $rhythm } at { $time }.
move-now = Now
move-then = Then
move-asked-by = Asked by
move-asked-on = Asked on
move-how = How, and why
move-kept = Kept in the session’s history
move-same = Choose another time.
series = Which sessions move?
series-which = Which sessions
series-lead = { $from } moves to { $to }.
series-one = Only this one
series-one-says = { $to }. The others stay on { $weekday }s at { $time }.
series-following = This one and those that follow
series-following-says = { $n } sessions, { $first } to { $last } at { $time }.
series-to-come = All that are still to come
series-to-come-says = { $n } sessions, from { $first }. Sessions already held never move.
series-move = { $n ->
    [one] Move session
   *[other] Move { $n } sessions
}
series-overlaps = { $n ->
    [1] One overlaps.
    [2] Two overlap.
    [3] Three overlap.
   *[other] { $n } overlap.
}
series-all-the-same = { $more ->
    [0] .
   *[other] , and more.
} You can move them all the same.
series-back = Back
series-asked-client = Asked by client
series-asked-therapist = Asked by you
cancel = Cancel session
cancel-lead = { $name }, { $when }
cancel-who = Who cancelled
cancel-by-client = By the client
cancel-by-client-late = By the client, late
cancel-by-you = By you
cancel-in-time = At least a day before. Stands in the history as cancelled.
cancel-begun = Not possible now: this asks for { $hours } hours, and the session has begun.
cancel-too-late = Not possible now: this asks for { $hours } hours, and there are { $left }.
cancel-late = Less than { $hours } hours before. Stands in the history as late.
cancel-others-stay = The other sessions stay booked.
cancel-told = Told you on
cancel-again = Then book another time.
cancel-again-next = Then book another time. The next is { $next }.
cancel-undo = You can undo until the session begins
cancel-keep = Keep it
session-moment-unread = This is not a moment. Write it as 14 Jan, 18:40.
session-kind-in_person = in person
session-kind-video = by video
session-kind-phone = by phone
session-said = { $place }.
session-far = { $place }. { $far }.
session-left = { $place }. { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
} left.
session-progress = { $n } of { $of } minutes
session-in-progress-since = In progress since { $time }
session-completed-number = Completed, session { $n }
session-attendance-cancelled_by_client = Cancelled by client
session-attendance-cancelled_late_by_client = Cancelled late by client
session-attendance-cancelled_by_therapist = Cancelled by you
session-told = Told on { $when }.
session-booked-client = Booked by client, { $day }
session-booked-therapist = Booked by you, { $day }
session-rhythm = { $weeks ->
    [one] Weekly
   *[other] Every { $weeks } weeks
}, { $weekday }s
session-place = { $name }, { $day }
session-and = { " " }and{ " " }
session-comma = ,{ " " }
session-of = { " " }of { $name }
session-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
session-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
session-move-short = Move
session-cancel = Cancel session
session-did-not-come = Did not come
session-was-cancelled = Was cancelled
session-came = Came after all
session-more = More
session-book = Book another session
session-history = Session history
session-homework-all = Homework
session-process-note = Write process note
session-open-note = Open note
session-review-note = Review note
session-start-note = Start note
session-write-note = Write note
session-foot-upcoming = You can begin the note before the session.
session-foot-in_progress = The plan stands beside the note while you write.
session-gone = This session is no longer there
session-plan-today = Plan for today
session-plan = Plan
session-plan-from = From the note of { $day }
session-plan-done = { $n } of { $of }
session-plan-hidden = Plan hidden
session-plan-none = None written.
session-plan-saved = Plan saved { $time }
session-plan-kept = What you have written is still here.
session-try-again = Try again
session-point = Point to take up
session-point-change = , change
session-point-add = Add a point
session-last-time = Last time, in short
session-last-time-empty = The last note has no text to shorten.
session-first = There is no earlier note.
session-note-of = Note of { $day }
session-homework = Homework
session-homework-none = None set.
session-homework-done = Mark as done
session-homework-due = Set, due { $day }
session-set-new = Set new
session-overdue = { $n ->
    [one] Overdue by { $n } day
   *[other] Overdue by { $n } days
}
session-consent = Automatic note-taking
session-change-consent = Change consent
session-record-consent = Record consent
session-consent-said = { $by }, { $how }, { $day }.
session-by-client = By the client
session-by-therapist = By you
session-how-in_session = in session
session-how-phone = by phone
session-how-video = by video
session-how-writing = in writing
session-moved = Moved
session-move-said = From { $from } to { $to }, asked by { $by }, { $day }.
session-asked-client = the client
session-asked-therapist = you
session-beside = Client, at a glance
session-completed = Completed
session-count = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
session-since = Since { $day }
session-last-completed = Last completed
session-none-yet = None yet
session-next-booked = Next booked
session-none-booked = None booked
session-this-one = This one
session-emergency = Emergency
session-not-given = Not given
session-show = Show
session-hide = Hide
session-hidden = Hidden in discreet mode. Hold Alt to look.
session-closes = Closes when you leave
session-awaiting = Note awaiting approval
session-not-begun = Note not begun
session-waiting = { $day }, { $kind }, { $length }
session-review = Review
session-write = Write note

### Settings

settings = Settings
settings-practice = Practice
settings-security = Security
settings-appearance = Appearance
settings-about = About
settings-kept = Saved
settings-change = Change
settings-change-what = Change: { $what }
settings-registration = Registration
settings-address = Address
settings-calendar = Calendar
settings-zone-says = { $zone }. New sessions use it; earlier ones keep theirs.
settings-zone-hint = New sessions use it; earlier ones keep theirs.
settings-place = Usual place
settings-place-none = Not given
settings-place-hint = Where sessions in person usually are.
settings-overlaps = Say when sessions overlap
settings-overlaps-says = You can always book all the same.
settings-theme = Theme
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-text = Text
settings-zoom = Size of everything
settings-zoom-says = Also { $larger } and { $smaller }. From 133 % the narrow layout is used.
settings-percent = { $n } %
settings-size = Size while writing and reading
settings-size-small = Small
settings-size-usual = Usual
settings-size-large = Large
settings-size-sample = She called the week “mostly ordinary”.
settings-dates = Dates and motion
settings-week = Week begins on
settings-clock = Times
settings-clock-system = System
settings-clock-h24 = 24 h
settings-clock-h12 = 12 h
settings-clock-says = { $hours } hours{ $chosen ->
    [system] , as the system
   *[other] {""}
}. Example: { $example }.
settings-motion = Less motion and more contrast
settings-motion-says = Follow the system: motion { $less ->
    [yes] less
   *[no] usual
}, contrast { $more ->
    [yes] more
   *[no] usual
}.
about-records = Records
about-folder = Where your records are
about-folder-sample = Where the sample practice is
about-licences = Licences
about-read = Read
about-read-what = Read: { $what }

### Updates

updates = Updates
updates-verdict-newer = Anteroom { $version }. Version { $newer } is ready to install.
updates-verdict-off = Anteroom { $version }. Update checks are off, and nothing leaves this computer.
updates-verdict-current = Anteroom { $version }. It was the current version { $time }.
updates-verdict-unknown = Anteroom { $version }. Whether there is a newer version is not known yet.
updates-install = Back up, then install { $version }
updates-changes = What changes
updates-changes-in = What changes in { $version }
updates-changes-none = Its makers have not said what changes.
updates-check = Check for updates
updates-check-off = Off. When on, Anteroom asks { $host } once a day which version is current. It sends its version and the kind of system, nothing else, and tells you before it downloads.
updates-check-on = On since { $date }. One request a day to { $host }, with version and kind of system.
updates-check-nobody = This copy was made without an address to ask, so it asks nobody.
updates-check-sample = Not in the sample practice. Leave it to turn this on for your own records.
updates-now = Check now
updates-asking = Asking…
updates-file = Install from a file
updates-file-says = A signed file, with its signature checked first. Older versions are refused.
updates-file-nobody = This copy was made without the key that packages are signed with, so it can take none.
updates-file-choose = Choose a file
updates-dialog = Install { $version }
updates-dialog-says = Your records are backed up first. Then Anteroom closes, and opens again as { $version }. Your system may ask for its password.
updates-dialog-notes = What changes
updates-dialog-confirm = Back up, then install
updates-unsaved = What you were writing is not saved yet, so nothing was begun. It is still there. Try again once it says Saved.
updates-step-begin = Beginning
updates-step-back_up = Backing up your records
updates-step-download = { $of ->
    [none] Fetching { $version }
   *[other] Fetching { $version }: { $done } of { $of }
}
updates-step-install = Your system installs it now, and may ask for its password. Anteroom opens again by itself.
updates-requests = Requests made
updates-requests-all = { $n }, all listed
updates-requests-none = None since these records were begun.
updates-requests-show = Show all
updates-when = When
updates-to = To
updates-sent = Sent
updates-answer = Answer
updates-sent-look = { $version }, { $os ->
    [linux] Linux
    [macos] macOS
    [windows] Windows
   *[other] { $os }
}, { $kind ->
    [x86_64] 64-bit
    [aarch64] 64-bit Arm
   *[other] { $kind }
}
updates-sent-download = Download, you agreed
updates-answer-none = No answer
updates-answer-current = { $version } is current
updates-answer-newer = { $newer } is out
updates-answer-no_package = Nothing for this system
updates-answer-unreadable = Not understood
updates-answer-moved = Ask elsewhere
updates-answer-insecure = Ask elsewhere unencrypted: not followed
updates-answer-downloaded = { $size }, signed
updates-answer-rejected = { $size }, thrown away
updates-answer-broken_off = Broke off
updates-answer-stopped = Stopped by you

no-update-no_address = This copy of Anteroom was made without an address to ask, so it asked nobody. It goes on as it is. Newer versions can be had from where you got it.
no-update-sample = The sample practice asks nobody and installs nothing. Nothing was changed. Leave it, and do this from your own records.
no-update-not_https = The server wanted to go on unencrypted, so Anteroom did not. Nothing was installed, and your records are as they were. Try again tomorrow; if it stays so, get the newer version from where you got this one.
no-update-no_server = Nobody answered. Nothing was installed, and your records are as they were. Look whether this computer is online, and check again.
no-update-unreadable = What the server answered is not what Anteroom asked for. Nothing was installed, and your records are as they were. Check again tomorrow.
no-update-no_package = There is a newer version, but no package of it for this system. Nothing was installed, and this version goes on as it is. Look where you got this one.
no-update-not_a_package = This copy was not installed from a package, so none can take its place. Nothing was changed. Install the newer version as you installed this one.
no-update-interrupted = The download broke off, and what had come was thrown away. Nothing was installed, and your records are as they were. Try again.
no-update-damaged = The package is not, to the byte, the one that was signed, so it was thrown away. Nothing was installed, and your records are as they were. Try again; if it stays so, do not use that package.
no-update-other_key = The package is signed by somebody else than the makers of this copy, so it was thrown away. Nothing was installed, and your records are as they were. Do not use that package.
no-update-version_not_signed = The signature does not say of which version it is, so the package was thrown away. Nothing was installed, and your records are as they were. Get a package that is signed with its version.
no-update-other_version = The package was signed as another version than it was said to be, so it was thrown away. Nothing was installed, and your records are as they were. Do not use that package.
no-update-not_newer = This file is the version you have, or an older one. Nothing was installed, and your records are as they were. Choose a newer one.
no-update-no_signature = There is no signature beside this file. Nothing was installed, and your records are as they were. Put the file that ends in .sig beside it and choose it again.
no-update-file_unreadable = This file cannot be read. Nothing was installed, and your records are as they were. Choose it again, or get it anew.
no-update-nothing_newer = Nothing newer is known of. Nothing was changed. Check for updates first, or choose a file.
no-update-session_now = A session is running until { $ends_at }. Nothing was installed, and the newer version waits. Install it after that.
no-update-no_backup = No backup could be made first, so nothing was installed. { $why }
no-update-not_installed = Your system did not install it: it could not, or it was not let. This version and your records are as they were. Try again, with the password of this computer at hand.
no-update-stopped = Stopped. Nothing was installed, and your records are as they were.
refusal-no_update = { $why }

### When the records do not open

barred = Records not opened
barred-kit = Use the recovery kit
barred-show = Show the folder
barred-details = Show the details
barred-no-details = Hide the details
barred-open = Already open
barred-again = Try again
barred-unlock = Unlock the store
barred-tried = Tried at { $time }. It is still as described.
barred-folder = The records are in { $folder }
barred-folder-sample = The sample practice is in { $folder }
barred-log = The log is in the folder “log” beside the records. It names faults, never clients.
barred-leave = Go back to your own records
barred-leave-says = This concerns the sample practice alone.
barred-sample-says = Invented clients in a separate file. Your own records stay as they are.
barred-no_store = No password store is running
    .lead = Half of the key to your records is kept in the password store of this computer, and none answers. Nothing has been deleted or changed.
    .do = Start it, then try again
    .says = Usually GNOME Keyring or KWallet. Both start when you log in to the desktop.
barred-store_locked = The password store is locked
    .lead = Anteroom needs it for a moment to open your records. The system will ask for its password, which is usually the one you log in with. Nothing has been changed.
    .do = Unlock the password store
    .says = The system asks, not Anteroom.
barred-store_failed = { $reason ->
    [timed_out] The password store did not answer
    [no_keyring] The password store has nowhere to keep a key
    [ambiguous] The password store holds more than one key
    [not_a_secret] What the password store holds is not a key
    [not_kept] The password store did not keep the key
   *[other] The password store failed
}
    .lead = { $reason ->
    [timed_out] It was asked for its half of the key to your records and gave no answer in time.
    [no_keyring] It runs, but it has no keyring in which a key could be.
    [ambiguous] Several entries are named org.anteroom.desktop, and Anteroom does not guess between them.
    [not_a_secret] The entry named org.anteroom.desktop holds something that Anteroom did not write.
    [not_kept] What Anteroom gave it to keep is not what it gives back.
   *[other] It could not give out its half of the key to your records.
} Nothing has been deleted or changed.
    .do = { $reason ->
    [timed_out] See whether the system is asking for a password
    [no_keyring] Make a keyring, then try again
    [ambiguous] Keep the entry of these records, then try again
    [not_a_secret] Bring back the entry, then try again
   *[other] Restart the password store, then try again
}
    .says = { $reason ->
    [timed_out] Its window may be behind this one.
    [no_keyring] In the password programme of the system. The usual name is Login.
    [ambiguous] In the password programme of the system. Move the others; do not delete them.
    [not_a_secret] From a backup of the system’s keyring or keychain.
   *[other] Logging out and in again restarts it.
}
barred-key_gone = The key is no longer in the password store
    .kit = Nothing has been deleted: your records are here, whole, and closed. The recovery code opens them, and Anteroom then puts a new key in the store.
    .lead = Nothing has been deleted: your records are here, whole, and closed. Half of their key was in the password store of this computer and is not there any more.
    .do = Bring back the entry, then try again
    .says = If you restored this computer or changed the login password, bring back the keyring or keychain item named org.anteroom.desktop.
barred-no_kit = These records have no recovery kit
    .lead = None was made and typed back for them, so no code can open them. Nothing has been deleted or changed.
    .do = Open them the usual way
    .says = With the passphrase, or with the key in the password store of this computer.
barred-other_vault = This key belongs to other records
    .lead = The key in the password store does not fit the records in this folder. Anteroom has deleted and changed neither.
    .do = Put back the records or their key
    .says = One of the two was replaced. The folder and the keyring or keychain item org.anteroom.desktop belong together.
barred-vault_file_damaged = The file beside the records cannot be read
    .lead = vault.json says how the records open, and it is damaged. The records themselves have not been deleted or changed.
    .do = Put back vault.json from a copy
    .says = Any copy of this folder holds it, if it was made since passphrase and kit last changed.
barred-vault_file_missing = The file beside the records is gone
    .lead = The records are here, but vault.json, which says how they open, is not. Nothing has been deleted or changed by Anteroom.
    .do = Put back vault.json from a copy
    .says = Any copy of this folder holds it, if it was made since passphrase and kit last changed.
barred-vault_file_newer = These records open only with a newer Anteroom
    .lead = vault.json has format { $format }, which this version does not know. It has opened nothing and changed nothing.
    .do = Install the newer Anteroom
    .says = Your records stay as they are.
barred-database_damaged = The records file cannot be read
    .lead = The key is right, but the file is damaged or cut short. Anteroom has deleted and changed nothing.
    .do = Put back the records from a copy, then try again
    .says = Copy this folder as it is before you do, so that nothing is lost for good.
barred-database_empty = The records file is empty
    .lead = It is there and holds nothing at all, as after a copy that was cut off. Anteroom has deleted and changed nothing.
    .do = Put back the records from a copy, then try again
    .says = If the folder is kept by a sync programme, wait until it has finished.
barred-database_missing = The records file is not there
    .lead = The folder and its vault.json are here, and the records are not. Anteroom has deleted nothing and made nothing new in their place.
    .do = Put the records back, then try again
    .says = They may have been moved, or the disk they are on is not connected.
barred-newer = These records were written by a newer Anteroom
    .lead = They have format { $found }; this version reads up to format { $known }. Writing to them here could lose what it does not know, so it has not opened them. Nothing has been changed.
    .do = Install the newer Anteroom
    .says = Your records stay as they are.
barred-read_only = This folder cannot be written to
    .lead = Nothing you wrote now could be kept, so Anteroom has stopped here. Nothing has been deleted or changed.
    .do = Allow writing to the folder, then try again
    .says = Or move the records to a folder of your own.
barred-in_use = Anteroom is already open
    .lead = Your records are in use in another window on this computer. Two windows writing at once could undo each other, so this one stays closed. Nothing has been changed.
    .do = Go on in the other window
    .says = Or close it, then try again here.
barred-disk_full = The disk is full
    .lead = There is no room to open the records safely. Nothing has been deleted or changed.
    .do = Make room on the disk, then try again
    .says = Emptying the wastebasket is often enough.
barred-no_randomness = The system gave no random numbers
    .lead = A key cannot be made without them, so none was made. Nothing has been deleted or changed.
    .do = Wait a moment, then try again
    .says = If it stays so, restart this computer.
barred-disk = The disk did not answer as it should
    .lead = { $code ->
    [none] Reading the folder of the records failed.
   *[other] Reading the folder of the records failed; the system calls it error { $code }.
} Anteroom has deleted and changed nothing.
    .do = See whether the disk is connected, then try again
    .says = If it stays so, copy the folder to another disk before anything else.
barred-database = The records could not be opened
    .lead = { $code ->
    [none] The database failed in a way that Anteroom does not know.
   *[other] The database failed in a way that Anteroom does not know; it calls it error { $code }.
} Nothing has been deleted or changed.
    .do = Try again
    .says = If it stays so, restart Anteroom. The log says what failed.

### Setting up, and the sample practice

product = Anteroom
setup-steps = Steps
setup-step-done = done:
setup-practice = Your practice
setup-passphrase = Passphrase
setup-kit = Recovery kit
setup-clients = First clients
setup-passphrase-title = Choose a passphrase
setup-passphrase-lead = It encrypts every record. Anteroom cannot look it up or reset it, and neither can anyone else. The next step gives you a recovery kit in case you forget it.
setup-passphrase-locks = Anteroom locks after five minutes without a key press, when the lid closes, and whenever you press { $key }.
setup-kit-title = Keep a recovery kit
setup-kit-anew = This is a new code. One that you wrote down or printed before Anteroom was locked or closed opens nothing: throw it away.
setup-kit-lead = If you forget the passphrase, this code is the only other way in. Print it, and keep it where you keep your passport: not on this computer, and not with your notes.
setup-kept = Everything is kept on this computer. Nothing leaves this computer unless you turn on update checks.
setup-practice-lead = Your name stands under every note you approve. The rest only sets the calendar, and you can change all of it later.
setup-name = Name
setup-name-missing = Your name is missing. It stands under your notes.
setup-title = Title
setup-practice-name = Practice
setup-zone = Time zone
setup-hours = Working hours
setup-hours-hint = Outside them the calendar is still open, only paler.
setup-length = A session usually lasts
setup-under = Stands under your notes as: { $name }
setup-continue = Continue
setup-enter = ↩
setup-back = Back
setup-bare = Begin without clients
setup-clients-lead = Three ways to begin. You can do the others later, and undo an import as a whole.
setup-beginning = Making your records. The system may ask for the password of its password store.
sample-look = Look around in a sample practice
sample-look-says = Invented clients in a separate file. Nothing mixes with your own records.
sample-open = Open the sample
sample-leave = Leave the sample
sample-leave-short = Leave
sample-leave-rest = the sample
sample-here = Sample practice
sample-here-says = These people are invented. Nothing here mixes with your own records.
sample-kept = Sample practice, invented people.
sample-unsaved = What you wrote last is not saved yet. These records stay open until it is.
sample-making = Making the sample practice. This happens once and takes a few seconds.
zone-now = { $place }, { $time } now
zone-of = { $place } ({ $region })
zone-said = { $place } ({ $name })
zone-said-summer = { $place } ({ $name }, summer time from { $day })
zone-said-winter = { $place } ({ $name }, winter time from { $day })
hours-days = Working days
hours-from = From
hours-until = To
hours-to = to
hours-from-on = { $day }, from
hours-to-on = { $day }, to
hours-more = More hours on { $day }
hours-less = Remove these hours on { $day }
hours-apart = Different on some days
hours-same = The same on every day
hours-amiss = The hours end before they begin.
hours-none = None
hours-span = { $from }–{ $to }
hours-said = { $days } { $spans }.
minutes-other = Other
minutes-in = { $label }, in minutes
minutes-unit = min
minutes-unread = Write the minutes as a number.

### Calendar

week-within = { $from }–{ $to } { $month }
week-across = { $from } { $first } – { $to } { $month }
week-before = Previous week
week-after = Next week
week-by-client = { $time } by client
week-by-therapist = { $time } by you
week-cancelled = { $time } cancelled
week-no_show = { $time } no-show
week-was-here = { $time }, was here
week-heard = { $name }, { $time }, { $by }, { $state }
week-heard-client = booked by client
week-heard-therapist = booked by you
week-session = Session
week-homework-overdue = { $n ->
    [one] Homework overdue by { $n } day
   *[other] Homework overdue by { $n } days
}
week-consent-given = Consent given
week-consent-declined = Consent declined
week-consent-withdrawn = Consent withdrawn
week-consent-not_recorded = Consent not recorded
week-open-session = Open session
week-book-again = Book another
week-move-or-cancel = Move or cancel
week-type-date = Type a date
week-does-not-move = Only a session still to come can move.
week-moving = { $name }, { $day }, { $time }
week-overlaps = Overlaps with { $name }, { $span }.
week-clocks = The clocks change over this time. ↩ asks which is meant.
week-past = This time has passed.
week-key-day = A day
week-key-quarter = 15 minutes
week-key-hour = An hour
week-key-d = D
week-key-type = Type a date
week-key-enter = ↩
week-put-back = Put back
week-move-here = Move here

### Find

find-label = Find a client, an action or a note
find-results = Found
find-count = { $more ->
    [yes] more than { $n } notes
   *[no] { $n ->
        [one] { $n } note
       *[other] { $n } notes
    }
}
find-clients = Clients
find-group-clients = Clients
find-group-do = Do
find-notes = Notes that mention “{ $find }”
find-no-name = No name matches “{ $find }”.
find-no-note = None. Notes are searched on this computer only.
find-short = Notes are searched from three letters on.
find-last-first = { $last }, { $first }
find-ended = ended
find-since = since { $month }
find-awaiting = awaiting approval
find-session = session { $n }
find-open-profile = ↩ Open profile
find-open-note = ↩ Open note
find-book = Book a session with { $name }
find-consent = Record consent of { $name }
find-history = Session history of { $name }
find-all = { $more ->
    [yes] Show all in Notes
   *[no] Show all { $n ->
        [1] one
        [2] two
        [3] three
        [4] four
        [5] five
        [6] six
        [7] seven
        [8] eight
        [9] nine
       *[other] { $n }
    } in Notes
}
find-searched = { $n ->
    [one] Searched { $n } note
   *[other] Searched { $n } notes
} on this computer. Process notes are left out.
find-said = { $clients ->
    [one] { $clients } client
   *[other] { $clients } clients
}, { $more ->
    [yes] more than { $notes } notes
   *[no] { $notes ->
        [one] { $notes } note
       *[other] { $notes } notes
    }
}

### The lock

lock = Locked
lock-fresh = Anteroom
lock-since = Since { $time }, { $because ->
    [asked] when you locked it
    [quiet] after { $n ->
        [one] a quiet minute
       *[other] { SPELT($n) } quiet minutes
    }
    [slept] when the computer slept
   *[system] with the lock of the system
}
lock-unlock = Unlock
lock-opening = Opening your records.
lock-foot = Anteroom keeps everything on this computer.
lock-wrong = That passphrase does not open the records.
lock-wait = { $n ->
    [one] Try again in one second.
   *[other] Try again in { $n } seconds.
}
lock-back = Back to the passphrase
lock-unsaved = Not locked: what you wrote last could not be saved, and would be lost. Press { $key } once more to lock all the same.

### Passphrase

passphrase = Passphrase
passphrase-new = New passphrase
passphrase-now = Passphrase now
passphrase-again = Again
passphrase-once-more = Type it once more
passphrase-hint = Four or more unrelated words. Long matters more than strange.
passphrase-show = Show passphrase
passphrase-hide = Hide passphrase
passphrase-differs = The two are not the same.
passphrase-why-none = Choose a passphrase to go on
passphrase-why-weak = Choose a stronger one to go on
passphrase-why-again = Type it once more to go on
passphrase-why-differs = The two are not the same
passphrase-why-wait = One moment
passphrase-enough = { $strong ->
    [yes] Strong
   *[no] Good
}: { $words ->
    [0] long enough to be hard to guess
    [1] long enough to be hard to guess
    [2] long enough to be hard to guess
    [3] three unrelated words
    [4] four unrelated words
    [5] five unrelated words
    [6] six unrelated words
    [7] seven unrelated words
   *[other] { $words } unrelated words
}.
passphrase-weak-short = Too short. Eight characters are the least; four words are better.
passphrase-weak-common = Easily guessed: common words or names.
passphrase-weak-pattern = Easily guessed: a row of keys, or the same again and again.
passphrase-weak-date = Easily guessed: a date or a year.
passphrase-weak-known = Easily guessed: your own name or that of your practice is in it.
passphrase-leave-off = Leave it off
passphrase-off = Leave the passphrase off?
passphrase-off-says = Then whoever is logged in to this computer as you can open your records. They stay encrypted on the disk, and elsewhere only the recovery kit opens them.
passphrase-off-later = You can set one at any time in Settings, Security.
passphrase-off-keep = Choose one

### Recovery kit

kit-group = Group { $n }
kit-check = Check
kit-check-says = Catches a slip when you type the code.
kit-making = Making a new code.
kit-print = Print the kit
kit-save = Save as text file
kit-printed = Printed { $time }
kit-saved = Saved { $time }
kit-read-back = Read two groups back from paper
kit-read-back-says = So that you know the copy is legible.
kit-wrong = { $n ->
    [one] Group { $group } is not as shown above. Look at your copy again.
   *[other] Both groups are not as shown above. Look at your copy again.
}
kit-right = as shown above
kit-to-go = { $n ->
    [one] One group to go
   *[other] Two groups to go
}
kit-page = The printed kit
kit-page-title = Anteroom recovery kit
kit-page-practice = Practice of { $name }
kit-page-made = { $date }, records { $vault }
kit-page-check = Check <b>{ $check }</b>
kit-page-use = To open your records without the passphrase, choose “Use the recovery kit” on the lock screen and type the eight groups and the check.
kit-page-keep = Whoever holds this page can read your records. If it is lost, make a new kit in Settings, Security; the old one stops working.
kit-page-kept = Kept at
kit-text-check = Check { $check }
kit-text-kept = Kept at: ____________________

### Opening with the recovery kit

recover = Use the recovery kit
recover-lead = The code on the kit opens your records. You then choose a new passphrase, and the kit stays as it is.
recover-code = Recovery code, eight groups of four
recover-check = Check, two characters
recover-check-says = Two characters, at the end of the kit. Capitals or not; O reads as 0.
recover-open = Open the records
recover-opening = Opening your records.
recover-new = Choose a new passphrase
recover-new-says = The code agrees with its check. The passphrase before this one stops working; nothing else changes.
recover-back = Back to the code
recover-without = Without the kit
recover-no-kit = I no longer have the kit
recover-none = Without the kit only { $key ->
    [yes] the passphrase opens
   *[no] the key in the password store of this computer opens
} these records. Anteroom cannot look it up or reset it, and neither can anyone else. Nothing will be deleted: the records stay here in case one of the two turns up.
recover-still = The code is right, but what stands in the way still does, so nothing was changed.

### Records behind what was confirmed

behind = Some recent entries are missing
behind-reading = Opened for reading only
behind-lead = These records end { $ended }. Anteroom had confirmed { $missing ->
    [none] more entries
    [one] one entry
   *[other] { $missing } entries
} after that, { $missing ->
    [one] made { $last }
   *[other] the last { $last }
}. Either the file was put back from an older copy, or the disk did not keep what it had confirmed.
behind-parted = Anteroom had confirmed entries up to { $last }, and these records hold others in their place. The file was put back from another copy and written to since. Nothing has been deleted or changed now.
behind-at = at { $time }
behind-put-back = Put back a newer copy
behind-put-back-says = If you have one: close Anteroom, put that copy of the folder in place of this one, and open it again.
behind-go-on = Go on without them
behind-ask = Go on without the missing entries?
behind-verify = Verify what is here
behind-ask-says = From now on these records count as they are. What is missing cannot come back by itself, and the record keeps the gap. If you still hope for a newer copy, leave this as it is.
behind-not-yet = Not yet
behind-ended = The last entry that is here: { $time }
behind-ended-not = Where the two parted cannot be told from the records.
behind-confirmed = The last entry that had been confirmed: { $time }
behind-missing = { $n ->
    [one] One entry is missing.
   *[other] { $n } entries are missing.
}

### Settings, security

security-lock = Lock
security-after = Lock after
security-after-says = Without a key press or a click.
security-minutes = { $n } min
security-also = Also locks
security-also-says = When the lid closes, on sleep, when the system locks or the user changes.
security-changed = Last changed { $date }.
security-set = Asked for when Anteroom opens.
security-off = None. Whoever is logged in to this computer as you can open your records.
security-change = Change passphrase
security-change-says = The records stay as they are; only what opens them changes.
security-change-foot = Your recovery kit keeps working. So do all backups: they open with the kit, not with the passphrase.
security-set-one = Set a passphrase
security-sample = The sample practice needs none.
security-kit = Recovery kit
security-kit-made = Made { $date }.
security-kit-none = None yet.
security-kit-new = Make a new kit
security-kit-says = The kit you have keeps working until two groups of the new one are read back. Then only the new one opens your records.
security-kit-use = Use the new kit
security-key = Key of the records
security-key-says = For when somebody may have seen the kit, or had this computer open.
security-key-replaced = Replaced { $date }.
security-key-new = Make new keys
security-key-lead = The records are written once more under a new key, read back and checked. Only then do they take the place of those you have.
security-key-stays = <b>Stays as it is:</b> every word of the records, and your passphrase.
security-key-stays-bare = <b>Stays as it is:</b> every word of the records. There is no passphrase, as before.
security-key-changes = <b>Changes:</b> the recovery kit. From then on the one you have opens only backups made before now, so keep it for as long as you keep those.
security-key-not = <b>Out of reach:</b> a copy that somebody has made already. It opens as it did.
security-key-step-begin = Beginning
security-key-step-copy = Copying the records
security-key-step-write = Writing them under the new key
security-key-step-check = Checking what was written
security-key-step-count = Counting what was written
security-key-step-read_back = Reading it back
security-key-step-backup = The new keys are in force. Making a backup under them
security-key-without-backup = Go on without it
security-key-kit = Write down the new kit
security-key-kit-says = The new keys are in force. Beside your usual way in, only this code opens the records now. Print it, and read two groups back.
security-key-kit-kept = I have the new kit
security-key-kit-another = Make another code
security-key-backed-up = A backup that opens with this code is made. The kit before it opens only older ones.
security-key-not-backed-up = There is no backup yet that opens with this code. Make one under Backups and health; those before it open with the kit before.
security-discretion = Discretion
security-begin = Begin in discreet mode
security-begin-says = Names as initials, texts hidden, until you press { $key }.
security-screen = Discreet when a second screen is attached
security-screen-says = A projector or a shared monitor counts.
security-hide = Hide the window from screen capture
security-hide-says = Screenshots and screen sharing show an empty window.
security-hide-not = Not available on this system.
security-hide-not-says = Screenshots and screen sharing show what you see. Discreet mode shows less.
security-cannot = What no setting can do: while Anteroom is unlocked, another program running under your account may be able to read what is open. What you copy is cleared after 30 seconds.

### Backups and health

settings-backups = Backups and health
key-backup = Back up now

backup-now = Back up now
backup-restore = Restore from a backup
backup-running = Backing up…
backup-cancel = Cancel
backup-step-copy = Copying the records
backup-step-write = Writing the backup
backup-step-read_back = Reading it back
backup-step-check = Checking what was read
backup-step-count = Counting what is in it
backup-stopped = Stopped. There is no new backup; those before it are as they were.
backup-done = Backed up and checked.
backup-done-one = Backed up and checked in the first place. The second is not there now.

kept-never = Not backed up yet.
kept-backed-up = Backed up { $time }.
kept-second = Second copy: { $time }.
kept-second-never = No second copy yet.
kept-failed = The last backup failed.

backups-safe = Your records are safe on this computer.
backups-only-here = Your records are on this computer and in no backup yet.
backups-damage = Part of the records file is not as it was written.
backups-fine = Nothing needs you.
backups-needs = { $n ->
    [one] One thing needs you:
   [2] Two things need you. The first:
   [3] Three things need you. The first:
   [4] Four things need you. The first:
   *[other] { $n } things need you. The first:
}
backups-sample = The sample practice is not backed up: its people are invented, and it can be made again at any time.
backups-need-kit = there is no recovery kit, so nobody could open a backup.
backups-need-failed = the last backup was not made.
backups-need-none = the first backup has not been made yet.
backups-need-late = the first copy is { $n ->
    [one] one day
   *[other] { SPELT($n) } days
} old.
backups-need-place = there is no second place, so a fire or a thief would take the records and their backups together.
backups-need-second-failed = the second copy could not be made.
backups-need-second-none = the second copy has not been made yet. Plug in { $label }.
backups-need-second-late = the second copy is { $n ->
    [one] one day
   *[other] { SPELT($n) } days
} old. Plug in { $label }.
backups-need-test = no backup has been tested in the last three months.
backups-need-mark = the last entry could not be marked beside the records.
backups-need-damage = restore the newest backup. Nothing was changed, and the file as it is will be kept.

backups-copies = Backups
backups-first = First copy: { $label }
backups-second = Second copy: { $label }
backups-second-none = Second copy: no place yet
backups-made = { $time }, encrypted, { $size }, read back and checked. { $kept } kept.
backups-none-yet = No backup here yet. The first follows by itself within a minute.
backups-changed = Something was written since; the next follows by itself.
backups-second-away = { $time }. Plug the drive in and Anteroom continues by itself.
backups-second-away-none = Not there now. Plug the drive in and Anteroom begins by itself.
backups-second-why = A drive that you keep elsewhere, or a synced folder: copies are encrypted. Without it, losing this computer loses the backups too.
backups-failed-before = The one before it: { $time }.
backups-seen = Last seen { $time }.
backups-change = Change
backups-choose = Choose a place
backups-give-up = Do without
backups-test = Test restore
backups-tested = { $time }. The backup was opened with the recovery code { $records ->
    [0] and is whole; it holds no client yet.
    [one] and its one record counted.
   *[other] and all { $records } records counted.
}
backups-tested-due = That is more than three months ago.
backups-tested-never = Not tested yet. Opens the newest backup with the recovery code, counts what is in it, and removes it again.
backups-test-now = Test now
backups-test-again = Test again
backups-rules = A copy follows every 30 minutes in which something changed, before an import or a restore, and whenever you close Anteroom. None is made while it is locked: the key is not at hand then.

health = Health
health-file = Records file
health-room = { $size }; { $free } free on this disk.
health-room-unknown = { $size }.
health-checked = Checked { $time }. No damage.
health-damaged = Checked { $time }. Part of it is not as it was written. Nothing was changed. Restore the newest backup: the file as it is will be kept.
health-not-checked = Not checked yet. Every backup checks its own copy.
health-check = Check now
health-checking = Checking…
health-trail = Record
health-trail-whole = Verified { $time }. Whole: { $n ->
    [one] one entry
   *[other] { $n } entries
}{ $day ->
    [none] {""}
   *[other] {" "}since { $day }
}, each of them and every note as it was written.
health-trail-broken = Verified { $time }. Not whole: it holds up to entry { $before } of { $n }. Entry { $at } was altered, or one before it taken out, by something other than Anteroom. Backups are whole: each was followed like this when it was made. Restore the newest; the file as it is will be kept.
health-trail-altered = Verified { $time }. All { $n } entries are as they were written, but the text of a note is not. Backups are whole: each was followed like this when it was made. Restore the newest; the file as it is will be kept.
health-trail-never = Not verified yet.
health-trail-not = Not followed at the last check, for part of the file is damaged.
health-verify = Verify the record
health-verifying = Following the record from its first entry
health-altered-note = Open that note
health-trail-marked = Every entry is marked beside the records, so that a loss would be noticed.
health-trail-adrift = The last entry could not be marked beside the records. It is safe; but if it were lost, that might not be noticed. The next entry tries again.
health-encryption = Encryption
health-on = On, with a key of its own.
health-on-passphrase = On. Asked for when Anteroom opens: a passphrase.
health-on-changed = On. Passphrase last changed { $date }.
health-kit = Recovery kit made { $date }.
health-kit-none = No recovery kit yet.
health-store = Half of the key is in { $store ->
    [keychain] the Keychain
    [credential_manager] the Credential Manager
   *[secret_service] the password store
} of this computer.
health-security = Security
health-out = Leaves this computer
health-out-nothing = Nothing about a client, ever. Update checks, off until you turn them on under About, ask which version is current, and each request is listed there.
health-version = Anteroom { $version }
health-where = Records in { $folder }
health-about = About

no-backup-no_kit = There is no recovery kit, so nobody could open a backup. Make a kit under Settings, Security.
no-backup-place_missing = The place for backups is not there: a drive that is not plugged in, or a folder that was moved. Backups made before, and your records, are as they were. Plug it in or choose another place.
no-backup-place_read_only = The place for backups cannot be written to. Backups made before, and your records, are as they were. Choose another place, or give yourself leave to write there.
no-backup-place_full = { $needed ->
    [none] No room is left in the place for backups.
   *[other] A backup needs { $needed } for a moment, and { $free } are free in its place.
} Backups made before, and your records, are as they were. Make room there or choose another place.
no-backup-inside_records = This folder is inside that of the records, and would be lost with it. Nothing was changed. Choose another.
no-backup-same_place = This folder is the other place already, so both copies would be lost together. Nothing was changed. Choose another.
no-backup-stopped = Stopped. There is no new backup; those before it are as they were.
no-backup-not_verified = What was written is not what was read back, so it was thrown away. Backups made before, and your records, are as they were. The drive may be failing: choose another place.
no-backup-disk = The system could not write in the place for backups. Backups made before, and your records, are as they were. Back up again, or choose another place.
no-backup-database = The records could not be copied. Backups made before, and your records, are as they were. Check the records file under Settings, Backups and health.
refusal-no_backup = { $why }
refusal-backup_not_used = { $why }
refused-thing-backup = backup

not-used-missing = This backup is no longer there
    .says = The file was moved or deleted, or its drive is not plugged in. Nothing was changed. Plug the drive in, or choose another.
not-used-not_a_backup = This is not a backup
    .says = The file was not made by Anteroom as a backup. Nothing was changed. Backups end in .anteroom: choose another.
not-used-damaged = This backup is damaged
    .says = It no longer agrees with its seal: it was changed or damaged after it was written. Nothing was changed. Choose another.
not-used-wrong_code = This code does not open this backup
    .says = It may be the code of an older or a newer kit. Nothing was changed. A backup opens with the kit that was in force on its day.
not-used-newer = This backup was made by a newer Anteroom
    .says = This version cannot read it. Nothing was changed. Install the newer Anteroom, or choose an older backup.
not-used-other_records = This backup is of other records
    .says = It does not belong to the records on this computer. Nothing was changed. Choose another, unless you want those records here instead of these.
not-used-no_room = There is no room for this backup
    .says = { $needed ->
        [none] The disk of the records is full.
       *[other] It needs { $needed } for a moment, and { $free } are free on the disk of the records.
    } Nothing was changed. Make room and try again.
not-used-read_only = The folder of the records cannot be written to
    .says = So nothing could be restored there. Nothing was changed. Give yourself leave to write there and try again.
not-used-stopped = Stopped
    .says = Nothing was changed.
not-used-barred = The restored records could not be given a way in
    .says = What stood in the way: { $barred }. Nothing was changed.
not-used-disk = The system could not read or write
    .says = Reading the backup or writing its copy failed. Nothing was changed. Try again, or choose another.

restore = Restore from a backup
restore-choose = Which backup
restore-choose-lead = It takes the place of the records on this computer, which are kept beside it. Nothing changes before the last step.
restore-choose-bare = Choose a backup and have the recovery kit at hand: the code of the kit that was in force when it was made.
restore-of = { $time }
restore-of-says = { $label }. { $size }, { $file }.
restore-found = Backups that were found
restore-none = No backup was found on this computer. Plug the drive in that has one, then choose the file.
restore-this = Use this one
restore-file = Choose a file
restore-another = Choose another
restore-more = { $n ->
    [one] Show one more
   *[other] Show { $n } more
}
restore-back = Back
restore-leave = Not now
restore-code = The recovery code
restore-code-lead = Type the code of the recovery kit that was in force on { $time }. It opens the backup and nothing else does.
restore-continue = Continue
restore-passphrase = A passphrase for the restored records
restore-passphrase-lead = It can be the one you had. The backup itself opens with the recovery kit alone.
restore-start = Restore
restore-running = Restoring
restore-running-of = Restoring the backup of { $time }
restore-running-lead = Your present records stay in use until the last step. You can cancel until then, and nothing will have changed.
restore-running-bare = You can cancel until the last step, and nothing will have changed.
restore-saving = Backing up what is there now
restore-did-read_back = Seal and contents agree
restore-did-check = Opened in a new folder and checked
restore-did-count = Counting what is in it
restore-did-last = Change over; former records kept
restore-bytes = { $done } of { $of }
restore-rows = { $done } of { $of } entries
restored = Restored
restored-title = The records are restored
restored-says = { $records ->
    [0] They hold no client yet, as { $time }.
    [one] The one record in it is here, as it was { $time }.
   *[other] All { $records } records are here, as they were { $time }.
}
restored-kept = Your former records are kept as <b>{ $kept }</b>, beside them.
restored-open = Open Anteroom
restored-open-plain = Nothing is missing that was in them.
restored-after = { $n ->
    [one] One entry
   *[other] { $n } entries
} made after it, until { $until }, are only in the former records.
restored-go = Open
restored-folder = Show the folder
refused-backup = Backup not used
refused-use = Use the backup of { $time }
refused-use-says = { $label }. Read back and checked.
refused-again = Choose another backup
refused-again-says = On this computer, or on a drive that you plug in.
refused-other = Restore these other records here
refused-other-says = The records that are here now are kept beside them, in a folder of their own.
refused-other-do = Restore all the same
refused-details = Show the details
refused-no-details = Hide the details
refused-file = File: { $file }, { $label }
refused-part = Where it showed: { $part ->
    [frame] the frame of the file
    [about] what it says of itself
    [read_me] its instructions
    [identity] what the code opens
    [content] its contents
    [seal] its seal
    [key] its key
    [database] the records in it
    [count] the number of records
   *[trail] the record of what was read and changed
}

test-restore = Test restore
test-restore-lead = Type the recovery code from your kit. The newest backup is opened with it in a folder of its own, counted, and removed again. Your records are not touched.
test-restore-go = Test
test-restore-good = The backup opens. { $records ->
    [0] It is whole, and holds no client yet.
    [one] The one record in it was counted.
   *[other] All { $records } records in it were counted.
}
test-restore-close = Close

setup-backups = Backups
setup-backups-title = Two places for backups
setup-backups-lead = Anteroom keeps encrypted copies without being asked: one on this computer, one somewhere that survives its loss. Both open only with the recovery code.
setup-backups-first = First place: { $label }
setup-backups-first-made = { $free } free. First copy made { $time }, { $size }, read back and checked.
setup-backups-making = Making the first copy…
setup-backups-second = Second place: { $label }
setup-backups-second-made = { $free } free. Copied { $time }. A synced folder is fine too: copies are encrypted.
setup-backups-second-none = Second place
setup-backups-second-why = A drive that you keep elsewhere, or a synced folder: copies are encrypted. Until there is one, losing this computer loses the records and their backups. You can choose it later in Settings.
setup-backups-test-says = Opens the copy with the recovery code in a folder of its own, counts what is in it, and removes it.
setup-backups-follow = Copies follow every 30 minutes in which something changed, and whenever you close Anteroom. It says so when the second place has not been seen for seven days.
setup-backups-to-go = One test to go
setup-backups-later = Not now
setup-restore = Restore from a backup

leaving-backup = Backing up before closing…
leaving-backup-says = What you wrote is saved already. Closing without it loses nothing; the next backup has it too.
leaving-now = Close now

barred-restore = Restore from a backup
behind-restore = Restore the backup of { $time }
behind-restore-all = It goes { $n ->
    [one] one entry
   *[other] { $n } entries
} further than these records. You see what comes back before anything changes.
behind-restore-do = Restore
