//! Databases for plugin tests: one server per run, started at the first use, and in it a fresh
//! database per test file.
//!
//! A server with the shop's tables and sample data is made once per PostgreSQL and schema and kept
//! in the cache. A run copies it, adds the plugin's role, rights and migrations, and clones the
//! result for each file. Nothing has to survive a power cut, so nothing is flushed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use super::admin::AdminClient;
use super::connect::Login;
use super::database::{self, PluginAccess, PluginParts};
use super::error::StoreError;
use super::place::{KeyFile, Layout, ShopInfo};
use super::server::lock::FileLock;
use super::server::source::{self, Binaries};
use super::server::{Private, Server, cluster};
use super::shop::{DATABASE, OWNER, set_up, superuser};
use super::{Migration, create_role, grant, password, run_migration, schema};
use crate::model::event::Silent;
use crate::model::{Digest, Observer};
use crate::sandbox::DatabaseError;
use crate::sys::account::{self, Account};
use crate::sys::private;

/// Names of the directories of runs.
const PREFIX: &str = "daino-test-";
/// How long another process may take to make the cached server.
const PATIENCE: Duration = Duration::from_secs(120);

/// The databases of one test run. Nothing is started before [`TestDatabases::prepare`] or the first
/// [`TestDatabases::fresh`].
pub(crate) struct TestDatabases {
    access: PluginAccess,
    migrations: Vec<Migration>,
    offline: bool,
    run: OnceCell<Result<Run, DatabaseError>>,
    count: AtomicU32,
}

/// A running server with everything that is the same for each file.
struct Run {
    server: Arc<Server>,
    owner: Login,
    plugin: Login,
    // Last, so that the directory goes when the server has gone.
    _dir: RunDir,
}

/// A fresh database for one test file.
pub(crate) struct TestDatabase {
    /// `ctx.db` and `ctx.storage` of the plugin in it.
    pub parts: PluginParts,
    pub(super) name: String,
}

impl TestDatabases {
    /// Databases for a plugin with these migrations.
    pub(crate) fn new(access: PluginAccess, migrations: Vec<Migration>, offline: bool) -> Self {
        let (run, count) = (OnceCell::new(), AtomicU32::new(0));
        Self { access, migrations, offline, run, count }
    }

    /// Gets PostgreSQL and starts the server, which may take longer than a test may. What fails is
    /// told when a test needs it.
    pub(crate) async fn prepare(&self, observer: &dyn Observer) {
        if source::find(self.offline, observer).await.is_ok() {
            let _ = self.running().await;
        }
    }

    async fn running(&self) -> Result<&Run, DatabaseError> {
        let start = || async { self.start().await.map_err(|e| told(&e)) };
        self.run.get_or_init(start).await.as_ref().map_err(Clone::clone)
    }

    /// A fresh database.
    pub(crate) async fn fresh(&self) -> Result<TestDatabase, DatabaseError> {
        let run = self.running().await?;
        let name = format!("test_{}", self.count.fetch_add(1, Ordering::Relaxed));
        run.clone_as(&name).await.map_err(|e| told(&e))?;
        let login = Login { database: name.clone(), ..run.plugin.clone() };
        Ok(TestDatabase {
            parts: database::parts(Arc::clone(&run.server), login, &self.access),
            name,
        })
    }

    /// A connection of the owner to a test's database.
    #[cfg(test)]
    pub(super) async fn admin(&self, database: &TestDatabase) -> AdminClient {
        let run = self.run.get().and_then(|run| run.as_ref().ok()).expect("started by `fresh`");
        run.admin(&database.name).await.expect("the server runs")
    }

    /// Where the server is, and the plugin's login to a database of it.
    #[cfg(test)]
    pub(super) async fn place(&self, database: &str) -> (super::connect::Endpoint, Login) {
        let run = self.run.get().and_then(|run| run.as_ref().ok()).expect("started by `fresh`");
        let login = Login { database: database.to_owned(), ..run.plugin.clone() };
        (run.server.endpoint().await.expect("the server runs"), login)
    }

    /// A connection of the plugin's role past the gate.
    #[cfg(test)]
    pub(super) async fn raw(&self, database: &str) -> Result<AdminClient, StoreError> {
        let run = self.run.get().and_then(|run| run.as_ref().ok()).expect("started by `fresh`");
        connect(&run.server, &Login { database: database.to_owned(), ..run.plugin.clone() }).await
    }

