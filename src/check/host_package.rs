//! Packages in the form that DainoStore's own importer takes: one JSON file with all parts in it.
//!
//! A tree may hold such a file, made by another tool or exported from a shop. Its handlers are text;
//! each is read as the host would read it.

use serde_json::Value;

use super::ir::{self, ExprKind, Function, Module, Place, StmtKind};
use super::json_places::{self, Places};
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
    /// Where it says it.
    places: Places,
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

/// Whether a tree has a package.
pub(crate) fn has_package(files: &FileSet) -> bool {
    !packages(files).is_empty()
}

/// Every package of a tree.
pub(crate) fn packages(files: &FileSet) -> Vec<HostPackage<'_>> {
    files
        .iter()
        .filter(|(path, _)| path.extension() == "json" && path.as_str() != project::MANIFEST)
        .filter_map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).ok()?;
            let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
            let is_package = json.get("plugin").is_some_and(Value::is_object)
                && (json.get("packageVersion").is_some()
                    || UNITS
                        .iter()
                        .any(|(_, list, ..)| json.get(*list).is_some_and(Value::is_array)));
            is_package.then(|| HostPackage { path, text, json, places: json_places::of(text) })
        })
        .collect()
}

impl HostPackage<'_> {
    /// The place of a value.
    pub(crate) fn span(&self, pointer: &str) -> Span {
        match self.range(pointer) {
            Some((start, end)) => Span::locate(self.text, start, end),
            None => Span::START,
        }
    }

    /// A place in the code of a handler.
    pub(crate) fn inside(&self, unit: &Unit<'_>, read: &Read, place: Place) -> Span {
        let Some((start, end)) = self.range(&unit.pointer) else { return Span::START };
        let quoted = self.text.get(start..end).unwrap_or_default();
        let at = |byte| start + json_places::written_at(quoted, read.in_code(byte));
        Span::locate(self.text, at(place.start), at(place.end))
    }

    /// The bytes of a value, or of the nearest value around it.
    pub(crate) fn range(&self, pointer: &str) -> Option<(usize, usize)> {
        let mut at = pointer;
        while !at.is_empty() {
            if let Some(range) = self.places.get(at) {
                return Some(*range);
            }
            at = at.rsplit_once('/').map_or("", |(outer, _)| outer);
        }
        None
    }

    /// Its slug; empty when it has none.
    pub(crate) fn slug(&self) -> &str {
        self.json.pointer("/plugin/slug").and_then(Value::as_str).unwrap_or_default()
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
        self.file().map(|read| read.module)
    }

    fn file(&self) -> Option<Read> {
        let body = self.code.trim().strip_prefix("export default ").unwrap_or(self.code);
        let module = ir::build(0, "unit.js", body, &[]).0?;
        Some(Read { module, text: body.to_owned(), shift: self.offset(body), added: 0 })
    }

    /// The code as the host takes it: one function expression. Nothing when it is none.
    pub(crate) fn function(&self) -> Option<Module> {
        self.expression().map(|read| read.module)
    }

    fn expression(&self) -> Option<Read> {
        let mut body = self.code.trim();
        if self.kind != UnitKind::Controller {
            body = body.strip_prefix("export default ").unwrap_or(body);
        }
        let text = format!("({body}\n)");
        let (module, fault) = ir::build(0, "unit.js", &text, &[]);
        let module = module.filter(|_| fault.is_none())?;
        let is_function = matches!(module.body.body.as_slice(), [only]
            if matches!(&only.kind, StmtKind::Expr(e) if matches!(e.kind, ExprKind::Function(_))));
        is_function.then(|| Read { module, text, shift: self.offset(body), added: 1 })
    }

    /// The code as it can be read, in the host's way or else as a file.
    pub(crate) fn read(&self) -> Option<Read> {
        self.expression().or_else(|| self.file())
    }

    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.code.as_ptr() as usize)
    }
}

/// Code of a handler that was read.
#[derive(Debug)]
pub(crate) struct Read {
    /// Its tree.
    pub module: Module,
    /// The text that the places of the tree count in.
    pub text: String,
    /// Bytes of the code before that text.
    shift: usize,
    /// Bytes that were put before it.
    added: usize,
}

impl Read {
    /// The words of a place.
    pub(crate) fn slice(&self, place: Place) -> &str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or_default()
    }

    /// The byte of the code that a byte of the text is.
    fn in_code(&self, at: u32) -> usize {
        (at as usize + self.shift).saturating_sub(self.added)
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

/// The component that the host takes from the code of a widget or page: the first of
/// `function X(`, `const X = (` and `const X = function`.
pub(crate) fn component(code: &str) -> Option<&str> {
    let bytes = code.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$');
    let mut at = 0;
    while let Some(found) = code.get(at..).and_then(|rest| rest.find(['f', 'c'])) {
        let start = at + found;
        at = start + 1;
        if start > 0 && is_word(bytes[start - 1]) {
            continue;
        }
        let rest = &code[start..];
        let (keyword, is_const) = match () {
            () if rest.starts_with("function ") => ("function ", false),
            () if rest.starts_with("const ") => ("const ", true),
            () => continue,
        };
        let after = rest[keyword.len()..].trim_start();
        let length = after.bytes().take_while(|b| is_word(*b)).count();
        let (name, tail) = after.split_at(length);
        let tail = tail.trim_start();
        let is_one = if is_const {
            tail.strip_prefix('=')
                .map(str::trim_start)
                .is_some_and(|value| value.starts_with('(') || value.starts_with("function"))
        } else {
            tail.starts_with('(')
        };
        if is_one && !name.is_empty() {
            return Some(name);
        }
    }
    None
}
