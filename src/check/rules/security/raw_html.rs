//! Values as HTML in widgets, pages and listeners.

use std::collections::BTreeMap;

use crate::check::ir::{
    Binary, Call, Expr, ExprKind, Key, PatternKind, Place, Property, Stmt, StmtKind, Visitor,
    visit_module,
};
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "raw-html",
    category: Category::Security,
    severity: Severity::Warning,
    class: "xss",
    summary: "A value becomes HTML of a page without being made safe.",
    explanation: "What a customer wrote, a route answered or a setting says may hold a script, and `innerHTML`, `insertAdjacentHTML` and `dangerouslySetInnerHTML` run it in the shop's page. Fixed text, numbers of things, and what passed a function that is named for it (`escapeHtml`, `sanitize`, `DOMPurify`) are not reported. Where a value is followed from its source, `xss` says so, too.",
    help: "Set `textContent`, let React write the text, or clean the HTML with DOMPurify.",
    bad: &[(
        "widgets/notice.jsx",
        "export default function Notice({ config }) {\n  return <div dangerouslySetInnerHTML={{ __html: config.message }} />;\n}\n",
    )],
    good: &[(
        "widgets/notice.jsx",
        "export default function Notice({ config }) {\n  return <div>{config.message}</div>;\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        let mut written = Written { source, fixed: BTreeMap::new(), found: Vec::new() };
        visit_module(module, &mut written);
        for place in written.found {
            findings.code(source, place, "This value becomes HTML as it is");
        }
    }
}

struct Written<'s> {
    source: &'s Source,
    /// Variables that are declared with a value, and whether it is harmless.
    fixed: BTreeMap<u32, bool>,
    found: Vec<Place>,
}

impl Written<'_> {
    fn is_harmless(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Text(_)
            | ExprKind::Number(_)
            | ExprKind::Bool(_)
            | ExprKind::Null
            | ExprKind::Undefined
            | ExprKind::Unary(..)
            | ExprKind::Binary(Binary::Arithmetic | Binary::Compare, ..)
            | ExprKind::Binary(Binary::Equal | Binary::Unequal, ..) => true,
            ExprKind::Template(parts) => parts.iter().all(|p| self.is_harmless(p)),
            ExprKind::Binary(Binary::Add, a, b) | ExprKind::Logical(_, a, b) => {
                self.is_harmless(a) && self.is_harmless(b)
            }
            ExprKind::Conditional(_, a, b) => self.is_harmless(a) && self.is_harmless(b),
            ExprKind::Symbol(symbol) => self.fixed.get(symbol).copied().unwrap_or_default(),
            ExprKind::Member(_, name) => matches!(&**name, "length" | "size"),
            ExprKind::Call(call) => {
                is_cleaner(self.source.slice(call.callee.place)) || self.is_joined(call)
            }
            ExprKind::Object(parts) => parts.iter().all(|part| match part {
                Property::Value(_, _, value) => self.is_harmless(value),
                Property::Spread(_) => false,
            }),
            _ => false,
        }
    }

    /// `items.map((i) => …).join('')`, when each part is harmless.
    fn is_joined(&self, call: &Call) -> bool {
        let ExprKind::Member(object, name) = &call.callee.kind else { return false };
        match (&**name, &object.kind) {
            ("join", ExprKind::Call(inner)) => self.is_joined(inner),
            ("map", _) => match call.args.first().map(|a| &a.kind) {
                Some(ExprKind::Function(f)) => f.body.iter().all(|stmt| match &stmt.kind {
                    StmtKind::Return(Some(value)) => self.is_harmless(value),
                    _ => false,
                }),
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether a function is named for making text safe, or gives a number.
fn is_cleaner(callee: &str) -> bool {
    let lower = callee.to_ascii_lowercase();
    let (owner, name) = callee.rsplit_once('.').unwrap_or(("", callee));
    ["escape", "sanitiz", "sanitis", "purify", "encode", "striptags"]
        .iter()
        .any(|w| lower.contains(w))
        || matches!(
            name,
            "Number" | "parseInt" | "parseFloat" | "toFixed" | "getTime" | "now" | "esc"
        )
        || matches!(owner, "Math" | "Date" | "Number")
}

impl Visitor for Written<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && let PatternKind::Symbol(symbol) = &pattern.kind
        {
            let is_harmless = self.is_harmless(value);
            self.fixed.insert(*symbol, is_harmless);
        }
    }

    fn expression(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Assign(_, pattern, value) => match &pattern.kind {
                PatternKind::Target(target) => {
                    if let ExprKind::Member(_, name) = &target.kind
                        && matches!(&**name, "innerHTML" | "outerHTML" | "srcdoc")
                        && !self.is_harmless(value)
                    {
                        self.found.push(expr.place);
                    }
                }
                // What is put together bit by bit is as harmless as its bits.
                PatternKind::Symbol(symbol) if !self.is_harmless(value) => {
                    self.fixed.insert(*symbol, false);
                }
                _ => {}
            },
            ExprKind::Call(call) => {
                let ExprKind::Member(_, name) = &call.callee.kind else { return };
                if &**name == "insertAdjacentHTML"
                    && call.args.get(1).is_some_and(|a| !self.is_harmless(a))
                {
                    self.found.push(expr.place);
                }
                // What a compiled component says.
                if &**name == "createElement"
                    && let Some(Expr { kind: ExprKind::Object(parts), .. }) = call.args.get(1)
                {
                    for part in parts {
                        if let Property::Value(Key::Name(key), _, value) = part
                            && &**key == "dangerouslySetInnerHTML"
                            && !self.is_harmless(value)
                        {
                            self.found.push(value.place);
                        }
                    }
                }
            }
            ExprKind::Jsx(_, attributes, _) => {
                for (name, value) in attributes {
                    if &**name == "dangerouslySetInnerHTML" && !self.is_harmless(value) {
                        self.found.push(value.place);
                    }
                }
            }
            _ => {}
        }
    }
}
