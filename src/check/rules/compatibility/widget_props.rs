//! Props that a widget never gets.

use crate::check::ir::{Function, Key, PatternKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "widget-props",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget asks for a property that the shop does not pass.",
    explanation: "A widget gets `config` and `slotData`, and nothing else: `productId`, `product` and `customerId` are never there.",
    help: "Read it from `slotData`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        (
            "widgets/box.js",
            "export default function Box({ productId }) {\n  return productId;\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        (
            "widgets/box.js",
            "export default function Box({ config, slotData }) {\n  return slotData.productId ?? config.productId;\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for widget in &manifest.widgets {
        let Some(source) = plugin.source(widget.file.as_str()) else { continue };
        let Some(module) = &source.module else { continue };
        // The first component of the file is the widget.
        let mut first = First(None);
        visit_module(module, &mut first);
        for (place, name) in first.0.unwrap_or_default() {
            if !matches!(name.as_str(), "config" | "slotData") {
                findings.code(source, place, format!("A widget never gets `{name}`"));
            }
        }
    }
}

#[derive(Default)]
struct First(Option<Vec<(Place, String)>>);

impl Visitor for First {
    fn enter_function(&mut self, f: &Function) {
        let is_component = f.name.as_ref().is_some_and(|n| n.starts_with(char::is_uppercase));
        if self.0.is_some() || !is_component {
            return;
        }
        let mut names = Vec::new();
        if let Some(param) = f.params.first()
            && let PatternKind::Object(parts, _) = &param.pattern.kind
        {
            for (key, inner) in parts {
                if let Key::Name(name) = key {
                    names.push((inner.place, name.to_string()));
                }
            }
        }
        self.0 = Some(names);
    }
}
