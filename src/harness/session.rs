//! One test file: a fresh sandbox, one call of the test engine, what came of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use super::lazy::Lazy;
use super::output::Output;
use super::{RunOptions, outcome};
use crate::model::permission::ApiGrant;
use crate::model::size::{CpuShare, TimeLimit};
use crate::model::test_report::{TestCase, TestFailure, TestFile};
use crate::model::{Manifest, TreePath};
use crate::project::Project;
use crate::sandbox::{Host, Instance, InstanceSpec, SandboxError, Target};
use crate::script::{ModuleGraph, Places, ScriptError, load_graph};

/// The built-in module that runs a test file.
const ENGINE: &str = "daino:internal/test/session";

/// Longest time of one test, unless it says otherwise.
const TEST_MILLIS: u64 = 5_000;

/// Why a file gave no results.
enum Stop {
    /// Its code cannot be read.
    Script(ScriptError),
    /// The sandbox ended it.
    Sandbox(SandboxError),
}

/// What one file gave.
#[derive(Default)]
struct Ran {
    tests: Vec<TestCase>,
    error: Option<TestFailure>,
    timed_out: bool,
}

/// Runs one file to its end, or until its time limit.
pub(super) async fn run_file(
    project: &Project,
    options: &RunOptions,
    file: TreePath,
    parts: Arc<Lazy>,
) -> TestFile {
    let started = Instant::now();
    let output = Arc::new(Output::default());
    let host = host(parts, Arc::clone(&output));
    let ran = match graph(project, &file) {
        Err(error) => stopped(&Stop::Script(error), &output),
        Ok((graph, broken_entry)) => {
            let places = Places::of(&graph);
            let request = request(project, options, &file, broken_entry.as_deref());
            let ran = match call(project, options, host, graph, request).await {
                Ok(value) => require_tests(finished(value), &options.filter),
                Err(error) => stopped(&Stop::Sandbox(error), &output),
            };
            ran.at(&places)
        }
    };
    TestFile {
        file,
        tests: ran.tests,
        error: ran.error,
        timed_out: ran.timed_out,
        output: output.text(),
        millis: started.elapsed().as_secs_f64() * 1000.0,
    }
}

fn host(parts: Arc<Lazy>, output: Arc<Output>) -> Host {
    Host {
        database: Some(parts.clone()),
        storage: Some(parts),
        config: json!({}),
        store: json!({}),
        ..Host::bare(output)
    }
}

/// Hosts that the manifest grants, names of `apis` resolved.
fn granted_hosts(manifest: &Manifest) -> Vec<String> {
    let mut hosts = Vec::new();
    for grant in &manifest.permissions.api {
        match grant {
            ApiGrant::Host(host) => hosts.push(host.to_string()),
            ApiGrant::Name(name) => hosts.extend(
                manifest.apis.get(name).iter().flat_map(|api| &api.hosts).map(ToString::to_string),
            ),
        }
    }
    hosts
}

/// The file with all it imports, and the plugin itself for `loadPlugin`. A plugin that cannot be
/// read does not keep a test from running that never loads it.
fn graph(project: &Project, file: &TreePath) -> Result<(ModuleGraph, Option<String>), ScriptError> {
    let mut graph = load_graph(&project.files, file)?;
    match load_graph(&project.files, &project.entry) {
        Ok(entry) => graph.modules.extend(entry.modules),
        Err(error) => return Ok((graph, Some(error.to_string()))),
    }
    Ok((graph, None))
}

/// What the engine is told.
fn request(
    project: &Project,
    options: &RunOptions,
    file: &TreePath,
    broken_entry: Option<&str>,
) -> Value {
    // A filter that names the file takes all of its tests.
    let filter = if file.as_str().contains(&options.filter) { "" } else { &options.filter };
    json!({
        "file": file,
        "entry": project.entry,
        "brokenEntry": broken_entry,
        "hosts": granted_hosts(&project.manifest),
        "filter": filter,
        "timeoutMs": TEST_MILLIS,
    })
}

