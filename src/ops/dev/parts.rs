//! What the local shop gives a plugin besides its code: storage, files, settings, secrets, mocks.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::memory::Memory;
use super::witness::Witness;
use crate::error::Failure;
use crate::model::Manifest;
use crate::sandbox::{FilesRoot, Host};
use crate::store::PluginParts;
use crate::sys::file::read_limited;

/// Name of the file with an author's own settings, below `.daino`.
pub(crate) const SETTINGS: &str = "dev.json";
/// Largest settings file, bytes.
const LARGEST_SETTINGS: u64 = 1024 * 1024;

/// The store every request of the local shop is for.
pub(crate) const STORE_ID: &str = "00000000-0000-4000-8000-000000000001";

/// What `.daino/dev.json` may hold, for each plugin by its slug.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Own {
    /// `ctx.config`, over the defaults of the manifest's `configSchema`.
    #[serde(default)]
    pub config: Map<String, Value>,
    /// `ctx.secrets`; others of the manifest get a value made up for development.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
}

/// What a plugin keeps over its versions.
pub(crate) struct Parts {
    /// `ctx.storage`.
    pub storage: Arc<Memory>,
    files: Option<FilesRoot>,
    settings: PathBuf,
    mocks: BTreeMap<String, String>,
}

impl Parts {
    /// Parts below `home`, the `.daino` folder of the run.
    pub(crate) fn new(
        home: &Path,
        quota: crate::model::size::Bytes,
        mocks: &BTreeMap<String, String>,
    ) -> Self {
        let files = home.join("files");
        let files = std::fs::create_dir_all(&files).and_then(|()| FilesRoot::open(&files)).ok();
        Self {
            storage: Arc::new(Memory::new(quota)),
            files,
            settings: home.join(SETTINGS),
            mocks: mocks.clone(),
        }
    }

    /// Everything for a plugin with this manifest; settings are read anew. `kept` and `store` are
    /// those of the database, where there is one.
    pub(crate) fn host(
        &self,
        manifest: &Manifest,
        witness: Arc<Witness>,
        kept: Option<PluginParts>,
        store: Option<Value>,
    ) -> Result<Host, Failure> {
        let own = own(&self.settings, manifest.slug.as_str())?;
        let (database, storage) = match kept {
            Some(kept) => (Some(kept.database), kept.storage),
            None => (None, Arc::clone(&self.storage) as _),
        };
        Ok(Host {
            database,
            storage: Some(storage),
            files: self.files.clone(),
            audit: Some(Arc::clone(&witness) as _),
            onlooker: Some(Arc::clone(&witness) as _),
            config: config(manifest, own.config),
            secrets: secrets(manifest, own.secrets),
            store: store.unwrap_or_else(local_store),
            mocks: self.mocks.clone(),
            ..Host::bare(witness)
        })
    }

    /// The secrets a plugin is given.
    pub(crate) fn secrets(&self, manifest: &Manifest) -> Result<BTreeMap<String, String>, Failure> {
        Ok(secrets(manifest, own(&self.settings, manifest.slug.as_str())?.secrets))
    }
}

/// `ctx.store` without a database.
fn local_store() -> Value {
    json!({ "id": STORE_ID, "name": "Local shop", "currency": "EUR", "timezone": "UTC" })
}

/// The author's settings for one plugin. No file is no settings.
fn own(path: &Path, slug: &str) -> Result<Own, Failure> {
    let bytes = match read_limited(path, LARGEST_SETTINGS) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Own::default()),
        Err(error) => return Err(wrong(path, &error)),
    };
    let mut all: BTreeMap<String, Own> =
        serde_json::from_slice(&bytes).map_err(|error| wrong(path, &error))?;
    Ok(all.remove(slug).unwrap_or_default())
}

fn wrong(path: &Path, cause: &(dyn std::error::Error + 'static)) -> Failure {
    Failure::new(&super::SETTINGS_FILE, format!("`{}` cannot be used", path.display()))
        .caused_by(cause)
}

/// Defaults of the manifest's schema, and over them what the author set.
fn config(manifest: &Manifest, own: Map<String, Value>) -> Value {
    let properties = manifest.config_schema.as_ref().and_then(|schema| schema.get("properties"));
    let mut config = Map::new();
    for (name, property) in properties.and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = property.get("default") {
            config.insert(name.clone(), default.clone());
        }
    }
    config.extend(own);
    Value::Object(config)
}

/// The secrets that the manifest names; one that the author did not set gets a value that says
/// what it is, so that signatures can be made and checked.
fn secrets(manifest: &Manifest, mut own: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let named = manifest.secrets.iter();
    named.map(|name| (name.clone(), own.remove(name).unwrap_or_else(|| made_up(name)))).collect()
}

/// The value of a secret that the author did not set.
pub(crate) fn made_up(name: &str) -> String {
    format!("dev_{}", name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        serde_json::from_value(json!({
            "name": "A", "slug": "acme-pay", "version": "1.0.0", "type": "custom",
            "secrets": ["ACME_KEY", "ACME_WEBHOOK_SECRET"],
            "configSchema": { "properties": {
                "currency": { "type": "string", "default": "EUR" },
                "mode": { "type": "string", "default": "test" },
                "note": { "type": "string" },
            } },
        }))
        .unwrap()
    }

    #[test]
    fn settings_stand_over_defaults_and_only_named_secrets_are_given() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(SETTINGS);
        assert_eq!(own(&path, "acme-pay").unwrap(), Own::default());
        std::fs::write(
            &path,
            r#"{"acme-pay":{"config":{"mode":"live"},"secrets":{"ACME_KEY":"sk","OTHER":"x"}}}"#,
        )
        .unwrap();
        let own = own(&path, "acme-pay").unwrap();
        assert_eq!(config(&manifest(), own.config), json!({"currency": "EUR", "mode": "live"}));
        let secrets = secrets(&manifest(), own.secrets);
        assert_eq!(secrets["ACME_KEY"], "sk");
        assert_eq!(secrets["ACME_WEBHOOK_SECRET"], "dev_acme_webhook_secret");
        assert_eq!(secrets.len(), 2);
    }

    #[test]
    fn a_settings_file_with_a_mistake_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(SETTINGS);
        std::fs::write(&path, r#"{"acme-pay":{"secret":{}}}"#).unwrap();
        let failure = own(&path, "acme-pay").unwrap_err();
        assert!(failure.message().contains("dev.json"), "{failure:?}");
        assert!(failure.causes()[0].contains("unknown field"), "{failure:?}");
    }
}
