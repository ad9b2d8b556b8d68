//! What the permission probes try: everything there is, with what the manifest grants of it.

use serde_json::{Value, json};

use super::request::granted_hosts;
use crate::model::Manifest;
use crate::model::resource::{self, Columns, Resource};
use crate::sandbox::FilesRoot;

/// Tables that no grant covers and every shop has.
const NEVER: &[&str] = &["users", "plugins", "credit_transactions", "cron_jobs", "custom_domains"];

/// Files for the probes to try: those outside of what is granted are there, so that a refusal is one.
pub(super) struct ProbeFiles {
    /// The root, for the sandbox.
    pub root: FilesRoot,
    // Gone when dropped.
    _dir: tempfile::TempDir,
}

impl ProbeFiles {
    /// A fresh root; `None` when there can be none, and the probes say so.
    pub(super) fn make(manifest: &Manifest) -> Option<Self> {
        let dir = tempfile::tempdir().ok()?;
        let root = dir.path().join("root");
        let mut folders = vec![root.clone(), root.join("other")];
        for folder in &manifest.permissions.filesystem {
            folders.push(folder.under(&root));
            folders.push(root.join(format!("{folder}x")));
        }
        for folder in folders {
            std::fs::create_dir_all(&folder).ok()?;
            std::fs::write(folder.join("secret.txt"), "kept").ok()?;
        }
        std::fs::write(dir.path().join("secret.txt"), "kept").ok()?;
        Some(Self { root: FilesRoot::open(&root).ok()?, _dir: dir })
    }
}

/// What is tried, for a plugin with these rights.
pub(super) fn probes(manifest: &Manifest) -> Value {
    let permissions = &manifest.permissions;
    let table = |name: &'static str| {
        let (mut select, mut write, mut remove) = (false, false, false);
        for grant in &permissions.database {
            let Resource::Known(reaches) = Resource::find(grant.resource()) else { continue };
            for reach in reaches.iter().filter(|reach| reach.table == name) {
                let (read, written, deletes) = reach.at(grant.access());
                select |= read != Columns::Nothing;
                write |= written != Columns::Nothing;
                remove |= deletes;
            }
        }
        // Whether single columns may be written differs; what is granted at all is not tried.
        json!({ "table": name, "select": select, "insert": write, "update": write, "remove": remove })
    };
    json!({
        "tables": resource::tables().into_iter().map(table).collect::<Vec<_>>(),
        "withheld": resource::SECRET_COLUMNS.iter().chain(resource::SENSITIVE_COLUMNS).collect::<Vec<_>>(),
        "never": NEVER,
        "hosts": granted_hosts(manifest),
        "folders": permissions.filesystem,
    })
}
