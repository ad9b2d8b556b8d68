//! One job: a fresh sandbox, one call of the test engine, what came of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use super::change::{Change, changes};
use super::find::{Job, JobKind};
use super::lazy::Lazy;
use super::outcome::{self, ToldSnapshots};
use super::output::Output;
use super::probes::ProbeFiles;
use super::{Plugin, RunOptions, recording, request};
use crate::model::size::{CpuShare, TimeLimit};
use crate::model::test_report::{Leak, Measure, Place, Snapshots, TestCase, TestFailure, TestFile};
use crate::model::{FileSet, Frame};
use crate::sandbox::{Host, Instance, InstanceSpec, SandboxError, Target};
use crate::script::{ModuleGraph, Places, ScriptError, TestGraph};

/// The built-in module that runs a test file.
const ENGINE: &str = "daino:internal/test/session";

/// Why a job gave no results.
enum Stop {
    /// Its code cannot be read.
    Script(ScriptError),
    /// The sandbox ended it.
    Sandbox(SandboxError),
}

/// What one job gave.
#[derive(Default)]
struct Ran {
    tests: Vec<TestCase>,
    error: Option<TestFailure>,
    timed_out: bool,
    not_run: usize,
    leaks: Vec<Leak>,
    snapshots: Option<ToldSnapshots>,
    measures: Vec<Measure>,
    counts: BTreeMap<String, Vec<u64>>,
    http: Option<Value>,
}

/// What became of a job.
pub(super) struct Done {
    /// Its results.
    pub file: TestFile,
    /// What it wants written.
    pub changes: Vec<Change>,
    /// Counters of the code that ran.
    pub counts: BTreeMap<String, Vec<u64>>,
}

/// Runs one job to its end, or until its time limit.
pub(super) async fn run_job(
    plugin: &Plugin<'_>,
    options: &RunOptions,
    job: &Job,
    seed: u32,
    parts: Arc<Lazy>,
) -> Done {
    let project = plugin.counted.map_or(plugin.project, |counted| &counted.project);
    let started = Instant::now();
    let output = Arc::new(Output::default());
    let is_probe = matches!(job.kind, JobKind::Permissions);
    let probed = is_probe.then(|| ProbeFiles::make(&project.manifest)).flatten();
    let files = probed.as_ref().map(|probed| probed.root.clone());
    let host = Host { files, ..host(parts, Arc::clone(&output), options) };
    let mut places = Places::default();
    if let Some(why) = request::snapshot_fault(project, job, options) {
        let error = Some(TestFailure::new("SnapshotError", why));
        let (file, suite) = (job.name.clone(), job.suite.name().to_owned());
        let file = TestFile { file, suite, error, ..TestFile::default() };
        return Done { file, changes: Vec::new(), counts: BTreeMap::new() };
    }
    let recorded = recording::of(project, job);
    let mut ran = match (request::graph(project, plugin.packages, job), &recorded) {
        (Err(error), _) => stopped(&Stop::Script(error), &output, &places),
        (_, Err(why)) => failed_as_a_whole(why),
        (Ok(TestGraph { graph, broken_entry, is_late }), Ok(recorded)) => {
            places = Places::of(&graph);
            let broken_entry = broken_entry.as_deref();
            let recorded = recorded.as_ref();
            let mut request =
                request::request(project, options, job, seed, broken_entry, is_late, recorded);
            if let Some(counted) = plugin.counted {
                request["counters"] = json!(counted.arrays());
            }
            match call(plugin, options, host, graph, request).await {
                Ok(value) => require_tests(finished(value), &options.filter),
                Err(error) => stopped(&Stop::Sandbox(error), &output, &places),
            }
        }
    };
    ran.find_places(&places, &plugin.project.files);
    let wanted = ran.snapshots.take();
    let counts = std::mem::take(&mut ran.counts);
    let snapshots = wanted.as_ref().and_then(summary);
    let wanted = wanted.map(|told| changes(project, job, told, &places)).transpose();
    let changes = wanted.unwrap_or_else(|why| {
        ran.error.get_or_insert(TestFailure::new("SnapshotError", why));
        None
    });
    let mut changes = changes.unwrap_or_default();
    if let Some(told) = ran.http.take() {
        match recording::change(project, options, job, told) {
            Ok(change) => changes.extend(change),
            Err(why) => ran.error = Some(TestFailure::new("Error", why)),
        }
    }
    let file = TestFile {
        file: job.name.clone(),
        suite: job.suite.name().to_owned(),
        tests: ran.tests,
        error: ran.error,
        timed_out: ran.timed_out,
        not_run: ran.not_run,
        output: output.text(),
        leaks: ran.leaks,
        snapshots,
        measures: ran.measures,
        millis: started.elapsed().as_secs_f64() * 1000.0,
    };
    Done { file, changes, counts }
}

