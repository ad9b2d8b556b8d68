//! What a shop can call in a plugin, as its manifest says.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::model::{FileSet, Manifest, TreePath};

/// Something a shop can call.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Handler {
    /// `method`, `hook`, `route` or `cron`.
    pub kind: &'static str,
    /// Name of the method, the hook or the job; for a route its path.
    pub name: String,
    /// Method of the plugin, or path of the file whose default export is called.
    pub target: String,
    /// Whether `target` is a file.
    pub is_file: bool,
    /// HTTP method of a route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// First argument of a job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub params: Option<Value>,
}

impl fmt::Display for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.method {
            Some(method) => write!(f, "{} {method} {}", self.kind, self.name),
            None => write!(f, "{} {}", self.kind, self.name),
        }
    }
}

impl Handler {
    /// The file it is in, when it is not a method of the plugin.
    pub(super) fn file(&self) -> Option<TreePath> {
        self.is_file.then(|| TreePath::new(&self.target).ok()).flatten()
    }
}

/// Every handler of a plugin: required methods, hooks, routes, jobs.
pub(super) fn handlers(manifest: &Manifest, files: &FileSet) -> Vec<Handler> {
    let make = |kind, name: &str, target: &str| Handler {
        kind,
        name: name.to_owned(),
        target: target.to_owned(),
        is_file: files.contains(target),
        method: None,
        params: None,
    };
    let mut found: Vec<Handler> =
        manifest.kind.required_methods().iter().map(|m| make("method", m, m)).collect();
    found.extend(manifest.hooks.iter().map(|(hook, target)| make("hook", hook.as_str(), target)));
    found.extend(manifest.routes.iter().map(|route| Handler {
        method: Some(route.method.clone()),
        ..make("route", &route.path, &route.handler)
    }));
    found.extend(manifest.cron.iter().map(|job| Handler {
        params: job.params.clone().map(Value::Object),
        ..make("cron", &job.name, &job.handler)
    }));
    let mut seen = BTreeSet::new();
    found.retain(|handler| seen.insert(handler.to_string()));
    found
}
