//! Making, opening and closing a shop.

use std::path::Path;
use std::sync::Arc;

use super::admin::{AdminClient, Waiting};
use super::connect::{Endpoint, Login};
use super::database::{self, PluginAccess, PluginParts};
use super::error::StoreError;
use super::place::{DatabasePlace, FORMAT, KeyFile, Layout, ShopInfo, ShopPlace, StoreFile};
use super::server::cluster::{self, SUPERUSER};
use super::server::source::{self, Origin};
use super::server::{Private, Server};
use super::{password, schema};
use crate::model::Observer;
use crate::sys::account;

/// The role that owns a private shop.
pub(super) const OWNER: &str = "daino_owner";
/// The database of a private shop.
pub(super) const DATABASE: &str = "shop";

/// What a new shop is to be.
#[derive(Debug, Clone)]
pub(crate) struct InitOptions {
    /// Its name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// IANA time zone.
    pub timezone: String,
    /// Whether it gets customers, products and orders to try plugins with.
    pub sample_data: bool,
}

/// An open shop.
pub(crate) struct Shop {
    layout: Layout,
    info: ShopInfo,
    server: Arc<Server>,
    login: Login,
    waiting: Arc<Waiting>,
}

impl Shop {
    /// Makes a shop. It is there when `store.json` is; what a failure left is removed.
    pub(crate) async fn init(
        place: &ShopPlace,
        options: &InitOptions,
        observer: &dyn Observer,
    ) -> Result<Self, StoreError> {
        Self::require_none(place)?;
        let layout = Layout::new(&place.dir);
        let info = ShopInfo {
            id: uuid::Uuid::new_v4(),
            name: options.name.clone(),
            currency: options.currency.clone(),
            timezone: options.timezone.clone(),
        };
        match &place.url {
            Some(url) => init_remote(layout, info, url, options.sample_data).await,
            None => init_private(layout, info, place.offline, options.sample_data, observer).await,
        }
    }

    /// Opens a shop; its server is started when it is not running.
    pub(crate) async fn open(
        place: &ShopPlace,
        observer: &dyn Observer,
    ) -> Result<Self, StoreError> {
        let layout = Layout::new(&place.dir);
        let file = layout.read()?;
        let key = layout.read_key()?;
        let (server, login) = match (&place.url, &file.database) {
            (Some(url), _) => remote(url)?,
            (None, DatabasePlace::Server) => remote(key.url.as_deref().unwrap_or_default())?,
            (None, DatabasePlace::Private { .. }) => {
                let server = Server::private(Private {
                    cluster: layout.cluster(&file.database),
                    layout: layout.clone(),
                    binaries: source::find(place.offline, observer).await?,
                    durable: true,
                });
                server.start(observer).await?;
                (server, owner_login(&key))
            }
        };
        let (server, waiting) = (Arc::new(server), Arc::default());
        let shop = Self { layout, info: file.info.clone(), server, login, waiting };
        let checked = async {
            schema::check(&mut shop.admin().await?, &shop.info).await?;
            match file.format {
                FORMAT => Ok(()),
                _ => shop.layout.write(&StoreFile { format: FORMAT, ..file }),
            }
        }
        .await;
        match checked {
            Ok(()) => Ok(shop),
            Err(error) => {
                shop.close(observer).await;
                Err(error)
            }
        }
    }

    /// Refuses a place that has a shop already.
    pub(crate) fn require_none(place: &ShopPlace) -> Result<(), StoreError> {
        match Layout::new(&place.dir).read() {
            Err(StoreError::NoShop(_)) => Ok(()),
            Ok(_) => Err(StoreError::ShopExists(place.dir.clone())),
            Err(error) => Err(error),
        }
    }

    /// The shop's directory: `store.json`, `code/`, `backups/`, `files/`, `journal/`.
    pub(crate) fn dir(&self) -> &Path {
        self.layout.dir()
    }

    /// What the shop is.
    pub(crate) fn info(&self) -> &ShopInfo {
        &self.info
    }

    /// Which PostgreSQL the shop uses; never a password.
    pub(crate) fn database_in_words(&self) -> String {
        let Login { database, user, .. } = &self.login;
        match self.server.private_parts() {
            Some((version, cluster)) => {
                format!("private PostgreSQL {version} in {}", cluster.display())
            }
            None => format!("`{database}` as `{user}` on a server by URL"),
        }
    }

    /// A connection of the shop's owner.
    pub(crate) async fn admin(&self) -> Result<AdminClient, StoreError> {
        // Also when one waits: a server that went away is started again here.
        let endpoint = self.server.endpoint().await?;
        if let Some(waiting) = self.waiting.take() {
            return Ok(waiting);
        }
        let connection = endpoint.connect(&self.login, database::ADMIN_SETUP).await?;
        Ok(AdminClient::of(connection, &self.waiting))
    }

    /// `ctx.db` and `ctx.storage` of an installed plugin, acting as its own login role.
    pub(crate) async fn plugin_parts(
        &self,
        access: &PluginAccess,
    ) -> Result<PluginParts, StoreError> {
        let admin = self.admin().await?;
        let row = admin
            .query_opt(
                "SELECT role, password FROM daino.plugin_role WHERE slug = $1",
                &[&access.slug.as_str()],
            )
            .await?;
        let row = row.ok_or_else(|| StoreError::NoRole(access.slug.to_string()))?;
        let login =
            Login { user: row.get(0), password: row.get(1), database: self.login.database.clone() };
        Ok(database::parts(Arc::clone(&self.server), login, access))
    }

