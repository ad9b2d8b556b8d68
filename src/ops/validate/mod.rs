//! Checks a plugin, or any tree of JavaScript; mends what can be mended.

mod advisories;
mod diff;
mod known;
mod linter;
mod mend;
#[cfg(feature = "dev")]
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::check::{self, Options, Paper, RULES, Report, RuleText, Subject};
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{ExitCode, FileSet, Observer, Severity, Stage, TreePath};
use crate::project::{self, Tree};

pub(crate) use crate::check::{Form, Linter, Profile};
pub(crate) use mend::Mending;
#[cfg(feature = "dev")]
pub(crate) use watch::watch;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &RULE,
    &NO_PLUGIN,
    &advisories::OSV,
    &diff::DIFF,
    &known::BASELINE,
    &linter::LINTER,
    &mend::WRITE,
];

static RULE: ErrorCode = ErrorCode {
    id: "validate.rule",
    exit: ExitCode::Usage,
    meaning: "`--only` or `--skip` selects no rule, or together they leave none.",
    remedy: "Use a name of `daino-pdk validate --list-rules`, a pattern such as `*-injection`, or the name of a check such as `security`.",
};
static NO_PLUGIN: ErrorCode = ErrorCode {
    id: "validate.no-plugin",
    exit: ExitCode::Usage,
    meaning: "The directory to check holds no manifest.json and no package of DainoStore, or does not exist.",
    remedy: "Name the plugin's directory or a package's file, or check any JavaScript with `--profile audit`.",
};

/// Most bytes of a package: what a host takes.
const MAX_PACKAGE: u64 = 10 * 1024 * 1024;

/// What to check, and how.
#[derive(Debug, Clone, Default)]
pub(crate) struct ValidateRequest {
    /// The directory.
    pub dir: PathBuf,
    /// How strict.
    pub profile: Profile,
    /// The version of the host to check against, instead of this program's.
    pub host: Option<semver::Version>,
    /// A folder of advisories in OSV's form.
    pub osv: Option<PathBuf>,
    /// The author's own linters that are run, too.
    pub linters: Vec<Linter>,
    /// Findings of this weight and more fail the run.
    pub fail_on: Option<Severity>,
    /// A lower score fails the run.
    pub min_score: Option<u32>,
    /// More warnings fail the run.
    pub max_warnings: Option<usize>,
    /// Only these rules.
    pub only: Vec<String>,
    /// Not these rules.
    pub skip: Vec<String>,
    /// File of findings that were there before.
    pub baseline: Option<PathBuf>,
    /// Whether that file is written.
    pub writes_baseline: bool,
    /// Only findings on lines changed since this commit.
    pub diff: Option<String>,
    /// Whether to mend what can be mended.
    pub fix: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// The repository's folder, when a CI service tells it.
    pub workspace: Option<PathBuf>,
}

/// What was found, with the files it was found in.
#[derive(Debug, Serialize)]
pub(crate) struct ValidateOutcome {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// What was mended before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Mending>,
    /// How many findings were written to the baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<usize>,
    /// The files, for code frames.
    #[serde(skip)]
    pub files: FileSet,
    /// Where the plugin is in its repository: empty, or with a slash at the end.
    #[serde(skip)]
    pub prefix: String,
}

impl ValidateOutcome {
    /// A report on files of which nothing more is known.
    pub(crate) fn of(report: Report, files: FileSet) -> Self {
        Self { report, fixed: None, accepted: None, files, prefix: String::new() }
    }

    /// The report in a form.
    pub(crate) fn render(&self, form: Form, color: bool) -> String {
        if form == Form::Json {
            return check::json(self);
        }
        form.render(&self.report, &Paper { files: &self.files, prefix: &self.prefix, color })
    }
}

/// Checks a directory.
pub(crate) fn validate(
    request: ValidateRequest,
    talk: &dyn Observer,
) -> Result<ValidateOutcome, Failure> {
    let mut options = options(&request)?;
    talk.start(Stage::Validate, request.dir.display().to_string());
    if request.profile == Profile::Audit && !request.fix && request.linters.is_empty() {
        return audit(&request, &options, talk);
    }
    let mut files = read(&request)?;
    let mut fixed = None;
    if request.fix {
        let mending = mend::mend(&request, &files, &options)?;
        if !request.dry_run {
            // Lines have moved.
            options.changed = changed(&request)?;
        }
        files = mending.files.clone();
        fixed = Some(mending);
    }
    options.foreign = linter::findings(&request.dir, &request.linters, &files)?;
    let report = check::check(&Subject { files: &files }, &options);
    talk.finish(Stage::Validate, format!("{} findings", report.issues.len()));
    outcome(&request, report, files, fixed)
}

/// Checks any tree, however large: part by part, and only what is shown stays in memory.
fn audit(
    request: &ValidateRequest,
    options: &Options,
    talk: &dyn Observer,
) -> Result<ValidateOutcome, Failure> {
    is_there(request)?;
    let tree = Tree::list(&request.dir)?;
    let mut left_out = tree.left_out.clone();
    let parts = tree.parts().map(|part| {
        let (files, unread) = tree.read(part);
        left_out.extend(unread);
        files
    });
    let (mut report, files) = check::check_parts(parts, options);
    report.files = tree.len();
    report.skip(left_out);
    talk.finish(Stage::Validate, format!("{} findings", report.issues.len()));
    outcome(request, report, files, None)
}

