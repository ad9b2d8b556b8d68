//! A shop to install into: a fresh copy of one that was made once, and a look into its database
//! from outside.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_postgres::{Client, NoTls};

use super::World;

/// Removes the plugin and everything it made.
pub const REMOVE: [&str; 6] = [
    "uninstall",
    "acme-pay",
    "--cleanup-data=remove",
    "--cleanup-tables=remove",
    "--remove-code",
    "-q",
];

/// Everything a shop holds, by kind: a line per row, role, column, constraint and file.
pub type Dump = BTreeMap<String, Vec<String>>;

impl World {
    /// A world with a shop in `.daino`, without plugins.
    pub fn with_shop() -> Self {
        let world = Self::new();
        open_to_server(world.root.path());
        open_to_server(&world.dir());
        copy(&template().join(".daino"), &world.dir());
        world
    }

    /// Writes a plugin from its manifest, without what does not matter, and its files. Its
    /// directory is the slug.
    pub fn plugin(&self, manifest: Value, files: &[(&str, &str)]) -> String {
        let mut whole = json!({ "name": "A plugin", "version": "1.0.0", "type": "custom" });
        for (key, value) in manifest.as_object().unwrap() {
            whole[key] = value.clone();
        }
        let slug = whole["slug"].as_str().unwrap().to_owned();
        self.write(&format!("{slug}/manifest.json"), whole.to_string());
        for (path, content) in files {
            self.write(&format!("{slug}/{path}"), content);
        }
        slug
    }

