//! Only permissive licences, in everything that ends up in the binary or builds it.

use cargo_metadata::MetadataCommand;
use spdx::{Expression, LicenseReq, ParseMode};

/// Licences that ask for no more than a notice.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
    "BSL-1.0",
    "MIT-0",
    "CDLA-Permissive-2.0",
    "bzip2-1.0.6",
];

fn is_permissive(requirement: &LicenseReq) -> bool {
    requirement.license.id().is_some_and(|id| PERMISSIVE.contains(&id.name))
}

#[test]
fn every_dependency_has_a_permissive_licence() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .expect("cargo metadata runs");
    let mut refused = Vec::new();
    for package in &metadata.packages {
        let text = package.license.clone().unwrap_or_default();
        let fine = Expression::parse_mode(&text, ParseMode::LAX)
            .is_ok_and(|expression| expression.evaluate(is_permissive));
        if !fine {
            refused.push(format!("{} {}: `{text}`", package.name, package.version));
        }
    }
    assert!(metadata.packages.len() > 100, "the dependency graph was not read");
    assert!(refused.is_empty(), "not permissive: {refused:#?}");
}

#[test]
fn every_direct_dependency_is_explained() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let manifest = std::fs::read_to_string(format!("{root}Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let page = std::fs::read_to_string(format!("{root}docs/dependencies.md")).unwrap();
    let mut names = Vec::new();
    let mut tables = vec![&manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    for table in tables {
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            names.extend(
                table.get(key).and_then(|t| t.as_table()).into_iter().flat_map(|t| t.keys()),
            );
        }
    }
    assert!(names.len() > 40, "the manifest was not read");
    let missing: Vec<_> = names.iter().filter(|n| !page.contains(&format!("| {n} |"))).collect();
    assert!(missing.is_empty(), "not in docs/dependencies.md: {missing:?}");
    for line in page.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| crate")) {
        let name = line.split('|').nth(1).unwrap_or("").trim();
        assert!(names.iter().any(|n| *n == name), "`{name}` is no dependency any more");
    }
}
