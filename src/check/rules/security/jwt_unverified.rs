//! Tokens that are believed.

use crate::check::flow::{CallSite, Hits, Hooks};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "jwt-unverified",
    category: Category::Security,
    severity: Severity::Error,
    class: "jwt-unverified",
    summary: "A JSON Web Token is read without checking its signature.",
    explanation: "Anybody can write such a token: `decode`, the algorithm `none` and an empty secret check nothing.",
    help: "Use `verify` with a secret and a list of algorithms.",
    bad: &[(
        "index.js",
        "import jwt from 'jsonwebtoken';\nexport function user(req, res) {\n  res.json(jwt.verify(req.query.token, '', { algorithms: ['none'] }));\n}\n",
    )],
    good: &[(
        "index.js",
        "import jwt from 'jsonwebtoken';\nexport function user(req, res, ctx) {\n  res.json(jwt.verify(req.query.token, ctx.secrets.KEY, { algorithms: ['HS256'] }));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.name != "verify" || !call.is_of_any(&["jsonwebtoken", "jwt-simple", "jose"]) {
        return;
    }
    let is_empty = call.arg(1).is_some_and(|v| v.exact() == Some("") || v.bool() == Some(false));
    let takes_none = call.option(2, "algorithms").is_some_and(|list| {
        list.objects.iter().any(|id| {
            let object = &call.heap.objects[*id as usize];
            object.props.values().any(|v| v.exact().is_some_and(|t| t.eq_ignore_ascii_case("none")))
        })
    });
    if is_empty || takes_none {
        hits.add(call.file, call.place, "The signature of the token is not checked");
    }
}
