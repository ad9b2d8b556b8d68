//! The forms of `validate`'s report, what is selected, and what fails the run.

use serde_json::Value;

use crate::support::World;

const MANIFEST: &str = r#"{
  "name": "Acme",
  "slug": "acme-plugin",
  "version": "1.0.0",
  "type": "custom",
  "description": "An example.",
  "license": "MIT"
}
"#;

/// Code with an injection in line 4, and names that mean something to each form.
const HOSTILE: &str = "export default class Plugin {\n  async find(input, ctx) {\n    const name = input['</script><img src=x onerror=alert(1)>'];\n    return ctx.db.query(`SELECT id FROM acme_rows WHERE name = '${name}'`);\n  }\n}\n";

/// A plugin with one injection, and a file whose name is an attack on each form.
fn plugin() -> World {
    let world = World::new();
    for (path, text) in [
        ("acme/manifest.json", MANIFEST),
        ("acme/index.js", HOSTILE),
        ("acme/README.md", "# Acme\n"),
        ("acme/LICENSE", "MIT\n"),
        ("acme/CHANGELOG.md", "# 1.0.0\n"),
        ("acme/tests/a.test.js", "import { it } from 'node:test';\nit('x', () => {});\n"),
    ] {
        world.write(path, text);
    }
    world
}

/// A file name that is a line end to a runner, and a mention.
const NAME: &str = "acme/src/&'%0A,a`@x.js";
/// An import whose name is markup, a table cell and a mention.
const IMPORT: &str = "import './<b>|`@x';\n";

fn report(world: &World, form: &str) -> String {
    world.run(["validate", "acme", "--report", form]).exits(1).stdout.clone()
}

