//! One run: read, follow, let the rules look, take back what is suppressed, score.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::audit::Advisories;
use super::baseline::Baseline;
use super::changed::Changed;
use super::fingerprint;
use super::flow::{self, HandlerKind, Heap, Hit, Hooks, Purpose};
use super::foreign::{Foreign, Linter};
use super::host_package::packages;
use super::plugin::{Findings, MAX_PER_RULE, Plugin, Source};
use super::report::{Gate, Report, Skipped, Suppressed, Suppressor};
use super::rule::{Check, Rule};
use super::rules::RULES;
use super::select::{selects, selects_id};
use super::sources::{self, Trouble};
use super::suppress::{Suppression, suppressions};
use super::syntax::Look;
use super::unpack;
use crate::model::manifest::Engines;
use crate::model::{FileSet, Finding, Manifest, Severity, Span};
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
    /// Only these rules; empty for all. Each is what [`selects`] takes.
    pub only: Vec<String>,
    /// Not these rules.
    pub skip: Vec<String>,
    /// Findings that were there before.
    pub baseline: Option<Baseline>,
    /// Only findings about these lines.
    pub changed: Option<Changed>,
    /// A lower score fails the run.
    pub min_score: Option<u32>,
    /// More warnings fail the run.
    pub max_warnings: Option<usize>,
    /// The version of the host; without it the one that this program provides.
    pub host: Option<semver::Version>,
    /// Known weaknesses of packages; without them, packages are not looked at.
    pub advisories: Option<Arc<Advisories>>,
    /// What the author's own linters found.
    pub foreign: Vec<(Linter, Foreign)>,
}

/// What is checked.
pub(crate) struct Subject<'a> {
    /// The files.
    pub files: &'a FileSet,
}

/// Checks a plugin, or any tree with the profile `audit`.
pub(crate) fn check(subject: &Subject<'_>, options: &Options) -> Report {
    // Trees of hostile code are as deep as the parser allows; so is every walk over them.
    let done = nesting::on_deep_stack(|| {
        let mut report = look(subject.files, options);
        finish(&mut report, options);
        report
    });
    done.unwrap_or_else(|| Report::failed(Gate::of(options)))
}

/// Looks for everything; what is known already and what counts is decided by [`finish`].
pub(super) fn look(files: &FileSet, options: &Options) -> Report {
    let is_audit = options.profile == Profile::Audit;
    let (manifest, manifest_text, issues) =
        if is_audit { (None, String::new(), Vec::new()) } else { manifest(files) };
    let packages = if is_audit { Vec::new() } else { packages(files) };
    // A package alone is no plugin's directory, and lacks nothing of one.
    let is_bare = !packages.is_empty() && !files.contains(project::MANIFEST);
    let active: Vec<&'static Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| is_active(rule, options, is_audit))
        .filter(|rule| !is_bare || rule.is_about_code() || rule.is_about_packages())
        .collect();
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
        packages: &packages,
        advisories: options.advisories.as_deref(),
    };
    let mut found = Vec::new();
    let mut counts = BTreeMap::new();
    for rule in &active {
        let mut findings = Findings::new(rule, &sources, &mut found, &mut counts);
        match rule.check {
            Check::Plugin(look) if !is_audit => look(&plugin, &mut findings),
            Check::Tree(look) => look(&plugin, &mut findings),
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
    let linted = foreign(options, &mut found);
    let orders = orders(&sources, &active, &mut found, &mut counts);
    found.sort_by(order);
    found.dedup_by(|a, b| {
        a.file == b.file && a.span == b.span && a.rule == b.rule && a.message == b.message
    });
    fingerprint::mark(&mut found, files);
    let taken = take_back(&orders, &mut found);
    let mut skipped = skipped(&active, &sources, &counts, options, is_bare);
    skipped.extend(linted);
    let mut report = Report {
        files: files.len(),
        ran: active,
        suppressed: taken.len(),
        taken,
        skipped,
        is_partial: outcome.is_partial,
        issues: found,
        ..Report::empty(Gate::of(options))
    };
    if !packages.is_empty() {
        unpack::look_into(&packages, options, &mut report);
        report.issues.sort_by(order);
    }
    report
}

/// Leaves out what is known or not asked for, and judges the rest.
pub(super) fn finish(report: &mut Report, options: &Options) {
    if let Some(baseline) = &options.baseline {
        let gone = report.take_known(baseline);
        if gone > 0 {
            report.skipped.push(Skipped {
                what: format!("{gone} entries of the baseline"),
                why: "nothing is found there any more; `--write-baseline` drops them".to_owned(),
            });
        }
    }
    if let Some(changed) = &options.changed {
        report.keep_changed(changed);
    }
    report.judge();
}

/// Adds what the author's own linters found and nobody left out; what was not taken.
fn foreign(options: &Options, found: &mut Vec<Finding>) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    for (linter, Foreign { findings, left_out }) in &options.foreign {
        let is_wanted = |f: &&Finding| {
            let named = |list: &[String]| list.iter().any(|s| selects_id(s, f.category, &f.rule));
            (options.only.is_empty() || named(&options.only)) && !named(&options.skip)
        };
        found.extend(findings.iter().filter(is_wanted).cloned());
        if *left_out > 0 {
            skipped.push(Skipped {
                what: format!("{left_out} findings of {}", linter.name()),
                why: "they are in files that are not checked, or too many".to_owned(),
            });
        }
    }
    skipped
}

