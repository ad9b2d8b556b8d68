//! Where a plugin is tried out before it comes into a shop: a server of its own with a shop's tables and
//! sample rows, and in it one transaction that is never committed.
//!
//! The server is a copy of the one that tests are copied from. It stays in the cache, stopped, because what
//! takes time is to copy it: a trial leaves nothing in it. What is found not to be as it was copied, or does
//! not start, is thrown away and copied anew, and so is every one after [`MOST`] trials, because nobody
//! cleans up behind transactions that were rolled back. A few places, so that several programs can try
//! something at the same time; who holds the lock of one has it alone.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;
use tokio::task::JoinHandle;

use super::connect::Login;
use super::database::{PluginAccess, PluginParts, lend};
use super::error::StoreError;
use super::place::Layout;
use super::server::Server;
use super::server::lock::FileLock;
use super::server::source::{self, Binaries};
use super::shop::{DATABASE, OWNER};
use super::testing::{Prepared, connect, prepared, server_in};
use super::{Migration, create_role, grant, run_migration};
use crate::model::Observer;
use crate::model::event::Silent;
use crate::sys::account::{self, Account};
use crate::sys::private;

/// Places for trials at the same time.
const PLACES: u32 = 4;
/// Trials after which a server is copied anew.
const MOST: u64 = 64;
/// How long all places may be taken.
const PATIENCE: Duration = Duration::from_secs(60);
/// One byte for each trial.
const COUNT: &str = "trials";

/// A place for trials that is opened once, beside other work, when somebody says that it will be needed.
pub(crate) struct ProvingGround {
    offline: bool,
    opening: Mutex<Option<JoinHandle<Result<Ground, StoreError>>>>,
    ground: OnceCell<Result<Ground, StoreError>>,
}

/// An open one.
struct Ground {
    server: Server,
    owner: Login,
    dir: PathBuf,
    _lock: FileLock,
}

impl ProvingGround {
    /// One that is not opened yet.
    pub(crate) fn new(offline: bool) -> Self {
        Self { offline, opening: Mutex::default(), ground: OnceCell::new() }
    }

    /// Begins to open it, unless PostgreSQL has to be fetched first: that is done where it can be seen.
    pub(crate) fn begin(&self) {
        let Ok(mut opening) = self.opening.lock() else { return };
        if opening.is_none() && matches!(source::look(self.offline), Ok(Some(_))) {
            *opening = Some(tokio::spawn(Ground::open(self.offline)));
        }
    }

    /// Makes the plugin's role, its rights and its tables, and runs `work` with what it reaches the database
    /// by. Nothing of that is left afterwards. `Err` says in words why that cannot be done.
    pub(crate) async fn with<T>(
        &self,
        access: &PluginAccess,
        migrations: &[Migration],
        observer: &dyn Observer,
        work: impl AsyncFnOnce(PluginParts) -> T,
    ) -> Result<T, String> {
        let ground = self.ground.get_or_init(|| self.opened(observer)).await;
        let ground = ground.as_ref().map_err(describe)?;
        ground.with(access, migrations, work).await.map_err(|error| describe(&error))
    }

    async fn opened(&self, observer: &dyn Observer) -> Result<Ground, StoreError> {
        let opening = self.opening.lock().ok().and_then(|mut opening| opening.take());
        if let Some(opening) = opening {
            let ended = |_| StoreError::Start("it was not made ready".to_owned());
            return opening.await.map_err(ended)?;
        }
        source::find(self.offline, observer).await?;
        Ground::open(self.offline).await
    }

    /// Stops the server, when one was started.
    pub(crate) async fn close(mut self) {
        let opening = self.opening.lock().ok().and_then(|mut opening| opening.take());
        let unused = match opening {
            Some(opening) => opening.await.ok().and_then(Result::ok),
            None => None,
        };
        let used = self.ground.take().and_then(Result::ok);
        for ground in unused.into_iter().chain(used) {
            ground.server.close_cleanly().await;
        }
    }
}

/// An error with its causes, in one line.
fn describe(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        text.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    text
}

