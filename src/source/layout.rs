//! Where in a repository the plugin is: at its root, at the path that was asked for, or the only one
//! in `plugins/<slug>/`.

use git2::{ObjectType, Oid, Repository, Tree};

use super::SourceError;
use super::address::GitAddress;
use super::catalog::Found;
use super::tree;
use crate::model::TreePath;
use crate::project::{MANIFEST, parse_manifest};

/// The folder of a repository that holds several plugins.
const PLUGINS: &str = "plugins";
/// Most bytes of a manifest.
const MAX_MANIFEST: usize = 1024 * 1024;
/// Most plugins that are listed.
const MAX_LISTED: usize = 100;

/// The plugin's directory, `None` for the root, and its tree.
pub(super) fn find(
    repository: &Repository,
    root: Oid,
    address: &GitAddress,
) -> Result<(Option<TreePath>, Oid), SourceError> {
    let tree = tree::tree(repository, root)?;
    if let Some(path) = &address.path {
        let places = [path.as_str().to_owned(), format!("{PLUGINS}/{path}")];
        for place in &places {
            if let Some(id) = folder(repository, &tree, place)?
                && has_manifest(&tree::tree(repository, id)?)
            {
                return Ok((TreePath::new(place).ok(), id));
            }
        }
        return Err(SourceError::NoPlugin {
            place: format!("in `{path}` of {}", address.repository()),
        });
    }
    if has_manifest(&tree) {
        return Ok((None, root));
    }
    let mut found = listed(repository, &tree)?;
    match found.len() {
        0 => Err(SourceError::NoPlugin {
            place: format!("at the root of {} or in `plugins/`", address.repository()),
        }),
        1 => {
            let (path, id) = found.remove(0);
            Ok((TreePath::new(&path).ok(), id))
        }
        _ => {
            let names: Vec<String> = found.into_iter().map(|(path, _)| path).collect();
            let sources = names.iter().map(|name| quoted(&address.with_path(name))).collect();
            Err(SourceError::Choose { names, sources })
        }
    }
}

/// Every plugin of the repository. A manifest that cannot be read is no plugin.
pub(super) fn manifests(
    repository: &Repository,
    root: Oid,
    address: &GitAddress,
) -> Result<Vec<Found>, SourceError> {
    let tree = tree::tree(repository, root)?;
    let places = match has_manifest(&tree) {
        true => vec![(None, root)],
        false => {
            let listed = listed(repository, &tree)?;
            listed.into_iter().map(|(path, id)| (Some(path), id)).collect()
        }
    };
    let odb = repository.odb().map_err(SourceError::Damaged)?;
    let mut found = Vec::new();
    for (path, id) in places {
        let tree = tree::tree(repository, id)?;
        let Some(entry) = tree.get_name(MANIFEST) else { continue };
        let bytes = tree::blob(&odb, entry.id(), MAX_MANIFEST)?.unwrap_or_default();
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        if let Ok(manifest) = parse_manifest(text) {
            let source = path.map_or_else(|| address.to_string(), |path| address.with_path(&path));
            found.push(Found::of(manifest, source));
        }
    }
    Ok(found)
}

/// Every directory of `plugins/` with a manifest, by name.
fn listed(repository: &Repository, root: &Tree<'_>) -> Result<Vec<(String, Oid)>, SourceError> {
    let mut found = Vec::new();
    let Some(id) = folder(repository, root, PLUGINS)? else { return Ok(found) };
    for entry in &tree::tree(repository, id)? {
        let Ok(name) = entry.name() else { continue };
        let path = format!("{PLUGINS}/{name}");
        if entry.kind() != Some(ObjectType::Tree) || TreePath::new(&path).is_err() {
            continue;
        }
        if has_manifest(&tree::tree(repository, entry.id())?) {
            found.push((path, entry.id()));
        }
        if found.len() == MAX_LISTED {
            break;
        }
    }
    Ok(found)
}

fn has_manifest(tree: &Tree<'_>) -> bool {
    tree.get_name(MANIFEST).is_some_and(|entry| entry.kind() == Some(ObjectType::Blob))
}

/// The tree at `path`, walked through trees alone.
fn folder(
    repository: &Repository,
    root: &Tree<'_>,
    path: &str,
) -> Result<Option<Oid>, SourceError> {
    let mut id = root.id();
    for part in path.split('/') {
        let tree = tree::tree(repository, id)?;
        match tree.get_name(part) {
            Some(entry) if entry.kind() == Some(ObjectType::Tree) => id = entry.id(),
            _ => return Ok(None),
        }
    }
    Ok(Some(id))
}

/// One word for a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@^~=,+%#".contains(c);
    match text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
