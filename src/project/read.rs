//! A whole plugin from its directory: manifest, files, entry.

use std::path::{Path, PathBuf};

use super::manifest::{ManifestError, parse_manifest};
use super::spans::MAX_BYTES;
use super::walk::{WalkError, read_files};
use crate::error::{Coded, ErrorCode};
use crate::model::{ExitCode, FileSet, Manifest, TreePath};

pub(super) static NO_MANIFEST: ErrorCode = ErrorCode {
    id: "project.no-manifest",
    exit: ExitCode::Usage,
    meaning: "The directory holds no manifest.json, so it is not a plugin.",
    remedy: "Go to the plugin's directory, give it with `-C DIR`, or make one: `daino-pdk create`.",
};
pub(super) static NO_ENTRY: ErrorCode = ErrorCode {
    id: "project.no-entry",
    exit: ExitCode::Usage,
    meaning: "The plugin has no entry module.",
    remedy: "Add `index.js` or `index.ts`, or name another file as `main` in manifest.json.",
};
pub(super) static NOT_TEXT: ErrorCode = ErrorCode {
    id: "project.manifest-encoding",
    exit: ExitCode::Usage,
    meaning: "manifest.json is not UTF-8 text.",
    remedy: "Save manifest.json as UTF-8 without byte order mark.",
};

/// Name of the manifest.
pub(crate) const MANIFEST: &str = "manifest.json";

/// A plugin as it was on disk at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// Its directory, absolute.
    pub root: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// All files, the manifest included.
    pub files: FileSet,
    /// The entry module; it is in `files`.
    pub entry: TreePath,
}

/// Why a directory is not a plugin.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProjectError {
    /// No manifest.
    #[error("there is no `manifest.json` in `{0}`")]
    NoManifest(String),
    /// A manifest that is not text.
    #[error("`manifest.json` is not UTF-8 text")]
    NotText,
    /// A manifest with mistakes.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Files that cannot be read.
    #[error(transparent)]
    Files(#[from] WalkError),
    /// The entry is not there.
    #[error("the entry `{0}` does not exist")]
    NoEntry(TreePath),
}

impl Coded for ProjectError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::NoManifest(_) => &NO_MANIFEST,
            Self::NotText => &NOT_TEXT,
            Self::Manifest(error) => error.code(),
            Self::Files(error) => error.code(),
            Self::NoEntry(_) => &NO_ENTRY,
        }
    }
    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoManifest(_) => vec![
                "make a plugin: `daino-pdk create my-plugin --template custom --lang js`"
                    .to_owned(),
                "or name its directory: `-C DIR`".to_owned(),
            ],
            Self::NotText => vec!["save it as UTF-8".to_owned()],
            Self::Manifest(error) => error.hints(),
            Self::Files(error) => error.hints(),
            Self::NoEntry(entry) => {
                vec![format!("create `{entry}`, or name another file as `main` in manifest.json")]
            }
        }
    }
    fn details(&self) -> Option<serde_json::Value> {
        match self {
            Self::Manifest(error) => error.details(),
            _ => None,
        }
    }
}

/// The directory without `.` components.
fn shown(dir: &Path) -> String {
    dir.components().collect::<PathBuf>().display().to_string()
}

/// Reads the plugin in `dir`.
pub(crate) fn read(dir: &Path) -> Result<Project, ProjectError> {
    let manifest_path = dir.join(MANIFEST);
    let kind = std::fs::symlink_metadata(&manifest_path);
    if matches!(&kind, Err(e) if e.kind() == std::io::ErrorKind::NotFound) {
        return Err(ProjectError::NoManifest(shown(dir)));
    }
    let files = read_files(dir)?;
    let root = dir
        .canonicalize()
        .map_err(|cause| WalkError::Unreadable { path: ".".to_owned(), cause })?;
    of_files(root, files)
}

/// The plugin that `files` are, read from `root` before.
pub(crate) fn of_files(root: PathBuf, files: FileSet) -> Result<Project, ProjectError> {
    let Some(bytes) = files.get(MANIFEST) else {
        return Err(ProjectError::NoManifest(shown(&root)));
    };
    // More than the limit is refused by the parser; no need to check so much for UTF-8.
    let head = bytes.get(..MAX_BYTES + 4).unwrap_or(bytes);
    let manifest_text = match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(error) if head.len() < bytes.len() && error.error_len().is_none() => {
            String::from_utf8_lossy(head).into_owned()
        }
        Err(_) => return Err(ProjectError::NotText),
    };
    let manifest = parse_manifest(&manifest_text)?;
    let entry = manifest.entry(&files);
    if !files.contains(entry.as_str()) {
        return Err(ProjectError::NoEntry(entry));
    }
    Ok(Project { root, manifest, files, entry })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"name":"A","slug":"acme-pay","version":"1.0.0","type":"custom"}"#;

    #[test]
    fn reads_a_plugin_and_names_what_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(read(dir.path()), Err(ProjectError::NoManifest(_))));
        assert!(matches!(read(&dir.path().join("no")), Err(ProjectError::NoManifest(_))));
        std::fs::write(dir.path().join(MANIFEST), GOOD).unwrap();
        assert!(
            matches!(read(dir.path()), Err(ProjectError::NoEntry(e)) if e.as_str() == "index.js")
        );
        std::fs::write(dir.path().join("index.ts"), "export default {}").unwrap();
        let project = read(dir.path()).unwrap();
        assert_eq!(project.entry.as_str(), "index.ts");
        std::fs::write(dir.path().join(MANIFEST), b"{\"name\":\"\xff\"}").unwrap();
        assert!(matches!(read(dir.path()), Err(ProjectError::NotText)));
    }
}
