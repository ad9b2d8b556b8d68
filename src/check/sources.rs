//! From files to sources: what is code, what it says, what cannot be read.

use super::ir::{self, Place};
use super::lines::Lines;
use super::plugin::Source;
use super::syntax::Look;
use crate::model::{FileSet, TreePath};
use crate::script::nesting;

/// Something about a file that stops the checks from looking at all of it.
#[derive(Debug)]
pub(super) struct Trouble {
    /// Which rule says so.
    pub rule: &'static str,
    /// Index of the source.
    pub file: usize,
    /// Where.
    pub place: Place,
    /// What, in words.
    pub message: String,
}

const ENDINGS: [&str; 8] = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];
/// From this many bytes in a line on average, code was made by a program.
const DENSE_LINE: usize = 400;
/// Larger files are only parsed.
const MAX_FOLLOWED: usize = 1024 * 1024;

/// Reads every file of code.
pub(super) fn read(
    files: &FileSet,
    is_audit: bool,
    looks: &[(&'static str, Look)],
) -> (Vec<Source>, Vec<Trouble>) {
    let (mut sources, mut troubles) = (Vec::new(), Vec::new());
    let packages: Vec<&str> =
        files.paths().filter(|p| p.file_name() == "package.json").map(|p| p.parent()).collect();
    for (path, bytes) in files.iter() {
        let name = path.as_str();
        if !ENDINGS.contains(&path.extension()) || name.ends_with(".d.ts") {
            continue;
        }
        let file = sources.len();
        let mut made = source(path, bytes, file, looks, &mut troubles);
        // In a tree of any kind, only what a package calls its tests are tests.
        made.is_test &= !is_audit;
        made.is_test |= packages.iter().any(|root| is_below_tests(name, root));
        sources.push(made);
    }
    (sources, troubles)
}

fn source(
    path: &TreePath,
    bytes: &[u8],
    file: usize,
    looks: &[(&'static str, Look)],
    troubles: &mut Vec<Trouble>,
) -> Source {
    let mut trouble = |rule, place, message: String| {
        troubles.push(Trouble { rule, file, place, message });
    };
    let nowhere = Place::default();
    let head = &bytes[..bytes.len().min(8192)];
    if head.contains(&0) {
        trouble("unreadable-file", nowhere, "The file is binary, not code".to_owned());
        return empty(path);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let at = error.valid_up_to() as u32;
            let place = Place { start: at, end: at };
            trouble("unreadable-file", place, "The file is not UTF-8 from here on".to_owned());
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    let lines = Lines::of(&text);
    let is_dense =
        text.len() > MAX_FOLLOWED || text.len() > 5_000 && text.len() / lines.count() > DENSE_LINE;
    let name = path.as_str();
    let is_test = name.starts_with("tests/")
        || name.contains(".test.")
        || name.contains(".spec.")
        || name.contains("__tests__/");
    let mut made = Source { path: path.clone(), text, lines, module: None, is_dense, is_test };
    if let Err(error) = nesting::check(path.as_str(), &made.text) {
        let words = error.to_string();
        let words = words.split_once("` ").map_or(words.as_str(), |(_, rest)| rest);
        trouble("unreadable-file", nowhere, format!("The file {words}"));
        return made;
    }
    let looks = if made.is_dense { &[] } else { looks };
    let (module, fault) = ir::build(file as u32, path.as_str(), &made.text, looks);
    if let Some(fault) = fault {
        trouble("syntax-error", fault.place, format!("This does not parse: {}", fault.message));
    }
    made.module = module;
    made
}

fn empty(path: &TreePath) -> Source {
    Source {
        path: path.clone(),
        text: String::new(),
        lines: Lines::of(""),
        module: None,
        is_dense: false,
        is_test: false,
    }
}

/// Whether a file is in a folder of tests of the package at `root`.
fn is_below_tests(path: &str, root: &str) -> bool {
    let inner = if root.is_empty() { Some(path) } else { path.strip_prefix(root) };
    let Some(inner) = inner else { return false };
    let folders = inner.trim_start_matches('/').rsplit_once('/').map_or("", |(dir, _)| dir);
    folders.split('/').any(|f| {
        matches!(f, "test" | "tests" | "__tests__" | "spec" | "bench" | "benchmark" | "benchmarks")
    })
}