    /// Drops a database that is no longer needed.
    pub(crate) async fn release(&self, database: TestDatabase) {
        drop(database.parts);
        if let Some(Ok(run)) = self.run.get()
            && let Ok(admin) = run.admin("postgres").await
        {
            let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.name);
            // The whole server goes soon; a database that stays until then harms nobody.
            let _ = admin.batch_execute(&sql).await;
        }
    }

    /// Stops the server and removes its files.
    pub(crate) async fn close(&self) {
        if let Some(Ok(run)) = self.run.get() {
            run.server.close(&Silent).await;
        }
    }

    async fn start(&self) -> Result<Run, StoreError> {
        let binaries = source::find(self.offline, &Silent).await?;
        let account = account::for_server().map_err(|e| StoreError::Start(e.to_string()))?;
        let made = prepared(&binaries, account.as_ref()).await?;
        let dir = RunDir::make(account.as_ref())?;
        let key = made.copy_into(dir.path(), account.as_ref())?;
        let server = server_in(dir.path(), &binaries);
        let owner =
            Login { user: OWNER.to_owned(), password: key.owner, database: DATABASE.to_owned() };
        let role = password_and_role(&server, &owner, &self.access, &self.migrations).await;
        let (user, password) = match role {
            Ok(role) => role,
            Err(error) => {
                server.close(&Silent).await;
                return Err(error);
            }
        };
        let plugin = Login { user, password, database: String::new() };
        Ok(Run { server: Arc::new(server), owner, plugin, _dir: dir })
    }
}

impl Run {
    async fn admin(&self, database: &str) -> Result<AdminClient, StoreError> {
        connect(&self.server, &Login { database: database.to_owned(), ..self.owner.clone() }).await
    }

    /// Clones the prepared database.
    async fn clone_as(&self, name: &str) -> Result<(), StoreError> {
        let admin = self.admin("postgres").await?;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {DATABASE} STRATEGY file_copy");
        admin.batch_execute(&sql).await?;
        // Rights on a database are not cloned with it.
        admin
            .batch_execute(&format!(
                "REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC;
                 GRANT CONNECT ON DATABASE {name} TO {}",
                self.plugin.user
            ))
            .await?;
        Ok(())
    }
}

pub(super) async fn connect(server: &Server, login: &Login) -> Result<AdminClient, StoreError> {
    let endpoint = server.endpoint().await?;
    endpoint.connect(login, database::ADMIN_SETUP).await.map(AdminClient::new)
}

/// Makes the plugin's role with its rights and tables; returns the role and its password.
async fn password_and_role(
    server: &Server,
    owner: &Login,
    access: &PluginAccess,
    migrations: &[Migration],
) -> Result<(String, String), StoreError> {
    let mut admin = connect(server, owner).await?;
    let tx = admin.transaction().await?;
    let role = create_role(&tx, &access.slug, &access.limits).await?;
    grant(&tx, &access.slug, &access.permissions).await?;
    for migration in migrations {
        let wrap = |error| StoreError::InMigration {
            name: migration.path.to_string(),
            source: Box::new(error),
        };
        run_migration(&tx, &access.slug, &migration.up).await.map_err(wrap)?;
    }
    let row = tx.query_one("SELECT password FROM daino.plugin_role", &[]).await?;
    let password = row.get(0);
    // Its databases are clones of this one; nobody may be in here while one is made.
    tx.batch_execute(&format!("REVOKE CONNECT ON DATABASE {DATABASE} FROM {role}")).await?;
    tx.commit().await?;
    drop(admin);
    leave(server, owner).await?;
    Ok((role, password))
}

/// Waits until nobody is connected to the prepared database: one that is in use is not cloned.
async fn leave(server: &Server, owner: &Login) -> Result<(), StoreError> {
    let login = Login { database: "postgres".to_owned(), ..owner.clone() };
    let admin = connect(server, &login).await?;
    let until = Instant::now() + Duration::from_secs(5);
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1";
    while admin.query_one(sql, &[&DATABASE]).await?.get::<_, i64>(0) > 0 && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

pub(super) fn server_in(dir: &Path, binaries: &Binaries) -> Server {
    Server::private(Private {
        layout: Layout::new(dir),
        cluster: dir.join("database"),
        binaries: binaries.clone(),
        durable: false,
    })
}

/// What went wrong, for a plugin's test.
fn told(error: &StoreError) -> DatabaseError {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        message.push_str(&format!(": {next}"));
        cause = next.source();
    }
    let hint = crate::error::Coded::hints(error).into_iter().next();
    DatabaseError { code: "DAINO_CONNECTION".to_owned(), message, detail: None, hint }
}

/// A stopped server with the shop's tables, in the cache.
pub(super) struct Prepared {
    pub(super) dir: PathBuf,
}

impl Prepared {
    /// Copies it into `dir`; returns its passwords.
    pub(super) fn copy_into(
        &self,
        dir: &Path,
        account: Option<&Account>,
    ) -> Result<KeyFile, StoreError> {
        let key = Layout::new(&self.dir).read_key()?;
        copy(&self.dir.join("database"), &dir.join("database"), account)?;
        Ok(key)
    }
}

