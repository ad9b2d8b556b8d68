//! What can be called in a plugin, and what came of it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::problem::Problem;
use crate::model::Manifest;
use crate::model::manifest::Route;

/// Something that makes a plugin work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Trigger {
    /// The shop fires a hook.
    Hook {
        /// Its name.
        name: String,
        /// What the listener is given: a payload, or for a filter its arguments.
        arguments: Vec<Value>,
    },
    /// Somebody requests a route.
    Route(Box<Request>),
    /// A job is due.
    Cron {
        /// Its name.
        name: String,
    },
    /// A method is called, as the shop does with those of a payment plugin.
    Method {
        /// Its name.
        name: String,
        /// Its arguments.
        arguments: Vec<Value>,
    },
}

/// An HTTP request to a route.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Such as `POST`.
    pub method: String,
    /// Below `/exec`, starting with `/`.
    pub path: String,
    /// The query, decoded.
    #[serde(default)]
    pub query: BTreeMap<String, Value>,
    /// Names are lower-case.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body, when it is text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The body, when it is not text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body_base64: String,
}

impl Request {
    /// Puts a body in, as text when it is text.
    pub(crate) fn set_body(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.clone_into(&mut self.body),
            Err(_) => self.body_base64 = STANDARD.encode(bytes),
        }
    }

    /// The body as it came.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match STANDARD.decode(&self.body_base64) {
            Ok(bytes) if !bytes.is_empty() => bytes,
            _ => self.body.clone().into_bytes(),
        }
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The store the request is for: header, query, or body. DainoStore fails without one.
    pub(crate) fn store_id(&self, body: &Value) -> Option<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.header("x-store-id")
            .map(str::to_owned)
            .or_else(|| self.query.get("store_id").and_then(text))
            .or_else(|| body.get("store_id").and_then(text))
            .filter(|id| !id.trim().is_empty())
    }
}

impl Trigger {
    /// In a few words.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Hook { name, .. } => format!("hook {name}"),
            Self::Route(request) => format!("{} {}", request.method, request.path),
            Self::Cron { name } => format!("cron {name}"),
            Self::Method { name, .. } => format!("{name}()"),
        }
    }
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Answer {
    /// Number of the call.
    pub call: u64,
    /// The version that answered; `None` when there was none.
    pub generation: Option<u64>,
    /// Whether the plugin did its work.
    pub ok: bool,
    /// HTTP status, of a route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What it gave.
    pub value: Value,
    /// Why it gave nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Wall clock.
    pub millis: f64,
    /// Processor time.
    pub cpu_millis: f64,
    /// Requests to the shop.
    pub host_calls: u64,
    /// Most bytes of the engine's heap.
    pub peak_memory: u64,
}

impl Answer {
    /// What makes two answers the same: nothing that differs between two runs of the same code.
    pub(crate) fn essence(&self) -> Value {
        let mut essence = json!({ "ok": self.ok, "value": self.value });
        if let Some(status) = self.status {
            essence["status"] = json!(status);
        }
        if let Some(problem) = &self.problem {
            essence["error"] = json!(problem.message);
        }
        essence
    }
}

/// The route that answers, with its captures, by DainoStore's rules: the method letter for letter,
/// as many parts as the path has, fixed parts before captures.
pub(crate) fn find_route<'a>(
    manifest: &'a Manifest,
    method: &str,
    path: &str,
) -> Option<(&'a Route, BTreeMap<String, String>)> {
    let asked: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let fits = |route: &'a Route| {
        let mut captures = BTreeMap::new();
        let parts: Vec<&str> = route.path.split('/').filter(|part| !part.is_empty()).collect();
        if route.method != method || parts.len() != asked.len() {
            return None;
        }
        for (part, given) in parts.iter().zip(&asked) {
            match part.strip_prefix(':') {
                Some(name) => drop(captures.insert(name.to_owned(), (*given).to_owned())),
                None if part == given => {}
                None => return None,
            }
        }
        Some((route, captures))
    };
    manifest.routes.iter().filter_map(fits).min_by_key(|(_, captures)| captures.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(routes: &[(&str, &str)]) -> Manifest {
        let routes: Vec<Value> = routes
            .iter()
            .map(|(method, path)| json!({ "method": method, "path": path, "handler": path }))
            .collect();
        let text = json!({
            "name": "A", "slug": "acme-pay", "version": "1.0.0", "type": "custom", "routes": routes
        });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn routes_match_as_the_host_matches() {
        let manifest = manifest(&[
            ("GET", "/orders/:id"),
            ("GET", "/orders/open"),
            ("POST", "/orders/:id/:what"),
        ]);
        let found = |method: &str, path: &str| {
            find_route(&manifest, method, path)
                .map(|(route, captures)| (route.path.clone(), captures))
        };
        assert_eq!(found("GET", "/orders/open").unwrap().0, "/orders/open");
        let (route, captures) = found("GET", "/orders/7/").unwrap();
        assert_eq!((route.as_str(), captures["id"].as_str()), ("/orders/:id", "7"));
        assert!(found("get", "/orders/7").is_none() && found("GET", "/orders").is_none());
        assert_eq!(found("POST", "orders/7/pay").unwrap().1["what"], "pay");
    }

    #[test]
    fn a_store_comes_from_header_query_or_body() {
        let mut request = Request::default();
        assert_eq!(request.store_id(&json!({})), None);
        assert_eq!(request.store_id(&json!({"store_id": "b"})).as_deref(), Some("b"));
        request.query.insert("store_id".into(), json!("q"));
        assert_eq!(request.store_id(&json!({"store_id": "b"})).as_deref(), Some("q"));
        request.headers.push(("X-Store-Id".into(), "h".into()));
        assert_eq!(request.store_id(&json!({})).as_deref(), Some("h"));
    }

    #[test]
    fn bodies_that_are_no_text_survive() {
        let mut request = Request::default();
        request.set_body(&[0xff, 0, 1]);
        let copy: Request =
            serde_json::from_value(serde_json::to_value(&request).unwrap()).unwrap();
        assert_eq!(copy.bytes(), [0xff, 0, 1]);
        request = Request::default();
        request.set_body(b"{}");
        assert_eq!((request.body.as_str(), request.bytes()), ("{}", b"{}".to_vec()));
    }
}
