//! Puts a package into a host, with the calls that its import leaves out, and looks at what came of
//! it. A failure is undone.
//!
//! The host's import answers "success" also when it lost half of the package, and makes a copy
//! instead of an update. So the slug is looked at first and every part is counted in an export.

use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::BridgeError;
use super::export::{Call, Exported, escaped};
use super::fields::list;
use crate::model::event::Tell;
use crate::model::{Observer, Stage};
use crate::net::{HttpOptions, Question, Web, is_this_machine};

/// Most bytes of an answer.
const MAX_ANSWER: u64 = 32 * 1024 * 1024;
/// Longest time for one call.
const PATIENCE: Duration = Duration::from_secs(120);
/// Parts of which the host must have as many as were sent.
const COUNTED: &[&str] = &[
    "files",
    "events",
    "hooks",
    "widgets",
    "entities",
    "migrations",
    "controllers",
    "pluginData",
    "pluginDocs",
    "adminPages",
    "adminScripts",
];

/// A host, and for whom we speak.
pub(crate) struct Host {
    web: Web,
    base: Url,
    store: String,
    token: Option<String>,
}

/// What was put into a host.
#[derive(Debug, Serialize)]
pub(crate) struct Deployed {
    /// Its id there.
    pub id: String,
    /// Its slug there.
    pub slug: String,
    /// What was done after the import.
    pub steps: Vec<String>,
}

struct Reply {
    status: u16,
    body: Value,
    text: String,
}

impl Host {
    /// A host at `address`, for the shop `store`.
    pub(crate) fn new(
        address: &str,
        store: &str,
        token: Option<String>,
        http: HttpOptions,
    ) -> Result<Self, BridgeError> {
        let wrong =
            |why| BridgeError::Address { address: address.chars().take(200).collect(), why };
        let mut base = Url::parse(address).map_err(|_| wrong("it is no URL"))?;
        match base.scheme() {
            "https" => {}
            "http" if is_this_machine(&base) => {}
            "http" => return Err(wrong("http can be read on its way; use https")),
            _ => return Err(wrong("only https is known")),
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong("it carries a name or a password; use DAINO_HOST_TOKEN"));
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(wrong("it has a `?` or a `#`"));
        }
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        Ok(Self { web: Web::new(http)?, base, store: store.to_owned(), token })
    }

    async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Reply, BridgeError> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        let mut question = match method {
            Method::GET => Question::get(url),
            method => Question::send(method, url, serde_json::to_vec(body).unwrap_or_default())
                .header(CONTENT_TYPE, "application/json")?,
        }
        .header(HeaderName::from_static("x-store-id"), &self.store)?;
        if let Some(token) = &self.token {
            question = question.header(AUTHORIZATION, &format!("Bearer {token}"))?;
        }
        let deadline = Instant::now() + PATIENCE;
        let answer = self.web.ask(question, deadline).await?;
        let status = answer.status;
        let bytes = answer.whole(MAX_ANSWER, deadline).await?;
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let said = ["error", "message"].iter().find_map(|key| body[key].as_str());
        let text = said.map_or_else(String::new, |text| text.chars().take(300).collect());
        Ok(Reply { status, body, text })
    }

    /// A call that must succeed, in the host's own words, too.
    async fn must(
        &self,
        step: &str,
        method: Method,
        path: &str,
        body: &Value,
    ) -> Result<Value, BridgeError> {
        let reply = self.send(method, path, body).await?;
        if !(200..300).contains(&reply.status) || reply.body["success"] == false {
            let (status, text) = (reply.status, reply.text);
            return Err(BridgeError::Refused { step: step.to_owned(), status, text });
        }
        Ok(reply.body)
    }
}

/// Imports the package and makes it work.
pub(crate) async fn deploy(
    host: &Host,
    exported: &Exported,
    observer: &dyn Observer,
) -> Result<Deployed, BridgeError> {
    let slug = exported.slug.as_str();
    observer.start_sized(Stage::Upload, slug, exported.calls.len() as u64 + 2, "calls");
    let step = "import the package";
    let answer = host.must(step, Method::POST, "/api/plugins/import", &exported.package).await?;
    let Some(id) = answer["plugin"]["id"].as_str().filter(|id| is_id(id)) else {
        return Err(BridgeError::Refused {
            step: step.to_owned(),
            status: 200,
            text: "its answer names no plugin".to_owned(),
        });
    };
    let mut done = Done { id: id.to_owned(), migrations: Vec::new(), jobs: Vec::new() };
    let steps = match carry_out(host, exported, &mut done, observer).await {
        Ok(steps) => steps,
        Err(error) => return Err(undo(host, &done, error, observer).await),
    };
    observer.finish(Stage::Upload, "the host has what was sent");
    Ok(Deployed { id: done.id, slug: slug.to_owned(), steps })
}

