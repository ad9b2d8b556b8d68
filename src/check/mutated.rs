//! Code that no person writes: real files with pieces gone, twice, swapped or cut off, through the
//! whole of the checks. Nothing may break, and fixes may not break what parsed.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Options, Profile, RULES, Subject, check, mend};
use crate::model::{FileSet, TreePath};

/// Small numbers by chance, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Texts to begin with: the examples of all rules, and the files below `dir`.
fn seeds(dir: Option<&Path>) -> Vec<(String, String)> {
    let mut seeds = Vec::new();
    for rule in RULES {
        let files = rule.bad.iter().chain(rule.good);
        seeds.extend(files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    }
    let mut waiting: Vec<_> = dir.into_iter().map(Path::to_path_buf).collect();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_code =
                [".js", ".jsx", ".ts", ".mjs", ".cjs", ".tsx"].iter().any(|e| name.ends_with(e));
            if let (true, Ok(text)) = (is_code, std::fs::read_to_string(&path)) {
                seeds.push((format!("src/{name}"), text));
            }
        }
    }
    seeds.retain(|(_, text)| !text.is_empty() && text.len() < 100_000);
    seeds
}

/// Words, numbers, blanks and single signs.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            0
        } else if c == ' ' {
            1
        } else {
            2
        }
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        let own = kind(c);
        if at > start && (own == 2 || last != Some(own)) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(own);
    }
    tokens.push(&text[start..]);
    tokens
}

fn mutate(text: &str, other: &str, chance: &mut Chance) -> Vec<u8> {
    let mut list = tokens(text);
    let others = tokens(other);
    for _ in 0..=chance.below(6) {
        if list.is_empty() {
            break;
        }
        let (a, b) = (chance.below(list.len()), chance.below(list.len()));
        match chance.below(6) {
            0 => drop(list.remove(a)),
            1 => list.swap(a, b),
            2 => list.insert(a, list[b]),
            3 => list.truncate(a),
            4 => list.insert(a, others[chance.below(others.len())]),
            _ => list.insert(
                a,
                ["(", "{", "`${", "*/", "\u{feff}", "\r\n", "=>", "#x"][chance.below(8)],
            ),
        }
    }
    let mut bytes = list.concat().into_bytes();
    if chance.below(20) == 0 && !bytes.is_empty() {
        let at = chance.below(bytes.len());
        bytes[at] = 0xff;
    }
    bytes
}

/// Mutates for as long as `goes_on` says; how many plugins that were.
fn run(seeds: &[(String, String)], seed: u64, mut goes_on: impl FnMut(usize) -> bool) -> usize {
    let mut chance = Chance(seed);
    let mut count = 0;
    while goes_on(count) {
        count += 1;
        let mut files = FileSet::new();
        let manifest =
            r#"{ "name": "A", "slug": "acme-plugin", "version": "1.0.0", "type": "custom" }"#;
        files.insert(TreePath::new("manifest.json").unwrap(), manifest.as_bytes().to_vec());
        for _ in 0..=chance.below(3) {
            let (path, text) = &seeds[chance.below(seeds.len())];
            let (_, other) = &seeds[chance.below(seeds.len())];
            let Ok(path) = TreePath::new(path) else { continue };
            files.insert(path, mutate(text, other, &mut chance));
        }
        let profile = if count % 2 == 0 { Profile::Audit } else { Profile::Strict };
        let options = Options { profile, ..Options::default() };
        let report = check(&Subject { files: &files }, &options);
        let shown = || {
            let text = |(path, bytes): (&TreePath, &[u8])| {
                format!("--- {path}\n{}\n", String::from_utf8_lossy(bytes))
            };
            files.iter().map(text).collect::<String>()
        };
        // A run that broke knows no files.
        assert_eq!(report.files, files.len(), "the checks broke off at:\n{}", shown());
        if count % 8 == 0 {
            let parses = |files: &FileSet| {
                let only = vec!["syntax-error".to_owned(), "manifest-syntax".to_owned()];
                let options = Options { only, ..Options::default() };
                check(&Subject { files }, &options).issues.len()
            };
            let fixed = mend(&files, &options);
            assert!(parses(&fixed.files) <= parses(&files), "a fix broke:\n{}", shown());
        }
    }
    count
}

#[test]
fn mutated_code_never_breaks_the_checks() {
    let seeds = seeds(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")));
    assert!(seeds.len() > 100, "only {} texts", seeds.len());
    assert_eq!(run(&seeds, 0x9e37_79b9, |count| count < 150), 150);
}

/// `DAINO_FUZZ=folder cargo test --release --lib mutated -- --ignored --nocapture`
#[test]
#[ignore = "runs for ten minutes"]
fn mutated_code_never_breaks_the_checks_for_ten_minutes() {
    let dir = std::env::var_os("DAINO_FUZZ").map(std::path::PathBuf::from);
    let seeds = seeds(dir.as_deref());
    let start = Instant::now();
    let seed = start.elapsed().as_nanos() as u64 ^ u64::from(std::process::id()) << 20 | 1;
    let count = run(&seeds, seed, |_| start.elapsed() < Duration::from_secs(600));
    assert!(count > 1_000, "only {count} plugins in ten minutes, seed {seed}");
    let _ = writeln!(std::io::stderr(), "{count} plugins of {} texts, seed {seed}", seeds.len());
}
