//! What this binary was built from: facts gathered at build time.

use serde::Serialize;

/// A package inside the binary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Package {
    /// Name.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
    /// SPDX expression.
    pub licence: &'static str,
}

/// Version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Target triple it was built for.
pub const TARGET: &str = env!("DAINO_BUILD_TARGET");
/// `debug` or `release`.
pub const PROFILE: &str = env!("DAINO_BUILD_PROFILE");

const FACTS: &str = include_str!(concat!(env!("OUT_DIR"), "/facts.tsv"));

/// Every package inside the binary, sorted by name; empty when the build could not tell.
pub fn packages() -> Vec<Package> {
    FACTS
        .lines()
        .filter_map(|line| {
            let mut parts = line.split('\t');
            Some(Package { name: parts.next()?, version: parts.next()?, licence: parts.next()? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_and_the_parser_are_listed() {
        let names: Vec<_> = packages().iter().map(|p| p.name).collect();
        for expected in ["rquickjs", "oxc", "tokio-postgres", "git2"] {
            assert!(names.contains(&expected), "{expected} is missing in {names:?}");
        }
        assert!(!names.contains(&"insta"), "test dependencies are not in the binary");
    }
}
