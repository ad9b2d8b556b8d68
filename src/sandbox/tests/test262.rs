//! The language's own conformance suite, each file in a confined worker of its own:
//! `benches/test262 DIR`.
//!
//! A plugin's code is never a script of the global scope, so a test that is a script is given to an
//! indirect `eval`, once plain and once strict, as its flags say; one that is a module is a module
//! of the plugin. What fails is compared with `tests/data/test262-expected-failures.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use futures_util::StreamExt;

use super::*;

/// Features that are not part of the subset, beside every proposal.
const LEFT_OUT: &[&str] = &[
    "Temporal",
    "ShadowRealm",
    "dynamic-import",
    // A second realm, a second thread, a collector on demand: a plugin has none.
    "cross-realm",
    "host-gc-required",
    "Atomics.waitAsync",
    // Of browsers only.
    "IsHTMLDDA",
    // In the standard and in no engine but one.
    "tail-call-optimization",
];
/// What says that a test waits on another thread.
const THREADS: &[&str] = &["atomicsHelper.js"];
const AT_ONCE: usize = 3;

/// What the head of a file says.
#[derive(Debug, Default)]
struct Head {
    flags: Vec<String>,
    includes: Vec<String>,
    features: Vec<String>,
    /// Phase and type of the error that must come.
    negative: Option<(String, String)>,
}

impl Head {
    fn read(text: &str) -> Self {
        let mut head = Self::default();
        let Some((_, rest)) = text.split_once("/*---") else { return head };
        // Some files are about line ends and have odd ones.
        let yaml = rest.split("---*/").next().unwrap_or_default().replace('\r', "\n");
        let (mut key, mut phase, mut kind) = (String::new(), String::new(), String::new());
        for line in yaml.lines() {
            let item =
                line.trim_start().strip_prefix("- ").filter(|_| line.starts_with([' ', '-']));
            let (name, value) = match (item, line.trim().split_once(':')) {
                (Some(item), _) => (key.clone(), item.to_owned()),
                (None, Some((name, value))) if line.starts_with(|c: char| !c.is_whitespace()) => {
                    key = name.to_owned();
                    (key.clone(), value.to_owned())
                }
                (None, Some((name, value))) => (format!("{key}.{name}"), value.to_owned()),
                (None, None) => continue,
            };
            let words = value.trim().trim_matches(['[', ']']).split(',').map(str::trim);
            let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
            match name.as_str() {
                "flags" => head.flags.extend(words),
                "includes" => head.includes.extend(words),
                "features" => head.features.extend(words),
                "negative.phase" => phase = value.trim().to_owned(),
                "negative.type" => kind = value.trim().to_owned(),
                _ => {}
            }
        }
        head.negative = (!kind.is_empty()).then_some((phase, kind));
        head
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|known| known == flag)
    }

    /// The ways a file is run: `module`, `plain`, `strict`.
    fn ways(&self) -> Vec<&'static str> {
        match self {
            _ if self.has("module") => vec!["module"],
            _ if self.has("raw") || self.has("noStrict") => vec!["plain"],
            _ if self.has("onlyStrict") => vec!["strict"],
            _ => vec!["plain", "strict"],
        }
    }

    fn is_left_out(&self, proposals: &BTreeSet<String>) -> bool {
        let is_out = |name: &String| proposals.contains(name) || LEFT_OUT.contains(&name.as_str());
        self.features.iter().any(is_out)
            || self.includes.iter().any(|name| THREADS.contains(&name.as_str()))
            || self.has("CanBlockIsFalse")
            || self.has("CanBlockIsTrue")
    }
}

struct Suite {
    root: PathBuf,
    harness: BTreeMap<String, String>,
}

/// How one run of one file ended.
enum Ended {
    Passed,
    Failed(String),
    /// By a signal that nobody here sent.
    Died(String),
}

const ENTRY: &str = "
const state = globalThis.__test262;
delete globalThis.__test262;
const indirect = eval;
// Text, because a test may have changed what objects are written with.
const told = (error) => `${typeof error === 'object' && error !== null ? String(error.constructor?.name ?? error.name) : typeof error}\\n${String(error?.message ?? error)}`;
export const run = async (source, isAsync) => {
  try {
    if (source !== null) indirect(source);
  } catch (error) {
    return told(error);
  }
  if (!isAsync) return 'done';
  const line = await state.printed;
  return line === 'Test262:AsyncTestComplete' ? 'done' : `async\\n${line}`;
};
";

