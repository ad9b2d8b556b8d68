//! Ciphers that begin the same each time.

use crate::check::flow::{CallSite, Hits, Hooks};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "static-iv",
    category: Category::Security,
    severity: Severity::Warning,
    class: "static-iv",
    summary: "A cipher is started with a constant initialization vector.",
    explanation: "Two texts that begin the same then look the same; with GCM the key itself is lost.",
    help: "Make it with `randomBytes` for each text, and store it beside the text.",
    bad: &[(
        "index.js",
        "import crypto from 'crypto';\nexport function seal(key, text) {\n  return crypto.createCipheriv('aes-256-gcm', key, '0123456789ab').update(text);\n}\n",
    )],
    good: &[(
        "index.js",
        "import crypto from 'crypto';\nexport function seal(key, text) {\n  const iv = crypto.randomBytes(12);\n  return crypto.createCipheriv('aes-256-gcm', key, iv).update(text);\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.name == "createCipheriv"
        && call.is_of("crypto")
        && call.arg(2).is_some_and(|v| v.exact().is_some_and(|t| !t.is_empty()))
    {
        hits.add(call.file, call.at(2), "The initialization vector is a constant");
    }
}
