//! Which of the plugin's code its tests ran: statements, branches, functions, lines.
//!
//! The files are run with counters in them (`script::instrument`); the counters of all jobs are
//! added up. Files that no test loads count as not run at all.

mod cobertura;
mod forms;
mod html;
mod lines;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::model::TreePath;
use crate::project::Project;
use crate::script::{Counters, instrument};

pub(crate) use forms::CoverageFormat;
use lines::Lines;

/// Most counters of one file.
const MOST_COUNTERS: usize = 200_000;

/// A plugin with counters in its code.
#[derive(Debug, Clone)]
pub(super) struct Instrumented {
    /// The plugin as it is run.
    pub project: Project,
    files: Vec<FileCounters>,
}

#[derive(Debug, Clone)]
struct FileCounters {
    path: TreePath,
    text: String,
    counters: Counters,
}

/// Whether a file is code of the plugin, not of its tests or of somebody else.
fn is_own_code(path: &TreePath) -> bool {
    let text = path.as_str();
    let is_code = matches!(path.extension(), "js" | "mjs" | "cjs" | "ts" | "mts");
    is_code && !path.is_below("tests") && !path.is_below("node_modules") && !text.ends_with(".d.ts")
}

/// Puts counters into the code of a plugin.
pub(super) fn prepare(project: &Project) -> Instrumented {
    let mut made = Instrumented { project: project.clone(), files: Vec::new() };
    let paths: Vec<TreePath> = project.files.paths().filter(|p| is_own_code(p)).cloned().collect();
    for path in paths {
        let Some(text) = project.files.text(path.as_str()) else { continue };
        let name = array_name(made.files.len());
        let Some((written, counters)) = instrument(path.as_str(), text, &name) else { continue };
        // A file of which its author leaves out everything is not in the report.
        if counters.count > MOST_COUNTERS || counters.is_left_out() {
            continue;
        }
        let text = text.to_owned();
        made.project.files.insert(path.clone(), written.into_bytes());
        made.files.push(FileCounters { path, text, counters });
    }
    made
}

/// The global array that holds the counters of a file.
fn array_name(number: usize) -> String {
    format!("__daino_c{number}")
}

impl Instrumented {
    /// The arrays a job is to make, name to length.
    pub(super) fn arrays(&self) -> BTreeMap<String, usize> {
        let arrays = self.files.iter().enumerate();
        arrays.map(|(number, file)| (array_name(number), file.counters.count)).collect()
    }

    /// What the counters of all jobs say.
    pub(super) fn collect(&self, told: &[BTreeMap<String, Vec<u64>>]) -> Coverage {
        let file = |(number, file): (usize, &FileCounters)| {
            let mut hits = vec![0_u64; file.counters.count];
            for counts in told.iter().filter_map(|all| all.get(&array_name(number))) {
                for (sum, count) in hits.iter_mut().zip(counts) {
                    *sum = sum.saturating_add(*count);
                }
            }
            FileCoverage {
                path: file.path.clone(),
                lines: Lines::of(file.text.clone()),
                counters: file.counters.clone(),
                hits,
            }
        };
        Coverage { files: self.files.iter().enumerate().map(file).collect() }
    }
}

/// How much of the plugin's code ran.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    files: Vec<FileCoverage>,
}

#[derive(Debug, Clone)]
struct FileCoverage {
    path: TreePath,
    lines: Lines,
    counters: Counters,
    hits: Vec<u64>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    /// Those that ran.
    pub hit: usize,
    /// All of them.
    pub all: usize,
}

impl Share {
    /// In percent; 100 when there are none.
    pub(crate) fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { self.hit as f64 * 100.0 / self.all as f64 }
    }

    fn add(&mut self, hits: u64) {
        self.all += 1;
        self.hit += usize::from(hits > 0);
    }

    fn plus(self, other: Self) -> Self {
        Self { hit: self.hit + other.hit, all: self.all + other.all }
    }
}

/// Statements, branches, functions and lines.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shares {
    /// Statements.
    pub statements: Share,
    /// Lines on which a statement begins.
    pub lines: Share,
    /// Ways that a condition can go.
    pub branches: Share,
    /// Functions.
    pub functions: Share,
}

impl FileCoverage {
    fn hits(&self, counter: usize) -> u64 {
        self.hits.get(counter).copied().unwrap_or_default()
    }

    /// Hits of every line on which a statement begins.
    fn line_hits(&self) -> BTreeMap<u32, u64> {
        let mut found: BTreeMap<u32, u64> = BTreeMap::new();
        for (counter, (start, _)) in &self.counters.statements {
            let hits = found.entry(self.lines.place(*start).0).or_default();
            *hits = (*hits).max(self.hits(*counter));
        }
        found
    }

    fn shares(&self) -> Shares {
        let mut shares = Shares::default();
        for (counter, _) in &self.counters.statements {
            shares.statements.add(self.hits(*counter));
        }
        self.line_hits().values().for_each(|hits| shares.lines.add(*hits));
        for (_, _, ways) in &self.counters.branches {
            ways.iter().for_each(|(counter, _)| shares.branches.add(self.hits(*counter)));
        }
        for (counter, ..) in &self.counters.functions {
            shares.functions.add(self.hits(*counter));
        }
        shares
    }
}

