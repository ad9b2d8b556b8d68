//! Keeps `daino.lock.toml` of a shop in step with what is installed.
//!
//! Part of closing an operation in the journal: written before the journal forgets it, so an
//! interrupted change writes it when it is finished. The rest of the file (keys, what was seen) is
//! left as it is, and so is a file that cannot be read: whoever reads it says so.

use std::path::Path;

use tokio_postgres::Client;
use toml::{Table, Value};

use super::{LifecycleError, records};
use crate::model::installed::PluginState;
use crate::model::lock::{LOCK_FILE, LockedPlugin, PLUGINS};
use crate::model::operation::{Operation, OperationKind};
use crate::store::error::StoreError;
use crate::sys::file::{read_limited, write_atomic};
use crate::sys::kill_point::kill_point;

/// Most bytes of the file.
const LIMIT: u64 = 4 * 1024 * 1024;
/// Format of a new file.
const FORMAT: i64 = 1;

/// Writes what the operation left of its plugin. An undone installation leaves the entry alone.
pub(in crate::store) async fn settle(
    shop: &Path,
    sql: &Client,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let slug = operation.slug.as_str();
    let record = records::find(sql, &operation.slug).await?;
    let entry = match record {
        Some(plugin) if plugin.state == PluginState::Starting => return Ok(()),
        Some(plugin) if plugin.state.is_installed() => Some(LockedPlugin::of(&plugin)),
        _ if matches!(operation.kind, OperationKind::Uninstall { .. }) => None,
        _ => return Ok(()),
    };
    write(shop, slug, entry)
}

fn write(shop: &Path, slug: &str, entry: Option<LockedPlugin>) -> Result<(), LifecycleError> {
    let path = shop.join(LOCK_FILE);
    let Some(before) = read(&path) else { return Ok(()) };
    let mut after = before.clone();
    put(&mut after, slug, entry)?;
    if after != before {
        let text = toml::to_string(&after).map_err(|e| unwritable(slug, &e))?;
        let text = format!("{HEAD}{text}");
        write_atomic(&path, text.as_bytes(), false).map_err(StoreError::file("write", &path))?;
        kill_point("lock.written");
    }
    Ok(())
}

const HEAD: &str = "# Written by daino-pdk: what is installed, the keys that sign for each namespace, and the newest\n# release seen. Keep this file under version control.\n";

/// The file; a new one when there is none, nothing when it is no lock file of ours.
fn read(path: &Path) -> Option<Table> {
    let bytes = match read_limited(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Some(Table::from_iter([("format".to_owned(), Value::Integer(FORMAT))]));
        }
        Err(_) => return None,
    };
    let table: Table = toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
    (table.get("format").and_then(Value::as_integer) == Some(FORMAT)).then_some(table)
}

fn put(table: &mut Table, slug: &str, entry: Option<LockedPlugin>) -> Result<(), LifecycleError> {
    let is_same = |value: &Value| value.get("slug").and_then(Value::as_str) == Some(slug);
    let mut plugins = match table.remove(PLUGINS) {
        Some(Value::Array(plugins)) => plugins,
        _ => Vec::new(),
    };
    plugins.retain(|plugin| !is_same(plugin));
    if let Some(entry) = entry {
        plugins.push(Value::try_from(entry).map_err(|e| unwritable(slug, &e))?);
    }
    plugins.sort_by(|a, b| name(a).cmp(name(b)));
    if !plugins.is_empty() {
        table.insert(PLUGINS.to_owned(), Value::Array(plugins));
    }
    Ok(())
}

fn name(plugin: &Value) -> &str {
    plugin.get("slug").and_then(Value::as_str).unwrap_or_default()
}

fn unwritable(slug: &str, error: &toml::ser::Error) -> LifecycleError {
    LifecycleError::Record { what: slug.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_comes_and_goes_and_the_rest_stays() {
        let text = "format = 1\n[keys]\nacme = [\"x\"]\n[[plugin]]\nslug = \"b\"\nnew = 1\n";
        let mut table: Table = toml::from_str(text).unwrap();
        let entry = LockedPlugin {
            slug: crate::model::PluginSlug::new("acme-sms").unwrap(),
            version: semver::Version::new(1, 2, 3),
            content: crate::model::Digest::of(b"a"),
            archive: crate::model::Digest::of(b"b"),
            publisher: None,
            permissions: vec!["database orders".to_owned()],
            source: crate::model::installed::PluginSource::Git {
                url: "https://x.example/a.git".to_owned(),
                path: None,
                tag: Some("v1.2.3".to_owned()),
                branch: None,
                commit: "a".repeat(40),
            },
            settings: String::new(),
            dependencies: [("acme-pay".to_owned(), "^1".parse().unwrap())].into(),
        };
        put(&mut table, "acme-sms", Some(entry.clone())).unwrap();
        let written = toml::to_string(&table).unwrap();
        let again: Table = toml::from_str(&written).unwrap();
        assert_eq!(again, table, "{written}");
        assert_eq!(name(&table[PLUGINS][0]), "acme-sms");
        assert_eq!(table[PLUGINS][1]["new"].as_integer(), Some(1));
        let read: LockedPlugin = table[PLUGINS][0].clone().try_into().unwrap();
        assert_eq!(read, entry);
        put(&mut table, "acme-sms", None).unwrap();
        put(&mut table, "b", None).unwrap();
        assert_eq!(toml::to_string(&table).unwrap(), "format = 1\n\n[keys]\nacme = [\"x\"]\n");
    }
}
