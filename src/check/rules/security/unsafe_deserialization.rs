//! Formats whose documents can hold code.

use super::{SERVER, argument};
use crate::check::flow::{CallSite, Hits, Hooks, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unsafe-deserialization",
    category: Category::Security,
    severity: Severity::Critical,
    class: "unsafe-deserialization",
    summary: "A document from outside is read by a parser that can run code in it.",
    explanation: "`node-serialize`, `funcster`, `serialize-to-js` and the full schema of `js-yaml` turn \
        text into functions and run it.",
    help: "Use JSON, or the safe schema of the parser.",
    bad: &[(
        "index.js",
        "import serialize from 'node-serialize';\nexport function load(req, res) {\n  res.json(serialize.unserialize(req.body.data));\n}\n",
    )],
    good: &[(
        "index.js",
        "export function load(req, res) {\n  res.json(JSON.parse(req.body.data));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const WHAT: &str = "is read by a parser that runs code in it";

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    match call.name {
        "unserialize" | "deserialize" | "deepDeserialize" | "deserialise"
            if call.is_of_any(&["node-serialize", "serialize-to-js", "funcster", "cryo"]) =>
        {
            argument(call, hits, 0, sink::CODE, SERVER, WHAT);
        }
        "load" | "loadAll" | "safeLoad" | "safeLoadAll"
            if call.is_of_any(&["js-yaml", "?yaml", "yamljs"]) =>
        {
            let schema = call.option(1, "schema");
            let is_unsafe = schema.is_some_and(|schema| {
                schema.apis.iter().any(|a| {
                    let path = call.heap.path(*a);
                    path.contains("FULL_SCHEMA") || path.contains("extend(")
                })
            });
            if is_unsafe {
                argument(call, hits, 0, sink::CODE, SERVER, WHAT);
            }
        }
        _ => {}
    }
}
