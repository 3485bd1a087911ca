//! `tour.json`: each step, whether it held, and what was read in the window.
use anyhow::{Context, Result};
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
    pub by: &'static str,
    pub failure: Option<String>,
    pub read: Read,
}

/// Writes the report: the ten steps with the pointer, and again with the keyboard alone.
pub fn write(path: &Path, steps: &[Outcome], keyboard: &[Outcome]) -> Result<()> {
    let all = |outcomes: &[Outcome]| outcomes.iter().map(Outcome::written).collect::<Vec<_>>();
    let report = json!({ "steps": all(steps), "keyboard": all(keyboard) });
    fs::write(path, serde_json::to_string_pretty(&report)?).with_context(|| format!("cannot write {}", path.display()))
}

impl Outcome {
    fn written(&self) -> Value {
        let passed = self.failure.is_none();
        let mut step = json!({ "step": self.step, "name": self.name, "by": self.by, "passed": passed, "read": self.read.0 });
        if let Some(failure) = &self.failure {
            step["failure"] = failure.as_str().into();
        }
        step
    }
}
