//! Which plugins a folder holds: itself, or those in the folders directly below it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::Failure;
use crate::project::MANIFEST;

/// Most plugins of one run.
const MOST: usize = 32;

/// The real paths of the plugins in `dir`, each once, with the names of their folders.
pub(crate) fn plugins(dir: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    let unreadable = |cause: std::io::Error| {
        Failure::new(&super::NO_PLUGIN, format!("cannot read `{}`", dir.display()))
            .caused_by(&cause)
    };
    let mut folders = Vec::new();
    if has_manifest(dir) {
        folders.push(dir.to_path_buf());
    } else {
        for entry in std::fs::read_dir(dir).map_err(unreadable)?.flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !hidden && entry.file_name() != "node_modules" && has_manifest(&entry.path()) {
                folders.push(entry.path());
            }
        }
        folders.sort();
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for folder in folders {
        let real = folder.canonicalize().map_err(unreadable)?;
        if seen.insert(real.clone()) {
            let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((real, name));
        }
    }
    match found.len() {
        0 => Err(Failure::new(
            &super::NO_PLUGIN,
            format!("there is no plugin in `{}`, nor in the folders below it", dir.display()),
        )
        .hint("make one: `daino-pdk create my-plugin --template custom --lang js`")
        .hint("or name its directory: `daino-pdk dev PATH`")),
        count if count > MOST => Err(Failure::new(
            &super::NO_PLUGIN,
            format!("`{}` holds {count} plugins; at most {MOST} are served at once", dir.display()),
        )
        .hint("name the directory of one: `daino-pdk dev PATH`")),
        _ => Ok(found),
    }
}

fn has_manifest(dir: &Path) -> bool {
    dir.join(MANIFEST).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_or_several_and_each_once() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        assert_eq!(plugins(root).unwrap_err().code().id, "dev.no-plugin");
        for name in ["b", "a", ".hidden", "node_modules"] {
            std::fs::create_dir(root.join(name)).unwrap();
            std::fs::write(root.join(name).join(MANIFEST), "{}").unwrap();
        }
        std::fs::create_dir(root.join("other")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("a", root.join("link")).unwrap();
        let names =
            |dir: &Path| plugins(dir).unwrap().into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(names(root), ["a", "b"]);
        assert_eq!(names(&root.join("a")), ["a"]);
        #[cfg(unix)]
        assert_eq!(
            plugins(&root.join("link")).unwrap()[0].0,
            root.canonicalize().unwrap().join("a")
        );
    }
}