fn summary(told: &ToldSnapshots) -> Option<Snapshots> {
    let made = Snapshots {
        checked: told.checked,
        added: told.added,
        updated: told.updated,
        removed: told.removed,
        obsolete: told.obsolete.iter().take(1_000).cloned().collect(),
    };
    (made != Snapshots::default()).then_some(made)
}

fn host(parts: Arc<Lazy>, output: Arc<Output>, options: &RunOptions) -> Host {
    Host {
        audit: options.audit.clone().map(|trail| trail as _),
        database: Some(parts.clone()),
        storage: Some(parts),
        config: json!({}),
        store: json!({}),
        mocks: options.mocks.clone(),
        ..Host::bare(output)
    }
}

async fn call(
    plugin: &Plugin<'_>,
    options: &RunOptions,
    host: Host,
    graph: ModuleGraph,
    request: Value,
) -> Result<Value, SandboxError> {
    let project = plugin.counted.map_or(plugin.project, |counted| &counted.project);
    let manifest = &project.manifest;
    let mut limits = manifest.resource_limits.clone();
    limits.timeout = TimeLimit::new(options.timeout);
    // A test is not a guest of a busy shop; how long it takes is the author's own time.
    limits.cpu = CpuShare::percent(100);
    let spec = InstanceSpec {
        slug: manifest.slug.clone(),
        files: project.files.clone(),
        entry: project.entry.clone(),
        also: Vec::new(),
        permissions: manifest.permissions.clone(),
        apis: manifest.apis.clone(),
        limits,
        host,
    };
    let target = Target::Export { module: ENGINE.to_owned(), name: "runFile".to_owned() };
    let instance = Instance::copy_graph(plugin.template, spec, graph).await?;
    let outcome = instance.call_within(target, vec![request], options.timeout).await;
    instance.stop().await;
    Ok(outcome?.value)
}

impl Ran {
    /// Names the author's lines in stacks and places.
    fn find_places(&mut self, places: &Places, files: &FileSet) {
        for test in &mut self.tests {
            let place = test.place.take();
            test.place = place.map(|place| original(place, places));
        }
        for leak in &mut self.leaks {
            let place = leak.place.take();
            leak.place = place.map(|place| original(place, places));
        }
        let failures = self.tests.iter_mut().filter_map(|test| test.failure.as_mut());
        for failure in failures.chain(self.error.as_mut()) {
            failure.stack = places.original_stack(&failure.stack);
            failure.frame = failure.place().and_then(|place| {
                Frame::at(files, &place.file, place.line as usize, place.column as usize)
            });
        }
    }
}

/// A place in the author's file.
pub(super) fn original(place: Place, places: &Places) -> Place {
    match places.original(&place.file, place.line, place.column) {
        Some((line, column)) => Place { line, column, ..place },
        None => place,
    }
}

/// Reads what the engine gave: what ran, or `{error}` when the file does not load.
fn finished(mut value: Value) -> Ran {
    if let Some(error) = value.get_mut("error").map(Value::take) {
        let error = outcome::read_failure(error).unwrap_or_else(|e| not_understood(&e.to_string()));
        return Ran { error: Some(error), ..Ran::default() };
    }
    match outcome::read(value) {
        Ok(mut told) => Ran {
            tests: told.take_tests(),
            leaks: told.take_leaks(),
            not_run: told.not_run,
            snapshots: told.snapshots,
            measures: told.measures,
            counts: told.coverage,
            http: told.http,
            ..Ran::default()
        },
        Err(error) => Ran { error: Some(not_understood(&error.to_string())), ..Ran::default() },
    }
}

