//! News that never comes.

use crate::check::ir::{Expr, ExprKind, Module, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "storage-event",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "Code that writes to `localStorage` waits for the event `storage`.",
    explanation: "The browser sends `storage` to the other tabs only, never to the one that wrote: what listens in the same page hears nothing.",
    help: "Dispatch an event of your own after the write: `window.dispatchEvent(new CustomEvent('acme:changed'))`.",
    bad: &[(
        "widgets/cart.js",
        "function Cart({ config, slotData }) {\n  React.useEffect(() => {\n    window.addEventListener('storage', () => {});\n    localStorage.setItem('acme', '1');\n  }, []);\n  return null;\n}\nexport default Cart;\n",
    )],
    good: &[(
        "widgets/cart.js",
        "function Cart({ config, slotData }) {\n  React.useEffect(() => {\n    window.addEventListener('acme:changed', () => {});\n    localStorage.setItem('acme', '1');\n  }, []);\n  return null;\n}\nexport default Cart;\n",
    )],
    check: Check::Plugin(look),
};

const MESSAGE: &str = "The page that writes does not get this event";

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for source in plugin.sources.iter().filter(|s| !s.is_test) {
        let Some(module) = &source.module else { continue };
        if let Some(place) = waits_for_itself(module) {
            findings.code(source, place, MESSAGE);
        }
    }
    for package in plugin.packages {
        for unit in package.units().into_iter().filter(|unit| !unit.is_server()) {
            let module = unit.module();
            if module.is_some_and(|module| waits_for_itself(&module).is_some()) {
                findings.at(package.path, package.span(&unit.pointer), MESSAGE);
            }
        }
    }
}

fn waits_for_itself(module: &Module) -> Option<Place> {
    let mut seen = Seen::default();
    visit_module(module, &mut seen);
    seen.waits.filter(|_| seen.writes)
}

#[derive(Default)]
struct Seen {
    waits: Option<Place>,
    writes: bool,
}

impl Visitor for Seen {
    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        let (name, object) = match &call.callee.kind {
            ExprKind::Global(name) => (name, None),
            ExprKind::Member(object, name) => (name, Some(object)),
            _ => return,
        };
        let is_storage = || match object.map(|o| &o.kind) {
            Some(ExprKind::Global(name)) => &**name == "localStorage",
            Some(ExprKind::Member(_, name)) => &**name == "localStorage",
            _ => false,
        };
        match (&**name, call.args.first().map(|a| &a.kind)) {
            ("addEventListener", Some(ExprKind::Text(event))) if &**event == "storage" => {
                self.waits = Some(expr.place);
            }
            ("setItem" | "removeItem" | "clear", _) if is_storage() => self.writes = true,
            _ => {}
        }
    }
}
