//! `cargo xtask bench --report`: a page of what was measured, with a chart of ratio to floor and one of growth from set to set.
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// In the order of their sizes.
const SETS: [&str; 3] = ["year", "career", "ten"];
const WIDTH: f64 = 560.0;
const BAR: f64 = 18.0;
const LABEL: f64 = 330.0;

/// One operation on one set.
struct Measured {
    n: String,
    name: String,
    ratio: f64,
    spread: [f64; 2],
    target: f64,
    ours: f64,
    unit: String,
}

/// Writes `report.html` into the folder, of what `bench` has left there for each set.
pub fn report(folder: &Path) -> Result<()> {
    let mut sets = Vec::new();
    for set in SETS {
        let path = folder.join(format!("{set}.json"));
        if path.is_file() {
            sets.push((set, read(&path)?));
        }
    }
    if sets.is_empty() {
        bail!("nothing was measured yet: cargo xtask bench --set career");
    }
    let page = folder.join("report.html");
    fs::write(&page, html(&sets)?).with_context(|| format!("cannot write {}", page.display()))?;
    println!("{}", page.display());
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Measured>> {
    let told: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let rows = told["rows"].as_array().with_context(|| format!("{} holds no rows", path.display()))?;
    rows.iter().map(|row| measured(row).with_context(|| format!("{}: not a row: {row}", path.display()))).collect()
}

fn measured(row: &Value) -> Option<Measured> {
    Some(Measured {
        n: row["n"].as_str()?.to_owned(),
        name: row["name"].as_str()?.to_owned(),
        ratio: row["ratio"].as_f64()?,
        spread: [row["spread"][0].as_f64()?, row["spread"][1].as_f64()?],
        target: row["target"].as_f64()?,
        ours: row["ours"]["median"].as_f64()?,
        unit: row["ours"]["unit"].as_str()?.to_owned(),
    })
}

fn html(sets: &[(&str, Vec<Measured>)]) -> Result<String> {
    let mut page = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>How long things take</title>\n<style>body{font:15px/1.5 sans-serif;margin:3rem auto;max-width:60rem}\
         table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;font-variant-numeric:tabular-nums}\
         .above{font-weight:600}svg text{font-size:12px}</style>\n<h1>How long things take</h1>\n\
         <p>Each operation beside what the machine cannot beat, in the same run. A ratio of 1 is the floor itself.</p>\n",
    );
    for (set, rows) in sets {
        writeln!(page, "<h2>{set}</h2>\n<table><tr><th>n<th>operation<th>ratio<th>spread<th>target<th>ours</tr>")?;
        for row in rows {
            let class = if row.ratio > row.target { " class=\"above\"" } else { "" };
            let [low, high] = row.spread;
            writeln!(
                page,
                "<tr{class}><td>{}<td>{}<td>{:.2}<td>{low:.2}–{high:.2}<td>{}<td>{:.2} {}</tr>",
                row.n,
                escape(&row.name),
                row.ratio,
                row.target,
                row.ours,
                row.unit
            )?;
        }
        writeln!(page, "</table>\n<h3>Ratio to the target</h3>")?;
        let bars: Vec<(String, f64)> = rows.iter().map(|row| (format!("{} {}", row.n, row.name), row.ratio / row.target)).collect();
        chart(&mut page, &bars, "the line is the target")?;
    }
    for pair in sets.windows(2) {
        let [(small, before), (large, after)] = pair else { continue };
        writeln!(page, "<h2>Growth from {small} to {large}</h2>")?;
        let bars: Vec<(String, f64)> = after
            .iter()
            .filter_map(|row| {
                let same = before.iter().find(|one| one.n == row.n && one.name == row.name)?;
                Some((format!("{} {}", row.n, row.name), row.ours / same.ours))
            })
            .collect();
        chart(&mut page, &bars, "the line is no growth")?;
    }
    Ok(page)
}

/// Bars from nothing to four times the line at one.
fn chart(page: &mut String, bars: &[(String, f64)], says: &str) -> Result<()> {
    const MOST: f64 = 4.0;
    let (height, one) = (BAR.mul_add(bars.len() as f64, 30.0), LABEL + WIDTH / MOST);
    writeln!(page, "<svg role=\"img\" aria-label=\"{says}\" width=\"{}\" height=\"{height}\">", LABEL + WIDTH + 60.0)?;
    for (number, (name, value)) in bars.iter().enumerate() {
        let (y, width) = (BAR * number as f64, value.min(MOST) / MOST * WIDTH);
        let colour = if *value > 1.0 { "#b5622d" } else { "#4c7a5d" };
        writeln!(
            page,
            "<text x=\"0\" y=\"{}\">{}</text><rect x=\"{LABEL}\" y=\"{}\" width=\"{width:.1}\" height=\"{}\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"{}\">{value:.2}</text>",
            y + 13.0,
            escape(&name.chars().take(48).collect::<String>()),
            y + 2.0,
            BAR - 4.0,
            LABEL + width + 6.0,
            y + 13.0
        )?;
    }
    let foot = height - 24.0;
    writeln!(
        page,
        "<line x1=\"{one}\" x2=\"{one}\" y1=\"0\" y2=\"{foot}\" stroke=\"#333\"/><text x=\"{one}\" y=\"{}\">{says}</text></svg>",
        height - 8.0
    )?;
    Ok(())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(folder: &Path, set: &str, ours: f64) {
        let row = serde_json::json!({ "n": "5", "name": "a draft <saved>", "ratio": 2.0, "spread": [1.5, 2.5], "target": 3,
            "ours": { "median": ours, "unit": "ms" } });
        fs::write(folder.join(format!("{set}.json")), serde_json::json!({ "rows": [row] }).to_string()).expect("written");
    }

    #[test]
    fn a_page_shows_each_set_and_how_it_grew_and_nothing_of_what_was_not_measured() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(report(folder.path()).is_err(), "nothing was measured");
        left(folder.path(), "year", 1.0);
        left(folder.path(), "career", 1.5);
        report(folder.path()).expect("a report");
        let page = fs::read_to_string(folder.path().join("report.html")).expect("a page");
        assert!(page.contains("<h2>career</h2>") && page.contains("Growth from year to career") && page.contains(">1.50<"));
        assert!(!page.contains("<h2>ten</h2>") && page.contains("a draft &lt;saved&gt;"));
    }
}
