//! The security scan of what is to be installed: the validator's `store` profile, as a registry runs
//! it, on exactly the files that would be installed.

use serde::Serialize;

use crate::check::{self, Options, Profile, Subject};
use crate::error::{ErrorCode, Failure};
use crate::model::finding::Category;
use crate::model::{ExitCode, FileSet, PluginSlug, Severity};

pub(super) static FINDINGS: ErrorCode = ErrorCode {
    id: "install.findings",
    exit: ExitCode::Policy,
    meaning: "The validator finds in the plugin what no release may have. Nothing was installed.",
    remedy: "Read what the message lists. To install it all the same: `--accept-findings`.",
};

/// Most findings that are shown.
const SHOWN: usize = 10;

/// What the scan says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Screened {
    /// Whether nothing is at or over the threshold.
    pub passed: bool,
    /// 0 to 100.
    pub score: u32,
    /// How many findings are over the threshold.
    pub failing: usize,
    /// The heaviest of them, one line each: rule, place, and what is wrong. Text from outside.
    pub findings: Vec<String>,
}

impl Screened {
    /// What is said before anything was scanned.
    pub(super) fn nothing() -> Self {
        Self { passed: false, score: 0, failing: 0, findings: Vec::new() }
    }
}

/// A scan that runs beside other work.
pub(crate) struct Scan(tokio::task::JoinHandle<Screened>);

/// Begins to scan.
pub(crate) fn begin(files: &FileSet) -> Scan {
    let files = files.clone();
    Scan(tokio::task::spawn_blocking(move || scan(&files)))
}

impl Scan {
    /// What it says.
    pub(crate) async fn end(self) -> Result<Screened, Failure> {
        let ended = |_| Failure::new(&FINDINGS, "the security scan did not come to its end");
        self.0.await.map_err(ended)
    }
}

fn scan(files: &FileSet) -> Screened {
    let options = Options { profile: Profile::Store, ..Options::default() };
    let report = check::check(&Subject { files }, &options);
    let fails = |severity: Severity, category: Category| {
        severity >= Severity::Error
            || severity == Severity::Warning && category == Category::Security
    };
    let mut failing: Vec<_> =
        report.issues.iter().filter(|f| fails(f.severity, f.category)).collect();
    failing.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let line = |finding: &&crate::model::Finding| {
        let (rule, file, at) = (&finding.rule, &finding.file, finding.span.line);
        format!("{rule} in {file}:{at}: {}", finding.message)
    };
    Screened {
        passed: report.passed,
        score: report.score,
        failing: report.failing,
        findings: failing.iter().take(SHOWN).map(line).collect(),
    }
}

/// Refuses what did not pass, unless that was accepted.
pub(crate) fn require(
    slug: &PluginSlug,
    screened: &Screened,
    accepted: bool,
) -> Result<(), Failure> {
    if screened.passed || accepted {
        return Ok(());
    }
    let (count, score) = (screened.failing, screened.score);
    let what = match count {
        0 => "the validator could not check it to the end".to_owned(),
        1 => format!("the validator refuses it for one finding (score {score} of 100)"),
        _ => format!("the validator refuses it for {count} findings (score {score} of 100)"),
    };
    let mut message = format!("`{slug}`: {what}");
    for finding in &screened.findings {
        message.push_str(&format!("\n  {finding}"));
    }
    Err(Failure::new(&FINDINGS, message).hint("to install it all the same: `--accept-findings`"))
}
