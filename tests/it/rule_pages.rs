//! The pages of `docs/rules/` say what the rules say of themselves: one page for each rule, none too
//! many. `UPDATE=1` renews them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use crate::support::World;

/// Longest example that is printed whole.
const MAX_EXAMPLE: usize = 2_000;

fn page(rule: &Value) -> String {
    let text = |key: &str| rule[key].as_str().unwrap();
    let mut page = format!(
        "# {}\n\n{}\n\nWeight `{}`, check `{}`, class `{}`.\n\n{}\n\n{}\n",
        text("id"),
        text("summary"),
        text("severity"),
        text("category"),
        text("class"),
        text("explanation"),
        text("help"),
    );
    for (head, key) in [("Reported", "bad"), ("Not reported", "good")] {
        write!(page, "\n## {head}\n").unwrap();
        for file in rule[key].as_array().unwrap() {
            let path = file["path"].as_str().unwrap();
            let body = file["text"].as_str().unwrap();
            if body.is_empty() {
                write!(page, "\n`{path}` is absent.\n").unwrap();
                continue;
            }
            let cut: String = body.chars().take(MAX_EXAMPLE).collect();
            let body = cut.replace('\0', "\u{2400}");
            let kind = path.rsplit('.').next().unwrap();
            write!(page, "\n`{path}`\n\n```{kind}\n{}\n```\n", body.trim_end()).unwrap();
        }
    }
    page
}

#[test]
fn every_rule_has_a_page_with_a_good_and_a_bad_example() {
    let list = World::new().run(["validate", "--list-rules", "--format", "json"]).exits(0).json();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let is_update = std::env::var_os("UPDATE").is_some();
    if is_update {
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
    }
    let mut names = BTreeSet::new();
    for rule in list["rules"].as_array().unwrap() {
        let id = rule["id"].as_str().unwrap();
        for key in ["bad", "good"] {
            assert!(!rule[key].as_array().unwrap().is_empty(), "{id} has no {key} example");
        }
        let name = format!("{id}.md");
        let path = dir.join(&name);
        let wanted = page(rule);
        if is_update {
            std::fs::write(&path, &wanted).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == wanted, "docs/rules/{name} is stale: UPDATE=1");
        names.insert(name);
    }
    let kept: BTreeSet<String> = std::fs::read_dir(&dir)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(kept, names, "docs/rules/ has pages of rules that are gone");
}
