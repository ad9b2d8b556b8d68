//! A plugin's code on disk: `code/<slug>/<version>-<digest>/`, put there whole or not at all, and
//! read back only when every byte is the one that was installed.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::LifecycleError;
use crate::model::installed::{CodeCheck, InstalledCode};
use crate::model::release::ListedFile;
use crate::model::{Digest, FileSet, PluginSlug, TreePath};
use crate::package;
use crate::store::error::StoreError;
use crate::sys::file::{read_limited, sync_dir};
use crate::sys::kill_point::kill_point;
use crate::sys::private;

/// The code of one plugin in one shop.
#[derive(Debug, Clone)]
pub(crate) struct CodeFolder {
    dir: PathBuf,
}

impl CodeFolder {
    /// The folder of `slug` below the shop's directory.
    pub(crate) fn of(shop: &Path, slug: &PluginSlug) -> Self {
        Self { dir: shop.join("code").join(slug.as_str()) }
    }

    /// The name of a release's directory: both parts are plain characters.
    pub(crate) fn name(version: &semver::Version, content: &Digest) -> String {
        format!("{version}-{}", &content.hex()[..12])
    }

    /// The directory of that name.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Whether the directory is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.dir.join(name).is_dir()
    }

    /// Writes the files under `name`, which must not be there yet.
    pub(super) fn put(
        &self,
        name: &str,
        files: &FileSet,
        operation: uuid::Uuid,
    ) -> Result<(), LifecycleError> {
        private::create_dir(&self.dir).map_err(StoreError::file("make", &self.dir))?;
        let staging = self.staging(operation);
        package::unpack(files, &staging)?;
        kill_point("code.unpacked");
        let target = self.dir.join(name);
        std::fs::rename(&staging, &target).map_err(StoreError::file("make", &target))?;
        self.sync()?;
        kill_point("code.renamed");
        Ok(())
    }

    /// Removes `name`, and the plugin's folder when nothing else is in it. What is not there is
    /// removed already.
    pub(super) fn remove(&self, name: &str, operation: uuid::Uuid) -> Result<(), LifecycleError> {
        let target = self.dir.join(name);
        let going = self.dir.join(format!(".old-{operation}"));
        match std::fs::rename(&target, &going) {
            Ok(()) => {
                kill_point("code.moved-away");
                self.sync()?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::file("remove", target)(error).into()),
        }
        self.sweep(operation)
    }

    /// Removes what an operation left half done, and the folder when it is empty.
    pub(super) fn sweep(&self, operation: uuid::Uuid) -> Result<(), LifecycleError> {
        for path in [self.staging(operation), self.dir.join(format!(".old-{operation}"))] {
            match std::fs::remove_dir_all(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::file("remove", path)(error).into()),
            }
        }
        match std::fs::remove_dir(&self.dir) {
            Ok(()) => self.dir.parent().map_or(Ok(()), sync_dir),
            // Not empty, or not there.
            Err(_) => Ok(()),
        }
        .map_err(|e| StoreError::file("write", &self.dir)(e).into())
    }

    /// The files of `code`, or what is wrong with them. What is checked is what is returned.
    pub(crate) fn load(&self, code: &InstalledCode) -> Result<FileSet, CodeCheck> {
        let changed = |why: String| CodeCheck::Changed { why };
        let Some(name) = &code.dir else { return Err(CodeCheck::Removed) };
        let root = self.dir.join(name);
        let listed: BTreeMap<&str, &ListedFile> =
            code.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let mut found = 0;
        unlisted(&root, "", &listed, &mut found).map_err(changed)?;
        let mut files = FileSet::new();
        for file in &code.files {
            let content = read_listed(&root, file).map_err(changed)?;
            files.insert(file.path.clone(), content);
        }
        Ok(files)
    }

    /// Whether the code is what was installed.
    pub(crate) fn check(&self, code: &InstalledCode) -> CodeCheck {
        match self.load(code) {
            Ok(_) => CodeCheck::Intact,
            Err(check) => check,
        }
    }

    /// Everything in the plugin's folder, by name.
    pub(super) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn staging(&self, operation: uuid::Uuid) -> PathBuf {
        self.dir.join(format!(".new-{operation}"))
    }

    fn sync(&self) -> Result<(), LifecycleError> {
        for dir in [Some(self.dir.as_path()), self.dir.parent()].into_iter().flatten() {
            sync_dir(dir).map_err(StoreError::file("write", dir))?;
        }
        Ok(())
    }
}

