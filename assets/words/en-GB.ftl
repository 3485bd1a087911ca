# The words of Anteroom, British English. One file is one language.
# Sentence case, no exclamation marks; verbs on buttons; numbers instead of
# adjectives. Names are { $name }. Keep the groups, one for each folder of ui/src.

### The frame

side = Main
side-places = Places
side-settings = Privacy and settings
nav-today = Today
nav-clients = Clients
nav-calendar = Calendar
nav-notes = Notes
nav-notes-count = { $n ->
    [one] { $n } note awaiting approval
   *[other] { $n } notes awaiting approval
}
nav-discreet = Discreet
nav-settings = Settings
kept = Saved
kept-where = On this device.
kept-not = Not saved
undo = Undo
redo = Redo
undone = Undone.
hidden = hidden
undo-stays = Stays until your next change.

### Pages (placeholders until each has its own heading)

page-today = Today
page-details = Client details
page-history = Session history
page-homework = Homework
page-summary = Summary
page-calendar = Calendar
page-notes = Notes
page-note = Note
page-session = Session
page-settings = Settings
page-import = Import clients
page-setup = Your practice
page-state = Records not opened

overlay-find = Find
overlay-consent = Consent to automatic note-taking
overlay-book = Book session
overlay-move = Move session
overlay-cancel = Cancel session
overlay-add = New client
overlay-edit = Edit details
overlay-homework = Homework

### Keyboard

shortcuts = Shortcuts
shortcuts-everywhere = Everywhere
shortcuts-client = A client
shortcuts-list = Lists
shortcuts-note = Notes
shortcuts-calendar = Calendar
shortcuts-foot = ⌘ is Ctrl on Windows and Linux. Single letters act only when no field has the focus.
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
key-undo = Undo
key-redo = Redo
key-settings = Settings
key-shortcuts = All shortcuts
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
key-unapprove = Undo an approval, for 30 s
key-now = Today
key-before = Previous
key-after = Next
key-reschedule = Move the chosen session

### Parts

dialog-cancel = Cancel
dialog-close = Close
dialog-confirm = Save
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

### Failures and refusals

failure-fault = Something went wrong, reference { $reference }. Nothing was changed. The log on this computer knows it by that reference.
failure-window = Something went wrong in the window. Your records are untouched.
failure-page = This page could not be shown.
failure-start = Anteroom could not start
refusal-not_open = The records are not open.
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
refusal-not_agreed = Say how this was agreed with the client.
refusal-clock_gap = The clocks go forward over this time. The next time there is: { $first_after }.
refusal-clock_fold = The clocks go back over this time, so it comes twice. Choose the earlier or the later.
refusal-not_started = This session has not begun yet.
refusal-session_cancelled = This session was cancelled.
refusal-session_no_show = The client did not come to this session.
refusal-session_held = This session has been held: its note is approved.
refusal-session_past = This session is past.
refusal-too_late_to_cancel = A session can be cancelled until { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} after it began. Record attendance instead.
refusal-note_empty = There is nothing in this note yet.
refusal-note_approved = This note is approved and cannot change. Add an addendum.
refusal-note_not_approved = This note is not approved yet.
refusal-note_in_error = This note was entered in error.
refusal-session_has_note = This session has a note already.
refusal-undo_too_late = The time to undo has passed.
refusal-has_addendum = The note has an addendum, so its approval stays.
refusal-addendum_open = An addendum is still being written.
refusal-nothing_to_withdraw = There is no earlier consent to withdraw.
refusal-consent_unchanged = This is what is recorded already.
refusal-consent_missing = Cannot start: consent is not recorded. Everyone in the room has to have given it.
refusal-participants = A session needs at least one client, and each only once.
refusal-nothing_to_undo = There is nothing to undo.
refusal-changed_since = This was changed since and cannot be undone.
refusal-file_unreadable = { $reason ->
    [not_found] The file is not there any more.
    [too_large] The file is too large.
    [empty] The file is empty.
    [not_text] The file is not a table of text.
    [no_header] The file has no line of headings.
    [unclosed_quote] A quotation mark is opened and never closed, row { $row }, column { $column }.
    [too_many_columns] The file has too many columns.
    [field_too_long] A field is too long, row { $row }, column { $column }.
   *[too_many_rows] The file has too many rows.
} Nothing was imported.
refusal-rows_need_a_look = { $rows ->
    [one] One row needs a look: row { $row }.
   *[other] { $rows } rows need a look, the first is row { $row }.
} Nothing was imported.
refusal-stopped = Stopped. Nothing was imported.
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
refused-field-zone = The time zone
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
refused-field-find = What to find
refused-field-appearance = The appearance
refused-thing-client = client
refused-thing-contact = contact
refused-thing-session = session
refused-thing-note = note
refused-thing-addendum = addendum
refused-thing-homework = homework
refused-thing-entry = sentence
refused-thing-import = import

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
clients-empty-lead = Two ways to begin. You can always do the other later, and undo an import as a whole.
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
    [one] Behind: { $n } newer approval
   *[other] Behind: { $n } newer approvals
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
