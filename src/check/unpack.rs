//! Looks into packages of the host's own form with every rule about code.
//!
//! A package is laid out as the plugin that it is: each handler is a file of its own, its SQL are
//! migrations, a manifest says which routes and hooks lead where. That plugin is checked as any
//! other, and what is found is told at its place in the package.

use serde_json::{Value, json};

use super::host_package::{HostPackage, Unit, UnitKind, component};
use super::json_places::written_at;
use super::lines::Lines;
use super::plugin::MAX_PER_RULE;
use super::report::Report;
use super::run::{Options, look};
use crate::model::finding::Category;
use crate::model::permission::DatabaseGrant;
use crate::model::{FileSet, Finding, PluginSlug, Span, TreePath};
use crate::project;

/// Most packages of a tree that are looked into.
const MAX_PACKAGES: usize = 32;
/// Rounds in which lines that no manifest takes are left out of ours.
const ROUNDS: usize = 4;

/// What is found in the packages of a tree.
pub(super) fn look_into(packages: &[HostPackage<'_>], options: &Options, report: &mut Report) {
    let options = Options {
        baseline: None,
        changed: None,
        advisories: None,
        foreign: Vec::new(),
        ..options.clone()
    };
    for package in packages.iter().take(MAX_PACKAGES) {
        let unpacked = Unpacked::of(package);
        let inner = look(&unpacked.files, &options);
        report.is_partial |= inner.is_partial;
        for mut taken in inner.taken {
            if unpacked.tell(&mut taken.finding) {
                report.taken.push(taken);
            }
        }
        for mut finding in inner.issues {
            let count = report.issues.iter().filter(|f| f.rule == finding.rule).count();
            if count < MAX_PER_RULE && unpacked.tell(&mut finding) {
                report.issues.push(finding);
            }
        }
    }
    report.suppressed = report.taken.len();
}

/// A package, laid out as a plugin.
struct Unpacked<'p> {
    package: &'p HostPackage<'p>,
    lines: Lines,
    files: FileSet,
    origins: Vec<Origin>,
    /// Pointers of the lines of the manifest.
    pointers: Vec<String>,
}

/// Where a file comes from.
struct Origin {
    path: TreePath,
    lines: Lines,
    /// The value in the package.
    pointer: String,
    /// Bytes that stand in the file before what the value says; nothing when the file only tells
    /// of the value.
    before: Option<usize>,
    /// What it is, in words.
    what: String,
    is_browser: bool,
}

/// A line of the manifest that is made.
struct Entry {
    list: &'static str,
    text: String,
    pointer: String,
}

impl<'p> Unpacked<'p> {
    fn of(package: &'p HostPackage<'p>) -> Self {
        let mut made = Self {
            package,
            lines: Lines::of(package.text),
            files: FileSet::new(),
            origins: Vec::new(),
            pointers: Vec::new(),
        };
        let mut entries = made.identity();
        for (index, unit) in package.units().into_iter().enumerate() {
            made.unit(index, &unit, &mut entries);
        }
        made.jobs();
        made.migrations();
        made.data();
        made.entities(&mut entries);
        made.manifest(entries);
        made
    }

    fn add(&mut self, path: String, text: String, origin: (String, Option<usize>, String, bool)) {
        let Ok(path) = TreePath::new(&path) else { return };
        let (pointer, before, what, is_browser) = origin;
        let lines = Lines::of(&text);
        self.files.insert(path.clone(), text.into_bytes());
        self.origins.push(Origin { path, lines, pointer, before, what, is_browser });
    }

    fn unit(&mut self, index: usize, unit: &Unit<'_>, entries: &mut Vec<Entry>) {
        let (folder, ending, word) = match unit.kind {
            UnitKind::Controller => ("controllers", "js", "controller"),
            UnitKind::Event => ("events", "js", "listener"),
            UnitKind::Hook => ("hooks", "js", "filter"),
            UnitKind::Widget => ("widgets", "jsx", "widget"),
            UnitKind::AdminPage => ("admin", "jsx", "page"),
        };
        let path = format!("{folder}/{index}-{}.{ending}", plain(unit.name));
        let (before, after) = around(unit);
        let text = format!("{before}{}{after}", unit.code);
        let what = format!("{word} `{}`", unit.name);
        let is_browser = !unit.is_server();
        let row = unit.pointer.rsplit_once('/').map_or("", |(row, _)| row).to_owned();
        let get = |key: &str| self.package.json.pointer(&format!("{row}/{key}")).cloned();
        let entry = match unit.kind {
            UnitKind::Controller => {
                let method = get("method").and_then(|m| m.as_str().map(str::to_ascii_uppercase));
                let route = get("path").and_then(|p| p.as_str().map(str::to_owned));
                let route = route.unwrap_or_default();
                let route = format!("/{}", route.trim_start_matches('/'));
                let route = json!({
                    "method": method.unwrap_or_else(|| "GET".to_owned()),
                    "path": route,
                    "handler": path,
                    "requiresAuth": false,
                });
                Some(("routes", route.to_string()))
            }
            UnitKind::Event | UnitKind::Hook => {
                Some(("hooks", format!("{}: {}", json!(unit.name), json!(path))))
            }
            UnitKind::Widget => {
                let widget = json!({ "id": unit.name, "name": unit.name, "file": path });
                Some(("widgets", widget.to_string()))
            }
            UnitKind::AdminPage => None,
        };
        if let Some((list, text)) = entry {
            entries.push(Entry { list, text, pointer: row });
        }
        let origin = (unit.pointer.clone(), Some(before.len()), what, is_browser);
        self.add(path, text, origin);
    }

