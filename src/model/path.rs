//! Paths inside a plugin tree: relative, `/`-separated, and safe to join to any directory.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

/// Longest path kept, in bytes; what a ustar header holds without extensions is 255.
pub(crate) const MAX_PATH: usize = 255;

/// A checked relative path: never empty, absolute, `..`, backslashed, control characters,
/// a Windows device or drive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TreePath(String);

/// Why a text is not a path inside a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is not a path inside the plugin: {reason}")]
pub struct TreePathError {
    /// The text, escaped and shortened.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl TreePath {
    /// Checks `text` and makes a path of it. A leading `./` is dropped.
    pub fn new(text: &str) -> Result<Self, TreePathError> {
        let clean = text.strip_prefix("./").unwrap_or(text);
        match Self::fault(clean) {
            Some(reason) => Err(TreePathError {
                path: text.chars().take(120).flat_map(char::escape_debug).collect(),
                reason,
            }),
            None => Ok(Self(clean.to_owned())),
        }
    }

    fn fault(text: &str) -> Option<&'static str> {
        if text.is_empty() {
            return Some("it is empty");
        }
        if text.len() > MAX_PATH {
            return Some("it is longer than 255 bytes");
        }
        if text.starts_with('/') {
            return Some("it is absolute");
        }
        if text.contains('\\') {
            return Some("it holds a backslash");
        }
        if text.chars().any(is_unprintable) {
            return Some("it holds a control or direction character");
        }
        text.split('/').find_map(component_fault)
    }

    /// The path as text, `/`-separated.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The text after the last dot of the file name, or "".
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, e)| e)
    }

    /// Everything before the last component, or "".
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(p, _)| p)
    }

    /// Whether the path is `dir` itself or below it.
    pub fn is_below(&self, dir: &str) -> bool {
        self.0.strip_prefix(dir).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The path below `root`, in the system's own form.
    pub fn under(&self, root: &Path) -> PathBuf {
        self.0.split('/').fold(root.to_path_buf(), |path, part| path.join(part))
    }
}

/// Control characters, and the ones that make text read in another order than it is stored.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn component_fault(part: &str) -> Option<&'static str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = part.split('.').next().unwrap_or("").to_ascii_lowercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    match part {
        "" => Some("it has an empty component"),
        "." | ".." => Some("it has a `.` or `..` component"),
        _ if part.contains([':', '*', '?', '"', '<', '>', '|']) => {
            Some("it holds a character that not every system can store")
        }
        _ if part.ends_with(['.', ' ']) => Some("a component ends in a dot or a space"),
        _ if DEVICES.contains(&stem.as_str()) || numbered => Some("it names a device"),
        _ => None,
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for TreePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for TreePath {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for TreePath {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TreePath".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "minLength": 1, "maxLength": MAX_PATH,
            "description": "A path inside the plugin, separated by `/`, without `..`."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_every_way_out() {
        for bad in [
            "",
            ".",
            "..",
            "../a",
            "a/../b",
            "/etc/passwd",
            "a//b",
            "a/",
            "C:/x",
            "a\\b",
            "a\0",
            "nul",
            "aux.js",
            "com1.txt",
            "a. ",
            "x\u{202e}gpj.exe",
            "a?b",
            &"a".repeat(256),
        ] {
            assert!(TreePath::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn keeps_ordinary_paths() {
        let path = TreePath::new("./migrations/0001_create.down.sql").unwrap();
        assert_eq!(path.as_str(), "migrations/0001_create.down.sql");
        assert_eq!(path.extension(), "sql");
        assert!(path.is_below("migrations"));
        assert!(!path.is_below("migr"));
        assert_eq!(path.under(Path::new("/r")), Path::new("/r/migrations/0001_create.down.sql"));
    }
}
