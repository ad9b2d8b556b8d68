//! Comparisons that take the same time whatever they compare.
//!
//! Both sides are hashed first: `timingSafeEqual` throws when lengths differ, and a hash has one
//! length. `String` keeps what is absent from throwing.

use std::collections::BTreeSet;

use crate::check::ir::{ExprKind, Key, Module, PatternKind, Place, StmtKind};
use crate::check::plugin::Source;
use crate::model::finding::Fix;

/// A comparison of two texts.
#[derive(Debug)]
pub(super) struct Comparison {
    /// All of it.
    pub place: Place,
    /// Its two sides.
    pub sides: [Place; 2],
    /// `==` or `!=`.
    pub is_equal: bool,
}

const NAMES: [&str; 2] = ["createHash", "timingSafeEqual"];

/// Compares in constant time instead, when the names that takes are free in the file.
pub(super) fn fix(source: &Source, comparison: &Comparison) -> Option<Fix> {
    let module = source.module.as_ref()?;
    let [a, b] = comparison.sides.map(|side| {
        format!("createHash('sha256').update(String({})).digest()", source.slice(side))
    });
    let not = if comparison.is_equal { "" } else { "!" };
    let text = format!("{not}timingSafeEqual({a}, {b})");
    let there = imported(module);
    let declared: BTreeSet<&str> = module.symbols.iter().map(|s| &*s.name).collect();
    let missing: Vec<&str> = NAMES.into_iter().filter(|name| !there.contains(name)).collect();
    if missing.iter().any(|name| declared.contains(name)) {
        return None;
    }
    let title = "compare hashes in constant time";
    if missing.is_empty() {
        return source.fix(title, &[(comparison.place, &text)]);
    }
    let names = missing.join(", ");
    let line = if module.is_module {
        format!("import {{ {names} }} from 'node:crypto';\n")
    } else {
        format!("const {{ {names} }} = require('node:crypto');\n")
    };
    let start = first_line(source, module);
    source.fix(title, &[(Place { start, end: start }, &line), (comparison.place, &text)])
}

fn is_crypto(name: &str) -> bool {
    matches!(name, "crypto" | "node:crypto")
}

/// Names of ours that the file has from the module already.
fn imported(module: &Module) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for stmt in &module.body.body {
        let StmtKind::Declare(pattern, Some(value)) = &stmt.kind else { continue };
        let ExprKind::Call(call) = &value.kind else { continue };
        let is_require = matches!(&call.callee.kind, ExprKind::Global(f) if &**f == "require")
            && matches!(
                call.args.first().map(|a| &a.kind),
                Some(ExprKind::Text(name)) if is_crypto(name)
            );
        let PatternKind::Object(parts, _) = &pattern.kind else { continue };
        for (key, inner) in parts.iter().filter(|_| is_require) {
            let (Key::Name(key), PatternKind::Symbol(symbol)) = (key, &inner.kind) else {
                continue;
            };
            let local = &module.symbols[*symbol as usize].name;
            found.extend(NAMES.into_iter().filter(|n| *n == &**key && *n == &**local));
        }
    }
    for import in module.imports.iter().filter(|i| is_crypto(&i.source)) {
        let local = import.symbol.map(|s| &*module.symbols[s as usize].name);
        if let Some(name) = NAMES.into_iter().find(|n| *n == &*import.name && local == Some(n)) {
            found.insert(name);
        }
    }
    found
}

/// Where a line of imports can stand: before the first import, else behind `#!` and `'use strict'`.
fn first_line(source: &Source, module: &Module) -> u32 {
    if let Some(import) = module.imports.iter().map(|i| i.place.start).min() {
        return import;
    }
    let text = source.text.as_str();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for line in text[at..].split_inclusive('\n') {
        let is_head = line.starts_with("#!")
            || matches!(line.trim().trim_end_matches(';'), "'use strict'" | "\"use strict\"");
        if !is_head {
            break;
        }
        at += line.len();
    }
    at as u32
}
