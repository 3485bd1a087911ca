//! One client with a text in every field that a person can write into, and something of every kind.
use super::practice::Practice;
use anyhow::Result;
use chrono::Days;
use practice::clients::contacts::{self, ContactDetails};
use practice::clients::{self, AgreedHow, Agreement, ClientDetails, ClientStatus, ContactPoint, NameOrder};
use practice::consents::{self, AssertedBy, Decision, How, NewConsent, Purpose};
use practice::homework::{self, HomeworkState, NewHomework, Repeats};
use practice::id::{ClientId, NoteId, SessionId};
use practice::notes::addenda::{self, AddendumReason};
use practice::notes::approval::{self, ErrorReason};
use practice::notes::{self, Section, Template, drafts};
use practice::sessions::booking::{self, Cancellation, Move, MoveScope, NewSession, Start};
use practice::sessions::plan::{self, PlanPoint};
use practice::sessions::{Attendance, BookedBy, SessionKind};
use practice::summary::{self, Grouping};
use serde_json::{Value, json};

/// How much a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Line,
    Lines,
    /// Read as Markdown when it is shown.
    Prose,
}

/// What a field is to hold, by its name.
pub type Texts<'a> = &'a dyn Fn(&'static str, Shape) -> String;

/// Where it all is.
pub struct Filled {
    pub client: ClientId,
    pub approved: NoteId,
    pub wrong: NoteId,
    pub draft: NoteId,
    pub past: SessionId,
    pub next: SessionId,
}

impl Filled {
    /// For the page.
    pub fn wire(&self) -> Value {
        json!({
            "client": self.client, "approved": self.approved, "wrong": self.wrong, "draft": self.draft, "past": self.past, "next": self.next,
        })
    }
}

/// The form of a client, filled.
pub fn details(text: Texts) -> ClientDetails {
    let line = |field| text(field, Shape::Line);
    ClientDetails {
        last_name: line("last_name"),
        first_name: line("first_name"),
        preferred_name: line("preferred_name"),
        name_order: NameOrder::GivenFirst,
        initials: line("initials"),
        pronouns: line("pronouns"),
        born: None,
        started: None,
        phones: vec![point(text, "phone", "phone_remark")],
        emails: vec![point(text, "email", "email_remark")],
        address: text("address", Shape::Lines),
        file_number: line("file_number"),
        zone: None,
        tags: vec![line("tag")],
        remark: text("remark", Shape::Lines),
    }
}

fn point(text: Texts, value: &'static str, remark: &'static str) -> ContactPoint {
    ContactPoint { value: text(value, Shape::Line), remark: text(remark, Shape::Line) }
}

/// Adds the client. `number` shifts the hours, so that no two clients sit in one.
pub fn fill(practice: &Practice, number: u64, text: Texts) -> Result<Filled> {
    let today = practice.moment.today();
    let line = |field| text(field, Shape::Line);
    let agreed = Agreement { how: AgreedHow::InSession, on: today };
    let session = |client, back: i64| {
        let date = if back > 0 { today - Days::new(back.unsigned_abs()) } else { today + Days::new(back.unsigned_abs()) };
        NewSession {
            participants: vec![client],
            start: Start { date, time: format!("{:02}:{:02}", 8 + number % 10, number / 10 % 4 * 15), zone: None, later: Some(false) },
            minutes: 50,
            kind: SessionKind::InPerson,
            place: line("place"),
            booked_by: BookedBy::Client,
            booking_source: line("booking_source"),
            repeat_times: None,
        }
    };
    let written = |template: Template, names: [&'static str; 4]| -> Vec<Section> {
        let parts = template.sections().iter().zip(names);
        parts.map(|(kind, name)| Section { kind: *kind, text: text(name, Shape::Prose) }).collect()
    };
    Ok(practice.write(|w| {
        let client = clients::add(w, &details(text), ClientStatus::Active, true)?;
        let contact = ContactDetails {
            name: line("contact_name"),
            relationship: line("relationship"),
            emergency: true,
            phones: vec![point(text, "contact_phone", "contact_phone_remark")],
            emails: vec![point(text, "contact_email", "contact_email_remark")],
            may_be_told: text("may_be_told", Shape::Lines),
            release_until: None,
            confirmed_on: None,
        };
        contacts::add(w, client, &contact, &agreed)?;
        let consent = NewConsent {
            purpose: Purpose::AutomaticNoteTaking,
            decision: Decision::Given,
            asserted_by: AssertedBy::Client,
            how: How::InSession,
            discussed_on: today,
            form_version: line("form_version"),
            session: None,
            remark: text("consent_remark", Shape::Lines),
        };
        consents::record(w, client, &consent)?;

        let wrong_day = booking::book(w, &session(client, 9))?;
        let wrong = notes::open_or_begin(w, wrong_day, Template::Free)?;
        drafts::save(w, wrong, &written(Template::Free, ["wrong_text"; 4]))?;
        approval::approve(w, wrong)?;
        approval::mark_in_error(w, wrong, ErrorReason::Other, &line("error_reason"))?;

        let held = booking::book(w, &session(client, 3))?;
        let approved = notes::open_or_begin(w, held, Template::Soap)?;
        drafts::save(w, approved, &written(Template::Soap, ["subjective", "objective", "assessment", "plan"]))?;
        approval::approve(w, approved)?;
        let addendum = addenda::begin(w, approved)?;
        addenda::save(w, addendum, AddendumReason::LeftOut, &text("addendum", Shape::Prose))?;
        addenda::approve(w, addendum)?;
        summary::bring_up_to_date(w, client)?;
        for (grouping, name) in
            [(Grouping::Next, "summary_next"), (Grouping::Standing, "summary_standing"), (Grouping::Recurring, "summary_recurring")]
        {
            summary::add_own(w, client, grouping, &text(name, Shape::Lines))?;
        }

        let past = booking::book(w, &session(client, 1))?;
        let draft = notes::open_or_begin(w, past, Template::Soap)?;
        drafts::save(w, draft, &written(Template::Soap, ["draft_text"; 4])[..1])?;
        drafts::finish_writing(w, draft)?;
        let process = notes::begin_process_note(w, past)?;
        drafts::save(w, process, &written(Template::Free, ["process_text"; 4]))?;

        let next = booking::book(w, &session(client, -2))?;
        plan::set(w, next, &[PlanPoint { text: line("point"), done: false }])?;
        let to = Move {
            start: session(client, -1).start,
            minutes: 50,
            asked_by: BookedBy::Client,
            asked_at: None,
            remark: text("move_remark", Shape::Lines),
            scope: MoveScope::One,
        };
        booking::move_to(w, next, &to)?;
        let called_off = booking::book(w, &session(client, -4))?;
        let remark = text("cancel_remark", Shape::Lines);
        booking::cancel(w, called_off, &Cancellation { attendance: Attendance::CancelledByTherapist, told_at: None, remark })?;

        let piece = NewHomework {
            text: line("homework"),
            detail: text("homework_detail", Shape::Lines),
            session: Some(held),
            due_on: Some(today + Days::new(3)),
            repeats: Repeats::Once,
            times: None,
        };
        homework::assign(w, client, &piece)?;
        let over = homework::assign(w, client, &NewHomework { text: line("homework_over"), due_on: None, session: None, ..piece })?;
        homework::record_state(w, over, HomeworkState::PartlyDone, &text("homework_remark", Shape::Lines))?;
        Ok(Filled { client, approved, wrong, draft, past, next })
    })?)
}