/// Runs before anything of the test: the harness, and what a host gives tests.
const BEFORE: &str = "
let print;
const printed = new Promise((resolve) => { print = resolve; });
globalThis.__test262 = { printed };
globalThis.print = (text) => print(String(text));
globalThis.$262 = {
  global: globalThis,
  evalScript: (source) => (0, eval)(source),
  detachArrayBuffer: (buffer) => { buffer.transfer(); },
};
";

impl Suite {
    fn read(root: PathBuf) -> Self {
        let mut harness = BTreeMap::new();
        for (name, text) in files_below(&root.join("harness")) {
            // What a script declares is seen by the next one; what an `eval` declares with these
            // words is not.
            let lines = text.lines().map(|line| match line.split_once(' ') {
                Some(("const" | "let", rest)) => format!("var {rest}\n"),
                _ => format!("{line}\n"),
            });
            harness.insert(name, lines.collect());
        }
        Self { root, harness }
    }

    fn proposals(&self) -> BTreeSet<String> {
        let text = std::fs::read_to_string(self.root.join("features.txt")).unwrap();
        let proposed = text.split("## Standard language features").next().unwrap();
        let names = proposed.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
    }

    fn spec(&self, path: &str, text: &str, head: &Head, way: &str) -> InstanceSpec {
        let mut scripts = Vec::new();
        if !head.has("raw") {
            scripts.extend(["assert.js", "sta.js"]);
            scripts.extend(head.has("async").then_some("doneprintHandle.js"));
            scripts.extend(head.includes.iter().map(String::as_str));
        }
        let mut before = BEFORE.to_owned();
        for name in scripts {
            let script = serde_json::Value::from(self.harness[name].as_str());
            before.push_str(&format!("(0, eval)({script});\n"));
        }
        let mut entry = "import './before.js';\n".to_owned();
        if way == "module" {
            entry.push_str(&format!("import {:?};\n", format!("./{path}")));
        }
        entry.push_str(ENTRY);
        let mut spec = super::spec(
            &[("index.js", &entry), ("before.js", &before)],
            ResourceLimits {
                memory: Bytes::mb(256),
                timeout: TimeLimit::new(Duration::from_secs(20)),
                ..ResourceLimits::default()
            },
        );
        if way == "module" {
            let folder = Path::new(path).parent().unwrap();
            for entry in std::fs::read_dir(self.root.join(folder)).unwrap().flatten() {
                let name = entry.file_name().into_string().unwrap();
                if name.contains("_FIXTURE") {
                    let at = TreePath::new(folder.join(name).to_str().unwrap()).unwrap();
                    spec.files.insert(at, std::fs::read(entry.path()).unwrap());
                }
            }
            spec.files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        spec
    }

    async fn run(&self, path: &str, text: &str, head: &Head, way: &str) -> Ended {
        let outcome = self.outcome(path, text, head, way).await;
        let (name, told) = match &outcome {
            Ok(value) => match value.as_str().unwrap_or("?") {
                "done" => (String::new(), String::new()),
                told => {
                    let (name, message) = told.split_once('\n').unwrap_or((told, ""));
                    (name.to_owned(), message.to_owned())
                }
            },
            Err(SandboxError::Crashed { how, .. }) => return Ended::Died(how.clone()),
            Err(SandboxError::Load(thrown)) => (thrown.name.clone(), thrown.message.clone()),
            Err(error) => {
                // A module that cannot be read does not come as far as the engine.
                let cause = std::error::Error::source(error).map(ToString::to_string);
                let name = if cause.is_some() { "SyntaxError" } else { id(error) };
                (name.to_owned(), format!("{error} {}", cause.unwrap_or_default()))
            }
        };
        match &head.negative {
            None if name.is_empty() => Ended::Passed,
            // An error class of the test's own has no name as a property.
            Some((_, kind)) if *kind == name || (kind == "Test262Error" && name == "Object") => {
                Ended::Passed
            }
            None => Ended::Failed(format!("{name}: {told}")),
            Some((phase, kind)) => {
                Ended::Failed(format!("wants {kind} at {phase}, got {name}: {told}"))
            }
        }
    }

    async fn outcome(
        &self,
        path: &str,
        text: &str,
        head: &Head,
        way: &str,
    ) -> Result<Value, SandboxError> {
        let plugin = Plugin::start(self.spec(path, text, head, way)).await?;
        let source = match way {
            "module" => Value::Null,
            "strict" => json!(format!("\"use strict\";\n{text}")),
            _ => json!(text),
        };
        let ended = plugin.call("run", json!([source, head.has("async")])).await;
        plugin.instance.stop().await;
        ended
    }
}

/// Names, from `root` on, and texts of the JavaScript files below a folder, in order.
fn files_below(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "js") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn expected_failures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/test262-expected-failures.txt")
}

