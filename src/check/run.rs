//! One run: read, follow, let the rules look, take back what is suppressed, score.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::audit::Advisories;
use super::flow::{self, HandlerKind, Heap, Hit, Hooks, Purpose};
use super::plugin::{Findings, Plugin, Source};
use super::report::Report;
use super::rule::{Check, Rule};
use super::rules::RULES;
use super::score::score;
use super::sources::{self, Trouble};
use super::suppress::suppressions;
use super::syntax::Look;
use crate::model::manifest::Engines;
use crate::model::{FileSet, Finding, Manifest, Severity};
use crate::project::{self, ManifestIssue};
use crate::script::nesting;

/// How strict a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Profile {
    /// While writing: fails on errors.
    #[default]
    Dev,
    /// As the registry checks: fails on errors, and on warnings about security.
    Store,
    /// Fails on warnings.
    Strict,
    /// Any tree of JavaScript: rules about code alone.
    Audit,
}

/// What a run does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// How strict.
    pub profile: Profile,
    /// Findings of this weight fail the run; without it the profile decides.
    pub fail_on: Option<Severity>,
    /// Only these rules; empty for all.
    pub only: Vec<String>,
    /// Not these rules.
    pub skip: Vec<String>,
    /// The version of the host; without it the one that this program provides.
    pub host: Option<semver::Version>,
    /// Known weaknesses of packages; without them, packages are not looked at.
    pub advisories: Option<Arc<Advisories>>,
}

/// What is checked.
pub(crate) struct Subject<'a> {
    /// The files.
    pub files: &'a FileSet,
}

/// Checks a plugin, or any tree with the profile `audit`.
pub(crate) fn check(subject: &Subject<'_>, options: &Options) -> Report {
    // Trees of hostile code are as deep as the parser allows; so is every walk over them.
    let done = nesting::on_deep_stack(|| run(subject.files, options));
    done.unwrap_or_else(|| Report::failed(options))
}

