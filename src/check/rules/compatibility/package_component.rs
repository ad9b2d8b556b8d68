//! Components of a package that break.

use crate::check::host_package::{UnitKind, component};
use crate::check::ir::{
    Expr, ExprKind, Function, Key, Module, Pattern, PatternKind, Place, Stmt, StmtKind, Visitor,
    visit_function, visit_module,
};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::host_names::{IN_PAGES, IN_WIDGETS};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-component",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget or page of a DainoStore package asks for props it never gets, or declares a name that the host declares for it.",
    explanation: "A widget gets `config` and `slotData`, a page nothing. `useState`, `Button`, `Star` and other names are there already: to declare one of them again is a syntax error. The first of `function X(`, `const X = (` and `const X = function` is the component, so no helper stands before it.",
    help: "Read from `slotData`, and use the names that are there.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ productId }) { return productId; }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ config, slotData }) { return slotData.productId; }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for unit in package.units() {
            let (known, given): (&[&str], &[&str]) = match unit.kind {
                UnitKind::Widget => (&["config", "slotData"], IN_WIDGETS),
                UnitKind::AdminPage => (&[], IN_PAGES),
                _ => continue,
            };
            let Some(read) = unit.read() else { continue };
            let module = &read.module;
            let mut report = |place: Place, message: String| {
                findings.at(package.path, package.inside(&unit, &read, place), message);
            };
            let taken = taken_from_react(module);
            for (index, symbol) in module.symbols.iter().enumerate() {
                let index = index as u32;
                let is_import = module.imports.iter().any(|i| i.symbol == Some(index));
                let is_outer = symbol.owner == module.body.index || taken.contains(&index);
                if given.contains(&&*symbol.name) && is_outer && !is_import {
                    report(symbol.place, format!("`{}` is declared already", symbol.name));
                }
            }
            let found = component(unit.code);
            match found {
                Some(name) if name.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    let message =
                        format!("The host takes the first function, `{name}`, as the component");
                    report(Place::default(), message);
                }
                None if unit.code.contains("=>") => {
                    let message = "The host does not see a component that is written `const X = props => …`; write `function X(props)`";
                    report(Place::default(), message.to_owned());
                }
                _ => {}
            }
            let mut first = Component { wanted: found, known, asked: None };
            visit_module(module, &mut first);
            for (place, name) in first.asked.unwrap_or_default() {
                report(place, format!("`{}` never gets `{name}`", unit.name));
            }
        }
    }
}

/// Variables that are taken from `React`: those that are there already.
fn taken_from_react(module: &Module) -> Vec<u32> {
    struct Taken(Vec<u32>);
    impl Visitor for Taken {
        fn statement(&mut self, stmt: &Stmt) {
            let StmtKind::Declare(pattern, Some(value)) = &stmt.kind else { return };
            let PatternKind::Object(parts, _) = &pattern.kind else { return };
            if matches!(&value.kind, ExprKind::Global(name) if &**name == "React") {
                for (_, inner) in parts {
                    if let PatternKind::Symbol(symbol) = inner.kind {
                        self.0.push(symbol);
                    }
                }
            }
        }
    }
    let mut taken = Taken(Vec::new());
    visit_module(module, &mut taken);
    taken.0
}

/// The props that the component asks for and does not get.
struct Component<'a> {
    wanted: Option<&'a str>,
    known: &'a [&'a str],
    asked: Option<Vec<(Place, String)>>,
}

impl Visitor for Component<'_> {
    fn enter_function(&mut self, f: &Function) {
        let is_component = match self.wanted {
            Some(name) => f.name.as_deref() == Some(name),
            None => f.name.as_ref().is_some_and(|n| n.starts_with(char::is_uppercase)),
        };
        if self.asked.is_some() || !is_component {
            return;
        }
        let mut asked = Vec::new();
        if let Some(param) = f.params.first() {
            members(&param.pattern, &mut asked);
            if let PatternKind::Symbol(symbol) = param.pattern.kind {
                let mut read = Members { symbol, asked: Vec::new() };
                visit_function(f, &mut read);
                asked.extend(read.asked);
            }
        }
        asked.retain(|(_, name)| !self.known.contains(&name.as_str()) && name != "children");
        self.asked = Some(asked);
    }
}

fn members(pattern: &Pattern, asked: &mut Vec<(Place, String)>) {
    if let PatternKind::Object(parts, _) = &pattern.kind {
        for (key, inner) in parts {
            if let Key::Name(name) = key {
                asked.push((inner.place, name.to_string()));
            }
        }
    }
}

/// Members of one variable: `props.productId`, `const { product } = props`.
struct Members {
    symbol: u32,
    asked: Vec<(Place, String)>,
}

impl Visitor for Members {
    fn statement(&mut self, stmt: &Stmt) {
        if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
            && matches!(value.kind, ExprKind::Symbol(symbol) if symbol == self.symbol)
        {
            members(pattern, &mut self.asked);
        }
    }

    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Member(object, name) = &expr.kind
            && matches!(object.kind, ExprKind::Symbol(symbol) if symbol == self.symbol)
        {
            self.asked.push((expr.place, name.to_string()));
        }
    }
}
