//! What has no code of a handler: components, entities, migrations, documents, data.

use serde_json::{Map, Value, json};

use super::Tree;
use crate::bridge::EXTRAS;
use crate::bridge::code::component;
use crate::bridge::fields::{file_name, list, number, put, text};

impl Tree {
    pub(super) fn components(&mut self, package: &Value) {
        let mut widgets = Vec::new();
        for item in list(package, "widgets") {
            let (Some(id), Some(code)) = (text(item, "widgetId"), text(item, "componentCode"))
            else {
                self.notes.push("a widget without id or code was left out".to_owned());
                continue;
            };
            let plain = without_suffix(id);
            if plain != id {
                self.notes.push(format!(
                    "the widget `{id}` is `{plain}` again: an export of a host adds eight characters"
                ));
            }
            let file = self.component("widgets", plain, code);
            let mut widget = Map::new();
            put(&mut widget, "id", plain);
            put(&mut widget, "name", text(item, "widgetName").unwrap_or(plain));
            put(&mut widget, "file", file);
            for key in ["description", "category", "icon"] {
                put(&mut widget, key, text(item, key));
            }
            put(
                &mut widget,
                "defaultConfig",
                item["defaultConfig"].as_object().cloned().unwrap_or_default(),
            );
            widgets.push(Value::Object(widget));
        }
        put(&mut self.manifest, "widgets", widgets);
        let mut pages = Vec::new();
        let mut categories = Map::new();
        for item in list(package, "adminPages") {
            let (Some(key), Some(code)) = (text(item, "pageKey"), text(item, "componentCode"))
            else {
                self.notes.push("an admin page without key or code was left out".to_owned());
                continue;
            };
            let file = self.component("admin", key, code);
            let mut page = Map::new();
            put(&mut page, "key", key);
            put(&mut page, "name", text(item, "pageName").unwrap_or(key));
            put(&mut page, "file", file);
            for part in ["route", "description", "icon"] {
                put(&mut page, part, text(item, part));
            }
            let order =
                number(item, "orderPosition").filter(|order| (0..=1_000_000).contains(order));
            put(&mut page, "order", order);
            put(&mut categories, key, text(item, "category"));
            pages.push(Value::Object(page));
        }
        put(&mut self.manifest, "adminPages", pages);
        put(&mut self.extras, "pageCategories", categories);
    }

    pub(super) fn component(&mut self, folder: &str, name: &str, code: &str) -> String {
        let file = file_name(name, &mut self.taken);
        let path = format!("{folder}/{file}.jsx");
        match component(&path, code) {
            Ok(component) => {
                for fault in component.faults {
                    self.notes.push(format!("`{path}`: {fault}"));
                }
            }
            Err(error) => self.notes.push(format!("`{path}` does not parse: {error}")),
        }
        self.file(&path, code);
        path
    }

    pub(super) fn entities(&mut self, package: &Value) {
        let mut entities = Vec::new();
        for item in list(package, "entities") {
            let Some(name) = text(item, "name") else {
                self.notes.push("an entity without a name was left out".to_owned());
                continue;
            };
            let table = text(item, "tableName")
                .map_or_else(|| name.to_lowercase().replace(' ', "_"), str::to_owned);
            let file = format!("entities/{}.json", file_name(name, &mut self.taken));
            let mut content = Map::new();
            put(&mut content, "schema", item["schemaDefinition"].clone());
            put(&mut content, "code", text(item, "code"));
            let content = format!("{:#}\n", Value::Object(content));
            self.file(&file, content);
            let mut entity = Map::new();
            put(&mut entity, "name", name);
            put(&mut entity, "table", table);
            put(&mut entity, "description", text(item, "description"));
            put(&mut entity, "file", file);
            entities.push(Value::Object(entity));
        }
        put(&mut self.manifest, "entities", entities);
    }

