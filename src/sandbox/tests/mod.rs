//! Plugins that behave and plugins that do not, each in a real confined worker.

mod calls;
mod compat;
mod cost;
mod escapes;
mod exhaustion;
mod files;
mod hostile;
mod limits;
mod protocol;

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

struct Plugin {
    instance: Instance,
    lines: Arc<Lines>,
}

impl Plugin {
    async fn files(files: &[(&str, &str)]) -> Result<Self, SandboxError> {
        Self::with(
            files,
            ResourceLimits {
                memory: Bytes::mb(32),
                timeout: TimeLimit::new(Duration::from_millis(700)),
                ..ResourceLimits::default()
            },
        )
        .await
    }

    async fn with(files: &[(&str, &str)], limits: ResourceLimits) -> Result<Self, SandboxError> {
        Self::start(spec(files, limits)).await
    }

    async fn start(mut spec: InstanceSpec) -> Result<Self, SandboxError> {
        let lines = Arc::new(Lines::default());
        spec.host.log = lines.clone();
        Ok(Self { instance: Instance::start(spec).await?, lines })
    }

    async fn new(code: &str) -> Self {
        Self::files(&[("index.js", code)]).await.unwrap()
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

/// The code of the failure of `run()` of a plugin.
async fn failure(code: &str) -> SandboxError {
    Plugin::new(code).await.call("run", json!([])).await.unwrap_err()
}

fn id(error: &SandboxError) -> &'static str {
    crate::error::Coded::code(error).id
}