    /// Directories of the shop's finished backups, by name.
    pub fn backups(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.dir().join(".daino/backups")).unwrap().flatten();
        let paths = entries.map(|entry| entry.path());
        let mut found: Vec<PathBuf> =
            paths.filter(|path| path.join("manifest.json").is_file()).collect();
        found.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
        found.sort();
        found
    }

    /// Keeps the shop's server running, so that commands need not start it, and a test can look
    /// into the database.
    pub fn keep_shop_open(&self) -> Keeper {
        self.plugin(json!({ "slug": "keeper" }), &[("index.js", "export const a = 1;")]);
        // It waits for a secret that never comes, with the shop open and not locked.
        let mut child = self
            .command()
            .args(["install", "./keeper", "--secret", "HOLD=-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(client) = runtime.block_on(connect(&self.dir().join(".daino"))) {
                let shop = self.dir().join(".daino");
                return Keeper { child: Some(child), runtime, client, shop, schemas: usual() };
            }
            assert!(child.try_wait().unwrap().is_none(), "the keeper ended");
            assert!(Instant::now() < until, "the server did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A shop that stays open. Dropped, it is closed.
pub struct Keeper {
    /// The program that holds it open; none of a keeper that only looks on.
    child: Option<Child>,
    runtime: tokio::runtime::Runtime,
    client: Client,
    /// The directory of the shop.
    shop: PathBuf,
    /// The shop's schemas: of its tables, and of what daino-pdk keeps.
    schemas: [String; 2],
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // The end of its input ends it properly, and its server with it.
        if let Some(child) = &mut self.child {
            drop(child.stdin.take());
            let _ = child.wait();
        }
    }
}

impl Keeper {
    /// Where the shop's server is reached.
    pub fn sockets(&self) -> PathBuf {
        let state = std::fs::read(self.shop.join("server.json")).unwrap();
        let state: Value = serde_json::from_slice(&state).unwrap();
        PathBuf::from(state["sockets"].as_str().unwrap())
    }

    /// Looks on as another role of the shop's server, whose password is in `database.key`.
    pub fn log_in(&self, user: &str, key: &str, database: &str) -> Self {
        let keys = std::fs::read(self.shop.join("database.key")).unwrap();
        let keys: Value = serde_json::from_slice(&keys).unwrap();
        self.beside(user, keys[key].as_str().unwrap(), database, self.shop.clone())
    }

    /// Looks into another database of the shop's server, that of the shop in `shop`.
    pub fn beside(&self, user: &str, password: &str, database: &str, shop: PathBuf) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut config = tokio_postgres::Config::new();
        config
            .host_path(self.sockets())
            .user(user)
            .password(password)
            .dbname(database)
            .options("-c timezone=UTC -c search_path=public");
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await.unwrap();
            tokio::spawn(connection);
            client
        });
        Keeper { child: None, runtime, client, shop, schemas: usual() }
    }

    /// Looks at a shop in other schemas than the usual ones.
    pub fn in_schemas(mut self, shop: &str, own: &str) -> Self {
        self.schemas = [shop.to_owned(), own.to_owned()];
        self
    }

    /// SQL that says `'public'` and `'daino'`, for this shop.
    fn named(&self, sql: &str) -> String {
        let literal = |name: &str| format!("'{}'", name.replace('\'', "''"));
        sql.replace("'public'", &literal(&self.schemas[0]))
            .replace("'daino'", &literal(&self.schemas[1]))
    }

    /// Runs SQL as the shop's owner.
    pub fn execute(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    /// Runs SQL that may be refused; why it was.
    pub fn try_execute(&self, sql: &str) -> Result<(), String> {
        let done = self.runtime.block_on(self.client.batch_execute(sql));
        done.map_err(|e| e.as_db_error().map_or(e.to_string(), |db| db.message().to_owned()))
    }

    /// The shop's schemas: of its tables, and of what daino-pdk keeps.
    pub fn schemas(&self) -> &[String; 2] {
        &self.schemas
    }

    /// Each row of a query with one column of text.
    pub fn query(&self, sql: &str) -> Vec<String> {
        let rows = self.runtime.block_on(self.client.query(sql, &[])).unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Everything the shop holds but its history, which also tells what was undone.
    pub fn dump(&self) -> Dump {
        let mut dump = Dump::new();
        for (what, sql) in CATALOG {
            dump.insert((*what).to_owned(), self.query(&self.named(sql)));
        }
        let tables = self.query(&self.named(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
             WHERE schemaname IN ('public', 'daino') AND tablename <> 'history' ORDER BY 1",
        ));
        for table in tables {
            // A number that nobody got, because a change was undone, is no difference.
            let row = match table.as_str() {
                "daino.uninstalls" => "(to_jsonb(t) - 'id')::text",
                _ => "t::text",
            };
            let rows = self.query(&format!("SELECT {row} FROM {table} t ORDER BY 1"));
            dump.insert(format!("rows of {table}"), rows);
        }
        for folder in ["code", "backups", "journal", "files"] {
            let mut files = Vec::new();
            list(&self.shop.join(folder), "", &mut files);
            dump.insert(format!("files in {folder}"), files);
        }
        dump
    }

    /// The same with what the lock file says, which also names where a plugin came from.
    pub fn dump_with_lock(&self) -> Dump {
        let mut dump = self.dump();
        let lock = std::fs::read_to_string(self.shop.join("daino.lock.toml")).unwrap_or_default();
        // Without anything in it, it is as good as none.
        let says = |line: &&str| !line.starts_with('#') && !line.starts_with("format");
        let lines = lock.lines().filter(says).map(str::to_owned).collect();
        dump.insert("lock file".to_owned(), lines);
        dump
    }
}

fn usual() -> [String; 2] {
    ["public".to_owned(), "daino".to_owned()]
}

const CATALOG: &[(&str, &str)] = &[
    (
        "roles",
        "SELECT format('%s login=%s limit=%s %s', rolname, rolcanlogin, rolconnlimit, rolconfig)
         FROM pg_roles WHERE rolname LIKE 'daino%' ORDER BY 1",
    ),
    (
        "members",
        "SELECT format('%s in %s', member::regrole, roleid::regrole) FROM pg_auth_members ORDER BY 1",
    ),
    (
        "relations",
        "SELECT format('%s %s owner=%s acl=%s', relkind, oid::regclass, relowner::regrole,
                       COALESCE(relacl, CASE WHEN relkind IN ('r', 'v') THEN acldefault('r', relowner) END))
         FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'daino'))
         ORDER BY 1",
    ),
    (
        "columns",
        "SELECT format('%s.%s %s null=%s default=%s acl=%s', attrelid::regclass, attname,
                       format_type(atttypid, atttypmod), NOT attnotnull,
                       pg_get_expr(adbin, adrelid), NULLIF(attacl, '{}'))
         FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
         LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
         WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = 'public') AND relkind IN ('r', 'v') AND attnum > 0
           AND NOT attisdropped ORDER BY 1",
    ),
    (
        "constraints",
        "SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
         FROM pg_constraint WHERE connamespace IN (SELECT oid FROM pg_namespace WHERE nspname = 'public') ORDER BY 1",
    ),
    (
        "indexes",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    ),
    (
        "schemas",
        "SELECT format('%s %s', nspname, nspacl) FROM pg_namespace WHERE nspname NOT LIKE 'pg_t%'
         ORDER BY 1",
    ),
    (
        "sequences",
        "SELECT format('%s %s', sequencename, last_value) FROM pg_sequences
         WHERE schemaname = 'public' ORDER BY 1",
    ),
];

