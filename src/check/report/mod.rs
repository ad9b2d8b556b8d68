//! What a run found, and its forms: one file for each.

mod excerpt;
mod github;
mod gitlab;
mod html;
mod junit;
mod markdown;
mod pretty;
mod sarif;
mod unix;

use serde::Serialize;

use super::baseline::Baseline;
use super::changed::Changed;
use super::rule::Rule;
use super::run::{Options, Profile};
use super::score::{CheckScore, score};
use crate::model::finding::Category;
use crate::model::{FileSet, Finding, Severity};

/// What a run found.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    /// How strict the run was.
    pub profile: Profile,
    /// Whether nothing fails the run.
    pub passed: bool,
    /// 0 to 100.
    pub score: u32,
    /// The parts of the score.
    pub checks: Vec<CheckScore>,
    /// How many findings fail the run.
    pub failing: usize,
    /// Why the run fails, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// How many findings comments and the baseline took back.
    pub suppressed: usize,
    /// How many files there are.
    pub files: usize,
    /// How many rules ran.
    #[serde(serialize_with = "count")]
    #[serde(rename = "rules")]
    pub ran: Vec<&'static Rule>,
    /// What was not looked at, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// Whether a limit of work ended following values early.
    #[serde(rename = "partial", skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
    /// Findings, by file and line.
    pub issues: Vec<Finding>,
    /// Findings that were taken back.
    #[serde(rename = "suppressions", skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<Suppressed>,
    #[serde(skip)]
    pub(super) gate: Gate,
}

fn count<S: serde::Serializer>(rules: &[&'static Rule], s: S) -> Result<S::Ok, S::Error> {
    s.serialize_u64(rules.len() as u64)
}

/// Something that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Skipped {
    /// What: a file, or how many of something.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A finding that was taken back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// By what.
    pub by: Suppressor,
    /// Why, in the words of the comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What takes a finding back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Suppressor {
    /// A comment in the code.
    Comment,
    /// The baseline.
    Baseline,
}

/// What fails a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Gate {
    profile: Profile,
    fail_on: Option<Severity>,
    min_score: Option<u32>,
    max_warnings: Option<usize>,
}

impl Gate {
    pub(super) fn of(options: &Options) -> Self {
        Self {
            profile: options.profile,
            fail_on: options.fail_on,
            min_score: options.min_score,
            max_warnings: options.max_warnings,
        }
    }

    /// Whether a finding alone fails the run.
    fn is_failed_by(&self, finding: &Finding) -> bool {
        let is_security = finding.category == Category::Security;
        match (self.fail_on, self.profile) {
            (Some(least), _) => finding.severity >= least,
            (None, Profile::Store) if is_security => finding.severity >= Severity::Warning,
            (None, Profile::Strict) => finding.severity >= Severity::Warning,
            (None, _) => finding.severity >= Severity::Error,
        }
    }
}

impl Report {
    /// A report in which nothing is found.
    pub(super) fn empty(gate: Gate) -> Self {
        let (score, checks) = score(&[]);
        Self {
            profile: gate.profile,
            passed: true,
            score,
            checks,
            failing: 0,
            reasons: Vec::new(),
            suppressed: 0,
            files: 0,
            ran: Vec::new(),
            skipped: Vec::new(),
            is_partial: false,
            issues: Vec::new(),
            taken: Vec::new(),
            gate,
        }
    }

    /// The report of a run that broke; it never passes.
    pub(super) fn failed(gate: Gate) -> Self {
        let reasons = vec!["the checks broke off".to_owned()];
        Self { passed: false, score: 0, is_partial: true, reasons, ..Self::empty(gate) }
    }

    /// Scores what is found and decides whether the run passes.
    pub(super) fn judge(&mut self) {
        (self.score, self.checks) = score(&self.issues);
        self.failing = self.issues.iter().filter(|f| self.gate.is_failed_by(f)).count();
        let mut reasons = Vec::new();
        if self.failing > 0 {
            reasons.push(match self.failing {
                1 => "1 finding is at or over the threshold".to_owned(),
                many => format!("{many} findings are at or over the threshold"),
            });
        }
        if let Some(least) = self.gate.min_score.filter(|least| self.score < *least) {
            reasons.push(format!("the score {} is under {least}", self.score));
        }
        let warnings = self.count(Severity::Warning);
        if let Some(most) = self.gate.max_warnings.filter(|most| warnings > *most) {
            reasons.push(format!("{warnings} warnings are more than {most}"));
        }
        self.passed = reasons.is_empty();
        self.reasons = reasons;
    }

