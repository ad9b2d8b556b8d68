//! Which plugin of a run has which slug: addresses, tables and settings go by it, so each has one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;

use super::problem::Problem;
use crate::project::MANIFEST;
use crate::sys::file::read_limited;

/// Largest manifest that is looked into, bytes.
const LARGEST_MANIFEST: u64 = 1024 * 1024;

/// Slugs and the folders that have them.
#[derive(Debug, Default)]
pub(crate) struct Names(Mutex<BTreeMap<String, PathBuf>>);

impl Names {
    /// What the manifests say at the start: of two with one slug the first folder has it.
    pub(crate) fn of(found: &[(PathBuf, String)]) -> Self {
        let names = Self::default();
        for (root, _) in found {
            let manifest = read_limited(&root.join(MANIFEST), LARGEST_MANIFEST).unwrap_or_default();
            let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_default();
            if let Some(slug) = manifest.get("slug").and_then(Value::as_str) {
                // Who comes too late is told when it is loaded.
                let _ = names.claim(slug, root);
            }
        }
        names
    }

    /// Takes a slug for a folder, unless another one has it.
    pub(crate) fn claim(&self, slug: &str, root: &Path) -> Result<(), Problem> {
        let Ok(mut names) = self.0.lock() else { return Ok(()) };
        let owner = names.entry(slug.to_owned()).or_insert_with(|| root.to_path_buf());
        if owner == root {
            return Ok(());
        }
        let other = owner.display();
        let text =
            format!("the slug `{slug}` belongs to another plugin here, the one in `{other}`");
        let hint = "change `slug` in the manifest.json of one of them".to_owned();
        Err(Problem { hints: vec![hint], ..Problem::new(&super::SAME_SLUG, text) })
    }

    /// Gives up every slug of a folder but this one.
    pub(crate) fn keep_only(&self, slug: &str, root: &Path) {
        if let Ok(mut names) = self.0.lock() {
            names.retain(|name, owner| name == slug || owner != root);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_has_the_slug_until_it_takes_another() {
        let dir = tempfile::tempdir().unwrap();
        let found: Vec<(PathBuf, String)> = ["a", "b"]
            .map(|name| {
                let root = dir.path().join(name);
                std::fs::create_dir(&root).unwrap();
                std::fs::write(root.join(MANIFEST), r#"{"slug":"acme-pay"}"#).unwrap();
                (root, name.to_owned())
            })
            .into();
        let names = Names::of(&found);
        names.claim("acme-pay", &found[0].0).unwrap();
        let problem = names.claim("acme-pay", &found[1].0).unwrap_err();
        assert_eq!(problem.code, "dev.same-slug");
        assert!(problem.message.ends_with("/a`"), "{}", problem.message);
        names.claim("acme-other", &found[0].0).unwrap();
        names.keep_only("acme-other", &found[0].0);
        names.claim("acme-pay", &found[1].0).unwrap();
    }
}