    /// Jobs are bodies of functions; `fetch` and `console` are the platform's there, too.
    fn jobs(&mut self) {
        const HEAD: &str = "export default async function (db, storeId, params, secrets, apiBaseUrl, emailService) {\n";
        for list in ["cronJobs", "cron"] {
            let mut found = Vec::new();
            for (index, (pointer, row)) in self.package.rows(list).enumerate() {
                for key in ["handlerCode", "handler_code"] {
                    let Some(code) = row.get(key).and_then(Value::as_str) else { continue };
                    let name = ["cronName", "cron_name", "name"].iter().find_map(|k| row.get(*k));
                    let name = name.and_then(Value::as_str).unwrap_or("job");
                    let path = format!("cron/{list}-{index}-{}.js", plain(name));
                    let text = format!("{HEAD}{code}\n}}\n");
                    let what = format!("job `{name}`");
                    found.push((path, text, format!("{pointer}/{key}"), what));
                }
            }
            for (path, text, pointer, what) in found {
                self.add(path, text, (pointer, Some(HEAD.len()), what, false));
            }
        }
    }

    fn migrations(&mut self) {
        let mut found = Vec::new();
        for (index, (pointer, row)) in self.package.rows("migrations").enumerate() {
            let text = |key: &str| row.get(key).and_then(Value::as_str);
            let Some(code) = text("code") else { continue };
            let name = text("name").unwrap_or("migration");
            let path = format!("migrations/{:04}_{}.sql", index + 1, plain(name).replace('-', "_"));
            let what = format!("migration `{name}`");
            let down = ["downCode", "down", "downSql", "down_sql"].iter().find_map(|key| {
                Some((format!("{pointer}/{key}"), text(key).filter(|t| !t.trim().is_empty())?))
            });
            if let Some((pointer, down)) = down {
                let path = path.replace(".sql", ".down.sql");
                found.push((path, down.to_owned(), pointer, what.clone()));
            }
            found.push((path, code.to_owned(), format!("{pointer}/code"), what));
        }
        for (path, text, pointer, what) in found {
            self.add(path, text, (pointer, Some(0), what, false));
        }
    }

    /// Stored values and settings, for what should not stand in them.
    fn data(&mut self) {
        let mut found = Vec::new();
        for (list, keys) in [
            ("pluginData", &["dataValue", "value"][..]),
            ("widgets", &["defaultConfig"]),
            ("cronJobs", &["params"]),
        ] {
            for (index, (pointer, row)) in self.package.rows(list).enumerate() {
                let name = ["dataKey", "key", "widgetId", "cronName"];
                let name = name.iter().find_map(|k| row.get(*k)).and_then(Value::as_str);
                for key in keys {
                    let Some(value) = row.get(*key) else { continue };
                    let text = json!({ name.unwrap_or("value"): value });
                    let text = format!("export default {text};\n");
                    let path = format!("data/{list}-{index}-{}.js", plain(key));
                    let what = format!("`{}`", name.unwrap_or("value"));
                    found.push((path, text, format!("{pointer}/{key}"), what));
                }
            }
        }
        for (path, text, pointer, what) in found {
            self.add(path, text, (pointer, None, what, false));
        }
    }

    fn entities(&self, entries: &mut Vec<Entry>) {
        for (pointer, row) in self.package.rows("entities") {
            let text = |key: &str| row.get(key).and_then(Value::as_str);
            let Some(name) = text("name") else { continue };
            let table = text("tableName").map(str::to_owned);
            let table = table.unwrap_or_else(|| name.to_lowercase().replace(' ', "_"));
            let text = json!({ "name": name, "table": table }).to_string();
            entries.push(Entry { list: "entities", text, pointer });
        }
    }

