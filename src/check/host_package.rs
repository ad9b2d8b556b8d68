//! Packages in the form that DainoStore's own importer takes: one JSON file with all parts in it.
//!
//! A tree may hold such a file, made by another tool or exported from a shop. Its handlers are text;
//! each is read as the host would read it.

use serde_json::Value;

use super::ir::{self, ExprKind, Function, Key, Module, PatternKind, StmtKind};
use crate::model::{FileSet, Span, TreePath};
use crate::project;

/// One package.
#[derive(Debug)]
pub(crate) struct HostPackage<'a> {
    /// Its file.
    pub path: &'a TreePath,
    /// The text of the file.
    pub text: &'a str,
    /// What it says.
    pub json: Value,
}

/// Kinds of handlers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A route of the server.
    Controller,
    /// A listener in the browser.
    Event,
    /// A filter in the browser.
    Hook,
    /// A component of the shop.
    Widget,
    /// A page of the admin.
    AdminPage,
}

/// One handler.
#[derive(Debug)]
pub(crate) struct Unit<'p> {
    /// What it is.
    pub kind: UnitKind,
    /// Its name in the package.
    pub name: &'p str,
    /// Its code.
    pub code: &'p str,
    /// Where the code stands in the package.
    pub pointer: String,
}

const UNITS: [(UnitKind, &str, &str, &str); 5] = [
    (UnitKind::Controller, "controllers", "name", "code"),
    (UnitKind::Event, "events", "eventName", "listenerCode"),
    (UnitKind::Hook, "hooks", "hookName", "handlerCode"),
    (UnitKind::Widget, "widgets", "widgetId", "componentCode"),
    (UnitKind::AdminPage, "adminPages", "pageKey", "componentCode"),
];

/// Every package of a tree.
pub(crate) fn packages(files: &FileSet) -> Vec<HostPackage<'_>> {
    files
        .iter()
        .filter(|(path, _)| path.extension() == "json" && path.as_str() != project::MANIFEST)
        .filter_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            let json: Value = serde_json::from_str(text).ok()?;
            let is_package = json.get("plugin").is_some_and(Value::is_object)
                && (json.get("packageVersion").is_some()
                    || UNITS
                        .iter()
                        .any(|(_, list, ..)| json.get(*list).is_some_and(Value::is_array)));
            is_package.then_some(HostPackage { path, text, json })
        })
        .collect()
}

impl HostPackage<'_> {
    /// The place of a value.
    pub(crate) fn span(&self, pointer: &str) -> Span {
        project::locate(self.text, pointer).unwrap_or(Span::START)
    }

    /// Rows of a list, with their pointers.
    pub(crate) fn rows(&self, list: &str) -> impl Iterator<Item = (String, &Value)> {
        let rows = self.json.get(list).and_then(Value::as_array).map(Vec::as_slice);
        let list = list.to_owned();
        rows.unwrap_or_default()
            .iter()
            .enumerate()
            .map(move |(i, row)| (format!("/{list}/{i}"), row))
    }

    /// Every handler.
    pub(crate) fn units(&self) -> Vec<Unit<'_>> {
        let mut found = Vec::new();
        for (kind, list, name, code) in UNITS {
            for (pointer, row) in self.rows(list) {
                let text = |key: &str| row.get(key).and_then(Value::as_str);
                if let Some(body) = text(code) {
                    found.push(Unit {
                        kind,
                        name: text(name).unwrap_or_default(),
                        code: body,
                        pointer: format!("{pointer}/{code}"),
                    });
                }
            }
        }
        found
    }
}

impl Unit<'_> {
    /// Whether it runs on the server.
    pub(crate) fn is_server(&self) -> bool {
        self.kind == UnitKind::Controller
    }

    /// The code as a file of its own, without `export default`.
    pub(crate) fn module(&self) -> Option<Module> {
        let body = self.code.trim().strip_prefix("export default ").unwrap_or(self.code);
        ir::build(0, "unit.js", body, &[]).0
    }

    /// The code as the host takes it: one function expression. Nothing when it is none.
    pub(crate) fn function(&self) -> Option<Module> {
        let mut body = self.code.trim();
        if self.kind != UnitKind::Controller {
            body = body.strip_prefix("export default ").unwrap_or(body);
        }
        let (module, fault) = ir::build(0, "unit.js", &format!("({body}\n)"), &[]);
        let module = module.filter(|_| fault.is_none())?;
        let is_function = matches!(module.body.body.as_slice(), [only]
            if matches!(&only.kind, StmtKind::Expr(e) if matches!(e.kind, ExprKind::Function(_))));
        is_function.then_some(module)
    }
}

/// The function that a handler is.
pub(crate) fn only(module: &Module) -> Option<&Function> {
    match &module.body.body.first()?.kind {
        StmtKind::Expr(e) => match &e.kind {
            ExprKind::Function(f) => Some(f),
            _ => None,
        },
        _ => None,
    }
}

/// Names that a parameter takes apart.
pub(crate) fn names(f: &Function, index: usize) -> Option<Vec<String>> {
    let param = f.params.get(index)?;
    match &param.pattern.kind {
        PatternKind::Object(parts, _) => Some(
            parts
                .iter()
                .filter_map(|(key, _)| match key {
                    Key::Name(name) => Some(name.to_string()),
                    Key::Computed(_) => None,
                })
                .collect(),
        ),
        _ => None,
    }
}