impl Ground {
    async fn open(offline: bool) -> Result<Self, StoreError> {
        let binaries = source::find(offline, &Silent).await?;
        let account = account::for_server().map_err(|e| StoreError::Start(e.to_string()))?;
        let made = prepared(&binaries, account.as_ref()).await?;
        let cache = made.dir.parent().and_then(Path::parent).unwrap_or(&made.dir);
        let name = made.dir.file_name().unwrap_or_default().to_string_lossy();
        let parent = cache.join("proving-ground");
        std::fs::create_dir_all(&parent).map_err(StoreError::file("make", &parent))?;
        let until = Instant::now() + PATIENCE;
        loop {
            for n in 0..PLACES {
                let dir = parent.join(format!("{name}-{n}"));
                let lock = FileLock::exclusive(&parent.join(format!("{name}-{n}.lock")))?;
                if let Some(lock) = lock {
                    let opened = Self::start(&dir, &binaries, account.as_ref(), &made).await?;
                    let (server, owner) = opened;
                    return Ok(Self { server, owner, dir, _lock: lock });
                }
            }
            if Instant::now() > until {
                return Err(StoreError::Start("every place for a trial is taken".to_owned()));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Starts the server in `dir`, or a new copy when that one will not do.
    async fn start(
        dir: &Path,
        binaries: &Binaries,
        account: Option<&Account>,
        made: &Prepared,
    ) -> Result<(Server, Login), StoreError> {
        let is_worn = std::fs::metadata(dir.join(COUNT)).map_or(true, |file| file.len() >= MOST);
        if !is_worn && let Ok(started) = Self::start_as_it_is(dir, binaries).await {
            return Ok(started);
        }
        match std::fs::remove_dir_all(dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::file("remove", dir)(error));
            }
            _ => {}
        }
        private::create_dir(dir).map_err(StoreError::file("make", dir))?;
        if account.is_some() {
            account::set_mode(dir, 0o711).map_err(StoreError::file("open", dir))?;
        }
        let key = made.copy_into(dir, account)?;
        Layout::new(dir).write_key(&key)?;
        // Only now it is whole.
        let count = dir.join(COUNT);
        std::fs::write(&count, "").map_err(StoreError::file("write", count))?;
        Self::start_as_it_is(dir, binaries).await
    }

    async fn start_as_it_is(
        dir: &Path,
        binaries: &Binaries,
    ) -> Result<(Server, Login), StoreError> {
        let password = Layout::new(dir).read_key()?.owner;
        let owner = Login { user: OWNER.to_owned(), password, database: DATABASE.to_owned() };
        let server = server_in(dir, binaries);
        let is_untouched = async {
            let admin = connect(&server, &owner).await?;
            let look = "SELECT NOT EXISTS (SELECT FROM daino.plugin_role)
                AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname LIKE 'daino\\_p\\_%')
                AND NOT EXISTS (SELECT FROM public.plugin_data)";
            let row = admin.query_one(look, &[]).await?;
            Ok::<bool, StoreError>(row.try_get(0)?)
        };
        match is_untouched.await {
            Ok(true) => Ok((server, owner)),
            other => {
                server.close(&Silent).await;
                other?;
                Err(StoreError::Start("somebody left something in it".to_owned()))
            }
        }
    }

    async fn with<T>(
        &self,
        access: &PluginAccess,
        migrations: &[Migration],
        work: impl AsyncFnOnce(PluginParts) -> T,
    ) -> Result<T, StoreError> {
        self.count()?;
        let mut admin = connect(&self.server, &self.owner).await?;
        let budget = admin.budget();
        let tx = admin.transaction().await?;
        create_role(&tx, &access.slug, &access.limits).await?;
        grant(&tx, &access.slug, &access.permissions).await?;
        for migration in migrations {
            let wrap = |error| StoreError::InMigration {
                name: migration.path.to_string(),
                source: Box::new(error),
            };
            run_migration(&tx, &access.slug, &migration.up).await.map_err(wrap)?;
        }
        let done = lend(&tx, budget, access, work).await?;
        tx.rollback().await?;
        Ok(done)
    }

    fn count(&self) -> Result<(), StoreError> {
        use std::io::Write;
        let path = self.dir.join(COUNT);
        let file = std::fs::OpenOptions::new().append(true).open(&path);
        file.and_then(|mut file| file.write_all(b".")).map_err(StoreError::file("write", path))
    }
}
