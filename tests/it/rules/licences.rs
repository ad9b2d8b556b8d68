//! Only permissive licences, in everything that ends up in the binary or builds it.

use cargo_metadata::MetadataCommand;
use spdx::{Expression, LicenseReq, ParseMode};

/// Licences that ask for no more than a notice.
const PERMISSIVE: &[&str] = &[
    "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "0BSD", "Unlicense",
    "Unicode-3.0", "CC0-1.0", "BSL-1.0", "MIT-0", "CDLA-Permissive-2.0", "bzip2-1.0.6",
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
