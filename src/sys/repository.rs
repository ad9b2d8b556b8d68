//! Git repositories, as far as a new plugin needs them.

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
