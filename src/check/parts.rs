//! A tree of any size, part by part: memory is bounded by the largest part.
//!
//! Values are followed within a part. What is found is kept; of the files, only those that it is
//! found in.

use std::collections::BTreeMap;

use super::plugin::MAX_PER_RULE;
use super::report::{Gate, Report, Skipped};
use super::run::{Options, finish, look, order};
use crate::model::{FileSet, Finding, TreePath};
use crate::script::nesting;

/// Checks the parts of a tree as one; gives the report, and the files that it shows.
pub(crate) fn check_parts(
    parts: impl Iterator<Item = FileSet>,
    options: &Options,
) -> (Report, FileSet) {
    let mut shown = FileSet::new();
    let mut whole: Option<Report> = None;
    let mut count = 0;
    for files in parts {
        count += 1;
        let Some(part) = nesting::on_deep_stack(|| look(&files, options)) else {
            return (Report::failed(Gate::of(options)), shown);
        };
        keep(&mut shown, &files, &part);
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => add(whole, part),
        }
    }
    let mut report = whole.unwrap_or_else(|| look(&FileSet::new(), options));
    if count > 1 {
        report.issues.sort_by(order);
        thin(&mut report);
        report.skipped.push(Skipped {
            what: "values between parts".to_owned(),
            why: format!("the tree is checked in {count} parts, each on its own"),
        });
    }
    finish(&mut report, options);
    (report, shown)
}

/// Keeps the files that a report speaks of.
fn keep(shown: &mut FileSet, files: &FileSet, report: &Report) {
    let taken = report.taken.iter().map(|t| &t.finding);
    let steps = |f: &Finding| f.steps.iter().map(|s| s.file.clone()).collect::<Vec<TreePath>>();
    for finding in report.issues.iter().chain(taken) {
        for path in std::iter::once(finding.file.clone()).chain(steps(finding)) {
            if let Some(bytes) = files.get(path.as_str()).filter(|_| !shown.contains(path.as_str()))
            {
                shown.insert(path, bytes.to_vec());
            }
        }
    }
}

fn add(whole: &mut Report, part: Report) {
    // What is said of the whole tree is said by each part.
    let is_new = |f: &Finding| {
        !whole.issues.iter().any(|o| {
            o.rule == f.rule && o.file == f.file && o.span == f.span && o.message == f.message
        })
    };
    let is_shared = |f: &Finding| f.file.extension() == "json" || f.file.extension() == "yaml";
    let fresh: Vec<Finding> =
        part.issues.into_iter().filter(|f| !is_shared(f) || is_new(f)).collect();
    whole.issues.extend(fresh);
    whole.taken.extend(part.taken);
    whole.suppressed = whole.taken.len();
    whole.is_partial |= part.is_partial;
    for skipped in part.skipped {
        if !whole.skipped.contains(&skipped) {
            whole.skipped.push(skipped);
        }
    }
}

/// Leaves as many findings of a rule as one part may have.
fn thin(report: &mut Report) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    report.issues.retain(|f| {
        let count = counts.entry(f.rule.clone()).or_default();
        *count += 1;
        *count <= MAX_PER_RULE
    });
    for (rule, count) in counts.into_iter().filter(|(_, count)| *count > MAX_PER_RULE) {
        report.skipped.push(Skipped {
            what: format!("{} findings of `{rule}` in other parts", count - MAX_PER_RULE),
            why: format!("at most {MAX_PER_RULE} of a rule are kept"),
        });
    }
}