    /// What the package says of itself and of its rights.
    fn identity(&self) -> Vec<Entry> {
        let slug = PluginSlug::new(self.package.slug()).ok();
        let slug = slug.or_else(|| PluginSlug::suggest(self.package.slug()));
        let slug = slug.map_or_else(|| "plugin".to_owned(), |s| s.to_string());
        let mut entries: Vec<Entry> = [
            ("name", slug.as_str()),
            ("slug", slug.as_str()),
            ("version", "1.0.0"),
            ("type", "custom"),
            ("description", "A package."),
            ("license", "MIT"),
        ]
        .iter()
        .map(|(key, value)| Entry {
            list: "",
            text: format!("{}: {}", json!(key), json!(value)),
            pointer: format!("/plugin/{key}"),
        })
        .collect();
        let mut add = |list, value: &str, pointer: String| {
            entries.push(Entry { list, text: json!(value).to_string(), pointer });
        };
        for form in ["/plugin/permissions", "/plugin/manifest/permissions"] {
            match self.package.json.pointer(form) {
                Some(Value::Array(list)) => {
                    for (index, value) in list.iter().enumerate() {
                        let Some(grant) = value.as_str().and_then(grant) else { continue };
                        add("database", &grant, format!("{form}/{index}"));
                    }
                }
                Some(Value::Object(object)) => {
                    for list in ["database", "api", "filesystem"] {
                        let values = object.get(list).and_then(Value::as_array);
                        for (index, value) in values.into_iter().flatten().enumerate() {
                            let Some(value) = value.as_str() else { continue };
                            add(list, value, format!("{form}/{list}/{index}"));
                        }
                    }
                }
                _ => {}
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        entries.retain(|e| seen.insert((e.list, e.text.clone())));
        entries
    }

    /// Writes the manifest, a line for each entry, without the lines that no manifest takes.
    fn manifest(&mut self, mut entries: Vec<Entry>) {
        for _ in 0..ROUNDS {
            let (text, owners) = render(&entries);
            self.pointers = owners
                .iter()
                .map(|o| o.map_or(String::new(), |i| entries[i].pointer.clone()))
                .collect();
            let bad: Vec<usize> = match project::parse_manifest(&text) {
                Ok(_) => Vec::new(),
                Err(error) => error
                    .issues
                    .iter()
                    .filter_map(|i| owners.get(i.span.line as usize - 1).copied().flatten())
                    .collect(),
            };
            let path = TreePath::new(project::MANIFEST).expect("it is a plain file name");
            self.files.insert(path, text.into_bytes());
            if bad.is_empty() {
                return;
            }
            let mut index = 0;
            entries.retain(|e| {
                index += 1;
                e.list.is_empty() || !bad.contains(&(index - 1))
            });
        }
    }

    /// Moves a finding to its place in the package; false when it says nothing about a package.
    fn tell(&self, finding: &mut Finding) -> bool {
        let Some((span, what, is_browser)) = self.place(&finding.file, finding.span) else {
            return false;
        };
        if !fits(finding, is_browser) {
            return false;
        }
        if !what.is_empty() {
            finding.message = format!("{} ({what})", finding.message);
        }
        for step in &mut finding.steps {
            if let Some((span, what, _)) = self.place(&step.file, step.span) {
                step.file = self.package.path.clone();
                step.span = span;
                step.message = format!("{} ({what})", step.message);
            }
        }
        finding.file = self.package.path.clone();
        finding.span = span;
        // It would be made in a file that is not there.
        finding.fix = None;
        true
    }

    /// Where a place of a file stands in the package, and what it is part of.
    fn place(&self, file: &TreePath, span: Span) -> Option<(Span, String, bool)> {
        if file.as_str() == project::MANIFEST {
            let pointer = self.pointers.get(span.line as usize - 1)?;
            if pointer.is_empty() {
                return None;
            }
            return Some((self.package.span(pointer), String::new(), false));
        }
        let origin = self.origins.iter().find(|o| o.path == *file)?;
        let (start, end) = self.package.range(&origin.pointer)?;
        let Some(before) = origin.before else {
            let span = self.lines.span(self.package.text, at(start, end));
            return Some((span, origin.what.clone(), origin.is_browser));
        };
        let text = std::str::from_utf8(self.files.get(file.as_str())?).ok()?;
        let quoted = self.package.text.get(start..end)?;
        let written = |line: u32, column: u32| {
            let said = origin.lines.offset(text, line, column);
            start + written_at(quoted, said.saturating_sub(before))
        };
        let from = written(span.line, span.column).min(end);
        let to = written(span.end_line, span.end_column).clamp(from, end);
        let first = origin.lines.line(before as u32);
        let line = span.line.saturating_sub(first) + 1;
        let what = format!("{}, line {line}", origin.what);
        Some((self.lines.span(self.package.text, at(from, to)), what, origin.is_browser))
    }
}

fn at(start: usize, end: usize) -> super::ir::Place {
    super::ir::Place { start: start as u32, end: end as u32 }
}

/// What stands around a handler so that it is a file.
fn around(unit: &Unit<'_>) -> (&'static str, String) {
    if matches!(unit.kind, UnitKind::Widget | UnitKind::AdminPage) {
        let is_exported = unit.code.contains("export default");
        let name = component(unit.code).filter(|_| !is_exported);
        return ("", name.map_or_else(String::new, |n| format!("\nexport default {n};\n")));
    }
    if unit.function().is_some() && !unit.code.trim_start().starts_with("export ") {
        return ("export default (", "\n);\n".to_owned());
    }
    let start = unit.code.trim_start();
    let is_function = ["async ", "async(", "function", "("].iter().any(|p| start.starts_with(p));
    (if is_function { "export default " } else { "" }, "\n".to_owned())
}

/// A permission as a manifest writes it: `read:orders` is turned round.
fn grant(written: &str) -> Option<String> {
    let turned = match written.split_once(':') {
        Some((verb @ ("read" | "write" | "delete"), resource)) => format!("{resource}:{verb}"),
        _ => written.to_owned(),
    };
    turned.parse::<DatabaseGrant>().ok().map(|g| g.to_string())
}

/// A name that can stand in a path.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = name.chars().take(40).map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

/// The manifest of some entries, and which entry each line is.
fn render(entries: &[Entry]) -> (String, Vec<Option<usize>>) {
    const LISTS: [(&str, &str, &str); 7] = [
        ("database", "\"permissions\": {\n\"admin\": true,\n\"database\": [", "],"),
        ("api", "\"api\": [", "],"),
        ("filesystem", "\"filesystem\": [", "]\n},"),
        ("routes", "\"routes\": [", "],"),
        ("widgets", "\"widgets\": [", "],"),
        ("entities", "\"entities\": [", "],"),
        ("hooks", "\"hooks\": {", "}"),
    ];
    let mut text = "{\n".to_owned();
    let mut owners = vec![None];
    let put = |text: &mut String, owners: &mut Vec<Option<usize>>, line: &str, owner| {
        text.push_str(line);
        text.push('\n');
        owners.extend(std::iter::repeat_n(owner, line.matches('\n').count() + 1));
    };
    for (index, entry) in entries.iter().enumerate().filter(|(_, e)| e.list.is_empty()) {
        put(&mut text, &mut owners, &format!("{},", entry.text), Some(index));
    }
    for (list, open, close) in &LISTS {
        put(&mut text, &mut owners, open, None);
        let own: Vec<(usize, &Entry)> =
            entries.iter().enumerate().filter(|(_, e)| e.list == *list).collect();
        for (nth, (index, entry)) in own.iter().enumerate() {
            let comma = if nth + 1 < own.len() { "," } else { "" };
            put(&mut text, &mut owners, &format!("{}{comma}", entry.text), Some(*index));
        }
        put(&mut text, &mut owners, close, None);
    }
    text.push_str("}\n");
    owners.push(None);
    (text, owners)
}

/// Whether a rule speaks of packages, too: not what rules about packages say better, and nothing
/// about files that a package does not have.
fn fits(finding: &Finding, is_browser: bool) -> bool {
    match finding.category {
        // The console of a browser is its owner's.
        Category::Security => !(is_browser && finding.rule == "log-injection"),
        // Calls of the own routes are all that listeners and widgets do.
        Category::Performance => !(is_browser && finding.rule == "fetch-without-timeout"),
        Category::Quality => !matches!(finding.rule.as_str(), "syntax-error" | "no-tests"),
        Category::Compatibility => {
            matches!(
                finding.rule.as_str(),
                "unknown-column"
                    | "unknown-table"
                    | "conflict-without-index"
                    | "refused-rpc"
                    | "unknown-builder-method"
                    | "insert-without-select"
                    | "query-replacements"
                    | "sequelize-result-shape"
                    | "storage-event"
                    | "float-money-column"
                    | "no-primary-key"
                    | "timestamp-without-zone"
                    | "unprefixed-table"
                    | "undefined-name"
            ) || finding.rule.starts_with("migration-")
        }
        // A plugin's own rows there need no permission in a host.
        Category::Manifest if finding.message.contains("`plugin_data`") => false,
        Category::Manifest => matches!(
            finding.rule.as_str(),
            "undeclared-table"
                | "undeclared-host"
                | "unused-permission"
                | "unproved-permission"
                | "forbidden-table"
                | "wide-host"
                | "unprefixed-widget"
        ),
        Category::Packaging => false,
    }
}
