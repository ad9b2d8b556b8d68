//! Values from outside in log lines.

use super::argument;
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "log-injection",
    category: Category::Security,
    severity: Severity::Warning,
    class: "log-injection",
    summary: "A value from outside is written into a log as it is.",
    explanation: "Line ends in the value make lines that look as if the program had written them. \
        `ctx.log` of the shop escapes them; `console` and most loggers do not.",
    help: "Log with `ctx.log`, or remove line ends from the value first.",
    bad: &[(
        "index.js",
        "export function visit(req, res) {\n  console.log('visit by ' + req.query.name);\n  res.json({});\n}\n",
    )],
    good: &[(
        "index.js",
        "export function visit(req, res) {\n  console.log('visit by ' + String(req.query.name).replace(/[\\r\\n]/g, ' '));\n  res.json({});\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.is_known
        || !matches!(
            call.name,
            "log"
                | "info"
                | "warn"
                | "error"
                | "debug"
                | "trace"
                | "fatal"
                | "notice"
                | "verbose"
                | "silly"
                | "critical"
        )
    {
        return;
    }
    let is_logger = call.is_of_any(&[
        "console",
        "winston",
        "pino",
        "bunyan",
        "log4js",
        "loglevel",
        "npmlog",
        "fancy-log",
        "signale",
        "consola",
        "simple-node-logger",
        "@req.log",
        "roarr",
        "tracer",
    ]) || call.receiver_is(&["logger", "console"]);
    if !is_logger {
        return;
    }
    // Loggers that write JSON escape what is in an object.
    let is_json = call.is_of_any(&["@req.log", "pino"]);
    for index in 0..call.args.len() {
        if is_json && call.arg(index).is_some_and(|v| !v.objects.is_empty()) {
            continue;
        }
        // `console` writes line ends in an object's text as `\n`.
        if call.is_of("console") && call.arg(index).is_some_and(|v| is_request(call, v)) {
            continue;
        }
        if argument(
            call,
            hits,
            index,
            sink::LOG,
            &[OriginKind::Remote, OriginKind::Payload],
            "is written into a log as it is",
        ) {
            return;
        }
    }
}

/// The query, body or headers as a whole.
fn is_request(call: &CallSite<'_, '_>, value: &crate::check::flow::Value) -> bool {
    value.apis.iter().any(|api| {
        let path = call.heap.path(*api);
        ["query", "params", "body", "headers", "cookies"]
            .iter()
            .any(|part| path.strip_prefix("@req.").is_some_and(|rest| rest == *part))
    })
}