/// What would have to be undone.
struct Done {
    id: String,
    migrations: Vec<String>,
    jobs: Vec<String>,
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

async fn carry_out(
    host: &Host,
    exported: &Exported,
    done: &mut Done,
    observer: &dyn Observer,
) -> Result<Vec<String>, BridgeError> {
    let record = format!("/api/plugins/registry/{}", done.id);
    let read = host.must("read the plugin back", Method::GET, &record, &Value::Null).await?;
    let found = read["data"]["slug"].as_str().unwrap_or_default();
    if found != exported.slug.as_str() {
        let (wanted, found) = (exported.slug.to_string(), found.to_owned());
        return Err(BridgeError::Taken { wanted, found });
    }
    let mut steps = Vec::new();
    let (first, rest) = exported.calls.split_first().map_or((None, &[][..]), |(f, r)| (Some(f), r));
    if let Some(call) = first {
        make(host, call, done).await?;
        steps.push(call.step.clone());
    }
    compare(host, exported, done).await?;
    for (index, call) in rest.iter().enumerate() {
        observer.progress(Stage::Upload, index as u64 + 2);
        make(host, call, done).await?;
        steps.push(call.step.clone());
    }
    let read = host.must("read the plugin back", Method::GET, &record, &Value::Null).await?;
    if read["data"]["status"] != "active" {
        return Err(BridgeError::Lost(vec!["its state is not `active`".to_owned()]));
    }
    Ok(steps)
}

async fn make(host: &Host, call: &Call, done: &mut Done) -> Result<(), BridgeError> {
    let method = Method::from_bytes(call.method.as_bytes()).unwrap_or(Method::POST);
    let path = call.path.replace(":id", &done.id);
    host.must(&call.step, method, &path, &call.body).await?;
    if let Some(version) = call.body["migration_version"].as_str() {
        done.migrations.push(version.to_owned());
    }
    if let Some(name) = call.body["cron_name"].as_str() {
        done.jobs.push(name.to_owned());
    }
    Ok(())
}

/// Counts every part in an export: a row that the host lost is missing there.
async fn compare(host: &Host, exported: &Exported, done: &Done) -> Result<(), BridgeError> {
    let path = format!("/api/plugins/{}/export", done.id);
    let there = host.must("export it for comparison", Method::GET, &path, &Value::Null).await?;
    let there = if there["plugin"].is_object() { there } else { there["data"].clone() };
    let mut lost = Vec::new();
    for part in COUNTED {
        let sent = list(&exported.package, part).count();
        let found = list(&there, part).count();
        if sent != found {
            lost.push(format!("{found} of {sent} `{part}`"));
        }
    }
    for item in list(&exported.package, "controllers") {
        let is_same = |other: &Value| {
            ["name", "path", "method"].iter().all(|key| other[key] == item[key])
                && other["code"] == item["code"]
        };
        if lost.is_empty() && !list(&there, "controllers").any(is_same) {
            let name = item["name"].as_str().unwrap_or_default();
            lost.push(format!("the controller `{name}` is another one"));
        }
    }
    if lost.is_empty() { Ok(()) } else { Err(BridgeError::Lost(lost)) }
}

/// Takes the plugin out again. What cannot be taken out is told.
async fn undo(host: &Host, done: &Done, why: BridgeError, observer: &dyn Observer) -> BridgeError {
    observer.warn(format!("{why}; what was done is undone"));
    let mut left = Vec::new();
    for job in &done.jobs {
        let path = format!("/api/plugins/{}/cron/{}", done.id, escaped(job));
        let removed = host.must("remove a job", Method::DELETE, &path, &json!({})).await;
        if removed.is_err() {
            left.push(format!("the job `{job}`"));
        }
    }
    let record = format!("/api/plugins/registry/{}", done.id);
    let removed = host.must("remove the plugin", Method::DELETE, &record, &json!({})).await;
    let gone = host.send(Method::GET, &record, &Value::Null).await;
    let is_gone = gone.is_ok_and(|reply| reply.status == 404 || reply.body["success"] == false);
    if removed.is_err() || !is_gone {
        left.push(format!("the plugin `{}`", done.id));
    }
    // A host has no way back from a migration.
    left.extend(done.migrations.iter().map(|m| format!("the tables of migration `{m}`")));
    match left.is_empty() {
        true => why,
        false => BridgeError::Left { why: why.to_string(), left },
    }
}
