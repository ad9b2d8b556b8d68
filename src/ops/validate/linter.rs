//! Runs the author's own linter over a plugin.
//!
//! It is the one that the project has installed, else the one on `PATH`. Unlike everything else of
//! `validate` this runs code: a linter's configuration is a program, which is why nobody but the
//! author asks for it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::check::{Foreign, Linter};
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, FileSet};
use crate::sys::program::{Bounds, named, run};

pub(super) static LINTER: ErrorCode = ErrorCode {
    id: "validate.linter",
    exit: ExitCode::Usage,
    meaning: "The linter that `--with` names is not installed, or broke off.",
    remedy: "Install it in the project (`npm install --save-dev eslint`), and see that it runs there by itself.",
};

/// What a linter may take.
const BOUNDS: Bounds = Bounds { time: Duration::from_secs(120), bytes: 64 * 1024 * 1024 };
/// Lines of a linter's own words that are shown when it breaks.
const SHOWN_LINES: usize = 6;

/// Runs each of them.
pub(super) fn findings(
    dir: &Path,
    linters: &[Linter],
    files: &FileSet,
) -> Result<Vec<(Linter, Foreign)>, Failure> {
    linters.iter().map(|linter| Ok((*linter, one(dir, *linter, files)?))).collect()
}

fn one(dir: &Path, linter: Linter, files: &FileSet) -> Result<Foreign, Failure> {
    let name = linter.name();
    let refuse = |cause: std::io::Error| {
        Failure::new(&LINTER, format!("cannot run `{name}`")).caused_by(&cause)
    };
    let root = dir.canonicalize().map_err(refuse)?;
    let Some(program) = program(&root, name) else {
        let message = format!("`{name}` is neither in `node_modules` nor on PATH");
        return Err(Failure::new(&LINTER, message)
            .hint(format!("install it: `npm install --save-dev {name}`")));
    };
    let mut command = Command::new(&program);
    command.current_dir(&root).args(["--format", "json"]);
    if linter == Linter::Oxlint {
        // ESLint leaves it out by itself.
        command.args(["--ignore-pattern", "node_modules"]);
    }
    command.arg(".").env("NO_COLOR", "1");
    let said = run(command, BOUNDS).map_err(|cause| {
        Failure::new(&LINTER, format!("`{}` broke off", program.display())).caused_by(&cause)
    })?;
    let broken = || {
        let how = match said.status.code() {
            Some(code) => format!("exit code {code}"),
            None => "a signal".to_owned(),
        };
        let failure = Failure::new(&LINTER, format!("`{}` ended with {how}", program.display()));
        let text = String::from_utf8_lossy(if said.err.is_empty() { &said.out } else { &said.err });
        let lines: Vec<&str> =
            text.lines().filter(|l| !l.trim().is_empty()).take(SHOWN_LINES).collect();
        let failure = match lines.is_empty() {
            true => failure,
            false => failure.caused_by(&std::io::Error::other(lines.join("\n"))),
        };
        failure.hint(format!("see whether it runs by itself: `npx {name} .`"))
    };
    // 0 and 1: it found nothing, it found something.
    if !matches!(said.status.code(), Some(0 | 1)) {
        return Err(broken());
    }
    linter.read(&said.out, &root, files).map_err(|_| broken())
}

/// The program: of the project, of the repository that the project is in, or on `PATH`.
fn program(root: &Path, name: &str) -> Option<PathBuf> {
    let own = |dir: &Path| named(&dir.join("node_modules/.bin"), name);
    if let Some(found) = own(root) {
        return Some(found);
    }
    // Beyond its repository, folders belong to others.
    if let Some(top) = root.ancestors().find(|dir| dir.join(".git").exists()) {
        let between = root.ancestors().skip(1).take_while(|dir| dir.starts_with(top));
        if let Some(found) = between.into_iter().find_map(own) {
            return Some(found);
        }
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).filter(|dir| dir.is_absolute()).find_map(|dir| named(&dir, name))
}
