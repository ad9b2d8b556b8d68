//! Generated files say what the program says: completions, man pages, the README's tables.
//!
//! `UPDATE=1` renews them.

use std::path::{Path, PathBuf};

use crate::support::World;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn completions_and_man_pages_match_the_command_tree() {
    let world = World::new();
    world.run(["completions", "--all", "out"]).exits(0);
    let fresh = world.dir().join("out");
    let kept = root().join("completions");
    if is_update() {
        let _ = std::fs::remove_dir_all(&kept);
        for file in files_below(&fresh) {
            let target = kept.join(file.strip_prefix(&fresh).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(&file, target).unwrap();
        }
    }
    let names = |dir: &Path| -> Vec<PathBuf> {
        files_below(dir).iter().map(|f| f.strip_prefix(dir).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&fresh), names(&kept), "run with UPDATE=1 and commit completions/");
    for name in names(&fresh) {
        let same =
            std::fs::read(fresh.join(&name)).unwrap() == std::fs::read(kept.join(&name)).unwrap();
        assert!(same, "completions/{} is stale: UPDATE=1", name.display());
    }
}

/// The table rows under `marker` in the README, up to the next empty line.
fn readme_section(text: &str, head: &str) -> (usize, usize) {
    let start = text.find(head).unwrap_or_else(|| panic!("README lacks `{head}`")) + head.len();
    let start = start + text[start..].find("|---|---|\n").unwrap() + "|---|---|\n".len();
    let end = start + text[start..].find("\n\n").unwrap() + 1;
    (start, end)
}

fn check_table(head: &str, rows: &str) {
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (start, end) = readme_section(&text, head);
    if is_update() {
        std::fs::write(&path, format!("{}{rows}{}", &text[..start], &text[end..])).unwrap();
    } else {
        assert_eq!(&text[start..end], rows, "README table `{head}` is stale: UPDATE=1");
    }
}

#[test]
fn readme_tables_match_the_program() {
    let world = World::new();
    let reference = world.run(["explain", "--format", "json"]).json();
    let codes = reference["exit_codes"].as_array().unwrap();
    let rows: String = codes
        .iter()
        .map(|c| format!("| {} | {} |\n", c["number"], c["meaning"].as_str().unwrap()))
        .collect();
    check_table("| exit code | meaning |", &rows);

    let help = world.run(["help"]).stdout;
    let body = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in body.lines() {
        let line = line.trim_end();
        match line.strip_prefix("  ") {
            Some(rest) if !rest.starts_with(' ') => {
                let (name, about) = rest.split_once(' ').unwrap_or((rest, ""));
                commands.push((name.to_owned(), about.trim().to_owned()));
            }
            _ => {
                let last = commands.last_mut().unwrap();
                last.1 = format!("{} {}", last.1, line.trim());
            }
        }
    }
    let rows: String = commands
        .iter()
        .filter(|(name, _)| name != "help")
        .map(|(name, about)| format!("| `{name}` | {} |\n", about.trim_end_matches('.')))
        .collect();
    assert!(commands.len() > 6, "{help}");
    check_table("| command | what it does |", &rows);
}