/// Lets the account of the database's server pass through, so that the database is inside.
fn open_to_server(dir: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o711)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = dir;
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").args(["-a", "--reflink=auto"]).args([from, to]).status();
    assert!(done.unwrap().success(), "cannot copy the shop");
}

/// A shop that was made once by this very program, for all tests to copy.
fn template() -> PathBuf {
    let program = std::fs::metadata(env!("CARGO_BIN_EXE_daino-pdk")).unwrap();
    let made = program.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    // Of this checkout: another one on the same machine sweeps its own.
    let mut checkout = DefaultHasher::new();
    env!("CARGO_MANIFEST_DIR").hash(&mut checkout);
    let base = std::env::temp_dir().join(format!("daino-it-shop-{:016x}", checkout.finish()));
    let dir = base.join(format!("{}-{}", made.as_nanos(), program.len()));
    std::fs::create_dir_all(&base).unwrap();
    open_to_server(&base);
    let lock = std::fs::File::create(base.join("lock")).unwrap();
    lock.lock().unwrap();
    if !dir.join("ready").exists() {
        for entry in std::fs::read_dir(&base).unwrap().flatten() {
            // Of an earlier build.
            let _ = std::fs::remove_dir_all(entry.path());
        }
        let world = World::new();
        std::fs::create_dir(&dir).unwrap();
        open_to_server(&dir);
        let store = dir.join(".daino");
        world.run(["store", "init", "--store", store.to_str().unwrap()]).exits(0);
        std::fs::write(dir.join("ready"), "").unwrap();
    }
    dir
}

/// Connects to the running server of a shop as its owner.
async fn connect(shop: &Path) -> Option<Client> {
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(&std::fs::read(shop.join(name)).ok()?).ok()
    };
    let (server, key) = (read("server.json")?, read("database.key")?);
    let mut config = tokio_postgres::Config::new();
    config
        .host(server["sockets"].as_str()?)
        .user("daino_owner")
        .password(key["owner"].as_str()?)
        .dbname("shop")
        .options("-c timezone=UTC -c search_path=public");
    let (client, connection) = config.connect(NoTls).await.ok()?;
    // It runs whenever the test asks something.
    tokio::spawn(connection);
    Some(client)
}

fn list(dir: &Path, below: &str, files: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir).unwrap().flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.push(format!("{name}/"));
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            let content = std::fs::read(entry.path()).unwrap();
            files.push(format!("{name} {} {:x}", content.len(), sum(&content)));
        }
    }
}

fn sum(content: &[u8]) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    hasher.finish()
}

/// A dump without what differs from run to run: times, ids, passwords.
pub fn normal(dump: &Dump) -> Dump {
    dump.iter()
        .map(|(what, lines)| {
            let mut lines: Vec<String> = lines.iter().map(|line| normal_line(line)).collect();
            lines.sort();
            (what.clone(), lines)
        })
        .collect()
}

fn normal_line(line: &str) -> String {
    let is_hex =
        |word: &str| word.len() >= 24 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let mut out = String::new();
    let mut word = String::new();
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || c == '-' || c == ':' || c == '.' {
            word.push(c);
            continue;
        }
        let is_time = word.len() >= 8 && word.starts_with("20") && word[..8].contains('-')
            || word.split(':').count() == 3
            || word.contains("-20")
                && word.ends_with(|c: char| c.is_ascii_hexdigit())
                && word.contains('T');
        out.push_str(if is_hex(&word) {
            "<id>"
        } else if is_time {
            "<time>"
        } else {
            &word
        });
        word.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}

/// Checks that a shop holds exactly what is expected, and shows only what differs.
#[track_caller]
pub fn assert_same(after: &str, now: &Dump, expected: &Dump) {
    for (what, lines) in expected {
        let found = now.get(what).map_or(&[][..], Vec::as_slice);
        let gone: Vec<_> = lines.iter().filter(|line| !found.contains(line)).collect();
        let new: Vec<_> = found.iter().filter(|line| !lines.contains(line)).collect();
        let differs = !gone.is_empty() || !new.is_empty() || found.len() != lines.len();
        assert!(!differs, "after {after}, {what} differ\n gone: {gone:#?}\n new: {new:#?}");
    }
    let new: Vec<_> = now.keys().filter(|what| !expected.contains_key(*what)).collect();
    assert!(new.is_empty(), "after {after} there are also {new:?}");
}
