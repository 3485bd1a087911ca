//! The files of `assets/sample`: one TOML a client. Everything in them is relative to the day the sample is made.

use include_dir::{Dir, include_dir};
use practice::clients::{ClientStatus, NameOrder};
use practice::consents::{Decision, How, Purpose};
use practice::homework::{HomeworkState, Repeats};
use practice::notes::addenda::AddendumReason;
use practice::notes::approval::ErrorReason;
use practice::notes::{Section, SectionKind, Template};
use practice::sessions::{BookedBy, SessionKind};
use serde::Deserialize;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/sample");

/// A client with all that is told of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    #[serde(skip)]
    pub slug: String,
    pub client: Client,
    pub rhythm: Option<Rhythm>,
    #[serde(default)]
    pub contacts: Vec<Contact>,
    #[serde(default)]
    pub consents: Vec<Consent>,
    #[serde(default)]
    pub sessions: Vec<Session>,
    #[serde(default)]
    pub homework: Vec<Homework>,
    #[serde(default)]
    pub process_notes: Vec<ProcessNote>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Client {
    pub last_name: String,
    pub first_name: String,
    pub preferred_name: String,
    pub name_order: NameOrder,
    pub pronouns: String,
    pub born: Option<chrono::NaiveDate>,
    pub email: String,
    pub phone: String,
    pub second_phone: String,
    pub second_phone_remark: String,
    pub address: String,
    pub file_number: String,
    pub status: ClientStatus,
    pub started_weeks_ago: Option<i64>,
    pub tags: Vec<String>,
    pub remark: String,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            last_name: String::new(),
            first_name: String::new(),
            preferred_name: String::new(),
            name_order: NameOrder::GivenFirst,
            pronouns: String::new(),
            born: None,
            email: String::new(),
            phone: String::new(),
            second_phone: String::new(),
            second_phone_remark: String::new(),
            address: String::new(),
            file_number: String::new(),
            status: ClientStatus::Active,
            started_weeks_ago: None,
            tags: Vec::new(),
            remark: String::new(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rhythm {
    pub weekday: Weekday,
    pub time: String,
    pub minutes: u32,
    pub kind: SessionKind,
    pub booked_by: BookedBy,
    #[serde(default)]
    pub booking_source: String,
    #[serde(default = "one")]
    pub every_weeks: i64,
    #[serde(default)]
    pub upcoming: i64,
    pub zone: Option<String>,
}

fn one() -> i64 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Today,
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    #[serde(default)]
    pub relationship: String,
    #[serde(default)]
    pub emergency: bool,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub phone_remark: String,
    #[serde(default)]
    pub second_phone: String,
    #[serde(default)]
    pub second_phone_remark: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub may_be_told: String,
    pub confirmed_weeks_ago: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    #[serde(default = "note_taking")]
    pub purpose: Purpose,
    pub decision: Decision,
    pub how: How,
    pub weeks_ago: i64,
    #[serde(default)]
    pub remark: String,
}

fn note_taking() -> Purpose {
    Purpose::AutomaticNoteTaking
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Approved,
    Draft,
    NoNote,
    NoShow,
    CancelledByClient,
    CancelledLateByClient,
    CancelledByTherapist,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub weeks_ago: i64,
    pub outcome: Outcome,
    pub kind: Option<SessionKind>,
    pub minutes: Option<u32>,
    #[serde(default)]
    pub remark: String,
    /// When a cancellation was told.
    pub told: Option<Told>,
    #[serde(default)]
    pub with: Vec<String>,
    pub template: Option<Template>,
    pub subjective: Option<String>,
    pub objective: Option<String>,
    pub assessment: Option<String>,
    pub plan: Option<String>,
    pub data: Option<String>,
    pub behaviour: Option<String>,
    pub intervention: Option<String>,
    pub response: Option<String>,
    pub text: Option<String>,
    pub addendum: Option<Addendum>,
    pub entered_in_error: Option<EnteredInError>,
}

impl Session {
    /// The sections of its note, in the template's order.
    pub fn sections(&self, template: Template) -> Vec<Section> {
        let text = |kind| match kind {
            SectionKind::Subjective => &self.subjective,
            SectionKind::Objective => &self.objective,
            SectionKind::Assessment => &self.assessment,
            SectionKind::Plan => &self.plan,
            SectionKind::Data => &self.data,
            SectionKind::Behaviour => &self.behaviour,
            SectionKind::Intervention => &self.intervention,
            SectionKind::Response => &self.response,
            SectionKind::Text => &self.text,
        };
        template
            .sections()
            .iter()
            .map(|&kind| Section { kind, text: text(kind).as_deref().unwrap_or_default().trim().to_owned() })
            .collect()
    }
}

/// So many days before the session, at a time of the story's zone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub days_before: i64,
    pub at: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addendum {
    pub reason: AddendumReason,
    pub days_after: i64,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnteredInError {
    pub reason_kind: ErrorReason,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Homework {
    pub text: String,
    #[serde(default)]
    pub detail: String,
    pub set_weeks_ago: i64,
    pub due_days: Option<i64>,
    #[serde(default = "once")]
    pub repeats: Repeats,
    pub times: Option<u32>,
    pub state: HomeworkState,
    #[serde(default)]
    pub remark: String,
}

fn once() -> Repeats {
    Repeats::Once
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessNote {
    pub weeks_ago: i64,
    pub text: String,
}

/// Every story, by slug.
pub fn stories() -> Result<Vec<Story>, toml::de::Error> {
    let mut stories = FILES
        .files()
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
        .map(|(slug, text)| Ok(Story { slug: slug.to_owned(), ..toml::from_str(text)? }))
        .collect::<Result<Vec<Story>, _>>()?;
    stories.sort_by(|a, b| a.slug.cmp(&b.slug));
    Ok(stories)
}