/// What the schema of OASIS says against a log.
fn against_schema(log: &Value) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sarif-2.1.0.json");
    // A pattern of it has a bracket too many, as published, and is no regular expression.
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.replace("{2}]?$", "{2}?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    validator.iter_errors(log).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn sarif_keeps_to_the_schema_with_ways_suppressions_fixes_and_fingerprints() {
    let world = plugin();
    world.write(NAME, "debugger;\n");
    world.write(
        "acme/src/kept.js",
        "// daino-ignore debugger-statement: \"<kept>\" for a test\ndebugger;\n",
    );
    let log: Value = serde_json::from_str(&report(&world, "sarif")).unwrap();
    assert_eq!(against_schema(&log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().filter(|r| r["ruleId"] == rule).collect::<Vec<_>>();
    let injection = of("sql-injection")[0];
    let way = injection["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    assert!(way.len() >= 2);
    assert!(injection["fingerprints"]["daino/v2"].as_str().unwrap().len() == 32);
    let debuggers = of("debugger-statement");
    assert_eq!(debuggers.len(), 2);
    let kept = debuggers.iter().find(|r| r["suppressions"].is_array()).unwrap();
    assert_eq!(kept["suppressions"][0]["kind"], "inSource");
    assert!(kept["suppressions"][0]["justification"].as_str().unwrap().contains("<kept>"));
    let fixed = debuggers.iter().find(|r| r["suppressions"].is_null()).unwrap();
    assert!(fixed["fixes"][0]["artifactChanges"][0]["replacements"].is_array());
    let uri = fixed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str();
    assert!(uri.unwrap().starts_with("src/%26%27%250A"), "{uri:?}");
    // The schema would see a mistake.
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "bad".into();
    assert!(!against_schema(&broken).is_empty());
}

#[test]
fn no_form_is_steered_by_what_it_shows() {
    let world = plugin();
    world.write(NAME, "debugger;\n");
    world.write("acme/src/b.js", IMPORT);
    let html = report(&world, "html");
    assert!(html.starts_with("<!doctype html>") && html.contains("default-src 'none'"));
    assert!(!html.contains("<img") && !html.contains("<b>") && !html.contains("<script"), "{html}");
    assert!(html.contains("./&lt;b&gt;|`@x"), "{html}");
    let markdown = report(&world, "markdown");
    let row = markdown.lines().find(|l| l.contains("unresolved-import")).unwrap();
    assert!(row.contains("&lt;b&gt;\\|\\`&#64;x"), "{row}");
    let github = report(&world, "github");
    let line = github.lines().find(|l| l.contains("title=debugger-statement")).unwrap();
    assert!(line.starts_with("::warning file=src/&'%250A%2Ca`@x.js,line=1,"), "{line}");
    assert!(github.lines().all(|l| l.starts_with("::")), "{github}");
    let junit = report(&world, "junit");
    assert!(junit.contains("<testsuite name=\"security\"") && !junit.contains("<b>"), "{junit}");
    assert!(junit.contains("name=\"sql-injection\"") && junit.contains("<failure"));
    let gitlab: Value = serde_json::from_str(&report(&world, "gitlab")).unwrap();
    let entries = gitlab.as_array().unwrap();
    let injection = entries.iter().find(|e| e["check_name"] == "sql-injection").unwrap();
    assert_eq!(injection["severity"], "blocker");
    assert_eq!(injection["location"]["path"], "index.js");
    assert_eq!(injection["location"]["lines"]["begin"], 4);
    let unix = report(&world, "unix");
    assert!(unix.lines().any(|l| l.starts_with("index.js:4:")), "{unix}");
}

#[test]
fn several_reports_are_written_at_once_and_json_stays_one_document() {
    let world = plugin();
    let run = world.run([
        "validate",
        "acme",
        "--format",
        "json",
        "--report",
        "sarif=a.sarif",
        "--report",
        "html=a.html",
        "--report",
        "junit=a.xml",
    ]);
    assert_eq!(run.exits(1).json()["schema_version"], 1);
    for file in ["a.sarif", "a.html", "a.xml"] {
        assert!(world.dir().join(file).metadata().unwrap().len() > 100, "{file}");
    }
    world.run(["validate", "acme", "--report", "yaml=x"]).exits(2).complains("use one of");
    world.run(["validate", "acme", "--report", "sarif=no/where"]).exits(2).complains("no/where");
    world
        .run(["validate", "acme", "--report", "sarif", "--report", "html"])
        .exits(2)
        .complains("more than one");
}

#[test]
fn ci_services_are_told_without_being_asked() {
    let world = plugin();
    let base = world.dir().canonicalize().unwrap();
    let summary = world.dir().join("summary.md");
    let run = |vars: &[(&str, &std::path::Path)], args: &[&str]| {
        let mut command = world.command();
        command.args(["validate", "acme"]).args(args);
        for (name, value) in vars {
            command.env(name, value);
        }
        crate::support::Run::of(command.output().unwrap())
    };
    let github = [
        ("GITHUB_ACTIONS", std::path::Path::new("true")),
        ("GITHUB_WORKSPACE", &base),
        ("GITHUB_STEP_SUMMARY", &summary),
    ];
    let told = run(&github, &[]);
    told.exits(1).complains("::error file=acme/index.js,line=4,");
    assert!(told.stdout.contains("Score"));
    assert!(std::fs::read_to_string(&summary).unwrap().contains("sql-injection"));
    assert!(!run(&github, &["--no-annotations"]).stderr.contains("::error"));
    let gitlab = [("GITLAB_CI", std::path::Path::new("true")), ("CI_PROJECT_DIR", base.as_path())];
    run(&gitlab, &[]).exits(1);
    let file = std::fs::read(world.dir().join("gl-code-quality-report.json")).unwrap();
    let entries: Value = serde_json::from_slice(&file).unwrap();
    assert!(entries.as_array().unwrap().iter().any(|e| e["location"]["path"] == "acme/index.js"));
}

#[test]
fn a_baseline_hides_what_was_there_also_when_lines_move() {
    let world = plugin();
    let args = ["validate", "acme", "--baseline", "base.json"];
    world.run(args).exits(2).complains("--write-baseline");
    world.run(["validate", "acme", "--write-baseline"]).exits(2);
    world.run([&args[..], &["--write-baseline", "--dry-run"]].concat()).exits(0);
    assert!(!world.dir().join("base.json").exists());
    world.run([&args[..], &["--write-baseline"]].concat()).exits(0).complains("were written");
    world.write("acme/index.js", format!("// moved\n\n{HOSTILE}"));
    let report = world.run([&args[..], &["--format", "json"]].concat()).exits(0).json();
    assert_eq!(report["issues"].as_array().unwrap().len(), 0, "{report:#}");
    assert!(report["suppressed"].as_u64().unwrap() >= 1);
    assert_eq!(report["suppressions"][0]["by"], "baseline");
    world.write("acme/src/new.js", "debugger;\n");
    let report = world.run([&args[..], &["--format", "json"]].concat()).json();
    assert_eq!(report["issues"].as_array().unwrap().len(), 1, "{report:#}");
    world.write("acme/index.js", "export default class Plugin {}\n");
    world.run(args).exits(0);
    assert!(world.run(args).stdout.contains("entries of the baseline"));
    for broken in ["", "{}", "[1]", "{\"version\":9,\"findings\":{}}"] {
        world.write("base.json", broken);
        world.run(args).exits(2).complains("cannot use the baseline");
    }
}

#[test]
fn rules_are_selected_by_id_pattern_and_check() {
    let world = plugin();
    world.write("acme/src/a.js", "debugger;\n");
    let rules = |args: &[&str]| {
        let mut all = vec!["validate", "acme", "--format", "json", "--fail-on", "critical"];
        all.extend(args);
        let report = world.run(all).json();
        let issues = report["issues"].as_array().unwrap().clone();
        let mut rules: Vec<String> =
            issues.iter().map(|i| i["rule"].as_str().unwrap().to_owned()).collect();
        rules.dedup();
        rules
    };
    assert_eq!(rules(&["--only", "*-injection"]), ["sql-injection"]);
    assert_eq!(rules(&["--only", "debugger-statement"]), ["debugger-statement"]);
    assert!(!rules(&["--skip", "security"]).contains(&"sql-injection".to_owned()));
    for bad in ["--only=nothing-*", "--skip=sql-injektion", "--only=security,nope"] {
        world.run(["validate", "acme", bad]).exits(2).complains("there is no rule");
    }
    world.run(["validate", "acme", "--skip", "*"]).exits(2).complains("no rule is left");
    let summary = world.run(["validate", "acme", "--only", "xss"]);
    assert!(summary.stdout.contains("1 rules") && summary.stdout.contains("--only"));
    world.run(["validate", "--explain", "xss"]).exits(0);
}

#[test]
fn gates_decide_the_exit_code_and_say_why() {
    let world = plugin();
    world.write("acme/index.js", "export default class Plugin {}\n");
    world.write("acme/src/a.js", "debugger;\n");
    world.run(["validate", "acme"]).exits(0);
    let run = world.run(["validate", "acme", "--max-warnings", "0"]);
    assert!(run.exits(1).stdout.contains("1 warnings are more than 0"), "{}", run.stdout);
    world.run(["validate", "acme", "--max-warnings", "1"]).exits(0);
    let run = world.run(["validate", "acme", "--min-score", "100"]);
    assert!(run.exits(1).stdout.contains("is under 100"), "{}", run.stdout);
    world.run(["validate", "acme", "--min-score", "101"]).exits(2);
    let report =
        world.run(["validate", "acme", "--min-score", "100", "--format", "json"]).exits(1).json();
    assert_eq!(report["reasons"].as_array().unwrap().len(), 1);
}

fn git(world: &World, args: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]);
    let done =
        command.args(args).current_dir(world.dir()).env("HOME", world.home()).output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn diff_reports_what_is_on_changed_lines() {
    let world = plugin();
    world.run(["validate", "acme", "--diff", "main"]).exits(2).complains("cannot compare");
    git(&world, &["init", "-q"]);
    git(&world, &["add", "."]);
    git(&world, &["commit", "-qm", "first"]);
    git(&world, &["checkout", "-qb", "work"]);
    let found = |code: i32| {
        let args = ["validate", "acme", "--diff", "main", "--format", "json"];
        world.run(args).exits(code).json()
    };
    let report = found(0);
    assert_eq!(report["issues"].as_array().unwrap().len(), 0);
    assert!(report["skipped"].to_string().contains("changed since `main`"), "{report:#}");
    // An unrelated line, then a new file that git does not know.
    world.write("acme/index.js", format!("{HOSTILE}// the end\n"));
    assert_eq!(found(0)["issues"].as_array().unwrap().len(), 0);
    world.write("acme/src/new.js", "debugger;\n");
    let report = found(0);
    assert_eq!(report["issues"][0]["file"], "src/new.js");
    // A step of the value's way counts as the finding does.
    world.write("acme/index.js", HOSTILE.replace("find(input, ctx)", "find(input, ctx, more)"));
    let report = found(1);
    assert!(report["issues"].to_string().contains("sql-injection"), "{report:#}");
    world.run(["validate", "acme", "--diff", "no-such"]).exits(2).complains("no-such");
}
