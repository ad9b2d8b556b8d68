//! Where a shop is and what its directory holds.
//!
//! ```text
//! .daino/            0700; 0711 when the server runs as another account
//!   store.json       what the shop is (format, id, name, where its database is)
//!   database.key     passwords of the owner's roles; or the address of a server by URL   0600
//!   database/        PostgreSQL's own files, unless store.json says they are elsewhere
//!   database.log     what the server said since its last start
//!   server.json      the running server: socket directory, process; written by who started it
//!   server.lock      held by the process that runs the server
//!   users.lock       held by every process that uses it
//!   code/ backups/ files/ journal/                                                       0700
//! ```

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::schemas::Schemas;
use crate::sys::file::{read_limited, write_atomic};
use crate::sys::{account, private};

/// The newest shop format this program reads, and the one it writes; an older one is brought up to it
/// when the shop is opened. 2: `daino.history` and what came with it, `daino.storage_used()`.
pub(crate) const FORMAT: u32 = 2;

/// Where a shop is, as the flags say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShopPlace {
    /// The shop's directory, usually `.daino`.
    pub dir: PathBuf,
    /// A database server to use instead of a private one.
    pub url: Option<String>,
    /// Whether nothing may be fetched.
    pub offline: bool,
}

/// What a shop is; `ctx.store` of its plugins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShopInfo {
    /// Its id, also `stores.id`.
    pub id: uuid::Uuid,
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
}

impl ShopInfo {
    /// Eight characters that set this shop's roles apart from those of another on one server.
    pub(crate) fn tag(&self) -> String {
        self.id.simple().to_string().chars().take(8).collect()
    }
}

/// Where the database of a shop is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub(super) enum DatabasePlace {
    /// A private server; `cluster` when its files are not in the shop's directory.
    Private {
        /// Directory of PostgreSQL's files.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cluster: Option<PathBuf>,
    },
    /// A server by URL; the address is in `database.key`.
    Server,
}

/// `store.json`. Unknown keys are kept out of the way, so that a newer minor form can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoreFile {
    /// Format of the shop: this file, the directory and the tables together.
    pub format: u32,
    /// What the shop is.
    #[serde(flatten)]
    pub info: ShopInfo,
    /// Where its database is.
    pub database: DatabasePlace,
    /// Which schemas of it are the shop's.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub schemas: Schemas,
}

fn is_usual(schemas: &Schemas) -> bool {
    *schemas == Schemas::default()
}

/// `database.key`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeyFile {
    /// Password of the server's superuser; empty for a server by URL.
    #[serde(default)]
    pub superuser: String,
    /// Password of the shop's owner role; empty for a server by URL.
    #[serde(default)]
    pub owner: String,
    /// Address of a server by URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The files of a shop.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    dir: PathBuf,
}

/// Folders of a shop that only the owner can enter.
const FOLDERS: [&str; 4] = ["code", "backups", "files", "journal"];

/// Longest description file, bytes.
const LONGEST: u64 = 64 * 1024;

impl Layout {
    pub(super) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
    pub(super) fn store_file(&self) -> PathBuf {
        self.dir.join("store.json")
    }
    pub(super) fn key_file(&self) -> PathBuf {
        self.dir.join("database.key")
    }
    pub(super) fn server_file(&self) -> PathBuf {
        self.dir.join("server.json")
    }
    pub(super) fn log_file(&self) -> PathBuf {
        self.dir.join("database.log")
    }
    pub(super) fn server_lock(&self) -> PathBuf {
        self.dir.join("server.lock")
    }
    pub(super) fn users_lock(&self) -> PathBuf {
        self.dir.join("users.lock")
    }

    /// PostgreSQL's files of this shop.
    pub(super) fn cluster(&self, place: &DatabasePlace) -> PathBuf {
        match place {
            DatabasePlace::Private { cluster: Some(elsewhere) } => elsewhere.clone(),
            _ => self.dir.join("database"),
        }
    }

