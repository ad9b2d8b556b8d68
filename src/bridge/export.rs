//! An authoring tree becomes the package that a host's importer really accepts, and the calls that
//! have to follow the import.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::bundle::{self, Called};
use super::code::{component, context_names, only_function};
use super::fields::{list, number, put, text};
use super::shape;
use super::{BridgeError, EXTRAS, OURS};
use crate::model::host_hooks;
use crate::model::host_names::{IN_PAGES, IN_WIDGETS};
use crate::model::permission::Access;
use crate::model::{PluginSlug, TreePath};
use crate::project::Project;

/// Most bytes of a tree that a package holds besides its parts.
const MAX_TREE: u64 = 3 * 1024 * 1024;

/// A package, and what else has to be done.
#[derive(Debug, Clone)]
pub(crate) struct Exported {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// The body of `POST /api/plugins/import`.
    pub package: Value,
    /// The calls that follow, in order; `:id` stands for the id of the import's answer.
    pub calls: Vec<Call>,
    /// What works in our shops and not in a host, one line each.
    pub notes: Vec<String>,
}

/// One call to a host.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Call {
    /// What it is for.
    pub step: String,
    /// HTTP method.
    pub method: &'static str,
    /// Path, with `:id`.
    pub path: String,
    /// Body.
    pub body: Value,
}

/// Makes the package.
pub(crate) fn export(project: &Project) -> Result<Exported, BridgeError> {
    let extras = match project.files.text(EXTRAS) {
        Some(text) => serde_json::from_str(text)
            .map_err(|error| BridgeError::Package(format!("`{EXTRAS}` is no JSON: {error}")))?,
        None => json!({}),
    };
    let mut writer = Writer { project, extras, notes: Vec::new(), calls: Vec::new() };
    let package = writer.package()?;
    shape::check(&package)?;
    Ok(Exported {
        slug: project.manifest.slug.clone(),
        version: project.manifest.version.clone(),
        package,
        calls: writer.calls,
        notes: writer.notes,
    })
}

struct Writer<'p> {
    project: &'p Project,
    extras: Value,
    notes: Vec<String>,
    calls: Vec<Call>,
}

