//! Secrets that the code reads: `ctx.secrets.NAME`.

use crate::check::ir::{
    Expr, ExprKind, Key, Pattern, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module,
};
use crate::check::plugin::Plugin;

struct Reads {
    found: Vec<(Place, String)>,
    is_open: bool,
}

impl Visitor for Reads {
    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Member(object, name) if is_secrets(object) => {
                self.found.push((expr.place, name.to_string()));
            }
            ExprKind::Index(object, _) if is_secrets(object) => self.is_open = true,
            ExprKind::Call(call) => self.is_open |= call.args.iter().any(is_secrets),
            _ => {}
        }
    }

    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind {
            if is_secrets(value) {
                self.destructured(pattern);
            } else if let PatternKind::Object(parts, _) = &pattern.kind {
                for (key, inner) in parts {
                    if matches!(key, Key::Name(name) if &**name == "secrets") {
                        self.destructured(inner);
                    }
                }
            }
        }
    }
}

impl Reads {
    fn destructured(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Object(parts, rest) => {
                for (key, inner) in parts {
                    if let Key::Name(name) = key {
                        self.found.push((inner.place, name.to_string()));
                    }
                }
                self.is_open |= rest.is_some();
            }
            _ => self.is_open = true,
        }
    }
}

fn is_secrets(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Member(_, name) if &**name == "secrets")
}

fn walk(plugin: &Plugin<'_>) -> (Vec<(usize, Place, String)>, bool) {
    let mut all = Vec::new();
    let mut is_open = false;
    for (file, source) in plugin.sources.iter().enumerate().filter(|(_, s)| !s.is_test) {
        let Some(module) = &source.module else { continue };
        let mut reads = Reads { found: Vec::new(), is_open: false };
        visit_module(module, &mut reads);
        is_open |= reads.is_open;
        all.extend(reads.found.into_iter().map(|(place, name)| (file, place, name)));
    }
    (all, is_open)
}

/// Every secret that is read by name: file, place, name.
pub(super) fn read(plugin: &Plugin<'_>) -> Vec<(usize, Place, String)> {
    walk(plugin).0
}

/// Whether the code may read others.
pub(super) fn is_open(plugin: &Plugin<'_>) -> bool {
    walk(plugin).1
}
