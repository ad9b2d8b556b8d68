//! The dependencies of this build with their versions and licences, read with `cargo metadata`.
//!
//! Where cargo cannot say (an unusual build system), the list is empty and `doctor` says so: a
//! missing list must not break a build.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

/// Writes `facts.tsv` into the build's output directory: name, version, licence per line.
pub fn write() {
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=build/facts.rs");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    println!("cargo::rustc-env=DAINO_BUILD_TARGET={}", variable("TARGET"));
    println!("cargo::rustc-env=DAINO_BUILD_PROFILE={}", variable("PROFILE"));
    let lines = read(&variable("CARGO_MANIFEST_DIR"), &variable("TARGET")).unwrap_or_default();
    let path = Path::new(&variable("OUT_DIR")).join("facts.tsv");
    if let Err(error) = fs::write(&path, lines.join("\n")) {
        println!("cargo::error=cannot write {}: {error}", path.display());
    }
}

fn read(root: &str, target: &str) -> Option<Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(Path::new(root).join("Cargo.toml"))
        .other_options(vec![
            "--offline".to_owned(),
            "--locked".to_owned(),
            format!("--filter-platform={target}"),
        ])
        .exec()
        .ok()?;
    let linked = linked_packages(&metadata)?;
    let mut lines: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| linked.contains(&package.id))
        .map(|package| {
            let licence = package.license.as_deref().unwrap_or("see its repository");
            format!("{}\t{}\t{licence}", package.name, package.version)
        })
        .collect();
    lines.sort();
    Some(lines)
}

/// Packages that normal dependencies reach: what the binary contains.
fn linked_packages(metadata: &Metadata) -> Option<BTreeSet<PackageId>> {
    let resolve = metadata.resolve.as_ref()?;
    let root = resolve.root.clone()?;
    let mut linked = BTreeSet::new();
    let mut open = vec![root.clone()];
    while let Some(id) = open.pop() {
        let Some(node) = resolve.nodes.iter().find(|node| node.id == id) else { continue };
        for dependency in &node.deps {
            let is_normal = dependency.dep_kinds.iter().any(|k| k.kind == DependencyKind::Normal);
            if is_normal && linked.insert(dependency.pkg.clone()) {
                open.push(dependency.pkg.clone());
            }
        }
    }
    Some(linked)
}
