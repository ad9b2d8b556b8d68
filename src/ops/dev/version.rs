//! One loaded version of a plugin: its files, its code, and the worker that runs it.
//!
//! A version is made aside and served only when it loads and is healthy. Calls hold it while they
//! run, so an old one lives until its last call has ended. When a call ends the worker (a limit, a
//! crash), the same code starts again in a new one.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{Mutex, RwLock};

use super::problem::Problem;
use super::tape::Step;
use super::witness::Witness;
use crate::model::TreePath;
use crate::project::Project;
use crate::sandbox::{
    CallOutcome, Host, Instance, InstanceSpec, RouteAnswer, RouteRequest, SandboxError, Target,
    Template,
};
use crate::script::{ModuleGraph, Places, ScriptError, load_graph};

/// A loaded version.
pub(crate) struct Version {
    /// Its number; each load that is served has a higher one.
    pub generation: u64,
    /// What it was made from.
    pub project: Project,
    places: Places,
    graph: ModuleGraph,
    spec: InstanceSpec,
    template: Template,
    instance: RwLock<Arc<Instance>>,
    witness: Arc<Witness>,
    /// Calls run one after another; who holds this is the one that the witness sees.
    turn: Mutex<()>,
}

/// What to do in a version.
pub(crate) enum Work<'a> {
    /// Call.
    Call(Target, Vec<Value>),
    /// Answer a request.
    Route(&'a str, &'a RouteRequest),
}

/// What came of it.
pub(crate) struct Done {
    /// The value and what it cost.
    pub outcome: CallOutcome,
    /// The answer of a route.
    pub answer: Option<RouteAnswer>,
}

impl Version {
    /// Starts what was read and asks whether it is healthy.
    pub(crate) async fn start(
        linked: Linked,
        host: Host,
        witness: Arc<Witness>,
        generation: u64,
        template: Template,
    ) -> Result<Self, Problem> {
        let Linked { project, graph } = linked;
        let places = Places::of(&graph);
        let manifest = &project.manifest;
        let spec = InstanceSpec {
            slug: manifest.slug.clone(),
            files: project.files.clone(),
            entry: project.entry.clone(),
            also: Vec::new(),
            permissions: manifest.permissions.clone(),
            apis: manifest.apis.clone(),
            limits: manifest.resource_limits.clone(),
            host,
        };
        let failed = |error| Problem::of_sandbox(error, &project.files, &places);
        let instance = Instance::copy_graph(&template, spec.clone(), graph.clone()).await;
        let instance = instance.map_err(failed)?;
        let health = instance.call(Target::Lifecycle("healthCheck".to_owned()), Vec::new()).await;
        let health = health.map_err(failed)?;
        if let Some(why) = illness(&health.value) {
            let message = format!("`healthCheck` says that the plugin is not healthy: {why}");
            return Err(Problem::new(&super::UNHEALTHY, message));
        }
        let instance = RwLock::new(Arc::new(instance));
        let turn = Mutex::new(());
        Ok(Self { generation, project, places, graph, spec, template, instance, witness, turn })
    }

    /// What the code is given besides itself.
    pub(crate) fn host(&self) -> &Host {
        &self.spec.host
    }

    /// What a call did, while that is kept.
    pub(crate) fn steps(&self, call: u64) -> Option<Vec<Step>> {
        self.witness.steps(call)
    }

    /// Does `work` as call number `call`.
    pub(crate) async fn call(&self, call: u64, work: Work<'_>) -> Result<Done, Problem> {
        let _turn = self.turn.lock().await;
        self.witness.begin(call);
        let result = self.work(work).await;
        self.witness.end();
        result.map_err(|error| Problem::of_sandbox(error, &self.project.files, &self.places))
    }