/// One listed file, when it is a plain file with the listed content.
fn read_listed(root: &Path, file: &ListedFile) -> Result<Vec<u8>, String> {
    let path = file.path.under(root);
    let gone = |error: io::Error| format!("`{}` cannot be read: {error}", file.path);
    let is_plain = std::fs::symlink_metadata(&path).map_err(gone)?.is_file();
    if !is_plain {
        return Err(format!("`{}` is not a plain file", file.path));
    }
    let content = read_limited(&path, file.size).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => format!("`{}` was changed", file.path),
        _ => gone(error),
    })?;
    if Digest::of(&content) != file.digest {
        return Err(format!("`{}` was changed", file.path));
    }
    Ok(content)
}

/// Fails at the first thing that is not listed, a link above all.
fn unlisted(
    root: &Path,
    below: &str,
    listed: &BTreeMap<&str, &ListedFile>,
    found: &mut usize,
) -> Result<(), String> {
    let entries = std::fs::read_dir(root.join(below)).map_err(|e| format!("it is gone: {e}"))?;
    for entry in entries {
        let entry = entry.map_err(|e| e.to_string())?;
        let name = entry.file_name();
        let path = match (below, name.to_str()) {
            (_, None) => return Err(format!("`{}` was added", name.to_string_lossy())),
            ("", Some(name)) => name.to_owned(),
            (below, Some(name)) => format!("{below}/{name}"),
        };
        let kind = entry.file_type().map_err(|e| e.to_string())?;
        *found += 1;
        let is_known = match kind.is_dir() {
            true => listed.keys().any(|file| {
                file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'))
            }),
            false => listed.contains_key(path.as_str()),
        };
        if !is_known || TreePath::new(&path).is_err() {
            return Err(format!("`{path}` was added"));
        }
        if kind.is_dir() {
            unlisted(root, &path, listed, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> FileSet {
        ["manifest.json", "index.js", "src/a/b.js"]
            .into_iter()
            .map(|path| (TreePath::new(path).unwrap(), path.as_bytes().to_vec()))
            .collect()
    }

    fn code(name: &str) -> InstalledCode {
        let files = files();
        InstalledCode {
            dir: Some(name.to_owned()),
            archive: Digest::of(b"a"),
            content: Digest::of(b"c"),
            files: files
                .iter()
                .map(|(path, content)| ListedFile {
                    path: path.clone(),
                    size: content.len() as u64,
                    digest: Digest::of(content),
                })
                .collect(),
        }
    }

    fn folder(temp: &tempfile::TempDir) -> CodeFolder {
        std::fs::create_dir_all(temp.path().join("code")).unwrap();
        CodeFolder::of(temp.path(), &PluginSlug::new("acme-pay").unwrap())
    }

    #[test]
    fn what_was_put_is_loaded_and_can_be_removed() {
        let temp = tempfile::tempdir().unwrap();
        let folder = folder(&temp);
        let operation = uuid::Uuid::new_v4();
        folder.put("1.0.0-abc", &files(), operation).unwrap();
        assert_eq!(folder.load(&code("1.0.0-abc")).unwrap(), files());
        assert_eq!(folder.names(), ["1.0.0-abc"]);
        folder.remove("1.0.0-abc", operation).unwrap();
        folder.remove("1.0.0-abc", operation).unwrap();
        assert!(!temp.path().join("code/acme-pay").exists());
    }

    #[test]
    fn every_kind_of_tampering_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let folder = folder(&temp);
        type Tamper = fn(&Path);
        let tampers: [(&str, Tamper); 5] = [
            ("was changed", |dir| std::fs::write(dir.join("index.js"), "evil.js!").unwrap()),
            ("was changed", |dir| std::fs::write(dir.join("index.js"), "much longer").unwrap()),
            ("was added", |dir| std::fs::write(dir.join("src/a/c.js"), "x").unwrap()),
            ("was added", |dir| std::fs::create_dir(dir.join("lib")).unwrap()),
            ("cannot be read", |dir| std::fs::remove_file(dir.join("index.js")).unwrap()),
        ];
        for (expected, tamper) in tampers {
            let operation = uuid::Uuid::new_v4();
            folder.put("1.0.0-abc", &files(), operation).unwrap();
            tamper(&temp.path().join("code/acme-pay/1.0.0-abc"));
            match folder.check(&code("1.0.0-abc")) {
                CodeCheck::Changed { why } => assert!(why.contains(expected), "{why}"),
                other => panic!("{expected}: {other:?}"),
            }
            folder.remove("1.0.0-abc", operation).unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_a_file_is_not_followed() {
        let temp = tempfile::tempdir().unwrap();
        let folder = folder(&temp);
        folder.put("1.0.0-abc", &files(), uuid::Uuid::new_v4()).unwrap();
        let file = temp.path().join("code/acme-pay/1.0.0-abc/index.js");
        let outside = temp.path().join("outside");
        std::fs::rename(&file, &outside).unwrap();
        std::os::unix::fs::symlink(&outside, &file).unwrap();
        assert!(matches!(folder.check(&code("1.0.0-abc")), CodeCheck::Changed { .. }));
    }
}
