//! The dependencies of this build with their versions and licences, read with `cargo metadata`.
//!
//! Cargo is asked about a copy of the package without its test dependencies: a plain `cargo build`
//! has not downloaded those, and nothing here may touch the network. Where cargo cannot say (an
//! unusual build system), the list is empty and `doctor` says so: a missing list must not break a
//! build.

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
    let out = variable("OUT_DIR");
    let copy = Path::new(&out).join("package");
    let lines = copy_package(Path::new(&variable("CARGO_MANIFEST_DIR")), &copy)
        .ok()
        .and_then(|()| read(&copy, &variable("TARGET")))
        .unwrap_or_default();
    let path = Path::new(&out).join("facts.tsv");
    if let Err(error) = fs::write(&path, lines.join("\n")) {
        println!("cargo::error=cannot write {}: {error}", path.display());
    }
}

/// Copies manifest and lock file into `copy`, without test dependencies, with empty sources.
fn copy_package(root: &Path, copy: &Path) -> std::io::Result<()> {
    fs::create_dir_all(copy.join("src"))?;
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let mut is_test_table = false;
    let kept: String = manifest
        .lines()
        .filter(|line| {
            if line.starts_with('[') {
                is_test_table = line.starts_with("[dev-dependencies");
            }
            !is_test_table && !line.starts_with("readme")
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    // A workspace of its own, wherever the output directory stands.
    fs::write(copy.join("Cargo.toml"), format!("{kept}\n[workspace]\n"))?;
    fs::copy(root.join("Cargo.lock"), copy.join("Cargo.lock"))?;
    for empty in ["build.rs", "src/lib.rs", "src/main.rs"] {
        fs::write(copy.join(empty), "")?;
    }
    Ok(())
}

fn read(root: &Path, target: &str) -> Option<Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .other_options(vec!["--offline".to_owned(), format!("--filter-platform={target}")])
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
