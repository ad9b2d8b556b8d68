//! `daino-pdk invoke`.

use std::io::Read;
use std::path::Path;

use serde_json::Value;

use crate::cli::store_place::StorePlaceArgs;
use crate::cli::{Session, explanation};
use crate::error::{ErrorCode, Failure};
use crate::model::hook::HookName;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::invoke::{self, Call, InvokeOutcome, InvokeRequest, RouteCall};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&INPUT, &WHAT];

static INPUT: ErrorCode = ErrorCode {
    id: "invoke.input",
    exit: ExitCode::Usage,
    meaning: "The input of the call cannot be read as JSON.",
    remedy: "Give JSON, `@FILE` for a file that holds it, or `-` for stdin.",
};
static WHAT: ErrorCode = ErrorCode {
    id: "invoke.what",
    exit: ExitCode::Usage,
    meaning: "What to call was not said, or said twice.",
    remedy: "Give a plugin and a method, or `--hook NAME`, or a plugin and `--route 'POST /path'`.",
};

/// Most bytes of an input.
const LONGEST: u64 = 8 * 1024 * 1024;

/// Call a method, a hook or a route of an installed plugin, in the sandbox.
///
/// Prints the answer as JSON; what the plugin logs goes to stderr. A hook without a plugin reaches
/// every enabled plugin that listens.
#[derive(Debug, clap::Args)]
pub(crate) struct InvokeArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: Option<PluginSlug>,
    /// The method.
    #[arg(value_name = "METHOD", conflicts_with_all = ["hook", "route"])]
    method: Option<String>,
    /// First argument of the method: JSON, @FILE, or - for stdin.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    input: String,
    /// Fire a hook.
    #[arg(long, value_name = "NAME", conflicts_with = "route")]
    hook: Option<HookName>,
    /// What the hook tells: JSON, @FILE, or - for stdin.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    payload: String,
    /// Second argument of the hook, as filters get it: JSON or @FILE.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,
    /// Call a route: "METHOD /path?query".
    #[arg(long, value_name = "ROUTE")]
    route: Option<String>,
    /// Body of the route's request, as it is sent: text, @FILE, or - for stdin.
    #[arg(long, value_name = "TEXT", default_value = "")]
    body: String,
    /// Header of the route's request.
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// Tell what the plugin used and was refused, and the smallest permissions that would do.
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    store: StorePlaceArgs,
}

fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected NAME: VALUE".to_owned()),
    }
}

pub(crate) fn run(args: InvokeArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let call = call(&args, session)?;
    if args.slug.is_none() && !matches!(call, Call::Hook { .. }) {
        return Err(nothing_to_call("which plugin?"));
    }
    let is_single = args.slug.is_some();
    let (place, explain) = (args.store.place(session), args.explain);
    let request = InvokeRequest { place, slug: args.slug, call, explain };
    let mut outcome = session.block_on(invoke::invoke(request, &session.ui))?;
    let failure = outcome.failure();
    for answered in &outcome.results {
        let (slug, target, millis) = (&answered.slug, &answered.target, answered.millis);
        session.ui.say(&format!("{slug} {target}: {millis:.1} ms"));
        if let Some(failure) = &answered.error {
            session.ui.say(&format!("  failed: {failure} [{}]", failure.code().id));
        }
        if let Some(explanation) = &answered.explanation {
            session.ui.complain(explanation::page(explanation).trim_end());
        }
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    session.ui.result(&outcome, |outcome| page(outcome, is_single));
    Ok(outcome.exit())
}

fn page(outcome: &InvokeOutcome, is_single: bool) -> String {
    let shown = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    match outcome.results.as_slice() {
        [only] if is_single => shown(&only.value),
        several => {
            let by_plugin: serde_json::Map<String, Value> =
                several.iter().map(|a| (a.slug.to_string(), a.value.clone())).collect();
            shown(&Value::Object(by_plugin))
        }
    }
}

fn nothing_to_call(message: &str) -> Failure {
    Failure::new(&WHAT, message)
        .hint("a method: `daino-pdk invoke SLUG METHOD --input '{}'`")
        .hint("a hook: `daino-pdk invoke --hook order.payment --payload '{}'`")
        .hint("a route: `daino-pdk invoke SLUG --route 'POST /path' --body '{}'`")
}

fn call(args: &InvokeArgs, session: &Session) -> Result<Call, Failure> {
    if let Some(name) = &args.hook {
        let context = match &args.context {
            Some(text) => Some(json("--context", text, session)?),
            None => None,
        };
        let payload = json("--payload", &args.payload, session)?;
        return Ok(Call::Hook { name: name.clone(), payload, context });
    }
    if let Some(route) = &args.route {
        let (method, target) = match route.split_once(' ') {
            Some((method, target)) if target.trim().starts_with('/') => (method, target.trim()),
            _ => return Err(nothing_to_call("`--route` is written \"POST /path\"")),
        };
        return Ok(Call::Route(RouteCall {
            method: method.to_uppercase(),
            target: target.to_owned(),
            headers: args.header.clone(),
            body: bytes("--body", &args.body, session)?,
        }));
    }
    match &args.method {
        Some(name) => {
            let input = json("--input", &args.input, session)?;
            Ok(Call::Method { name: name.clone(), input })
        }
        None => Err(nothing_to_call("what is to be called?")),
    }
}

/// The bytes that a flag names: as written, of a file, or of stdin.
fn bytes(flag: &str, text: &str, session: &Session) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(&INPUT, format!("cannot read what `{flag}` names")).caused_by(&error)
    };
    let read = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        reader.take(LONGEST + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = match text.strip_prefix('@') {
        Some(path) => {
            let path = session.path(Path::new(path));
            std::fs::File::open(path).and_then(|mut file| read(&mut file)).map_err(failed)?
        }
        None if text == "-" => read(&mut std::io::stdin().lock()).map_err(failed)?,
        None => text.as_bytes().to_vec(),
    };
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new(&INPUT, format!("what `{flag}` names is larger than 8 MB")));
    }
    Ok(bytes)
}

fn json(flag: &str, text: &str, session: &Session) -> Result<Value, Failure> {
    serde_json::from_slice(&bytes(flag, text, session)?)
        .map_err(|e| Failure::new(&INPUT, format!("`{flag}` is not JSON")).caused_by(&e))
}
