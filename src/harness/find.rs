//! What there is to run: test files, fixtures, and the suites that need no code.

use super::handler::{Handler, handlers};
use crate::model::{FileSet, PluginType, TreePath};
use crate::project::Project;

/// A kind of tests; the folder below `tests/` says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Suite {
    /// `tests/unit`, and files directly in `tests/`.
    Unit,
    /// `tests/integration` and `tests/fixtures`.
    Integration,
    /// `tests/security`, and generated attacks on every handler.
    Security,
    /// `tests/performance`, and what every handler costs.
    Performance,
    /// `tests/conformance`, and what every plugin of this type must do.
    Conformance,
    /// Every test that is written in the plugin.
    All,
    /// Every test, generated ones too.
    Full,
}

impl Suite {
    /// The suite a test file belongs to.
    fn of(path: &TreePath) -> Self {
        match path.as_str().split('/').nth(1) {
            Some("integration" | "fixtures") => Self::Integration,
            Some("security") => Self::Security,
            Some("performance") => Self::Performance,
            Some("conformance") => Self::Conformance,
            _ => Self::Unit,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Integration => "integration",
            Self::Security => "security",
            Self::Performance => "performance",
            Self::Conformance => "conformance",
            Self::All => "all",
            Self::Full => "full",
        }
    }

    /// Where its files are.
    pub(crate) fn folder(self) -> String {
        match self {
            Self::All | Self::Full => "tests".to_owned(),
            suite => format!("tests/{}", suite.name()),
        }
    }
}

/// What runs in one sandbox of its own.
#[derive(Debug, Clone)]
pub(super) struct Job {
    /// Path of the file, or name of what is generated.
    pub name: String,
    /// The suite it counts for.
    pub suite: Suite,
    /// What it is.
    pub kind: JobKind,
}

/// What a job is.
#[derive(Debug, Clone)]
pub(super) enum JobKind {
    /// A test file of the author.
    File(TreePath),
    /// A test without code.
    Fixture(TreePath),
    /// What every plugin of the type must do.
    Conformance(PluginType),
    /// Tries of everything that is not granted.
    Permissions,
    /// Attacks on a handler.
    Security(Handler),
    /// Measurements of a handler.
    Performance(Handler),
}

impl JobKind {
    /// The module that runs it: the author's, or one of ours.
    pub(super) fn module(&self) -> String {
        match self {
            Self::File(path) => path.to_string(),
            Self::Fixture(_) => "daino:internal/suite/fixture".to_owned(),
            Self::Conformance(kind) => format!("daino:internal/suite/{}", kind.as_str()),
            Self::Permissions => "daino:internal/suite/permissions".to_owned(),
            Self::Security(_) => "daino:internal/suite/security".to_owned(),
            Self::Performance(_) => "daino:internal/suite/performance".to_owned(),
        }
    }

    /// The handler it is about.
    pub(super) fn handler(&self) -> Option<&Handler> {
        match self {
            Self::Security(handler) | Self::Performance(handler) => Some(handler),
            _ => None,
        }
    }
}

/// Everything the suites hold, sorted by name.
pub(super) fn find(project: &Project, suites: &[Suite]) -> Vec<Job> {
    let is_asked =
        |suite| suites.iter().any(|s| *s == suite || matches!(s, Suite::All | Suite::Full));
    let is_generated = |suite| suites.iter().any(|s| *s == suite || *s == Suite::Full);
    let mut jobs: Vec<Job> =
        files(&project.files).into_iter().filter(|job| is_asked(job.suite)).collect();
    let kind = project.manifest.kind;
    if is_generated(Suite::Conformance) && kind != PluginType::Custom {
        let name = format!("(conformance) {}", kind.as_str());
        jobs.push(Job { name, suite: Suite::Conformance, kind: JobKind::Conformance(kind) });
    }
    if is_generated(Suite::Security) {
        let name = "(security) permissions".to_owned();
        jobs.push(Job { name, suite: Suite::Security, kind: JobKind::Permissions });
    }
    for handler in handlers(&project.manifest, &project.files) {
        let name = |suite: Suite| format!("({}) {handler}", suite.name());
        if is_generated(Suite::Security) {
            let kind = JobKind::Security(handler.clone());
            jobs.push(Job { name: name(Suite::Security), suite: Suite::Security, kind });
        }
        if is_generated(Suite::Performance) {
            let kind = JobKind::Performance(handler.clone());
            jobs.push(Job { name: name(Suite::Performance), suite: Suite::Performance, kind });
        }
    }
    jobs.sort_by(|a, b| a.name.cmp(&b.name));
    jobs
}

/// `NAME.test.js`, or `.spec.`, in any language that is run.
fn is_test_file(path: &str) -> bool {
    let endings = [".js", ".ts", ".mjs", ".cjs", ".mts"];
    let stem = endings.iter().find_map(|end| path.strip_suffix(*end));
    stem.is_some_and(|stem| stem.ends_with(".test") || stem.ends_with(".spec"))
}

fn files(files: &FileSet) -> Vec<Job> {
    let kind = |path: &TreePath| {
        let text = path.as_str();
        if is_test_file(text) {
            Some(JobKind::File(path.clone()))
        } else if path.is_below("tests/fixtures") && path.extension() == "json" {
            Some(JobKind::Fixture(path.clone()))
        } else {
            None
        }
    };
    let below = files.paths().filter(|path| path.is_below("tests"));
    below
        .filter_map(|path| {
            Some(Job { name: path.to_string(), suite: Suite::of(path), kind: kind(path)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_suite() {
        let mut set = FileSet::new();
        for path in [
            "tests/b.test.js",
            "tests/unit/deep/a.test.ts",
            "tests/integration/pay.test.mjs",
            "tests/fixtures/order.json",
            "tests/security/xss.test.js",
            "tests/unit/b.spec.cjs",
            "tests/unit/c.spec.mts",
            "tests/unit/data.js",
            "tests/unit/test.js",
            "tests/unit/data.json",
            "src/a.test.js",
        ] {
            set.insert(TreePath::new(path).unwrap(), Vec::new());
        }
        let found: Vec<(String, &str)> =
            files(&set).into_iter().map(|job| (job.name, job.suite.name())).collect();
        let expected = [
            ("tests/b.test.js", "unit"),
            ("tests/fixtures/order.json", "integration"),
            ("tests/integration/pay.test.mjs", "integration"),
            ("tests/security/xss.test.js", "security"),
            ("tests/unit/b.spec.cjs", "unit"),
            ("tests/unit/c.spec.mts", "unit"),
            ("tests/unit/deep/a.test.ts", "unit"),
        ];
        assert_eq!(found, expected.map(|(name, suite)| (name.to_owned(), suite)));
    }
}
