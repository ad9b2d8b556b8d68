//! Puts fixes into the files: those that do not get in each other's way, and none that breaks a file.

use std::collections::{BTreeMap, BTreeSet};

use super::{ir, run};
use crate::model::finding::{Edit, Fix};
use crate::model::{FileSet, Finding, TreePath};
use crate::project::MANIFEST;
use crate::script::nesting;

/// What one round of fixes made.
#[derive(Debug, Default)]
pub(crate) struct Fixed {
    /// The files as they are now.
    pub files: FileSet,
    /// Which findings were mended.
    pub mended: Vec<Mended>,
    /// Fixes that would have broken a file; they were left out.
    pub refused: Vec<Mended>,
}

/// A finding and what its fix does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(crate) struct Mended {
    /// The rule.
    pub rule: String,
    /// Where it was found.
    pub file: TreePath,
    /// Its line before the fix.
    pub line: u32,
    /// What the fix does.
    pub title: String,
}

/// Mends what can be mended in one go. Two fixes that touch the same text are not made together: the
/// next round, which looks again, makes the other one if it is still needed.
pub(crate) fn apply(files: &FileSet, findings: &[Finding]) -> Fixed {
    let mut fixed = Fixed { files: files.clone(), ..Fixed::default() };
    let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
    let mut taken: BTreeMap<&TreePath, BTreeSet<(u32, u32)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort();
        // Edits that several fixes share, such as an import, are made once.
        edits.retain(|edit| !seen.contains(*edit));
        let is_free = edits.iter().all(|edit| {
            let ranges = taken.get(&edit.file);
            // Ranges that only touch get in each other's way, too: which comes first is open.
            !ranges.is_some_and(|r| r.iter().any(|(a, b)| *a <= edit.end && edit.start <= *b))
        });
        if is_free && !edits.is_empty() {
            for edit in edits {
                taken.entry(&edit.file).or_default().insert((edit.start, edit.end));
                seen.insert(edit);
            }
            chosen.push((finding, fix));
        }
    }
    let all: BTreeSet<&Edit> = seen;
    if let Some(changed) = edited(files, all.iter().copied()) {
        fixed.files = changed;
        fixed.mended = chosen.iter().map(|(f, fix)| Mended::of(f, fix)).collect();
        return fixed;
    }
    // One of them breaks a file: each on its own, and the first good one counts.
    for (finding, fix) in chosen {
        let edits: BTreeSet<&Edit> = fix.edits.iter().collect();
        match edited(files, edits.into_iter()) {
            Some(changed) if fixed.mended.is_empty() => {
                fixed.files = changed;
                fixed.mended.push(Mended::of(finding, fix));
            }
            Some(_) => {}
            None => fixed.refused.push(Mended::of(finding, fix)),
        }
    }
    fixed
}

impl Mended {
    fn of(finding: &Finding, fix: &Fix) -> Self {
        Self {
            rule: finding.rule.clone(),
            file: finding.file.clone(),
            line: finding.span.line,
            title: fix.title.clone(),
        }
    }
}

/// The files with these edits, unless an edit does not fit or a file is broken by them.
fn edited<'e>(files: &FileSet, edits: impl Iterator<Item = &'e Edit>) -> Option<FileSet> {
    let mut by_file: BTreeMap<&TreePath, Vec<&Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(&edit.file).or_default().push(edit);
    }
    let mut changed = files.clone();
    for (path, mut edits) in by_file {
        let before = std::str::from_utf8(files.get(path.as_str())?).ok()?;
        let mut after = before.to_owned();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
        for edit in edits {
            let range = edit.start as usize..edit.end as usize;
            before.get(range.clone())?;
            after.replace_range(range, &edit.text);
        }
        if after == before || is_broken(path, &after) && !is_broken(path, before) {
            return None;
        }
        changed.insert(path.clone(), after.into_bytes());
    }
    Some(changed)
}

