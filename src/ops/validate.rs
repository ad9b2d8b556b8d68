//! Checks a plugin, or any tree of JavaScript.

mod advisories;

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use crate::check::{self, Options, RULES, Report, RuleText, Subject};
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{ExitCode, FileSet, Observer, Severity, Stage};
use crate::project;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&RULE, &NO_PLUGIN, &advisories::OSV];

static RULE: ErrorCode = ErrorCode {
    id: "validate.rule",
    exit: ExitCode::Usage,
    meaning: "`--only` or `--skip` names a rule that there is not.",
    remedy: "Use a name of `daino-pdk validate --list-rules`.",
};
static NO_PLUGIN: ErrorCode = ErrorCode {
    id: "validate.no-plugin",
    exit: ExitCode::Usage,
    meaning: "The directory to check holds no manifest.json, or does not exist.",
    remedy: "Name the plugin's directory, or check any JavaScript with `--profile audit`.",
};

/// What to check, and how.
#[derive(Debug)]
pub(crate) struct ValidateRequest {
    /// The directory.
    pub dir: PathBuf,
    /// How strict.
    pub profile: Profile,
    /// Findings of this weight and more fail the run.
    pub fail_on: Option<Severity>,
    /// Only these rules.
    pub only: Vec<String>,
    /// Not these rules.
    pub skip: Vec<String>,
    /// The version of the host to check against, instead of this program's.
    pub host: Option<semver::Version>,
    /// A folder of advisories in OSV's form.
    pub osv: Option<PathBuf>,
}

/// What was found, with the files it was found in.
#[derive(Debug, Serialize)]
pub(crate) struct ValidateOutcome {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// The files, for code frames.
    #[serde(skip)]
    pub files: FileSet,
}

/// Checks a directory.
pub(crate) fn validate(
    request: ValidateRequest,
    talk: &dyn Observer,
) -> Result<ValidateOutcome, Failure> {
    for id in request.only.iter().chain(&request.skip) {
        known(id)?;
    }
    let shown = request.dir.display().to_string();
    if !request.dir.is_dir() {
        return Err(Failure::new(&NO_PLUGIN, format!("`{shown}` is not a directory")));
    }
    let files = project::read_files(&request.dir)?;
    if request.profile != Profile::Audit && !files.contains(project::MANIFEST) {
        return Err(Failure::new(&NO_PLUGIN, format!("there is no `manifest.json` in `{shown}`"))
            .hint("make a plugin: `daino-pdk create my-plugin --template custom --lang js`")
            .hint("check any JavaScript: `daino-pdk validate --profile audit`"));
    }
    let advisories = match &request.osv {
        Some(folder) => Some(Arc::new(advisories::read(folder, &request.dir)?)),
        None => None,
    };
    talk.start(Stage::Validate, shown);
    let options = Options {
        profile: request.profile,
        fail_on: request.fail_on,
        only: request.only,
        skip: request.skip,
        host: request.host,
        advisories,
    };
    let report = check::check(&Subject { files: &files }, &options);
    talk.finish(Stage::Validate, format!("{} findings", report.issues.len()));
    Ok(ValidateOutcome { report, files })
}

fn known(id: &str) -> Result<(), Failure> {
    if RULES.iter().any(|r| r.id == id) {
        return Ok(());
    }
    let failure = Failure::new(&RULE, format!("there is no rule `{id}`"));
    Err(match project::nearest(id, RULES.iter().map(|r| r.id)) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None => failure.hint("list them: `daino-pdk validate --list-rules`"),
    })
}

/// All rules.
#[derive(Debug, Serialize)]
pub(crate) struct RuleList {
    /// Sorted as the table is.
    pub rules: Vec<RuleText>,
}

/// Lists all rules.
pub(crate) fn list() -> RuleList {
    RuleList { rules: RULES.iter().map(|r| r.text()).collect() }
}

pub(crate) use crate::check::Profile;

/// Forms of the report.
pub(crate) const FORMATS: &[&str] = &["pretty", "json", "sarif"];

/// The report for people.
pub(crate) fn pretty(
    outcome: &ValidateOutcome,
    color: bool,
    safe: &dyn Fn(&str) -> String,
) -> String {
    check::pretty::text(&outcome.report, &outcome.files, color, safe)
}

/// The report in a form that is a document of its own.
pub(crate) fn document(outcome: &ValidateOutcome, _format: &str) -> String {
    check::sarif::document(&outcome.report)
}