/// By file, place, and rule.
pub(super) fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |f: &Finding| (f.span.line, f.span.column);
    (&a.file, key(a), &a.rule, &a.message).cmp(&(&b.file, key(b), &b.rule, &b.message))
}

/// What was not looked at, and why.
fn skipped(
    active: &[&'static Rule],
    sources: &[Source],
    counts: &BTreeMap<&'static str, usize>,
    options: &Options,
    is_bare: bool,
) -> Vec<Skipped> {
    let is_audit = options.profile == Profile::Audit;
    let mut list = Vec::new();
    let mut add = |what: String, why: String| list.push(Skipped { what, why });
    let is_unfit = |r: &Rule| !r.is_about_code() && (is_audit || is_bare && !r.is_about_packages());
    let unfit = RULES.iter().filter(|r| is_unfit(r)).count();
    if unfit > 0 {
        let why = if is_audit {
            "they are about plugins, not about any JavaScript"
        } else {
            "they are about a plugin's directory; a package alone has no `manifest.json`"
        };
        add(format!("{unfit} rules"), why.to_owned());
    }
    let unselected = RULES.len() - unfit - active.len();
    if unselected > 0 {
        add(format!("{unselected} rules"), "`--only` or `--skip` leaves them out".to_owned());
    }
    for source in sources {
        let path = source.path.to_string();
        if source.module.is_none() {
            add(path, "it cannot be read or parsed".to_owned());
        } else if source.is_dense {
            add(path, "it is minified, generated or very large: parsed, not followed".to_owned());
        }
    }
    let tests = sources.iter().filter(|s| s.is_test && !is_audit).count();
    if tests > 0 {
        add(format!("{tests} files of tests"), "parsed, their values are not followed".to_owned());
    }
    for (rule, count) in counts.iter().filter(|(_, count)| **count > MAX_PER_RULE) {
        add(
            format!("{} findings of `{rule}`", count - MAX_PER_RULE),
            format!("at most {MAX_PER_RULE} of a rule are kept"),
        );
    }
    list
}

fn is_active(rule: &Rule, options: &Options, is_audit: bool) -> bool {
    let named = |list: &[String]| list.iter().any(|selector| selects(selector, rule));
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
pub(super) fn purpose(manifest: Option<&Manifest>, files: &FileSet, is_audit: bool) -> Purpose {
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

/// A comment that takes findings back, and the file it stands in.
type Order<'s> = (&'s Source, Suppression);

/// The comments that take findings back; reports those that name no rule or give no reason.
fn orders<'s>(
    sources: &'s [Source],
    active: &[&'static Rule],
    found: &mut Vec<Finding>,
    counts: &mut BTreeMap<&'static str, usize>,
) -> Vec<Order<'s>> {
    let mut good = Vec::new();
    let rule = active.iter().copied().find(|r| r.id == "suppression-without-reason");
    for source in sources {
        for suppression in suppressions(source) {
            let Suppression { rule: name, reason, line } = &suppression;
            let message = if reason.is_empty() {
                format!("`daino-ignore {name}` gives no reason, so it suppresses nothing")
            } else if !Linter::has_rule(name) && !RULES.iter().any(|r| r.id == name) {
                format!("`daino-ignore {name}` names no rule")
            } else {
                good.push((source, suppression));
                continue;
            };
            let Some(rule) = rule else { continue };
            let span = Span { line: *line, column: 1, end_line: *line, end_column: 1 };
            Findings::new(rule, sources, found, counts).at(&source.path, span, message);
        }
    }
    good
}

/// Takes back what comments suppress.
fn take_back(orders: &[Order<'_>], found: &mut Vec<Finding>) -> Vec<Suppressed> {
    let mut taken = Vec::new();
    for (source, Suppression { rule, reason, line }) in orders {
        let lines = *line..=*line + 1;
        let own = found.extract_if(.., |f| {
            f.file == source.path && f.rule == *rule && lines.contains(&f.span.line)
        });
        taken.extend(own.map(|finding| Suppressed {
            finding,
            by: Suppressor::Comment,
            reason: Some(reason.clone()),
        }));
    }
    taken.sort_by(|a, b| order(&a.finding, &b.finding));
    taken
}