fn outcome(
    request: &ValidateRequest,
    mut report: Report,
    files: FileSet,
    fixed: Option<Mending>,
) -> Result<ValidateOutcome, Failure> {
    let mut accepted = None;
    if let Some(path) = request.baseline.as_deref().filter(|_| request.writes_baseline) {
        let baseline = report.accept_all();
        if !request.dry_run {
            known::write(path, &baseline)?;
        }
        accepted = Some(baseline.len());
    }
    let prefix = prefix(&request.dir, request.workspace.as_deref());
    Ok(ValidateOutcome { report, fixed, accepted, files, prefix })
}

/// What the engine is told.
fn options(request: &ValidateRequest) -> Result<Options, Failure> {
    request.only.iter().chain(&request.skip).try_for_each(|selector| selects(selector))?;
    let is_left = |rule: &&&check::Rule| {
        let named = |list: &[String]| list.iter().any(|selector| check::selects(selector, rule));
        (request.only.is_empty() || named(&request.only))
            && !named(&request.skip)
            && (request.profile != Profile::Audit || rule.is_about_code())
    };
    // Which rules a linter has, only the linter knows.
    let is_foreign = !request.linters.is_empty()
        && request.only.iter().any(|selector| Linter::has_rule(selector));
    if !is_foreign && RULES.iter().filter(is_left).count() == 0 {
        return Err(Failure::new(&RULE, "no rule is left to run")
            .hint("list them: `daino-pdk validate --list-rules`"));
    }
    let baseline = match &request.baseline {
        Some(path) if !request.writes_baseline => Some(known::read(path)?),
        _ => None,
    };
    let advisories = match &request.osv {
        Some(folder) => Some(Arc::new(advisories::read(folder, &request.dir)?)),
        None => None,
    };
    Ok(Options {
        profile: request.profile,
        fail_on: request.fail_on,
        only: request.only.clone(),
        skip: request.skip.clone(),
        host: request.host.clone(),
        advisories,
        foreign: Vec::new(),
        baseline,
        changed: changed(request)?,
        min_score: request.min_score,
        max_warnings: request.max_warnings,
    })
}

fn changed(request: &ValidateRequest) -> Result<Option<check::Changed>, Failure> {
    let since = request.diff.as_deref();
    since.map(|since| diff::changed(&request.dir, since)).transpose()
}

fn is_there(request: &ValidateRequest) -> Result<(), Failure> {
    if request.dir.is_dir() {
        return Ok(());
    }
    let shown = request.dir.display();
    Err(Failure::new(&NO_PLUGIN, format!("`{shown}` is not a directory")))
}

fn read(request: &ValidateRequest) -> Result<FileSet, Failure> {
    let shown = request.dir.display().to_string();
    if request.dir.is_file() && request.dir.extension().is_some_and(|e| e == "json") {
        return package(request);
    }
    is_there(request)?;
    let files = project::read_files(&request.dir)?;
    let is_plugin = files.contains(project::MANIFEST) || check::has_package(&files);
    if request.profile != Profile::Audit && !is_plugin {
        return Err(Failure::new(&NO_PLUGIN, format!("there is no `manifest.json` in `{shown}`"))
            .hint("make a plugin: `daino-pdk create my-plugin --template custom --lang js`")
            .hint("check any JavaScript: `daino-pdk validate --profile audit`"));
    }
    Ok(files)
}

/// One file in the form of the host's importer.
fn package(request: &ValidateRequest) -> Result<FileSet, Failure> {
    let shown = request.dir.display().to_string();
    let refuse = |why: String| Failure::new(&NO_PLUGIN, format!("`{shown}` {why}"));
    if request.fix {
        return Err(refuse("is a package, and `--fix` mends plugins".to_owned())
            .hint(format!("make a plugin of it: `daino-pdk import {shown}`")));
    }
    let size = request.dir.metadata().map_or(0, |m| m.len());
    if size > MAX_PACKAGE {
        return Err(refuse("is larger than the 10 MB that a host takes".to_owned()));
    }
    let bytes = std::fs::read(&request.dir).map_err(|e| refuse(format!("cannot be read: {e}")))?;
    let name = request.dir.file_name().and_then(|n| n.to_str()).unwrap_or("package.json");
    let name = if name == project::MANIFEST { "package.json" } else { name };
    let path = TreePath::new(name).map_err(|e| refuse(format!("has a name of no file: {e}")))?;
    let mut files = FileSet::new();
    files.insert(path, bytes);
    if !check::has_package(&files) {
        return Err(refuse(
            "is not a package of DainoStore: it has no `plugin` with parts".to_owned(),
        )
        .hint("name a plugin's directory: `daino-pdk validate DIR`"));
    }
    Ok(files)
}

/// Where `dir` is in the repository of a CI service.
fn prefix(dir: &Path, workspace: Option<&Path>) -> String {
    let inside = || {
        let dir = if dir.is_file() { dir.parent()? } else { dir };
        let (dir, workspace) = (dir.canonicalize().ok()?, workspace?.canonicalize().ok()?);
        dir.strip_prefix(workspace).ok()?.to_str().map(str::to_owned)
    };
    match inside() {
        Some(inside) if !inside.is_empty() => format!("{}/", inside.replace('\\', "/")),
        _ => String::new(),
    }
}

fn selects(selector: &str) -> Result<(), Failure> {
    if check::selects_any(selector) {
        return Ok(());
    }
    let failure = Failure::new(&RULE, format!("there is no rule `{selector}`"));
    Err(match project::nearest(selector, RULES.iter().map(|r| r.id)) {
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
