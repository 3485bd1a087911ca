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
undo-stays = Stays until your next change.

### Pages (placeholders until each has its own heading)

page-today = Today
page-clients = Clients
page-profile = Client
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

### Failures and refusals

failure-fault = Something went wrong, reference { $reference }. Nothing was changed. The log on this computer knows it by that reference.
failure-window = Something went wrong in the window. Your records are untouched.
failure-page = This page could not be shown.
refusal-locked = The records are locked.