    /// Takes back what a baseline knows; how many of its entries find nothing any more.
    pub(super) fn take_known(&mut self, baseline: &Baseline) -> usize {
        let before = self.taken.len();
        for finding in self.issues.extract_if(.., |f| baseline.knows(f)) {
            self.taken.push(Suppressed { finding, by: Suppressor::Baseline, reason: None });
        }
        self.suppressed = self.taken.len();
        baseline.len().saturating_sub(self.taken.len() - before)
    }

    /// Leaves out what a change does not touch.
    pub(super) fn keep_changed(&mut self, changed: &Changed) {
        let before = self.issues.len();
        self.issues.retain(|f| changed.touches(f));
        if self.issues.len() < before {
            self.skipped.push(Skipped {
                what: format!("{} findings", before - self.issues.len()),
                why: format!("they are not on lines changed since `{}`", changed.since),
            });
        }
    }

    /// Says what was not looked at: what, and why.
    pub(crate) fn skip(&mut self, list: Vec<(String, String)>) {
        self.skipped.extend(list.into_iter().map(|(what, why)| Skipped { what, why }));
    }

    /// Takes back everything that is found, and gives the baseline that knows it.
    pub(crate) fn accept_all(&mut self) -> Baseline {
        let baseline = Baseline::of(&self.issues);
        self.take_known(&baseline);
        self.judge();
        baseline
    }

    /// How many findings have this weight.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.issues.iter().filter(|f| f.severity == severity).count()
    }

    /// How many findings have which weight, in words.
    fn weights(&self) -> String {
        let parts: Vec<String> = Severity::ALL
            .iter()
            .filter(|severity| self.count(**severity) > 0)
            .map(|severity| format!("{} {}", self.count(*severity), severity.word()))
            .collect();
        if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
    }

    /// What was looked at, in words.
    fn extent(&self) -> String {
        let by = |by| self.taken.iter().filter(|t| t.by == by).count();
        let mut text = format!("{} files, {} rules", self.files, self.ran.len());
        for (count, word) in [
            (by(Suppressor::Comment), "suppressed by comments"),
            (by(Suppressor::Baseline), "known to the baseline"),
        ] {
            if count > 0 {
                text.push_str(&format!(", {count} {word}"));
            }
        }
        text
    }
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Pretty,
    /// Everything, as one document.
    Json,
    /// SARIF 2.1.0, for code scanning services.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code quality report of GitLab.
    Gitlab,
    /// JUnit XML: a suite for each check, a case for each rule.
    Junit,
    /// For comments and summaries.
    Markdown,
    /// One page without scripts.
    Html,
    /// `file:line:column: words`, as editors and `grep` read it.
    Unix,
}

/// What a report is written on.
pub(crate) struct Paper<'a> {
    /// The files, for code frames.
    pub files: &'a FileSet,
    /// Where the plugin is in its repository: empty, or with a slash at the end.
    pub prefix: &'a str,
    /// Whether colour is shown.
    pub color: bool,
}

/// A value as the one document of a command, with `schema_version`.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    crate::ui::document(value)
}

impl Form {
    /// The names of all forms.
    pub(crate) const NAMES: &'static [&'static str] =
        &["pretty", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "unix"];

    /// The report in this form.
    pub(crate) fn render(self, report: &Report, paper: &Paper<'_>) -> String {
        match self {
            Self::Pretty => pretty::text(report, paper),
            Self::Json => json(report),
            Self::Sarif => sarif::document(report, paper),
            Self::Github => github::annotations(report, paper),
            Self::Gitlab => gitlab::document(report, paper),
            Self::Junit => junit::document(report),
            Self::Markdown => markdown::text(report),
            Self::Html => html::page(report, paper),
            Self::Unix => unix::lines(report, paper),
        }
    }
}
