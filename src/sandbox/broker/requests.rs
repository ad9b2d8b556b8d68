//! What a plugin may ask for while it runs, and who does it.
//!
//! Everything in a request was written by the plugin: it is read through strict types first.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::slots::Slots;
use crate::model::manifest::ResourceLimits;
use crate::model::permission::{ApiGrant, DatabaseGrant, HostPattern};
use crate::model::resource::{Resource, is_covered, is_never_grantable};
use crate::net::guard::{FetchLimits, FetchPolicy, FetchRequest, Redirect, Witness, fetch};
use crate::sandbox::audit::{AuditEvent, AuditSink, Subject, shortened, touched};
use crate::sandbox::files::Files;
use crate::sandbox::host::{Database, DatabaseError, Host, Storage};
use crate::sandbox::instance::InstanceSpec;
use crate::sandbox::protocol::HostFailure;

/// Longest key of the storage, bytes.
const LONGEST_KEY: usize = 512;
/// Most statements of one transaction.
const MOST_STATEMENTS: usize = 1_000;
/// Failures that mean "you may not", as opposed to "it went wrong".
const DENIALS: &[&str] =
    &["DAINO_DENIED", "DAINO_LIMIT", "42501", "fetch.denied", "fetch.url", "fetch.address"];
/// Failures of a statement that never came to ask for a table.
const NOT_A_USE: &[&str] = &["42601", "42P01", "DAINO_CONNECTION"];

/// Answers the requests of one plugin.
pub(super) struct Requests {
    host: Host,
    slug: String,
    limits: ResourceLimits,
    allowed: Vec<HostPattern>,
    connections: Slots,
    files: Option<Files>,
    /// Held by what writes where both files and `ctx.storage` count: two writers cannot both take
    /// the last of the quota.
    room: tokio::sync::Mutex<()>,
    /// What it may do in the database: only to name the table that a refusal is about.
    grants: Vec<DatabaseGrant>,
}

#[derive(Deserialize)]
struct Statement {
    sql: String,
    #[serde(default)]
    params: Vec<Value>,
}

