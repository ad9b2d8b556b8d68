//! Values from outside that are run as code.

use super::{argument, sentence, text_argument};
use crate::check::flow::{AttributeSite, CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "code-injection",
    category: Category::Security,
    severity: Severity::Critical,
    class: "code-injection",
    summary: "A value from outside is run as code.",
    explanation: "`eval`, `Function`, `setTimeout` with text, `vm`, template engines and dynamic \
        `import()` run what they are given. The sandbox of the shop has no `eval`; in a browser or a \
        server the sender of the value becomes the author of the program.",
    help: "Look the value up in a table of functions instead of running it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input) {\n    return eval(input.formula);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "const FORMULAS = { sum: (a, b) => a + b };\nexport default class Plugin {\n  async track(input) {\n    const formula = Object.hasOwn(FORMULAS, input.formula) ? FORMULAS[input.formula] : FORMULAS.sum;\n    return formula(1, 2);\n  }\n}\n",
    )],
    check: Check::Flow(Hooks {
        call: Some(call),
        attribute: Some(attribute),
        ..super::super::NO_HOOKS
    }),
};

const WHAT: &str = "is run as code";
const KINDS: &[OriginKind] = super::ANYONE;

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.is_known {
        return;
    }
    match call.name {
        "eval" if call.receiver.is_none() || call.is_path("eval") => {
            if !argument(call, hits, 0, sink::CODE, KINDS, WHAT) {
                text_argument(call, hits, 0, sink::CODE, super::UNSEEN, WHAT);
            }
        }
        "Function" if call.is_path("Function") => every(call, hits),
        "AsyncFunction" | "GeneratorFunction" => every(call, hits),
        "setTimeout" | "setInterval" | "setImmediate" | "execScript"
            if call.arg(0).is_some_and(|v| v.functions.is_empty())
                && (call.receiver.is_none()
                    || call.receiver_is(&["window", "global", "globalThis", "self"])) =>
        {
            // What a library is handed to call later is a function; only text is code.
            let is_text = call.arg(0).is_some_and(|v| v.is_text);
            let kinds = if is_text { KINDS } else { SENT };
            text_argument(call, hits, 0, sink::CODE, kinds, WHAT);
        }
        "runInContext" | "runInNewContext" | "runInThisContext" | "compileFunction" | "Script"
        | "SourceTextModule"
            if call.is_of_any(&["vm", "vm2"]) =>
        {
            if !argument(call, hits, 0, sink::CODE, KINDS, WHAT) {
                // What the code can see is chosen by a request.
                for index in 1..call.args.len() {
                    if argument(
                        call,
                        hits,
                        index,
                        sink::CODE,
                        KINDS_LOAD,
                        "reaches code in a context of its own",
                    ) {
                        return;
                    }
                }
            }
        }
        "$apply" | "$applyAsync" | "$eval" | "$evalAsync" | "$watch" | "$watchCollection"
        | "$watchGroup" | "$compile" | "$parse" | "$interpolate" | "$filter"
        | "$exceptionHandler_" => {
            text_argument(
                call,
                hits,
                0,
                sink::CODE,
                KINDS_LOAD,
                "is run as an expression of the page",
            );
        }
        "compile" | "compileStreaming" | "instantiate" if call.is_of("WebAssembly") => {
            argument(call, hits, 0, sink::CODE, KINDS, WHAT);
        }
        "attr" | "prop" | "setAttribute"
            if call.arg(0).and_then(|v| v.exact()).is_some_and(|n| n.starts_with("on")) =>
        {
            text_argument(call, hits, 1, sink::CODE, KINDS_LOAD, WHAT);
        }
        "find" | "findOne" | "where" | "$where" | "count" | "distinct"
            if call.receiver.is_some() && call.option(0, "$where").is_some() =>
        {
            if let Some(value) = call.option(0, "$where")
                && let Some((taint, origin)) = call.heap.harmful(&value, sink::CODE, KINDS_LOAD)
            {
                hits.taint(
                    call.file,
                    call.at(0),
                    taint,
                    format!("{} {WHAT}", sentence(&origin.what)),
                );
            }
        }
        "VMScript" | "VM" | "NodeVM" | "injectJavaScript"
            if call.is_new || call.name == "injectJavaScript" =>
        {
            argument(call, hits, 0, sink::CODE, KINDS, WHAT);
        }
        "run" if call.is_of_any(&["vm2", "sandbox", "sandboxjs", "isolated-vm"]) => {
            if !argument(call, hits, 0, sink::CODE, KINDS, WHAT) {
                text_argument(call, hits, 0, sink::CODE, super::UNSEEN, WHAT);
            }
        }
        _ if call.receiver.is_none()
            && call.is_of_any(&[
                "safe-eval",
                "safer-eval",
                "static-eval",
                "notevil",
                "node-eval",
                "require-from-string",
            ]) =>
        {
            argument(call, hits, 0, sink::CODE, KINDS, WHAT);
        }
        "_compile" => {
            argument(call, hits, 0, sink::CODE, KINDS, WHAT);
        }
        "import" if call.receiver.is_none() => {
            text_argument(
                call,
                hits,
                0,
                sink::CODE | sink::PATH,
                KINDS,
                "chooses the module that is loaded",
            );
        }
        "executeJavaScript"
        | "evaluateOnNewDocument"
        | "addScriptTag"
        | "evaluate"
        | "waitForFunction" => {
            let is_page = call.is_of_any(&["puppeteer", "puppeteer-core", "playwright"])
                || call.receiver_is(&["page", "frame", "tab", "webcontents", "webview"])
                || call.name != "evaluate";
            if is_page && call.arg(0).is_some_and(|v| v.functions.is_empty()) {
                argument(call, hits, 0, sink::CODE, KINDS, WHAT);
            }
        }
        "parseExpression_" => {}
        "require" if call.is_path("require") => {
            text_argument(
                call,
                hits,
                0,
                sink::CODE | sink::PATH,
                KINDS_LOAD,
                "chooses the module that is loaded",
            );
        }
        _ => {
            const ENGINES: &[&str] = &[
                "handlebars",
                "pug",
                "jade",
                "ejs",
                "mustache",
                "nunjucks",
                "dot",
                "lodash",
                "underscore",
                "hogan",
                "hogan.js",
                "eta",
                "squirrelly",
                "swig",
                "dustjs-linkedin",
                "twig",
                "doT",
                "_",
                "liquidjs",
                "haml",
            ];
            let is_template = matches!(
                call.name,
                "compile" | "render" | "renderString" | "template" | "precompile" | "compileClient"
            );
            if is_template && call.is_of_any(ENGINES) && !call.is_of("mustache") {
                text_argument(call, hits, 0, sink::CODE, KINDS_LOAD, "is run as a template");
            }
            if matches!(call.name, "unserialize" | "deserialize")
                && call.is_of_any(&["node-serialize", "serialize-to-js", "funcster"])
            {
                // The rule about deserializing says that.
            }
            // `(() => {}).constructor(text)`, `x.constructor.constructor(text)`: the Function behind.
            let reaches_function = call.name == "constructor"
                && !call.is_new
                && call.receiver_words.ends_with("constructor");
            if reaches_function {
                text_argument(call, hits, 0, sink::CODE, KINDS, WHAT);
            }
        }
    }
}

/// The same without parameters of a library.
const SENT: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Client,
    OriginKind::Message,
    OriginKind::Dom,
];

/// Loading a module by name is a library's business; by a request it is not.
const KINDS_LOAD: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload, OriginKind::Client];

fn every(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    for index in 0..call.args.len() {
        // Names of parameters are a library's own business; the last argument is the code.
        let kinds = if index + 1 == call.args.len() { KINDS } else { SENT };
        if text_argument(call, hits, index, sink::CODE, kinds, WHAT) {
            return;
        }
    }
}

fn attribute(site: &AttributeSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_code = site.name == "injectedJavaScript"
        || site.element == "script" && site.name == "..."
        || site.name.starts_with("on")
            && site.element.chars().next().is_some_and(char::is_lowercase);
    if is_code
        && site.value.functions.is_empty()
        && let Some((taint, origin)) =
            site.heap.harmful_text(site.value, sink::CODE, &[OriginKind::Client])
    {
        let message = format!("{} {WHAT}", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}