    pub(super) fn migrations(&mut self, package: &Value) {
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
        let mut count = 0;
        for item in list(package, "migrations") {
            let (Some(name), Some(code)) = (text(item, "name"), text(item, "code")) else {
                self.notes.push("a migration without name or code was left out".to_owned());
                continue;
            };
            count += 1;
            let name = name.strip_suffix(".sql").unwrap_or(name);
            let version = text(item, "migrationVersion").unwrap_or_default();
            let stem = match (digits(name), digits(version.trim_start_matches('v'))) {
                (own, _) if !own.is_empty() => name.to_owned(),
                (_, version) if !version.is_empty() => format!("{version}_{name}"),
                _ => format!("{count:04}_{name}"),
            };
            let stem = file_name(&stem, &mut self.taken);
            self.file(&format!("migrations/{stem}.sql"), code);
            match text(item, "downCode") {
                Some(down) => self.file(&format!("migrations/{stem}.down.sql"), down),
                None => self.notes.push(format!(
                    "`migrations/{stem}.sql` has no down script: a host's package cannot hold one"
                )),
            }
        }
    }

    pub(super) fn documents(&mut self, package: &Value) {
        let mut kept = Vec::new();
        for item in list(package, "pluginDocs") {
            let Some(content) = text(item, "content") else { continue };
            let category = text(item, "category").unwrap_or("readme");
            let usual = match category {
                "readme" => "README.md",
                "changelog" => "CHANGELOG.md",
                "license" => "LICENSE",
                "contributing" => "CONTRIBUTING.md",
                _ => "",
            };
            let title = text(item, "title").unwrap_or(category);
            let path = match usual {
                "" => format!("docs/{}.md", file_name(title, &mut self.taken)),
                usual if self.files.contains(usual) => {
                    format!("docs/{}.md", file_name(title, &mut self.taken))
                }
                usual => usual.to_owned(),
            };
            self.file(&path, content);
            let mut entry = Map::new();
            put(&mut entry, "file", path);
            put(&mut entry, "title", text(item, "title"));
            put(&mut entry, "category", category);
            put(&mut entry, "order", number(item, "orderPosition"));
            kept.push(Value::Object(entry));
        }
        put(&mut self.extras, "docs", kept);
    }

    /// What only a host can use is kept for the way back.
    pub(super) fn rest(&mut self, package: &Value) {
        let mut data = Vec::new();
        for item in list(package, "pluginData") {
            let key = text(item, "dataKey").or_else(|| text(item, "key"));
            let value = item.get("dataValue").or_else(|| item.get("value"));
            if let Some(key) = key {
                data.push(json!({ "key": key, "value": value }));
            }
        }
        if !data.is_empty() {
            self.notes.push(format!(
                "{} values of `pluginData` are in `{EXTRAS}`: our shops start with an empty store",
                data.len()
            ));
        }
        put(&mut self.extras, "pluginData", data);
        for (part, name_key, code_key, folder) in [
            ("files", "name", "content", "dainostore/files"),
            ("adminScripts", "scriptName", "scriptCode", "dainostore/admin-scripts"),
        ] {
            let mut kept = Vec::new();
            for item in list(package, part) {
                let (Some(name), Some(code)) = (text(item, name_key), text(item, code_key)) else {
                    continue;
                };
                let path = format!("{folder}/{}", file_name(name, &mut self.taken));
                self.file(&path, code);
                let mut entry = item.as_object().cloned().unwrap_or_default();
                entry.remove(code_key);
                entry.insert("file".to_owned(), json!(path));
                kept.push(Value::Object(entry));
            }
            if !kept.is_empty() {
                self.notes.push(format!("`{part}` are in `{folder}`: nothing ever loads them"));
            }
            put(&mut self.extras, part, kept);
        }
        if list(package, "pluginDependencies").next().is_some() {
            self.notes.push("`pluginDependencies` were left out: no host runs them".to_owned());
        }
    }
}

/// A widget's id without the eight characters that a host added.
fn without_suffix(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((plain, suffix))
            if suffix.len() == 8
                && suffix.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
                && !plain.is_empty() =>
        {
            plain
        }
        _ => id,
    }
}
