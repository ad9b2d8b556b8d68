//! Plugins that behave and plugins that do not, each in a real confined worker.

mod advisories;
mod calls;
mod compat;
#[cfg(target_os = "linux")]
mod copies;
mod cost;
mod escapes;
mod exhaustion;
mod files;
mod hostile;
mod limits;
mod protocol;
mod quota;
mod test262;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::{Value, json};

use super::*;
use crate::model::manifest::ResourceLimits;
use crate::model::size::{Bytes, TimeLimit};
use crate::model::{PluginSlug, TreePath};

/// Keeps what is logged.
#[derive(Default)]
struct Lines(Mutex<Vec<(LogLevel, String)>>);

impl LogSink for Lines {
    fn log(&self, level: LogLevel, message: &str) {
        self.0.lock().unwrap().push((level, message.to_owned()));
    }
}

/// A database that answers with what it was asked.
struct Echo;

impl Database for Echo {
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>> {
        Box::pin(async move {
            if sql == "fail" {
                return Err(DatabaseError {
                    code: "42501".to_owned(),
                    message: "permission denied".to_owned(),
                    detail: None,
                    hint: Some("ask for it".to_owned()),
                });
            }
            let row = json!({ "sql": sql, "params": parameters }).as_object().unwrap().clone();
            Ok(Rows { columns: vec!["sql".into(), "params".into()], rows: vec![row], row_count: 1 })
        })
    }

    fn transaction<'a>(
        &'a self,
        statements: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>> {
        Box::pin(async move { Ok(vec![Rows::default(); statements.len()]) })
    }
}

/// A plugin with a database that echoes, no files and no network.
fn spec(files: &[(&str, &str)], limits: ResourceLimits) -> InstanceSpec {
    InstanceSpec {
        slug: PluginSlug::new("sandbox-test").unwrap(),
        entry: TreePath::new(files[0].0).unwrap(),
        files: files
            .iter()
            .map(|(path, code)| (TreePath::new(path).unwrap(), code.as_bytes().to_vec()))
            .collect(),
        also: Vec::new(),
        permissions: Default::default(),
        apis: BTreeMap::new(),
        limits,
        host: Host {
            database: Some(Arc::new(Echo)),
            config: json!({ "greeting": "hello" }),
            secrets: BTreeMap::from([("KEY".to_owned(), "s3cret".to_owned())]),
            store: json!({ "id": "shop-1" }),
            ..Host::bare(Arc::new(Lines::default()))
        },
    }
}

/// Limits that a plugin which attacks reaches soon.
fn tight() -> ResourceLimits {
    ResourceLimits {
        memory: Bytes::mb(32),
        timeout: TimeLimit::new(Duration::from_millis(700)),
        ..ResourceLimits::default()
    }
}

/// What the copied workers of a test are copied from.
static TEMPLATE: std::sync::LazyLock<Template> = std::sync::LazyLock::new(Template::for_plugins);

/// Every way in which a worker can come to be.
const WAYS: [Way; 2] = [Way::Executed, Way::Copied];

/// Whether a process is a copy of a template: it still has its arguments.
fn is_copy(pid: u32) -> bool {
    let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&arguments).contains("__sandbox-template")
}

struct Plugin {
    instance: Instance,
    lines: Arc<Lines>,
}

impl Plugin {
    async fn files(files: &[(&str, &str)]) -> Result<Self, SandboxError> {
        Self::with(files, tight()).await
    }

    async fn with(files: &[(&str, &str)], limits: ResourceLimits) -> Result<Self, SandboxError> {
        Self::start(spec(files, limits)).await
    }

    async fn start(spec: InstanceSpec) -> Result<Self, SandboxError> {
        Self::start_by(Way::Executed, spec).await
    }

    async fn start_by(way: Way, mut spec: InstanceSpec) -> Result<Self, SandboxError> {
        let lines = Arc::new(Lines::default());
        spec.host.log = lines.clone();
        let instance = match way {
            Way::Executed => Instance::start(spec).await?,
            Way::Copied => Instance::copy(&TEMPLATE, spec).await?,
        };
        if cfg!(target_os = "linux") {
            assert_eq!(is_copy(instance.pid().await), way == Way::Copied);
        }
        Ok(Self { instance, lines })
    }

    async fn new(code: &str) -> Self {
        Self::new_by(Way::Executed, code).await
    }

    async fn new_by(way: Way, code: &str) -> Self {
        Self::start_by(way, spec(&[("index.js", code)], tight())).await.unwrap()
    }

    async fn call(&self, method: &str, arguments: Value) -> Result<Value, SandboxError> {
        let Value::Array(arguments) = arguments else { panic!("arguments are a list") };
        let target = Target::Method(method.to_owned());
        self.instance.call(target, arguments).await.map(|outcome| outcome.value)
    }

    fn logged(&self) -> Vec<String> {
        self.lines.0.lock().unwrap().iter().map(|(_, text)| text.clone()).collect()
    }
}

/// The failure of `run()` of a plugin.
async fn failure(code: &str) -> SandboxError {
    failure_by(Way::Executed, code).await
}

async fn failure_by(way: Way, code: &str) -> SandboxError {
    Plugin::new_by(way, code).await.call("run", json!([])).await.unwrap_err()
}

fn id(error: &SandboxError) -> &'static str {
    crate::error::Coded::code(error).id
}
