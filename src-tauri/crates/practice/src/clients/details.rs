//! What the form of a client, a contact or an agreement may hold.

use chrono::{Datelike, Months};

use super::contacts::ContactDetails;
use super::{Agreement, ClientDetails, ContactPoint};
use crate::error::{Field, Refusal, Result};
use crate::store::Reader;
use crate::time::{self, Date};
use crate::words::{self, fold};

/// No one who was born before is a client.
const EARLIEST: i32 = 1850;
/// The last year that is written with four digits.
const LATEST: i32 = 9999;

impl ClientDetails {
    /// Trimmed, composed, without empty points and repeated tags; or the first thing that cannot be.
    pub(super) fn checked(&self, r: &Reader) -> Result<Self> {
        let today = r.moment.today();
        let next_year = today.checked_add_months(Months::new(12)).unwrap_or(today);
        Ok(Self {
            last_name: words::required(Field::LastName, &self.last_name)?,
            first_name: words::line(Field::FirstName, &self.first_name)?,
            preferred_name: words::line(Field::PreferredName, &self.preferred_name)?,
            name_order: self.name_order,
            initials: words::line(Field::Initials, &self.initials)?,
            pronouns: words::line(Field::Pronouns, &self.pronouns)?,
            born: date(Field::Born, self.born, today)?,
            // A start may be planned.
            started: date(Field::Started, self.started, next_year)?,
            phones: points(Field::Phone, &self.phones)?,
            emails: points(Field::Email, &self.emails)?,
            address: words::paragraphs(Field::Address, &self.address, words::PARAGRAPH)?,
            file_number: words::line(Field::FileNumber, &self.file_number)?,
            zone: zone(self.zone.as_deref())?,
            tags: tags(&self.tags)?,
            remark: words::paragraphs(Field::Remark, &self.remark, words::PARAGRAPH)?,
        })
    }

    /// The names of the fields that differ, for the trail.
    pub(super) fn changed(&self, before: &Self) -> Vec<&'static str> {
        let fields = [
            ("last_name", self.last_name != before.last_name),
            ("first_name", self.first_name != before.first_name),
            ("preferred_name", self.preferred_name != before.preferred_name),
            ("name_order", self.name_order != before.name_order),
            ("initials", self.initials != before.initials),
            ("pronouns", self.pronouns != before.pronouns),
            ("born", self.born != before.born),
            ("started", self.started != before.started),
            ("phones", self.phones != before.phones),
            ("emails", self.emails != before.emails),
            ("address", self.address != before.address),
            ("file_number", self.file_number != before.file_number),
            ("zone", self.zone != before.zone),
            ("tags", self.tags != before.tags),
            ("remark", self.remark != before.remark),
        ];
        fields.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
    }
}

impl ContactDetails {
    pub(super) fn checked(&self, r: &Reader) -> Result<Self> {
        if self.release_until.is_some_and(|until| !(EARLIEST..=LATEST).contains(&until.year())) {
            return Err(Refusal::OutOfRange { field: Field::MayBeTold }.into());
        }
        Ok(Self {
            name: words::required(Field::Name, &self.name)?,
            relationship: words::line(Field::Relationship, &self.relationship)?,
            emergency: self.emergency,
            phones: points(Field::Phone, &self.phones)?,
            emails: points(Field::Email, &self.emails)?,
            may_be_told: words::paragraphs(Field::MayBeTold, &self.may_be_told, words::PARAGRAPH)?,
            release_until: self.release_until,
            confirmed_on: date(Field::DiscussedOn, self.confirmed_on, r.moment.today())?,
        })
    }
}

impl Agreement {
    /// An agreement is past, or of today.
    pub(super) fn check(&self, r: &Reader) -> Result<()> {
        date(Field::DiscussedOn, Some(self.on), r.moment.today()).map(drop)
    }
}

fn date(field: Field, date: Option<Date>, latest: Date) -> Result<Option<Date>> {
    match date {
        Some(date) if date > latest => Err(Refusal::InFuture { field }.into()),
        Some(date) if date.year() < EARLIEST => Err(Refusal::OutOfRange { field }.into()),
        date => Ok(date),
    }
}

fn zone(name: Option<&str>) -> Result<Option<String>> {
    match name {
        None | Some("") => Ok(None),
        Some(name) => time::zone(name).map(|_| Some(name.to_owned())),
    }
}

/// A line of the form that was left empty is no point; a remark without a number or address is a slip.
/// What an address or number looks like is not judged: only what cannot be stored is refused.
fn points(field: Field, points: &[ContactPoint]) -> Result<Vec<ContactPoint>> {
    let mut kept = Vec::with_capacity(points.len());
    for point in points {
        let (value, remark) = (words::line(field, &point.value)?, words::line(Field::Remark, &point.remark)?);
        match (value.is_empty(), remark.is_empty()) {
            (true, true) => {}
            (true, false) => return Err(Refusal::Empty { field }.into()),
            (false, _) => kept.push(ContactPoint { value, remark }),
        }
    }
    Ok(kept)
}

/// In order, each once whatever its case.
fn tags(tags: &[String]) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = words::line(Field::Tag, tag)?;
        if !tag.is_empty() && !kept.iter().any(|other| *other == tag || (fold(other) == fold(&tag) && !fold(&tag).is_empty())) {
            kept.push(tag);
        }
    }
    kept.sort();
    Ok(kept)
}