fn is_broken(path: &TreePath, text: &str) -> bool {
    if path.as_str() == MANIFEST || path.extension() == "json" {
        return serde_json::from_str::<serde::de::IgnoredAny>(text).is_err();
    }
    let broken = nesting::on_deep_stack(|| {
        nesting::check(path.as_str(), text).is_err()
            || ir::build(0, path.as_str(), text, &[]).1.is_some()
    });
    broken.unwrap_or(true)
}

/// Rounds of fixing and looking again, at most.
const MAX_ROUNDS: usize = 40;

/// Mends until nothing is left that can be: looks, mends, looks again.
pub(crate) fn mend(files: &FileSet, options: &run::Options) -> Fixed {
    let mut all = Fixed { files: files.clone(), ..Fixed::default() };
    let mut refused = BTreeSet::new();
    // Fixes move lines: which of them are new can only be said once.
    let rounds = if options.changed.is_some() { 1 } else { MAX_ROUNDS };
    for _ in 0..rounds {
        let mut report = run::check(&run::Subject { files: &all.files }, options);
        report
            .issues
            .retain(|f| f.fix.as_ref().is_some_and(|fix| !refused.contains(&Mended::of(f, fix))));
        let round = apply(&all.files, &report.issues);
        refused.extend(round.refused);
        if round.mended.is_empty() {
            break;
        }
        all.files = round.files;
        all.mended.extend(round.mended);
    }
    all.refused = refused.into_iter().collect();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::Category;
    use crate::model::{Severity, Span};

    fn finding(edits: &[(u32, u32, &str)]) -> Finding {
        let file = TreePath::new("a.js").unwrap();
        let edit = |(start, end, text): &(u32, u32, &str)| Edit {
            file: file.clone(),
            start: *start,
            end: *end,
            text: (*text).to_owned(),
        };
        Finding {
            rule: "x".to_owned(),
            severity: Severity::Info,
            class: "quality".to_owned(),
            category: Category::Quality,
            file: file.clone(),
            span: Span::START,
            message: String::new(),
            help: None,
            steps: Vec::new(),
            fingerprint: String::new(),
            fix: Some(Fix { title: format!("{edits:?}"), edits: edits.iter().map(edit).collect() }),
        }
    }

    fn after(text: &str, findings: &[Finding]) -> (String, usize, usize) {
        let mut files = FileSet::new();
        files.insert(TreePath::new("a.js").unwrap(), text.as_bytes().to_vec());
        let fixed = apply(&files, findings);
        let text = fixed.files.text("a.js").unwrap().to_owned();
        (text, fixed.mended.len(), fixed.refused.len())
    }

    #[test]
    fn fixes_that_touch_wait_and_shared_edits_are_made_once() {
        let a = finding(&[(0, 3, "const")]);
        let b = finding(&[(3, 3, " /* x */")]);
        let c = finding(&[(8, 9, "2")]);
        let found = [a, b, c];
        assert_eq!(after("let a = 1;", &found), ("const a = 2;".to_owned(), 2, 0));
        let shared =
            [finding(&[(0, 0, "f();"), (4, 5, "b")]), finding(&[(0, 0, "f();"), (8, 9, "2")])];
        assert_eq!(after("let a = 1;", &shared), ("f();let b = 2;".to_owned(), 2, 0));
    }

    #[test]
    fn what_breaks_a_file_is_undone_and_the_rest_is_made() {
        let found = [finding(&[(8, 9, ")")]), finding(&[(4, 5, "b")]), finding(&[(90, 91, "")])];
        assert_eq!(after("let a = 1;", &found), ("let b = 1;".to_owned(), 1, 2));
        // A file that was broken before may be mended.
        assert_eq!(after("let a = ;", &[finding(&[(8, 8, "1")])]).0, "let a = 1;");
        // Half of a character is no place for an edit.
        assert_eq!(after("let é = 1;", &[finding(&[(5, 6, "e")])]).2, 1);
    }
}