/// The prepared server for these programs, made if there is none.
pub(super) async fn prepared(
    binaries: &Binaries,
    account: Option<&Account>,
) -> Result<Prepared, StoreError> {
    let cache = source::cache_dir(account).map_err(|r| StoreError::NoPostgres(vec![r]))?;
    let parent = cache.join("test-server");
    std::fs::create_dir_all(&parent).map_err(StoreError::file("make", &parent))?;
    let uid = account.map_or(0, |a| a.uid);
    let what = format!("{} {} {uid} {}", binaries.dir.display(), binaries.version, schema::text());
    let name = &Digest::of(what.as_bytes()).hex()[..16];
    let dir = parent.join(name);
    let until = Instant::now() + PATIENCE;
    loop {
        if dir.is_dir() {
            return Ok(Prepared { dir });
        }
        if let Some(_lock) = FileLock::exclusive(&parent.join("make.lock"))? {
            if !dir.is_dir() {
                make_prepared(binaries, &parent, &dir, account).await?;
            }
            return Ok(Prepared { dir });
        }
        if Instant::now() > until {
            return Err(StoreError::Start("another process makes the test server".to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn make_prepared(
    binaries: &Binaries,
    parent: &Path,
    dir: &Path,
    account: Option<&Account>,
) -> Result<(), StoreError> {
    let aside = private::temp_dir(".daino-tmp-", parent);
    let aside = aside.map_err(StoreError::file("make", parent))?;
    let place = aside.path().join("made");
    private::create_dir(&place).map_err(StoreError::file("make", &place))?;
    if account.is_some() {
        for path in [aside.path(), &place] {
            account::set_mode(path, 0o711).map_err(StoreError::file("open", path))?;
        }
    }
    let layout = Layout::new(&place);
    let key = KeyFile { superuser: password::random(), owner: password::random(), url: None };
    layout.write_key(&key)?;
    cluster::create(binaries, &place.join("database"), &key.superuser, false).await?;
    let server = server_in(&place, binaries);
    let filled = fill(&server, &key).await;
    // A plain stop: what was written must be in the files, not in memory.
    server.close_cleanly().await;
    filled?;
    let _ = std::fs::remove_dir_all(place.join("run"));
    std::fs::rename(&place, dir).map_err(StoreError::file("write", dir))?;
    Ok(())
}

async fn fill(server: &Server, key: &KeyFile) -> Result<(), StoreError> {
    set_up(server, key).await?;
    let login = Login {
        user: OWNER.to_owned(),
        password: key.owner.clone(),
        database: DATABASE.to_owned(),
    };
    let mut admin = connect(server, &login).await?;
    let tx = admin.transaction().await?;
    let info = ShopInfo {
        id: uuid::Uuid::new_v4(),
        name: "Test shop".to_owned(),
        currency: "EUR".to_owned(),
        timezone: "Europe/Rome".to_owned(),
    };
    schema::make(&tx, &info, true).await?;
    tx.commit().await?;
    schema::harden(server, &superuser(key, DATABASE)).await
}

/// Copies a directory of plain files; each copy belongs to `account`.
fn copy(from: &Path, to: &Path, account: Option<&Account>) -> Result<(), StoreError> {
    private::create_dir(to).map_err(StoreError::file("make", to))?;
    account::hand_over(to, account).map_err(StoreError::file("hand over", to))?;
    for entry in std::fs::read_dir(from).map_err(StoreError::file("read", from))? {
        let entry = entry.map_err(StoreError::file("read", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(StoreError::file("read", &source))?;
        if kind.is_dir() {
            copy(&source, &target, account)?;
        } else if kind.is_file() {
            std::fs::copy(&source, &target).map_err(StoreError::file("copy", &source))?;
            account::hand_over(&target, account).map_err(StoreError::file("hand over", &target))?;
        }
    }
    Ok(())
}

/// The directory of one run, gone when dropped. It holds a lock while its process lives, so that a
/// later run can remove what a killed one left.
struct RunDir {
    dir: tempfile::TempDir,
    _lock: FileLock,
}

impl RunDir {
    fn make(account: Option<&Account>) -> Result<Self, StoreError> {
        let candidates = [std::env::temp_dir(), PathBuf::from("/var/tmp"), PathBuf::from("/tmp")];
        let base = candidates.iter().find(|dir| account::can_enter(dir, account));
        let base = base.ok_or_else(|| {
            StoreError::Start("the account of the server can enter no temporary directory".into())
        })?;
        sweep(base);
        let dir = private::temp_dir(PREFIX, base);
        let dir = dir.map_err(StoreError::file("make", base))?;
        if account.is_some() {
            account::set_mode(dir.path(), 0o711).map_err(StoreError::file("open", dir.path()))?;
        }
        let lock = FileLock::exclusive(&dir.path().join("run.lock"))?;
        let lock = lock.ok_or_else(|| StoreError::Start("the run's lock is taken".to_owned()))?;
        Ok(Self { dir, _lock: lock })
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }
}

/// Removes what killed runs of this account left in `base`.
fn sweep(base: &Path) {
    for entry in std::fs::read_dir(base).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_run = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if !is_run || !account::is_ours(&path) {
            continue;
        }
        let lock = path.join("run.lock");
        // Without a lock it is being made right now.
        if lock.is_file() && matches!(FileLock::exclusive(&lock), Ok(Some(_))) {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}
