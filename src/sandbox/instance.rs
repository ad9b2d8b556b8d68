//! One running plugin: a confined worker and the broker's end of its socket.
//!
//! A call that breaks a limit ends the instance: what the plugin left half done in its engine is
//! not reused. Every later call says so.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Mutex;

use super::broker::{Broker, Template};
use super::error::SandboxError;
use super::host::Host;
use super::protocol::{LayerReport, Start};
use super::route::{RouteAnswer, RouteRequest};
use crate::model::manifest::{Api, ResourceLimits};
use crate::model::permission::Permissions;
use crate::model::{FileSet, PluginSlug, TreePath};
use crate::script::{ModuleGraph, Places};

/// What an instance is made of.
#[derive(Clone)]
pub(crate) struct InstanceSpec {
    /// Whose code it is, for messages.
    pub slug: PluginSlug,
    /// The plugin's files.
    pub files: FileSet,
    /// The module that holds the plugin.
    pub entry: TreePath,
    /// Further modules that are called by path: hook files, routes, tests.
    pub also: Vec<TreePath>,
    /// What it may do.
    pub permissions: Permissions,
    /// Hosts behind the names in `permissions.api`.
    pub apis: std::collections::BTreeMap<String, Api>,
    /// What it may use up.
    pub limits: ResourceLimits,
    /// What does the work for it.
    pub host: Host,
}

/// What to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Target {
    /// A method of the plugin: `(…args, ctx)`.
    Method(String),
    /// A hook handler: a method's name, or the path of a module whose default export is called.
    Hook {
        /// As the manifest has it.
        handler: String,
    },
    /// A route's handler, `(req, res, ctx)`: a method's name, or the path of a module whose default
    /// export is called. Use [`Instance::route`].
    Route {
        /// As the manifest has it.
        handler: String,
    },
    /// A method that need not be there: `null` when it is not.
    Lifecycle(String),
    /// The names of all methods that can be called.
    Names,
    /// An export of a module of the graph, or of a built-in one (which gets no `ctx`).
    Export {
        /// Path or built-in name.
        module: String,
        /// Name of the export.
        name: String,
    },
}

impl Target {
    /// For messages.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Method(name) | Self::Lifecycle(name) | Self::Export { name, .. } => name,
            Self::Hook { handler } | Self::Route { handler } => handler,
            Self::Names => "the plugin's methods",
        }
    }
}

/// What a call gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct CallOutcome {
    /// The value; `null` for `undefined`.
    pub value: Value,
    /// Wall clock, milliseconds.
    pub millis: f64,
    /// Requests to the broker.
    pub host_calls: u64,
    /// Processor time, milliseconds, by the kernel's clock of the worker; zero where the system
    /// does not tell.
    pub cpu_millis: f64,
    /// Milliseconds the worker was made to pause because its processor share was used up.
    pub paced_millis: f64,
    /// Most bytes of the engine's heap in use beyond what the platform takes, as the worker says.
    pub peak_memory: u64,
}

/// A running plugin. Calls run one after another.
pub(crate) struct Instance {
    broker: Mutex<Broker>,
    layers: Vec<LayerReport>,
    timeout: Duration,
    /// For stacks in the author's lines; empty when the caller has its own.
    places: Places,
}

impl std::fmt::Debug for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Instance").field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

impl Instance {
    /// Executes a worker and gives it the plugin's code. Nothing of the plugin has run yet. What it
    /// throws later has its stack in the author's lines.
    pub(crate) async fn start(spec: InstanceSpec) -> Result<Self, SandboxError> {
        Self::read_and_start(spec, None).await
    }

    /// The same, in a copy of a template: see [`Template`].
    pub(crate) async fn copy(
        template: &Template,
        spec: InstanceSpec,
    ) -> Result<Self, SandboxError> {
        Self::read_and_start(spec, Some(template)).await
    }

    async fn read_and_start(
        spec: InstanceSpec,
        template: Option<&Template>,
    ) -> Result<Self, SandboxError> {
        let mut graph = crate::script::load_graph(&spec.files, &spec.entry)
            .map_err(|e| SandboxError::Unreadable(e.into()))?;
        for path in &spec.also {
            let more = crate::script::load_graph(&spec.files, path)
                .map_err(|e| SandboxError::Unreadable(e.into()))?;
            graph.modules.extend(more.modules);
        }
        let places = Places::of(&graph);
        let mut instance = Self::start_worker(spec, graph, template).await?;
        instance.places = places;
        Ok(instance)
    }

    /// The same, with the modules resolved already.
    pub(crate) async fn copy_graph(
        template: &Template,
        spec: InstanceSpec,
        graph: ModuleGraph,
    ) -> Result<Self, SandboxError> {
        Self::start_worker(spec, graph, Some(template)).await
    }

    async fn start_worker(
        spec: InstanceSpec,
        graph: ModuleGraph,
        template: Option<&Template>,
    ) -> Result<Self, SandboxError> {
        let start = Start {
            memory: spec.limits.memory.count(),
            settings: serde_json::json!({
                "config": spec.host.config,
                "secrets": spec.host.secrets,
                "store": spec.host.store,
                "entry": graph.entry,
                "files": graph.modules.keys().collect::<Vec<_>>(),
            }),
            graph,
        };
        let timeout = spec.limits.timeout.duration();
        let (broker, layers) = Broker::start(spec, start, template).await?;
        Ok(Self { broker: Mutex::new(broker), layers, timeout, places: Places::default() })
    }

    /// Calls within the plugin's own time limit.
    pub(crate) async fn call(
        &self,
        target: Target,
        arguments: Vec<Value>,
    ) -> Result<CallOutcome, SandboxError> {
        self.call_within(target, arguments, self.timeout).await
    }

    /// Calls within another time limit, as the test runner needs for a whole file.
    pub(crate) async fn call_within(
        &self,
        target: Target,
        arguments: Vec<Value>,
        timeout: Duration,
    ) -> Result<CallOutcome, SandboxError> {
        let mut called = self.broker.lock().await.call(target, &arguments, timeout).await;
        if let Err(SandboxError::Thrown { thrown, .. } | SandboxError::Load(thrown)) = &mut called {
            thrown.stack = self.places.original_stack(&thrown.stack);
        }
        called
    }

    /// Calls a route's handler. A body over [`LARGEST_RAW_BODY`] of a webhook is the caller's to
    /// refuse; what the handler throws is the caller's to answer with 500.
    ///
    /// [`LARGEST_RAW_BODY`]: super::route::LARGEST_RAW_BODY
    pub(crate) async fn route(
        &self,
        handler: &str,
        request: &RouteRequest,
    ) -> Result<(RouteAnswer, CallOutcome), SandboxError> {
        let target = Target::Route { handler: handler.to_owned() };
        let outcome = self.call(target, vec![request.to_argument()]).await?;
        let answer = serde_json::from_value(outcome.value.clone())
            .map_err(|_| SandboxError::Protocol("not the answer of a route".to_owned()))?;
        Ok((answer, outcome))
    }

    /// How the worker is confined.
    #[allow(dead_code, reason = "asked for by tests")]
    pub(crate) fn layers(&self) -> &[LayerReport] {
        &self.layers
    }

    /// The worker's process id.
    #[cfg(test)]
    pub(crate) async fn pid(&self) -> u32 {
        self.broker.lock().await.pid()
    }

    /// Ends the worker.
    pub(crate) async fn stop(self) {
        self.broker.into_inner().stop().await;
    }
}