fn run(files: &FileSet, options: &Options) -> Report {
    let is_audit = options.profile == Profile::Audit;
    let (manifest, manifest_text, issues) =
        if is_audit { (None, String::new(), Vec::new()) } else { manifest(files) };
    let active: Vec<&'static Rule> =
        RULES.iter().copied().filter(|rule| is_active(rule, options, is_audit)).collect();
    let looks: Vec<(&'static str, Look)> = active
        .iter()
        .filter_map(|r| match r.check {
            Check::Node(look) => Some((r.id, look)),
            _ => None,
        })
        .collect();
    let (sources, troubles) = sources::read(files, is_audit, &looks);
    let flow_rules: Vec<&'static Rule> =
        active.iter().copied().filter(|r| matches!(r.check, Check::Flow(_))).collect();
    let hooks: Vec<Hooks> = flow_rules
        .iter()
        .filter_map(|r| match r.check {
            Check::Flow(hooks) => Some(hooks),
            _ => None,
        })
        .collect();
    let purpose = purpose(manifest.as_ref(), files, is_audit);
    let outcome = flow::follow(&sources, &purpose, &hooks);
    let host = options.host.clone().unwrap_or(Engines::HOST);
    let plugin = Plugin {
        files,
        manifest: manifest.as_ref(),
        manifest_text: &manifest_text,
        issues: &issues,
        sources: &sources,
        facts: &outcome.facts,
        host: &host,
        advisories: options.advisories.as_deref(),
    };
    let mut found = Vec::new();
    let mut counts = BTreeMap::new();
    for rule in &active {
        let mut findings = Findings::new(rule, &sources, &mut found, &mut counts);
        match rule.check {
            Check::Plugin(look) if !is_audit => look(&plugin, &mut findings),
            Check::Plugin(_) | Check::Flow(_) => {}
            Check::File(look) => {
                sources.iter().filter(|s| !s.is_dense).for_each(|s| look(s, &mut findings));
            }
            Check::Node(_) => notes_of(rule, &sources, &mut findings),
            Check::Built => troubles_of(rule, &troubles, &sources, &mut findings),
        }
    }
    for hit in &outcome.hits {
        let Some(rule) = flow_rules.get(hit.rule) else { continue };
        // Tests attack on purpose.
        // What a program wrote, no person mends.
        let source = &sources[hit.file as usize];
        if source.is_test || source.is_dense {
            continue;
        }
        let mut findings = Findings::new(rule, &sources, &mut found, &mut counts);
        findings.flow(hit.file, hit.place, hit.message.clone(), way(hit, &outcome.heap));
    }
    let suppressed = suppress(&sources, &active, &mut found, &mut counts);
    finish(found, suppressed, files.len(), outcome.is_partial, options)
}

fn is_active(rule: &Rule, options: &Options, is_audit: bool) -> bool {
    let named = |list: &[String]| list.iter().any(|id| id == rule.id);
    (options.only.is_empty() || named(&options.only))
        && !named(&options.skip)
        && (!is_audit || rule.is_about_code())
}

fn manifest(files: &FileSet) -> (Option<Manifest>, String, Vec<ManifestIssue>) {
    let Some(bytes) = files.get(project::MANIFEST) else {
        return (None, String::new(), Vec::new());
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    match project::parse_manifest(&text) {
        Ok(manifest) => (Some(manifest), text, Vec::new()),
        Err(error) => (None, text, error.issues),
    }
}

/// What the code is for: where strangers enter it.
fn purpose(manifest: Option<&Manifest>, files: &FileSet, is_audit: bool) -> Purpose {
    if is_audit {
        return Purpose::Audit;
    }
    let fallback = if files.contains("index.ts") && !files.contains("index.js") {
        "index.ts"
    } else {
        "index.js"
    };
    let Some(manifest) = manifest else {
        return Purpose::Plugin {
            entry: fallback.to_owned(),
            handlers: Vec::new(),
            routes: Vec::new(),
        };
    };
    let mut handlers = Vec::new();
    let mut routes = Vec::new();
    for handler in manifest.hooks.values() {
        handlers.push((handler.clone(), HandlerKind::Event));
    }
    for job in &manifest.cron {
        handlers.push((job.handler.clone(), HandlerKind::Event));
    }
    for route in &manifest.routes {
        handlers.push((route.handler.clone(), HandlerKind::Route));
        routes.push(route.handler.clone());
    }
    handlers.retain(|(name, _)| files.contains(name));
    Purpose::Plugin { entry: manifest.entry(files).as_str().to_owned(), handlers, routes }
}

/// What a rule saw in the parser's own tree.
fn notes_of(rule: &Rule, sources: &[Source], findings: &mut Findings<'_>) {
    for source in sources {
        let Some(module) = &source.module else { continue };
        for note in module.notes.iter().filter(|n| n.rule == rule.id) {
            findings.code(source, note.place, note.message.clone());
        }
    }
}

fn troubles_of(rule: &Rule, troubles: &[Trouble], sources: &[Source], findings: &mut Findings<'_>) {
    for trouble in troubles.iter().filter(|t| t.rule == rule.id) {
        findings.code(&sources[trouble.file], trouble.place, trouble.message.clone());
    }
}

/// The way of a value: where it came from, and what it passed.
fn way(hit: &Hit, heap: &Heap<'_>) -> Vec<(u32, super::ir::Place, String)> {
    let Some(taint) = hit.taint else { return Vec::new() };
    let origin = &heap.origins[taint.origin as usize];
    let mut steps = vec![(origin.file, origin.place, format!("{} comes in here", origin.what))];
    for step in heap.way(taint.step) {
        steps.push((step.file, step.place, step.what.to_owned()));
    }
    steps.push((hit.file, hit.place, "and is used here".to_owned()));
    steps
}

/// Takes back what comments suppress; reports suppressions without a reason. How many were taken.
fn suppress(
    sources: &[Source],
    active: &[&'static Rule],
    found: &mut Vec<Finding>,
    counts: &mut BTreeMap<&'static str, usize>,
) -> usize {
    let mut taken = 0;
    let rule = active.iter().copied().find(|r| r.id == "suppression-without-reason");
    for source in sources {
        for suppression in suppressions(source) {
            if suppression.reason.is_empty() || !RULES.iter().any(|r| r.id == suppression.rule) {
                let Some(rule) = rule else { continue };
                let message = if suppression.reason.is_empty() {
                    format!(
                        "`daino-ignore {}` gives no reason, so it suppresses nothing",
                        suppression.rule
                    )
                } else {
                    format!("`daino-ignore {}` names no rule", suppression.rule)
                };
                let span = crate::model::Span {
                    line: suppression.line,
                    column: 1,
                    end_line: suppression.line,
                    end_column: 1,
                };
                Findings::new(rule, sources, found, counts).at(&source.path, span, message);
                continue;
            }
            let before = found.len();
            found.retain(|f| {
                f.file != source.path
                    || f.rule != suppression.rule
                    || !(suppression.line..=suppression.line + 1).contains(&f.span.line)
            });
            taken += before - found.len();
        }
    }
    taken
}

fn finish(
    mut found: Vec<Finding>,
    suppressed: usize,
    files: usize,
    is_partial: bool,
    options: &Options,
) -> Report {
    found.sort_by(|a, b| {
        (&a.file, a.span.line, a.span.column, &a.rule, &a.message).cmp(&(
            &b.file,
            b.span.line,
            b.span.column,
            &b.rule,
            &b.message,
        ))
    });
    found.dedup_by(|a, b| {
        a.file == b.file && a.span == b.span && a.rule == b.rule && a.message == b.message
    });
    let (score, checks) = score(&found);
    let fails = |f: &Finding| match options.fail_on {
        Some(least) => f.severity >= least,
        None => match options.profile {
            Profile::Dev | Profile::Audit => f.severity >= Severity::Error,
            Profile::Store => {
                f.severity >= Severity::Error
                    || f.severity == Severity::Warning
                        && f.category == crate::model::finding::Category::Security
            }
            Profile::Strict => f.severity >= Severity::Warning,
        },
    };
    let failing = found.iter().filter(|f| fails(f)).count();
    Report {
        profile: options.profile,
        passed: failing == 0,
        score,
        checks,
        failing,
        suppressed,
        files,
        is_partial,
        issues: found,
    }
}
