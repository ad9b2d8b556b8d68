//! XML parsers that follow what a document refers to.

use super::{SERVER, argument};
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "xxe",
    category: Category::Security,
    severity: Severity::Error,
    class: "xxe",
    summary: "XML from outside is parsed with external entities.",
    explanation: "A document can name files and addresses as entities; a parser that resolves them \
        reads files of the server or calls its neighbours.",
    help: "Leave `noent` and DTD loading off.",
    bad: &[(
        "index.js",
        "import libxml from 'libxmljs';\nexport function load(req, res) {\n  res.json(libxml.parseXml(req.body, { noent: true }).root());\n}\n",
    )],
    good: &[(
        "index.js",
        "import libxml from 'libxmljs';\nexport function load(req, res) {\n  res.json(libxml.parseXml(req.body).root());\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const WHAT: &str = "is parsed as XML with external entities";

/// Whoever can send something to a page.
const PAGE: &[OriginKind] = &[OriginKind::Client, OriginKind::Message, OriginKind::Remote];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_libxml = call.is_of_any(&["libxmljs", "libxmljs2", "libxml"]);
    match call.name {
        "parseXml" | "parseXmlString" | "parseXmlAsync" if is_libxml => {
            let on = |name: &str| call.option(1, name).is_some_and(|v| v.bool() == Some(true));
            if on("noent") || on("dtdload") || on("replaceEntities") {
                argument(call, hits, 0, sink::XML, SERVER, WHAT);
            }
        }
        "parseString" | "push"
            if call.is_of_any(&[
                "libxmljs.SaxParser",
                "libxmljs2.SaxParser",
                "libxmljs.SaxPushParser",
                "libxmljs2.SaxPushParser",
            ]) =>
        {
            argument(call, hits, 0, sink::XML, SERVER, WHAT);
        }
        "parse" | "write" | "end" if call.is_of("node-expat") => {
            argument(call, hits, 0, sink::XML, SERVER, WHAT);
        }
        "loadXML" if call.is_of("ActiveXObject") => {
            argument(call, hits, 0, sink::XML, PAGE, WHAT);
        }
        "toJson" if call.is_of("xml2json") => {
            argument(call, hits, 0, sink::XML, SERVER, WHAT);
        }
        "parseFromString" if call.is_of_any(&["xmldom", "@xmldom/xmldom_"]) => {
            argument(call, hits, 0, sink::XML, SERVER, WHAT);
        }
        _ => {}
    }
}
