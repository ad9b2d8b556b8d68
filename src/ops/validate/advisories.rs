//! Reads a folder of advisories, and which packages lie installed beside a plugin.
//!
//! Sizes and numbers are bounded; what is no advisory is remembered, not fatal.

use std::fs;
use std::path::Path;

use crate::check::Advisories;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;

/// The folder of advisories cannot be read.
pub(super) static OSV: ErrorCode = ErrorCode {
    id: "validate.osv",
    exit: ExitCode::Usage,
    meaning: "The folder that `--osv` names cannot be read.",
    remedy: "Name a folder of advisories in OSV's form, one JSON file each.",
};

/// Larger files are no advisories.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Most files that are read.
const MAX_FILES: usize = 400_000;
/// Deepest folder below the one that is named.
const MAX_DEPTH: u32 = 8;

/// Reads every advisory below `folder`, and the packages in `node_modules` of the plugin.
pub(super) fn read(folder: &Path, plugin: &Path) -> Result<Advisories, Failure> {
    let mut all = Advisories::default();
    fs::read_dir(folder).map_err(|error| {
        Failure::new(&OSV, format!("`{}` cannot be read: {error}", folder.display()))
    })?;
    let mut left = MAX_FILES;
    walk(folder, 0, &mut left, &mut |path| {
        if path.extension().is_some_and(|e| e == "json") {
            let shown = path.strip_prefix(folder).unwrap_or(path).display().to_string();
            match small(path) {
                Some(bytes) => all.add(&shown, &bytes),
                None => all.broken.push((shown, "it is too large, or not readable".to_owned())),
            }
        }
    });
    let mut left = MAX_FILES;
    walk(&plugin.join("node_modules"), 0, &mut left, &mut |path| {
        let is_package = path.file_name().is_some_and(|n| n == "package.json");
        let Some(bytes) = is_package.then(|| small(path)).flatten() else { return };
        let Ok(json) = serde_json::from_slice::<serde_json::Value>(&bytes) else { return };
        let text = |key: &str| json.get(key).and_then(|v| v.as_str()).map(str::to_owned);
        if let (Some(name), Some(version)) = (text("name"), text("version")) {
            all.installed.insert((name, version));
        }
    });
    Ok(all)
}

fn small(path: &Path) -> Option<Vec<u8>> {
    let size = fs::metadata(path).ok()?.len();
    if size > MAX_FILE { None } else { fs::read(path).ok() }
}

/// Visits files in the order of their names; symbolic links are not followed.
fn walk(folder: &Path, depth: u32, left: &mut usize, visit: &mut dyn FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if *left == 0 {
            return;
        }
        *left -= 1;
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth < MAX_DEPTH {
            walk(&entry.path(), depth + 1, left, visit);
        } else if kind.is_file() {
            visit(&entry.path());
        }
    }
}
