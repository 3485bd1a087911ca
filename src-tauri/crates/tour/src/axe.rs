//! Axe in the real window: every rule of WCAG 2.0 and 2.1, levels A and AA.
use crate::window::Window;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const TAGS: [&str; 4] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
/// Every screen satisfies at least so many rules that have something to look at: title, language, contrast, names of buttons.
const FEWEST: u64 = 5;
/// Answers with a line for each element that breaks a rule.
const RUN: &str = "
const [tags, done] = arguments
axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
  ({ violations, passes }) => done({ held: passes.length, found: violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none).map((check) => check.message).join('; ')}`)) }),
  (error) => done({ failed: String(error) }))";

/// The checker's own text, as the page's packages hold it.
pub struct Axe(String);

impl Axe {
    /// Reads it.
    pub fn read(path: &Path) -> Result<Axe> {
        Ok(Axe(fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?))
    }

    /// What is wrong with what the window shows now.
    pub fn violations(&self, window: &Window) -> Result<Vec<String>> {
        if window.run("return typeof axe", json!([]))? != json!("object") {
            // A script of the driver is a function; what the checker leaves behind has to outlive it.
            window.run(&format!("{}\nwindow.axe = window.axe || axe", self.0), json!([]))?;
        }
        let answer = window.run_slowly(RUN, json!([TAGS]))?;
        if let Some(why) = answer["failed"].as_str() {
            anyhow::bail!("axe did not run: {why}");
        }
        // A checker that looked at nothing would find nothing.
        ensure!(answer["held"].as_u64().is_some_and(|held| held >= FEWEST), "axe looked at too little: {answer}");
        let found = answer["found"].as_array().context("axe gave no answer")?;
        Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
