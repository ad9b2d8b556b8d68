//! Calls that stop everything.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "blocking-call",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A function waits for a file, a program or a hash in a way that stops everything else.",
    explanation: "While it waits, nothing else of the process runs: no other request is answered.",
    help: "Use the asynchronous form of the call.",
    bad: &[(
        "src/read.js",
        "import fs from \"fs\";\nexport function read(name) {\n  return fs.readFileSync(name);\n}\n",
    )],
    good: &[(
        "src/read.js",
        "import fs from \"fs\";\nexport function read(name) {\n  return fs.promises.readFile(name);\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let is_blocking = matches!(
        member.property.name.as_str(),
        "readFileSync"
            | "writeFileSync"
            | "appendFileSync"
            | "readdirSync"
            | "copyFileSync"
            | "rmSync"
            | "execSync"
            | "execFileSync"
            | "spawnSync"
            | "pbkdf2Sync"
            | "scryptSync"
            | "hashSync"
            | "compareSync"
            | "gzipSync"
            | "gunzipSync"
            | "deflateSync"
            | "inflateSync"
            | "generateKeyPairSync"
    );
    // What happens once, when the file is loaded, stops nobody.
    let in_function = cx
        .nodes()
        .ancestors(node.id())
        .any(|n| matches!(n.kind(), AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)));
    if is_blocking && in_function {
        notes.add(member.property.span, "Everything else waits for this");
    }
}
