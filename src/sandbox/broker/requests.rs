//! What a plugin may ask for while it runs, and who does it.
//!
//! Everything in a request was written by the plugin: it is read through strict types first.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::model::permission::ApiGrant;
use crate::net::guard::{FetchLimits, FetchPolicy, FetchRequest, Redirect, fetch};
use crate::sandbox::host::{Database, Host, Storage};
use crate::sandbox::instance::InstanceSpec;
use crate::sandbox::protocol::HostFailure;

/// Longest key of the storage, bytes.
const LONGEST_KEY: usize = 512;
/// Most statements of one transaction.
const MOST_STATEMENTS: usize = 1_000;

/// Answers the requests of one plugin.
pub(super) struct Requests {
    host: Host,
    network: FetchPolicy,
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
        let limits = FetchLimits { time: spec.limits.timeout.duration(), ..FetchLimits::default() };
        let network = FetchPolicy { allowed, mocks: spec.host.mocks.clone(), limits };
        Self { host: spec.host, network }
    }

    pub(super) fn host(&self) -> &Host {
        &self.host
    }

    /// Does what was asked.
    pub(super) async fn answer(
        &self,
        op: &str,
        arguments: &RawValue,
    ) -> Result<Box<RawValue>, HostFailure> {
        let value = match op {
            "db.query" => self.query(read(arguments)?).await?,
            "db.transaction" => self.transaction(read(arguments)?).await?,
            "storage.get" => {
                let entry: Entry = read_key(arguments)?;
                self.storage()?.get(&entry.key).await?.unwrap_or(Value::Null)
            }
            "storage.set" => {
                let entry: Entry = read_key(arguments)?;
                self.storage()?.set(&entry.key, &entry.value).await?;
                Value::Null
            }
            "storage.remove" => {
                let entry: Entry = read_key(arguments)?;
                Value::Bool(self.storage()?.remove(&entry.key).await?)
            }
            "storage.keys" => {
                let keys: Keys = read(arguments)?;
                json!(self.storage()?.keys(&keys.prefix).await?)
            }
            "fetch" => self.fetch(read(arguments)?).await?,
            _ => return Err(denied("there is no such request")),
        };
        serde_json::value::to_raw_value(&value).map_err(|_| denied("the answer has no JSON form"))
    }

    fn database(&self) -> Result<&dyn Database, HostFailure> {
        self.host.database.as_deref().ok_or_else(|| denied("there is no database here"))
    }

    fn storage(&self) -> Result<&dyn Storage, HostFailure> {
        self.host.storage.as_deref().ok_or_else(|| denied("there is no storage here"))
    }

    async fn query(&self, statement: Statement) -> Result<Value, HostFailure> {
        Ok(json!(self.database()?.query(&statement.sql, &statement.params).await?))
    }

    async fn transaction(&self, transaction: Transaction) -> Result<Value, HostFailure> {
        if transaction.statements.len() > MOST_STATEMENTS {
            return Err(denied("at most 1,000 statements in one transaction"));
        }
        let statements: Vec<(String, Vec<Value>)> =
            transaction.statements.into_iter().map(|s| (s.sql, s.params)).collect();
        Ok(json!(self.database()?.transaction(&statements).await?))
    }

    async fn fetch(&self, asked: Fetch) -> Result<Value, HostFailure> {
        let redirect = match asked.redirect.as_deref() {
            Some("manual") => Redirect::Manual,
            Some("error") => Redirect::Error,
            _ => Redirect::Follow,
        };
        let body = STANDARD
            .decode(asked.body_base64.unwrap_or_default())
            .map_err(|_| denied("the body is not base64"))?;
        let headers = asked
            .headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .collect();
        let request =
            FetchRequest { method: asked.method, url: asked.url, headers, body, redirect };
        let response = fetch(request, &self.network).await.map_err(|error| HostFailure {
            code: error.code().to_owned(),
            message: error.to_string(),
            detail: None,
            hint: None,
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
}

fn read<T: DeserializeOwned>(arguments: &RawValue) -> Result<T, HostFailure> {
    serde_json::from_str(arguments.get()).map_err(|e| denied(&format!("wrong arguments: {e}")))
}

fn read_key(arguments: &RawValue) -> Result<Entry, HostFailure> {
    let entry: Entry = read(arguments)?;
    if entry.key.is_empty() || entry.key.len() > LONGEST_KEY || entry.key.contains('\0') {
        return Err(denied("a key has 1 to 512 bytes and no NUL"));
    }
    Ok(entry)
}

fn denied(message: &str) -> HostFailure {
    HostFailure {
        code: "DAINO_DENIED".to_owned(),
        message: message.to_owned(),
        detail: None,
        hint: None,
    }
}