    async fn work(&self, work: Work<'_>) -> Result<Done, SandboxError> {
        let instance = Arc::clone(&*self.instance.read().await);
        let result = match work {
            Work::Call(target, arguments) => {
                let outcome = instance.call(target, arguments).await;
                outcome.map(|outcome| Done { outcome, answer: None })
            }
            Work::Route(handler, request) => {
                let outcome = instance.route(handler, request).await;
                outcome.map(|(answer, outcome)| Done { outcome, answer: Some(answer) })
            }
        };
        if result.as_ref().is_err_and(ends_worker) {
            // The next call finds a fresh worker; that it cannot be had is that call's failure.
            let (spec, graph) = (self.spec.clone(), self.graph.clone());
            let fresh = Instance::copy_graph(&self.template, spec, graph).await;
            if let Ok(fresh) = fresh {
                *self.instance.write().await = Arc::new(fresh);
            }
        }
        result
    }
}

/// A project whose code was read: the entry and every module that the manifest names.
pub(crate) struct Linked {
    /// The project.
    pub project: Project,
    graph: ModuleGraph,
}

impl Linked {
    /// Reads the code. Parsing takes a thread of its own.
    pub(crate) async fn new(project: Project) -> Result<Self, Problem> {
        let linked = tokio::task::spawn_blocking(move || {
            let graph = graph_of(&project);
            (project, graph)
        });
        let Ok((project, graph)) = linked.await else {
            return Err(Problem::new(&super::UNHEALTHY, "reading the plugin's code was given up"));
        };
        match graph {
            Ok(graph) => Ok(Self { project, graph }),
            Err(error) => Err(Problem::of_script(error, &project.files)),
        }
    }
}

fn graph_of(project: &Project) -> Result<ModuleGraph, ScriptError> {
    let mut graph = load_graph(&project.files, &project.entry)?;
    let manifest = &project.manifest;
    let handlers = manifest.hooks.values();
    let handlers = handlers.chain(manifest.routes.iter().map(|route| &route.handler));
    for handler in handlers.chain(manifest.cron.iter().map(|job| &job.handler)) {
        let Ok(path) = TreePath::new(handler) else { continue };
        if !graph.modules.contains_key(path.as_str()) && project.files.contains(path.as_str()) {
            graph.modules.extend(load_graph(&project.files, &path)?.modules);
        }
    }
    Ok(graph)
}

/// Why a health check says no; `None` when it says yes, or nothing.
fn illness(answer: &Value) -> Option<String> {
    let says_no = match answer {
        Value::Bool(healthy) => !healthy,
        Value::Object(answer) => {
            let is_false = |key: &str| answer.get(key) == Some(&Value::Bool(false));
            let status = answer.get("status").and_then(Value::as_str).unwrap_or_default();
            is_false("healthy")
                || is_false("ok")
                || matches!(status, "unhealthy" | "error" | "down")
        }
        _ => false,
    };
    says_no.then(|| {
        let message = answer.get("message").and_then(Value::as_str);
        message.map_or_else(
            || "it does not say why".to_owned(),
            |text| text.chars().take(500).collect(),
        )
    })
}

fn ends_worker(error: &SandboxError) -> bool {
    !matches!(
        error,
        SandboxError::Thrown { .. }
            | SandboxError::NoSuchMethod { .. }
            | SandboxError::Load(_)
            | SandboxError::NotJson { .. }
            | SandboxError::NeverSettles(_)
            | SandboxError::ReplyTooLarge { .. }
            | SandboxError::TooLarge(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_health_check_can_say_no_in_several_ways() {
        for yes in [json!(null), json!(true), json!({"healthy": true}), json!({"status": "ok"})] {
            assert_eq!(illness(&yes), None, "{yes}");
        }
        for no in [
            json!(false),
            json!({"healthy": false}),
            json!({"ok": false}),
            json!({"status": "down"}),
        ] {
            assert!(illness(&no).is_some(), "{no}");
        }
        assert_eq!(illness(&json!({"ok": false, "message": "no key"})).as_deref(), Some("no key"));
    }
}
