//! Git repositories, as far as a new plugin needs them.

use std::collections::BTreeMap;
use std::path::Path;

/// Makes `dir` a repository, unless it is inside one already; whether it was made. No commit, no
/// hooks, no template of the user's.
pub fn init(dir: &Path) -> Result<bool, git2::Error> {
    match git2::Repository::discover(dir) {
        Ok(_) => return Ok(false),
        Err(error) if error.code() == git2::ErrorCode::NotFound => {}
        // Somebody else's repository around us is still a repository.
        Err(error) if error.code() == git2::ErrorCode::Owner => return Ok(false),
        Err(error) => return Err(error),
    }
    let mut options = git2::RepositoryInitOptions::new();
    options.initial_head("main").external_template(false).no_reinit(true);
    git2::Repository::init_opts(dir, &options).map(|_| true)
}

/// The name the user signs commits with.
pub fn user_name() -> Option<String> {
    let config = git2::Config::open_default().ok()?.snapshot().ok()?;
    let name = config.get_string("user.name").ok()?;
    let name = name.trim();
    (!name.is_empty() && name.len() <= 200 && !name.chars().any(char::is_control))
        .then(|| name.to_owned())
}

/// Parts of files, as first and last line from 1, by their paths.
pub type Lines = BTreeMap<String, Vec<(u32, u32)>>;

/// The lines below `dir` that differ from the commit where HEAD and `since` parted. What is not
/// committed and what git does not know yet count; paths are relative to `dir`.
pub fn changed_lines(dir: &Path, since: &str) -> Result<Lines, git2::Error> {
    let repository = git2::Repository::discover(dir)?;
    let bare = || git2::Error::from_str("the repository has no files");
    let no_path = |error: std::io::Error| git2::Error::from_str(&error.to_string());
    let root = repository.workdir().ok_or_else(bare)?.canonicalize().map_err(no_path)?;
    let dir = dir.canonicalize().map_err(no_path)?;
    let inside = dir.strip_prefix(&root).map_err(|_| bare())?;
    let other = repository.revparse_single(since)?.peel_to_commit()?;
    let head = repository.head()?.peel_to_commit()?;
    let base = repository.find_commit(repository.merge_base(head.id(), other.id())?)?;
    let mut options = git2::DiffOptions::new();
    options
        .context_lines(0)
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .show_untracked_content(true)
        .include_typechange(true)
        .ignore_submodules(true)
        .disable_pathspec_match(true);
    if !inside.as_os_str().is_empty() {
        options.pathspec(inside);
    }
    let diff =
        repository.diff_tree_to_workdir_with_index(Some(&base.tree()?), Some(&mut options))?;
    let mut lines = Lines::new();
    for (at, delta) in diff.deltas().enumerate() {
        let path = delta.new_file().path().and_then(|path| path.strip_prefix(inside).ok());
        let Some(path) = path.and_then(Path::to_str) else { continue };
        if delta.status() == git2::Delta::Deleted {
            continue;
        }
        let parts = lines.entry(path.replace('\\', "/")).or_default();
        let Some(patch) = git2::Patch::from_diff(&diff, at)? else {
            // Not text: all of it changed.
            parts.push((1, u32::MAX));
            continue;
        };
        for hunk in 0..patch.num_hunks() {
            let (hunk, _) = patch.hunk(hunk)?;
            // Where lines only went away, the line before and the one after are new neighbours.
            let first = hunk.new_start().max(1);
            let count = if hunk.new_lines() == 0 { 2 } else { hunk.new_lines() };
            parts.push((first, first + count - 1));
        }
    }
    Ok(lines)
}
