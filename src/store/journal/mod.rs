//! The journal of changes to a shop: what makes an interrupted change finish or vanish.
//!
//! An entry is in two places. `journal/<id>.json` is written, and is on disk, before anything else
//! of the change; `daino.operations` has its phase, which moves in the very transactions that
//! change the plugin. So the database alone decides: `begun` means undo, `committed` of an
//! uninstall and `finished` mean finish. A file without a row was never announced and did nothing.
//! The table of every case is in `docs/lifecycle.md`.

mod lock;

use std::path::{Path, PathBuf};

use crate::store::sql::Client;

pub(crate) use lock::ShopLock;

use super::lifecycle::{LifecycleError, settle};
use crate::model::PluginSlug;
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::store::error::StoreError;
use crate::sys::clock::{Clock, SystemClock};
use crate::sys::file::{read_limited, sync_dir, write_atomic};
use crate::sys::kill_point::kill_point;

/// Format of the entries this program writes and reads.
const FORMAT: u32 = 1;
/// Longest entry, bytes.
const LONGEST: u64 = 64 * 1024;

/// The journal of one shop.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    dir: PathBuf,
}

/// An entry as recovery finds it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Interrupted {
    /// What was to be done.
    pub operation: Operation,
    /// What the database says; `None` when it never heard of it.
    pub phase: Option<Phase>,
}

impl Journal {
    /// The journal of the shop in `shop`.
    pub(crate) fn of(shop: &Path) -> Self {
        Self { dir: shop.join("journal") }
    }

    /// Folder in which an earlier build kept what an operation needed while it ran.
    fn workplace(&self, operation: uuid::Uuid) -> PathBuf {
        self.dir.join(operation.to_string())
    }

    /// A new operation; nothing is written yet.
    pub(crate) fn operation(slug: &PluginSlug, kind: OperationKind) -> Operation {
        Operation {
            format: FORMAT,
            id: uuid::Uuid::new_v4(),
            slug: slug.clone(),
            began_at: SystemClock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            kind,
        }
    }

    /// Announces an operation: on disk first, then in the database.
    pub(crate) async fn begin(
        &self,
        sql: &Client,
        operation: &Operation,
    ) -> Result<(), LifecycleError> {
        let path = self.path(operation.id);
        let text = serde_json::to_vec_pretty(operation)
            .map_err(|e| LifecycleError::Journal { path: path.clone(), reason: e.to_string() })?;
        write_atomic(&path, &text, true).map_err(StoreError::file("write", path))?;
        kill_point("journal.written");
        let value = serde_json::to_value(operation).map_err(|e| LifecycleError::Record {
            what: operation.id.to_string(),
            reason: e.to_string(),
        })?;
        sql.execute(
            "INSERT INTO daino.operations (id, slug, phase, operation) VALUES ($1, $2, 'begun', $3)",
            &[&operation.id, &operation.slug.as_str(), &value],
        )
        .await?;
        kill_point("journal.announced");
        Ok(())
    }

    /// Moves an operation on, in the transaction of `sql`.
    pub(crate) async fn advance(
        sql: &Client,
        operation: &Operation,
        phase: Phase,
    ) -> Result<(), LifecycleError> {
        let update = "UPDATE daino.operations SET phase = $2 WHERE id = $1";
        sql.execute(update, &[&operation.id, &phase.as_str()]).await?;
        Ok(())
    }

    /// Forgets an operation that needs nothing any more: the file first, the row last. So a file
    /// without a row is always an operation that was never announced, and did nothing. What the
    /// lock file says of the plugin is brought up to date before.
    pub(crate) async fn close(
        &self,
        sql: &Client,
        operation: &Operation,
    ) -> Result<(), LifecycleError> {
        if let Some(shop) = self.dir.parent() {
            settle(shop, sql, operation).await?;
        }
        remove_if_there(&self.workplace(operation.id))?;
        remove_if_there(&self.path(operation.id))?;
        sync_dir(&self.dir).map_err(StoreError::file("write", &self.dir))?;
        kill_point("journal.file-removed");
        sql.execute("DELETE FROM daino.operations WHERE id = $1", &[&operation.id]).await?;
        kill_point("journal.closed");
        Ok(())
    }

    /// Every operation that did not end, oldest first. Only the holder of the shop's lock may
    /// believe that they are interrupted and not running.
    pub(crate) async fn interrupted(
        &self,
        sql: &Client,
    ) -> Result<Vec<Interrupted>, LifecycleError> {
        let mut found = Vec::new();
        let rows = sql.query("SELECT id, phase, operation FROM daino.operations", &[]).await?;
        for row in rows {
            let (id, phase): (uuid::Uuid, String) = (row.try_get(0)?, row.try_get(1)?);
            let phase = Phase::named(&phase);
            let operation = read(row.try_get(2)?, &self.path(id))?;
            found.push(Interrupted { operation, phase });
        }
        for path in self.files()? {
            let bytes = read_limited(&path, LONGEST).map_err(StoreError::file("read", &path))?;
            let value = serde_json::from_slice(&bytes).map_err(|e| LifecycleError::Journal {
                path: path.clone(),
                reason: e.to_string(),
            })?;
            let operation = read(value, &path)?;
            if found.iter().all(|known| known.operation.id != operation.id) {
                found.push(Interrupted { operation, phase: None });
            }
        }
        found.sort_by(|a, b| a.operation.began_at.cmp(&b.operation.began_at));
        Ok(found)
    }

    /// Entries on disk, without half-written ones.
    fn files(&self) -> Result<Vec<PathBuf>, LifecycleError> {
        let entries = std::fs::read_dir(&self.dir).map_err(StoreError::file("read", &self.dir))?;
        let mut files = Vec::new();
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(".daino-tmp-") {
                remove_if_there(&path)?;
            } else if name.ends_with(".json") {
                files.push(path);
            }
        }
        Ok(files)
    }

    fn path(&self, id: uuid::Uuid) -> PathBuf {
        self.dir.join(format!("{id}.json"))
    }
}

/// Removes a file, or a directory with all that is in it.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), LifecycleError> {
    let is_dir = std::fs::symlink_metadata(path).map(|m| m.is_dir());
    let removed = match is_dir {
        Ok(true) => std::fs::remove_dir_all(path),
        Ok(false) => std::fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::file("remove", path)(error).into())
        }
        _ => Ok(()),
    }
}

fn read(value: serde_json::Value, path: &Path) -> Result<Operation, LifecycleError> {
    let wrong = |reason: String| LifecycleError::Journal { path: path.to_path_buf(), reason };
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(1) => {}
        Some(other) => return Err(wrong(format!("it has format {other}"))),
        None => return Err(wrong("it has no format number".to_owned())),
    }
    serde_json::from_value(value).map_err(|e| wrong(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_entry_reads_back_and_a_strange_one_is_refused() {
        let slug = PluginSlug::new("acme-pay").unwrap();
        let operation = Journal::operation(
            &slug,
            OperationKind::Install { code: Some("1.0.0-abc".into()), superseded: None },
        );
        let value = serde_json::to_value(&operation).unwrap();
        assert_eq!(read(value, Path::new("x")).unwrap(), operation);
        for bad in [json!({}), json!({ "format": 2 }), json!({ "format": 1, "kind": "explode" })] {
            assert!(matches!(read(bad, Path::new("x")), Err(LifecycleError::Journal { .. })));
        }
    }
}
