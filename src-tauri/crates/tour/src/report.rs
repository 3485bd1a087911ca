//! `tour.json`: each step, whether it held, and what was read in the window.
use anyhow::Result;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// What a step read in the window, by name, for the report.
#[derive(Default)]
pub struct Read(Map<String, Value>);

impl Read {
    /// Keeps what was read.
    pub fn keep(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }
}

/// One step, over.
pub struct Outcome {
    pub step: usize,
    pub name: &'static str,
    pub failure: Option<String>,
    pub read: Read,
}

/// Writes the report and says how many steps held.
pub fn write(path: &Path, outcomes: Vec<Outcome>) -> Result<(usize, usize)> {
    let total = outcomes.len();
    let held = outcomes.iter().filter(|outcome| outcome.failure.is_none()).count();
    let steps: Vec<Value> = outcomes
        .into_iter()
        .map(|outcome| {
            let mut step =
                json!({ "step": outcome.step, "name": outcome.name, "passed": outcome.failure.is_none(), "read": outcome.read.0 });
            if let Some(failure) = outcome.failure {
                step["failure"] = failure.into();
            }
            step
        })
        .collect();
    fs::write(path, serde_json::to_string_pretty(&json!({ "steps": steps }))?)?;
    Ok((held, total))
}
