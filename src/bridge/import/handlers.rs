//! What has code of the server or the storefront: controllers, listeners, hooks and jobs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Tree;
use crate::bridge::BridgeError;
use crate::bridge::code::{Unit, unit};
use crate::bridge::fields::{file_name, list, number, put, text};
use crate::model::hook::HookName;

impl Tree {
    /// Writes a handler as the default export of a file; `None` when it cannot be one.
    pub(super) fn handler(
        &mut self,
        folder: &str,
        name: &str,
        code: &str,
    ) -> Result<Option<String>, BridgeError> {
        let file = file_name(name.strip_suffix(".js").unwrap_or(name), &mut self.taken);
        let path = format!("{folder}/{file}.js");
        let text = match unit(&path, code)? {
            Unit::Function(code) => format!("export default {code};\n"),
            Unit::Statements { code, handler } => {
                self.notes.push(format!(
                    "`{path}` has more than one statement, which no host runs; `{handler}` is its handler here"
                ));
                format!("{code}\nexport default {handler};\n")
            }
            Unit::Broken(why) => {
                let kept = format!("dainostore/unreadable/{file}.txt");
                self.notes.push(format!("`{name}` does not parse ({why}); it is kept in `{kept}`"));
                self.file(&kept, code);
                return Ok(None);
            }
        };
        self.file(&path, text);
        Ok(Some(path))
    }

    pub(super) fn controllers(&mut self, package: &Value) -> Result<(), BridgeError> {
        let mut routes = Vec::new();
        let mut seen = BTreeSet::new();
        for item in list(package, "controllers") {
            let (Some(name), Some(code)) = (text(item, "name"), text(item, "code")) else {
                self.notes.push("a controller without name or code was left out".to_owned());
                continue;
            };
            let method = text(item, "method").unwrap_or("GET").to_ascii_uppercase();
            let path = text(item, "path").unwrap_or_default();
            let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
            if !is_route(&method, &path) {
                self.notes.push(format!("`{method} {path}` is no route, so `{name}` was left out"));
                continue;
            }
            if !seen.insert((method.clone(), path.clone())) {
                self.notes.push(format!("a second controller for `{method} {path}` was left out"));
                continue;
            }
            let Some(file) = self.handler("controllers", name, code)? else { continue };
            let mut route = Map::new();
            put(&mut route, "name", name);
            put(&mut route, "method", method);
            put(&mut route, "path", path);
            put(&mut route, "handler", file);
            put(&mut route, "description", text(item, "description"));
            let auth = item.get("requiresAuth").and_then(Value::as_bool).unwrap_or(false);
            route.insert("requiresAuth".to_owned(), json!(auth));
            routes.push(Value::Object(route));
        }
        put(&mut self.manifest, "routes", routes);
        Ok(())
    }

    /// Event listeners and hooks. Several of one name are called one after another.
    pub(super) fn listeners(
        &mut self,
        package: &Value,
        part: &str,
        key: &str,
        code_key: &str,
    ) -> Result<(), BridgeError> {
        let mut kept = Vec::new();
        for item in list(package, part) {
            let (Some(name), Some(code)) = (text(item, key), text(item, code_key)) else {
                self.notes.push(format!("an entry of `{part}` without name or code was left out"));
                continue;
            };
            if name.parse::<HookName>().is_err() {
                self.notes.push(format!("`{name}` is no name of an event; its code was left out"));
                continue;
            }
            let written = text(item, "fileName").unwrap_or(name).replace('.', "_");
            let written = written.strip_suffix("_js").unwrap_or(&written).to_owned();
            let Some(file) = self.handler(part, &written, code)? else { continue };
            let mut entry = Map::new();
            put(&mut entry, "name", name);
            put(&mut entry, "file", file.as_str());
            put(&mut entry, "fileName", text(item, "fileName"));
            put(&mut entry, "type", text(item, "hookType"));
            put(&mut entry, "priority", number(item, "priority"));
            kept.push(Value::Object(entry));
            match self.hooks.get(name).and_then(Value::as_str).map(str::to_owned) {
                None => put(&mut self.hooks, name, file),
                Some(first) => {
                    let both = self.both(part, name, &first, &file);
                    put(&mut self.hooks, name, both);
                }
            }
        }
        put(&mut self.extras, part, kept);
        Ok(())
    }

    /// A file that calls both.
    pub(super) fn both(&mut self, part: &str, name: &str, first: &str, second: &str) -> String {
        let file = file_name(&format!("all_{}", name.replace('.', "_")), &mut self.taken);
        let path = format!("{part}/{file}.js");
        let up = |file: &str| format!("../{file}");
        let text = match part {
            "hooks" => format!(
                "import first from '{}';\nimport second from '{}';\n\n\
                 export default function (value, context, ctx) {{\n  const next = first(value, context, ctx);\n  \
                 return second(next === undefined ? value : next, context, ctx);\n}}\n",
                up(first),
                up(second)
            ),
            _ => format!(
                "import first from '{}';\nimport second from '{}';\n\n\
                 export default async function (payload, ctx) {{\n  await first(payload, ctx);\n  \
                 return second(payload, ctx);\n}}\n",
                up(first),
                up(second)
            ),
        };
        self.file(&path, text);
        path
    }

    /// The code of a job is the body of a function.
    pub(super) fn cron(&mut self, package: &Value) -> Result<(), BridgeError> {
        let mut jobs = Vec::new();
        let mut seen = BTreeSet::new();
        for item in list(package, "cron").chain(list(package, "cronJobs")) {
            let name = text(item, "cronName").or_else(|| text(item, "name"));
            let schedule = text(item, "cronSchedule").or_else(|| text(item, "schedule"));
            let (Some(name), Some(schedule)) = (name, schedule) else {
                self.notes.push("a job without name or schedule was left out".to_owned());
                continue;
            };
            if !seen.insert(name.to_owned()) {
                continue;
            }
            let Some(code) = text(item, "handlerCode") else {
                self.notes
                    .push(format!("the job `{name}` has no code in the package, and was left out"));
                continue;
            };
            let code = match text(item, "handlerForm") {
                Some("function") => code.to_owned(),
                _ => format!(
                    "async function (params, {{ db, secrets, fetch, store }}) {{\n\
                     const storeId = store.id;\n{code}\n}}"
                ),
            };
            let Some(file) = self.handler("cron", name, &code)? else { continue };
            if code.contains("emailService") || code.contains("apiBaseUrl") {
                self.notes.push(format!(
                    "`{file}` uses `emailService` or `apiBaseUrl`, which our shops do not have"
                ));
            }
            let mut job = Map::new();
            put(&mut job, "name", name);
            put(&mut job, "schedule", schedule);
            put(&mut job, "handler", file);
            put(&mut job, "timezone", text(item, "timezone"));
            put(&mut job, "description", text(item, "description"));
            let params = item.get("handlerParams").or_else(|| item.get("params"));
            put(&mut job, "params", params.filter(|p| p.is_object()).cloned().unwrap_or_default());
            jobs.push(Value::Object(job));
        }
        put(&mut self.manifest, "cron", jobs);
        Ok(())
    }
}

/// Whether our shops can route it.
fn is_route(method: &str, path: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || "-_.~:/".contains(c);
    ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method)
        && path.len() <= 500
        && path.chars().all(fine)
        && !path.contains("//")
        && !path.contains("..")
}
