//! What the static checks say about a release: the same engine as `daino-pdk validate`, with the
//! profile of stores.

use super::problem::{self, Problem};
use crate::check::{self, Options, Profile, Subject};
use crate::model::{FileSet, Finding, Severity};

/// Most findings in a refusal; `daino-pdk validate` shows all.
const MAX_FINDINGS: usize = 50;

/// Refuses a release that the checks do not pass.
pub(super) fn judge(files: &FileSet) -> Result<(), Problem> {
    let options = Options { profile: Profile::Store, ..Options::default() };
    let report = check::check(&Subject { files }, &options);
    if report.passed {
        return Ok(());
    }
    let mut findings: Vec<Finding> =
        report.issues.into_iter().filter(|f| f.severity > Severity::Info).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.truncate(MAX_FINDINGS);
    // The way of a value can be long; the author sees it in the own report.
    findings.iter_mut().for_each(|finding| finding.steps.clear());
    let detail = format!(
        "the checks find {} reasons against this release (score {}); see them with `daino-pdk \
         validate --profile store`",
        report.failing, report.score
    );
    Err(Problem { findings, ..Problem::new(&problem::VERDICT, detail) })
}