/// A file without a test is a mistake that would read as success.
fn require_tests(mut ran: Ran, filter: &str) -> Ran {
    let is_empty = ran.tests.is_empty() && ran.not_run == 0;
    if is_empty && ran.error.is_none() && filter.is_empty() {
        let message = "the file has no test; write `it(name, function)` or `test(name, function)`";
        ran.error = Some(TestFailure::new("Error", message));
    }
    ran
}

fn failed_as_a_whole(why: &str) -> Ran {
    Ran { error: Some(TestFailure::new("Error", why)), ..Ran::default() }
}

fn not_understood(what: &str) -> TestFailure {
    TestFailure::new("Error", format!("the results of the file cannot be read: {what}"))
}

/// What is known of a file that did not end by itself.
fn stopped(stop: &Stop, output: &Output, places: &Places) -> Ran {
    let (told, running) = output.so_far();
    let tests = outcome::read_tests(told).unwrap_or_default();
    let during = running.map_or(String::new(), |running| {
        let place = running.at.and_then(|at| Place::read(&at));
        let place = place.map_or(String::new(), |place| format!(" ({})", original(place, places)));
        format!(", during the test `{}`{place}", running.name)
    });
    let timed_out = matches!(stop, Stop::Sandbox(SandboxError::TimeLimit { .. }));
    let error = match stop {
        Stop::Script(error) => {
            let stack = match error {
                ScriptError::Syntax { path, line, column, .. } => {
                    format!("    at <file> ({path}:{line}:{column})")
                }
                _ => String::new(),
            };
            TestFailure { stack, ..TestFailure::new(script_kind(error), error.to_string()) }
        }
        Stop::Sandbox(SandboxError::TimeLimit { limit_millis, .. }) => TestFailure::new(
            "TimeLimit",
            format!("the time limit of {limit_millis} ms ended the file{during}"),
        ),
        Stop::Sandbox(error) => TestFailure::new("SandboxError", format!("{error}{during}")),
    };
    Ran { tests, error: Some(error), timed_out, ..Ran::default() }
}

fn script_kind(error: &ScriptError) -> &'static str {
    match error {
        ScriptError::Syntax { .. } => "SyntaxError",
        ScriptError::Import { .. } => "ImportError",
        ScriptError::File(_) => "FileError",
        ScriptError::Limit { .. } => "LimitError",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{LogLevel, LogSink};

    #[test]
    fn reads_what_the_engine_gave_and_doubts_the_rest() {
        let good = finished(json!({"tests": [{"path": ["a"], "status": "passed"}]}));
        assert_eq!((good.tests.len(), good.error.is_none()), (1, true));
        let broken = finished(json!({"error": {"kind": "TypeError", "message": "no"}}));
        assert_eq!(broken.error.unwrap().message, "no");
        for odd in [json!(null), json!({"tests": 3}), json!({"tests": [{"status": "won"}]})] {
            assert!(finished(odd).error.is_some());
        }
    }

    #[test]
    fn a_stopped_file_keeps_what_had_run_and_names_the_test_and_its_line() {
        let output = Output::default();
        output.log(LogLevel::Debug, "\0{\"path\":[\"a\"],\"status\":\"passed\"}");
        output.log(LogLevel::Debug, "\0{\"path\":[\"b\",\"c\"],\"at\":\"tests/a.test.js:7:3\"}");
        let limit = SandboxError::TimeLimit {
            method: "runFile".into(),
            limit_millis: 100,
            paced_millis: 0,
        };
        let ran = stopped(&Stop::Sandbox(limit), &output, &Places::default());
        assert!(ran.timed_out);
        assert_eq!(ran.tests.len(), 1);
        let message = ran.error.unwrap().message;
        assert!(message.contains("during the test `b > c` (tests/a.test.js:7:3)"), "{message}");
    }
}
