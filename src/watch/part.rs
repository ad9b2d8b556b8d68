//! What a file is to a running plugin: whether a change of it matters, and to what.

use serde::Serialize;

use crate::model::TreePath;
use crate::project::MANIFEST;

/// What a file is to a running plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Part {
    /// `manifest.json`.
    Manifest,
    /// SQL below `migrations/`.
    Migration,
    /// Code, or JSON that code can import.
    Code,
    /// Anything below `tests/`.
    Test,
    /// Everything else: texts, pictures, settings of tools.
    Other,
}

/// JSON files that tools read, not the plugin.
const OF_TOOLS: [&str; 4] = ["package.json", "package-lock.json", "jsconfig.json", "tsconfig.json"];

impl Part {
    /// What the file at `path` is.
    pub(crate) fn of(path: &TreePath) -> Self {
        if path.as_str() == MANIFEST {
            return Self::Manifest;
        }
        if path.is_below("tests") {
            return Self::Test;
        }
        if path.is_below("migrations") && path.extension() == "sql" {
            return Self::Migration;
        }
        let is_code = matches!(
            path.extension(),
            "js" | "ts" | "mjs" | "cjs" | "mts" | "jsx" | "tsx" | "json"
        );
        if is_code && !OF_TOOLS.contains(&path.as_str()) && !path.as_str().ends_with(".d.ts") {
            return Self::Code;
        }
        Self::Other
    }

    /// Whether the plugin must be loaded again when such a file changes.
    pub(crate) fn needs_reload(self) -> bool {
        matches!(self, Self::Manifest | Self::Migration | Self::Code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_parts_by_path() {
        for (path, part) in [
            ("manifest.json", Part::Manifest),
            ("migrations/0001_a.sql", Part::Migration),
            ("migrations/0001_a.down.sql", Part::Migration),
            ("index.ts", Part::Code),
            ("data/zones.json", Part::Code),
            ("src/manifest.json", Part::Code),
            ("widgets/points.jsx", Part::Code),
            ("admin/settings.tsx", Part::Code),
            ("daino.d.ts", Part::Other),
            ("package.json", Part::Other),
            ("tests/unit/a.test.js", Part::Test),
            ("README.md", Part::Other),
        ] {
            assert_eq!(Part::of(&TreePath::new(path).unwrap()), part, "{path}");
        }
    }
}