/// The least that must have run, in percent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Thresholds {
    /// Of the statements.
    pub statements: Option<NonZeroU32>,
    /// Of the lines.
    pub lines: Option<NonZeroU32>,
    /// Of the branches.
    pub branches: Option<NonZeroU32>,
    /// Of the functions.
    pub functions: Option<NonZeroU32>,
}

impl Coverage {
    /// All files together.
    pub(crate) fn total(&self) -> Shares {
        self.files.iter().map(FileCoverage::shares).fold(Shares::default(), |sum, one| Shares {
            statements: sum.statements.plus(one.statements),
            lines: sum.lines.plus(one.lines),
            branches: sum.branches.plus(one.branches),
            functions: sum.functions.plus(one.functions),
        })
    }

    /// What is below its threshold, in words.
    pub(crate) fn below(&self, thresholds: Thresholds) -> Vec<String> {
        let total = self.total();
        let checks = [
            ("statements", total.statements, thresholds.statements),
            ("lines", total.lines, thresholds.lines),
            ("branches", total.branches, thresholds.branches),
            ("functions", total.functions, thresholds.functions),
        ];
        let words = |(what, share, least): (&str, Share, Option<NonZeroU32>)| {
            let least = f64::from(least?.get());
            let percent = share.percent();
            (percent < least).then(|| format!("{percent:.1} % of the {what} ran, {least} % must"))
        };
        checks.into_iter().filter_map(words).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileSet;

    fn project(code: &str) -> Project {
        let mut files = FileSet::new();
        let manifest = r#"{"name":"A","slug":"acme-a","version":"1.0.0","type":"custom"}"#;
        for (path, text) in
            [("manifest.json", manifest), ("index.js", code), ("tests/a.test.js", "it()")]
        {
            files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        Project {
            root: std::path::PathBuf::new(),
            manifest: crate::project::parse_manifest(manifest).unwrap(),
            files,
            entry: TreePath::new("index.js").unwrap(),
        }
    }

    #[test]
    fn counters_of_several_jobs_are_added_and_measured() {
        let made = prepare(&project(
            "export function f(a) {\n  if (a) {\n    return 1;\n  }\n  return 2;\n}\n",
        ));
        assert_eq!(made.arrays().len(), 1);
        let count = made.arrays()["__daino_c0"];
        let nothing = made.collect(&[]);
        assert_eq!((nothing.total().lines.hit, nothing.total().lines.all), (0, 3));
        // One job that went the first way: the function, the `if`, the first `return`.
        let counters = &made.files[0].counters;
        let mut hits = vec![0; count];
        for (counter, (start, _)) in &counters.statements {
            hits[*counter] = u64::from(Lines::of(made.files[0].text.clone()).place(*start).0 < 5);
        }
        hits[counters.functions[0].0] = 1;
        hits[counters.branches[0].2[0].0] = 1;
        let told = BTreeMap::from([("__daino_c0".to_owned(), hits)]);
        let half = made.collect(&[told.clone(), told]);
        let total = half.total();
        assert_eq!((total.lines.hit, total.branches.hit, total.branches.all), (2, 1, 2));
        assert_eq!(total.functions.percent(), 100.0);
        let thresholds = Thresholds {
            branches: NonZeroU32::new(80),
            lines: NonZeroU32::new(60),
            ..Thresholds::default()
        };
        assert_eq!(half.below(thresholds), ["50.0 % of the branches ran, 80 % must"]);
        let lcov = CoverageFormat::Lcov.render(&half);
        assert!(
            lcov.contains("SF:index.js\n")
                && lcov.contains("DA:3,2\n")
                && lcov.contains("DA:5,0\n"),
            "{lcov}"
        );
        assert!(lcov.contains("FNDA:2,f\n") && lcov.contains("BRDA:2,0,1,0\n"), "{lcov}");
        let json: serde_json::Value =
            serde_json::from_str(&CoverageFormat::Istanbul.render(&half)).unwrap();
        assert_eq!(json["index.js"]["fnMap"]["0"]["name"], "f");
        assert_eq!(json["index.js"]["b"]["0"], serde_json::json!([2, 0]));
        let xml = CoverageFormat::Cobertura.render(&half);
        for part in [
            "lines-valid=\"3\" lines-covered=\"2\" branches-valid=\"2\" branches-covered=\"1\"",
            "filename=\"index.js\" line-rate=\"0.6667\" branch-rate=\"0.5000\"",
            "<line number=\"2\" hits=\"2\" branch=\"true\" condition-coverage=\"50% (1/2)\"/>",
            "<line number=\"5\" hits=\"0\" branch=\"false\"/>",
            "<method name=\"f\"",
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
        assert!(CoverageFormat::Text.render(&half).contains("index.js"), "text");
        let page = CoverageFormat::Html.render(&half);
        assert!(
            page.contains("<td>2/3</td>") && page.contains("<tr class=\"missed\"><td>5</td>"),
            "{page}"
        );
        assert!(
            page.contains(
                "<tr class=\"partly\" title=\"not taken: a way of an if\"><td>2</td><td>2</td>"
            ),
            "{page}"
        );
    }
}