    /// Makes the directory and its folders. Where the server runs as another account, that account
    /// may pass through the directory, and see nothing in it.
    pub(super) fn make(&self, account: Option<&account::Account>) -> Result<(), StoreError> {
        private::create_dir(&self.dir).map_err(StoreError::file("make", &self.dir))?;
        if account.is_some() {
            account::set_mode(&self.dir, 0o711).map_err(StoreError::file("open", &self.dir))?;
        }
        // A shop in the tree of a plugin is not for its repository.
        let ignore = self.dir.join(".gitignore");
        std::fs::write(&ignore, "*\n").map_err(StoreError::file("write", ignore))?;
        for folder in FOLDERS {
            let path = self.dir.join(folder);
            private::create_dir(&path).map_err(StoreError::file("make", &path))?;
        }
        Ok(())
    }

    /// Reads what the shop is.
    pub(super) fn read(&self) -> Result<StoreFile, StoreError> {
        let path = self.store_file();
        let broken = |reason: String| StoreError::Broken { path: path.clone(), reason };
        let content = match read_limited(&path, LONGEST) {
            Ok(content) => content,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::NoShop(self.dir.clone()));
            }
            Err(error) => return Err(StoreError::file("read", &path)(error)),
        };
        let value: serde_json::Value =
            serde_json::from_slice(&content).map_err(|e| broken(e.to_string()))?;
        // The format decides whether the rest can be understood, so it is read first.
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        match format.and_then(|f| u32::try_from(f).ok()) {
            None => return Err(broken("it has no format number".to_owned())),
            Some(found) if found > FORMAT => {
                return Err(StoreError::NewerFormat { found, known: FORMAT });
            }
            Some(_) => {}
        }
        serde_json::from_value(value).map_err(|e| broken(e.to_string()))
    }

    /// Writes what the shop is: the last step of making one.
    pub(super) fn write(&self, file: &StoreFile) -> Result<(), StoreError> {
        write_json(&self.store_file(), file, false)
    }

    /// Reads the passwords.
    pub(super) fn read_key(&self) -> Result<KeyFile, StoreError> {
        let path = self.key_file();
        let content =
            read_limited(&path, LONGEST).map_err(StoreError::file("read", path.clone()))?;
        // The reason would quote what is secret.
        serde_json::from_slice(&content)
            .map_err(|_| StoreError::Broken { path, reason: "it is damaged".to_owned() })
    }

    /// Writes the passwords.
    pub(super) fn write_key(&self, key: &KeyFile) -> Result<(), StoreError> {
        write_json(&self.key_file(), key, true)
    }
}

/// Writes a value as JSON, whole or not at all.
pub(super) fn write_json(
    path: &Path,
    value: &impl Serialize,
    is_private: bool,
) -> Result<(), StoreError> {
    let text = serde_json::to_vec_pretty(value)
        .map_err(|e| StoreError::Broken { path: path.to_path_buf(), reason: e.to_string() })?;
    write_atomic(path, &text, is_private).map_err(StoreError::file("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> StoreFile {
        StoreFile {
            format: FORMAT,
            info: ShopInfo {
                id: uuid::Uuid::new_v4(),
                name: "Bottega".into(),
                currency: "EUR".into(),
                timezone: "Europe/Rome".into(),
            },
            database: DatabasePlace::Private { cluster: None },
            schemas: Schemas::default(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let temp = tempfile::tempdir().unwrap();
        let layout = Layout::new(&temp.path().join(".daino"));
        assert!(matches!(layout.read(), Err(StoreError::NoShop(_))));
        layout.make(None).unwrap();
        assert!(private::is_private(layout.dir()).unwrap());
        layout.write(&file()).unwrap();
        assert_eq!(layout.read().unwrap().info.name, "Bottega");
        let key = KeyFile { superuser: "a".into(), owner: "b".into(), url: None };
        layout.write_key(&key).unwrap();
        assert!(private::is_private(&layout.key_file()).unwrap());
        assert_eq!(layout.read_key().unwrap().owner, "b");
    }

    #[test]
    fn a_newer_format_is_refused_and_damage_is_said() {
        let temp = tempfile::tempdir().unwrap();
        let layout = Layout::new(temp.path());
        for (text, newer) in [
            (r#"{"format": 3, "what": "is this"}"#, true),
            (r#"{"format": 1}"#, false),
            (r#"{"format": -1}"#, false),
            ("[", false),
        ] {
            std::fs::write(layout.store_file(), text).unwrap();
            match layout.read().unwrap_err() {
                StoreError::NewerFormat { found, .. } => assert!(newer && found == 3),
                StoreError::Broken { .. } => assert!(!newer, "{text}"),
                other => panic!("{other}"),
            }
        }
    }
}