#[derive(Deserialize)]
struct Transaction {
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize)]
struct Keys {
    prefix: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileRequest {
    path: String,
    #[serde(default)]
    offset: u64,
    #[serde(default)]
    length: Option<u64>,
    #[serde(default)]
    base64: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fetch {
    method: String,
    url: String,
    #[serde(default)]
    headers: serde_json::Map<String, Value>,
    #[serde(default)]
    body_base64: Option<String>,
    #[serde(default)]
    redirect: Option<String>,
}

impl Requests {
    pub(super) fn new(spec: InstanceSpec) -> Self {
        let mut allowed = Vec::new();
        for grant in &spec.permissions.api {
            match grant {
                ApiGrant::Host(host) => allowed.push(host.clone()),
                ApiGrant::Name(name) => {
                    allowed
                        .extend(spec.apis.get(name).into_iter().flat_map(|api| api.hosts.clone()));
                }
            }
        }
        let root = spec.host.files.as_ref();
        Self {
            slug: spec.slug.to_string(),
            files: root.map(|root| Files::new(root, &spec.permissions.filesystem, &spec.limits)),
            connections: Slots::new(spec.limits.network_connections),
            room: tokio::sync::Mutex::default(),
            allowed,
            grants: spec.permissions.database,
            limits: spec.limits,
            host: spec.host,
        }
    }

    pub(super) fn host(&self) -> &Host {
        &self.host
    }

    /// Does what was asked during `call`.
    pub(super) async fn answer(
        &self,
        call: &str,
        op: &str,
        arguments: &RawValue,
    ) -> Result<Box<RawValue>, HostFailure> {
        let Some(onlooker) = &self.host.onlooker else {
            return self.work(call, op, arguments).await;
        };
        let started = std::time::Instant::now();
        let result = self.work(call, op, arguments).await;
        let shown = result.as_ref().map(|value| value.get()).map_err(DatabaseError::from);
        let shown = shown.as_ref().copied();
        onlooker.answered(&shortened(op), arguments.get(), shown, started.elapsed());
        result
    }

    async fn work(
        &self,
        call: &str,
        op: &str,
        arguments: &RawValue,
    ) -> Result<Box<RawValue>, HostFailure> {
        let value = match op {
            "db.query" => self.query(call, read(arguments)?).await?,
            "db.transaction" => self.transaction(call, read(arguments)?).await?,
            "fetch" => self.fetch(call, read(arguments)?).await?,
            _ if op.starts_with("storage.") => self.store(call, op, arguments).await?,
            _ if op.starts_with("files.") => {
                let request: FileRequest = read(arguments)?;
                let write = matches!(op, "files.write" | "files.append" | "files.remove");
                let path = shortened(&request.path);
                let result = self.file(op, request).await;
                self.audit(call, op, Subject::File { path, write }, result.as_ref().err());
                result?
            }
            _ => {
                let denied = HostFailure::denied("there is no such request");
                self.audit(call, "unknown", Subject::Other { what: shortened(op) }, Some(&denied));
                return Err(denied);
            }
        };
        serde_json::value::to_raw_value(&value)
            .map_err(|_| HostFailure::denied("the answer has no JSON form"))
    }

    fn audit(&self, call: &str, op: &str, subject: Subject, failure: Option<&HostFailure>) {
        let Some(sink) = &self.host.audit else { return };
        let denial = failure.map(|f| f.code.as_str()).filter(|code| DENIALS.contains(code));
        sink.record(AuditEvent {
            plugin: self.slug.clone(),
            call: call.to_owned(),
            op: op.to_owned(),
            subject,
            allowed: denial.is_none(),
            why: denial.map(str::to_owned),
            at: jiff::Timestamp::now(),
        });
    }

    fn audit_statement(&self, call: &str, op: &str, sql: &str, failure: Option<&HostFailure>) {
        if self.host.audit.is_none()
            || failure.is_some_and(|f| NOT_A_USE.contains(&f.code.as_str()))
        {
            return;
        }
        let mut tables = touched(sql);
        match failure.map(|f| f.code.as_str()) {
            // The gate names tables of the shop, the role any table: what is granted is not why.
            Some("DAINO_DENIED") => tables.retain(|table, access| {
                is_never_grantable(table)
                    || Resource::of_table(table).is_some()
                        && !is_covered(table, *access, &self.grants)
            }),
            Some("42501") => {
                tables.retain(|table, access| !is_covered(table, *access, &self.grants));
            }
            _ => {}
        }
        if tables.is_empty() && failure.is_some() {
            self.audit(call, op, Subject::Other { what: shortened(sql) }, failure);
        }
        for (table, access) in tables {
            self.audit(call, op, Subject::Table { table, access }, failure);
        }
    }

    fn database(&self) -> Result<&dyn Database, HostFailure> {
        let database = self.host.database.as_deref();
        database.ok_or_else(|| HostFailure::denied("there is no database here"))
    }

    fn storage(&self) -> Result<&dyn Storage, HostFailure> {
        let storage = self.host.storage.as_deref();
        storage.ok_or_else(|| HostFailure::denied("there is no storage here"))
    }

    async fn query(&self, call: &str, statement: Statement) -> Result<Value, HostFailure> {
        let result = self.database()?.query(&statement.sql, &statement.params).await;
        let result = result.map_err(HostFailure::from);
        self.audit_statement(call, "db.query", &statement.sql, result.as_ref().err());
        Ok(json!(result?))
    }

    async fn transaction(&self, call: &str, asked: Transaction) -> Result<Value, HostFailure> {
        if asked.statements.len() > MOST_STATEMENTS {
            return Err(HostFailure::limit(
                "statements",
                format!("more than {MOST_STATEMENTS} statements in one transaction"),
                "write many rows with one statement",
            ));
        }
        let statements: Vec<(String, Vec<Value>)> =
            asked.statements.into_iter().map(|s| (s.sql, s.params)).collect();
        let result = self.database()?.transaction(&statements).await.map_err(HostFailure::from);
        for (sql, _) in &statements {
            self.audit_statement(call, "db.transaction", sql, result.as_ref().err());
        }
        Ok(json!(result?))
    }

    async fn store(
        &self,
        call: &str,
        op: &str,
        arguments: &RawValue,
    ) -> Result<Value, HostFailure> {
        let storage = self.storage()?;
        if op == "storage.keys" {
            let keys: Keys = read(arguments)?;
            return Ok(json!(storage.keys(&keys.prefix).await?));
        }
        let entry = read_key(arguments)?;
        let result = match op {
            "storage.get" => storage.get(&entry.key).await.map(Option::unwrap_or_default),
            "storage.set" => self.keep(storage, &entry).await.map(|()| Value::Null),
            "storage.remove" => storage.remove(&entry.key).await.map(Value::Bool),
            _ => return Err(HostFailure::denied("there is no such request")),
        };
        let result = result.map_err(HostFailure::from);
        self.audit(call, op, Subject::Key { key: shortened(&entry.key) }, result.as_ref().err());
        result
    }

    /// Writes a key. The storage itself has the quota, too; what it cannot know are the files.
    async fn keep(&self, storage: &dyn Storage, entry: &Entry) -> Result<(), DatabaseError> {
        let Some(files) = self.files.as_ref().filter(|files| files.has_grants()) else {
            return storage.set(&entry.key, &entry.value).await;
        };
        let _room = self.room.lock().await;
        let size = |value: &Value| (entry.key.len() + value.to_string().len()) as u64;
        let before = storage.get(&entry.key).await?.as_ref().map(size).unwrap_or_default();
        let (used, after) = (storage.used().await?, size(&entry.value));
        if after > before {
            let room = files.leave_room_for(used.saturating_add(after - before)).await;
            room.map_err(|failure| DatabaseError::from(&failure))?;
        }
        storage.set(&entry.key, &entry.value).await
    }

    /// Bytes of the quota that `ctx.storage` has taken.
    async fn kept(&self) -> Result<u64, HostFailure> {
        match self.host.storage.as_deref() {
            Some(storage) => Ok(storage.used().await?),
            None => Ok(0),
        }
    }

    async fn file(&self, op: &str, asked: FileRequest) -> Result<Value, HostFailure> {
        let files = self.files.as_ref();
        let files = files.ok_or_else(|| HostFailure::denied("there are no files here"))?;
        let path = files.granted(&asked.path)?;
        let content = || {
            let decoded = STANDARD.decode(&asked.base64);
            decoded.map_err(|_| HostFailure::denied("the content is not base64"))
        };
        Ok(match op {
            "files.read" => {
                let bytes = files.read(path, asked.offset, asked.length).await?;
                json!({ "base64": STANDARD.encode(bytes) })
            }
            "files.write" | "files.append" => {
                let content = content()?;
                let _room = self.room.lock().await;
                let kept = self.kept().await?;
                match op {
                    "files.write" => json!(files.write(path, content, kept).await?),
                    _ => json!(files.append(path, content, kept).await?),
                }
            }
            "files.list" => {
                let names = files.list(path).await?.into_iter();
                let entry = |(name, about): (String, crate::sys::beneath::About)| json!({ "name": name, "kind": about.kind, "size": about.size });
                names.map(entry).collect()
            }
            "files.stat" => match files.about(path).await? {
                Some(about) => json!({
                    "kind": about.kind, "size": about.size, "modifiedSeconds": about.modified,
                }),
                None => Value::Null,
            },
            "files.remove" => json!(files.remove(path).await?),
            _ => return Err(HostFailure::denied("there is no such request")),
        })
    }

    async fn fetch(&self, call: &str, asked: Fetch) -> Result<Value, HostFailure> {
        let _slot = self.connections.take().inspect_err(|failure| {
            self.audit(
                call,
                "fetch",
                Subject::Other { what: shortened(&asked.url) },
                Some(failure),
            );
        })?;
        let redirect = match asked.redirect.as_deref() {
            Some("manual") => Redirect::Manual,
            Some("error") => Redirect::Error,
            _ => Redirect::Follow,
        };
        let body = STANDARD
            .decode(asked.body_base64.unwrap_or_default())
            .map_err(|_| HostFailure::denied("the body is not base64"))?;
        let headers = asked
            .headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .collect();
        let url = shortened(&asked.url);
        let request =
            FetchRequest { method: asked.method, url: asked.url, headers, body, redirect };
        let policy = FetchPolicy {
            allowed: self.allowed.clone(),
            mocks: self.host.mocks.clone(),
            limits: FetchLimits { time: self.limits.timeout.duration(), ..FetchLimits::default() },
            witness: self.host.audit.clone().map(|sink| self.witness(call, sink)),
        };
        let response = fetch(request, &policy).await.map_err(|error| {
            let failure = HostFailure::of(error.code(), error.to_string());
            // The witness has told of hosts; what was refused for another reason has none.
            if error.is_refusal() && !error.is_about_grants() {
                self.audit(call, "fetch", Subject::Other { what: url }, Some(&failure));
            }
            failure
        })?;
        Ok(json!({
            "status": response.status,
            "statusText": response.status_text,
            "url": response.url,
            "redirected": response.redirected,
            "headers": response.headers,
            "bodyBase64": STANDARD.encode(&response.body),
        }))
    }

    /// Tells the audit of every host a request comes to, redirects included.
    fn witness(&self, call: &str, sink: Arc<dyn AuditSink>) -> Witness {
        let (plugin, call) = (self.slug.clone(), call.to_owned());
        Witness::new(move |host, port, allowed| {
            sink.record(AuditEvent {
                plugin: plugin.clone(),
                call: call.clone(),
                op: "fetch".to_owned(),
                subject: Subject::Host { host: shortened(host), port },
                allowed,
                why: (!allowed).then(|| "fetch.denied".to_owned()),
                at: jiff::Timestamp::now(),
            });
        })
    }
}

fn read<T: DeserializeOwned>(arguments: &RawValue) -> Result<T, HostFailure> {
    serde_json::from_str(arguments.get())
        .map_err(|e| HostFailure::denied(format!("wrong arguments: {e}")))
}

fn read_key(arguments: &RawValue) -> Result<Entry, HostFailure> {
    let entry: Entry = read(arguments)?;
    if entry.key.is_empty() || entry.key.len() > LONGEST_KEY || entry.key.contains('\0') {
        return Err(HostFailure::denied("a key has 1 to 512 bytes and no NUL"));
    }
    Ok(entry)
}
