//! Which files are tests, and of which suite.

use crate::model::{FileSet, TreePath};

/// A kind of tests; the folder below `tests/` says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Suite {
    /// `tests/unit`, and files directly in `tests/`.
    Unit,
    /// `tests/integration`.
    Integration,
    /// `tests/security`.
    Security,
    /// `tests/performance`.
    Performance,
    /// Every suite.
    All,
}

impl Suite {
    /// The suite a test file belongs to.
    fn of(path: &TreePath) -> Self {
        match path.as_str().split('/').nth(1) {
            Some("integration") => Self::Integration,
            Some("security") => Self::Security,
            Some("performance") => Self::Performance,
            _ => Self::Unit,
        }
    }

    /// Where its files are.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Unit => "tests/unit",
            Self::Integration => "tests/integration",
            Self::Security => "tests/security",
            Self::Performance => "tests/performance",
            Self::All => "tests",
        }
    }
}

/// The test files of a suite, sorted by path.
pub(crate) fn find(files: &FileSet, suite: Suite) -> Vec<TreePath> {
    let is_test = |path: &&TreePath| {
        path.is_below("tests")
            && [".test.js", ".test.ts", ".test.mjs"].iter().any(|end| path.as_str().ends_with(end))
    };
    files
        .paths()
        .filter(is_test)
        .filter(|path| suite == Suite::All || Suite::of(path) == suite)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(suite: Suite) -> Vec<String> {
        let mut files = FileSet::new();
        for path in [
            "tests/b.test.js",
            "tests/unit/deep/a.test.ts",
            "tests/integration/pay.test.mjs",
            "tests/security/xss.test.js",
            "tests/unit/data.js",
            "src/a.test.js",
        ] {
            files.insert(TreePath::new(path).unwrap(), Vec::new());
        }
        find(&files, suite).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_folder_is_the_suite() {
        assert_eq!(found(Suite::Unit), ["tests/b.test.js", "tests/unit/deep/a.test.ts"]);
        assert_eq!(found(Suite::Integration), ["tests/integration/pay.test.mjs"]);
        assert_eq!(found(Suite::Performance), [""; 0]);
        assert_eq!(found(Suite::All).len(), 4);
    }
}