impl Writer<'_> {
    fn package(&mut self) -> Result<Value, BridgeError> {
        let mut package = Map::new();
        package.insert("packageVersion".to_owned(), json!("1.0.0"));
        package.insert("plugin".to_owned(), self.plugin());
        self.call(
            "switch it off meanwhile",
            "PATCH",
            "/api/plugins/registry/:id/status",
            json!({ "status": "inactive" }),
        );
        put(&mut package, "controllers", self.controllers()?);
        let (events, hooks) = self.listeners()?;
        put(&mut package, "events", events);
        put(&mut package, "hooks", hooks);
        put(&mut package, "widgets", self.widgets()?);
        put(&mut package, "entities", self.entities());
        put(&mut package, "migrations", self.migrations());
        put(&mut package, "adminPages", self.pages()?);
        put(&mut package, "pluginDocs", self.documents());
        let data = list(&self.extras, "pluginData")
            .map(|item| json!({ "dataKey": item["key"], "dataValue": item["value"] }));
        put(&mut package, "pluginData", data.collect::<Vec<_>>());
        for (part, key) in [("files", "content"), ("adminScripts", "scriptCode")] {
            put(&mut package, part, self.kept(part, key));
        }
        put(&mut package, "cron", self.cron()?);
        let manifest: Value = serde_json::to_value(&self.project.manifest).unwrap_or_default();
        let mut ours = Map::new();
        ours.insert("manifest".to_owned(), manifest);
        match self.texts() {
            Some(texts) => drop(ours.insert("files".to_owned(), Value::Object(texts))),
            None => self.notes.push(
                "the package does not hold the tree itself: it is too large, or not all text"
                    .to_owned(),
            ),
        }
        package.insert(OURS.to_owned(), Value::Object(ours));
        self.call(
            "switch it on",
            "PATCH",
            "/api/plugins/registry/:id/status",
            json!({ "status": "active" }),
        );
        Ok(Value::Object(package))
    }

    /// The tree itself, so that the way back loses nothing; a host ignores it.
    fn texts(&self) -> Option<Map<String, Value>> {
        let files = &self.project.files;
        if files.total_bytes() > MAX_TREE {
            return None;
        }
        let text = |path: &TreePath, bytes: &[u8]| {
            Some((path.to_string(), json!(std::str::from_utf8(bytes).ok()?)))
        };
        files.iter().map(|(path, bytes)| text(path, bytes)).collect()
    }

    fn call(&mut self, step: &str, method: &'static str, path: &str, body: Value) {
        self.calls.push(Call { step: step.to_owned(), method, path: path.to_owned(), body });
    }

    fn plugin(&mut self) -> Value {
        let manifest = &self.project.manifest;
        let permissions: Vec<String> = manifest
            .permissions
            .database
            .iter()
            .map(|grant| match grant.access() {
                Access::Read => format!("{}:read", grant.resource()),
                _ => grant.to_string(),
            })
            .collect();
        let mut about = Map::new();
        put(&mut about, "name", manifest.name.as_str());
        put(&mut about, "version", manifest.version.to_string());
        put(&mut about, "description", manifest.description.clone());
        put(&mut about, "author", manifest.author.clone());
        put(&mut about, "category", manifest.category.clone());
        put(&mut about, "tags", json!(manifest.keywords));
        put(&mut about, "permissions", json!(permissions));
        let mut plugin = about.clone();
        put(&mut about, "homepage", manifest.homepage.clone());
        put(&mut about, "repository", manifest.repository.clone());
        let navigation = serde_json::to_value(&manifest.admin_navigation).unwrap_or_default();
        put(&mut about, "adminNavigation", navigation);
        put(&mut plugin, "slug", manifest.slug.as_str());
        put(&mut plugin, "type", text(&self.extras, "type").unwrap_or("custom"));
        put(&mut plugin, "framework", text(&self.extras, "framework").unwrap_or("react"));
        put(&mut plugin, "dependencies", self.extras["dependencies"].clone());
        plugin.insert("manifest".to_owned(), Value::Object(about));
        if !manifest.permissions.api.is_empty() {
            self.notes.push("the host does not hold a plugin to `permissions.api`".to_owned());
        }
        Value::Object(plugin)
    }

    /// The handler as one function expression: as its author wrote it when it is only that, else
    /// bundled.
    fn function(
        &mut self,
        handler: &str,
        arguments: &str,
        is_async: bool,
    ) -> Result<String, BridgeError> {
        let files = &self.project.files;
        let file = handler.strip_prefix("./").unwrap_or(handler);
        if let Some(code) = files.text(file) {
            if !file.ends_with(".ts")
                && let Some(function) = only_function(file, code)?
            {
                return Ok(function);
            }
            let path = TreePath::new(file).map_err(|error| BridgeError::Handler {
                handler: file.to_owned(),
                why: error.to_string(),
            })?;
            return bundle::function(files, &path, &Called::Default, arguments, is_async);
        }
        let called = Called::Method(handler);
        bundle::function(files, &self.project.entry, &called, arguments, is_async)
    }

    fn controllers(&mut self) -> Result<Vec<Value>, BridgeError> {
        let mut controllers = Vec::new();
        for route in &self.project.manifest.routes {
            let code = self.function(&route.handler, "req, res, ctx", true)?;
            for name in context_names(&route.handler, &code)? {
                if name != "supabase" {
                    self.notes.push(format!(
                        "`{}` takes `{name}` from its third argument; a host gives only `supabase`",
                        route.handler
                    ));
                }
            }
            let name = route.name.clone().unwrap_or_else(|| route.handler.clone());
            let mut controller = Map::new();
            put(&mut controller, "name", name.as_str());
            put(&mut controller, "method", route.method.as_str());
            put(&mut controller, "path", route.path.as_str());
            put(&mut controller, "code", code.as_str());
            put(&mut controller, "description", route.description.clone());
            // The host's import drops it; the way back does not.
            controller.insert("requiresAuth".to_owned(), json!(route.requires_auth));
            controllers.push(Value::Object(controller));
            if route.requires_auth {
                let path = format!("/api/plugins/:id/controllers/{}", escaped(&name));
                let body = json!({ "controller_name": name, "method": route.method,
                    "path": route.path, "handler_code": code, "requires_auth": true,
                    "description": route.description });
                self.call(&format!("mark `{name}` as for signed-in callers"), "PUT", &path, body);
            }
        }
        if controllers.iter().any(|controller| controller["requiresAuth"] == true) {
            self.notes.push("the host keeps `requiresAuth` and does not enforce it".to_owned());
        }
        Ok(controllers)
    }

    /// Events and hooks: those that were imported one by one, the others by their names.
    fn listeners(&mut self) -> Result<(Vec<Value>, Vec<Value>), BridgeError> {
        let (mut events, mut hooks) = (Vec::new(), Vec::new());
        let mut known = std::collections::BTreeSet::new();
        for part in ["events", "hooks"] {
            let entries: Vec<Value> = list(&self.extras, part).cloned().collect();
            for entry in entries {
                let (Some(name), Some(file)) = (text(&entry, "name"), text(&entry, "file")) else {
                    continue;
                };
                if !self.project.files.contains(file)
                    || !self.project.manifest.hooks.keys().any(|hook| hook.as_str() == name)
                {
                    continue;
                }
                known.insert(name.to_owned());
                let kind = text(&entry, "type").unwrap_or("filter").to_owned();
                let target = if part == "events" { &mut events } else { &mut hooks };
                let item = self.listener(part, name, file, &kind, &entry)?;
                target.push(item);
            }
        }
        for (name, handler) in &self.project.manifest.hooks {
            let name = name.as_str();
            if known.contains(name) {
                continue;
            }
            match shape::hook_type(name) {
                Some(kind) => {
                    hooks.push(self.listener("hooks", name, handler, kind, &Value::Null)?);
                }
                None => events.push(self.listener("events", name, handler, "", &Value::Null)?),
            }
        }
        Ok((events, hooks))
    }

    fn listener(
        &mut self,
        part: &str,
        name: &str,
        handler: &str,
        kind: &str,
        entry: &Value,
    ) -> Result<Value, BridgeError> {
        if !host_hooks::fires(name) {
            self.notes.push(format!("`{name}` never fires in a host today"));
        }
        let is_filter = part == "hooks" && kind == "filter";
        let arguments = if is_filter { "value, context" } else { "payload" };
        let code = self.function(handler, arguments, !is_filter)?;
        if is_filter && code.trim_start().starts_with("async") {
            self.notes.push(format!(
                "`{handler}` is asynchronous; the host takes its promise for the value of `{name}`"
            ));
        }
        let mut item = Map::new();
        if part == "events" {
            put(&mut item, "eventName", name);
            put(&mut item, "fileName", text(entry, "fileName"));
            put(&mut item, "listenerCode", code);
        } else {
            put(&mut item, "hookName", name);
            put(&mut item, "hookType", kind);
            put(&mut item, "handlerCode", code);
        }
        put(&mut item, "priority", number(entry, "priority"));
        Ok(Value::Object(item))
    }

    fn component(&mut self, file: &TreePath, injected: &[&str]) -> Result<String, BridgeError> {
        let missing = || BridgeError::Handler {
            handler: file.to_string(),
            why: "there is no such file".to_owned(),
        };
        let text = self.project.files.text(file.as_str()).ok_or_else(missing)?;
        let component = component(file.as_str(), text)?;
        for name in &component.imported {
            if !injected.contains(&name.as_str()) {
                self.notes.push(format!("`{file}` imports `{name}`, which the host does not have"));
            }
        }
        for fault in component.faults {
            self.notes.push(format!("`{file}`: {fault}"));
        }
        Ok(component.code)
    }

    fn widgets(&mut self) -> Result<Vec<Value>, BridgeError> {
        let mut widgets = Vec::new();
        for widget in &self.project.manifest.widgets {
            let code = self.component(&widget.file, IN_WIDGETS)?;
            let mut item = Map::new();
            put(&mut item, "widgetId", widget.id.as_str());
            put(&mut item, "widgetName", widget.name.as_str());
            put(&mut item, "description", widget.description.clone());
            put(&mut item, "componentCode", code);
            put(&mut item, "defaultConfig", widget.default_config.clone().unwrap_or_default());
            put(&mut item, "category", widget.category.clone());
            put(&mut item, "icon", widget.icon.clone());
            widgets.push(Value::Object(item));
        }
        Ok(widgets)
    }

    fn pages(&mut self) -> Result<Vec<Value>, BridgeError> {
        let mut pages = Vec::new();
        let manifest = &self.project.manifest;
        for page in &manifest.admin_pages {
            let code = self.component(&page.file, IN_PAGES)?;
            let route = page.route.clone();
            let route =
                route.unwrap_or_else(|| format!("/admin/plugins/{}/{}", manifest.slug, page.key));
            let mut item = Map::new();
            put(&mut item, "pageKey", page.key.as_str());
            put(&mut item, "pageName", page.name.as_str());
            put(&mut item, "route", route);
            put(&mut item, "componentCode", code);
            put(&mut item, "description", page.description.clone());
            put(&mut item, "icon", page.icon.clone());
            put(&mut item, "category", text(&self.extras["pageCategories"], &page.key));
            put(&mut item, "orderPosition", page.order);
            pages.push(Value::Object(item));
        }
        let has_entry = manifest.admin_navigation.as_ref().is_some_and(|entry| entry.enabled);
        // With a menu entry of its own the pages would be in the menu twice.
        if !pages.is_empty() && !has_entry {
            let path = "/api/plugins/:id/admin-pages";
            self.call("put its pages into the menu", "POST", path, json!({ "adminPages": pages }));
        }
        Ok(pages)
    }

    fn entities(&self) -> Vec<Value> {
        let entities = self.project.manifest.entities.iter().map(|entity| {
            let file = entity.file.as_ref().and_then(|file| self.project.files.text(file.as_str()));
            let content: Value =
                file.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let mut item = Map::new();
            put(&mut item, "name", entity.name.as_str());
            put(&mut item, "tableName", entity.table.as_str());
            put(&mut item, "description", entity.description.clone());
            put(&mut item, "code", text(&content, "code"));
            put(&mut item, "schemaDefinition", content["schema"].clone());
            Value::Object(item)
        });
        entities.collect()
    }

    fn migrations(&mut self) -> Vec<Value> {
        let mut migrations = Vec::new();
        let name = self.project.manifest.name.as_str();
        for (path, _) in self.project.files.iter().filter(|(path, _)| path.is_below("migrations")) {
            let file = path.file_name();
            let Some(stem) = file.strip_suffix(".sql").filter(|stem| !stem.ends_with(".down"))
            else {
                continue;
            };
            let code = self.project.files.text(path.as_str()).unwrap_or_default();
            let digits: String = stem.chars().take_while(char::is_ascii_digit).collect();
            let mut item = Map::new();
            put(&mut item, "name", stem);
            put(&mut item, "pluginName", name);
            put(&mut item, "migrationVersion", digits.as_str());
            put(&mut item, "code", code);
            let down = self.project.files.text(&format!("migrations/{stem}.down.sql"));
            put(&mut item, "downCode", down);
            migrations.push((digits, stem.to_owned(), Value::Object(item)));
        }
        let order = |digits: &str| digits.parse::<u128>().unwrap_or(u128::MAX);
        migrations.sort_by_key(|migration| order(&migration.0));
        for (digits, stem, _) in &migrations {
            let step = format!("run the migration `{stem}`");
            let body = json!({ "migration_version": digits });
            let path = "/api/plugins/:id/run-migration";
            self.calls.push(Call { step, method: "POST", path: path.to_owned(), body });
        }
        migrations.into_iter().map(|(_, _, item)| item).collect()
    }

    fn documents(&self) -> Vec<Value> {
        let mut documents = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for entry in list(&self.extras, "docs") {
            let Some(file) = text(entry, "file") else { continue };
            let Some(content) = self.project.files.text(file) else { continue };
            seen.insert(file.to_owned());
            let mut item = Map::new();
            put(&mut item, "title", text(entry, "title"));
            put(&mut item, "category", text(entry, "category"));
            put(&mut item, "content", content);
            put(&mut item, "orderPosition", number(entry, "order"));
            documents.push(Value::Object(item));
        }
        for (file, category) in [
            ("README.md", "readme"),
            ("CHANGELOG.md", "changelog"),
            ("LICENSE", "license"),
            ("CONTRIBUTING.md", "contributing"),
        ] {
            if let Some(content) = self.project.files.text(file).filter(|_| !seen.contains(file)) {
                documents.push(json!({ "category": category, "content": content }));
            }
        }
        documents
    }

    /// Parts that were kept in files of their own.
    fn kept(&self, part: &str, code_key: &str) -> Vec<Value> {
        let entries = list(&self.extras, part).filter_map(|entry| {
            let code = self.project.files.text(text(entry, "file")?)?;
            let mut item = entry.as_object()?.clone();
            item.remove("file");
            item.insert(code_key.to_owned(), json!(code));
            Some(Value::Object(item))
        });
        entries.collect()
    }

    /// The host's import ignores `cron`, and a job in `cronJobs` would never run: only the call
    /// makes it.
    fn cron(&mut self) -> Result<Vec<Value>, BridgeError> {
        let mut jobs = Vec::new();
        for job in &self.project.manifest.cron {
            let code = self.function(&job.handler, "params, ctx", true)?;
            let mut item = Map::new();
            put(&mut item, "cronName", job.name.as_str());
            put(&mut item, "cronSchedule", job.schedule.as_str());
            put(&mut item, "handlerMethod", job.name.as_str());
            put(&mut item, "handlerCode", code.as_str());
            put(&mut item, "handlerForm", "function");
            put(&mut item, "timezone", job.timezone.clone());
            put(&mut item, "description", job.description.clone());
            put(&mut item, "params", job.params.clone().unwrap_or_default());
            jobs.push(Value::Object(item));
            let body = format!(
                "return await ({code})(params, {{ db, supabase: db, secrets, fetch, config: {{}}, \
                 store: {{ id: storeId }}, log: console }});"
            );
            let body = json!({ "cron_name": job.name, "cron_schedule": job.schedule,
                "handler_method": job.name, "handler_code": body, "description": job.description,
                "handler_params": job.params.clone().unwrap_or_default(),
                "timezone": job.timezone.as_deref().unwrap_or("UTC"), "is_enabled": true });
            self.call(
                &format!("make the job `{}`", job.name),
                "POST",
                "/api/plugins/:id/cron",
                body,
            );
        }
        Ok(jobs)
    }
}

/// A name as a part of a path.
pub(super) fn escaped(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let part = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    name.bytes().map(part).collect()
}
