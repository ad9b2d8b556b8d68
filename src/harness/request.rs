//! What the test engine inside the sandbox is told about a job.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::find::{Job, JobKind};
use super::handler::Handler;
use super::recording::Recording;
use super::{Budgets, RunOptions, SnapshotMode, probes, recording, snapshots};
use crate::model::Manifest;
use crate::model::manifest::Budget;
use crate::model::permission::ApiGrant;
use crate::model::size::TimeLimit;
use crate::project::Project;
use crate::script::{Packages, ScriptError, TestGraph, link_late, load_graph, load_test_graph};

/// Longest time of one test, unless it says otherwise.
const TEST_MILLIS: u64 = 5_000;
/// Longest time of one generated test, which makes hundreds of calls.
const GENERATED_MILLIS: u64 = 60_000;
/// What tells the generated suites about the plugin.
pub(super) const ABOUT: &str = "tests/conformance.json";

/// Hosts that the manifest grants, names of `apis` resolved.
pub(super) fn granted_hosts(manifest: &Manifest) -> Vec<String> {
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

/// The modules of a job. A plugin that cannot be read does not keep a test from running that never
/// loads it; a generated suite needs it.
pub(super) fn graph(
    project: &Project,
    packages: &Packages,
    job: &Job,
) -> Result<TestGraph, ScriptError> {
    if let JobKind::File(file) = &job.kind {
        let mut loaded = load_test_graph(&project.files, packages, file, Some(&project.entry))?;
        if loaded.is_late {
            link_late(&mut loaded.graph)?;
        }
        return Ok(loaded);
    }
    let mut graph = load_graph(&project.files, &project.entry)?;
    if let Some(path) = job.kind.handler().and_then(super::handler::Handler::file) {
        graph.modules.extend(load_graph(&project.files, &path)?.modules);
    }
    Ok(TestGraph { graph, broken_entry: None, is_late: false })
}

/// Why the snapshots of a job cannot be used; one who renews them all does not need them.
pub(super) fn snapshot_fault(project: &Project, job: &Job, options: &RunOptions) -> Option<String> {
    let JobKind::File(file) = &job.kind else { return None };
    let path = snapshots::path_of(file)?;
    let bytes = project.files.get(path.as_str())?;
    let fault = match project.files.text(path.as_str()) {
        Some(text) => snapshots::fault(text),
        None => Some(format!("has {} bytes that are no text", bytes.len())),
    };
    let fault = fault.filter(|_| options.snapshots != SnapshotMode::All)?;
    Some(format!(
        "the snapshot file `{path}` {fault}; take it from your history, or make all of it anew: \
         daino-pdk test --update-snapshots"
    ))
}

/// Snapshots that are known for a job.
pub(super) fn known_snapshots(project: &Project, job: &Job) -> BTreeMap<String, String> {
    let JobKind::File(file) = &job.kind else { return BTreeMap::new() };
    let path = snapshots::path_of(file);
    path.and_then(|path| project.files.text(path.as_str()))
        .map(snapshots::parse)
        .unwrap_or_default()
}

/// What the engine is told.
pub(super) fn request(
    project: &Project,
    options: &RunOptions,
    job: &Job,
    seed: u32,
    broken_entry: Option<&str>,
    is_late: bool,
    recorded: Option<&Recording>,
) -> Value {
    // A filter that names the file takes all of its tests.
    let filter = if job.name.contains(&options.filter) { "" } else { &options.filter };
    json!({
        "file": job.kind.module(),
        "entry": project.entry,
        "brokenEntry": broken_entry,
        "late": is_late,
        "hosts": granted_hosts(&project.manifest),
        "filter": filter,
        "timeoutMs": if matches!(job.kind, JobKind::File(_)) { TEST_MILLIS } else { GENERATED_MILLIS },
        "now": recording::clock(options, recorded),
        "http": recording::request(options, job, recorded),
        "seed": of_file(seed, &job.name),
        "shuffle": options.shuffle.map(|seed| of_file(seed, &job.name)),
        "bail": options.bail,
        "forbidOnly": options.forbid_only,
        "snapshots": {
            "mode": options.snapshots.as_str(),
            "entries": known_snapshots(project, job),
        },
        "plan": plan(project, options, job, seed),
    })
}

/// What a suite without code works from.
fn plan(project: &Project, options: &RunOptions, job: &Job, seed: u32) -> Value {
    let manifest = &project.manifest;
    if matches!(job.kind, JobKind::File(_)) {
        return Value::Null;
    }
    let fixture = match &job.kind {
        JobKind::Fixture(path) => project.files.text(path.as_str()),
        _ => None,
    };
    json!({
        "name": job.name,
        "type": manifest.kind,
        "slug": manifest.slug,
        "secrets": manifest.secrets,
        "configSchema": manifest.config_schema,
        "timeoutMs": manifest.resource_limits.timeout.duration().as_millis() as u64,
        "handler": job.kind.handler(),
        "handlers": super::handler::handlers(manifest, &project.files),
        "about": project.files.text(ABOUT),
        "fixture": fixture,
        "seed": seed,
        "fuzzSeed": of_file(seed, &job.name),
        "migrations": crate::store::migrations(&project.files).into_iter().map(|m| m.up).collect::<Vec<_>>(),
        "probes": matches!(job.kind, JobKind::Permissions).then(|| probes::probes(manifest)),
        "budgets": job.kind.handler().map(|handler| budget(manifest, options, handler)),
    })
}

/// What a handler may cost: the command line goes before its own budget, that before the one of all.
/// Times are milliseconds.
fn budget(manifest: &Manifest, options: &RunOptions, handler: &Handler) -> Value {
    let none = Budget::default();
    let of = |name: &str| manifest.budgets.get(name).unwrap_or(&none);
    let own = of(&handler.to_string()).or(of("*"));
    let millis = |limit: Option<TimeLimit>| limit.map(|l| l.duration().as_secs_f64() * 1_000.0);
    let Budgets { max_p95, max_ticks, max_queries } = options.budgets;
    json!({
        "p50": millis(own.p50),
        "p95": max_p95.or(millis(own.p95)),
        "p99": millis(own.p99),
        "cpu": millis(own.cpu),
        "steps": max_ticks.or(own.steps.map(f64::from)),
        "queries": max_queries.or(own.queries.map(f64::from)),
        "fetches": own.fetches,
        "growth": own.growth,
    })
}

/// A seed of its own for each file, so that it does not matter which others run.
fn of_file(seed: u32, name: &str) -> u32 {
    name.bytes()
        .fold(seed ^ 0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
