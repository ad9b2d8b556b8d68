//! Answers for every page with the visitor's login.

use crate::check::flow::{CallSite, Hits, Hooks};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "cors-any-origin",
    category: Category::Security,
    severity: Severity::Warning,
    class: "cors-any-origin",
    summary: "Every other site may read answers that are made with the visitor's login.",
    explanation: "`credentials: true` together with any origin lets a strange page act as the visitor.",
    help: "List the origins that may read.",
    bad: &[(
        "index.js",
        "import cors from 'cors';\nexport function setup(app) {\n  app.use(cors({ origin: true, credentials: true }));\n}\n",
    )],
    good: &[(
        "index.js",
        "import cors from 'cors';\nexport function setup(app) {\n  app.use(cors({ origin: 'https://shop.example.com', credentials: true }));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_cors = call.receiver.is_none() && call.is_of_any(&["cors", "@koa/cors", "koa2-cors"]);
    if !is_cors || call.option(0, "credentials").is_none_or(|v| v.bool() != Some(true)) {
        return;
    }
    let is_any =
        call.option(0, "origin").is_some_and(|v| v.bool() == Some(true) || v.exact() == Some("*"));
    if is_any {
        hits.add(call.file, call.place, "Every site may read with the visitor's login");
    }
}