fn folder_of(path: &str) -> String {
    path.split('/').skip(1).take(2).collect::<Vec<_>>().join("/")
}

/// `DAINO_TEST262` names the checkout, `DAINO_TEST262_ONLY` a beginning of paths, or `expected` for
/// the files of the list of expected failures; `UPDATE=1` renews that list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs a checkout of test262"]
async fn test262() {
    let root = std::env::var_os("DAINO_TEST262").expect("DAINO_TEST262 names a checkout");
    let only = std::env::var("DAINO_TEST262_ONLY").unwrap_or_else(|_| "test/".to_owned());
    let suite = Suite::read(root.into());
    let proposals = suite.proposals();
    let known = std::fs::read_to_string(expected_failures()).unwrap_or_default();
    let known: BTreeSet<String> =
        known.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let mut left_out = 0_u64;
    let mut files = Vec::new();
    for part in ["test/language", "test/built-ins"] {
        for (name, text) in files_below(&suite.root.join(part)) {
            let path = format!("{part}/{name}");
            let wanted = match only.as_str() {
                "expected" => known.contains(&path),
                start => path.starts_with(start),
            };
            if path.contains("_FIXTURE") || !wanted {
                continue;
            }
            let head = Head::read(&text);
            match head.is_left_out(&proposals) {
                true => left_out += 1,
                false => files.push((path, text, head)),
            }
        }
    }
    let mut runs: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let (mut failed, mut died, mut count) = (BTreeSet::new(), Vec::new(), 0_u64);
    let suite = &suite;
    let work = files.iter().flat_map(|(path, text, head)| {
        head.ways()
            .into_iter()
            .map(move |way| async move { (path, way, suite.run(path, text, head, way).await) })
    });
    let mut ended = futures_util::stream::iter(work).buffer_unordered(AT_ONCE);
    let mut log = std::io::stderr();
    while let Some((path, way, outcome)) = ended.next().await {
        let (passed, all) = runs.entry(folder_of(path)).or_default();
        *all += 1;
        count += 1;
        match outcome {
            Ended::Passed => *passed += 1,
            Ended::Failed(why) => {
                writeln!(log, "FAIL {path} {way}: {}", why.replace('\n', " ")).unwrap();
                failed.insert(path.clone());
            }
            Ended::Died(how) => {
                writeln!(log, "DIED {path} {way}: {how}").unwrap();
                died.push(path.clone());
            }
        }
    }
    let passed: u64 = runs.values().map(|(passed, _)| passed).sum();
    for (folder, (passed, all)) in &runs {
        let rate = *passed as f64 * 100.0 / *all as f64;
        writeln!(log, "{folder:40} {passed:6} of {all:6}  {rate:6.2} %").unwrap();
    }
    writeln!(
        log,
        "{passed} of {count} runs of {} files pass ({:.2} %); {left_out} files left out",
        files.len(),
        passed as f64 * 100.0 / count as f64
    )
    .unwrap();
    assert!(died.is_empty(), "the worker died: {died:#?}");
    if std::env::var_os("UPDATE").is_some() {
        // Of those that failed, or of everything: what was not run must not leave the list.
        assert!(["test/", "expected"].contains(&only.as_str()), "this run is not the whole");
        let mut text =
            "# Files of test262 of which a run fails: see `benches/test262`.\n".to_owned();
        failed.iter().for_each(|path| text.push_str(&format!("{path}\n")));
        std::fs::write(expected_failures(), text).unwrap();
        return;
    }
    let new: Vec<_> = failed.difference(&known).collect();
    let ran = |path: &&String| files.iter().any(|(file, ..)| file == *path);
    let gone: Vec<_> = known.difference(&failed).filter(ran).collect();
    writeln!(log, "{} expected failures passed: {gone:#?}", gone.len()).unwrap();
    assert!(new.is_empty(), "these passed before: {new:#?}");
}