async fn call(
    project: &Project,
    options: &RunOptions,
    host: Host,
    graph: ModuleGraph,
    request: Value,
) -> Result<Value, SandboxError> {
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
    let instance = Instance::start_graph(spec, graph).await?;
    let outcome = instance.call_within(target, vec![request], options.timeout).await;
    instance.stop().await;
    Ok(outcome?.value)
}

impl Ran {
    /// With stacks that name the author's lines.
    fn at(mut self, places: &Places) -> Self {
        let failures = self.tests.iter_mut().filter_map(|test| test.failure.as_mut());
        for failure in failures.chain(self.error.as_mut()) {
            failure.stack = places.original_stack(&failure.stack);
        }
        self
    }
}

/// Reads what the engine gave: `{tests}`, or `{error}` when the file does not load.
fn finished(mut value: Value) -> Ran {
    let tests = value.get_mut("tests").map(Value::take);
    let error = value.get_mut("error").map(Value::take);
    let read = match (tests, error) {
        (Some(tests), _) => outcome::read(tests).map(|tests| Ran { tests, ..Ran::default() }),
        (None, Some(error)) => {
            outcome::read_failure(error).map(|e| Ran { error: Some(e), ..Ran::default() })
        }
        (None, None) => Ok(Ran { error: Some(not_understood("nothing")), ..Ran::default() }),
    };
    read.unwrap_or_else(|e| Ran { error: Some(not_understood(&e.to_string())), ..Ran::default() })
}

/// A file without a test is a mistake that would read as success.
fn require_tests(mut ran: Ran, filter: &str) -> Ran {
    if ran.tests.is_empty() && ran.error.is_none() && filter.is_empty() {
        let message = "the file has no test; write `it(name, function)` or `test(name, function)`";
        ran.error = Some(failure("Error", message.to_owned()));
    }
    ran
}

fn not_understood(what: &str) -> TestFailure {
    failure("Error", format!("the results of the file cannot be read: {what}"))
}

/// What is known of a file that did not end by itself.
fn stopped(stop: &Stop, output: &Output) -> Ran {
    let (told, running) = output.so_far();
    let tests = outcome::read(told).unwrap_or_default();
    let during = running.map_or(String::new(), |name| format!(", during the test `{name}`"));
    let timed_out = matches!(stop, Stop::Sandbox(SandboxError::TimeLimit { .. }));
    let error = match stop {
        Stop::Script(error) => failure(script_kind(error), error.to_string()),
        Stop::Sandbox(SandboxError::TimeLimit { limit_millis, .. }) => failure(
            "TimeLimit",
            format!("the time limit of {limit_millis} ms ended the file{during}"),
        ),
        Stop::Sandbox(error) => failure("SandboxError", format!("{error}{during}")),
    };
    Ran { tests, error: Some(error), timed_out }
}

fn script_kind(error: &ScriptError) -> &'static str {
    match error {
        ScriptError::Syntax { .. } => "SyntaxError",
        ScriptError::Import { .. } => "ImportError",
        ScriptError::File(_) => "FileError",
        ScriptError::Limit { .. } => "LimitError",
    }
}

fn failure(kind: &str, message: String) -> TestFailure {
    let (kind, stack) = (kind.to_owned(), String::new());
    TestFailure { message, kind, stack, expected: None, actual: None }
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
    fn a_stopped_file_keeps_what_had_run() {
        let output = Output::default();
        output.log(LogLevel::Debug, "\0{\"path\":[\"a\"],\"status\":\"passed\"}");
        output.log(LogLevel::Debug, "\0{\"path\":[\"b\",\"c\"]}");
        let limit = SandboxError::TimeLimit {
            method: "runFile".into(),
            limit_millis: 100,
            paced_millis: 0,
        };
        let ran = stopped(&Stop::Sandbox(limit), &output);
        assert!(ran.timed_out);
        assert_eq!(ran.tests.len(), 1);
        assert!(ran.error.unwrap().message.contains("during the test `b > c`"));
    }
}
