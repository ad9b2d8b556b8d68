//! The permissions of a plugin: what its manifest asks for, and what its code provably needs.

use std::path::PathBuf;

use serde::Serialize;

use crate::check::{self, Unproved};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::permission::Permissions;
use crate::project::{self, ManifestChange, edit_manifest};
use crate::sys::file::write_atomic;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WRITE];

static WRITE: ErrorCode = ErrorCode {
    id: "permissions.write",
    exit: ExitCode::Usage,
    meaning: "The permissions cannot be written into manifest.json.",
    remedy: "Make manifest.json writable, or copy what `daino-pdk permissions --infer` prints.",
};

/// What to do.
#[derive(Debug)]
pub(crate) struct PermissionsRequest {
    /// Directory of the plugin.
    pub dir: PathBuf,
    /// Whether to say what the code needs, not what the manifest asks for.
    pub infer: bool,
    /// Whether to write it into the manifest.
    pub write: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// The permissions.
#[derive(Debug, Serialize)]
pub(crate) struct PermissionsOutcome {
    /// What the manifest asks for, or what the code needs.
    pub permissions: Permissions,
    /// Entries that the manifest lacks.
    pub missing: Vec<String>,
    /// Entries that the manifest has without need.
    pub unneeded: Vec<String>,
    /// What could not be proved.
    pub unproved: Vec<Unproved>,
    /// Whether the manifest was written.
    pub written: bool,
}

/// Tells the permissions, and writes them when that is asked for.
pub(crate) fn permissions(request: &PermissionsRequest) -> Result<PermissionsOutcome, Failure> {
    let project = project::read(&request.dir)?;
    let own = project.manifest.permissions.clone();
    let mut outcome = PermissionsOutcome {
        permissions: own.clone(),
        missing: Vec::new(),
        unneeded: Vec::new(),
        unproved: Vec::new(),
        written: false,
    };
    if !request.infer {
        return Ok(outcome);
    }
    let inferred = check::infer(&project.files, &project.manifest);
    outcome.permissions = inferred.permissions;
    outcome.unproved = inferred.unproved;
    let changes = Changes::between(&own, &outcome.permissions);
    outcome.missing = changes.words(|is_new| is_new);
    outcome.unneeded = changes.words(|is_new| !is_new);
    if request.write && !request.dry_run && !changes.is_empty() {
        let text = project.files.text(project::MANIFEST).unwrap_or_default();
        let text = edit_manifest(text, &changes.list()).ok_or_else(|| {
            Failure::new(&WRITE, "cannot change `permissions` in `manifest.json`")
        })?;
        let path = project.root.join(project::MANIFEST);
        write_atomic(&path, text.as_bytes(), false).map_err(|cause| {
            Failure::new(&WRITE, "cannot write `manifest.json`").caused_by(&cause)
        })?;
        outcome.written = true;
    }
    Ok(outcome)
}

const LISTS: [[&str; 2]; 4] = [
    ["permissions", "database"],
    ["permissions", "api"],
    ["permissions", "filesystem"],
    ["permissions", "hooks"],
];

/// What differs: list, entry, and whether it is new.
struct Changes {
    entries: Vec<(usize, String, bool)>,
    admin: Option<bool>,
}

impl Changes {
    fn between(old: &Permissions, new: &Permissions) -> Self {
        let mut entries = Vec::new();
        for (at, (old, new)) in lists(old).into_iter().zip(lists(new)).enumerate() {
            entries.extend(old.iter().filter(|e| !new.contains(e)).map(|e| (at, e.clone(), false)));
            entries.extend(new.iter().filter(|e| !old.contains(e)).map(|e| (at, e.clone(), true)));
        }
        Self { entries, admin: (old.admin != new.admin).then_some(new.admin) }
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.admin.is_none()
    }

    fn words(&self, is_wanted: impl Fn(bool) -> bool) -> Vec<String> {
        let wanted = self.entries.iter().filter(|(_, _, is_new)| is_wanted(*is_new));
        let mut words: Vec<String> =
            wanted.map(|(at, entry, _)| format!("{} {entry}", LISTS[*at][1])).collect();
        words.extend(self.admin.filter(|on| is_wanted(*on)).map(|_| "admin".to_owned()));
        words
    }

    fn list(&self) -> Vec<ManifestChange<'_>> {
        let mut list: Vec<ManifestChange<'_>> = self
            .entries
            .iter()
            .map(|(at, entry, is_new)| match is_new {
                true => ManifestChange::Add(&LISTS[*at], entry),
                false => ManifestChange::Remove(&LISTS[*at], entry),
            })
            .collect();
        list.extend(self.admin.map(|on| ManifestChange::Switch(&["permissions", "admin"], on)));
        list
    }
}

fn lists(permissions: &Permissions) -> [Vec<String>; 4] {
    let Permissions { database, api, filesystem, hooks, .. } = permissions;
    [
        database.iter().map(ToString::to_string).collect(),
        api.iter().map(ToString::to_string).collect(),
        filesystem.iter().map(ToString::to_string).collect(),
        hooks.iter().map(|hook| hook.as_str().to_owned()).collect(),
    ]
}
