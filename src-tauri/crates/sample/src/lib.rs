//! The sample practice: invented people with two and a half years of records, made by a seeded generator through the core's own
//! operations, in one transaction. The same day gives the same records.

mod files;
mod timeline;

pub use timeline::make;

#[cfg(test)]
mod tests;
