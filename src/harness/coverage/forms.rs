//! Forms of a coverage report.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::cobertura::cobertura;
use super::html::html;
use super::{Coverage, FileCoverage, Share};
use crate::script::Stretch;
use crate::ui::plain;

/// Most stretches of lines that the text form names per file.
const MOST_STRETCHES: usize = 6;

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CoverageFormat {
    /// A table for people.
    Text,
    /// `lcov.info`.
    Lcov,
    /// XML for GitLab, Jenkins and Azure.
    Cobertura,
    /// `coverage-final.json` of Istanbul.
    Istanbul,
    /// One page, no scripts.
    Html,
}

impl CoverageFormat {
    /// The report in this form.
    pub(crate) fn render(self, coverage: &Coverage) -> String {
        match self {
            Self::Text => text(coverage),
            Self::Lcov => coverage.files.iter().map(lcov).collect(),
            Self::Cobertura => cobertura(coverage),
            Self::Html => html(coverage),
            Self::Istanbul => {
                let files: Map<String, Value> =
                    coverage.files.iter().map(|f| (f.path.to_string(), istanbul(f))).collect();
                serde_json::to_string_pretty(&files).unwrap_or_default() + "\n"
            }
        }
    }
}

fn text(coverage: &Coverage) -> String {
    let names: Vec<String> =
        coverage.files.iter().map(|f| plain(f.path.as_str()).into_owned()).collect();
    let width = names.iter().map(|n| n.chars().count()).max().unwrap_or(4).clamp(9, 60);
    let percent = |share: Share| format!("{:.1}", share.percent());
    let mut out = format!(
        "{:<width$}  {:>10} {:>8} {:>9} {:>7}  not run\n",
        "coverage %", "statements", "branches", "functions", "lines"
    );
    let mut row = |name: &str, shares: super::Shares, missing: &str| {
        let [statements, branches, functions, lines] =
            [shares.statements, shares.branches, shares.functions, shares.lines].map(percent);
        let line = format!(
            "{name:<width$}  {statements:>10} {branches:>8} {functions:>9} {lines:>7}  {missing}"
        );
        let _ = writeln!(out, "{}", line.trim_end());
    };
    for (file, name) in coverage.files.iter().zip(&names) {
        row(name, file.shares(), &missing(file));
    }
    row("all files", coverage.total(), "");
    out
}

/// Lines that did not run, neighbours joined: `3-5, 9`.
fn missing(file: &FileCoverage) -> String {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    let mut last_ran = true;
    for (line, hits) in file.line_hits() {
        let ran = hits > 0;
        match stretches.last_mut() {
            Some(stretch) if !ran && !last_ran => stretch.1 = line,
            _ if !ran => stretches.push((line, line)),
            _ => {}
        }
        last_ran = ran;
    }
    let shown: Vec<String> = stretches
        .iter()
        .take(MOST_STRETCHES)
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
        .collect();
    let more = stretches.len().saturating_sub(MOST_STRETCHES);
    let rest = if more > 0 { format!(", {more} more") } else { String::new() };
    shown.join(", ") + &rest
}

fn lcov(file: &FileCoverage) -> String {
    let mut out = format!("TN:\nSF:{}\n", file.path);
    let shares = file.shares();
    for (_, name, (start, _), _) in &file.counters.functions {
        let _ = writeln!(out, "FN:{},{name}", file.lines.place(*start).0);
    }
    for (counter, name, ..) in &file.counters.functions {
        let _ = writeln!(out, "FNDA:{},{name}", file.hits(*counter));
    }
    let _ = writeln!(out, "FNF:{}\nFNH:{}", shares.functions.all, shares.functions.hit);
    for (number, (_, (start, _), ways)) in file.counters.branches.iter().enumerate() {
        let line = file.lines.place(*start).0;
        for (way, (counter, _)) in ways.iter().enumerate() {
            let _ = writeln!(out, "BRDA:{line},{number},{way},{}", file.hits(*counter));
        }
    }
    let _ = writeln!(out, "BRF:{}\nBRH:{}", shares.branches.all, shares.branches.hit);
    for (line, hits) in file.line_hits() {
        let _ = writeln!(out, "DA:{line},{hits}");
    }
    let _ = writeln!(out, "LF:{}\nLH:{}\nend_of_record", shares.lines.all, shares.lines.hit);
    out
}

fn istanbul(file: &FileCoverage) -> Value {
    let place = |offset: u32| {
        let (line, column) = file.lines.place(offset);
        json!({ "line": line, "column": column })
    };
    let location = |(start, end): Stretch| json!({ "start": place(start), "end": place(end) });
    let (mut statements, mut s) = (Map::new(), Map::new());
    for (number, (counter, at)) in file.counters.statements.iter().enumerate() {
        statements.insert(number.to_string(), location(*at));
        s.insert(number.to_string(), json!(file.hits(*counter)));
    }
    let (mut functions, mut f) = (Map::new(), Map::new());
    for (number, (counter, name, declared, body)) in file.counters.functions.iter().enumerate() {
        let about = json!({
            "name": name, "decl": location(*declared), "loc": location(*body),
            "line": file.lines.place(declared.0).0,
        });
        functions.insert(number.to_string(), about);
        f.insert(number.to_string(), json!(file.hits(*counter)));
    }
    let (mut branches, mut b) = (Map::new(), Map::new());
    for (number, (kind, at, ways)) in file.counters.branches.iter().enumerate() {
        // An `else` that is not written has a place without numbers.
        let nowhere = || json!({ "start": {}, "end": {} });
        let place = |at: &Option<Stretch>| at.map_or_else(nowhere, location);
        let places: Vec<Value> = ways.iter().map(|(_, at)| place(at)).collect();
        let about = json!({
            "type": kind, "loc": location(*at), "locations": places,
            "line": file.lines.place(at.0).0,
        });
        branches.insert(number.to_string(), about);
        let hits: Vec<u64> = ways.iter().map(|(counter, _)| file.hits(*counter)).collect();
        b.insert(number.to_string(), json!(hits));
    }
    json!({
        "path": file.path, "statementMap": statements, "fnMap": functions, "branchMap": branches,
        "s": s, "f": f, "b": b,
    })
}