    /// Closes the shop; stops its server when this process started it.
    pub(crate) async fn close(self, observer: &dyn Observer) {
        self.waiting.close();
        self.server.close(observer).await;
    }
}

/// Which PostgreSQL a new shop would use: origin and version; `None` when it would be fetched.
pub(crate) fn postgres_here(
    offline: bool,
) -> Result<Option<(Origin, String, std::path::PathBuf)>, Vec<String>> {
    let found = source::look(offline)?;
    Ok(found.map(|b| (b.origin, b.version.to_string(), b.dir)))
}

fn owner_login(key: &KeyFile) -> Login {
    Login { user: OWNER.to_owned(), password: key.owner.clone(), database: DATABASE.to_owned() }
}

fn remote(url: &str) -> Result<(Server, Login), StoreError> {
    let (endpoint, login) = Endpoint::of_url(url)?;
    Ok((Server::remote(endpoint), login))
}

async fn init_remote(
    layout: Layout,
    info: ShopInfo,
    url: &str,
    sample_data: bool,
) -> Result<Shop, StoreError> {
    let (server, login) = remote(url)?;
    let (server, waiting) = (Arc::new(server), Arc::default());
    let shop = Shop { layout, info, server, login, waiting };
    let mut admin = shop.admin().await?;
    shop.layout.make(None)?;
    let tx = admin.transaction().await?;
    schema::make(&tx, &shop.info, sample_data).await?;
    let key = KeyFile { superuser: String::new(), owner: String::new(), url: Some(url.to_owned()) };
    shop.layout.write_key(&key)?;
    tx.commit().await?;
    let file =
        StoreFile { format: FORMAT, info: shop.info.clone(), database: DatabasePlace::Server };
    shop.layout.write(&file)?;
    Ok(shop)
}

async fn init_private(
    layout: Layout,
    info: ShopInfo,
    offline: bool,
    sample_data: bool,
    observer: &dyn Observer,
) -> Result<Shop, StoreError> {
    let account = account::for_server().map_err(|e| StoreError::Start(e.to_string()))?;
    let binaries = source::find(offline, observer).await?;
    layout.make(account.as_ref())?;
    let id = info.id.to_string();
    let elsewhere = cluster::choose(&layout, account.as_ref(), &id)?;
    let database = DatabasePlace::Private { cluster: elsewhere };
    let data = layout.cluster(&database);
    // Left by an attempt that did not end: there is no `store.json`, so it is nobody's shop.
    remove_data(&data)?;
    let key = KeyFile { superuser: password::random(), owner: password::random(), url: None };
    layout.write_key(&key)?;
    let server = Server::private(Private {
        layout: layout.clone(),
        cluster: data.clone(),
        binaries: binaries.clone(),
        durable: true,
    });
    let (server, login, waiting) = (Arc::new(server), owner_login(&key), Arc::default());
    let shop = Shop { layout, info, server, login, waiting };
    let made = async {
        cluster::create(&binaries, &data, &key.superuser, true).await?;
        shop.server.start(observer).await?;
        set_up(&shop.server, &key).await?;
        let mut admin = shop.admin().await?;
        let tx = admin.transaction().await?;
        schema::make(&tx, &shop.info, sample_data).await?;
        tx.commit().await?;
        schema::harden(&shop.server, &superuser(&key, DATABASE)).await?;
        shop.layout.write(&StoreFile {
            format: FORMAT,
            info: shop.info.clone(),
            database: database.clone(),
        })
    }
    .await;
    if let Err(error) = made {
        shop.server.close(observer).await;
        let _ = remove_data(&data);
        return Err(error);
    }
    Ok(shop)
}

/// The login of a private server's superuser.
pub(super) fn superuser(key: &KeyFile, database: &str) -> Login {
    Login {
        user: SUPERUSER.to_owned(),
        password: key.superuser.clone(),
        database: database.to_owned(),
    }
}

/// Makes the owner's role and the database of a new private server.
pub(super) async fn set_up(server: &Server, key: &KeyFile) -> Result<(), StoreError> {
    let endpoint = server.endpoint().await?;
    let login = superuser(key, "postgres");
    let connection = endpoint.connect(&login, database::ADMIN_SETUP).await?;
    // The password is hexadecimal.
    connection
        .client
        .batch_execute(&format!(
            "CREATE ROLE {OWNER} LOGIN NOSUPERUSER CREATEROLE CREATEDB PASSWORD '{}'",
            key.owner
        ))
        .await?;
    // Statements of their own: a database is not made inside a transaction.
    for sql in [
        format!("CREATE DATABASE {DATABASE} OWNER {OWNER}"),
        "REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC".to_owned(),
        format!("GRANT CONNECT ON DATABASE postgres TO {OWNER}"),
    ] {
        connection.client.batch_execute(&sql).await?;
    }
    Ok(())
}

fn remove_data(data: &Path) -> Result<(), StoreError> {
    match std::fs::remove_dir_all(data) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::file("remove", data)(error))
        }
        _ => Ok(()),
    }
}
