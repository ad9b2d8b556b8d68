//! Where the reports of a run go: stdout, files, and what a CI service reads.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::ValidateArgs;
use crate::cli::Session;
use crate::config::ci::Ci;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::event::Tell;
use crate::ops::validate::{Form, ValidateOutcome};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&REPORT];

static REPORT: ErrorCode = ErrorCode {
    id: "validate.report",
    exit: ExitCode::Usage,
    meaning: "`--report` of `validate` names no form, or a file that cannot be written.",
    remedy: "Give a form that the message lists, and a path in an existing directory that you may write to; only one report can go to stdout.",
};

/// The file that GitLab's `artifacts: reports: codequality` usually names.
const GITLAB_FILE: &str = "gl-code-quality-report.json";

/// Where the reports of a run go.
pub(super) struct Reports {
    shown: Form,
    files: Vec<(Form, PathBuf)>,
    ci: Option<Ci>,
    is_told: bool,
}

impl Reports {
    /// Decides it from flags and the environment.
    pub(super) fn read(args: &ValidateArgs, session: &Session) -> Result<Self, Failure> {
        let mut shown = Vec::new();
        if session.global.format != "pretty" {
            shown.push(known(&session.global.format)?);
        }
        let mut files = Vec::new();
        for report in &args.report {
            match report.split_once('=') {
                Some((name, file)) => files.push((known(name)?, session.path(Path::new(file)))),
                None => shown.push(known(report)?),
            }
        }
        if shown.len() > 1 {
            let message = "more than one report would go to stdout";
            return Err(Failure::new(&REPORT, message).hint("give a file: `--report sarif=FILE`"));
        }
        let ci = Ci::detect(|name| std::env::var(name).ok());
        let shown = shown.pop().unwrap_or(Form::Pretty);
        Ok(Self { shown, files, ci, is_told: !args.no_annotations })
    }

    /// The repository's folder, when a CI service tells it.
    pub(super) fn workspace(&self) -> Option<PathBuf> {
        self.ci.as_ref()?.workspace().cloned()
    }

    /// Writes them all.
    pub(super) fn write(
        &self,
        outcome: &ValidateOutcome,
        session: &Session,
    ) -> Result<(), Failure> {
        for (form, file) in &self.files {
            write(file, &outcome.render(*form, false))?;
        }
        if let Some(ci) = self.ci.as_ref().filter(|_| self.is_told) {
            self.tell(ci, outcome, session)?;
        }
        match self.shown {
            Form::Pretty | Form::Json => {
                let color = session.ui.has_color();
                session.ui.result(outcome, |o| o.render(self.shown, color));
            }
            form => session.ui.raw(outcome.render(form, false).trim_end()),
        }
        Ok(())
    }

    /// What a CI service reads without being asked to, unless the same was asked for.
    fn tell(&self, ci: &Ci, outcome: &ValidateOutcome, session: &Session) -> Result<(), Failure> {
        let is_asked = |form| self.shown == form || self.files.iter().any(|(f, _)| *f == form);
        match ci {
            Ci::Github { summary, .. } => {
                if !is_asked(Form::Github) {
                    let text = outcome.render(Form::Github, false);
                    if !text.is_empty() {
                        session.ui.complain(text.trim_end());
                    }
                }
                let Some(summary) = summary.as_ref().filter(|_| !is_asked(Form::Markdown)) else {
                    return Ok(());
                };
                let text = outcome.render(Form::Markdown, false);
                let mut options = std::fs::OpenOptions::new();
                let file = options.append(true).create(true).open(summary);
                file.and_then(|mut file| file.write_all(text.as_bytes()))
                    .map_err(|cause| refuse(summary, &cause))
            }
            Ci::Gitlab { workspace } => {
                let Some(workspace) = workspace.as_ref().filter(|_| !is_asked(Form::Gitlab)) else {
                    return Ok(());
                };
                let file = workspace.join(GITLAB_FILE);
                write(&file, &outcome.render(Form::Gitlab, false))?;
                session.ui.note(format!(
                    "wrote {GITLAB_FILE}; keep it with `artifacts: reports: codequality: {GITLAB_FILE}`"
                ));
                Ok(())
            }
        }
    }
}

fn known(name: &str) -> Result<Form, Failure> {
    Form::from_str(name, false).map_err(|_| {
        Failure::new(&REPORT, format!("`{name}` is no form of a report"))
            .hint(format!("use one of: {}", Form::NAMES.join(", ")))
    })
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|cause| refuse(path, &cause))
}

fn refuse(path: &Path, cause: &std::io::Error) -> Failure {
    Failure::new(&REPORT, format!("cannot write `{}`", path.display())).caused_by(cause)
}
